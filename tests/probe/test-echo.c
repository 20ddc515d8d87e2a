/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/deadlines.h"
#include "base/error.h"
#include "lib/clock.h"
#include "lib/lossy.h"
#include "lib/relay.h"
#include "turn/echo-packet.h"
#include "turn/echo.h"

/* Statistics, with time as an argument */

static void
test_no_trips (void)
{
  g_autoptr (SidetoneTrips) trips = sidetone_trips_new (3);

  g_assert_false (sidetone_trips_note_arrived (trips, 0, 100));
  g_assert_false (sidetone_trips_note_arrived (trips, 3, 100));
  g_assert_cmpuint (sidetone_trips_get_n_sent (trips), ==, 0);
  g_assert_cmpint (sidetone_trips_get_percentile (trips, 50), ==, -1);
  g_assert_cmpint (sidetone_trips_get_jitter (trips), ==, -1);
  g_assert_cmpint (sidetone_trips_get_trip (trips, 0), ==, -1);

  /* A packet that did not arrive has no trip */
  sidetone_trips_note_sent (trips, 0, 100);
  g_assert_cmpint (sidetone_trips_get_percentile (trips, 50), ==, -1);
  g_assert_true (sidetone_trips_note_arrived (trips, 0, 350));
  g_assert_cmpint (sidetone_trips_get_percentile (trips, 50), ==, 250);
  g_assert_cmpint (sidetone_trips_get_percentile (trips, 95), ==, 250);
  /* One packet has no jitter */
  g_assert_cmpint (sidetone_trips_get_jitter (trips), ==, -1);
}

static void
test_percentiles (void)
{
  g_autoptr (SidetoneTrips) trips = sidetone_trips_new (100);

  for (guint i = 0; i < 100; i++)
    {
      sidetone_trips_note_sent (trips, i, i * 20000);
      /* 1 to 100 ms, in a shuffled order */
      g_assert_true (sidetone_trips_note_arrived (trips, i, i * 20000 + (i * 37 % 100 + 1) * 1000));
    }

  g_assert_cmpint (sidetone_trips_get_percentile (trips, 50), ==, 50000);
  g_assert_cmpint (sidetone_trips_get_percentile (trips, 95), ==, 95000);
  g_assert_cmpint (sidetone_trips_get_percentile (trips, 100), ==, 100000);
  g_assert_cmpint (sidetone_trips_get_percentile (trips, 1), ==, 1000);
  g_assert_cmpint (sidetone_trips_get_trip (trips, 1), ==, 38000);
}

/* RFC 3550, section 6.4.1: J := J + (|D| - J) / 16 */
static void
test_jitter (void)
{
  g_autoptr (SidetoneTrips) steady = sidetone_trips_new (50);
  g_autoptr (SidetoneTrips) three = sidetone_trips_new (3);
  g_autoptr (SidetoneTrips) shaky = sidetone_trips_new (1000);
  static const gint64 took[] = { 10000, 26000, 18000 };

  for (guint i = 0; i < 50; i++)
    {
      sidetone_trips_note_sent (steady, i, i * 20000);
      sidetone_trips_note_arrived (steady, i, i * 20000 + 300000);
    }
  g_assert_cmpint (sidetone_trips_get_jitter (steady), ==, 0);

  /* 16000/16 = 1000; 1000 + (8000 - 1000)/16 = 1437.5 */
  for (guint i = 0; i < 3; i++)
    {
      sidetone_trips_note_sent (three, i, i * 20000);
      sidetone_trips_note_arrived (three, i, i * 20000 + took[i]);
    }
  g_assert_cmpint (sidetone_trips_get_jitter (three), ==, 1438);

  /* 8 ms from each to the next */
  for (guint i = 0; i < 1000; i++)
    {
      sidetone_trips_note_sent (shaky, i, i * 20000);
      sidetone_trips_note_arrived (shaky, i, i * 20000 + 100000 + i % 2 * 8000);
    }
  g_assert_cmpint (sidetone_trips_get_jitter (shaky), ==, 8000);
}

