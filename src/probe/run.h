/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/step.h"
#include "probes/context.h"
#include "report/report.h"

G_BEGIN_DECLS

/**
 * SidetoneRunOnly:
 *
 * Which part of a check is wanted.
 */
typedef enum
{
  SIDETONE_RUN_ONLY_UNKNOWN,   /* all of it */
  SIDETONE_RUN_ONLY_ADDRESS,   /* the address that the server sees, without services for calls */
  SIDETONE_RUN_ONLY_CALLS,     /* the services for calls, without the address */
} SidetoneRunOnly;

#define SIDETONE_TYPE_RUN (sidetone_run_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneRun, sidetone_run, SIDETONE, RUN, GObject)

SidetoneRun *sidetone_run_new (void);
SidetoneRun *sidetone_run_new_for_report (SidetoneReport *report);

void sidetone_run_set_only (SidetoneRun    *self,
                            SidetoneRunOnly only);
void sidetone_run_set_lifetime (SidetoneRun *self,
                                gboolean     lifetime);
void sidetone_run_set_video (SidetoneRun *self,
                             gboolean     video);
gboolean sidetone_run_tests_video (SidetoneRun *self);
void sidetone_run_set_services (SidetoneRun *self,
                                GPtrArray   *services);

void sidetone_run_set_app (SidetoneRun *self,
                           SidetoneApp  app);

void sidetone_run_start_async (SidetoneRun        *self,
                               SidetoneAccount    *account,
                               const char         *password,
                               guint               timeout_s,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gboolean sidetone_run_start_finish (SidetoneRun  *self,
                                    GAsyncResult *result,
                                    GError      **error);

gboolean sidetone_run_end_measurement (SidetoneRun *self);

GListModel *sidetone_run_get_observations (SidetoneRun *self);
SidetoneDiagnosis *sidetone_run_get_diagnosis (SidetoneRun *self);
SidetoneRunStage sidetone_run_get_stage (SidetoneRun *self);
guint sidetone_run_get_open_ms (SidetoneRun *self);
SidetoneApp sidetone_run_get_app (SidetoneRun *self);
guint sidetone_run_get_video_kbits (SidetoneRun *self);
SidetoneReport *sidetone_run_dup_report (SidetoneRun *self);
SidetoneStep *sidetone_run_dup_step (SidetoneRun     *self,
                                     SidetoneStepKind kind);
GPtrArray *sidetone_run_dup_steps (SidetoneRun *self);
char *sidetone_run_dup_title (SidetoneRun *self);
gboolean sidetone_run_is_redacted (SidetoneRun *self);
GDateTime *sidetone_run_get_created (SidetoneRun *self);
void sidetone_run_set_own (SidetoneRun *self);
gboolean sidetone_run_is_own (SidetoneRun *self);
gboolean sidetone_run_has_moved (SidetoneRun *self);

G_END_DECLS
