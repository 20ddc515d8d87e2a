/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "run.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_APP_ROW (sidetone_app_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneAppRow, sidetone_app_row, SIDETONE, APP_ROW, AdwComboRow)

void sidetone_app_row_show_run (SidetoneAppRow *self,
                                SidetoneRun    *run);

void sidetone_app_apply (SidetoneRun *run);

G_END_DECLS
