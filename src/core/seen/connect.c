/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/connect.h"

#include <glib/gi18n-lib.h>

/* A TCP connection attempt: the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_SKIPPED (SidetoneConnectSeen),
  SIDETONE_FIELDS_OF_CONNECTION (SidetoneConnectSeen),
  SIDETONE_FIELD (SidetoneConnectSeen, "used", TRUTH, used, KEEP, TRUTH, N_("Used for this check")),
  SIDETONE_FIELD (SidetoneConnectSeen, "rtt-us", DURATION, rtt_us, KEEP, DURATION,
                  N_("Round trip")),
};

const SidetoneFieldTable sidetone_connect_table = SIDETONE_FIELD_TABLE (SidetoneConnectSeen, fields);

/**
 * sidetone_observation_get_connect:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_CONNECT
 */
const SidetoneConnectSeen *
sidetone_observation_get_connect (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_CONNECT);
}

/**
 * sidetone_connect_is_used:
 * @connect: an observation
 *
 * Returns: whether @connect is of kind %SIDETONE_OBSERVATION_CONNECT, and the check went on with it
 */
gboolean
sidetone_connect_is_used (SidetoneObservation *connect)
{
  const SidetoneConnectSeen *seen = sidetone_observation_get_connect (connect);

  return seen != NULL && seen->used == SIDETONE_TRUTH_YES;
}
