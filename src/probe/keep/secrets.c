/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "keep/secrets.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "base/secret.h"
#include "net/wait.h"
#include "words/describe.h"

#include <libsecret/secret.h>

/* The password in the desktop's secret store: the Secret Service, or the Secret portal's file in a
 * sandbox; libsecret chooses.
 *
 * libsecret runs in GTask's threads, and is never cancelled. In a sandbox it waits for the portal
 * in the calling thread, and before 0.21 a cancel in that wait locks the thread for ever. So a
 * cancel here lets only the caller go, and libsecret ends later: with an answer, when the bus gives
 * up after 25 s, or when the user dismisses the desktop's question. */

static const SecretSchema schema = {
  SIDETONE_APPLICATION_ID, SECRET_SCHEMA_NONE,
  {
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

/* A thread's data */
typedef struct
{
  char *jid;
  char *password;
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->jid);
  sidetone_secret_free (entry->password);
  g_free (entry);
}

static void
run_in_thread (GTask          *task,
               const char     *jid,
               const char     *password,
               GTaskThreadFunc function)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->jid = g_strdup (jid);
  entry->password = g_strdup (password);
  g_task_set_task_data (task, entry, (GDestroyNotify) entry_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, function);
}

/* libsecret's messages are of use only to the desktop's administrator. */
static void
return_change (GTask        *task,
               gboolean      done,
               const GError *error)
{
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_NOT_KEPT, "%s",
                             error != NULL ? error->message : "The store did not take it");
}

static void
lookup_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Entry *entry = data;
  g_autoptr (GError) error = NULL;
  char *password = secret_password_lookup_sync (&schema, NULL, &error, "account", entry->jid, NULL);

  if (password == NULL)
    g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_MISSING, "%s",
                             error != NULL ? error->message : "No password is stored");
  else
    g_task_return_pointer (task, password, (GDestroyNotify) secret_password_free);
}

/**
 * sidetone_secrets_lookup_async:
 * @jid: an account
 * @cancellable: (nullable): ends the wait at once
 * @callback: called with the password or an error
 * @user_data: for @callback
 *
 * Looks for an account's password. The desktop may ask the user to unlock the store.
 */
void
sidetone_secrets_lookup_async (const char         *jid,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (jid != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, sidetone_secrets_lookup_async);
  run_in_thread (task, jid, NULL, lookup_in_thread);
}

/**
 * sidetone_secrets_lookup_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_PASSWORD_MISSING if none is stored or there is no store, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the password; the caller wipes it before freeing it
 */
char *
sidetone_secrets_lookup_finish (GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
store_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Entry *entry = data;
  g_autofree char *label = sidetone_describe_secret (entry->jid);
  g_autoptr (GError) error = NULL;
  gboolean stored;

  stored = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, entry->password,
                                       NULL, &error, "account", entry->jid, NULL);
  return_change (task, stored, error);
}

/**
 * sidetone_secrets_store_async:
 * @jid: an account
 * @password: its password; copied, and the copy wiped after use
 * @cancellable: (nullable): ends the wait at once; the password may still be kept
 * @callback: called when it is kept, or has failed
 * @user_data: for @callback
 *
 * Keeps an account's password, and replaces an earlier one. The desktop may ask the user to unlock
 * the store.
 */
void
sidetone_secrets_store_async (const char         *jid,
                              const char         *password,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (jid != NULL);
  g_return_if_fail (password != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, sidetone_secrets_store_async);
  run_in_thread (task, jid, password, store_in_thread);
}

/**
 * sidetone_secrets_store_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_PASSWORD_NOT_KEPT, or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if the password is kept
 */
gboolean
sidetone_secrets_store_finish (GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
clear_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Entry *entry = data;
  g_autoptr (GError) error = NULL;

  /* FALSE without an error: there was none to remove. */
  secret_password_clear_sync (&schema, NULL, &error, "account", entry->jid, NULL);
  return_change (task, error == NULL, error);
}

/**
 * sidetone_secrets_clear_async:
 * @jid: an account
 * @cancellable: (nullable): ends the wait at once; the password may still be removed
 * @callback: called when it is removed, or has failed
 * @user_data: for @callback
 *
 * Removes an account's password, if one is kept.
 */
void
sidetone_secrets_clear_async (const char         *jid,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (jid != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, sidetone_secrets_clear_async);
  run_in_thread (task, jid, NULL, clear_in_thread);
}

/**
 * sidetone_secrets_clear_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_PASSWORD_NOT_KEPT if the store can't be changed, or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if no password is kept any more
 */
gboolean
sidetone_secrets_clear_finish (GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
search_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Entry *entry = data;
  g_autoptr (GError) error = NULL;
  GList *found;

  found = secret_password_search_sync (&schema, SECRET_SEARCH_NONE, NULL, &error, "account",
                                       entry->jid, NULL);
  g_list_free_full (found, g_object_unref);
  return_change (task, error == NULL, error);
}

static void
search_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SidetoneWait *wait = g_task_get_task_data (task);

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else if (sidetone_wait_has_passed (wait))
    g_task_return_error (task, sidetone_wait_make_error (wait, SIDETONE_ERROR_PASSWORD_NOT_KEPT,
                                                         "The store did not answer"));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * sidetone_secrets_check_async:
 * @cancellable: (nullable): ends the wait at once
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds out whether there is a store that could keep a password. Nothing is unlocked, and the user
 * is asked nothing, except by a portal that asks before it hands out a file's key. A store that
 * does not answer within 3 seconds counts as none.
 */
void
sidetone_secrets_check_async (GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTask) search = NULL;
  SidetoneWait *wait = sidetone_wait_new (sidetone_deadlines.secrets, cancellable, NULL, NULL);

  g_task_set_source_tag (task, sidetone_secrets_check_async);
  g_task_set_task_data (task, wait, (GDestroyNotify) sidetone_wait_free);

  search = g_task_new (NULL, sidetone_wait_get_cancellable (wait), search_cb, task);
  /* An account that does not exist */
  run_in_thread (search, "", NULL, search_in_thread);
}

/**
 * sidetone_secrets_check_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_PASSWORD_NOT_KEPT, or %G_IO_ERROR_CANCELLED
 *
 * Returns: %TRUE if passwords can be kept here
 */
gboolean
sidetone_secrets_check_finish (GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
