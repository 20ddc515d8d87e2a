/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/app-check.h"
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
 * @app: what the person's app can do with them
 * @relay: whether there is a relay for it, by the tests, else by the announcement
 *
 * A rule's input.
 */
struct _SidetoneCase
{
  const SidetoneEvidence *evidence;
  SidetoneServicesCheck services;
  SidetoneCallsCheck calls;
  SidetoneAppCheck app;
  SidetoneRelay relay;
};

/**
 * SidetoneProof:
 * @facts: the facts for the finding's words
 * @ids: (nullable): the IDs of the observations that prove it, each once
 *
 * A rule's output. The evidence owns the strings, except those that were taken.
 */
struct _SidetoneProof
{
  SidetoneFindingFacts facts;
  GPtrArray *ids;
  /*< private >*/
  GHashTable *known;
  char *host;
  char *certificate_for;
};

gboolean sidetone_proof_reach (SidetoneProof      *self,
                               const SidetoneRule *rule,
                               const SidetoneCase *judged);
void sidetone_proof_add_id (SidetoneProof *self,
                            const char    *id);
void sidetone_proof_add (SidetoneProof       *self,
                         SidetoneObservation *observation);
void sidetone_proof_blame (SidetoneProof               *self,
                           const SidetoneServiceResult *result,
                           SidetoneObservation         *observation);
void sidetone_proof_take_host (SidetoneProof *self,
                               char          *host);
void sidetone_proof_take_certificate_for (SidetoneProof *self,
                                          char          *names);
void sidetone_proof_clear (SidetoneProof *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SidetoneProof, sidetone_proof_clear)

G_END_DECLS
