/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/address-map.h"

#include <string.h>

#include "address/address-scope.h"
#include "judge/address-check.h"
#include "seen/nat64-prefix.h"

/**
 * SidetoneAddressMap:
 *
 * Replaces real addresses with made-up ones, so that a report can be posted and gets the same
 * judgement. An IPv4 address keeps its first 16 bits, an IPv6 address its first 32, or the prefix
 * of its special range if that is longer. The rest becomes numbers, 1 for the first and then 2, of
 * each part in the one before it: of the network and of the host in an IPv4 address (at 24 bits); of
 * the site and of the network in an IPv6 address (at 48 and 64 bits), whose lower half has a number of
 * its own.
 *
 * An address always becomes the same one, different addresses stay different, and the scope stays.
 * So do the relations that the rules look at: two addresses are in one network, or in one site, if
 * they were; the lower halves of two IPv6 addresses are equal if they were; an address in a NAT64
 * prefix stays in it with the embedded IPv4 address's scope; and a pair that NPTv6 could have made
 * stays such a pair.
 *
 * Numbers are given in the order of the addresses, so a map that gets made-up addresses in the same
 * order changes nothing. They never run out: 0 comes after the highest, so there are as many numbers
 * as networks, or as hosts in one.
 */
struct _SidetoneAddressMap
{
  GArray *prefixes;
  GArray *mapped_prefixes;
  GHashTable *known;     /* an input -> GBytes of its replacement */
  GHashTable *counters;  /* what is before a part -> its last number */
  GHashTable *addresses; /* an address -> GInetAddress; make_key() makes all keys */
};

#define IPV4_KEPT 16
#define IPV6_KEPT 32
#define HALF 64

/* Where each part of an address ends that has a number, in bits. Rules compare IPv4 addresses by their
 * first 24 bits, and IPv6 addresses by their first 48 or 64. An IPv6 address's lower half has parts only
 * in special ranges that begin there: a NAT64 prefix of 96 bits may be one. */
static const guint ipv4_parts[] = { 24, 32, 0 };
static const guint ipv6_parts[] = { 48, HALF, 96, 128, 0 };

/* Marks a mapped NAT64 prefix that is longer than a part, in its last byte. */
#define NAT64_MARK 0x64

static void
mask_bytes (guint8 *bytes,
            gsize   size,
            guint   kept,
            guint8  fill)
{
  for (guint i = 0; i < size; i++)
    {
      guint here = kept > 8 * i ? MIN (kept - 8 * i, 8) : 0;
      guint8 mask = 0xff00 >> here;

      bytes[i] = (bytes[i] & mask) | (fill & ~mask);
    }
}

/* Adds @number to the low end. */
static void
set_number (guint8 *bytes,
            gsize   size,
            guint64 number)
{
  for (gsize i = size; i > 0 && number > 0; i--)
    {
      bytes[i - 1] |= number & 0xff;
      number >>= 8;
    }
}

static SidetoneAddressScope
get_scope (const guint8 *bytes,
           GSocketFamily family)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (bytes, family);

  return sidetone_address_scope_of (address);
}

/* The length of the prefix that stays: long enough that its first, second and last addresses have the
 * scope. Ranges of another scope inside are whole parts. */
static guint
find_kept (const guint8        *bytes,
           gsize                size,
           SidetoneAddressScope scope)
{
  GSocketFamily family = size == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
  guint kept = size == 4 ? IPV4_KEPT : IPV6_KEPT;

  for (; kept < 8 * size; kept++)
    {
      guint8 first[16];
      guint8 second[16];
      guint8 last[16];

      memcpy (first, bytes, size);
      memcpy (last, bytes, size);
      mask_bytes (first, size, kept, 0x00);
      mask_bytes (last, size, kept, 0xff);
      memcpy (second, first, size);
      set_number (second, size, 1);
      if (get_scope (first, family) == scope && get_scope (second, family) == scope &&
          get_scope (last, family) == scope)
        break;
    }

  return kept;
}

