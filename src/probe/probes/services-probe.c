/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/services-probe.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "base/secret.h"
#include "net/host-lookup.h"
#include "net/wait.h"
#include "seen/lookup.h"
#include "seen/services.h"
#include "wire/disco.h"
#include "wire/server-time.h"
#include "wire/services.h"
#include "wire/stanza.h"

/**
 * SidetoneServicesProbe:
 *
 * Asks the server for the services that it announces for calls (XEP-0215), in parallel with the
 * other queries, and for its time (XEP-0202), by which credentials expire; then looks up the
 * services' hosts. Gives the services to the context as soon as they are known, with their
 * credentials, which no observation holds.
 */
struct _SidetoneServicesProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneServicesProbe, sidetone_services_probe, SIDETONE_TYPE_PROBE)

/* A server has one or two; the rest of a longer list is not looked up. */
#define MAX_HOSTS 8

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  gint64 start;
  gint64 arrived;
  SidetoneGathering calls;
  gulong disco_handler;

  /* The list, or the error instead */
  SidetoneElement *iq;
  GPtrArray *services;
  guint n_unusable;
  GStrv unreadable;
  gint64 clock_ahead;          /* in seconds, if @time is known */
  GError *error;

  /* The server's clock */
  gboolean time_is_pending;
  GDateTime *time;

  GPtrArray *hosts;
  gboolean observed;
} Asked;

/* The user data of one lookup */
typedef struct
{
  GTask *task;
  char *host;
  char *id;
  gint64 start;
} Question;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->context);
  g_clear_pointer (&asked->iq, sidetone_element_unref);
  g_clear_pointer (&asked->services, g_ptr_array_unref);
  g_strfreev (asked->unreadable);
  g_clear_error (&asked->error);
  g_clear_pointer (&asked->time, g_date_time_unref);
  g_ptr_array_unref (asked->hosts);
  g_free (asked);
}

static void
finish (GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static SidetoneElement *
take_answer (GObject      *source,
             GAsyncResult *result,
             GError      **error)
{
  SidetoneElement *iq;
  char *raw = NULL;

  iq = sidetone_session_ask_finish (SIDETONE_SESSION (source), result, &raw, error);

  /* A parser's error may quote the text, and there are passwords in it. */
  if (iq == NULL && raw != NULL && (*error)->domain == SIDETONE_ERROR)
    {
      SidetoneError code = (*error)->code;

      g_clear_error (error);
      g_set_error_literal (error, SIDETONE_ERROR, code, "the answer can't be read");
    }
  sidetone_secret_free (raw);

  return iq;
}

static char *
format_time (GDateTime *time)
{
  g_autoptr (GDateTime) utc = time != NULL ? g_date_time_to_utc (time) : NULL;

  return utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

/* When the first credentials expire; NULL if none do */
static GDateTime *
find_expiry (GPtrArray *services)
{
  GDateTime *first = NULL;

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      GDateTime *expires = sidetone_service_get_expires (services->pdata[i]);

      if (expires != NULL && sidetone_service_has_credentials (services->pdata[i]) &&
          (first == NULL || g_date_time_compare (expires, first) < 0))
        first = expires;
    }

  return first;
}

static void
observe_services (Asked *asked)
{
  GDateTime *expires = find_expiry (asked->services);
  g_autofree char *expires_text = format_time (expires);
  g_autofree char *server_time = format_time (asked->time);
  SidetoneServicesSeen seen;

  sidetone_field_table_init (&sidetone_services_table, &seen);
  seen.services = asked->services;
  if (asked->services != NULL && asked->n_unusable > 0)
    seen.unusable = asked->n_unusable;
  if (asked->unreadable != NULL && asked->unreadable[0] != NULL)
    seen.unreadable = (const char *const *) asked->unreadable;
  seen.expires = expires_text;
  seen.server_time = server_time;
  if (asked->time != NULL)
    seen.clock_ahead = asked->clock_ahead;
  if (expires != NULL && asked->time != NULL)
    seen.expires_in = g_date_time_difference (expires, asked->time) / G_TIME_SPAN_SECOND;
  if (asked->iq != NULL)
    sidetone_stanza_get_error (asked->iq, &seen.condition, &seen.server_text);

  sidetone_context_observe (asked->context, &(SidetoneObservationFields) {
    .id = "services",
    .kind = SIDETONE_OBSERVATION_SERVICES,
    .vantage = SIDETONE_VANTAGE_SERVER,
    .state = asked->error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .error = asked->error,
    .start_us = asked->start,
    .duration_us = asked->arrived - asked->start,
    .what = &seen,
  });
  g_clear_pointer (&asked->iq, sidetone_element_unref);
}

/* The time matters only if something expires. */
static void
observe_when_complete (Asked *asked)
{
  gboolean answered = asked->services != NULL || asked->error != NULL;

  if (asked->observed || !answered || is_cancelled (asked->error) ||
      (asked->time_is_pending && find_expiry (asked->services) != NULL))
    return;

  asked->observed = TRUE;
  observe_services (asked);
}

static void
observe_host (Asked        *asked,
              Question     *question,
              GPtrArray    *addresses,
              const GError *error)
{
  SidetoneLookupSeen seen = { .name = question->host, .question = SIDETONE_QUESTION_SERVICE };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) answers = NULL;

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      g_autofree char *text = g_inet_address_to_string (addresses->pdata[i]);

      g_strv_builder_add (builder, text);
    }
  answers = g_strv_builder_end (builder);
  seen.answers = (const char *const *) answers;

  sidetone_context_observe (asked->context, &(SidetoneObservationFields) {
    .id = question->id,
    .kind = SIDETONE_OBSERVATION_LOOKUP,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .error = error,
    .start_us = question->start,
    .duration_us = sidetone_context_get_time (asked->context) - question->start,
    .what = &seen,
  });
}

