/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A name without an AAAA record of its own: such an answer comes from a NAT64 (RFC 7050) */
#define SIDETONE_NAT64_NAME "ipv4only.arpa"

/**
 * SidetoneNat64Prefix:
 * @bytes: the prefix, followed by zeros
 * @length: its length in bits, one of RFC 6052's
 * @observation: (nullable): the ID of the lookup that found it, which lives as long as the
 *   observation; %NULL for the well-known one
 *
 * A NAT64's prefix for IPv4 addresses (RFC 6052, section 2.2).
 */
typedef struct
{
  guint8 bytes[16];
  guint length;
  const char *observation;
} SidetoneNat64Prefix;

/**
 * SidetoneNat64Content:
 * @ipv4: the IPv4 address
 * @reserved: bits 64 to 71, which must be zero
 * @suffix: the bits after the IPv4 address, as a number
 *
 * An address's content after the prefix.
 */
typedef struct
{
  guint8 ipv4[4];
  guint8 reserved;
  guint64 suffix;
} SidetoneNat64Content;

GArray *sidetone_nat64_collect_prefixes (GPtrArray *lookups);
const SidetoneNat64Prefix *sidetone_nat64_match_prefix (GArray       *prefixes,
                                                        GInetAddress *address);
GInetAddress *sidetone_nat64_dup_ipv4 (GArray                     *prefixes,
                                       GInetAddress               *address,
                                       const SidetoneNat64Prefix **prefix);

gboolean sidetone_nat64_prefix_parse (SidetoneNat64Prefix *prefix,
                                      const char          *text);
char *sidetone_nat64_prefix_format (const SidetoneNat64Prefix *prefix);
gboolean sidetone_nat64_prefix_contains (const SidetoneNat64Prefix *prefix,
                                         GInetAddress              *address);
void sidetone_nat64_prefix_split (const SidetoneNat64Prefix *prefix,
                                  GInetAddress              *address,
                                  SidetoneNat64Content      *content);
GInetAddress *sidetone_nat64_prefix_join (const SidetoneNat64Prefix  *prefix,
                                          const SidetoneNat64Content *content);
char *sidetone_nat64_prefix_find (GInetAddress *answer);

G_END_DECLS
