/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/udp-path.h"

#include "base/deadlines.h"
#include "net/error-queue.h"
#include "net/flow.h"
#include "net/wait.h"

#include <stun/usages/bind.h>

/* A traceroute by two transports: if UDP packets expire at nearer routers than TCP's SYNs to the same
 * address do, or at none, UDP is stopped between them. For a connecting socket, Linux keeps ICMP Time
 * Exceeded, too, and the connection fails. */

#define LONGEST 5
#define N_TRIES 3

typedef struct _Search Search;

/* The packets with one TTL: a datagram each time from one socket, or a SYN from a new one */
typedef struct
{
  Search *search;
  SidetoneEndpoint *to;
  guint n_routers;
  GSocket *sockets[N_TRIES];
  GSource *sources[N_TRIES];
  GInetAddress *router;  /* where it expired; NULL while unknown */
  gboolean has_arrived;
} Sounding;

/* The task's data */
struct _Search
{
  GTask *task;           /* NULL once it is over */
  Sounding udp[LONGEST];
  Sounding tcp[LONGEST];
  GBytes *packet;
  guint n_turns;
  guint turn_source;
  SidetoneWait *wait;
};

static void
sounding_close (Sounding *sounding)
{
  for (guint i = 0; i < N_TRIES; i++)
    {
      if (sounding->sources[i] != NULL)
        g_source_destroy (sounding->sources[i]);
      g_clear_pointer (&sounding->sources[i], g_source_unref);
      g_clear_object (&sounding->sockets[i]);
    }
}

static void
search_free (gpointer data)
{
  Search *search = data;

  for (guint i = 0; i < 2 * LONGEST; i++)
    {
      Sounding *sounding = i < LONGEST ? &search->udp[i] : &search->tcp[i - LONGEST];

      sounding_close (sounding);
      g_clear_object (&sounding->router);
      g_clear_pointer (&sounding->to, sidetone_endpoint_unref);
    }
  g_bytes_unref (search->packet);
  g_free (search);
}

/**
 * sidetone_udp_path_free:
 * @self: (transfer full): a path
 */
void
sidetone_udp_path_free (SidetoneUdpPath *self)
{
  g_ptr_array_unref (self->udp.routers);
  g_ptr_array_unref (self->tcp.routers);
  g_free (self);
}

static GTask *
end (Search *search)
{
  g_clear_handle_id (&search->turn_source, g_source_remove);
  g_clear_pointer (&search->wait, sidetone_wait_free);
  for (guint i = 0; i < LONGEST; i++)
    {
      sounding_close (&search->udp[i]);
      sounding_close (&search->tcp[i]);
    }

  return g_steal_pointer (&search->task);
}

static void
collect (SidetoneTrace  *trace,
         const Sounding *soundings)
{
  trace->routers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < LONGEST; i++)
    {
      if (soundings[i].router != NULL)
        g_ptr_array_add (trace->routers, g_object_ref (soundings[i].router));
      trace->has_arrived = trace->has_arrived || soundings[i].has_arrived;
    }
}

static void
succeed (Search *search)
{
  g_autoptr (GTask) task = end (search);
  SidetoneUdpPath *path = g_new0 (SidetoneUdpPath, 1);

  collect (&path->udp, search->udp);
  collect (&path->tcp, search->tcp);
  g_task_return_pointer (task, path, (GDestroyNotify) sidetone_udp_path_free);
}

static gboolean
has_answer (const Sounding *sounding)
{
  return sounding->to == NULL || sounding->router != NULL || sounding->has_arrived;
}

static gboolean
is_over (const Search *search)
{
  gboolean over = TRUE;

  for (guint i = 0; i < LONGEST; i++)
    over = over && has_answer (&search->udp[i]) && has_answer (&search->tcp[i]);

  return over;
}

static gboolean
is_udp (const Sounding *sounding)
{
  return sidetone_endpoint_get_transport (sounding->to) == SIDETONE_TRANSPORT_UDP;
}

/* Returns whether there were any */
static gboolean
read_errors (Sounding *sounding,
             GSocket  *socket)
{
  GInetAddress *destination = sidetone_endpoint_get_address (sounding->to);
  gboolean has_read = FALSE;
  gboolean has_more = TRUE;

  while (!has_answer (sounding) && has_more)
    {
      g_auto (SidetoneIcmp) icmp = { 0 };

      has_more = sidetone_error_queue_read (socket, SIDETONE_TRANSPORT_UNKNOWN, &icmp);
      has_read = has_read || has_more;
      if (icmp.kind == SIDETONE_ICMP_EXPIRED)
        sounding->router = g_steal_pointer (&icmp.from);
      else if (icmp.kind == SIDETONE_ICMP_UNREACHABLE && icmp.from != NULL &&
               g_inet_address_equal (icmp.from, destination))
        sounding->has_arrived = TRUE;
    }

  return has_read;
}

/* Whether the destination's own answer is there: a datagram, SYN/ACK or RST */
static gboolean
is_answered (Sounding    *sounding,
             GSocket     *socket,
             GIOCondition condition)
{
  g_autoptr (GError) error = NULL;
  char buffer[1];

  if (is_udp (sounding))
    return (condition & G_IO_IN) != 0 &&
           g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL) >= 0;

  return g_socket_check_connect_result (socket, &error) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static gboolean
