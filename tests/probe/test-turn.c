/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/deadlines.h"
#include "base/error.h"
#include "lib/clock.h"
#include "lib/lossy.h"
#include "lib/relay.h"
#include "lib/server.h"
#include "net/stream-open.h"
#include "turn/turn.h"

/* A relay in progress, and the last request's result */
typedef struct
{
  SidetoneTestRelay *server;
  SidetoneTestLossy *socket;
  SidetoneTurn *turn;
  gboolean good;
  GError *error;
  gint64 start;
  gint64 took_ms;
  gboolean waiting;
} Ask;

static void
ask_init (Ask                           *ask,
          const SidetoneTestRelayScript *script,
          const char                    *password)
{
  g_autoptr (SidetoneEndpoint) endpoint = NULL;
  g_autoptr (SidetoneFlow) flow = NULL;

  ask->server = sidetone_test_relay_new (script);
  ask->socket = sidetone_test_lossy_new ();
  flow = sidetone_flow_new (G_DATAGRAM_BASED (ask->socket), NULL);
  endpoint = sidetone_endpoint_new_from_string ("127.0.0.1",
                                                sidetone_test_relay_get_port (ask->server),
                                                SIDETONE_TRANSPORT_UDP, NULL);
  ask->turn = sidetone_turn_new (endpoint, "localhost", SIDETONE_TEST_RELAY_USERNAME, password,
                                 G_SOCKET_FAMILY_IPV4);
  sidetone_turn_set_flow (ask->turn, flow);
}

static void
ask_clear (Ask *ask)
{
  g_clear_error (&ask->error);
  g_assert_finalize_object (ask->turn);
  g_assert_finalize_object (ask->socket);
  sidetone_test_relay_free (ask->server);
}

static void
ask_begin (Ask *ask)
{
  g_clear_error (&ask->error);
  ask->start = g_get_monotonic_time ();
  ask->waiting = TRUE;
}

static void
ask_end (Ask     *ask,
         gboolean good)
{
  ask->good = good;
  ask->took_ms = (g_get_monotonic_time () - ask->start) / 1000;
  ask->waiting = FALSE;
  g_assert_cmpint (good, ==, ask->error == NULL);
}

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Ask *ask = user_data;

  ask_end (ask, sidetone_turn_allocate_finish (SIDETONE_TURN (source), result, &ask->error));
}

static void
permit_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Ask *ask = user_data;

  ask_end (ask, sidetone_turn_permit_finish (SIDETONE_TURN (source), result, &ask->error));
}

static void
release_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Ask *ask = user_data;

  ask_end (ask, sidetone_turn_release_finish (SIDETONE_TURN (source), result, &ask->error));
}

static void
start_allocating (Ask          *ask,
                  GCancellable *cancellable)
{
  ask_begin (ask);
  sidetone_turn_allocate_async (ask->turn, cancellable, allocate_cb, ask);
}

static void
wait (Ask *ask)
{
  while (ask->waiting)
    g_main_context_iteration (NULL, TRUE);
}

static void
allocate (Ask *ask)
{
  start_allocating (ask, NULL);
  wait (ask);
}

static void
permit (Ask *ask)
{
  g_autoptr (SidetoneEndpoint) peer = NULL;

  peer = sidetone_endpoint_new_from_string ("127.0.0.1", 9, SIDETONE_TRANSPORT_UDP, NULL);
  ask_begin (ask);
  sidetone_turn_permit_async (ask->turn, peer, NULL, permit_cb, ask);
  wait (ask);
}

static void
release (Ask *ask)
{
  ask_begin (ask);
  sidetone_turn_release_async (ask->turn, release_cb, ask);
  wait (ask);
}

