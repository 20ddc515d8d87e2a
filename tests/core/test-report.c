/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-observations.h"

#include "test-addresses.h"
#include "test-judgement.h"

#include <float.h>
#include <math.h>

#include "address/address-scope.h"
#include "base/text.h"
#include "report/report.h"
#include "words/describe.h"

static SidetoneReport *
make_report (GListStore *store)
{
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);

  return sidetone_report_new ("romeo@montague.lit", "montague.lit", created, "0.12.2",
                              "Debian GNU/Linux 12 (bookworm)", G_LIST_MODEL (store));
}

/* A whole check, as it ends behind a router */
static GListStore *
make_check (void)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  SidetoneError unreachable = SIDETONE_ERROR_UNREACHABLE;

  add_interface (store, "lo", "loopback", "127.0.0.1", FALSE);
  add_interface (store, "wlan0", "wireless", "192.168.47.113", TRUE);
  add_interface (store, "wlan0", "wireless", "2001:db8:4e1b:77aa:9c3d:52ff:fe61:8b2e", TRUE);
  add_lookup (store, "srv-client", "_xmpp-client._tcp.montague.lit", "", NULL);
  add_lookup (store, "nat64", "ipv4only.arpa", "", NULL);
  add_lookup (store, "address", "montague.lit", "203.0.113.10 2001:db8:5::10", NULL);
  add_connect (store, "[2001:db8:5::10]:5222", &unreachable);
  add_connect (store, PUBLIC_PEER, NULL);
  add_step (store, "secure", SIDETONE_OBSERVATION_SECURE, NULL, NULL);
  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, NULL, NULL);
  add_disco (store, "urn:xmpp:ping urn:xmpp:sic:1");
  add_server_ip (store, "192.168.47.113:44308", "198.51.100.87:44308", PUBLIC_PEER);
  add_services (store, "stun udp turn.montague.lit 3478, turn tcp 203.0.113.10 3478 credentials",
                43199);
  add_lookup (store, "service", "turn.montague.lit", "203.0.113.10 2001:db8:5::10", NULL);

  return store;
}

static SidetoneReport *
read_report (const char *json)
{
  g_autoptr (GError) error = NULL;
  SidetoneReport *report = sidetone_report_new_from_json (json, strlen (json), &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);

  return report;
}

static void
assert_round_trip (SidetoneReport *report)
{
  g_autofree char *json = sidetone_report_to_json (report);
  g_autoptr (SidetoneReport) read = read_report (json);
  g_autofree char *again = sidetone_report_to_json (read);

  g_assert_cmpstr (again, ==, json);
}

static void
test_round_trip (void)
{
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autoptr (GListStore) nothing = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneReport) empty = make_report (nothing);

  assert_round_trip (report);
  assert_round_trip (empty);

  for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
    {
      g_autoptr (GListStore) row = make_row (&address_rows[i]);
      g_autoptr (SidetoneReport) one = make_report (row);

      assert_round_trip (one);
    }
}

/* Each type survives a round trip, with the ends of its range. */
static void
test_round_trip_details (void)
{
  static const char *const values[] = {
    "true", "false", "int64 0", "int64 -1", "int64 9223372036854775807",
    "int64 -9223372036854775808", "0.0", "-0.0", "1.0", "-17.0", "0.1", "1e22", "1e25", "1e300",
    "2.2250738585072014e-308", "1.7976931348623157e308", "123456789012345680.0", "''",
    "'two\\nlines'", "'\"quoted\" \\\\ back'", "'\\u001b[31m'", "'\\u0001\\u001f\\u007f'",
    "'\\u009b\\u202e\\u2028'", "'é漢\\U0001f600\\U000e0001'", "@as []", "['one']", "['', 'b', 'c']",
    "[true, false]", "[int64 1, -2, 9223372036854775807]", "[1.0, 0.5, -3.0]", "[1e22]",
  };
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) read = NULL;
  g_autofree char *json = NULL;
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = { .id = "step", .start_us = 1, .duration_us = G_MAXINT32 };
  g_autoptr (SidetoneObservation) went = NULL;
  g_autoptr (SidetoneObservation) came = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *key = g_strdup_printf ("key-%u", i);
      g_autoptr (GVariant) value = NULL;

      value = g_variant_parse (NULL, values[i], NULL, NULL, &error);
      g_assert_no_error (error);
      g_variant_dict_insert_value (&details, key, value);
    }
  add_observation (store, &fields, &details);
  report = make_report (store);
  assert_round_trip (report);

  json = sidetone_report_to_json (report);
  read = read_report (json);
  went = g_list_model_get_item (sidetone_report_get_observations (report), 0);
  came = g_list_model_get_item (sidetone_report_get_observations (read), 0);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", i);
      g_autoptr (GVariant) before = NULL;
      g_autoptr (GVariant) after = NULL;

      before = sidetone_observation_dup_detail (went, key);
      after = sidetone_observation_dup_detail (came, key);
      g_assert_true (g_variant_equal (before, after));
    }
}

