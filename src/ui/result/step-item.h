/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/step.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_STEP_ITEM (sidetone_step_item_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneStepItem, sidetone_step_item, SIDETONE, STEP_ITEM, GObject)

SidetoneStepItem *sidetone_step_item_new (SidetoneStepKind kind);

void sidetone_step_item_set_step (SidetoneStepItem *self,
                                  SidetoneStep     *step);
SidetoneStepKind sidetone_step_item_get_kind (SidetoneStepItem *self);
SidetoneStep *sidetone_step_item_get_step (SidetoneStepItem *self);
GListModel *sidetone_step_item_get_observations (SidetoneStepItem *self);

G_END_DECLS
