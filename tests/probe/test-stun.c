/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/deadlines.h"
#include "base/error.h"
#include "lib/clock.h"
#include "lib/lossy.h"
#include "lib/relay.h"
#include "turn/stun-message.h"
#include "turn/stun.h"

#include <sys/socket.h>

/* A request in progress */
typedef struct
{
  SidetoneTestRelay *server;
  SidetoneTestLossy *socket;
  SidetoneFlow *flow;
  SidetoneBinding *binding;
  GError *error;
  gint64 took_ms;
  gint64 start;
  guint *n_waits;
} Ask;

static void
bind_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Ask *ask = user_data;

  ask->binding = sidetone_stun_bind_finish (result, &ask->error);
  ask->took_ms = (g_get_monotonic_time () - ask->start) / 1000;
  --*ask->n_waits;
}

static void
ask_start (Ask                           *ask,
           const SidetoneTestRelayScript *script,
           GCancellable                  *cancellable,
           guint                         *n_waits)
{
  g_autoptr (SidetoneEndpoint) server = NULL;

  ask->server = sidetone_test_relay_new (script);
  ask->socket = sidetone_test_lossy_new ();
  ask->flow = sidetone_flow_new (G_DATAGRAM_BASED (ask->socket), NULL);
  ask->start = g_get_monotonic_time ();
  ask->n_waits = n_waits;
  ++*n_waits;
  server = sidetone_endpoint_new_from_string ("127.0.0.1",
                                              sidetone_test_relay_get_port (ask->server),
                                              SIDETONE_TRANSPORT_UDP, NULL);
  sidetone_stun_bind_async (ask->flow, server, cancellable, bind_cb, ask);
}

