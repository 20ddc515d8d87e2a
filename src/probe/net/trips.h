/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SidetoneTrips SidetoneTrips;

SidetoneTrips *sidetone_trips_new (guint n_numbers);
void sidetone_trips_free (SidetoneTrips *self);

void sidetone_trips_note_sent (SidetoneTrips *self,
                               guint          number,
                               gint64         time);
gboolean sidetone_trips_note_arrived (SidetoneTrips *self,
                                      guint          number,
                                      gint64         time);

guint sidetone_trips_get_n_sent (SidetoneTrips *self);
guint sidetone_trips_get_n_arrived (SidetoneTrips *self);
guint sidetone_trips_get_n_duplicates (SidetoneTrips *self);
guint sidetone_trips_get_n_reordered (SidetoneTrips *self);
gint64 sidetone_trips_get_trip (SidetoneTrips *self,
                                guint          number);
gint64 sidetone_trips_get_sent (SidetoneTrips *self,
                                guint          number);
gint64 sidetone_trips_get_percentile (SidetoneTrips *self,
                                      guint          percent);
gint64 sidetone_trips_get_jitter (SidetoneTrips *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneTrips, sidetone_trips_free)

G_END_DECLS
