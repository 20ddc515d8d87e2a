/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "lib/clock.h"
#include "net/wait.h"

#define LONG 3600000

typedef struct
{
  SidetoneWait *wait;
  guint n_over;
  gboolean frees;
} Told;

static void
on_over (gpointer user_data)
{
  Told *told = user_data;

  told->n_over++;
  if (told->frees)
    g_clear_pointer (&told->wait, sidetone_wait_free);
}

static void
run_all (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Until a deadline of a millisecond is due, while the main context does not run */
static void
let_pass (void)
{
  gint64 begin = g_get_monotonic_time ();

  while (g_get_monotonic_time () < begin + 5000)
    g_thread_yield ();
}

static void
assert_no_source (SidetoneWait *wait)
{
  g_assert_null (g_main_context_find_source_by_user_data (NULL, wait));
}

static void
assert_no_handler (GCancellable *outer,
                   SidetoneWait *wait)
{
  g_assert_cmpuint (g_signal_handlers_block_matched (outer, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                                     wait), ==, 0);
}

static void
test_deadline (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Told told = { 0 };

  told.wait = sidetone_wait_new (1, outer, on_over, &told);
  g_assert_false (sidetone_wait_is_over (told.wait));
  g_assert_false (sidetone_wait_has_passed (told.wait));
  while (told.n_over == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true (sidetone_wait_is_over (told.wait));
  g_assert_true (sidetone_wait_has_passed (told.wait));
  g_assert_true (g_cancellable_is_cancelled (sidetone_wait_get_cancellable (told.wait)));
  g_assert_false (g_cancellable_is_cancelled (outer));
  error = sidetone_wait_make_error (told.wait, SIDETONE_ERROR_DNS_NO_ANSWER, "No answer");
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_DNS_NO_ANSWER);
  g_assert_cmpstr (error->message, ==, "No answer within 1 ms");
  assert_no_source (told.wait);
  assert_no_handler (outer, told.wait);
  sidetone_wait_free (told.wait);
}

static void
test_outer (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Told told = { 0 };

  told.wait = sidetone_wait_new (LONG, outer, on_over, &told);
  run_all ();
  g_assert_cmpuint (told.n_over, ==, 0);

  /* At once, but without a callback inside */
  g_cancellable_cancel (outer);
  g_assert_true (sidetone_wait_is_over (told.wait));
  g_assert_cmpuint (told.n_over, ==, 0);
  run_all ();
  g_assert_cmpuint (told.n_over, ==, 1);
  g_assert_false (sidetone_wait_has_passed (told.wait));
  error = sidetone_wait_make_error (told.wait, SIDETONE_ERROR_DNS_NO_ANSWER, "No answer");
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_no_source (told.wait);
  assert_no_handler (outer, told.wait);
  sidetone_wait_free (told.wait);
}

/* The first event counts, and is reported once. */
static void
test_both (void)
{
  for (int deadline_first = 0; deadline_first < 2; deadline_first++)
    {
      g_autoptr (GCancellable) outer = g_cancellable_new ();
      Told told = { 0 };

      told.wait = sidetone_wait_new (1, outer, on_over, &told);
      let_pass ();
      if (deadline_first)
        {
          while (!sidetone_wait_is_over (told.wait))
            g_main_context_iteration (NULL, TRUE);
        }
      g_cancellable_cancel (outer);
      run_all ();
      g_assert_cmpuint (told.n_over, ==, 1);
      g_assert_cmpint (sidetone_wait_has_passed (told.wait), ==, deadline_first);
      sidetone_wait_free (told.wait);
    }
}

static void
test_cancelled_before (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  Told told = { 0 };

  g_cancellable_cancel (outer);
  told.wait = sidetone_wait_new (1, outer, on_over, &told);
  g_assert_true (sidetone_wait_is_over (told.wait));
  g_assert_cmpuint (told.n_over, ==, 0);
  let_pass ();
  run_all ();
  g_assert_cmpuint (told.n_over, ==, 1);
  g_assert_false (sidetone_wait_has_passed (told.wait));
  assert_no_source (told.wait);
  sidetone_wait_free (told.wait);
}

/* As in dispose: while it waits; when it is over and was not reported yet; in the callback */
static void
test_freed (void)
{
  for (guint state = 0; state < 3; state++)
    {
      GCancellable *outer = g_cancellable_new ();
      g_autoptr (GCancellable) own = NULL;
      Told told = { .frees = state == 2 };
      SidetoneWait *wait;

      wait = told.wait = sidetone_wait_new (state == 0 ? 1 : LONG, outer, on_over, &told);
      own = g_object_ref (sidetone_wait_get_cancellable (wait));
      g_assert_nonnull (g_main_context_find_source_by_user_data (NULL, wait));
      if (state > 0)
        g_cancellable_cancel (outer);
      if (state < 2)
        g_clear_pointer (&told.wait, sidetone_wait_free);
      if (state < 2)
        assert_no_source (wait);
      let_pass ();
      run_all ();
      assert_no_source (wait);
      assert_no_handler (outer, wait);
      g_assert_null (told.wait);
      g_assert_cmpuint (told.n_over, ==, state == 2);
      g_assert_cmpint (g_cancellable_is_cancelled (own), ==, state > 0);
      g_assert_finalize_object (outer);
    }
}

/* An operation that is not needed any more is cancelled, without a callback. */
static void
test_cancel (void)
{
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  Told told = { 0 };

  told.wait = sidetone_wait_new (1, outer, on_over, &told);
  sidetone_wait_cancel (told.wait);
  g_assert_true (sidetone_wait_is_over (told.wait));
  assert_no_source (told.wait);
  assert_no_handler (outer, told.wait);
  let_pass ();
  run_all ();
  g_assert_cmpuint (told.n_over, ==, 0);
  g_assert_false (sidetone_wait_has_passed (told.wait));
  g_assert_false (g_cancellable_is_cancelled (outer));
  sidetone_wait_free (told.wait);
}

/* No deadline, then another one instead; a wait that is over does not begin again. */
static void
test_set_deadline (void)
{
  g_autoptr (GError) error = NULL;
  Told told = { 0 };

  told.wait = sidetone_wait_new (1, NULL, on_over, &told);
  sidetone_wait_set_deadline (told.wait, 0);
  let_pass ();
  run_all ();
  g_assert_false (sidetone_wait_is_over (told.wait));

  sidetone_wait_set_deadline (told.wait, LONG);
  sidetone_wait_set_deadline (told.wait, 2);
  while (told.n_over == 0)
    g_main_context_iteration (NULL, TRUE);
  error = sidetone_wait_make_error (told.wait, SIDETONE_ERROR_STUN_NO_ANSWER, "No answer");
  g_assert_cmpstr (error->message, ==, "No answer within 2 ms");

  sidetone_wait_set_deadline (told.wait, 1);
  assert_no_source (told.wait);
  sidetone_wait_free (told.wait);
}

/* One wait inside another: the inner one's deadline is not the outer one's. */
static void
test_nested (void)
{
  g_autoptr (GCancellable) outermost = g_cancellable_new ();
  g_autoptr (SidetoneWait) outer = sidetone_wait_new (LONG, outermost, NULL, NULL);
  g_autoptr (SidetoneWait) first = NULL;
  g_autoptr (SidetoneWait) second = NULL;

  first = sidetone_wait_new (1, sidetone_wait_get_cancellable (outer), NULL, NULL);
  second = sidetone_wait_new (LONG, sidetone_wait_get_cancellable (outer), NULL, NULL);
  while (!sidetone_wait_is_over (first))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (sidetone_wait_is_over (outer));
  g_cancellable_cancel (outermost);
  g_assert_true (sidetone_wait_is_over (second));
  g_assert_false (sidetone_wait_has_passed (second));
  g_assert_true (sidetone_wait_has_passed (first));
}

static void
test_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Told told = { 0 };

  g_main_context_push_thread_default (context);
  told.wait = sidetone_wait_new (1, NULL, on_over, &told);
  assert_no_source (told.wait);
  while (told.n_over == 0)
    g_main_context_iteration (context, TRUE);
  g_assert_true (sidetone_wait_has_passed (told.wait));
  sidetone_wait_free (told.wait);
  g_main_context_pop_thread_default (context);
}

