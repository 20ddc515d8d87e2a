/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/step.h"
#include "result/expander-rows.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_FOLD_ROW (sidetone_fold_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneFoldRow, sidetone_fold_row, SIDETONE, FOLD_ROW, AdwExpanderRow)

void sidetone_fold_row_set_model (SidetoneFoldRow      *self,
                                  GListModel           *model,
                                  SidetoneCreateRowFunc create);
void sidetone_fold_row_show (SidetoneFoldRow *self,
                             SidetoneProgress progress,
                             const char      *title);
void sidetone_fold_row_expand (SidetoneFoldRow *self,
                               gboolean         expanded);

G_END_DECLS
