/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "address/address-scope.h"

#include <string.h>

/* The range that an IP address belongs to, by IANA's special-purpose address registries (RFC
 * 6890). */

/* When IANA last changed both of its registries, as the table below follows them:
 * https://www.iana.org/assignments/iana-ipv4-special-registry/
 * https://www.iana.org/assignments/iana-ipv6-special-registry/ */
#define TABLE_DATE "2025-10-09"

typedef struct
{
  GSocketFamily family;
  guint16 groups[8]; /* 16 bits each, in host byte order; IPv4 fills two */
  guint length;      /* of the prefix, in bits */
  SidetoneAddressScope scope;
  const char *rfc;
  const char *name;
} Range;

#define IPV4(a, b, c, d) G_SOCKET_FAMILY_IPV4, { (a) << 8 | (b), (c) << 8 | (d) }
#define IPV6(...) G_SOCKET_FAMILY_IPV6, { __VA_ARGS__ }
#define SCOPE(name) SIDETONE_ADDRESS_SCOPE_ ## name

/* All rows of both registries, in their order, and multicast, which has registries of its own. What
 * IANA calls globally reachable is GLOBAL here too, with one exception: NAT64's well-known prefix
 * holds an IPv4 address, and its scope says so. IANA keeps terminated rows (192.88.99.0/24,
 * 2001:10::/28), so nobody else can have them.
 *
 * An address without a row is global. For IPv6 that includes unassigned ranges and the former
 * site-local addresses: RFC 4291 sections 2.4 and 2.5.7 say so. */
