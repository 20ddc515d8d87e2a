/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/deadlines.h"
#include "base/error.h"
#include "calls.h"
#include "lib/clock.h"
#include "lib/stranger.h"
#include "net/flow.h"
#include "probes/call-servers.h"
#include "probes/turn-probe.h"
#include "seen/echo.h"
#include "seen/relay.h"
#include "turn/echo-packet.h"
#include "turn/echo.h"

/* Announced TURN servers, tried by the probe: which, the observations, and that no allocation is
 * left */

#define ALLOCATE SIDETONE_TEST_RELAY_ALLOCATE
#define PERMISSION SIDETONE_TEST_RELAY_PERMISSION
#define REFRESH SIDETONE_TEST_RELAY_REFRESH

/* Tries only services at @server, announced @n times */
static void
run (SidetoneTestCalls *calls,
     SidetoneTestRelay *server,
     guint              n)
{
  sidetone_test_calls_init (calls);
  for (guint i = 0; i < n; i++)
    sidetone_test_calls_announce_relay (calls, "turn", server);
  sidetone_test_calls_run (calls, sidetone_turn_probe_new ());
}

static const SidetoneRelaySeen *
get_relay (SidetoneTestCalls *calls,
           const char        *id)
{
  return sidetone_observation_get_relay (sidetone_test_calls_find (calls, id));
}

static const SidetoneEchoSeen *
get_echo (SidetoneTestCalls *calls,
          const char        *id)
{
  return sidetone_observation_get_echo (sidetone_test_calls_find (calls, id));
}

static void
assert_numbers (GArray *numbers,
                gint64  first,
                gint64  second)
{
  g_assert_cmpuint (numbers->len, ==, 2);
  g_assert_cmpint (g_array_index (numbers, gint64, 0), ==, first);
  g_assert_cmpint (g_array_index (numbers, gint64, 1), ==, second);
}

static void
assert_figures (const SidetoneEchoSeen *echo)
{
  g_assert_cmpint (echo->there_sent, ==, SIDETONE_ECHO_PACKETS);
  g_assert_cmpint (echo->there_arrived, ==, SIDETONE_ECHO_PACKETS);
  g_assert_cmpint (echo->back_sent, ==, SIDETONE_ECHO_PACKETS);
  g_assert_cmpint (echo->back_arrived, ==, SIDETONE_ECHO_PACKETS);
  g_assert_cmpint (echo->rtt_us, >=, 0);
  g_assert_cmpint (echo->p95_us, >=, echo->rtt_us);
  g_assert_cmpint (echo->jitter_us, >=, 0);
  g_assert_cmpint (echo->reordered, ==, 0);
  g_assert_cmpint (echo->duplicates, ==, 0);
  g_assert_cmpuint (echo->trips->len, ==, SIDETONE_ECHO_PACKETS);
  assert_numbers (echo->large_sizes, 1200, 1400);
  assert_numbers (echo->large_sent, 5, 5);
  assert_numbers (echo->large_arrived, 5, 5);
  g_assert_cmpint (echo->after_large_sent, ==, SIDETONE_ECHO_AFTER);
  g_assert_cmpint (echo->after_large_arrived, ==, SIDETONE_ECHO_AFTER);
}

