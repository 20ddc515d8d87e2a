/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/host-lookup.h"

#include "base/error.h"
#include "net/lookup.h"
#include "net/wait.h"

/* A host's A and AAAA records, both families at once; if it has none of a family that this computer
 * has, those of the other. */

/* The task's data */
typedef struct
{
  char *name;
  guint deadline_ms;
  SidetoneGathering calls;
  GPtrArray *ipv6;
  GPtrArray *ipv4;
  GPtrArray *unusable;
  GError *error;
} Host;

static void
host_free (gpointer data)
{
  Host *host = data;

  g_free (host->name);
  g_clear_pointer (&host->ipv6, g_ptr_array_unref);
  g_clear_pointer (&host->ipv4, g_ptr_array_unref);
  g_clear_pointer (&host->unusable, g_ptr_array_unref);
  g_clear_error (&host->error);
  g_free (host);
}

static void
take_answer (Host         *host,
             GPtrArray   **family,
             GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  *family = sidetone_lookup_finish (result, &error);
  if (error != NULL && host->error == NULL)
    host->error = g_steal_pointer (&error);
  sidetone_gathering_end (&host->calls);
}

static void
ipv6_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Host *host = g_task_get_task_data (user_data);

  take_answer (host, &host->ipv6, result);
}

static void
ipv4_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Host *host = g_task_get_task_data (user_data);

  take_answer (host, &host->ipv4, result);
}

static void
unusable_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Host *host = g_task_get_task_data (user_data);

  host->unusable = sidetone_lookup_finish (result, NULL);
  if (host->unusable == NULL)
    host->unusable = g_ptr_array_new ();
  sidetone_gathering_end (&host->calls);
}

static void
return_addresses (GTask *task)
{
  Host *host = g_task_get_task_data (task);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *families[] = { host->ipv6, host->ipv4, host->unusable };

  if (g_task_return_error_if_cancelled (task))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      for (guint j = 0; families[i] != NULL && j < families[i]->len; j++)
        g_ptr_array_add (addresses, g_object_ref (families[i]->pdata[j]));
    }

  /* If only one family has answered, that is enough */
  if (addresses->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&addresses), (GDestroyNotify) g_ptr_array_unref);
  else if (host->error != NULL)
    g_task_return_error (task, g_steal_pointer (&host->error));
  else if (host->unusable == NULL)
    sidetone_lookup_async (SIDETONE_LOOKUP_UNUSABLE, host->name, host->deadline_ms,
                           g_task_get_cancellable (task), unusable_cb,
                           sidetone_gathering_begin (&host->calls));
  else
    g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_NAME_NOT_FOUND,
                             "%s has no address", host->name);
}

/**
 * sidetone_host_lookup_async:
 * @name: an ASCII name
 * @deadline_ms: how long to wait, in milliseconds
 * @cancellable: (nullable): ends it at once
 * @callback: called with all addresses, at the latest after twice @deadline_ms
 * @user_data: for @callback
 *
 * Asks the computer's DNS resolver for a host's addresses, both families at once. Those of a family
 * that this computer lacks are asked for only if there are no others.
 */
void
sidetone_host_lookup_async (const char         *name,
                            guint               deadline_ms,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Host *host = g_new0 (Host, 1);

  g_task_set_source_tag (task, sidetone_host_lookup_async);
  g_task_set_task_data (task, host, host_free);
  host->name = g_strdup (name);
  host->deadline_ms = deadline_ms;
  sidetone_gathering_init (&host->calls, task, return_addresses);

  sidetone_lookup_async (SIDETONE_LOOKUP_IPV6, name, deadline_ms, cancellable, ipv6_cb,
                         sidetone_gathering_begin (&host->calls));
  sidetone_lookup_async (SIDETONE_LOOKUP_IPV4, name, deadline_ms, cancellable, ipv4_cb,
                         sidetone_gathering_begin (&host->calls));
}

/**
 * sidetone_host_lookup_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_NAME_NOT_FOUND, %SIDETONE_ERROR_DNS_NO_ANSWER,
 *   %SIDETONE_ERROR_DNS_FAILED or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type GInetAddress): at least one address, IPv6 first; or %NULL
 *   with @error set
 */
GPtrArray *
sidetone_host_lookup_finish (GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