static const Range range_table[] = {
  { IPV4 (0, 0, 0, 0), 8, SCOPE (UNSPECIFIED), "RFC 791", "This network" },
  { IPV4 (0, 0, 0, 0), 32, SCOPE (UNSPECIFIED), "RFC 1122", "This host on this network" },
  { IPV4 (10, 0, 0, 0), 8, SCOPE (PRIVATE), "RFC 1918", "Private-Use" },
  { IPV4 (100, 64, 0, 0), 10, SCOPE (SHARED), "RFC 6598", "Shared Address Space" },
  { IPV4 (127, 0, 0, 0), 8, SCOPE (LOOPBACK), "RFC 1122", "Loopback" },
  { IPV4 (169, 254, 0, 0), 16, SCOPE (LINK_LOCAL), "RFC 3927", "Link Local" },
  { IPV4 (172, 16, 0, 0), 12, SCOPE (PRIVATE), "RFC 1918", "Private-Use" },
  { IPV4 (192, 0, 0, 0), 24, SCOPE (RESERVED), "RFC 6890", "IETF Protocol Assignments" },
  { IPV4 (192, 0, 0, 0), 29, SCOPE (SERVICE_CONTINUITY), "RFC 7335",
    "IPv4 Service Continuity Prefix" },
  { IPV4 (192, 0, 0, 8), 32, SCOPE (RESERVED), "RFC 7600", "IPv4 dummy address" },
  { IPV4 (192, 0, 0, 9), 32, SCOPE (GLOBAL), "RFC 7723", "Port Control Protocol Anycast" },
  { IPV4 (192, 0, 0, 10), 32, SCOPE (GLOBAL), "RFC 8155",
    "Traversal Using Relays around NAT Anycast" },
  { IPV4 (192, 0, 0, 170), 32, SCOPE (RESERVED), "RFC 8880", "NAT64/DNS64 Discovery" },
  { IPV4 (192, 0, 0, 171), 32, SCOPE (RESERVED), "RFC 8880", "NAT64/DNS64 Discovery" },
  { IPV4 (192, 0, 2, 0), 24, SCOPE (DOCUMENTATION), "RFC 5737", "Documentation (TEST-NET-1)" },
  { IPV4 (192, 31, 196, 0), 24, SCOPE (GLOBAL), "RFC 7535", "AS112-v4" },
  { IPV4 (192, 52, 193, 0), 24, SCOPE (GLOBAL), "RFC 7450", "AMT" },
  { IPV4 (192, 88, 99, 0), 24, SCOPE (RESERVED), "RFC 7526", "Deprecated (6to4 Relay Anycast)" },
  { IPV4 (192, 88, 99, 2), 32, SCOPE (RESERVED), "RFC 6751", "6a44-relay anycast address" },
  { IPV4 (192, 168, 0, 0), 16, SCOPE (PRIVATE), "RFC 1918", "Private-Use" },
  { IPV4 (192, 175, 48, 0), 24, SCOPE (GLOBAL), "RFC 7534", "Direct Delegation AS112 Service" },
  { IPV4 (198, 18, 0, 0), 15, SCOPE (BENCHMARKING), "RFC 2544", "Benchmarking" },
  { IPV4 (198, 51, 100, 0), 24, SCOPE (DOCUMENTATION), "RFC 5737", "Documentation (TEST-NET-2)" },
  { IPV4 (203, 0, 113, 0), 24, SCOPE (DOCUMENTATION), "RFC 5737", "Documentation (TEST-NET-3)" },
  { IPV4 (224, 0, 0, 0), 4, SCOPE (MULTICAST), "RFC 5771", "Multicast" },
  { IPV4 (240, 0, 0, 0), 4, SCOPE (RESERVED), "RFC 1112", "Reserved" },
  { IPV4 (255, 255, 255, 255), 32, SCOPE (BROADCAST), "RFC 919", "Limited Broadcast" },

  { IPV6 (0, 0, 0, 0, 0, 0, 0, 1), 128, SCOPE (LOOPBACK), "RFC 4291", "Loopback Address" },
  { IPV6 (0), 128, SCOPE (UNSPECIFIED), "RFC 4291", "Unspecified Address" },
  { IPV6 (0, 0, 0, 0, 0, 0xffff), 96, SCOPE (MAPPED), "RFC 4291", "IPv4-mapped Address" },
  { IPV6 (0x64, 0xff9b), 96, SCOPE (NAT64), "RFC 6052", "IPv4-IPv6 Translat." },
  { IPV6 (0x64, 0xff9b, 1), 48, SCOPE (NAT64), "RFC 8215", "IPv4-IPv6 Translat." },
  { IPV6 (0x100), 64, SCOPE (RESERVED), "RFC 6666", "Discard-Only Address Block" },
  { IPV6 (0x100, 0, 0, 1), 64, SCOPE (RESERVED), "RFC 9780", "Dummy IPv6 Prefix" },
  { IPV6 (0x2001), 23, SCOPE (RESERVED), "RFC 2928", "IETF Protocol Assignments" },
  { IPV6 (0x2001), 32, SCOPE (TEREDO), "RFC 4380", "TEREDO" },
  { IPV6 (0x2001, 1, 0, 0, 0, 0, 0, 1), 128, SCOPE (GLOBAL), "RFC 7723",
    "Port Control Protocol Anycast" },
  { IPV6 (0x2001, 1, 0, 0, 0, 0, 0, 2), 128, SCOPE (GLOBAL), "RFC 8155",
    "Traversal Using Relays around NAT Anycast" },
  { IPV6 (0x2001, 1, 0, 0, 0, 0, 0, 3), 128, SCOPE (GLOBAL), "RFC 9665",
    "DNS-SD Service Registration Protocol Anycast" },
  { IPV6 (0x2001, 2), 48, SCOPE (BENCHMARKING), "RFC 5180", "Benchmarking" },
  { IPV6 (0x2001, 3), 32, SCOPE (GLOBAL), "RFC 7450", "AMT" },
  { IPV6 (0x2001, 4, 0x112), 48, SCOPE (GLOBAL), "RFC 7535", "AS112-v6" },
  { IPV6 (0x2001, 0x10), 28, SCOPE (RESERVED), "RFC 4843", "Deprecated (previously ORCHID)" },
  { IPV6 (0x2001, 0x20), 28, SCOPE (GLOBAL), "RFC 7343", "ORCHIDv2" },
  { IPV6 (0x2001, 0x30), 28, SCOPE (GLOBAL), "RFC 9374",
    "Drone Remote ID Protocol Entity Tags (DETs) Prefix" },
  { IPV6 (0x2001, 0xdb8), 32, SCOPE (DOCUMENTATION), "RFC 3849", "Documentation" },
  { IPV6 (0x2002), 16, SCOPE (SIX_TO_FOUR), "RFC 3056", "6to4" },
  { IPV6 (0x2620, 0x4f, 0x8000), 48, SCOPE (GLOBAL), "RFC 7534",
    "Direct Delegation AS112 Service" },
  { IPV6 (0x3fff), 20, SCOPE (DOCUMENTATION), "RFC 9637", "Documentation" },
  { IPV6 (0x5f00), 16, SCOPE (RESERVED), "RFC 9602", "Segment Routing (SRv6) SIDs" },
  { IPV6 (0xfc00), 7, SCOPE (UNIQUE_LOCAL), "RFC 4193", "Unique-Local" },
  { IPV6 (0xfe80), 10, SCOPE (LINK_LOCAL), "RFC 4291", "Link-Local Unicast" },
  { IPV6 (0xff00), 8, SCOPE (MULTICAST), "RFC 4291", "Multicast" },
};

