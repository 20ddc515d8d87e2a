/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/turn-probe.h"

#include "base/error.h"
#include "net/deadlines.h"
#include "net/reach.h"
#include "probes/call-servers.h"
#include "probes/test-observation.h"
#include "turn/echo.h"
#include "turn/stun.h"
#include "turn/turn.h"

/**
 * SidetoneTurnProbe:
 *
 * Has each server of TURN that is announced relay packets, as a call would: all at once, and each as
 * soon as its host is known. A second socket of this computer sends to each relay; and at each host
 * two relays send to each other, as those of two people would who both need one.
 *
 * All relays are given back before the probe ends, also when it is cancelled.
 */
struct _SidetoneTurnProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneTurnProbe, sidetone_turn_probe, SIDETONE_TYPE_PROBE)

/* The data of the probe's task */
typedef struct
{
  SidetoneContext *context;
  SidetoneCallServers *call_servers;
  GTask *own;          /* until the probe is over */
  GPtrArray *relays;   /* Relay */
  guint n_started;
  guint n_pending;     /* calls that have not come back */
} Tested;

typedef struct _Relay Relay;

struct _Relay
{
  GTask *task;         /* which owns this */
  SidetoneCallServer call_server;
  char *id;
  guint number;
  gint64 start;
  GSocketFamily family;
  SidetoneTurn *turn;
  GCancellable *cancellable;
  GSource *cancelled_source;
  guint deadline_source;
  gboolean timed_out;

  SidetoneFlow *second;
  SidetoneEndpoint *mapped;    /* of the second socket */
  GCancellable *binding;       /* for as long as that is of use */
  gint64 echo_start;           /* 0 if there is none */

  gboolean is_settled;         /* it is known whether the relay is there */
  gboolean is_there;           /* and was not given back yet */
  gboolean is_paired;          /* or need not be, or can't */
  gboolean has_borrowed;
  guint patience_source;       /* until it waits for no other one */
  guint n_uses;
  Relay *partner;              /* of one that is there for a pair alone: the one it is there for */
};

/* The user data of packets between two relays */
typedef struct
{
  Relay *relay;
  Relay *other;
  gint64 start;
} Pair;

static void settle (gpointer user_data);

static void
relay_free (gpointer data)
{
  Relay *relay = data;

  g_clear_handle_id (&relay->deadline_source, g_source_remove);
  g_clear_handle_id (&relay->patience_source, g_source_remove);
  if (relay->cancelled_source != NULL)
    {
      g_source_destroy (relay->cancelled_source);
      g_source_unref (relay->cancelled_source);
    }
  sidetone_service_unref (relay->call_server.service);
  sidetone_endpoint_unref (relay->call_server.server);
  g_free (relay->id);
  g_clear_object (&relay->turn);
  g_object_unref (relay->cancellable);
  g_object_unref (relay->binding);
  g_clear_object (&relay->second);
  g_clear_pointer (&relay->mapped, sidetone_endpoint_unref);
  g_free (relay);
}

static void
tested_free (gpointer data)
{
  Tested *tested = data;

  g_ptr_array_unref (tested->relays);
  sidetone_call_servers_free (tested->call_servers);
  g_object_unref (tested->context);
  g_free (tested);
}

/* A call begins, and comes back: the task lives as long */
static void
begin (GTask *task)
{
  Tested *tested = g_task_get_task_data (task);

  tested->n_pending++;
  g_object_ref (task);
}

static void
end (GTask *task)
{
  Tested *tested = g_task_get_task_data (task);

  tested->n_pending--;
  settle (task);
  g_object_unref (task);
}

static gboolean
is_cancelled (GTask *task)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

static const char *
get_host (const Relay *relay)
{
  return sidetone_service_get_host (relay->call_server.service);
}

static void
release_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  sidetone_turn_release_finish (SIDETONE_TURN (source), result, NULL);
  end (user_data);
}

static void
release (Relay *relay)
{
  relay->is_there = FALSE;
  begin (relay->task);
  sidetone_turn_release_async (relay->turn, release_cb, relay->task);
}

static void
observe_echo (Relay              *relay,
              const SidetoneEcho *echo,
              const GError       *error)
{
  Tested *tested = g_task_get_task_data (relay->task);
  g_autofree char *id = g_strdup_printf ("echo-%u", relay->number);
  SidetoneTestFrame frame = { id, &relay->call_server, relay->echo_start };
  SidetoneEchoFrame packets = {
    .relay = relay->id,
    .relayed = sidetone_turn_get_relayed (relay->turn),
    .local = relay->second != NULL ? sidetone_flow_get_local (relay->second) : NULL,
    .mapped = relay->mapped,
  };

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sidetone_test_observe_echo (tested->context, &frame, &packets, echo, error);
}

