/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/lookup.h"

#include <netdb.h>

#include "net/wait.h"

/* A DNS lookup of A, AAAA or SRV records, with a deadline. It is made in a thread of its own, which an
 * abandoned lookup may keep for a while; nothing waits for it. */

/* The system's resolver gives up by itself at about the end of our deadline, and calls that a
 * temporary failure, as if the name server had answered (SERVFAIL). Later than this part of the
 * deadline, it is silence. */
#define SILENT_PART 0.9

typedef struct
{
  SidetoneLookupType type;
  SidetoneWait *wait;
  gint64 silent_us;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  sidetone_wait_free (lookup->wait);
  g_free (lookup);
}

static gboolean
is_silence (const GError *error,
            const Lookup *lookup)
{
  return g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE) &&
         g_get_monotonic_time () >= lookup->silent_us;
}

/* The only place that turns GResolver's errors into ours. A missing name or record is an answer,
 * not an error. */
static gboolean
translate_error (const GError *error,
                 const Lookup *lookup,
                 GError      **translated)
{
  if (sidetone_wait_is_over (lookup->wait))
    *translated = sidetone_wait_make_error (lookup->wait, SIDETONE_ERROR_DNS_NO_ANSWER,
                                            "No answer");
  else if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    return FALSE;
  else if (is_silence (error, lookup))
    g_set_error_literal (translated, SIDETONE_ERROR, SIDETONE_ERROR_DNS_NO_ANSWER, error->message);
  else
    g_set_error_literal (translated, SIDETONE_ERROR, SIDETONE_ERROR_DNS_FAILED, error->message);

  return TRUE;
}

/* GResolver's own implementation leaves out addresses of an IP version that this computer has no
 * address of (AI_ADDRCONFIG of getaddrinfo(3)). A name with no others would look as if it did not
 * exist. */
static gboolean
does_leave_out (GResolver *resolver)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (resolver), "GThreadedResolver");
}

static void
free_addresses (gpointer data)
{
  g_list_free_full (data, g_object_unref);
}

/* In a thread */
static void
find_all (GTask        *task,
          gpointer      source,
          gpointer      task_data,
          GCancellable *cancellable)
{
  const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
  struct addrinfo *found = NULL;
  GList *addresses = NULL;

  if (does_leave_out (source) && getaddrinfo (task_data, NULL, &hints, &found) != 0)
    found = NULL;

  for (const struct addrinfo *i = found; i != NULL; i = i->ai_next)
    {
      g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (i->ai_addr,
                                                                             i->ai_addrlen);

      if (G_IS_INET_SOCKET_ADDRESS (address))
        addresses = g_list_prepend (
          addresses, g_object_ref (g_inet_socket_address_get_address (
                                     G_INET_SOCKET_ADDRESS (address))));
    }

  if (found != NULL)
    freeaddrinfo (found);
  g_task_return_pointer (task, g_list_reverse (addresses), free_addresses);
}

static void
find_all_async (GResolver          *resolver,
                const char         *name,
                GCancellable       *cancellable,
                GAsyncReadyCallback callback,
                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_set_source_tag (task, find_all_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, find_all);
}

static void
lookup_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;
  GError *translated = NULL;
  GResolver *resolver = G_RESOLVER (source);
  Lookup *lookup = g_task_get_task_data (task);
  GList *list;

  if (lookup->type == SIDETONE_LOOKUP_SRV)
    {
      answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
      list = g_resolver_lookup_records_finish (resolver, result, &error);
    }
  else if (lookup->type == SIDETONE_LOOKUP_UNUSABLE)
    {
      answers = g_ptr_array_new_with_free_func (g_object_unref);
      list = g_task_propagate_pointer (G_TASK (result), &error);
    }
  else
    {
      answers = g_ptr_array_new_with_free_func (g_object_unref);
      list = g_resolver_lookup_by_name_with_flags_finish (resolver, result, &error);
    }

  if (error != NULL && translate_error (error, lookup, &translated))
    {
      g_task_return_error (task, translated);
      return;
    }

  for (GList *i = list; i != NULL; i = i->next)
    g_ptr_array_add (answers, i->data);
  g_list_free (list);

  g_task_return_pointer (task, g_steal_pointer (&answers), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * sidetone_lookup_prepare:
 *
 * Makes the system's resolver ask again after a second. Its default is five seconds, as long as
 * `sidetone_deadlines.dns`, so that a single lost packet would look like a silent name server.
 *
 * The user's own RES_OPTIONS (resolv.conf(5)) stay. This changes the environment: call it first in
 * a program.
 */
void
sidetone_lookup_prepare (void)
{
  g_setenv ("RES_OPTIONS", "timeout:1 attempts:5", FALSE);
}

/**
 * sidetone_lookup_async:
 * @type: the record type
 * @name: an ASCII name
 * @deadline_ms: how long to wait, in milliseconds
 * @cancellable: (nullable): ends it at once
 * @callback: called with the answer, at the latest after @deadline_ms
 * @user_data: for @callback
 *
 * Sends the computer's name server one query; for %SIDETONE_LOOKUP_UNUSABLE two. That is for a name
 * that was not found: it may have addresses of an IP version that this computer lacks.
 */
void
sidetone_lookup_async (SidetoneLookupType  type,
                       const char         *name,
                       guint               deadline_ms,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  Lookup *lookup = g_new0 (Lookup, 1);
  GCancellable *own_cancellable;

  g_task_set_source_tag (task, sidetone_lookup_async);
  g_task_set_task_data (task, lookup, lookup_free);

  lookup->type = type;
  lookup->silent_us = g_get_monotonic_time () + (gint64) (SILENT_PART * deadline_ms * 1000);
  lookup->wait = sidetone_wait_new (deadline_ms, cancellable, NULL, NULL);
  own_cancellable = sidetone_wait_get_cancellable (lookup->wait);

  switch (type)
    {
    case SIDETONE_LOOKUP_SRV:
      g_resolver_lookup_records_async (resolver, name, G_RESOLVER_RECORD_SRV,
                                       own_cancellable, lookup_cb,
                                       g_steal_pointer (&task));
      break;

    case SIDETONE_LOOKUP_IPV4:
      g_resolver_lookup_by_name_with_flags_async (resolver, name,
                                                  G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY,
                                                  own_cancellable, lookup_cb,
                                                  g_steal_pointer (&task));
      break;

    case SIDETONE_LOOKUP_IPV6:
      g_resolver_lookup_by_name_with_flags_async (resolver, name,
                                                  G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY,
                                                  own_cancellable, lookup_cb,
                                                  g_steal_pointer (&task));
      break;

    case SIDETONE_LOOKUP_UNUSABLE:
      find_all_async (resolver, name, own_cancellable, lookup_cb, g_steal_pointer (&task));
      break;
    }
}

/**
 * sidetone_lookup_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_DNS_NO_ANSWER, %SIDETONE_ERROR_DNS_FAILED or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answers, `(qqqs)` #GVariant for SRV and #GInetAddress
 *   for the others; an empty list if the name has no such record
 */
GPtrArray *
sidetone_lookup_finish (GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