static void
wait (guint *n_waits)
{
  while (*n_waits > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask_clear (Ask *ask)
{
  g_clear_pointer (&ask->binding, sidetone_binding_free);
  g_clear_error (&ask->error);
  sidetone_test_relay_free (ask->server);
  g_assert_finalize_object (ask->flow);
  g_assert_finalize_object (ask->socket);
}

/* Time is simulated: without a wait none passes. libnice's timers are up to 1 ms early. */
static void
assert_took (Ask  *ask,
             guint expected_ms)
{
  g_assert_cmpint (ask->took_ms, >=, (gint64) expected_ms - 1);
  g_assert_cmpint (ask->took_ms, <, expected_ms + 10);
}

static void
assert_endpoint (SidetoneEndpoint *endpoint,
                 const char       *expected)
{
  g_autofree char *text = endpoint != NULL ? sidetone_endpoint_format (endpoint) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_answer (void)
{
  Ask ask = { 0 };
  guint n_waits = 0;

  ask_start (&ask, NULL, NULL, &n_waits);
  wait (&n_waits);

  g_assert_no_error (ask.error);
  g_assert_true (sidetone_endpoint_equal (ask.binding->mapped, ask.binding->plain));
  g_assert_false (sidetone_binding_is_rewritten (ask.binding));
  assert_endpoint (ask.binding->other, "203.0.113.21:3479");
  assert_endpoint (ask.binding->origin, "203.0.113.21:3479");
  /* Characters that would move a terminal's cursor are removed */
  g_assert_cmpstr (ask.binding->software, ==, "Test [31m1.0");
  g_assert_cmpuint (ask.binding->n_sent, ==, 1);
  g_assert_cmpint (ask.binding->round_trip_us, >=, 0);
  g_assert_cmpint (ask.binding->round_trip_us, <, 3000000);

  ask_clear (&ask);
}

static void
test_rewritten (void)
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_BINDING, .fault = SIDETONE_TEST_RELAY_REWRITTEN,
  };
  Ask ask = { 0 };
  guint n_waits = 0;

  ask_start (&ask, &script, NULL, &n_waits);
  wait (&n_waits);

  g_assert_no_error (ask.error);
  g_assert_true (sidetone_binding_is_rewritten (ask.binding));
  g_assert_true (sidetone_endpoint_get_port (ask.binding->mapped) ==
                 sidetone_endpoint_get_port (ask.binding->plain));

  ask_clear (&ask);
}

/* All at once, because many of them last until the deadline */
static const struct
{
  SidetoneTestRelayFault fault;
  guint code;
  SidetoneError error;           /* SIDETONE_ERROR_UNKNOWN: none */
  gboolean at_deadline;
} rows[] = {
  { SIDETONE_TEST_RELAY_SILENT, 0, SIDETONE_ERROR_STUN_NO_ANSWER, TRUE },
  { SIDETONE_TEST_RELAY_ERROR, 400, SIDETONE_ERROR_STUN_FAILED, FALSE },
  { SIDETONE_TEST_RELAY_ERROR, 401, SIDETONE_ERROR_STUN_UNAUTHORIZED, FALSE },
  { SIDETONE_TEST_RELAY_ERROR, 500, SIDETONE_ERROR_STUN_FAILED, FALSE },
  { SIDETONE_TEST_RELAY_ERROR, 799, SIDETONE_ERROR_STUN_BAD_ANSWER, FALSE },
  { SIDETONE_TEST_RELAY_ERROR_BARE, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, FALSE },
  { SIDETONE_TEST_RELAY_PIECES, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, TRUE },
  { SIDETONE_TEST_RELAY_PIECES_FIRST, 0, SIDETONE_ERROR_UNKNOWN, FALSE },
  { SIDETONE_TEST_RELAY_LENGTHS, 0, SIDETONE_ERROR_UNKNOWN, FALSE },
  { SIDETONE_TEST_RELAY_JUNK_BEHIND, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, TRUE },
  { SIDETONE_TEST_RELAY_NOISE, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, TRUE },
  { SIDETONE_TEST_RELAY_OTHER_ID, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, TRUE },
  { SIDETONE_TEST_RELAY_OTHER_METHOD, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, TRUE },
  { SIDETONE_TEST_RELAY_OTHER_COOKIE, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, TRUE },
  { SIDETONE_TEST_RELAY_OTHER_SOURCE, 0, SIDETONE_ERROR_STUN_WRONG_SOURCE, TRUE },
  { SIDETONE_TEST_RELAY_OTHER_SOURCE_FIRST, 0, SIDETONE_ERROR_UNKNOWN, FALSE },
  { SIDETONE_TEST_RELAY_TWICE, 0, SIDETONE_ERROR_UNKNOWN, FALSE },
  { SIDETONE_TEST_RELAY_UNKNOWN_ATTRIBUTE, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, FALSE },
  { SIDETONE_TEST_RELAY_NO_ADDRESS, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, FALSE },
  { SIDETONE_TEST_RELAY_PORT_ZERO, 0, SIDETONE_ERROR_STUN_BAD_ANSWER, FALSE },
  { SIDETONE_TEST_RELAY_OLD, 0, SIDETONE_ERROR_UNKNOWN, FALSE },
};

static void
test_answers (void)
{
  Ask asks[G_N_ELEMENTS (rows)] = { 0 };
  guint n_waits = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const SidetoneTestRelayScript script = {
        .method = SIDETONE_TEST_RELAY_BINDING, .fault = rows[i].fault, .code = rows[i].code,
      };

      ask_start (&asks[i], &script, NULL, &n_waits);
    }
  wait (&n_waits);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("Row %u: %s", i, asks[i].error != NULL ? asks[i].error->message : "good");
      if (rows[i].error == SIDETONE_ERROR_UNKNOWN)
        g_assert_no_error (asks[i].error);
      else
        g_assert_error (asks[i].error, SIDETONE_ERROR, (int) rows[i].error);
      if (rows[i].at_deadline)
        assert_took (&asks[i], sidetone_deadlines.stun);
      else
        assert_took (&asks[i], 0);
      ask_clear (&asks[i]);
    }
}

