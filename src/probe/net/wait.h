/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

#include "base/error.h"

G_BEGIN_DECLS

typedef struct _SidetoneWait SidetoneWait;

/**
 * SidetoneWaitFunc:
 * @user_data: its data
 *
 * Called once, from the main context, when the deadline has passed or the outer cancellable was
 * cancelled: sidetone_wait_has_passed() says which. It may free the wait.
 */
typedef void (*SidetoneWaitFunc) (gpointer user_data);

SidetoneWait *sidetone_wait_new (guint            deadline_ms,
                                 GCancellable    *outer,
                                 SidetoneWaitFunc over,
                                 gpointer         user_data);
void sidetone_wait_free (SidetoneWait *self);

void sidetone_wait_set_deadline (SidetoneWait *self,
                                 guint         deadline_ms);
void sidetone_wait_cancel (SidetoneWait *self);
GCancellable *sidetone_wait_get_cancellable (SidetoneWait *self);
gboolean sidetone_wait_is_over (SidetoneWait *self);
gboolean sidetone_wait_has_passed (SidetoneWait *self);
GError *sidetone_wait_make_error (SidetoneWait *self,
                                  SidetoneError code,
                                  const char   *what);

/**
 * SidetoneGatheringFunc:
 * @task: the task that the calls were made for
 *
 * Called when all calls have returned. It returns the task, or begins more calls.
 */
typedef void (*SidetoneGatheringFunc) (GTask *task);

/**
 * SidetoneGathering:
 *
 * Concurrent calls of one task, joined by a counter. It is a part of the task's data; each running
 * call holds a reference to the task.
 */
typedef struct
{
  /*< private >*/
  GTask *task;
  SidetoneGatheringFunc done;
  guint n_pending;
} SidetoneGathering;

void sidetone_gathering_init (SidetoneGathering    *self,
                              GTask                *task,
                              SidetoneGatheringFunc done);
GTask *sidetone_gathering_begin (SidetoneGathering *self);
void sidetone_gathering_end (SidetoneGathering *self);
gboolean sidetone_gathering_is_done (const SidetoneGathering *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneWait, sidetone_wait_free)

G_END_DECLS