/* Other programs read the members' names: they never change. */
static void
test_format (void)
{
  static const char *const expected[] = {
    "{\n  \"format\": \"sidetone-report\",\n  \"version\": 1,\n"
    "  \"created\": \"2026-11-22T15:04:05Z\",\n  \"app\": {\n    \"version\": \"",
    "    \"libstrophe\": \"0.12.2\",\n    \"os\": \"Debian GNU/Linux 12 (bookworm)\"\n  },\n"
    "  \"account\": {\n    \"jid\": \"romeo@montague.lit\",\n    \"server\": \"montague.lit\"\n  "
    "},\n  \"local\": {\n    \"address\": \"192.168.47.113\",\n    \"port\": 44308,\n    "
    "\"scope\": \"private\"\n  },\n  \"external\": {\n    \"address\": \"198.51.100.87\",\n    "
    "\"port\": 44308,\n    \"scope\": \"documentation\"\n  },\n  \"headline\": {\n    \"level\": "
    "\"limited\",\n    \"text\": \"Some calls may fail\"\n  },\n  \"verdict\": {\n    \"state\": "
    "\"may-fail\",\n    \"text\": \"",
    "    \"who\": \"",
    "    \"what\": \"",
    "    \"codes\": [\n      \"IP6-01\"\n    ]\n  },\n  \"way\": [\n    {\n"
    "      \"place\": \"computer\",\n      \"state\": \"fine\"\n    },\n    {\n"
    "      \"place\": \"between\",\n      \"state\": \"fine\",\n      \"finding\": \"nat\"\n",
    "    }\n  ],\n  \"nat\": {\n    \"mapping\": null,\n"
    "    \"filtering\": null,\n    \"hairpinning\": null,\n    \"port-preserved\": null\n  },\n"
    "  \"services\": [],\n  \"calls\": [],\n  \"findings\": "
    "[\n    {\n      \"code\": \"IP6-01\",\n      \"kind\": \"broken-ipv6\",\n      \"severity\": "
    "\"warning\",\n      \"owner\": \"provider\",\n      \"certainty\": \"open\",\n      \"title\": \"",
    "\"rivals\": [\n        {\n          \"kind\": \"servers-ipv6\",\n          \"owner\": "
    "\"administrator\",\n          \"act\": \"another-network\",\n          \"text\": \"",
    "    {\n      \"code\": \"NAT-01\",\n      \"kind\": \"nat\",\n      \"severity\": "
    "\"note\",\n      \"owner\": \"administrator\",\n      \"certainty\": \"certain\",\n      \"title\": \"",
    "\"rivals\": [],\n      \"evidence\": [\n        \"server-ip\"\n      ]\n    }",
    "    {\n      \"id\": \"connect-1\",\n      \"kind\": \"connect\",\n"
    "      \"vantage\": \"computer\",\n      \"state\": \"failed\",\n      \"start_us\": 12000,\n"
    "      \"duration_us\": 31000,\n      \"error\": {\n        \"code\": \"unreachable\",\n"
    "        \"text\": \"2001:db8:5::10\"\n      },\n      \"details\": {\n"
    "        \"peer-address\": \"2001:db8:5::10\",\n        \"peer-port\": 5222,\n"
    "        \"security\": \"starttls\",\n        \"target\": \"xmpp.montague.lit\",\n"
    "        \"used\": false\n      }\n    }",
    "      \"local\": {\n        \"address\": \"127.0.0.1\",\n        \"port\": null,\n"
    "        \"scope\": \"loopback\"\n      },\n",
    "      \"seen\": {\n        \"address\": \"198.51.100.87\",\n        \"port\": 44308,\n",
  };
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autofree char *json = sidetone_report_to_json (report);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      if (strstr (json, expected[i]) == NULL)
        g_error ("Not in the report: %s\n%s", expected[i], json);
    }
  g_assert_true (g_str_has_suffix (json, "\n  ]\n}\n"));
}

static void
test_unknown_is_null (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autofree char *json = sidetone_report_to_json (report);

  g_assert_nonnull (strstr (json, "\"local\": null,\n  \"external\": null,"));
  g_assert_nonnull (strstr (json, "\"level\": \"unknown\""));
}

