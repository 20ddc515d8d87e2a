/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "calls.h"
#include "lib/clock.h"

#include "probes/nat-probe.h"
#include "probes/turn-probe.h"
#include "probes/video-probe.h"
#include "seen/video.h"
#include "turn/load.h"

/* When a rate is too much, with time as an argument */

#define BASE_US 20000

/* Packets at 100 a second */
typedef struct
{
  SidetoneLoad *load;
  gint64 time;
  guint n;
} Stream;

static void
stream_init (Stream *self)
{
  self->load = sidetone_load_new (2000);
  sidetone_load_set_base (self->load, BASE_US);
  self->time = 1000000;
  self->n = 0;
}

/* The next packet, which is lost if @trip_us is below 0 */
static void
stream_pass (Stream *self,
             gint64  trip_us)
{
  sidetone_load_note_sent (self->load, self->time);
  if (trip_us >= 0)
    g_assert_true (sidetone_load_note_arrived (self->load, self->n, self->time + trip_us));
  self->n++;
  self->time += 10000;
}

/* One of @n packets is lost. Returns how many were lost when it was too much; 0 if it never was. */
static guint
lose_one_of (guint n,
             guint until)
{
  Stream stream;
  guint n_lost = 0;
  gboolean is_lossy = FALSE;

  stream_init (&stream);
  while (stream.n < until && !is_lossy)
    {
      gboolean is_lost = stream.n % n == n - 1;

      n_lost += is_lost;
      stream_pass (&stream, is_lost ? -1 : BASE_US);
      is_lossy = sidetone_load_is_lossy (stream.load, stream.time);
    }
  g_assert_false (sidetone_load_is_late (stream.load));
  sidetone_load_free (stream.load);

  return is_lossy ? n_lost : 0;
}

static void
test_lossy (void)
{
  g_assert_cmpuint (lose_one_of (4, 1000), ==, 5);
  g_assert_cmpuint (lose_one_of (20, 1000), ==, 5);
  g_assert_cmpuint (lose_one_of (25, 1000), ==, 0);
  g_assert_cmpuint (lose_one_of (100, 1000), ==, 0);
}

/* Nothing comes any more: that is noticed without any later packet. */
static void
test_silent (void)
{
  Stream stream;

  stream_init (&stream);
  for (guint i = 0; i < 100; i++)
    stream_pass (&stream, BASE_US);
  for (guint i = 0; i < 5; i++)
    stream_pass (&stream, -1);
  g_assert_false (sidetone_load_is_lossy (stream.load, stream.time + 100000));
  g_assert_true (sidetone_load_is_lossy (stream.load, stream.time + 250000));
  g_assert_false (sidetone_load_is_lossy_throughout (stream.load));
  g_assert_cmpuint (sidetone_load_get_n_in_row (stream.load), ==, 5);
  g_assert_false (sidetone_load_is_decided (stream.load, stream.time + 100000));
  g_assert_true (sidetone_load_is_decided (stream.load, stream.time + 500000));
  sidetone_load_free (stream.load);
}

/* What is lost at the end counts for the whole. */
static void
test_throughout (void)
{
  Stream stream;

  stream_init (&stream);
  for (guint i = 0; i < 200; i++)
    stream_pass (&stream, i % 19 == 0 ? -1 : BASE_US);
  g_assert_true (sidetone_load_is_lossy_throughout (stream.load));
  sidetone_load_free (stream.load);
}

/* A queue grows, and packets stay late. */
static void
test_late (void)
{
  Stream stream;

  stream_init (&stream);
  for (guint i = 0; i < 75; i++)
    stream_pass (&stream, BASE_US + i * 2000);
  g_assert_false (sidetone_load_is_late (stream.load));
  for (guint i = 75; i < 81; i++)
    stream_pass (&stream, BASE_US + i * 2000);
  g_assert_true (sidetone_load_is_late (stream.load));
  sidetone_load_free (stream.load);
}

/* A pause of Wi-Fi: what waited meanwhile comes at once, and then all is as before. */
static void
test_pause (void)
{
  Stream stream;

  stream_init (&stream);
  for (guint i = 0; i < 300; i++)
    stream_pass (&stream, i >= 100 && i < 120 ? (120 - i) * 10000 + BASE_US + i * 50 : BASE_US);
  g_assert_false (sidetone_load_is_late (stream.load));
  sidetone_load_free (stream.load);
}

/* The whole test */

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  SidetoneTestCalls *calls = user_data;

  calls->completed = sidetone_probe_run_finish (SIDETONE_PROBE (source), result, NULL);
  calls->returned = TRUE;
}

/* As in a check: the relay has been tested before. */
static void
start (SidetoneTestCalls *calls,
       SidetoneTestRelay *server)
{
  g_autoptr (SidetoneProbe) probe = sidetone_video_probe_new ();

  sidetone_test_calls_init (calls);
  sidetone_test_calls_announce_relay (calls, "turn", server);
  sidetone_test_calls_run (calls, sidetone_turn_probe_new ());
  g_assert_false (sidetone_probe_is_ready (probe, calls->context));
  g_assert_true (sidetone_probe_is_alone (probe));
  sidetone_context_set_nat_known (calls->context);
  calls->returned = FALSE;
  calls->start = g_get_monotonic_time ();
  sidetone_probe_run_async (probe, calls->context, calls->cancellable, run_cb, calls);
}

