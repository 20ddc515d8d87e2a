/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/report-private.h"
#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "judge/verdict.h"

/* A report as plain text, for a terminal or a mail. */

#define HOP 20
#define TITLE 30
#define TIME 8

static char *
dup_safe (const char *text)
{
  return sidetone_text_make_safe (text, SIDETONE_TEXT_MAX_CHARS);
}

/* One line a hop */
static void
add_way (SidetonePage            *page,
         const SidetoneDiagnosis *diagnosis)
{
  g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);

  sidetone_page_add_heading (page, _("The way of a call"));
  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];
      g_autofree char *words = sidetone_describe_hop (hop, diagnosis);

      sidetone_page_add_row (page, (const char *const[]) { sidetone_describe_hop_title (hop), words },
                             (const guint[]) { HOP, 0 }, 2);
    }
}

static void
add_section (SidetonePage *page,
             const char   *title,
             const char   *words)
{
  sidetone_page_add_heading (page, title);
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, words, SIDETONE_PAGE_INDENT);
}

static void
add_main_finding (SidetonePage    *page,
                  SidetoneFinding *finding)
{
  g_autofree char *title = sidetone_describe_finding_title (finding);
  g_autofree char *explanation = sidetone_describe_finding_explanation (finding);
  g_autofree char *words = g_strdup_printf ("%s. %s", title, explanation);

  add_section (page, sidetone_verdict_is_trouble (finding) ? _("What is wrong")
               : _("What was found"), words);
}

static SidetonePageStyle
get_style (SidetoneVerdictState state)
{
  switch (state)
    {
    case SIDETONE_VERDICT_UNKNOWN:
      break;

    case SIDETONE_VERDICT_GOOD:
      return SIDETONE_PAGE_GOOD;

    case SIDETONE_VERDICT_POOR:
    case SIDETONE_VERDICT_MAY_FAIL:
    case SIDETONE_VERDICT_SOME_FAIL:
    case SIDETONE_VERDICT_MOST_FAIL:
      return SIDETONE_PAGE_LIMITED;

    case SIDETONE_VERDICT_FAILING:
      return SIDETONE_PAGE_FAILING;
    }

  return SIDETONE_PAGE_HEADING;
}

static void
add_verdict (SidetonePage         *page,
             const SidetoneReport *self)
{
  const SidetoneDiagnosis *diagnosis = self->diagnosis;
  const SidetoneVerdict *made = sidetone_diagnosis_get_verdict (diagnosis);
  g_autofree char *headline = sidetone_describe_headline (diagnosis);
  g_autofree char *verdict = sidetone_describe_verdict (diagnosis);
  g_autofree char *codes = sidetone_describe_codes (diagnosis);
  g_autofree char *remedy = sidetone_describe_remedy (diagnosis);
  g_autofree char *owners = made->cause != NULL ? sidetone_describe_owners (made->cause) : NULL;

  sidetone_page_add_paragraph (page, get_style (made->state), headline, 0);
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, verdict, 0);
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, codes, 0);
  if (sidetone_report_is_redacted (self))
    sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, _("Private details are hidden in this report. Its addresses have numbers instead."),
                                 0);
  if (owners != NULL)
    add_section (page, _("Who can fix it"), owners);
  add_section (page, _("What to do"), remedy);
}

static gboolean
is_step (SidetoneObservation *observation)
{
  return sidetone_observation_get_kind (observation) != SIDETONE_OBSERVATION_INTERFACE;
}

static guint
measure_titles (GPtrArray *observations,
                gboolean   steps)
{
  guint width = 0;

  for (guint i = 0; i < observations->len; i++)
    {
      g_autofree char *words = NULL;

      if (is_step (observations->pdata[i]) != steps)
        continue;

      words = sidetone_describe_observation_title (observations->pdata[i]);
      width = MAX (width, sidetone_text_get_width (words));
    }

  return MIN (width, TITLE);
}

static guint
measure_states (void)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (SIDETONE_TYPE_STATE);
  guint width = 0;

  for (guint i = 1; i < states->n_values; i++)
    width = MAX (width, sidetone_text_get_width (sidetone_describe_state (states->values[i].value)));

  return width;
}

