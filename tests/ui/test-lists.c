/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "lib/reports.h"
#include "result/app-row.h"
#include "result/host-row.h"
#include "result/observation-row.h"
#include "result/result-lists.h"
#include "result/result-page.h"
#include "result/stable-list.h"
#include "result/step-row.h"
#include "window.h"

#include <glib/gstdio.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The lists of the result page: shown items stay while more come */

/* More than are ever made at once; bench-window opens a report with the highest number */
#define MANY 1000

/* The rows that are made even if they are not visible */
#define ALWAYS 50

#define N_IN_ORDER 11

/* Each row is a list before and after; the letters are the items */
static const char *const changes[][2] = {
  { "", "" },
  { "", "abc" },
  { "abc", "" },
  { "abc", "abc" },
  { "abc", "abcde" },
  { "abc", "xabc" },
  { "abc", "axbyc" },
  { "abcdef", "ace" },
  { "abcdef", "axcyf" },
  { "abcdef", "uvdwx" },
  { "abc", "xyz" },

  /* Not in order, or with the same one twice */
  { "abc", "cab" },
  { "aab", "aba" },
  { "abab", "babaabc" },
};

static GPtrArray *
make_letters (const char *letters)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *letters != '\0'; letters++)
    g_ptr_array_add (items, g_simple_action_new ((const char[]) { *letters, '\0' }, NULL));

  return items;
}

static char
get_letter (gconstpointer item)
{
  return *g_action_get_name (G_ACTION (item));
}

static guint
hash_letter (gconstpointer item)
{
  return get_letter (item);
}

static gboolean
equal_letter (gconstpointer a,
              gconstpointer b)
{
  return get_letter (a) == get_letter (b);
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *touched)
{
  *touched += removed + added;
}

/* The fewest items to remove or add, if those that stay keep their order */
static guint
count_needed (const char *before,
              const char *after)
{
  guint kept = 0;

  for (const char *at = after; *at != '\0'; at++)
    kept += strchr (before, *at) != NULL ? 1 : 0;

  return strlen (before) + strlen (after) - 2 * kept;
}

static void
test_stable (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (G_TYPE_ACTION);
      g_autoptr (GPtrArray) before = make_letters (changes[i][0]);
      g_autoptr (GPtrArray) after = make_letters (changes[i][1]);
      g_autoptr (GString) letters = g_string_new (NULL);
      guint touched = 0;

      sidetone_stable_list_update (store, before, hash_letter, equal_letter);
      g_signal_connect (store, "items-changed", G_CALLBACK (on_items_changed), &touched);
      sidetone_stable_list_update (store, after, hash_letter, equal_letter);

      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (store)); j++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), j);

          g_string_append_c (letters, get_letter (item));
        }
      g_assert_cmpstr (letters->str, ==, changes[i][1]);

      if (i < N_IN_ORDER)
        g_assert_cmpuint (touched, ==, count_needed (changes[i][0], changes[i][1]));
    }
}

static SidetoneRun *
make_run (const char *name)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (name);

  return sidetone_run_new_for_report (report);
}

/* A finding with new evidence is the same item: nothing is shown anew. */
static void
test_findings (void)
{
  g_autoptr (SidetoneResultLists) lists = sidetone_result_lists_new ();
  GListModel *findings = sidetone_result_lists_get_findings (lists);
  GListModel *notes = sidetone_result_lists_get_notes (lists);
  GListModel *calls = sidetone_result_lists_get_calls (lists);
  guint touched = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SidetoneRun) run = make_run ("several");

      sidetone_result_lists_update (lists, run);
      g_assert_cmpuint (g_list_model_get_n_items (notes), >, 1);
      if (i == 0)
        {
          g_signal_connect (findings, "items-changed", G_CALLBACK (on_items_changed), &touched);
          g_signal_connect (notes, "items-changed", G_CALLBACK (on_items_changed), &touched);
          g_signal_connect (calls, "items-changed", G_CALLBACK (on_items_changed), &touched);
        }
    }

  g_assert_cmpuint (touched, ==, 0);
}

static gboolean
has_details (GtkWidget *row)
{
  return adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (row));
}

/* Returns: the row of a step, or NULL */
static GtkWidget *
find_step (GtkWidget       *page,
           SidetoneStepKind kind)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  ui_test_collect (page, SIDETONE_TYPE_STEP_ROW, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      if (sidetone_step_row_get_kind (rows->pdata[i]) == kind)
        return rows->pdata[i];
    }

  return NULL;
}

