/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/act.h"
#include "judge/address-check.h"
#include "judge/finding.h"
#include "judge/level.h"
#include "seen/service-result.h"

G_BEGIN_DECLS

/**
 * SidetoneWhen:
 *
 * Which of a finding's facts decides whether a text fits. Booleans are compared with %TRUE.
 */
typedef enum
{
  SIDETONE_WHEN_ALWAYS,
  SIDETONE_WHEN_RELAY,         /* a SidetoneRelay */
  SIDETONE_WHEN_PORT,          /* a SidetoneChange */
  SIDETONE_WHEN_SERVER_TEXT,   /* the server has sent a text */
  SIDETONE_WHEN_CERTIFICATE,   /* it has DNS names (TRUE) or none, and not the right one */
  SIDETONE_WHEN_NAMES_TARGET,  /* among them the host that was connected to */
  SIDETONE_WHEN_ANNOUNCED,
  SIDETONE_WHEN_LOCAL_IS_IPV6,
  SIDETONE_WHEN_IN_THE_OPEN,
  SIDETONE_WHEN_WORKS_OTHERWISE,
  SIDETONE_WHEN_OTHER_VERSION,
  SIDETONE_WHEN_WITHOUT_SRV,
  SIDETONE_WHEN_WIRELESS,
  SIDETONE_WHEN_BEHIND_ROUTER,
  SIDETONE_WHEN_SEVERAL_TRIES, /* of tries to connect */
  SIDETONE_WHEN_ERROR,         /* a SidetoneError */
  SIDETONE_WHEN_APP,           /* a SidetoneApp */
  SIDETONE_WHEN_LACK,          /* a SidetoneAppLack */
  SIDETONE_WHEN_QUEUE,         /* a SidetoneQueue */
} SidetoneWhen;

/**
 * SidetoneVariant:
 * @when: the fact
 * @value: its value
 * @text: the words, not translated yet. Placeholders in braces are filled in when they are shown;
 *   words/describe-finding.c has their names
 *
 * A text for some cases. The first one in a list that fits is used, and the last one always fits.
 */
typedef struct
{
  SidetoneWhen when;
  int value;
  const char *text;
} SidetoneVariant;

/**
 * SidetoneRuleTraits:
 * @SIDETONE_RULE_ABOUT_LINE: it is about this computer's line, wherever the call servers are, and
 *   whether or not calls need them
 * @SIDETONE_RULE_WANTS_RELAY: a relay solves it: a warning if there is none
 * @SIDETONE_RULE_SEES_WAY_OUT: the server sees this computer as the internet does
 * @SIDETONE_RULE_NAMES_CARRIER: it tells of the provider's own NAT
 * @SIDETONE_RULE_EXPLAINS: it explains other findings: its severity is fixed, and it takes the place
 *   of no other as the main finding
 * @SIDETONE_RULE_SPOILS_CALLS: calls that get through are bad because of it
 * @SIDETONE_RULE_ABOUT_APP: it is about the person's app, which goes before what the app does not use
 */
typedef enum
{
  SIDETONE_RULE_ABOUT_LINE = 1 << 0,
  SIDETONE_RULE_WANTS_RELAY = 1 << 1,
  SIDETONE_RULE_SEES_WAY_OUT = 1 << 2,
  SIDETONE_RULE_NAMES_CARRIER = 1 << 3,
  SIDETONE_RULE_EXPLAINS = 1 << 4,
  SIDETONE_RULE_SPOILS_CALLS = 1 << 5,
  SIDETONE_RULE_ABOUT_APP = 1 << 6,
} SidetoneRuleTraits;

typedef struct _SidetoneCase SidetoneCase;
typedef struct _SidetoneRemedy SidetoneRemedy;
typedef struct _SidetoneProof SidetoneProof;

