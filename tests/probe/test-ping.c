/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Pings, in a network namespace of the test's own: there it decides who may ping, and which router is
 * the next one. */

#include "config.h"

#include "net/gateway.h"
#include "net/ping.h"

#include <fcntl.h>
#include <string.h>
#include <sched.h>
#include <unistd.h>

#define N_PINGS 20

static void
write_file (const char *path,
            const char *text)
{
  int file = open (path, O_WRONLY);

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (write (file, text, strlen (text)), ==, strlen (text));
  close (file);
}

static void
run (const char *command)
{
  int status = 0;
  g_autoptr (GError) error = NULL;

  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* In it this process is root. Returns: whether it could be made; a sandbox may forbid it */
static gboolean
enter_namespace (void)
{
  g_autofree char *user = g_strdup_printf ("0 %u 1\n", geteuid ());
  g_autofree char *group = g_strdup_printf ("0 %u 1\n", getegid ());

  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0)
    return FALSE;

  write_file ("/proc/self/setgroups", "deny");
  write_file ("/proc/self/uid_map", user);
  write_file ("/proc/self/gid_map", group);
  run ("ip link set lo up");

  return TRUE;
}

static GInetSocketAddress *
parse (const char *address)
{
  return G_INET_SOCKET_ADDRESS (g_inet_socket_address_new_from_string (address, 0));
}

static void
wait_for_answers (SidetonePing *ping,
                  guint         n_answers)
{
  while (sidetone_trips_get_n_arrived (sidetone_ping_get_trips (ping)) < n_answers)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_answered (gconstpointer data)
{
  g_autoptr (GInetSocketAddress) host = parse (data);
  g_autoptr (SidetonePing) ping = NULL;
  SidetoneTrips *trips;

  ping = sidetone_ping_new (host, 1, N_PINGS);
  g_assert_nonnull (ping);
  wait_for_answers (ping, N_PINGS);

  trips = sidetone_ping_get_trips (ping);
  g_assert_true (sidetone_ping_is_stopped (ping));
  g_assert_cmpuint (sidetone_trips_get_n_sent (trips), ==, N_PINGS);
  for (guint i = 1; i < N_PINGS; i++)
    g_assert_cmpint (sidetone_trips_get_sent (trips, i), >=, sidetone_trips_get_sent (trips, i - 1));
  g_assert_cmpuint (sidetone_ping_count_settled (ping, 0), ==, N_PINGS);
  g_assert_cmpuint (sidetone_ping_count_settled (ping, 3600 * 1000), ==, 0);
}

/* Two at once, with the same numbers, don't take each other's answers. */
static void
test_two (void)
{
  g_autoptr (GInetSocketAddress) host = parse ("127.0.0.1");
  g_autoptr (SidetonePing) one = NULL;
  g_autoptr (SidetonePing) other = NULL;

  one = sidetone_ping_new (host, 1, N_PINGS);
  other = sidetone_ping_new (host, 1, N_PINGS);
  wait_for_answers (one, N_PINGS);
  wait_for_answers (other, N_PINGS);
  g_assert_cmpuint (sidetone_trips_get_n_duplicates (sidetone_ping_get_trips (one)), ==, 0);
  g_assert_cmpuint (sidetone_trips_get_n_duplicates (sidetone_ping_get_trips (other)), ==, 0);
}

/* None is sent after that. */
static void
test_stopped (void)
{
  g_autoptr (GInetSocketAddress) host = parse ("127.0.0.1");
  g_autoptr (SidetonePing) ping = NULL;
  guint n_sent;

  ping = sidetone_ping_new (host, 1, 1000);
  wait_for_answers (ping, 3);
  sidetone_ping_stop (ping);
  n_sent = sidetone_trips_get_n_sent (sidetone_ping_get_trips (ping));
  wait_for_answers (ping, n_sent);
  g_assert_cmpuint (sidetone_trips_get_n_sent (sidetone_ping_get_trips (ping)), ==, n_sent);
}

/* A new namespace allows nobody. */
static void
check_forbidden (void)
{
  g_autoptr (GInetSocketAddress) host = parse ("127.0.0.1");

  g_assert_null (sidetone_ping_new (host, 1, N_PINGS));
}

static void
assert_gateway (const char *towards,
                const char *expected)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (towards);
  g_autoptr (GInetSocketAddress) gateway = NULL;
  g_autofree char *interface = NULL;
  g_autofree char *found = NULL;

  gateway = sidetone_gateway_find (address, &interface);
  if (expected == NULL)
    {
      g_assert_null (gateway);
      g_assert_null (interface);
      return;
    }

  g_assert_nonnull (gateway);
  found = g_inet_address_to_string (g_inet_socket_address_get_address (gateway));
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (interface, ==, "here");
  if (g_inet_address_get_is_link_local (g_inet_socket_address_get_address (gateway)))
    g_assert_cmpuint (g_inet_socket_address_get_scope_id (gateway), >, 0);
}

static void
test_gateway (void)
{
  run ("ip link add here type veth peer name there");
  run ("ip link set there up");
  run ("ip link set here up");
  assert_gateway ("203.0.113.1", NULL);

  run ("ip address add 192.168.1.10/24 dev here");
  run ("ip address add 2001:db8::10/64 dev here nodad");
  run ("ip route add default via 192.168.1.1");
  run ("ip -6 route add default via fe80::1 dev here");
  assert_gateway ("203.0.113.1", "192.168.1.1");
  assert_gateway ("2001:db8:113::1", "fe80::1");
  assert_gateway ("192.168.1.20", NULL);
  assert_gateway ("127.0.0.1", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!enter_namespace ())
    {
      g_print ("1..0 # SKIP no network namespace can be made here\n");
      return 0;
    }
  check_forbidden ();
  write_file ("/proc/sys/net/ipv4/ping_group_range", "0 0");

  g_test_add_data_func ("/ping/answered/ipv4", "127.0.0.1", test_answered);
  g_test_add_data_func ("/ping/answered/ipv6", "::1", test_answered);
  g_test_add_func ("/ping/two", test_two);
  g_test_add_func ("/ping/stopped", test_stopped);
  g_test_add_func ("/gateway", test_gateway);

  return g_test_run ();
}