static void
host_lookup_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GPtrArray) addresses = NULL;
  g_autoptr (GError) error = NULL;
  Asked *asked = g_task_get_task_data (question->task);

  addresses = sidetone_host_lookup_finish (result, &error);
  if (!is_cancelled (error))
    {
      observe_host (asked, question, addresses, error);
      if (addresses == NULL)
        addresses = g_ptr_array_new ();
      sidetone_context_set_addresses (asked->context, question->host, addresses);
    }

  g_free (question->host);
  g_free (question->id);
  g_free (question);
  sidetone_gathering_end (&asked->calls);
}

static void
look_up (GTask      *task,
         const char *host)
{
  Asked *asked = g_task_get_task_data (task);
  Question *question;

  if (g_ptr_array_find_with_equal_func (asked->hosts, host, g_str_equal, NULL))
    return;

  if (asked->hosts->len >= MAX_HOSTS)
    {
      g_autoptr (GPtrArray) nowhere = g_ptr_array_new ();

      sidetone_context_set_addresses (asked->context, host, nowhere);
      return;
    }

  g_ptr_array_add (asked->hosts, g_strdup (host));
  question = g_new0 (Question, 1);
  question->task = sidetone_gathering_begin (&asked->calls);
  question->host = g_strdup (host);
  question->id = g_strdup_printf ("service-lookup-%u", asked->hosts->len);
  question->start = sidetone_context_get_time (asked->context);
  sidetone_host_lookup_async (host, sidetone_deadlines.dns, g_task_get_cancellable (task),
                              host_lookup_cb, question);
}

/* Looks up each service's host, unless it is an address */
static void
find_hosts (GTask *task)
{
  Asked *asked = g_task_get_task_data (task);
  GPtrArray *services = sidetone_context_get_services (asked->context);

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      const char *host = sidetone_service_get_host (services->pdata[i]);
      g_autoptr (SidetoneEndpoint) literal = NULL;

      literal = sidetone_service_dup_literal (services->pdata[i]);
      if (literal != NULL)
        {
          g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);

          g_ptr_array_add (addresses, g_object_ref (sidetone_endpoint_get_address (literal)));
          sidetone_context_set_addresses (asked->context, host, addresses);
        }
      else
        {
          look_up (task, host);
        }
    }
}

static void
judge_answer (GTask *task)
{
  Asked *asked = g_task_get_task_data (task);

  asked->arrived = sidetone_context_get_time (asked->context);
  if (asked->error == NULL)
    asked->services = sidetone_services_read (asked->iq, &asked->n_unusable, &asked->unreadable,
                                              &asked->error);

  sidetone_context_set_services (asked->context, asked->services);
  observe_when_complete (asked);
  find_hosts (task);
  sidetone_gathering_end (&asked->calls);
}