static GBytes *
make_key (char                 what,
          const guint8        *bytes,
          gsize                size,
          guint                kept,
          SidetoneAddressScope scope)
{
  guint8 key[20] = { what, size, kept, scope };

  memcpy (key + 4, bytes, size);

  return g_bytes_new (key, sizeof key);
}

static GBytes *
make_address_key (GInetAddress *address)
{
  return make_key ('w', g_inet_address_to_bytes (address),
                   g_inet_address_get_native_size (address), 0, SIDETONE_ADDRESS_SCOPE_UNKNOWN);
}

static guint64
get_counter (SidetoneAddressMap *self,
             GBytes             *network)
{
  guint64 *counter = g_hash_table_lookup (self->counters, network);

  return counter != NULL ? *counter : 0;
}

static void
set_counter (SidetoneAddressMap *self,
             GBytes             *network,
             guint64             value)
{
  g_hash_table_replace (self->counters, g_bytes_ref (network), g_memdup2 (&value, sizeof value));
}

/* Whether it may replace an address of @scope that is in no NAT64 prefix */
static gboolean
is_usable (SidetoneAddressMap  *self,
           const guint8        *bytes,
           gsize                size,
           SidetoneAddressScope scope)
{
  g_autoptr (GInetAddress) address = NULL;

  address = g_inet_address_new_from_bytes (bytes, size == 4 ? G_SOCKET_FAMILY_IPV4
                                           : G_SOCKET_FAMILY_IPV6);

  return sidetone_address_scope_of (address) == scope &&
         sidetone_nat64_match_prefix (self->mapped_prefixes, address) == NULL;
}

/* Replaces the bits from @kept to @end with a number: the one that they got before, or the next one
 * after the bits before @kept, which have their number already. The numbers suffice: each value of these
 * bits is one, 0 the last; and those that are unusable, because of another scope or of a NAT64 prefix,
 * are as many as the values that no such address can have. */
static void
number_part (SidetoneAddressMap  *self,
             guint8              *bytes,
             gsize                size,
             guint                kept,
             guint                end,
             SidetoneAddressScope scope)
{
  guint64 limit = G_GUINT64_CONSTANT (1) << MIN (end - kept, 24);
  /* Link-local addresses have zeros there (RFC 4291, section 2.5.6) */
  gboolean from_zero = size == 16 && end <= HALF && scope == SIDETONE_ADDRESS_SCOPE_LINK_LOCAL;
  guint8 part[16];
  guint8 candidate[16];
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) before = NULL;
  GBytes *known;
  guint64 counter;

  memcpy (part, bytes, size);
  mask_bytes (part, size, end, 0x00);
  key = make_key ('a', part, size, end, scope);
  known = g_hash_table_lookup (self->known, key);
  if (known != NULL)
    {
      memcpy (bytes, g_bytes_get_data (known, NULL), end / 8);
      return;
    }

  mask_bytes (part, size, kept, 0x00);
  before = make_key ('n', part, size, kept, scope);
  memcpy (candidate, bytes, size);
  memcpy (candidate, part, end / 8);
  for (counter = get_counter (self, before); counter < limit; counter++)
    {
      memcpy (candidate, part, end / 8);
      set_number (candidate, end / 8, from_zero ? counter : (counter + 1) % limit);
      if (is_usable (self, candidate, size, scope))
        break;
    }

  memcpy (bytes, candidate, end / 8);
  set_counter (self, before, counter + 1);
  g_hash_table_insert (self->known, g_steal_pointer (&key), g_bytes_new (bytes, end / 8));
}

/* Replaces all parts from @kept to @end with their numbers. */
static void
number_parts (SidetoneAddressMap  *self,
              guint8              *bytes,
              gsize                size,
              guint                kept,
              guint                end,
              SidetoneAddressScope scope)
{
  for (const guint *part = size == 4 ? ipv4_parts : ipv6_parts; *part != 0 && *part <= end; part++)
    {
      if (kept >= *part)
        continue;

      number_part (self, bytes, size, kept, *part, scope);
      kept = *part;
    }
}