/* The longest name: a domain of 1023 bytes (RFC 7622, section 3.2) */
#define MAX_NAME 1023

#define HEAD "{\"format\":\"sidetone-report\",\"version\":1,\"created\":\"2026-11-22T15:04:05Z\"," \
  "\"app\":{\"version\":\"1.0.0\"},\"account\":{\"jid\":\"romeo@montague.lit\"," \
  "\"server\":\"montague.lit\"}"
#define STEP "\"id\":\"step\",\"kind\":\"disco\",\"vantage\":\"server\",\"state\":\"passed\""
#define WITH(observation) HEAD ",\"observations\":[{" observation "}]}"

static void
test_broken (void)
{
  static const char *const rows[] = {
    "", "{", "{}", "[]", "null", "\"sidetone-report\"", "not JSON", HEAD, HEAD "}",
    "{\"format\":\"sidetone\",\"version\":1}",
    "{\"version\":1}",
    "{\"format\":1,\"version\":1}",
    "{\"format\":\"sidetone-report\"}",
    "{\"format\":\"sidetone-report\",\"version\":\"1\"}",
    "{\"format\":\"sidetone-report\",\"version\":1.0}",
    "{\"format\":\"sidetone-report\",\"version\":0}",
    "{\"format\":\"sidetone-report\",\"version\":-1}",
    "{\"format\":\"sidetone-report\",\"version\":1,\"observations\":[]}",
    "{\"format\":\"sidetone-report\",\"version\":1,\"created\":\"yesterday\",\"app\":{\"version\":"
    "\"1\"},\"account\":{},\"observations\":[]}",
    "{\"format\":\"sidetone-report\",\"version\":1,\"created\":\"0026-11-22T15:04:05Z\",\"app\":"
    "{\"version\":\"1\"},\"account\":{},\"observations\":[]}",
    "{\"format\":\"sidetone-report\",\"version\":1,\"created\":\"2026-11-22T15:04:05Z\","
    "\"account\":{},\"observations\":[]}",
    "{\"format\":\"sidetone-report\",\"version\":1,\"created\":\"2026-11-22T15:04:05Z\","
    "\"app\":{},\"account\":{},\"observations\":[]}",
    "{\"format\":\"sidetone-report\",\"version\":1,\"created\":\"2026-11-22T15:04:05Z\","
    "\"app\":{\"version\":\"1\"},\"observations\":[]}",
    "{\"format\":\"sidetone-report\",\"version\":1,\"created\":\"2026-11-22T15:04:05Z\","
    "\"app\":{\"version\":\"1\"},\"account\":{\"jid\":7},\"observations\":[]}",
    HEAD ",\"observations\":{}}",
    HEAD ",\"observations\":null}",
    HEAD ",\"observations\":[1]}",
    HEAD ",\"observations\":[null]}",
    HEAD ",\"observations\":[{}]}",
    HEAD ",\"observations\":[]}]",
    WITH ("\"kind\":\"disco\",\"vantage\":\"server\",\"state\":\"passed\""),
    WITH ("\"id\":\"step\",\"vantage\":\"server\",\"state\":\"passed\""),
    WITH ("\"id\":\"step\",\"kind\":\"disco\",\"state\":\"passed\""),
    WITH ("\"id\":\"step\",\"kind\":\"disco\",\"vantage\":\"server\""),
    WITH ("\"id\":7,\"kind\":\"disco\",\"vantage\":\"server\",\"state\":\"passed\""),
    WITH ("\"id\":\"\",\"kind\":\"disco\",\"vantage\":\"server\",\"state\":\"passed\""),
    WITH ("\"id\":\"a b\",\"kind\":\"disco\",\"vantage\":\"server\",\"state\":\"passed\""),
    WITH ("\"id\":\"step\",\"kind\":null,\"vantage\":\"server\",\"state\":\"passed\""),
    WITH (STEP "},{" STEP),
    WITH (STEP ",\"start_us\":-1"),
    WITH (STEP ",\"start_us\":1.5"),
    WITH (STEP ",\"start_us\":\"1\""),
    WITH (STEP ",\"duration_us\":9223372036854775807"),
    WITH (STEP ",\"local\":\"192.0.2.1\""),
    WITH (STEP ",\"local\":{}"),
    WITH (STEP ",\"local\":{\"address\":\"montague.lit\"}"),
    WITH (STEP ",\"local\":{\"address\":\"192.0.2.1\",\"port\":0}"),
    WITH (STEP ",\"local\":{\"address\":\"192.0.2.1\",\"port\":65536}"),
    WITH (STEP ",\"local\":{\"address\":\"192.0.2.1\",\"port\":\"5222\"}"),
    WITH (STEP ",\"seen\":{\"address\":\"192.0.2.256\"}"),
    WITH (STEP ",\"seen\":[]"),
    WITH (STEP ",\"error\":\"no-answer\""),
    WITH (STEP ",\"error\":{}"),
    WITH (STEP ",\"error\":{\"code\":3}"),
    WITH (STEP ",\"error\":{\"code\":\"no-answer\",\"text\":3}"),
    WITH (STEP ",\"details\":[]"),
    WITH (STEP ",\"details\":{\"a\":9223372036854775808}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SidetoneReport) report = NULL;

      report = sidetone_report_new_from_json (rows[i], strlen (rows[i]), &error);
      if (report != NULL)
        g_error ("Taken for a report: %s", rows[i]);
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT);
    }
}

