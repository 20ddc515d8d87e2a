/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A walkthrough: a differential diagnosis, step by step. It asks for the act that tells the causes
 * apart that are left, and each check after an act excludes some. Its course is a fold over the
 * user's replies: going back means to leave out the last one. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/walkthrough.h"

#include "judge/verdict.h"

/**
 * SidetoneWalkthrough:
 *
 * Where a walkthrough has got to. Immutable.
 *
 * The first check is the one whose findings are followed: the main cause, if something is wrong,
 * and then what else is wrong.
 */
struct _SidetoneWalkthrough
{
  SidetoneStation station;
  SidetoneAct act;
  SidetoneRemark remark;
  guint asked;          /* the suspect whose causes the act tells apart */
  SidetoneDiagnosis *first;
  SidetoneDiagnosis *last;
  SidetoneDiagnosis *remarked; /* the check that the remark is about */
  GArray *suspects;     /* of SidetoneSuspect */
  guint tried;          /* SIDETONE_ACT_BIT of each act that is over */
  guint declined;       /* the same, of those that were not done */
  guint n_acts;
  gboolean is_located;  /* it was asked whether calls fail here, or does not matter */
  gboolean is_elsewhere; /* they fail elsewhere, and no check was made there */
};

static void
set_diagnosis (SidetoneDiagnosis **place,
               SidetoneDiagnosis  *diagnosis)
{
  sidetone_diagnosis_ref (diagnosis);
  g_clear_pointer (place, sidetone_diagnosis_unref);
  *place = diagnosis;
}

static void
add_suspect (SidetoneWalkthrough *self,
             SidetoneFinding     *finding)
{
  SidetoneSuspect suspect;

  sidetone_suspect_init (&suspect, finding);
  g_array_append_val (self->suspects, suspect);
}

/* The first check, or the one where calls fail */
static void
begin (SidetoneWalkthrough *self,
       SidetoneDiagnosis   *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  SidetoneFinding *cause = sidetone_diagnosis_get_verdict (diagnosis)->cause;

  set_diagnosis (&self->first, diagnosis);
  set_diagnosis (&self->last, diagnosis);
  g_array_set_size (self->suspects, 0);
  if (cause != NULL)
    add_suspect (self, cause);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (finding != cause && sidetone_verdict_is_trouble (finding))
        add_suspect (self, finding);
    }
}

static SidetoneSuspect *
get_suspect (const SidetoneWalkthrough *self,
             guint                      index)
{
  return &g_array_index (self->suspects, SidetoneSuspect, index);
}

/* Goes on to the next question or act, or to the end. */
static void
move_on (SidetoneWalkthrough *self)
{
  self->remark = SIDETONE_REMARK_NONE;
  g_clear_pointer (&self->remarked, sidetone_diagnosis_unref);
  self->act = SIDETONE_ACT_NONE;
  self->station = SIDETONE_STATION_END;

  if (!self->is_located &&
      sidetone_diagnosis_get_verdict (self->first)->state == SIDETONE_VERDICT_GOOD)
    {
      self->station = SIDETONE_STATION_HERE;
      return;
    }

  for (guint i = 0; i < self->suspects->len && self->n_acts < SIDETONE_WALKTHROUGH_MAX_ACTS; i++)
    {
      SidetoneAct act = sidetone_suspect_choose_act (get_suspect (self, i), self->tried);

      if (act == SIDETONE_ACT_NONE)
        continue;

      self->station = SIDETONE_STATION_ACT;
      self->act = act;
      self->asked = i;
      return;
    }
}

/* A fault that another network has of its own says nothing about the first one: its evidence
 * excludes what the act leaves in place. */
static gboolean
is_own_fault (const SidetoneSuspect   *suspect,
              SidetoneAct              act,
              const SidetoneDiagnosis *after)
{
  SidetoneFinding *again = sidetone_retest_find_again (suspect->finding, after);
  const SidetoneRival *const *rivals = again != NULL ? sidetone_finding_get_rivals (again) : NULL;

  for (guint i = 0; rivals != NULL && i < suspect->n_causes; i++)
    {
      const SidetoneRival *rival = suspect->causes[i].rival;
      gboolean is_there = FALSE;

      if (rival == NULL || rival->act != act || rival->goes_away)
        continue;

      for (guint j = 0; rivals[j] != NULL; j++)
        is_there = is_there || rivals[j] == rival;
      if (!is_there)
        return TRUE;
    }

  return FALSE;
}

