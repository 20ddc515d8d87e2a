/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/sign-in.h"

#include <glib/gi18n-lib.h>

/* The sign-in (SASL and resource binding, RFC 6120): the table of its fields. */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneStage, sidetone_stage,
  G_DEFINE_ENUM_VALUE (SIDETONE_STAGE_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STAGE_STREAM, "stream"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STAGE_TLS, "tls"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STAGE_SASL, "sasl"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STAGE_BIND, "bind"))

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_CONNECTION (SidetoneSignInSeen),
  /* Translators: the method by which a password is proven, such as SCRAM-SHA-1 */
  SIDETONE_FIELD (SidetoneSignInSeen, "mechanism", TEXT, mechanism, WORD, TEXT,
                  N_("Sign-in method")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneSignInSeen, "stage", stage, sidetone_stage_get_type, CHOICE,
                            N_("Failed at")),
  SIDETONE_FIELDS_OF_REFUSAL (SidetoneSignInSeen),
};

const SidetoneFieldTable sidetone_sign_in_table = SIDETONE_FIELD_TABLE (SidetoneSignInSeen, fields);

/**
 * sidetone_observation_get_sign_in:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_SIGN_IN
 */
const SidetoneSignInSeen *
sidetone_observation_get_sign_in (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_SIGN_IN);
}