/* One allocation and its echo, a second one only for the pair, and nothing of both at the end */
static void
test_lone (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;
  SidetoneObservation *relay, *echo, *pair;
  SidetoneEndpoint *relayed;

  run (&calls, server, 1);
  sidetone_test_calls_assert (&calls, "echo-1 passed, pair-1 passed, relay-1 passed");
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);

  relay = sidetone_test_calls_find (&calls, "relay-1");
  g_assert_cmpint (sidetone_observation_get_vantage (relay), ==, SIDETONE_VANTAGE_RELAY);
  g_assert_true (sidetone_endpoint_equal (sidetone_observation_get_local (relay),
                                          sidetone_observation_get_seen (relay)));
  g_assert_cmpint (get_relay (&calls, "relay-1")->family, ==, 4);
  g_assert_cmpint (get_relay (&calls, "relay-1")->lifetime_s, ==, 600);
  g_assert_cmpint (get_relay (&calls, "relay-1")->rtt_us, >=, 0);
  g_assert_cmpint (sidetone_endpoint_get_port (get_relay (&calls, "relay-1")->peer), ==,
                   sidetone_test_relay_get_port (server));
  g_assert_true (sidetone_service_has_credentials (get_relay (&calls, "relay-1")->service));
  g_assert_null (sidetone_service_get_password (get_relay (&calls, "relay-1")->service));

  echo = sidetone_test_calls_find (&calls, "echo-1");
  g_assert_cmpstr (get_echo (&calls, "echo-1")->relay, ==, "relay-1");
  g_assert_null (get_echo (&calls, "echo-1")->other_relay);
  relayed = get_relay (&calls, "relay-1")->relayed;
  g_assert_true (sidetone_endpoint_equal (get_echo (&calls, "echo-1")->relayed, relayed));
  g_assert_true (sidetone_endpoint_equal (get_echo (&calls, "echo-1")->source, relayed));
  /* The second socket is not the one of the allocation */
  g_assert_true (sidetone_endpoint_equal (get_echo (&calls, "echo-1")->mapped,
                                          sidetone_observation_get_seen (echo)));
  g_assert_false (sidetone_endpoint_equal (sidetone_observation_get_local (echo),
                                           sidetone_observation_get_local (relay)));
  assert_figures (get_echo (&calls, "echo-1"));

  pair = sidetone_test_calls_find (&calls, "pair-1");
  g_assert_cmpint (sidetone_observation_get_kind (pair), ==, SIDETONE_OBSERVATION_ECHO);
  g_assert_null (sidetone_observation_get_local (pair));
  g_assert_null (get_echo (&calls, "pair-1")->mapped);
  g_assert_cmpstr (get_echo (&calls, "pair-1")->relay, ==, "relay-1");
  g_assert_cmpstr (get_echo (&calls, "pair-1")->other_relay, ==, "relay-1b");
  /* From one relayed address to the other */
  g_assert_true (sidetone_endpoint_equal_address (sidetone_observation_get_seen (pair), relayed));
  g_assert_false (sidetone_endpoint_equal (sidetone_observation_get_seen (pair), relayed));
  assert_figures (get_echo (&calls, "pair-1"));

  /* In parallel, not in sequence */
  g_assert_cmpint (sidetone_observation_get_start_us (pair), <,
                   sidetone_observation_get_start_us (echo) +
                   sidetone_observation_get_duration_us (echo));
  sidetone_test_calls_clear (&calls);
}

/* The first two are paired, and no further one is borrowed. */
static void
test_several (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;

  run (&calls, server, 3);
  sidetone_test_calls_assert (&calls, "echo-1 passed, echo-2 passed, echo-3 passed, pair-1 passed, "
                              "relay-1 passed, relay-2 passed, relay-3 passed");
  g_assert_cmpstr (get_echo (&calls, "pair-1")->relay, !=,
                   get_echo (&calls, "pair-1")->other_relay);
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (server, ALLOCATE), ==, 2 * 3);
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (server, REFRESH), ==, 3);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  sidetone_test_calls_clear (&calls);
}

/* Two hosts have a pair each: the path between them is not the server's. */
static void
test_hosts (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  g_autofree char *other = g_strdup_printf ("turn udp 127.0.0.1 %u credentials",
                                            sidetone_test_relay_get_port (server));
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "turn", server);
  sidetone_test_calls_announce (&calls, other, SIDETONE_TEST_RELAY_PASSWORD);
  sidetone_test_calls_place (&calls, "127.0.0.1", "127.0.0.1");
  sidetone_test_calls_run (&calls, sidetone_turn_probe_new ());

  sidetone_test_calls_assert (&calls, "echo-1 passed, echo-2 passed, pair-1 passed, pair-2 passed, "
                              "relay-1 passed, relay-2 passed");
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  sidetone_test_calls_clear (&calls);
}

