/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "lib/reports.h"
#include "result/host-row.h"
#include "result/result-page.h"
#include "result/service-row.h"
#include "result/trip-plot.h"
#include "words/describe.h"

/* Rows of call servers while results come, and their plots */

static SidetoneRun *
make_run (const char *name)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (name);

  return sidetone_run_new_for_report (report);
}

/* The run's service results after its first @n observations */
static GPtrArray *
collect_first (SidetoneRun *run,
               guint        n)
{
  SidetoneEvidence *evidence = sidetone_diagnosis_get_evidence (sidetone_run_get_diagnosis (run));
  GPtrArray *observations = sidetone_evidence_get_observations (evidence);
  g_autoptr (GPtrArray) first = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (first, observations->pdata[i]);

  return sidetone_service_results_collect (first);
}

static SidetoneServiceResult *
find_relay (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      SidetoneServiceResult *result = results->pdata[i];

      if (sidetone_service_is_relay (result->service))
        return result;
    }

  return NULL;
}

static const char *
get_mark (GtkWidget *row)
{
  GtkStack *stack = ui_test_get_child (ui_test_get_child (row, "mark"), "stack");

  return gtk_widget_get_tooltip_text (GTK_WIDGET (stack));
}

/* An allocation is made, then packets come through it; or the check is cancelled before that. */
static void
test_row (void)
{
  g_autoptr (SidetoneRun) run = make_run ("relay");
  guint n = g_list_model_get_n_items (sidetone_run_get_observations (run));
  GtkWidget *list = gtk_list_box_new ();
  GtkWindow *window = ui_test_show (list, 600, 200);
  g_autoptr (SidetoneServiceItem) item = NULL;
  GtkWidget *row = NULL;
  GtkWidget *plot = NULL;
  guint seen = 0;

  for (guint i = 0; i <= n; i++)
    {
      g_autoptr (GPtrArray) results = collect_first (run, i);
      SidetoneServiceResult *result = find_relay (results);

      if (result == NULL)
        continue;

      if (seen == 0)
        {
          item = sidetone_service_item_new (result, TRUE);
          row = sidetone_service_row_new (item);
          gtk_list_box_append (GTK_LIST_BOX (list), row);
          plot = ui_test_get_child (row, "plot");
          gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_BUSY, TRUE);
          g_assert_cmpstr (get_mark (row), ==, "running");
          g_assert_false (gtk_widget_get_visible (plot));

          sidetone_service_item_set_result (item, result, FALSE);
          gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_BUSY, FALSE);
          g_assert_cmpstr (get_mark (row), ==, "not known");
        }
      sidetone_service_item_set_result (item, result, TRUE);
      seen++;
    }

  g_assert_cmpuint (seen, >, 1);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_BUSY, FALSE);
  g_assert_cmpstr (get_mark (row), ==, "ok");
  g_assert_true (gtk_widget_get_visible (plot));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  ui_test_close (window, row);
}

static guint
count_hosts (GtkWidget *widget)
{
  return ui_test_count (widget, SIDETONE_TYPE_HOST_ROW);
}

static void
expand (GtkWidget *row)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
}

/* Rows are made when they are to be seen, and disappear with their run. */
static void
test_page (void)
{
  g_autoptr (SidetoneRun) few = make_run ("relay");
  g_autoptr (SidetoneRun) many = make_run ("many-relays");
  g_autoptr (SidetoneRun) none = make_run ("nat");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window;
  GtkWidget *group;
  GtkWidget *fold;

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), few, FALSE);
  window = ui_test_show (page, 600, 600);
  group = ui_test_get_child (page, "services_group");
  fold = ui_test_get_child (page, "hosts_row");
  WAIT_FOR (ui_test_find_label (fold, "1 call server, works") != NULL);
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (fold)));
  g_assert_cmpuint (count_hosts (group), ==, 0);
  expand (fold);
  WAIT_FOR (count_hosts (group) == 1);

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), many, FALSE);
  WAIT_FOR (ui_test_find_label (fold, "3 call servers, 1 not tested") != NULL);
  expand (fold);
  WAIT_FOR (count_hosts (group) == 3);
  ui_test_collect (group, SIDETONE_TYPE_HOST_ROW, rows);
  g_assert_cmpuint (ui_test_count (group, SIDETONE_TYPE_SERVICE_ROW), ==, 0);
  for (guint i = 0; i < rows->len; i++)
    expand (rows->pdata[i]);
  WAIT_FOR (ui_test_count (group, SIDETONE_TYPE_SERVICE_ROW) == 13);

  /* Rows that were pending for one run are not made for the next one. */
  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), none, FALSE);
  WAIT_FOR (count_hosts (group) == 0);
  g_assert_false (gtk_widget_get_visible (group));
  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), many, FALSE);
  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), few, FALSE);
  WAIT_FOR (ui_test_find_label (fold, "1 call server, works") != NULL);
  expand (fold);
  WAIT_FOR (count_hosts (group) == 1);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_cmpuint (count_hosts (group), ==, 1);

  ui_test_close (window, page);
}

