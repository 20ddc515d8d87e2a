/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "history-page.h"
#include "keep/history.h"
#include "lib/reports.h"
#include "ui/ui-test.h"
#include "window.h"

#include <stdlib.h>
#include <time.h>

/* How long Earlier Checks takes to open with as many checks as are kept: from the action to the end of
 * the first frame that is full of rows, in a new window each time. Prints medians. */

#define ROUNDS 15
#define GOAL_MS 100

typedef struct
{
  double took_ms;
  double processor_ms;
} Opening;

static double
read_ms (clockid_t clock)
{
  struct timespec at;

  clock_gettime (clock, &at);

  return at.tv_sec * 1000.0 + at.tv_nsec / 1e6;
}

static void
store_result_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **stored = user_data;

  *stored = g_object_ref (result);
}

/* The same check again and again, a minute later each time */
static void
keep_checks (void)
{
  g_autoptr (SidetoneReport) first = sidetone_test_read_report ("many-relays");

  for (guint i = 0; i < SIDETONE_HISTORY_MAX; i++)
    {
      g_autoptr (GDateTime) created = g_date_time_add_minutes (sidetone_report_get_created (first), i);
      g_autoptr (SidetoneReport) report = NULL;
      g_autoptr (GAsyncResult) result = NULL;

      report = sidetone_report_new (sidetone_report_get_jid (first), sidetone_report_get_domain (first),
                                    created, NULL, NULL, sidetone_report_get_observations (first));
      sidetone_history_add_async (report, store_result_cb, &result);
      WAIT_FOR (result != NULL);
      g_assert_true (sidetone_history_add_finish (result, NULL));
    }
}

static void
remove_checks (void)
{
  g_autoptr (GAsyncResult) result = NULL;

  sidetone_history_clear_async (store_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_true (sidetone_history_clear_finish (result, NULL));
}

static void
on_after_paint (GdkFrameClock *clock,
                guint         *n_frames)
{
  (*n_frames)++;
}

/* The rows down to the window's lower edge; those below it are made later. */
static gboolean
is_full (GtkWindow *window)
{
  GtkStack *stack = ui_test_get_child (GTK_WIDGET (window), "stack");
  GtkWidget *page = gtk_stack_get_child_by_name (stack, "history");

  return page != NULL && gtk_widget_get_height (page) > 0 &&
         gtk_widget_get_height (ui_test_get_child (page, "checks_list")) >=
         gtk_widget_get_height (page);
}

static Opening
open_once (void)
{
  GtkWindow *window = GTK_WINDOW (sidetone_window_new (NULL));
  Opening opening = { 0 };
  guint n_frames = 0;

  gtk_window_present (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_signal_connect_after (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                          G_CALLBACK (on_after_paint), &n_frames);

  opening.took_ms = -read_ms (CLOCK_MONOTONIC);
  opening.processor_ms = -read_ms (CLOCK_PROCESS_CPUTIME_ID);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-history", NULL);
  while (n_frames == 0 || !is_full (window))
    g_main_context_iteration (NULL, TRUE);
  opening.took_ms += read_ms (CLOCK_MONOTONIC);
  opening.processor_ms += read_ms (CLOCK_PROCESS_CPUTIME_ID);

  gtk_window_destroy (window);

  return opening;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
find_median (double values[ROUNDS])
{
  qsort (values, ROUNDS, sizeof *values, compare);

  return values[ROUNDS / 2];
}

int
main (int    argc,
      char **argv)
{
  double took[ROUNDS];
  double processor[ROUNDS];

  ui_test_init (&argc, &argv);
  keep_checks ();
  /* The first one loads what the others share. */
  open_once ();
  for (guint i = 0; i < ROUNDS; i++)
    {
      Opening opening = open_once ();

      took[i] = opening.took_ms;
      processor[i] = opening.processor_ms;
    }

  g_print ("Earlier Checks with %u checks, %u times: %.0f ms (%.0f ms on the processor); the goal is "
           "%u ms\n", SIDETONE_HISTORY_MAX, ROUNDS, find_median (took), find_median (processor),
           GOAL_MS);
  remove_checks ();

  return EXIT_SUCCESS;
}
