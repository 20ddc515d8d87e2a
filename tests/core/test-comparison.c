/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "report/comparison.h"

#include "base/nick.h"
#include "judge/verdict.h"
#include "lib/reports.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Two reports compared: what differs is told, and nothing else */

static GPtrArray *
read_all (void)
{
  g_auto (GStrv) names = sidetone_test_list_reports ();
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_report_unref);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (reports, sidetone_test_read_report (names[i]));

  return reports;
}

/* A report with something else in its JSON; @report is freed */
static SidetoneReport *
change (SidetoneReport *report,
        const char     *pattern,
        const char     *replacement)
{
  g_autoptr (SidetoneReport) original = report;
  g_autofree char *json = sidetone_report_to_json (original);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, &error);
  g_autofree char *changed = NULL;
  SidetoneReport *read;

  g_assert_no_error (error);
  changed = g_regex_replace (regex, json, -1, 0, replacement, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changed, !=, json);
  read = sidetone_report_new_from_json (changed, strlen (changed), &error);
  g_assert_no_error (error);

  return read;
}

static SidetoneReport *
read_changed (const char *name,
              const char *pattern,
              const char *replacement)
{
  return change (sidetone_test_read_report (name), pattern, replacement);
}

static char *
write_text (const SidetoneComparison *comparison)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (NULL);

  sidetone_comparison_write (comparison, page);

  return sidetone_page_dup_text (page);
}

static const SidetoneDifference *
find (const SidetoneComparison *comparison,
      SidetoneDifferenceKind    kind)
{
  const GPtrArray *differences = sidetone_comparison_get_differences (comparison);

  for (guint i = 0; i < differences->len; i++)
    {
      const SidetoneDifference *difference = differences->pdata[i];

      if (difference->kind == kind)
        return difference;
    }

  return NULL;
}

/* Whether exactly @expected differs, by nicks such as "finding mapping" */
static void
assert_differs (SidetoneReport *before,
                SidetoneReport *after,
                const char     *expected)
{
  g_autoptr (SidetoneComparison) comparison = sidetone_comparison_new (before, after);
  const GPtrArray *differences = sidetone_comparison_get_differences (comparison);
  g_autoptr (GString) nicks = g_string_new (NULL);

  for (guint i = 0; i < differences->len; i++)
    {
      const SidetoneDifference *difference = differences->pdata[i];

      g_string_append_printf (nicks, "%s%s", i > 0 ? " " : "",
                              sidetone_nick_get (SIDETONE_TYPE_DIFFERENCE_KIND, difference->kind));
    }
  g_assert_cmpstr (nicks->str, ==, expected);
}

static void
test_itself (void)
{
  g_autoptr (GPtrArray) reports = read_all ();

  for (guint i = 0; i < reports->len; i++)
    {
      g_autoptr (SidetoneComparison) comparison = NULL;
      g_autofree char *text = NULL;

      comparison = sidetone_comparison_new (reports->pdata[i], reports->pdata[i]);
      text = write_text (comparison);
      assert_differs (reports->pdata[i], reports->pdata[i], "");
      g_assert_cmpint (sidetone_comparison_get_traits (comparison), ==, 0);
      g_assert_true (g_str_has_prefix (text, "Nothing changed that matters for calls.\n"));
    }
}

/* A redacted report's addresses are made-up: they are no news, and the rest is the same. */
static void
test_redacted (void)
{
  g_autoptr (GPtrArray) reports = read_all ();

  for (guint i = 0; i < reports->len; i++)
    {
      g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (reports->pdata[i]);
      g_autoptr (SidetoneComparison) comparison = NULL;
      g_autofree char *text = NULL;

      assert_differs (reports->pdata[i], redacted, "");
      assert_differs (redacted, reports->pdata[i], "");
      comparison = sidetone_comparison_new (redacted, redacted);
      text = write_text (comparison);
      g_assert_cmpint (sidetone_comparison_get_traits (comparison), ==, SIDETONE_COMPARISON_HIDDEN);
      g_assert_nonnull (strstr (text, "Addresses are hidden in"));
    }
}

