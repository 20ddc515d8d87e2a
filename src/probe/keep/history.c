/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "keep/history.h"

#include "keep/report-file.h"
#include "report/report-trim.h"

#include <glib/gstdio.h>
#include <string.h>

/* The last checks (history), a report each in a folder of the user's data. They stay on this computer, only
 * their owner can read them, and free text from servers is left out. Threads do the work. A report's
 * name begins with its time, so that the order of names is the order of checks, and the head of each
 * is enough for a list. */

#define FOLDER_MODE 0700
#define SUFFIX ".json"

/* Of the account's SHA-256, in hexadecimal digits: two accounts may be checked in the same second */
#define ACCOUNT_DIGITS 8

/**
 * SidetoneHistoryEntry:
 *
 * A check that was made before. Immutable.
 */
struct _SidetoneHistoryEntry
{
  GObject parent_instance;

  GFile *file;
  SidetoneReportHead *head;
};

G_DEFINE_FINAL_TYPE (SidetoneHistoryEntry, sidetone_history_entry, G_TYPE_OBJECT)

static void
sidetone_history_entry_finalize (GObject *object)
{
  SidetoneHistoryEntry *self = SIDETONE_HISTORY_ENTRY (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->head, sidetone_report_head_free);

  G_OBJECT_CLASS (sidetone_history_entry_parent_class)->finalize (object);
}

static void
sidetone_history_entry_class_init (SidetoneHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sidetone_history_entry_finalize;
}

static void
sidetone_history_entry_init (SidetoneHistoryEntry *self)
{
}

/**
 * sidetone_history_entry_get_file:
 * @self: an entry
 *
 * Returns: (transfer none): the check's report
 */
GFile *
sidetone_history_entry_get_file (SidetoneHistoryEntry *self)
{
  return self->file;
}

/**
 * sidetone_history_entry_get_head:
 * @self: an entry
 *
 * Returns: (transfer none): what a list shows of the report
 */
const SidetoneReportHead *
sidetone_history_entry_get_head (SidetoneHistoryEntry *self)
{
  return self->head;
}

/* One after another, in the order of the calls */
static GMutex lock;

/**
 * sidetone_history_dup_folder:
 *
 * Returns: (transfer full): the folder of the kept checks, which may not be there
 */
char *
sidetone_history_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "sidetone", "checks", NULL);
}

/**
 * sidetone_history_has:
 * @file: a file
 *
 * Returns: whether it is in the folder of the kept checks, so that this computer made them
 */
gboolean
sidetone_history_has (GFile *file)
{
  g_autofree char *path = sidetone_history_dup_folder ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  return g_file_has_prefix (file, folder);
}

/* The same for a check that was measured further: its new report takes the old one's place */
static char *
make_name (const SidetoneReport *report)
{
  const char *jid = sidetone_report_get_jid (report);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, jid != NULL ? jid : "",
                                                        -1);
  g_autofree char *time = g_date_time_format (sidetone_report_get_created (report),
                                              "%Y-%m-%dT%H-%M-%SZ");

  return g_strdup_printf ("%s-%.*s" SUFFIX, time, ACCOUNT_DIGITS, sum);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

/* The newest first */
static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, SUFFIX))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);

  return names;
}

static gboolean
remove_from (const char *folder,
             guint       first,
             GError    **error)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = first; i < names->len; i++)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (folder, names->pdata[i], NULL);

      if (!g_file_delete (file, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add (const SidetoneReport *report,
     GError              **error)
{
  g_autoptr (SidetoneReport) trimmed = sidetone_report_new_trimmed (report);
  g_autofree char *json = sidetone_report_to_json (trimmed);
  g_autofree char *folder = sidetone_history_dup_folder ();
  g_autofree char *name = make_name (trimmed);
  g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);

  /* If there is none, writing the file tells why. */
  g_mkdir_with_parents (folder, FOLDER_MODE);
  g_chmod (folder, FOLDER_MODE);

  return sidetone_report_file_write (file, json, NULL, error) &&
         remove_from (folder, SIDETONE_HISTORY_MAX, error);
}

static SidetoneReportHead *
read_head (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree char *text = g_malloc (SIDETONE_REPORT_HEAD_BYTES);
  gsize length;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, SIDETONE_REPORT_HEAD_BYTES, &length,
                                NULL, NULL))
    return NULL;

  return sidetone_report_head_new (text, length, NULL);
}

/* What is no report, or was removed meanwhile, is left out. */
static GPtrArray *
list (void)
{
  g_autofree char *folder = sidetone_history_dup_folder ();
  g_autoptr (GPtrArray) names = list_names (folder);
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < MIN (names->len, SIDETONE_HISTORY_MAX); i++)
    {
      g_autoptr (GFile) file = g_file_new_build_filename (folder, names->pdata[i], NULL);
      SidetoneReportHead *head = read_head (file);
      SidetoneHistoryEntry *entry;

      if (head == NULL)
        continue;

      entry = g_object_new (SIDETONE_TYPE_HISTORY_ENTRY, NULL);
      entry->file = g_steal_pointer (&file);
      entry->head = head;
      g_ptr_array_add (entries, entry);
    }

  return entries;
}

static void
add_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  gboolean added;

  g_mutex_lock (&lock);
  added = add (data, &error);
  g_mutex_unlock (&lock);

  if (added)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sidetone_history_add_async:
 * @report: a check's report, not redacted
 * @callback: called with no source and the result
 * @user_data: for @callback
 *
 * Keeps a check, in place of the same one if it is there, and removes the oldest ones.
 */
void
sidetone_history_add_async (SidetoneReport     *report,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, sidetone_history_add_async);
  g_task_set_task_data (task, sidetone_report_ref (report), (GDestroyNotify) sidetone_report_unref);
  g_task_run_in_thread (task, add_in_thread);
}

/**
 * sidetone_history_add_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the check is kept
 */
gboolean
sidetone_history_add_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
list_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GPtrArray *entries;

  g_mutex_lock (&lock);
  entries = list ();
  g_mutex_unlock (&lock);
  g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * sidetone_history_list_async:
 * @cancellable: (nullable): ends it
 * @callback: called with no source and the result
 * @user_data: for @callback
 *
 * Lists all kept checks.
 */
void
sidetone_history_list_async (GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sidetone_history_list_async);
  g_task_run_in_thread (task, list_in_thread);
}

/**
 * sidetone_history_list_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type SidetoneHistoryEntry): the newest first
 */
GPtrArray *
sidetone_history_list_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
clear_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  g_autofree char *folder = sidetone_history_dup_folder ();
  g_autoptr (GError) error = NULL;
  gboolean cleared;

  g_mutex_lock (&lock);
  cleared = remove_from (folder, 0, &error);
  g_mutex_unlock (&lock);

  if (cleared)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sidetone_history_clear_async:
 * @callback: called with no source and the result
 * @user_data: for @callback
 *
 * Removes all kept checks.
 */
void
sidetone_history_clear_async (GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, sidetone_history_clear_async);
  g_task_run_in_thread (task, clear_in_thread);
}

/**
 * sidetone_history_clear_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether all are removed
 */
gboolean
sidetone_history_clear_finish (GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
