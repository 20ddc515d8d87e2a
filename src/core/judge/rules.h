/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/address-check.h"
#include "judge/finding.h"
#include "judge/level.h"
#include "seen/service-result.h"

G_BEGIN_DECLS

/**
 * SidetoneWhen:
 *
 * Which of a finding's facts decides whether a text fits. Those that are true or not are compared
 * with %TRUE.
 */
typedef enum
{
  SIDETONE_WHEN_ALWAYS,
  SIDETONE_WHEN_ERROR,         /* a SidetoneError */
  SIDETONE_WHEN_RELAY,         /* a SidetoneRelay */
  SIDETONE_WHEN_PORT,          /* a SidetoneChange */
  SIDETONE_WHEN_SERVER_TEXT,   /* the server said something itself */
  SIDETONE_WHEN_ANNOUNCED,
  SIDETONE_WHEN_LOCAL_IS_IPV6,
  SIDETONE_WHEN_IN_THE_OPEN,
  SIDETONE_WHEN_SEVERAL,       /* more than one of what is counted */
  SIDETONE_WHEN_SEVERAL_TRIES, /* to connect */
} SidetoneWhen;

/**
 * SidetoneVariant:
 * @when: which fact is looked at
 * @value: what it has to be
 * @text: the words, not translated yet. What stands in braces is filled in when they are shown: the
 *   names are those of words/describe-finding.c
 *
 * A text for some cases. The first of a list that fits is taken, and the last one always fits.
 */
typedef struct
{
  SidetoneWhen when;
  int value;
  const char *text;
} SidetoneVariant;

/**
 * SidetoneRuleTraits:
 * @SIDETONE_RULE_ABOUT_LINE: it is about this computer's line: so wherever the servers for calls
 *   stand, and whether or not calls need them
 * @SIDETONE_RULE_WANTS_RELAY: a relay makes it good: a warning where none is there
 * @SIDETONE_RULE_SEES_WAY_OUT: the server sees this computer as the internet does
 * @SIDETONE_RULE_NAMES_CARRIER: it tells of the provider's own translation
 * @SIDETONE_RULE_EXPLAINS: it explains what else was found: it weighs the same everywhere, and is
 *   never the main finding
 */
typedef enum
{
  SIDETONE_RULE_ABOUT_LINE = 1 << 0,
  SIDETONE_RULE_WANTS_RELAY = 1 << 1,
  SIDETONE_RULE_SEES_WAY_OUT = 1 << 2,
  SIDETONE_RULE_NAMES_CARRIER = 1 << 3,
  SIDETONE_RULE_EXPLAINS = 1 << 4,
} SidetoneRuleTraits;

typedef struct _SidetoneCase SidetoneCase;
typedef struct _SidetoneVerdict SidetoneVerdict;

/**
 * SidetoneRule:
 * @kind: the conclusion
 * @nick: its name in reports; never changes
 * @code: its spoken code, one for one, and never given to another kind: people read it out over the
 *   telephone, and look it up in old reports
 * @severity: how much it stands in the way of calls, unless more is known
 * @owner: who can fix it
 * @traits: what else is so of it
 * @fits: (nullable): of the address check: whether the conclusion fits an address that the server
 *   named; the first row that fits one of them decides
 * @judge: (nullable): whether it is so; fills in the facts and what proves it
 * @judge_result: (nullable): the same, shown the result of each server for calls that was tested: it
 *   is so if anything proves it
 * @level: what a finding of the address check by itself allows to say about calls
 * @title: what is so, in at most eight words
 * @explanation: why it matters for calls, in at most two sentences
 * @consequence: (nullable): the second one of these, where it depends on something of its own
 * @advice: one act of one person
 * @between: (nullable): what lies between this computer and what its server sees, and whose it is
 * @translator: (nullable): the same in the shortest way, if it translates
 *
 * All that holds of each finding of a kind. Those without any of the three functions follow from an
 * error (base/error.c).
 *
 * Most of it is words, which are not translated yet: words/describe-finding.c makes of them what is
 * shown. The address check gives a hint (XEP-0279, section 1), and nobody was called: the words may
 * claim no more.
 */
struct _SidetoneRule
{
  SidetoneFindingKind kind;
  const char *nick;
  const char *code;
  SidetoneSeverity severity;
  SidetoneOwner owner;
  SidetoneRuleTraits traits;
  SidetoneLevel level;
  gboolean (*fits) (SidetoneAddressFacts   *facts,
                    const SidetoneEndpoint *seen);
  gboolean (*judge) (const SidetoneCase *judged,
                     SidetoneVerdict    *verdict);
  void (*judge_result) (const SidetoneCase          *judged,
                        const SidetoneServiceResult *result,
                        SidetoneVerdict             *verdict);
  const SidetoneVariant *title;
  const SidetoneVariant *explanation;
  const SidetoneVariant *consequence;
  const SidetoneVariant *advice;
  const char *between;
  const char *translator;
};

guint sidetone_rules_get_n (void);
const SidetoneRule *sidetone_rules_get (guint index);
const SidetoneRule *sidetone_rules_find (SidetoneFindingKind kind);

G_END_DECLS
