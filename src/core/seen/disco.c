/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/disco.h"

#include <glib/gi18n-lib.h>

#include "wire/server-ip.h"

/* The server's features (service discovery, XEP-0030): the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELD (SidetoneDiscoSeen, "name", TEXT, name, WORDS, WORDS, N_("Server program")),
  /* Translators: where the people who run the server are reached */
  SIDETONE_FIELD (SidetoneDiscoSeen, "contacts", TEXTS, contacts, GONE, LIST,
                  N_("Contact for the server")),
  SIDETONE_FIELD (SidetoneDiscoSeen, "features", TEXTS, features, FEATURES, LIST,
                  N_("Server features")),
  SIDETONE_FIELDS_OF_REFUSAL (SidetoneDiscoSeen),
  SIDETONE_FIELD (SidetoneDiscoSeen, "raw", TEXT, raw, GONE, RAW, N_("Raw answer")),
};

const SidetoneFieldTable sidetone_disco_table = SIDETONE_FIELD_TABLE (SidetoneDiscoSeen, fields);

/**
 * sidetone_observation_get_disco:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_DISCO
 */
const SidetoneDiscoSeen *
sidetone_observation_get_disco (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_DISCO);
}

/**
 * sidetone_disco_offers_address_check:
 * @disco: an observation of kind %SIDETONE_OBSERVATION_DISCO
 *
 * Returns: whether the server announces the address check (XEP-0279); %FALSE also if it did not list
 *   its features
 */
gboolean
sidetone_disco_offers_address_check (SidetoneObservation *disco)
{
  const char *const *features = sidetone_observation_get_disco (disco)->features;

  return features != NULL && (g_strv_contains (features, SIDETONE_SERVER_IP_NS) ||
                              g_strv_contains (features, SIDETONE_SERVER_IP_NS_0));
}

/**
 * sidetone_disco_dup_contact:
 * @disco: an observation of kind %SIDETONE_OBSERVATION_DISCO
 *
 * Of several addresses, an e-mail address goes first, which takes a whole text, then one for a chat.
 *
 * Returns: (transfer full) (nullable): where to write to the server's administrator; %NULL if the
 *   server names nobody, or in a redacted report
 */
SidetoneContact *
sidetone_disco_dup_contact (SidetoneObservation *disco)
{
  const char *const *contacts = sidetone_observation_get_disco (disco)->contacts;
  g_autoptr (SidetoneContact) best = NULL;

  for (guint i = 0; contacts != NULL && contacts[i] != NULL; i++)
    {
      g_autoptr (SidetoneContact) contact = sidetone_contact_new_from_uri (contacts[i]);

      if (contact == NULL || (best != NULL && best->kind <= contact->kind))
        continue;

      g_clear_pointer (&best, sidetone_contact_free);
      best = g_steal_pointer (&contact);
    }

  return g_steal_pointer (&best);
}
