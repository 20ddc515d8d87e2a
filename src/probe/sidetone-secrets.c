/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "sidetone-secrets.h"

#include "sidetone-error.h"

#include <libsecret/secret.h>

/* The password in the desktop's secret store: the Secret Service, or the Secret portal's file in a
 * sandbox; libsecret chooses. */

static const SecretSchema schema = {
  SIDETONE_APPLICATION_ID, SECRET_SCHEMA_NONE,
  {
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  }
};

static void
lookup_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *password = secret_password_lookup_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (password == NULL)
    g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_MISSING, "%s",
                             error != NULL ? error->message : "No password is stored");
  else
    g_task_return_pointer (task, password, (GDestroyNotify) secret_password_free);
}

/**
 * sidetone_secrets_lookup_async:
 * @jid: an account
 * @cancellable: (nullable): ends it at once
 * @callback: called with the password or without
 * @user_data: for @callback
 *
 * Looks for the password of an account. The desktop may ask the person to unlock the store.
 */
void
sidetone_secrets_lookup_async (const char         *jid,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sidetone_secrets_lookup_async);
  secret_password_lookup (&schema, cancellable, lookup_cb, task, "account", jid, NULL);
}

/**
 * sidetone_secrets_lookup_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_PASSWORD_MISSING when none is stored or there is no store, or
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