told_cb (GSocket     *socket,
         GIOCondition condition,
         gpointer     user_data)
{
  Sounding *sounding = user_data;
  Search *search = sounding->search;

  /* Reading the queue clears the error of a failed connection, which then looks like a good one. */
  if (!read_errors (sounding, socket))
    sounding->has_arrived = is_answered (sounding, socket, condition);
  if (!has_answer (sounding))
    return is_udp (sounding) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;

  sounding_close (sounding);
  if (search->task != NULL && is_over (search))
    succeed (search);

  return G_SOURCE_REMOVE;
}

/* Returns whether there is a socket for this turn's packet */
static gboolean
open_socket (Sounding *sounding,
             guint     turn)
{
  g_autoptr (GSocket) socket = NULL;
  GSource *source;

  socket = g_socket_new (sidetone_endpoint_get_family (sounding->to), is_udp (sounding)
                         ? G_SOCKET_TYPE_DATAGRAM : G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                         NULL);
  if (socket == NULL || !sidetone_error_queue_open (socket))
    return FALSE;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_ttl (socket, sounding->n_routers);
  sounding->sockets[turn] = g_object_ref (socket);
  source = g_socket_create_source (socket, is_udp (sounding) ? G_IO_IN : G_IO_OUT, NULL);
  sounding->sources[turn] = source;
  g_source_set_callback (source, G_SOURCE_FUNC (told_cb), sounding, NULL);

  return TRUE;
}

/* A failed send counts as packet loss. */
static void
sound (Sounding *sounding)
{
  Search *search = sounding->search;
  guint turn = search->n_turns;
  guint number = sounding->to != NULL && is_udp (sounding) ? 0 : turn;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  if (has_answer (sounding) ||
      (sounding->sockets[number] == NULL && !open_socket (sounding, number)))
    return;

  address = sidetone_flow_make_address (sounding->to);
  if (is_udp (sounding))
    g_socket_send_to (sounding->sockets[0], address, g_bytes_get_data (search->packet, NULL),
                      g_bytes_get_size (search->packet), NULL, NULL);
  else if (g_socket_connect (sounding->sockets[turn], address, NULL, &error) ||
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    return;
  /* Before the connection begins, a TCP socket has hung up. */
  if (turn == number)
    g_source_attach (sounding->sources[number], g_main_context_get_thread_default ());
}

static gboolean
turn_cb (gpointer user_data)
{
  Search *search = user_data;

  for (guint i = 0; i < LONGEST; i++)
    {
      sound (&search->udp[i]);
      sound (&search->tcp[i]);
    }

  if (++search->n_turns < N_TRIES)
    return G_SOURCE_CONTINUE;

  search->turn_source = 0;
  return G_SOURCE_REMOVE;
}

/* A router that has not answered by the deadline never will. */
static void
over_cb (gpointer user_data)
{
  Search *search = user_data;

  if (sidetone_wait_has_passed (search->wait))
    {
      succeed (search);
    }
  else
    {
      g_autoptr (GTask) task = end (search);

      g_task_return_error_if_cancelled (task);
    }
}

/* A valid Binding request, should it reach the server */
static GBytes *
make_packet (void)
{
  guint8 buffer[128];
  StunAgent agent;
  StunMessage message;
  gsize length;

  stun_agent_init (&agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389, 0);
  length = stun_usage_bind_create (&agent, &message, buffer, sizeof buffer);

  return g_bytes_new (buffer, length);
}

static void
prepare (Search           *search,
         Sounding         *sounding,
         SidetoneEndpoint *to,
         guint             n_routers)
{
  sounding->search = search;
  sounding->to = to != NULL ? sidetone_endpoint_ref (to) : NULL;
  sounding->n_routers = n_routers;
}

/**
 * sidetone_udp_path_find_async:
 * @udp: a UDP endpoint that does not answer
 * @tcp: (nullable): a TCP endpoint, at best of the same host
 * @cancellable: (nullable): ends it at once
 * @callback: called with the routers, at the latest after `sidetone_deadlines.path`
 * @user_data: for @callback
 *
 * Finds how far packets get by UDP and by TCP. Packets get at most to the fifth router. A connection
 * that is made is closed at once.
 */
void
sidetone_udp_path_find_async (SidetoneEndpoint   *udp,
                              SidetoneEndpoint   *tcp,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  Search *search = g_new0 (Search, 1);

  search->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (search->task, sidetone_udp_path_find_async);
  g_task_set_task_data (search->task, search, search_free);
  search->packet = make_packet ();
  for (guint i = 0; i < LONGEST; i++)
    {
      prepare (search, &search->udp[i], udp, i + 1);
      prepare (search, &search->tcp[i], tcp, i + 1);
    }

  search->wait = sidetone_wait_new (sidetone_deadlines.path, cancellable, over_cb, search);
  search->turn_source = g_timeout_add (sidetone_deadlines.path / (N_TRIES + 1), turn_cb, search);
  turn_cb (search);
}

/**
 * sidetone_udp_path_find_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): how far the packets got
 */
SidetoneUdpPath *
sidetone_udp_path_find_finish (GAsyncResult *result,
                               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
