/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/surroundings.h"

#include "address/address-scope.h"
#include "base/error.h"
#include "seen/connect.h"
#include "seen/interface.h"
#include "seen/observation.h"

/* The network around this computer: a VPN's tunnel, and broken IPv6. */

static gboolean
is_interface (SidetoneObservation *observation)
{
  return sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_INTERFACE &&
         sidetone_observation_has_passed (observation);
}

static gboolean
is_default_route (SidetoneObservation *interface)
{
  return sidetone_observation_get_interface (interface)->default_route == SIDETONE_TRUTH_YES;
}

static gboolean
is_ipv6 (SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV6;
}

static gboolean
has_refused (SidetoneObservation *connect)
{
  return sidetone_observation_has_error (connect, SIDETONE_ERROR_CONNECTION_REFUSED);
}

static gboolean
was_not_sent (SidetoneObservation *test)
{
  return sidetone_observation_has_error (test, SIDETONE_ERROR_NOT_PERMITTED);
}

/* An IPv6-only network gives programs IPv4 by something like a tunnel (464XLAT, RFC 6877; its
 * addresses, RFC 7335), which leads only to the network itself. */
static gboolean
is_clat (SidetoneObservation *interface)
{
  SidetoneEndpoint *own = sidetone_observation_get_local (interface);

  return sidetone_endpoint_get_scope (own) == SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY;
}

static const char *
get_name (SidetoneObservation *interface)
{
  const char *name = sidetone_observation_get_interface (interface)->interface;

  return name != NULL ? name : "";
}

static GStrv
end_ids (GStrvBuilder *ids,
         gboolean      are_proof)
{
  g_auto (GStrv) all = g_strv_builder_end (ids);

  return are_proof ? g_steal_pointer (&all) : NULL;
}

/**
 * sidetone_surroundings_find_tunnels:
 * @interfaces: (element-type SidetoneObservation): observations of kind
 *   %SIDETONE_OBSERVATION_INTERFACE
 *
 * Says whether internet traffic begins in a tunnel. 464XLAT on this computer does not count.
 *
 * Returns: (transfer full) (nullable): the IDs of the observations that prove it, %NULL if it does
 *   not
 */
GStrv
sidetone_surroundings_find_tunnels (GPtrArray *interfaces)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GHashTable) clats = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean found = FALSE;

  for (guint i = 0; i < interfaces->len; i++)
    {
      if (is_interface (interfaces->pdata[i]) && is_clat (interfaces->pdata[i]))
        g_hash_table_add (clats, (gpointer) get_name (interfaces->pdata[i]));
    }

  for (guint i = 0; i < interfaces->len; i++)
    {
      SidetoneObservation *interface = interfaces->pdata[i];

      if (!is_interface (interface) || !is_default_route (interface) ||
          sidetone_observation_get_interface (interface)->type != SIDETONE_INTERFACE_TUNNEL ||
          g_hash_table_contains (clats, get_name (interface)))
        continue;

      g_strv_builder_add (ids, sidetone_observation_get_id (interface));
      found = TRUE;
    }

  return end_ids (ids, found);
}

/* The server of a connection or a test; NULL for other observations, which pass without an answer
 * from their peer */
static SidetoneEndpoint *
get_answering_peer (SidetoneObservation *observation)
{
  switch (sidetone_observation_get_kind (observation))
    {
    case SIDETONE_OBSERVATION_CONNECT:
    case SIDETONE_OBSERVATION_STUN:
    case SIDETONE_OBSERVATION_RELAY:
      return sidetone_observation_get_peer (observation);

    default:
      return NULL;
    }
}

/**
 * sidetone_surroundings_find_broken_ipv6:
 * @observations: (element-type SidetoneObservation): a check's observations
 *
 * Says whether this computer has a public IPv6 address, got no answer by IPv6, and reached the
 * server by IPv4. A single answer by IPv6 from any server disproves it, and so does a refusal; with a
 * firewall on this computer that lets no IPv6 out it can't be told.
 *
 * Returns: (transfer full) (nullable): the IDs of the observations that prove it, %NULL if it is
 *   not so
 */
GStrv
sidetone_surroundings_find_broken_ipv6 (GPtrArray *observations)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  gboolean has_address = FALSE;
  gboolean ipv6_failed = FALSE;
  gboolean ipv4_passed = FALSE;

  for (guint i = 0; i < observations->len; i++)
    {
      SidetoneObservation *observation = observations->pdata[i];
      const SidetoneConnectSeen *connect = sidetone_observation_get_connect (observation);
      SidetoneEndpoint *peer = get_answering_peer (observation);
      SidetoneEndpoint *local = sidetone_observation_get_local (observation);
      gboolean passed = sidetone_observation_has_passed (observation);

      if (is_interface (observation) && is_default_route (observation) && is_ipv6 (local) &&
          sidetone_endpoint_is_public (local))
        has_address = TRUE;
      else if (peer == NULL)
        continue; /* NOLINT(bugprone-branch-clone): in this order */
      else if (is_ipv6 (peer) && (passed || has_refused (observation) || was_not_sent (observation)))
        return NULL;
      else if (connect == NULL)
        continue;
      else if (passed)
        ipv4_passed = TRUE;
      else if (is_ipv6 (peer) &&
               sidetone_observation_has_error_trait (observation, SIDETONE_ERROR_IS_SILENCE))
        ipv6_failed = TRUE;
      else
        continue;

      g_strv_builder_add (ids, sidetone_observation_get_id (observation));
    }

  return end_ids (ids, has_address && ipv6_failed && ipv4_passed);
}
