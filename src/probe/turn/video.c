/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/video.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/gateway.h"
#include "net/ping.h"
#include "net/wait.h"
#include "turn/echo-packet.h"
#include "turn/load.h"

/* Room for a video call (throughput, and latency under load): packets through a TURN allocation, at
 * the rate of a call and never faster.
 *
 *     second socket -> relayed address -> relay's owner
 *
 * Both ends are sockets of this computer, so each packet crosses its line out and in once, as a
 * call's do that sends as much as it receives, and one clock measures the trip. The narrower direction
 * decides. Nothing is sent back.
 *
 * Before the first step a few packets show how long a trip takes while little is sent. A step ends the
 * test as soon as it is too much (turn/load.c). Meanwhile the relay's host is asked by STUN beside the
 * relay (turn/lane.c), and the nearest router (ICMP echo): what is late there, too, waits in a queue on
 * the way, or before that router.
 *
 * A server may name anybody as the relayed address. So the first packets are few, until one has come
 * through: that is the relay's consent to the others. */

/* In bytes; with the headers of a Data indication it fits an MTU of 1280 */
#define PACKET_SIZE 1200

/* Less than 2 MB in all, each way */
#define STEP_MS 3000

/* A voice is sent as often as that. A program that was held up catches up with a few packets at
 * once, and leaves out the others' time. */
#define BASE_PACKETS 10
#define BASE_INTERVAL_US (50 * 1000)
#define MAX_AT_ONCE 4

#define TICK_MS 4
#define HELD_UP_US (50 * 1000)
#define BASE_ASK_US (50 * 1000)
#define ASK_US (100 * 1000)
#define PING_MS 100
#define MAX_PINGS 200

#define N_TRIES SIDETONE_BUDGET_UNANSWERED
#define N_PARTS (1 + SIDETONE_VIDEO_STEPS)

static const guint rates[SIDETONE_VIDEO_STEPS] = { 600, 1200, 2500 };

/* The packets of a step, or those before the first one */
typedef struct
{
  SidetoneLoad *load;
  guint kbits;                   /* 0 before the first step */
  guint first;                   /* the number of the first packet */
  guint n_packets;
  gint64 interval_us;
  gint64 start;
} Part;

typedef struct
{
  GTask *task;                   /* owns this; NULL when the test is over */
  SidetoneTurn *turn;
  SidetoneFlow *flow;
  gulong turn_handler;
  SidetoneEndpoint *reached;
  SidetoneBudget *budget;
  SidetoneLane *stun;
  SidetonePing *router;          /* NULL if it can't be asked */
  SidetoneVideoProgressFunc progress;
  gpointer progress_data;
  guint8 token[SIDETONE_ECHO_TOKEN_LENGTH];
  Part parts[N_PARTS];
  guint part;
  guint n_tries;                 /* before the consent */
  gboolean has_consent;
  gint64 next_ask;
  gint64 last_tick;
  gint64 base_us;
  SidetoneVideoEnd ended;        /* once nothing more is sent */
  guint n_parts;                 /* those that count */
  guint source;
  SidetoneWait *wait;            /* for the caller's cancel */
} Test;

static void
test_free (gpointer data)
{
  Test *test = data;

  for (guint i = 0; i < N_PARTS; i++)
    sidetone_load_free (test->parts[i].load);
  g_clear_object (&test->turn);
  g_clear_object (&test->flow);
  g_clear_pointer (&test->stun, sidetone_lane_free);
  g_clear_pointer (&test->router, sidetone_ping_free);
  sidetone_endpoint_unref (test->reached);
  sidetone_budget_unref (test->budget);
  g_free (test);
}

/* Stops everything. Returns the reference to its task. */
static GTask *
end_test (Test *test)
{
  g_clear_handle_id (&test->source, g_source_remove);
  g_clear_pointer (&test->wait, sidetone_wait_free);
  g_clear_signal_handler (&test->turn_handler, test->turn);
  sidetone_flow_close (test->flow);

  return g_steal_pointer (&test->task);
}

/* Takes @error */
static void
fail_test (Test   *test,
           GError *error)
{
  g_autoptr (GTask) task = end_test (test);

  g_task_return_error (task, error);
}

