/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "report/pair.h"

#include "base/nick.h"
#include "judge/call-pair.h"
#include "lib/reports.h"
#include "test-call-observations.h"
#include "test-nat-observations.h"
#include "words/describe.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* A call between two people with a report each. tests/lab/test_pairs.py holds it against ICE agents. */

/* Each person's network. Both families have the same router, but only IPv4 a NAT. */
typedef struct
{
  const char *name;
  const char *mapping;           /* NULL: UDP was not tested */
  const char *filtering;
  const char *ipv6_filtering;    /* with a call server that has IPv6 */
  gboolean has_ipv6;             /* without such a server */
  gboolean is_blocked;
  Packets relay;                 /* NOT_TRIED: not offered, but for a network without any test */
  SidetoneApp app;
} Network;

static const Network networks[] = {
  { "open", "none", EI, .relay = ALL },
  { "firewall", "none", APD, .relay = ALL },
  { "home", EI, APD, .relay = ALL },
  { "full-cone", EI, EI, .relay = ALL },
  { "restricted", EI, AD, .relay = ALL },
  { "symmetric", APD, APD, .relay = ALL },
  { "by-address", AD, APD, .relay = ALL },
  { "half-known", EI, NULL, .relay = ALL },
  { "ports-alone", "port-independent", APD, .relay = ALL },
  { "home-without-relay", EI, APD, .relay = NONE },
  { "symmetric-without-relay", APD, APD, .relay = NONE },
  { "blocked", NULL, NULL, .is_blocked = TRUE, .relay = ALL },
  { "blocked-without-relay", NULL, NULL, .is_blocked = TRUE, .relay = NONE },
  { "symmetric-with-ipv6", APD, APD, APD, .relay = ALL },
  { "symmetric-with-untested-ipv6", APD, APD, .has_ipv6 = TRUE, .relay = ALL },
  { "ipv6-alone", NULL, NULL, APD, .relay = ALL },
  { "without-nat-test", NULL, NULL, .relay = ALL },
  { "untested" },
  { "open-gajim", "none", EI, .relay = ALL, .app = SIDETONE_APP_GAJIM_OLD },
  { "home-gajim", EI, APD, .relay = ALL, .app = SIDETONE_APP_GAJIM_OLD },
};

typedef struct
{
  const char *first;
  const char *second;
  const char *expected;   /* WAY REASON NETWORKS RELAYS: of the two, 1 and 2 */
} Row;

static const Row rows[] = {
  /* Both signal the right address. */
  { "open", "open", "direct both-open - 12" },
  { "home", "home", "direct both-open - 12" },
  { "firewall", "home", "direct both-open - 12" },
  { "home-without-relay", "home-without-relay", "direct both-open - -" },

  /* Only one does. */
  { "symmetric", "open", "direct let-in 2 12" },
  { "full-cone", "symmetric", "direct let-in 1 12" },
  { "restricted", "by-address", "direct let-in 1 12" },
  { "symmetric", "home", "relay ports - 12" },
  { "firewall", "symmetric", "relay ports - 12" },
  { "by-address", "home-without-relay", "relay ports - 1" },
  { "home-without-relay", "symmetric", "relay ports - 2" },
  { "home-without-relay", "symmetric-without-relay", "none ports - -" },

  /* None does. */
  { "symmetric", "symmetric", "relay ports - 12" },
  { "by-address", "symmetric", "relay ports - 12" },
  { "symmetric-without-relay", "symmetric-without-relay", "none ports - -" },

  /* One's own relay helps who can't send UDP, and only that. */
  { "blocked", "open", "relay blocked 1 1" },
  { "symmetric-without-relay", "blocked", "relay blocked 2 2" },
  { "blocked-without-relay", "home", "none blocked 1 -" },
  { "blocked", "blocked", "unknown blocked 12 -" },
  { "blocked", "blocked-without-relay", "none blocked 12 -" },

  /* What is not known is not guessed, and not asked for where it does not matter. */
  { "half-known", "home", "direct both-open - 12" },
  { "half-known", "symmetric", "either not-seen 1 12" },
  { "home", "ports-alone", "either not-seen 2 12" },
  { "ports-alone", "open", "direct let-in 2 12" },
  { "ports-alone", "symmetric", "relay ports - 12" },
  { "untested", "open", "unknown not-seen 1 -" },
  { "without-nat-test", "symmetric", "either not-seen 1 12" },
  { "without-nat-test", "blocked", "relay blocked 2 2" },
  { "blocked", "untested", "unknown blocked 1 -" },
  { "untested", "blocked-without-relay", "none blocked 2 -" },
  { "untested", "untested", "unknown not-seen 12 -" },

  /* An app that tells only its own address: packets from behind its NAT come from an address that nobody
   * was told of, and a relay, too, lets in only those that it was. */
  { "home-gajim", "open", "direct let-in 2 -" },
  { "home-gajim", "full-cone", "direct let-in 2 -" },
  { "home-gajim", "restricted", "none own-address 1 -" },
  { "home-gajim", "home", "none own-address 1 -" },
  { "home-gajim", "home-gajim", "none own-address 12 -" },
  { "open-gajim", "home", "direct both-open - 2" },
  { "open-gajim", "symmetric", "direct let-in 1 2" },

  /* Over IPv6, too */
  { "symmetric-with-ipv6", "symmetric-with-ipv6", "direct ipv6 - 12" },
  { "symmetric-with-ipv6", "symmetric", "relay ports - 12" },
  { "symmetric-with-untested-ipv6", "symmetric-with-ipv6", "either not-seen 12 12" },
  { "symmetric-with-untested-ipv6", "symmetric", "relay ports - 12" },
  { "ipv6-alone", "symmetric-with-ipv6", "direct ipv6 - 1" },
  { "ipv6-alone", "home", "either not-seen 1 1" },
};