/* The findings of only one are told, each once, and no other ones. */
static void
assert_findings_told (const SidetoneComparison *comparison,
                      SidetoneReport           *before,
                      SidetoneReport           *after)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_FINDING_KIND);
  const GPtrArray *differences = sidetone_comparison_get_differences (comparison);

  for (guint i = 0; i < kinds->n_values; i++)
    {
      SidetoneFindingKind kind = kinds->values[i].value;
      SidetoneFinding *then = sidetone_diagnosis_find (sidetone_report_get_diagnosis (before), kind);
      SidetoneFinding *now = sidetone_diagnosis_find (sidetone_report_get_diagnosis (after), kind);
      gboolean other = (then == NULL) != (now == NULL) ||
                       (then != NULL && sidetone_finding_get_severity (then) !=
                        sidetone_finding_get_severity (now));
      guint n_told = 0;

      for (guint j = 0; j < differences->len; j++)
        {
          const SidetoneDifference *difference = differences->pdata[j];

          n_told += difference->kind == SIDETONE_DIFFERENCE_FINDING &&
                    difference->before.finding == then && difference->after.finding == now;
        }
      g_assert_cmpuint (n_told, ==, other ? 1 : 0);
    }
}

static void
assert_json (const SidetoneComparison *comparison)
{
  g_autofree char *json = sidetone_comparison_to_json (comparison);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *listed;

  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);
  listed = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                         "differences");
  g_assert_cmpuint (json_array_get_length (listed), ==,
                    sidetone_comparison_get_differences (comparison)->len);
}

/* Whether each difference has its mirror image */
static void
assert_mirrored (const SidetoneComparison *comparison,
                 const SidetoneComparison *mirrored)
{
  const GPtrArray *differences = sidetone_comparison_get_differences (comparison);
  const GPtrArray *others = sidetone_comparison_get_differences (mirrored);

  g_assert_cmpuint (differences->len, ==, others->len);
  for (guint i = 0; i < differences->len; i++)
    {
      const SidetoneDifference *difference = differences->pdata[i];
      guint n_mirrored = 0;

      for (guint j = 0; j < others->len; j++)
        {
          const SidetoneDifference *other = others->pdata[j];

          n_mirrored += difference->kind == other->kind &&
                        difference->before.value == other->after.value &&
                        difference->after.value == other->before.value &&
                        difference->before.finding == other->after.finding &&
                        difference->after.finding == other->before.finding;
        }
      g_assert_cmpuint (n_mirrored, >=, 1);
    }
}

static SidetoneTrend
reverse (SidetoneTrend trend)
{
  if (trend == SIDETONE_TREND_NONE)
    return trend;

  return trend == SIDETONE_TREND_BETTER ? SIDETONE_TREND_WORSE : SIDETONE_TREND_BETTER;
}

/* All pairs of reports */
static void
test_pairs (void)
{
  g_autoptr (GPtrArray) reports = read_all ();

  for (guint i = 0; i < reports->len; i++)
    {
      for (guint j = 0; j < reports->len; j++)
        {
          g_autoptr (SidetoneComparison) comparison = NULL;
          g_autoptr (SidetoneComparison) mirrored = NULL;
          g_autofree char *text = NULL;

          comparison = sidetone_comparison_new (reports->pdata[i], reports->pdata[j]);
          mirrored = sidetone_comparison_new (reports->pdata[j], reports->pdata[i]);
          text = write_text (comparison);
          assert_findings_told (comparison, reports->pdata[i], reports->pdata[j]);
          assert_mirrored (comparison, mirrored);
          assert_json (comparison);
          g_assert_cmpint (sidetone_comparison_get_trend (comparison), ==,
                           reverse (sidetone_comparison_get_trend (mirrored)));
          g_assert_null (strstr (text, "(null)"));
          g_assert_null (strchr (text, '{'));
        }
    }
}

/* What differs from one check to the next without any reason */
static void
test_noise (void)
{
  g_autoptr (SidetoneReport) before = sidetone_test_read_report ("relay");
  const struct
  {
    const char *pattern;
    const char *replacement;
  } rows[] = {
    /* Ports of this computer and its NAT, the same or not */
    { "(\"port\": )[3-6]([0-9]{4})\\b", "\\g<1>4\\g<2>" },
    { "(\"rtt-us\": [0-9]*)[0-9]{4}\\b", "\\g<1>9999" },
    { "(\"start_us\": [0-9])", "\\g<1>1" },
    { "(\"duration_us\": [0-9])", "\\g<1>2" },
    { "\"created\": \"2026-11-2", "\"created\": \"2026-12-2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneReport) after = read_changed ("relay", rows[i].pattern,
                                                       rows[i].replacement);

      assert_differs (before, after, "");
    }
}

