/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "run-private.h"

#include "base/error.h"
#include "probes/lifetime-probe.h"
#include "probes/local-probe.h"
#include "probes/nat-probe.h"
#include "probes/path-probe.h"
#include "probes/resolve-probe.h"
#include "probes/server-ip-probe.h"
#include "probes/services-probe.h"
#include "probes/sign-in-probe.h"
#include "probes/software-probe.h"
#include "probes/stun-probe.h"
#include "probes/turn-probe.h"
#include "probes/udp-path-probe.h"
#include "probes/video-probe.h"
#include "seen/echo.h"
#include "seen/interface.h"
#include "seen/interruption.h"

/* A check from its beginning to its end: its probes, their scheduling (a probe starts as soon as
 * the context meets its needs), the timeout, cancellation, and the sign-out. */

/* Shorter than any deadline */
#define MIN_SLEEP_MS 1000

static void start_ready_probes (SidetoneRun *self);

static void
finish (SidetoneRun *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->timeout, sidetone_wait_free);
  g_clear_signal_handler (&self->cancelled_handler, g_task_get_cancellable (task));

  if (self->timed_out)
    g_task_return_new_error (task, SIDETONE_ERROR, SIDETONE_ERROR_TIMED_OUT,
                             "The check did not end within %u s", self->timeout_s);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
close_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SidetoneRun) self = user_data;

  sidetone_session_close_finish (SIDETONE_SESSION (source), result, NULL);
  finish (self);
}

static gboolean
has_lost_packets (SidetoneObservation *observation)
{
  const SidetoneEchoSeen *echo = sidetone_observation_get_echo (observation);

  return echo != NULL &&
         (echo->there_arrived < echo->there_sent || echo->back_arrived < echo->back_sent ||
          echo->after_large_arrived < echo->after_large_sent);
}

/* Whether there is a failure or a loss that an interruption would explain */
static gboolean
needs_explanation (GListModel *observations)
{
  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      if (sidetone_observation_has_failed (observation) || has_lost_packets (observation))
        return TRUE;
    }

  return FALSE;
}

/* The interfaces that lead to the internet or to the server */
static GStrv
dup_interfaces (GListModel *observations)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      const SidetoneInterfaceSeen *seen = sidetone_observation_get_interface (observation);

      if (seen != NULL && seen->interface != NULL && seen->default_route == SIDETONE_TRUTH_YES)
        g_strv_builder_add (builder, seen->interface);
    }

  return g_strv_builder_end (builder);
}

/* A silence says nothing about others if this computer slept, or its network went away. */
static void
observe_interruption (SidetoneRun *self)
{
  GListModel *observations = sidetone_context_get_observations (self->context);
  g_auto (GStrv) interfaces = dup_interfaces (observations);
  g_auto (GStrv) lost = NULL;
  g_autoptr (GError) error = NULL;
  SidetoneInterruptionSeen seen;

  if (!needs_explanation (observations))
    return;

  lost = sidetone_changes_dup_lost (self->changes, (const char *const *) interfaces);
  sidetone_field_table_init (&sidetone_interruption_table, &seen);
  if (lost[0] != NULL)
    seen.interfaces = (const char *const *) lost;
  if (sidetone_changes_get_slept_ms (self->changes) >= MIN_SLEEP_MS)
    seen.slept_ms = sidetone_changes_get_slept_ms (self->changes);
  if (seen.slept_ms > 0)
    error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_SLEPT, "Suspended");
  else if (seen.interfaces != NULL)
    error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_NETWORK_LOST,
                                 "An interface went down, or lost an address");
  else
    return;

  sidetone_context_observe (self->context, &(SidetoneObservationFields) {
    .id = "interruption",
    .kind = SIDETONE_OBSERVATION_INTERRUPTION,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_FAILED,
    .error = error,
    .start_us = sidetone_context_get_time (self->context),
    .what = &seen,
  });
}

