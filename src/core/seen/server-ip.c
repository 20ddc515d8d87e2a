/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/server-ip.h"

#include <glib/gi18n-lib.h>

/* The address that the server sees (XEP-0279): the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELD_SHOWN (SEEN, N_("Seen by your server")),
  SIDETONE_FIELD (SidetoneServerIpSeen, "addresses", ENDPOINTS, addresses, ADDRESS, LIST,
                  N_("Addresses in the answer")),
  SIDETONE_FIELD_SHOWN (LOCAL, N_("This computer")),
  SIDETONE_FIELDS_OF_PEER (SidetoneServerIpSeen, N_("Server's address")),
  SIDETONE_FIELDS_OF_REFUSAL (SidetoneServerIpSeen),
  SIDETONE_FIELD (SidetoneServerIpSeen, "raw", TEXT, raw, GONE, RAW, N_("Raw answer")),
};

const SidetoneFieldTable sidetone_server_ip_table = SIDETONE_FIELD_TABLE (SidetoneServerIpSeen, fields);

/**
 * sidetone_observation_get_server_ip:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_SERVER_IP
 */
const SidetoneServerIpSeen *
sidetone_observation_get_server_ip (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_SERVER_IP);
}
