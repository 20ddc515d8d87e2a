/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-rival-observations.h"

#include "test-judgement.h"

#include "lib/reports.h"

/* A redacted report is judged like the original, with its rivals and its certainty: the window says the
 * same as the report that its user posts. Rules compare addresses by their first 24 bits of IPv4, and by
 * the first 48 or 64 of IPv6. */

/* The tests' addresses are in ranges for documentation, which redaction keeps. Users' are not: here
 * they are in networks next to each other. */
static const char *const real_addresses[][2] = {
  { "203.0.113.", "93.184.7." },
  { "198.51.100.", "93.184.107." },
  { "2001:db8:5:", "2a02:8071:5:" },
  { "2001:db8:", "2a02:8071:" },
};

/* Of a network with a NAT64, which may be in the same networks as other addresses */
#define PREFIXES "2001:db8:5:0:0:64::/96 fd00:1:2:3:0:64::/96 2001:db8:6:100::/56 fd00:1:3::/48"

/* Pairs of addresses in one network, and in two */
static const Row network_rows[] = {
  { "private/one", .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .own = "10.1.2.10", .server = "10.1.2.20:5222", .led_to = "10.1.2.20" },
  { "private/two", .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .own = "10.1.2.10", .server = "10.1.3.20:5222", .led_to = "10.1.3.20" },
  { "private/far", .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .own = "10.1.2.10", .server = "10.7.2.10:5222", .led_to = "10.7.2.10" },
  { "private6/one", .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .own = "fd00:1:2:3::10", .server = "[fd00:1:2:3::20]:5222",
    .led_to = "fd00:1:2:3::20" },
  { "private6/two", .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .own = "fd00:1:2:3::10", .server = "[fd00:1:2:4::10]:5222",
    .led_to = "fd00:1:2:4::10" },
  { "private6/translated", .step = SIDETONE_OBSERVATION_CONNECT,
    .failure = SIDETONE_ERROR_TCP_NO_ANSWER, .is_announced = TRUE, .own = "fd00:1:2:3::10",
    .server = "[fd00:1:2:3:0:64:cb00:710a]:5222", .led_to = "fd00:1:2:3:0:64:cb00:710a" },
  { "seen/one", .seen = "192.168.1.2:4000" },
  { "seen/two", .seen = "192.168.2.10:4000" },
  { "lost/one", .tests = { { TURN, .echo = SOME } }, .pinged = NEAR_RELAY, .server_lost = 45 },
  { "lost/two", .tests = { { TURN, .echo = SOME } }, .pinged = FAR_FROM_RELAY, .server_lost = 45 },
  { "lost6/one", .tests = { { TURN6, .relayed = "[2001:db8:5::20]:50000", .echo = SOME } },
    .pinged = "2001:db8:5::10", .server_lost = 45 },
  { "lost6/one-48", .tests = { { TURN6, .relayed = "[2001:db8:5::20]:50000", .echo = SOME } },
    .pinged = "2001:db8:5:1::10", .server_lost = 45 },
  { "lost6/two", .tests = { { TURN6, .relayed = "[2001:db8:5::20]:50000", .echo = SOME } },
    .pinged = "2001:db8:6::20", .server_lost = 45 },
  { "lost6/translated", .tests = { { TURN6, .relayed = "[2001:db8:5::20]:50000", .echo = SOME } },
    .pinged = "2001:db8:5::64:cb00:710a", .server_lost = 45 },
  { "relay-loses6/one", .tests = { { TURN6, .relayed = "[2001:db8:5::20]:50000", .echo = SOME } },
    .pinged = "2001:db8:5:1::10" },
  { "relay-loses6/two", .tests = { { TURN6, .relayed = "[2001:db8:5::20]:50000", .echo = SOME } },
    .pinged = "2001:db8:6::20" },
};

static SidetoneReport *
read_as_real (SidetoneReport *report)
{
  g_autofree char *json = sidetone_report_to_json (report);
  g_autoptr (GString) text = g_string_new (json);
  g_autoptr (GError) error = NULL;
  SidetoneReport *real;

  for (guint i = 0; i < G_N_ELEMENTS (real_addresses); i++)
    g_string_replace (text, real_addresses[i][0], real_addresses[i][1], 0);
  real = sidetone_report_new_from_json (text->str, text->len, &error);
  g_assert_no_error (error);

  return real;
}

static void
assert_both (SidetoneReport *report)
{
  g_autoptr (SidetoneReport) real = read_as_real (report);

  assert_same_judgement (report);
  assert_same_judgement (real);
}

static void
test_row (gconstpointer data)
{
  const char *const prefixes[] = { NULL, PREFIXES };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autoptr (GListStore) store = make_observations (data);
      g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
      g_autoptr (SidetoneReport) report = NULL;

      if (prefixes[i] != NULL)
        add_lookup (store, "nat64", "ipv4only.arpa", prefixes[i], NULL);
      report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, NULL, NULL,
                                    G_LIST_MODEL (store));
      assert_both (report);
    }
}

static void
test_reports (void)
{
  g_auto (GStrv) names = sidetone_test_list_reports ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (SidetoneReport) report = sidetone_test_read_report (names[i]);

      assert_both (report);
    }
}

/* The rows are judged by whether their addresses are in one network. */
static void
test_networks_matter (void)
{
  const struct { const char *one, *other; } pairs[] = {
    { "private/one", "private/two" },
    { "private6/one", "private6/two" },
    { "seen/one", "seen/two" },
    { "lost/one", "lost/two" },
    { "lost6/one", "lost6/two" },
    { "lost6/one-48", "lost6/two" },
    { "relay-loses6/one", "relay-loses6/two" },
  };
  g_autoptr (GHashTable) judgements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (network_rows); i++)
    {
      g_autoptr (GListStore) store = make_observations (&network_rows[i]);
      g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
      g_autoptr (SidetoneReport) report = NULL;

      report = sidetone_report_new (NULL, "montague.lit", created, NULL, NULL, G_LIST_MODEL (store));
      g_hash_table_insert (judgements, (gpointer) network_rows[i].name, list_judgement (report));
    }
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_cmpstr (g_hash_table_lookup (judgements, pairs[i].one), !=,
                     g_hash_table_lookup (judgements, pairs[i].other));
}

static void
add_rows (const char *folder,
          const Row  *rows,
          gsize       n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("/redacted-judgement/%s/%s", folder, rows[i].name);

      g_test_add_data_func (name, &rows[i], test_row);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_rows ("rivals", rival_rows, G_N_ELEMENTS (rival_rows));
  add_rows ("networks", network_rows, G_N_ELEMENTS (network_rows));
  g_test_add_func ("/redacted-judgement/networks-matter", test_networks_matter);
  g_test_add_func ("/redacted-judgement/reports", test_reports);

  return g_test_run ();
}
