/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/ping.h"

#include "net/error-queue.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Numbered ICMP echo requests (RFC 792, RFC 4443), which show the loss and the round trips on the way
 * to a host that runs nothing of ours: the own router.
 *
 * A datagram socket for ICMP needs no privilege where the system allows it to the user's groups
 * (icmp(7), ping_group_range; systemd allows it to all). The kernel chooses the identifier, and gives
 * the socket only the answers to its own requests. Where it is not allowed, the nearest router can
 * still be asked as a traceroute asks it: UDP packets with TTL 1, each to a port of its own, by which
 * the router's ICMP errors are told apart. Many routers send only a few of these a second. */

/* Where traceroute begins, too. Nothing gets there. */
#define FIRST_PORT 33434

/* What comes back must have been sent: the identifier has only 16 bits. */
#define TOKEN_LENGTH 8

struct _SidetonePing
{
  GSocket *socket;
  GSource *source;
  GSocketAddress *host;    /* of the echo requests; NULL for packets with TTL 1 */
  GInetAddress *towards;   /* of packets with TTL 1 */
  guint8 token[TOKEN_LENGTH];
  SidetoneTrips *trips;
  guint interval_ms;
  guint n_most;
  guint n_sent;
  gint64 start;
  guint pace_source;
};

typedef struct
{
  guint8 type;
  guint8 code;
  guint16 checksum;        /* the kernel's */
  guint16 identifier;      /* the kernel's */
  guint16 number;
  guint8 token[TOKEN_LENGTH];
} Request;

G_STATIC_ASSERT (sizeof (Request) == 8 + TOKEN_LENGTH);

static gboolean
is_ipv6 (SidetonePing *self)
{
  return g_socket_get_family (self->socket) == G_SOCKET_FAMILY_IPV6;
}

/* A failed send counts as packet loss. */
static void
send_echo_request (SidetonePing *self)
{
  Request request = {
    .type = is_ipv6 (self) ? ICMP6_ECHO_REQUEST : ICMP_ECHO,
    .number = g_htons (self->n_sent),
  };

  memcpy (request.token, self->token, TOKEN_LENGTH);
  g_socket_send_to (self->socket, self->host, (const char *) &request, sizeof request, NULL, NULL);
}

static void
send_to_expire (SidetonePing *self)
{
  g_autoptr (GSocketAddress) to = g_inet_socket_address_new (self->towards,
                                                             FIRST_PORT + self->n_sent);
  const char *packet = (const char *) self->token;

  /* The first one may fail because of an ICMP error about an earlier packet */
  if (g_socket_send_to (self->socket, to, packet, TOKEN_LENGTH, NULL, NULL) < 0)
    g_socket_send_to (self->socket, to, packet, TOKEN_LENGTH, NULL, NULL);
}

/* Paced by the clock, not from packet to packet, so that delays don't add up */
static gboolean
pace_cb (gpointer user_data)
{
  SidetonePing *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 wait_ms;

  self->pace_source = 0;
  sidetone_trips_note_sent (self->trips, self->n_sent, now);
  if (self->host != NULL)
    send_echo_request (self);
  else
    send_to_expire (self);
  self->n_sent++;
  if (self->n_sent == self->n_most)
    return G_SOURCE_REMOVE;

  wait_ms = (self->start - now) / 1000 + (gint64) self->n_sent * self->interval_ms;
  self->pace_source = g_timeout_add_full (G_PRIORITY_HIGH, MAX (wait_ms, 0), pace_cb, self, NULL);

  return G_SOURCE_REMOVE;
}

static void
take_answer (SidetonePing  *self,
             const Request *answer,
             gsize          length,
             gint64         time)
{
  guint8 type = is_ipv6 (self) ? ICMP6_ECHO_REPLY : ICMP_ECHOREPLY;

  if (length == sizeof *answer && answer->type == type &&
      memcmp (answer->token, self->token, TOKEN_LENGTH) == 0)
    sidetone_trips_note_arrived (self->trips, g_ntohs (answer->number), time);
}

static void
take_error (SidetonePing       *self,
            const SidetoneIcmp *icmp,
            gint64              time)
{
  guint port = icmp->to != NULL ? sidetone_endpoint_get_port (icmp->to) : 0;

  if (self->host == NULL && icmp->kind == SIDETONE_ICMP_EXPIRED && port >= FIRST_PORT)
    sidetone_trips_note_arrived (self->trips, port - FIRST_PORT, time);
}

/* Both kinds of sockets have errors: one that is not read would keep the socket ready. */
static void
read_errors (SidetonePing *self,
             gint64        time)
{
  gboolean has_more = TRUE;

  while (has_more)
    {
      g_auto (SidetoneIcmp) icmp = { 0 };

      has_more = sidetone_error_queue_read (self->socket, SIDETONE_TRANSPORT_UDP, &icmp);
      if (has_more)
        take_error (self, &icmp, time);
    }
}

static gboolean
ready_cb (GSocket     *socket,
          GIOCondition condition,
          gpointer     user_data)
{
  SidetonePing *self = user_data;
  gint64 time = g_get_monotonic_time ();

  read_errors (self, time);
  for (;;)
    {
      Request answer;
      g_autoptr (GError) error = NULL;
      gssize length = g_socket_receive (socket, (char *) &answer, sizeof answer, NULL, &error);

      if (length < 0)
        return G_SOURCE_CONTINUE;
      if (self->host != NULL)
        take_answer (self, &answer, length, time);
    }
}