/* The pings that were sent during @part; those before the first step belong to part 0 */
static void
read_router (Test                *test,
             guint                part,
             SidetoneLaneFigures *figures)
{
  SidetoneTrips *trips = test->router != NULL ? sidetone_ping_get_trips (test->router) : NULL;
  g_autoptr (SidetoneTrips) own = sidetone_trips_new (MAX_PINGS);
  gint64 from = part == 0 ? 0 : test->parts[part].start;
  gint64 until = part < test->part ? test->parts[part + 1].start : G_MAXINT64;
  guint n = 0;

  for (guint i = 0; trips != NULL && i < sidetone_trips_get_n_sent (trips); i++)
    {
      gint64 sent = sidetone_trips_get_sent (trips, i);
      gint64 trip = sidetone_trips_get_trip (trips, i);

      if (sent < from || sent >= until)
        continue;
      sidetone_trips_note_sent (own, n, sent);
      if (trip >= 0)
        sidetone_trips_note_arrived (own, n, sent + trip);
      n++;
    }
  *figures = (SidetoneLaneFigures) {
    n, sidetone_trips_get_n_arrived (own), sidetone_trips_get_percentile (own, 50),
    sidetone_trips_get_percentile (own, 95),
  };
}

static void
read_step (Test              *test,
           guint              part,
           SidetoneVideoStep *step)
{
  SidetoneLoad *load = test->parts[part].load;

  step->kbits = test->parts[part].kbits;
  step->n_sent = sidetone_load_get_n_sent (load);
  step->n_arrived = sidetone_load_get_n_arrived (load);
  step->n_in_row = sidetone_load_get_n_in_row (load);
  step->p50_us = sidetone_load_get_percentile (load, 50);
  step->p95_us = sidetone_load_get_percentile (load, 95);
  sidetone_lane_read (test->stun, part, &step->stun);
  read_router (test, part, &step->router);
}

static void
finish_test (Test *test)
{
  SidetoneVideo *video = g_new0 (SidetoneVideo, 1);
  SidetoneLaneFigures figures;
  g_autoptr (GTask) task = NULL;

  video->ended = test->ended;
  video->base_us = sidetone_load_get_percentile (test->parts[0].load, 50);
  sidetone_lane_read (test->stun, 0, &figures);
  video->stun_base_us = figures.p50_us;
  read_router (test, 0, &figures);
  video->router_base_us = figures.p50_us;
  video->n_steps = test->n_parts - 1;
  for (guint i = 0; i < video->n_steps; i++)
    read_step (test, i + 1, &video->steps[i]);

  task = end_test (test);
  g_task_return_pointer (task, video, g_free);
}

static void
send_next (Test *test)
{
  Part *part = &test->parts[test->part];
  guint8 packet[PACKET_SIZE];

  sidetone_echo_packet_write (packet, sizeof packet, test->token, SIDETONE_ECHO_THERE,
                              part->first + sidetone_load_get_n_sent (part->load));
  sidetone_load_note_sent (part->load, g_get_monotonic_time ());
  /* A failed send counts as packet loss. */
  sidetone_flow_send (test->flow, test->reached, packet, sizeof packet, NULL);
}

/* Paced by the clock, so that delays don't add up */
static void
send_due (Test  *test,
          gint64 now)
{
  Part *part = &test->parts[test->part];
  guint n_sent = sidetone_load_get_n_sent (part->load);
  guint n_due = MIN ((now - part->start) / part->interval_us + 1, part->n_packets);

  if (n_due > n_sent + MAX_AT_ONCE)
    {
      n_due = n_sent + MAX_AT_ONCE;
      part->start = now - (n_due - 1) * part->interval_us;
    }
  for (guint i = n_sent; i < n_due; i++)
    send_next (test);
}

static void
ask_due (Test  *test,
         gint64 now)
{
  if (test->stun == NULL || now < test->next_ask)
    return;

  sidetone_lane_ask (test->stun);
  test->next_ask = now + (test->part == 0 ? BASE_ASK_US : ASK_US);
}

static void
begin_part (Test  *test,
            guint  number,
            gint64 now)
{
  test->part = number;
  test->n_parts = number + 1;
  test->parts[number].start = now;
  if (test->stun != NULL)
    sidetone_lane_begin_part (test->stun);
  if (number == 0)
    return;

  sidetone_load_set_base (test->parts[number].load, test->base_us);
  if (test->progress != NULL)
    test->progress (test->parts[number].kbits, test->progress_data);
}

/* Nothing more is sent. What is on its way may still arrive. @part is the last one that counts. */
static void
stop (Test            *test,
      SidetoneVideoEnd ended,
      guint            part)
{
  test->ended = ended;
  test->n_parts = part + 1;
  if (test->router != NULL)
    sidetone_ping_stop (test->router);
}

