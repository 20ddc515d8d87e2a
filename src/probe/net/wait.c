/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/wait.h"

/**
 * SidetoneWait:
 *
 * A deadline (timeout) and a #GCancellable in one: its own cancellable is cancelled by the
 * caller's, or when the deadline has passed, whichever comes first. It tells the two apart: a
 * passed deadline is a failure to report, a cancel is not.
 *
 * The caller's cancel takes effect at once. The callback runs from the thread-default main context,
 * so that nothing runs inside g_cancellable_cancel(). Everything belongs to the thread that runs
 * this context.
 */
struct _SidetoneWait
{
  GCancellable *cancellable;
  GCancellable *outer;
  gulong outer_handler;
  GSource *timer;          /* until the deadline */
  guint deadline_ms;
  gint64 due;              /* of the timer, on the monotonic clock */
  gboolean is_extended;
  gboolean has_passed;
  GSource *told;           /* until @over has been called, NULL without one */
  SidetoneWaitFunc over;
  gpointer user_data;
};

/* After what is read, before what is drawn */
#define PRIORITY (G_PRIORITY_DEFAULT + 10)

/* A timer that is so late was held up with everything else. */
#define LATE_MS 1000

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Nothing can end the wait from now on */
static void
let_go (SidetoneWait *self)
{
  clear_source (&self->timer);
  if (self->outer != NULL)
    g_clear_signal_handler (&self->outer_handler, self->outer);
}

/* Not by g_cancellable_connect (): g_cancellable_disconnect () would wait for ever inside the
 * handler */
static void
on_outer_cancelled (GCancellable *outer,
                    SidetoneWait *self)
{
  let_go (self);
  g_cancellable_cancel (self->cancellable);
}

static void start_timer (SidetoneWait *self,
                         guint         delay_ms);