static GtkWidget *
find_observation_row (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (SIDETONE_IS_OBSERVATION_ROW (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_observation_row (child);

  return found;
}

/* The desktop's own network starts without any interface up. */
static void
raise_loopback (void)
{
  struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (ioctl (fd, SIOCSIFFLAGS, &request), ==, 0);
  g_close (fd, NULL);
}

/* A server accepts the connection, is silent for a while, and closes it: expanded rows and the
 * focus stay as they were. */
static void
test_goes_on (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (SidetoneRun) run = sidetone_run_new ();
  g_autoptr (SidetoneAccount) account = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *server = NULL;
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 600, 600);
  GtkWidget *fold;
  GtkWidget *computer;
  GtkWidget *connect;
  GtkWidget *focus;
  GtkWidget *observation;
  SidetoneDiagnosis *before;

  raise_loopback ();
  server = g_strdup_printf ("127.0.0.1:%u",
                            g_socket_listener_add_any_inet_port (listener, NULL, &error));
  g_assert_no_error (error);
  account = sidetone_account_new ("romeo@montague.lit", server, SIDETONE_SECURITY_STARTTLS, NULL,
                                  NULL, &error);
  g_assert_no_error (error);
  sidetone_run_start_async (run, account, "wherefore", 0, NULL, NULL, NULL);
  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);

  fold = ui_test_get_child (page, "steps_row");
  WAIT_FOR (has_details (fold));
  g_assert_null (find_step (page, SIDETONE_STEP_COMPUTER));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fold), TRUE);
  WAIT_FOR (find_step (page, SIDETONE_STEP_CONNECT) != NULL);
  computer = find_step (page, SIDETONE_STEP_COMPUTER);
  connect = find_step (page, SIDETONE_STEP_CONNECT);
  WAIT_FOR (has_details (computer));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (computer), TRUE);
  WAIT_FOR ((observation = find_observation_row (computer)) != NULL);
  g_assert_true (gtk_widget_child_focus (computer, GTK_DIR_TAB_FORWARD));
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (gtk_widget_is_ancestor (focus, computer));
  gtk_test_accessible_assert_property (gtk_widget_get_parent (fold), GTK_ACCESSIBLE_PROPERTY_LABEL, "Details");
  before = sidetone_diagnosis_ref (sidetone_run_get_diagnosis (run));

  connection = g_socket_listener_accept (listener, NULL, NULL, &error);
  g_assert_no_error (error);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  WAIT_FOR (sidetone_run_get_stage (run) == SIDETONE_RUN_STAGE_FINISHED && has_details (connect));

  g_assert_true (sidetone_run_get_diagnosis (run) != before);
  g_assert_true (find_step (page, SIDETONE_STEP_COMPUTER) == computer);
  /* The steps after the one that failed are one row. */
  WAIT_FOR (find_step (page, SIDETONE_STEP_TEST) == NULL);
  WAIT_FOR (NULL != ui_test_find_label (fold, "3 steps not reached: Address check, Call servers, "
                                        "Test of the call servers"));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (computer)));
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (connect)));
  g_assert_true (find_observation_row (computer) == observation);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == focus);

  sidetone_diagnosis_unref (before);
  ui_test_close (window, page);
}

/* The last row of a page opens at the lower edge: its contents are scrolled into view, but not its
 * header out of it. */
static void
test_scrolls (void)
{
  g_autoptr (SidetoneRun) run = make_run ("relay");
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 600, 600);
  GtkWidget *fold;
  GtkWidget *view;
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, FALSE);
  fold = ui_test_get_child (page, "steps_row");
  view = gtk_widget_get_ancestor (fold, GTK_TYPE_VIEWPORT);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  WAIT_FOR (has_details (fold));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  WAIT_FOR (gtk_widget_compute_bounds (fold, view, &bounds) && bounds.origin.y > 600);
  gtk_adjustment_set_value (adjustment, bounds.origin.y + bounds.size.height - 600);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fold), TRUE);
  WAIT_FOR (ui_test_count (fold, SIDETONE_TYPE_STEP_ROW) == 8);
  WAIT_FOR (gtk_widget_compute_bounds (fold, view, &bounds) && bounds.size.height > 400 &&
            bounds.origin.y + bounds.size.height <= gtk_widget_get_height (view));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);

  ui_test_close (window, page);
}

static int
get_height (GtkWidget  *page,
            const char *id)
{
  return gtk_widget_get_height (ui_test_get_child (page, id));
}