static void
test_skipped (void)
{
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce (&calls, "turn udp " SIDETONE_TEST_HOST " 3478", NULL);
  sidetone_test_calls_announce (&calls, "turn tcp " SIDETONE_TEST_HOST " 3478 restricted", NULL);
  sidetone_test_calls_announce (&calls, "turns udp " SIDETONE_TEST_HOST " 5349 credentials",
                                SIDETONE_TEST_RELAY_PASSWORD);
  sidetone_test_calls_announce (&calls, "turn udp gone.lit 3478 credentials",
                                SIDETONE_TEST_RELAY_PASSWORD);
  sidetone_test_calls_announce (&calls, "turn tcp fe80::1 3478 credentials",
                                SIDETONE_TEST_RELAY_PASSWORD);
  sidetone_test_calls_place (&calls, "gone.lit", "");
  sidetone_test_calls_place (&calls, "fe80::1", "fe80::1");
  sidetone_test_calls_set_server (&calls, "fe80::2");
  sidetone_test_calls_run (&calls, sidetone_turn_probe_new ());

  sidetone_test_calls_assert (&calls, "relay-1 skipped no credentials, "
                              "relay-2 skipped no credentials, relay-3 skipped dtls, "
                              "relay-4 skipped no address, relay-5 skipped no ipv6");
  sidetone_test_calls_clear (&calls);
}

static void
test_too_many (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;

  run (&calls, server, SIDETONE_MAX_CALL_SERVERS + 2);
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (server, ALLOCATE), ==,
                    2 * SIDETONE_MAX_CALL_SERVERS);
  g_assert_cmpint (get_relay (&calls, "relay-9")->reason, ==, SIDETONE_SKIP_REASON_TOO_MANY);
  g_assert_cmpint (get_relay (&calls, "relay-10")->reason, ==, SIDETONE_SKIP_REASON_TOO_MANY);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  sidetone_test_calls_clear (&calls);
}

