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

/* A report for a mail, or for a terminal of 80 columns */
#define WIDTH 78
#define INDENT 2
#define HOP 20
#define TITLE 30
#define TIME 8

/* Pads to a column, or adds one space if the row is longer. */
static void
append_spaces (GString *row,
               guint    column)
{
  guint width = sidetone_text_get_width (row->str);

  sidetone_text_append_padded (row, "", width < column ? column - width : 1);
}

/* One row of a table: its cells and the columns' widths. A cell that is too wide is wrapped in its
 * own column. */
static void
append_row (GString           *text,
            const char *const *cells,
            const guint       *widths,
            guint              n_cells)
{
  g_autoptr (GPtrArray) wrapped = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint n_lines = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      char **lines = sidetone_text_wrap (cells[i], widths[i]);

      n_lines = MAX (n_lines, g_strv_length (lines));
      g_ptr_array_add (wrapped, lines);
    }

  for (guint i = 0; i < n_lines; i++)
    {
      g_autoptr (GString) row = g_string_new (NULL);
      guint column = INDENT;

      for (guint j = 0; j < n_cells; j++)
        {
          char **lines = wrapped->pdata[j];

          if (i < g_strv_length (lines) && *lines[i] != '\0')
            {
              append_spaces (row, column);
              g_string_append (row, lines[i]);
            }
          column += widths[j] + INDENT;
        }

      g_string_append_printf (text, "%s\n", row->str);
    }
}

static void
append_paragraph (GString    *text,
                  const char *words,
                  guint       indent)
{
  const char *cells[] = { words };
  g_auto (GStrv) lines = NULL;

  if (indent > 0)
    {
      append_row (text, cells, (const guint[]) { WIDTH - indent }, 1);
      return;
    }

  lines = sidetone_text_wrap (words, WIDTH);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", lines[i]);
}

static void
append_section (GString    *text,
                const char *title,
                const char *words)
{
  g_string_append_printf (text, "\n%s\n", title);
  append_paragraph (text, words, INDENT);
}

static char *
dup_safe (const char *text)
{
  return sidetone_text_make_safe (text, SIDETONE_TEXT_MAX_CHARS);
}

/* The way that a call takes, one line a hop */
static void
append_way (GString                 *text,
            const SidetoneDiagnosis *diagnosis)
{
  g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);

  g_string_append_printf (text, "\n%s\n", _("The way of a call"));
  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];
      g_autofree char *words = sidetone_describe_hop (hop, diagnosis);

      append_row (text, (const char *const[]) { sidetone_describe_hop_title (hop), words },
                  (const guint[]) { HOP, WIDTH - HOP - 2 * INDENT }, 2);
    }
}

static void
append_main_finding (GString         *text,
                     SidetoneFinding *finding)
{
  g_autofree char *title = sidetone_describe_finding_title (finding);
  g_autofree char *explanation = sidetone_describe_finding_explanation (finding);
  g_autofree char *words = g_strdup_printf ("%s. %s", title, explanation);

  append_section (text, sidetone_verdict_is_trouble (finding) ? _("What is wrong")
                  : _("What was found"), words);
}

static void
append_verdict (GString                 *text,
                const SidetoneDiagnosis *diagnosis)
{
  SidetoneFinding *cause = sidetone_diagnosis_get_verdict (diagnosis)->cause;
  g_autofree char *headline = sidetone_describe_headline (diagnosis);
  g_autofree char *verdict = sidetone_describe_verdict (diagnosis);
  g_autofree char *codes = sidetone_describe_codes (diagnosis);
  g_autofree char *remedy = sidetone_describe_remedy (diagnosis);
  g_autofree char *owners = cause != NULL ? sidetone_describe_owners (cause) : NULL;

  append_paragraph (text, headline, 0);
  append_paragraph (text, verdict, 0);
  append_paragraph (text, codes, 0);
  if (owners != NULL)
    append_section (text, _("Who can fix it"), owners);
  append_section (text, _("What to do"), remedy);
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

/* Each service takes two lines at each of its addresses: names and addresses may be long. */
static void
append_services (GString   *text,
                 GPtrArray *results)
{
  guint state = 0;

  if (results->len == 0)
    return;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      state = MAX (state, sidetone_text_get_width (sidetone_describe_state (result->state)));
    }

  g_string_append_printf (text, "\n%s\n", _("Call servers"));
  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];
      g_autofree char *title = sidetone_describe_service_title (result);
      g_autofree char *summary = sidetone_describe_service_summary (result);
      guint widths[] = { state, WIDTH - 2 * INDENT - state };

      append_row (text, (const char *const[]) {
      sidetone_describe_state (result->state), title
    }, widths, 2);
      append_row (text, (const char *const[]) { "", summary }, widths, 2);
    }
}

