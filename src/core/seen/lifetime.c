/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/lifetime.h"

#include <glib/gi18n-lib.h>

/* The lifetime of a UDP mapping (RFC 4787, section 4.3): the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_SKIPPED (SidetoneLifetimeSeen),
  SIDETONE_FIELD (SidetoneLifetimeSeen, "open-ms", DURATION, open_ms, KEEP, SILENCE,
                  N_("Still open after")),
  SIDETONE_FIELD (SidetoneLifetimeSeen, "closed-ms", DURATION, closed_ms, KEEP, SILENCE,
                  N_("Closed after")),
};

const SidetoneFieldTable sidetone_lifetime_table = SIDETONE_FIELD_TABLE (SidetoneLifetimeSeen, fields);

/**
 * sidetone_observation_get_lifetime:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_LIFETIME
 */
const SidetoneLifetimeSeen *
sidetone_observation_get_lifetime (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_LIFETIME);
}
