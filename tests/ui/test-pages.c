/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "judge/verdict.h"
#include "keep/report-file.h"
#include "result/finding-row.h"
#include "result/host-row.h"
#include "result/service-row.h"
#include "result/step-row.h"
#include "run.h"
#include "seen/service-result.h"
#include "window.h"
#include "words/describe.h"

/* Every page that a report can show, in every style: everything is there, nothing is cut off, and
 * nothing is leaked. The reports are in the folder reports. */

/* The narrowest screen that GNOME programs must fit, in pixels */
#define NARROW 360

typedef struct
{
  const char *name;
  int width;
  int text_percent;
  GtkTextDirection direction;
  AdwColorScheme colors;
} Dress;

static const Dress dresses[] = {
  { "light", 840, 100, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "dark", 840, 100, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_DARK },
  { "narrow", NARROW, 100, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "mirrored", 840, 100, GTK_TEXT_DIR_RTL, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "large", NARROW, 200, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "narrow-mirrored", NARROW, 100, GTK_TEXT_DIR_RTL, ADW_COLOR_SCHEME_FORCE_LIGHT },
};

/* Sanitizers check the use of memory, which hardly differs between dresses: they need only the last
 * one. test_details uses the first. */
#ifdef __SANITIZE_ADDRESS__
#define FIRST_DRESS (G_N_ELEMENTS (dresses) - 1)
#else
#define FIRST_DRESS 0
#endif

typedef struct
{
  char *path;
  const Dress *dress;
} Case;

static void
free_case (gpointer data)
{
  Case *row = data;

  g_free (row->path);
  g_free (row);
}

static void
put_on (const Dress *dress)
{
  gtk_widget_set_default_direction (dress->direction);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), dress->colors);
  ui_test_set_text_size (dress->text_percent);
}

static SidetoneReport *
load_report (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  SidetoneReport *report = sidetone_report_file_load (file, NULL, &error);

  g_assert_no_error (error);

  return report;
}

static GtkWidget *
open_window (const char *path,
             int         width)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SidetoneWindow *window = sidetone_window_new (NULL);
  GtkStack *stack = ui_test_get_child (GTK_WIDGET (window), "stack");

  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  sidetone_window_open_report (window, file);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (!g_str_equal (gtk_stack_get_visible_child_name (stack), "loading"));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  return GTK_WIDGET (window);
}

static void
close_window (GtkWidget *window)
{
  GtkWidget *page = ui_test_get_child (window, "result_page");

  ui_test_close (GTK_WINDOW (window), page);
}

static void
assert_shown (GtkWidget  *window,
              const char *words)
{
  if (ui_test_find_label (window, words) == NULL)
    g_error ("Nowhere to be seen: %s", words);
}

static void
assert_endpoint (GtkWidget        *card,
                 SidetoneEndpoint *endpoint)
{
  g_autofree char *address = sidetone_endpoint_dup_address (endpoint);
  g_autofree char *port = sidetone_describe_port (endpoint);
  GtkWidget *label = ui_test_find_label (card, address);

  g_assert_nonnull (label);
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (label)));
  g_assert_cmpint (gtk_widget_get_direction (label), ==, GTK_TEXT_DIR_LTR);
  g_assert_nonnull (ui_test_find_label (card, port));
}

/* Each hop says what it is and what is known about it, and opens its evidence; the two ends are cards
 * with their addresses. */
static void
assert_hops (GtkWidget         *way,
             SidetoneDiagnosis *diagnosis)
{
  static const char *const states[] = { "unknown", "fine", "limits", "broken" };
  g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);
  GtkWidget *between = gtk_widget_get_first_child (ui_test_get_child (way, "middle"));

  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];
      g_autofree char *words = sidetone_describe_hop (hop, diagnosis);
      g_autoptr (GPtrArray) details = sidetone_describe_hop_details (hop, diagnosis);
      GtkWidget *button = hop->place == SIDETONE_HOP_BETWEEN ? between
                          : hop->place == SIDETONE_HOP_SERVER ? ui_test_get_child (way, "server_hop")
                          : hop->place == SIDETONE_HOP_RELAY ? ui_test_get_child (way, "relay_hop")
                          : ui_test_get_child (way, "partner_hop");

      if (hop->place == SIDETONE_HOP_COMPUTER || hop->place == SIDETONE_HOP_SEEN)
        continue;

      g_assert_true (gtk_widget_has_css_class (button, states[hop->state]));
      g_assert_nonnull (ui_test_find_label (button, sidetone_describe_hop_title (hop)));
      g_assert_nonnull (ui_test_find_label (button, words));
      g_assert_true (gtk_widget_get_sensitive (ui_test_get_child (button, "button")) ==
                     (details->len > 0));
      if (hop->place == SIDETONE_HOP_BETWEEN)
        between = gtk_widget_get_next_sibling (between);
    }

  g_assert_null (between);
}

