/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneStepKind:
 *
 * A check's steps, in their order.
 */
typedef enum
{
  SIDETONE_STEP_UNKNOWN,
  SIDETONE_STEP_COMPUTER,   /* this computer's addresses */
  SIDETONE_STEP_FIND,       /* the DNS lookups */
  SIDETONE_STEP_CONNECT,
  SIDETONE_STEP_SECURE,
  SIDETONE_STEP_SIGN_IN,
  SIDETONE_STEP_ASK,        /* the server's features, and the address that it sees */
  SIDETONE_STEP_SERVICES,   /* the announced services for calls, and their addresses */
  SIDETONE_STEP_TEST,       /* the call servers' tests */
} SidetoneStepKind;

typedef enum
{
  SIDETONE_PROGRESS_UNKNOWN,
  SIDETONE_PROGRESS_WAITING,
  SIDETONE_PROGRESS_RUNNING,
  SIDETONE_PROGRESS_PASSED,
  SIDETONE_PROGRESS_WARNING,
  SIDETONE_PROGRESS_FAILED,
  SIDETONE_PROGRESS_SKIPPED,
} SidetoneProgress;

#define SIDETONE_TYPE_STEP_KIND (sidetone_step_kind_get_type ())
#define SIDETONE_TYPE_PROGRESS (sidetone_progress_get_type ())
#define SIDETONE_TYPE_STEP (sidetone_step_get_type ())

typedef struct _SidetoneStep SidetoneStep;

GType sidetone_step_kind_get_type (void);
GType sidetone_progress_get_type (void);
GType sidetone_step_get_type (void);

SidetoneStep *sidetone_step_new (SidetoneStepKind  kind,
                                 SidetoneEvidence *evidence,
                                 SidetoneStepKind  current);
SidetoneStep *sidetone_step_ref (SidetoneStep *self);
void sidetone_step_unref (SidetoneStep *self);

SidetoneStepKind sidetone_step_get_kind (const SidetoneStep *self);
SidetoneProgress sidetone_step_get_progress (const SidetoneStep *self);
gboolean sidetone_step_has_network_address (const SidetoneStep *self);
SidetoneEvidence *sidetone_step_get_evidence (const SidetoneStep *self);
GListModel *sidetone_step_get_observations (const SidetoneStep *self);
gint64 sidetone_step_get_duration_us (const SidetoneStep *self);

/* All steps of a check together, in their order */
gboolean sidetone_steps_is_reached (GPtrArray *steps,
                                    guint      n);
SidetoneStep *sidetone_steps_find_running (GPtrArray *steps);
SidetoneProgress sidetone_steps_get_progress (GPtrArray *steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneStep, sidetone_step_unref)

G_END_DECLS
