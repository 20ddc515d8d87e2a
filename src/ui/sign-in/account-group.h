/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "address/account.h"
#include "judge/failure.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_ACCOUNT_GROUP (sidetone_account_group_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneAccountGroup, sidetone_account_group, SIDETONE, ACCOUNT_GROUP,
                      AdwPreferencesGroup)

void sidetone_account_group_fill (SidetoneAccountGroup *self,
                                  const char           *jid);

SidetoneAccount *sidetone_account_group_check (SidetoneAccountGroup *self);
gboolean sidetone_account_group_focus_empty (SidetoneAccountGroup *self);
void sidetone_account_group_focus_problem (SidetoneAccountGroup *self);
void sidetone_account_group_show_problem (SidetoneAccountGroup *self,
                                          SidetoneNextStep      step,
                                          const char           *words,
                                          const char           *codes);

char *sidetone_account_group_take_password (SidetoneAccountGroup *self);
void sidetone_account_group_return_password (SidetoneAccountGroup *self,
                                             const char           *password);
void sidetone_account_group_note_forgotten (SidetoneAccountGroup *self,
                                            const char           *jid);
void sidetone_account_group_note_stored (SidetoneAccountGroup *self,
                                         const char           *jid);
gboolean sidetone_account_group_get_remember (SidetoneAccountGroup *self);
gboolean sidetone_account_group_get_forget (SidetoneAccountGroup *self);
gboolean sidetone_account_group_is_pristine (SidetoneAccountGroup *self);

G_END_DECLS
