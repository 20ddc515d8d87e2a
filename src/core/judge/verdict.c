/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/verdict.h"

#include "judge/rules.h"

/* The verdict: whether calls work. It follows from the table of calls, which it can't contradict. */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneVerdictState, sidetone_verdict_state,
  G_DEFINE_ENUM_VALUE (SIDETONE_VERDICT_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VERDICT_GOOD, "good"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VERDICT_POOR, "poor"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VERDICT_MAY_FAIL, "may-fail"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VERDICT_SOME_FAIL, "some-fail"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VERDICT_MOST_FAIL, "most-fail"),
  G_DEFINE_ENUM_VALUE (SIDETONE_VERDICT_FAILING, "failing"))

/* The table of calls, counted */
typedef struct
{
  guint n_failing;
  guint n_untested;
  guint n_direct;
  guint n_relayed;
} Count;

static Count
count_calls (const SidetoneDiagnosis *diagnosis,
             SidetoneVerdict         *self)
{
  Count count = { 0 };

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (diagnosis, partner);

      self->fails[partner] = call != NULL && call->way == SIDETONE_CALL_WAY_NONE;
      self->is_untested[partner] = call != NULL && call->way == SIDETONE_CALL_WAY_UNKNOWN;
      count.n_failing += self->fails[partner];
      count.n_untested += self->is_untested[partner];
      if (call == NULL)
        continue;

      count.n_direct += call->way != SIDETONE_CALL_WAY_RELAY;
      count.n_relayed += call->way == SIDETONE_CALL_WAY_RELAY ||
                         call->way == SIDETONE_CALL_WAY_EITHER;
    }

  return count;
}

/* Without a table only the level is known. */
static SidetoneVerdictState
judge_level (SidetoneLevel level,
             SidetoneRelay relay)
{
  switch (level)
    {
    case SIDETONE_LEVEL_GOOD:
    case SIDETONE_LEVEL_RELAY:
      return SIDETONE_VERDICT_GOOD;

    case SIDETONE_LEVEL_LIMITED:
      return SIDETONE_VERDICT_MAY_FAIL;

    case SIDETONE_LEVEL_FAILING:
      return SIDETONE_VERDICT_FAILING;

    case SIDETONE_LEVEL_UNKNOWN:
      break;
    }

  return relay == SIDETONE_RELAY_NOT_OFFERED || relay == SIDETONE_RELAY_BROKEN ||
         relay == SIDETONE_RELAY_UNUSED ? SIDETONE_VERDICT_MAY_FAIL : SIDETONE_VERDICT_UNKNOWN;
}

static SidetoneVerdictState
judge_calls (const Count  *count,
             SidetoneLevel level)
{
  if (count->n_failing == SIDETONE_N_PARTNERS || level == SIDETONE_LEVEL_FAILING)
    return SIDETONE_VERDICT_FAILING;
  if (2 * count->n_failing > SIDETONE_N_PARTNERS)
    return SIDETONE_VERDICT_MOST_FAIL;
  if (count->n_failing > 0)
    return SIDETONE_VERDICT_SOME_FAIL;
  if (level == SIDETONE_LEVEL_UNKNOWN)
    return SIDETONE_VERDICT_UNKNOWN;
  /* On an open line only the computer's own firewall can be in the way. */
  if (count->n_untested > 0 && level != SIDETONE_LEVEL_GOOD)
    return SIDETONE_VERDICT_MAY_FAIL;

  return SIDETONE_VERDICT_GOOD;
}

static SidetoneCallWay
judge_way (const Count  *count,
           SidetoneLevel level)
{
  if (count->n_direct + count->n_relayed == 0)
    return level == SIDETONE_LEVEL_GOOD ? SIDETONE_CALL_WAY_DIRECT
           : level == SIDETONE_LEVEL_RELAY ? SIDETONE_CALL_WAY_EITHER : SIDETONE_CALL_WAY_UNKNOWN;
  if (count->n_relayed == 0)
    return SIDETONE_CALL_WAY_DIRECT;

  return count->n_direct == 0 ? SIDETONE_CALL_WAY_RELAY : SIDETONE_CALL_WAY_EITHER;
}

/**
 * sidetone_verdict_get_severity:
 * @self: a verdict
 *
 * Returns: how much stands in the way of calls
 */