/* What stands between the dots of a host's line, such as "IPv4 ✓ IPv6 –", stays in one line. */
static char *
describe_host (const SidetoneHostResult *host)
{
  g_autofree char *title = sidetone_describe_host_title (host);
  g_autofree char *marks = sidetone_describe_host_marks (host);
  g_autoptr (GString) line = g_string_new (marks);

  g_string_replace (line, " ", SIDETONE_PAGE_NO_BREAK, 0);
  g_string_replace (line, SIDETONE_PAGE_NO_BREAK "·" SIDETONE_PAGE_NO_BREAK, " · ", 0);

  return g_strdup_printf (_("%s: %s"), title, line->str);
}

/* A line each; below it, what does not work there */
static void
add_services (SidetonePage     *page,
              SidetoneEvidence *evidence)
{
  g_autoptr (GPtrArray) hosts = sidetone_host_results_collect (evidence, FALSE);

  if (hosts->len > 0)
    sidetone_page_add_heading (page, _("Call servers"));

  for (guint i = 0; i < hosts->len; i++)
    {
      const SidetoneHostResult *host = hosts->pdata[i];
      g_autofree char *line = describe_host (host);

      sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, line, SIDETONE_PAGE_INDENT);
      for (guint j = 0; j < host->results->len; j++)
        {
          g_autofree char *fault = NULL;

          if (!sidetone_host_result_is_fault (host->results->pdata[j]))
            continue;

          fault = sidetone_describe_service_summary (host->results->pdata[j]);
          sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, fault, 2 * SIDETONE_PAGE_INDENT);
        }
    }
}

/* Rows that say the same are one. */
static void
add_calls (SidetonePage      *page,
           SidetoneDiagnosis *diagnosis)
{
  gboolean partners[SIDETONE_N_PARTNERS];
  g_autofree char *apart = NULL;

  if (sidetone_diagnosis_get_call (diagnosis, SIDETONE_PARTNER_OPEN) == NULL)
    return;

  apart = sidetone_describe_app_apart (sidetone_diagnosis_get_app (diagnosis));
  sidetone_page_add_heading (page, _("Who you can call"));
  if (sidetone_diagnosis_get_app (diagnosis) != SIDETONE_APP_UNKNOWN)
    sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, apart, SIDETONE_PAGE_INDENT);
  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (diagnosis, partner);
      const guint widths[] = { TITLE, 0 };
      g_autofree char *title = NULL;
      g_autofree char *words = NULL;

      if (!sidetone_diagnosis_gather_partners (diagnosis, partner, partners))
        continue;

      title = sidetone_describe_partners (partners);
      words = g_strdup_printf ("%s: %s", sidetone_describe_call (call),
                               sidetone_describe_call_reason (call));
      sidetone_page_add_row (page, (const char *const[]) { title, words }, widths, 2);
    }
}

static void
add_steps (SidetonePage *page,
           GPtrArray    *observations)
{
  guint state = measure_states ();
  guint title = measure_titles (observations, TRUE);
  guint widths[] = { state, title, 0, TIME };

  if (title == 0)
    return;

  sidetone_page_add_heading (page, _("Details"));
  for (guint i = 0; i < observations->len; i++)
    {
      SidetoneObservation *observation = observations->pdata[i];
      SidetoneState how = sidetone_observation_get_state (observation);
      g_autofree char *words = NULL;
      g_autofree char *summary = NULL;
      g_autofree char *duration = NULL;

      if (!is_step (observation))
        continue;

      words = sidetone_describe_observation_title (observation);
      summary = sidetone_describe_observation_summary (observation);
      duration = how == SIDETONE_STATE_SKIPPED ? g_strdup ("")
                 : sidetone_describe_duration (sidetone_observation_get_duration_us (observation));
      sidetone_page_add_row (page, (const char *const[]) {
      sidetone_describe_state (how), words, summary, duration
    }, widths, 4);
    }
}

static void
add_interfaces (SidetonePage *page,
                GPtrArray    *observations)
{
  guint title = measure_titles (observations, FALSE);
  guint widths[] = { title, 0 };

  if (title == 0)
    return;

  sidetone_page_add_heading (page, _("Addresses of this computer"));
  for (guint i = 0; i < observations->len; i++)
    {
      g_autofree char *words = NULL;
      g_autofree char *summary = NULL;

      if (is_step (observations->pdata[i]))
        continue;

      words = sidetone_describe_observation_title (observations->pdata[i]);
      summary = sidetone_describe_observation_summary (observations->pdata[i]);
      sidetone_page_add_row (page, (const char *const[]) { words, summary }, widths, 2);
    }
}