static void
test_faults (void)
{
  static const struct
  {
    SidetoneTestRelayScript script;
    const char *observations;
  } rows[] = {
    { { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 486 },
      "relay-1 turn-quota" },
    { { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 401 },
      "relay-1 turn-unauthorized" },
    /* It names no other one */
    { { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 300 },
      "relay-1 turn-try-alternate" },
    { { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 440 },
      "relay-1 turn-family-unsupported" },
    { { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_NO_ADDRESS }, "relay-1 stun-bad-answer" },
    { { .method = PERMISSION, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 403 },
      "echo-1 turn-forbidden, pair-1 turn-forbidden, relay-1 passed" },
    /* It makes an allocation, and passes nothing on */
    { { .method = PERMISSION, .fault = SIDETONE_TEST_RELAY_DEAF },
      "echo-1 relay-silent, pair-1 relay-silent, relay-1 passed" },
    /* One is enough for a call: a missing second one is not observed */
    { { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 486, .n_good = 1 },
      "echo-1 passed, relay-1 passed" },
    { { .n_stale = 1 }, "echo-1 passed, pair-1 passed, relay-1 passed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&rows[i].script);
      SidetoneTestCalls calls;

      g_test_message ("Row %zu", i);
      run (&calls, server, 1);
      sidetone_test_calls_assert (&calls, rows[i].observations);
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
      sidetone_test_calls_clear (&calls);
    }
}

/* No report has the credentials, not even where a relay quotes them. */
static void
test_quotes (void)
{
  const SidetoneTestRelayScript script = {
    .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 486, .quotes = TRUE,
  };
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
  SidetoneObservation *relay;
  SidetoneTestCalls calls;

  run (&calls, server, 1);
  relay = sidetone_test_calls_find (&calls, "relay-1");
  g_assert_cmpstr (sidetone_observation_get_error (relay)->message, ==,
                   "486 Reason 486 for ••• with •••");
  sidetone_test_calls_clear (&calls);
}

static void
test_wrong_password (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  g_autofree char *text = g_strdup_printf ("turn udp " SIDETONE_TEST_HOST " %u credentials",
                                           sidetone_test_relay_get_port (server));
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce (&calls, text, "another-password");
  sidetone_test_calls_run (&calls, sidetone_turn_probe_new ());
  sidetone_test_calls_assert (&calls, "relay-1 turn-unauthorized");
  sidetone_test_calls_clear (&calls);
}

/* The server names another one, which is asked once. */
static void
test_alternate (void)
{
  static const struct
  {
    const char *address;
    SidetoneTestRelayScript other;
    const char *observations;
  } rows[] = {
    { "127.0.0.1", { 0 }, "echo-1 passed, pair-1 passed, relay-1 passed" },
    { "127.0.0.1", { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_SILENT },
      "relay-1 turn-alternate-silent" },
    { "127.0.0.1", { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 300,
                     .alternate = "127.0.0.1", .alternate_port = 9 },
      "relay-1 turn-alternate-again" },
    { "127.0.0.1", { .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 486 },
      "relay-1 turn-quota" },
    /* A server at this address may not send us there. */
    { "10.0.0.1", { 0 }, "relay-1 turn-alternate-refused" },
    { "::1", { 0 }, "relay-1 turn-alternate-refused" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneTestRelay) other = sidetone_test_relay_new (&rows[i].other);
      guint16 port = sidetone_test_relay_get_port (other);
      const SidetoneTestRelayScript script = {
        .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 300,
        .alternate = rows[i].address, .alternate_port = port,
      };
      g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
      g_autofree char *alternate = NULL;
      SidetoneTestCalls calls;

      g_test_message ("Row %zu", i);
      run (&calls, server, 1);
      sidetone_test_calls_assert (&calls, rows[i].observations);
      g_assert_cmpint (sidetone_endpoint_get_port (get_relay (&calls, "relay-1")->peer), ==,
                       sidetone_test_relay_get_port (server));
      alternate = sidetone_endpoint_dup_address (get_relay (&calls, "relay-1")->alternate);
      g_assert_cmpstr (alternate, ==, rows[i].address);
      g_assert_cmpint (sidetone_endpoint_get_port (get_relay (&calls, "relay-1")->alternate), ==,
                       port);
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (other), ==, 0);
      g_assert_cmpint (calls.took_ms, <, sidetone_deadlines.relay);
      sidetone_test_calls_clear (&calls);
    }
}

