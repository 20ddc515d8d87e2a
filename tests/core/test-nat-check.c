/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "judge/diagnosis.h"
#include "judge/lifetime-check.h"
#include "report/report.h"
#include "test-nat-observations.h"
#include "test-service-observations.h"
#include "words/describe.h"

/* What the kind of NAT means: findings, the level, and which calls work */

#define OWN "192.168.47.113:44308"
#define SEEN "198.51.100.87:44308"
#define TURN "turn udp " RELAY_HOST " 3478 credentials"

typedef enum
{
  NO_RELAY,
  RELAY_WORKS,
  RELAY_SILENT,
} RelayState;

typedef struct
{
  const char *name;
  const char *mapping;      /* NULL: unknown */
  const char *filtering;
  RelayState relay;
  SidetoneLevel level;
  const char *findings;     /* about the NAT's kind: KIND-SEVERITY */
  const char *calls;        /* open, home, symmetric, mobile: WAY REASON */
} Row;

static const Row rows[] = {
  { "home", EI, APD, RELAY_WORKS, SIDETONE_LEVEL_GOOD, "",
    "direct reached, direct both-open, relay their-port, relay their-port" },
  { "full-cone", EI, EI, RELAY_WORKS, SIDETONE_LEVEL_GOOD, "",
    "direct reached, direct both-open, direct let-in, direct let-in" },
  { "restricted", EI, AD, RELAY_WORKS, SIDETONE_LEVEL_GOOD, "",
    "direct reached, direct both-open, direct let-in, direct let-in" },
  { "open", "none", EI, RELAY_WORKS, SIDETONE_LEVEL_GOOD, "",
    "direct reached, direct both-open, direct let-in, direct let-in" },
  { "symmetric", APD, APD, RELAY_WORKS, SIDETONE_LEVEL_RELAY, "mapping-dependent-note",
    "direct reached, relay own-port, relay own-port, relay own-port" },
  { "by-address", AD, EI, RELAY_WORKS, SIDETONE_LEVEL_RELAY, "mapping-dependent-note",
    "direct reached, relay own-port, relay own-port, relay own-port" },
  { "dependent", "endpoint-dependent", NULL, RELAY_WORKS, SIDETONE_LEVEL_RELAY,
    "mapping-dependent-note",
    "direct reached, relay own-port, relay own-port, relay own-port" },
  { "symmetric/no-relay", APD, APD, NO_RELAY, SIDETONE_LEVEL_LIMITED,
    "mapping-dependent-warning",
    "direct reached, unknown own-port, unknown own-port, unknown own-port" },
  { "symmetric/silent-relay", APD, APD, RELAY_SILENT, SIDETONE_LEVEL_LIMITED,
    "mapping-dependent-warning",
    "direct reached, none own-port, none own-port, none own-port" },
  { "home/no-relay", EI, APD, NO_RELAY, SIDETONE_LEVEL_LIMITED, "",
    "direct reached, direct both-open, unknown their-port, unknown their-port" },

  /* Unknown values are not guessed. */
  { "ports-alone", "port-independent", "port-independent", RELAY_WORKS, SIDETONE_LEVEL_RELAY, "",
    "direct reached, either not-seen, either not-seen, either not-seen" },
  { "filtering-not-known", EI, NULL, RELAY_WORKS, SIDETONE_LEVEL_GOOD, "",
    "direct reached, direct both-open, either not-seen, either not-seen" },
  { "filtering-half-known", EI, "endpoint-dependent", RELAY_WORKS, SIDETONE_LEVEL_GOOD, "",
    "direct reached, direct both-open, either not-seen, either not-seen" },
  { "filtering-of-ports", EI, "port-independent", RELAY_WORKS, SIDETONE_LEVEL_GOOD, "",
    "direct reached, direct both-open, direct let-in, direct let-in" },
  { "nothing-known", NULL, NULL, NO_RELAY, SIDETONE_LEVEL_LIMITED, "",
    "direct reached, unknown not-seen, unknown not-seen, unknown not-seen" },
  { "word-of-later", "upside-down", "upside-down", NO_RELAY, SIDETONE_LEVEL_LIMITED, "",
    "direct reached, unknown not-seen, unknown not-seen, unknown not-seen" },
};

