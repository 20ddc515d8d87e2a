/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "ui-test.h"

#include "about.h"
#include "application.h"
#include "window.h"

/* The program: its keys, and what it says about itself */

/* Keys to press from the window's first widget to its addresses */
#define MOST_STOPS 50

static SidetoneApplication *application;

static void
add_keys (GHashTable *keys,
          const char *accelerators)
{
  g_auto (GStrv) parts = g_strsplit (accelerators, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      guint key;
      GdkModifierType modifiers;

      g_assert_true (gtk_accelerator_parse (parts[i], &key, &modifiers));
      g_hash_table_add (keys, gtk_accelerator_name (key, modifiers));
    }
}

/* The window of shortcuts names exactly those that there are. */
static void
test_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/sidetone/shortcuts.ui");
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "shortcuts"));
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (application));
  GHashTableIter iter;
  const char *key;

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (GTK_APPLICATION (application),
                                                                     actions[i]);

      for (guint k = 0; accels[k] != NULL; k++)
        add_keys (keys, accels[k]);
    }
  /* GTK's: the default button's, and the primary menu's. The window's own: an entry with the focus
   * takes the clipboard first. */
  add_keys (keys, "Return F10 <Control>v");

  ui_test_collect (window, GTK_TYPE_SHORTCUTS_SHORTCUT, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *accelerators = NULL;

      g_object_get (g_ptr_array_index (rows, i), "accelerator", &accelerators, NULL);
      add_keys (shown, accelerators);
    }

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, NULL))
    if (!g_hash_table_contains (shown, key))
      g_error ("The window of shortcuts has no %s", key);
  g_assert_cmpuint (g_hash_table_size (shown), ==, g_hash_table_size (keys));

  gtk_window_destroy (GTK_WINDOW (window));
}

/* Versions, and nothing about the user */
static void
test_troubleshooting (void)
{
  g_autofree char *text = sidetone_about_dup_troubleshooting ();
  g_autofree char *gtk = g_strdup_printf ("\nGTK: %u.%u.", gtk_get_major_version (),
                                          gtk_get_minor_version ());
  const char *const parts[] = {
    "Sidetone: " SIDETONE_VERSION "\n", gtk, "\nlibadwaita: 1.", "\nGLib: 2.", "\nlibstrophe",
    "\nFlatpak: no\n", "\nDesktop: ", "\nDisplay: GdkX11Display\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (text, parts[i]) == NULL)
      g_error ("“%s” is missing in:\n%s", parts[i], text);
  g_assert_null (strstr (text, g_get_home_dir ()));
  g_assert_null (strchr (text, '@'));
}

static GFile *
new_report (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reports", name, NULL);

  return g_file_new_for_path (path);
}

/* Drops files somewhere on a window, as a file manager does: names of reports, or paths. */
static void
drop (GtkWindow         *window,
      const char *const *names)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  g_autoslist (GFile) files = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    files = g_slist_append (files, new_report (names[i]));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "report-drop") == 0)
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &is_taken);
    }
  g_assert_true (is_taken);
}

static gboolean
shows (GtkWindow  *window,
       const char *page)
{
  GtkStack *stack = ui_test_get_child (GTK_WIDGET (window), "stack");

  return g_str_equal (gtk_stack_get_visible_child_name (stack), page);
}

static guint
count_windows (void)
{
  return g_list_length (gtk_application_get_windows (GTK_APPLICATION (application)));
}

/* What is dropped opens in that window if nothing is lost by it, otherwise in another one. */
static void
test_drop (void)
{
  static const char *const first[] = { "nat.sidetone.json", NULL };
  static const char *const more[] = { "relay.sidetone.json", "cgnat.sidetone.json", NULL };
  GtkWindow *other = GTK_WINDOW (sidetone_window_new (GTK_APPLICATION (application)));
  GtkWindow *window = GTK_WINDOW (sidetone_window_new (GTK_APPLICATION (application)));

  gtk_window_present (window);
  gtk_window_present (other);
  drop (window, first);
  WAIT_FOR (shows (window, "result"));
  g_assert_true (shows (other, "sign-in"));

  /* Two files, and one free window */
  drop (window, more);
  WAIT_FOR (count_windows () == 3);
  WAIT_FOR (shows (other, "result"));
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (application)); at != NULL;
       at = at->next)
    WAIT_FOR (shows (at->data, "result"));
  g_assert_nonnull (ui_test_find_part (GTK_WIDGET (window), "romeo@"));

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

/* What is no report is refused with the words that Open has for it. */
static void
test_drop_no_report (void)
{
  static const char *const no_reports[] = { ".", "/dev/zero", NULL };
  GtkWindow *window = GTK_WINDOW (sidetone_window_new (GTK_APPLICATION (application)));

  gtk_window_present (window);
  drop (window, no_reports);
  WAIT_FOR (shows (window, "unreadable"));
  g_assert_cmpuint (count_windows (), ==, 1);
  WAIT_FOR (ui_test_find_part (GTK_WIDGET (window), "can't be read") != NULL);
  g_assert_nonnull (ui_test_find_part (GTK_WIDGET (window), "/dev/zero"));

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

/* What Tab leads to is not selected: it would look pressed, and be read as selected. */
static void
test_tab_to_address (void)
{
  static const char *const first[] = { "nat.sidetone.json", NULL };
  GtkWindow *window = GTK_WINDOW (sidetone_window_new (GTK_APPLICATION (application)));
  GtkWidget *page = ui_test_get_child (GTK_WIDGET (window), "result_page");
  GtkWidget *card;
  GtkWidget *label;

  gtk_window_present (window);
  drop (window, first);
  WAIT_FOR (shows (window, "result"));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  card = ui_test_get_child (ui_test_get_child (page, "way"), "local_card");
  label = ui_test_get_child (card, "address_label");
  WAIT_FOR (gtk_widget_get_mapped (label));
  for (guint i = 0; i < MOST_STOPS && gtk_window_get_focus (window) != label; i++)
    gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (window) == label);
  g_assert_false (gtk_label_get_selection_bounds (GTK_LABEL (label), NULL, NULL));

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  ui_test_init (&argc, &argv);
  application = sidetone_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/application/drop", test_drop);
  g_test_add_func ("/application/drop-no-report", test_drop_no_report);
  g_test_add_func ("/application/tab-to-address", test_tab_to_address);
  g_test_add_func ("/application/shortcuts", test_shortcuts);
  g_test_add_func ("/application/troubleshooting", test_troubleshooting);

  status = g_test_run ();
  g_object_unref (application);

  return status;
}
