/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/relay.h"

#include <glib/gi18n-lib.h>

/* A TURN allocation (RFC 8656): the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_SKIPPED (SidetoneRelaySeen),
  SIDETONE_FIELDS_OF_CALL_SERVER (SidetoneRelaySeen),
  /* Translators: the address that refused packets */
  SIDETONE_FIELD (SidetoneRelaySeen, "told-by", ADDRESS, told_by, ADDRESS, TEXT,
                  N_("Turned away by")),
  SIDETONE_FIELD (SidetoneRelaySeen, "alternate", ENDPOINT, alternate, ADDRESS, TEXT,
                  N_("Handed on to")),
  SIDETONE_FIELD (SidetoneRelaySeen, "family", COUNT, family, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneRelaySeen, "relayed", ENDPOINT, relayed, ADDRESS, TEXT,
                  N_("Address of the relay")),
  SIDETONE_FIELD (SidetoneRelaySeen, "lifetime", DURATION, lifetime_s, KEEP, REMAINING,
                  N_("Reserved for")),
  /* Translators: the names in the certificate of a server for calls */
  SIDETONE_FIELD (SidetoneRelaySeen, "names", TEXTS, names, WORDS, LIST_OR_NONE,
                  N_("Certificate for")),
  SIDETONE_FIELD (SidetoneRelaySeen, "software", TEXT, software, WORDS, WORDS,
                  N_("Server program")),
  SIDETONE_FIELD (SidetoneRelaySeen, "n-sent", COUNT, n_sent, KEEP, NUMBER, N_("Times asked")),
  SIDETONE_FIELD (SidetoneRelaySeen, "rtt-us", DURATION, rtt_us, KEEP, DURATION, N_("Round trip")),
};

const SidetoneFieldTable sidetone_relay_table = SIDETONE_FIELD_TABLE (SidetoneRelaySeen, fields);

/**
 * sidetone_observation_get_relay:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_RELAY
 */
const SidetoneRelaySeen *
sidetone_observation_get_relay (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_RELAY);
}
