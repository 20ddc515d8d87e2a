/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/echo.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/wait.h"
#include "turn/echo-packet.h"
#include "turn/stun.h"

/* An echo test through a TURN allocation, which measures loss, round trip and jitter (RFC 3550):
 *
 *     second socket -> relayed address -> relay's owner       there
 *     second socket <- relayed address <- relay's owner       back, as soon as one has come
 *
 * The second socket sends first: that opens every NAT before it for packets from the relayed
 * address. The first packet also tells the relay's owner the second socket's address and port
 * there, because a NAT may choose them anew for each destination. The permission, requested before,
 * needs only the IP address, and a NAT with several addresses should stay with one (RFC 4787,
 * section 4.1). Between two relays, the second socket is the other relay.
 *
 * A server may name anybody as the relayed address. So the first packets are few, until one has
 * come back: that is the relay's consent to the others (as RFC 7675 demands it in a call). */

/* One end: a socket or a relay. Both report packets in the same way. */
typedef struct
{
  SidetoneFlow *flow;
  SidetoneTurn *turn;
  gulong handler;
  gulong unreachable_handler;    /* of a socket */
} End;

/* One direction's packets: audio, large, and audio again */
typedef struct
{
  SidetoneTrips *audio;
  SidetoneTrips *large;
  SidetoneTrips *after;
} Way;

typedef struct
{
  GTask *task;                   /* owns this; NULL when the check is over */
  End far;                       /* the relay's owner */
  End near;                      /* the second socket */
  SidetoneEndpoint *relayed;
  SidetoneEndpoint *reached;       /* the relay's address as the second socket sends to it */
  SidetoneBudget *budget;
  SidetoneEndpoint *mapped;
  SidetoneEndpoint *seen;
  SidetoneEndpoint *source;
  Way there;
  Way back;
  guint8 token[SIDETONE_ECHO_TOKEN_LENGTH];
  guint n_waits;                 /* for permissions */
  guint n_sent;
  guint n_tries;                 /* before the consent */
  guint n_slow;                  /* packets sent before it */
  gboolean has_consent;
  gint64 start;                  /* of the packets after it */
  guint pace_source;
  SidetoneWait *wait;            /* for packets on the way when all are sent */
} Check;

#define N_LARGE (SIDETONE_ECHO_N_SIZES * SIDETONE_ECHO_LARGE)
#define FIRST_AFTER (SIDETONE_ECHO_PACKETS + N_LARGE)
#define FIRST_LATER (FIRST_AFTER + SIDETONE_ECHO_AFTER)
#define N_PACKETS (FIRST_LATER + SIDETONE_ECHO_AFTER)
#define N_TRIES SIDETONE_BUDGET_UNANSWERED

/* How much longer an indication's head is than a channel's, by the peer's family. Large packets are
 * shorter by that much, so that on our wire they have a call's size. */
#define MORE_IPV4 32
#define MORE_IPV6 44

static const guint sizes[] = SIDETONE_ECHO_SIZES;

static void
end_clear (End *end)
{
  if (end->turn != NULL)
    g_clear_signal_handler (&end->handler, end->turn);
  else if (end->flow != NULL)
    {
      g_clear_signal_handler (&end->handler, end->flow);
      g_clear_signal_handler (&end->unreachable_handler, end->flow);
    }
  if (end->flow != NULL)
    sidetone_flow_close (end->flow);
  g_clear_object (&end->flow);
  g_clear_object (&end->turn);
}

static gboolean
end_send (End              *end,
          SidetoneEndpoint *to,
          const guint8     *packet,
          gsize             length)
{
  if (end->turn != NULL)
    return sidetone_turn_send (end->turn, to, packet, length, NULL);
  return sidetone_flow_send (end->flow, to, packet, length, NULL);
}

static void
way_init (Way *way)
{
  way->audio = sidetone_trips_new (SIDETONE_ECHO_PACKETS);
  way->large = sidetone_trips_new (N_LARGE);
  way->after = sidetone_trips_new (2 * SIDETONE_ECHO_AFTER);
}

static void
way_clear (Way *way)
{
  g_clear_pointer (&way->audio, sidetone_trips_free);
  g_clear_pointer (&way->large, sidetone_trips_free);
  g_clear_pointer (&way->after, sidetone_trips_free);
}

