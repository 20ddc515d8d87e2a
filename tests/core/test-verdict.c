/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "judge/diagnosis-private.h"

#include "lib/reports.h"
#include "words/describe.h"

#include <string.h>

/* Whether calls work: what people read first */

/* A report of ../ui/reports, its verdict, and what the page offers first */
static const struct
{
  const char *report;
  SidetoneVerdictState state;
  const char *headline;
  const char *codes;
  SidetoneNextStep next_step;
} rows[] = {
  { "no-nat", SIDETONE_VERDICT_GOOD, "Your calls should work", "NAT-00" },
  { "relay", SIDETONE_VERDICT_GOOD, "Your calls should work", "NAT-01" },
  { "many-relays", SIDETONE_VERDICT_GOOD, "Your calls should work", "NAT-01" },
  { "symmetric", SIDETONE_VERDICT_GOOD, "Your calls should work", "NAT-14" },
  { "relay-problems", SIDETONE_VERDICT_POOR, "Calls work, but badly", NULL },
  { "nat", SIDETONE_VERDICT_MAY_FAIL, "Some calls may fail", "NAT-01",
    SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
  { "cgnat", SIDETONE_VERDICT_MAY_FAIL, "Some calls may fail", "NAT-02" },
  { "no-services", SIDETONE_VERDICT_MAY_FAIL, "Some calls may fail", "CALL-01",
    SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
  { "several", SIDETONE_VERDICT_MAY_FAIL, "Some calls may fail", "IP6-01" },
  { "same-network", SIDETONE_VERDICT_UNKNOWN, "Your server is on your own network", "LAN-01" },
  { "offline", SIDETONE_VERDICT_UNKNOWN, "This computer is offline", "CON-01",
    SIDETONE_NEXT_STEP_WAIT_ONLINE },
  { "wrong-password", SIDETONE_VERDICT_UNKNOWN, "The password was not accepted", "CON-07",
    SIDETONE_NEXT_STEP_CORRECT_PASSWORD },
  { "not-offered", SIDETONE_VERDICT_UNKNOWN, "Your server has no address check", "SRV-02",
    SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
  { "server-silent", SIDETONE_VERDICT_UNKNOWN, "montague.lit refuses connections", "CON-04",
    SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
  { "not-xmpp", SIDETONE_VERDICT_UNKNOWN, "Log in to this network first", "CON-09",
    SIDETONE_NEXT_STEP_LOG_IN },
  { "connection-broken", SIDETONE_VERDICT_UNKNOWN, "Sidetone ran into a problem", "CON-12",
    SIDETONE_NEXT_STEP_REPORT_BUG },
};

static void
test_reports (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneReport) report = sidetone_test_read_report (rows[i].report);
      SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
      const SidetoneVerdict *verdict = sidetone_diagnosis_get_verdict (diagnosis);
      g_autofree char *headline = sidetone_describe_headline (diagnosis);
      g_autofree char *codes = sidetone_describe_codes (diagnosis);

      g_test_message ("%s", rows[i].report);
      g_assert_cmpint (verdict->state, ==, rows[i].state);
      g_assert_cmpstr (headline, ==, rows[i].headline);
      if (rows[i].codes != NULL)
        g_assert_cmpstr (codes, ==, rows[i].codes);
      g_assert_cmpint (sidetone_diagnosis_get_next_step (diagnosis), ==, rows[i].next_step);
    }
}

/* What works, but badly: that comes before all that could be better. */
static void
test_poor (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("relay-problems");
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  g_autofree char *codes = sidetone_describe_codes (diagnosis);
  g_autofree char *remedy = sidetone_describe_remedy (diagnosis);
  g_autofree char *advice = NULL;

  g_assert_true (g_str_has_prefix (codes, "CALL-24 · "));
  g_assert_nonnull (strstr (codes, "CALL-15"));
  advice = sidetone_describe_finding_advice (sidetone_diagnosis_get_main_finding (diagnosis));
  g_assert_true (g_str_has_prefix (remedy, advice));
}

/* What comes first is the verdict's; after that, the worst comes first. */
static void
test_order (void)
{
  g_auto (GStrv) reports = sidetone_test_list_reports ();

  g_assert_cmpuint (g_strv_length (reports), >=, G_N_ELEMENTS (rows));
  for (guint i = 0; reports[i] != NULL; i++)
    {
      g_autoptr (SidetoneReport) report = sidetone_test_read_report (reports[i]);
      GListModel *findings = sidetone_diagnosis_get_findings (sidetone_report_get_diagnosis (report));
      SidetoneSeverity last = SIDETONE_SEVERITY_PROBLEM;

      g_test_message ("%s", reports[i]);
      for (guint k = 1; k < g_list_model_get_n_items (findings); k++)
        {
          g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, k);

          g_assert_cmpint (sidetone_finding_get_severity (finding), <=, last);
          last = sidetone_finding_get_severity (finding);
        }
    }
}

/* All is well, but for a note: nobody is sent anywhere. */
static void
test_nothing_to_fix (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("relay");
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  g_autofree char *remedy = sidetone_describe_remedy (diagnosis);

  g_assert_null (sidetone_diagnosis_get_verdict (diagnosis)->cause);
  g_assert_true (g_str_has_prefix (remedy, "Nothing to fix here."));
}

/* "Nobody hears me" is mostly the microphone: that is said only where calls get through. */
static void
test_microphone (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneReport) report = sidetone_test_read_report (rows[i].report);
      g_autofree char *remedy = sidetone_describe_remedy (sidetone_report_get_diagnosis (report));

      g_test_message ("%s", rows[i].report);
      g_assert_true ((strstr (remedy, "microphone") != NULL) ==
                     (rows[i].state == SIDETONE_VERDICT_GOOD ||
                      rows[i].state == SIDETONE_VERDICT_POOR));
    }
}