static void
add_other_findings (SidetonePage      *page,
                    SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  SidetoneFinding *main_finding = sidetone_diagnosis_get_main_finding (diagnosis);
  gboolean any = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      g_autofree char *title = NULL;
      g_autofree char *headline = NULL;
      g_autofree char *explanation = NULL;
      g_autofree char *advice = NULL;

      if (finding == main_finding)
        continue;

      if (!any)
        sidetone_page_add_heading (page, _("Other findings"));
      any = TRUE;

      title = sidetone_describe_finding_title (finding);
      headline = g_strdup_printf ("%s  %s", sidetone_finding_get_code (finding), title);
      explanation = sidetone_describe_finding_explanation (finding);
      advice = sidetone_describe_finding_advice (finding);
      sidetone_page_add_paragraph (page, SIDETONE_PAGE_HEADING, headline, SIDETONE_PAGE_INDENT);
      sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, explanation,
                                   2 * SIDETONE_PAGE_INDENT);
      sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, advice, 2 * SIDETONE_PAGE_INDENT);
    }
}

/* Which version of it is known here is told, too: others may do otherwise. */
static void
add_app (SidetonePage         *page,
         const SidetoneReport *self)
{
  SidetoneApp app = sidetone_report_get_app (self);
  const SidetoneAppFacts *facts = sidetone_app_get_facts (app);
  g_autofree char *line = NULL;

  if (app == SIDETONE_APP_UNKNOWN)
    return;

  /* Translators: the first %s is the name of an app, the second a version, the third its date */
  line = facts != NULL ? g_strdup_printf (_("App for calls: %s (known from version %s of %s)"),
                                          sidetone_describe_app (app), facts->version, facts->date)
         : g_strdup_printf (_("App for calls: %s"), sidetone_describe_app (app));
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, line, 0);
}

static void
add_origin (SidetonePage         *page,
            const SidetoneReport *self)
{
  g_autofree char *created = sidetone_describe_time (self->created);
  g_autofree char *account = sidetone_report_dup_account (self);
  g_autofree char *version = dup_safe (self->app_version);
  g_autoptr (GString) made = g_string_new (NULL);

  sidetone_page_add_gap (page);
  if (account != NULL)
    {
      g_autofree char *line = NULL;

      /* Translators: %s is an account, or a server where the account is left out */
      line = g_strdup_printf (self->jid != NULL ? _("Account: %s") : _("Server: %s"), account);
      sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, line, 0);
    }

  /* Translators: the first %s is a date and time, the second one a version of Sidetone */
  g_string_printf (made, _("Checked: %s, by Sidetone %s"), created, version);
  if (self->strophe_version != NULL)
    {
      g_autofree char *strophe = dup_safe (self->strophe_version);

      g_string_append_printf (made, ", libstrophe %s", strophe);
    }
  if (self->os != NULL)
    {
      g_autofree char *os = dup_safe (self->os);

      g_string_append_printf (made, ", %s", os);
    }
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, made->str, 0);
  add_app (page, self);
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, sidetone_describe_whose (), 0);
}

/**
 * sidetone_report_write:
 * @self: a report
 * @page: the page
 *
 * Writes @self in the order of the window's page: the verdict, the way, who can be called, the other
 * findings, the call servers, and the details. Text from the network is made safe to show.
 */
void
sidetone_report_write (const SidetoneReport *self,
                       SidetonePage         *page)
{
  SidetoneEvidence *evidence;
  GPtrArray *observations;
  SidetoneFinding *finding;

  g_return_if_fail (self != NULL);
  g_return_if_fail (page != NULL);

  evidence = sidetone_diagnosis_get_evidence (self->diagnosis);
  observations = sidetone_evidence_get_observations (evidence);
  finding = sidetone_diagnosis_get_main_finding (self->diagnosis);

  add_verdict (page, self);
  if (finding != NULL)
    add_main_finding (page, finding);
  add_way (page, self->diagnosis);
  add_calls (page, self->diagnosis);
  add_other_findings (page, self->diagnosis);
  add_services (page, evidence);
  add_steps (page, observations);
  add_interfaces (page, observations);
  add_origin (page, self);
}

/**
 * sidetone_report_to_text:
 * @self: a report
 *
 * Writes @self for a mail or a file: see sidetone_report_write().
 *
 * Returns: (transfer full): the text, in complete lines
 */
char *
sidetone_report_to_text (const SidetoneReport *self)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  sidetone_report_write (self, page);

  return sidetone_page_dup_text (page);
}
