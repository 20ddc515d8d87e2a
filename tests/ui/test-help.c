/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "help/help-window.h"
#include "report/report.h"
#include "result/code-button.h"
#include "window.h"
#include "words/explain.h"

/* The help: how it is opened, and what it shows */

static GtkWidget *
open_report (const char *report)
{
  SidetoneWindow *window = sidetone_window_new (NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reports", report, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkStack *stack = ui_test_get_child (GTK_WIDGET (window), "stack");

  gtk_window_present (GTK_WINDOW (window));
  sidetone_window_open_report (window, file);
  WAIT_FOR (g_str_equal (gtk_stack_get_visible_child_name (stack), "result"));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  return GTK_WIDGET (window);
}

static void
close_window (GtkWidget *window)
{
  ui_test_close (GTK_WINDOW (window), ui_test_get_child (window, "sign_in_page"));
}

static guint
count_helps (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      n += SIDETONE_IS_HELP_WINDOW (window) ? 1 : 0;
    }

  return n;
}

static GtkWidget *
find_help (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_assert_cmpuint (count_helps (), ==, 1);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SIDETONE_IS_HELP_WINDOW (window))
        {
          gtk_test_widget_wait_for_draw (window);
          return window;
        }
    }

  g_assert_not_reached ();
}

static void
close_help (GtkWidget *help)
{
  gtk_widget_activate_action (help, "window.close", NULL);
  WAIT_FOR (count_helps () == 0);
}

static void
assert_shows (GtkWidget  *help,
              const char *title,
              const char *words)
{
  gtk_test_widget_wait_for_draw (help);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (help)), ==, title);
  g_assert_nonnull (ui_test_find_label (help, words));
}

/* F1 opens it once, and it closes with its window. */
static void
test_once (void)
{
  GtkWidget *window = open_report ("relay-problems.sidetone.json");
  GtkWidget *help;

  g_assert_cmpuint (count_helps (), ==, 0);
  gtk_widget_activate_action (window, "win.help", NULL);
  help = find_help ();
  assert_shows (help, "Help", "For Support Staff");
  gtk_widget_activate_action (window, "win.help", NULL);
  g_assert_true (find_help () == help);
  close_help (help);

  gtk_widget_activate_action (window, "win.help", NULL);
  help = find_help ();
  close_window (window);
  WAIT_FOR (count_helps () == 0);
}

/* The verdict's codes, as buttons: what is read out, and the page that opens */
static void
test_codes (void)
{
  GtkWidget *window = open_report ("relay-problems.sidetone.json");
  GtkWidget *result = ui_test_get_child (window, "result_page");
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  GtkWidget *help;

  ui_test_collect (result, SIDETONE_TYPE_CODE_BUTTON, buttons);
  g_assert_cmpuint (buttons->len, >=, 5);
  g_assert_cmpstr (gtk_button_get_label (buttons->pdata[0]), ==, "CALL-24");
  gtk_test_accessible_assert_property (buttons->pdata[0], GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Explain CALL-24");

  g_signal_emit_by_name (buttons->pdata[0], "clicked");
  help = find_help ();
  assert_shows (help, "CALL-24", "Your connection loses data");
  assert_shows (help, "CALL-24", "What would disprove it");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (gtk_window_get_focus (GTK_WINDOW (help))), ==, "GtkBox");

  /* Another one in the same window */
  g_signal_emit_by_name (buttons->pdata[buttons->len - 1], "clicked");
  g_assert_true (find_help () == help);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (help)), ==,
                   gtk_button_get_label (buttons->pdata[buttons->len - 1]));
  close_window (window);
}

static gboolean
names_relay (GtkWidget *window)
{
  GtkWidget *verdict = ui_test_get_child (ui_test_get_child (window, "result_page"), "verdict");
  GtkLabel *label = ui_test_get_child (verdict, "verdict_label");

  return strstr (gtk_label_get_text (label), "relay") != NULL;
}

/* "What Is a Relay?" stands where the word does, and only there. */
static void
test_relay (void)
{
  static const char *const reports[] = {
    "relay-problems.sidetone.json", "symmetric.sidetone.json", "server-silent.sidetone.json",
    "no-services.sidetone.json",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      GtkWidget *window = open_report (reports[i]);
      GtkWidget *label = ui_test_find_label (window, "What Is a Relay?");

      g_assert_true ((label != NULL) == names_relay (window));
      if (label != NULL)
        {
          g_signal_emit_by_name (gtk_widget_get_parent (label), "clicked");
          assert_shows (find_help (), "Terms", "Relay");
        }
      close_window (window);
    }
}

static void
search (GtkWidget  *help,
        const char *typed)
{
  GtkWidget *entry = ui_test_get_child (help, "search_entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), typed);
  g_signal_emit_by_name (entry, "activate");
}

/* As it is heard, or by words; and back to all of them */
static void
test_search (void)
{
  GtkWidget *window = open_report ("relay-problems.sidetone.json");
  GtkWidget *help;
  GtkWidget *list;

  gtk_widget_activate_action (window, "win.help", NULL);
  help = find_help ();
  list = ui_test_get_child (help, "code_list");
  WAIT_FOR (ui_test_count (list, ADW_TYPE_ACTION_ROW) >= 50);

  search (help, "call 18");
  assert_shows (help, "CALL-18", "The relay passes nothing on");
  gtk_widget_activate_action (help, "help.back", NULL);
  assert_shows (help, "Help", "For Support Staff");
  g_assert_true (ui_test_has_focus (ui_test_get_child (help, "search_entry")));

  search (help, "clock is wrong");
  assert_shows (help, "CON-18", "This computer's clock is wrong");
  gtk_widget_activate_action (help, "help.back", NULL);

  search (help, "no such words");
  assert_shows (help, "Help", "There is no such code.");
  search (help, "");
  WAIT_FOR (ui_test_find_label (help, "There is no such code.") == NULL);
  close_window (window);
}

/* Every row of the list opens its page, and a screen reader says all of it. */
static void
test_pages (void)
{
  GtkWidget *window = open_report ("relay-problems.sidetone.json");
  GtkWidget *help;

  gtk_widget_activate_action (window, "win.help", NULL);
  help = find_help ();
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);
      g_autoptr (GPtrArray) sections = sidetone_explain_rule (rule);
      g_autofree char *title = sidetone_explain_title (rule);
      g_autoptr (GString) spoken = g_string_new (title);

      gtk_widget_activate_action (help, "help.show", "s", rule->code);
      for (guint j = 0; j < sections->len; j++)
        {
          const SidetoneDetail *section = sections->pdata[j];

          g_string_append_printf (spoken, "\n%s\n%s", section->title, section->value);
        }
      g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (help)), ==, rule->code);
      gtk_test_accessible_assert_property (gtk_window_get_focus (GTK_WINDOW (help)),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL, spoken->str);
    }

  gtk_widget_activate_action (help, "help.show", "s", SIDETONE_HELP_SUPPORT);
  assert_shows (help, "For Support Staff", "Example: CALL-18");
  close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/help/once", test_once);
  g_test_add_func ("/help/codes", test_codes);
  g_test_add_func ("/help/relay", test_relay);
  g_test_add_func ("/help/search", test_search);
  g_test_add_func ("/help/pages", test_pages);

  return g_test_run ();
}
