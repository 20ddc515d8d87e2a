/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Servers in this computer's own network, whose names lead to its router. The router may lead packets
 * back inside, and then puts its own address on them, or not (hairpinning, NAT loopback; RFC 4787,
 * section 6). So what fails from inside says nothing about the internet. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/inside.h"

#include <string.h>

#include "address/address-scope.h"
#include "seen/server-ip.h"

static gboolean
is_ipv4 (const SidetoneEndpoint *endpoint)
{
  return sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV4;
}

/**
 * sidetone_inside_is_seen_near:
 * @evidence: the evidence
 *
 * Returns: whether the XMPP server sees a private address like this computer's own
 */
gboolean
sidetone_inside_is_seen_near (const SidetoneEvidence *evidence)
{
  const SidetoneAddressCheck *check = sidetone_evidence_get_address_check (evidence);
  const guint8 *local;
  const guint8 *seen;

  if (check == NULL || check->local == NULL || !is_ipv4 (check->local) ||
      !is_ipv4 (check->external) || !sidetone_endpoint_is_private (check->external))
    return FALSE;

  local = g_inet_address_to_bytes (sidetone_endpoint_get_address (check->local));
  seen = g_inet_address_to_bytes (sidetone_endpoint_get_address (check->external));

  /* Networks at home have 24 bits of the address in common. */
  return memcmp (local, seen, 3) == 0;
}

/**
 * sidetone_inside_is_own_address:
 * @evidence: the evidence
 * @server: a server's address
 *
 * Returns: whether it is this network's own address on the internet: the one at which the XMPP server
 *   sees this computer, or the XMPP server's own, if that seems to be inside, too
 */
gboolean
sidetone_inside_is_own_address (const SidetoneEvidence *evidence,
                                SidetoneEndpoint       *server)
{
  const SidetoneAddressCheck *check = sidetone_evidence_get_address_check (evidence);
  SidetoneObservation *asked = sidetone_evidence_get_last (evidence,
                                                           SIDETONE_OBSERVATION_SERVER_IP);
  SidetoneEndpoint *peer = asked != NULL ? sidetone_observation_get_peer (asked) : NULL;

  if (check == NULL || check->local == NULL)
    return FALSE;
  if (sidetone_inside_is_seen_near (evidence))
    return peer != NULL && sidetone_endpoint_is_public (peer) &&
           sidetone_endpoint_equal_address (server, peer);

  return sidetone_endpoint_is_public (check->external) &&
         !sidetone_endpoint_equal_address (check->local, check->external) &&
         sidetone_endpoint_equal_address (server, check->external);
}