static void
test_order (void)
{
  g_autoptr (SidetoneTrips) trips = sidetone_trips_new (8);
  static const guint arrivals[] = { 0, 3, 1, 2, 6, 4, 5, 4, 6 };

  for (guint i = 0; i < 8; i++)
    sidetone_trips_note_sent (trips, i, i);
  for (guint i = 0; i < G_N_ELEMENTS (arrivals); i++)
    sidetone_trips_note_arrived (trips, arrivals[i], 100 + i);

  g_assert_cmpuint (sidetone_trips_get_n_sent (trips), ==, 8);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (trips), ==, 7);
  g_assert_cmpuint (sidetone_trips_get_n_reordered (trips), ==, 4);
  g_assert_cmpuint (sidetone_trips_get_n_duplicates (trips), ==, 2);
}

/* Another check's packets do not count */
static void
test_packets (void)
{
  static const guint8 token[SIDETONE_ECHO_TOKEN_LENGTH] = "this check's own";
  static const guint8 other[SIDETONE_ECHO_TOKEN_LENGTH] = "that check's own";
  guint8 packet[SIDETONE_ECHO_AUDIO_SIZE];
  g_autoptr (GBytes) whole = NULL;
  guint number = 0;

  sidetone_echo_packet_write (packet, sizeof packet, token, SIDETONE_ECHO_THERE, 0x1234);
  whole = g_bytes_new (packet, sizeof packet);
  /* It can't be taken for STUN, whose first two bits are 0 (RFC 7983) */
  g_assert_cmpuint (packet[0] >> 6, ==, 2);

  g_assert_true (sidetone_echo_packet_read (whole, token, SIDETONE_ECHO_THERE, &number));
  g_assert_cmpuint (number, ==, 0x1234);
  g_assert_false (sidetone_echo_packet_read (whole, other, SIDETONE_ECHO_THERE, &number));
  /* A mirror on the path is not a relay */
  g_assert_false (sidetone_echo_packet_read (whole, token, SIDETONE_ECHO_BACK, &number));
  for (gsize length = 0; length < sizeof packet; length++)
    {
      g_autoptr (GBytes) piece = g_bytes_new (packet, length);

      g_assert_false (sidetone_echo_packet_read (piece, token, SIDETONE_ECHO_THERE, &number));
    }
}

/* Packets through a relay in this process */

typedef struct
{
  SidetoneTestRelay *server;
  SidetoneEndpoint *endpoint;
  SidetoneTurn *relays[2];
  SidetoneTestLossy *socket;
  SidetoneFlow *flow;
  SidetoneEcho *echo;
  GError *error;
  guint n_waits;
} Check;

static void
allocate_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Check *check = user_data;
  g_autoptr (GError) error = NULL;

  sidetone_turn_allocate_finish (SIDETONE_TURN (source), result, &error);
  g_assert_no_error (error);
  check->n_waits--;
}

static void
release_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Check *check = user_data;

  sidetone_turn_release_finish (SIDETONE_TURN (source), result, NULL);
  check->n_waits--;
}

static void
echo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Check *check = user_data;

  check->echo = sidetone_echo_finish (result, &check->error);
  check->n_waits--;
}

