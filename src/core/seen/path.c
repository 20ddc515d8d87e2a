/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/path.h"

#include <glib/gi18n-lib.h>

/* The first hops on the way (traceroute): the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELD_SHOWN (LOCAL, N_("Own end")),
  SIDETONE_FIELD_SHOWN (SEEN, N_("Seen from outside")),
  SIDETONE_FIELD (SidetonePathSeen, "routers", ENDPOINTS, routers, ADDRESS, LIST,
                  N_("Routers, the nearest first")),
  SIDETONE_FIELD (SidetonePathSeen, "passed-on", TRUTH, passed_on, KEEP, TRUTH,
                  N_("The address outside belongs to a router behind the nearest")),
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