static void
test_too_new (void)
{
  static const char *const rows[] = {
    "{\"format\":\"sidetone-report\",\"version\":2}",
    "{\"format\":\"sidetone-report\",\"version\":9223372036854775807,\"created\":false}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sidetone_report_new_from_json (rows[i], strlen (rows[i]), &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_REPORT_TOO_NEW);
    }
}

/* Additions by a newer Sidetone with the same version are accepted. */
static void
test_tolerated (void)
{
  static const char *const rows[] = {
    HEAD ",\"observations\":[]}",
    HEAD ",\"observations\":[],\"nat\":{\"mapping\":null},\"services\":[{}],\"findings\":7}",
    WITH (STEP),
    WITH (STEP ",\"details\":null,\"local\":null,\"error\":null,\"start_us\":null"),
    WITH (STEP ",\"new\":{\"deep\":[[{}]]}"),
    WITH (STEP ",\"error\":{\"code\":\"not-known-yet\"}"),
    WITH (STEP ",\"local\":{\"address\":\"192.0.2.1\",\"scope\":3,\"new\":[]}"),
    WITH (STEP ",\"details\":{\"object\":{\"a\":1},\"null\":null,\"mixed\":[1,\"a\"],"
          "\"nested\":[[1]],\"Not A Key\":1,\"kept\":\"yes\"}"),
    WITH ("\"id\":\"stun-1\",\"kind\":\"stun\",\"vantage\":\"relay\",\"state\":\"maybe\""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneReport) report = read_report (rows[i]);
      g_autofree char *text = sidetone_report_to_text (report);
      g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);

      assert_round_trip (report);
      assert_round_trip (redacted);
      g_assert_cmpstr (text, !=, "");

      if (strstr (rows[i], "kept") != NULL)
        {
          g_autoptr (SidetoneObservation) observation = NULL;
          g_autoptr (GVariant) details = NULL;
          g_autoptr (GVariant) kept = NULL;

          observation = g_list_model_get_item (sidetone_report_get_observations (report), 0);
          details = sidetone_observation_dup_details (observation);
          g_assert_cmpuint (g_variant_n_children (details), ==, 1);
          kept = sidetone_observation_dup_detail (observation, "kept");
          g_assert_cmpstr (g_variant_get_string (kept, NULL), ==, "yes");
        }
    }
}

static void
assert_refused (GString *json)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sidetone_report_new_from_json (json->str, json->len, &error));
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT);
}

static void
test_bounds (void)
{
  g_autoptr (GString) large = g_string_new (HEAD ",\"observations\":[],\"new\":\"");
  g_autoptr (GString) deep = g_string_new (HEAD ",\"observations\":[],\"new\":");
  g_autoptr (GString) many = g_string_new (HEAD ",\"observations\":[");
  g_autoptr (GString) named = g_string_new (HEAD ",\"observations\":[]}");
  g_autofree char *name = g_strnfill (2000, 'x');

  while (large->len < SIDETONE_REPORT_MAX_BYTES)
    g_string_append (large, "0123456789");
  g_string_append (large, "\"}");
  assert_refused (large);

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_refused (deep);

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (many, "%s{\"id\":\"a-%u\",\"kind\":\"disco\",\"vantage\":\"server\","
                            "\"state\":\"passed\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}");
  assert_refused (many);

  /* Exactly as long as it may be, and one longer */
  for (guint length = MAX_NAME; length <= MAX_NAME + 1; length++)
    {
      g_autofree char *version = g_strnfill (length, '1');
      g_autoptr (GString) edge = g_string_new (HEAD ",\"observations\":[]}");
      g_autoptr (SidetoneReport) report = NULL;

      g_string_replace (edge, "1.0.0", version, 0);
      report = sidetone_report_new_from_json (edge->str, edge->len, NULL);
      g_assert_true ((report != NULL) == (length == MAX_NAME));
    }

  g_string_replace (named, "\"montague.lit\"", "\"NAME\"", 0);
  g_string_replace (named, "NAME", name, 0);
  assert_refused (named);
}

