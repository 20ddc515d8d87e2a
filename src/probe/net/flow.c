/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/flow.h"

#include "base/error.h"

/**
 * SidetoneFlow:
 *
 * Messages to and from servers of STUN and TURN, over a socket for datagrams or over a stream.
 * Each that comes in is a #SidetoneFlow::received, with where it came from and when. Over datagrams
 * anybody may send: who listens looks at the source. Over a stream messages stand one behind the
 * other, and say their length themselves (RFC 8489, section 6.2.2).
 *
 * #SidetoneFlow::closed comes once when a stream has ended or holds no messages; over datagrams it
 * comes if the socket itself breaks.
 */
struct _SidetoneFlow
{
  GObject parent_instance;

  SidetoneEndpoint *local;
  GCancellable *cancellable;

  GDatagramBased *socket;
  GSource *source;

  GIOStream *stream;
  SidetoneEndpoint *peer;
  GByteArray *input;
  GByteArray *waiting;           /* to be written */
  GByteArray *writing;
  gboolean closed;
};

#define MAX_DATAGRAM 65536
#define READ_SIZE 16384

/* Datagrams that are read in one turn of the main loop, so that a flood does not stop it */
#define MAX_TURN 64

/* More than this a server that reads does not leave unread */
#define MAX_WAITING (256 * 1024)

#define STUN_HEADER 20

enum { RECEIVED, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneFlow, sidetone_flow, G_TYPE_OBJECT)

static void read_more (SidetoneFlow *self);
static void write_more (SidetoneFlow *self);

static void
emit_received (SidetoneFlow     *self,
               SidetoneEndpoint *source,
               const guint8     *data,
               gsize             length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  g_signal_emit (self, signals[RECEIVED], 0, source, bytes, g_get_monotonic_time ());
}

/* Takes @error */
static void
end (SidetoneFlow *self,
     GError       *error)
{
  g_autoptr (GError) owned = error;

  if (self->closed)
    return;

  g_object_ref (self);
  sidetone_flow_close (self);
  g_signal_emit (self, signals[CLOSED], 0, owned);
  g_object_unref (self);
}

/* Whether more may be there */
static gboolean
receive_one (SidetoneFlow *self,
             guint8       *buffer)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (SidetoneEndpoint) source = NULL;
  g_autoptr (GError) error = NULL;
  GInputVector vector = { buffer, MAX_DATAGRAM };
  GInputMessage message = { .address = &address, .vectors = &vector, .num_vectors = 1 };
  gint received = g_datagram_based_receive_messages (self->socket, &message, 1, 0, 0, NULL, &error);

  if (received == 1)
    {
      if (address != NULL)
        source = sidetone_endpoint_new_from_socket_address (address, SIDETONE_TRANSPORT_UDP);
      if (source != NULL)
        emit_received (self, source, buffer, message.bytes_received);
      return TRUE;
    }

  if (received < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    end (self, g_steal_pointer (&error));
  return FALSE;
}

static gboolean
receive_cb (GDatagramBased *socket,
            GIOCondition    condition,
            gpointer        user_data)
{
  g_autoptr (SidetoneFlow) self = g_object_ref (user_data);
  g_autofree guint8 *buffer = g_malloc (MAX_DATAGRAM);

  for (guint i = 0; i < MAX_TURN && !self->closed; i++)
    {
      if (!receive_one (self, buffer))
        break;
    }

  return self->closed ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* How long the message is that begins at @data, 0 if that is not known yet, -1 if none begins
 * there. Channels (RFC 8656, section 12) are not used, so nothing but STUN can come. */
static gssize
measure_message (const guint8 *data,
                 gsize         length)
{
  gsize size;

  if (length > 0 && data[0] >> 6 != 0)
    return -1;
  if (length < 4)
    return 0;

  size = STUN_HEADER + (((gsize) data[2] << 8) | data[3]);
  if (size % 4 != 0)
    return -1;

  return length >= size ? (gssize) size : 0;
}

static void
take_messages (SidetoneFlow *self)
{
  gsize done = 0;
  gssize size = 0;

  while (!self->closed)
    {
      size = measure_message (self->input->data + done, self->input->len - done);
      if (size <= 0)
        break;
      emit_received (self, self->peer, self->input->data + done, size);
      done += size;
    }

  if (size < 0)
    end (self, g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
                            "What came over the stream is not STUN"));
  else if (done > 0)
    g_byte_array_remove_range (self->input, 0, done);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneFlow) self = user_data;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (self->closed)
    return;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      end (self, g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_LOST, "%s",
                              error != NULL ? error->message : "The server closed it"));
      return;
    }

  g_byte_array_append (self->input, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  take_messages (self);
  if (!self->closed)
    read_more (self);
}