static void
test_allocation (void)
{
  Ask ask = { 0 };

  ask_init (&ask, NULL, SIDETONE_TEST_RELAY_PASSWORD);
  allocate (&ask);
  g_assert_no_error (ask.error);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (ask.server), ==, 1);
  g_assert_nonnull (sidetone_turn_get_relayed (ask.turn));
  g_assert_nonnull (sidetone_turn_get_mapped (ask.turn));
  g_assert_cmpuint (sidetone_turn_get_lifetime (ask.turn), ==, 600);
  g_assert_cmpint (sidetone_turn_get_round_trip (ask.turn), >=, 0);
  /* Without the password, and with it */
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (ask.server, SIDETONE_TEST_RELAY_ALLOCATE),
                    ==, 2);

  permit (&ask);
  g_assert_no_error (ask.error);

  release (&ask);
  g_assert_no_error (ask.error);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (ask.server), ==, 0);
  ask_clear (&ask);
}

static void
test_wrong_password (void)
{
  Ask ask = { 0 };

  ask_init (&ask, NULL, "another-password");
  allocate (&ask);
  g_assert_error (ask.error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_UNAUTHORIZED);
  g_assert_null (strstr (ask.error->message, "another-password"));
  g_assert_null (strstr (ask.error->message, SIDETONE_TEST_RELAY_USERNAME));
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (ask.server, SIDETONE_TEST_RELAY_ALLOCATE),
                    ==, 2);
  ask_clear (&ask);
}

/* Realms that break careless clients; libnice among them */
static void
test_realms (void)
{
  static const char *const realms[] = { "", "\"", "\"\"", "\"quoted\"", "a:b", "\xc3\xa4" };

  for (gsize i = 0; i < G_N_ELEMENTS (realms); i++)
    {
      const SidetoneTestRelayScript script = { .realm = realms[i] };
      Ask ask = { 0 };

      ask_init (&ask, &script, SIDETONE_TEST_RELAY_PASSWORD);
      allocate (&ask);
      g_assert_no_error (ask.error);
      release (&ask);
      g_assert_no_error (ask.error);
      ask_clear (&ask);
    }
}

static void
test_stale_nonce (void)
{
  const SidetoneTestRelayScript once = { .n_stale = 1 };
  const SidetoneTestRelayScript always = { .n_stale = 100 };
  Ask ask = { 0 };

  ask_init (&ask, &once, SIDETONE_TEST_RELAY_PASSWORD);
  allocate (&ask);
  g_assert_no_error (ask.error);
  release (&ask);
  g_assert_no_error (ask.error);
  ask_clear (&ask);

  ask_init (&ask, &always, SIDETONE_TEST_RELAY_PASSWORD);
  allocate (&ask);
  g_assert_error (ask.error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_STALE_NONCE);
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (ask.server, SIDETONE_TEST_RELAY_ALLOCATE),
                    ==, 3);
  ask_clear (&ask);
}

/* Each code of RFC 8656, section 19, has an error of its own */
static void
test_codes (void)
{
  static const struct
  {
    guint code;
    SidetoneError error;
  } rows[] = {
    { 300, SIDETONE_ERROR_TURN_TRY_ALTERNATE },
    { 400, SIDETONE_ERROR_TURN_BAD_REQUEST },
    { 401, SIDETONE_ERROR_TURN_UNAUTHORIZED },
    { 403, SIDETONE_ERROR_TURN_FORBIDDEN },
    { 420, SIDETONE_ERROR_STUN_FAILED },
    { 437, SIDETONE_ERROR_TURN_MISMATCH },
    { 440, SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED },
    { 441, SIDETONE_ERROR_TURN_WRONG_CREDENTIALS },
    { 442, SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED },
    { 443, SIDETONE_ERROR_TURN_PEER_FAMILY },
    { 486, SIDETONE_ERROR_TURN_QUOTA },
    { 500, SIDETONE_ERROR_STUN_FAILED },
    { 508, SIDETONE_ERROR_TURN_NO_CAPACITY },
  };
  static const SidetoneTestRelayFault faults[] = {
    SIDETONE_TEST_RELAY_ERROR, SIDETONE_TEST_RELAY_ERROR_UNSIGNED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows) * G_N_ELEMENTS (faults); i++)
    {
      gsize row = i / G_N_ELEMENTS (faults);
      SidetoneTestRelayScript script = {
        .method = SIDETONE_TEST_RELAY_ALLOCATE, .fault = faults[i % G_N_ELEMENTS (faults)],
        .code = rows[row].code,
      };
      g_autofree char *text = g_strdup_printf ("%u Reason %u", script.code, script.code);
      Ask ask = { 0 };

      ask_init (&ask, &script, SIDETONE_TEST_RELAY_PASSWORD);
      allocate (&ask);
      g_assert_error (ask.error, SIDETONE_ERROR, (int) rows[row].error);
      g_assert_cmpstr (ask.error->message, ==, text);
      /* It refused, so there is nothing to delete */
      g_assert_cmpuint (sidetone_test_relay_get_n_requests (ask.server,
                                                            SIDETONE_TEST_RELAY_REFRESH), ==, 0);
      ask_clear (&ask);

      script.method = SIDETONE_TEST_RELAY_PERMISSION;
      ask_init (&ask, &script, SIDETONE_TEST_RELAY_PASSWORD);
      allocate (&ask);
      g_assert_no_error (ask.error);
      permit (&ask);
      g_assert_error (ask.error, SIDETONE_ERROR, (int) rows[row].error);
      release (&ask);
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (ask.server), ==, 0);
      ask_clear (&ask);
    }
}

