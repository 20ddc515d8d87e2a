/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-observations.h"

#include "judge/chance.h"
#include "judge/loss-place.h"

#define N_RUNS 1000
#define LOSS 0.05
#define MS_LATER 8

/* Where packets get lost: the statistics, and whether chance fools them */

static GRand *dice;

/* A packet that crosses as much of the way as a ping does: there and back */
static gboolean
is_lost (double loss)
{
  return g_rand_double (dice) < loss || g_rand_double (dice) < loss;
}

static GArray *
throw_trips (guint  n,
             double loss)
{
  GArray *trips = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n; i++)
    {
      gint64 trip = is_lost (loss) ? -1 : 2000;

      g_array_append_val (trips, trip);
    }

  return trips;
}

/* A token bucket: so many pings a second, and five at once */
static GArray *
limit_trips (guint  n,
             double a_second)
{
  GArray *trips = g_array_new (FALSE, FALSE, sizeof (gint64));
  double tokens = 5;

  for (guint i = 0; i < n; i++)
    {
      gint64 trip = 2000;

      tokens = MIN (5, tokens + a_second * (MS_LATER + g_rand_double (dice) - 0.5) / 1000);
      if (tokens >= 1)
        tokens--;
      else
        trip = -1;
      g_array_append_val (trips, trip);
    }

  return trips;
}

static void
add_lane (GPtrArray  *pings,
          const char *whose,
          const char *address,
          GArray     *trips)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  SidetoneObservationFields fields = {
    .id = whose, .kind = SIDETONE_OBSERVATION_PING, .state = SIDETONE_STATE_PASSED,
  };
  gint64 arrived = 0;

  for (guint i = 0; i < trips->len; i++)
    arrived += g_array_index (trips, gint64, i) >= 0;
  g_variant_dict_insert (&details, "whose", "s", whose);
  g_variant_dict_insert (&details, "peer-address", "s", address);
  g_variant_dict_insert (&details, "sent", "x", (gint64) trips->len);
  g_variant_dict_insert (&details, "arrived", "x", arrived);
  g_variant_dict_insert_value (&details, "trips", g_variant_new_fixed_array (
                                 G_VARIANT_TYPE_INT64, trips->data, trips->len, sizeof (gint64)));
  add_observation (store, &fields, &details);
  g_ptr_array_add (pings, g_list_model_get_item (G_LIST_MODEL (store), 0));
}

/* Packets to the relay and back: over UDP each of them crosses the line as a ping does, over TCP once. */
static SidetoneHostEvidence
throw_relay (double loss)
{
  SidetoneHostEvidence host = { .works_as_relay = TRUE };

  for (guint way = 0; way < 2; way++)
    {
      for (guint i = 0; i < 50; i++)
        {
          gboolean there = way == 0 ? is_lost (loss) : g_rand_double (dice) < loss;
          gboolean back = !there && (way == 0 ? is_lost (loss) : g_rand_double (dice) < loss);

          host.crossings.n_sent += (2 - way) * (there ? 1 : 2);
          host.crossings.n_lost += there || back;
        }
    }

  return host;
}

typedef struct
{
  const char *name;
  double own;           /* what each part of the way loses, in each direction */
  double line;
  double relay;
  double pings_a_second; /* that the router answers; 0: all of them */
  SidetoneLossPlace place;
  SidetoneLossPlace also; /* what may be said, too */
  guint most_open;      /* of a thousand */
} Case;

static const Case cases[] = {
  { "own", LOSS, 0, 0, 0, SIDETONE_LOSS_PLACE_OWN_NETWORK, 0, 30 },
  { "line", 0, LOSS, 0, 0, SIDETONE_LOSS_PLACE_LINE, SIDETONE_LOSS_PLACE_BEHIND_ROUTER, 50 },
  { "relay", 0, 0, LOSS, 0, SIDETONE_LOSS_PLACE_RELAYS_WAY, SIDETONE_LOSS_PLACE_BEHIND_ROUTER, 50 },
  { "little", 0, 0.02, 0, 0, SIDETONE_LOSS_PLACE_LINE, SIDETONE_LOSS_PLACE_BEHIND_ROUTER, 1000 },
  { "little-own", 0.02, 0, 0, 0, SIDETONE_LOSS_PLACE_OWN_NETWORK, 0, 1000 },
  { "limit/50", 0, LOSS, 0, 50, SIDETONE_LOSS_PLACE_UNKNOWN, 0, 1000 },
  { "limit/90", 0, LOSS, 0, 90, SIDETONE_LOSS_PLACE_UNKNOWN, 0, 1000 },
  { "limit/105", 0, LOSS, 0, 105, SIDETONE_LOSS_PLACE_UNKNOWN, 0, 1000 },
  { "limit/110", 0, LOSS, 0, 110, SIDETONE_LOSS_PLACE_UNKNOWN, 0, 1000 },
  { "limit/115", 0, LOSS, 0, 115, SIDETONE_LOSS_PLACE_UNKNOWN, 0, 1000 },
};