static void
wait (Check *check)
{
  while (check->n_waits > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
check_init (Check                         *check,
            const SidetoneTestRelayScript *script)
{
  check->server = sidetone_test_relay_new (script);
  check->endpoint = sidetone_endpoint_new_from_string (
    "127.0.0.1", sidetone_test_relay_get_port (check->server), SIDETONE_TRANSPORT_UDP, NULL);
  check->socket = sidetone_test_lossy_new ();
  check->flow = sidetone_flow_new (G_DATAGRAM_BASED (check->socket), NULL);
  for (guint i = 0; i < 2; i++)
    {
      check->relays[i] = sidetone_turn_new (check->endpoint, NULL, SIDETONE_TEST_RELAY_USERNAME,
                                            SIDETONE_TEST_RELAY_PASSWORD, G_SOCKET_FAMILY_IPV4);
      check->n_waits++;
      sidetone_turn_allocate_async (check->relays[i], NULL, allocate_cb, check);
    }
  wait (check);
}

static void
check_clear (Check *check)
{
  g_clear_pointer (&check->echo, sidetone_echo_free);
  g_clear_error (&check->error);
  for (guint i = 0; i < 2; i++)
    {
      check->n_waits++;
      sidetone_turn_release_async (check->relays[i], release_cb, check);
    }
  wait (check);
  g_assert_cmpuint (sidetone_test_relay_get_n_relays (check->server), ==, 0);
  for (guint i = 0; i < 2; i++)
    g_assert_finalize_object (check->relays[i]);
  g_assert_finalize_object (check->flow);
  g_assert_finalize_object (check->socket);
  sidetone_endpoint_unref (check->endpoint);
  sidetone_test_relay_free (check->server);
}

static void
start_echo (Check        *check,
            GCancellable *cancellable)
{
  check->n_waits++;
  sidetone_echo_async (check->relays[0], NULL, NULL, check->endpoint, check->flow, NULL, cancellable, echo_cb,
                       check);
}

static void
assert_sizes (SidetoneEcho *echo,
              guint         size,
              guint         n_there,
              guint         n_back)
{
  for (guint i = 0; i < SIDETONE_ECHO_N_SIZES; i++)
    {
      if (echo->sizes[i].size != size)
        continue;
      g_assert_cmpuint (echo->sizes[i].n_sent, ==, SIDETONE_ECHO_LARGE);
      g_assert_cmpuint (echo->sizes[i].n_there, ==, n_there);
      g_assert_cmpuint (echo->sizes[i].n_back, ==, n_back);
      return;
    }
  g_assert_not_reached ();
}

static void
test_whole (void)
{
  Check check = { 0 };
  gint64 start;

  check_init (&check, NULL);
  start = g_get_monotonic_time ();
  start_echo (&check, NULL);
  wait (&check);

  g_assert_no_error (check.error);
  /* A second of a call, the large packets after it, and three small ones; without the deadline */
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 62 * 20000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 62 * 20000 + 10000);
  g_assert_cmpuint (sidetone_trips_get_n_sent (check.echo->there), ==, 50);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->there), ==, 50);
  g_assert_cmpuint (sidetone_trips_get_n_sent (check.echo->back), ==, 50);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->back), ==, 50);
  assert_sizes (check.echo, 1200, 5, 5);
  assert_sizes (check.echo, 1400, 5, 5);
  g_assert_cmpuint (check.echo->n_after_sent, ==, 3);
  g_assert_cmpuint (check.echo->n_after_back, ==, 3);
  /* On the wire they are as long as in a channel, with its header of four bytes */
  g_assert_cmpuint (sidetone_test_relay_get_longest (check.server), ==, 1400 + 4);
  g_assert_true (sidetone_endpoint_equal (check.echo->seen, check.echo->mapped));
  g_assert_true (sidetone_endpoint_equal (check.echo->source,
                                          sidetone_turn_get_relayed (check.relays[0])));
  check_clear (&check);
}

/* By number: the first packet in each direction is the Binding request and its answer */
static void
test_lossy (void)
{
  Check check = { 0 };

  check_init (&check, NULL);
  for (guint i = 0; i < 5; i++)
    sidetone_test_lossy_lose_sent (check.socket, 10 + 2 * i);
  for (guint i = 0; i < 3; i++)
    sidetone_test_lossy_lose_received (check.socket, 20 + 2 * i);
  /* The large packets have the sizes by turns */
  for (guint i = 0; i < 5; i++)
    sidetone_test_lossy_lose_sent (check.socket, 1 + 50 + 2 + 2 * i);
  start_echo (&check, NULL);
  wait (&check);

  g_assert_no_error (check.error);
  g_assert_cmpuint (sidetone_trips_get_n_sent (check.echo->there), ==, 50);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->there), ==, 45);
  g_assert_cmpint (sidetone_trips_get_trip (check.echo->there, 8), ==, -1);
  g_assert_cmpint (sidetone_trips_get_trip (check.echo->there, 9), >=, 0);
  g_assert_cmpuint (sidetone_trips_get_n_sent (check.echo->back), ==, 45);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->back), ==, 42);
  assert_sizes (check.echo, 1200, 5, 5);
  assert_sizes (check.echo, 1400, 0, 0);
  check_clear (&check);
}

