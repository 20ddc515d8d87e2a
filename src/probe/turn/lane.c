/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/lane.h"

#include "base/deadlines.h"
#include "net/flow.h"
#include "net/trips.h"
#include "turn/stun-client.h"

/* Latency beside a load: small questions to a host while something else fills the line, and how long
 * each answer takes (STUN Binding transactions, RFC 8489). The parts of a test are counted apart. */

#define MAX_PARTS 8
#define MAX_QUESTIONS 256

struct _SidetoneLane
{
  SidetoneFlow *flow;
  SidetoneStunClient *client;
  GCancellable *cancellable;
  SidetoneTrips *parts[MAX_PARTS];
  guint n_parts;
};

/* A question on its way: each is sent once, for one that is lost tells something. The lane may be gone when it returns. */
typedef struct
{
  SidetoneLane *lane;
  GCancellable *cancellable;
  guint part;
  guint number;
  gint64 sent;
} Question;

static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (GCancellable) cancellable = question->cancellable;
  g_autoptr (SidetoneStunAnswer) answer = NULL;

  answer = sidetone_stun_client_ask_finish (SIDETONE_STUN_CLIENT (source), result, NULL);
  if (g_cancellable_is_cancelled (cancellable) || answer == NULL || answer->round_trip_us < 0)
    return;

  sidetone_trips_note_arrived (question->lane->parts[question->part], question->number,
                               question->sent + answer->round_trip_us);
}

/**
 * sidetone_lane_new:
 * @server: a STUN server over UDP
 *
 * Returns: (transfer full) (nullable): a lane; %NULL if no way leads there
 */
SidetoneLane *
sidetone_lane_new (SidetoneEndpoint *server)
{
  g_autoptr (SidetoneFlow) flow = sidetone_flow_new_towards (server, NULL);
  SidetoneLane *self;

  if (flow == NULL)
    return NULL;

  self = g_new0 (SidetoneLane, 1);
  self->client = sidetone_stun_client_new (flow, server);
  self->flow = g_steal_pointer (&flow);
  self->cancellable = g_cancellable_new ();

  return self;
}

/**
 * sidetone_lane_free:
 * @self: (transfer full): a lane
 */
void
sidetone_lane_free (SidetoneLane *self)
{
  g_cancellable_cancel (self->cancellable);
  sidetone_flow_close (self->flow);
  g_clear_object (&self->client);
  g_clear_object (&self->flow);
  g_clear_object (&self->cancellable);
  for (guint i = 0; i < self->n_parts; i++)
    sidetone_trips_free (self->parts[i]);
  g_free (self);
}

/**
 * sidetone_lane_begin_part:
 * @self: a lane
 *
 * Questions from now on belong to another part, the first one of which has the number 0.
 */
void
sidetone_lane_begin_part (SidetoneLane *self)
{
  g_return_if_fail (self->n_parts < MAX_PARTS);

  self->parts[self->n_parts++] = sidetone_trips_new (MAX_QUESTIONS);
}

/**
 * sidetone_lane_ask:
 * @self: a lane with a part
 *
 * Asks a question, and does not wait for the answers to others.
 */
void
sidetone_lane_ask (SidetoneLane *self)
{
  SidetoneTrips *trips = self->parts[self->n_parts - 1];
  Question *question;
  SidetoneStunRequest request;

  if (sidetone_trips_get_n_sent (trips) == MAX_QUESTIONS)
    return;

  question = g_new0 (Question, 1);
  question->lane = self;
  question->cancellable = g_object_ref (self->cancellable);
  question->part = self->n_parts - 1;
  question->number = sidetone_trips_get_n_sent (trips);
  question->sent = g_get_monotonic_time ();
  sidetone_trips_note_sent (trips, question->number, question->sent);
  sidetone_stun_client_begin (self->client, STUN_BINDING, &request);
  sidetone_stun_client_ask_async (self->client, &request, NULL,
                                  sidetone_deadlines.stun_retransmission, self->cancellable, ask_cb,
                                  question);
}

/**
 * sidetone_lane_read:
 * @self: (nullable): a lane; none was asked if it is %NULL
 * @part: a part's number
 * @figures: (out caller-allocates): the figures of its questions so far
 */
void
sidetone_lane_read (SidetoneLane        *self,
                    guint                part,
                    SidetoneLaneFigures *figures)
{
  *figures = (SidetoneLaneFigures) { .p50_us = -1, .p95_us = -1 };
  if (self == NULL || part >= self->n_parts)
    return;

  figures->n_asked = sidetone_trips_get_n_sent (self->parts[part]);
  figures->n_answered = sidetone_trips_get_n_arrived (self->parts[part]);
  figures->p50_us = sidetone_trips_get_percentile (self->parts[part], 50);
  figures->p95_us = sidetone_trips_get_percentile (self->parts[part], 95);
}