/* GSocket takes no ICMP, unless the socket is there already. */
static GSocket *
open_socket (GSocketFamily family)
{
  int fd = socket (family, SOCK_DGRAM | SOCK_CLOEXEC,
                   family == G_SOCKET_FAMILY_IPV6 ? (int) IPPROTO_ICMPV6 : (int) IPPROTO_ICMP);
  GSocket *opened = fd >= 0 ? g_socket_new_from_fd (fd, NULL) : NULL;

  if (fd >= 0 && opened == NULL)
    close (fd);

  return opened;
}

/* Takes @socket */
static SidetonePing *
ping_new (GSocket *socket,
          guint    interval_ms,
          guint    n_most)
{
  SidetonePing *self = g_new0 (SidetonePing, 1);

  self->socket = socket;
  self->interval_ms = interval_ms;
  self->n_most = n_most;
  self->trips = sidetone_trips_new (n_most);
  for (gsize i = 0; i < TOKEN_LENGTH; i++)
    self->token[i] = g_random_int_range (0, 256);

  g_socket_set_blocking (socket, FALSE);
  self->source = g_socket_create_source (socket, G_IO_IN | G_IO_ERR, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (ready_cb), self, NULL);
  g_source_set_priority (self->source, G_PRIORITY_HIGH);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->start = g_get_monotonic_time ();
  self->pace_source = g_timeout_add_full (G_PRIORITY_HIGH, 0, pace_cb, self, NULL);

  return self;
}

/**
 * sidetone_ping_new:
 * @host: whom to ask; the port does not matter
 * @interval_ms: from one request to the next, in milliseconds
 * @n_most: the highest number of requests, up to 65535: the last one ends it
 *
 * Begins to send echo requests. Nothing is waited for: what has come by then is in its trips.
 *
 * Returns: (transfer full) (nullable): pings; %NULL where the system does not let this user ping
 */
SidetonePing *
sidetone_ping_new (GInetSocketAddress *host,
                   guint               interval_ms,
                   guint               n_most)
{
  GSocketFamily family = g_socket_address_get_family (G_SOCKET_ADDRESS (host));
  GSocket *socket;
  SidetonePing *self;

  g_return_val_if_fail (n_most > 0 && n_most <= G_MAXUINT16, NULL);

  socket = open_socket (family);
  if (socket == NULL)
    return NULL;

  self = ping_new (socket, interval_ms, n_most);
  self->host = g_object_ref (G_SOCKET_ADDRESS (host));

  return self;
}

/**
 * sidetone_ping_new_nearest:
 * @towards: an address behind the nearest router, which nothing gets to
 * @interval_ms: from one packet to the next, in milliseconds
 * @n_most: the highest number of packets, up to 1000
 *
 * The same with packets that expire at the nearest router.
 *
 * Returns: (transfer full) (nullable): pings; %NULL where the system keeps no ICMP errors
 */
SidetonePing *
sidetone_ping_new_nearest (GInetAddress *towards,
                           guint         interval_ms,
                           guint         n_most)
{
  g_autoptr (GSocket) socket = NULL;
  SidetonePing *self;

  g_return_val_if_fail (n_most > 0 && n_most <= 1000, NULL);

  socket = g_socket_new (g_inet_address_get_family (towards), G_SOCKET_TYPE_DATAGRAM,
                         G_SOCKET_PROTOCOL_UDP, NULL);
  if (socket == NULL || !sidetone_error_queue_open (socket))
    return NULL;

  g_socket_set_ttl (socket, 1);
  self = ping_new (g_steal_pointer (&socket), interval_ms, n_most);
  self->towards = g_object_ref (towards);

  return self;
}

/**
 * sidetone_ping_free:
 * @self: (transfer full): pings
 */
void
sidetone_ping_free (SidetonePing *self)
{
  sidetone_ping_stop (self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_object_unref (self->socket);
  g_clear_object (&self->host);
  g_clear_object (&self->towards);
  sidetone_trips_free (self->trips);
  g_free (self);
}

/**
 * sidetone_ping_stop:
 * @self: pings
 *
 * Sends no more of them. Answers to those that were sent still count.
 */
void
sidetone_ping_stop (SidetonePing *self)
{
  g_clear_handle_id (&self->pace_source, g_source_remove);
}

/**
 * sidetone_ping_is_stopped:
 * @self: pings
 *
 * Returns: whether no more are sent
 */
gboolean
sidetone_ping_is_stopped (SidetonePing *self)
{
  return self->pace_source == 0;
}

/**
 * sidetone_ping_count_settled:
 * @self: pings
 * @settled_ms: how long an answer may take
 *
 * Returns: the number of pings that were sent at least so long ago: those after them may still be
 *   answered, and say nothing about loss
 */
guint
sidetone_ping_count_settled (SidetonePing *self,
                             guint         settled_ms)
{
  gint64 time = g_get_monotonic_time () - settled_ms * (gint64) G_TIME_SPAN_MILLISECOND;
  guint n = 0;

  while (n < self->n_sent && sidetone_trips_get_sent (self->trips, n) <= time)
    n++;

  return n;
}

/**
 * sidetone_ping_get_trips:
 * @self: pings
 *
 * Returns: (transfer none): when each was sent, and its round trip if it was answered
 */
SidetoneTrips *
sidetone_ping_get_trips (SidetonePing *self)
{
  return self->trips;
}