static void
add_relay (GListStore *store,
           RelayState  state)
{
  SidetoneError silent = SIDETONE_ERROR_RELAY_SILENT;

  if (state == NO_RELAY)
    return;

  add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-1", TURN, RELAY_PEER, SIDETONE_STATE_PASSED,
            NULL, "{'relayed': <'" RELAYED "'>}");
  if (state == RELAY_WORKS)
    add_test (store, SIDETONE_OBSERVATION_ECHO, "echo-1", TURN, RELAY_PEER, SIDETONE_STATE_PASSED,
              NULL, "{'relay': <'relay-1'>, 'relayed': <'" RELAYED "'>,"
              " 'mapped': <'198.51.100.87:40007'>, 'there-sent': <int64 50>,"
              " 'there-arrived': <int64 50>, 'back-sent': <int64 50>, 'back-arrived': <int64 50>}");
  else
    add_test (store, SIDETONE_OBSERVATION_ECHO, "echo-1", TURN, RELAY_PEER, SIDETONE_STATE_FAILED,
              &silent, "{'relay': <'relay-1'>, 'relayed': <'" RELAYED "'>,"
              " 'mapped': <'198.51.100.87:40007'>, 'there-sent': <int64 50>,"
              " 'there-arrived': <int64 0>}");
}

static GListStore *
make_store (const Row *row)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  gboolean none = g_strcmp0 (row->mapping, "none") == 0;

  add_server_ip (store, none ? SEEN : OWN, SEEN, PUBLIC_PEER);
  add_test (store, SIDETONE_OBSERVATION_STUN, "stun-1", "stun udp " RELAY_HOST " 3478", RELAY_PEER,
            SIDETONE_STATE_PASSED, NULL, NULL);
  add_relay (store, row->relay);
  add_nat (store, "nat-4", none ? SEEN : OWN, SEEN, row->mapping, row->filtering);

  return store;
}

static const char *
get_nick (GType type,
          int   value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);

  return g_enum_get_value (class, value)->value_nick;
}

static char *
format_findings (SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      SidetoneFindingKind kind = sidetone_finding_get_kind (finding);

      if (kind == SIDETONE_FINDING_MAPPING_DEPENDENT ||
          kind == SIDETONE_FINDING_SEVERAL_WAYS_OUT || kind == SIDETONE_FINDING_SHORT_LIFETIME ||
          kind == SIDETONE_FINDING_CARRIER_BEHIND_ROUTER || kind == SIDETONE_FINDING_SECOND_ROUTER)
        g_string_append_printf (text, "%s%s-%s", text->len > 0 ? " " : "",
                                get_nick (SIDETONE_TYPE_FINDING_KIND, kind),
                                get_nick (SIDETONE_TYPE_SEVERITY,
                                          sidetone_finding_get_severity (finding)));
    }

  return g_string_free (text, FALSE);
}

static char *
format_calls (SidetoneDiagnosis *diagnosis)
{
  GString *text = g_string_new (NULL);

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (diagnosis, partner);

      if (call != NULL)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                                get_nick (SIDETONE_TYPE_CALL_WAY, call->way),
                                get_nick (SIDETONE_TYPE_CALL_REASON, call->reason));
    }

  return g_string_free (text, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GListStore) store = make_store (row);
  g_autoptr (SidetoneDiagnosis) diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  g_autofree char *findings = format_findings (diagnosis);
  g_autofree char *calls = format_calls (diagnosis);

  g_assert_cmpstr (findings, ==, row->findings);
  g_assert_cmpstr (calls, ==, row->calls);
  g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==, row->level);
}

/* Each family by its own result: over IPv4, which most people have, if there are both */
static void
test_families (void)
{
  g_autoptr (GListStore) store = make_store (&rows[0]);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autoptr (SidetoneDiagnosis) other = NULL;

  add_nat (store, "nat-6", "[2001:db8:1::7]:4000", "[2001:db8:9::7]:4000", APD, APD);
  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  g_assert_cmpint (sidetone_diagnosis_get_nat (diagnosis)->mapping, ==,
                   SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT);
  /* Not all calls find a direct path. */
  g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==, SIDETONE_LEVEL_RELAY);

  g_list_store_remove_all (store);
  add_nat (store, "nat-6", "[2001:db8:1::7]:4000", "[2001:db8:9::7]:4000", APD, EI);
  other = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  g_assert_cmpint (sidetone_diagnosis_get_nat (other)->mapping, ==,
                   SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT);
  g_assert_cmpint (sidetone_diagnosis_get_nat (other)->filtering, ==,
                   SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT);
  g_assert_cmpint (sidetone_diagnosis_get_nat (other)->port, ==, SIDETONE_CHANGE_SAME);
}

