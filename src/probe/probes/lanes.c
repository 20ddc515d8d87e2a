/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/lanes.h"

#include "net/gateway.h"
#include "net/ping.h"
#include "seen/interface.h"
#include "seen/ping.h"

/* Pings beside the packets through the relays, of the nearest router and of the XMPP server: where on
 * the way packets get lost (judge/loss-place.c). They begin with the first allocation's request, so that they cross
 * the line at the same moments as the echoes' packets, and end with the last echo: nothing waits for
 * them. */

/* Five seconds. An echo takes one or two */
#define N_MOST 600

/* An answer takes no longer than this, or than twice the longest so far */
#define SETTLED_MS 300

typedef struct
{
  SidetonePinged whose;
  SidetoneEndpoint *peer;
  SidetonePing *ping;       /* NULL if this computer can't ping */
  gint64 start_us;
} Lane;

struct _SidetoneLanes
{
  SidetoneContext *context;
  Lane router;
  Lane server;
};

/* What a tunnel's gateway answers has crossed the line as well. */
static gboolean
is_tunnel (SidetoneLanes *self,
           const char    *name)
{
  GListModel *observations = sidetone_context_get_observations (self->context);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      const SidetoneInterfaceSeen *seen = sidetone_observation_get_interface (observation);

      if (seen != NULL && g_strcmp0 (seen->interface, name) == 0 &&
          seen->type == SIDETONE_INTERFACE_TUNNEL)
        return TRUE;
    }

  return FALSE;
}

static void
start_router (SidetoneLanes    *self,
              SidetoneEndpoint *server)
{
  GInetAddress *towards = sidetone_endpoint_get_address (server);
  g_autoptr (GInetSocketAddress) gateway = NULL;
  g_autofree char *interface = NULL;

  gateway = sidetone_gateway_find (towards, &interface);
  if (gateway == NULL || is_tunnel (self, interface))
    return;

  self->router.whose = SIDETONE_PINGED_ROUTER;
  self->router.peer = sidetone_endpoint_new (g_inet_socket_address_get_address (gateway), 0,
                                             SIDETONE_TRANSPORT_UNKNOWN);
  self->router.start_us = sidetone_context_get_time (self->context);
  self->router.ping = sidetone_ping_new (gateway, SIDETONE_PING_INTERVAL, N_MOST);
  if (self->router.ping == NULL)
    self->router.ping = sidetone_ping_new_nearest (towards, SIDETONE_PING_INTERVAL, N_MOST);
}

static void
start_server (SidetoneLanes    *self,
              SidetoneEndpoint *server)
{
  GInetAddress *address = sidetone_endpoint_get_address (server);
  g_autoptr (GInetSocketAddress) host = NULL;

  host = G_INET_SOCKET_ADDRESS (g_inet_socket_address_new (address, 0));
  self->server.whose = SIDETONE_PINGED_SERVER;
  self->server.peer = sidetone_endpoint_new (address, 0, SIDETONE_TRANSPORT_UNKNOWN);
  self->server.start_us = sidetone_context_get_time (self->context);
  self->server.ping = sidetone_ping_new (host, SIDETONE_PING_INTERVAL, N_MOST);
}

/**
 * sidetone_lanes_new:
 * @context: a context with a session
 *
 * Begins to ping the nearest router and the XMPP server, unless this computer is the server, or the
 * system lets nobody ping.
 *
 * Returns: (transfer full): the lanes
 */
SidetoneLanes *
sidetone_lanes_new (SidetoneContext *context)
{
  SidetoneLanes *self = g_new0 (SidetoneLanes, 1);
  SidetoneSession *session = sidetone_context_get_session (context);
  SidetoneEndpoint *server = session != NULL ? sidetone_session_get_peer (session) : NULL;

  self->context = g_object_ref (context);
  if (server == NULL || g_inet_address_get_is_loopback (sidetone_endpoint_get_address (server)))
    return self;

  start_router (self, server);
  start_server (self, server);

  return self;
}

static void
lane_clear (Lane *lane)
{
  g_clear_pointer (&lane->ping, sidetone_ping_free);
  g_clear_pointer (&lane->peer, sidetone_endpoint_unref);
}

/**
 * sidetone_lanes_free:
 * @self: (transfer full): lanes
 */
void
sidetone_lanes_free (SidetoneLanes *self)
{
  lane_clear (&self->router);
  lane_clear (&self->server);
  g_object_unref (self->context);
  g_free (self);
}

/* The pings that can have been answered by now: leaving out all of the last ones, answered or not,
 * favours neither. */
static guint
count_settled (SidetonePing *ping)
{
  SidetoneTrips *trips = sidetone_ping_get_trips (ping);
  gint64 longest_us = sidetone_trips_get_percentile (trips, 100);

  return sidetone_ping_count_settled (ping, MAX (SETTLED_MS, 2 * longest_us / 1000));
}

static gint64
get_known (gint64 figure)
{
  return figure >= 0 ? figure : SIDETONE_NOT_SEEN;
}

static void
observe (SidetoneLanes *self,
         const Lane    *lane,
         const char    *id)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  SidetoneTrips *trips;
  SidetonePingSeen seen;

  if (lane->ping == NULL)
    return;

  trips = sidetone_ping_get_trips (lane->ping);
  sidetone_field_table_init (&sidetone_ping_table, &seen);
  seen.whose = lane->whose;
  seen.peer = lane->peer;
  seen.sent = count_settled (lane->ping);
  seen.arrived = 0;
  for (guint i = 0; i < seen.sent; i++)
    {
      gint64 trip = sidetone_trips_get_trip (trips, i);

      seen.arrived += trip >= 0;
      g_array_append_val (numbers, trip);
    }
  seen.rtt_us = get_known (sidetone_trips_get_percentile (trips, 50));
  seen.p95_us = get_known (sidetone_trips_get_percentile (trips, 95));
  seen.jitter_us = get_known (sidetone_trips_get_jitter (trips));
  seen.trips = numbers;
  if (seen.sent == 0)
    return;

  sidetone_context_observe (self->context, &(SidetoneObservationFields) {
    .id = id,
    .kind = SIDETONE_OBSERVATION_PING,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_PASSED,
    .start_us = lane->start_us,
    .duration_us = seen.sent * SIDETONE_PING_INTERVAL * (gint64) G_TIME_SPAN_MILLISECOND,
    .what = &seen,
  });
}

/**
 * sidetone_lanes_end:
 * @self: lanes
 *
 * Ends the pings, and observes what became of them.
 */
void
sidetone_lanes_end (SidetoneLanes *self)
{
  observe (self, &self->router, "ping-router");
  observe (self, &self->server, "ping-server");
  lane_clear (&self->router);
  lane_clear (&self->server);
}
