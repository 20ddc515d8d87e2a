/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*SidetoneKeyringFunc) (gboolean kept,
                                     gpointer user_data);

void sidetone_keyring_keep (const char         *jid,
                            const char         *password,
                            SidetoneKeyringFunc callback,
                            gpointer            user_data);
void sidetone_keyring_forget (const char *jid);

G_END_DECLS