/* All at once, because many of them last until the deadline */
static const struct
{
  SidetoneTestRelayFault fault;
  SidetoneError error;           /* SIDETONE_ERROR_UNKNOWN: none */
  guint n_left;                  /* allocations at the server */
} rows[] = {
  { SIDETONE_TEST_RELAY_SILENT, SIDETONE_ERROR_TURN_NO_ANSWER, 0 },
  { SIDETONE_TEST_RELAY_PIECES, SIDETONE_ERROR_STUN_BAD_ANSWER, 0 },
  { SIDETONE_TEST_RELAY_PIECES_FIRST, SIDETONE_ERROR_UNKNOWN, 1 },
  { SIDETONE_TEST_RELAY_LENGTHS, SIDETONE_ERROR_UNKNOWN, 1 },
  { SIDETONE_TEST_RELAY_OTHER_SOURCE, SIDETONE_ERROR_STUN_WRONG_SOURCE, 0 },
  { SIDETONE_TEST_RELAY_OTHER_ID, SIDETONE_ERROR_STUN_BAD_ANSWER, 0 },
  { SIDETONE_TEST_RELAY_TWICE, SIDETONE_ERROR_UNKNOWN, 1 },
  { SIDETONE_TEST_RELAY_NO_ADDRESS, SIDETONE_ERROR_STUN_BAD_ANSWER, 0 },
  { SIDETONE_TEST_RELAY_UNKNOWN_ATTRIBUTE, SIDETONE_ERROR_STUN_BAD_ANSWER, 0 },
  { SIDETONE_TEST_RELAY_UNSIGNED, SIDETONE_ERROR_STUN_NOT_GENUINE, 0 },
  { SIDETONE_TEST_RELAY_OTHER_KEY, SIDETONE_ERROR_STUN_NOT_GENUINE, 0 },
  { SIDETONE_TEST_RELAY_SHORT_SIGNATURE, SIDETONE_ERROR_STUN_BAD_ANSWER, 0 },
  { SIDETONE_TEST_RELAY_NO_CHALLENGE, SIDETONE_ERROR_STUN_BAD_ANSWER, 0 },
  { SIDETONE_TEST_RELAY_ERROR_BARE, SIDETONE_ERROR_STUN_BAD_ANSWER, 0 },
  /* Reported unchecked: judging it is not the probe's business */
  { SIDETONE_TEST_RELAY_PRIVATE, SIDETONE_ERROR_UNKNOWN, 1 },
};