/* A computer's temporary address of IPv6 */
static void
test_temporary_address (void)
{
  g_autoptr (SidetoneReport) before = sidetone_test_read_report ("long-addresses");
  g_autoptr (SidetoneComparison) comparison = NULL;
  g_autoptr (SidetoneReport) other = NULL;
  g_autoptr (SidetoneReport) after = NULL;
  SidetoneEndpoint *local = sidetone_diagnosis_get_local (sidetone_report_get_diagnosis (before));
  g_autofree char *address = sidetone_endpoint_dup_address (local);
  g_autofree char *stem = g_strndup (address, strlen (address) - 1);
  g_autofree char *temporary = g_strconcat (stem, g_str_has_suffix (address, "1") ? "2" : "1", NULL);
  g_autofree char *network = g_strdup (address);

  g_assert_cmpint (sidetone_endpoint_get_family (local), ==, G_SOCKET_FAMILY_IPV6);
  after = read_changed ("long-addresses", address, temporary);
  assert_differs (before, after, "");

  /* Another network */
  network[3] = network[3] == '1' ? '2' : '1';
  other = read_changed ("long-addresses", address, network);
  comparison = sidetone_comparison_new (before, other);
  g_assert_nonnull (find (comparison, SIDETONE_DIFFERENCE_LOCAL));
}

/* A router that gives each destination another port, and then no longer does */
static void
test_mapping (void)
{
  g_autoptr (SidetoneReport) before = sidetone_test_read_report ("symmetric");
  g_autoptr (SidetoneReport) after = NULL;
  g_autoptr (SidetoneComparison) comparison = NULL;
  g_autofree char *words = NULL;
  g_autofree char *title = NULL;
  g_autofree char *how = NULL;

  after = read_changed ("symmetric", "\"mapping\": \"address-and-port-dependent\"",
                        "\"mapping\": \"endpoint-independent\"");
  assert_differs (before, after, "calls finding mapping");

  comparison = sidetone_comparison_new (before, after);
  words = sidetone_comparison_describe (comparison);
  g_assert_cmpstr (words, ==, "Fewer calls need a relay: your router now keeps your port.");
  how = sidetone_comparison_describe_difference (comparison,
                                                 find (comparison, SIDETONE_DIFFERENCE_CALLS),
                                                 &title);
  g_assert_cmpstr (title, ==, "Someone at home");
  g_assert_cmpstr (how, ==, "previously through the relay, now directly.");
}

/* Words that leave open which NAT it is contradict none that they may mean. */
static void
test_same_mapping (void)
{
  g_autoptr (SidetoneReport) before = sidetone_test_read_report ("symmetric");
  g_autoptr (SidetoneReport) after = NULL;

  after = read_changed ("symmetric", "\"mapping\": \"address-and-port-dependent\"",
                        "\"mapping\": \"endpoint-dependent\"");
  assert_differs (before, after, "");
}

static SidetoneReport *
read_measured (guint n_arrived,
               guint rtt_us)
{
  g_autofree char *there = g_strdup_printf ("\"there-arrived\": %u", n_arrived);
  g_autofree char *sent = g_strdup_printf ("\"back-sent\": %u", n_arrived);
  g_autofree char *back = g_strdup_printf ("\"back-arrived\": %u", n_arrived);
  g_autofree char *rtt = g_strdup_printf ("\"rtt-us\": %u", rtt_us);
  SidetoneReport *report = read_changed ("symmetric", "\"created\": \"2026", "\"created\": \"2025");

  if (n_arrived < 50)
    {
      report = change (report, "\"there-arrived\": 50", there);
      report = change (report, "\"back-sent\": 50", sent);
      report = change (report, "\"back-arrived\": 50", back);
    }

  return change (report, "\"rtt-us\": [0-9]+", rtt);
}