static void
assert_way (GtkWidget         *window,
            SidetoneDiagnosis *diagnosis)
{
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkWidget *way = ui_test_get_child (page, "way");
  GtkWidget *local = ui_test_get_child (way, "local_card");
  GtkWidget *external = ui_test_get_child (way, "external_card");
  SidetoneChange change = sidetone_diagnosis_get_address_change (diagnosis);
  g_autofree char *event = sidetone_describe_event (diagnosis);

  g_assert_true (gtk_widget_get_mapped (way));
  if (sidetone_diagnosis_get_local (diagnosis) != NULL)
    assert_endpoint (local, sidetone_diagnosis_get_local (diagnosis));
  if (sidetone_diagnosis_get_external (diagnosis) != NULL)
    assert_endpoint (external, sidetone_diagnosis_get_external (diagnosis));
  else if (!sidetone_diagnosis_has_failed (diagnosis))
    g_assert_nonnull (ui_test_find_label (external, event));

  if (change != SIDETONE_CHANGE_UNKNOWN)
    g_assert_nonnull (ui_test_find_label (external, sidetone_describe_change (change)));
  assert_hops (way, diagnosis);
}

/* Where a card's title begins, from above */
static float
get_title_top (GtkWidget  *way,
               const char *card)
{
  GtkWidget *label = ui_test_get_child (ui_test_get_child (way, card), "title_label");
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (label, way, &bounds));

  return bounds.origin.y;
}

/* Side by side, alike, if there is room, else one below the other */
static void
assert_places (GtkWidget   *window,
               const Dress *dress)
{
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkWidget *way = ui_test_get_child (page, "way");
  graphene_rect_t local;
  graphene_rect_t external;

  g_assert_true (gtk_widget_compute_bounds (ui_test_get_child (way, "local_card"), way, &local));
  g_assert_true (gtk_widget_compute_bounds (ui_test_get_child (way, "external_card"), way,
                                            &external));
  if (dress->width == NARROW)
    g_assert_cmpfloat (external.origin.y, >=, local.origin.y + local.size.height);
  else if (dress->direction == GTK_TEXT_DIR_LTR)
    g_assert_cmpfloat (external.origin.x, >=, local.origin.x + local.size.width);
  else
    g_assert_cmpfloat (local.origin.x, >=, external.origin.x + external.size.width);
  if (dress->width != NARROW)
    g_assert_cmpfloat (ABS (get_title_top (way, "local_card") - get_title_top (way, "external_card")),
                       <, 1);
}

/* After the text if there is room, else below it */
static void
assert_plot (GtkWidget                   *row,
             const SidetoneServiceResult *result,
             const Dress                 *dress)
{
  GtkWidget *plot = ui_test_get_child (row, "plot");
  GtkWidget *words = gtk_widget_get_parent (ui_test_get_child (row, "title_label"));
  g_autofree char *trips = sidetone_describe_service_trips (result);
  graphene_rect_t drawn;
  graphene_rect_t said;

  g_assert_true (gtk_widget_get_visible (plot) == (trips != NULL));
  if (trips == NULL)
    return;

  gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL, trips);
  g_assert_true (gtk_widget_compute_bounds (plot, row, &drawn));
  g_assert_true (gtk_widget_compute_bounds (words, row, &said));
  if (dress->width == NARROW)
    g_assert_cmpfloat (drawn.origin.y, >=, said.origin.y + said.size.height);
  else if (dress->direction == GTK_TEXT_DIR_LTR)
    g_assert_cmpfloat (drawn.origin.x, >=, said.origin.x + said.size.width);
  else
    g_assert_cmpfloat (said.origin.x, >=, drawn.origin.x + drawn.size.width);
}