/* A truncated file is no report; one with a wrong byte is none, or another one. */
static void
test_damaged (void)
{
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autofree char *json = sidetone_report_to_json (report);
  gsize length = strlen (json) - 1;
  static const char damages[] = { '\0', '"', '}', ']', ',', '9', '\\', '\xff', 'x' };

  for (gsize i = 0; i < length; i += g_test_slow () ? 1 : 7)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sidetone_report_new_from_json (json, i, &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT);
    }

  for (gsize i = 0; i < length; i += g_test_slow () ? 1 : 13)
    {
      g_autofree char *damaged = g_strdup (json);
      g_autoptr (SidetoneReport) read = NULL;

      damaged[i] = damages[i % sizeof damages];
      read = sidetone_report_new_from_json (damaged, length + 1, NULL);
      if (read != NULL)
        {
          g_autofree char *text = sidetone_report_to_text (read);

          g_assert_cmpstr (text, !=, "");
          assert_round_trip (read);
        }
    }
}

static void
assert_printable (const char *text,
                  guint       max_width)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (sidetone_text_get_width (lines[i]), <=, max_width);
      g_assert_false (g_str_has_suffix (lines[i], " "));
      for (const char *p = lines[i]; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_true (sidetone_text_is_harmless (g_utf8_get_char (p)));
    }
}

/* The sections stand in the order of the window's page. */
static void
assert_order (const char        *text,
              const char *const *titles)
{
  const char *last = text;

  for (guint i = 0; titles[i] != NULL; i++)
    {
      const char *here = strstr (last, titles[i]);

      if (here == NULL)
        g_error ("“%s” stands too early, or is missing:\n%s", titles[i], text);
      last = here;
    }
}

static void
test_text (void)
{
  static const char *const order[] = {
    "\nIP6-01\n", "\nWho can fix it\n", "\nWhat to do\n", "\nWhat is wrong\n", "\nThe way of a call\n", "\nOther findings\n", "\nDetails\n", "\nAddresses of this computer\n", NULL,
  };
  static const char *const expected[] = {
    "Some calls may fail\nNo relay was tested.",
    "\nIP6-01\n",
    "The way of a call\n"
    "  This computer         192.168.47.113 port 44308 (private address)\n"
    "  NAT                   your router\n"
    "  Seen by your server   198.51.100.87 port 44308 (example address; new\n"
    "                        address, same port)\n",
    "What is wrong\n"
    "  IPv6 doesn't work on this network. This computer has an IPv6",
    "What to do\n  Check again from another network",
    "Who can fix it\n  your internet provider or your server's administrator\n",
    "Other findings\n"
    "  NAT-01  Your router shares one public address (normal)",
    "  failed   Not connected                2001:db8:5::10 port 5222:",
    "\nAccount: romeo@montague.lit\nChecked: 2026-11-22 15:04:05 UTC, by Sidetone ",
    "In this report, “you” means the person who made it.\n",
  };
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autofree char *text = sidetone_report_to_text (report);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      if (strstr (text, expected[i]) == NULL)
        g_error ("Not in the text: %s\n%s", expected[i], text);
    }
  g_assert_null (strstr (text, "hidden"));
  assert_order (text, order);
  assert_printable (text, 80);

  for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
    {
      g_autoptr (GListStore) row = make_row (&address_rows[i]);
      g_autoptr (SidetoneReport) one = make_report (row);
      g_autofree char *words = sidetone_report_to_text (one);

      assert_printable (words, 80);
    }
}

/* On a terminal of any width no line is too long, and nothing is lost. */
static void
test_widths (void)
{
  static const guint widths[] = { 1, 20, 40, 60, 80, 100, 200 };
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autofree char *text = sidetone_report_to_text (report);
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (SidetonePage) page = sidetone_page_new (&(SidetonePageLook) { .width = widths[i] });
      g_autofree char *written = NULL;
      g_auto (GStrv) lines = NULL;

      sidetone_report_write (report, page);
      written = sidetone_page_dup_text (page);
      for (guint j = 0; words[j] != NULL; j++)
        g_assert_nonnull (strstr (written, words[j]));

      /* A word is never broken. */
      lines = g_strsplit (written, "\n", -1);
      for (guint j = 0; lines[j] != NULL; j++)
        {
          if (strchr (lines[j] + strspn (lines[j], " "), ' ') != NULL)
            g_assert_cmpuint (sidetone_text_get_width (lines[j]), <=, widths[i]);
        }
    }
}

