/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "lib/stranger.h"

#include "lib/server.h"

#include <string.h>

/* A TCP server with a thread for each connection, because it only reads and writes a few bytes */
struct _SidetoneTestStranger
{
  SidetoneTestStrangerKind kind;
  GSocketService *service;
  GTlsCertificate *certificate;
  guint16 port;
  int n_connections;
};

#define TLS_HANDSHAKE 0x16
#define HEADER 20

static void
say (GIOStream  *stream,
     const void *text,
     gsize       length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, length, NULL, NULL, NULL);
}

/* Until the other end has enough of it */
static void
stay (GIOStream *stream)
{
  char buffer[512];

  while (g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, NULL,
                              NULL) > 0)
    ;
}

/* Answers a Binding request with 203.0.113.5:4660 (RFC 8489, section 5 and 14.2) */
static void
answer_binding (GIOStream    *stream,
                const guint8 *request)
{
  guint8 answer[HEADER + 12] = { 0x01, 0x01, 0, 12 };
  static const guint8 address[] = { 0, 0x20, 0, 8, 0, 1, 0x12 ^ 0x21, 0x34 ^ 0x12,
                                    203 ^ 0x21, 0 ^ 0x12, 113 ^ 0xa4, 5 ^ 0x42 };

  memcpy (answer + 4, request + 4, HEADER - 4);
  memcpy (answer + HEADER, address, sizeof address);
  say (stream, answer, sizeof answer);
}

static void
speak_tls (SidetoneTestStranger *self,
           GIOStream            *stream)
{
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (stream, self->certificate, NULL);

  if (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    stay (tls);
}

static gboolean
is_tls (const SidetoneTestStranger *self)
{
  return self->kind == SIDETONE_TEST_STRANGER_TLS_ALERT ||
         self->kind == SIDETONE_TEST_STRANGER_TLS_SILENT ||
         self->kind == SIDETONE_TEST_STRANGER_TLS_ENDS;
}

static gboolean
on_service_run (GThreadedSocketService *service,
                GSocketConnection      *connection,
                GObject                *source,
                SidetoneTestStranger   *self)
{
  static const guint8 alert[] = { 0x15, 3, 3, 0, 2, 2, 70 };
  GIOStream *stream = G_IO_STREAM (connection);
  GSocket *socket = g_socket_connection_get_socket (connection);
  GInputVector vector;
  guint8 request[HEADER];
  int flags = G_SOCKET_MSG_PEEK;
  gssize length;

  g_atomic_int_inc (&self->n_connections);
  vector = (GInputVector) { request, sizeof request };
  length = g_socket_receive_message (socket, NULL, &vector, 1, NULL, NULL, &flags, NULL, NULL);
  if (length < HEADER)
    return TRUE;

  if (is_tls (self) && request[0] == TLS_HANDSHAKE)
    {
      speak_tls (self, stream);
      return TRUE;
    }

  /* What is left unread makes the end a reset. */
  g_input_stream_read (g_io_stream_get_input_stream (stream), (guint8[512]) { 0 }, 512, NULL, NULL);
  switch (self->kind)
    {
    case SIDETONE_TEST_STRANGER_SILENT:
    case SIDETONE_TEST_STRANGER_TLS_SILENT:
      stay (stream);
      break;

    case SIDETONE_TEST_STRANGER_ENDS:
    case SIDETONE_TEST_STRANGER_TLS_ENDS:
      break;

    case SIDETONE_TEST_STRANGER_WEB:
      say (stream, "HT", 2);
      g_usleep (1000);
      say (stream, "TP/1.1 400 Bad Request\r\n\r\n", 26);
      break;

    case SIDETONE_TEST_STRANGER_HTML:
      say (stream, "<html>\r\n<head><title>400 Bad Request</title></head>", 51);
      break;

    case SIDETONE_TEST_STRANGER_BANNER:
      say (stream, "220 mail.montague.lit ESMTP\r\n", 29);
      break;

    case SIDETONE_TEST_STRANGER_TLS_ALERT:
      say (stream, alert, sizeof alert);
      break;

    case SIDETONE_TEST_STRANGER_STUN:
      if (request[0] != TLS_HANDSHAKE)
        {
          answer_binding (stream, request);
          stay (stream);
        }
      break;
    }

  return TRUE;
}

SidetoneTestStranger *
sidetone_test_stranger_new (SidetoneTestStrangerKind kind)
{
  SidetoneTestStranger *self = g_new0 (SidetoneTestStranger, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autofree char *certificate = sidetone_test_certificate_path ("good.pem");
  g_autofree char *key = sidetone_test_certificate_path ("good.key");
  g_autoptr (GError) error = NULL;

  self->kind = kind;
  self->certificate = g_tls_certificate_new_from_files (certificate, key, &error);
  g_assert_no_error (error);
  self->service = g_threaded_socket_service_new (16);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "run", G_CALLBACK (on_service_run), self);

  return self;
}

/* All connections must have ended at the other end. */
void
sidetone_test_stranger_free (SidetoneTestStranger *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_add_weak_pointer (G_OBJECT (self->service), (gpointer *) &self->service);
  g_object_unref (self->service);
  /* Each thread holds a reference until it ends. */
  while (g_atomic_pointer_get (&self->service) != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (100);
    }
  g_object_unref (self->certificate);
  g_free (self);
}

guint16
sidetone_test_stranger_get_port (SidetoneTestStranger *self)
{
  return self->port;
}

guint
sidetone_test_stranger_get_n_connections (SidetoneTestStranger *self)
{
  return g_atomic_int_get (&self->n_connections);
}