SidetoneSeverity
sidetone_verdict_get_severity (const SidetoneVerdict *self)
{
  switch (self->state)
    {
    case SIDETONE_VERDICT_UNKNOWN:
      break;

    case SIDETONE_VERDICT_GOOD:
      return SIDETONE_SEVERITY_GOOD;

    case SIDETONE_VERDICT_POOR:
    case SIDETONE_VERDICT_MAY_FAIL:
    case SIDETONE_VERDICT_SOME_FAIL:
    case SIDETONE_VERDICT_MOST_FAIL:
      return SIDETONE_SEVERITY_WARNING;

    case SIDETONE_VERDICT_FAILING:
      return SIDETONE_SEVERITY_PROBLEM;
    }

  return SIDETONE_SEVERITY_UNKNOWN;
}

static gboolean
spoils_calls (SidetoneFinding *finding)
{
  SidetoneRuleTraits traits = sidetone_finding_get_rule (finding)->traits;

  /* A relay spoils only calls that need it. */
  return (traits & SIDETONE_RULE_SPOILS_CALLS) != 0 &&
         ((traits & SIDETONE_RULE_ABOUT_LINE) != 0 ||
          sidetone_finding_get_severity (finding) >= SIDETONE_SEVERITY_WARNING);
}

/**
 * sidetone_verdict_is_trouble:
 * @finding: a finding
 *
 * Returns: whether something should be done about it, so that the user reads out its code
 */
gboolean
sidetone_verdict_is_trouble (SidetoneFinding *finding)
{
  return sidetone_finding_get_severity (finding) >= SIDETONE_SEVERITY_WARNING ||
         spoils_calls (finding);
}

/**
 * sidetone_verdict_is_spared:
 * @finding: a finding
 *
 * Returns: whether it is a fault of the server's that calls from here don't meet, and calls from
 *   other networks may
 */
gboolean
sidetone_verdict_is_spared (SidetoneFinding *finding)
{
  return !sidetone_verdict_is_trouble (finding) &&
         sidetone_finding_get_owner (finding) == SIDETONE_OWNER_ADMINISTRATOR &&
         sidetone_finding_get_rule (finding)->severity >= SIDETONE_SEVERITY_WARNING;
}

/* The first trouble that spoils calls, or else the first one, or else NULL */
static SidetoneFinding *
find_trouble (const SidetoneDiagnosis *diagnosis,
              gboolean                 spoils)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      /* The diagnosis keeps it. */
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (spoils ? spoils_calls (finding) : sidetone_verdict_is_trouble (finding))
        return finding;
    }

  return NULL;
}

/**
 * sidetone_verdict_judge:
 * @diagnosis: a diagnosis, complete but for its verdict
 * @relay: whether there is a relay
 *
 * Judges whether calls work.
 *
 * Returns: the verdict; @diagnosis owns its cause
 */
SidetoneVerdict
sidetone_verdict_judge (const SidetoneDiagnosis *diagnosis,
                        SidetoneRelay            relay)
{
  SidetoneVerdict self = { .relay = relay };
  SidetoneLevel level = sidetone_diagnosis_get_level (diagnosis);
  SidetoneFinding *main_finding = sidetone_diagnosis_get_main_finding (diagnosis);
  SidetoneFinding *spoiler = find_trouble (diagnosis, TRUE);
  Count count = count_calls (diagnosis, &self);

  self.cause = main_finding;
  if (sidetone_diagnosis_has_failed (diagnosis) ||
      (main_finding != NULL &&
       sidetone_finding_get_kind (main_finding) == SIDETONE_FINDING_INTERRUPTED))
    return self;

  self.state = sidetone_diagnosis_get_call (diagnosis, 0) != NULL
               ? judge_calls (&count, level) : judge_level (level, relay);
  self.way = judge_way (&count, level);
  if (self.state != SIDETONE_VERDICT_GOOD)
    return self;

  self.cause = spoiler != NULL ? spoiler : find_trouble (diagnosis, FALSE);
  if (spoiler != NULL)
    self.state = SIDETONE_VERDICT_POOR;

  return self;
}

/**
 * sidetone_verdict_list_codes:
 * @diagnosis: a diagnosis
 *
 * Lists what a user reads out: the main finding's code, those of all trouble, and of the server's
 * faults that calls from here are spared.
 *
 * Returns: (transfer container): the codes, the main one first; %NULL-terminated
 */
const char **
sidetone_verdict_list_codes (const SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  GPtrArray *codes = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (i == 0 || sidetone_verdict_is_trouble (finding) || sidetone_verdict_is_spared (finding))
        g_ptr_array_add (codes, (gpointer) sidetone_finding_get_code (finding));
    }
  g_ptr_array_add (codes, NULL);

  return (const char **) g_ptr_array_free (codes, FALSE);
}