static void
echo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Relay *relay = user_data;
  g_autoptr (SidetoneEcho) echo = NULL;
  g_autoptr (GError) error = NULL;

  echo = sidetone_echo_finish (result, &error);
  observe_echo (relay, echo, error);
  g_cancellable_cancel (relay->binding);
  relay->n_uses--;
  end (relay->task);
}

/* A second socket that does not get to the relay's family can't send there: then two relays have to
 * do. */
static void
start_echo (Relay *relay)
{
  Tested *tested = g_task_get_task_data (relay->task);
  SidetoneEndpoint *server = relay->call_server.server;
  SidetoneEndpoint *relayed = sidetone_turn_get_relayed (relay->turn);
  g_autoptr (GArray) prefixes = sidetone_nat64_collect_prefixes (
    sidetone_context_get_observations (tested->context));
  g_autoptr (SidetoneEndpoint) reached = sidetone_reach (
    sidetone_nat64_match_prefix (prefixes, sidetone_endpoint_get_address (server)), relayed, server);
  g_autoptr (GError) error = NULL;

  if (relay->second == NULL ||
      (reached == NULL &&
       sidetone_endpoint_get_family (server) != sidetone_endpoint_get_family (relayed)))
    return;

  relay->echo_start = sidetone_context_get_time (tested->context);
  if (reached == NULL)
    {
      error = g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_SILENT,
                           "Nothing is sent to an address like that of the relay");
      observe_echo (relay, NULL, error);
      return;
    }

  relay->n_uses++;
  begin (relay->task);
  sidetone_echo_async (relay->turn, reached, NULL, relay->second, relay->mapped, relay->cancellable,
                       echo_cb, relay);
}

static void
pair_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Pair *pair = user_data;
  Relay *relay = pair->relay;
  Tested *tested = g_task_get_task_data (relay->task);
  g_autofree char *id = g_strdup_printf ("pair-%u", relay->number);
  const SidetoneTestFrame frame = { id, &relay->call_server, pair->start };
  const SidetoneEchoFrame packets = {
    .relay = relay->id,
    .other_relay = pair->other->id,
    .relayed = sidetone_turn_get_relayed (relay->turn),
  };
  g_autoptr (SidetoneEcho) echo = NULL;
  g_autoptr (GError) error = NULL;

  echo = sidetone_echo_finish (result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sidetone_test_observe_echo (tested->context, &frame, &packets, echo, error);
  relay->n_uses--;
  pair->other->n_uses--;
  end (relay->task);
}

static void
start_pair (Relay *relay,
            Relay *other)
{
  Tested *tested = g_task_get_task_data (relay->task);
  Pair *pair = g_new0 (Pair, 1);

  pair->relay = relay;
  pair->other = other;
  pair->start = sidetone_context_get_time (tested->context);
  relay->is_paired = other->is_paired = TRUE;
  relay->n_uses++;
  other->n_uses++;
  begin (relay->task);
  sidetone_echo_between_async (relay->turn, other->turn, relay->cancellable, pair_cb, pair);
}

static void
bind_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Relay *relay = user_data;
  g_autoptr (SidetoneBinding) binding = NULL;

  binding = sidetone_stun_bind_finish (result, NULL);
  if (binding != NULL)
    relay->mapped = sidetone_endpoint_ref (binding->mapped);
  end (relay->task);
}

/* Whom the second socket asks how it looks: the relay's server over UDP, where it says that it
 * speaks that. */
static SidetoneEndpoint *
find_stun (Relay *relay)
{
  Tested *tested = g_task_get_task_data (relay->task);
  GPtrArray *services = sidetone_context_get_services (tested->context);
  GInetAddress *address = sidetone_endpoint_get_address (relay->call_server.server);

  if (sidetone_endpoint_get_transport (relay->call_server.server) == SIDETONE_TRANSPORT_UDP)
    return sidetone_endpoint_ref (relay->call_server.server);

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      SidetoneService *service = services->pdata[i];
      SidetoneServiceKind kind = sidetone_service_get_kind (service);

      if ((kind == SIDETONE_SERVICE_STUN || kind == SIDETONE_SERVICE_TURN) &&
          sidetone_service_get_transport (service) == SIDETONE_TRANSPORT_UDP &&
          g_str_equal (sidetone_service_get_host (service), get_host (relay)))
        return sidetone_endpoint_new (address, sidetone_service_get_port (service),
                                      SIDETONE_TRANSPORT_UDP);
    }

  return NULL;
}

