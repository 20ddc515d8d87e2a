/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "address/address-scope.h"
#include "base/nick.h"

static GInetAddress *
make (const char *text)
{
  GInetAddress *address = g_inet_address_new_from_string (text);

  g_assert_nonnull (address);

  return address;
}

static void
assert_scope (GInetAddress *address,
              const char   *scope)
{
  g_autofree char *text = g_inet_address_to_string (address);

  g_test_message ("%s", text);
  g_assert_cmpstr (sidetone_nick_get (SIDETONE_TYPE_ADDRESS_SCOPE,
                                      sidetone_address_scope_of (address)), ==, scope);
}

/* The address one before or after */
static GInetAddress *
step (GInetAddress *address,
      int           direction)
{
  gsize size = g_inet_address_get_native_size (address);
  g_autofree guint8 *bytes = g_memdup2 (g_inet_address_to_bytes (address), size);
  guint8 turned = direction > 0 ? 0x00 : 0xff;

  for (gsize i = size; i > 0; i--)
    {
      bytes[i - 1] += direction;
      if (bytes[i - 1] != turned)
        break;
    }

  return g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (address));
}

/* Every range of IANA's special-purpose registries and the two of multicast: its first and last
 * address, and the addresses before and after it */
static void
test_edges (void)
{
  static const struct
  {
    const char *first;
    const char *last;
    const char *first_scope;
    const char *last_scope;
    const char *before_scope;
    const char *after_scope;
  } rows[] = {
    { "0.0.0.0", "0.255.255.255", "unspecified", "unspecified", NULL, "global" },
    { "0.0.0.0", "0.0.0.0", "unspecified", "unspecified", NULL, "unspecified" },
    { "10.0.0.0", "10.255.255.255", "private", "private", "global", "global" },
    { "100.64.0.0", "100.127.255.255", "shared", "shared", "global", "global" },
    { "127.0.0.0", "127.255.255.255", "loopback", "loopback", "global", "global" },
    { "169.254.0.0", "169.254.255.255", "link-local", "link-local", "global", "global" },
    { "172.16.0.0", "172.31.255.255", "private", "private", "global", "global" },
    { "192.0.0.0", "192.0.0.255", "service-continuity", "reserved", "global", "global" },
    { "192.0.0.0", "192.0.0.7", "service-continuity", "service-continuity", "global", "reserved" },
    { "192.0.0.8", "192.0.0.8", "reserved", "reserved", "service-continuity", "global" },
    { "192.0.0.9", "192.0.0.9", "global", "global", "reserved", "global" },
    { "192.0.0.10", "192.0.0.10", "global", "global", "global", "reserved" },
    { "192.0.0.170", "192.0.0.170", "reserved", "reserved", "reserved", "reserved" },
    { "192.0.0.171", "192.0.0.171", "reserved", "reserved", "reserved", "reserved" },
    { "192.0.2.0", "192.0.2.255", "documentation", "documentation", "global", "global" },
    { "192.31.196.0", "192.31.196.255", "global", "global", "global", "global" },
    { "192.52.193.0", "192.52.193.255", "global", "global", "global", "global" },
    { "192.88.99.0", "192.88.99.255", "reserved", "reserved", "global", "global" },
    { "192.88.99.2", "192.88.99.2", "reserved", "reserved", "reserved", "reserved" },
    { "192.168.0.0", "192.168.255.255", "private", "private", "global", "global" },
    { "192.175.48.0", "192.175.48.255", "global", "global", "global", "global" },
    { "198.18.0.0", "198.19.255.255", "benchmarking", "benchmarking", "global", "global" },
    { "198.51.100.0", "198.51.100.255", "documentation", "documentation", "global", "global" },
    { "203.0.113.0", "203.0.113.255", "documentation", "documentation", "global", "global" },
    { "224.0.0.0", "239.255.255.255", "multicast", "multicast", "global", "reserved" },
    { "240.0.0.0", "255.255.255.255", "reserved", "broadcast", "multicast", NULL },
    { "255.255.255.255", "255.255.255.255", "broadcast", "broadcast", "reserved", NULL },
    { "::1", "::1", "loopback", "loopback", "unspecified", "global" },
    { "::", "::", "unspecified", "unspecified", NULL, "loopback" },
    { "::ffff:0:0", "::ffff:ffff:ffff", "mapped", "mapped", "global", "global" },
    { "64:ff9b::", "64:ff9b::ffff:ffff", "nat64", "nat64", "global", "global" },
    { "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "nat64", "nat64", "global", "global" },
    { "100::", "100::ffff:ffff:ffff:ffff", "reserved", "reserved", "global", "reserved" },
    { "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff", "reserved", "reserved", "reserved", "global" },
    { "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "teredo", "reserved",
      "global", "global" },
    { "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "teredo", "teredo", "global", "reserved" },
    { "2001:1::1", "2001:1::1", "global", "global", "reserved", "global" },
    { "2001:1::2", "2001:1::2", "global", "global", "global", "global" },
    { "2001:1::3", "2001:1::3", "global", "global", "global", "reserved" },
    { "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", "benchmarking", "benchmarking",
      "reserved", "reserved" },
    { "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", "global", "global",
      "reserved", "reserved" },
    { "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", "global", "global",
      "reserved", "reserved" },
    { "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", "reserved", "reserved",
      "reserved", "global" },
    { "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", "global", "global",
      "reserved", "global" },
    { "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", "global", "global",
      "global", "reserved" },
    { "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "documentation", "documentation",
      "global", "global" },
    { "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "6to4", "6to4", "global", "global" },
    { "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", "global", "global",
      "global", "global" },
    { "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "documentation", "documentation",
      "global", "global" },
    { "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved", "reserved",
      "global", "global" },
    { "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "unique-local", "unique-local",
      "global", "global" },
    { "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "link-local", "link-local",
      "global", "global" },
    { "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast", "multicast",
      "global", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GInetAddress) first = make (rows[i].first);
      g_autoptr (GInetAddress) last = make (rows[i].last);
      g_autoptr (GInetAddress) before = step (first, -1);
      g_autoptr (GInetAddress) after = step (last, 1);

      assert_scope (first, rows[i].first_scope);
      assert_scope (last, rows[i].last_scope);
      if (rows[i].before_scope != NULL)
        assert_scope (before, rows[i].before_scope);
      if (rows[i].after_scope != NULL)
        assert_scope (after, rows[i].after_scope);
    }
}

/* The scope by itself would not show a row that is missing inside or beside another one with the
 * same scope. These are the first and the last address that belong to no smaller range. */
static void
test_names (void)
{
  static const struct
  {
    const char *first;
    const char *last;
    const char *name;
    const char *rfc;
  } rows[] = {
    { "0.0.0.1", "0.255.255.255", "This network", "RFC 791" },
    { "0.0.0.0", "0.0.0.0", "This host on this network", "RFC 1122" },
    { "10.0.0.0", "10.255.255.255", "Private-Use", "RFC 1918" },
    { "100.64.0.0", "100.127.255.255", "Shared Address Space", "RFC 6598" },
    { "127.0.0.1", "127.255.255.255", "Loopback", "RFC 1122" },
    { "169.254.0.0", "169.254.255.255", "Link Local", "RFC 3927" },
    { "172.16.0.0", "172.31.255.255", "Private-Use", "RFC 1918" },
    { "192.0.0.11", "192.0.0.255", "IETF Protocol Assignments", "RFC 6890" },
    { "192.0.0.0", "192.0.0.7", "IPv4 Service Continuity Prefix", "RFC 7335" },
    { "192.0.0.8", "192.0.0.8", "IPv4 dummy address", "RFC 7600" },
    { "192.0.0.9", "192.0.0.9", "Port Control Protocol Anycast", "RFC 7723" },
    { "192.0.0.10", "192.0.0.10", "Traversal Using Relays around NAT Anycast", "RFC 8155" },
    { "192.0.0.170", "192.0.0.170", "NAT64/DNS64 Discovery", "RFC 8880" },
    { "192.0.0.171", "192.0.0.171", "NAT64/DNS64 Discovery", "RFC 8880" },
    { "192.0.2.0", "192.0.2.255", "Documentation (TEST-NET-1)", "RFC 5737" },
    { "192.31.196.0", "192.31.196.255", "AS112-v4", "RFC 7535" },
    { "192.52.193.0", "192.52.193.255", "AMT", "RFC 7450" },
    { "192.88.99.0", "192.88.99.255", "Deprecated (6to4 Relay Anycast)", "RFC 7526" },
    { "192.88.99.2", "192.88.99.2", "6a44-relay anycast address", "RFC 6751" },
    { "192.168.0.0", "192.168.255.255", "Private-Use", "RFC 1918" },
    { "192.175.48.0", "192.175.48.255", "Direct Delegation AS112 Service", "RFC 7534" },
    { "198.18.0.0", "198.19.255.255", "Benchmarking", "RFC 2544" },
    { "198.51.100.0", "198.51.100.255", "Documentation (TEST-NET-2)", "RFC 5737" },
    { "203.0.113.0", "203.0.113.255", "Documentation (TEST-NET-3)", "RFC 5737" },
    { "224.0.0.0", "239.255.255.255", "Multicast", "RFC 5771" },
    { "240.0.0.0", "255.255.255.254", "Reserved", "RFC 1112" },
    { "255.255.255.255", "255.255.255.255", "Limited Broadcast", "RFC 919" },
    { "::1", "::1", "Loopback Address", "RFC 4291" },
    { "::", "::", "Unspecified Address", "RFC 4291" },
    { "::ffff:192.0.2.1", "::ffff:ffff:ffff", "IPv4-mapped Address", "RFC 4291" },
    { "64:ff9b::", "64:ff9b::ffff:ffff", "IPv4-IPv6 Translat.", "RFC 6052" },
    { "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "IPv4-IPv6 Translat.", "RFC 8215" },
    { "100::", "100::ffff:ffff:ffff:ffff", "Discard-Only Address Block", "RFC 6666" },
    { "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff", "Dummy IPv6 Prefix", "RFC 9780" },
    { "2001:5::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
      "IETF Protocol Assignments", "RFC 2928" },
    { "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "TEREDO", "RFC 4380" },
    { "2001:1::1", "2001:1::1", "Port Control Protocol Anycast", "RFC 7723" },
    { "2001:1::2", "2001:1::2", "Traversal Using Relays around NAT Anycast", "RFC 8155" },
    { "2001:1::3", "2001:1::3", "DNS-SD Service Registration Protocol Anycast", "RFC 9665" },
    { "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", "Benchmarking", "RFC 5180" },
    { "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", "AMT", "RFC 7450" },
    { "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", "AS112-v6", "RFC 7535" },
    { "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff",
      "Deprecated (previously ORCHID)", "RFC 4843" },
    { "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", "ORCHIDv2", "RFC 7343" },
    { "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff",
      "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374" },
    { "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "Documentation", "RFC 3849" },
    { "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "6to4", "RFC 3056" },
    { "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
      "Direct Delegation AS112 Service", "RFC 7534" },
    { "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "Documentation", "RFC 9637" },
    { "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
      "Segment Routing (SRv6) SIDs", "RFC 9602" },
    { "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "Unique-Local", "RFC 4193" },
    { "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "Link-Local Unicast", "RFC 4291" },
    { "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "Multicast", "RFC 4291" },

    /* Around the ranges with the scope of ordinary addresses */
    { "192.31.195.255", "192.31.197.0", NULL, NULL },
    { "192.52.192.255", "192.52.194.0", NULL, NULL },
    { "192.175.47.255", "192.175.49.0", NULL, NULL },
    { "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff", "2620:4f:8001::", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GInetAddress) first = make (rows[i].first);
      g_autoptr (GInetAddress) last = make (rows[i].last);
      const char *rfc = "";

      g_test_message ("%s to %s", rows[i].first, rows[i].last);
      g_assert_cmpstr (sidetone_address_get_range_name (first, &rfc), ==, rows[i].name);
      g_assert_cmpstr (rfc, ==, rows[i].rfc);
      g_assert_cmpstr (sidetone_address_get_range_name (last, NULL), ==, rows[i].name);
    }
}

/* RFC 4291 section 2.4: everything else is global unicast, including the former site-local
 * range. */
static void
test_everything_else (void)
{
  static const char *const texts[] = {
    "1.0.0.0", "198.17.255.255", "2000::", "2400::1", "2a00::1", "3ffe::", "4000::", "fe00::1",
    "fec0::1", "::2", "::192.0.2.1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GInetAddress) address = make (texts[i]);

      assert_scope (address, "global");
    }
}

/* Each scope is public, special, or unknown; two of the special ones are private. */
static void
test_predicates (void)
{
  static const struct
  {
    SidetoneAddressScope scope;
    gboolean is_public;
    gboolean is_private;
    gboolean is_special;
  } rows[] = {
    { SIDETONE_ADDRESS_SCOPE_UNKNOWN, FALSE, FALSE, FALSE },
    { SIDETONE_ADDRESS_SCOPE_GLOBAL, TRUE, FALSE, FALSE },
    { SIDETONE_ADDRESS_SCOPE_PRIVATE, FALSE, TRUE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_SHARED, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_UNIQUE_LOCAL, FALSE, TRUE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_LOOPBACK, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_LINK_LOCAL, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_UNSPECIFIED, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_DOCUMENTATION, TRUE, FALSE, FALSE },
    { SIDETONE_ADDRESS_SCOPE_BENCHMARKING, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_NAT64, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_MAPPED, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_TEREDO, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_SIX_TO_FOUR, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_MULTICAST, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_BROADCAST, FALSE, FALSE, TRUE },
    { SIDETONE_ADDRESS_SCOPE_RESERVED, FALSE, FALSE, TRUE },
  };
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_ADDRESS_SCOPE);

  g_assert_cmpuint (class->n_values, ==, G_N_ELEMENTS (rows));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", sidetone_nick_get (SIDETONE_TYPE_ADDRESS_SCOPE, rows[i].scope));
      g_assert_cmpint (sidetone_address_scope_is_public (rows[i].scope), ==, rows[i].is_public);
      g_assert_cmpint (sidetone_address_scope_is_private (rows[i].scope), ==, rows[i].is_private);
      g_assert_cmpint (sidetone_address_scope_is_special (rows[i].scope), ==, rows[i].is_special);
    }
}

static void
test_embedded (void)
{
  static const struct
  {
    const char *address;
    const char *embedded;
  } rows[] = {
    { "::ffff:192.0.2.1", "192.0.2.1" },
    { "64:ff9b::192.0.2.33", "192.0.2.33" },
    { "64:ff9b::10.0.0.1", "10.0.0.1" },
    { "2002:c000:204::1", "192.0.2.4" },
    /* Teredo stores the address with its bits inverted. */
    { "2001:0:c000:201:0:1234:3fff:fdfe", "192.0.2.1" },
    { "64:ff9b:1::192.0.2.33", NULL },
    { "64:ff9b:0:0:0:1:c000:221", NULL },
    { "::192.0.2.1", NULL },
    { "::fffe:192.0.2.1", NULL },
    { "2001:1::1", NULL },
    { "2003:c000:204::1", NULL },
    { "2001:db8::192.0.2.1", NULL },
    { "::", NULL },
    { "192.0.2.1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GInetAddress) address = make (rows[i].address);
      g_autoptr (GInetAddress) embedded = sidetone_address_dup_embedded_ipv4 (address);
      g_autofree char *text = embedded != NULL ? g_inet_address_to_string (embedded) : NULL;

      g_test_message ("%s", rows[i].address);
      g_assert_cmpstr (text, ==, rows[i].embedded);
    }
}

static void
test_table_date (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = g_strconcat (sidetone_address_scope_get_table_date (), "T00:00:00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, utc);

  g_assert_nonnull (date);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address-scope/edges", test_edges);
  g_test_add_func ("/address-scope/names", test_names);
  g_test_add_func ("/address-scope/everything-else", test_everything_else);
  g_test_add_func ("/address-scope/predicates", test_predicates);
  g_test_add_func ("/address-scope/embedded", test_embedded);
  g_test_add_func ("/address-scope/table-date", test_table_date);

  return g_test_run ();
}