static const SidetoneVideoSeen *
find_seen (SidetoneTestCalls *calls)
{
  SidetoneObservation *video = sidetone_test_calls_find (calls, "video");

  g_assert_true (sidetone_observation_has_passed (video));
  return sidetone_observation_get_video (video);
}

static gint64
get (GArray *numbers,
     guint   i)
{
  g_assert_cmpuint (i, <, numbers->len);
  return g_array_index (numbers, gint64, i);
}

static void
test_all (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  static const guint rates[] = { 600, 1200, 2500 };
  SidetoneTestCalls calls;
  const SidetoneVideoSeen *seen;
  gint64 n_sent = 0;
  guint n_before;

  start (&calls, server);
  n_before = sidetone_test_relay_get_n_requests (server, SIDETONE_TEST_RELAY_BINDING);
  sidetone_test_calls_wait (&calls);
  g_assert_cmpint (g_get_monotonic_time () - calls.start, <, 10 * G_USEC_PER_SEC);

  seen = find_seen (&calls);
  g_assert_cmpint (seen->ended, ==, SIDETONE_VIDEO_END_ALL);
  g_assert_cmpuint (seen->rates->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (get (seen->rates, i), ==, rates[i]);
      g_assert_cmpint (get (seen->sent, i), ==, rates[i] * 3000 / 9600);
      g_assert_cmpint (get (seen->arrived, i), ==, get (seen->sent, i));
      g_assert_cmpint (get (seen->in_row, i), ==, 0);
      g_assert_cmpint (get (seen->stun_answered, i), ==, get (seen->stun_asked, i));
      g_assert_cmpint (get (seen->stun_asked, i), >, 25);
      n_sent += get (seen->sent, i);
    }
  g_assert_cmpint (n_sent * (1200 + 36 + 28), <, 2 * 1000 * 1000);
  g_assert_cmpuint (sidetone_test_relay_get_n_requests (server, SIDETONE_TEST_RELAY_BINDING) - n_before,
                    <, 120);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  g_assert_cmpuint (sidetone_context_get_video_kbits (calls.context), ==, 2500);
  sidetone_test_calls_clear (&calls);
}

/* It stops as soon as too much gets lost. */
static void
test_limit (void)
{
  const SidetoneTestRelayScript script = { .max_bps = 100000 };
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (&script);
  SidetoneTestCalls calls;
  const SidetoneVideoSeen *seen;

  start (&calls, server);
  sidetone_test_calls_wait (&calls);
  seen = find_seen (&calls);
  g_assert_cmpint (seen->ended, ==, SIDETONE_VIDEO_END_LOSS);
  g_assert_cmpuint (seen->rates->len, ==, 2);
  g_assert_cmpint (get (seen->in_row, 1), >=, 5);
  g_assert_cmpint (get (seen->sent, 1), <, 250);
  g_assert_cmpint (get (seen->stun_answered, 1), ==, get (seen->stun_asked, 1));
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  sidetone_test_calls_clear (&calls);
}

static void
test_cancelled (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;
  guint n;

  start (&calls, server);
  n = sidetone_test_calls_count (&calls);
  while (sidetone_context_get_video_kbits (calls.context) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (calls.cancellable);
  sidetone_test_calls_wait (&calls);
  g_assert_false (calls.completed);
  g_assert_cmpuint (sidetone_test_calls_count (&calls), ==, n);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (server), ==, 0);
  sidetone_test_calls_clear (&calls);
}

static void
test_no_relay (void)
{
  g_autoptr (SidetoneTestRelay) server = sidetone_test_relay_new (NULL);
  SidetoneTestCalls calls;

  sidetone_test_calls_init (&calls);
  sidetone_test_calls_announce_relay (&calls, "stun", server);
  sidetone_context_set_nat_known (calls.context);
  sidetone_test_calls_run (&calls, sidetone_video_probe_new ());
  sidetone_test_calls_assert (&calls, "video skipped no relay");
  g_assert_cmpint (sidetone_observation_get_video (sidetone_test_calls_find (&calls, "video"))->reason,
                   ==, SIDETONE_SKIP_REASON_NO_RELAY);
  sidetone_test_calls_clear (&calls);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  g_test_add_func ("/load/lossy", test_lossy);
  g_test_add_func ("/load/silent", test_silent);
  g_test_add_func ("/load/throughout", test_throughout);
  g_test_add_func ("/load/late", test_late);
  g_test_add_func ("/load/pause", test_pause);
  g_test_add_func ("/video-probe/all", test_all);
  g_test_add_func ("/video-probe/limit", test_limit);
  g_test_add_func ("/video-probe/cancelled", test_cancelled);
  g_test_add_func ("/video-probe/no-relay", test_no_relay);

  return g_test_run ();
}