/* The lower half of an IPv6 address has its own number, whatever the upper half is. */
static void
number_lower_half (SidetoneAddressMap *self,
                   guint8             *half)
{
  g_autoptr (GBytes) key = make_key ('l', half, 8, 0, SIDETONE_ADDRESS_SCOPE_UNKNOWN);
  g_autoptr (GBytes) all = g_bytes_new_static ("lower", 5);
  GBytes *known = g_hash_table_lookup (self->known, key);

  if (known == NULL)
    {
      guint64 number = get_counter (self, all) + 1;
      guint8 numbered[8] = { 0 };

      set_counter (self, all, number);
      set_number (numbered, sizeof numbered, number);
      known = g_bytes_new (numbered, sizeof numbered);
      g_hash_table_insert (self->known, g_steal_pointer (&key), known);
    }

  memcpy (half, g_bytes_get_data (known, NULL), 8);
}

/* Zero stays zero. */
static guint64
number_value (SidetoneAddressMap *self,
              const char         *what,
              guint64             value)
{
  g_autoptr (GBytes) all = g_bytes_new_static (what, strlen (what));
  g_autofree char *text = g_strdup_printf ("%s %" G_GUINT64_FORMAT, what, value);
  g_autoptr (GBytes) key = g_bytes_new (text, strlen (text));
  guint64 number;

  if (value == 0)
    return 0;

  number = get_counter (self, key);
  if (number == 0)
    {
      number = get_counter (self, all) + 1;
      set_counter (self, all, number);
      set_counter (self, key, number);
    }

  return number;
}

static void
map_ipv4 (SidetoneAddressMap *self,
          guint8             *bytes)
{
  SidetoneAddressScope scope = get_scope (bytes, G_SOCKET_FAMILY_IPV4);

  /* These identify no network. */
  if (scope == SIDETONE_ADDRESS_SCOPE_LOOPBACK || scope == SIDETONE_ADDRESS_SCOPE_UNSPECIFIED)
    return;

  number_parts (self, bytes, 4, find_kept (bytes, 4, scope), 32, scope);
}

static GInetAddress *
map_translated (SidetoneAddressMap        *self,
                const SidetoneNat64Prefix *prefix,
                GInetAddress              *address)
{
  guint index = prefix - &g_array_index (self->prefixes, SidetoneNat64Prefix, 0);
  const SidetoneNat64Prefix *mapped = &g_array_index (self->mapped_prefixes, SidetoneNat64Prefix,
                                                      index);
  SidetoneNat64Content content;

  sidetone_nat64_prefix_split (prefix, address, &content);
  map_ipv4 (self, content.ipv4);
  content.reserved = number_value (self, "reserved", content.reserved);
  content.suffix = number_value (self, "suffix", content.suffix);

  return sidetone_nat64_prefix_join (mapped, &content);
}

static void
map_ipv6 (SidetoneAddressMap *self,
          guint8             *bytes)
{
  SidetoneAddressScope scope = get_scope (bytes, G_SOCKET_FAMILY_IPV6);
  guint kept;

  if (scope == SIDETONE_ADDRESS_SCOPE_LOOPBACK || scope == SIDETONE_ADDRESS_SCOPE_UNSPECIFIED)
    return;

  kept = find_kept (bytes, 16, scope);
  if (kept <= HALF)
    {
      number_lower_half (self, bytes + 8);
      number_parts (self, bytes, 16, kept, HALF, scope);
    }
  else
    number_parts (self, bytes, 16, kept, 128, scope);
}

static GInetAddress *
map_address (SidetoneAddressMap *self,
             GInetAddress       *address)
{
  GSocketFamily family = g_inet_address_get_family (address);
  const SidetoneNat64Prefix *prefix = sidetone_nat64_match_prefix (self->prefixes, address);
  guint8 bytes[16];

  if (prefix != NULL)
    return map_translated (self, prefix, address);

  memcpy (bytes, g_inet_address_to_bytes (address), g_inet_address_get_native_size (address));
  if (family == G_SOCKET_FAMILY_IPV4)
    map_ipv4 (self, bytes);
  else
    map_ipv6 (self, bytes);

  return g_inet_address_new_from_bytes (bytes, family);
}

