/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_REMEMBER_ROW (sidetone_remember_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneRememberRow, sidetone_remember_row, SIDETONE, REMEMBER_ROW, AdwActionRow)

void sidetone_remember_row_set_jid (SidetoneRememberRow *self,
                                    const char          *jid);
void sidetone_remember_row_suggest (SidetoneRememberRow *self,
                                    gboolean             remember);
void sidetone_remember_row_note_stored (SidetoneRememberRow *self,
                                        const char          *jid);
void sidetone_remember_row_note_forgotten (SidetoneRememberRow *self,
                                           const char          *jid);
gboolean sidetone_remember_row_get_remember (SidetoneRememberRow *self);
gboolean sidetone_remember_row_get_forget (SidetoneRememberRow *self);
gboolean sidetone_remember_row_was_chosen (SidetoneRememberRow *self);

G_END_DECLS