/* Beside the allocation, for neither needs the other */
static void
open_second_socket (Relay *relay)
{
  g_autoptr (SidetoneEndpoint) stun = find_stun (relay);

  relay->second = sidetone_flow_new_towards (stun != NULL ? stun : relay->call_server.server, NULL);
  if (relay->second == NULL || stun == NULL)
    return;

  begin (relay->task);
  sidetone_stun_bind_async (relay->second, stun, relay->binding, bind_cb, relay);
}

static void allocate (Relay *relay);

/* What is there for a pair alone is no test of its own. */
static void
observe_relay (Relay        *relay,
               const GError *error)
{
  Tested *tested = g_task_get_task_data (relay->task);
  const SidetoneTestFrame frame = { relay->id, &relay->call_server, relay->start };
  g_autoptr (GError) timeout = NULL;

  if (relay->partner != NULL || is_cancelled (relay->task))
    return;

  if (relay->timed_out)
    timeout = g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER,
                           "No relay within %u ms", SIDETONE_DEADLINE_RELAY);

  sidetone_test_observe_relay (tested->context, &frame, relay->turn, relay->family,
                               timeout != NULL ? timeout : error);
}

/* A server that is reached by IPv6 need not have relays of that kind, and one behind a translator
 * (NAT64) sees this computer by IPv4: a relay of IPv6 would not be for it. IPv4 has everybody. */
static gboolean
needs_ipv4 (Relay        *relay,
            const GError *error)
{
  SidetoneEndpoint *mapped = sidetone_turn_get_mapped (relay->turn);

  if (relay->family != G_SOCKET_FAMILY_IPV6)
    return FALSE;
  if (relay->is_there)
    return mapped != NULL && sidetone_endpoint_get_family (mapped) == G_SOCKET_FAMILY_IPV4;

  return g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED);
}

static void
allocate_anew (Relay *relay)
{
  if (relay->is_there)
    release (relay);
  g_clear_object (&relay->turn);
  relay->family = G_SOCKET_FAMILY_IPV4;
  allocate (relay);
}

static gboolean
patience_cb (gpointer user_data)
{
  Relay *relay = user_data;

  relay->patience_source = 0;
  settle (relay->task);

  return G_SOURCE_REMOVE;
}

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Relay *relay = user_data;
  g_autoptr (GError) error = NULL;

  relay->is_there = sidetone_turn_allocate_finish (SIDETONE_TURN (source), result, &error);

  if (needs_ipv4 (relay, error) && !is_cancelled (relay->task))
    {
      allocate_anew (relay);
      end (relay->task);
      return;
    }

  g_clear_handle_id (&relay->deadline_source, g_source_remove);
  relay->is_settled = TRUE;
  observe_relay (relay, error);
  if (relay->is_there && relay->partner == NULL && !is_cancelled (relay->task))
    {
      relay->patience_source = g_timeout_add (SIDETONE_PAIR_DELAY, patience_cb, relay);
      start_echo (relay);
    }
  if (relay->n_uses == 0)
    g_cancellable_cancel (relay->binding);
  end (relay->task);
}