/* How far below the top of the verdict the path begins */
static int
get_place (GtkWidget *page)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (ui_test_get_child (page, "way"),
                                            ui_test_get_child (page, "verdict"), &bounds));

  return bounds.origin.y;
}

/* While a check runs, what a result needs in most cases is there already: it moves nothing. */
static void
test_shape (void)
{
  static const char *const parts[] = { "calls_group", "video_group", "lifetime_group", "services_group" };
  g_autoptr (SidetoneRun) running = sidetone_run_new ();
  g_autoptr (SidetoneRun) over = make_run ("symmetric");
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 840, 900);
  int before[G_N_ELEMENTS (parts)];
  int place;

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), running, TRUE);
  WAIT_FOR (ui_test_find_label (page, "Step 1 of 8: This computer's addresses…") != NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_assert_true (gtk_widget_get_mapped (ui_test_get_child (page, parts[i])));
      before[i] = get_height (page, parts[i]);
    }
  place = get_place (page);

  /* The same page, as the check goes on */
  sidetone_result_page_take_measured (SIDETONE_RESULT_PAGE (page), over);
  WAIT_FOR (ui_test_find_label (page, "1 call server, works") != NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_cmpint (get_height (page, parts[i]), ==, before[i]);
  g_assert_cmpint (get_place (page), ==, place);

  ui_test_close (window, page);
}

/* Buttons need their window's actions. */
static void
insert_actions (GtkWindow *window)
{
  static const char *const names[] = { "measure-lifetime", "test-video", "stop-measuring" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (group));
}

/* A measurement leaves the result as it is until there is a new one, and the focus where it is. */
static void
test_measure (void)
{
  g_autoptr (SidetoneRun) shown = make_run ("relay");
  g_autoptr (SidetoneRun) measuring = sidetone_run_new ();
  g_autoptr (SidetoneRun) measured = make_run ("symmetric");
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 600, 600);
  GtkWidget *row;
  GtkWidget *lifetime;
  GtkWidget *button;

  insert_actions (window);
  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), shown, TRUE);
  row = ui_test_get_child (ui_test_get_child (page, "lifetime_group"), "measuring_row");
  lifetime = ui_test_get_child (ui_test_get_child (page, "lifetime_group"), "lifetime_row");
  button = ui_test_get_child (ui_test_get_child (page, "lifetime_group"), "lifetime_button");
  WAIT_FOR (ui_test_find_label (page, "Your calls should work") != NULL);
  g_assert_nonnull (ui_test_find_label (lifetime, "Not measured. Takes up to five minutes."));
  g_assert_false (gtk_widget_get_visible (row));
  gtk_widget_grab_focus (button);

  sidetone_result_page_set_measurement (SIDETONE_RESULT_PAGE (page), measuring);
  WAIT_FOR (ui_test_find_label (row, "Measuring… up to 5 minutes left") != NULL);
  g_assert_nonnull (ui_test_find_label (page, "Your calls should work"));
  g_assert_true (ui_test_has_focus (button));

  /* The focus does not get lost with the button that has it. */
  gtk_widget_grab_focus (ui_test_get_child (ui_test_get_child (page, "lifetime_group"), "measuring_button"));
  sidetone_result_page_set_measurement (SIDETONE_RESULT_PAGE (page), NULL);
  sidetone_result_page_take_measured (SIDETONE_RESULT_PAGE (page), NULL);
  WAIT_FOR (ui_test_find_label (lifetime, "UDP timeout could not be measured") != NULL);
  g_assert_false (gtk_widget_get_visible (row));
  g_assert_true (ui_test_has_focus (button));
  g_assert_nonnull (ui_test_find_label (page, "Your calls should work"));

  sidetone_result_page_take_measured (SIDETONE_RESULT_PAGE (page), measured);
  WAIT_FOR (g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (lifetime)),
                              ": enough for calls"));
  g_assert_true (ui_test_has_focus (button));

  ui_test_close (window, page);
}

