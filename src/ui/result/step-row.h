/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "result/step-item.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_STEP_ROW (sidetone_step_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneStepRow, sidetone_step_row, SIDETONE, STEP_ROW, AdwExpanderRow)

GtkWidget *sidetone_step_row_new (SidetoneStepItem * item);
GtkWidget *sidetone_step_row_new_for_unreached (const char *words);
SidetoneStepKind sidetone_step_row_get_kind (SidetoneStepRow *self);

G_END_DECLS
