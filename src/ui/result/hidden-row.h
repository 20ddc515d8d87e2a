/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_HIDDEN_ROW (sidetone_hidden_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHiddenRow, sidetone_hidden_row, SIDETONE, HIDDEN_ROW, AdwExpanderRow)

void sidetone_hidden_row_set_run (SidetoneHiddenRow *self,
                                  SidetoneRun       *run);

G_END_DECLS
