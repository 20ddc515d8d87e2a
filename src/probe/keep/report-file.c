/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "keep/report-file.h"

#include "base/error.h"
#include "keep/report-block.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reports as files. A large report takes long to read and judge, so a thread does it. */

/* A report has private details. */
#define PRIVATE_MODE 0600

/* A FIFO or a device may give nothing for ever, or never end. */
static GInputStream *
open_regular (const char *path,
              GError    **error)
{
  struct stat status;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  int code = errno;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  if (S_ISDIR (status.st_mode))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, g_strerror (EISDIR));
  else if (!S_ISREG (status.st_mode))
    g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_FILE_UNREADABLE,
                         "Not a regular file");
  else
    return g_unix_input_stream_new (fd, TRUE);

  close (fd);
  return NULL;
}

/* Reads at most one byte more than a report may have: the report's reader rejects it then */
static GBytes *
read_bounded (GFile        *file,
              GCancellable *cancellable,
              GError      **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (path != NULL)
    stream = open_regular (path, error);
  else
    stream = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  if (stream == NULL)
    return NULL;

  text = g_malloc (SIDETONE_REPORT_MAX_BYTES + 1);
  if (!g_input_stream_read_all (stream, text, SIDETONE_REPORT_MAX_BYTES + 1, &length, cancellable,
                                error))
    return NULL;

  text = g_realloc (text, MAX (length, 1));

  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/* A report is JSON, perhaps after a byte order mark. */
static gboolean
is_json (const char *text,
         gsize       length)
{
  gsize at = 0;

  while (at < length && (g_ascii_isspace (text[at]) || strchr ("\xef\xbb\xbf", text[at]) != NULL))
    at++;

  return at < length && text[at] == '{';
}

/**
 * sidetone_report_file_parse:
 * @text: a report, or a text with one
 * @error: return location for an error
 *
 * Reads a report. Takes long for a large one: sidetone_report_file_parse_async() does not block.
 *
 * Fails with %SIDETONE_ERROR_NOT_A_REPORT or %SIDETONE_ERROR_REPORT_TOO_NEW, or with
 * %G_IO_ERROR_INVALID_DATA and words for the user if the text's report is damaged.
 *
 * Returns: (transfer full): the report, judged anew, or %NULL with @error set
 */
SidetoneReport *
sidetone_report_file_parse (GBytes  *text,
                            GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);

  if (length <= SIDETONE_REPORT_MAX_BYTES && !is_json (bytes, length) &&
      sidetone_report_block_is_in (bytes, length))
    return sidetone_report_block_read (bytes, length, error);

  return sidetone_report_new_from_json (length > 0 ? bytes : "", length, error);
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  SidetoneReport *report = sidetone_report_file_parse (data, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) sidetone_report_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sidetone_report_file_parse_async:
 * @text: a report, or a text with one
 * @cancellable: (nullable): ends it
 * @callback: called with no source and the result
 * @user_data: for @callback
 *
 * Reads a report without blocking.
 */
void
sidetone_report_file_parse_async (GBytes             *text,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sidetone_report_file_parse_async);
  g_task_set_task_data (task, g_bytes_ref (text), (GDestroyNotify) g_bytes_unref);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, parse_in_thread);
}

/**
 * sidetone_report_file_parse_finish:
 * @result: what the callback was given
 * @error: as for sidetone_report_file_parse()
 *
 * Returns: (transfer full): the report, or %NULL with @error set
 */