/* Nothing changes IPv6, but the address check has seen a NAT64: that path was not tested. */
static void
test_other_way (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

  add_server_ip (store, "[2001:db8:1::7]:4000", "198.51.100.2:4000", "[64:ff9b::cb00:710a]:5222");
  add_relay (store, RELAY_WORKS);
  add_nat (store, "nat-6", "[2001:db8:1::7]:4000", "[2001:db8:1::7]:4000", "none", EI);
  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==, SIDETONE_LEVEL_RELAY);
}

/* All observers on the internet should see the same address. */
static void
test_ways_out (void)
{
  static const struct
  {
    const char *own;
    const char *seen;
    const char *peer;
    const char *udp_own;
    const char *mapped;
    gboolean differ;
  } cases[] = {
    { OWN, SEEN, PUBLIC_PEER, OWN, "198.51.100.87:5000", FALSE },
    { OWN, SEEN, PUBLIC_PEER, OWN, "198.51.100.88:5000", TRUE },
    { OWN, SEEN, PUBLIC_PEER, OWN, "100.64.0.9:5000", FALSE },
    /* The server sees a proxy in front of it. */
    { OWN, "203.0.113.10:5000", "203.0.113.10:5222", OWN, "198.51.100.88:5000", FALSE },
    { OWN, "10.0.0.9:5000", PUBLIC_PEER, OWN, "198.51.100.88:5000", FALSE },
    /* The other family can't be compared. */
    { "[2001:db8:1::7]:4000", "[2001:db8:1::7]:4000", "[2001:db8:5::10]:5222", OWN,
      "198.51.100.88:5000", FALSE },
    { "[2001:db8:1::7]:4000", "[2001:db8:1::7]:4000", "[2001:db8:5::10]:5222",
      "[2001:db8:1::8]:5000", "[2001:db8:1::8]:5000", FALSE },
    { "[2001:db8:1::7]:4000", "[2001:db8:1::7]:4000", "[2001:db8:5::10]:5222",
      "[2001:db8:1::7]:5000", "[2001:db8:2::7]:5000", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *findings = NULL;

      add_server_ip (store, cases[i].own, cases[i].seen, cases[i].peer);
      add_nat (store, "nat-4", cases[i].udp_own, cases[i].mapped, EI, APD);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
      findings = format_findings (diagnosis);
      g_assert_cmpstr (findings, ==, cases[i].differ ? "several-ways-out-note" : "");
    }
}

/* A relay lets in one address of this computer, and packets to it may come from another: its silence is
 * no fault of its own. */
static void
test_several_addresses (void)
{
  static const struct
  {
    const char *other;
    gboolean is_blamed;
  } cases[] = {
    { "198.51.100.87:5001", TRUE },
    { "198.51.100.88:5000", FALSE },
    /* Something in front of the other server */
    { "10.0.0.1:5000", TRUE },
    { "203.0.113.20:5000", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *other = g_strdup_printf ("203.0.113.21:3478 seen %s", cases[i].other);
      const char *views[] = { RELAY_PEER " seen 198.51.100.87:5000", other };
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      SidetoneObservationFields nat = {
        .id = "nat-4",
        .kind = SIDETONE_OBSERVATION_NAT,
        .state = SIDETONE_STATE_PASSED,
      };

      add_server_ip (store, OWN, SEEN, PUBLIC_PEER);
      add_test (store, SIDETONE_OBSERVATION_STUN, "stun-1", "stun udp " RELAY_HOST " 3478", RELAY_PEER,
                SIDETONE_STATE_PASSED, NULL, NULL);
      add_relay (store, RELAY_SILENT);
      g_variant_dict_insert_value (&details, "views", g_variant_new_strv (views, 2));
      add_observation (store, &nat, &details);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
      g_assert_true ((sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_RELAY_CLOSED) != NULL) ==
                     cases[i].is_blamed);
      g_assert_null (sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_RELAY_ADDRESS));
    }
}

