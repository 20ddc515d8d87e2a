/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "lib/reports.h"
#include "result/result-page.h"
#include "run-private.h"

/* Checks with slow answers, played from reports: what a user looks at or points at stays where it is
 * when results come. */

static const char *const reports[] = {
  "certificate", "relay-problems", "server-silent", "several", "symmetric",
};

static const struct
{
  const char *name;
  int width;
  int text_percent;
} sizes[] = {
  { "wide", 840, 100 },
  { "large", 360, 200 },
};

/* Sanitizers check the use of memory, which hardly differs between sizes */
#ifdef __SANITIZE_ADDRESS__
#define FIRST_SIZE (G_N_ELEMENTS (sizes) - 1)
#else
#define FIRST_SIZE 0
#endif

#define HEIGHT 720

typedef struct
{
  const char *report;
  gsize size;
} Case;

/* A check that is running, and has seen nothing yet */
static SidetoneRun *
start_run (void)
{
  SidetoneRun *run = sidetone_run_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneAccount) account = sidetone_account_new ("romeo@montague.lit", NULL,
                                                              SIDETONE_SECURITY_AUTO, NULL, NULL,
                                                              &error);

  g_assert_no_error (error);
  run->context = sidetone_context_new (account, "");
  sidetone_run_set_stage (run, SIDETONE_RUN_STAGE_LOOKING_UP);

  return run;
}

static gboolean
on_idle (gpointer is_idle)
{
  *(gboolean *) is_idle = TRUE;

  return G_SOURCE_REMOVE;
}

/* Everything that follows from the last change is drawn. */
static void
settle (GtkWindow *window)
{
  gboolean is_idle = FALSE;

  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_idle_add_full (G_PRIORITY_LOW, on_idle, &is_idle, NULL);
  WAIT_FOR (is_idle);
}

/* Plays the next part of a check: an answer, or the end. */
static gboolean
play_next (SidetoneRun *run,
           GListModel  *answers,
           guint        i)
{
  guint n = g_list_model_get_n_items (answers);
  g_autoptr (SidetoneObservation) answer = g_list_model_get_item (answers, i);

  if (answer == NULL)
    {
      sidetone_run_set_stage (run, SIDETONE_RUN_STAGE_FINISHED);
      return FALSE;
    }

  sidetone_context_add (run->context, answer);
  sidetone_run_outdate_diagnosis (run);
  if (i == n / 4)
    sidetone_run_set_stage (run, SIDETONE_RUN_STAGE_SIGNING_IN);
  else if (i == n / 2)
    sidetone_run_set_stage (run, SIDETONE_RUN_STAGE_ASKING);

  return TRUE;
}

static double
get_place (GtkWidget *widget,
           GtkWidget *view)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_get_mapped (widget));
  g_assert_true (gtk_widget_compute_bounds (widget, view, &bounds));

  return bounds.origin.y;
}

/* A row, or a part of the page without rows */
static GtkWidget *
find_shown (GtkWidget *view,
            GtkWidget *content,
            int        y)
{
  GtkWidget *widget = gtk_widget_pick (view, gtk_widget_get_width (view) / 2.0, y,
                                       GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

  while (widget != NULL && !GTK_IS_LIST_BOX_ROW (widget) &&
         gtk_widget_get_parent (widget) != content)
    widget = gtk_widget_get_parent (widget);

  return widget;
}

/* The first that begins in the view */
static GtkWidget *
find_first (GtkWidget *view,
            GtkWidget *content)
{
  for (int y = 0; y < HEIGHT; y++)
    {
      GtkWidget *widget = find_shown (view, content, y);

      if (widget != NULL && get_place (widget, view) >= 0)
        return widget;
    }

  return NULL;
}

static void
move_pointer (GtkWidget *view,
              int        y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "scroll-anchor") == 0)
        g_signal_emit_by_name (controller, "motion", gtk_widget_get_width (view) / 2.0, (double) y);
    }
}

/* Either the pointer is moved to @pointer, or the page is scrolled to @scrolled. */
static void
play (const Case *row,
      int         pointer,
      int         scrolled)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (row->report);
  GListModel *answers = sidetone_report_get_observations (report);
  g_autoptr (SidetoneRun) run = start_run ();
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, sizes[row->size].width, HEIGHT);
  GtkAdjustment *adjustment;
  gboolean goes_on = TRUE;
  GtkWidget *content;
  GtkWidget *view;
  GtkWidget *shown;
  double place;

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);
  content = ui_test_get_child (page, "content");
  view = adw_bin_get_child (ADW_BIN (page));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (view));
  settle (window);
  if (pointer > 0)
    move_pointer (view, pointer);
  else
    gtk_adjustment_set_value (adjustment, scrolled);
  settle (window);
  shown = pointer > 0 ? find_shown (view, content, pointer) : find_first (view, content);

  for (guint i = 0; goes_on && shown != NULL; i++)
    {
      place = get_place (shown, view);
      goes_on = play_next (run, answers, i);
      settle (window);
      /* A failed check takes away what it can't tell. */
      if (gtk_widget_get_mapped (shown))
        g_assert_cmpfloat_with_epsilon (get_place (shown, view), place, 1.5);
    }

  ui_test_close (window, page);
}

static void
test_hovering (gconstpointer user_data)
{
  const Case *row = user_data;

  ui_test_set_text_size (sizes[row->size].text_percent);
  for (int y = 150; y < HEIGHT; y += 230)
    play (row, y, 0);
  ui_test_set_text_size (100);
}

static void
test_scrolled (gconstpointer user_data)
{
  const Case *row = user_data;

  ui_test_set_text_size (sizes[row->size].text_percent);
  for (int y = 40; y < HEIGHT; y += 350)
    play (row, 0, y);
  ui_test_set_text_size (100);
}

/* Who only waits sees the answer, which comes at the top. */
static void
test_waiting (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("relay-problems");
  GListModel *answers = sidetone_report_get_observations (report);
  g_autoptr (SidetoneRun) run = start_run ();
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 360, HEIGHT);
  GtkAdjustment *adjustment;
  GtkWidget *view;

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);
  settle (window);
  for (guint i = 0; play_next (run, answers, i); i++)
    settle (window);
  WAIT_FOR (ui_test_find_label (page, "Calls work, but badly") != NULL);
  settle (window);
  view = adw_bin_get_child (ADW_BIN (page));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (view));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), <, 1);

  ui_test_close (window, page);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  for (gsize i = 0; i < MIN (UI_TEST_MAX_REPORTS, G_N_ELEMENTS (reports)); i++)
    {
      for (gsize j = FIRST_SIZE; j < G_N_ELEMENTS (sizes); j++)
        {
          g_autofree char *hovering = g_strdup_printf ("/moves/hovering/%s/%s", reports[i],
                                                       sizes[j].name);
          g_autofree char *scrolled = g_strdup_printf ("/moves/scrolled/%s/%s", reports[i],
                                                       sizes[j].name);
          Case row = { reports[i], j };

          g_test_add_data_func_full (hovering, g_memdup2 (&row, sizeof row), test_hovering, g_free);
          g_test_add_data_func_full (scrolled, g_memdup2 (&row, sizeof row), test_scrolled, g_free);
        }
    }
  g_test_add_func ("/moves/waiting", test_waiting);

  return g_test_run ();
}
