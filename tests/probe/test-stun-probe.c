/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/deadlines.h"
#include "base/error.h"
#include "calls.h"
#include "lib/clock.h"
#include "lib/stranger.h"
#include "probes/call-servers.h"
#include "probes/stun-probe.h"
#include "seen/stun.h"

/* Announced STUN servers, asked by the probe: which, when, and the observations */

static void
test_answer (void)
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_BINDING, .fault = SIDETONE_TEST_RELAY_REWRITTEN,
  };
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
  g_autofree char *peer = NULL;
  g_autofree char *service = NULL;
  g_autofree char *other = NULL;
  g_autofree char *origin = NULL;
  SidetoneTestCalls calls;
  SidetoneObservation *stun;
  const SidetoneStunSeen *seen;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  /* The TURN probe's business */
  sidetone_test_calls_announce_relay (&calls, "turn", server);
  sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());

  sidetone_test_calls_assert (&calls, "stun-1 passed");
  stun = sidetone_test_calls_find (&calls, "stun-1");
  g_assert_cmpint (sidetone_observation_get_kind (stun), ==, SIDETONE_OBSERVATION_STUN);
  g_assert_cmpint (sidetone_observation_get_vantage (stun), ==, SIDETONE_VANTAGE_STUN);
  g_assert_true (sidetone_endpoint_equal (sidetone_observation_get_local (stun),
                                          sidetone_observation_get_seen (stun)));
  seen = sidetone_observation_get_stun (stun);
  peer = sidetone_endpoint_dup_address (seen->peer);
  g_assert_cmpstr (peer, ==, "127.0.0.1");
  g_assert_cmpuint (sidetone_endpoint_get_port (seen->peer), ==,
                    sidetone_test_relay_get_port (server));
  service = sidetone_service_to_text (seen->service);
  g_assert_true (g_str_has_prefix (service, "stun udp turn.lit "));
  g_assert_cmpint (seen->n_sent, ==, 1);
  g_assert_cmpint (seen->rtt_us, >=, 0);
  g_assert_cmpint (sidetone_observation_get_duration_us (stun), >=, seen->rtt_us);
  /* The rewritten address, which the judge compares */
  g_assert_false (sidetone_endpoint_equal (seen->plain, sidetone_observation_get_seen (stun)));
  other = sidetone_endpoint_format (seen->other);
  g_assert_cmpstr (other, ==, "203.0.113.21:3479");
  origin = sidetone_endpoint_format (seen->origin);
  g_assert_cmpstr (origin, ==, "203.0.113.21:3479");
  /* A server can't control the terminal */
  g_assert_null (strchr (seen->software, '\x1b'));
  sidetone_test_calls_clear (&calls);
}

/* Services that can't be tested are observed too, or they would seem to work. */
static void
test_skipped (void)
{
  g_autofree char *peer = NULL;
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce (&calls, "stuns udp " SIDETONE_TEST_HOST " 5349", NULL);
  sidetone_test_calls_announce (&calls, "stun udp gone.lit 3478", NULL);
  sidetone_test_calls_announce (&calls, "stun udp nowhere.lit 3478", NULL);
  /* A link-local address can't be reached without its zone */
  sidetone_test_calls_announce (&calls, "stun udp fe80::1 3478", NULL);
  sidetone_test_calls_place (&calls, "gone.lit", "");
  sidetone_test_calls_place (&calls, "nowhere.lit", "0.0.0.0 :: 224.0.0.1 255.255.255.255 ff02::1");
  sidetone_test_calls_place (&calls, "fe80::1", "fe80::1");
  sidetone_test_calls_set_server (&calls, "fe80::2");
  sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());

  sidetone_test_calls_assert (&calls, "stun-1 skipped dtls, stun-2 skipped no address, "
                              "stun-3 skipped no address, stun-4 skipped no ipv6");
  g_assert_null (sidetone_observation_get_peer (sidetone_test_calls_find (&calls, "stun-2")));
  peer = sidetone_endpoint_dup_address (sidetone_observation_get_peer (
                                          sidetone_test_calls_find (&calls, "stun-4")));
  g_assert_cmpstr (peer, ==, "fe80::1");
  sidetone_test_calls_clear (&calls);
}

/* A server on the internet makes this computer send nothing to itself, nor into its network. A name
 * with a good address, too, is tried there. What the user types is tried anyway. */
static void
test_refused (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  g_autoptr (SidetoneService) typed = sidetone_service_new (&(SidetoneServiceFields) {
    .kind = SIDETONE_SERVICE_STUN, .transport = SIDETONE_TRANSPORT_UDP, .host = "typed.lit",
    .port = sidetone_test_relay_get_port (server), .is_typed = TRUE,
  });
  g_autofree char *peer = NULL;
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_set_server (&calls, "198.51.100.1");
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_test_calls_announce (&calls, "stun udp router.lit 3478", NULL);
  g_ptr_array_add (calls.services, g_steal_pointer (&typed));
  sidetone_test_calls_place (&calls, "router.lit", "0.0.0.0 192.168.1.1 127.0.0.1");
  sidetone_test_calls_place (&calls, "typed.lit", "127.0.0.1");
  sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());

  sidetone_test_calls_assert (&calls, "stun-1 skipped own computer, "
                              "stun-2 skipped private address, stun-3 passed");
  peer = sidetone_endpoint_dup_address (sidetone_observation_get_peer (
                                          sidetone_test_calls_find (&calls, "stun-2")));
  g_assert_cmpstr (peer, ==, "192.168.1.1");
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (server, SIDETONE_TEST_RELAY_BINDING), ==, 1);
  sidetone_test_calls_clear (&calls);
}

