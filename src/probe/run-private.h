/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/wait.h"
#include "run.h"

G_BEGIN_DECLS

struct _SidetoneRun
{
  GObject parent_instance;

  /* What is wanted */
  SidetoneRunOnly only;
  GCancellable *measurement;  /* of how long UDP stays open; NULL where that is not wanted */
  GPtrArray *services;        /* of SidetoneService, typed; NULL if none were */
  guint timeout_s;

  /* What is seen */
  SidetoneContext *context;   /* NULL before the start, and in a run that comes from a report */
  SidetoneReport *report;     /* NULL in one that does not */
  GDateTime *created;
  SidetoneRunStage stage;
  guint open_ms;              /* as it was last told */
  SidetoneDiagnosis *diagnosis;
  gboolean is_stale;          /* more was seen since the diagnosis was made */
  guint judge_source;

  /* The check */
  GTask *task;
  GCancellable *cancellable;  /* ours; the caller's cancels it */
  gulong cancelled_handler;
  SidetoneWait *timeout;
  gboolean timed_out;
  guint start_source;
  GPtrArray *waiting;         /* of SidetoneProbe */
  guint n_running;
};

/* run.c */
void sidetone_run_outdate_diagnosis (SidetoneRun *self);
void sidetone_run_tell_diagnosis (SidetoneRun *self);
void sidetone_run_set_stage (SidetoneRun     *self,
                             SidetoneRunStage stage);
void sidetone_run_set_open_ms (SidetoneRun *self,
                               guint        open_ms);

G_END_DECLS