static void
read_more (SidetoneFlow *self)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (self->stream), READ_SIZE,
                                   G_PRIORITY_HIGH, self->cancellable, read_cb,
                                   g_object_ref (self));
}

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SidetoneFlow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      end (self, g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_LOST,
                                      error->message));
      return;
    }

  g_byte_array_set_size (self->writing, 0);
  if (!self->closed)
    write_more (self);
}

static void
write_more (SidetoneFlow *self)
{
  GByteArray *full = self->waiting;

  if (self->writing->len > 0 || self->waiting->len == 0)
    return;

  self->waiting = self->writing;
  self->writing = full;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), full->data,
                                   full->len, G_PRIORITY_HIGH, self->cancellable, write_cb,
                                   g_object_ref (self));
}

static void
sidetone_flow_finalize (GObject *object)
{
  SidetoneFlow *self = SIDETONE_FLOW (object);

  sidetone_flow_close (self);
  g_object_unref (self->cancellable);
  g_clear_object (&self->socket);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->peer, sidetone_endpoint_unref);
  g_clear_pointer (&self->input, g_byte_array_unref);
  g_clear_pointer (&self->waiting, g_byte_array_unref);
  g_clear_pointer (&self->writing, g_byte_array_unref);

  G_OBJECT_CLASS (sidetone_flow_parent_class)->finalize (object);
}

static void
sidetone_flow_class_init (SidetoneFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sidetone_flow_finalize;

  /**
   * SidetoneFlow::received:
   * @source: who sent it
   * @bytes: the message
   * @time: when it came, on the monotonic clock
   */
  signals[RECEIVED] = g_signal_new ("received", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 3,
                                    SIDETONE_TYPE_ENDPOINT | G_SIGNAL_TYPE_STATIC_SCOPE,
                                    G_TYPE_BYTES | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_INT64);

  /**
   * SidetoneFlow::closed:
   * @error: why
   */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
sidetone_flow_init (SidetoneFlow *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * sidetone_flow_new:
 * @socket: a socket for datagrams that nobody else reads
 * @local: (nullable): its own end
 *
 * Returns: (transfer full): a flow over datagrams
 */
SidetoneFlow *
sidetone_flow_new (GDatagramBased   *socket,
                   SidetoneEndpoint *local)
{
  SidetoneFlow *self = g_object_new (SIDETONE_TYPE_FLOW, NULL);

  self->socket = g_object_ref (socket);
  self->local = local != NULL ? sidetone_endpoint_ref (local) : NULL;

  /* Before whatever else the main loop has to do, such as painting: when a packet came is a
   * result */
  self->source = g_datagram_based_create_source (socket, G_IO_IN, NULL);
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_set_callback (self->source, G_SOURCE_FUNC (receive_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  return self;
}

/* The address that the system would send from. Nothing is sent for that. */
static GSocketAddress *
find_local (GSocketAddress *peer,
            GError        **error)
{
  g_autoptr (GSocket) aside = NULL;

  aside = g_socket_new (g_socket_address_get_family (peer), G_SOCKET_TYPE_DATAGRAM,
                        G_SOCKET_PROTOCOL_UDP, error);
  if (aside == NULL || !g_socket_connect (aside, peer, NULL, error))
    return NULL;

  return g_socket_get_local_address (aside, error);
}

static GSocket *
open_socket (GSocketAddress *local,
             GError        **error)
{
  GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (local);
  GSocketFamily family = g_socket_address_get_family (local);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  socket = g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
  /* Of a link-local address the zone is part */
  address = g_object_new (G_TYPE_INET_SOCKET_ADDRESS,
                          "address", g_inet_socket_address_get_address (inet),
                          "scope-id", family == G_SOCKET_FAMILY_IPV6
                          ? g_inet_socket_address_get_scope_id (inet) : 0, NULL);
  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error))
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

/**
 * sidetone_flow_new_towards:
 * @peer: whom the first packets are for
 * @error: %SIDETONE_ERROR_UNREACHABLE
 *
 * Opens a socket of its own. It is bound to the address that leads to @peer, so that it is known,
 * and not connected, so that an answer from elsewhere is seen.
 *
 * Returns: (transfer full) (nullable): a flow over datagrams
 */
SidetoneFlow *
sidetone_flow_new_towards (SidetoneEndpoint *peer,
                           GError          **error)
{
  g_autoptr (GSocketAddress) address = sidetone_flow_make_address (peer);
  g_autoptr (GSocketAddress) own = NULL;
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (SidetoneEndpoint) local = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) reason = NULL;

  own = find_local (address, &reason);
  if (own != NULL)
    socket = open_socket (own, &reason);
  if (socket != NULL)
    bound = g_socket_get_local_address (socket, &reason);
  if (bound == NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_UNREACHABLE, reason->message);
      return NULL;
    }

  local = sidetone_endpoint_new_from_socket_address (bound, SIDETONE_TRANSPORT_UDP);
  return sidetone_flow_new (G_DATAGRAM_BASED (socket), local);
}

/**
 * sidetone_flow_can_reach:
 * @peer: somebody
 *
 * Asks the kernel and nobody else.
 *
 * Returns: whether a way leads out of this computer towards @peer
 */
gboolean
sidetone_flow_can_reach (SidetoneEndpoint *peer)
{
  g_autoptr (GSocketAddress) address = sidetone_flow_make_address (peer);
  g_autoptr (GSocketAddress) own = find_local (address, NULL);

  return own != NULL;
}

/**
 * sidetone_flow_new_for_stream:
 * @stream: a connection, encrypted or not
 * @local: (nullable): its own end
 * @peer: the other end
 *
 * Returns: (transfer full): a flow over @stream
 */
SidetoneFlow *
sidetone_flow_new_for_stream (GIOStream        *stream,
                              SidetoneEndpoint *local,
                              SidetoneEndpoint *peer)
{
  SidetoneFlow *self = g_object_new (SIDETONE_TYPE_FLOW, NULL);

  self->stream = g_object_ref (stream);
  self->local = local != NULL ? sidetone_endpoint_ref (local) : NULL;
  self->peer = sidetone_endpoint_ref (peer);
  self->input = g_byte_array_new ();
  self->waiting = g_byte_array_new ();
  self->writing = g_byte_array_new ();
  read_more (self);

  return self;
}

/**
 * sidetone_flow_is_stream:
 * @self: a flow
 *
 * Returns: whether nothing that is sent can get lost by itself
 */
gboolean
sidetone_flow_is_stream (SidetoneFlow *self)
{
  return self->stream != NULL;
}

/**
 * sidetone_flow_get_local:
 * @self: a flow
 *
 * Returns: (transfer none) (nullable): its own end
 */
SidetoneEndpoint *
sidetone_flow_get_local (SidetoneFlow *self)
{
  return self->local;
}

static gboolean
send_datagram (SidetoneFlow     *self,
               SidetoneEndpoint *to,
               const void       *data,
               gsize             length,
               GError          **error)
{
  g_autoptr (GSocketAddress) address = sidetone_flow_make_address (to);
  g_autoptr (GError) reason = NULL;
  GOutputVector vector = { data, length };
  GOutputMessage message = { .address = address, .vectors = &vector, .num_vectors = 1 };

  if (g_datagram_based_send_messages (self->socket, &message, 1, 0, 0, NULL, &reason) == 1)
    return TRUE;

  g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_UNREACHABLE,
                       reason != NULL ? reason->message : "Nothing was sent");
  return FALSE;
}