/* One address of each family is enough. */
static void
test_first_address (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "127.0.0.1 127.0.0.2 fe80::1 fe80::2");
  sidetone_test_calls_start (&calls, sidetone_stun_probe_new ());
  sidetone_test_calls_wait (&calls);

  sidetone_test_calls_assert (&calls, "stun-1 passed");
  sidetone_test_calls_clear (&calls);
}

/* A list of a hundred services does not make us ask all of them. */
static void
test_too_many (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;
  guint n_skipped = 0;

  sidetone_test_calls_init (&calls);
  for (guint i = 0; i < 100; i++)
    sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());

  g_assert_cmpuint (sidetone_test_relay_get_n_requests (server, SIDETONE_TEST_RELAY_BINDING), ==,
                    SIDETONE_MAX_CALL_SERVERS);
  for (guint i = 1; i <= 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("stun-%u", i);
      SidetoneObservation *stun = sidetone_test_calls_find (&calls, id);

      n_skipped += sidetone_observation_get_stun (stun)->reason == SIDETONE_SKIP_REASON_TOO_MANY;
    }
  g_assert_cmpuint (n_skipped, ==, 100 - SIDETONE_MAX_CALL_SERVERS);
  sidetone_test_calls_clear (&calls);
}

/* All at once, so that the silent ones together take as long as one of them */
static void
test_faults (void)
{
  static const struct
  {
    SidetoneTestRelayFault fault;
    guint code;
  } rows[] = {
    { SIDETONE_TEST_RELAY_SILENT, 0 },
    { SIDETONE_TEST_RELAY_NOISE, 0 },
    { SIDETONE_TEST_RELAY_OTHER_SOURCE, 0 },
    { SIDETONE_TEST_RELAY_NO_ADDRESS, 0 },
    { SIDETONE_TEST_RELAY_ERROR, 500 },
    /* What a relay's answer means is another matter */
    { SIDETONE_TEST_RELAY_ERROR, 401 },
    { SIDETONE_TEST_RELAY_ERROR, 403 },
  };
  SidetoneTestRelay *servers[G_N_ELEMENTS (rows)];
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const SidetoneTestRelayScript script = {
        .method = SIDETONE_TEST_RELAY_BINDING, .fault = rows[i].fault, .code = rows[i].code,
      };

      servers[i] = sidetone_test_relay_new (&script);
      sidetone_test_calls_announce_relay (&calls, "stun", servers[i]);
    }
  sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());

  sidetone_test_calls_assert (&calls, "stun-1 stun-no-answer, stun-2 stun-bad-answer, "
                              "stun-3 stun-wrong-source, stun-4 stun-bad-answer, "
                              "stun-5 stun-failed, stun-6 stun-unauthorized, "
                              "stun-7 stun-failed");
  /* It had a socket nevertheless */
  g_assert_nonnull (sidetone_observation_get_local (sidetone_test_calls_find (&calls, "stun-1")));
  g_assert_null (sidetone_observation_get_seen (sidetone_test_calls_find (&calls, "stun-1")));
  g_assert_cmpint (calls.took_ms, <, 2 * sidetone_deadlines.stun);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    sidetone_test_relay_free (servers[i]);
  sidetone_test_calls_clear (&calls);
}

/* A port of this computer without a TCP listener */
static guint16
find_closed_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_assert_cmpuint (port, >, 0);
  g_socket_listener_close (listener);
  return port;
}

/* Refused is not silent: the server's computer says so. */
static void
test_closed (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  g_autofree char *told_by = NULL;
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  g_clear_pointer (&server, sidetone_test_relay_free);
  sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());

  sidetone_test_calls_assert (&calls, "stun-1 udp-refused");
  g_assert_cmpint (calls.took_ms, <, sidetone_deadlines.stun_retransmission);
  told_by = sidetone_endpoint_dup_address (
    sidetone_observation_get_stun (sidetone_test_calls_find (&calls, "stun-1"))->told_by);
  g_assert_cmpstr (told_by, ==, "127.0.0.1");
  sidetone_test_calls_clear (&calls);
}

static void
test_streams (void)
{
  g_autofree char *tcp = g_strdup_printf ("stun tcp " SIDETONE_TEST_HOST " %u",
                                          find_closed_port ());
  g_autofree char *tls = g_strdup_printf ("stuns tls " SIDETONE_TEST_HOST " %u",
                                          find_closed_port ());
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce (&calls, tcp, NULL);
  sidetone_test_calls_announce (&calls, tls, NULL);
  sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());

  sidetone_test_calls_assert (&calls, "stun-1 connection-refused, stun-2 connection-refused");
  sidetone_test_calls_clear (&calls);
}

