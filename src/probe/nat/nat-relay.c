/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/nat-relay.h"

#include "base/error.h"
#include "nat/nat-socket.h"
#include "net/wait.h"

/* The user's own TURN allocation as a second viewpoint. A packet from the tested socket to the
 * relayed address comes back to this computer with its source address: the socket's mapping towards
 * one more destination (RFC 8656, section 11.3).
 *
 * For filtering, the relay sends to two sockets that have never sent to it. One socket has sent to
 * another port of the relay's address, the other one only to another server. Which packets arrive
 * shows the filtering. The tested socket has sent to the relay, so a packet to it shows that the
 * relay does send to this computer. Without that packet, silence means nothing. */

typedef struct
{
  GTask *task;                   /* owns this; the calls keep it alive */
  SidetoneNatGround *ground;
  SidetoneFlow *tested;
  SidetoneEndpoint *mapped;
  SidetoneTurn *turn;
  SidetoneNatSocket *near;       /* has sent to another port of the relay's address */
  SidetoneNatSocket *far;        /* has sent to another address */
  GPtrArray *permitted;          /* SidetoneEndpoint; the ports do not matter */
  SidetoneNatRelay *relay;
  guint wait_ms;
  SidetoneGathering calls;
  void (*next)(gpointer search);   /* called when all calls have returned */
  gboolean is_passing;           /* the relay does send to this computer */
} Search;

/**
 * sidetone_nat_relay_free:
 * @self: (transfer full): a relay's results
 */
void
sidetone_nat_relay_free (SidetoneNatRelay *self)
{
  g_clear_pointer (&self->relayed, sidetone_endpoint_unref);
  g_clear_pointer (&self->seen, sidetone_endpoint_unref);
  g_clear_pointer (&self->beside, sidetone_endpoint_unref);
  g_clear_pointer (&self->seen_beside, sidetone_endpoint_unref);
  g_free (self);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  sidetone_nat_ground_unref (search->ground);
  g_object_unref (search->tested);
  sidetone_endpoint_unref (search->mapped);
  g_clear_object (&search->turn);
  g_clear_pointer (&search->near, sidetone_nat_socket_free);
  g_clear_pointer (&search->far, sidetone_nat_socket_free);
  g_ptr_array_unref (search->permitted);
  g_clear_pointer (&search->relay, sidetone_nat_relay_free);
  g_free (search);
}

static GCancellable *
get_cancellable (Search *search)
{
  return g_task_get_cancellable (search->task);
}

static gboolean
is_cancelled (Search *search)
{
  return g_cancellable_is_cancelled (get_cancellable (search));
}

static void
begin (Search *search)
{
  sidetone_gathering_begin (&search->calls);
}

static void
end (Search *search)
{
  sidetone_gathering_end (&search->calls);
}

static void
go_on (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  search->next (search);
}

static void
judge_silence (Search *search)
{
  SidetoneNatRelay *relay = search->relay;

  if (search->is_passing)
    return;

  if (relay->same_address == SIDETONE_NAT_TRIAL_SILENT)
    relay->same_address = SIDETONE_NAT_TRIAL_NOT_MADE;
  if (relay->other_address == SIDETONE_NAT_TRIAL_SILENT)
    relay->other_address = SIDETONE_NAT_TRIAL_NOT_MADE;
  if (relay->reason == SIDETONE_NAT_REASON_NONE)
    relay->reason = SIDETONE_NAT_REASON_RELAY_CLOSED;
}

static void
finish (gpointer data)
{
  Search *search = data;

  judge_silence (search);
  if (!g_task_return_error_if_cancelled (search->task))
    g_task_return_pointer (search->task, g_steal_pointer (&search->relay),
                           (GDestroyNotify) sidetone_nat_relay_free);
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
release (gpointer data)
{
  Search *search = data;

  search->next = finish;
  begin (search);
  sidetone_turn_release_async (search->turn, release_cb, search);
}

static void
note (SidetoneNatTrial *trial,
      GAsyncResult     *result)
{
  g_autoptr (SidetoneNatArrival) arrival = NULL;
  g_autoptr (GError) error = NULL;

  arrival = sidetone_nat_trial_finish (result, &error);
  if (arrival != NULL)
    *trial = SIDETONE_NAT_TRIAL_ARRIVED;
  else if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER))
    *trial = SIDETONE_NAT_TRIAL_SILENT;
}

static void
knock_near_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Search *search = user_data;

  note (&search->relay->same_address, result);
  end (search);
}

static void
knock_far_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Search *search = user_data;

  note (&search->relay->other_address, result);
  end (search);
}

