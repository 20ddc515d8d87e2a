/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/secure.h"

#include <glib/gi18n-lib.h>

/* TLS and the server's certificate: the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_CONNECTION (SidetoneSecureSeen),
  SIDETONE_FIELD (SidetoneSecureSeen, "names", TEXTS, names, WORDS, CERTIFICATE_FOR,
                  N_("Certificate for")),
  SIDETONE_FIELD_SHOWN (ISSUED_BY, N_("Issued by")),
  SIDETONE_FIELD (SidetoneSecureSeen, "not-before", TEXT, not_before, WORDS, TIME,
                  N_("Valid from")),
  SIDETONE_FIELD (SidetoneSecureSeen, "not-after", TEXT, not_after, WORDS, TIME, N_("Valid until")),
  SIDETONE_FIELD (SidetoneSecureSeen, "clock-early", TRUTH, clock_early, KEEP, TRUTH,
                  N_("This computer's clock is before Sidetone's release")),
  SIDETONE_FIELD (SidetoneSecureSeen, "sha256", TEXT, sha256, WORD, FINGERPRINT,
                  N_("SHA-256 fingerprint")),
  /* Translators: the whole name in a certificate of whom it is for */
  SIDETONE_FIELD (SidetoneSecureSeen, "subject", TEXT, subject, WORDS, TEXT, N_("Subject")),
  /* Translators: the whole name in a certificate of who vouches for it */
  SIDETONE_FIELD (SidetoneSecureSeen, "issuer", TEXT, issuer, WORDS, TEXT, N_("Issuer")),
};

const SidetoneFieldTable sidetone_secure_table = SIDETONE_FIELD_TABLE (SidetoneSecureSeen, fields);

/**
 * sidetone_observation_get_secure:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_SECURE
 */
const SidetoneSecureSeen *
sidetone_observation_get_secure (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_SECURE);
}
