/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/reach.h"

#include "address/address-scope.h"

#include <string.h>

/* Where a packet to an address that a server named goes, directly or through NAT64, and whether it
 * may be sent. */

static SidetoneAddressScope
get_scope (SidetoneEndpoint *endpoint)
{
  return sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint));
}

/* A server can name any address. Packets are sent only to public addresses, and to addresses of the
 * scope that the server's own has: never into a private network that the server is not part of. */
static gboolean
may_send_to (SidetoneEndpoint *endpoint,
             SidetoneEndpoint *server)
{
  return sidetone_address_scope_is_public (get_scope (endpoint)) ||
         get_scope (endpoint) == get_scope (server);
}

/**
 * sidetone_reach:
 * @nat64: (nullable): the NAT64 prefix by which @server is reached, if any
 * @endpoint: an address that a server named
 * @server: that server
 *
 * Translates @endpoint for a socket that reaches @server. Behind NAT64, an IPv4 address gets the
 * prefix (RFC 6052, section 2.2).
 *
 * Returns: (transfer full) (nullable): the destination; %NULL if the socket can't reach @endpoint,
 *   or if no packet may be sent there
 */
SidetoneEndpoint *
sidetone_reach (const SidetoneNat64Prefix *nat64,
                SidetoneEndpoint          *endpoint,
                SidetoneEndpoint          *server)
{
  SidetoneNat64Content content = { { 0 } };
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (server != NULL, NULL);

  if (!may_send_to (endpoint, server))
    return NULL;
  if (sidetone_endpoint_get_family (endpoint) == sidetone_endpoint_get_family (server))
    return sidetone_endpoint_ref (endpoint);
  if (nat64 == NULL || sidetone_endpoint_get_family (endpoint) != G_SOCKET_FAMILY_IPV4)
    return NULL;

  memcpy (content.ipv4, g_inet_address_to_bytes (sidetone_endpoint_get_address (endpoint)), 4);
  address = sidetone_nat64_prefix_join (nat64, &content);
  return sidetone_endpoint_new (address, sidetone_endpoint_get_port (endpoint),
                                sidetone_endpoint_get_transport (endpoint));
}
