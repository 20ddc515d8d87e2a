/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "nat/nat-trial.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/wait.h"
#include "turn/echo-packet.h"
#include "turn/stun-message.h"

#include <string.h>

/* One trial of a NAT: whether a packet arrives, either the answer to a STUN Binding request or an
 * unsolicited packet (a "knock"). The packet is sent several times, and the wait depends on the
 * round trip: otherwise silence would mean nothing. */

typedef struct
{
  GTask *task;                   /* owns this; NULL when the trial is over */
  SidetoneNatEnd from;
  SidetoneNatEnd at;
  SidetoneEndpoint *to;
  SidetoneBudget *budget;        /* NULL if nothing counts the packets */
  gulong handler;
  GBytes *packet;
  gboolean is_question;
  StunTransactionId id;          /* of a Binding request */
  guint8 token[SIDETONE_ECHO_TOKEN_LENGTH]; /* of a knock */
  guint wait_ms;
  guint interval_ms;
  guint n_sent;
  guint n_most;
  gint64 start;
  guint repeat_source;
  SidetoneWait *wait;
} Trial;

/**
 * sidetone_nat_arrival_free:
 * @self: (transfer full): an arrival
 */
void
sidetone_nat_arrival_free (SidetoneNatArrival *self)
{
  sidetone_endpoint_unref (self->source);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_clear_pointer (&self->other, sidetone_endpoint_unref);
  g_free (self);
}

static void
end_copy (SidetoneNatEnd       *end,
          const SidetoneNatEnd *other)
{
  g_set_object (&end->flow, other->flow);
  g_set_object (&end->turn, other->turn);
}

static void
end_clear (SidetoneNatEnd *end)
{
  g_clear_object (&end->flow);
  g_clear_object (&end->turn);
}

static gpointer
end_get_object (SidetoneNatEnd *end)
{
  return end->turn != NULL ? (gpointer) end->turn : (gpointer) end->flow;
}

static void
trial_free (gpointer data)
{
  Trial *trial = data;

  end_clear (&trial->from);
  end_clear (&trial->at);
  g_clear_pointer (&trial->to, sidetone_endpoint_unref);
  g_clear_pointer (&trial->budget, sidetone_budget_unref);
  g_clear_pointer (&trial->packet, g_bytes_unref);
  g_free (trial);
}

/* Stops waiting. Returns the reference to its task. */
static GTask *
end_trial (Trial *trial)
{
  g_clear_handle_id (&trial->repeat_source, g_source_remove);
  g_clear_pointer (&trial->wait, sidetone_wait_free);
  g_clear_signal_handler (&trial->handler, end_get_object (&trial->at));

  return g_steal_pointer (&trial->task);
}

/* Takes @error */
static void
fail_trial (Trial  *trial,
            GError *error)
{
  g_autoptr (GTask) task = end_trial (trial);

  g_task_return_error (task, error);
}

static void
succeed (Trial            *trial,
         SidetoneEndpoint *source,
         StunMessage      *message,
         gint64            time)
{
  g_autoptr (GTask) task = end_trial (trial);
  SidetoneNatArrival *arrival = g_new0 (SidetoneNatArrival, 1);

  if (trial->budget != NULL)
    sidetone_budget_prove (trial->budget, trial->to);
  arrival->source = sidetone_endpoint_ref (source);
  arrival->elapsed_us = time - trial->start;
  if (message != NULL)
    {
      arrival->mapped = sidetone_stun_message_dup_xor_address (message,
                                                               STUN_ATTRIBUTE_XOR_MAPPED_ADDRESS);
      arrival->other = sidetone_stun_message_dup_address (message, SIDETONE_STUN_OTHER_ADDRESS);
      /* Servers from before RFC 5389 */
      if (arrival->mapped == NULL)
        arrival->mapped = sidetone_stun_message_dup_address (message,
                                                             STUN_ATTRIBUTE_MAPPED_ADDRESS);
    }
  g_task_return_pointer (task, arrival, (GDestroyNotify) sidetone_nat_arrival_free);
}

