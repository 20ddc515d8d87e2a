/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "judge/hop.h"

#include "judge/rules.h"
#include "judge/verdict.h"
#include "lib/reports.h"
#include "words/describe.h"

#include <string.h>

/* The way of a call, hop by hop */

/* A report of ../ui/reports, and its way: place, state, and the code of the finding that puts a hop
 * there */
static const struct
{
  const char *report;
  const char *way;
} rows[] = {
  { "relay", "computer fine, between fine NAT-01, seen fine, server fine, relay fine, partner fine" },
  { "no-nat", "computer fine, between fine NAT-00, seen fine, server fine, relay unknown, "
    "partner fine" },
  { "nat", "computer fine, between fine NAT-01, seen fine, server fine, relay unknown, "
    "partner limits" },
  { "cgnat", "computer fine, between limits NAT-02, seen fine, server fine, relay unknown, "
    "partner limits" },
  { "no-services", "computer fine, between unknown, seen unknown, server fine, relay limits, "
    "partner limits" },
  /* Over a VPN: whatever changes the address is behind it. */
  { "several", "computer fine, between fine LOC-02, between fine NAT-01, seen fine, "
    "server fine, relay unknown, partner limits" },
  { "offline", "computer broken CON-01, between unknown, seen unknown, server unknown, "
    "relay unknown, partner unknown" },
  { "wrong-password", "computer fine, between unknown, seen unknown, server broken, relay unknown, "
    "partner unknown" },
  { "server-silent", "computer fine, between unknown, seen unknown, server broken, relay unknown, "
    "partner unknown" },
};

static const char *
get_nick (GType type,
          int   value)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);

  return g_enum_get_value (enum_class, value)->value_nick;
}

static char *
format_way (const SidetoneDiagnosis *diagnosis)
{
  g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);
  g_autoptr (GString) way = g_string_new (NULL);

  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];

      g_string_append_printf (way, "%s%s %s%s%s", i > 0 ? ", " : "",
                              get_nick (SIDETONE_TYPE_HOP_PLACE, hop->place),
                              get_nick (SIDETONE_TYPE_HOP_STATE, hop->state),
                              hop->finding != NULL ? " " : "",
                              hop->finding != NULL ? sidetone_finding_get_code (hop->finding) : "");
    }

  return g_string_free (g_steal_pointer (&way), FALSE);
}

static void
test_reports (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneReport) report = sidetone_test_read_report (rows[i].report);
      g_autofree char *way = format_way (sidetone_report_get_diagnosis (report));

      g_test_message ("%s", rows[i].report);
      g_assert_cmpstr (way, ==, rows[i].way);
    }
}

/* A second NAT is a hop of its own; behind a VPN nothing is called the router's. */
static void
test_between (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("several");
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);
  g_autofree char *vpn = sidetone_describe_hop (hops->pdata[1], diagnosis);
  g_autofree char *behind = sidetone_describe_hop (hops->pdata[2], diagnosis);

  g_assert_cmpstr (sidetone_describe_hop_title (hops->pdata[1]), ==, "VPN");
  g_assert_cmpstr (vpn, ==, "on this computer");
  g_assert_cmpstr (sidetone_describe_hop_title (hops->pdata[2]), ==, "NAT");
  g_assert_cmpstr (behind, ==, "behind the VPN");
}

/* What a screen reader says instead of the picture */
static void
test_sentence (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("relay");
  g_autofree char *sentence = sidetone_describe_way (sidetone_report_get_diagnosis (report));

  g_assert_cmpstr (sentence, ==, "This computer: 192.168.1.10 port 38834 (private address); "
                   "NAT: your router; "
                   "Seen by your server: 198.51.100.1 port 38834 (example address; new address, "
                   "same port); "
                   "Your server: Signed in; Relay: works; "
                   "The other person: directly or through the relay");
}

/* Whatever was seen: every place is there, in order, has words, and what is known has evidence. */
static void
test_all (void)
{
  g_auto (GStrv) names = sidetone_test_list_reports ();
  guint n = 0;

  for (guint at = 0; names[at] != NULL; at++)
    {
      const char *name = names[at];
      g_autoptr (SidetoneReport) report = sidetone_test_read_report (name);
      SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
      SidetoneVerdictState state = sidetone_diagnosis_get_verdict (diagnosis)->state;
      g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);
      int place = SIDETONE_HOP_COMPUTER;

      g_test_message ("%s", name);
      n++;
      for (guint i = 0; i < hops->len; i++)
        {
          const SidetoneHop *hop = hops->pdata[i];
          g_autofree char *words = sidetone_describe_hop (hop, diagnosis);
          g_autoptr (GPtrArray) details = sidetone_describe_hop_details (hop, diagnosis);

          g_assert_true ((int) hop->place == place || (int) hop->place == place + 1);
          place = hop->place;
          g_assert_cmpstr (words, !=, "");
          if (hop->place == SIDETONE_HOP_BETWEEN && hop->finding != NULL)
            g_assert_cmpuint (details->len, >, 0);
          if (state == SIDETONE_VERDICT_GOOD)
            g_assert_cmpint (hop->state, !=, SIDETONE_HOP_BROKEN);
        }
      g_assert_cmpint (place, ==, SIDETONE_HOP_PARTNER);
    }

  g_assert_cmpuint (n, >, 20);
}

/* Before anything is known, the picture has its places. */
static void
test_nothing (void)
{
  g_autofree char *way = format_way (NULL);

  g_assert_cmpstr (way, ==, "computer unknown, between unknown, seen unknown, server unknown, "
                   "relay unknown, partner unknown");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hop/reports", test_reports);
  g_test_add_func ("/hop/between", test_between);
  g_test_add_func ("/hop/sentence", test_sentence);
  g_test_add_func ("/hop/all", test_all);
  g_test_add_func ("/hop/nothing", test_nothing);

  return g_test_run ();
}