/* Something else than a relay listens there. */
static void
test_strangers (void)
{
  static const struct
  {
    SidetoneTestStrangerKind kind;
    const char *service;
    const char *observations;
  } rows[] = {
    { SIDETONE_TEST_STRANGER_TLS_SILENT, "turn tcp", "relay-1 relay-wants-tls" },
    { SIDETONE_TEST_STRANGER_TLS_ENDS, "turn tcp", "relay-1 relay-wants-tls" },
    { SIDETONE_TEST_STRANGER_STUN, "turns tls", "relay-1 relay-speaks-plain" },
    { SIDETONE_TEST_STRANGER_WEB, "turn tcp", "relay-1 relay-web-server" },
    { SIDETONE_TEST_STRANGER_SILENT, "turn tcp", "relay-1 stun-no-answer" },
    { SIDETONE_TEST_STRANGER_ENDS, "turns tls", "relay-1 tls-failed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneTestStranger) stranger = sidetone_test_stranger_new (rows[i].kind);
      g_autofree char *text = g_strdup_printf ("%s " SIDETONE_TEST_HOST " %u credentials",
                                               rows[i].service,
                                               sidetone_test_stranger_get_port (stranger));
      SidetoneTestCalls calls;

      g_test_message ("Row %zu", i);
      sidetone_test_calls_init (&calls);
      sidetone_test_calls_announce (&calls, text, SIDETONE_TEST_RELAY_PASSWORD);
      sidetone_test_calls_run (&calls, sidetone_turn_probe_new ());
      sidetone_test_calls_assert (&calls, rows[i].observations);
      g_assert_cmpint (calls.took_ms, <=, sidetone_deadlines.relay + sidetone_deadlines.stranger);
      sidetone_test_calls_clear (&calls);
    }
}

/* Missing packets have no figures. */
static void
test_deaf (void)
{
  const SidetoneTestRelayScript script = {
    .method = PERMISSION, .fault = SIDETONE_TEST_RELAY_DEAF,
  };
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
  SidetoneTestCalls calls;

  run (&calls, server, 1);
  g_assert_cmpint (get_echo (&calls, "echo-1")->there_sent, ==, SIDETONE_BUDGET_UNANSWERED);
  g_assert_cmpint (get_echo (&calls, "echo-1")->there_arrived, ==, 0);
  g_assert_cmpint (get_echo (&calls, "echo-1")->back_sent, ==, 0);
  g_assert_cmpint (get_echo (&calls, "echo-1")->rtt_us, ==, SIDETONE_NOT_SEEN);
  g_assert_cmpint (get_echo (&calls, "echo-1")->jitter_us, ==, SIDETONE_NOT_SEEN);
  g_assert_null (get_echo (&calls, "echo-1")->source);
  g_assert_null (sidetone_observation_get_seen (sidetone_test_calls_find (&calls, "echo-1")));
  /* From this the judge knows that the line is not at fault */
  g_assert_nonnull (get_echo (&calls, "echo-1")->mapped);
  /* Large ones were not sent. */
  g_assert_null (get_echo (&calls, "echo-1")->large_sent);
  sidetone_test_calls_clear (&calls);
}

/* A server that only relays holds nothing up: the second socket's reflexive address is guessed. */
static void
test_without_binding (void)
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_BINDING, .fault = SIDETONE_TEST_RELAY_SILENT,
  };
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
  SidetoneTestCalls calls;

  run (&calls, server, 1);
  sidetone_test_calls_assert (&calls, "echo-1 passed, pair-1 passed, relay-1 passed");
  g_assert_null (get_echo (&calls, "echo-1")->mapped);
  g_assert_cmpint (calls.took_ms, <, sidetone_deadlines.stun);
  sidetone_test_calls_clear (&calls);
}

/* One of two servers at one host is silent: the other does not wait for it. */
static void
test_silent (void)
{
  const SidetoneTestRelayScript script = {
    .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_SILENT,
  };
  g_autoptr (SidetoneTestRelay) good = sidetone_test_relay_new (NULL);
  g_autoptr (SidetoneTestRelay) silent = sidetone_test_relay_new (&script);
  SidetoneTestCalls calls;
  gint64 pair_us;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "turn", good);
  sidetone_test_calls_announce_relay (&calls, "turn", silent);
  sidetone_test_calls_run (&calls, sidetone_turn_probe_new ());

  sidetone_test_calls_assert (&calls, "echo-1 passed, pair-1 passed, relay-1 passed, "
                              "relay-2 turn-no-answer");
  g_assert_cmpstr (get_echo (&calls, "pair-1")->other_relay, ==, "relay-1b");
  pair_us = sidetone_observation_get_start_us (sidetone_test_calls_find (&calls, "pair-1"));
  g_assert_cmpint (pair_us, <, sidetone_deadlines.stun * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (calls.took_ms, <, sidetone_deadlines.relay + sidetone_deadlines.release);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (good), ==, 0);
  sidetone_test_calls_clear (&calls);
}

/* Another announced allocation comes after one was borrowed, and before that is there: the borrowed
 * one has no use left, and makes no second pair under the first one's ID. */
