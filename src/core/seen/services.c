/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/services.h"

#include <glib/gi18n-lib.h>

/* The services that a server announces for calls (XEP-0215): the table of its fields. */

static const SidetoneField fields[] = {
  /* Translators: servers for calls, each with its protocol, address and port */
  SIDETONE_FIELD (SidetoneServicesSeen, "services", SERVICES, services, SERVICE, LIST_OR_NONE,
                  N_("Call servers")),
  /* Translators: how many entries of a list can't be understood */
  SIDETONE_FIELD (SidetoneServicesSeen, "unusable", COUNT, unusable, KEEP, NUMBER,
                  N_("Invalid entries")),
  /* Translators: such entries, as they came */
  SIDETONE_FIELD (SidetoneServicesSeen, "unreadable", TEXTS, unreadable, WORDS, LIST,
                  N_("These entries")),
  /* Translators: until when the passwords for relays are good */
  SIDETONE_FIELD (SidetoneServicesSeen, "expires", TEXT, expires, WORDS, TIME,
                  N_("Passwords valid until")),
  SIDETONE_FIELD (SidetoneServicesSeen, "expires-in", NUMBER, expires_in, KEEP, REMAINING,
                  N_("Valid for (server time)")),
  SIDETONE_FIELD (SidetoneServicesSeen, "server-time", TEXT, server_time, WORDS, TIME,
                  N_("Your server's clock")),
  SIDETONE_FIELD (SidetoneServicesSeen, "clock-ahead", NUMBER, clock_ahead, KEEP, NOTHING, NULL),
  SIDETONE_FIELDS_OF_REFUSAL (SidetoneServicesSeen),
};

const SidetoneFieldTable sidetone_services_table = SIDETONE_FIELD_TABLE (SidetoneServicesSeen, fields);

/**
 * sidetone_observation_get_services:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_SERVICES
 */
const SidetoneServicesSeen *
sidetone_observation_get_services (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_SERVICES);
}

/**
 * sidetone_services_has_any:
 * @answer: an observation of kind %SIDETONE_OBSERVATION_SERVICES
 *
 * Returns: whether the server announces services, even if they can't be read
 */
gboolean
sidetone_services_has_any (SidetoneObservation *answer)
{
  GPtrArray *services = sidetone_observation_get_services (answer)->services;

  return services != NULL && services->len > 0;
}
