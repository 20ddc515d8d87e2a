/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/step.h"

G_BEGIN_DECLS

/* Shared by the step (step.c) and its progress (step-progress.c) */

GPtrArray *sidetone_step_collect (const SidetoneEvidence *evidence,
                                  SidetoneStepKind        kind);
gboolean sidetone_step_any_on_network (GPtrArray *tried);
SidetoneProgress sidetone_step_judge (SidetoneStepKind        kind,
                                      const SidetoneEvidence *evidence,
                                      SidetoneStepKind        current);

G_END_DECLS