static void
test_blocked (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *calls = NULL;
  SidetoneError silent = SIDETONE_ERROR_STUN_NO_ANSWER;

  add_server_ip (store, OWN, SEEN, PUBLIC_PEER);
  for (guint i = 0; i < 2; i++)
    {
      add_test (store, SIDETONE_OBSERVATION_STUN, i == 0 ? "stun-1" : "stun-2",
                i == 0 ? "stun udp one.lit 3478" : "stun udp two.lit 3478",
                i == 0 ? "203.0.113.30:3478" : "203.0.113.31:3478", SIDETONE_STATE_FAILED, &silent,
                NULL);
      add_test (store, SIDETONE_OBSERVATION_STUN, i == 0 ? "stun-3" : "stun-4",
                i == 0 ? "stun tcp one.lit 3478" : "stun tcp two.lit 3478",
                i == 0 ? "203.0.113.30:3478" : "203.0.113.31:3478", SIDETONE_STATE_PASSED, NULL,
                NULL);
    }
  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  calls = format_calls (diagnosis);
  g_assert_cmpstr (calls, ==, "unknown blocked, unknown blocked, unknown blocked, unknown blocked");
}

/* A mapping that closes before programs send again (RFC 8445, section 11: 15 s) */
static void
test_lifetime (void)
{
  static const struct
  {
    SidetoneState state;
    gint64 open_ms;
    gint64 closed_ms;
    const char *words;
    const char *verdict;     /* after the words */
    const char *findings;
  } cases[] = {
    { SIDETONE_STATE_PASSED, 4800, 5200, "about 5 seconds",
      ": too short, quiet calls can break off", "short-lifetime-warning" },
    { SIDETONE_STATE_PASSED, 14000, 15000, "about 14 seconds",
      ": too short, quiet calls can break off", "short-lifetime-warning" },
    { SIDETONE_STATE_PASSED, 15000, 16200, "about 15 seconds", ": enough for calls", "" },
    { SIDETONE_STATE_PASSED, 290000, 0, "290 seconds and longer", ": enough for calls", "" },
    /* Ended early */
    { SIDETONE_STATE_PASSED, 9000, 0, "9 seconds and longer", "", "" },
    { SIDETONE_STATE_PASSED, 0, 2000, "less than 2 seconds",
      ": too short, quiet calls can break off", "short-lifetime-warning" },
    { SIDETONE_STATE_SKIPPED, 0, 0, "there was no relay to try it with", "", "" },
    /* Impossible values */
    { SIDETONE_STATE_PASSED, -5, G_MININT64, "0 seconds and longer", "", "" },
    { SIDETONE_STATE_PASSED, G_MAXINT64, G_MAXINT64, "about 2147484 seconds", ": enough for calls", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      g_autoptr (SidetoneObservation) lifetime = NULL;
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *findings = NULL;
      g_autofree char *words = NULL;
      g_autofree char *with_verdict = NULL;
      g_autofree char *verdict = NULL;

      if (cases[i].open_ms != 0)
        g_variant_dict_insert (&details, "open-ms", "x", cases[i].open_ms);
      if (cases[i].closed_ms != 0)
        g_variant_dict_insert (&details, "closed-ms", "x", cases[i].closed_ms);
      lifetime = sidetone_observation_new (&(SidetoneObservationFields) {
      .id = "lifetime-4", .kind = SIDETONE_OBSERVATION_LIFETIME, .state = cases[i].state,
      .vantage = SIDETONE_VANTAGE_COMPUTER, .details = g_variant_dict_end (&details),
    });
      g_list_store_append (store, lifetime);

      words = sidetone_describe_observation_summary (lifetime);
      g_assert_cmpstr (words, ==, cases[i].words);
      with_verdict = g_strconcat (words, cases[i].verdict, NULL);
      verdict = sidetone_describe_lifetime_verdict (lifetime);
      g_assert_cmpstr (verdict, ==, with_verdict);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
      findings = format_findings (diagnosis);
      g_assert_cmpstr (findings, ==, cases[i].findings);
    }
}

/* A measurement needs a server that answers by UDP, a relay that works, and UDP that is not blocked. */
static void
test_can_measure (void)
{
  static const struct
  {
    const char *relay;
    SidetoneState state;
    gboolean echoes;
    gboolean expected;
    gboolean is_blocked;
  } cases[] = {
    { "turn udp " RELAY_HOST " 3478 credentials", SIDETONE_STATE_PASSED, TRUE, TRUE },
    { "turn udp " RELAY_HOST " 3478 credentials", SIDETONE_STATE_PASSED, FALSE, FALSE },
    { "turn udp " RELAY_HOST " 3478 credentials", SIDETONE_STATE_SKIPPED, FALSE, FALSE },
    { "turn tcp " RELAY_HOST " 3478 credentials", SIDETONE_STATE_PASSED, TRUE, FALSE },
    { "turn tcp " RELAY_HOST " 3478 credentials", SIDETONE_STATE_PASSED, FALSE, FALSE, TRUE },
  };
  static const SidetoneError silent = SIDETONE_ERROR_STUN_NO_ANSWER;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

      add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-1", cases[i].relay, RELAY_PEER,
                cases[i].state, NULL,
                cases[i].state == SIDETONE_STATE_PASSED ? "{'relayed': <'" RELAYED "'>}" : NULL);
      if (cases[i].echoes)
        add_test (store, SIDETONE_OBSERVATION_ECHO, "echo-1", cases[i].relay, RELAY_PEER,
                  SIDETONE_STATE_PASSED, NULL,
                  "{'relay': <'relay-1'>, 'there-sent': <int64 5>, 'there-arrived': <int64 5>}");
      if (cases[i].is_blocked)
        {
          add_test (store, SIDETONE_OBSERVATION_STUN, "stun-1", "stun udp " RELAY_HOST " 3478",
                    RELAY_PEER, SIDETONE_STATE_FAILED, &silent, NULL);
          add_test (store, SIDETONE_OBSERVATION_STUN, "stun-2", "stun udp stun.capulet.lit 3478",
                    "203.0.113.21:3478", SIDETONE_STATE_FAILED, &silent, NULL);
          add_test (store, SIDETONE_OBSERVATION_RELAY, "relay-2",
                    "turn tcp stun.capulet.lit 3478 credentials", "203.0.113.21:3478",
                    SIDETONE_STATE_PASSED, NULL, "{'relayed': <'" RELAYED "'>}");
        }
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
      g_assert_true ((sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_UDP_BLOCKED) != NULL) ==
                     cases[i].is_blocked);
      g_assert_true (sidetone_lifetime_check_is_possible (diagnosis) == cases[i].expected);
    }
}