static void
test_late_partner (void)
{
  const SidetoneTestRelayScript slow_second = {
    .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_SILENT, .n_good = 1, .n_faults = 2,
  };
  const SidetoneTestRelayScript slow = {
    .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_SILENT, .n_faults = 2,
  };
  g_autoptr (SidetoneTestRelay) first = sidetone_test_relay_new (&slow_second);
  g_autoptr (SidetoneTestRelay) late = sidetone_test_relay_new (&slow);
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "turn", first);
  sidetone_test_calls_announce_relay (&calls, "turn", late);
  sidetone_test_calls_run (&calls, sidetone_turn_probe_new ());

  sidetone_test_calls_assert (&calls, "echo-1 passed, echo-2 passed, pair-1 passed, "
                              "relay-1 passed, relay-2 passed");
  g_assert_cmpstr (get_echo (&calls, "pair-1")->other_relay, ==, "relay-2");
  /* The borrowed one was there in the end, and was deleted. */
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (first, REFRESH), ==, 2);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (first), ==, 0);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (late), ==, 0);
  sidetone_test_calls_clear (&calls);
}

/* The observation is made before the allocation is deleted, which has a deadline. */
static void
test_release (void)
{
  const SidetoneTestRelayScript script = {
    .method = REFRESH, .fault = SIDETONE_TEST_RELAY_SILENT,
  };
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "turn", server);
  sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "127.0.0.1");
  sidetone_test_calls_start (&calls, sidetone_turn_probe_new ());
  while (sidetone_test_relay_get_n_requests (server, REFRESH) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (calls.returned);
  /* The two run in parallel: either may end first */
  g_assert_true (sidetone_test_calls_find (&calls, "echo-1") != NULL ||
                 sidetone_test_calls_find (&calls, "pair-1") != NULL);

  sidetone_test_calls_wait (&calls);
  g_assert_true (calls.completed);
  sidetone_test_calls_assert (&calls, "echo-1 passed, pair-1 passed, relay-1 passed");
  g_assert_cmpint (calls.took_ms, <, 3 * sidetone_deadlines.release);
  sidetone_test_calls_clear (&calls);
}

/* A server with an IPv6 address, and only IPv4 relays. It can't tell the second socket's IPv4
 * address, so packets from there are not let in; two relays reach each other. */
static void
test_other_family (void)
{
  const SidetoneTestRelayScript script = { .family = G_SOCKET_FAMILY_IPV6 };
  g_autoptr (SidetoneEndpoint) loopback = sidetone_endpoint_new_from_string (
    "::1", 9, SIDETONE_TRANSPORT_UDP, NULL);
  g_autoptr (SidetoneTestRelay) server = NULL;
  g_autofree char *peer = NULL;
  g_autofree char *relayed = NULL;
  SidetoneTestCalls calls;

  if (!sidetone_flow_can_reach (loopback))
    {
      g_test_skip ("This computer has no IPv6, not even of its own");
      return;
    }

  server = sidetone_test_relay_new (&script);
  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "turn", server);
  sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "::1");
  sidetone_test_calls_start (&calls, sidetone_turn_probe_new ());
  sidetone_test_calls_wait (&calls);

  sidetone_test_calls_assert (&calls, "pair-1 passed, relay-1 passed");
  g_assert_cmpint (get_relay (&calls, "relay-1")->family, ==, 4);
  peer = sidetone_endpoint_dup_address (get_relay (&calls, "relay-1")->peer);
  g_assert_cmpstr (peer, ==, "::1");
  relayed = sidetone_endpoint_dup_address (get_relay (&calls, "relay-1")->relayed);
  g_assert_cmpstr (relayed, ==, "127.0.0.1");
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  sidetone_test_calls_clear (&calls);
}

/* The state at the cancel */
typedef enum
{
  BEFORE,
  LOOKING_UP,
  CHALLENGED,
  ALLOCATING,
  PERMITTING,
  SENDING,
  WAITING_FOR_ANOTHER,
  RELEASING,
  N_STATES,
} State;