static gboolean
deadline_cb (gpointer user_data)
{
  SidetoneWait *self = user_data;
  gint64 late_us = g_get_monotonic_time () - self->due;

  /* This program was stopped, or its main loop was held up: what came meanwhile has to be read
   * before a silence is one. */
  if (late_us >= LATE_MS * G_TIME_SPAN_MILLISECOND && !self->is_extended)
    {
      self->is_extended = TRUE;
      start_timer (self, MIN (self->deadline_ms, LATE_MS));
      return G_SOURCE_REMOVE;
    }

  self->has_passed = TRUE;
  let_go (self);
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
over_cb (GCancellable *cancellable,
         gpointer      user_data)
{
  SidetoneWait *self = user_data;

  clear_source (&self->told);
  self->over (self->user_data);

  return G_SOURCE_REMOVE;
}

static void
attach (SidetoneWait *self,
        GSource      *source,
        GSourceFunc   callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/* Answers are read before deadlines are judged. */
static void
start_timer (SidetoneWait *self,
             guint         delay_ms)
{
  clear_source (&self->timer);
  self->due = g_get_monotonic_time () + delay_ms * (gint64) G_TIME_SPAN_MILLISECOND;
  self->timer = g_timeout_source_new (delay_ms);
  g_source_set_priority (self->timer, PRIORITY);
  attach (self, self->timer, deadline_cb);
}

/**
 * sidetone_wait_new:
 * @deadline_ms: how long to wait, in milliseconds; 0 for no deadline
 * @outer: (nullable): the caller's cancellable, which ends the wait at once
 * @over: (nullable): called at the end, unless sidetone_wait_free() or sidetone_wait_cancel() comes
 *   first
 * @user_data: for @over
 *
 * Returns: (transfer full): a running wait; it is over already if @outer is cancelled
 */
SidetoneWait *
sidetone_wait_new (guint            deadline_ms,
                   GCancellable    *outer,
                   SidetoneWaitFunc over,
                   gpointer         user_data)
{
  SidetoneWait *self = g_new0 (SidetoneWait, 1);

  self->cancellable = g_cancellable_new ();
  self->over = over;
  self->user_data = user_data;
  if (over != NULL)
    {
      self->told = g_cancellable_source_new (self->cancellable);
      attach (self, self->told, G_SOURCE_FUNC (over_cb));
    }

  if (outer != NULL)
    self->outer = g_object_ref (outer);
  if (g_cancellable_is_cancelled (outer))
    {
      g_cancellable_cancel (self->cancellable);
      return self;
    }

  if (outer != NULL)
    self->outer_handler = g_signal_connect (outer, "cancelled", G_CALLBACK (on_outer_cancelled),
                                            self);
  sidetone_wait_set_deadline (self, deadline_ms);

  return self;
}

/**
 * sidetone_wait_free:
 * @self: (transfer full): a wait
 *
 * Ends the wait silently: its cancellable is not cancelled any more.
 */
void
sidetone_wait_free (SidetoneWait *self)
{
  let_go (self);
  clear_source (&self->told);
  g_clear_object (&self->outer);
  g_object_unref (self->cancellable);
  g_free (self);
}

/**
 * sidetone_wait_set_deadline:
 * @self: a wait; nothing changes if it is over
 * @deadline_ms: how long to wait from now on, in milliseconds; 0 for no deadline
 */
void
sidetone_wait_set_deadline (SidetoneWait *self,
                            guint         deadline_ms)
{
  if (sidetone_wait_is_over (self))
    return;

  clear_source (&self->timer);
  self->deadline_ms = deadline_ms;
  if (deadline_ms == 0)
    return;

  self->is_extended = FALSE;
  start_timer (self, deadline_ms);
}

/**
 * sidetone_wait_cancel:
 * @self: a wait
 *
 * Cancels the operation, because its result is not needed any more. @over is not called.
 */
void
sidetone_wait_cancel (SidetoneWait *self)
{
  let_go (self);
  clear_source (&self->told);
  g_cancellable_cancel (self->cancellable);
}

/**
 * sidetone_wait_get_cancellable:
 * @self: a wait
 *
 * Returns: (transfer none): the cancellable to hand on, which is cancelled when the wait is over
 */
GCancellable *
sidetone_wait_get_cancellable (SidetoneWait *self)
{
  return self->cancellable;
}

/**
 * sidetone_wait_is_over:
 * @self: a wait
 *
 * Returns: whether the deadline has passed, or it was cancelled
 */
gboolean
sidetone_wait_is_over (SidetoneWait *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/**
 * sidetone_wait_has_passed:
 * @self: a wait
 *
 * Returns: whether the deadline passed before anything was cancelled
 */
gboolean
sidetone_wait_has_passed (SidetoneWait *self)
{
  return self->has_passed;
}

/**
 * sidetone_wait_make_error:
 * @self: a wait that is over
 * @code: the deadline's own error
 * @what: what did not happen in time
 *
 * Returns: (transfer full): @code if the deadline has passed, else %G_IO_ERROR_CANCELLED
 */
GError *
sidetone_wait_make_error (SidetoneWait *self,
                          SidetoneError code,
                          const char   *what)
{
  if (!self->has_passed)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");

  return g_error_new (SIDETONE_ERROR, code, "%s within %u ms", what, self->deadline_ms);
}

/**
 * sidetone_gathering_init:
 * @self: a part of @task's data
 * @task: (transfer none): the task that the calls are made for
 * @done: called each time that all calls have returned
 */
void
sidetone_gathering_init (SidetoneGathering    *self,
                         GTask                *task,
                         SidetoneGatheringFunc done)
{
  self->task = task;
  self->done = done;
  self->n_pending = 0;
}

/**
 * sidetone_gathering_begin:
 * @self: a gathering
 *
 * A call begins. If calls may return before the next one begins, put a sidetone_gathering_begin()
 * and a sidetone_gathering_end() around all of them.
 *
 * Returns: (transfer none): the task, which the call keeps until sidetone_gathering_end()
 */
GTask *
sidetone_gathering_begin (SidetoneGathering *self)
{
  self->n_pending++;

  return g_object_ref (self->task);
}

/**
 * sidetone_gathering_end:
 * @self: a gathering; this may free it
 *
 * A call has returned.
 */
void
sidetone_gathering_end (SidetoneGathering *self)
{
  g_autoptr (GTask) task = self->task;

  g_assert (self->n_pending > 0);
  if (--self->n_pending == 0)
    self->done (task);
}

/**
 * sidetone_gathering_is_done:
 * @self: a gathering
 *
 * Returns: whether no call is running
 */
gboolean
sidetone_gathering_is_done (const SidetoneGathering *self)
{
  return self->n_pending == 0;
}