/* The data of a gathering task */
typedef struct
{
  SidetoneGathering calls;
  guint n_done;
  guint n_more;       /* calls that begin when the others have returned */
} Gathered;

static void
on_done (GTask *task)
{
  Gathered *gathered = g_task_get_task_data (task);

  gathered->n_done++;
  if (gathered->n_more == 0)
    g_task_return_boolean (task, TRUE);
  for (; gathered->n_more > 0; gathered->n_more--)
    sidetone_gathering_begin (&gathered->calls);
}

static void
task_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  guint *n_returned = user_data;

  (*n_returned)++;
}

/* What was received meanwhile is read before a deadline is judged. */
static gboolean
answer_cb (gpointer user_data)
{
  Told *told = user_data;

  g_clear_pointer (&told->wait, sidetone_wait_free);

  return G_SOURCE_REMOVE;
}

static void
test_answer_first (void)
{
  Told told = { 0 };

  told.wait = sidetone_wait_new (1, NULL, on_over, &told);
  let_pass ();
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, &told, NULL);
  run_all ();
  g_assert_null (told.wait);
  g_assert_cmpuint (told.n_over, ==, 0);
}

/* The program was stopped for seconds: an answer needs a moment to be read. */
static void
test_late (void)
{
  Told told = { 0 };
  gint64 begin;

  sidetone_test_clock_start ();
  told.wait = sidetone_wait_new (100, NULL, on_over, &told);
  begin = g_get_monotonic_time ();
  while (g_get_monotonic_time () < begin + 2 * G_USEC_PER_SEC)
    ;
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (told.n_over, ==, 0);
  g_assert_false (sidetone_wait_is_over (told.wait));

  begin = g_get_monotonic_time ();
  while (told.n_over == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 99 * G_TIME_SPAN_MILLISECOND);
  g_assert_true (sidetone_wait_has_passed (told.wait));
  sidetone_wait_free (told.wait);
  sidetone_test_clock_stop ();
}

