/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

/**
 * SidetoneAddressScope:
 *
 * The range that an address belongs to, by name. The nick (`private`, `unique-local`) is the
 * report's word for it.
 */
typedef enum
{
  SIDETONE_ADDRESS_SCOPE_UNKNOWN,
  SIDETONE_ADDRESS_SCOPE_GLOBAL,
  SIDETONE_ADDRESS_SCOPE_PRIVATE,            /* RFC 1918 */
  SIDETONE_ADDRESS_SCOPE_SHARED,             /* 100.64/10, RFC 6598 */
  SIDETONE_ADDRESS_SCOPE_UNIQUE_LOCAL,       /* fc00::/7, RFC 4193 */
  SIDETONE_ADDRESS_SCOPE_LOOPBACK,
  SIDETONE_ADDRESS_SCOPE_LINK_LOCAL,
  SIDETONE_ADDRESS_SCOPE_UNSPECIFIED,        /* 0.0.0.0 and ::, and the rest of 0/8 */
  SIDETONE_ADDRESS_SCOPE_DOCUMENTATION,
  SIDETONE_ADDRESS_SCOPE_BENCHMARKING,       /* 198.18/15, 2001:2::/48 */
  SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY, /* 192.0.0.0/29, RFC 7335: 464XLAT */
  SIDETONE_ADDRESS_SCOPE_NAT64,              /* 64:ff9b::/96 and 64:ff9b:1::/48 */
  SIDETONE_ADDRESS_SCOPE_MAPPED,             /* ::ffff:0:0/96, before it is folded */
  SIDETONE_ADDRESS_SCOPE_TEREDO,
  SIDETONE_ADDRESS_SCOPE_SIX_TO_FOUR,
  SIDETONE_ADDRESS_SCOPE_MULTICAST,
  SIDETONE_ADDRESS_SCOPE_BROADCAST,
  SIDETONE_ADDRESS_SCOPE_RESERVED,           /* 240/4, and ranges that protocols reserve */
} SidetoneAddressScope;

#define SIDETONE_TYPE_ADDRESS_SCOPE (sidetone_address_scope_get_type ())

GType sidetone_address_scope_get_type (void);

SidetoneAddressScope sidetone_address_scope_of (GInetAddress *address);

gboolean sidetone_address_scope_is_public (SidetoneAddressScope scope);
gboolean sidetone_address_scope_is_private (SidetoneAddressScope scope);
gboolean sidetone_address_scope_is_special (SidetoneAddressScope scope);

SidetoneAddressScope sidetone_endpoint_get_scope (const SidetoneEndpoint *endpoint);
gboolean sidetone_endpoint_is_public (const SidetoneEndpoint *endpoint);
gboolean sidetone_endpoint_is_private (const SidetoneEndpoint *endpoint);

const char *sidetone_address_get_range_name (GInetAddress *address,
                                             const char  **rfc);
GInetAddress *sidetone_address_dup_embedded_ipv4 (GInetAddress *address);

const char *sidetone_address_scope_get_table_date (void);

G_END_DECLS
