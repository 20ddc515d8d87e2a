/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"
#include "judge/evidence.h"
#include "judge/finding.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/* A sign-in makes fewer; a report may have more. */
#define SIDETONE_FAILURE_MAX_TRIES 64

/**
 * SidetoneFailure:
 * @kind: the finding
 * @error: the error that decides
 * @host: (nullable): the host that it is about, if it is not the account's; owned by one of
 *   @observations
 * @server_text: (nullable): the server's own text, owned by one of @observations
 * @n_refused: the number of addresses that refused a connection
 * @n_unreachable: the number of unreachable addresses
 * @n_silent: the number of addresses without an answer
 * @observations: (element-type SidetoneObservation): its evidence
 *
 * Why the server could not be asked.
 */
typedef struct
{
  SidetoneFindingKind kind;
  SidetoneError error;
  const char *host;
  const char *server_text;
  guint n_refused;
  guint n_unreachable;
  guint n_silent;
  GPtrArray *observations;
} SidetoneFailure;

SidetoneObservation *sidetone_failure_find_other_way (const SidetoneEvidence *evidence,
                                                      SidetoneObservation    *observation);
SidetoneObservation *sidetone_failure_find_certificate_there (const SidetoneEvidence *evidence,
                                                              SidetoneObservation    *observation);
SidetoneObservation *sidetone_failure_find_unanswered_srv (const SidetoneEvidence *evidence);
gboolean sidetone_failure_is_named_in_dns (const SidetoneEvidence *evidence);
gboolean sidetone_failure_is_unnamed_in_dns (const SidetoneEvidence *evidence);
void sidetone_failure_reconsider (SidetoneFailure        *self,
                                  const SidetoneEvidence *evidence);
SidetoneFailure *sidetone_failure_find (const SidetoneEvidence *evidence);
void sidetone_failure_free (SidetoneFailure *self);

SidetoneFindingKind sidetone_failure_get_kind (SidetoneError error);
gboolean sidetone_failure_is_answer (SidetoneError error);
SidetoneNextStep sidetone_failure_get_next_step (SidetoneError error);
SidetoneObservation *sidetone_failure_find_certificate (const SidetoneEvidence *evidence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneFailure, sidetone_failure_free)

G_END_DECLS