static void
test_answers (void)
{
  Ask asks[G_N_ELEMENTS (rows)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const SidetoneTestRelayScript script = {
        .method = SIDETONE_TEST_RELAY_ALLOCATE, .fault = rows[i].fault,
      };

      ask_init (&asks[i], &script, SIDETONE_TEST_RELAY_PASSWORD);
      start_allocating (&asks[i], NULL);
    }

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      wait (&asks[i]);
      g_test_message ("Row %u: %s", i, asks[i].error != NULL ? asks[i].error->message : "good");
      if (rows[i].error == SIDETONE_ERROR_UNKNOWN)
        g_assert_no_error (asks[i].error);
      else
        g_assert_error (asks[i].error, SIDETONE_ERROR, (int) rows[i].error);
      /* Whatever it answered, it had the request: its allocation is deleted */
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (asks[i].server), ==, rows[i].n_left);
      g_assert_cmpint (asks[i].took_ms, <, sidetone_deadlines.stun + sidetone_deadlines.release);
    }

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].n_left > 0)
        release (&asks[i]);
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (asks[i].server), ==, 0);
      ask_clear (&asks[i]);
    }
}

/* Nor is an allocation left that the server makes only after the Refresh: big servers look up
 * passwords in threads, and may handle the later request first */
static void
test_late (void)
{
  const SidetoneTestRelayScript script = {
    SIDETONE_TEST_RELAY_ALLOCATE, SIDETONE_TEST_RELAY_LATE, .n_faults = 1,
  };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Ask ask = { 0 };

  ask_init (&ask, &script, SIDETONE_TEST_RELAY_PASSWORD);
  start_allocating (&ask, cancellable);
  while (sidetone_test_relay_get_n_requests (ask.server, SIDETONE_TEST_RELAY_ALLOCATE) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  wait (&ask);

  g_assert_error (ask.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (ask.server), ==, 0);
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (ask.server, SIDETONE_TEST_RELAY_REFRESH),
                    ==, 2);
  ask_clear (&ask);
}

/* A cancelled request leaves no allocation, in any state */
static void
test_cancel (void)
{
  for (guint n_requests = 0; n_requests <= 2; n_requests++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Ask ask = { 0 };

      ask_init (&ask, NULL, SIDETONE_TEST_RELAY_PASSWORD);
      start_allocating (&ask, cancellable);
      while (sidetone_test_relay_get_n_requests (ask.server, SIDETONE_TEST_RELAY_ALLOCATE) <
             n_requests)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (ask.waiting);
      g_cancellable_cancel (cancellable);
      wait (&ask);

      g_assert_error (ask.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (ask.took_ms, <, sidetone_deadlines.release);
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (ask.server), ==, 0);
      ask_clear (&ask);
    }
}

/* With packet loss: the Refresh is retransmitted, and does not wait for ever */
static void
test_release_lossy (void)
{
  const SidetoneTestRelayScript silent = {
    .method = SIDETONE_TEST_RELAY_REFRESH, .fault = SIDETONE_TEST_RELAY_SILENT,
  };
  Ask ask = { 0 };

  ask_init (&ask, NULL, SIDETONE_TEST_RELAY_PASSWORD);
  sidetone_test_lossy_lose_sent (ask.socket, 3);
  allocate (&ask);
  release (&ask);
  g_assert_no_error (ask.error);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (ask.server), ==, 0);
  ask_clear (&ask);

  ask_init (&ask, &silent, SIDETONE_TEST_RELAY_PASSWORD);
  allocate (&ask);
  release (&ask);
  g_assert_error (ask.error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER);
  g_assert_cmpint (ask.took_ms, >=, sidetone_deadlines.release - 1);
  g_assert_cmpint (ask.took_ms, <, sidetone_deadlines.release + 10);
  ask_clear (&ask);
}

/* The server has no allocation any more, as intended */
static void
test_release_of_none (void)
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_REFRESH, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 437,
  };
  Ask ask = { 0 };

  ask_init (&ask, &script, SIDETONE_TEST_RELAY_PASSWORD);
  allocate (&ask);
  release (&ask);
  g_assert_no_error (ask.error);
  ask_clear (&ask);
}

