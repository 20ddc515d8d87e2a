/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/stun-probe.h"

#include "net/stream-open.h"
#include "net/wait.h"
#include "probes/call-servers.h"
#include "probes/test-observation.h"
#include "turn/stun.h"
#include "turn/what-speaks.h"

/**
 * SidetoneStunProbe:
 *
 * Asks each announced STUN server for the reflexive address of a socket of this computer (Binding
 * request, RFC 8489): all at once, and each as soon as its host is known.
 */
struct _SidetoneStunProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneStunProbe, sidetone_stun_probe, SIDETONE_TYPE_PROBE)

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  SidetoneCallServers *call_servers;
  guint n_started;
  gboolean is_listening; /* for more call servers */
  SidetoneGathering calls;
} Asked;

/* The user data of one request */
typedef struct
{
  GTask *task;
  SidetoneCallServer call_server;
  char *id;
  gint64 start;
  SidetoneFlow *flow;      /* NULL until it is open */
  SidetoneEndpoint *local; /* the socket's local address, if known */
  GStrv names;             /* of a refused certificate */
} Question;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  sidetone_call_servers_free (asked->call_servers);
  g_object_unref (asked->context);
  g_free (asked);
}

/* Ends a request */
static void
question_done (Question *question)
{
  Asked *asked = g_task_get_task_data (question->task);

  /* A stream that is being read stays open otherwise. */
  if (question->flow != NULL)
    sidetone_flow_close (question->flow);
  g_clear_object (&question->flow);
  sidetone_service_unref (question->call_server.service);
  g_clear_pointer (&question->call_server.server, sidetone_endpoint_unref);
  g_clear_pointer (&question->local, sidetone_endpoint_unref);
  g_strfreev (question->names);
  g_free (question->id);
  g_free (question);
  sidetone_gathering_end (&asked->calls);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_done)

static void
finish (GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

/* No more call servers may come */
static void
settle (gpointer user_data)
{
  Asked *asked = user_data;

  if (!asked->is_listening || !sidetone_call_servers_are_complete (asked->call_servers))
    return;

  asked->is_listening = FALSE;
  sidetone_gathering_end (&asked->calls);
}

static void
observe (Question              *question,
         const SidetoneBinding *binding,
         const GError          *error)
{
  Asked *asked = g_task_get_task_data (question->task);
  const SidetoneTestFrame frame = {
    .id = question->id, .call_server = &question->call_server, .start = question->start,
    .told_by = question->flow != NULL
               ? sidetone_flow_get_told_by (question->flow, question->call_server.server) : NULL,
    .names = (const char *const *) question->names,
  };

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sidetone_test_observe_stun (asked->context, &frame, question->local, binding, error);
}

static void
speaks_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = sidetone_what_speaks_finish (result);

  observe (question, NULL, error);
}

/* Takes @question */
static void
fail (Question     *question,
      gboolean      was_open,
      const GError *error)
{
  sidetone_what_speaks_async (question->call_server.server,
                              sidetone_service_get_host (question->call_server.service), was_open,
                              error, g_task_get_cancellable (question->task), speaks_cb, question);
}

static void
bind_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (SidetoneBinding) binding = NULL;
  g_autoptr (GError) error = NULL;

  binding = sidetone_stun_bind_finish (result, &error);
  if (binding != NULL)
    observe (question, binding, NULL);
  else
    fail (g_steal_pointer (&question), TRUE, error);
}

/* Takes @question */
static void
ask (Question     *question,
     SidetoneFlow *flow)
{
  SidetoneEndpoint *local = sidetone_flow_get_local (flow);

  question->flow = g_object_ref (flow);
  if (local != NULL)
    question->local = sidetone_endpoint_ref (local);
  sidetone_stun_bind_async (flow, question->call_server.server,
                            g_task_get_cancellable (question->task), bind_cb, question);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (SidetoneFlow) flow = NULL;
  g_autoptr (GError) error = NULL;

  flow = sidetone_stream_open_finish (result, &error);
  question->names = sidetone_stream_open_dup_names (result);
  if (flow != NULL)
    ask (g_steal_pointer (&question), flow);
  else
    fail (g_steal_pointer (&question), FALSE, error);
}

static void
start (Asked                    *asked,
       const SidetoneCallServer *call_server,
       const char               *id)
{
  GTask *task = sidetone_gathering_begin (&asked->calls);
  g_autoptr (SidetoneFlow) flow = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Question) question = g_new0 (Question, 1);

  question->task = task;
  question->call_server.service = sidetone_service_ref (call_server->service);
  question->call_server.server = sidetone_endpoint_ref (call_server->server);
  question->id = g_strdup (id);
  question->start = sidetone_context_get_time (asked->context);

  if (sidetone_service_get_transport (call_server->service) != SIDETONE_TRANSPORT_UDP)
    {
      sidetone_stream_open_async (call_server->server,
                                  sidetone_service_get_host (call_server->service),
                                  sidetone_context_get_authorities (asked->context),
                                  g_task_get_cancellable (task), open_cb,
                                  g_steal_pointer (&question));
      return;
    }

  flow = sidetone_flow_new_towards (call_server->server, &error);
  if (flow != NULL)
    ask (g_steal_pointer (&question), flow);
  else
    observe (question, NULL, error);
}

static void
take_call_server (const SidetoneCallServer *call_server,
                  gpointer                  user_data)
{
  Asked *asked = user_data;
  g_autofree char *id = g_strdup_printf ("stun-%u", ++asked->n_started);
  const SidetoneTestFrame frame = { id, call_server, sidetone_context_get_time (asked->context) };

  if (call_server->reason != SIDETONE_SKIP_REASON_NONE)
    sidetone_test_observe_skipped (asked->context, &frame);
  else
    start (asked, call_server, id);
}

static void
sidetone_stun_probe_run_async (SidetoneProbe      *probe,
                               SidetoneContext    *context,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  Asked *asked = g_new0 (Asked, 1);

  g_task_set_source_tag (task, sidetone_stun_probe_run_async);
  g_task_set_task_data (task, asked, asked_free);
  asked->context = g_object_ref (context);
  sidetone_gathering_init (&asked->calls, task, finish);

  asked->is_listening = TRUE;
  sidetone_gathering_begin (&asked->calls);
  asked->call_servers = sidetone_call_servers_new (context, FALSE, cancellable, take_call_server,
                                                   settle, asked);
  sidetone_call_servers_follow (asked->call_servers);
}

static void
sidetone_stun_probe_class_init (SidetoneStunProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SERVICES;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_stun_probe_run_async;
}

static void
sidetone_stun_probe_init (SidetoneStunProbe *self)
{
}

/**
 * sidetone_stun_probe_new:
 *
 * Returns: (transfer full): a probe that asks STUN servers
 */
SidetoneProbe *
sidetone_stun_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_STUN_PROBE, NULL);
}