static gboolean
is_reached (State              state,
            SidetoneTestRelay *server)
{
  switch (state)
    {
    case BEFORE:
    case LOOKING_UP:
    case N_STATES:
      return TRUE;

    case CHALLENGED:
      return sidetone_test_relay_get_n_requests (server, ALLOCATE) >= 1;

    case ALLOCATING:
      return sidetone_test_relay_get_n_requests (server, ALLOCATE) >= 2;

    case PERMITTING:
      return sidetone_test_relay_get_n_requests (server, PERMISSION) >= 1;

    case SENDING:
      return sidetone_test_relay_get_longest (server) > SIDETONE_ECHO_AUDIO_SIZE;

    case WAITING_FOR_ANOTHER:
      return sidetone_test_relay_get_n_requests (server, PERMISSION) >= 1;

    case RELEASING:
      return sidetone_test_relay_get_n_requests (server, REFRESH) >= 1;
    }

  g_assert_not_reached ();
}

/* At once, in any state; nothing is left at the server, and nothing is observed. */
static void
test_cancel (void)
{
  const SidetoneTestRelayScript silent_script = {
    .method = ALLOCATE, .fault = SIDETONE_TEST_RELAY_SILENT,
  };

  for (State state = BEFORE; state < N_STATES; state++)
    {
      const SidetoneTestRelayScript script = {
        .method = PERMISSION, .code = 403,
        .fault = state == WAITING_FOR_ANOTHER ? SIDETONE_TEST_RELAY_ERROR
                 : SIDETONE_TEST_RELAY_GOOD,
      };
      g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
      g_autoptr (SidetoneTestRelay) silent = sidetone_test_relay_new (&silent_script);
      SidetoneTestCalls calls;
      gint64 start;
      guint n_before;

      g_test_message ("State %d", state);
      sidetone_test_calls_init (&calls);
      sidetone_test_calls_announce_relay (&calls, "turn", server);
      if (state == WAITING_FOR_ANOTHER)
        sidetone_test_calls_announce_relay (&calls, "turn", silent);
      if (state == BEFORE)
        g_cancellable_cancel (calls.cancellable);
      if (state != LOOKING_UP)
        sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "127.0.0.1");
      sidetone_test_calls_start (&calls, sidetone_turn_probe_new ());
      while (!is_reached (state, server))
        g_main_context_iteration (NULL, TRUE);
      /* The echo is over, and there is no partner yet */
      while (state == WAITING_FOR_ANOTHER && sidetone_test_calls_find (&calls, "echo-1") == NULL)
        g_main_context_iteration (NULL, TRUE);

      n_before = sidetone_test_calls_count (&calls);
      start = g_get_monotonic_time ();
      g_assert_false (calls.returned);
      g_cancellable_cancel (calls.cancellable);
      sidetone_test_calls_wait (&calls);

      g_assert_false (calls.completed);
      g_assert_cmpuint (sidetone_test_calls_count (&calls), ==, n_before);
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
      /* A server that is up confirms the deletion at once; for a silent one there is a deadline. */
      g_assert_cmpint (g_get_monotonic_time () - start, <,
                       (sidetone_deadlines.release + 1000) * G_TIME_SPAN_MILLISECOND);
      sidetone_test_calls_clear (&calls);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  g_test_add_func ("/turn-probe/lone", test_lone);
  g_test_add_func ("/turn-probe/several", test_several);
  g_test_add_func ("/turn-probe/hosts", test_hosts);
  g_test_add_func ("/turn-probe/skipped", test_skipped);
  g_test_add_func ("/turn-probe/too-many", test_too_many);
  g_test_add_func ("/turn-probe/faults", test_faults);
  g_test_add_func ("/turn-probe/quotes", test_quotes);
  g_test_add_func ("/turn-probe/wrong-password", test_wrong_password);
  g_test_add_func ("/turn-probe/alternate", test_alternate);
  g_test_add_func ("/turn-probe/strangers", test_strangers);
  g_test_add_func ("/turn-probe/deaf", test_deaf);
  g_test_add_func ("/turn-probe/without-binding", test_without_binding);
  g_test_add_func ("/turn-probe/silent", test_silent);
  g_test_add_func ("/turn-probe/late-partner", test_late_partner);
  g_test_add_func ("/turn-probe/release", test_release);
  g_test_add_func ("/turn-probe/other-family", test_other_family);
  g_test_add_func ("/turn-probe/cancel", test_cancel);

  return g_test_run ();
}