/* Loss and delay are told from where a call notices them, and chance does not explain them. */
static void
test_quality (void)
{
  g_autoptr (SidetoneReport) good = read_measured (50, 20000);
  g_autoptr (SidetoneReport) lucky = read_measured (49, 55000);
  g_autoptr (SidetoneReport) lossy = read_measured (35, 20000);
  g_autoptr (SidetoneReport) slow = read_measured (50, 200000);
  g_autoptr (SidetoneComparison) comparison = NULL;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;

  assert_differs (good, lucky, "");
  assert_differs (good, slow, "delay");

  comparison = sidetone_comparison_new (good, lossy);
  g_assert_nonnull (find (comparison, SIDETONE_DIFFERENCE_LOSS));
  g_assert_null (find (comparison, SIDETONE_DIFFERENCE_DELAY));
  words = sidetone_comparison_describe_difference (comparison,
                                                   find (comparison, SIDETONE_DIFFERENCE_LOSS),
                                                   &title);
  g_assert_true (g_str_has_prefix (words, "previously nothing lost, now "));
}

/* A check that could not be made does not say that anything is gone. */
static void
test_unmade (void)
{
  g_autoptr (SidetoneReport) before = sidetone_test_read_report ("relay-problems");
  g_autoptr (SidetoneReport) after = sidetone_test_read_report ("wrong-password");
  g_autoptr (SidetoneComparison) comparison = sidetone_comparison_new (before, after);
  g_autofree char *words = sidetone_comparison_describe (comparison);
  g_autofree char *text = write_text (comparison);

  g_assert_cmpstr (words, ==, "This time, calls could not be checked.");
  g_assert_null (strstr (text, "No longer found"));
  g_assert_nonnull (strstr (text, "The second check ended before it could find this."));
  g_assert_null (find (comparison, SIDETONE_DIFFERENCE_SERVICE));
}

/* A check without tests does not say that calls work worse. */
static void
test_untested (void)
{
  g_autoptr (SidetoneReport) before = sidetone_test_read_report ("symmetric");
  g_autoptr (SidetoneReport) after = sidetone_test_read_report ("nat");
  g_autoptr (SidetoneComparison) comparison = sidetone_comparison_new (before, after);
  g_autofree char *words = sidetone_comparison_describe (comparison);

  g_assert_cmpstr (words, ==, "The result for calls changed.");
  g_assert_cmpint (sidetone_comparison_get_traits (comparison), ==,
                   SIDETONE_COMPARISON_OF_SERVERS | SIDETONE_COMPARISON_REVERSED);
}

static void
test_services (void)
{
  g_autoptr (SidetoneReport) before = sidetone_test_read_report ("symmetric");
  g_autoptr (SidetoneReport) after = NULL;
  g_autoptr (SidetoneComparison) comparison = NULL;
  const SidetoneDifference *difference;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;

  after = read_changed ("symmetric", "stun tcp [^ ]+ ", "stun tcp elsewhere.lit ");
  comparison = sidetone_comparison_new (before, after);
  difference = find (comparison, SIDETONE_DIFFERENCE_SERVICE);
  g_assert_nonnull (difference);
  words = sidetone_comparison_describe_difference (comparison, difference, &title);
  g_assert_cmpstr (words, ==, "previously working, now not offered.");
}

/* As a service of IPv6 is in a network without it */
static void
test_untested_service (void)
{
  g_autoptr (SidetoneReport) before = sidetone_test_read_report ("symmetric");
  g_autoptr (SidetoneReport) after = read_changed ("symmetric",
                                                   "(\"id\": \"stun-1\",[^}]*\"state\": )\"passed\"",
                                                   "\\1\"skipped\"");
  g_autoptr (SidetoneComparison) comparison = sidetone_comparison_new (before, after);
  g_autoptr (SidetoneComparison) reversed = sidetone_comparison_new (after, before);

  g_assert_null (find (comparison, SIDETONE_DIFFERENCE_SERVICE));
  g_assert_null (find (reversed, SIDETONE_DIFFERENCE_SERVICE));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/comparison/itself", test_itself);
  g_test_add_func ("/comparison/redacted", test_redacted);
  g_test_add_func ("/comparison/pairs", test_pairs);
  g_test_add_func ("/comparison/noise", test_noise);
  g_test_add_func ("/comparison/temporary-address", test_temporary_address);
  g_test_add_func ("/comparison/mapping", test_mapping);
  g_test_add_func ("/comparison/same-mapping", test_same_mapping);
  g_test_add_func ("/comparison/quality", test_quality);
  g_test_add_func ("/comparison/unmade", test_unmade);
  g_test_add_func ("/comparison/untested", test_untested);
  g_test_add_func ("/comparison/services", test_services);
  g_test_add_func ("/comparison/untested-service", test_untested_service);

  return g_test_run ();
}
