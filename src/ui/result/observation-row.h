/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "seen/observation.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_OBSERVATION_ROW (sidetone_observation_row_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneObservationRow, sidetone_observation_row, SIDETONE, OBSERVATION_ROW,
                      AdwPreferencesRow)

GtkWidget *sidetone_observation_row_new (SidetoneObservation * observation);

G_END_DECLS