SidetoneReport *
sidetone_report_file_parse_finish (GAsyncResult *result,
                                   GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sidetone_report_file_load:
 * @file: a saved report
 * @cancellable: (nullable): ends it
 * @error: return location for an error
 *
 * Reads a report, or a text with one. Blocks; sidetone_report_file_load_async() does not.
 *
 * Fails as sidetone_report_file_parse() does, with %SIDETONE_ERROR_FILE_UNREADABLE if it is a device or
 * a FIFO, or in %G_IO_ERROR if the file can't be read.
 *
 * Returns: (transfer full): the report, judged anew, or %NULL with @error set
 */
SidetoneReport *
sidetone_report_file_load (GFile        *file,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (GBytes) bytes = read_bounded (file, cancellable, error);

  if (bytes == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return sidetone_report_file_parse (bytes, error);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  SidetoneReport *report = sidetone_report_file_load (source, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) sidetone_report_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sidetone_report_file_load_async:
 * @file: a saved report
 * @cancellable: (nullable): ends it
 * @callback: called with @file and the result
 * @user_data: for @callback
 *
 * Reads a report without blocking.
 */
void
sidetone_report_file_load_async (GFile              *file,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, sidetone_report_file_load_async);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * sidetone_report_file_load_finish:
 * @file: the file
 * @result: what the callback was given
 * @error: as for sidetone_report_file_load()
 *
 * Returns: (transfer full): the report, or %NULL with @error set
 */
SidetoneReport *
sidetone_report_file_load_finish (GFile        *file,
                                  GAsyncResult *result,
                                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
set_errno_error (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* Into a device or a FIFO, as a shell does; to replace it by a file would take it from all its
 * users. A FIFO without a reader is refused: waiting for one could last for ever. */
static gboolean
write_into (const char *path,
            const char *text,
            GError    **error)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  int flags = fd >= 0 ? fcntl (fd, F_GETFL) : -1;
  gboolean written;

  if (flags < 0)
    return set_errno_error (error);

  fcntl (fd, F_SETFL, flags & ~O_NONBLOCK);
  written = sidetone_report_file_write_to (fd, text, error);
  close (fd);
  return written;
}

static gboolean
write_path (const char *path,
            const char *text,
            GError    **error)
{
  g_autofree char *target = NULL;
  struct stat status;

  if (stat (path, &status) == 0 && S_ISDIR (status.st_mode))
    {
      errno = EISDIR;
      return set_errno_error (error);
    }
  if (stat (path, &status) == 0 && !S_ISREG (status.st_mode))
    return write_into (path, text, error);

  /* A new file takes the old one's place once all of it is on the disk: neither is ever half
   * there. It would take a symbolic link's place, too. */
  target = realpath (path, NULL);
  return g_file_set_contents_full (target != NULL ? target : path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT, PRIVATE_MODE, error);
}

/* A file of GVfs that has no path */
static gboolean
write_stream (GFile        *file,
              const char   *text,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GCancellable) given_up = g_cancellable_new ();
  g_autoptr (GFileOutputStream) stream = NULL;

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), text, strlen (text), NULL, cancellable,
                                 error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);

  /* Closed otherwise, the stream would replace the old file by half a report. */
  g_cancellable_cancel (given_up);
  g_output_stream_close (G_OUTPUT_STREAM (stream), given_up, NULL);
  return FALSE;
}

/**
 * sidetone_report_file_write_to:
 * @fd: an open file, a pipe or a device; stays the caller's
 * @text: what to write
 * @error: return location for an error in %G_IO_ERROR
 *
 * Writes all of @text. A regular file that does not take all of it has what it had before: no half
 * report stays at its end.
 *
 * Returns: whether all of it was written
 */
gboolean
sidetone_report_file_write_to (int         fd,
                               const char *text,
                               GError    **error)
{
  gsize length = strlen (text);
  int copy;
  struct stat before;
  gboolean is_file = fstat (fd, &before) == 0 && S_ISREG (before.st_mode);
  gboolean at_end = is_file && ((fcntl (fd, F_GETFL) & O_APPEND) != 0 ||
                                lseek (fd, 0, SEEK_CUR) == before.st_size);

  while (length > 0)
    {
      gssize written = write (fd, text, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          set_errno_error (error);
          if (at_end && ftruncate (fd, before.st_size) == 0)
            lseek (fd, before.st_size, SEEK_SET);
          return FALSE;
        }
      text += written;
      length -= written;
    }

  /* A file system on a network may refuse it only when it is closed. */
  copy = dup (fd);
  return copy < 0 || close (copy) == 0 || set_errno_error (error);
}

/**
 * sidetone_report_file_write:
 * @file: the file; a regular one is replaced, and private to its owner, while a device or a FIFO is
 *   written into
 * @text: what to write
 * @cancellable: (nullable): ends it, as far as the file has no path
 * @error: return location for an error in %G_IO_ERROR or %G_FILE_ERROR
 *
 * Writes a file. Blocks. After a failure the file is as it was before.
 *
 * Returns: whether all of @text is in the file
 */
gboolean
sidetone_report_file_write (GFile        *file,
                            const char   *text,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_autofree char *path = g_file_get_path (file);

  return path != NULL ? write_path (path, text, error)
         : write_stream (file, text, cancellable, error);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (sidetone_report_file_write (source, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sidetone_report_file_save_async:
 * @report: a report, whole or redacted
 * @file: as for sidetone_report_file_write()
 * @cancellable: (nullable): ends it
 * @callback: called with @file and the result
 * @user_data: for @callback
 *
 * Writes a report as JSON, without blocking.
 */
void
sidetone_report_file_save_async (SidetoneReport     *report,
                                 GFile              *file,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, sidetone_report_file_save_async);
  g_task_set_task_data (task, sidetone_report_to_json (report), g_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * sidetone_report_file_save_finish:
 * @file: the file
 * @result: what the callback was given
 * @error: as for sidetone_report_file_write()
 *
 * Returns: whether the report is in @file
 */
gboolean
sidetone_report_file_save_finish (GFile        *file,
                                  GAsyncResult *result,
                                  GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