/* Every probe that could run has ended: sign out */
static void
wind_up (SidetoneRun *self)
{
  SidetoneSession *session = sidetone_context_get_session (self->context);

  g_ptr_array_set_size (self->waiting, 0);
  g_cancellable_cancel (self->optional);
  sidetone_context_wipe_password (self->context);
  sidetone_context_wipe_services (self->context);
  if (!g_cancellable_is_cancelled (self->cancellable))
    observe_interruption (self);
  sidetone_run_tell_diagnosis (self);
  if (!g_cancellable_is_cancelled (self->cancellable))
    sidetone_run_set_stage (self, SIDETONE_RUN_STAGE_FINISHED);
  if (session == NULL)
    {
      finish (self);
      return;
    }

  if (g_cancellable_is_cancelled (self->cancellable))
    sidetone_session_abort (session);
  sidetone_session_close_async (session, close_cb, g_object_ref (self));
}

static void
probe_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SidetoneRun) self = user_data;

  sidetone_probe_run_finish (SIDETONE_PROBE (source), result, NULL);
  self->n_running--;
  if (!g_cancellable_is_cancelled (self->cancellable))
    start_ready_probes (self);
  if (self->n_running == 0)
    wind_up (self);
}

static void
optional_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  sidetone_probe_run_finish (SIDETONE_PROBE (source), result, NULL);
  g_object_unref (user_data);
}

static void
start_probe (SidetoneRun   *self,
             SidetoneProbe *probe)
{
  if (sidetone_probe_is_optional (probe))
    {
      sidetone_probe_run_async (probe, self->context, self->optional, optional_cb,
                                g_object_ref (self));
      return;
    }

  self->n_running++;
  sidetone_probe_run_async (probe, self->context, self->cancellable, probe_cb, g_object_ref (self));
}

/* Whether it is its turn: one that disturbs others waits for them. */
static gboolean
may_start (SidetoneRun   *self,
           SidetoneProbe *probe)
{
  return (!sidetone_probe_is_alone (probe) || self->n_running == 0) &&
         sidetone_probe_is_ready (probe, self->context);
}

static void
start_ready_probes (SidetoneRun *self)
{
  guint i = 0;

  while (i < self->waiting->len)
    {
      g_autoptr (SidetoneProbe) probe = g_object_ref (self->waiting->pdata[i]);

      if (!may_start (self, probe))
        {
          i++;
          continue;
        }

      g_ptr_array_remove_index (self->waiting, i);
      start_probe (self, probe);
    }
}

static void
on_context_changed (SidetoneContext *context,
                    SidetoneRun     *self)
{
  if (sidetone_context_get_session (context) != NULL)
    sidetone_run_set_stage (self, SIDETONE_RUN_STAGE_ASKING);
  else
    sidetone_run_set_stage (self, SIDETONE_RUN_STAGE_SIGNING_IN);
  sidetone_run_update_measuring (self);

  if (!g_cancellable_is_cancelled (self->cancellable))
    start_ready_probes (self);
}

static void
on_observations_changed (GListModel  *observations,
                         guint        position,
                         guint        removed,
                         guint        added,
                         SidetoneRun *self)
{
  sidetone_run_outdate_diagnosis (self);
  if (!g_cancellable_is_cancelled (self->cancellable))
    start_ready_probes (self);
}

static void
cancel (SidetoneRun *self)
{
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->measurement);
  g_cancellable_cancel (self->optional);
  if (sidetone_context_get_session (self->context) != NULL)
    sidetone_session_abort (sidetone_context_get_session (self->context));
}

static void
timeout_cb (gpointer user_data)
{
  SidetoneRun *self = user_data;

  self->timed_out = TRUE;
  cancel (self);
}

static gboolean
start_cb (gpointer user_data)
{
  SidetoneRun *self = user_data;

  self->start_source = 0;
  start_ready_probes (self);

  return G_SOURCE_REMOVE;
}

