/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "judge/finding.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_FINDING_ROW (sidetone_finding_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneFindingRow, sidetone_finding_row, SIDETONE, FINDING_ROW,
                      AdwPreferencesRow)

GtkWidget *sidetone_finding_row_new (SidetoneFinding * finding);
const char *sidetone_finding_row_get_icon_name (SidetoneSeverity severity);
const char *sidetone_finding_row_get_css_class (SidetoneSeverity severity);

G_END_DECLS
