/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/surroundings.h"

#include "address/address-scope.h"
#include "base/error.h"
#include "seen/observation.h"

static gboolean
is_interface (SidetoneObservation *observation)
{
  return sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_INTERFACE &&
         sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED;
}

static gboolean
is_ipv6 (SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV6;
}

static gboolean
is_public_ipv6 (SidetoneEndpoint *endpoint)
{
  SidetoneAddressScope scope;

  if (!is_ipv6 (endpoint))
    return FALSE;

  scope = sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint));

  return sidetone_address_scope_is_public (scope);
}

static gboolean
is_silent (SidetoneObservation *connect)
{
  const GError *error = sidetone_observation_get_error (connect);

  return g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TCP_NO_ANSWER) ||
         g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_UNREACHABLE);
}

static gboolean
has_refused (SidetoneObservation *connect)
{
  return g_error_matches (sidetone_observation_get_error (connect), SIDETONE_ERROR,
                          SIDETONE_ERROR_CONNECTION_REFUSED);
}

/* A network of IPv6 alone gives programs IPv4 by what looks like a tunnel (464XLAT, RFC 6877; its
 * addresses, RFC 7335). It leads nowhere else than the network itself. */
static gboolean
is_clat (GListModel *observations,
         const char *interface)
{
  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      SidetoneEndpoint *own = sidetone_observation_get_local (observation);

      if (is_interface (observation) && own != NULL &&
          sidetone_address_scope_of (sidetone_endpoint_get_address (own)) ==
          SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY &&
          g_strcmp0 (sidetone_observation_get_string (observation, "interface"), interface) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_surroundings_have_tunnel:
 * @observations: a list of #SidetoneObservation
 * @evidence: where to add the ids of those that prove it
 *
 * Says whether traffic to the internet begins in a tunnel. What makes IPv4 out of IPv6 on this
 * computer is none.
 *
 * Returns: %TRUE if it does
 */
gboolean
sidetone_surroundings_have_tunnel (GListModel   *observations,
                                   GStrvBuilder *evidence)
{
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      if (!is_interface (observation) ||
          !sidetone_observation_get_boolean (observation, "default-route") ||
          g_strcmp0 (sidetone_observation_get_string (observation, "type"), "tunnel") != 0 ||
          is_clat (observations, sidetone_observation_get_string (observation, "interface")))
        continue;

      g_strv_builder_add (evidence, sidetone_observation_get_id (observation));
      found = TRUE;
    }

  return found;
}

/**
 * sidetone_surroundings_have_broken_ipv6:
 * @observations: a list of #SidetoneObservation
 * @evidence: where to add the ids of those that prove it; only of use with a result of %TRUE
 *
 * Says whether the network gave this computer a public IPv6 address to use, no answer came by it,
 * and the server was there by IPv4. A single connection by IPv6 proves the contrary, and so does a
 * refusal: somebody answered.
 *
 * Returns: %TRUE if it is so
 */
gboolean
sidetone_surroundings_have_broken_ipv6 (GListModel   *observations,
                                        GStrvBuilder *evidence)
{
  gboolean has_address = FALSE;
  gboolean ipv6_failed = FALSE;
  gboolean ipv4_passed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      g_autoptr (SidetoneEndpoint) peer = sidetone_observation_dup_peer (observation);
      gboolean passed = sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED;

      if (is_interface (observation) &&
          sidetone_observation_get_boolean (observation, "default-route") &&
          is_public_ipv6 (sidetone_observation_get_local (observation)))
        has_address = TRUE;
      else if (sidetone_observation_get_kind (observation) != SIDETONE_OBSERVATION_CONNECT ||
               peer == NULL)
        continue;
      else if (is_ipv6 (peer) && (passed || has_refused (observation)))
        return FALSE;
      else if (passed)
        ipv4_passed = TRUE;
      else if (is_ipv6 (peer) && is_silent (observation))
        ipv6_failed = TRUE;
      else
        continue;

      g_strv_builder_add (evidence, sidetone_observation_get_id (observation));
    }

  return has_address && ipv6_failed && ipv4_passed;
}
