/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-service-observations.h"

#include "address/address-scope.h"
#include "base/text.h"
#include "report/report.h"
#include "seen/echo.h"
#include "seen/stun.h"
#include "wire/services.h"

/* Call servers in a report, whole and redacted */

static SidetoneReport *
make_report (GListStore *store)
{
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);

  return sidetone_report_new ("romeo@montague.lit", "montague.lit", created, "0.12.2",
                              "Debian GNU/Linux 12 (bookworm)", G_LIST_MODEL (store));
}

/* A whole check behind a router, with tests of call servers */
static GListStore *
make_check (void)
{
  GListStore *store = make_tested ();

  add_interface (store, "wlan0", "wireless", "192.168.47.113", TRUE);
  add_server_ip (store, "192.168.47.113:44308", "198.51.100.87:44308", PUBLIC_PEER);
  add_services (store, "stun udp " RELAY_HOST " 3478, turn udp " RELAY_HOST " 3478 credentials, "
                "turn udp 203.0.113.44 3478 credentials", 43199);
  add_lookup (store, "service", RELAY_HOST, "203.0.113.20", NULL);

  return store;
}

static SidetoneReport *
read_again (SidetoneReport *report)
{
  g_autofree char *json = sidetone_report_to_json (report);
  g_autoptr (GError) error = NULL;
  SidetoneReport *read = sidetone_report_new_from_json (json, strlen (json), &error);

  g_assert_no_error (error);

  return read;
}

static void
assert_contains (const char *text,
                 const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("Not in it: %s\n%s", part, text);
}

/* Other programs read the members' names: they never change. */
static void
test_json (void)
{
  static const char *const expected[] = {
    "  \"services\": [\n    {\n"
    "      \"type\": \"stun\",\n      \"transport\": \"udp\",\n"
    "      \"host\": \"turn.montague.lit\",\n      \"port\": 3478,\n"
    "      \"address\": \"203.0.113.20\",\n      \"state\": \"passed\",\n"
    "      \"error\": null,\n      \"reason\": null,\n"
    "      \"mapped\": {\n        \"address\": \"198.51.100.87\",\n        \"port\": 40001,\n"
    "        \"scope\": \"documentation\"\n      },\n      \"relayed\": null,\n"
    "      \"loss\": null,\n      \"rtt_ms\": 18.6,\n      \"p95_ms\": null,\n"
    "      \"jitter_ms\": null\n    },\n",
    "      \"relayed\": {\n        \"address\": \"203.0.113.20\",\n        \"port\": 49322,\n"
    "        \"scope\": \"documentation\"\n      },\n      \"loss\": 0.0102,\n"
    "      \"rtt_ms\": 51.2,\n      \"p95_ms\": 68.0,\n      \"jitter_ms\": 0.4\n    },\n",
    "      \"type\": \"turns\",\n      \"transport\": \"tls\",\n",
    "      \"loss\": 0.0,\n      \"rtt_ms\": 49.0,\n",
    "      \"state\": \"failed\",\n      \"error\": \"turn-unauthorized\",\n",
    "      \"state\": \"failed\",\n      \"error\": \"relay-silent\",\n",
    "      \"port\": 3479,\n      \"address\": \"203.0.113.20\",\n      \"state\": \"unknown\",\n",
    "      \"host\": \"spare.montague.lit\",\n      \"port\": 3478,\n      \"address\": null,\n"
    "      \"state\": \"skipped\",\n      \"error\": null,\n"
    "      \"reason\": \"no credentials\",\n      \"mapped\": null,\n",
  };
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autofree char *json = sidetone_report_to_json (report);
  g_autoptr (SidetoneReport) read = read_again (report);
  g_autofree char *again = sidetone_report_to_json (read);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_contains (json, expected[i]);
  g_assert_cmpstr (again, ==, json);
}

