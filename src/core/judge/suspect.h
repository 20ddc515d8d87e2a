/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/act.h"
#include "judge/retest.h"
#include "judge/rules.h"

G_BEGIN_DECLS

#define SIDETONE_SUSPECT_MAX_CAUSES 8

/**
 * SidetoneCause:
 * @rival: (nullable): the rival; %NULL for the finding's own cause
 * @excluded_by: the act that excluded it; %SIDETONE_ACT_NONE if it is left
 * @outcome: how that act did
 *
 * One possible cause of a finding.
 */
typedef struct
{
  const SidetoneRival *rival;
  SidetoneAct excluded_by;
  SidetoneRetest outcome;
} SidetoneCause;

/**
 * SidetoneSuspect:
 * @finding: the finding
 * @causes: its own cause, and the rivals that its check did not exclude
 * @n_causes: how many these are
 * @gone_by: the act after which it was gone; %SIDETONE_ACT_NONE if it never was
 * @comes_and_goes: whether it came back, or an act had an outcome that no cause explains
 *
 * A finding that a walkthrough follows, and what the acts have told about its causes.
 */
typedef struct
{
  SidetoneFinding *finding;
  SidetoneCause causes[SIDETONE_SUSPECT_MAX_CAUSES];
  guint n_causes;
  SidetoneAct gone_by;
  gboolean comes_and_goes;
} SidetoneSuspect;

/* A set of acts */
#define SIDETONE_ACT_BIT(act) (1u << (act))

gboolean sidetone_cause_is_left (const SidetoneCause *self);

void sidetone_suspect_init (SidetoneSuspect *self,
                            SidetoneFinding *finding);
guint sidetone_suspect_count_left (const SidetoneSuspect *self);
const SidetoneCause *sidetone_suspect_get_cause (const SidetoneSuspect *self);
SidetoneOwner sidetone_suspect_get_owner (const SidetoneSuspect *self,
                                          const SidetoneCause   *cause);
SidetoneAct sidetone_suspect_choose_act (const SidetoneSuspect *self,
                                         guint                  tried);
gboolean sidetone_suspect_is_decided_by (const SidetoneSuspect *self,
                                         const SidetoneCause   *cause,
                                         SidetoneAct            act);
void sidetone_suspect_conclude (SidetoneSuspect *self,
                                SidetoneAct      act,
                                SidetoneRetest   outcome);

G_END_DECLS
