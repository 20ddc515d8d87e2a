/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/flow.h"

#include "base/error.h"
#include "net/error-queue.h"
#include "net/framing.h"
#include "net/udp-socket.h"

/**
 * SidetoneFlow:
 *
 * Messages to and from STUN and TURN servers, over a UDP socket or a stream. Each message that
 * comes in emits #SidetoneFlow::received, with its source and time. Over UDP anybody may send:
 * handlers check the source. Over a stream, messages follow each other and give their own length
 * (RFC 8489, section 6.2.2).
 *
 * Over UDP, ICMP errors emit #SidetoneFlow::unreachable.
 *
 * #SidetoneFlow::closed is emitted once, when a stream has ended or holds no messages; over UDP,
 * when the socket itself fails.
 */
struct _SidetoneFlow
{
  GObject parent_instance;

  SidetoneEndpoint *local;
  GCancellable *cancellable;

  GDatagramBased *socket;
  GSource *source;
  GHashTable *told;              /* who first said of an endpoint that packets can't get there */

  GIOStream *stream;
  SidetoneEndpoint *peer;
  GByteArray *input;
  GByteArray *waiting;           /* not yet written */
  GByteArray *writing;
  gboolean has_spoken;           /* a message has come over the stream */
  gboolean closed;
};

#define MAX_DATAGRAM 65536
#define READ_SIZE 16384

/* At most so many datagrams are read in one turn of the main loop, so that a flood can't block
 * it */
#define MAX_TURN 64

/* A server that reads at all leaves less than this unread */
#define MAX_WAITING (256 * 1024)

/* A socket has few destinations. */
#define MAX_TOLD 16

enum { RECEIVED, UNREACHABLE, CLOSED, N_SIGNALS };

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

/* Reads the ICMP errors, after which the socket can be used again. Returns whether there were any. */
static gboolean
read_errors (SidetoneFlow *self)
{
  SidetoneIcmp icmp;
  gboolean has_read = FALSE;

  /* Tests' sockets have none. */
  if (!G_IS_SOCKET (self->socket))
    return FALSE;

  for (guint i = 0; i < MAX_TURN && !self->closed &&
       sidetone_error_queue_read (G_SOCKET (self->socket), SIDETONE_TRANSPORT_UDP, &icmp); i++)
    {
      g_auto (SidetoneIcmp) owned = icmp;

      has_read = TRUE;
      if (owned.kind != SIDETONE_ICMP_UNREACHABLE || owned.from == NULL || owned.to == NULL)
        continue;
      if (g_hash_table_size (self->told) < MAX_TOLD && sidetone_flow_get_told_by (self, owned.to) == NULL)
        g_hash_table_insert (self->told, sidetone_endpoint_format (owned.to),
                             g_object_ref (owned.from));
      g_signal_emit (self, signals[UNREACHABLE], 0, owned.to, owned.from);
    }

  return has_read;
}

/* Returns whether more datagrams may be waiting */
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

  if (received < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) &&
      !read_errors (self))
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

  if (condition & G_IO_ERR)
    read_errors (self);
  for (guint i = 0; i < MAX_TURN && !self->closed; i++)
    {
      if (!receive_one (self, buffer))
        break;
    }

  return self->closed ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Looks at the first bytes of a stream. Returns whether messages may follow. */
static gboolean
greet (SidetoneFlow *self)
{
  switch (sidetone_framing_find_stranger (self->input->data, self->input->len))
    {
    case SIDETONE_STRANGER_NONE:
      return TRUE;

    case SIDETONE_STRANGER_NOT_YET:
      return FALSE;

    case SIDETONE_STRANGER_WEB_SERVER:
      end (self, g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_WEB_SERVER,
                              "A web server answered"));
      return FALSE;

    case SIDETONE_STRANGER_TLS:
      end (self, g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_WANTS_TLS,
                              "The answer is a TLS record"));
      return FALSE;
    }

  g_assert_not_reached ();
}