/* A failed check shows where the way ends. */
static void
test_text_failed (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneReport) report = NULL;
  g_autofree char *text = NULL;
  SidetoneError error = SIDETONE_ERROR_WRONG_PASSWORD;

  add_used_connect (store, "192.168.47.113:44308", 0, 1000);
  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, &error, NULL);
  report = make_report (store);
  text = sidetone_report_to_text (report);

  g_assert_true (g_str_has_prefix (text, "The password was not accepted\nCalls could not be checked.\nCON-07\n"));
  g_assert_nonnull (strstr (text, "\n  In between            not known\n"));
  g_assert_nonnull (strstr (text, "\n  Your server           Not signed in\n"));
  assert_printable (text, 80);
}

static void
test_hostile_text (void)
{
  static const char *const hostile = "\033]0;owned\007\033[2J\r\n\xe2\x80\xae" "evil\xc2\x9b" "31m";
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  SidetoneError error = SIDETONE_ERROR_STREAM_ERROR;
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = { .id = "disco", .kind = SIDETONE_OBSERVATION_DISCO,
                                       .state = SIDETONE_STATE_PASSED };

  g_variant_dict_insert (&details, "name", "s", hostile);
  add_observation (store, &fields, &details);
  add_lookup (store, "address", hostile, "", NULL);
  add_interface (store, hostile, "wired", "192.0.2.1", TRUE);
  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, &error, hostile);
  report = sidetone_report_new (hostile, hostile, created, hostile, hostile, G_LIST_MODEL (store));

  text = sidetone_report_to_text (report);
  assert_printable (text, 80);
  json = sidetone_report_to_json (report);
  for (const char *p = json; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == '\n' || sidetone_text_is_harmless (g_utf8_get_char (p)));
  assert_round_trip (report);
}

static void
assert_same_scope (SidetoneEndpoint *a,
                   SidetoneEndpoint *b)
{
  g_assert_true ((a == NULL) == (b == NULL));
  if (a == NULL)
    return;

  g_assert_cmpint (sidetone_endpoint_get_port (a), ==, sidetone_endpoint_get_port (b));
  g_assert_cmpint (sidetone_endpoint_get_family (a), ==, sidetone_endpoint_get_family (b));
  g_assert_cmpint (sidetone_address_scope_of (sidetone_endpoint_get_address (a)), ==,
                   sidetone_address_scope_of (sidetone_endpoint_get_address (b)));
}

static char *
fail_to_describe (guint         number,
                  GInetAddress *address)
{
  g_autofree char *text = g_inet_address_to_string (address);

  g_error ("%s is shown", text);

  return NULL;
}

static void
assert_no_address (const char *words)
{
  g_autoptr (SidetoneAliases) found = sidetone_aliases_new ();
  g_autofree char *replaced = NULL;

  sidetone_aliases_add_text (found, words);
  replaced = sidetone_aliases_replace (found, words, fail_to_describe);
  g_assert_cmpstr (replaced, ==, words);
}

static void
assert_hidden_details (SidetoneReport *redacted)
{
  GListModel *observations = sidetone_report_get_observations (redacted);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      g_autoptr (GPtrArray) rows = sidetone_describe_details (observation);

      for (guint j = 0; j < rows->len; j++)
        assert_no_address (((const SidetoneDetail *) rows->pdata[j])->value);
    }
}

/* Users read no made-up address, and the same numbers as the person who reads the file. */
static void
assert_hidden (SidetoneReport *redacted)
{
  g_autofree char *text = sidetone_report_to_text (redacted);
  g_autofree char *json = sidetone_report_to_json (redacted);
  g_autoptr (SidetoneReport) read = sidetone_report_new_from_json (json, strlen (json), NULL);
  g_autofree char *again = sidetone_report_to_text (read);

  assert_no_address (text);
  assert_hidden_details (redacted);
  g_assert_cmpstr (again, ==, text);
  g_assert_true (sidetone_report_is_redacted (read));
}

/* The judgement and the scopes stay the same; redacting again changes nothing. */
static void
assert_redaction (GListStore *store)
{
  g_autoptr (SidetoneReport) report = make_report (store);
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  SidetoneDiagnosis *a = sidetone_report_get_diagnosis (report);
  SidetoneDiagnosis *b = sidetone_report_get_diagnosis (redacted);

  assert_same_judgement (report);
  assert_same_scope (sidetone_diagnosis_get_local (a), sidetone_diagnosis_get_local (b));
  assert_same_scope (sidetone_diagnosis_get_external (a), sidetone_diagnosis_get_external (b));
  assert_hidden (redacted);
}

