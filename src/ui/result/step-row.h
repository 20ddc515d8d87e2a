/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "judge/step.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_STEP_ROW (sidetone_step_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneStepRow, sidetone_step_row, SIDETONE, STEP_ROW, AdwExpanderRow)

SidetoneStepKind sidetone_step_row_get_kind (SidetoneStepRow *self);
void sidetone_step_row_set_step (SidetoneStepRow *self,
                                 SidetoneStep    *step);

G_END_DECLS