static SidetoneDiagnosis *
make_diagnosis (SidetoneNatMapping   mapping,
                SidetoneNatFiltering filtering,
                gboolean             is_blocked,
                SidetoneRelay        relay,
                SidetoneLevel        level)
{
  g_autoptr (GListStore) none = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  SidetoneDiagnosis *self = sidetone_diagnose (G_LIST_MODEL (none), NULL);
  const SidetoneNatFacts nat = { mapping, filtering };

  self->level = level;
  self->has_calls = TRUE;
  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    self->calls[partner] = sidetone_call_judge (partner, &nat, is_blocked, relay);
  self->verdict = sidetone_verdict_judge (self, relay);

  return self;
}

/* The verdict says of each partner what the table says. */
static void
assert_agrees (SidetoneDiagnosis *self)
{
  SidetoneVerdictState state = self->verdict.state;
  g_autofree char *text = sidetone_describe_verdict (self);
  g_autofree char *headline = sidetone_describe_headline (self);
  guint n_failing = 0;
  guint n_untested = 0;

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      gboolean fails = self->calls[partner].way == SIDETONE_CALL_WAY_NONE;
      gboolean is_untested = self->calls[partner].way == SIDETONE_CALL_WAY_UNKNOWN;
      gboolean is_named = strstr (text, sidetone_describe_partner_network (partner)) != NULL;

      n_failing += fails;
      n_untested += is_untested;
      if (state != SIDETONE_VERDICT_FAILING && state != SIDETONE_VERDICT_UNKNOWN)
        g_assert_true (is_named == (fails || is_untested));
    }

  g_assert_cmpstr (headline, !=, "");
  g_assert_cmpstr (text, !=, "");
  if (n_failing == SIDETONE_N_PARTNERS)
    g_assert_cmpint (state, ==, SIDETONE_VERDICT_FAILING);
  if (state == SIDETONE_VERDICT_GOOD)
    g_assert_cmpuint (n_failing, ==, 0);
  if (state == SIDETONE_VERDICT_GOOD && self->level != SIDETONE_LEVEL_GOOD)
    g_assert_cmpuint (n_untested, ==, 0);
  if (state == SIDETONE_VERDICT_SOME_FAIL)
    g_assert_cmpuint (n_failing, >, 0);
  if (state == SIDETONE_VERDICT_MOST_FAIL)
    g_assert_cmpuint (n_failing, >, SIDETONE_N_PARTNERS / 2);
}

static void
test_table (void)
{
  g_autoptr (GEnumClass) mappings = g_type_class_ref (SIDETONE_TYPE_NAT_MAPPING);
  g_autoptr (GEnumClass) filterings = g_type_class_ref (SIDETONE_TYPE_NAT_FILTERING);
  g_autoptr (GEnumClass) levels = g_type_class_ref (SIDETONE_TYPE_LEVEL);

  for (guint i = 0; i < mappings->n_values; i++)
    for (guint j = 0; j < filterings->n_values; j++)
      for (guint k = 0; k < levels->n_values; k++)
        for (SidetoneRelay relay = 0; relay < SIDETONE_N_RELAYS; relay++)
          for (gboolean is_blocked = FALSE; is_blocked <= TRUE; is_blocked++)
            {
              g_autoptr (SidetoneDiagnosis) one = NULL;

              one = make_diagnosis (mappings->values[i].value, filterings->values[j].value,
                                    is_blocked, relay, levels->values[k].value);
              assert_agrees (one);
            }
}

/* Four networks, as people meet them */
static void
test_networks (void)
{
  static const struct
  {
    SidetoneNatMapping mapping;
    gboolean is_blocked;
    SidetoneRelay relay;
    SidetoneLevel level;
    SidetoneVerdictState state;
  } networks[] = {
    { SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT, FALSE, SIDETONE_RELAY_WORKS,
      SIDETONE_LEVEL_GOOD, SIDETONE_VERDICT_GOOD },
    { SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT, FALSE, SIDETONE_RELAY_BROKEN,
      SIDETONE_LEVEL_LIMITED, SIDETONE_VERDICT_SOME_FAIL },
    { SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT, FALSE, SIDETONE_RELAY_NOT_OFFERED,
      SIDETONE_LEVEL_LIMITED, SIDETONE_VERDICT_MOST_FAIL },
    { SIDETONE_NAT_MAPPING_UNKNOWN, TRUE, SIDETONE_RELAY_BROKEN, SIDETONE_LEVEL_FAILING,
      SIDETONE_VERDICT_FAILING },
    { SIDETONE_NAT_MAPPING_UNKNOWN, TRUE, SIDETONE_RELAY_WORKS, SIDETONE_LEVEL_RELAY,
      SIDETONE_VERDICT_GOOD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autoptr (SidetoneDiagnosis) one = NULL;

      one = make_diagnosis (networks[i].mapping,
                            SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT,
                            networks[i].is_blocked, networks[i].relay, networks[i].level);
      g_assert_cmpint (one->verdict.state, ==, networks[i].state);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/verdict/order", test_order);
  g_test_add_func ("/verdict/reports", test_reports);
  g_test_add_func ("/verdict/poor", test_poor);
  g_test_add_func ("/verdict/nothing-to-fix", test_nothing_to_fix);
  g_test_add_func ("/verdict/microphone", test_microphone);
  g_test_add_func ("/verdict/table", test_table);
  g_test_add_func ("/verdict/networks", test_networks);

  return g_test_run ();
}