static void
test_redacted_rows (void)
{
  g_autoptr (GListStore) store = make_check ();

  assert_redaction (store);
  for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
    {
      g_autoptr (GListStore) row = make_row (&address_rows[i]);

      assert_redaction (row);
    }
}

static const guint8 *
get_bytes (SidetoneEndpoint *endpoint)
{
  return g_inet_address_to_bytes (sidetone_endpoint_get_address (endpoint));
}

/* What a router left of an IPv6 address is still the same: nothing else is learned from it. */
static void
test_redacted_half (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  SidetoneDiagnosis *diagnosis;
  SidetoneEndpoint *local;
  SidetoneEndpoint *seen;

  add_server_ip (store, "[2001:db8:1:2:3:4:5:6]:4000", "[2001:db8:8:9:3:4:5:6]:4000", PUBLIC_PEER6);
  report = make_report (store);
  redacted = sidetone_report_new_redacted (report);
  diagnosis = sidetone_report_get_diagnosis (redacted);
  local = sidetone_diagnosis_get_local (diagnosis);
  seen = sidetone_diagnosis_get_external (diagnosis);

  g_assert_cmpmem (get_bytes (local) + 8, 8, get_bytes (seen) + 8, 8);
  g_assert_false (g_inet_address_equal (sidetone_endpoint_get_address (local),
                                        sidetone_endpoint_get_address (seen)));
}

/* Every address with every other one, for several peers, with and without NAT64. */
static void
test_redacted_pairs (void)
{
  static const char *const peers[] = {
    PUBLIC_PEER, "192.168.1.2:5222", "[64:ff9b::203.0.113.10]:5222",
    "[2001:db9:122:344::cb00:710a]:5222", "[2001:db9:122:344::a00:1]:5222",
  };
  static const char *const prefixes[] = { "", "2001:db9:122:344::/96 2001:db8:8::/48 2a00::/32" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (addresses); j++)
        {
          guint peer = (i + j) % G_N_ELEMENTS (peers);
          guint last = g_test_slow () ? G_N_ELEMENTS (peers) - 1 : 0;

          for (guint k = 0; k <= last; k++)
            {
              g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

              add_interface (store, "eth0", "wired", addresses[(i + 1) % G_N_ELEMENTS (addresses)],
                             TRUE);
              add_interface (store, "eth1", "wired", addresses[(i * j) % G_N_ELEMENTS (addresses)],
                             TRUE);
              add_lookup (store, "nat64", "ipv4only.arpa", prefixes[(i + k) % 2], NULL);
              add_server_ip (store, addresses[i], addresses[j],
                             peers[(peer + k) % G_N_ELEMENTS (peers)]);
              assert_redaction (store);
            }
        }
    }
}