/* Whether a part's rate is too much */
static gboolean
judge_part (Test  *test,
            guint  number,
            gint64 now)
{
  SidetoneLoad *load = test->parts[number].load;
  gboolean is_over = number < test->part && sidetone_load_is_decided (load, now);

  if (sidetone_load_is_late (load))
    stop (test, SIDETONE_VIDEO_END_DELAY, number);
  else if (sidetone_load_is_lossy (load, now) ||
           (is_over && sidetone_load_is_lossy_throughout (load)))
    stop (test, SIDETONE_VIDEO_END_LOSS, number);

  return test->ended != SIDETONE_VIDEO_END_UNKNOWN;
}

static void
judge (Test  *test,
       gint64 now)
{
  for (guint i = MAX (test->part, 2) - 1; i <= test->part; i++)
    {
      if (judge_part (test, i, now))
        return;
    }
}

static gboolean
is_part_over (Test  *test,
              gint64 now)
{
  Part *part = &test->parts[test->part];

  return sidetone_load_get_n_sent (part->load) == part->n_packets &&
         now - part->start >= part->n_packets * part->interval_us;
}

/* The packets before the first step have to come through: all else is compared with them. */
static void
end_base (Test  *test,
          gint64 now)
{
  SidetoneLoad *load = test->parts[0].load;

  if (sidetone_load_get_n_arrived (load) < BASE_PACKETS &&
      now - test->parts[0].start < BASE_PACKETS * BASE_INTERVAL_US +
      sidetone_deadlines.echo * G_TIME_SPAN_MILLISECOND)
    return;

  if (2 * sidetone_load_get_n_arrived (load) < BASE_PACKETS)
    {
      stop (test, SIDETONE_VIDEO_END_LOSS, 0);
      return;
    }

  test->base_us = sidetone_load_get_percentile (load, 50);
  begin_part (test, 1, now);
}

static void
go_on (Test  *test,
       gint64 now)
{
  if (!is_part_over (test, now))
    return;

  if (test->part == 0)
    end_base (test, now);
  else if (test->part < SIDETONE_VIDEO_STEPS)
    begin_part (test, test->part + 1, now);
  else if (sidetone_load_is_decided (test->parts[test->part].load, now))
    stop (test, sidetone_load_is_lossy_throughout (test->parts[test->part].load)
          ? SIDETONE_VIDEO_END_LOSS : SIDETONE_VIDEO_END_ALL, test->part);
}

static gboolean
are_all_decided (Test  *test,
                 gint64 now)
{
  for (guint i = 1; i <= test->part; i++)
    {
      if (sidetone_load_get_n_sent (test->parts[i].load) > 0 &&
          !sidetone_load_is_decided (test->parts[i].load, now))
        return FALSE;
    }

  return TRUE;
}

/* After a pause of this program, what has arrived meanwhile is read before anything is judged. */
static gboolean
tick_cb (gpointer user_data)
{
  Test *test = user_data;
  gint64 now = g_get_monotonic_time ();
  gboolean is_held_up = now - test->last_tick > HELD_UP_US;

  test->last_tick = now;
  if (is_held_up)
    return G_SOURCE_CONTINUE;

  if (test->ended == SIDETONE_VIDEO_END_UNKNOWN)
    {
      judge (test, now);
      if (test->ended == SIDETONE_VIDEO_END_UNKNOWN)
        go_on (test, now);
    }
  if (test->ended == SIDETONE_VIDEO_END_UNKNOWN)
    {
      send_due (test, now);
      ask_due (test, now);
    }
  else if (are_all_decided (test, now))
    {
      test->source = 0;
      finish_test (test);
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static void
start_pacing (Test *test)
{
  g_clear_handle_id (&test->source, g_source_remove);
  test->last_tick = g_get_monotonic_time ();
  begin_part (test, 0, test->last_tick);
  test->source = g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, tick_cb, test, NULL);
}

static void
take_consent (Test *test)
{
  test->has_consent = TRUE;
  sidetone_budget_prove (test->budget, test->reached);
  start_pacing (test);
}

/* Each packet has a number of its own: those before the consent have the highest. */
static void
on_turn_received (Test             *test,
                  SidetoneEndpoint *peer,
                  GBytes           *bytes,
                  gint64            time)
{
  guint number;

  if (!sidetone_echo_packet_read (bytes, test->token, SIDETONE_ECHO_THERE, &number))
    return;

  if (!test->has_consent)
    take_consent (test);
  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &test->parts[i];

      if (number >= part->first && number < part->first + part->n_packets)
        sidetone_load_note_arrived (part->load, number - part->first, time);
    }
}

