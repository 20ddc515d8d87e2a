/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "sidetone-finding.h"
#include "sidetone-observation.h"

G_BEGIN_DECLS

typedef enum
{
  SIDETONE_LEVEL_UNKNOWN,
  SIDETONE_LEVEL_GOOD,
  SIDETONE_LEVEL_RELAY,
  SIDETONE_LEVEL_LIMITED,
  SIDETONE_LEVEL_FAILING,
} SidetoneLevel;

#define SIDETONE_TYPE_LEVEL (sidetone_level_get_type ())
#define SIDETONE_TYPE_DIAGNOSIS (sidetone_diagnosis_get_type ())

typedef struct _SidetoneDiagnosis SidetoneDiagnosis;

GType sidetone_level_get_type (void);
GType sidetone_diagnosis_get_type (void);

SidetoneDiagnosis *sidetone_diagnose (GListModel *observations,
                                      const char *domain);

SidetoneDiagnosis *sidetone_diagnosis_ref (SidetoneDiagnosis *self);
void sidetone_diagnosis_unref (SidetoneDiagnosis *self);

SidetoneLevel sidetone_diagnosis_get_level (const SidetoneDiagnosis *self);
const char *sidetone_diagnosis_get_headline (const SidetoneDiagnosis *self);
SidetoneFinding *sidetone_diagnosis_get_main_finding (const SidetoneDiagnosis *self);
GListModel *sidetone_diagnosis_get_findings (const SidetoneDiagnosis *self);
SidetoneFinding *sidetone_diagnosis_find (const SidetoneDiagnosis *self,
                                          SidetoneFindingKind      kind);

/* The two ends that the address check compares; NULL where unknown */
SidetoneEndpoint *sidetone_diagnosis_get_local (const SidetoneDiagnosis *self);
SidetoneEndpoint *sidetone_diagnosis_get_external (const SidetoneDiagnosis *self);

/* Why the server could not be asked; and why no address was learned, for that or another cause */
const GError *sidetone_diagnosis_get_error (const SidetoneDiagnosis *self);
const char *sidetone_diagnosis_get_reason (const SidetoneDiagnosis *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneDiagnosis, sidetone_diagnosis_unref)

G_END_DECLS
