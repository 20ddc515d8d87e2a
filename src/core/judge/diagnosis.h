/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/call-way.h"
#include "judge/evidence.h"
#include "judge/failure.h"
#include "judge/finding.h"
#include "judge/level.h"
#include "judge/nat-check.h"
#include "seen/observation.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_DIAGNOSIS (sidetone_diagnosis_get_type ())

typedef struct _SidetoneDiagnosis SidetoneDiagnosis;
typedef struct _SidetoneVerdict SidetoneVerdict;

GType sidetone_diagnosis_get_type (void);

SidetoneDiagnosis *sidetone_diagnose (GListModel *observations,
                                      const char *domain);
SidetoneDiagnosis *sidetone_diagnose_for_app (GListModel *observations,
                                              const char *domain,
                                              SidetoneApp app);

SidetoneDiagnosis *sidetone_diagnosis_ref (SidetoneDiagnosis *self);
void sidetone_diagnosis_unref (SidetoneDiagnosis *self);

SidetoneEvidence *sidetone_diagnosis_get_evidence (const SidetoneDiagnosis *self);
const char *sidetone_diagnosis_get_domain (const SidetoneDiagnosis *self);
SidetoneApp sidetone_diagnosis_get_app (const SidetoneDiagnosis *self);
SidetoneLevel sidetone_diagnosis_get_level (const SidetoneDiagnosis *self);
const SidetoneVerdict *sidetone_diagnosis_get_verdict (const SidetoneDiagnosis *self);
SidetoneFinding *sidetone_diagnosis_get_main_finding (const SidetoneDiagnosis *self);
SidetoneFinding *sidetone_diagnosis_get_address_finding (const SidetoneDiagnosis *self);
GListModel *sidetone_diagnosis_get_findings (const SidetoneDiagnosis *self);
SidetoneFinding *sidetone_diagnosis_find (const SidetoneDiagnosis *self,
                                          SidetoneFindingKind      kind);

/* The path's two ends; NULL if unknown */
SidetoneEndpoint *sidetone_diagnosis_get_local (const SidetoneDiagnosis *self);
SidetoneEndpoint *sidetone_diagnosis_get_external (const SidetoneDiagnosis *self);
SidetoneEndpoint *sidetone_diagnosis_get_mapped (const SidetoneDiagnosis *self);
SidetoneChange sidetone_diagnosis_get_address_change (const SidetoneDiagnosis *self);
SidetoneChange sidetone_diagnosis_get_port_change (const SidetoneDiagnosis *self);

/* What a NAT does to UDP, and what that means for calls */
const SidetoneNatFacts *sidetone_diagnosis_get_nat (const SidetoneDiagnosis *self);
const SidetoneCall *sidetone_diagnosis_get_call (const SidetoneDiagnosis *self,
                                                 SidetonePartner          partner);
gboolean sidetone_diagnosis_gather_partners (const SidetoneDiagnosis *self,
                                             SidetonePartner          first,
                                             gboolean                *partners);

/* Whether the server could not be asked, and what to do about that */
gboolean sidetone_diagnosis_has_failed (const SidetoneDiagnosis *self);
SidetoneNextStep sidetone_diagnosis_get_next_step (const SidetoneDiagnosis *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneDiagnosis, sidetone_diagnosis_unref)

G_END_DECLS
