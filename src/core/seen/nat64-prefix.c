/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/nat64-prefix.h"

#include <string.h>

#include "seen/lookup.h"

#include "seen/observation.h"

/* NAT64 prefixes (RFC 6052), learned from ipv4only.arpa (RFC 7050). */

/* A network announces one prefix, rarely two. A longer list is a mistake. */
#define MAX_PREFIXES 16

#define RESERVED_BYTE 8

static const SidetoneNat64Prefix well_known = { .bytes = { 0x00, 0x64, 0xff, 0x9b }, .length = 96 };

/* The longest first, in the order of RFC 7050, section 3 */
static const guint prefix_lengths[] = { 96, 64, 56, 48, 40, 32 };

static gboolean
is_prefix_length (guint length)
{
  for (guint i = 0; i < G_N_ELEMENTS (prefix_lengths); i++)
    {
      if (prefix_lengths[i] == length)
        return TRUE;
    }

  return FALSE;
}

static gboolean
overlap (const SidetoneNat64Prefix *a,
         const SidetoneNat64Prefix *b)
{
  return memcmp (a->bytes, b->bytes, MIN (a->length, b->length) / 8) == 0;
}

static void
add_prefix (GArray     *prefixes,
            const char *text,
            const char *observation)
{
  SidetoneNat64Prefix prefix;

  if (prefixes->len == MAX_PREFIXES || !sidetone_nat64_prefix_parse (&prefix, text))
    return;

  for (guint i = 0; i < prefixes->len; i++)
    {
      SidetoneNat64Prefix *other = &g_array_index (prefixes, SidetoneNat64Prefix, i);

      if (!overlap (&prefix, other))
        continue;

      /* The well-known prefix: now a lookup proves that it is in use here */
      if (prefix.length == other->length && other->observation == NULL)
        other->observation = observation;
      return;
    }

  prefix.observation = observation;
  g_array_append_val (prefixes, prefix);
}

/**
 * sidetone_nat64_collect_prefixes:
 * @lookups: (element-type SidetoneObservation): observations of kind %SIDETONE_OBSERVATION_LOOKUP
 *
 * Collects the prefixes of a possible NAT64: the well-known one (RFC 6052, section 2.1), and those
 * that this network announced (RFC 7050). Overlapping prefixes are left out, so that no address
 * fits two.
 *
 * Returns: (transfer full) (element-type SidetoneNat64Prefix): the prefixes
 */
GArray *
sidetone_nat64_collect_prefixes (GPtrArray *lookups)
{
  GArray *prefixes = g_array_new (FALSE, FALSE, sizeof (SidetoneNat64Prefix));

  g_array_append_val (prefixes, well_known);

  for (guint i = 0; i < lookups->len; i++)
    {
      SidetoneObservation *observation = lookups->pdata[i];
      const SidetoneLookupSeen *lookup = sidetone_observation_get_lookup (observation);

      if (!sidetone_observation_has_passed (observation) ||
          !sidetone_lookup_asks_for (observation, SIDETONE_QUESTION_NAT64))
        continue;

      for (guint j = 0; lookup->answers != NULL && lookup->answers[j] != NULL; j++)
        add_prefix (prefixes, lookup->answers[j], sidetone_observation_get_id (observation));
    }

  return prefixes;
}

/**
 * sidetone_nat64_match_prefix:
 * @prefixes: (element-type SidetoneNat64Prefix): prefixes
 * @address: an address
 *
 * Returns: (transfer none) (nullable): the prefix of @address, or %NULL
 */
const SidetoneNat64Prefix *
sidetone_nat64_match_prefix (GArray       *prefixes,
                             GInetAddress *address)
{
  for (guint i = 0; i < prefixes->len; i++)
    {
      const SidetoneNat64Prefix *prefix = &g_array_index (prefixes, SidetoneNat64Prefix, i);

      if (sidetone_nat64_prefix_contains (prefix, address))
        return prefix;
    }

  return NULL;
}

/**
 * sidetone_nat64_dup_ipv4:
 * @prefixes: (element-type SidetoneNat64Prefix): prefixes
 * @address: an address
 * @prefix: (out) (optional): its prefix
 *
 * Extracts the IPv4 address embedded after one of the prefixes.
 *
 * Returns: (transfer full) (nullable): the embedded IPv4 address, or %NULL if a NAT64 would not
 *   translate @address
 */
GInetAddress *
sidetone_nat64_dup_ipv4 (GArray                     *prefixes,
                         GInetAddress               *address,
                         const SidetoneNat64Prefix **prefix)
{
  const SidetoneNat64Prefix *found = sidetone_nat64_match_prefix (prefixes, address);
  SidetoneNat64Content content;

  if (found == NULL)
    return NULL;

  sidetone_nat64_prefix_split (found, address, &content);
  if (content.reserved != 0)
    return NULL;

  if (prefix != NULL)
    *prefix = found;

  return g_inet_address_new_from_bytes (content.ipv4, G_SOCKET_FAMILY_IPV4);
}

/**
 * sidetone_nat64_prefix_parse:
 * @prefix: (out): the prefix
 * @text: a prefix with its length, such as `64:ff9b::/96`
 *
 * Returns: %TRUE if @text is a prefix with a length of RFC 6052
 */
