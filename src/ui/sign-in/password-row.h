/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "sign-in/entry-row.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_PASSWORD_ROW (sidetone_password_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetonePasswordRow, sidetone_password_row, SIDETONE, PASSWORD_ROW,
                      AdwPreferencesRow)

GtkWidget *sidetone_password_row_get_entry (SidetonePasswordRow * self);
const char *sidetone_password_row_get_password (SidetonePasswordRow *self);
void sidetone_password_row_set_password (SidetonePasswordRow *self,
                                         const char          *password);

G_END_DECLS