/* Lost large packets are one thing, a line that goes silent meanwhile another: the small packets
 * after them tell them apart. If these are lost, too, more a second later tell whether that lasts. */
static void
test_after_large (void)
{
  static const struct
  {
    guint first_lost;
    guint n_lost;
    guint n_large;
    guint n_after_sent;
    guint n_after;
  } rows[] = {
    { 1 + 50 + 1, 10, 0, 3, 3 },
    { 1 + 50 + 1, 12, 0, 3, 1 },
    { 1 + 50 + 1, 13, 0, 6, 3 },
    { 1 + 50 + 5, 9, 2, 6, 3 },
    { 1 + 50 + 1, 16, 0, 6, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Check check = { 0 };

      check_init (&check, NULL);
      for (guint k = 0; k < rows[i].n_lost; k++)
        sidetone_test_lossy_lose_sent (check.socket, rows[i].first_lost + k);
      start_echo (&check, NULL);
      wait (&check);

      g_assert_no_error (check.error);
      g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->back), ==, 50);
      assert_sizes (check.echo, 1400, rows[i].n_large, rows[i].n_large);
      g_assert_cmpuint (check.echo->n_after_sent, ==, rows[i].n_after_sent);
      g_assert_cmpuint (check.echo->n_after_back, ==, rows[i].n_after);
      check_clear (&check);
    }
}

/* The first packets get lost: the others wait for one that comes back, and are not fewer */
static void
test_late_consent (void)
{
  Check check = { 0 };
  gint64 start;

  check_init (&check, NULL);
  for (guint i = 0; i < 4; i++)
    sidetone_test_lossy_lose_sent (check.socket, 2 + i);
  start = g_get_monotonic_time ();
  start_echo (&check, NULL);
  wait (&check);

  g_assert_no_error (check.error);
  g_assert_cmpint (g_get_monotonic_time () - start, >,
                   sidetone_deadlines.consent / 2 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (sidetone_trips_get_n_sent (check.echo->there), ==, 50);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->there), ==, 46);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->back), ==, 46);
  assert_sizes (check.echo, 1200, 5, 5);
  assert_sizes (check.echo, 1400, 5, 5);
  check_clear (&check);
}

/* Two echoes to one address that nothing comes back from have nine packets together, and at most
 * three seconds to wait for one. */
static void
test_ceiling (void)
{
  const SidetoneTestRelayScript script = { .is_closed = TRUE };
  g_autoptr (SidetoneBudget) budget = sidetone_budget_new ();
  Check checks[2] = { { 0 }, { 0 } };
  guint n_sent = 0;

  for (guint i = 0; i < 2; i++)
    {
      check_init (&checks[i], &script);
      checks[i].n_waits++;
      sidetone_echo_async (checks[i].relays[0], NULL, budget, NULL, checks[i].flow, NULL, NULL,
                           echo_cb, &checks[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      wait (&checks[i]);
      g_assert_no_error (checks[i].error);
      g_assert_cmpuint (sidetone_trips_get_n_sent (checks[i].echo->there), >=, 4);
      g_assert_cmpuint (sidetone_trips_get_n_arrived (checks[i].echo->there), ==, 0);
      n_sent += sidetone_trips_get_n_sent (checks[i].echo->there);
      g_assert_cmpuint (checks[i].echo->sizes[0].n_sent, ==, 0);
      check_clear (&checks[i]);
    }
  g_assert_cmpuint (n_sent, ==, SIDETONE_BUDGET_UNANSWERED);
}

/* The relay works, but its address does not: nothing arrives, which is a result */
static void
test_nothing_arrives (void)
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_ALLOCATE, .fault = SIDETONE_TEST_RELAY_PRIVATE,
  };
  Check check = { 0 };
  gint64 start_us;
  int took_ms;

  check_init (&check, &script);
  for (guint i = 2; i < 70; i++)
    sidetone_test_lossy_lose_sent (check.socket, i);
  start_us = g_get_monotonic_time ();
  start_echo (&check, NULL);
  wait (&check);
  took_ms = (g_get_monotonic_time () - start_us) / 1000;

  g_assert_no_error (check.error);
  g_assert_cmpuint (sidetone_trips_get_n_sent (check.echo->there), ==, SIDETONE_BUDGET_UNANSWERED);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->there), ==, 0);
  g_assert_cmpuint (sidetone_trips_get_n_sent (check.echo->back), ==, 0);
  g_assert_null (check.echo->seen);
  g_assert_null (check.echo->source);
  /* The wait for the consent, and another second for the last packet to arrive */
  took_ms -= sidetone_deadlines.consent + sidetone_deadlines.echo;
  g_assert_cmpint (took_ms, >=, -100);
  g_assert_cmpint (took_ms, <, 300);
  check_clear (&check);
}