/* Why the check after the act tells nothing */
static SidetoneRemark
judge_check (const SidetoneWalkthrough *self,
             SidetoneDiagnosis         *after)
{
  const SidetoneEvidence *evidence = sidetone_diagnosis_get_evidence (after);
  const SidetoneSuspect *suspect = get_suspect (self, self->asked);

  if (self->act == SIDETONE_ACT_ANOTHER_NETWORK &&
      sidetone_retest_is_same_network (self->last, after))
    return SIDETONE_REMARK_SAME_NETWORK;
  if (self->act == SIDETONE_ACT_WITHOUT_VPN && sidetone_evidence_get_tunnels (evidence) != NULL)
    return SIDETONE_REMARK_VPN_ON;
  if (self->act == SIDETONE_ACT_BY_CABLE && sidetone_evidence_is_wireless (evidence))
    return SIDETONE_REMARK_WIRELESS;
  if (sidetone_retest_judge (suspect->finding, self->first, after) == SIDETONE_RETEST_UNKNOWN)
    return sidetone_diagnosis_has_failed (after) ||
           sidetone_diagnosis_find (after, SIDETONE_FINDING_INTERRUPTED) != NULL
           ? SIDETONE_REMARK_NOT_CHECKED : SIDETONE_REMARK_NOT_TESTED;
  if (is_own_fault (suspect, self->act, after))
    return SIDETONE_REMARK_OWN_FAULT;

  return SIDETONE_REMARK_NONE;
}

static void
take_check (SidetoneWalkthrough *self,
            SidetoneDiagnosis   *after)
{
  SidetoneRemark remark = judge_check (self, after);

  if (remark == SIDETONE_REMARK_NONE)
    {
      for (guint i = 0; i < self->suspects->len; i++)
        sidetone_suspect_conclude (get_suspect (self, i), self->act,
                                   sidetone_retest_judge (get_suspect (self, i)->finding,
                                                          self->first, after));
      self->tried |= SIDETONE_ACT_BIT (self->act);
      set_diagnosis (&self->last, after);
      move_on (self);
      return;
    }

  /* Once more, or not at all */
  self->remark = remark;
  set_diagnosis (&self->remarked, after);
  if (self->n_acts < SIDETONE_WALKTHROUGH_MAX_ACTS)
    return;

  self->declined |= SIDETONE_ACT_BIT (self->act);
  move_on (self);
}

static void
take_act (SidetoneWalkthrough *self,
          const SidetoneReply *reply)
{
  self->n_acts++;
  if (reply->kind == SIDETONE_REPLY_CHECKED)
    {
      take_check (self, reply->diagnosis);
      return;
    }

  self->tried |= SIDETONE_ACT_BIT (self->act);
  if (reply->kind == SIDETONE_REPLY_CANT || reply->kind == SIDETONE_REPLY_DONT_KNOW)
    self->declined |= SIDETONE_ACT_BIT (self->act);
  else
    sidetone_suspect_conclude (get_suspect (self, self->asked), self->act,
                               reply->kind == SIDETONE_REPLY_NO ? SIDETONE_RETEST_GONE
                               : SIDETONE_RETEST_STAYS);
  move_on (self);
}

static void
take_reply (SidetoneWalkthrough *self,
            const SidetoneReply *reply)
{
  g_return_if_fail (sidetone_walkthrough_offers (self, reply->kind));
  g_return_if_fail ((reply->kind == SIDETONE_REPLY_CHECKED) == (reply->diagnosis != NULL));

  switch (self->station)
    {
    case SIDETONE_STATION_START:
      begin (self, reply->diagnosis);
      move_on (self);
      break;

    case SIDETONE_STATION_HERE:
      self->is_located = TRUE;
      if (reply->kind == SIDETONE_REPLY_NO)
        self->station = SIDETONE_STATION_THERE;
      else
        move_on (self);
      break;

    case SIDETONE_STATION_THERE:
      if (reply->kind == SIDETONE_REPLY_CHECKED)
        begin (self, reply->diagnosis);
      else
        self->is_elsewhere = TRUE;
      move_on (self);
      break;

    case SIDETONE_STATION_ACT:
      take_act (self, reply);
      break;

    case SIDETONE_STATION_END:
      break;
    }
}

/**
 * sidetone_walkthrough_new:
 * @replies: (array length=n_replies): all replies so far, each one offered by those before it
 * @n_replies: their number
 *
 * Chooses what comes next.
 *
 * Returns: (transfer full): the walkthrough
 */
