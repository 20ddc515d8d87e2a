/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "address/account.h"
#include "judge/failure.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_SIGN_IN_PAGE (sidetone_sign_in_page_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneSignInPage, sidetone_sign_in_page, SIDETONE, SIGN_IN_PAGE, AdwBin)

GtkWidget *sidetone_sign_in_page_new (void);

void sidetone_sign_in_page_fill (SidetoneSignInPage *self,
                                 const char         *jid,
                                 const char         *server,
                                 SidetoneSecurity    security,
                                 const char         *ca_file);

char *sidetone_sign_in_page_take_password (SidetoneSignInPage *self);
void sidetone_sign_in_page_return_password (SidetoneSignInPage *self,
                                            const char         *password);
void sidetone_sign_in_page_note_forgotten (SidetoneSignInPage *self,
                                           const char         *jid);
void sidetone_sign_in_page_note_stored (SidetoneSignInPage *self,
                                        const char         *jid);
gboolean sidetone_sign_in_page_get_remember (SidetoneSignInPage *self);
gboolean sidetone_sign_in_page_get_forget (SidetoneSignInPage *self);
gboolean sidetone_sign_in_page_is_pristine (SidetoneSignInPage *self);

void sidetone_sign_in_page_show_problem (SidetoneSignInPage *self,
                                         SidetoneNextStep    step,
                                         const char         *words,
                                         const char         *codes);

G_END_DECLS