/* Before the relay's consent */
static gboolean
try_cb (gpointer user_data)
{
  Test *test = user_data;
  guint8 packet[SIDETONE_ECHO_AUDIO_SIZE];

  if (test->n_tries++ == N_TRIES)
    {
      test->source = 0;
      fail_test (test, g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_RELAY_SILENT,
                                            "No packet came through"));
      return G_SOURCE_REMOVE;
    }

  sidetone_echo_packet_write (packet, sizeof packet, test->token, SIDETONE_ECHO_THERE, G_MAXUINT16);
  if (sidetone_budget_spend (test->budget, test->reached))
    sidetone_flow_send (test->flow, test->reached, packet, sizeof packet, NULL);

  return G_SOURCE_CONTINUE;
}

static void
permit_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Test *test = g_task_get_task_data (task);
  GError *error = NULL;

  if (!sidetone_turn_permit_finish (SIDETONE_TURN (source), result, &error))
    {
      if (test->task != NULL)
        fail_test (test, error);
      else
        g_error_free (error);
      return;
    }
  if (test->task == NULL)
    return;

  test->source = g_timeout_add_full (G_PRIORITY_HIGH, sidetone_deadlines.consent / (N_TRIES - 1),
                                     try_cb, test, NULL);
  try_cb (test);
}

/* The nearest router on the way to the relay's host */
static SidetonePing *
ping_router (SidetoneEndpoint *server)
{
  g_autofree char *interface = NULL;
  g_autoptr (GInetSocketAddress) router = sidetone_gateway_find (
    sidetone_endpoint_get_address (server), &interface);

  return router != NULL ? sidetone_ping_new (router, PING_MS, MAX_PINGS) : NULL;
}

static void
cancelled_cb (gpointer user_data)
{
  fail_test (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}

static void
init_parts (Test *test)
{
  guint first = 0;

  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &test->parts[i];

      part->kbits = i == 0 ? 0 : rates[i - 1];
      part->n_packets = i == 0 ? BASE_PACKETS : part->kbits * STEP_MS / (8 * PACKET_SIZE);
      part->interval_us = i == 0 ? BASE_INTERVAL_US : 8 * PACKET_SIZE * 1000 / part->kbits;
      part->first = first;
      part->load = sidetone_load_new (part->n_packets);
      first += part->n_packets;
    }
}

/**
 * sidetone_video_async:
 * @relay: a relay over UDP, with an allocation
 * @reached: where the second socket sends: see sidetone_budget_reach()
 * @budget: the check's budget
 * @flow: the second socket, which ends with the test
 * @mapped: its reflexive address, or one with the same IP address
 * @progress: (nullable) (scope async): called at the beginning of each step
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it at once
 * @callback: called with the result, at the latest 10 s and some trips after the consent
 * @user_data: for @callback
 *
 * Tests how much video there is room for.
 */
void
sidetone_video_async (SidetoneTurn             *relay,
                      SidetoneEndpoint         *reached,
                      SidetoneBudget           *budget,
                      SidetoneFlow             *flow,
                      SidetoneEndpoint         *mapped,
                      SidetoneVideoProgressFunc progress,
                      gpointer                  progress_data,
                      GCancellable             *cancellable,
                      GAsyncReadyCallback       callback,
                      gpointer                  user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Test *test = g_new0 (Test, 1);

  g_task_set_source_tag (task, sidetone_video_async);
  g_task_set_task_data (task, test, test_free);
  test->task = task;
  test->turn = g_object_ref (relay);
  test->flow = g_object_ref (flow);
  test->reached = sidetone_endpoint_ref (reached);
  test->budget = sidetone_budget_ref (budget);
  test->stun = sidetone_lane_new (sidetone_turn_get_server (relay));
  test->router = ping_router (sidetone_turn_get_server (relay));
  test->progress = progress;
  test->progress_data = progress_data;
  for (gsize i = 0; i < sizeof test->token; i++)
    test->token[i] = g_random_int_range (0, 256);
  init_parts (test);
  test->turn_handler = g_signal_connect_swapped (relay, "received", G_CALLBACK (on_turn_received),
                                                 test);
  test->wait = sidetone_wait_new (0, cancellable, cancelled_cb, test);
  sidetone_turn_permit_async (relay, mapped, cancellable, permit_cb, g_object_ref (task));
}

/**
 * sidetone_video_finish:
 * @result: what the callback was given
 * @error: %SIDETONE_ERROR_RELAY_SILENT, or those of sidetone_turn_permit_finish()
 *
 * Returns: (transfer full) (nullable): what became of the packets, to be freed with g_free()
 */
SidetoneVideo *
sidetone_video_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