/* From any source address: that is what the trial is about. Only the server knows the transaction
 * ID. */
static void
take_answer (Trial            *trial,
             SidetoneEndpoint *source,
             GBytes           *bytes,
             gint64            time)
{
  StunMessage message;
  StunTransactionId id;

  if (!sidetone_stun_message_read (&message, NULL, bytes) ||
      stun_message_get_method (&message) != STUN_BINDING)
    return;

  stun_message_id (&message, id);
  if (memcmp (id, trial->id, sizeof id) != 0)
    return;

  if (stun_message_get_class (&message) == STUN_RESPONSE)
    succeed (trial, source, &message, time);
  else if (stun_message_get_class (&message) == STUN_ERROR)
    fail_trial (trial, sidetone_stun_message_make_error (&message));
}

static void
on_end_received (Trial            *trial,
                 SidetoneEndpoint *source,
                 GBytes           *bytes,
                 gint64            time)
{
  guint number;

  if (trial->is_question)
    take_answer (trial, source, bytes, time);
  else if (sidetone_echo_packet_read (bytes, trial->token, SIDETONE_ECHO_THERE, &number))
    succeed (trial, source, NULL, time);
}

/* A failed send counts as packet loss */
static gboolean
send_cb (gpointer user_data)
{
  Trial *trial = user_data;
  gsize length;
  const guint8 *data = g_bytes_get_data (trial->packet, &length);

  trial->n_sent++;
  if (trial->budget != NULL && !sidetone_budget_spend (trial->budget, trial->to))
    g_debug ("A packet of a NAT trial is beyond the budget");
  else if (trial->from.turn != NULL)
    sidetone_turn_send (trial->from.turn, trial->to, data, length, NULL);
  else
    sidetone_flow_send (trial->from.flow, trial->to, data, length, NULL);

  /* The last packet has a third of the time, which is more than a round trip */
  if (trial->n_sent < trial->n_most &&
      trial->n_sent * trial->interval_ms <= trial->wait_ms * 2 / 3)
    return G_SOURCE_CONTINUE;

  trial->repeat_source = 0;
  return G_SOURCE_REMOVE;
}

static void
over_cb (gpointer user_data)
{
  Trial *trial = user_data;

  fail_trial (trial, sidetone_wait_make_error (trial->wait, SIDETONE_ERROR_STUN_NO_ANSWER,
                                               "Nothing"));
}

static Trial *
trial_new (GTask                *task,
           const SidetoneNatEnd *from,
           SidetoneEndpoint     *to,
           const SidetoneNatEnd *at,
           SidetoneBudget       *budget,
           guint                 wait_ms)
{
  Trial *trial = g_new0 (Trial, 1);

  g_task_set_task_data (task, trial, trial_free);
  trial->task = task;
  end_copy (&trial->from, from);
  end_copy (&trial->at, at);
  trial->to = sidetone_endpoint_ref (to);
  trial->budget = budget != NULL ? sidetone_budget_ref (budget) : NULL;
  trial->n_most = G_MAXUINT;
  trial->wait_ms = wait_ms;
  trial->interval_ms = MIN (wait_ms / 6, sidetone_deadlines.stun_retransmission);

  return trial;
}

static void
start (Trial *trial)
{
  trial->handler = g_signal_connect_swapped (end_get_object (&trial->at), "received",
                                             G_CALLBACK (on_end_received), trial);
  trial->wait = sidetone_wait_new (trial->wait_ms, g_task_get_cancellable (trial->task), over_cb,
                                   trial);
  trial->repeat_source = g_timeout_add_full (G_PRIORITY_HIGH, trial->interval_ms, send_cb, trial,
                                             NULL);

  trial->start = g_get_monotonic_time ();
  send_cb (trial);
}