/* So does a test of room for video. */
static void
test_video (void)
{
  g_autoptr (SidetoneRun) shown = make_run ("relay");
  g_autoptr (SidetoneRun) testing = sidetone_run_new ();
  g_autoptr (SidetoneRun) tested = make_run ("video");
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 600, 600);
  GtkWidget *group;
  GtkWidget *row;
  GtkWidget *video;
  GtkWidget *button;

  insert_actions (window);
  sidetone_run_set_video (testing, TRUE);
  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), shown, TRUE);
  group = ui_test_get_child (page, "video_group");
  row = ui_test_get_child (group, "measuring_row");
  video = ui_test_get_child (group, "video_row");
  button = ui_test_get_child (group, "video_button");
  WAIT_FOR (ui_test_find_label (page, "Your calls should work") != NULL);
  g_assert_nonnull (ui_test_find_label (video, "Not tested. Takes about 20 seconds and sends up to 2 MB."));
  g_assert_false (gtk_widget_get_visible (row));
  gtk_widget_grab_focus (button);

  sidetone_result_page_set_measurement (SIDETONE_RESULT_PAGE (page), testing);
  WAIT_FOR (ui_test_find_label (row, "Preparing the test…") != NULL);
  g_assert_false (gtk_widget_get_visible (ui_test_get_child (ui_test_get_child (page, "lifetime_group"),
                                                             "measuring_row")));
  g_assert_true (ui_test_has_focus (button));

  gtk_widget_grab_focus (ui_test_get_child (group, "measuring_button"));
  sidetone_result_page_set_measurement (SIDETONE_RESULT_PAGE (page), NULL);
  sidetone_result_page_take_measured (SIDETONE_RESULT_PAGE (page), NULL);
  WAIT_FOR (ui_test_find_label (video, "Room for video could not be tested") != NULL);
  g_assert_true (ui_test_has_focus (button));

  sidetone_result_page_take_measured (SIDETONE_RESULT_PAGE (page), tested);
  WAIT_FOR (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (video)),
                              "There is room for sound and small video (0.6 Mbit/s)"));
  g_assert_true (ui_test_has_focus (button));

  ui_test_close (window, page);
}

/* Without a relay that works over UDP there is no button for it. */
static void
test_no_video (void)
{
  g_autoptr (SidetoneRun) run = make_run ("no-services");
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 600, 600);

  insert_actions (window);
  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);
  WAIT_FOR (!gtk_widget_get_visible (ui_test_get_child (page, "video_group")));

  ui_test_close (window, page);
}

/* Returns: (transfer full): a report with many call servers */
static GFile *
write_many (void)
{
  g_autoptr (GString) text = g_string_new ("{\"format\": \"sidetone-report\", \"version\": 1, "
                                           "\"created\": \"2026-11-22T18:33:00Z\", "
                                           "\"app\": {\"version\": \"0.1.0\"}, \"account\": {}, "
                                           "\"observations\": [");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "many-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; i < MANY; i++)
    g_string_append_printf (text, "%s{\"id\": \"relay-%u\", \"kind\": \"relay\", "
                            "\"vantage\": \"relay\", \"state\": \"passed\", \"start_us\": 0, "
                            "\"duration_us\": 1, \"details\": {\"peer-address\": \"203.0.113.%u\", "
                            "\"peer-port\": 3478, \"relayed\": \"203.0.113.%u:%u\", "
                            "\"service\": \"turn udp relay-%u.montague.lit 3478 credentials\"}}",
                            i > 0 ? ", " : "", i, i % 250, i % 250, 49152 + i, i);
  g_string_append (text, "]}");
  g_assert_cmpint (write (fd, text->str, text->len), ==, (gssize) text->len);
  g_close (fd, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static guint
count_host_rows (GtkWidget *widget)
{
  return ui_test_count (widget, SIDETONE_TYPE_HOST_ROW);
}

/* A large report is shown at once. Its rows are made later, as far as they may be visible soon. */
static void
test_many (void)
{
  g_autoptr (GFile) file = write_many ();
  SidetoneWindow *window = sidetone_window_new (NULL);
  GtkStack *stack = ui_test_get_child (GTK_WIDGET (window), "stack");
  GtkWidget *page = ui_test_get_child (GTK_WIDGET (window), "result_page");
  AdwExpanderRow *fold;
  GtkAdjustment *adjustment;
  GtkWidget *view;
  guint n_rows;

  gtk_window_present (GTK_WINDOW (window));
  sidetone_window_open_report (window, file);
  WAIT_FOR (g_str_equal (gtk_stack_get_visible_child_name (stack), "result"));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (ui_test_get_child (page, "verdict")));
  fold = ui_test_get_child (page, "hosts_row");
  WAIT_FOR (adw_expander_row_get_enable_expansion (fold));
  adw_expander_row_set_expanded (fold, TRUE);
  g_assert_cmpuint (count_host_rows (page), <, MANY / 2);
  /* In steps, because sanitizers make GTK slow. */
  for (n_rows = 5; n_rows <= ALWAYS; n_rows += 5)
    WAIT_FOR (count_host_rows (page) >= n_rows);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  n_rows = count_host_rows (page);
  g_assert_cmpuint (n_rows, <, MANY / 2);

  view = gtk_widget_get_ancestor (GTK_WIDGET (fold), GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (view));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  WAIT_FOR (count_host_rows (page) > n_rows);

  ui_test_close (GTK_WINDOW (window), page);
  g_file_delete (file, NULL, NULL);
}

static char *
get_remembered_app (void)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);

  return g_settings_get_string (settings, "chat-app");
}