/**
 * SidetoneRival:
 * @nick: its name in reports; never changes
 * @owner: who can fix it
 * @act: what tells it from the finding's own cause; %SIDETONE_ACT_NONE if only trying both does
 * @goes_away: whether the act takes this cause away; else it takes the finding's own
 * @text: the cause: what stands after "The cause may also be", not translated yet
 * @advice: one action of the owner, if this is the cause
 * @is_excluded: whether the evidence excludes it in this case
 *
 * Another cause that looks the same from here as a finding's own: the differential diagnosis.
 */
struct _SidetoneRival
{
  const char *nick;
  SidetoneOwner owner;
  SidetoneAct act;
  gboolean goes_away;
  const char *text;
  const char *advice;
  gboolean (*is_excluded) (const SidetoneCase         *judged,
                           const SidetoneFindingFacts *facts);
};

/**
 * SidetoneRule:
 * @kind: its kind
 * @nick: its name in reports; never changes
 * @code: its spoken code, never given to another kind: people read it out over the telephone, and
 *   look it up in old reports
 * @severity: its severity for calls, unless more is known
 * @owner: who can fix it
 * @remedy: (nullable): what the server's administrator is to change, if it is they who can fix it, or a
 *   rival's owner
 * @traits: its traits
 * @fits: (nullable): in the address check: whether the finding fits an address in the server's
 *   answer; the first row that fits one of them decides
 * @judge: (nullable): whether the finding applies; sets the facts and the evidence
 * @judge_result: (nullable): the same, called with each call server's result: the finding applies
 *   if it has evidence
 * @level: what an address check's finding by itself allows to say about calls
 * @rivals: (nullable): other causes that look the same, the likeliest first; the last one has no
 *   nick
 * @title: the finding, in at most eight words
 * @explanation: why it matters for calls, in at most two sentences
 * @consequence: (nullable): its second sentence, if that depends on another fact
 * @advice: one action of one person
 * @means: what the finding means in general, without a report's facts: support staff read it aloud,
 *   as they do the next four
 * @ask: what to ask the user
 * @try: what the user can try
 * @stop: when there is nothing left to try, and who takes over then
 * @disprove: what shows that the finding has another cause, or is none
 * @between: (nullable): whose or what it is, if it lies on the way between this computer and the
 *   address that its server sees
 * @translator: (nullable): what it is there, such as a kind of translation, as short as possible
 *
 * Everything about a kind of finding. A kind without any of the three functions follows from an
 * error (base/error.c).
 *
 * Most of it is untranslated text; words/describe-finding.c makes the words from it. The address
 * check gives a hint (XEP-0279, section 1), without a call: the words may claim no more.
 */
struct _SidetoneRule
{
  SidetoneFindingKind kind;
  const char *nick;
  const char *code;
  SidetoneSeverity severity;
  SidetoneOwner owner;
  const SidetoneRemedy *remedy;
  SidetoneRuleTraits traits;
  SidetoneLevel level;
  gboolean (*fits) (SidetoneAddressFacts   *facts,
                    const SidetoneEndpoint *seen);
  gboolean (*judge) (const SidetoneCase *judged,
                     SidetoneProof      *proof);
  void (*judge_result) (const SidetoneCase          *judged,
                        const SidetoneServiceResult *result,
                        SidetoneProof               *proof);
  const SidetoneRival *rivals;
  const SidetoneVariant *title;
  const SidetoneVariant *explanation;
  const SidetoneVariant *consequence;
  const SidetoneVariant *advice;
  const char *means;
  const char *ask;
  const char *try;
  const char *stop;
  const char *disprove;
  const char *between;
  const char *translator;
};

guint sidetone_rules_get_n (void);
const SidetoneRule *sidetone_rules_get (guint index);
const SidetoneRule *sidetone_rules_find (SidetoneFindingKind kind);
const SidetoneRule *sidetone_rules_find_code (const char *code);
GPtrArray *sidetone_rules_find_near (const char *code);

G_END_DECLS