/* RFC 8489, section 6.2.1: 0, 500 and 1500 ms; the next would come after the deadline */
static void
test_retransmission (void)
{
  const SidetoneTestRelayScript silent = {
    .method = SIDETONE_TEST_RELAY_BINDING, .fault = SIDETONE_TEST_RELAY_SILENT,
  };
  Ask first = { 0 }, second = { 0 }, answer = { 0 }, none = { 0 };
  guint n_waits = 0;

  ask_start (&none, &silent, NULL, &n_waits);
  ask_start (&first, NULL, NULL, &n_waits);
  ask_start (&second, NULL, NULL, &n_waits);
  ask_start (&answer, NULL, NULL, &n_waits);
  sidetone_test_lossy_lose_received (first.socket, 1);
  sidetone_test_lossy_lose_received (second.socket, 1);
  sidetone_test_lossy_lose_sent (second.socket, 2);
  sidetone_test_lossy_lose_received (answer.socket, 1);
  sidetone_test_lossy_lose_received (answer.socket, 2);
  wait (&n_waits);

  g_assert_no_error (first.error);
  g_assert_cmpuint (first.binding->n_sent, ==, 2);
  /* The answer may belong to either transmission */
  g_assert_cmpint (first.binding->round_trip_us, ==, -1);
  assert_took (&first, 500);
  g_assert_no_error (second.error);
  g_assert_cmpuint (second.binding->n_sent, ==, 3);
  assert_took (&second, 1500);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.binding->n_sent, ==, 3);
  g_assert_error (none.error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER);
  g_assert_cmpuint (sidetone_test_lossy_get_n_sent (none.socket), ==, 3);

  ask_clear (&first);
  ask_clear (&second);
  ask_clear (&answer);
  ask_clear (&none);
}

