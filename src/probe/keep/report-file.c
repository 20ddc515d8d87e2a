/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "keep/report-file.h"

#include <string.h>

/* Reports as files. A large report takes long to read and judge, so a thread does it. */

/* Reads at most one byte more than a report may have: the report's reader rejects it then */
static GBytes *
read_bounded (GFile        *file,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *text = NULL;
  gsize length;

  if (stream == NULL)
    return NULL;

  text = g_malloc (SIDETONE_REPORT_MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, SIDETONE_REPORT_MAX_BYTES + 1,
                                &length, cancellable, error))
    return NULL;

  text = g_realloc (text, MAX (length, 1));

  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/**
 * sidetone_report_file_load:
 * @file: a saved report
 * @cancellable: (nullable): ends it
 * @error: return location for an error
 *
 * Reads a report. Blocks; sidetone_report_file_load_async() does not.
 *
 * Fails with %SIDETONE_ERROR_NOT_A_REPORT or %SIDETONE_ERROR_REPORT_TOO_NEW, or in %G_IO_ERROR if
 * the file can't be read.
 *
 * Returns: (transfer full): the report, judged anew, or %NULL with @error set
 */
SidetoneReport *
sidetone_report_file_load (GFile        *file,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (GBytes) bytes = read_bounded (file, cancellable, error);
  const char *text;
  gsize length;

  if (bytes == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  text = g_bytes_get_data (bytes, &length);

  return sidetone_report_new_from_json (text, length, error);
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

static void
replace_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sidetone_report_file_save_async:
 * @report: a report, whole or redacted
 * @file: the file, which is replaced if it exists
 * @cancellable: (nullable): ends it
 * @callback: called with @file and the result
 * @user_data: for @callback
 *
 * Writes a report as JSON, readable only by its owner.
 */
void
sidetone_report_file_save_async (SidetoneReport     *report,
                                 GFile              *file,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task = g_task_new (file, cancellable, callback, user_data);
  char *text = sidetone_report_to_json (report);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  g_task_set_source_tag (task, sidetone_report_file_save_async);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       cancellable, replace_cb, task);
}

/**
 * sidetone_report_file_save_finish:
 * @file: the file
 * @result: what the callback was given
 * @error: in %G_IO_ERROR
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