G_DEFINE_ENUM_TYPE (
  SidetoneAddressScope, sidetone_address_scope,
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_GLOBAL, "global"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_PRIVATE, "private"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_SHARED, "shared"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_UNIQUE_LOCAL, "unique-local"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_LOOPBACK, "loopback"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_LINK_LOCAL, "link-local"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_UNSPECIFIED, "unspecified"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_DOCUMENTATION, "documentation"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_BENCHMARKING, "benchmarking"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY, "service-continuity"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_NAT64, "nat64"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_MAPPED, "mapped"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_TEREDO, "teredo"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_SIX_TO_FOUR, "6to4"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_MULTICAST, "multicast"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_BROADCAST, "broadcast"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ADDRESS_SCOPE_RESERVED, "reserved"))

static gboolean
is_in_range (GInetAddress *address,
             const Range  *range)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  guint bits = range->length;

  if (g_inet_address_get_family (address) != range->family)
    return FALSE;

  for (guint i = 0; bits > 0; i++)
    {
      guint here = MIN (bits, 16);
      guint16 mask = 0xffff << (16 - here);

      if (((bytes[2 * i] << 8 | bytes[2 * i + 1]) & mask) != range->groups[i])
        return FALSE;

      bits -= here;
    }

  return TRUE;
}

/* The longest matching prefix decides: 192.0.0.9 is global inside 192.0.0.0/24, which is not. */
static const Range *
find_range (GInetAddress *address)
{
  const Range *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (range_table); i++)
    if ((found == NULL || range_table[i].length > found->length) &&
        is_in_range (address, &range_table[i]))
      found = &range_table[i];

  return found;
}

/**
 * sidetone_address_scope_of:
 * @address: an address
 *
 * Looks up the range that @address belongs to, by IANA's special-purpose registries (RFC 6890, RFC
 * 8190) and the multicast ranges.
 *
 * An address with an embedded one has its own scope: a NAT64 address is
 * %SIDETONE_ADDRESS_SCOPE_NAT64 whatever it embeds. sidetone_address_dup_embedded_ipv4() extracts
 * that.
 *
 * Returns: the scope, %SIDETONE_ADDRESS_SCOPE_GLOBAL for addresses that are not special
 */
SidetoneAddressScope
sidetone_address_scope_of (GInetAddress *address)
{
  const Range *range;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), SIDETONE_ADDRESS_SCOPE_UNKNOWN);

  range = find_range (address);

  return range != NULL ? range->scope : SIDETONE_ADDRESS_SCOPE_GLOBAL;
}

/**
 * sidetone_address_scope_is_public:
 * @scope: a scope
 *
 * Says whether an address can be reached from everywhere. The documentation ranges count: they
 * occur only in examples and laboratories, where they stand for public addresses.
 *
 * Returns: %TRUE for global and documentation addresses
 */
gboolean
sidetone_address_scope_is_public (SidetoneAddressScope scope)
{
  return scope == SIDETONE_ADDRESS_SCOPE_GLOBAL || scope == SIDETONE_ADDRESS_SCOPE_DOCUMENTATION;
}

/**
 * sidetone_address_scope_is_private:
 * @scope: a scope
 *
 * Says whether an address was assigned by the local network. Addresses behind a provider's own NAT
 * (CGN) are not included: they are %SIDETONE_ADDRESS_SCOPE_SHARED.
 *
 * Returns: %TRUE for the private ranges of RFC 1918 and for IPv6 unique local addresses
 */
gboolean
sidetone_address_scope_is_private (SidetoneAddressScope scope)
{
  return scope == SIDETONE_ADDRESS_SCOPE_PRIVATE || scope == SIDETONE_ADDRESS_SCOPE_UNIQUE_LOCAL;
}

/**
 * sidetone_address_scope_is_special:
 * @scope: a scope
 *
 * Says whether an address is known not to be public: loopback, link-local, private, shared,
 * unspecified and all other reserved ranges.
 *
 * Returns: %TRUE if @scope is neither public nor unknown
 */
gboolean
sidetone_address_scope_is_special (SidetoneAddressScope scope)
{
  return scope != SIDETONE_ADDRESS_SCOPE_UNKNOWN && !sidetone_address_scope_is_public (scope);
}

/**
 * sidetone_endpoint_get_scope:
 * @endpoint: (nullable): an address with a port
 *
 * Returns: its address's scope; %SIDETONE_ADDRESS_SCOPE_UNKNOWN without an endpoint
 */
SidetoneAddressScope
sidetone_endpoint_get_scope (const SidetoneEndpoint *endpoint)
{
  return endpoint != NULL ? sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint))
         : SIDETONE_ADDRESS_SCOPE_UNKNOWN;
}

/**
 * sidetone_endpoint_is_public:
 * @endpoint: (nullable): an address with a port
 *
 * Returns: sidetone_address_scope_is_public() of its address; %FALSE without an endpoint
 */
