/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

#include "net/trips.h"

G_BEGIN_DECLS

typedef struct _SidetonePing SidetonePing;

SidetonePing *sidetone_ping_new (GInetSocketAddress *host,
                                 guint               interval_ms,
                                 guint               n_most);
SidetonePing *sidetone_ping_new_nearest (GInetAddress *towards,
                                         guint         interval_ms,
                                         guint         n_most);
void sidetone_ping_free (SidetonePing *self);

void sidetone_ping_stop (SidetonePing *self);
gboolean sidetone_ping_is_stopped (SidetonePing *self);
guint sidetone_ping_count_settled (SidetonePing *self,
                                   guint         settled_ms);
SidetoneTrips *sidetone_ping_get_trips (SidetonePing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetonePing, sidetone_ping_free)

G_END_DECLS