static void
add_probes (SidetoneRun *self)
{
  g_ptr_array_add (self->waiting, sidetone_local_probe_new ());
  g_ptr_array_add (self->waiting, sidetone_resolve_probe_new ());
  g_ptr_array_add (self->waiting, sidetone_sign_in_probe_new ());
  g_ptr_array_add (self->waiting,
                   sidetone_server_ip_probe_new (self->only != SIDETONE_RUN_ONLY_CALLS));
  g_ptr_array_add (self->waiting, sidetone_software_probe_new ());
  if (self->only != SIDETONE_RUN_ONLY_ADDRESS)
    {
      g_ptr_array_add (self->waiting, sidetone_services_probe_new ());
      g_ptr_array_add (self->waiting, sidetone_stun_probe_new ());
      g_ptr_array_add (self->waiting, sidetone_turn_probe_new ());
      g_ptr_array_add (self->waiting, sidetone_nat_probe_new ());
      if (self->measurement != NULL)
        g_ptr_array_add (self->waiting, sidetone_lifetime_probe_new (self->measurement));
      g_ptr_array_add (self->waiting, sidetone_path_probe_new ());
      g_ptr_array_add (self->waiting, sidetone_udp_path_probe_new (G_SOCKET_FAMILY_IPV4));
      g_ptr_array_add (self->waiting, sidetone_udp_path_probe_new (G_SOCKET_FAMILY_IPV6));
      if (self->video)
        g_ptr_array_add (self->waiting, sidetone_video_probe_new ());
    }
}

/**
 * sidetone_run_start_async:
 * @self: a run that was never started
 * @account: the account
 * @password: its password; copied, and the copy wiped after use
 * @timeout_s: the timeout of the whole check, in seconds; 0 for only the steps' deadlines
 * @cancellable: (nullable): ends it at once, whatever it is doing
 * @callback: called when everything is observed, and all connection processes are gone
 * @user_data: for @callback
 *
 * Makes the check. Call it from the main thread.
 */
void
sidetone_run_start_async (SidetoneRun        *self,
                          SidetoneAccount    *account,
                          const char         *password,
                          guint               timeout_s,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self->context == NULL);
  g_return_if_fail (self->report == NULL);
  g_return_if_fail (password != NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, sidetone_run_start_async);
  if (!sidetone_account_check_password (password, &error))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->task);

      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (cancellable != NULL)
    self->cancelled_handler = g_signal_connect_object (cancellable, "cancelled",
                                                       G_CALLBACK (cancel), self,
                                                       G_CONNECT_SWAPPED);
  if (timeout_s > 0)
    {
      self->timeout_s = timeout_s;
      self->timeout = sidetone_wait_new (MIN (timeout_s, G_MAXINT / 1000) * 1000, NULL, timeout_cb,
                                         self);
    }

  self->created = g_date_time_new_now_utc ();
  self->changes = sidetone_changes_new ();
  self->context = sidetone_context_new (account, password);
  if (self->services != NULL)
    sidetone_context_add_typed_services (self->context, self->services);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_signal_connect_object (self->context, "changed", G_CALLBACK (on_context_changed), self, 0);
  g_signal_connect_object (sidetone_run_get_observations (self), "items-changed",
                           G_CALLBACK (on_observations_changed), self, 0);
  g_object_notify (G_OBJECT (self), "observations");
  sidetone_run_set_stage (self, SIDETONE_RUN_STAGE_LOOKING_UP);

  add_probes (self);
  if (g_cancellable_is_cancelled (cancellable))
    cancel (self);

  /* The caller has work to do as well, and both together could hold up the main loop. */
  self->start_source = g_idle_add_full (G_PRIORITY_DEFAULT, start_cb, self, NULL);
}

/**
 * sidetone_run_start_finish:
 * @self: a run
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, %SIDETONE_ERROR_TIMED_OUT, or those of
 *   sidetone_account_check_password()
 *
 * Returns: %TRUE if the check came to its end, whatever it found
 */
gboolean
sidetone_run_start_finish (SidetoneRun  *self,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * sidetone_run_end_measurement:
 * @self: a run
 *
 * Ends the measurement of how long UDP stays open, if the run waits only for that. The run then
 * ends with all its observations.
 *
 * Returns: whether it did
 */
gboolean
sidetone_run_end_measurement (SidetoneRun *self)
{
  /* The measuring probe is the last one. */
  if (self->measurement == NULL || self->context == NULL || self->n_running != 1 ||
      sidetone_context_get_services (self->context) == NULL)
    return FALSE;

  g_cancellable_cancel (self->measurement);

  return TRUE;
}
