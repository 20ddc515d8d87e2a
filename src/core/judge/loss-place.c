/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/loss-place.h"

#include <string.h>

#include "seen/ping.h"

/* Where packets get lost (as mtr and PingPlotter show it): pings of the nearest router, pings of the XMPP
 * server and packets through the relay, all at the same time.
 *
 *     this computer -- own network -- router -- line -- internet -+- XMPP server
 *                                                                 +- relay
 *
 * All that is lost before the router is lost to the router, to the server and to the relay alike. A
 * ping crosses each part of the way twice, out and in, and so does a packet through a relay over UDP in
 * each of its directions; so losses are compared for each crossing.
 *
 * Nothing is said if chance may have done it: each comparison is wrong in fewer than one of 1000
 * checks. On a line that loses 5 % of each direction, 250 pings lose 24; of a relay's usual 290
 * crossings (over UDP and over TCP) 14 are lost. If one of the two loses none, 7 losses of the other
 * decide, which 99 of 100 checks see.
 *
 * Routers and servers may answer only so many pings a second. But what is lost before the router is lost
 * to all: a router that loses more than the relay does turns pings away, and so does one that
 * loses each n-th of them. Such a lane says nothing. A relay's packets that are lost so evenly meet a
 * limit, too: at the relay, or in a router that takes them for a flood. */

/* A likelier difference may be chance. */
#define CHANCE 0.001

/* To say nothing, less is enough: by chance that is 1 of 100 checks. */
#define DOUBT 0.01

/* What a sound way may lose now and then, of pings there and back */
#define SLIGHT_LOSS 0.01

/* Fewer say nothing. */
#define FEWEST 50

/* Addresses with the same first bytes (24 bits of IPv4, 48 of IPv6) may have one line. */
#define N_SAME_IPV4 3
#define N_SAME_IPV6 6

typedef struct
{
  gboolean is_known;        /* whether it says something */
  SidetoneEndpoint *peer;
  SidetoneLost pings;
  SidetoneLost crossings;
} Lane;

static gboolean
is_more_lost (const SidetoneLost *more,
              const SidetoneLost *less,
              double              chance)
{
  return sidetone_chance_of_more (more, less) < chance;
}

static void
read_lane (Lane               *lane,
           GPtrArray          *pings,
           SidetonePinged      whose,
           const SidetoneLost *relay)
{
  const SidetonePingSeen *seen = NULL;

  *lane = (Lane) { .is_known = FALSE };
  for (guint i = 0; i < pings->len; i++)
    {
      const SidetonePingSeen *ping = sidetone_observation_get_ping (pings->pdata[i]);

      if (ping->whose == whose)
        seen = ping;
    }
  if (seen == NULL)
    return;

  lane->peer = seen->peer;
  sidetone_lost_add (&lane->pings, seen->sent, seen->arrived);
  lane->crossings = (SidetoneLost) { 2 * lane->pings.n_sent, lane->pings.n_lost };
  lane->is_known = lane->peer != NULL && lane->pings.n_sent >= FEWEST &&
                   lane->pings.n_lost < lane->pings.n_sent &&
                   !is_more_lost (&lane->crossings, relay, DOUBT) &&
                   (seen->trips == NULL ||
                    sidetone_chance_of_spread (seen->trips, seen->sent) >= CHANCE);
}

/* Whether it loses as much as the relay does */
static gboolean
does_lose (const Lane         *lane,
           const SidetoneLost *relay)
{
  return lane->is_known && sidetone_chance_at_loss (&lane->pings, SLIGHT_LOSS) < CHANCE &&
         !is_more_lost (relay, &lane->crossings, CHANCE);
}

/* Whether it loses far less than the relay does */
static gboolean
is_clean (const Lane         *lane,
          const SidetoneLost *relay)
{
  return lane->is_known && sidetone_chance_at_loss (&lane->pings, SLIGHT_LOSS) >= CHANCE &&
         is_more_lost (relay, &lane->crossings, CHANCE);
}

static gboolean
may_share_line (SidetoneEndpoint *one,
                SidetoneEndpoint *other)
{
  GInetAddress *first = sidetone_endpoint_get_address (one);
  GInetAddress *second = sidetone_endpoint_get_address (other);
  GSocketFamily family = g_inet_address_get_family (first);

  /* Of different versions of IP, they may be one computer's. */
  return family != g_inet_address_get_family (second) ||
         memcmp (g_inet_address_to_bytes (first), g_inet_address_to_bytes (second),
                 family == G_SOCKET_FAMILY_IPV6 ? N_SAME_IPV6 : N_SAME_IPV4) == 0;
}

/**
 * sidetone_loss_place_find:
 * @pings: (element-type SidetoneObservation): what became of the pings
 * @host: a relay's host that loses packets
 * @relay: its address
 * @is_router_own: whether the nearest router is this network's, and not the provider's
 *
 * Compares the pings' loss with the relay's.
 *
 * Returns: where packets get lost
 */
SidetoneLossPlace
sidetone_loss_place_find (GPtrArray                  *pings,
                          const SidetoneHostEvidence *host,
                          SidetoneEndpoint           *relay,
                          gboolean                    is_router_own)
{
  const SidetoneLost *crossings = &host->crossings;
  Lane router;
  Lane server;

  if (crossings->n_sent <= 0 || crossings->n_sent > SIDETONE_CHANCE_MAX_PACKETS || host->is_even)
    return SIDETONE_LOSS_PLACE_UNKNOWN;

  read_lane (&router, pings, SIDETONE_PINGED_ROUTER, crossings);
  read_lane (&server, pings, SIDETONE_PINGED_SERVER, crossings);
  /* Pings of the server pass the router, too. */
  router.is_known = router.is_known && !is_more_lost (&router.crossings, &server.crossings, DOUBT);

  if (does_lose (&router, crossings))
    return is_router_own ? SIDETONE_LOSS_PLACE_OWN_NETWORK : SIDETONE_LOSS_PLACE_UNKNOWN;
  if (is_clean (&server, crossings))
    return may_share_line (server.peer, relay) ? SIDETONE_LOSS_PLACE_RELAY
           : SIDETONE_LOSS_PLACE_RELAYS_WAY;
  if (!is_clean (&router, crossings))
    return SIDETONE_LOSS_PLACE_UNKNOWN;

  return does_lose (&server, crossings) && !may_share_line (server.peer, relay)
         ? SIDETONE_LOSS_PLACE_LINE : SIDETONE_LOSS_PLACE_BEHIND_ROUTER;
}