/* A forgotten allocation is deleted too, if the last packet gets through */
static void
test_forgotten (void)
{
  Ask ask = { 0 };

  ask_init (&ask, NULL, SIDETONE_TEST_RELAY_PASSWORD);
  allocate (&ask);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (ask.server), ==, 1);
  g_assert_finalize_object (ask.turn);
  while (sidetone_test_relay_get_n_relays (ask.server) > 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_finalize_object (ask.socket);
  sidetone_test_relay_free (ask.server);
}

static void
test_lost_packets (void)
{
  for (guint lost = 1; lost <= 2; lost++)
    {
      Ask ask = { 0 };

      ask_init (&ask, NULL, SIDETONE_TEST_RELAY_PASSWORD);
      sidetone_test_lossy_lose_sent (ask.socket, lost);
      sidetone_test_lossy_lose_received (ask.socket, lost);
      allocate (&ask);
      g_assert_no_error (ask.error);
      release (&ask);
      g_assert_cmpuint (sidetone_test_relay_get_n_relays (ask.server), ==, 0);
      ask_clear (&ask);
    }
}

/* TCP and TLS */

typedef struct
{
  GTlsCertificate *certificate;
  GPtrArray *connections;
} Far;

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL);
}

static gboolean
on_service_incoming (GSocketService    *service,
                     GSocketConnection *connection,
                     GObject           *source,
                     Far               *far)
{
  GIOStream *tls;

  g_ptr_array_add (far->connections, g_object_ref (connection));
  if (far->certificate == NULL)
    return TRUE;

  tls = g_tls_server_connection_new (G_IO_STREAM (connection), far->certificate, NULL);
  g_ptr_array_add (far->connections, tls);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, handshake_cb,
                                    NULL);
  return TRUE;
}

static GSocketService *
serve (Far        *far,
       const char *certificate,
       guint16    *port)
{
  GSocketService *service = g_socket_service_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  if (certificate != NULL)
    {
      g_autofree char *name = g_strconcat (certificate, ".pem", NULL);
      g_autofree char *key_name = g_strconcat (certificate, ".key", NULL);
      g_autofree char *path = sidetone_test_certificate_path (name);
      g_autofree char *key = sidetone_test_certificate_path (key_name);

      far->certificate = g_tls_certificate_new_from_files (path, key, &error);
      g_assert_no_error (error);
    }
  far->connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (service, "incoming", G_CALLBACK (on_service_incoming), far);
  return service;
}

static void
far_clear (Far *far)
{
  g_clear_object (&far->certificate);
  g_clear_pointer (&far->connections, g_ptr_array_unref);
}

typedef struct
{
  SidetoneFlow *flow;
  GError *error;
  gboolean done;
} Opened;

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Opened *opened = user_data;

  opened->flow = sidetone_stream_open_finish (result, &opened->error);
  opened->done = TRUE;
}