/* The time that is left, at most */
static void
test_measuring (void)
{
  static const struct
  {
    guint open_ms;
    const char *words;
  } cases[] = {
    { 0, "Measuring… up to 5 minutes left" },
    { 59999, "Measuring… up to 5 minutes left" },
    { 60000, "Measuring… up to 4 minutes left" },
    { 290000, "Measuring… up to 1 minute left" },
    { G_MAXUINT, "Measuring… up to 1 minute left" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = sidetone_describe_measuring (cases[i].open_ms);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
add_path (GListStore *store,
          const char *local_text,
          const char *routers,
          gboolean    passed_on)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SidetoneEndpoint) local = parse_endpoint (local_text);
  g_autoptr (SidetoneEndpoint) mapped = parse_endpoint (SEEN);
  g_auto (GStrv) list = g_strsplit (routers, " ", -1);

  g_variant_dict_insert (&details, "routers", "^as", list);
  g_variant_dict_insert (&details, "passed-on", "b", passed_on);
  add_observation (store,
                   &(SidetoneObservationFields) {
    .id = "path", .kind = SIDETONE_OBSERVATION_PATH, .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_PASSED, .local = local, .seen = mapped,
  }, &details);
}

/* The external address's owner is known only if it is not the nearest router, and the next router
 * has an address that tells. */
static void
test_path (void)
{
  static const struct
  {
    const char *routers;
    gboolean passed_on;
    const char *interface;
    const char *seen;       /* by the XMPP server */
    const char *findings;
  } cases[] = {
    { "192.168.47.1 198.51.100.1", FALSE, "wired", SEEN, "" },
    { "192.168.47.1 100.64.0.1", TRUE, "wired", SEEN, "carrier-behind-router-note" },
    { "192.168.47.1 192.168.0.1 198.51.100.1", TRUE, "wired", SEEN, "second-router-note" },
    { "192.168.47.1 10.0.0.1 100.64.0.1 198.51.100.1", TRUE, "wired", SEEN,
      "carrier-behind-router-note" },
    /* Providers number their routers as they like, and assign public addresses behind them. */
    { "192.168.47.1 10.0.0.1 198.51.100.1", FALSE, "wired", SEEN, "" },
    { "192.168.47.1 100.64.0.1 198.51.100.1", FALSE, "wired", SEEN, "" },
    /* A router that forwards everything to a computer inside forwards packets to its external
     * address, too. */
    { "192.168.47.1 198.51.100.1", TRUE, "wired", SEEN, "" },
    { "192.168.47.1 198.51.100.1 10.0.0.1", TRUE, "wired", SEEN, "" },
    { "192.168.47.1", TRUE, "wired", SEEN, "" },
    { "192.168.47.1 nowhere", TRUE, "wired", SEEN, "" },
    /* Routers inside a tunnel are not this network's. */
    { "10.8.0.1 10.9.0.1", TRUE, "tunnel", SEEN, "" },
    /* The address check says it already. */
    { "192.168.47.1 100.64.0.1", TRUE, "wired", "100.64.0.9:44308", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *findings = NULL;

      add_interface (store, "eth0", cases[i].interface, "192.168.47.113", TRUE);
      add_server_ip (store, OWN, cases[i].seen, PUBLIC_PEER);
      add_path (store, OWN, cases[i].routers, cases[i].passed_on);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
      findings = format_findings (diagnosis);
      g_assert_cmpstr (findings, ==, cases[i].findings);
    }
}

/* Other programs read the members' names: they never change. */
static void
test_report (void)
{
  static const char *const expected[] = {
    "  \"nat\": {\n    \"mapping\": \"endpoint-independent\",\n"
    "    \"filtering\": \"address-and-port-dependent\",\n    \"hairpinning\": null,\n"
    "    \"port-preserved\": true\n  },\n",
    "  \"calls\": [\n    {\n      \"partner\": \"open\",\n      \"way\": \"direct\",\n"
    "      \"reason\": \"reached\"\n    },\n    {\n      \"partner\": \"home\",\n",
    "      \"partner\": \"symmetric\",\n      \"way\": \"relay\",\n"
    "      \"reason\": \"their-port\"\n    },\n    {\n      \"partner\": \"mobile\",\n",
  };
  g_autoptr (GListStore) store = make_store (&rows[0]);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autofree char *json = NULL;
  g_autofree char *safe = NULL;
  g_autofree char *text = NULL;

  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, "0.12.2", "Debian",
                                G_LIST_MODEL (store));
  redacted = sidetone_report_new_redacted (report);
  json = sidetone_report_to_json (report);
  safe = sidetone_report_to_json (redacted);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_nonnull (strstr (json, expected[i]));
      g_assert_nonnull (strstr (safe, expected[i]));
    }

  text = sidetone_report_to_text (report);
  g_assert_nonnull (strstr (text, "\nWho you can call\n  Someone with a public address   directly: "));
  g_assert_nonnull (strstr (text, "\n  Someone on an office network ·  through the relay: "));
}