static void
test_cancel (void)
{
  const SidetoneTestRelayScript silent = {
    .method = SIDETONE_TEST_RELAY_BINDING, .fault = SIDETONE_TEST_RELAY_SILENT,
  };
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) after = g_cancellable_new ();
  Ask early = { 0 }, late = { 0 };
  guint n_waits = 0;

  g_cancellable_cancel (before);
  ask_start (&early, &silent, before, &n_waits);
  ask_start (&late, &silent, after, &n_waits);
  while (sidetone_test_relay_get_n_requests (late.server, SIDETONE_TEST_RELAY_BINDING) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (after);
  wait (&n_waits);

  g_assert_error (early.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (sidetone_test_lossy_get_n_sent (early.socket), ==, 0);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_took (&late, 0);

  ask_clear (&early);
  ask_clear (&late);
}

/* Over a stream */

typedef struct
{
  guint n_messages;
  gsize last_length;
  GError *error;
} Heard;

static void
on_flow_received (Heard            *heard,
                  SidetoneEndpoint *source,
                  GBytes           *bytes,
                  gint64            time)
{
  heard->n_messages++;
  heard->last_length = g_bytes_get_size (bytes);
}

static void
on_flow_closed (Heard        *heard,
                const GError *error)
{
  heard->error = g_error_copy (error);
}

static SidetoneFlow *
open_stream (GSocket **far,
             Heard    *heard)
{
  g_autoptr (GSocket) near = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (SidetoneEndpoint) peer = NULL;
  SidetoneFlow *flow;
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  near = g_socket_new_from_fd (pair[0], NULL);
  *far = g_socket_new_from_fd (pair[1], NULL);
  connection = g_socket_connection_factory_create_connection (near);
  peer = sidetone_endpoint_new_from_string ("192.0.2.1", 3478, SIDETONE_TRANSPORT_TCP, NULL);
  flow = sidetone_flow_new_for_stream (G_IO_STREAM (connection), NULL, peer);
  g_signal_connect_swapped (flow, "received", G_CALLBACK (on_flow_received), heard);
  g_signal_connect_swapped (flow, "closed", G_CALLBACK (on_flow_closed), heard);
  return flow;
}

/* Of 24 bytes */
static const guint8 message[] = {
  0x00, 0x17, 0x00, 0x04, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  0x80, 0x22, 0x00, 0x00,
};

static void
test_stream_pieces (void)
{
  g_autoptr (GSocket) far = NULL;
  Heard heard = { 0 };
  SidetoneFlow *flow = open_stream (&far, &heard);
  guint8 both[sizeof message * 2];

  for (gsize i = 0; i < sizeof message; i++)
    {
      g_assert_cmpuint (heard.n_messages, ==, 0);
      g_socket_send (far, (const char *) message + i, 1, NULL, NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  while (heard.n_messages < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (heard.last_length, ==, sizeof message);

  memcpy (both, message, sizeof message);
  memcpy (both + sizeof message, message, sizeof message);
  g_socket_send (far, (const char *) both, sizeof both, NULL, NULL);
  while (heard.n_messages < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (heard.error);

  g_clear_object (&far);
  while (heard.error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (heard.error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_LOST);
  g_assert_finalize_object (flow);
  g_clear_error (&heard.error);
}

static void
test_stream_nonsense (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    SidetoneError error;
  } nonsense[] = {
    { "HTTP/1.1 400 Bad Request\r\n", 26, SIDETONE_ERROR_RELAY_WEB_SERVER },
    { "<HTML>", 6, SIDETONE_ERROR_RELAY_WEB_SERVER },
    { "<!doctype html>", 15, SIDETONE_ERROR_RELAY_WEB_SERVER },
    { "\x15\x03\x01\x00\x02\x02\x46", 7, SIDETONE_ERROR_RELAY_WANTS_TLS },
    { "\x16\x03\x03\x00\x04" "data", 9, SIDETONE_ERROR_RELAY_WANTS_TLS },
    { "<?xml version='1.0'?>", 21, SIDETONE_ERROR_STUN_BAD_ANSWER },
    { "220 mail.montague.lit ESMTP\r\n", 29, SIDETONE_ERROR_STUN_BAD_ANSWER },
    { "\x16\x01\x00\x00" "no cookie", 13, SIDETONE_ERROR_STUN_BAD_ANSWER },
    { "\x00\x17\x00\x03", 4, SIDETONE_ERROR_STUN_BAD_ANSWER },
    { "\x40\x00\x00\x04" "data", 8, SIDETONE_ERROR_STUN_BAD_ANSWER },
    { "\xff", 1, SIDETONE_ERROR_STUN_BAD_ANSWER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (GSocket) far = NULL;
      Heard heard = { 0 };
      SidetoneFlow *flow = open_stream (&far, &heard);

      /* In pieces, as a network may cut it */
      for (gsize k = 0; k < nonsense[i].length && heard.error == NULL; k++)
        {
          g_socket_send (far, nonsense[i].bytes + k, 1, NULL, NULL);
          while (g_main_context_iteration (NULL, FALSE))
            ;
        }
      while (heard.error == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_error (heard.error, SIDETONE_ERROR, (int) nonsense[i].error);
      g_assert_cmpuint (heard.n_messages, ==, 0);
      g_assert_finalize_object (flow);
      g_clear_error (&heard.error);
    }
}

/* In memory of its own, so that a sanitizer notices a byte too many */
static gboolean
read_all (const guint8 *data,
          gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneEndpoint) mapped = NULL;
  g_autoptr (SidetoneEndpoint) other = NULL;
  g_autofree char *software = NULL;
  StunMessage read;

  if (!sidetone_stun_message_read (&read, NULL, bytes))
    return FALSE;

  mapped = sidetone_stun_message_dup_xor_address (&read, STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS);
  other = sidetone_stun_message_dup_address (&read, STUN_ATTRIBUTE_ALTERNATE_SERVER);
  software = sidetone_stun_message_dup_text (&read, STUN_ATTRIBUTE_SOFTWARE);
  g_assert_true (software == NULL || g_utf8_validate (software, -1, NULL));
  error = sidetone_stun_message_make_error (&read);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return TRUE;
}

/* A message with everything that a server may write, with any byte changed, and any length */
static void
test_hostile_bytes (void)
{
  static const guint8 whole[] = {
    0x01, 0x11, 0x00, 0x38, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    0x00, 0x09, 0x00, 0x08, 0, 0, 4, 1, 'G', 'o', '!', 0xff,
    0x00, 0x20, 0x00, 0x08, 0, 1, 1, 2, 3, 4, 5, 6,
    0x80, 0x23, 0x00, 0x08, 0, 1, 1, 2, 3, 4, 5, 6,
    0x00, 0x14, 0x00, 0x01, '"', 0, 0, 0,
    0x80, 0x22, 0x00, 0x04, 0xc3, 0x28, 0x1b, 0x00,
    0x00, 0x15, 0x00, 0x00,
  };
  guint8 longer[sizeof whole + 4] = { 0 };

  G_STATIC_ASSERT (sizeof whole == 20 + 0x38);
  g_assert_true (read_all (whole, sizeof whole));

  for (gsize length = 0; length < sizeof whole; length++)
    g_assert_false (read_all (whole, length));
  memcpy (longer, whole, sizeof whole);
  g_assert_false (read_all (longer, sizeof longer));

  for (gsize i = 0; i < sizeof whole; i++)
    {
      for (guint value = 0; value < 256; value++)
        {
          guint8 changed[sizeof whole];

          memcpy (changed, whole, sizeof whole);
          changed[i] = value;
          /* The cookie is what makes it STUN */
          g_assert_false (read_all (changed, sizeof changed) && i >= 4 && i < 8 &&
                          value != whole[i]);
        }
    }
}

/* A port of this computer without a UDP socket */
static guint16
find_closed_port (GInetAddress *address)
{
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  socket = g_socket_new (g_inet_address_get_family (address), G_SOCKET_TYPE_DATAGRAM,
                         G_SOCKET_PROTOCOL_UDP, NULL);
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

/* The kernel's own ICMP errors. The socket serves for other destinations afterwards. */
static void
test_refused (void)
{
  static const char *const addresses[] = { "127.0.0.1", "::1" };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses[i]);
      g_autoptr (SidetoneEndpoint) closed = sidetone_endpoint_new (
        address, find_closed_port (address), SIDETONE_TRANSPORT_UDP);
      const SidetoneTestRelayScript script = { .family = g_inet_address_get_family (address) };
      g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
      g_autoptr (SidetoneEndpoint) open = sidetone_endpoint_new (
        address, sidetone_test_relay_get_port (server), SIDETONE_TRANSPORT_UDP);
      SidetoneFlow *flow = sidetone_flow_new_towards (closed, NULL);
      guint n_waits = 1;
      Ask ask = { .n_waits = &n_waits, .start = g_get_monotonic_time () };

      sidetone_stun_bind_async (flow, closed, NULL, bind_cb, &ask);
      wait (&n_waits);
      g_assert_error (ask.error, SIDETONE_ERROR, SIDETONE_ERROR_UDP_REFUSED);
      assert_took (&ask, 0);
      g_assert_true (g_inet_address_equal (sidetone_flow_get_told_by (flow, closed), address));
      g_assert_null (sidetone_flow_get_told_by (flow, open));
      g_clear_error (&ask.error);

      /* The next error is there when the answer comes. */
      g_assert_true (sidetone_flow_send (flow, closed, "?", 1, NULL));
      n_waits = 1;
      sidetone_stun_bind_async (flow, open, NULL, bind_cb, &ask);
      wait (&n_waits);
      g_assert_no_error (ask.error);
      g_assert_nonnull (ask.binding);
      g_clear_pointer (&ask.binding, sidetone_binding_free);
      g_assert_finalize_object (flow);
    }
}

/* What this computer itself does not send: a broadcast, which a socket has to be allowed first, fails as
 * it does behind a firewall here. */
static void
test_not_permitted (void)
{
  g_autoptr (SidetoneEndpoint) near = sidetone_endpoint_new_from_string (
    "127.0.0.1", 3478, SIDETONE_TRANSPORT_UDP, NULL);
  g_autoptr (SidetoneEndpoint) broadcast = sidetone_endpoint_new_from_string (
    "127.255.255.255", 3478, SIDETONE_TRANSPORT_UDP, NULL);
  SidetoneFlow *flow = sidetone_flow_new_towards (near, NULL);
  guint n_waits = 1;
  Ask ask = { .n_waits = &n_waits, .start = g_get_monotonic_time () };

  sidetone_stun_bind_async (flow, broadcast, NULL, bind_cb, &ask);
  wait (&n_waits);
  g_assert_error (ask.error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_PERMITTED);
  assert_took (&ask, 0);
  g_clear_error (&ask.error);
  g_assert_finalize_object (flow);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  g_test_add_func ("/stun/answer", test_answer);
  g_test_add_func ("/stun/rewritten", test_rewritten);
  g_test_add_func ("/stun/answers", test_answers);
  g_test_add_func ("/stun/retransmission", test_retransmission);
  g_test_add_func ("/stun/cancel", test_cancel);
  g_test_add_func ("/stun/refused", test_refused);
  g_test_add_func ("/stun/not-permitted", test_not_permitted);
  g_test_add_func ("/stun/stream/pieces", test_stream_pieces);
  g_test_add_func ("/stun/stream/nonsense", test_stream_nonsense);
  g_test_add_func ("/stun/hostile-bytes", test_hostile_bytes);

  return g_test_run ();
}