static void
open_stream (Opened           *opened,
             guint16           port,
             SidetoneTransport transport,
             const char       *host,
             GCancellable     *cancellable)
{
  g_autoptr (SidetoneEndpoint) server = NULL;
  g_autofree char *ca_file = sidetone_test_certificate_path ("ca.pem");
  g_autoptr (GTlsDatabase) authorities = g_tls_file_database_new (ca_file, NULL);

  server = sidetone_endpoint_new_from_string ("127.0.0.1", port, transport, NULL);
  sidetone_stream_open_async (server, host, authorities, cancellable, open_cb, opened);
  while (!opened->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_certificates (void)
{
  static const struct
  {
    const char *certificate;
    const char *host;
    SidetoneError error;
  } certificates[] = {
    { "good", "localhost", SIDETONE_ERROR_UNKNOWN },
    { "good", "elsewhere.lit", SIDETONE_ERROR_CERTIFICATE_WRONG_NAME },
    /* Announced by its address, which the certificate does not have */
    { "good", "127.0.0.1", SIDETONE_ERROR_CERTIFICATE_WRONG_NAME },
    { "good", "", SIDETONE_ERROR_CERTIFICATE_WRONG_NAME },
    { "good", NULL, SIDETONE_ERROR_CERTIFICATE_WRONG_NAME },
    { "wrong-name", "localhost", SIDETONE_ERROR_CERTIFICATE_WRONG_NAME },
    /* A common name says nothing of what it is for (RFC 9525, section 6.3) */
    { "common-name", "montague.lit", SIDETONE_ERROR_CERTIFICATE_WRONG_NAME },
    { "expired", "localhost", SIDETONE_ERROR_CERTIFICATE_EXPIRED },
    { "not-yet-valid", "localhost", SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID },
    { "self-signed", "localhost", SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED },
    { "unknown-ca", "localhost", SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER },
    { "no-chain", "localhost", SIDETONE_ERROR_CERTIFICATE_NO_CHAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      Far far = { 0 };
      Opened opened = { 0 };
      guint16 port;
      g_autoptr (GSocketService) service = serve (&far, certificates[i].certificate, &port);

      g_test_message ("%s for %s", certificates[i].certificate, certificates[i].host);
      open_stream (&opened, port, SIDETONE_TRANSPORT_TLS, certificates[i].host, NULL);
      if (certificates[i].error == SIDETONE_ERROR_UNKNOWN)
        {
          g_assert_no_error (opened.error);
          sidetone_flow_close (opened.flow);
          g_clear_object (&opened.flow);
        }
      else
        {
          g_assert_error (opened.error, SIDETONE_ERROR, (int) certificates[i].error);
        }
      g_clear_error (&opened.error);
      g_socket_service_stop (service);
      far_clear (&far);
    }
}

static void
test_streams (void)
{
  Far far = { 0 };
  Opened opened = { 0 };
  guint16 port;
  GSocketService *service = serve (&far, NULL, &port);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  open_stream (&opened, port, SIDETONE_TRANSPORT_TCP, "localhost", NULL);
  g_assert_no_error (opened.error);
  g_assert_nonnull (sidetone_flow_get_local (opened.flow));
  sidetone_flow_close (opened.flow);
  g_clear_object (&opened.flow);

  /* A server that accepts the connection, and does not speak TLS */
  opened.done = FALSE;
  open_stream (&opened, port, SIDETONE_TRANSPORT_TLS, "localhost", NULL);
  g_assert_error (opened.error, SIDETONE_ERROR, SIDETONE_ERROR_TLS_NO_ANSWER);
  g_clear_error (&opened.error);

  g_cancellable_cancel (cancellable);
  opened.done = FALSE;
  open_stream (&opened, port, SIDETONE_TRANSPORT_TLS, "localhost", cancellable);
  g_assert_error (opened.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&opened.error);

  g_socket_service_stop (service);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (service);
  opened.done = FALSE;
  open_stream (&opened, port, SIDETONE_TRANSPORT_TCP, "localhost", NULL);
  g_assert_error (opened.error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_REFUSED);
  g_clear_error (&opened.error);
  far_clear (&far);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  g_test_add_func ("/turn/allocation", test_allocation);
  g_test_add_func ("/turn/wrong-password", test_wrong_password);
  g_test_add_func ("/turn/realms", test_realms);
  g_test_add_func ("/turn/stale-nonce", test_stale_nonce);
  g_test_add_func ("/turn/codes", test_codes);
  g_test_add_func ("/turn/answers", test_answers);
  g_test_add_func ("/turn/cancel", test_cancel);
  g_test_add_func ("/turn/late", test_late);
  g_test_add_func ("/turn/release-lossy", test_release_lossy);
  g_test_add_func ("/turn/release-of-none", test_release_of_none);
  g_test_add_func ("/turn/forgotten", test_forgotten);
  g_test_add_func ("/turn/lost-packets", test_lost_packets);
  g_test_add_func ("/turn/certificates", test_certificates);
  g_test_add_func ("/turn/streams", test_streams);

  return g_test_run ();
}