static gboolean
way_is_complete (Way *way)
{
  return sidetone_trips_get_n_arrived (way->audio) == SIDETONE_ECHO_PACKETS &&
         sidetone_trips_get_n_arrived (way->large) == N_LARGE &&
         sidetone_trips_get_n_arrived (way->after) >= SIDETONE_ECHO_AFTER;
}

/* Its trips of which @number is one; @number becomes its number among them */
static SidetoneTrips *
way_find (Way   *way,
          guint *number)
{
  if (*number < SIDETONE_ECHO_PACKETS)
    return way->audio;
  if (*number < FIRST_AFTER)
    {
      *number -= SIDETONE_ECHO_PACKETS;
      return way->large;
    }

  *number -= FIRST_AFTER;
  return way->after;
}

static void
way_note_sent (Way  *way,
               guint number)
{
  SidetoneTrips *trips = way_find (way, &number);

  sidetone_trips_note_sent (trips, number, g_get_monotonic_time ());
}

static gboolean
way_note_arrived (Way   *way,
                  guint  number,
                  gint64 time)
{
  SidetoneTrips *trips = way_find (way, &number);

  return sidetone_trips_note_arrived (trips, number, time);
}

static void
check_free (gpointer data)
{
  Check *check = data;

  way_clear (&check->there);
  way_clear (&check->back);
  g_clear_pointer (&check->relayed, sidetone_endpoint_unref);
  g_clear_pointer (&check->reached, sidetone_endpoint_unref);
  g_clear_pointer (&check->mapped, sidetone_endpoint_unref);
  g_clear_pointer (&check->seen, sidetone_endpoint_unref);
  g_clear_pointer (&check->source, sidetone_endpoint_unref);
  sidetone_budget_unref (check->budget);
  g_free (check);
}

/* Stops waiting. Returns the reference to its task. */
static GTask *
end_check (Check *check)
{
  g_clear_handle_id (&check->pace_source, g_source_remove);
  g_clear_pointer (&check->wait, sidetone_wait_free);
  end_clear (&check->near);
  end_clear (&check->far);

  return g_steal_pointer (&check->task);
}

/* Takes @error */
static void
fail_check (Check  *check,
            GError *error)
{
  g_autoptr (GTask) task = end_check (check);

  g_task_return_error (task, error);
}

/* The large packets have the sizes by turns */
static guint
get_size (guint number)
{
  return sizes[(number - SIDETONE_ECHO_PACKETS) % SIDETONE_ECHO_N_SIZES];
}

static void
count_sizes (Check        *check,
             SidetoneEcho *echo)
{
  for (guint i = 0; i < N_LARGE; i++)
    {
      SidetoneEchoSize *size = &echo->sizes[i % SIDETONE_ECHO_N_SIZES];

      size->size = get_size (SIDETONE_ECHO_PACKETS + i);
      size->n_sent += SIDETONE_ECHO_PACKETS + i < check->n_sent;
      size->n_there += sidetone_trips_get_trip (check->there.large, i) >= 0;
      size->n_back += sidetone_trips_get_trip (check->back.large, i) >= 0;
    }
}

static void
finish_check (Check *check)
{
  g_autoptr (GTask) task = end_check (check);
  SidetoneEcho *echo = g_new0 (SidetoneEcho, 1);

  echo->mapped = g_steal_pointer (&check->mapped);
  echo->seen = g_steal_pointer (&check->seen);
  echo->source = g_steal_pointer (&check->source);
  echo->there = g_steal_pointer (&check->there.audio);
  echo->back = g_steal_pointer (&check->back.audio);
  echo->n_after_sent = sidetone_trips_get_n_sent (check->there.after);
  echo->n_after_back = sidetone_trips_get_n_arrived (check->back.after);
  count_sizes (check, echo);
  g_task_return_pointer (task, echo, (GDestroyNotify) sidetone_echo_free);
}

static gsize
get_length (Check *check,
            guint  number)
{
  if (number < SIDETONE_ECHO_PACKETS || number >= FIRST_AFTER)
    return SIDETONE_ECHO_AUDIO_SIZE;
  return get_size (number) - (sidetone_endpoint_get_family (check->relayed) ==
                              G_SOCKET_FAMILY_IPV6 ? MORE_IPV6 : MORE_IPV4);
}