static void
services_1_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Asked *asked = g_task_get_task_data (task);

  asked->iq = take_answer (source, result, &asked->error);
  judge_answer (task);
}

/* The older version is asked if disco lists nothing newer, which costs only these servers a round
 * trip. */
static gboolean
only_version_1_is_offered (Asked *asked)
{
  SidetoneDisco *disco = sidetone_context_get_disco (asked->context);

  return disco != NULL && sidetone_disco_has_feature (disco, SIDETONE_SERVICES_NS_1) &&
         !sidetone_disco_has_feature (disco, SIDETONE_SERVICES_NS);
}

static void
ask_older_version_or_judge (GTask *task)
{
  Asked *asked = g_task_get_task_data (task);
  SidetoneSession *session = sidetone_context_get_session (asked->context);

  if (!only_version_1_is_offered (asked))
    {
      judge_answer (task);
      return;
    }

  g_clear_pointer (&asked->iq, sidetone_element_unref);
  sidetone_session_ask_async (session,
                              sidetone_account_get_domain (sidetone_session_get_account (session)),
                              SIDETONE_SERVICES_QUERY_1, services_1_cb, task);
}

static void
on_context_changed (SidetoneContext *context,
                    GTask           *task)
{
  Asked *asked = g_task_get_task_data (task);

  if (!sidetone_context_is_disco_known (context))
    return;

  g_clear_signal_handler (&asked->disco_handler, context);
  ask_older_version_or_judge (task);
}

static void
services_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Asked *asked = g_task_get_task_data (task);

  asked->iq = take_answer (source, result, &asked->error);
  if (asked->iq == NULL || sidetone_stanza_check_result (asked->iq, NULL))
    judge_answer (task);
  else if (sidetone_context_is_disco_known (asked->context))
    ask_older_version_or_judge (task);
  else
    asked->disco_handler = g_signal_connect (asked->context, "changed",
                                             G_CALLBACK (on_context_changed), task);
}

static void
time_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneElement) iq = NULL;
  g_autoptr (GError) error = NULL;
  Asked *asked = g_task_get_task_data (user_data);

  /* Most servers do not answer this, which is no fault. */
  iq = take_answer (source, result, &error);
  if (iq != NULL)
    asked->time = sidetone_server_time_read (iq, NULL);
  if (asked->time != NULL)
    asked->clock_ahead = g_get_real_time () / G_USEC_PER_SEC - g_date_time_to_unix (asked->time);
  asked->time_is_pending = FALSE;
  observe_when_complete (asked);
  sidetone_gathering_end (&asked->calls);
}

static void
sidetone_services_probe_run_async (SidetoneProbe      *probe,
                                   SidetoneContext    *context,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  SidetoneSession *session = sidetone_context_get_session (context);
  const char *domain = sidetone_account_get_domain (sidetone_session_get_account (session));
  Asked *asked = g_new0 (Asked, 1);

  g_task_set_source_tag (task, sidetone_services_probe_run_async);
  g_task_set_task_data (task, asked, asked_free);
  asked->context = g_object_ref (context);
  asked->start = sidetone_context_get_time (context);
  asked->hosts = g_ptr_array_new_with_free_func (g_free);
  asked->time_is_pending = TRUE;
  sidetone_gathering_init (&asked->calls, task, finish);

  /* The time first, so that it is known when the list arrives */
  sidetone_session_ask_async (session, domain, SIDETONE_SERVER_TIME_QUERY, time_cb,
                              sidetone_gathering_begin (&asked->calls));
  sidetone_session_ask_async (session, domain, SIDETONE_SERVICES_QUERY, services_cb,
                              sidetone_gathering_begin (&asked->calls));
}

static void
sidetone_services_probe_class_init (SidetoneServicesProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SESSION;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_services_probe_run_async;
}

static void
sidetone_services_probe_init (SidetoneServicesProbe *self)
{
}

/**
 * sidetone_services_probe_new:
 *
 * Returns: (transfer full): a probe that asks for the services for calls
 */
SidetoneProbe *
sidetone_services_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_SERVICES_PROBE, NULL);
}