/* A server that does not answer Binding requests still relays */
static void
test_without_binding (void)
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_BINDING, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 400,
  };
  Check check = { 0 };

  check_init (&check, &script);
  start_echo (&check, NULL);
  wait (&check);

  g_assert_no_error (check.error);
  g_assert_null (check.echo->mapped);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->back), ==, 50);
  check_clear (&check);
}

static void
test_forbidden (void)
{
  const SidetoneTestRelayScript script = {
    .method = SIDETONE_TEST_RELAY_PERMISSION, .fault = SIDETONE_TEST_RELAY_ERROR, .code = 403,
  };
  Check check = { 0 };

  check_init (&check, &script);
  start_echo (&check, NULL);
  wait (&check);
  g_assert_error (check.error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_FORBIDDEN);
  g_clear_error (&check.error);

  check.n_waits++;
  sidetone_echo_between_async (check.relays[0], check.relays[1], NULL, NULL, echo_cb, &check);
  wait (&check);
  g_assert_error (check.error, SIDETONE_ERROR, SIDETONE_ERROR_TURN_FORBIDDEN);
  check_clear (&check);
}

static void
test_between (void)
{
  Check check = { 0 };

  check_init (&check, NULL);
  check.n_waits++;
  sidetone_echo_between_async (check.relays[0], check.relays[1], NULL, NULL, echo_cb, &check);
  wait (&check);

  g_assert_no_error (check.error);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->there), ==, 50);
  g_assert_cmpuint (sidetone_trips_get_n_arrived (check.echo->back), ==, 50);
  assert_sizes (check.echo, 1400, 5, 5);
  g_assert_true (sidetone_endpoint_equal (check.echo->seen,
                                          sidetone_turn_get_relayed (check.relays[1])));
  check_clear (&check);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  /* At once; in the middle */
  static const guint after_ms[] = { 0, 300 };

  for (gsize i = 0; i < G_N_ELEMENTS (after_ms); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Check check = { 0 };
      gint64 start;

      check_init (&check, NULL);
      start = g_get_monotonic_time ();
      if (after_ms[i] == 0)
        g_cancellable_cancel (cancellable);
      else
        g_timeout_add (after_ms[i], cancel_cb, cancellable);
      start_echo (&check, cancellable);
      wait (&check);
      g_assert_error (check.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - start, <, (after_ms[i] + 10) * 1000);
      check_clear (&check);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sidetone_test_clock_start ();

  g_test_add_func ("/trips/none", test_no_trips);
  g_test_add_func ("/trips/percentiles", test_percentiles);
  g_test_add_func ("/trips/jitter", test_jitter);
  g_test_add_func ("/trips/order", test_order);
  g_test_add_func ("/echo/packets", test_packets);
  g_test_add_func ("/echo/whole", test_whole);
  g_test_add_func ("/echo/lossy", test_lossy);
  g_test_add_func ("/echo/after-large", test_after_large);
  g_test_add_func ("/echo/nothing-arrives", test_nothing_arrives);
  g_test_add_func ("/echo/late-consent", test_late_consent);
  g_test_add_func ("/echo/ceiling", test_ceiling);
  g_test_add_func ("/echo/without-binding", test_without_binding);
  g_test_add_func ("/echo/forbidden", test_forbidden);
  g_test_add_func ("/echo/between", test_between);
  g_test_add_func ("/echo/cancel", test_cancel);

  return g_test_run ();
}
