/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/what-speaks.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/stream-open.h"
#include "net/wait.h"
#include "turn/stun.h"

/* Protocol detection at a STUN or TURN server's TCP port. A port for TLS that is announced without
 * it, and the reverse, look like silence or an end: it is tried once the other way. */

/* The task's data */
typedef struct
{
  SidetoneEndpoint *other; /* the same address and port, by the other transport */
  GError *error;
  SidetoneWait *wait;
  SidetoneFlow *flow;
} Trial;

static void
trial_free (gpointer data)
{
  Trial *trial = data;

  if (trial->flow != NULL)
    sidetone_flow_close (trial->flow);
  g_clear_object (&trial->flow);
  g_clear_pointer (&trial->wait, sidetone_wait_free);
  g_clear_pointer (&trial->other, sidetone_endpoint_unref);
  g_clear_error (&trial->error);
  g_free (trial);
}

/* Takes @task */
static void
finish (GTask        *task,
        SidetoneError found)
{
  Trial *trial = g_task_get_task_data (task);

  if (found != SIDETONE_ERROR_UNKNOWN)
    {
      g_clear_error (&trial->error);
      trial->error = g_error_new (SIDETONE_ERROR, found, "Found out by another try");
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* Whether a STUN server answered, if only with an error */
static gboolean
is_stun (const SidetoneBinding *binding,
         const GError          *error)
{
  return binding != NULL || (error->domain == SIDETONE_ERROR &&
                             sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_REFUSAL));
}

static void
bind_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneBinding) binding = NULL;
  g_autoptr (GError) error = NULL;

  binding = sidetone_stun_bind_finish (result, &error);
  if (is_stun (binding, error))
    finish (user_data, SIDETONE_ERROR_RELAY_SPEAKS_PLAIN);
  else if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_RELAY_WEB_SERVER))
    finish (user_data, SIDETONE_ERROR_RELAY_WEB_SERVER);
  else
    finish (user_data, SIDETONE_ERROR_UNKNOWN);
}

/* A server with a bad certificate speaks TLS, too. */
static gboolean
is_tls (SidetoneFlow *flow,
        const GError *error)
{
  return flow != NULL || (error->domain == SIDETONE_ERROR &&
                          sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_CERTIFICATE));
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  trial->flow = sidetone_stream_open_finish (result, &error);
  if (sidetone_endpoint_get_transport (trial->other) == SIDETONE_TRANSPORT_TLS)
    finish (task, is_tls (trial->flow, error) ? SIDETONE_ERROR_RELAY_WANTS_TLS
            : SIDETONE_ERROR_UNKNOWN);
  else if (trial->flow != NULL)
    sidetone_stun_bind_async (trial->flow, trial->other,
                              sidetone_wait_get_cancellable (trial->wait), bind_cb, task);
  else
    finish (task, SIDETONE_ERROR_UNKNOWN);
}

/* The transport to try; UNKNOWN if another try tells nothing new */
static SidetoneTransport
choose_transport (SidetoneTransport transport,
                  gboolean          was_open,
                  const GError     *error)
{
  if (error->domain != SIDETONE_ERROR)
    return SIDETONE_TRANSPORT_UNKNOWN;

  if (transport == SIDETONE_TRANSPORT_TCP && was_open &&
      (error->code == SIDETONE_ERROR_STUN_NO_ANSWER ||
       error->code == SIDETONE_ERROR_CONNECTION_LOST))
    return SIDETONE_TRANSPORT_TLS;
  /* On a busy computer the deadline of the whole test may come before that of TLS. */
  if (transport == SIDETONE_TRANSPORT_TLS && !was_open &&
      (error->code == SIDETONE_ERROR_TLS_FAILED || error->code == SIDETONE_ERROR_TLS_NO_ANSWER ||
       error->code == SIDETONE_ERROR_STUN_NO_ANSWER))
    return SIDETONE_TRANSPORT_TCP;

  return SIDETONE_TRANSPORT_UNKNOWN;
}

/**
 * sidetone_what_speaks_async:
 * @server: a STUN or TURN server
 * @host: (nullable): its announced host
 * @was_open: whether there was a stream to it, with TLS if it is announced for that
 * @error: the error of a request to it
 * @cancellable: (nullable): ends it at once
 * @callback: called at the latest after `sidetone_deadlines.stranger`
 * @user_data: for @callback
 *
 * If TLS may be wanted there, or may not, tries that once.
 */
void
sidetone_what_speaks_async (SidetoneEndpoint   *server,
                            const char         *host,
                            gboolean            was_open,
                            const GError       *error,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  SidetoneTransport transport = choose_transport (sidetone_endpoint_get_transport (server),
                                                  was_open, error);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Trial *trial = g_new0 (Trial, 1);

  g_task_set_source_tag (task, sidetone_what_speaks_async);
  g_task_set_task_data (task, trial, trial_free);
  trial->error = g_error_copy (error);
  if (transport == SIDETONE_TRANSPORT_UNKNOWN)
    {
      finish (task, SIDETONE_ERROR_UNKNOWN);
      return;
    }

  trial->other = sidetone_endpoint_new (sidetone_endpoint_get_address (server),
                                        sidetone_endpoint_get_port (server), transport);
  trial->wait = sidetone_wait_new (sidetone_deadlines.stranger, cancellable, NULL, NULL);
  sidetone_stream_open_async (trial->other, host, NULL, sidetone_wait_get_cancellable (trial->wait),
                              open_cb, task);
}

/**
 * sidetone_what_speaks_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full): %SIDETONE_ERROR_RELAY_WANTS_TLS, %SIDETONE_ERROR_RELAY_SPEAKS_PLAIN or
 *   %SIDETONE_ERROR_RELAY_WEB_SERVER if that was found out, %G_IO_ERROR_CANCELLED, or the request's
 *   error
 */
GError *
sidetone_what_speaks_finish (GAsyncResult *result)
{
  Trial *trial = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    return error;

  return g_steal_pointer (&trial->error);
}
