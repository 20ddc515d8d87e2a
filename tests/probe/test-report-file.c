/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "keep/report-file.h"

#include "base/error.h"
#include "lib/reports.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
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

/* A file without a path, as on a slow server: its reader waits until it is let go. */
typedef struct
{
  GObject parent_instance;
} SlowFile;

typedef GObjectClass SlowFileClass;

GType slow_file_get_type (void);

static GMutex slow_lock;
static GCond slow_changed;
static gboolean slow_opening;
static gboolean slow_let_go;

static GFileInputStream *
slow_file_read (GFile        *file,
                GCancellable *cancellable,
                GError      **error)
{
  g_mutex_lock (&slow_lock);
  slow_opening = TRUE;
  g_cond_broadcast (&slow_changed);
  while (!slow_let_go)
    g_cond_wait (&slow_changed, &slow_lock);
  g_mutex_unlock (&slow_lock);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Let go");
  return NULL;
}

static char *
slow_file_get_path (GFile *file)
{
  return NULL;
}

static void
slow_file_iface_init (GFileIface *iface)
{
  iface->get_path = slow_file_get_path;
  iface->read_fn = slow_file_read;
}

G_DEFINE_TYPE_WITH_CODE (SlowFile, slow_file, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_FILE, slow_file_iface_init))

static void
slow_file_class_init (SlowFileClass *klass)
{
}

static void
slow_file_init (SlowFile *self)
{
}

/* A cancel does not wait for a slow disk. */
static void
test_cancel (void)
{
  g_autoptr (GFile) file = g_object_new (slow_file_get_type (), NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sidetone_report_file_load_async (file, cancellable, store_result_cb, &result);
  g_mutex_lock (&slow_lock);
  while (!slow_opening)
    g_cond_wait (&slow_changed, &slow_lock);
  g_mutex_unlock (&slow_lock);
  g_cancellable_cancel (cancellable);

  g_assert_null (sidetone_report_file_load_finish (file, wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_mutex_lock (&slow_lock);
  slow_let_go = TRUE;
  g_cond_broadcast (&slow_changed);
  g_mutex_unlock (&slow_lock);
}

/* A folder for one test, with the files that it makes */
typedef struct
{
  char *folder;
  char *path;
  GFile *file;
} Place;

static void
set_up (Place        *place,
        gconstpointer data)
{
  place->folder = sidetone_test_make_folder ();
  place->path = g_build_filename (place->folder, "report.json", NULL);
  place->file = g_file_new_for_path (place->path);
}

static void
tear_down (Place        *place,
           gconstpointer data)
{
  g_unlink (place->path);
  /* Fails if a file is left */
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_object_unref (place->file);
  g_free (place->path);
  g_free (place->folder);
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

/* Nobody writes into it: a reader would wait for ever. */
static void
test_fifo_not_read (Place        *place,
                    gconstpointer data)
{
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0);
  g_assert_null (sidetone_report_file_load (place->file, NULL, &error));
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_FILE_UNREADABLE);
  g_clear_error (&error);

  g_assert_null (sidetone_report_file_load (device, NULL, &error));
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_FILE_UNREADABLE);
}

/* Its reader gets what is written. Without a reader it is refused; never does a file take its
 * place. */
static void
test_fifo_written (Place        *place,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  char text[8] = "";
  int reader;

  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0);
  g_assert_false (sidetone_report_file_write (place->file, "words", NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  reader = g_open (place->path, O_RDONLY | O_NONBLOCK);
  g_assert_cmpint (reader, >=, 0);
  g_assert_true (sidetone_report_file_write (place->file, "words", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read (reader, text, sizeof text), ==, 5);
  g_assert_cmpstr (text, ==, "words");
  close (reader);

  g_assert_cmpint (g_lstat (place->path, &status), ==, 0);
  g_assert_true (S_ISFIFO (status.st_mode));
}

static void
test_link_kept (Place        *place,
                gconstpointer data)
{
  g_autofree char *target = g_build_filename (place->folder, "target", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (target, "before", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (symlink ("target", place->path), ==, 0);
  g_assert_true (sidetone_report_file_write (place->file, "after", NULL, &error));
  g_assert_no_error (error);
  assert_content (target, "after");
  g_assert_true (g_file_test (place->path, G_FILE_TEST_IS_SYMLINK));
  g_unlink (target);
}

/* A limit on the size of files, as a full disk is one */
static void
limit_size (rlim_t bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full_disk (Place        *place,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int fd;

  limit_size (10);
  g_assert_false (sidetone_report_file_write (place->file, "more than ten bytes", NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));

  g_assert_true (sidetone_report_file_write (place->file, "before", NULL, &error));
  g_assert_no_error (error);
  g_assert_false (sidetone_report_file_write (place->file, "more than ten bytes", NULL, &error));
  g_clear_error (&error);
  assert_content (place->path, "before");

  /* As a shell opens it for `>>` */
  fd = g_open (place->path, O_WRONLY | O_APPEND);
  g_assert_cmpint (fd, >=, 0);
  g_assert_false (sidetone_report_file_write_to (fd, "five more bytes", &error));
  g_assert_nonnull (error);
  limit_size (RLIM_INFINITY);
  assert_content (place->path, "before");
  close (fd);
}

/* A saved report is read unchanged. */
static void
test_save (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = sidetone_test_make_folder ();
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
  g_test_add ("/report-file/fifo-not-read", Place, NULL, set_up, test_fifo_not_read, tear_down);
  g_test_add ("/report-file/fifo-written", Place, NULL, set_up, test_fifo_written, tear_down);
  g_test_add ("/report-file/link-kept", Place, NULL, set_up, test_link_kept, tear_down);
  g_test_add ("/report-file/full-disk", Place, NULL, set_up, test_full_disk, tear_down);

  return g_test_run ();
}
