/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/stun.h"

#include <glib/gi18n-lib.h>

/* A STUN Binding transaction (RFC 8489), by which a socket learns its reflexive address: the table
 * of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_SKIPPED (SidetoneStunSeen),
  SIDETONE_FIELDS_OF_CALL_SERVER (SidetoneStunSeen),
  /* Translators: the address that refused packets */
  SIDETONE_FIELD (SidetoneStunSeen, "told-by", ADDRESS, told_by, ADDRESS, TEXT,
                  N_("Turned away by")),
  SIDETONE_FIELD (SidetoneStunSeen, "plain", ENDPOINT, plain, ADDRESS, TEXT,
                  N_("Unmasked address (MAPPED-ADDRESS)")),
  /* Translators: the names in the certificate of a server for calls */
  SIDETONE_FIELD (SidetoneStunSeen, "names", TEXTS, names, WORDS, LIST_OR_NONE,
                  N_("Certificate for")),
  SIDETONE_FIELD (SidetoneStunSeen, "software", TEXT, software, WORDS, WORDS, N_("Server program")),
  SIDETONE_FIELD (SidetoneStunSeen, "n-sent", COUNT, n_sent, KEEP, NUMBER, N_("Times asked")),
  SIDETONE_FIELD (SidetoneStunSeen, "other", ENDPOINT, other, ADDRESS, TEXT,
                  N_("Answers also from")),
  SIDETONE_FIELD (SidetoneStunSeen, "origin", ENDPOINT, origin, ADDRESS, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneStunSeen, "rtt-us", DURATION, rtt_us, KEEP, DURATION, N_("Round trip")),
};

const SidetoneFieldTable sidetone_stun_table = SIDETONE_FIELD_TABLE (SidetoneStunSeen, fields);

/**
 * sidetone_observation_get_stun:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_STUN
 */
const SidetoneStunSeen *
sidetone_observation_get_stun (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_STUN);
}
