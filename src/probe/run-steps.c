/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "run-private.h"

/* A run's progress, step by step, as a window lists it */

/* The name server has not answered everything yet. */
static gboolean
may_find_more (SidetoneRun *self)
{
  SidetoneCandidates *candidates = sidetone_context_get_candidates (self->context);

  return candidates != NULL && !sidetone_candidates_have_ended (candidates);
}

/* The earliest step that the run may still be at */
static SidetoneStepKind
get_current_step (SidetoneRun *self)
{
  switch (self->stage)
    {
    case SIDETONE_RUN_STAGE_UNKNOWN:
    case SIDETONE_RUN_STAGE_FINISHED:
      break;

    case SIDETONE_RUN_STAGE_LOOKING_UP:
      return SIDETONE_STEP_COMPUTER;

    case SIDETONE_RUN_STAGE_SIGNING_IN:
      return may_find_more (self) ? SIDETONE_STEP_FIND : SIDETONE_STEP_CONNECT;

    case SIDETONE_RUN_STAGE_ASKING:
      return may_find_more (self) ? SIDETONE_STEP_FIND : SIDETONE_STEP_ASK;
    }

  return SIDETONE_STEP_UNKNOWN;
}

/**
 * sidetone_run_dup_step:
 * @self: a run
 * @kind: a step
 *
 * Judges the run's progress with a step. It may change with each notification of
 * #SidetoneRun:diagnosis and #SidetoneRun:stage. A cancelled run stays at its step.
 *
 * Returns: (transfer full): the step
 */
SidetoneStep *
sidetone_run_dup_step (SidetoneRun     *self,
                       SidetoneStepKind kind)
{
  GListModel *observations = sidetone_run_get_observations (self);
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (self);
  g_autoptr (SidetoneEvidence) evidence = NULL;

  if (diagnosis != NULL)
    evidence = sidetone_evidence_ref (sidetone_diagnosis_get_evidence (diagnosis));
  else if (observations != NULL)
    evidence = sidetone_evidence_new (observations);

  return sidetone_step_new (kind, evidence, get_current_step (self));
}

/**
 * sidetone_run_dup_steps:
 * @self: a run
 *
 * Returns: (transfer full) (element-type SidetoneStep): all steps of the run, in their order; the array
 *   frees them
 */
GPtrArray *
sidetone_run_dup_steps (SidetoneRun *self)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_step_unref);

  for (SidetoneStepKind kind = SIDETONE_STEP_COMPUTER; kind <= SIDETONE_STEP_TEST; kind++)
    g_ptr_array_add (steps, sidetone_run_dup_step (self, kind));

  return steps;
}
