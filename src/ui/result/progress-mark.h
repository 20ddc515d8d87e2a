/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "judge/step.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_PROGRESS_MARK (sidetone_progress_mark_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneProgressMark, sidetone_progress_mark, SIDETONE, PROGRESS_MARK, AdwBin)

void sidetone_progress_mark_show (SidetoneProgressMark *self,
                                  SidetoneProgress      progress,
                                  const char           *words);

G_END_DECLS
