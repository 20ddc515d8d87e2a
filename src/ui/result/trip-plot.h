/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_TRIP_PLOT (sidetone_trip_plot_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneTripPlot, sidetone_trip_plot, SIDETONE, TRIP_PLOT, GtkWidget)

void sidetone_trip_plot_set_trips (SidetoneTripPlot *self,
                                   const gint64     *trips,
                                   guint             n_trips,
                                   gint64            scale_us,
                                   const char       *words);

void sidetone_trip_plot_set_router (SidetoneTripPlot *self,
                                    const gint64     *trips,
                                    guint             n_trips);

gint64 sidetone_trip_plot_choose_scale (gint64        scale_us,
                                        const gint64 *trips,
                                        guint         n_trips,
                                        gint64        p95_us);

G_END_DECLS
