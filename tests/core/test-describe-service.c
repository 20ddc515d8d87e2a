/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-service-observations.h"

#include "base/text.h"
#include "words/describe.h"

static void
test_words (void)
{
  static const struct
  {
    const char *title;
    const char *summary;
    const char *trips;
  } rows[] = {
    { "STUN server turn.montague.lit", "STUN over UDP, 203.0.113.20 port 3478: works, 18 ms" },
    { "STUN server 203.0.113.44", "STUN over UDP, 203.0.113.44 port 3478: no answer" },
    { "Relay (TURN) turn.montague.lit",
      "TURN over UDP, 203.0.113.20 port 3478: works, 1 % lost, 51 ms",
      "3 packets: 1 lost, round trip 48 ms to 73 ms" },
    { "Relay (TURN) turn.montague.lit",
      "TURN over TLS, 203.0.113.20 port 5349: works, nothing lost, 49 ms",
      "1 packet: none lost, round trip 49 ms" },
    { "Relay (TURN) turn.montague.lit",
      "TURN over TCP, 203.0.113.20 port 3478: password not accepted (401)" },
    { "Relay (TURN) 203.0.113.44", "TURN over UDP, 203.0.113.44 port 3478: nothing came through" },
    { "Relay (TURN) turn.montague.lit", "TURN over UDP, 203.0.113.20 port 3479: relay reserved" },
    { "Relay (TURN) spare.montague.lit", "TURN over UDP, port 3478: no password given" },
  };
  g_autoptr (GListStore) store = make_tested ();
  g_autoptr (SidetoneEvidence) evidence = sidetone_evidence_new (G_LIST_MODEL (store));
  GPtrArray *results = sidetone_evidence_get_results (evidence);

  g_assert_cmpuint (results->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < results->len; i++)
    {
      g_autofree char *title = sidetone_describe_service_title (results->pdata[i]);
      g_autofree char *summary = sidetone_describe_service_summary (results->pdata[i]);
      g_autofree char *trips = sidetone_describe_service_trips (results->pdata[i]);

      g_assert_cmpstr (title, ==, rows[i].title);
      g_assert_cmpstr (summary, ==, rows[i].summary);
      g_assert_cmpstr (trips, ==, rows[i].trips);
    }
}

/* The words for a service with a single observation */
static char *
describe_one (SidetoneState        state,
              const SidetoneError *error,
              const char          *details)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneEvidence) evidence = NULL;
  GPtrArray *results;

  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-1", "turn udp " RELAY_HOST " 3478 credentials",
            NULL, state, error, details);
  evidence = sidetone_evidence_new (G_LIST_MODEL (store));
  results = sidetone_evidence_get_results (evidence);
  g_assert_cmpuint (results->len, ==, 1);

  return sidetone_describe_service_summary (results->pdata[0]);
}

static const char *
get_outcome (const char *summary)
{
  static const char *const before = "TURN over UDP, port 3478: ";

  g_assert_true (g_str_has_prefix (summary, before));

  return summary + strlen (before);
}

/* Each error has a few words, and those of relays have words of their own. */
static void
test_errors (void)
{
  g_autoptr (GEnumClass) errors = g_type_class_ref (SIDETONE_TYPE_ERROR);
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < errors->n_values; i++)
    {
      SidetoneError error = errors->values[i].value;
      g_autofree char *summary = describe_one (SIDETONE_STATE_FAILED, &error, NULL);
      const char *outcome = get_outcome (summary);

      g_assert_cmpuint (sidetone_text_get_width (outcome), >, 0);
      g_assert_cmpuint (sidetone_text_get_width (outcome), <=, 45);
      g_assert_null (strchr (outcome, '.'));
      g_assert_null (strstr (outcome, "romeo"));

      if (error >= SIDETONE_ERROR_STUN_NO_ANSWER)
        {
          g_assert_cmpstr (outcome, !=, "does not work");
          g_assert_true (g_hash_table_add (all, g_strdup (outcome)));
        }
    }
}

static void
test_skipped (void)
{
  static const char *const rows[][2] = {
    { "no credentials", "no password given" },
    { "dtls", "uses DTLS, which apps don't support" },
    { "no address", "has no address" },
    { "no ipv4", "this computer has no IPv4" },
    { "no ipv6", "this computer has no IPv6" },
    { "too many", "skipped (too many servers)" },
    { "\033[2J", "not tested" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GVariant) reason = g_variant_ref_sink (g_variant_new_string (rows[i][0]));
      g_autofree char *text = g_variant_print (reason, FALSE);
      g_autofree char *details = g_strdup_printf ("{'reason': <%s>}", text);
      g_autofree char *summary = describe_one (SIDETONE_STATE_SKIPPED, NULL, details);

      g_assert_cmpstr (get_outcome (summary), ==, rows[i][1]);
    }
}

/* Unknown and zero differ. */
static void
test_figures (void)
{
  static const struct
  {
    double loss;
    gint64 rtt_us;
    const char *words;
  } rows[] = {
    { -1, -1, "works" },
    { -1, 21000, "works, 21 ms" },
    { 0, 21000, "works, nothing lost, 21 ms" },
    { 0.004, 21000, "works, less than 1 in 100 lost, 21 ms" },
    { 0.031, 1500000, "works, 3 % lost, 1.5 s" },
  };
  g_autoptr (SidetoneService) service = sidetone_service_new_from_text ("turn udp a.lit 3478");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SidetoneServiceResult result = {
        .service = service,
        .state = SIDETONE_STATE_PASSED,
        .loss = rows[i].loss,
        .rtt_us = rows[i].rtt_us,
      };
      g_autofree char *summary = sidetone_describe_service_summary (&result);

      g_assert_cmpstr (get_outcome (summary), ==, rows[i].words);
    }
}

