/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/changes.h"
#include "net/wait.h"
#include "run.h"

G_BEGIN_DECLS

struct _SidetoneRun
{
  GObject parent_instance;

  /* What to check */
  SidetoneRunOnly only;
  GCancellable *measurement;  /* for how long UDP stays open; NULL if not wanted */
  gboolean video;             /* whether to test how much video there is room for */
  GPtrArray *services;        /* SidetoneService, typed; NULL without any */
  guint timeout_s;

  /* What was seen */
  SidetoneContext *context;   /* NULL before the start, and for a report */
  SidetoneReport *report;     /* NULL for a check */
  gboolean is_own;            /* this computer made the report */
  GDateTime *created;
  SidetoneRunStage stage;
  guint open_ms;              /* as last notified */
  SidetoneApp app;            /* that the person calls with */
  guint video_kbits;          /* the same */
  SidetoneDiagnosis *diagnosis;
  gboolean is_stale;          /* there are observations since the last diagnosis */
  guint judge_source;

  /* The check */
  GTask *task;
  GCancellable *cancellable;  /* ours; the caller's cancels it */
  gulong cancelled_handler;
  SidetoneWait *timeout;
  gboolean timed_out;
  guint start_source;
  GPtrArray *waiting;         /* SidetoneProbe */
  guint n_running;            /* of those that the check waits for */
  GCancellable *optional;     /* ends the others */
  SidetoneChanges *changes;   /* of this computer's network, since the start */
};

/* run.c */
void sidetone_run_outdate_diagnosis (SidetoneRun *self);
void sidetone_run_tell_diagnosis (SidetoneRun *self);
void sidetone_run_set_stage (SidetoneRun     *self,
                             SidetoneRunStage stage);
void sidetone_run_update_measuring (SidetoneRun *self);

G_END_DECLS
