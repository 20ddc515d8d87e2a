/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe.h"

#include <glib/gi18n-lib.h>

#include "judge/verdict.h"

/* Words for the verdict: whether calls work, with whom and how, who can fix it, and what to do. */

/* NULL: calls could not be checked */
static const char *
describe_state (SidetoneVerdictState state)
{
  switch (state)
    {
    case SIDETONE_VERDICT_UNKNOWN:
      break;

    case SIDETONE_VERDICT_GOOD:
      return _("Your calls should work");

    case SIDETONE_VERDICT_POOR:
      return _("Calls work, but badly");

    case SIDETONE_VERDICT_MAY_FAIL:
      return _("Some calls may fail");

    case SIDETONE_VERDICT_SOME_FAIL:
      return _("Some calls will fail");

    case SIDETONE_VERDICT_MOST_FAIL:
      return _("Most calls will fail");

    case SIDETONE_VERDICT_FAILING:
      return _("Calls can't work from here");
    }

  return NULL;
}

/**
 * sidetone_describe_headline:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full): the verdict in a few words; if calls could not be checked, why
 */
char *
sidetone_describe_headline (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneVerdict *verdict = sidetone_diagnosis_get_verdict (diagnosis);

  if (verdict->state == SIDETONE_VERDICT_UNKNOWN && verdict->cause != NULL)
    return sidetone_describe_finding_title (verdict->cause);

  return g_strdup (sidetone_describe_outcome (diagnosis));
}

/**
 * sidetone_describe_outcome:
 * @diagnosis: (nullable): a diagnosis; %NULL if there is none
 *
 * Returns: (transfer none): the verdict in a few words that name no server, for places that others
 *   can see
 */
const char *
sidetone_describe_outcome (const SidetoneDiagnosis *diagnosis)
{
  const char *words = NULL;

  if (diagnosis != NULL)
    words = describe_state (sidetone_diagnosis_get_verdict (diagnosis)->state);

  return words != NULL ? words : _("Calls could not be checked");
}

/* Networks as the people in them are called, such as "office networks, mobile data" */
static char *
list_partners (const gboolean *which)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      if (which[partner])
        g_ptr_array_add (names, (gpointer) sidetone_describe_partner_network (partner));
    }
  if (names->len == 0)
    return NULL;

  g_ptr_array_add (names, NULL);

  /* Translators: stands between the words of a list */
  return g_strjoinv (_(", "), (char **) names->pdata);
}

static const char *
describe_way (SidetoneCallWay way)
{
  switch (way)
    {
    case SIDETONE_CALL_WAY_UNKNOWN:
    case SIDETONE_CALL_WAY_NONE:
      break;

    case SIDETONE_CALL_WAY_DIRECT:
      /* Translators: stands below "Your calls should work" */
      return _("They connect directly.");

    case SIDETONE_CALL_WAY_RELAY:
      /* Translators: stands below "Your calls should work" */
      return _("They go through your server's relay. A relay passes calls on when no direct way "
               "works.");

    case SIDETONE_CALL_WAY_EITHER:
      /* Translators: stands below "Your calls should work" */
      return _("Some connect directly, others go through your server's relay, which passes calls "
               "on when no direct way works.");
    }

  return NULL;
}

static const char *
describe_relay (SidetoneRelay relay)
{
  switch (relay)
    {
    case SIDETONE_RELAY_WORKS:
    case SIDETONE_N_RELAYS:
      break;

    case SIDETONE_RELAY_UNUSED:
      return _("Your app does not use your server's relay. A relay passes calls on when no direct "
               "way works.");

    case SIDETONE_RELAY_NOT_OFFERED:
      return _("Your server offers no relay. A relay passes calls on when no direct way works.");

    case SIDETONE_RELAY_BROKEN:
      return _("Your server's relay does not work from here. A relay passes calls on when no direct "
               "way works.");

    case SIDETONE_RELAY_UNKNOWN:
    case SIDETONE_RELAY_OFFERED:
      return _("No relay was tested. A relay passes calls on when no direct way works.");
    }

  return NULL;
}

