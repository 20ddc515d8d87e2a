/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "keep/history.h"

#include "keep/report-file.h"
#include "lib/reports.h"
#include "report/report-trim.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* The checks that are kept on this computer */

#define ENOUGH (SIDETONE_HISTORY_MAX + 5)

static void
store_result_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **stored = user_data;

  *stored = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **stored)
{
  while (*stored == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *stored;
}

/* The same check, @minutes later */
static SidetoneReport *
make_report (const char *name,
             guint       minutes)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (name);
  g_autoptr (GDateTime) created = g_date_time_add_minutes (sidetone_report_get_created (report),
                                                           minutes);

  return sidetone_report_new (sidetone_report_get_jid (report), sidetone_report_get_domain (report),
                              created, NULL, NULL, sidetone_report_get_observations (report));
}

static gboolean
add (SidetoneReport *report)
{
  g_autoptr (GAsyncResult) result = NULL;

  sidetone_history_add_async (report, store_result_cb, &result);

  return sidetone_history_add_finish (wait_for (&result), NULL);
}

static GPtrArray *
list (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  sidetone_history_list_async (NULL, store_result_cb, &result);
  entries = sidetone_history_list_finish (wait_for (&result), &error);
  g_assert_no_error (error);

  return entries;
}

static void
clear (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sidetone_history_clear_async (store_result_cb, &result);
  g_assert_true (sidetone_history_clear_finish (wait_for (&result), &error));
  g_assert_no_error (error);
}

static void
assert_mode (const char *path,
             mode_t      mode)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, mode);
}

/* A check opens as it was, but for what servers wrote; only its owner can. */
static void
test_kept (void)
{
  g_autoptr (SidetoneReport) report = make_report ("relay-problems", 0);
  g_autoptr (SidetoneReport) trimmed = sidetone_report_new_trimmed (report);
  g_autoptr (SidetoneReport) read = NULL;
  g_autoptr (GPtrArray) none = list ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = sidetone_history_dup_folder ();
  g_autofree char *path = NULL;
  g_autofree char *json = NULL;
  g_autofree char *expected = sidetone_report_to_json (trimmed);
  SidetoneHistoryEntry *entry;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (add (report));
  entries = list ();
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpstr (sidetone_history_entry_get_head (entry)->way_out, ==, "198.51.100.1");
  g_assert_cmpint (sidetone_history_entry_get_head (entry)->state, ==, SIDETONE_VERDICT_POOR);

  read = sidetone_report_file_load (sidetone_history_entry_get_file (entry), NULL, &error);
  g_assert_no_error (error);
  json = sidetone_report_to_json (read);
  g_assert_cmpstr (json, ==, expected);

  path = g_file_get_path (sidetone_history_entry_get_file (entry));
  assert_mode (folder, 0700);
  assert_mode (path, 0600);
  clear ();
}

/* A measurement after the check completes its report. */
static void
test_again (void)
{
  g_autoptr (SidetoneReport) report = make_report ("nat", 0);
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_true (add (report));
  g_assert_true (add (report));
  entries = list ();
  g_assert_cmpuint (entries->len, ==, 1);
  clear ();
}

/* The oldest make room, and a list takes no time. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) none = NULL;
  clock_t start;

  for (guint i = 0; i < ENOUGH; i++)
    {
      g_autoptr (SidetoneReport) report = make_report ("nat", i);

      g_assert_true (add (report));
    }

  start = clock ();
  entries = list ();
  g_test_message ("%u checks listed in %.1f ms", entries->len,
                  1000.0 * (clock () - start) / CLOCKS_PER_SEC);
  g_assert_cmpuint (entries->len, ==, SIDETONE_HISTORY_MAX);
  for (guint i = 1; i < entries->len; i++)
    {
      SidetoneHistoryEntry *entry = entries->pdata[i];
      SidetoneHistoryEntry *newer = entries->pdata[i - 1];

      g_assert_cmpint (g_date_time_compare (sidetone_history_entry_get_head (newer)->created, sidetone_history_entry_get_head (entry)->created), >, 0);
    }

  clear ();
  none = list ();
  g_assert_cmpuint (none->len, ==, 0);
}

/* Other files there are left alone, and what is no report is not listed. */
static void
test_strangers (void)
{
  g_autoptr (SidetoneReport) report = make_report ("nat", 0);
  g_autofree char *folder = sidetone_history_dup_folder ();
  g_autofree char *broken = g_build_filename (folder, "9999.json", NULL);
  g_autofree char *other = g_build_filename (folder, "notes.txt", NULL);
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_true (add (report));
  g_assert_true (g_file_set_contents (broken, "{", -1, NULL));
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  entries = list ();
  g_assert_cmpuint (entries->len, ==, 1);
  clear ();
  g_assert_false (g_file_test (broken, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_remove (other), ==, 0);
}

/* A full or read-only home folder is no reason to fail a check. */
static void
test_unwritable (void)
{
  g_autoptr (SidetoneReport) report = make_report ("nat", 0);
  g_autofree char *folder = sidetone_history_dup_folder ();
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_rmdir (folder);
  g_assert_true (g_file_set_contents (folder, "a file in its place", -1, NULL));
  g_assert_false (add (report));
  entries = list ();
  g_assert_cmpuint (entries->len, ==, 0);
  g_assert_cmpint (g_remove (folder), ==, 0);
}

/* A data folder of its own. GLib's (G_TEST_OPTION_ISOLATE_DIRS) leaks memory. */
static char *
make_data_folder (void)
{
  char *folder = sidetone_test_make_folder ();

  g_setenv ("XDG_DATA_HOME", folder, TRUE);

  return folder;
}

static void
remove_data_folder (const char *data)
{
  g_autofree char *checks = g_build_filename (data, "sidetone", "checks", NULL);
  g_autofree char *sidetone = g_build_filename (data, "sidetone", NULL);

  g_rmdir (checks);
  g_rmdir (sidetone);
  g_assert_cmpint (g_rmdir (data), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *data = make_data_folder ();
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/kept", test_kept);
  g_test_add_func ("/history/again", test_again);
  g_test_add_func ("/history/many", test_many);
  g_test_add_func ("/history/strangers", test_strangers);
  g_test_add_func ("/history/unwritable", test_unwritable);

  status = g_test_run ();
  remove_data_folder (data);

  return status;
}
