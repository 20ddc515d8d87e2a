/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The differential diagnosis of one finding: which act tells its causes apart, and which of them an
 * act's outcome excludes. One cause is assumed, not two at once. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/suspect.h"

/* What an act does to a cause */
typedef enum
{
  EFFECT_UNKNOWN,
  EFFECT_TAKES,   /* the finding goes away */
  EFFECT_LEAVES,
} Effect;

/* Another network changes much at once, all other acts one thing. */
static gboolean
is_broad (SidetoneAct act)
{
  return act == SIDETONE_ACT_ANOTHER_NETWORK;
}

/* What is wrong on this computer itself is wrong in another network, too. */
static gboolean
moves_along (SidetoneAct act)
{
  return act == SIDETONE_ACT_WITHOUT_VPN || act == SIDETONE_ACT_SET_CLOCK ||
         act == SIDETONE_ACT_CHECK_TYPOS;
}

/* What is wrong with this network's router or line is not wrong with another's. */
static gboolean
is_of_network (SidetoneOwner owner)
{
  return owner == SIDETONE_OWNER_ROUTER || owner == SIDETONE_OWNER_PROVIDER;
}

static Effect
get_effect_on_rival (const SidetoneRival *rival,
                     SidetoneAct          act)
{
  if (rival->act == act)
    return rival->goes_away ? EFFECT_TAKES : EFFECT_LEAVES;

  if (!is_broad (act) || moves_along (rival->act))
    return EFFECT_LEAVES;

  return is_of_network (rival->owner) ? EFFECT_TAKES : EFFECT_UNKNOWN;
}

/* An act that takes a rival away leaves the finding's own cause, and the other way around. */
static Effect
get_effect_on_own (SidetoneFinding *finding,
                   SidetoneAct      act)
{
  const SidetoneRule *rule = sidetone_finding_get_rule (finding);

  for (const SidetoneRival *rival = rule->rivals; rival != NULL && rival->nick != NULL; rival++)
    {
      if (rival->act == act)
        return rival->goes_away ? EFFECT_LEAVES : EFFECT_TAKES;
    }

  return is_broad (act) ? EFFECT_UNKNOWN : EFFECT_LEAVES;
}

static Effect
get_effect (const SidetoneSuspect *self,
            const SidetoneCause   *cause,
            SidetoneAct            act)
{
  return cause->rival != NULL ? get_effect_on_rival (cause->rival, act)
         : get_effect_on_own (self->finding, act);
}

/**
 * sidetone_cause_is_left:
 * @self: a cause
 *
 * Returns: whether no act has excluded it
 */
gboolean
sidetone_cause_is_left (const SidetoneCause *self)
{
  return self->excluded_by == SIDETONE_ACT_NONE;
}

/* The causes that an outcome speaks against: those that the act leaves if the finding is gone, and
 * those that it takes away if the finding stays */
static gboolean
speaks_against (SidetoneRetest outcome,
                Effect         effect)
{
  return effect == (outcome == SIDETONE_RETEST_GONE ? EFFECT_LEAVES : EFFECT_TAKES);
}

static guint
count_excluded (const SidetoneSuspect *self,
                SidetoneAct            act,
                SidetoneRetest         outcome)
{
  guint n = 0;

  for (guint i = 0; i < self->n_causes; i++)
    n += sidetone_cause_is_left (&self->causes[i]) &&
         speaks_against (outcome, get_effect (self, &self->causes[i], act));

  return n;
}

/* Whether either outcome tells something, and not the same: what one of them excludes, the other
 * does not. */
static gboolean
separates (const SidetoneSuspect *self,
           SidetoneAct            act)
{
  guint n_left = sidetone_suspect_count_left (self);
  guint n_if_stays = count_excluded (self, act, SIDETONE_RETEST_STAYS);
  guint n_if_gone = count_excluded (self, act, SIDETONE_RETEST_GONE);

  return n_if_stays > 0 && n_if_stays < n_left && n_if_gone < n_left;
}

/**
 * sidetone_suspect_init:
 * @self: a suspect
 * @finding: a finding, which lives longer than @self
 *
 * Begins with all causes that the check did not exclude.
 */
void
sidetone_suspect_init (SidetoneSuspect *self,
                       SidetoneFinding *finding)
{
  const SidetoneRival *const *rivals = sidetone_finding_get_rivals (finding);

  *self = (SidetoneSuspect) { .finding = finding, .n_causes = 1 };
  for (guint i = 0; rivals[i] != NULL && self->n_causes < SIDETONE_SUSPECT_MAX_CAUSES; i++)
    self->causes[self->n_causes++].rival = rivals[i];
}

