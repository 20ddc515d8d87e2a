/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sidetone_host_prepare (const char *text,
                                char      **ascii,
                                char      **unicode);
char *sidetone_host_dup_page (const char *text);

G_END_DECLS
