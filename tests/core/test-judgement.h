/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/hop.h"
#include "judge/rules.h"
#include "judge/verdict.h"
#include "report/report.h"
#include "words/describe.h"

/* A report's whole judgement as text, and of its words the titles: a redacted report has the same. Shared
 * by the tests of what is posted, and of what is kept. */

static inline void
list_finding (GString         *text,
              SidetoneFinding *finding)
{
  const SidetoneRival *const *rivals = sidetone_finding_get_rivals (finding);
  const SidetoneRival *separating = sidetone_finding_get_separating (finding);
  const char *const *evidence = sidetone_finding_get_evidence (finding);
  g_autofree char *title = sidetone_describe_finding_title (finding);

  g_string_append_printf (text, "\n%s (%s) severity %d owner %d certainty %d",
                          sidetone_finding_get_code (finding), title,
                          sidetone_finding_get_severity (finding), sidetone_finding_get_owner (finding),
                          sidetone_finding_get_certainty (finding));
  for (guint i = 0; rivals[i] != NULL; i++)
    g_string_append_printf (text, " or %s", rivals[i]->nick);
  if (separating != NULL)
    g_string_append_printf (text, " act %d", separating->act);
  g_string_append (text, " by");
  for (guint i = 0; evidence[i] != NULL; i++)
    g_string_append_printf (text, " %s", evidence[i]);
}

static inline void
list_way (GString                 *text,
          const SidetoneDiagnosis *diagnosis)
{
  const SidetoneNatFacts *nat = sidetone_diagnosis_get_nat (diagnosis);
  g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);

  g_string_append_printf (text, "\nnat %d %d %d %d", nat->mapping, nat->filtering, nat->hairpinning,
                          nat->port);
  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (diagnosis, partner);

      if (call != NULL)
        g_string_append_printf (text, " call %d/%d", call->way, call->reason);
    }
  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];

      g_string_append_printf (text, " hop %d/%d", hop->place, hop->state);
      if (hop->finding != NULL)
        g_string_append_printf (text, " %s", sidetone_finding_get_code (hop->finding));
    }
}

static inline char *
list_judgement (SidetoneReport *report)
{
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  const SidetoneVerdict *verdict = sidetone_diagnosis_get_verdict (diagnosis);
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "verdict %d %d %d level %d", verdict->state, verdict->way,
                          verdict->relay, sidetone_diagnosis_get_level (diagnosis));
  if (verdict->cause != NULL)
    g_string_append_printf (text, " because of %s", sidetone_finding_get_code (verdict->cause));
  list_way (text, diagnosis);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      list_finding (text, finding);
    }

  return g_string_free (text, FALSE);
}

/* The same findings, by the same evidence, are left after redaction, and it changes nothing twice. */
static inline void
assert_same_judgement (SidetoneReport *report)
{
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autoptr (SidetoneReport) again = sidetone_report_new_redacted (redacted);
  g_autofree char *before = list_judgement (report);
  g_autofree char *after = list_judgement (redacted);
  g_autofree char *json = sidetone_report_to_json (redacted);
  g_autofree char *json_again = sidetone_report_to_json (again);

  if (!g_str_equal (before, after))
    {
      g_autofree char *whole = sidetone_report_to_json (report);

      g_error ("%s\n\nbecame\n\n%s\n%s\n%s", before, after, whole, json);
    }
  g_assert_cmpstr (json, ==, json_again);
}
