/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/interruption.h"

#include <glib/gi18n-lib.h>

/* An interruption of the check on this computer (sleep, a lost interface): the table of its
 * fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELD (SidetoneInterruptionSeen, "interfaces", TEXTS, interfaces, WORDS, LIST,
                  N_("Networks that went away")),
  SIDETONE_FIELD (SidetoneInterruptionSeen, "slept-ms", NUMBER, slept_ms, KEEP, SILENCE,
                  N_("Asleep for")),
};

const SidetoneFieldTable sidetone_interruption_table =
  SIDETONE_FIELD_TABLE (SidetoneInterruptionSeen, fields);

/**
 * sidetone_observation_get_interruption:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_INTERRUPTION
 */
const SidetoneInterruptionSeen *
sidetone_observation_get_interruption (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_INTERRUPTION);
}