/* The file's own results are ignored: they are collected anew. */
static void
test_not_read (void)
{
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autofree char *json = sidetone_report_to_json (report);
  g_autoptr (GString) forged = g_string_new (json);
  g_autoptr (SidetoneReport) read = NULL;
  g_autofree char *again = NULL;

  g_string_replace (forged, "\"rtt_ms\": 51.2", "\"rtt_ms\": 1.0", 0);
  g_assert_cmpstr (forged->str, !=, json);
  read = sidetone_report_new_from_json (forged->str, forged->len, NULL);
  g_assert_nonnull (read);
  again = sidetone_report_to_json (read);
  g_assert_cmpstr (again, ==, json);
}

/* A file's numbers may have any value: all are written as valid JSON. */
static void
test_wild_figures (void)
{
  static const char *const numbers[] = {
    "0", "-1", "-9223372036854775808", "9223372036854775807", "1", "999999999999",
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneReport) report = NULL;
      g_autoptr (SidetoneReport) read = NULL;
      g_autofree char *text = NULL;
      g_autofree char *details = NULL;

      details = g_strdup_printf ("{'relay': <'relay-1'>, 'there-sent': <int64 %s>,"
                                 " 'there-arrived': <int64 1>, 'back-sent': <int64 %s>,"
                                 " 'back-arrived': <int64 1>, 'rtt-us': <int64 %s>,"
                                 " 'p95-us': <int64 %s>, 'jitter-us': <int64 %s>,"
                                 " 'trips': <[int64 %s, %s]>}", numbers[i], numbers[i],
                                 numbers[i], numbers[i], numbers[i], numbers[i], numbers[i]);
      add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-1", "turn udp a.lit 1 credentials",
                "203.0.113.20:1", SIDETONE_STATE_PASSED, NULL, NULL);
      add_test (store, SIDETONE_OBSERVATION_ECHO, "echo-1", "turn udp a.lit 1 credentials",
                "203.0.113.20:1", SIDETONE_STATE_PASSED, NULL, details);
      report = make_report (store);
      read = read_again (report);
      text = sidetone_report_to_text (read);
      assert_contains (text, "\n  a.lit: STUN");
    }
}

/* A report may claim any number of packets: judging them takes no time. */
static void
test_many_packets (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneReport) report = NULL;

  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-1", "turn udp a.lit 1 credentials",
            "203.0.113.20:1", SIDETONE_STATE_PASSED, NULL, NULL);
  add_test (store, SIDETONE_OBSERVATION_ECHO, "echo-1", "turn udp a.lit 1 credentials",
            "203.0.113.20:1", SIDETONE_STATE_PASSED, NULL,
            "{'relay': <'relay-1'>, 'there-sent': <int64 900000>, "
            "'there-arrived': <int64 800000>, 'back-sent': <int64 800000>, "
            "'back-arrived': <int64 100000>}");
  report = make_report (store);
  g_assert_null (sidetone_diagnosis_find (sidetone_report_get_diagnosis (report),
                                          SIDETONE_FINDING_RELAY_THROTTLES));
}

static void
test_text (void)
{
  static const char *const expected =
    "\n"
    "Call servers\n"
    "  turn.montague.lit: STUN ✓ · relay UDP ✓ TCP ✗ TLS ✓ · IPv4 ✓ IPv6 – ·\n"
    "  18 ms, 1 % lost\n"
    "    TURN over TCP, 203.0.113.20 port 3478: password not accepted (401)\n"
    "  203.0.113.44: STUN ✗ · relay UDP ✗ TCP – TLS – · IPv4 ✗ IPv6 –\n"
    "    STUN over UDP, 203.0.113.44 port 3478: no answer\n"
    "    TURN over UDP, 203.0.113.44 port 3478: nothing came through\n"
    "  spare.montague.lit: STUN – · relay not tested\n"
    "\n"
    "Details\n";
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autofree char *text = sidetone_report_to_text (report);
  g_autoptr (GListStore) nothing = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneReport) empty = make_report (nothing);
  g_autofree char *no_text = sidetone_report_to_text (empty);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  assert_contains (text, expected);
  assert_contains (text, "Data came through");
  g_assert_null (strstr (no_text, "Call servers"));
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (sidetone_text_get_width (lines[i]), <=, 80);
}