static void
take_messages (SidetoneFlow *self)
{
  gsize done = 0;
  gssize size = 0;

  if (!self->has_spoken && !greet (self))
    return;

  while (!self->closed)
    {
      size = sidetone_framing_measure (self->input->data + done, self->input->len - done);
      if (size <= 0)
        break;
      self->has_spoken = TRUE;
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
  g_hash_table_unref (self->told);

  G_OBJECT_CLASS (sidetone_flow_parent_class)->finalize (object);
}

static void
sidetone_flow_class_init (SidetoneFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = sidetone_flow_finalize;

  /**
   * SidetoneFlow::received:
   * @source: the sender
   * @bytes: the message
   * @time: its arrival, on the monotonic clock
   */
  signals[RECEIVED] = g_signal_new ("received", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 3,
                                    SIDETONE_TYPE_ENDPOINT | G_SIGNAL_TYPE_STATIC_SCOPE,
                                    G_TYPE_BYTES | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_INT64);

  /**
   * SidetoneFlow::unreachable:
   * @to: the destination of a packet that can't get there
   * @from: the address that says so, by an ICMP error
   */
  signals[UNREACHABLE] = g_signal_new ("unreachable", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                       SIDETONE_TYPE_ENDPOINT | G_SIGNAL_TYPE_STATIC_SCOPE,
                                       G_TYPE_INET_ADDRESS);

  /**
   * SidetoneFlow::closed:
   * @error: the reason
   */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
sidetone_flow_init (SidetoneFlow *self)
{
  self->cancellable = g_cancellable_new ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * sidetone_flow_new:
 * @socket: a UDP socket that nothing else reads
 * @local: (nullable): its local address
 *
 * Returns: (transfer full): a flow over UDP
 */
SidetoneFlow *
sidetone_flow_new (GDatagramBased   *socket,
                   SidetoneEndpoint *local)
{
  SidetoneFlow *self = g_object_new (SIDETONE_TYPE_FLOW, NULL);

  self->socket = g_object_ref (socket);
  self->local = local != NULL ? sidetone_endpoint_ref (local) : NULL;

  /* Before the rest of the main loop's work, such as painting: arrival times are results */
  self->source = g_datagram_based_create_source (socket, G_IO_IN, NULL);
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_set_callback (self->source, G_SOURCE_FUNC (receive_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  return self;
}

/**
 * sidetone_flow_new_towards:
 * @peer: where the first packets go
 * @error: %SIDETONE_ERROR_UNREACHABLE
 *
 * Opens a socket. It is bound to the local address that leads to @peer, so that this address is
 * known, and not connected, so that answers from other addresses are seen.
 *
 * Returns: (transfer full) (nullable): a flow over UDP
 */
SidetoneFlow *
sidetone_flow_new_towards (SidetoneEndpoint *peer,
                           GError          **error)
{
  g_autoptr (GSocketAddress) address = sidetone_flow_make_address (peer);
  g_autoptr (SidetoneEndpoint) local = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) reason = NULL;

  socket = sidetone_udp_socket_new_towards (address, &local, &reason);
  if (socket != NULL)
    return sidetone_flow_new (G_DATAGRAM_BASED (socket), local);

  g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_UNREACHABLE, reason->message);
  return NULL;
}

/**
 * sidetone_flow_can_reach:
 * @peer: an address
 *
 * Asks the kernel's routing table; sends nothing.
 *
 * Returns: whether this computer has a route to @peer
 */
gboolean
sidetone_flow_can_reach (SidetoneEndpoint *peer)
{
  g_autoptr (GSocketAddress) address = sidetone_flow_make_address (peer);
  g_autoptr (GSocketAddress) own = sidetone_udp_socket_find_local (address, NULL);

  return own != NULL;
}

/**
 * sidetone_flow_new_for_stream:
 * @stream: a connection, encrypted or not
 * @local: (nullable): its local address
 * @peer: its remote address
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
 * Returns: whether the transport is reliable
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
 * Returns: (transfer none) (nullable): the local address
 */
SidetoneEndpoint *
sidetone_flow_get_local (SidetoneFlow *self)
{
  return self->local;
}

/**
 * sidetone_flow_get_told_by:
 * @self: a flow
 * @to: a destination
 *
 * Returns: (transfer none) (nullable): the address that first said, by an ICMP error, that packets
 *   can't get there
 */
GInetAddress *
sidetone_flow_get_told_by (SidetoneFlow     *self,
                           SidetoneEndpoint *to)
{
  g_autofree char *key = sidetone_endpoint_format (to);

  return g_hash_table_lookup (self->told, key);
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

  /* The first error may be that of an earlier packet, which ICMP told of. */
  for (guint tries = 0; tries < 2; tries++)
    {
      g_clear_error (&reason);
      if (g_datagram_based_send_messages (self->socket, &message, 1, 0, 0, NULL, &reason) == 1)
        return TRUE;
    }

  /* EPERM and EACCES are the verdict of a firewall on this computer. */
  g_set_error_literal (error, SIDETONE_ERROR,
                       g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
                       ? SIDETONE_ERROR_NOT_PERMITTED : SIDETONE_ERROR_UNREACHABLE,
                       reason != NULL ? reason->message : "Nothing was sent");
  return FALSE;
}

/**
 * sidetone_flow_send:
 * @self: a flow
 * @to: the destination; a stream has only one
 * @data: a message
 * @length: its length
 * @error: %SIDETONE_ERROR_NOT_PERMITTED, %SIDETONE_ERROR_UNREACHABLE or
 *   %SIDETONE_ERROR_CONNECTION_LOST
 *
 * Sends at once or not at all. Over UDP, success does not mean that the message arrives.
 *
 * Returns: whether the system took the message
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
 * Ends the flow without #SidetoneFlow::closed; does nothing if it has ended. What a stream has not
 * written yet is dropped.
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
 * Returns: (transfer full): its socket address
 */
GSocketAddress *
sidetone_flow_make_address (SidetoneEndpoint *endpoint)
{
  g_autofree char *address = sidetone_endpoint_dup_address (endpoint);
  GSocketAddress *made;

  /* From text, because only the text has a link-local address's zone */
  made = g_inet_socket_address_new_from_string (address, sidetone_endpoint_get_port (endpoint));
  if (made == NULL)
    made = g_inet_socket_address_new (sidetone_endpoint_get_address (endpoint),
                                      sidetone_endpoint_get_port (endpoint));

  return made;
}