static void
append_sentence (GString    *text,
                 const char *sentence)
{
  if (sentence == NULL)
    return;

  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void
append_partners (GString        *text,
                 const char     *format,
                 const gboolean *which)
{
  g_autofree char *names = list_partners (which);
  g_autoptr (GString) sentence = g_string_new (format);

  if (names == NULL)
    return;

  g_string_replace (sentence, "{names}", names, 1);
  append_sentence (text, sentence->str);
}

/**
 * sidetone_describe_verdict:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full): with whom calls work, and how; one to three sentences, to be placed below
 *   the headline
 */
char *
sidetone_describe_verdict (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneVerdict *verdict = sidetone_diagnosis_get_verdict (diagnosis);
  g_autoptr (GString) text = g_string_new (NULL);

  switch (verdict->state)
    {
    case SIDETONE_VERDICT_UNKNOWN:
      append_sentence (text, sidetone_diagnosis_has_failed (diagnosis)
                       ? _("Calls could not be checked.")
                       : _("From this alone, it is not clear whether calls work."));
      break;

    case SIDETONE_VERDICT_GOOD:
    case SIDETONE_VERDICT_POOR:
      append_sentence (text, describe_way (verdict->way));
      break;

    case SIDETONE_VERDICT_MAY_FAIL:
    case SIDETONE_VERDICT_SOME_FAIL:
    case SIDETONE_VERDICT_MOST_FAIL:
      append_partners (text, _("No way was found to: {names}."), verdict->fails);
      append_sentence (text, describe_relay (verdict->relay));
      break;

    case SIDETONE_VERDICT_FAILING:
      append_sentence (text, verdict->relay == SIDETONE_RELAY_UNUSED
                       ? describe_relay (verdict->relay)
                       : _("Neither a direct way nor a relay gets through."));
      break;
    }

  if (verdict->state != SIDETONE_VERDICT_UNKNOWN)
    append_partners (text, _("Not known: {names}."), verdict->is_untested);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * sidetone_describe_verdict_names_relay:
 * @diagnosis: a diagnosis
 *
 * Returns: whether sidetone_describe_verdict() uses the term, so that it may need an explanation
 */
gboolean
sidetone_describe_verdict_names_relay (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneVerdict *verdict = sidetone_diagnosis_get_verdict (diagnosis);

  switch (verdict->state)
    {
    case SIDETONE_VERDICT_UNKNOWN:
      break;

    case SIDETONE_VERDICT_GOOD:
    case SIDETONE_VERDICT_POOR:
      return verdict->way == SIDETONE_CALL_WAY_RELAY || verdict->way == SIDETONE_CALL_WAY_EITHER;

    case SIDETONE_VERDICT_MAY_FAIL:
    case SIDETONE_VERDICT_SOME_FAIL:
    case SIDETONE_VERDICT_MOST_FAIL:
      return describe_relay (verdict->relay) != NULL;

    case SIDETONE_VERDICT_FAILING:
      return TRUE;
    }

  return FALSE;
}

/* There is nothing to do for calls from here; perhaps there is for others. */
static char *
describe_nothing_to_fix (const SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      g_autofree char *title = NULL;

      if (!sidetone_verdict_is_spared (finding))
        continue;

      title = sidetone_describe_finding_title (finding);

      /* Translators: the first %s is what was found, such as "The relay passes nothing on", the
       * second its code, such as "CALL-18" */
      return g_strdup_printf (_("Nothing stops calls from here. Calls from other networks may meet "
                                "this: %s (%s)."), title, sidetone_finding_get_code (finding));
    }

  return g_strdup (_("Nothing to fix here."));
}

/**
 * sidetone_describe_remedy:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full): what to do now, or that there is nothing to do
 */
char *
sidetone_describe_remedy (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneVerdict *verdict = sidetone_diagnosis_get_verdict (diagnosis);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *advice = NULL;

  if (verdict->cause != NULL)
    advice = sidetone_describe_finding_advice (verdict->cause);
  if (advice != NULL)
    {
      append_sentence (text, advice);
    }
  else
    {
      advice = describe_nothing_to_fix (diagnosis);
      append_sentence (text, advice);
      append_sentence (text, _("If a call still fails, ask the other person to run Sidetone."));
    }
  if (verdict->state == SIDETONE_VERDICT_GOOD || verdict->state == SIDETONE_VERDICT_POOR)
    append_sentence (text, _("If it does not ring, or you can't hear or see each other, try another "
                             "app, and check its microphone, headset and camera: Sidetone tests the "
                             "network, not the apps."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * sidetone_describe_whose:
 *
 * Says whose computer and network a report from a file is about: all other words speak to the
 * person who made it.
 *
 * Returns: (transfer none): a sentence
 */
const char *
sidetone_describe_whose (void)
{
  return _("In this report, “you” means the person who made it.");
}

/**
 * sidetone_describe_codes:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full): the codes to read out over the telephone; empty if nothing was found
 */
char *
sidetone_describe_codes (const SidetoneDiagnosis *diagnosis)
{
  g_autofree const char **codes = sidetone_verdict_list_codes (diagnosis);

  return g_strjoinv (" · ", (char **) codes);
}
