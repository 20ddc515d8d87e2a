/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "judge/nat-behaviour.h"
#include "report/report.h"
#include "words/describe.h"

/* Views: SERVER MAPPED, separated by commas, with "other" or "relay" before those of other
 * methods */
typedef struct
{
  const char *name;
  const char *local;
  const char *views;
  const char *mapping;
  const char *reason;
  const char *method;
} Row;

#define LOCAL "192.168.1.10:5000"
#define A "203.0.113.20:3478"
#define A2 "203.0.113.20:3479"
#define AR "203.0.113.20:50000"
#define B "203.0.113.21:3478"
#define B2 "203.0.113.21:3479"
#define M1 "198.51.100.1:5000"
#define M2 "198.51.100.1:5001"
#define M3 "198.51.100.1:5002"

static const Row rows[] = {
  { "nobody", LOCAL, "", "unknown", "no-answer", "unknown" },
  { "one", LOCAL, A " " M1, "unknown", "one-view", "unknown" },
  { "twice", LOCAL, A " " M1 "," A " " M1, "unknown", "one-view", "unknown" },

  { "none", "198.51.100.10:5000", A " 198.51.100.10:5000", "none", "none", "unknown" },
  { "none-two", "198.51.100.10:5000", A " 198.51.100.10:5000," B " 198.51.100.10:5000", "none",
    "none", "two-servers" },
  { "none-relay", "198.51.100.10:5000", A " 198.51.100.10:5000,relay " AR " 198.51.100.10:5000",
    "none", "none", "unknown" },
  { "none-ipv6", "[2001:db8::1]:5000", "[2001:db8:113::20]:3478 [2001:db8::1]:5000", "none", "none",
    "unknown" },
  { "port-only", "198.51.100.10:5000", A " 198.51.100.10:6000," B " 198.51.100.10:6000",
    "endpoint-independent", "none", "two-servers" },

  { "inside", LOCAL, "192.168.1.20:3478 " LOCAL, "unknown", "same-network", "unknown" },
  { "inside-provider", LOCAL, "100.65.0.20:3478 100.64.0.10:5000,100.65.0.20:3479 100.64.0.10:5000",
    "unknown", "same-network", "unknown" },
  { "inside-ula", "[fd00::1]:5000", "[fd00::2]:3478 [fd00::1]:5000", "unknown", "same-network",
    "unknown" },
  { "inside-and-one", LOCAL, "192.168.1.20:3478 " LOCAL "," A " " M1, "unknown", "one-view",
    "unknown" },
  { "inside-and-two", LOCAL, "192.168.1.20:3478 " LOCAL "," A " " M1 "," B " " M1,
    "endpoint-independent", "none", "two-servers" },

  { "two-same", LOCAL, A " " M1 "," B " " M1, "endpoint-independent", "none", "two-servers" },
  { "two-differ", LOCAL, A " " M1 "," B " " M2, "endpoint-dependent", "none", "two-servers" },
  { "ports-same", LOCAL, A " " M1 "," A2 " " M1, "port-independent", "none", "two-servers" },
  { "ports-differ", LOCAL, A " " M1 "," A2 " " M2, "address-and-port-dependent", "none",
    "two-servers" },

  { "other-ei", LOCAL, A " " M1 ",other " B " " M1 ",other " B2 " " M1, "endpoint-independent",
    "none", "other-address" },
  { "other-ad", LOCAL, A " " M1 ",other " B " " M2 ",other " B2 " " M2, "address-dependent", "none",
    "other-address" },
  { "other-apd", LOCAL, A " " M1 ",other " B " " M2 ",other " B2 " " M3,
    "address-and-port-dependent", "none", "other-address" },
  { "other-port-alone", LOCAL, A " " M1 ",other " A2 " " M1, "port-independent", "none",
    "other-address" },

  { "relay-same", LOCAL, A " " M1 ",relay " AR " " M1, "port-independent", "none", "relay" },
  { "relay-differs", LOCAL, A " " M1 ",relay " AR " " M2, "address-and-port-dependent", "none",
    "relay" },
  { "relay-elsewhere-same", LOCAL, A " " M1 ",relay " B2 " " M1, "endpoint-independent", "none",
    "relay" },
  { "relay-elsewhere-differs", LOCAL, A " " M1 ",relay " B2 " " M2, "endpoint-dependent", "none",
    "relay" },
  { "two-and-relay-ad", LOCAL, A " " M1 "," B " " M2 ",relay " AR " " M1, "address-dependent",
    "none", "relay" },
  { "two-and-relay-apd", LOCAL, A " " M1 "," B " " M2 ",relay " AR " " M3,
    "address-and-port-dependent", "none", "relay" },
  { "two-and-relay-ei", LOCAL, A " " M1 "," B " " M1 ",relay " AR " " M1, "endpoint-independent",
    "none", "two-servers" },

  /* A pool of addresses */
  { "other-address", LOCAL, A " " M1 ",relay " AR " 198.51.100.2:5000",
    "address-and-port-dependent", "none", "relay" },
  { "contradiction", LOCAL, A " " M1 "," B " " M1 ",203.0.113.22:3478 " M2, "endpoint-dependent",
    "none", "two-servers" },

  /* NAT64 */
  { "family", "[2001:db8::1]:5000", "[2001:db8:64::1]:3478 " M1 ",[2001:db8:64::2]:3478 " M1,
    "endpoint-independent", "none", "two-servers" },
};

