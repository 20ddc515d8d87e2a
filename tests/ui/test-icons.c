/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include <gtk/gtk.h>

/* Icon names: each that the window uses is in the resources of GTK or of Sidetone, where every
 * installation has it. Icon themes drop icons between versions, and an icon that is not found is
 * drawn as a broken image. Needs no display. */

/* How an icon is named in C and in .ui files */
#define SYMBOLIC "[\">]\\s*([a-z0-9-]+-symbolic)\\s*[\"<]"
#define PROPERTY "name=\"(?:[a-z-]+-)?icon(?:-name)?\"[^<>]*>\\s*([^\\s<>]+)\\s*<"
#define CALL "icon_name \\([^\";]*\"([^\"]+)\""

/* Adds to @names, a name to the file it is in */
static void
read_file (const char *path,
           GRegex     *regex,
           GHashTable *names)
{
  g_autofree char *text = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  for (g_regex_match (regex, text, 0, &match);
       g_match_info_matches (match);
       g_match_info_next (match, NULL))
    g_hash_table_replace (names, g_match_info_fetch (match, 1), g_strdup (path));
}

static void
read_folder (const char *path,
             GRegex     *regex,
             GHashTable *names)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  const char *name;

  g_assert_no_error (error);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        read_folder (child, regex, names);
      else if (g_str_has_suffix (name, ".c") || g_str_has_suffix (name, ".ui"))
        read_file (child, regex, names);
    }
}

/* (transfer full): all icon names in src/ui, as keys */
static GHashTable *
collect_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("(?|" SYMBOLIC "|" PROPERTY "|" CALL ")",
                                          G_REGEX_OPTIMIZE, 0, &error);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "src", "ui", NULL);
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_assert_no_error (error);

  /* Its name is a macro */
  g_hash_table_insert (names, g_strdup (SIDETONE_APPLICATION_ID), g_strdup ("config.h"));
  read_folder (path, regex, names);

  return names;
}

/* (transfer full): a theme of resources, without any folder of this computer */
static GtkIconTheme *
make_theme (void)
{
  const char *folders[] = { NULL };
  const char *resources[] = { "/org/gtk/libgtk/icons", "/sidetone/icons", NULL };
  GtkIconTheme *theme = gtk_icon_theme_new ();

  gtk_icon_theme_set_search_path (theme, folders);
  gtk_icon_theme_set_resource_path (theme, resources);

  return theme;
}

static gboolean
is_in_resource (GtkIconTheme *theme,
                const char   *name)
{
  g_autoptr (GtkIconPaintable) icon = NULL;
  g_autoptr (GFile) file = NULL;

  if (!gtk_icon_theme_has_icon (theme, name))
    return FALSE;

  icon = gtk_icon_theme_lookup_icon (theme, name, NULL, 16, 1, GTK_TEXT_DIR_NONE, 0);
  file = gtk_icon_paintable_get_file (icon);

  return file != NULL && g_file_has_uri_scheme (file, "resource");
}

static void
test_resources (void)
{
  g_autoptr (GtkIconTheme) theme = make_theme ();
  g_autoptr (GHashTable) names = collect_names ();
  GHashTableIter iter;
  gpointer name, where;

  /* From C, from a .ui file, from a table, and Sidetone's own */
  g_assert_true (g_hash_table_contains (names, "dialog-error-symbolic"));
  g_assert_true (g_hash_table_contains (names, "open-menu-symbolic"));
  g_assert_true (g_hash_table_contains (names, "object-select-symbolic"));
  g_assert_true (g_hash_table_contains (names, "sidetone-failed-symbolic"));

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &where))
    {
      if (!is_in_resource (theme, name))
        g_test_fail_printf ("%s: no resource holds the icon %s", (char *) where, (char *) name);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  /* GTK's resources are there even without a display. A missing locale would be a warning. */
  gtk_disable_setlocale ();
  gtk_init_check ();

  g_test_add_func ("/icons/resources", test_resources);

  return g_test_run ();
}