gboolean
sidetone_nat64_prefix_parse (SidetoneNat64Prefix *prefix,
                             const char          *text)
{
  g_autoptr (GInetAddressMask) mask = NULL;

  g_return_val_if_fail (prefix != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  mask = g_inet_address_mask_new_from_string (text, NULL);
  if (mask == NULL || g_inet_address_mask_get_family (mask) != G_SOCKET_FAMILY_IPV6 ||
      !is_prefix_length (g_inet_address_mask_get_length (mask)))
    return FALSE;

  prefix->length = g_inet_address_mask_get_length (mask);
  prefix->observation = NULL;
  memcpy (prefix->bytes, g_inet_address_to_bytes (g_inet_address_mask_get_address (mask)),
          sizeof prefix->bytes);

  return TRUE;
}

/**
 * sidetone_nat64_prefix_format:
 * @prefix: a prefix
 *
 * Returns: (transfer full): the prefix with its length, such as `64:ff9b::/96`
 */
char *
sidetone_nat64_prefix_format (const SidetoneNat64Prefix *prefix)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (prefix != NULL, NULL);

  address = g_inet_address_new_from_bytes (prefix->bytes, G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (address);

  return g_strdup_printf ("%s/%u", text, prefix->length);
}

/**
 * sidetone_nat64_prefix_contains:
 * @prefix: a prefix
 * @address: an address
 *
 * Returns: %TRUE if @address is an IPv6 address with @prefix
 */
gboolean
sidetone_nat64_prefix_contains (const SidetoneNat64Prefix *prefix,
                                GInetAddress              *address)
{
  g_return_val_if_fail (prefix != NULL, FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         memcmp (g_inet_address_to_bytes (address), prefix->bytes, prefix->length / 8) == 0;
}

/**
 * sidetone_nat64_prefix_split:
 * @prefix: a prefix
 * @address: an address with that prefix
 * @content: (out): the bits after the prefix
 *
 * Splits @address: the IPv4 address follows the prefix and skips bits 64 to 71, and the rest is the
 * suffix (RFC 6052, section 2.2).
 */
void
sidetone_nat64_prefix_split (const SidetoneNat64Prefix *prefix,
                             GInetAddress              *address,
                             SidetoneNat64Content      *content)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  guint n = 0;

  g_return_if_fail (sidetone_nat64_prefix_contains (prefix, address));

  memset (content, 0, sizeof *content);

  for (guint i = prefix->length / 8; i < 16; i++)
    {
      if (i == RESERVED_BYTE)
        content->reserved = bytes[i];
      else if (n < sizeof content->ipv4)
        content->ipv4[n++] = bytes[i];
      else
        content->suffix = content->suffix << 8 | bytes[i];
    }
}

/**
 * sidetone_nat64_prefix_join:
 * @prefix: a prefix
 * @content: the bits after it; bits of the suffix without room are lost
 *
 * Joins what sidetone_nat64_prefix_split() splits.
 *
 * Returns: (transfer full): the address
 */
GInetAddress *
sidetone_nat64_prefix_join (const SidetoneNat64Prefix  *prefix,
                            const SidetoneNat64Content *content)
{
  guint8 bytes[16];
  guint64 suffix = content->suffix;
  guint n = 0;
  guint i;

  memcpy (bytes, prefix->bytes, sizeof bytes);

  for (i = prefix->length / 8; n < sizeof content->ipv4; i++)
    bytes[i] = i == RESERVED_BYTE ? content->reserved : content->ipv4[n++];

  for (guint j = 15; j >= i; j--)
    {
      if (j == RESERVED_BYTE)
        {
          bytes[j] = content->reserved;
          continue;
        }

      bytes[j] = suffix & 0xff;
      suffix >>= 8;
    }

  return g_inet_address_new_from_bytes (bytes, G_SOCKET_FAMILY_IPV6);
}

/* The well-known addresses of ipv4only.arpa (RFC 7050, section 2.2) */
static gboolean
is_well_known_ipv4 (const SidetoneNat64Content *content)
{
  return memcmp (content->ipv4, "\xc0\x00\x00\xaa", 4) == 0 ||
         memcmp (content->ipv4, "\xc0\x00\x00\xab", 4) == 0;
}

/**
 * sidetone_nat64_prefix_find:
 * @answer: an AAAA answer for %SIDETONE_NAT64_NAME
 *
 * Finds the prefix that a NAT64 has put before a well-known IPv4 address (RFC 7050, section 3).
 *
 * Returns: (transfer full) (nullable): the prefix with its length, `64:ff9b::/96`, or %NULL if
 *   @answer has no well-known address
 */
char *
sidetone_nat64_prefix_find (GInetAddress *answer)
{
  g_return_val_if_fail (G_IS_INET_ADDRESS (answer), NULL);

  if (g_inet_address_get_family (answer) != G_SOCKET_FAMILY_IPV6 ||
      g_inet_address_to_bytes (answer)[RESERVED_BYTE] != 0)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (prefix_lengths); i++)
    {
      SidetoneNat64Prefix prefix = { .length = prefix_lengths[i] };
      SidetoneNat64Content content;

      memcpy (prefix.bytes, g_inet_address_to_bytes (answer), prefix.length / 8);
      sidetone_nat64_prefix_split (&prefix, answer, &content);
      if (is_well_known_ipv4 (&content))
        return sidetone_nat64_prefix_format (&prefix);
    }

  return NULL;
}