static void
knock_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Search *search = user_data;
  SidetoneNatTrial trial = SIDETONE_NAT_TRIAL_NOT_MADE;

  note (&trial, result);
  search->is_passing = trial == SIDETONE_NAT_TRIAL_ARRIVED;
  end (search);
}

/* A firewall may block incoming packets to an allocation that can still send. A socket whose
 * mapping is endpoint-independent receives them. */
static void
knock_there_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Search *search = user_data;
  const SidetoneNatEnd relay = { .turn = search->turn };
  const SidetoneNatEnd tested = { .flow = search->tested };
  g_autoptr (SidetoneNatArrival) arrival = NULL;
  g_autoptr (GError) error = NULL;

  arrival = sidetone_nat_trial_finish (result, &error);
  if (arrival != NULL)
    search->relay->seen = sidetone_endpoint_ref (arrival->source);
  else if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER))
    search->relay->reason = SIDETONE_NAT_REASON_RELAY_CLOSED;

  begin (search);
  sidetone_nat_knock_async (&relay, arrival != NULL ? arrival->source : search->mapped, &tested,
                            NULL, search->wait_ms, get_cancellable (search), knock_back_cb, search);
  end (search);
}

static void
knock_at (Search             *search,
          SidetoneNatSocket  *aside,
          GAsyncReadyCallback callback)
{
  const SidetoneNatEnd relay = { .turn = search->turn };

  if (aside != NULL)
    {
      const SidetoneNatEnd at = { .flow = aside->flow };

      begin (search);
      sidetone_nat_knock_async (&relay, aside->mapped, &at, NULL, search->wait_ms,
                                get_cancellable (search), callback, search);
    }
}

static void
knock (gpointer data)
{
  Search *search = data;
  const SidetoneNatEnd relay = { .turn = search->turn };
  const SidetoneNatEnd tested = { .flow = search->tested };

  if (is_cancelled (search) || search->relay->reason != SIDETONE_NAT_REASON_NONE)
    {
      release (search);
      return;
    }

  search->next = release;
  begin (search);
  sidetone_nat_knock_async (&tested, search->relay->relayed, &relay,
                            sidetone_nat_ground_get_budget (search->ground), search->wait_ms,
                            get_cancellable (search), knock_there_cb, search);
  knock_at (search, search->near, knock_near_cb);
  knock_at (search, search->far, knock_far_cb);
}

static void
permit_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Search *search = user_data;
  g_autoptr (GError) error = NULL;

  if (!sidetone_turn_permit_finish (SIDETONE_TURN (source), result, &error))
    search->relay->reason = g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER)
                            ? SIDETONE_NAT_REASON_NO_ANSWER
                            : SIDETONE_NAT_REASON_PERMISSION_REFUSED;
  end (search);
}

static void
permit (Search           *search,
        SidetoneEndpoint *peer)
{
  for (guint i = 0; i < search->permitted->len; i++)
    {
      if (sidetone_endpoint_equal_address (search->permitted->pdata[i], peer))
        return;
    }

  g_ptr_array_add (search->permitted, sidetone_endpoint_ref (peer));
  begin (search);
  sidetone_turn_permit_async (search->turn, peer, get_cancellable (search), permit_cb, search);
}

/* Their reflexive address nearly always has the tested socket's IP address */
static void
permit_others (gpointer data)
{
  Search *search = data;

  search->next = knock;
  begin (search);
  if (search->near != NULL && !is_cancelled (search))
    permit (search, search->near->mapped);
  if (search->far != NULL && !is_cancelled (search))
    permit (search, search->far->mapped);
  end (search);
}

static void
open_near_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Search *search = user_data;

  search->near = sidetone_nat_socket_open_finish (result, NULL);
  end (search);
}

static void
open_far_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Search *search = user_data;

  search->far = sidetone_nat_socket_open_finish (result, NULL);
  end (search);
}

static const SidetoneNatServer *
find_server (Search  *search,
             gboolean at_relay)
{
  for (guint i = 0; i < sidetone_nat_ground_get_n_servers (search->ground); i++)
    {
      const SidetoneNatServer *server = sidetone_nat_ground_get_server (search->ground, i);

      if (sidetone_endpoint_equal_address (server->server, search->relay->relayed) == at_relay)
        return server;
    }

  return NULL;
}

static void
ask_beside_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Search *search = user_data;
  g_autoptr (SidetoneNatArrival) answer = sidetone_nat_trial_finish (result, NULL);

  if (answer != NULL && answer->mapped != NULL)
    search->relay->seen_beside = sidetone_endpoint_ref (answer->mapped);
  end (search);
}

/* Port 3478 of the relay's address most likely answers STUN: a server with several addresses takes
 * relays from all of them. */