static void
add_view (SidetoneNatBehaviour *behaviour,
          const char           *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_strv_length (words);
  g_autoptr (SidetoneEndpoint) viewpoint = sidetone_endpoint_parse (words[n - 2]);
  g_autoptr (SidetoneEndpoint) mapped = sidetone_endpoint_parse (words[n - 1]);
  SidetoneNatMethod method = SIDETONE_NAT_METHOD_TWO_SERVERS;

  if (n == 3)
    method = g_str_equal (words[0], "relay") ? SIDETONE_NAT_METHOD_RELAY
             : SIDETONE_NAT_METHOD_OTHER_ADDRESS;
  sidetone_nat_behaviour_add_view (behaviour, viewpoint, mapped, method);
}

static const char *
get_nick (GType type,
          int   value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);

  return g_enum_get_value (class, value)->value_nick;
}

static void
test_mapping (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (SidetoneEndpoint) local = sidetone_endpoint_parse (row->local);
  g_autoptr (SidetoneNatBehaviour) behaviour = sidetone_nat_behaviour_new (local);
  g_auto (GStrv) views = g_strsplit (row->views, ",", -1);

  for (guint i = 0; views[i] != NULL; i++)
    add_view (behaviour, views[i]);
  sidetone_nat_behaviour_judge_mapping (behaviour);

  g_assert_cmpstr (get_nick (SIDETONE_TYPE_NAT_MAPPING, behaviour->mapping), ==, row->mapping);
  g_assert_cmpstr (get_nick (SIDETONE_TYPE_NAT_REASON, behaviour->mapping_reason), ==, row->reason);
  g_assert_cmpstr (get_nick (SIDETONE_TYPE_NAT_METHOD, behaviour->mapping_method), ==, row->method);
}

/* A relay's result says more than that there is none; and nothing if there is none */
static void
test_reasons (void)
{
  g_autoptr (SidetoneEndpoint) local = sidetone_endpoint_parse (LOCAL);
  g_autoptr (SidetoneNatBehaviour) behaviour = sidetone_nat_behaviour_new (local);

  add_view (behaviour, A " " M1);
  behaviour->mapping_reason = SIDETONE_NAT_REASON_RELAY_CLOSED;
  sidetone_nat_behaviour_judge_mapping (behaviour);
  g_assert_cmpint (behaviour->mapping_reason, ==, SIDETONE_NAT_REASON_RELAY_CLOSED);

  add_view (behaviour, B " " M1);
  sidetone_nat_behaviour_judge_mapping (behaviour);
  g_assert_cmpint (behaviour->mapping_reason, ==, SIDETONE_NAT_REASON_NONE);
}

/* [same address][other address], in the order of the enum: not made, arrived, silent */
static void
test_filtering (void)
{
  static const SidetoneNatFiltering expected[3][3] = {
    { SIDETONE_NAT_FILTERING_UNKNOWN, SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT,
      SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT },
    { SIDETONE_NAT_FILTERING_PORT_INDEPENDENT, SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT,
      SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT },
    { SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT,
      SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT,
      SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT },
  };

  for (guint i = 0; i < 3; i++)
    {
      for (guint j = 0; j < 3; j++)
        g_assert_cmpint (sidetone_nat_judge_filtering (i, j), ==, expected[i][j]);
    }
}

