/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/path.h"

#include "base/deadlines.h"
#include "net/error-queue.h"
#include "net/flow.h"
#include "net/wait.h"

#include <stun/usages/bind.h>

/* A traceroute of the first hops. The time to live (TTL) says how many routers a packet may pass.
 * The router at which it expires sends ICMP Time Exceeded (RFC 792), and thereby shows its address.
 *
 * A router does not decrement the TTL of a packet to its own address. So the nearest router reports
 * a packet to the external address with TTL 1 as expired only if that address is not its own. */

/* Routers at home and a provider's first ones */
#define LONGEST 5
#define N_SENDINGS 3

/* Nothing listens there (RFC 863), and no router forwards it to a computer inside, as it may with
 * the ports of sockets */
#define DISCARD_PORT 9

typedef struct _Search Search;

/* A packet with one TTL, and its own socket for the ICMP errors */
typedef struct
{
  Search *search;
  SidetoneEndpoint *to;
  guint n_routers;
  GSocket *socket;       /* NULL if none could be opened */
  GSource *source;       /* NULL once an ICMP error has come */
  GInetAddress *router;  /* where it expired; NULL while unknown */
} Sounding;

/* The task's data */
struct _Search
{
  GTask *task;           /* NULL once it is over */
  Sounding soundings[LONGEST];
  Sounding outside;
  GBytes *packet;
  guint n_turns;
  guint turn_source;
  SidetoneWait *wait;
};

static void
sounding_clear (Sounding *sounding)
{
  if (sounding->source != NULL)
    g_source_destroy (sounding->source);
  g_clear_pointer (&sounding->source, g_source_unref);
  g_clear_object (&sounding->socket);
  g_clear_object (&sounding->router);
  g_clear_pointer (&sounding->to, sidetone_endpoint_unref);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  for (guint i = 0; i < LONGEST; i++)
    sounding_clear (&search->soundings[i]);
  sounding_clear (&search->outside);
  g_bytes_unref (search->packet);
  g_free (search);
}

/**
 * sidetone_path_free:
 * @self: (transfer full): a path
 */
void
sidetone_path_free (SidetonePath *self)
{
  g_ptr_array_unref (self->routers);
  g_free (self);
}

/* Stops waiting. Returns the reference to its task. */
static GTask *
end (Search *search)
{
  g_clear_handle_id (&search->turn_source, g_source_remove);
  g_clear_pointer (&search->wait, sidetone_wait_free);

  return g_steal_pointer (&search->task);
}

static void
succeed (Search *search)
{
  g_autoptr (GTask) task = end (search);
  SidetonePath *path = g_new0 (SidetonePath, 1);

  path->routers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < LONGEST; i++)
    {
      if (search->soundings[i].router != NULL)
        g_ptr_array_add (path->routers, g_object_ref (search->soundings[i].router));
    }
  path->knows_nearest = search->soundings[0].router != NULL;
  path->is_passed_on = path->knows_nearest && search->outside.router != NULL &&
                       g_inet_address_equal (search->soundings[0].router, search->outside.router);
  g_task_return_pointer (task, path, (GDestroyNotify) sidetone_path_free);
}

static gboolean
is_over (const Search *search)
{
  gboolean over = search->outside.source == NULL;

  for (guint i = 0; i < LONGEST; i++)
    over = over && search->soundings[i].source == NULL;

  return over;
}

static void
send_sounding (Search   *search,
               Sounding *sounding)
{
  g_autoptr (GSocketAddress) address = NULL;

  /* The answer has come, or there is no socket */
  if (sounding->source == NULL)
    return;

  /* A failed send counts as packet loss */
  address = sidetone_flow_make_address (sounding->to);
  g_socket_send_to (sounding->socket, address, g_bytes_get_data (search->packet, NULL),
                    g_bytes_get_size (search->packet), NULL, NULL);
}

static gboolean
turn_cb (gpointer user_data)
{
  Search *search = user_data;

  for (guint i = 0; i < LONGEST; i++)
    send_sounding (search, &search->soundings[i]);
  send_sounding (search, &search->outside);

  if (++search->n_turns < N_SENDINGS)
    return G_SOURCE_CONTINUE;

  search->turn_source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
told_cb (GSocket     *socket,
         GIOCondition condition,
         gpointer     user_data)
{
  Sounding *sounding = user_data;
  Search *search = sounding->search;
  gboolean has_more = TRUE;

  while (sounding->router == NULL && has_more)
    {
      g_auto (SidetoneIcmp) icmp = { 0 };

      has_more = sidetone_error_queue_read (socket, SIDETONE_TRANSPORT_UDP, &icmp);
      if (icmp.kind == SIDETONE_ICMP_EXPIRED)
        sounding->router = g_steal_pointer (&icmp.from);
    }

  g_clear_pointer (&sounding->source, g_source_unref);
  if (search->task != NULL && is_over (search))
    succeed (search);

  return G_SOURCE_REMOVE;
}

/* A packet without a socket stays unanswered. */
static void
open_sounding (Search           *search,
               Sounding         *sounding,
               SidetoneEndpoint *to,
               guint             n_routers)
{
  g_autoptr (GSocket) socket = NULL;

  sounding->search = search;
  sounding->to = sidetone_endpoint_ref (to);
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  if (socket == NULL || !sidetone_error_queue_open (socket))
    return;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_ttl (socket, n_routers);
  sounding->socket = g_steal_pointer (&socket);
  sounding->source = g_socket_create_source (sounding->socket, G_IO_ERR, NULL);
  g_source_set_callback (sounding->source, G_SOURCE_FUNC (told_cb), sounding, NULL);
  g_source_attach (sounding->source, g_main_context_get_thread_default ());
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

/**
 * sidetone_path_find_async:
 * @server: a STUN server with an IPv4 address, the path's destination
 * @mapped: the external address of this computer's sockets, which a router on the path has
 * @cancellable: (nullable): ends it at once
 * @callback: called with the routers, at the latest after `sidetone_deadlines.path`
 * @user_data: for @callback
 *
 * Finds the first routers on the path, and whether the nearest one has the external address. No
 * packet goes further than @server, and none for @mapped further than the nearest router. Many
 * routers send no ICMP errors.
 */
void
sidetone_path_find_async (SidetoneEndpoint   *server,
                          SidetoneEndpoint   *mapped,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (SidetoneEndpoint) outside = NULL;
  Search *search;

  g_return_if_fail (sidetone_endpoint_get_family (server) == G_SOCKET_FAMILY_IPV4);
  g_return_if_fail (sidetone_endpoint_get_family (mapped) == G_SOCKET_FAMILY_IPV4);

  search = g_new0 (Search, 1);
  search->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (search->task, sidetone_path_find_async);
  g_task_set_task_data (search->task, search, search_free);
  search->packet = make_packet ();

  outside = sidetone_endpoint_new (sidetone_endpoint_get_address (mapped), DISCARD_PORT,
                                   SIDETONE_TRANSPORT_UDP);
  open_sounding (search, &search->outside, outside, 1);
  for (guint i = 0; i < LONGEST; i++)
    open_sounding (search, &search->soundings[i], server, i + 1);

  search->wait = sidetone_wait_new (sidetone_deadlines.path, cancellable, over_cb, search);
  search->turn_source = g_timeout_add (sidetone_deadlines.path / (N_SENDINGS + 1), turn_cb, search);
  turn_cb (search);
}

/**
 * sidetone_path_find_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the routers, empty if none answered
 */
SidetonePath *
sidetone_path_find_finish (GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