static void
write_question (Trial            *trial,
                SidetoneNatChange change)
{
  guint8 buffer[128];
  StunAgent agent;
  StunMessage message;
  gboolean begun;
  gsize length;

  stun_agent_init (&agent, STUN_ALL_KNOWN_ATTRIBUTES, STUN_COMPATIBILITY_RFC5389, 0);
  begun = stun_agent_init_request (&agent, &message, buffer, sizeof buffer, STUN_BINDING);
  g_assert (begun);
  if (change != SIDETONE_NAT_CHANGE_NOTHING)
    stun_message_append32 (&message, STUN_ATTRIBUTE_CHANGE_REQUEST, change);
  length = stun_agent_finish_message (&agent, &message, NULL, 0);
  g_assert (length > 0);

  stun_message_id (&message, trial->id);
  trial->packet = g_bytes_new (buffer, length);
}

/**
 * sidetone_nat_ask_async:
 * @flow: the tested socket
 * @server: the server
 * @change: from where the server shall answer
 * @budget: (nullable): counts the packets, if another server named the address
 * @n_most: how many may be sent at most
 * @wait_ms: how long to wait
 * @cancellable: (nullable): ends it at once
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sends a Binding request to @server. Unlike with sidetone_stun_bind_async() the answer may come
 * from any address.
 */
void
sidetone_nat_ask_async (SidetoneFlow       *flow,
                        SidetoneEndpoint   *server,
                        SidetoneNatChange   change,
                        SidetoneBudget     *budget,
                        guint               n_most,
                        guint               wait_ms,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  const SidetoneNatEnd end = { .flow = flow };
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Trial *trial = trial_new (task, &end, server, &end, budget, wait_ms);

  g_task_set_source_tag (task, sidetone_nat_ask_async);
  trial->is_question = TRUE;
  trial->n_most = n_most;
  write_question (trial, change);
  start (trial);
}

/**
 * sidetone_nat_knock_async:
 * @from: the sender
 * @to: the destination
 * @at: the receiver
 * @budget: (nullable): counts the packets, if they leave this computer for an address that a server
 *   named
 * @wait_ms: how long to wait
 * @cancellable: (nullable): ends it at once
 * @callback: called when it has arrived, or has not in time
 * @user_data: for @callback
 *
 * Sends an unsolicited packet, which looks like audio (RTP), and waits for it to come in.
 */
void
sidetone_nat_knock_async (const SidetoneNatEnd *from,
                          SidetoneEndpoint     *to,
                          const SidetoneNatEnd *at,
                          SidetoneBudget       *budget,
                          guint                 wait_ms,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data)
{
  guint8 packet[SIDETONE_ECHO_AUDIO_SIZE];
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Trial *trial = trial_new (task, from, to, at, budget, wait_ms);

  g_task_set_source_tag (task, sidetone_nat_knock_async);
  for (gsize i = 0; i < sizeof trial->token; i++)
    trial->token[i] = g_random_int_range (0, 256);
  sidetone_echo_packet_write (packet, sizeof packet, trial->token, SIDETONE_ECHO_THERE, 0);
  trial->packet = g_bytes_new (packet, sizeof packet);
  start (trial);
}

/**
 * sidetone_nat_trial_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_STUN_NO_ANSWER if nothing came, %G_IO_ERROR_CANCELLED, or those of
 *   sidetone_stun_message_make_error()
 *
 * Returns: (transfer full) (nullable): the packet that arrived
 */
SidetoneNatArrival *
sidetone_nat_trial_finish (GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sidetone_nat_get_wait:
 * @round_trip_us: the round trip
 *
 * Returns: how long to wait for a packet, in milliseconds
 */
guint
sidetone_nat_get_wait (gint64 round_trip_us)
{
  return CLAMP (4 * round_trip_us / 1000, sidetone_deadlines.nat_min_wait, sidetone_deadlines.stun);
}
