/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/stream-open.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/tls-certificate.h"
#include "net/wait.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* A TCP connection to a STUN or TURN server, with TLS for turns: and stuns: (RFC 7065) */

typedef struct
{
  SidetoneEndpoint *server;
  char *host;
  GTlsDatabase *authorities;
  GSocketConnection *connection;
  SidetoneWait *wait;
  SidetoneError problem; /* of the certificate */
  GStrv names;           /* of a refused certificate */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  sidetone_wait_free (opening->wait);
  sidetone_endpoint_unref (opening->server);
  g_free (opening->host);
  g_clear_object (&opening->authorities);
  g_clear_object (&opening->connection);
  g_strfreev (opening->names);
  g_free (opening);
}

/* The only place that turns GIO's errors into ours */
static SidetoneError
translate_error (const Opening *opening,
                 const GError  *error)
{
  gboolean connected = opening->connection != NULL;

  if (opening->problem != SIDETONE_ERROR_UNKNOWN)
    return opening->problem;
  if (sidetone_wait_has_passed (opening->wait))
    return connected ? SIDETONE_ERROR_TLS_NO_ANSWER : SIDETONE_ERROR_STUN_NO_ANSWER;
  if (connected)
    return SIDETONE_ERROR_TLS_FAILED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return SIDETONE_ERROR_CONNECTION_REFUSED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return SIDETONE_ERROR_STUN_NO_ANSWER;
  return SIDETONE_ERROR_UNREACHABLE;
}

/* Takes @error */
static void
fail_opening (GTask  *task,
              GError *error)
{
  Opening *opening = g_task_get_task_data (task);

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, SIDETONE_ERROR, translate_error (opening, error), "%s",
                             sidetone_wait_has_passed (opening->wait)
                             ? "The deadline passed" : error->message);
  g_error_free (error);
}

static void
hand_over (GTask     *task,
           GIOStream *stream)
{
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (SidetoneEndpoint) local = NULL;

  address = g_socket_connection_get_local_address (opening->connection, NULL);
  if (address != NULL)
    local = sidetone_endpoint_new_from_socket_address (address, SIDETONE_TRANSPORT_TCP);

  g_task_return_pointer (task, sidetone_flow_new_for_stream (stream, local, opening->server),
                         g_object_unref);
}

/* A certificate's faults when the additional authorities are trusted, too */
static GTlsCertificateFlags
verify_anew (GTlsConnection      *connection,
             GTlsCertificate     *certificate,
             GTlsCertificateFlags problems,
             Opening             *opening)
{
  GSocketConnectable *identity;

  if (opening->authorities == NULL || (problems & G_TLS_CERTIFICATE_UNKNOWN_CA) == 0)
    return problems;

  identity = g_tls_client_connection_get_server_identity (G_TLS_CLIENT_CONNECTION (connection));
  return g_tls_database_verify_chain (opening->authorities, certificate,
                                      G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
}

static gboolean
judge_certificate (GTlsCertificate     *certificate,
                   GTlsCertificateFlags problems,
                   Opening             *opening)
{
  opening->problem = sidetone_tls_certificate_judge (certificate, problems, opening->host);
  if (opening->problem == SIDETONE_ERROR_UNKNOWN)
    return TRUE;

  g_strfreev (opening->names);
  opening->names = sidetone_tls_certificate_dup_names (certificate);
  return FALSE;
}

static gboolean
on_tls_accept_certificate (GTlsConnection      *connection,
                           GTlsCertificate     *certificate,
                           GTlsCertificateFlags problems,
                           Opening             *opening)
{
  return judge_certificate (certificate, verify_anew (connection, certificate, problems, opening),
                            opening);
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GTlsConnection *connection = G_TLS_CONNECTION (source);
  GError *error = NULL;

  if (!g_tls_connection_handshake_finish (connection, result, &error))
    fail_opening (task, error);
  /* There was no signal if GIO finds nothing wrong. */
  else if (judge_certificate (g_tls_connection_get_peer_certificate (connection), 0,
                              g_task_get_task_data (task)))
    hand_over (task, G_IO_STREAM (source));
  else
    fail_opening (task, g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                                             "No subjectAltName"));
}