static void
send_packet (Check                *check,
             End                  *end,
             SidetoneEndpoint     *to,
             SidetoneEchoDirection direction,
             guint                 number)
{
  guint8 packet[SIDETONE_ECHO_MAX_SIZE];
  gsize length = get_length (check, number);

  sidetone_echo_packet_write (packet, length, check->token, direction, number);
  way_note_sent (direction == SIDETONE_ECHO_THERE ? &check->there : &check->back, number);
  /* A failed send counts as packet loss */
  end_send (end, to, packet, length);
}

/* Sends the next packet from the second socket */
static void
send_next (Check *check)
{
  send_packet (check, &check->near, check->reached, SIDETONE_ECHO_THERE, check->n_sent);
  check->n_sent++;
}

/* Paced by the clock, not from packet to packet, so that delays don't add up */
static gboolean
pace_cb (gpointer user_data)
{
  Check *check = user_data;
  gint64 wait_ms;

  check->pace_source = 0;
  send_next (check);
  if (check->n_sent == FIRST_LATER || check->n_sent == N_PACKETS)
    {
      sidetone_wait_set_deadline (check->wait, sidetone_deadlines.echo);
      return G_SOURCE_REMOVE;
    }
  wait_ms = (check->start - g_get_monotonic_time ()) / 1000 +
            (check->n_sent - check->n_slow) * SIDETONE_ECHO_INTERVAL;
  check->pace_source = g_timeout_add_full (G_PRIORITY_HIGH, MAX (wait_ms, 0), pace_cb, check, NULL);

  return G_SOURCE_REMOVE;
}

/* Before the relay's consent, which also other tests of its address wait for */
static gboolean
try_cb (gpointer user_data)
{
  Check *check = user_data;

  check->pace_source = 0;
  if (sidetone_budget_spend (check->budget, check->reached))
    send_next (check);
  if (++check->n_tries == N_TRIES)
    sidetone_wait_set_deadline (check->wait, sidetone_deadlines.echo);
  else
    check->pace_source = g_timeout_add_full (G_PRIORITY_HIGH,
                                             sidetone_deadlines.consent / (N_TRIES - 1), try_cb,
                                             check, NULL);

  return G_SOURCE_REMOVE;
}

static void
take_consent (Check *check)
{
  check->has_consent = TRUE;
  sidetone_budget_prove (check->budget, check->reached);
  g_clear_handle_id (&check->pace_source, g_source_remove);
  sidetone_wait_set_deadline (check->wait, 0);
  check->n_slow = check->n_sent;
  check->start = g_get_monotonic_time () + SIDETONE_ECHO_INTERVAL * G_TIME_SPAN_MILLISECOND;
  check->pace_source = g_timeout_add_full (G_PRIORITY_HIGH, SIDETONE_ECHO_INTERVAL, pace_cb, check,
                                           NULL);
}

static void
on_far_received (Check            *check,
                 SidetoneEndpoint *peer,
                 GBytes           *bytes,
                 gint64            time)
{
  guint number;

  if (!sidetone_echo_packet_read (bytes, check->token, SIDETONE_ECHO_THERE, &number) ||
      !way_note_arrived (&check->there, number, time))
    return;

  if (check->seen == NULL)
    check->seen = sidetone_endpoint_ref (peer);
  send_packet (check, &check->far, peer, SIDETONE_ECHO_BACK, number);
  if (!check->has_consent)
    take_consent (check);
}

static void
on_near_received (Check            *check,
                  SidetoneEndpoint *source,
                  GBytes           *bytes,
                  gint64            time)
{
  guint number;

  if (!sidetone_echo_packet_read (bytes, check->token, SIDETONE_ECHO_BACK, &number) ||
      !way_note_arrived (&check->back, number, time))
    return;

  /* A packet from the address that we send to comes from the relayed address. */
  if (check->source == NULL)
    check->source = sidetone_endpoint_ref (sidetone_endpoint_equal (source, check->reached)
                                           ? check->relayed : source);
  if (way_is_complete (&check->back))
    finish_check (check);
}

