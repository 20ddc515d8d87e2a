/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-observations.h"

#include "test-addresses.h"

#include "address/address-scope.h"
#include "report/address-map.h"
#include "seen/nat64-prefix.h"

#include <string.h>

/* The made-up addresses of a redacted report (pseudonymization) */

/* @prefixes are those of the network's NAT64, separated by spaces. */
static SidetoneAddressMap *
make_map (const char *prefixes)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneEvidence) evidence = NULL;

  add_lookup (store, "nat64", "ipv4only.arpa", prefixes, NULL);
  evidence = sidetone_evidence_new (G_LIST_MODEL (store));

  return sidetone_address_map_new (evidence);
}

static char *
map_text (SidetoneAddressMap *map,
          const char         *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  g_autoptr (GInetAddress) mapped = sidetone_address_map_lookup (map, address);

  return g_inet_address_to_string (mapped);
}

/* In this order */
static void
test_numbers (void)
{
  static const char *const rows[][2] = {
    { "192.168.47.113", "192.168.1.1" },
    { "192.168.178.20", "192.168.2.1" },
    { "192.168.47.20", "192.168.1.2" },
    { "10.0.0.1", "10.0.1.1" },
    { "93.184.7.20", "93.184.1.1" },
    { "93.184.107.20", "93.184.2.1" },
    { "93.184.7.30", "93.184.1.2" },
    { "198.51.100.87", "198.51.100.1" },
    { "127.0.0.1", "127.0.0.1" },
    { "2a02:8071:5::20", "2a02:8071:1:1::1" },
    { "2a02:8071:5:1::20", "2a02:8071:1:2::1" },
    { "2a02:8071:6:1::30", "2a02:8071:2:1::2" },
    { "2a02:8071:5::30", "2a02:8071:1:1::2" },
    { "fe80::9c3d:52ff:fe61:8b2e", "fe80::3" },
    /* In networks of a NAT64's prefix, and in the prefix */
    { "fd12:3456:7:8::10", "fd12:3456:1:1::4" },
    { "fd12:3456:7:8:0:64:5db8:714", "fd12:3456:1:1:0:65:5db8:101" },
    { "fd12:3456:7:8:0:64:5db8:6b14", "fd12:3456:1:1:0:65:5db8:201" },
  };
  g_autoptr (SidetoneAddressMap) map = make_map ("fd12:3456:7:8:0:64::/96");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *mapped = map_text (map, rows[i][0]);

      g_assert_cmpstr (mapped, ==, rows[i][1]);
    }
}

static GInetAddress *
make_address (GRand *random)
{
  const char *near = addresses[g_rand_int_range (random, 0, G_N_ELEMENTS (addresses))];
  g_autoptr (SidetoneEndpoint) endpoint = parse_endpoint (near);
  GInetAddress *address = sidetone_endpoint_get_address (endpoint);
  gsize size = g_inet_address_get_native_size (address);
  guint8 bytes[16];

  memcpy (bytes, g_inet_address_to_bytes (address), size);
  for (int i = g_rand_int_range (random, 0, 3); i > 0; i--)
    bytes[g_rand_int_range (random, 0, size)] ^= 1 << g_rand_int_range (random, 0, 8);

  return g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (address));
}

/* Two texts never become one, and one never becomes two. */
static void
assert_one_to_one (GHashTable *there,
                   GHashTable *back,
                   const char *text,
                   const char *mapped)
{
  const char *known = g_hash_table_lookup (there, text);
  const char *origin = g_hash_table_lookup (back, mapped);

  if (known != NULL)
    {
      g_assert_cmpstr (known, ==, mapped);
      return;
    }
  if (origin != NULL)
    g_error ("%s and %s both become %s", origin, text, mapped);

  g_hash_table_insert (there, g_strdup (text), g_strdup (mapped));
  g_hash_table_insert (back, g_strdup (mapped), g_strdup (text));
}

static char *
format_network (GInetAddress *address,
                guint         length)
{
  guint8 bytes[16] = { 0 };
  g_autoptr (GInetAddress) network = NULL;
  g_autofree char *text = NULL;

  memcpy (bytes, g_inet_address_to_bytes (address), length / 8);
  network = g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (address));
  text = g_inet_address_to_string (network);

  return g_strdup_printf ("%s/%u", text, length);
}

/* Addresses and the networks that rules compare never become one, one never becomes two, and each
 * address keeps its scope and its first bits. A map that gets the new ones changes nothing. */