#define VIEWPOINT "203.0.113.99:3478"
#define MAPPED "203.0.113.87:5000"

static SidetoneObservation *
make_observation (GType       type,
                  const char *key,
                  int         value)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  const char *const views[] = { VIEWPOINT " seen " MAPPED, "Juliet was here", NULL };
  g_autoptr (SidetoneEndpoint) local = sidetone_endpoint_parse (LOCAL);

  g_variant_dict_insert (&details, key, "s", get_nick (type, value));
  g_variant_dict_insert (&details, "port-preserved", "b", TRUE);
  g_variant_dict_insert (&details, "views", "^as", views);
  return sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "nat-4", .kind = SIDETONE_OBSERVATION_NAT, .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_PASSED, .local = local, .details = g_variant_dict_end (&details),
  });
}

/* Each value has words, and the words of reports do not show */
static void
test_words (void)
{
  static const struct
  {
    const char *key;
    GType (*get_type)(void);
  } keys[] = {
    { "mapping", sidetone_nat_mapping_get_type }, { "filtering", sidetone_nat_filtering_get_type },
    { "hairpinning", sidetone_nat_hairpinning_get_type },
    { "mapping-reason", sidetone_nat_reason_get_type },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GEnumClass) class = g_type_class_ref (keys[i].get_type ());

      for (guint value = 1; value < class->n_values; value++)
        {
          g_autoptr (SidetoneObservation) nat = make_observation (keys[i].get_type (), keys[i].key,
                                                                  value);
          g_autofree char *title = sidetone_describe_observation_title (nat);
          g_autofree char *summary = sidetone_describe_observation_summary (nat);
          g_autoptr (GPtrArray) lines = sidetone_describe_details (nat);
          guint n_rows = 0;

          g_assert_cmpstr (title, !=, "");
          g_assert_cmpint (*summary != '\0', ==, g_str_equal (keys[i].key, "mapping"));
          for (guint j = 0; j < lines->len; j++)
            {
              const SidetoneDetail *row = lines->pdata[j];

              n_rows++;
              if (strlen (class->values[value].value_nick) > 3)
                g_assert_cmpstr (row->value, !=, class->values[value].value_nick);
            }
          /* The local address, this value, the port, the views */
          g_assert_cmpuint (n_rows, >=, 4);
        }
    }
}

/* An unreadable view reveals nothing in a redacted report. */
static void
test_redacted (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneObservation) nat = make_observation (SIDETONE_TYPE_NAT_MAPPING, "mapping",
                                                          SIDETONE_NAT_MAPPING_PORT_INDEPENDENT);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autoptr (SidetoneObservation) found = NULL;
  const SidetoneNatSeen *seen;
  g_auto (GStrv) words = NULL;

  g_list_store_append (store, nat);
  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, "0.12.2", "Debian",
                                G_LIST_MODEL (store));
  redacted = sidetone_report_new_redacted (report);
  found = g_list_model_get_item (sidetone_report_get_observations (redacted), 0);
  seen = sidetone_observation_get_nat (found);
  g_assert_cmpint (seen->mapping, ==, SIDETONE_NAT_MAPPING_PORT_INDEPENDENT);
  g_assert_cmpint (seen->port_preserved, ==, SIDETONE_TRUTH_YES);
  g_assert_nonnull (seen->views[0]);
  g_assert_null (seen->views[1]);
  words = g_strsplit (seen->views[0], " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 3);
  g_assert_cmpstr (words[0], !=, VIEWPOINT);
  g_assert_true (g_str_has_suffix (words[0], ":3478"));
  g_assert_cmpstr (words[2], !=, MAPPED);
  g_assert_true (g_str_has_suffix (words[2], ":5000"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/nat-behaviour/mapping/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_mapping);
    }
  g_test_add_func ("/nat-behaviour/reasons", test_reasons);
  g_test_add_func ("/nat-behaviour/filtering", test_filtering);
  g_test_add_func ("/nat-behaviour/words", test_words);
  g_test_add_func ("/nat-behaviour/redacted", test_redacted);

  return g_test_run ();
}