/* No trace of the user and the exact addresses is left. */
static void
test_secrets (void)
{
  static const char *const names[] = {
    "montague.lit", "romeo-chat.lit", "Romeo", "nurse@montague.lit", NULL
  };
  static const char *const secrets[] = {
    "romeo", "Romeo", "balcony", "47.113", "100.87", "4e1b", "77aa", "9c3d", "fe61", "8b2e",
    "44.55",
    "hunter2", "bm9uY2U", "113.10\"", "5::10", "nurse", "not-in-the-table", "Ask the",
  };
  g_autoptr (GListStore) store = make_check ();
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_auto (GVariantDict) certificate = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  SidetoneObservationFields secure = { .id = "secure-2", .kind = SIDETONE_OBSERVATION_SECURE,
                                       .state = SIDETONE_STATE_PASSED };
  SidetoneObservationFields fields = { .id = "sign-in-2", .kind = SIDETONE_OBSERVATION_SIGN_IN,
                                       .state = SIDETONE_STATE_FAILED };

  error = g_error_new (SIDETONE_ERROR, SIDETONE_ERROR_SIGN_IN_REFUSED,
                       "romeo@montague.lit/balcony from 192.168.47.113: hunter2");
  fields.error = error;
  g_variant_dict_insert (&details, "server-text", "s", "Ask the nurse of romeo, not 198.51.100.87");
  g_variant_dict_insert (&details, "raw", "s", "<iq to='romeo@montague.lit/balcony'>bm9uY2U=</iq>");
  g_variant_dict_insert (&details, "not-in-the-table", "s", "romeo");
  g_variant_dict_insert (&details, "stage", "s", "romeo@montague.lit");
  g_variant_dict_insert (&details, "mechanism", "s", "SCRAM-SHA-1");
  g_variant_dict_insert (&details, "target", "s", "192.168.47.113");
  add_observation (store, &fields, &details);
  g_variant_dict_insert (&certificate, "subject", "s",
                         "CN=montague.lit, emailAddress=romeo@montague.lit, UID=Romeo, "
                         "IP=192.168.47.113, O=198.51.44.55/24");
  g_variant_dict_insert (&certificate, "issuer", "s", "romeo-ca <nurse@montague.lit>");
  g_variant_dict_insert_value (&certificate, "names", g_variant_new_strv (names, -1));
  add_observation (store, &secure, &certificate);
  add_interface (store, "vpn-romeo", "tunnel", "192.168.47.114", FALSE);
  add_disco (store, "urn:xmpp:sic:1 http://jabber.org/protocol/disco#info romeo@montague.lit "
             "http://romeo/feature");

  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, "0.12.2",
                                "romeo 12 at 192.168.47.113", G_LIST_MODEL (store));
  redacted = sidetone_report_new_redacted (report);
  json = sidetone_report_to_json (redacted);
  text = sidetone_report_to_text (redacted);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      if (strstr (json, secrets[i]) != NULL || strstr (text, secrets[i]) != NULL)
        g_error ("“%s” is left in %s", secrets[i], json);
    }

  /* Support's information is still there. */
  g_assert_null (sidetone_report_get_jid (redacted));
  g_assert_nonnull (strstr (text, "\nPrivate details are hidden in this report. "));
  g_assert_cmpstr (sidetone_report_get_domain (redacted), ==, "montague.lit");
  g_assert_nonnull (strstr (json, "\"jid\": null"));
  g_assert_nonnull (strstr (json, "CN=montague.lit"));
  g_assert_nonnull (strstr (json, "SCRAM-SHA-1"));
  g_assert_nonnull (strstr (json, "urn:xmpp:sic:1"));
  g_assert_nonnull (strstr (json, "44308"));
  g_assert_nonnull (strstr (text, "Server: montague.lit\n"));
  g_assert_nonnull (strstr (json, "\"stun udp turn.montague.lit 3478\""));
  g_assert_nonnull (strstr (json, "\"name\": \"turn.montague.lit\""));
  g_assert_nonnull (strstr (json, "\"turn tcp 203.0.113."));
  g_assert_nonnull (strstr (json, "\"expires-in\": 43199"));
}

/* A server may have an address instead of a name. */
static void
test_redacted_domain (void)
{
  static const char *const rows[][2] = {
    { "198.51.100.87", "198.51.100.1" },
    { "2001:db8:4e1b::7", "2001:db8:1:1::1" },
    { "[2001:db8:4e1b::7]", "2001:db8:1:1::1" },
    { "montague.lit", "montague.lit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
      g_autofree char *jid = g_strconcat ("romeo@", rows[i][0], NULL);
      g_autoptr (SidetoneReport) report = NULL;
      g_autoptr (SidetoneReport) redacted = NULL;
      g_autofree char *json = NULL;

      report = sidetone_report_new (jid, rows[i][0], created, NULL, NULL, G_LIST_MODEL (store));
      redacted = sidetone_report_new_redacted (report);
      json = sidetone_report_to_json (redacted);
      g_assert_cmpstr (sidetone_report_get_domain (redacted), ==, rows[i][1]);
      g_assert_null (strstr (json, "romeo"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/round-trip", test_round_trip);
  g_test_add_func ("/report/round-trip-details", test_round_trip_details);
  g_test_add_func ("/report/format", test_format);
  g_test_add_func ("/report/unknown-is-null", test_unknown_is_null);
  g_test_add_func ("/report/broken", test_broken);
  g_test_add_func ("/report/too-new", test_too_new);
  g_test_add_func ("/report/tolerated", test_tolerated);
  g_test_add_func ("/report/bounds", test_bounds);
  g_test_add_func ("/report/damaged", test_damaged);
  g_test_add_func ("/report/text", test_text);
  g_test_add_func ("/report/widths", test_widths);
  g_test_add_func ("/report/text-failed", test_text_failed);
  g_test_add_func ("/report/hostile-text", test_hostile_text);
  g_test_add_func ("/report/redacted-rows", test_redacted_rows);
  g_test_add_func ("/report/redacted-half", test_redacted_half);
  g_test_add_func ("/report/redacted-pairs", test_redacted_pairs);
  g_test_add_func ("/report/secrets", test_secrets);
  g_test_add_func ("/report/redacted-domain", test_redacted_domain);

  return g_test_run ();
}
