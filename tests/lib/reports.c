/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "reports.h"

#include <string.h>

/* The reports that the window's tests show (ui/reports), for all tests; and folders for those that write
 * some. */

#define SUFFIX ".sidetone.json"

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * sidetone_test_list_reports:
 *
 * Returns: (transfer full): the names of all reports, without their suffix, in order; %NULL-terminated
 */
char **
sidetone_test_list_reports (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "ui", "reports", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  GPtrArray *names = g_ptr_array_new ();
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_assert_true (g_str_has_suffix (name, SUFFIX));
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (SUFFIX)));
    }
  g_assert_cmpuint (names->len, >, 20);
  g_ptr_array_sort (names, compare);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (names, FALSE);
}

/**
 * sidetone_test_read_report:
 * @name: the name of a report, without its suffix
 *
 * Returns: (transfer full): the report; the test fails without it
 */
SidetoneReport *
sidetone_test_read_report (const char *name)
{
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "ui", "reports", file, NULL);
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  SidetoneReport *report;
  gsize length;

  g_file_get_contents (path, &json, &length, &error);
  g_assert_no_error (error);
  report = sidetone_report_new_from_json (json, length, &error);
  g_assert_no_error (error);

  return report;
}

/**
 * sidetone_test_make_folder:
 *
 * Returns: (transfer full): a new folder, which the test removes; it fails without it
 */
char *
sidetone_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("sidetone-test-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}