static void
start_tls (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GSocketConnectable) identity = NULL;
  g_autoptr (GIOStream) connection = NULL;
  GError *error = NULL;

  /* The announced name: the server chooses its certificate by it (SNI), and the certificate is
   * checked against it (RFC 8489, section 6.2.3) */
  identity = g_network_address_new (opening->host, sidetone_endpoint_get_port (opening->server));
  connection = g_tls_client_connection_new (G_IO_STREAM (opening->connection), identity, &error);
  if (connection == NULL)
    {
      fail_opening (task, error);
      g_object_unref (task);
      return;
    }

  /* Many servers close without a close_notify, and each message gives its own length */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (connection), FALSE);
  g_signal_connect (connection, "accept-certificate", G_CALLBACK (on_tls_accept_certificate),
                    opening);
  sidetone_wait_set_deadline (opening->wait, sidetone_deadlines.tls);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (connection), G_PRIORITY_DEFAULT,
                                    sidetone_wait_get_cancellable (opening->wait), handshake_cb,
                                    task);
}

static void
connect_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  if (opening->connection == NULL)
    {
      fail_opening (task, error);
      g_object_unref (task);
      return;
    }

  /* A call's packets must not wait for each other (Nagle's algorithm) */
  g_socket_set_option (g_socket_connection_get_socket (opening->connection), IPPROTO_TCP,
                       TCP_NODELAY, 1, NULL);

  if (sidetone_endpoint_get_transport (opening->server) == SIDETONE_TRANSPORT_TLS)
    {
      start_tls (task);
      return;
    }
  hand_over (task, G_IO_STREAM (opening->connection));
  g_object_unref (task);
}

/**
 * sidetone_stream_open_async:
 * @server: the destination; encrypted with %SIDETONE_TRANSPORT_TLS
 * @host: (nullable): the name that the certificate must have, %NULL for the address
 * @authorities: (nullable): certificate authorities besides the system's
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is connected
 * @user_data: for @callback
 *
 * Connects, without a proxy.
 */
void
sidetone_stream_open_async (SidetoneEndpoint   *server,
                            const char         *host,
                            GTlsDatabase       *authorities,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = sidetone_flow_make_address (server);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, sidetone_stream_open_async);
  g_task_set_task_data (task, opening, opening_free);
  /* A finished connection is returned even if cancelled: the caller has to close it */
  g_task_set_check_cancellable (task, FALSE);

  opening->server = sidetone_endpoint_ref (server);
  /* Without a name, GIO would accept a certificate with any name */
  opening->host = host != NULL && *host != '\0' ? g_strdup (host)
                  : sidetone_endpoint_dup_address (server);
  opening->authorities = authorities != NULL ? g_object_ref (authorities) : NULL;
  opening->wait = sidetone_wait_new (sidetone_deadlines.tcp_beside, cancellable, NULL, NULL);

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address),
                                 sidetone_wait_get_cancellable (opening->wait), connect_cb, task);
}

/**
 * sidetone_stream_open_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_CONNECTION_REFUSED, %SIDETONE_ERROR_UNREACHABLE,
 *   %SIDETONE_ERROR_STUN_NO_ANSWER, %SIDETONE_ERROR_TLS_FAILED, %SIDETONE_ERROR_TLS_NO_ANSWER, one
 *   for the certificate, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the connection
 */
SidetoneFlow *
sidetone_stream_open_finish (GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sidetone_stream_open_dup_names:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the names of a refused certificate, %NULL if none was refused
 */
GStrv
sidetone_stream_open_dup_names (GAsyncResult *result)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));

  return g_strdupv (opening->names);
}
