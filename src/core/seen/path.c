/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/path.h"

#include <glib/gi18n-lib.h>

/* The first hops on the way (traceroute): the table of its fields. */

static const SidetoneField fields[] = {
  /* Translators: a server for calls, with its protocol, name and port */
  SIDETONE_FIELD (SidetonePathSeen, "service", SERVICE, service, SERVICE, TEXT,
                  N_("Call server")),
  SIDETONE_FIELDS_OF_PEER (SidetonePathSeen, N_("Server's address")),
  SIDETONE_FIELD_SHOWN (LOCAL, N_("This computer")),
  SIDETONE_FIELD_SHOWN (SEEN, N_("Seen from outside")),
  SIDETONE_FIELD (SidetonePathSeen, "routers", ENDPOINTS, routers, ADDRESS, LIST,
                  N_("Routers, the nearest first")),
  SIDETONE_FIELD (SidetonePathSeen, "passed-on", TRUTH, passed_on, KEEP, TRUTH,
                  N_("The public address belongs to a router farther away")),
  SIDETONE_FIELD (SidetonePathSeen, "udp-routers", ENDPOINTS, udp_routers, ADDRESS, LIST_OR_NONE,
                  N_("Routers that UDP gets to")),
  SIDETONE_FIELD (SidetonePathSeen, "udp-arrived", TRUTH, udp_arrived, KEEP, TRUTH,
                  N_("UDP gets to the server")),
  SIDETONE_FIELD (SidetonePathSeen, "tcp-peer", ENDPOINT, tcp_peer, ADDRESS, TEXT,
                  N_("Compared with TCP to")),
  SIDETONE_FIELD (SidetonePathSeen, "tcp-routers", ENDPOINTS, tcp_routers, ADDRESS, LIST_OR_NONE,
                  N_("Routers that TCP gets to")),
  SIDETONE_FIELD (SidetonePathSeen, "tcp-arrived", TRUTH, tcp_arrived, KEEP, TRUTH,
                  N_("TCP gets to the server")),
};

const SidetoneFieldTable sidetone_path_table = SIDETONE_FIELD_TABLE (SidetonePathSeen, fields);

/**
 * sidetone_observation_get_path:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_PATH
 */
const SidetonePathSeen *
sidetone_observation_get_path (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_PATH);
}