static const Network *
find_network (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      if (g_str_equal (networks[i].name, name))
        return &networks[i];
    }

  g_assert_not_reached ();
}

static void
add_blocked (GListStore *store,
             Packets     relay)
{
  const Test tests[] = {
    { STUN, .error = SILENT },
    { TURN_TCP, .echo = relay == ALL ? NONE_UNBOUND : NOT_TRIED },
    { OTHER_STUN, .error = SILENT },
    { OTHER_TURN_TCP, .relayed = "203.0.113.30:50000",
      .echo = relay == ALL ? NONE_UNBOUND : NOT_TRIED, .pair = relay == ALL ? ALL : NOT_TRIED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    add_test (store, &tests[i], i + 1);
}

/* @number is the last one of all public addresses in this network */
static SidetoneDiagnosis *
make_diagnosis (const Network *network,
                guint          number)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autofree char *external = g_strdup_printf ("198.51.100.%u:6000", number);
  g_autofree char *ipv6 = g_strdup_printf ("[2001:db8:%u::7]:6000", number);
  g_autofree char *ipv6_address = g_strdup_printf ("2001:db8:%u::7", number);
  gboolean is_ipv6 = network->mapping == NULL && network->ipv6_filtering != NULL;
  gboolean is_public = g_strcmp0 (network->mapping, "none") == 0;

  add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);
  if (network->has_ipv6 || network->ipv6_filtering != NULL)
    add_interface (store, "eth0", "wired", ipv6_address, TRUE);
  add_server_ip (store, is_public ? external : OPEN, external, PUBLIC_PEER);

  if (network->is_blocked)
    add_blocked (store, network->relay);
  else if (network->relay != NOT_TRIED)
    {
      const char *mapped = is_ipv6 ? ipv6 : external;

      add_test (store, &(Test) { STUN, .mapped = mapped }, 1);
      add_test (store, &(Test) { TURN, .mapped = mapped, .echo = network->relay }, 2);
    }
  if (network->mapping != NULL)
    add_nat (store, "nat-4", is_public ? external : OPEN, external, network->mapping,
             network->filtering);
  if (network->ipv6_filtering != NULL)
    add_nat (store, "nat-6", ipv6, ipv6, "none", network->ipv6_filtering);

  return sidetone_diagnose_for_app (G_LIST_MODEL (store), "montague.lit", network->app);
}

static void
add_ends (GString        *text,
          const gboolean *ends)
{
  g_string_append_printf (text, " %s%s%s", ends[0] ? "1" : "", ends[1] ? "2" : "",
                          ends[0] || ends[1] ? "" : "-");
}

static char *
format (const SidetoneCallPair *pair)
{
  GString *text = g_string_new (sidetone_nick_get (SIDETONE_TYPE_CALL_WAY, pair->way));

  g_string_append_printf (text, " %s", sidetone_nick_get (SIDETONE_TYPE_PAIR_REASON, pair->reason));
  add_ends (text, pair->is_meant);
  add_ends (text, pair->carries);

  return g_string_free (text, FALSE);
}