/**
 * sidetone_suspect_count_left:
 * @self: a suspect
 *
 * Returns: the number of causes that are not excluded
 */
guint
sidetone_suspect_count_left (const SidetoneSuspect *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_causes; i++)
    n += sidetone_cause_is_left (&self->causes[i]);

  return n;
}

/**
 * sidetone_suspect_get_cause:
 * @self: a suspect
 *
 * Returns: (transfer none) (nullable): its cause; %NULL if several are left
 */
const SidetoneCause *
sidetone_suspect_get_cause (const SidetoneSuspect *self)
{
  if (sidetone_suspect_count_left (self) != 1)
    return NULL;

  for (guint i = 0; i < self->n_causes; i++)
    {
      if (sidetone_cause_is_left (&self->causes[i]))
        return &self->causes[i];
    }

  g_return_val_if_reached (NULL);
}

/**
 * sidetone_suspect_get_owner:
 * @self: a suspect
 * @cause: one of its causes
 *
 * Returns: who can fix it if that is the cause
 */
SidetoneOwner
sidetone_suspect_get_owner (const SidetoneSuspect *self,
                            const SidetoneCause   *cause)
{
  return cause->rival != NULL ? cause->rival->owner : sidetone_finding_get_owner (self->finding);
}

/**
 * sidetone_suspect_choose_act:
 * @self: a suspect
 * @tried: the acts that were done already, or can't be done
 *
 * Chooses what tells the causes apart that are left: the likeliest rival's act first, but another
 * network last. Nothing can be tried on this one after that.
 *
 * Returns: the act; %SIDETONE_ACT_NONE if none tells them apart
 */
SidetoneAct
sidetone_suspect_choose_act (const SidetoneSuspect *self,
                             guint                  tried)
{
  SidetoneAct broad = SIDETONE_ACT_NONE;

  if (self->gone_by != SIDETONE_ACT_NONE || self->comes_and_goes)
    return SIDETONE_ACT_NONE;

  for (guint i = 0; i < self->n_causes; i++)
    {
      const SidetoneCause *cause = &self->causes[i];
      SidetoneAct act = cause->rival != NULL ? cause->rival->act : SIDETONE_ACT_NONE;

      if (act == SIDETONE_ACT_NONE || !sidetone_cause_is_left (cause) ||
          (tried & SIDETONE_ACT_BIT (act)) != 0 || !separates (self, act))
        continue;
      if (!is_broad (act))
        return act;

      broad = act;
    }

  return broad;
}

/**
 * sidetone_suspect_is_decided_by:
 * @self: a suspect
 * @cause: one of its causes
 * @act: an act
 *
 * Returns: whether @cause is left, and @act can exclude all others or @cause itself, because it is
 *   a rival's own act
 */
gboolean
sidetone_suspect_is_decided_by (const SidetoneSuspect *self,
                                const SidetoneCause   *cause,
                                SidetoneAct            act)
{
  return sidetone_cause_is_left (cause) && cause->rival != NULL && cause->rival->act == act;
}

/**
 * sidetone_suspect_conclude:
 * @self: a suspect
 * @act: what was done
 * @outcome: whether the finding is gone since then
 *
 * Excludes causes.
 */
void
sidetone_suspect_conclude (SidetoneSuspect *self,
                           SidetoneAct      act,
                           SidetoneRetest   outcome)
{
  if (outcome == SIDETONE_RETEST_UNKNOWN || self->comes_and_goes)
    return;
  if (self->gone_by != SIDETONE_ACT_NONE)
    {
      /* Acts may be undone before another network is tried. */
      self->comes_and_goes = outcome == SIDETONE_RETEST_STAYS && !is_broad (act);
      return;
    }

  if (outcome == SIDETONE_RETEST_GONE)
    self->gone_by = act;
  /* A finding that goes with something else than its own acts is solved all the same. */
  if (count_excluded (self, act, outcome) == sidetone_suspect_count_left (self))
    {
      self->comes_and_goes = outcome == SIDETONE_RETEST_STAYS;
      return;
    }

  for (guint i = 0; i < self->n_causes; i++)
    {
      SidetoneCause *cause = &self->causes[i];

      if (!sidetone_cause_is_left (cause) || !speaks_against (outcome, get_effect (self, cause, act)))
        continue;

      cause->excluded_by = act;
      cause->outcome = outcome;
    }
}