/**
 * sidetone_flow_send:
 * @self: a flow
 * @to: to whom; over a stream there is but one
 * @data: a message
 * @length: its length
 * @error: %SIDETONE_ERROR_UNREACHABLE or %SIDETONE_ERROR_CONNECTION_LOST
 *
 * Sends it at once, or loses it: over datagrams this is no promise that it gets anywhere.
 *
 * Returns: whether the system took it
 */
gboolean
sidetone_flow_send (SidetoneFlow     *self,
                    SidetoneEndpoint *to,
                    const void       *data,
                    gsize             length,
                    GError          **error)
{
  if (self->closed)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_LOST, "It is closed");
      return FALSE;
    }

  if (self->stream == NULL)
    return send_datagram (self, to, data, length, error);

  if (self->waiting->len + length > MAX_WAITING)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_CONNECTION_LOST,
                   "The server reads nothing");
      return FALSE;
    }
  g_byte_array_append (self->waiting, data, length);
  write_more (self);

  return TRUE;
}

/**
 * sidetone_flow_close:
 * @self: a flow
 *
 * Ends it without a #SidetoneFlow::closed; harmless when it has ended. What a stream has not
 * written by then is not written any more.
 */
void
sidetone_flow_close (SidetoneFlow *self)
{
  if (self->closed)
    return;

  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
    }
}

/**
 * sidetone_flow_make_address:
 * @endpoint: an endpoint
 *
 * Returns: (transfer full): the same for a socket
 */
GSocketAddress *
sidetone_flow_make_address (SidetoneEndpoint *endpoint)
{
  g_autofree char *address = sidetone_endpoint_dup_address (endpoint);
  GSocketAddress *made;

  /* By its text, for the zone of a link-local address stands there only */
  made = g_inet_socket_address_new_from_string (address, sidetone_endpoint_get_port (endpoint));
  if (made == NULL)
    made = g_inet_socket_address_new (sidetone_endpoint_get_address (endpoint),
                                      sidetone_endpoint_get_port (endpoint));

  return made;
}