static void
assert_host (GtkWidget                *window,
             GtkWidget                *host_row,
             const SidetoneHostResult *host,
             const Dress              *dress)
{
  g_autofree char *title = sidetone_describe_host_title (host);
  g_autofree char *faults = sidetone_describe_host_faults (host);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_assert_nonnull (ui_test_find_label (host_row, title));
  g_assert_true (faults == NULL ||
                 g_str_has_prefix (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (host_row)),
                                   faults));
  g_assert_cmpuint (ui_test_count (host_row, SIDETONE_TYPE_SERVICE_ROW), ==, 0);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (host_row), TRUE);
  WAIT_FOR (ui_test_count (host_row, SIDETONE_TYPE_SERVICE_ROW) == host->results->len);
  gtk_test_widget_wait_for_draw (window);

  ui_test_collect (host_row, SIDETONE_TYPE_SERVICE_ROW, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const SidetoneServiceResult *result = host->results->pdata[i];
      const char *state = sidetone_describe_state (result->state);
      g_autofree char *server = sidetone_describe_service_title (result);
      g_autofree char *summary = sidetone_describe_service_summary (result);
      g_autofree char *spoken = g_strdup_printf ("%s\n%s: %s", server, state, summary);

      WAIT_FOR (ui_test_find_label (rows->pdata[i], server) != NULL);
      g_assert_nonnull (ui_test_find_label (rows->pdata[i], summary));
      gtk_test_accessible_assert_property (rows->pdata[i], GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
      assert_plot (rows->pdata[i], result, dress);
    }
}

/* All hosts in one row, which is open if something fails */
static void
assert_servers (GtkWidget              *window,
                const SidetoneEvidence *evidence,
                const Dress            *dress)
{
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkWidget *fold = ui_test_get_child (page, "hosts_row");
  g_autoptr (GPtrArray) hosts = sidetone_host_results_collect (evidence, FALSE);
  SidetoneProgress progress = sidetone_host_results_get_progress (hosts, FALSE);
  g_autofree char *words = sidetone_describe_hosts (hosts, FALSE);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_assert_true (gtk_widget_get_mapped (ui_test_get_child (page, "services_group")) ==
                 (hosts->len > 0));
  if (hosts->len == 0)
    return;

  g_assert_nonnull (ui_test_find_label (fold, words));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (fold)) ==
                 (progress == SIDETONE_PROGRESS_WARNING || progress == SIDETONE_PROGRESS_FAILED));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fold), TRUE);
  WAIT_FOR (ui_test_count (fold, SIDETONE_TYPE_HOST_ROW) == hosts->len);
  gtk_test_widget_wait_for_draw (window);

  ui_test_collect (fold, SIDETONE_TYPE_HOST_ROW, rows);
  for (guint i = 0; i < rows->len; i++)
    assert_host (window, rows->pdata[i], hosts->pdata[i], dress);
}

static void
assert_calls (GtkWidget         *window,
              SidetoneDiagnosis *diagnosis)
{
  GtkWidget *group = ui_test_get_child (ui_test_get_child (window, "result_page"), "calls_group");
  gboolean partners[SIDETONE_N_PARTNERS];

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (diagnosis, partner);
      gboolean is_first = sidetone_diagnosis_gather_partners (diagnosis, partner, partners);
      g_autofree char *words = sidetone_describe_partners (partners);
      g_autofree char *spoken = NULL;
      GtkWidget *label = ui_test_find_label (group, words);
      GtkWidget *row;

      g_assert_true (gtk_widget_get_mapped (group) == (call != NULL));
      g_assert_true ((label != NULL) == (call != NULL));
      if (!is_first)
        continue;

      row = gtk_widget_get_ancestor (label, ADW_TYPE_PREFERENCES_ROW);
      g_assert_nonnull (ui_test_find_label (row, sidetone_describe_call (call)));
      g_assert_nonnull (ui_test_find_label (row, sidetone_describe_call_reason (call)));
      /* Once, with its reason */
      spoken = g_strjoin ("\n", words, sidetone_describe_call (call),
                          sidetone_describe_call_reason (call), NULL);
      gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
    }
}