/* The relay's own ICMP error: nothing will arrive there. */
static void
on_near_unreachable (Check            *check,
                     SidetoneEndpoint *to,
                     GInetAddress     *from)
{
  if (sidetone_endpoint_equal (to, check->reached) && sidetone_trips_get_n_arrived (check->there.audio) == 0 &&
      g_inet_address_equal (from, sidetone_endpoint_get_address (to)))
    fail_check (check, g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_UDP_REFUSED,
                                    "The relayed address refuses it"));
}

/* Whether the line or the relay may have gone silent: after a second more packets tell that from a
 * limit of bytes a second */
static gboolean
wants_later (Check *check)
{
  return check->n_sent == FIRST_LATER && sidetone_trips_get_n_arrived (check->back.audio) > 0 &&
         sidetone_trips_get_n_arrived (check->back.after) == 0;
}

static void over_cb (gpointer user_data);

static void
send_later (Check *check)
{
  sidetone_wait_free (check->wait);
  check->wait = sidetone_wait_new (0, g_task_get_cancellable (check->task), over_cb, check);
  check->pace_source = g_timeout_add_full (G_PRIORITY_HIGH, 0, pace_cb, check, NULL);
}

/* A packet that has not arrived by now is lost. */
static void
over_cb (gpointer user_data)
{
  Check *check = user_data;

  if (!sidetone_wait_has_passed (check->wait))
    fail_check (check, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  else if (wants_later (check))
    send_later (check);
  else
    finish_check (check);
}

static void
permit_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  if (!sidetone_turn_permit_finish (SIDETONE_TURN (source), result, &error))
    {
      if (check->task != NULL)
        fail_check (check, error);
      else
        g_error_free (error);
      return;
    }

  check->n_waits--;
  if (check->task == NULL || check->n_waits > 0)
    return;

  try_cb (check);
}

static void
permit (Check            *check,
        End              *end,
        SidetoneEndpoint *peer)
{
  check->n_waits++;
  sidetone_turn_permit_async (end->turn, peer, g_task_get_cancellable (check->task), permit_cb,
                              g_object_ref (check->task));
}

/* A TURN server need not answer Binding requests. Most likely both sockets have one external
 * address. Takes @error, which says why the second socket's is unknown. */
static void
permit_second_socket (Check  *check,
                      GError *error)
{
  SidetoneEndpoint *peer = check->mapped != NULL ? check->mapped
                           : sidetone_turn_get_mapped (check->far.turn);

  if (peer != NULL)
    {
      permit (check, &check->far, peer);
      g_clear_error (&error);
    }
  else if (error != NULL)
    {
      fail_check (check, error);
    }
  else
    {
      fail_check (check, g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_STUN_BAD_ANSWER,
                                      "The server did not say how this computer looks"));
    }
}

static void
bind_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetoneBinding) binding = NULL;
  g_autoptr (GError) error = NULL;
  Check *check = g_task_get_task_data (task);

  binding = sidetone_stun_bind_finish (result, &error);
  if (check->task == NULL)
    return;

  if (binding != NULL)
    {
      g_clear_pointer (&check->mapped, sidetone_endpoint_unref);
      check->mapped = sidetone_endpoint_ref (binding->mapped);
    }
  permit_second_socket (check, g_steal_pointer (&error));
}

static Check *
check_new (GTask            *task,
           SidetoneTurn     *relay,
           SidetoneEndpoint *reached,
           SidetoneBudget   *budget)
{
  Check *check = g_new0 (Check, 1);

  g_task_set_task_data (task, check, check_free);
  check->task = task;
  check->relayed = sidetone_endpoint_ref (sidetone_turn_get_relayed (relay));
  check->reached = sidetone_endpoint_ref (reached != NULL ? reached : check->relayed);
  check->budget = budget != NULL ? sidetone_budget_ref (budget) : sidetone_budget_new ();
  way_init (&check->there);
  way_init (&check->back);
  for (gsize i = 0; i < sizeof check->token; i++)
    check->token[i] = g_random_int_range (0, 256);

  check->far.turn = g_object_ref (relay);
  check->far.handler = g_signal_connect_swapped (relay, "received", G_CALLBACK (on_far_received),
                                                 check);
  check->wait = sidetone_wait_new (0, g_task_get_cancellable (task), over_cb, check);

  return check;
}

