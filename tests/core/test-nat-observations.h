/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "test-observations.h"

/* Short forms of what a NAT does to UDP */

#define EI "endpoint-independent"
#define AD "address-dependent"
#define APD "address-and-port-dependent"

/* @mapping and @filtering are nicks; NULL if they are not known */
static inline void
add_nat (GListStore *store,
         const char *id,
         const char *local_text,
         const char *mapped_text,
         const char *mapping,
         const char *filtering)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SidetoneEndpoint) local = parse_endpoint (local_text);
  g_autoptr (SidetoneEndpoint) mapped = parse_endpoint (mapped_text);

  if (mapping != NULL)
    g_variant_dict_insert (&details, "mapping", "s", mapping);
  if (filtering != NULL)
    g_variant_dict_insert (&details, "filtering", "s", filtering);
  g_variant_dict_insert (&details, "port-preserved", "b",
                         sidetone_endpoint_get_port (local) == sidetone_endpoint_get_port (mapped));
  add_observation (store,
                   &(SidetoneObservationFields) {
    .id = id, .kind = SIDETONE_OBSERVATION_NAT, .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_PASSED, .local = local, .seen = mapped,
  }, &details);
}