/* A NAT64 prefix has the numbers of its site and its network, which may have other addresses, too. A
 * mark behind them makes it differ from these. The well-known prefixes stay. */
static void
map_prefix (SidetoneAddressMap  *self,
            guint                index,
            SidetoneNat64Prefix *prefix)
{
  SidetoneAddressScope scope = get_scope (prefix->bytes, G_SOCKET_FAMILY_IPV6);
  guint kept = find_kept (prefix->bytes, sizeof prefix->bytes, scope);
  guint end = IPV6_KEPT;

  for (const guint *part = ipv6_parts; *part != 0 && *part <= prefix->length; part++)
    {
      if (*part <= HALF || kept > HALF)
        end = *part;
    }
  if (scope == SIDETONE_ADDRESS_SCOPE_NAT64 || kept > end)
    return;

  number_parts (self, prefix->bytes, sizeof prefix->bytes, kept, end, scope);
  mask_bytes (prefix->bytes, sizeof prefix->bytes, end, 0x00);
  if (prefix->length > end)
    prefix->bytes[prefix->length / 8 - 1] = NAT64_MARK + index;
}

static void
map_prefixes (SidetoneAddressMap *self)
{
  for (guint i = 0; i < self->prefixes->len; i++)
    {
      SidetoneNat64Prefix mapped = g_array_index (self->prefixes, SidetoneNat64Prefix, i);

      map_prefix (self, i, &mapped);
      g_array_append_val (self->mapped_prefixes, mapped);
    }
}

static guint32
sum_words (const guint8 *bytes)
{
  guint32 sum = 0;

  for (guint i = 0; i < 16; i += 2)
    sum += bytes[i] << 8 | bytes[i + 1];

  return sum % 0xffff;
}

/* Replaces @seen with NPTv6's translation of the mapped @local: another prefix, and the first word
 * of the lower half set so that the checksum stays (RFC 6296, section 3.5). */
static void
add_twin (SidetoneAddressMap *self,
          GInetAddress       *local,
          GInetAddress       *seen)
{
  g_autoptr (GInetAddress) mapped_local = sidetone_address_map_lookup (self, local);
  const guint8 *local_bytes = g_inet_address_to_bytes (mapped_local);
  SidetoneAddressScope scope = sidetone_address_scope_of (seen);
  guint8 bytes[16];
  guint32 word;
  guint kept;

  memcpy (bytes, g_inet_address_to_bytes (seen), sizeof bytes);
  kept = find_kept (bytes, sizeof bytes, scope);
  if (kept > HALF)
    return;

  memcpy (bytes + 8, local_bytes + 8, 8);
  number_parts (self, bytes, sizeof bytes, kept, HALF, scope);
  memset (bytes + 8, 0, 2);

  word = (0xffff + sum_words (local_bytes) - sum_words (bytes)) % 0xffff;
  /* In one's complement 0xffff is zero as well, and differs from the word in local. */
  if (word == 0)
    word = 0xffff;
  bytes[8] = word >> 8;
  bytes[9] = word & 0xff;

  g_hash_table_insert (self->addresses, make_address_key (seen),
                       g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6));
}

static gboolean
is_translatable (SidetoneAddressMap *self,
                 SidetoneEndpoint   *endpoint)
{
  GInetAddress *address = sidetone_endpoint_get_address (endpoint);

  return sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV6 &&
         sidetone_address_scope_is_public (sidetone_address_scope_of (address)) &&
         sidetone_nat64_match_prefix (self->prefixes, address) == NULL;
}

static gboolean
has_same_lower_half (GInetAddress *a,
                     GInetAddress *b)
{
  return memcmp (g_inet_address_to_bytes (a) + 8, g_inet_address_to_bytes (b) + 8, 8) == 0;
}