static SidetoneCallPair
judge (const char *first,
       const char *second,
       guint       number)
{
  g_autoptr (SidetoneDiagnosis) one = make_diagnosis (find_network (first), 1);
  g_autoptr (SidetoneDiagnosis) other = make_diagnosis (find_network (second), number);

  return sidetone_call_pair_judge (one, other);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  SidetoneCallPair pair = judge (row->first, row->second, 2);
  g_autofree char *found = format (&pair);

  g_assert_cmpstr (found, ==, row->expected);
}

/* Who calls whom does not matter; and each pair has words of its own. */
static void
test_all (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (networks); j++)
        {
          SidetoneCallPair pair = judge (networks[i].name, networks[j].name, 2);
          SidetoneCallPair turned = judge (networks[j].name, networks[i].name, 2);

          g_assert_cmpint (pair.way, ==, turned.way);
          g_assert_cmpint (pair.reason, ==, turned.reason);
          for (guint end = 0; end < 2; end++)
            {
              g_assert_cmpint (pair.is_meant[end], ==, turned.is_meant[!end]);
              g_assert_cmpint (pair.carries[end], ==, turned.carries[!end]);
            }
          g_assert_cmpstr (sidetone_describe_pair (&pair), !=, "");
          g_assert_nonnull (sidetone_describe_pair_reason (&pair));
          g_assert_cmpstr (sidetone_describe_pair_reason (&pair), !=, "");
          g_assert_true ((sidetone_describe_pair_relays (&pair) == NULL) ==
                         (pair.way == SIDETONE_CALL_WAY_DIRECT ||
                          pair.reason == SIDETONE_PAIR_REASON_OWN_ADDRESS));
        }
    }
}

/* With one and the same address on the internet, the way inside is not known. */
static void
test_same_network (void)
{
  SidetoneCallPair pair = judge ("home", "home", 1);
  SidetoneCallPair blocked = judge ("blocked", "blocked", 1);
  g_autofree char *found = format (&pair);
  g_autofree char *found_blocked = format (&blocked);

  g_assert_cmpstr (found, ==, "either same-network - 12");
  g_assert_cmpstr (found_blocked, ==, "unknown same-network - -");
}

/* All reports are from one provider; this one is from another. */
static SidetoneReport *
read_elsewhere (const char *name)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (name);
  g_autofree char *json = sidetone_report_to_json (report);
  g_autoptr (GString) changed = g_string_new (json);
  g_autoptr (GError) error = NULL;
  SidetoneReport *elsewhere;

  g_assert_cmpuint (g_string_replace (changed, "198.51.100.", "192.0.2.", 0), >, 0);
  elsewhere = sidetone_report_new_from_json (changed->str, changed->len, &error);
  g_assert_no_error (error);

  return elsewhere;
}

static JsonObject *
read_json (JsonParser     *parser,
           SidetoneReport *first,
           SidetoneReport *second)
{
  g_autofree char *json = sidetone_pair_to_json (first, second);
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);

  return json_node_get_object (json_parser_get_root (parser));
}

/* A report that may be posted says the same, but for what only real addresses tell. */
static void
test_reports (void)
{
  g_autoptr (SidetoneReport) first = sidetone_test_read_report ("symmetric");
  g_autoptr (SidetoneReport) second = read_elsewhere ("relay");
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (second);
  g_autoptr (SidetonePage) page = sidetone_page_new (NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonParser) other_parser = json_parser_new ();
  JsonObject *json = read_json (parser, first, second);
  JsonObject *other = read_json (other_parser, first, redacted);
  g_autofree char *text = NULL;

  g_assert_cmpstr (json_object_get_string_member (json, "format"), ==, "sidetone-pair");
  g_assert_cmpstr (json_object_get_string_member (json, "way"), ==,
                   json_object_get_string_member (other, "way"));
  g_assert_cmpstr (json_object_get_string_member (json, "reason"), ==,
                   json_object_get_string_member (other, "reason"));
  g_assert_null (strstr (json_object_get_string_member (json, "text"), "hidden"));
  g_assert_nonnull (strstr (json_object_get_string_member (other, "text"), "hidden"));

  sidetone_pair_write (first, redacted, page);
  text = sidetone_page_dup_text (page);
  g_assert_true (g_str_has_prefix (text, "Calls between these two should work, directly or through a relay.\n"));
  g_assert_nonnull (strstr (text, "Not enough is known about the second network."));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/call-pair/%s/%s", rows[i].first, rows[i].second);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/call-pair/all", test_all);
  g_test_add_func ("/call-pair/same-network", test_same_network);
  g_test_add_func ("/call-pair/reports", test_reports);

  return g_test_run ();
}
