/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/udp-socket.h"

#include "net/error-queue.h"

/* UDP sockets that are bound to the local address that leads to a destination (source address
 * selection, RFC 6724) */

/**
 * sidetone_udp_socket_find_local:
 * @peer: a destination
 * @error: why there is no way to it
 *
 * Asks the kernel's routing table; sends nothing.
 *
 * Returns: (transfer full) (nullable): the address that the system would send from
 */
GSocketAddress *
sidetone_udp_socket_find_local (GSocketAddress *peer,
                                GError        **error)
{
  g_autoptr (GSocket) aside = NULL;

  aside = g_socket_new (g_socket_address_get_family (peer), G_SOCKET_TYPE_DATAGRAM,
                        G_SOCKET_PROTOCOL_UDP, error);
  if (aside == NULL || !g_socket_connect (aside, peer, NULL, error))
    return NULL;

  return g_socket_get_local_address (aside, error);
}

static GSocket *
open_socket (GSocketAddress *local,
             GError        **error)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (local);
  GSocketFamily family = g_socket_address_get_family (local);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  socket = g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
  /* A link-local address needs its zone */
  address = g_object_new (G_TYPE_INET_SOCKET_ADDRESS,
                          "address", g_inet_socket_address_get_address (inet),
                          "scope-id", family == G_SOCKET_FAMILY_IPV6
                          ? g_inet_socket_address_get_scope_id (inet) : 0, NULL);
  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error))
    return NULL;

  sidetone_error_queue_open (socket);
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

/**
 * sidetone_udp_socket_new_towards:
 * @peer: where the first packets go
 * @local: (out): its local address
 * @error: why there is no way to it
 *
 * The socket is not connected, and keeps its ICMP errors (see sidetone_error_queue_read()).
 *
 * Returns: (transfer full) (nullable): a socket
 */
GSocket *
sidetone_udp_socket_new_towards (GSocketAddress    *peer,
                                 SidetoneEndpoint **local,
                                 GError           **error)
{
  g_autoptr (GSocketAddress) own = sidetone_udp_socket_find_local (peer, error);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (own != NULL)
    socket = open_socket (own, error);
  if (socket != NULL)
    bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return NULL;

  *local = sidetone_endpoint_new_from_socket_address (bound, SIDETONE_TRANSPORT_UDP);
  return g_steal_pointer (&socket);
}
