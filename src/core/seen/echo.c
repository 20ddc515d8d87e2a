/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/echo.h"

#include <glib/gi18n-lib.h>

/* Packets through a relay and back, with loss, round trips and jitter: the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_CALL_SERVER (SidetoneEchoSeen),
  /* Translators: the address that refused packets */
  SIDETONE_FIELD (SidetoneEchoSeen, "told-by", ADDRESS, told_by, ADDRESS, TEXT,
                  N_("Turned away by")),
  SIDETONE_FIELD (SidetoneEchoSeen, "relay", TEXT, relay, WORD, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "other-relay", TEXT, other_relay, WORD, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "relayed", ENDPOINT, relayed, ADDRESS, TEXT,
                  N_("Address of the relay")),
  SIDETONE_FIELD (SidetoneEchoSeen, "mapped", ENDPOINT, mapped, ADDRESS, TEXT,
                  N_("The other socket, as STUN sees it")),
  SIDETONE_FIELD (SidetoneEchoSeen, "source", ENDPOINT, source, ADDRESS, TEXT,
                  N_("Came back from")),
  SIDETONE_FIELD (SidetoneEchoSeen, "there-sent", COUNT, there_sent, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "there-arrived", COUNT, there_arrived, KEEP, ARRIVED,
                  N_("Packets to the relay")),
  SIDETONE_FIELD (SidetoneEchoSeen, "back-sent", COUNT, back_sent, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "back-arrived", COUNT, back_arrived, KEEP, ARRIVED,
                  N_("Packets back from it")),
  SIDETONE_FIELD (SidetoneEchoSeen, "rtt-us", DURATION, rtt_us, KEEP, DURATION,
                  N_("Round trip, half of them faster")),
  SIDETONE_FIELD (SidetoneEchoSeen, "p95-us", DURATION, p95_us, KEEP, DURATION,
                  N_("Round trip, 95 of 100 faster")),
  /* Translators: how unsteady the time is that packets take */
  SIDETONE_FIELD (SidetoneEchoSeen, "jitter-us", DURATION, jitter_us, KEEP, DURATION, N_("Jitter")),
  SIDETONE_FIELD (SidetoneEchoSeen, "reordered", COUNT, reordered, KEEP, NUMBER,
                  N_("Out of order")),
  SIDETONE_FIELD (SidetoneEchoSeen, "duplicates", COUNT, duplicates, KEEP, NUMBER,
                  N_("Came twice")),
  SIDETONE_FIELD (SidetoneEchoSeen, "trips", NUMBERS, trips, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "large-sizes", NUMBERS, large_sizes, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "large-sent", NUMBERS, large_sent, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "large-arrived", NUMBERS, large_arrived, KEEP, LARGE_ARRIVED,
                  N_("Large packets, there and back")),
  SIDETONE_FIELD (SidetoneEchoSeen, "after-large-sent", COUNT, after_large_sent, KEEP, NOTHING,
                  NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "after-large-arrived", COUNT, after_large_arrived, KEEP, ARRIVED,
                  N_("Small packets after them")),
};

const SidetoneFieldTable sidetone_echo_table = SIDETONE_FIELD_TABLE (SidetoneEchoSeen, fields);

/**
 * sidetone_observation_get_echo:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_ECHO
 */
const SidetoneEchoSeen *
sidetone_observation_get_echo (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_ECHO);
}
