/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/ping.h"

#include <glib/gi18n-lib.h>

/* Pings of the own router and of the XMPP server (ICMP echo), beside the packets through relays: the
 * table of its fields. */

G_DEFINE_ENUM_TYPE (SidetonePinged, sidetone_pinged,
                    G_DEFINE_ENUM_VALUE (SIDETONE_PINGED_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_PINGED_ROUTER, "router"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_PINGED_SERVER, "server"))

static const SidetoneField fields[] = {
  SIDETONE_FIELD_OF_CHOICE (SidetonePingSeen, "whose", whose, sidetone_pinged_get_type, NOTHING,
                            NULL),
  SIDETONE_FIELD_SHOWN (LOCAL, N_("This computer")),
  SIDETONE_FIELD (SidetonePingSeen, "peer-address", ADDRESS, peer, ADDRESS, TEXT, N_("Address")),
  SIDETONE_FIELD (SidetonePingSeen, "sent", COUNT, sent, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetonePingSeen, "arrived", COUNT, arrived, KEEP, ARRIVED,
                  N_("Pings answered")),
  SIDETONE_FIELD (SidetonePingSeen, "rtt-us", DURATION, rtt_us, KEEP, DURATION,
                  N_("Round trip (median)")),
  SIDETONE_FIELD (SidetonePingSeen, "p95-us", DURATION, p95_us, KEEP, DURATION,
                  N_("Round trip (95th percentile)")),
  /* Translators: how unsteady the time is that packets take */
  SIDETONE_FIELD (SidetonePingSeen, "jitter-us", DURATION, jitter_us, KEEP, DURATION, N_("Jitter")),
  SIDETONE_FIELD (SidetonePingSeen, "trips", NUMBERS, trips, KEEP, NOTHING, NULL),
};

const SidetoneFieldTable sidetone_ping_table = SIDETONE_FIELD_TABLE (SidetonePingSeen, fields);

/**
 * sidetone_observation_get_ping:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_PING
 */
const SidetonePingSeen *
sidetone_observation_get_ping (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_PING);
}
