/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_RECENT_ACCOUNTS (sidetone_recent_accounts_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneRecentAccounts, sidetone_recent_accounts, SIDETONE, RECENT_ACCOUNTS,
                      AdwBin)

void sidetone_recent_accounts_add (SidetoneRecentAccounts *self,
                                   const char             *jid);
void sidetone_recent_accounts_remove (SidetoneRecentAccounts *self,
                                      const char             *jid);

G_END_DECLS