static void
assert_lifetime (GtkWidget  *window,
                 GListModel *observations)
{
  GtkWidget *page = ui_test_get_child (window, "result_page");
  g_autofree char *words = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_LIFETIME)
        words = sidetone_describe_lifetime_verdict (observation);
    }

  g_assert_true (gtk_widget_get_mapped (ui_test_get_child (page, "lifetime_group")) ==
                 (words != NULL));
  /* A report has no account to check again. */
  g_assert_false (gtk_widget_get_mapped (ui_test_get_child (ui_test_get_child (page, "lifetime_group"), "lifetime_button")));
  if (words != NULL)
    g_assert_nonnull (ui_test_find_label (ui_test_get_child (ui_test_get_child (page, "lifetime_group"), "lifetime_row"), words));
}

/* The whole answer is the name of what has the focus at the end, so that a screen reader says it. */
static void
assert_spoken (GtkWidget         *window,
               SidetoneDiagnosis *diagnosis)
{
  GtkWidget *view = ui_test_get_child (ui_test_get_child (window, "result_page"), "verdict");
  SidetoneFinding *cause = sidetone_diagnosis_get_verdict (diagnosis)->cause;
  SidetoneFinding *main_finding = sidetone_diagnosis_get_main_finding (diagnosis);
  g_autofree char *name = gtk_test_accessible_check_property (GTK_ACCESSIBLE (view),
                                                              GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  char *parts[] = {
    sidetone_describe_headline (diagnosis),
    sidetone_describe_verdict (diagnosis),
    main_finding != NULL ? sidetone_describe_finding_title (main_finding) : NULL,
    main_finding != NULL ? sidetone_describe_finding_explanation (main_finding) : NULL,
    cause != NULL ? sidetone_describe_owners (cause) : NULL,
    sidetone_describe_remedy (diagnosis),
  };

  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == view);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_assert_true (parts[i] == NULL || strstr (name, parts[i]) != NULL);
      g_free (parts[i]);
    }
}

static guint
count_notes (SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      n += finding != sidetone_diagnosis_get_main_finding (diagnosis) &&
           sidetone_finding_get_severity (finding) < SIDETONE_SEVERITY_WARNING ? 1 : 0;
    }

  return n;
}

/* Notes are folded into one row. */
static void
expand_notes (GtkWidget         *window,
              SidetoneDiagnosis *diagnosis)
{
  GtkWidget *fold = ui_test_get_child (ui_test_get_child (window, "result_page"), "notes_row");
  guint n_notes = count_notes (diagnosis);

  g_assert_true (gtk_widget_get_mapped (fold) == (n_notes > 0));
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (fold)));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fold), n_notes > 0);
  WAIT_FOR (ui_test_count (fold, SIDETONE_TYPE_FINDING_ROW) == n_notes);
  gtk_test_widget_wait_for_draw (window);
}

static void
test_page (gconstpointer user_data)
{
  const Case *row = user_data;
  g_autoptr (SidetoneReport) report = load_report (row->path);
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  g_autofree char *headline = sidetone_describe_headline (diagnosis);
  g_autofree char *verdict = sidetone_describe_verdict (diagnosis);
  g_autofree const char **codes = sidetone_verdict_list_codes (diagnosis);
  g_autofree char *remedy = sidetone_describe_remedy (diagnosis);
  GtkWidget *window;

  put_on (row->dress);
  window = open_window (row->path, row->dress->width);

  assert_shown (window, headline);
  assert_shown (window, verdict);
  for (guint i = 0; codes[i] != NULL; i++)
    assert_shown (window, codes[i]);
  assert_shown (window, remedy);
  assert_shown (window, sidetone_describe_whose ());
  expand_notes (window, diagnosis);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      g_autofree char *title = sidetone_describe_finding_title (finding);
      g_autofree char *explanation = sidetone_describe_finding_explanation (finding);
      g_autofree char *advice = sidetone_describe_finding_advice (finding);

      assert_shown (window, title);
      assert_shown (window, explanation);
      /* The main one's code and advice are those of the verdict. */
      if (i > 0)
        {
          assert_shown (window, sidetone_finding_get_code (finding));
          assert_shown (window, advice);
        }
    }

  assert_spoken (window, diagnosis);
  assert_way (window, diagnosis);
  assert_places (window, row->dress);
  assert_calls (window, diagnosis);
  assert_lifetime (window, sidetone_report_get_observations (report));
  assert_servers (window, sidetone_diagnosis_get_evidence (diagnosis), row->dress);
  g_assert_cmpint (ui_test_get_min_width (window), <=, NARROW);

  close_window (window);
}

