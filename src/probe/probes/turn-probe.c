/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/turn-probe.h"

#include "probes/test-observation.h"
#include "probes/turn-test.h"

/**
 * SidetoneTurnProbe:
 *
 * Has each announced TURN server relay packets, as a call would: all at once, and each as soon as
 * its host is known. A test has three parts: the allocation (turn-allocation.c), the echo from a
 * second socket of this computer (turn-echo.c), and the pair of two allocations at one host
 * (turn-pair.c).
 *
 * All allocations are deleted before the probe ends, even when it is cancelled.
 */
struct _SidetoneTurnProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneTurnProbe, sidetone_turn_probe, SIDETONE_TYPE_PROBE)

static void
tests_free (gpointer data)
{
  SidetoneTurnTests *tests = data;

  g_ptr_array_unref (tests->tests);
  sidetone_budget_unref (tests->pairs);
  g_clear_pointer (&tests->lanes, sidetone_lanes_free);
  sidetone_call_servers_free (tests->call_servers);
  g_object_unref (tests->context);
  g_free (tests);
}

static void
finish (GTask *task)
{
  SidetoneTurnTests *tests = g_task_get_task_data (task);

  if (tests->lanes != NULL && !g_cancellable_is_cancelled (tests->cancellable))
    sidetone_lanes_end (tests->lanes);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

/* Starts everything that can go on, deletes allocations that are done, and ends the probe when
 * nothing is left to wait for. */
static void
settle (SidetoneTurnTests *tests)
{
  gboolean is_cancelled = g_cancellable_is_cancelled (tests->cancellable);

  for (guint i = 0; i < tests->tests->len; i++)
    {
      SidetoneTurnTest *test = tests->tests->pdata[i];

      if (test->is_there && !test->is_paired && !is_cancelled)
        sidetone_turn_test_pair_up (test);
    }
  for (guint i = 0; i < tests->tests->len; i++)
    {
      SidetoneTurnTest *test = tests->tests->pdata[i];

      if (test->is_there && test->n_uses == 0 && (test->is_paired || is_cancelled))
        sidetone_turn_test_release (test);
    }

  if (tests->is_listening && sidetone_call_servers_are_complete (tests->call_servers))
    {
      tests->is_listening = FALSE;
      sidetone_gathering_end (&tests->calls);
    }
}

static void
settle_cb (gpointer user_data)
{
  settle (user_data);
}

static void
on_test_allocated (SidetoneTurnTest *test)
{
  if (test->is_there && test->partner == NULL && !sidetone_turn_test_is_cancelled (test))
    {
      sidetone_turn_test_await_partner (test);
      sidetone_turn_test_start_echo (test);
    }
  /* The second socket's reflexive address is not needed any more. */
  if (test->n_uses == 0)
    sidetone_wait_cancel (test->binding);
}

static void
take_call_server (const SidetoneCallServer *call_server,
                  gpointer                  user_data)
{
  SidetoneTurnTests *tests = user_data;
  guint number = ++tests->n_started;
  g_autofree char *id = g_strdup_printf ("relay-%u", number);
  const SidetoneTestFrame frame = { id, call_server, sidetone_context_get_time (tests->context) };
  SidetoneTurnTest *test;

  if (call_server->reason != SIDETONE_SKIP_REASON_NONE)
    {
      sidetone_test_observe_skipped (tests->context, &frame);
      return;
    }

  if (tests->lanes == NULL)
    tests->lanes = sidetone_lanes_new (tests->context);
  test = sidetone_turn_test_new (tests, call_server, number, "");
  sidetone_turn_test_open_second_socket (test);
  sidetone_turn_test_allocate (test);
}

static void
sidetone_turn_probe_run_async (SidetoneProbe      *probe,
                               SidetoneContext    *context,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  SidetoneTurnTests *tests = g_new0 (SidetoneTurnTests, 1);

  g_task_set_source_tag (task, sidetone_turn_probe_run_async);
  g_task_set_task_data (task, tests, tests_free);
  tests->context = g_object_ref (context);
  tests->cancellable = cancellable;
  tests->tests = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_turn_test_free);
  tests->pairs = sidetone_budget_new ();
  tests->allocated = on_test_allocated;
  tests->settle = settle;
  sidetone_gathering_init (&tests->calls, task, finish);

  /* As long as more call servers may come */
  tests->is_listening = TRUE;
  sidetone_gathering_begin (&tests->calls);
  tests->call_servers = sidetone_call_servers_new (context, TRUE, cancellable, take_call_server,
                                                   settle_cb, tests);
  sidetone_call_servers_follow (tests->call_servers);
}

static void
sidetone_turn_probe_class_init (SidetoneTurnProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SERVICES;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_turn_probe_run_async;
}

static void
sidetone_turn_probe_init (SidetoneTurnProbe *self)
{
}

/**
 * sidetone_turn_probe_new:
 *
 * Returns: (transfer full): a probe that has TURN servers relay packets
 */
SidetoneProbe *
sidetone_turn_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_TURN_PROBE, NULL);
}
