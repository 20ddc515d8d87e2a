/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/diagnosis.h"
#include "judge/verdict.h"

/* judge/diagnose.c fills this, judge/diagnosis.c reads it */

G_BEGIN_DECLS

/**
 * SidetoneDiagnosis:
 *
 * Everything that follows from a run's observations. Immutable and reference-counted.
 *
 * The first finding is the main one: the address check's, or the reason why it could not be made,
 * unless a finding about call servers weighs more.
 */
struct _SidetoneDiagnosis
{
  gatomicrefcount ref_count;

  SidetoneEvidence *evidence;
  GListStore *findings;
  SidetoneFinding *main_finding;
  SidetoneFinding *address_finding;
  SidetoneLevel level;
  SidetoneVerdict verdict;
  SidetoneNatFacts nat;
  SidetoneCall calls[SIDETONE_N_PARTNERS];
  gboolean has_calls;
  SidetoneEndpoint *local;
  SidetoneEndpoint *external;
  SidetoneEndpoint *mapped;
  gboolean has_failed;
  SidetoneNextStep next_step;
  char *domain;
  SidetoneApp app;
};

SidetoneChange sidetone_diagnosis_compare_ports (SidetoneEndpoint *local,
                                                 SidetoneEndpoint *external);

G_END_DECLS