gboolean
sidetone_endpoint_is_public (const SidetoneEndpoint *endpoint)
{
  return sidetone_address_scope_is_public (sidetone_endpoint_get_scope (endpoint));
}

/**
 * sidetone_endpoint_is_private:
 * @endpoint: (nullable): an address with a port
 *
 * Returns: sidetone_address_scope_is_private() of its address; %FALSE without an endpoint
 */
gboolean
sidetone_endpoint_is_private (const SidetoneEndpoint *endpoint)
{
  return sidetone_address_scope_is_private (sidetone_endpoint_get_scope (endpoint));
}

/**
 * sidetone_address_get_range_name:
 * @address: an address
 * @rfc: (out) (optional) (nullable): the document that reserves the range, such as `RFC 6598`
 *
 * Looks up the registry's own name for the range of @address, such as `Shared Address Space`. The
 * names are IANA's and are not translated.
 *
 * Returns: (nullable): the name, or %NULL if @address is in no special range
 */
const char *
sidetone_address_get_range_name (GInetAddress *address,
                                 const char  **rfc)
{
  const Range *range;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

  range = find_range (address);
  if (rfc != NULL)
    *rfc = range != NULL ? range->rfc : NULL;

  return range != NULL ? range->name : NULL;
}

/**
 * sidetone_address_dup_embedded_ipv4:
 * @address: an address
 *
 * Looks for an IPv4 address inside an IPv6 address:
 *
 * - IPv4-mapped addresses, `::ffff:0:0/96` (RFC 4291 section 2.5.5.2);
 * - NAT64's well-known prefix, `64:ff9b::/96` (RFC 6052 section 2.1). In its local-use prefix
 *   (`64:ff9b:1::/48`, RFC 8215) each network chooses the address's position, so nothing is read;
 * - 6to4, `2002::/16` (RFC 3056 section 2): the router's address;
 * - Teredo, `2001::/32` (RFC 4380 section 4): the client's address outside of its NAT, which is
 *   stored with all bits inverted.
 *
 * Returns: (transfer full) (nullable): the IPv4 address, or %NULL if there is none
 */
GInetAddress *
sidetone_address_dup_embedded_ipv4 (GInetAddress *address)
{
  static const guint8 nat64_prefix[12] = { 0x00, 0x64, 0xff, 0x9b };
  const guint8 *bytes;
  guint8 turned[4];

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

  bytes = g_inet_address_to_bytes (address);

  switch (sidetone_address_scope_of (address))
    {
    case SIDETONE_ADDRESS_SCOPE_MAPPED:
      return g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);

    case SIDETONE_ADDRESS_SCOPE_NAT64:
      if (memcmp (bytes, nat64_prefix, sizeof nat64_prefix) != 0)
        return NULL;

      return g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);

    case SIDETONE_ADDRESS_SCOPE_SIX_TO_FOUR:
      return g_inet_address_new_from_bytes (bytes + 2, G_SOCKET_FAMILY_IPV4);

    case SIDETONE_ADDRESS_SCOPE_TEREDO:
      for (gsize i = 0; i < sizeof turned; i++)
        turned[i] = ~bytes[12 + i];

      return g_inet_address_new_from_bytes (turned, G_SOCKET_FAMILY_IPV4);

    case SIDETONE_ADDRESS_SCOPE_UNKNOWN:
    case SIDETONE_ADDRESS_SCOPE_GLOBAL:
    case SIDETONE_ADDRESS_SCOPE_PRIVATE:
    case SIDETONE_ADDRESS_SCOPE_SHARED:
    case SIDETONE_ADDRESS_SCOPE_UNIQUE_LOCAL:
    case SIDETONE_ADDRESS_SCOPE_LOOPBACK:
    case SIDETONE_ADDRESS_SCOPE_LINK_LOCAL:
    case SIDETONE_ADDRESS_SCOPE_UNSPECIFIED:
    case SIDETONE_ADDRESS_SCOPE_DOCUMENTATION:
    case SIDETONE_ADDRESS_SCOPE_BENCHMARKING:
    case SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY:
    case SIDETONE_ADDRESS_SCOPE_MULTICAST:
    case SIDETONE_ADDRESS_SCOPE_BROADCAST:
    case SIDETONE_ADDRESS_SCOPE_RESERVED:
      break;
    }

  return NULL;
}

/**
 * sidetone_address_scope_get_table_date:
 *
 * Returns: the date of IANA's registries that Sidetone's table follows, as `YYYY-MM-DD`
 */
const char *
sidetone_address_scope_get_table_date (void)
{
  return TABLE_DATE;
}