/**
 * sidetone_echo_free:
 * @self: (transfer full): an echo's result
 */
void
sidetone_echo_free (SidetoneEcho *self)
{
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_clear_pointer (&self->seen, sidetone_endpoint_unref);
  g_clear_pointer (&self->source, sidetone_endpoint_unref);
  g_clear_pointer (&self->there, sidetone_trips_free);
  g_clear_pointer (&self->back, sidetone_trips_free);
  g_free (self);
}

/**
 * sidetone_echo_async:
 * @relay: a relay with an allocation
 * @reached: (nullable): where the second socket sends, if that is not the relayed address itself
 *   (see sidetone_budget_reach())
 * @budget: (nullable): the check's budget; %NULL for one of its own
 * @stun: (nullable): a STUN server to ask first for the second socket's reflexive address: the
 *   relay's own over UDP, of the relayed address's family; %NULL not to ask
 * @flow: (nullable): the second socket, %NULL to open one
 * @mapped: (nullable): its reflexive address, if known
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is done, at the latest `sidetone_deadlines.echo` after the last packet
 * @user_data: for @callback
 *
 * Sends packets to the relay from a second socket of this computer, and sends back each one that
 * arrives. Until the first one has come back, %SIDETONE_BUDGET_UNANSWERED packets are sent at most,
 * over `sidetone_deadlines.consent`; without one the echo ends then.
 */
void
sidetone_echo_async (SidetoneTurn       *relay,
                     SidetoneEndpoint   *reached,
                     SidetoneBudget     *budget,
                     SidetoneEndpoint   *stun,
                     SidetoneFlow       *flow,
                     SidetoneEndpoint   *mapped,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Check *check;
  GError *error = NULL;

  g_task_set_source_tag (task, sidetone_echo_async);
  check = check_new (task, relay, reached, budget);
  check->near.flow = flow != NULL ? g_object_ref (flow) : sidetone_flow_new_towards (stun != NULL ? stun : check->reached, &error);
  if (check->near.flow == NULL)
    {
      fail_check (check, error);
      return;
    }

  check->near.handler = g_signal_connect_swapped (check->near.flow, "received",
                                                  G_CALLBACK (on_near_received), check);
  check->near.unreachable_handler = g_signal_connect_swapped (check->near.flow, "unreachable",
                                                              G_CALLBACK (on_near_unreachable), check);
  if (mapped != NULL)
    check->mapped = sidetone_endpoint_ref (mapped);
  if (stun != NULL)
    sidetone_stun_bind_async (check->near.flow, stun, cancellable, bind_cb, g_object_ref (task));
  else
    permit_second_socket (check, NULL);
}

/**
 * sidetone_echo_between_async:
 * @relay: a relay with an allocation
 * @other: another one, of the same family
 * @budget: (nullable): the budget of all packets that relays send; %NULL for one of its own
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is done, at the latest `sidetone_deadlines.echo` after the last packet
 * @user_data: for @callback
 *
 * Does the same with another relay in place of the second socket, like a call whose two sides both
 * need a relay.
 */
void
sidetone_echo_between_async (SidetoneTurn       *relay,
                             SidetoneTurn       *other,
                             SidetoneBudget     *budget,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Check *check;

  g_task_set_source_tag (task, sidetone_echo_between_async);
  check = check_new (task, relay, NULL, budget);
  check->near.turn = g_object_ref (other);
  check->near.handler = g_signal_connect_swapped (other, "received", G_CALLBACK (on_near_received),
                                                  check);
  permit (check, &check->far, sidetone_turn_get_relayed (other));
  permit (check, &check->near, check->relayed);
}

/**
 * sidetone_echo_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_UNREACHABLE, %SIDETONE_ERROR_UDP_REFUSED, those of
 *   sidetone_turn_permit_finish(), or without an address to permit those of sidetone_stun_bind_finish()
 *
 * If nothing arrived, that is no error.
 *
 * Returns: (transfer full) (nullable): what became of the packets
 */
SidetoneEcho *
sidetone_echo_finish (GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
