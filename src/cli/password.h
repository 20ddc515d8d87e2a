/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *sidetone_password_read_file (const char *path,
                                   GError    **error);
gboolean sidetone_password_read_credentials (const char *path,
                                             char      **username,
                                             char      **password,
                                             GError    **error);
char *sidetone_password_ask (const char *jid,
                             GError    **error);
char *sidetone_password_look_up (const char *jid,
                                 GError    **error);

G_END_DECLS
