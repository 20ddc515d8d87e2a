/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "keep/report-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reports as files, read in a thread */

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

/* A pipe without a writer blocks its reader for ever, as a slow disk does for a while: a cancel
 * does not wait for it. */
static void
test_cancel (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sidetone-report-XXXXXX", &error);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  int writer;

  g_assert_no_error (error);
  path = g_build_filename (folder, "report.json", NULL);
  file = g_file_new_for_path (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);

  sidetone_report_file_load_async (file, cancellable, store_result_cb, &result);
  /* This returns when the reader is there, which then waits for the first byte. */
  writer = g_open (path, O_WRONLY);
  g_assert_cmpint (writer, >=, 0);
  g_cancellable_cancel (cancellable);

  g_assert_null (sidetone_report_file_load_finish (file, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Lets the thread go on */
  close (writer);
  g_unlink (path);
  g_rmdir (folder);
}

/* A saved report is read unchanged. */
static void
test_save (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sidetone-report-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "report.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) read = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autofree char *written = NULL;
  g_autofree char *written_again = NULL;
  GStatBuf status;

  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, NULL, NULL,
                                G_LIST_MODEL (observations));
  sidetone_report_file_save_async (report, file, NULL, store_result_cb, &saved);
  g_assert_true (sidetone_report_file_save_finish (file, wait_for (&saved), &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0077, ==, 0);

  sidetone_report_file_load_async (file, NULL, store_result_cb, &loaded);
  read = sidetone_report_file_load_finish (file, wait_for (&loaded), &error);
  g_assert_no_error (error);

  written = sidetone_report_to_json (report);
  written_again = sidetone_report_to_json (read);
  g_assert_cmpstr (written, ==, written_again);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-file/cancel", test_cancel);
  g_test_add_func ("/report-file/save", test_save);

  return g_test_run ();
}