/* Each is one of a thousand, and where several comparisons are made, one of them may be wrong. */
static void
test_place (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (SidetoneEndpoint) relay = parse_endpoint ("203.0.113.20:3478");
  guint n_open = 0;
  guint n_wrong = 0;

  for (guint run = 0; run < N_RUNS; run++)
    {
      g_autoptr (GPtrArray) pings = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GArray) router = test->pings_a_second > 0
                                  ? limit_trips (245, test->pings_a_second)
                                  : throw_trips (245, test->own);
      g_autoptr (GArray) server = throw_trips (245, test->own + test->line);
      SidetoneHostEvidence host = throw_relay (test->own + test->line + test->relay);
      SidetoneLossPlace place;

      add_lane (pings, "router", "192.168.1.1", router);
      add_lane (pings, "server", "198.51.100.10", server);
      place = sidetone_loss_place_find (pings, &host, relay, TRUE);
      if (place == SIDETONE_LOSS_PLACE_UNKNOWN || place == test->also)
        n_open++;
      else if (place != test->place)
        n_wrong++;
    }

  g_test_message ("%u left open, %u wrong", n_open, n_wrong);
  g_assert_cmpuint (n_open, <=, test->most_open);
  g_assert_cmpuint (n_wrong, <=, test->pings_a_second > 0 ? 10 : 3);
}

static double
get_chance_of_more (gint64 n_more,
                    gint64 lost_more,
                    gint64 n_less,
                    gint64 lost_less)
{
  return sidetone_chance_of_more (&(SidetoneLost) { n_more, lost_more },
                                  &(SidetoneLost) { n_less, lost_less });
}

/* By R: fisher.test (matrix (c (3, 7, 0, 10), 2), alternative = "greater"); 1 - pbinom (3, 20, 0.05) */
static void
test_chances (void)
{
  g_assert_cmpfloat_with_epsilon (get_chance_of_more (10, 3, 10, 0), 0.1052632, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_chance_of_more (10, 0, 10, 3), 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (get_chance_of_more (10, 0, 10, 0), 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (
    sidetone_chance_at_loss (&(SidetoneLost) { 20, 4 }, 0.05), 0.0159015, 1e-6);
  g_assert_cmpfloat_with_epsilon (sidetone_chance_at_loss (&(SidetoneLost) { 20, 0 }, 0.05), 1, 1e-9);
}

/* What a report says can't overflow or take long. */
static void
test_odd_numbers (void)
{
  SidetoneLost lost = { 0 };
  g_autoptr (GArray) trips = throw_trips (20, LOSS);

  sidetone_lost_add (&lost, G_MININT64, G_MININT64);
  sidetone_lost_add (&lost, G_MAXINT64, 0);
  sidetone_lost_add (&lost, 10, 11);
  sidetone_lost_add (&lost, 10, -1);
  g_assert_cmpint (lost.n_sent, ==, 0);
  sidetone_lost_add (&lost, 10, 8);
  g_assert_cmpint (lost.n_sent, ==, 10);
  g_assert_cmpint (lost.n_lost, ==, 2);
  g_assert_cmpfloat (sidetone_chance_of_spread (trips, G_MININT64), >=, 1);
  sidetone_chance_of_spread (trips, G_MAXINT64);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  /* The same ones each time */
  dice = g_rand_new_with_seed (19);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/loss-place/%s", cases[i].name);

      g_test_add_data_func (name, &cases[i], test_place);
    }
  g_test_add_func ("/loss-place/chances", test_chances);
  g_test_add_func ("/loss-place/odd-numbers", test_odd_numbers);
  result = g_test_run ();
  g_rand_free (dice);

  return result;
}