static char *
list_findings (SidetoneReport *report)
{
  GListModel *findings = sidetone_diagnosis_get_findings (sidetone_report_get_diagnosis (report));
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      g_autofree char *evidence = join_evidence (finding);

      g_string_append_printf (list, "%s over %s; ", sidetone_finding_get_code (finding), evidence);
    }

  return g_string_free (list, FALSE);
}

static void
assert_same_endpoint_class (SidetoneEndpoint *a,
                            SidetoneEndpoint *b)
{
  g_assert_true ((a == NULL) == (b == NULL));
  if (a == NULL)
    return;

  g_assert_cmpint (sidetone_endpoint_get_port (a), ==, sidetone_endpoint_get_port (b));
  g_assert_cmpint (sidetone_address_scope_of (sidetone_endpoint_get_address (a)), ==,
                   sidetone_address_scope_of (sidetone_endpoint_get_address (b)));
}

static void
assert_same_result (const SidetoneServiceResult *a,
                    const SidetoneServiceResult *b)
{
  g_assert_cmpint (sidetone_service_get_kind (a->service), ==,
                   sidetone_service_get_kind (b->service));
  g_assert_cmpint (sidetone_service_get_transport (a->service), ==,
                   sidetone_service_get_transport (b->service));
  g_assert_cmpint (sidetone_service_get_port (a->service), ==,
                   sidetone_service_get_port (b->service));
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_true ((a->error == NULL) == (b->error == NULL));
  if (a->error != NULL)
    g_assert_cmpint (a->error->code, ==, b->error->code);
  g_assert_cmpint (a->reason, ==, b->reason);
  assert_same_endpoint_class (a->server, b->server);
  assert_same_endpoint_class (a->mapped, b->mapped);
  assert_same_endpoint_class (a->relayed, b->relayed);
  g_assert_cmpfloat_with_epsilon (a->loss, b->loss, 1e-9);
  g_assert_cmpint (a->rtt_us, ==, b->rtt_us);
  g_assert_true ((a->packets == NULL) == (b->packets == NULL));
  if (a->packets == NULL)
    return;

  g_assert_cmpint (a->packets->p95_us, ==, b->packets->p95_us);
  g_assert_cmpint (a->packets->jitter_us, ==, b->packets->jitter_us);
  g_assert_cmpmem (a->packets->trips->data, a->packets->trips->len * sizeof (gint64),
                   b->packets->trips->data, b->packets->trips->len * sizeof (gint64));
}

static GPtrArray *
get_results (SidetoneReport *report)
{
  return sidetone_evidence_get_results (
    sidetone_diagnosis_get_evidence (sidetone_report_get_diagnosis (report)));
}

/* Redaction keeps the results and their judgement; redacting again changes nothing, even after
 * saving. */
static void
test_redacted (void)
{
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autoptr (SidetoneReport) read = read_again (redacted);
  g_autoptr (SidetoneReport) again = sidetone_report_new_redacted (read);
  g_autofree char *findings = list_findings (report);
  g_autofree char *redacted_findings = list_findings (redacted);
  g_autofree char *json = sidetone_report_to_json (redacted);
  g_autofree char *json_again = sidetone_report_to_json (again);
  GPtrArray *a = get_results (report);
  GPtrArray *b = get_results (redacted);

  g_assert_cmpstr (findings, ==, redacted_findings);
  g_assert_cmpstr (json, ==, json_again);
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    assert_same_result (a->pdata[i], b->pdata[i]);
}

static SidetoneObservation *
find_observation (SidetoneReport *report,
                  const char     *id)
{
  GListModel *observations = sidetone_report_get_observations (report);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      if (g_str_equal (sidetone_observation_get_id (observation), id))
        return g_steal_pointer (&observation);
    }

  g_assert_not_reached ();
}