SidetoneWalkthrough *
sidetone_walkthrough_new (const SidetoneReply *replies,
                          guint                n_replies)
{
  SidetoneWalkthrough *self = g_new0 (SidetoneWalkthrough, 1);

  self->suspects = g_array_new (FALSE, FALSE, sizeof (SidetoneSuspect));
  for (guint i = 0; i < n_replies; i++)
    take_reply (self, &replies[i]);

  return self;
}

/* The same finding in a redacted report: its findings have the same order. */
static SidetoneFinding *
find_shown (SidetoneFinding         *finding,
            const SidetoneDiagnosis *diagnosis,
            const SidetoneDiagnosis *shown)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  GListModel *others = sidetone_diagnosis_get_findings (shown);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      /* Their diagnoses keep both. */
      g_autoptr (SidetoneFinding) one = g_list_model_get_item (findings, i);
      g_autoptr (SidetoneFinding) other = g_list_model_get_item (others, i);

      if (one == finding && other != NULL &&
          sidetone_finding_get_kind (other) == sidetone_finding_get_kind (finding))
        return other;
    }

  return NULL;
}

/**
 * sidetone_walkthrough_new_shown:
 * @self: a walkthrough, after its first check
 * @first: the diagnosis of its first check's redacted report
 * @last: the same of its last check
 *
 * Makes a copy that can be posted. The course itself follows from the checks as they were: redacted
 * reports can't be compared.
 *
 * Returns: (transfer full): a walkthrough with the words of redacted reports
 */
SidetoneWalkthrough *
sidetone_walkthrough_new_shown (const SidetoneWalkthrough *self,
                                SidetoneDiagnosis         *first,
                                SidetoneDiagnosis         *last)
{
  SidetoneWalkthrough *shown = g_new (SidetoneWalkthrough, 1);

  g_return_val_if_fail (self->first != NULL, NULL);

  *shown = *self;
  shown->first = sidetone_diagnosis_ref (first);
  shown->last = sidetone_diagnosis_ref (last);
  shown->remarked = NULL;
  shown->suspects = g_array_new (FALSE, FALSE, sizeof (SidetoneSuspect));
  for (guint i = 0; i < self->suspects->len; i++)
    {
      SidetoneSuspect suspect = *get_suspect (self, i);

      suspect.finding = find_shown (suspect.finding, self->first, first);
      if (suspect.finding != NULL)
        g_array_append_val (shown->suspects, suspect);
    }

  return shown;
}

/**
 * sidetone_walkthrough_is_worthwhile:
 * @diagnosis: a diagnosis
 *
 * Returns: whether its cause is open, and an act can tell more
 */
gboolean
sidetone_walkthrough_is_worthwhile (const SidetoneDiagnosis *diagnosis)
{
  SidetoneFinding *cause = sidetone_diagnosis_get_verdict (diagnosis)->cause;
  SidetoneSuspect suspect;

  if (cause == NULL || sidetone_finding_get_certainty (cause) != SIDETONE_CERTAINTY_OPEN)
    return FALSE;

  sidetone_suspect_init (&suspect, cause);

  return sidetone_suspect_choose_act (&suspect, 0) != SIDETONE_ACT_NONE;
}

/**
 * sidetone_walkthrough_free:
 * @self: (transfer full): a walkthrough
 *
 * Frees it.
 */
void
sidetone_walkthrough_free (SidetoneWalkthrough *self)
{
  g_clear_pointer (&self->first, sidetone_diagnosis_unref);
  g_clear_pointer (&self->last, sidetone_diagnosis_unref);
  g_clear_pointer (&self->remarked, sidetone_diagnosis_unref);
  g_array_unref (self->suspects);
  g_free (self);
}

/**
 * sidetone_walkthrough_get_station:
 * @self: a walkthrough
 *
 * Returns: what it asks for next
 */
SidetoneStation
sidetone_walkthrough_get_station (const SidetoneWalkthrough *self)
{
  return self->station;
}

/**
 * sidetone_walkthrough_get_act:
 * @self: a walkthrough
 *
 * Returns: what to do; %SIDETONE_ACT_NONE at all other stations
 */
SidetoneAct
sidetone_walkthrough_get_act (const SidetoneWalkthrough *self)
{
  return self->act;
}

/**
 * sidetone_walkthrough_get_remark:
 * @self: a walkthrough
 *
 * Returns: why the same is asked for once more
 */
SidetoneRemark
sidetone_walkthrough_get_remark (const SidetoneWalkthrough *self)
{
  return self->remark;
}

/**
 * sidetone_walkthrough_get_remarked:
 * @self: a walkthrough
 *
 * Returns: (transfer none) (nullable): the check that the remark is about
 */
