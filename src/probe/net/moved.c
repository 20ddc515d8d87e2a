/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/moved.h"

#include "net/udp-socket.h"

#include <string.h>

/* Whether this computer is in another network than at a check (roaming): what a connection to the same
* server would begin at (source address selection, RFC 6724) is compared with what it began at then. */

/* The last connection that was made; NULL without any */
static SidetoneObservation *
find_connection (SidetoneEvidence *evidence)
{
  GPtrArray *connects = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_CONNECT);

  for (guint i = connects->len; i > 0; i--)
    {
      SidetoneObservation *connect = connects->pdata[i - 1];

      if (sidetone_observation_has_passed (connect) &&
          sidetone_observation_get_local (connect) != NULL &&
          sidetone_observation_get_peer (connect) != NULL)
        return connect;
    }

  return NULL;
}

/* Temporary IPv6 addresses change in the same network (RFC 8981): their prefix does not. */
static gboolean
is_same_network (GInetAddress *a,
                 GInetAddress *b)
{
  if (g_inet_address_get_family (a) != g_inet_address_get_family (b))
    return FALSE;
  if (g_inet_address_get_family (a) == G_SOCKET_FAMILY_IPV4)
    return g_inet_address_equal (a, b);

  return memcmp (g_inet_address_to_bytes (a), g_inet_address_to_bytes (b), 8) == 0;
}

/* The address at which a connection to @peer would begin now; NULL at none */
static GSocketAddress *
find_local (SidetoneEndpoint *peer)
{
  g_autoptr (GSocketAddress) to = NULL;

  to = g_inet_socket_address_new (sidetone_endpoint_get_address (peer),
                                  sidetone_endpoint_get_port (peer));

  return sidetone_udp_socket_find_local (to, NULL);
}

/**
 * sidetone_moved_since:
 * @evidence: a check of this computer
 *
 * Asks the kernel's routing table, and sends nothing.
 *
 * Returns: whether the check's last connection would now begin at another address, or at none;
 *   %FALSE if none was made
 */
gboolean
sidetone_moved_since (SidetoneEvidence *evidence)
{
  SidetoneObservation *connection;
  GInetAddress *then;
  g_autoptr (GSocketAddress) now = NULL;

  g_return_val_if_fail (evidence != NULL, FALSE);

  connection = find_connection (evidence);
  if (connection == NULL)
    return FALSE;

  then = sidetone_endpoint_get_address (sidetone_observation_get_local (connection));
  now = find_local (sidetone_observation_get_peer (connection));

  return now == NULL ||
         !is_same_network (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (now)), then);
}