/* Relations that the judge uses stay the same. */
static void
test_redacted_details (void)
{
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autoptr (SidetoneObservation) stun = find_observation (redacted, "stun-1");
  g_autoptr (SidetoneObservation) echo = find_observation (redacted, "echo-1");
  g_autoptr (SidetoneObservation) pair = find_observation (redacted, "pair-1");
  static const char *const kept[] = {
    "lifetime", "family", "n-sent", "there-sent", "there-arrived", "back-sent", "back-arrived",
    "rtt-us", "p95-us", "jitter-us", "reordered", "duplicates", "trips", "large-sizes",
    "large-sent", "large-arrived", "relay", "other-relay", "reason",
  };
  const SidetoneStunSeen *told = sidetone_observation_get_stun (stun);
  const SidetoneEchoSeen *came = sidetone_observation_get_echo (echo);

  g_assert_false (sidetone_endpoint_equal (told->plain, sidetone_observation_get_seen (stun)));
  g_assert_cmpstr (told->software, ==, "Coturn-4.6.1 'Gorst' of redacted");
  g_assert_true (sidetone_endpoint_equal (came->source, came->relayed));
  g_assert_cmpstr (sidetone_observation_get_echo (pair)->other_relay, ==, "relay-2");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (SidetoneObservation) a = g_list_model_get_item (G_LIST_MODEL (store), i);
      g_autoptr (SidetoneObservation) b = NULL;

      b = g_list_model_get_item (sidetone_report_get_observations (redacted), i);
      for (guint j = 0; j < G_N_ELEMENTS (kept); j++)
        {
          g_autoptr (GVariant) before = NULL;
          g_autoptr (GVariant) after = NULL;

          before = sidetone_observation_dup_detail (a, kept[j]);
          after = sidetone_observation_dup_detail (b, kept[j]);
          g_assert_true ((before == NULL) == (after == NULL));
          g_assert_true (before == NULL || g_variant_equal (before, after));
        }
    }
}

/* No trace of the user and the exact addresses is left. */
static void
test_secrets (void)
{
  static const char *const secrets[] = {
    "romeo", "47.113", "47.9", "100.87", "113.20\"", "113.20 ", "113.21", "113.44", "1.2.3:", "10.1.2",
  };
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autofree char *json = sidetone_report_to_json (redacted);
  g_autofree char *text = sidetone_report_to_text (redacted);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      if (strstr (json, secrets[i]) != NULL || strstr (text, secrets[i]) != NULL)
        g_error ("“%s” is left in %s", secrets[i], json);
    }
  assert_contains (json, "\"turn udp turn.montague.lit 3478 credentials\"");
  assert_contains (text, "\n  turn.montague.lit: STUN");
}

/* A forged report with thousands of services would take very long to open. */
static void
test_announced (void)
{
  for (guint n = SIDETONE_SERVICES_MAX; n <= SIDETONE_SERVICES_MAX + 1; n++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (GString) services = g_string_new (NULL);
      g_autoptr (SidetoneReport) report = NULL;
      g_autoptr (SidetoneReport) read = NULL;
      g_autofree char *json = NULL;
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (services, "%sturn udp h%u.lit 3478 credentials", i > 0 ? ", " : "", i);
      add_services (store, services->str, 43199);
      report = make_report (store);
      json = sidetone_report_to_json (report);
      read = sidetone_report_new_from_json (json, strlen (json), &error);

      if (n <= SIDETONE_SERVICES_MAX)
        g_assert_no_error (error);
      else
        g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-services/json", test_json);
  g_test_add_func ("/report-services/not-read", test_not_read);
  g_test_add_func ("/report-services/wild-figures", test_wild_figures);
  g_test_add_func ("/report-services/many-packets", test_many_packets);
  g_test_add_func ("/report-services/text", test_text);
  g_test_add_func ("/report-services/redacted", test_redacted);
  g_test_add_func ("/report-services/redacted-details", test_redacted_details);
  g_test_add_func ("/report-services/secrets", test_secrets);
  g_test_add_func ("/report-services/announced", test_announced);

  return g_test_run ();
}
