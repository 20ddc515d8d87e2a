/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include <gio/gunixsocketaddress.h>

#include "address/endpoint.h"
#include "base/error.h"

static SidetoneEndpoint *
make (const char *address,
      guint16     port)
{
  g_autoptr (GError) error = NULL;
  SidetoneEndpoint *endpoint;

  endpoint = sidetone_endpoint_new_from_string (address, port, SIDETONE_TRANSPORT_TCP, &error);
  g_assert_no_error (error);
  g_assert_nonnull (endpoint);

  return endpoint;
}

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    guint16 port;
    const char *address;
    const char *formatted;
    GSocketFamily family;
  } rows[] = {
    { "192.0.2.1", 5222, "192.0.2.1", "192.0.2.1:5222", G_SOCKET_FAMILY_IPV4 },
    { "192.0.2.1", 0, "192.0.2.1", "192.0.2.1", G_SOCKET_FAMILY_IPV4 },
    { "0.0.0.0", 1, "0.0.0.0", "0.0.0.0:1", G_SOCKET_FAMILY_IPV4 },
    { "255.255.255.255", 65535, "255.255.255.255", "255.255.255.255:65535",
      G_SOCKET_FAMILY_IPV4 },
    { "2001:db8::1", 5222, "2001:db8::1", "[2001:db8::1]:5222", G_SOCKET_FAMILY_IPV6 },
    { "2001:db8::1", 0, "2001:db8::1", "2001:db8::1", G_SOCKET_FAMILY_IPV6 },
    { "[2001:db8::1]", 5222, "2001:db8::1", "[2001:db8::1]:5222", G_SOCKET_FAMILY_IPV6 },
    { "2001:0DB8:0:0:0:0:0:1", 0, "2001:db8::1", "2001:db8::1", G_SOCKET_FAMILY_IPV6 },
    { "64:ff9b::198.51.100.1", 0, "64:ff9b::c633:6401", "64:ff9b::c633:6401",
      G_SOCKET_FAMILY_IPV6 },
    { "::", 7, "::", "[::]:7", G_SOCKET_FAMILY_IPV6 },
    { "fe80::1%2", 5222, "fe80::1%2", "[fe80::1%2]:5222", G_SOCKET_FAMILY_IPV6 },
    { "[fe80::1%eth0]", 5222, "fe80::1%eth0", "[fe80::1%eth0]:5222", G_SOCKET_FAMILY_IPV6 },
    { "fe80::1%wlan0.100", 0, "fe80::1%wlan0.100", "fe80::1%wlan0.100", G_SOCKET_FAMILY_IPV6 },
    { "ff02::fb%br-0123456789ab", 0, "ff02::fb%br-0123456789ab", "ff02::fb%br-0123456789ab",
      G_SOCKET_FAMILY_IPV6 },
    { "::ffff:192.0.2.1", 80, "192.0.2.1", "192.0.2.1:80", G_SOCKET_FAMILY_IPV4 },
    { "[::FFFF:C000:201]", 80, "192.0.2.1", "192.0.2.1:80", G_SOCKET_FAMILY_IPV4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneEndpoint) endpoint = make (rows[i].text, rows[i].port);
      g_autofree char *address = sidetone_endpoint_dup_address (endpoint);
      g_autofree char *formatted = sidetone_endpoint_format (endpoint);
      g_autoptr (SidetoneEndpoint) again = make (address, rows[i].port);

      g_assert_cmpstr (address, ==, rows[i].address);
      g_assert_cmpstr (formatted, ==, rows[i].formatted);
      g_assert_cmpint (sidetone_endpoint_get_family (endpoint), ==, rows[i].family);
      g_assert_cmpuint (sidetone_endpoint_get_port (endpoint), ==, rows[i].port);
      g_assert_cmpint (sidetone_endpoint_get_transport (endpoint), ==, SIDETONE_TRANSPORT_TCP);
      g_assert_true (sidetone_endpoint_equal (endpoint, again));
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "", " ", "[]", "%", "::%", "192.0.2.1 ", " 192.0.2.1", "\t2001:db8::1", "2001:db8::1\n",
    "192.0.2", "192.0.2.1.", "192.0.2.256", "192.0.2.01", "192.000.2.1", "0x7f.0.0.1", "3221225985",
    "192.0.2.1:80", "192.0.2.1/32", "192.0.2.-1", "[192.0.2.1]", "[2001:db8::1", "2001:db8::1]",
    "[[2001:db8::1]]", "[2001:db8::1]:80", "2001:db8::1::2", "2001:db8:::1", "2001:db8",
    "2001:db8:1:2:3:4:5:6:7", "12001:db8::1", "2001:db8::g", "::ffff:192.0.2.256",
    "192.0.2.1%eth0", "2001:db8::1%eth0", "::ffff:192.0.2.1%2", "fe80::1%", "fe80::1%a b",
    "fe80::1%eth0%1", "fe80::1%eth/0", "fe80::1%0123456789abcdef", "example.org", "localhost",
    "\xff", "192.0.2.\xd9\xa1",
    "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *shown = g_strescape (texts[i], NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("“%s”", shown);
      g_assert_null (sidetone_endpoint_new_from_string (texts[i], 1, SIDETONE_TRANSPORT_TCP,
                                                        &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ADDRESS);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* A dual-stack socket shows IPv4 peers as ::ffff:a.b.c.d; they must equal the plain ones. */
static void
test_fold (void)
{
  g_autoptr (GInetAddress) mapped = g_inet_address_new_from_string ("::ffff:198.51.100.1");
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new (mapped, 44308);
  g_autoptr (SidetoneEndpoint) plain = make ("198.51.100.1", 44308);
  g_autoptr (SidetoneEndpoint) from_address = NULL;
  g_autoptr (SidetoneEndpoint) from_socket = NULL;

  from_address = sidetone_endpoint_new (mapped, 44308, SIDETONE_TRANSPORT_UDP);
  from_socket = sidetone_endpoint_new_from_socket_address (socket_address, SIDETONE_TRANSPORT_TCP);

  g_assert_true (sidetone_endpoint_equal (from_address, plain));
  g_assert_true (sidetone_endpoint_equal (from_socket, plain));
  g_assert_cmpint (sidetone_endpoint_get_family (from_socket), ==, G_SOCKET_FAMILY_IPV4);
  g_assert_cmpint (g_inet_address_get_family (sidetone_endpoint_get_address (from_socket)), ==,
                   G_SOCKET_FAMILY_IPV4);
}

static void
test_equal (void)
{
  static const struct
  {
    const char *a;
    guint16 a_port;
    const char *b;
    guint16 b_port;
    gboolean equal;
    gboolean equal_address;
  } rows[] = {
    { "192.0.2.1", 1, "192.0.2.1", 1, TRUE, TRUE },
    { "192.0.2.1", 1, "192.0.2.1", 2, FALSE, TRUE },
    { "192.0.2.1", 0, "192.0.2.1", 0, TRUE, TRUE },
    { "192.0.2.1", 0, "192.0.2.1", 1, FALSE, TRUE },
    { "192.0.2.1", 1, "192.0.2.2", 1, FALSE, FALSE },
    { "192.0.2.1", 1, "::ffff:192.0.2.1", 1, TRUE, TRUE },
    { "192.0.2.1", 1, "64:ff9b::192.0.2.1", 1, FALSE, FALSE },
    { "2001:db8::1", 1, "2001:db8:0::1", 1, TRUE, TRUE },
    { "2001:db8::1", 1, "2001:db8::2", 1, FALSE, FALSE },
    { "fe80::1%eth0", 1, "fe80::1", 1, TRUE, TRUE },
    { "fe80::1%eth0", 1, "fe80::1%2", 1, TRUE, TRUE },
    { "0.0.0.0", 1, "::", 1, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneEndpoint) a = make (rows[i].a, rows[i].a_port);
      g_autoptr (SidetoneEndpoint) b = make (rows[i].b, rows[i].b_port);

      g_test_message ("%s and %s", rows[i].a, rows[i].b);
      g_assert_cmpint (sidetone_endpoint_equal (a, b), ==, rows[i].equal);
      g_assert_cmpint (sidetone_endpoint_equal (b, a), ==, rows[i].equal);
      g_assert_cmpint (sidetone_endpoint_equal_address (a, b), ==, rows[i].equal_address);
      if (rows[i].equal)
        g_assert_cmpuint (sidetone_endpoint_hash (a), ==, sidetone_endpoint_hash (b));
    }
}

/* The server's view has no transport. */
static void
test_equal_transport (void)
{
  g_autoptr (SidetoneEndpoint) tcp = make ("192.0.2.1", 1);
  g_autoptr (SidetoneEndpoint) udp = NULL;

  udp = sidetone_endpoint_new (sidetone_endpoint_get_address (tcp), 1, SIDETONE_TRANSPORT_UDP);

  g_assert_true (sidetone_endpoint_equal (tcp, udp));
  g_assert_cmpuint (sidetone_endpoint_hash (tcp), ==, sidetone_endpoint_hash (udp));
}

static void
test_socket_address (void)
{
  g_autoptr (GInetAddress) link_local = g_inet_address_new_from_string ("fe80::1");
  g_autoptr (GInetAddress) global = g_inet_address_new_from_string ("2001:db8::1");
  g_autoptr (GSocketAddress) unix_address = g_unix_socket_address_new ("socket");
  const struct
  {
    GInetAddress *address;
    guint32 scope_id;
    const char *formatted;
  } rows[] = {
    { link_local, 2, "[fe80::1%2]:5222" },
    { link_local, 0, "[fe80::1]:5222" },
    { link_local, G_MAXUINT32, "[fe80::1%4294967295]:5222" },
    { global, 2, "[2001:db8::1]:5222" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GSocketAddress) socket_address = NULL;
      g_autoptr (SidetoneEndpoint) endpoint = NULL;
      g_autofree char *formatted = NULL;

      socket_address = g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address", rows[i].address, "port",
                                     5222, "scope-id", rows[i].scope_id, NULL);
      endpoint = sidetone_endpoint_new_from_socket_address (socket_address, SIDETONE_TRANSPORT_TCP);
      formatted = sidetone_endpoint_format (endpoint);
      g_assert_cmpstr (formatted, ==, rows[i].formatted);
    }

  g_assert_null (sidetone_endpoint_new_from_socket_address (unix_address, SIDETONE_TRANSPORT_TCP));
}

static void
test_boxed (void)
{
  g_autoptr (SidetoneEndpoint) endpoint = make ("192.0.2.1", 1);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, SIDETONE_TYPE_ENDPOINT);
  g_value_set_boxed (&value, endpoint);
  g_assert_true (g_value_get_boxed (&value) == endpoint);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/endpoint/read", test_read);
  g_test_add_func ("/endpoint/refused", test_refused);
  g_test_add_func ("/endpoint/fold", test_fold);
  g_test_add_func ("/endpoint/equal", test_equal);
  g_test_add_func ("/endpoint/equal-transport", test_equal_transport);
  g_test_add_func ("/endpoint/socket-address", test_socket_address);
  g_test_add_func ("/endpoint/boxed", test_boxed);

  return g_test_run ();
}
