/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "calls.h"
#include "lib/clock.h"

#include "probes/lifetime-probe.h"
#include "probes/nat-probe.h"
#include "seen/lifetime.h"

/* The lifetime of a UDP mapping is measured with a relay, or not at all. */
static void
test_no_relay (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  g_autoptr (GCancellable) measurement = g_cancellable_new ();
  SidetoneTestCalls calls;
  SidetoneObservation *lifetime;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_context_set_nat_known (calls.context);
  sidetone_test_calls_run (&calls, sidetone_lifetime_probe_new (measurement));
  sidetone_test_calls_assert (&calls, "lifetime-4 skipped no relay");
  lifetime = sidetone_test_calls_find (&calls, "lifetime-4");
  g_assert_cmpint (sidetone_observation_get_kind (lifetime), ==, SIDETONE_OBSERVATION_LIFETIME);
  g_assert_cmpint (sidetone_observation_get_lifetime (lifetime)->reason, ==,
                   SIDETONE_SKIP_REASON_NO_RELAY);
  sidetone_test_calls_clear (&calls);
}

/* It takes long, and ends at once on request: no allocation is left. The result so far is kept,
 * unless the whole check is cancelled. */
static void
end_lifetime (gboolean gives_up)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  g_autoptr (GCancellable) measurement = g_cancellable_new ();
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "turn", server);
  sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "127.0.0.1");
  sidetone_context_set_nat_known (calls.context);
  sidetone_test_calls_start (&calls, sidetone_lifetime_probe_new (measurement));
  while (sidetone_context_get_open_ms (calls.context) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sidetone_context_get_open_ms (calls.context), >=, 2000);
  if (gives_up)
    g_cancellable_cancel (calls.cancellable);
  g_cancellable_cancel (measurement);
  sidetone_test_calls_wait (&calls);

  g_assert_true (calls.completed == !gives_up);
  sidetone_test_calls_assert (&calls, gives_up ? "" : "lifetime-4 passed");
  if (!gives_up)
    {
      const SidetoneLifetimeSeen *seen = sidetone_observation_get_lifetime (
        sidetone_test_calls_find (&calls, "lifetime-4"));

      g_assert_cmpint (seen->open_ms, >=, 2000);
      g_assert_cmpint (seen->closed_ms, ==, SIDETONE_NOT_SEEN);
    }
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  sidetone_test_calls_clear (&calls);
}

static void
test_cancelled (void)
{
  end_lifetime (TRUE);
}

static void
test_ended (void)
{
  end_lifetime (FALSE);
}

/* If it is ended before it began, or cancelled, it makes no observation. */
static void
test_before (void)
{
  for (guint gives_up = 0; gives_up < 2; gives_up++)
    {
      g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
      g_autoptr (GCancellable) measurement = g_cancellable_new ();
      SidetoneTestCalls calls;

      sidetone_test_calls_init (&calls);
      sidetone_test_calls_announce_relay (&calls, "turn", server);
      sidetone_test_calls_place (&calls, SIDETONE_TEST_HOST, "127.0.0.1");
      sidetone_context_set_nat_known (calls.context);
      if (gives_up)
        g_cancellable_cancel (calls.cancellable);
      g_cancellable_cancel (measurement);
      sidetone_test_calls_start (&calls, sidetone_lifetime_probe_new (measurement));
      sidetone_test_calls_wait (&calls);
      g_assert_true (calls.completed == !gives_up);
      sidetone_test_calls_assert (&calls, "");
      g_assert_cmpuint (sidetone_test_relay_get_n_requests (server, SIDETONE_TEST_RELAY_ALLOCATE), ==,
                        0);
      sidetone_test_calls_clear (&calls);
    }
}

/* The measurement waits for the NAT probe, which has allocations of its own. */
static void
test_needs (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  g_autoptr (GCancellable) measurement = g_cancellable_new ();
  g_autoptr (SidetoneProbe) probe = sidetone_lifetime_probe_new (measurement);
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_test_calls_run (&calls, sidetone_nat_probe_new ());
  g_assert_true (sidetone_probe_is_ready (probe, calls.context));
  sidetone_test_calls_clear (&calls);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  g_test_add_func ("/lifetime-probe/needs", test_needs);
  g_test_add_func ("/lifetime-probe/no-relay", test_no_relay);
  g_test_add_func ("/lifetime-probe/before", test_before);
  g_test_add_func ("/lifetime-probe/cancelled", test_cancelled);
  g_test_add_func ("/lifetime-probe/ended", test_ended);

  return g_test_run ();
}