static void
test_relations (void)
{
  static const guint ipv4_lengths[] = { 24, 32, 0 };
  static const guint ipv6_lengths[] = { 48, 64, 128, 0 };
  static const char *const prefixes[] = {
    "2001:db9:122:344::/96", "2001:db8:8::/48", "2a00::/32", "2001:db8:100::/40", "fd00:1::/64",
    "2001:db8:1:200::/56",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) all_mapped = g_string_new (NULL);
  g_autoptr (SidetoneAddressMap) map = NULL;
  g_autoptr (SidetoneAddressMap) again = NULL;
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) back = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    g_string_append_printf (all, "%s%s", i > 0 ? " " : "", prefixes[i]);
  map = make_map (all->str);
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *mapped = sidetone_address_map_lookup_prefix (map, prefixes[i]);

      g_string_append_printf (all_mapped, "%s%s", i > 0 ? " " : "", mapped);
    }
  again = make_map (all_mapped->str);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GInetAddress) address = make_address (random);
      g_autoptr (GInetAddress) mapped = sidetone_address_map_lookup (map, address);
      g_autoptr (GInetAddress) twice = sidetone_address_map_lookup (again, mapped);
      const guint *length = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4
                            ? ipv4_lengths : ipv6_lengths;

      g_assert_cmpint (g_inet_address_get_family (address), ==, g_inet_address_get_family (mapped));
      g_assert_cmpint (sidetone_address_scope_of (address), ==, sidetone_address_scope_of (mapped));
      g_assert_cmpmem (g_inet_address_to_bytes (address), 2, g_inet_address_to_bytes (mapped), 2);
      g_assert_true (g_inet_address_equal (twice, mapped));
      for (; *length != 0; length++)
        {
          g_autofree char *network = format_network (address, *length);
          g_autofree char *mapped_network = format_network (mapped, *length);

          assert_one_to_one (there, back, network, mapped_network);
        }
    }
}

/* Maps an address, and notes which number its bytes from @at became. */
static void
take_number (SidetoneAddressMap *map,
             guint8             *taken,
             const guint8       *bytes,
             GSocketFamily       family,
             gsize               at)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (bytes, family);
  g_autoptr (GInetAddress) mapped = sidetone_address_map_lookup (map, address);
  const guint8 *there = g_inet_address_to_bytes (mapped) + at;

  g_assert_cmpint (sidetone_address_scope_of (mapped), ==, sidetone_address_scope_of (address));
  g_assert_cmpuint (taken[there[0] << 8 | there[1]]++, ==, 0);
}

/* All addresses of a range that keeps 16 bits, with a range of another scope in its middle
 * (198.51.100.0/24 is for documentation): each gets a number. */
static void
test_full (void)
{
  g_autoptr (SidetoneAddressMap) map = make_map ("");
  g_autofree guint8 *taken = g_new0 (guint8, 0x10000);

  for (guint i = 0; i <= 0xffff; i++)
    {
      const guint8 bytes[4] = { 198, 51, 0xff - (i >> 8), i & 0xff };

      take_number (map, taken, bytes, G_SOCKET_FAMILY_IPV4, 2);
    }
}

/* All networks of a site, some of which are the NAT64's: no other address gets into its prefix. */
static void
test_full_site (void)
{
  const char *text = "2001:db9:122:300::/56";
  g_autoptr (SidetoneAddressMap) map = make_map (text);
  g_autofree char *mapped = sidetone_address_map_lookup_prefix (map, text);
  g_autofree guint8 *taken = g_new0 (guint8, 0x10000);
  SidetoneNat64Prefix prefix;

  g_assert_true (sidetone_nat64_prefix_parse (&prefix, mapped));
  memset (taken + (prefix.bytes[6] << 8), 1, 0x100);
  for (guint i = 0; i <= 0xffff; i++)
    {
      const guint8 bytes[16] = { 0x20, 0x01, 0x0d, 0xb9, 0x01, 0x22, i >> 8, i & 0xff, [15] = 7 };

      if (i >> 8 != 3)
        take_number (map, taken, bytes, G_SOCKET_FAMILY_IPV6, 6);
    }
}

/* A NAT64's prefix where a special range leaves no more than a lower half: the numbers go around it, and
 * soon find a way. */
static void
test_special_half (void)
{
  g_autoptr (SidetoneAddressMap) map = make_map ("64:ff9b:0:0:8000::/96");
  g_autofree char *prefix = sidetone_address_map_lookup_prefix (map, "64:ff9b:0:0:8000::/96");
  g_autofree char *inside = map_text (map, "64:ff9b::8000:0:5db8:714");
  g_autofree char *outside = map_text (map, "64:ff9b::8000:7:5db8:714");

  g_assert_cmpstr (prefix, ==, "64:ff9b::8000:1:0:0/96");
  g_assert_cmpstr (inside, ==, "64:ff9b::8000:1:5db8:101");
  g_assert_cmpstr (outside, ==, "64:ff9b::8000:2:0:1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address-map/numbers", test_numbers);
  g_test_add_func ("/address-map/relations", test_relations);
  g_test_add_func ("/address-map/full", test_full);
  g_test_add_func ("/address-map/full-site", test_full_site);
  g_test_add_func ("/address-map/special-half", test_special_half);

  return g_test_run ();
}