static void
test_transports (void)
{
  static const char *const rows[][2] = {
    { "stun udp a.lit 1", "STUN over UDP, port 1: not known" },
    { "stun tcp a.lit 1", "STUN over TCP, port 1: not known" },
    { "stuns tls a.lit 1", "STUN over TLS, port 1: not known" },
    { "stuns udp a.lit 1", "STUN over DTLS, port 1: not known" },
    { "turn tcp a.lit 1", "TURN over TCP, port 1: not known" },
    { "turns tls a.lit 1", "TURN over TLS, port 1: not known" },
    { "turns udp a.lit 1", "TURN over DTLS, port 1: not known" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneService) service = sidetone_service_new_from_text (rows[i][0]);
      SidetoneServiceResult result = { .service = service };
      g_autofree char *summary = sidetone_describe_service_summary (&result);

      g_assert_cmpstr (summary, ==, rows[i][1]);
    }
}

static void
test_trips (void)
{
  g_autoptr (SidetoneService) service = sidetone_service_new_from_text ("turn udp a.lit 3478");
  const gint64 trips[] = { -1, -1, 40500, 30000 };
  g_autoptr (GArray) sent = g_array_new (FALSE, FALSE, sizeof *trips);
  SidetoneEchoSeen packets = { .trips = sent };
  SidetoneServiceResult result = { .service = service, .packets = &packets };
  static const char *const words[] = {
    NULL, "1 packet: all lost", "2 packets: all lost",
    "3 packets: 2 lost, round trip 40 ms", "4 packets: 2 lost, round trip 30 ms to 40 ms",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *said = NULL;

      g_array_set_size (sent, 0);
      g_array_append_vals (sent, trips, i);
      said = sidetone_describe_service_trips (&result);
      g_assert_cmpstr (said, ==, words[i]);
    }

  /* And the router's, if it was asked meanwhile */
  {
    const gint64 pings[] = { 900, -1, 2100 };
    g_autoptr (GArray) router = g_array_new (FALSE, FALSE, sizeof *pings);
    g_autofree char *said = NULL;

    g_array_append_vals (router, pings, G_N_ELEMENTS (pings));
    result.router_trips = router;
    said = sidetone_describe_service_trips (&result);
    g_assert_cmpstr (said, ==, "Through the relay, 4 packets: 2 lost, round trip 30 ms to 40 ms. Only "
                     "to your router, 3 packets: 1 lost, round trip < 1 ms to 2 ms.");
  }
}

/* The pings of the same time: one that began half a second before the packets. */
static void
test_router (void)
{
  g_autoptr (GPtrArray) observations = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  const SidetoneServiceResult *result;
  gint64 pings[400];
  gint64 trips[50];
  static const struct
  {
    const char *id;
    SidetoneObservationKind kind;
    gint64 start_us;
  } kinds[] = {
    { "relay-1", SIDETONE_OBSERVATION_RELAY, 0 },
    { "echo-1", SIDETONE_OBSERVATION_ECHO, 760000 },
    { "ping-router", SIDETONE_OBSERVATION_PING, 300000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pings); i++)
    pings[i] = i;
  for (guint i = 0; i < G_N_ELEMENTS (trips); i++)
    trips[i] = 40000;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      gboolean is_ping = kinds[i].kind == SIDETONE_OBSERVATION_PING;
      SidetoneObservationFields fields = {
        .id = kinds[i].id, .kind = kinds[i].kind, .state = SIDETONE_STATE_PASSED,
        .start_us = kinds[i].start_us,
      };

      g_variant_dict_insert (&details, "service", "s", "turn udp a.lit 3478 credentials");
      g_variant_dict_insert (&details, "relay", "s", "relay-1");
      g_variant_dict_insert (&details, "whose", "s", "router");
      g_variant_dict_insert (&details, "rtt-us", "x", (gint64) 40000);
      g_variant_dict_insert_value (&details, "trips", g_variant_new_fixed_array (
                                     G_VARIANT_TYPE_INT64, is_ping ? pings : trips,
                                     is_ping ? G_N_ELEMENTS (pings) : G_N_ELEMENTS (trips), sizeof (gint64)));
      add_observation (store, &fields, &details);
      g_ptr_array_add (observations, g_list_model_get_item (G_LIST_MODEL (store), i));
    }

  results = sidetone_service_results_collect (observations);
  g_assert_cmpuint (results->len, ==, 1);
  result = results->pdata[0];
  g_assert_nonnull (result->router_trips);
  g_assert_cmpuint (result->router_trips->len, ==, 50 * 20 / 8);
  /* 760 ms and a round trip, after 300 ms */
  g_assert_cmpint (g_array_index (result->router_trips, gint64, 0), ==, 500 / 8);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/describe-service/words", test_words);
  g_test_add_func ("/describe-service/errors", test_errors);
  g_test_add_func ("/describe-service/skipped", test_skipped);
  g_test_add_func ("/describe-service/figures", test_figures);
  g_test_add_func ("/describe-service/transports", test_transports);
  g_test_add_func ("/describe-service/trips", test_trips);
  g_test_add_func ("/describe-service/router", test_router);

  return g_test_run ();
}