static void
allocate (Relay *relay)
{
  Tested *tested = g_task_get_task_data (relay->task);
  SidetoneService *service = relay->call_server.service;

  relay->turn = sidetone_turn_new (relay->call_server.server, sidetone_service_get_host (service),
                                   sidetone_service_get_username (service),
                                   sidetone_service_get_password (service), relay->family);
  sidetone_turn_set_authorities (relay->turn, sidetone_context_get_authorities (tested->context));
  begin (relay->task);
  sidetone_turn_allocate_async (relay->turn, relay->cancellable, allocate_cb, relay);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Relay *relay = user_data;

  relay->deadline_source = 0;
  relay->timed_out = TRUE;
  g_cancellable_cancel (relay->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Relay *relay = user_data;

  g_cancellable_cancel (relay->cancellable);
  g_cancellable_cancel (relay->binding);

  return G_SOURCE_REMOVE;
}

static Relay *
add_relay (GTask                    *task,
           const SidetoneCallServer *call_server,
           guint                     number,
           const char               *suffix)
{
  Tested *tested = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Relay *relay = g_new0 (Relay, 1);

  relay->task = task;
  relay->call_server.service = sidetone_service_ref (call_server->service);
  relay->call_server.server = sidetone_endpoint_ref (call_server->server);
  relay->number = number;
  relay->id = g_strdup_printf ("relay-%u%s", number, suffix);
  relay->start = sidetone_context_get_time (tested->context);
  relay->family = sidetone_endpoint_get_family (call_server->server);
  relay->cancellable = g_cancellable_new ();
  relay->binding = g_cancellable_new ();
  relay->deadline_source = g_timeout_add (SIDETONE_DEADLINE_RELAY, deadline_cb, relay);
  if (cancellable != NULL)
    {
      relay->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (relay->cancelled_source, G_SOURCE_FUNC (cancelled_cb), relay, NULL);
      g_source_attach (relay->cancelled_source, g_main_context_get_thread_default ());
    }
  g_ptr_array_add (tested->relays, relay);

  return relay;
}

static void
take_call_server (const SidetoneCallServer *call_server,
                  gpointer                  user_data)
{
  GTask *task = user_data;
  Tested *tested = g_task_get_task_data (task);
  guint number = ++tested->n_started;
  g_autofree char *id = g_strdup_printf ("relay-%u", number);
  const SidetoneTestFrame frame = { id, call_server, sidetone_context_get_time (tested->context) };
  Relay *relay;

  if (call_server->reason != NULL)
    {
      sidetone_test_observe_skipped (tested->context, &frame);
      return;
    }

  relay = add_relay (task, call_server, number, "");
  open_second_socket (relay);
  allocate (relay);
}

/* Another one at the same server, for want of one that was announced */
static void
borrow (Relay *relay)
{
  Relay *other = add_relay (relay->task, &relay->call_server, relay->number, "b");

  relay->has_borrowed = TRUE;
  other->partner = relay;
  other->family = relay->family;
  allocate (other);
}

/* Where UDP from a second socket says nothing of a relay, only another relay does. */
static gboolean
needs_pair (const Relay *relay)
{
  return relay->mapped == NULL || relay->echo_start == 0;
}

/* At each host the first two relays of a family send to each other; and each relay sends to another
 * one that has no other test. */
static void
pair_up (GTask *task,
         Relay *relay)
{
  Tested *tested = g_task_get_task_data (task);
  gboolean may_come = !sidetone_call_servers_are_complete (tested->call_servers);
  Relay *partner = NULL;

  for (guint i = 0; i < tested->relays->len; i++)
    {
      Relay *other = tested->relays->pdata[i];

      if (other == relay || !g_str_equal (get_host (relay), get_host (other)))
        continue;

      may_come = may_come || !other->is_settled;
      if (!other->is_settled || other->family != relay->family)
        continue;
      if (other->is_paired && !needs_pair (relay))
        {
          relay->is_paired = TRUE;
          return;
        }
      if (other->is_there)
        partner = other;
    }

  may_come = may_come && (relay->patience_source != 0 || relay->has_borrowed);
  if (partner != NULL)
    start_pair (relay, partner);
  else if (!may_come && relay->has_borrowed)
    relay->is_paired = TRUE;
  else if (!may_come)
    borrow (relay);
}

/* Whatever can go on, goes on; what is not needed any more is given back; and when nothing is left
 * to wait for, the probe ends. */
static void
settle (gpointer user_data)
{
  Tested *tested = g_task_get_task_data (user_data);
  g_autoptr (GTask) task = NULL;

  for (guint i = 0; i < tested->relays->len; i++)
    {
      Relay *relay = tested->relays->pdata[i];

      if (relay->is_there && !relay->is_paired && !is_cancelled (user_data))
        pair_up (user_data, relay);
    }
  for (guint i = 0; i < tested->relays->len; i++)
    {
      Relay *relay = tested->relays->pdata[i];

      if (relay->is_there && relay->n_uses == 0 && (relay->is_paired || is_cancelled (user_data)))
        release (relay);
    }

  if (tested->own == NULL || tested->n_pending > 0 ||
      !sidetone_call_servers_are_complete (tested->call_servers))
    return;

  task = g_steal_pointer (&tested->own);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
sidetone_turn_probe_run_async (SidetoneProbe      *probe,
                               SidetoneContext    *context,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  Tested *tested = g_new0 (Tested, 1);

  g_task_set_source_tag (task, sidetone_turn_probe_run_async);
  g_task_set_task_data (task, tested, tested_free);
  tested->context = g_object_ref (context);
  tested->own = g_object_ref (task);
  tested->relays = g_ptr_array_new_with_free_func (relay_free);
  tested->call_servers = sidetone_call_servers_new (context, TRUE, cancellable, take_call_server, settle, task);
  sidetone_call_servers_follow (tested->call_servers);
}

static void
sidetone_turn_probe_class_init (SidetoneTurnProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SERVICES;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_turn_probe_run_async;
}

static void
sidetone_turn_probe_init (SidetoneTurnProbe *self)
{
}

/**
 * sidetone_turn_probe_new:
 *
 * Returns: (transfer full): a probe that has servers of TURN relay packets
 */
SidetoneProbe *
sidetone_turn_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_TURN_PROBE, NULL);
}