/* The number of steps that a check got to */
static guint
count_reached (SidetoneReport *report)
{
  g_autoptr (SidetoneRun) run = sidetone_run_new_for_report (report);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (
    (GDestroyNotify) sidetone_step_unref);
  guint n = 0;

  for (SidetoneStepKind kind = SIDETONE_STEP_COMPUTER; kind <= SIDETONE_STEP_TEST; kind++)
    g_ptr_array_add (steps, sidetone_run_dup_step (run, kind));
  for (guint i = 0; i < steps->len; i++)
    n += sidetone_steps_is_reached (steps, i) ? 1 : 0;

  return n;
}

/* A row's subtitle takes no line if it is empty. */
static void
assert_subtitle (GtkWidget *row)
{
  const char *subtitle = adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row));
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  guint n_found = 0;

  ui_test_collect (row, GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_has_css_class (labels->pdata[i], "subtitle"))
      {
        g_assert_true (gtk_widget_get_mapped (labels->pdata[i]) == (*subtitle != '\0'));
        n_found++;
      }
  g_assert_cmpuint (n_found, ==, 1);
}

/* Each step expands to all its observations */
static void
test_details (gconstpointer user_data)
{
  const char *path = user_data;
  g_autoptr (SidetoneReport) report = load_report (path);
  GListModel *observations = sidetone_report_get_observations (report);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *window;
  GtkWidget *fold;

  put_on (&dresses[0]);
  window = open_window (path, 840);
  fold = ui_test_get_child (ui_test_get_child (window, "result_page"), "steps_row");
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (fold)));
  g_assert_cmpuint (ui_test_count (fold, SIDETONE_TYPE_STEP_ROW), ==, 0);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fold), TRUE);
  WAIT_FOR (ui_test_count (fold, SIDETONE_TYPE_STEP_ROW) == count_reached (report));
  gtk_test_widget_wait_for_draw (window);
  ui_test_collect (fold, SIDETONE_TYPE_STEP_ROW, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      assert_subtitle (rows->pdata[i]);
      g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (rows->pdata[i])));
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (rows->pdata[i]), TRUE);
    }
  gtk_test_widget_wait_for_draw (window);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      g_autofree char *title = sidetone_describe_observation_title (observation);
      g_autoptr (GPtrArray) details = sidetone_describe_details (observation);

      WAIT_FOR (ui_test_find_label (window, title) != NULL);
      for (guint j = 0; j < details->len; j++)
        {
          const SidetoneDetail *detail = details->pdata[j];

          WAIT_FOR (ui_test_find_label (window, detail->title) != NULL);
          WAIT_FOR (ui_test_find_label (window, detail->value) != NULL);
        }
    }

  close_window (window);
}

/* A file that is no report */
static void
test_bad_file (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "meson.build", NULL);
  GtkWidget *window = open_window (path, 840);

  assert_shown (window, "Couldn't Open Report");
  close_window (window);
}

static void
add_cases (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *page = g_strndup (name, strcspn (name, "."));
      g_autofree char *details = g_strdup_printf ("/details/%s", page);

      for (gsize i = FIRST_DRESS; i < G_N_ELEMENTS (dresses); i++)
        {
          g_autofree char *test = g_strdup_printf ("/pages/%s/%s", page, dresses[i].name);
          Case *row = g_new0 (Case, 1);

          row->path = g_build_filename (folder, name, NULL);
          row->dress = &dresses[i];
          g_test_add_data_func_full (test, row, test_page, free_case);
        }
      g_test_add_data_func_full (details, g_build_filename (folder, name, NULL), test_details,
                                 g_free);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;

  ui_test_init (&argc, &argv);

  folder = g_test_build_filename (G_TEST_DIST, "reports", NULL);
  add_cases (folder);
  g_test_add_func ("/bad-file", test_bad_file);

  return g_test_run ();
}