/* Without a test there is no result. */
static void
test_not_looked (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  add_server_ip (store, OWN, SEEN, PUBLIC_PEER);
  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, "0.12.2", "Debian",
                                G_LIST_MODEL (store));
  json = sidetone_report_to_json (report);
  g_assert_nonnull (strstr (json, "  \"nat\": {\n    \"mapping\": null,\n    \"filtering\": null,\n"
                            "    \"hairpinning\": null,\n    \"port-preserved\": null\n  },\n"));
  g_assert_nonnull (strstr (json, "  \"calls\": [],\n"));
  text = sidetone_report_to_text (report);
  g_assert_null (strstr (text, "Which calls work"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/nat-check/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/nat-check/families", test_families);
  g_test_add_func ("/nat-check/other-way", test_other_way);
  g_test_add_func ("/nat-check/ways-out", test_ways_out);
  g_test_add_func ("/nat-check/several-addresses", test_several_addresses);
  g_test_add_func ("/nat-check/blocked", test_blocked);
  g_test_add_func ("/nat-check/lifetime", test_lifetime);
  g_test_add_func ("/nat-check/can-measure", test_can_measure);
  g_test_add_func ("/nat-check/measuring", test_measuring);
  g_test_add_func ("/nat-check/path", test_path);
  g_test_add_func ("/nat-check/report", test_report);
  g_test_add_func ("/nat-check/not-looked", test_not_looked);

  return g_test_run ();
}
