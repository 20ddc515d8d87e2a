/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_NOTES_ROW (sidetone_notes_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneNotesRow, sidetone_notes_row, SIDETONE, NOTES_ROW, AdwExpanderRow)

void sidetone_notes_row_set_model (SidetoneNotesRow *self,
                                   GListModel       *model);

G_END_DECLS