/* Only the address check's two ends are compared in this way. */
static void
find_twins (SidetoneAddressMap     *self,
            const SidetoneEvidence *evidence)
{
  SidetoneObservation *server_ip = sidetone_evidence_get_last (evidence,
                                                               SIDETONE_OBSERVATION_SERVER_IP);
  g_autoptr (GPtrArray) seen = NULL;
  SidetoneEndpoint *local;

  if (server_ip == NULL)
    return;

  local = sidetone_observation_get_local (server_ip);
  if (local == NULL || !is_translatable (self, local))
    return;

  seen = sidetone_address_check_dup_seen (server_ip);
  for (guint i = 0; i < seen->len; i++)
    {
      GInetAddress *here = sidetone_endpoint_get_address (local);
      GInetAddress *there = sidetone_endpoint_get_address (seen->pdata[i]);

      if (is_translatable (self, seen->pdata[i]) && !has_same_lower_half (here, there) &&
          sidetone_address_is_prefix_swap (here, there))
        add_twin (self, here, there);
    }
}

/**
 * sidetone_address_map_new:
 * @evidence: the report's evidence
 *
 * Returns: (transfer full): a map for that report
 */
SidetoneAddressMap *
sidetone_address_map_new (const SidetoneEvidence *evidence)
{
  SidetoneAddressMap *self;

  g_return_val_if_fail (evidence != NULL, NULL);

  self = g_new0 (SidetoneAddressMap, 1);
  self->prefixes = g_array_ref (sidetone_evidence_get_prefixes (evidence));
  self->mapped_prefixes = g_array_new (FALSE, FALSE, sizeof (SidetoneNat64Prefix));
  self->known = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                                       (GDestroyNotify) g_bytes_unref);
  self->counters = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                          (GDestroyNotify) g_bytes_unref, g_free);
  self->addresses = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                           (GDestroyNotify) g_bytes_unref, g_object_unref);
  map_prefixes (self);
  find_twins (self, evidence);

  return self;
}

/**
 * sidetone_address_map_free:
 * @self: (transfer full): a map
 *
 * Frees @self.
 */
void
sidetone_address_map_free (SidetoneAddressMap *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->prefixes);
  g_array_unref (self->mapped_prefixes);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->counters);
  g_hash_table_unref (self->addresses);
  g_free (self);
}

/**
 * sidetone_address_map_lookup:
 * @self: a map
 * @address: an address
 *
 * Returns: (transfer full): its replacement
 */
GInetAddress *
sidetone_address_map_lookup (SidetoneAddressMap *self,
                             GInetAddress       *address)
{
  g_autoptr (GBytes) key = NULL;
  GInetAddress *mapped;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

  key = make_address_key (address);
  mapped = g_hash_table_lookup (self->addresses, key);
  if (mapped == NULL)
    {
      mapped = map_address (self, address);
      g_hash_table_insert (self->addresses, g_steal_pointer (&key), mapped);
    }

  return g_object_ref (mapped);
}

/**
 * sidetone_address_map_lookup_prefix:
 * @self: a map
 * @text: a NAT64 prefix with its length
 *
 * Returns: (transfer full) (nullable): its replacement, or %NULL if it is no prefix that the rules
 *   use
 */
char *
sidetone_address_map_lookup_prefix (SidetoneAddressMap *self,
                                    const char         *text)
{
  SidetoneNat64Prefix prefix;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (!sidetone_nat64_prefix_parse (&prefix, text))
    return NULL;

  for (guint i = 0; i < self->prefixes->len; i++)
    {
      const SidetoneNat64Prefix *known = &g_array_index (self->prefixes, SidetoneNat64Prefix, i);

      if (known->length == prefix.length &&
          memcmp (known->bytes, prefix.bytes, sizeof prefix.bytes) == 0)
        return sidetone_nat64_prefix_format (&g_array_index (self->mapped_prefixes,
                                                             SidetoneNat64Prefix, i));
    }

  return NULL;
}
