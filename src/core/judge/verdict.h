/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/calls-check.h"
#include "judge/evidence.h"
#include "judge/rules.h"
#include "judge/services-check.h"

G_BEGIN_DECLS

/**
 * SidetoneCase:
 * @evidence: the evidence
 * @services: the announced services for calls
 * @calls: their tests
 * @relay: whether there is a relay, by the tests, else by the announcement
 *
 * A rule's input.
 */
struct _SidetoneCase
{
  const SidetoneEvidence *evidence;
  SidetoneServicesCheck services;
  SidetoneCallsCheck calls;
  SidetoneRelay relay;
};

/**
 * SidetoneVerdict:
 * @facts: the facts for the finding's words
 * @ids: (nullable): the IDs of the observations that prove it, each once
 *
 * A rule's output. The evidence owns the strings, except a host that was taken.
 */
struct _SidetoneVerdict
{
  SidetoneFindingFacts facts;
  GPtrArray *ids;
  /*< private >*/
  GHashTable *known;
  char *host;
};

gboolean sidetone_verdict_reach (SidetoneVerdict    *self,
                                 const SidetoneRule *rule,
                                 const SidetoneCase *judged);
void sidetone_verdict_add_id (SidetoneVerdict *self,
                              const char      *id);
void sidetone_verdict_add (SidetoneVerdict     *self,
                           SidetoneObservation *observation);
void sidetone_verdict_blame (SidetoneVerdict             *self,
                             const SidetoneServiceResult *result,
                             SidetoneObservation         *observation);
void sidetone_verdict_take_host (SidetoneVerdict *self,
                                 char            *host);
void sidetone_verdict_clear (SidetoneVerdict *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SidetoneVerdict, sidetone_verdict_clear)

G_END_DECLS