static void
test_gathering (void)
{
  guint n_returned = 0;
  GTask *task = g_task_new (NULL, NULL, task_cb, &n_returned);
  Gathered *gathered = g_new0 (Gathered, 1);

  g_task_set_task_data (task, gathered, g_free);
  sidetone_gathering_init (&gathered->calls, task, on_done);
  gathered->n_more = 2;
  g_assert_true (sidetone_gathering_is_done (&gathered->calls));
  g_assert_true (sidetone_gathering_begin (&gathered->calls) == task);
  sidetone_gathering_begin (&gathered->calls);
  g_object_add_weak_pointer (G_OBJECT (task), (gpointer *) &task);
  g_object_unref (task);
  g_assert_nonnull (task);

  sidetone_gathering_end (&gathered->calls);
  g_assert_cmpuint (gathered->n_done, ==, 0);
  g_assert_false (sidetone_gathering_is_done (&gathered->calls));
  sidetone_gathering_end (&gathered->calls);
  g_assert_cmpuint (gathered->n_done, ==, 1);
  g_assert_false (sidetone_gathering_is_done (&gathered->calls));

  /* Only the calls hold the task: it returns with the last of them, and is freed. */
  sidetone_gathering_end (&gathered->calls);
  g_assert_cmpuint (gathered->n_done, ==, 1);
  sidetone_gathering_end (&gathered->calls);
  run_all ();
  g_assert_cmpuint (n_returned, ==, 1);
  g_assert_null (task);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wait/deadline", test_deadline);
  g_test_add_func ("/wait/outer", test_outer);
  g_test_add_func ("/wait/both", test_both);
  g_test_add_func ("/wait/cancelled-before", test_cancelled_before);
  g_test_add_func ("/wait/freed", test_freed);
  g_test_add_func ("/wait/cancel", test_cancel);
  g_test_add_func ("/wait/set-deadline", test_set_deadline);
  g_test_add_func ("/wait/nested", test_nested);
  g_test_add_func ("/wait/context", test_context);
  g_test_add_func ("/wait/answer-first", test_answer_first);
  g_test_add_func ("/wait/late", test_late);
  g_test_add_func ("/gathering/calls", test_gathering);

  return g_test_run ();
}
