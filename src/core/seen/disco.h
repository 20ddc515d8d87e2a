/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/contact.h"
#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneDiscoSeen:
 * @features: (nullable): the features, by their namespaces
 * @name: (nullable): the name of the server program
 * @contacts: (nullable): where the administrator and the support are reached (XEP-0157), as URIs
 * @raw: (nullable): the unparsed answer
 * @condition: (nullable): a refusal's condition
 * @server_text: (nullable): a refusal's text from the server
 *
 * An XMPP server's features (service discovery, XEP-0030). A report's contacts are to be read again
 * (sidetone_contact_new_from_uri()) before one is used.
 */
typedef struct
{
  const char *const *features;
  const char *name;
  const char *const *contacts;
  const char *raw;
  const char *condition;
  const char *server_text;
} SidetoneDiscoSeen;

extern const SidetoneFieldTable sidetone_disco_table;

const SidetoneDiscoSeen *sidetone_observation_get_disco (SidetoneObservation *self);

gboolean sidetone_disco_offers_address_check (SidetoneObservation *disco);
SidetoneContact *sidetone_disco_dup_contact (SidetoneObservation *disco);

G_END_DECLS
