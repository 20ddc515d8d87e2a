/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

#include "judge/walkthrough.h"
#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_STATION_VIEW (sidetone_station_view_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneStationView, sidetone_station_view, SIDETONE, STATION_VIEW, GtkWidget)

void sidetone_station_view_show (SidetoneStationView       *self,
                                 const SidetoneWalkthrough *walkthrough);
void sidetone_station_view_show_check (SidetoneStationView *self,
                                       SidetoneRun         *run);

G_END_DECLS
