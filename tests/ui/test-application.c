/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "about.h"
#include "application.h"
#include "ui-test.h"

/* The program: its keys, and what it says about itself */

static SidetoneApplication *
start (void)
{
  SidetoneApplication *application = sidetone_application_new ();

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  return application;
}

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
  g_autoptr (SidetoneApplication) application = start ();
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
  /* GTK's: the default button's, and the primary menu's */
  add_keys (keys, "Return F10");

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

int
main (int    argc,
      char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/application/shortcuts", test_shortcuts);
  g_test_add_func ("/application/troubleshooting", test_troubleshooting);

  return g_test_run ();
}