/* The result is judged for another app at once, and the row keeps the focus. Only one's own choice is
 * remembered. */
static void
test_app (void)
{
  g_autoptr (SidetoneRun) run = make_run ("symmetric");
  g_autoptr (SidetoneRun) next = sidetone_run_new ();
  GtkWidget *page = g_object_new (SIDETONE_TYPE_RESULT_PAGE, NULL);
  GtkWindow *window = ui_test_show (page, 360, 720);
  g_autofree char *foreign = NULL;
  g_autofree char *own = NULL;
  AdwComboRow *row;

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, FALSE);
  WAIT_FOR (ui_test_find_label (page, "Your calls should work") != NULL);
  row = ui_test_get_child (page, "app_row");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, SIDETONE_APP_UNKNOWN);
  g_assert_nonnull (ui_test_find_label (GTK_WIDGET (row), "Not Said"));
  gtk_test_accessible_assert_property (gtk_widget_get_parent (GTK_WIDGET (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Your App");

  gtk_widget_grab_focus (GTK_WIDGET (row));
  adw_combo_row_set_selected (row, SIDETONE_APP_GAJIM_OLD);
  WAIT_FOR (ui_test_find_label (page, "Most calls will fail") != NULL);
  g_assert_nonnull (ui_test_find_label (page, "not at all"));
  g_assert_true (ui_test_has_focus (GTK_WIDGET (row)));
  g_assert_cmpint (sidetone_run_get_app (run), ==, SIDETONE_APP_GAJIM_OLD);
  foreign = get_remembered_app ();
  g_assert_cmpstr (foreign, ==, "");

  sidetone_run_set_own (run);
  adw_combo_row_set_selected (row, SIDETONE_APP_DINO);
  WAIT_FOR (ui_test_find_label (page, "Your calls should work") != NULL);
  own = get_remembered_app ();
  g_assert_cmpstr (own, ==, "dino");
  sidetone_app_apply (next);
  g_assert_cmpint (sidetone_run_get_app (next), ==, SIDETONE_APP_DINO);

  adw_combo_row_set_selected (row, SIDETONE_APP_UNKNOWN);
  sidetone_app_apply (next);
  g_assert_cmpint (sidetone_run_get_app (next), ==, SIDETONE_APP_UNKNOWN);

  ui_test_close (window, page);
}

/* Reading a report can be cancelled like a check. */
static void
test_cancel (void)
{
  g_autoptr (GFile) file = write_many ();
  SidetoneWindow *window = sidetone_window_new (NULL);
  GtkWidget *widget = GTK_WIDGET (window);
  GtkStack *stack = ui_test_get_child (widget, "stack");

  gtk_window_present (GTK_WINDOW (window));
  sidetone_window_open_report (window, file);
  g_assert_nonnull (ui_test_find_label (widget, "Cancel"));
  /* Escape activates this, too */
  gtk_widget_activate_action (widget, "win.cancel", NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "sign-in");
  g_assert_true (sidetone_window_is_free (window));

  ui_test_close (GTK_WINDOW (window), ui_test_get_child (widget, "sign_in_page"));
  g_file_delete (file, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/lists/stable", test_stable);
  g_test_add_func ("/lists/findings", test_findings);
  g_test_add_func ("/lists/goes-on", test_goes_on);
  g_test_add_func ("/lists/scrolls", test_scrolls);
  g_test_add_func ("/lists/shape", test_shape);
  g_test_add_func ("/lists/measure", test_measure);
  g_test_add_func ("/lists/video", test_video);
  g_test_add_func ("/lists/no-video", test_no_video);
  g_test_add_func ("/lists/many", test_many);
  g_test_add_func ("/lists/app", test_app);
  g_test_add_func ("/lists/cancel", test_cancel);

  return g_test_run ();
}