/* The page is destroyed while rows are still pending. */
static void
test_closed (void)
{
  g_autoptr (SidetoneRun) many = make_run ("many-relays");
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 600, 600);

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), many, FALSE);
  WAIT_FOR (ui_test_find_label (page, "3 call servers, 1 not tested") != NULL);
  expand (ui_test_get_child (page, "hosts_row"));
  g_assert_cmpuint (count_hosts (page), <, 3);
  ui_test_close (window, page);
}

/* Renders @plot, and returns how many pixels have about the colour of losses. */
static guint
count_red (GtkWidget *plot)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guchar *pixels = NULL;
  int width;
  int height;
  guint n = 0;

  gtk_test_widget_wait_for_draw (plot);
  width = gtk_widget_get_width (plot);
  height = gtk_widget_get_height (plot);
  paintable = gtk_widget_paintable_new (plot);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return 0;

  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (plot)),
                                         node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  pixels = g_malloc0 ((gsize) width * height * 4);
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  /* Blue, green, red, alpha on this machine, or the reverse */
  for (int i = 0; i < width * height; i++)
    {
      const guint32 pixel = ((guint32 *) (gpointer) pixels)[i];
      guint red = pixel >> 16 & 0xff;
      guint green = pixel >> 8 & 0xff;

      n += red > 2 * green + 40 ? 1 : 0;
    }

  return n;
}

static void
test_plot (void)
{
  SidetoneTripPlot *plot = g_object_new (SIDETONE_TYPE_TRIP_PLOT, NULL);
  GtkWidget *widget = GTK_WIDGET (plot);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *window;
  gint64 trips[2000];
  int height;
  int height_of_both;

  gtk_box_append (GTK_BOX (box), widget);
  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  g_assert_false (gtk_widget_get_visible (widget));
  window = ui_test_show (box, 300, 100);

  for (guint i = 0; i < G_N_ELEMENTS (trips); i++)
    trips[i] = 20000 + 100 * (i % 37);
  sidetone_trip_plot_set_trips (plot, trips, 50, 50000, "50 packets");
  g_assert_cmpuint (count_red (widget), ==, 0);
  g_assert_true (gtk_widget_get_mapped (widget));
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, "50 packets");

  /* A single loss is visible, among few packets and among more than there are pixels */
  trips[30] = -1;
  sidetone_trip_plot_set_trips (plot, trips, 50, 50000, "50 packets");
  g_assert_cmpuint (count_red (widget), >=, 10);
  sidetone_trip_plot_set_trips (plot, trips, G_N_ELEMENTS (trips), 50000, "2000 packets");
  g_assert_cmpuint (count_red (widget), >=, 5);

  /* The router's lane stands below, with its own losses. */
  sidetone_trip_plot_set_trips (plot, trips, 20, 50000, "20 packets");
  g_assert_cmpuint (count_red (widget), ==, 0);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  sidetone_trip_plot_set_router (plot, trips, 125);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height_of_both, NULL, NULL);
  g_assert_cmpint (height_of_both, >=, 2 * height);
  g_assert_cmpuint (count_red (widget), >=, 5);

  sidetone_trip_plot_set_trips (plot, NULL, 0, 0, NULL);
  g_assert_false (gtk_widget_get_visible (widget));

  ui_test_close (window, widget);
}

/* A report's numbers may have any value. */
static void
test_wild_plot (void)
{
  static const gint64 values[] = { 0, -1, G_MININT64, G_MAXINT64, 1, 40000 };
  SidetoneTripPlot *plot = g_object_new (SIDETONE_TYPE_TRIP_PLOT, NULL);
  GtkWindow *window = ui_test_show (GTK_WIDGET (plot), 300, 100);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          const gint64 trips[] = { values[j], values[i], 30000 };

          sidetone_trip_plot_set_trips (plot, trips, 1 + (i + j) % 3, values[i], "packets");
          count_red (GTK_WIDGET (plot));
        }
    }

  ui_test_close (window, GTK_WIDGET (plot));
}

/* All plots of a page have the lowest round scale that fits each of them. */
static void
test_scale (void)
{
  static const struct
  {
    gint64 scale_us;
    gint64 trips[2];
    gint64 p95_us;
    gint64 expected;
  } rows[] = {
    { 0, { -1, -1 }, -1, 20000 },
    { 0, { 900, 1000 }, 950, 20000 },
    { 0, { 19000, 21000 }, 20000, 20000 },
    { 0, { 19000, 21000 }, -1, 50000 },
    { 0, { 40000, 70000 }, 69000, 100000 },
    { 500000, { 900, 1000 }, 950, 500000 },
    { 50000, { 281000, 300000 }, 290000, 500000 },
    { 0, { G_MAXINT64, 1 }, G_MAXINT64, 10 * G_USEC_PER_SEC },
    { 0, { G_MININT64, -1 }, G_MININT64, 20000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (sidetone_trip_plot_choose_scale (rows[i].scale_us, rows[i].trips, 2,
                                                      rows[i].p95_us), ==, rows[i].expected);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/service-rows/row", test_row);
  g_test_add_func ("/service-rows/page", test_page);
  g_test_add_func ("/service-rows/closed", test_closed);
  g_test_add_func ("/service-rows/plot", test_plot);
  g_test_add_func ("/service-rows/scale", test_scale);
  g_test_add_func ("/service-rows/wild-plot", test_wild_plot);

  return g_test_run ();
}