static void
try_beside (Search *search)
{
  SidetoneEndpoint *server = sidetone_turn_get_server (search->turn);
  SidetoneNatServer beside = {
    .is_guessed = TRUE,
    .round_trip_us = sidetone_nat_ground_get_server (search->ground, 0)->round_trip_us,
  };

  search->relay->beside = sidetone_endpoint_new (
    sidetone_endpoint_get_address (search->relay->relayed), sidetone_endpoint_get_port (server),
    SIDETONE_TRANSPORT_UDP);
  beside.server = search->relay->beside;
  begin (search);
  sidetone_nat_ask_async (search->tested, beside.server, SIDETONE_NAT_CHANGE_NOTHING,
                          sidetone_nat_ground_get_budget (search->ground), SIDETONE_NAT_GUESSES,
                          search->wait_ms, get_cancellable (search), ask_beside_cb, search);
  begin (search);
  sidetone_nat_socket_open_async (search->ground, &beside, get_cancellable (search), open_near_cb,
                                  search);
}

static void
open_aside (Search             *search,
            gboolean            at_relay,
            GAsyncReadyCallback callback)
{
  const SidetoneNatServer *server = find_server (search, at_relay);

  if (server == NULL)
    return;

  begin (search);
  sidetone_nat_socket_open_async (search->ground, server, get_cancellable (search), callback,
                                  search);
}

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Search *search = user_data;
  SidetoneTurn *turn = SIDETONE_TURN (source);
  g_autoptr (GError) error = NULL;

  if (!sidetone_turn_allocate_finish (turn, result, &error))
    {
      search->relay->reason = SIDETONE_NAT_REASON_NO_RELAY;
      end (search);
      return;
    }

  search->relay->relayed = sidetone_nat_ground_reach (search->ground,
                                                      sidetone_turn_get_relayed (turn),
                                                      sidetone_turn_get_server (turn));
  if (search->relay->relayed == NULL || is_cancelled (search) ||
      sidetone_endpoint_get_family (search->relay->relayed) !=
      sidetone_endpoint_get_family (sidetone_flow_get_local (search->tested)))
    {
      search->relay->reason = SIDETONE_NAT_REASON_NO_RELAY;
      search->next = release;
      end (search);
      return;
    }

  if (sidetone_turn_get_round_trip (turn) >= 0)
    search->wait_ms = sidetone_nat_get_wait (sidetone_turn_get_round_trip (turn));
  search->next = permit_others;
  permit (search, search->mapped);
  if (find_server (search, TRUE) != NULL)
    open_aside (search, TRUE, open_near_cb);
  else
    try_beside (search);
  open_aside (search, FALSE, open_far_cb);
  end (search);
}

/**
 * sidetone_nat_relay_async:
 * @ground: what the tests share
 * @tested: the socket whose mapping is tested
 * @mapped: its reflexive address at a server
 * @call_server: a TURN server
 * @cancellable: (nullable): ends it, once the allocation is deleted
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds out mapping and filtering by one relay. The allocation is deleted at the end.
 */
void
sidetone_nat_relay_async (SidetoneNatGround        *ground,
                          SidetoneFlow             *tested,
                          SidetoneEndpoint         *mapped,
                          const SidetoneCallServer *call_server,
                          GCancellable             *cancellable,
                          GAsyncReadyCallback       callback,
                          gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, sidetone_nat_relay_async);
  g_task_set_task_data (task, search, search_free);
  search->task = task;
  sidetone_gathering_init (&search->calls, task, go_on);
  search->next = finish;
  search->ground = sidetone_nat_ground_ref (ground);
  search->tested = g_object_ref (tested);
  search->mapped = sidetone_endpoint_ref (mapped);
  search->permitted = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_endpoint_unref);
  search->relay = g_new0 (SidetoneNatRelay, 1);
  search->wait_ms = sidetone_nat_get_wait (
    sidetone_nat_ground_get_server (ground, 0)->round_trip_us);

  /* The family that the server sees this computer in, which NAT64 changes */
  search->turn = sidetone_turn_new (call_server->server, sidetone_service_get_host (call_server->service),
                                    sidetone_service_get_username (call_server->service),
                                    sidetone_service_get_password (call_server->service),
                                    sidetone_endpoint_get_family (mapped));
  sidetone_turn_set_authorities (search->turn, sidetone_nat_ground_get_authorities (ground));
  begin (search);
  sidetone_turn_allocate_async (search->turn, cancellable, allocate_cb, search);
}

/**
 * sidetone_nat_relay_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the results
 */
SidetoneNatRelay *
sidetone_nat_relay_finish (GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