/* Something else than STUN over TCP or over TLS, as announced. Another try is worth while only if TLS
 * may be wanted, or may not. */
static void
test_strangers (void)
{
  static const struct
  {
    SidetoneTestStrangerKind kind;
    const char *tcp;
    guint n_tcp;
    const char *tls;
    guint n_tls;
  } rows[] = {
    { SIDETONE_TEST_STRANGER_SILENT, "stun-no-answer", 2, "tls-no-answer", 2 },
    { SIDETONE_TEST_STRANGER_ENDS, "connection-lost", 2, "tls-failed", 2 },
    { SIDETONE_TEST_STRANGER_WEB, "relay-web-server", 1, "relay-web-server", 2 },
    { SIDETONE_TEST_STRANGER_HTML, "relay-web-server", 1, "relay-web-server", 2 },
    { SIDETONE_TEST_STRANGER_BANNER, "stun-bad-answer", 1, "tls-failed", 2 },
    { SIDETONE_TEST_STRANGER_TLS_ALERT, "relay-wants-tls", 1, "certificate-no-chain", 1 },
    { SIDETONE_TEST_STRANGER_TLS_SILENT, "relay-wants-tls", 2, "certificate-no-chain", 1 },
    { SIDETONE_TEST_STRANGER_TLS_ENDS, "relay-wants-tls", 2, "certificate-no-chain", 1 },
    { SIDETONE_TEST_STRANGER_STUN, "passed", 1, "relay-speaks-plain", 2 },
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (rows); i++)
    {
      gboolean is_tls = i % 2 == 1;
      g_autoptr (SidetoneTestStranger) stranger = sidetone_test_stranger_new (rows[i / 2].kind);
      g_autofree char *service = g_strdup_printf ("%s " SIDETONE_TEST_HOST " %u",
                                                  is_tls ? "stuns tls" : "stun tcp",
                                                  sidetone_test_stranger_get_port (stranger));
      g_autofree char *expected = g_strconcat ("stun-1 ", is_tls ? rows[i / 2].tls
                                               : rows[i / 2].tcp, NULL);
      SidetoneTestCalls calls;

      g_test_message ("Row %zu, %s", i / 2, service);
      sidetone_test_calls_init (&calls);
      sidetone_test_calls_announce (&calls, service, NULL);
      sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());
      sidetone_test_calls_assert (&calls, expected);
      g_assert_cmpuint (sidetone_test_stranger_get_n_connections (stranger), ==,
                        is_tls ? rows[i / 2].n_tls : rows[i / 2].n_tcp);
      sidetone_test_calls_clear (&calls);
    }
}

static void
wait_for (SidetoneTestCalls *calls,
          guint              n_observations)
{
  while (sidetone_test_calls_count (calls) < n_observations)
    g_main_context_iteration (NULL, TRUE);
}

/* A host whose lookup takes long holds up only itself. */
static void
test_hosts (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce (&calls, "stun udp slow.lit 3478", NULL);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_test_calls_start (&calls, sidetone_stun_probe_new ());
  g_assert_cmpuint (sidetone_test_calls_count (&calls), ==, 0);

  sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "127.0.0.1");
  wait_for (&calls, 1);
  sidetone_test_calls_assert (&calls, "stun-1 passed");
  g_assert_false (calls.returned);

  sidetone_test_calls_place (&calls, "slow.lit", "");
  sidetone_test_calls_wait (&calls);
  sidetone_test_calls_assert (&calls, "stun-1 passed, stun-2 skipped no address");
  sidetone_test_calls_clear (&calls);
}

static void
test_nothing_announced (void)
{
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_run (&calls, sidetone_stun_probe_new ());
  sidetone_test_calls_assert (&calls, "");
  sidetone_test_calls_clear (&calls);
}

static void
test_cancel (void)
{
  sidetone_test_calls_cancel ("stun", sidetone_stun_probe_new);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  g_test_add_func ("/stun-probe/answer", test_answer);
  g_test_add_func ("/stun-probe/skipped", test_skipped);
  g_test_add_func ("/stun-probe/refused", test_refused);
  g_test_add_func ("/stun-probe/first-address", test_first_address);
  g_test_add_func ("/stun-probe/too-many", test_too_many);
  g_test_add_func ("/stun-probe/faults", test_faults);
  g_test_add_func ("/stun-probe/closed", test_closed);
  g_test_add_func ("/stun-probe/streams", test_streams);
  g_test_add_func ("/stun-probe/strangers", test_strangers);
  g_test_add_func ("/stun-probe/hosts", test_hosts);
  g_test_add_func ("/stun-probe/nothing-announced", test_nothing_announced);
  g_test_add_func ("/stun-probe/cancel", test_cancel);

  return g_test_run ();
}
