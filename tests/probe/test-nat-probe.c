/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/error.h"
#include "calls.h"
#include "lib/clock.h"
#include "probes/nat-probe.h"
#include "seen/nat.h"

/* What the probe asks of announced servers, and its observations. test-nat tests the results: here
 * everything is on this computer, without a NAT. */

static void
test_told (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  g_autofree char *expected = NULL;
  g_autofree char *local = NULL;
  SidetoneTestCalls calls;
  SidetoneObservation *nat;
  const SidetoneNatSeen *seen;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_test_calls_announce_relay (&calls, "turn", server);
  sidetone_test_calls_run (&calls, sidetone_nat_probe_new ());

  sidetone_test_calls_assert (&calls, "nat-4 passed");
  nat = sidetone_test_calls_find (&calls, "nat-4");
  g_assert_cmpint (sidetone_observation_get_kind (nat), ==, SIDETONE_OBSERVATION_NAT);
  g_assert_cmpint (sidetone_observation_get_vantage (nat), ==, SIDETONE_VANTAGE_COMPUTER);
  seen = sidetone_observation_get_nat (nat);
  g_assert_cmpint (seen->mapping, ==, SIDETONE_NAT_MAPPING_UNKNOWN);
  g_assert_cmpint (seen->mapping_reason, ==, SIDETONE_NAT_REASON_SAME_NETWORK);
  g_assert_cmpint (seen->filtering_reason, ==, SIDETONE_NAT_REASON_SAME_NETWORK);
  g_assert_cmpint (seen->hairpinning_reason, ==, SIDETONE_NAT_REASON_SAME_NETWORK);

  /* A single viewpoint, because both services are at the same address */
  local = sidetone_endpoint_format (sidetone_observation_get_local (nat));
  expected = g_strdup_printf ("127.0.0.1:%u seen %s", sidetone_test_relay_get_port (server), local);
  g_assert_cmpstr (seen->views[0], ==, expected);
  g_assert_null (seen->views[1]);
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (server, SIDETONE_TEST_RELAY_BINDING), ==, 1);
  sidetone_test_calls_clear (&calls);
}

static void
test_silence (void)
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_BINDING, .fault = SIDETONE_TEST_RELAY_SILENT,
  };
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
  SidetoneTestCalls calls;
  const SidetoneNatSeen *seen;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "turn", server);
  sidetone_test_calls_run (&calls, sidetone_nat_probe_new ());

  sidetone_test_calls_assert (&calls, "nat-4 stun-no-answer");
  seen = sidetone_observation_get_nat (sidetone_test_calls_find (&calls, "nat-4"));
  g_assert_cmpint (seen->mapping_reason, ==, SIDETONE_NAT_REASON_NO_ANSWER);
  g_assert_cmpint (seen->filtering_reason, ==, SIDETONE_NAT_REASON_NO_ANSWER);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  sidetone_test_calls_clear (&calls);
}

/* Without a server over UDP there is no observation */
static void
test_nobody_to_ask (void)
{
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce (&calls, "turn tcp " SIDETONE_TEST_HOST " 3478", "password");
  sidetone_test_calls_announce (&calls, "stuns udp " SIDETONE_TEST_HOST " 5349", NULL);
  sidetone_test_calls_announce (&calls, "stun udp gone.lit 3478", NULL);
  sidetone_test_calls_place (&calls, "gone.lit", "");
  sidetone_test_calls_run (&calls, sidetone_nat_probe_new ());
  sidetone_test_calls_assert (&calls, "");
  sidetone_test_calls_clear (&calls);
}

/* Each address of a host is a viewpoint, except special ones. */
static void
test_addresses (void)
{
  const SidetoneTestRelayScript script = { .host = 1, .other_host = 2 };
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST,
                             "127.0.0.1 127.0.0.2 0.0.0.0 224.0.0.1 192.168.255.254");
  sidetone_test_calls_start (&calls, sidetone_nat_probe_new ());
  while (sidetone_test_relay_get_n_requests (server, SIDETONE_TEST_RELAY_BINDING) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (calls.cancellable);
  sidetone_test_calls_wait (&calls);
  sidetone_test_calls_clear (&calls);
}

/* A host whose lookup takes long does not hold it up */
static void
test_hosts (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce (&calls, "stun udp slow.lit 3478", NULL);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "127.0.0.1");
  sidetone_test_calls_start (&calls, sidetone_nat_probe_new ());
  sidetone_test_calls_wait (&calls);
  sidetone_test_calls_assert (&calls, "nat-4 passed");
  sidetone_test_calls_clear (&calls);
}

static void
test_cancel (void)
{
  sidetone_test_calls_cancel ("turn", sidetone_nat_probe_new);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  g_test_add_func ("/nat-probe/told", test_told);
  g_test_add_func ("/nat-probe/silence", test_silence);
  g_test_add_func ("/nat-probe/nobody-to-ask", test_nobody_to_ask);
  g_test_add_func ("/nat-probe/addresses", test_addresses);
  g_test_add_func ("/nat-probe/hosts", test_hosts);
  g_test_add_func ("/nat-probe/cancel", test_cancel);

  return g_test_run ();
}