SidetoneDiagnosis *
sidetone_walkthrough_get_remarked (const SidetoneWalkthrough *self)
{
  return self->remarked;
}

/**
 * sidetone_walkthrough_offers:
 * @self: a walkthrough
 * @reply: a kind of reply
 *
 * Returns: whether it can be given now
 */
gboolean
sidetone_walkthrough_offers (const SidetoneWalkthrough *self,
                             SidetoneReplyKind          reply)
{
  switch (self->station)
    {
    case SIDETONE_STATION_START:
      return reply == SIDETONE_REPLY_CHECKED;

    case SIDETONE_STATION_HERE:
      return reply == SIDETONE_REPLY_YES || reply == SIDETONE_REPLY_NO ||
             reply == SIDETONE_REPLY_DONT_KNOW;

    case SIDETONE_STATION_THERE:
      return reply == SIDETONE_REPLY_CHECKED || reply == SIDETONE_REPLY_CANT;

    case SIDETONE_STATION_ACT:
      if (self->act == SIDETONE_ACT_CHECK_TYPOS)
        return reply == SIDETONE_REPLY_YES || reply == SIDETONE_REPLY_NO ||
               reply == SIDETONE_REPLY_DONT_KNOW;

      return reply == SIDETONE_REPLY_CHECKED || reply == SIDETONE_REPLY_CANT;

    case SIDETONE_STATION_END:
      break;
    }

  return FALSE;
}

/**
 * sidetone_walkthrough_get_asked:
 * @self: a walkthrough
 *
 * Returns: (transfer none) (nullable): the suspect whose causes the act tells apart; %NULL without
 *   an act
 */
const SidetoneSuspect *
sidetone_walkthrough_get_asked (const SidetoneWalkthrough *self)
{
  return self->station == SIDETONE_STATION_ACT ? get_suspect (self, self->asked) : NULL;
}

/**
 * sidetone_walkthrough_get_first:
 * @self: a walkthrough
 *
 * Returns: (transfer none) (nullable): the check whose findings it follows
 */
SidetoneDiagnosis *
sidetone_walkthrough_get_first (const SidetoneWalkthrough *self)
{
  return self->first;
}

/**
 * sidetone_walkthrough_get_last:
 * @self: a walkthrough
 *
 * Returns: (transfer none) (nullable): the last check that told something
 */
SidetoneDiagnosis *
sidetone_walkthrough_get_last (const SidetoneWalkthrough *self)
{
  return self->last;
}

/**
 * sidetone_walkthrough_get_n_suspects:
 * @self: a walkthrough
 *
 * Returns: the number of findings that it follows
 */
guint
sidetone_walkthrough_get_n_suspects (const SidetoneWalkthrough *self)
{
  return self->suspects->len;
}

/**
 * sidetone_walkthrough_get_suspect:
 * @self: a walkthrough
 * @index: less than sidetone_walkthrough_get_n_suspects()
 *
 * Returns: (transfer none): one of them, the main one first
 */
const SidetoneSuspect *
sidetone_walkthrough_get_suspect (const SidetoneWalkthrough *self,
                                  guint                      index)
{
  g_return_val_if_fail (index < self->suspects->len, NULL);

  return get_suspect (self, index);
}

/**
 * sidetone_walkthrough_may_be_fixed_by:
 * @self: a walkthrough
 * @owner: a person or service
 *
 * Returns: whether a cause is left that @owner can fix
 */
gboolean
sidetone_walkthrough_may_be_fixed_by (const SidetoneWalkthrough *self,
                                      SidetoneOwner              owner)
{
  for (guint i = 0; i < self->suspects->len; i++)
    {
      const SidetoneSuspect *suspect = get_suspect (self, i);

      for (guint j = 0; j < suspect->n_causes; j++)
        {
          const SidetoneCause *cause = &suspect->causes[j];

          if (sidetone_cause_is_left (cause) &&
              sidetone_suspect_get_owner (suspect, cause) == owner)
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * sidetone_walkthrough_get_declined:
 * @self: a walkthrough
 *
 * Returns: the acts that were asked for and not done, as a set of SIDETONE_ACT_BIT()
 */
guint
sidetone_walkthrough_get_declined (const SidetoneWalkthrough *self)
{
  return self->declined;
}

/**
 * sidetone_walkthrough_is_elsewhere:
 * @self: a walkthrough
 *
 * Returns: whether calls fail elsewhere, and no check was made there
 */
gboolean
sidetone_walkthrough_is_elsewhere (const SidetoneWalkthrough *self)
{
  return self->is_elsewhere;
}
