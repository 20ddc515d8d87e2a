/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/software.h"

#include <glib/gi18n-lib.h>

/* Which program the server is (XEP-0092): the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELD (SidetoneSoftwareSeen, "name", TEXT, name, WORDS, WORDS, N_("Server program")),
  SIDETONE_FIELD (SidetoneSoftwareSeen, "version", TEXT, version, WORDS, WORDS, N_("Version")),
};

const SidetoneFieldTable sidetone_software_table = SIDETONE_FIELD_TABLE (SidetoneSoftwareSeen,
                                                                         fields);

/**
 * sidetone_observation_get_software:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_SOFTWARE
 */
const SidetoneSoftwareSeen *
sidetone_observation_get_software (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_SOFTWARE);
}