/* Rows that say the same are one. */
static void
append_calls (GString           *text,
              SidetoneDiagnosis *diagnosis)
{
  gboolean partners[SIDETONE_N_PARTNERS];

  if (sidetone_diagnosis_get_call (diagnosis, SIDETONE_PARTNER_OPEN) == NULL)
    return;

  g_string_append_printf (text, "\n%s\n", _("Who you can call"));
  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (diagnosis, partner);
      const guint widths[] = { TITLE, WIDTH - 2 * INDENT - TITLE };
      g_autofree char *title = NULL;
      g_autofree char *words = NULL;

      if (!sidetone_diagnosis_gather_partners (diagnosis, partner, partners))
        continue;

      title = sidetone_describe_partners (partners);
      words = g_strdup_printf ("%s: %s", sidetone_describe_call_way (call->way),
                               sidetone_describe_call_reason (call->reason));
      append_row (text, (const char *const[]) { title, words }, widths, 2);
    }
}

static void
append_steps (GString   *text,
              GPtrArray *observations)
{
  guint state = measure_states ();
  guint title = measure_titles (observations, TRUE);
  guint widths[] = { state, title, WIDTH - 4 * INDENT - state - title - TIME, TIME };

  if (title == 0)
    return;

  g_string_append_printf (text, "\n%s\n", _("Steps"));
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
      append_row (text, (const char *const[]) {
      sidetone_describe_state (how), words, summary, duration
    }, widths, 4);
    }
}

static void
append_interfaces (GString   *text,
                   GPtrArray *observations)
{
  guint title = measure_titles (observations, FALSE);
  guint widths[] = { title, WIDTH - 2 * INDENT - title };

  if (title == 0)
    return;

  g_string_append_printf (text, "\n%s\n", _("Addresses of this computer"));
  for (guint i = 0; i < observations->len; i++)
    {
      g_autofree char *words = NULL;
      g_autofree char *summary = NULL;

      if (is_step (observations->pdata[i]))
        continue;

      words = sidetone_describe_observation_title (observations->pdata[i]);
      summary = sidetone_describe_observation_summary (observations->pdata[i]);
      append_row (text, (const char *const[]) { words, summary }, widths, 2);
    }
}

static void
append_other_findings (GString           *text,
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
        g_string_append_printf (text, "\n%s\n", _("Other findings"));
      any = TRUE;

      title = sidetone_describe_finding_title (finding);
      headline = g_strdup_printf ("%s  %s", sidetone_finding_get_code (finding), title);
      explanation = sidetone_describe_finding_explanation (finding);
      advice = sidetone_describe_finding_advice (finding);
      append_paragraph (text, headline, INDENT);
      append_paragraph (text, explanation, INDENT);
      append_paragraph (text, advice, INDENT);
    }
}

static void
append_origin (GString              *text,
               const SidetoneReport *self)
{
  /* Translators: a date and time in UTC, as g_date_time_format() writes it */
  g_autofree char *created = g_date_time_format (self->created, _("%Y-%m-%d %H:%M:%S UTC"));
  g_autofree char *account = NULL;
  g_autofree char *version = dup_safe (self->app_version);
  g_autoptr (GString) made = g_string_new (NULL);

  if (self->jid != NULL)
    account = dup_safe (self->jid);
  else if (self->domain != NULL)
    account = dup_safe (self->domain);

  g_string_append_c (text, '\n');
  if (account != NULL)
    {
      g_autofree char *line = NULL;

      /* Translators: %s is an account, or a server where the account is left out */
      line = g_strdup_printf (self->jid != NULL ? _("Account: %s") : _("Server: %s"), account);
      append_paragraph (text, line, 0);
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
  append_paragraph (text, made->str, 0);
}

/**
 * sidetone_report_to_text:
 * @self: a report
 *
 * Writes @self for a terminal or a mail: the verdict, the way of a call, the findings with
 * their advice, and each step. Text from the network is made safe to show.
 *
 * Returns: (transfer full): the text, in complete lines
 */
char *
sidetone_report_to_text (const SidetoneReport *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  SidetoneEvidence *evidence;
  GPtrArray *observations;
  SidetoneFinding *finding;

  g_return_val_if_fail (self != NULL, NULL);

  evidence = sidetone_diagnosis_get_evidence (self->diagnosis);
  observations = sidetone_evidence_get_observations (evidence);
  finding = sidetone_diagnosis_get_main_finding (self->diagnosis);

  append_verdict (text, self->diagnosis);
  if (finding != NULL)
    append_main_finding (text, finding);

  append_way (text, self->diagnosis);
  /* A redacted report has no account: see report-redact.c. */
  if (self->jid == NULL)
    {
      g_string_append_c (text, '\n');
      append_paragraph (text, _("The addresses in this report were replaced by made-up ones."), 0);
    }
  append_other_findings (text, self->diagnosis);
  append_services (text, sidetone_evidence_get_results (evidence));
  append_calls (text, self->diagnosis);
  append_steps (text, observations);
  append_interfaces (text, observations);
  append_origin (text, self);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
