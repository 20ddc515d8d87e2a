/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "run.h"

#include "base/error.h"
#include "net/wait.h"
#include "probes/lifetime-probe.h"
#include "probes/local-probe.h"
#include "probes/nat-probe.h"
#include "probes/path-probe.h"
#include "probes/resolve-probe.h"
#include "probes/server-ip-probe.h"
#include "probes/services-probe.h"
#include "probes/sign-in-probe.h"
#include "probes/stun-probe.h"
#include "probes/turn-probe.h"

/**
 * SidetoneRun:
 *
 * One check. Starts each probe as soon as what it needs is there, judges anew after every
 * observation, and signs out at the end. It may also be one that was made before and kept in a
 * report: who looks at it need not know.
 */
struct _SidetoneRun
{
  GObject parent_instance;

  SidetoneContext *context;   /* NULL before the start, and in a run that comes from a report */
  SidetoneReport *report;     /* NULL in one that does not */
  SidetoneDiagnosis *diagnosis;
  gboolean is_stale;          /* more was seen since the diagnosis was made */
  guint judge_source;
  guint start_source;
  SidetoneRunStage stage;
  GDateTime *created;

  GTask *task;
  GCancellable *cancellable;  /* ours; the caller's cancels it */
  gulong cancelled_handler;
  SidetoneWait *timeout;
  guint timeout_s;
  gboolean timed_out;
  GPtrArray *waiting;         /* of SidetoneProbe */
  guint n_running;
  SidetoneRunOnly only;
  GCancellable *measurement;   /* of how long UDP stays open; NULL where that is not wanted */
  guint open_ms;              /* as it was last told */
  GPtrArray *services;        /* of SidetoneService, typed; NULL if none were */
};

enum { PROP_0, PROP_OBSERVATIONS, PROP_DIAGNOSIS, PROP_STAGE, PROP_OPEN_MS, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetoneRun, sidetone_run, G_TYPE_OBJECT)

static void start_ready_probes (SidetoneRun *self);

/* Makes a diagnosis of all that was seen, unless there is one. */
static void
judge (SidetoneRun *self)
{
  SidetoneAccount *account;

  if (!self->is_stale)
    return;

  account = sidetone_context_get_account (self->context);
  g_clear_pointer (&self->diagnosis, sidetone_diagnosis_unref);
  self->diagnosis = sidetone_diagnose (sidetone_context_get_observations (self->context),
                                       sidetone_account_get_domain (account));
  self->is_stale = FALSE;
}

static void
tell_diagnosis (SidetoneRun *self)
{
  g_clear_handle_id (&self->judge_source, g_source_remove);
  judge (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIAGNOSIS]);
}

static gboolean
judge_cb (gpointer user_data)
{
  SidetoneRun *self = user_data;

  self->judge_source = 0;
  tell_diagnosis (self);

  return G_SOURCE_REMOVE;
}

static void
set_stage (SidetoneRun     *self,
           SidetoneRunStage stage)
{
  if (self->stage == stage)
    return;

  self->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGE]);
}

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

/* Every probe that could run has ended: sign out */
static void
wind_up (SidetoneRun *self)
{
  SidetoneSession *session = sidetone_context_get_session (self->context);

  g_ptr_array_set_size (self->waiting, 0);
  sidetone_context_wipe_password (self->context);
  sidetone_context_wipe_services (self->context);
  if (self->judge_source != 0)
    tell_diagnosis (self);
  if (!g_cancellable_is_cancelled (self->cancellable))
    set_stage (self, SIDETONE_RUN_STAGE_FINISHED);
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
start_ready_probes (SidetoneRun *self)
{
  guint i = 0;

  while (i < self->waiting->len)
    {
      g_autoptr (SidetoneProbe) probe = g_object_ref (self->waiting->pdata[i]);

      if (!sidetone_probe_is_ready (probe, self->context))
        {
          i++;
          continue;
        }

      g_ptr_array_remove_index (self->waiting, i);
      self->n_running++;
      sidetone_probe_run_async (probe, self->context, self->cancellable, probe_cb,
                                g_object_ref (self));
    }
}

static void
on_context_changed (SidetoneContext *context,
                    SidetoneRun     *self)
{
  if (sidetone_context_get_session (context) != NULL)
    set_stage (self, SIDETONE_RUN_STAGE_ASKING);
  else
    set_stage (self, SIDETONE_RUN_STAGE_SIGNING_IN);
  if (self->open_ms != sidetone_context_get_open_ms (context))
    {
      self->open_ms = sidetone_context_get_open_ms (context);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN_MS]);
    }

  if (!g_cancellable_is_cancelled (self->cancellable))
    start_ready_probes (self);
}

/* Many observations may come at once: those of one turn of the main loop are judged together. */
static void
on_observations_changed (GListModel  *observations,
                         guint        position,
                         guint        removed,
                         guint        added,
                         SidetoneRun *self)
{
  self->is_stale = TRUE;
  if (self->judge_source == 0)
    self->judge_source = g_idle_add_full (G_PRIORITY_DEFAULT, judge_cb, self, NULL);

  if (!g_cancellable_is_cancelled (self->cancellable))
    start_ready_probes (self);
}

static void
cancel (SidetoneRun *self)
{
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->measurement);
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
sidetone_run_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  SidetoneRun *self = SIDETONE_RUN (object);

  switch (property_id)
    {
    case PROP_OBSERVATIONS:
      g_value_set_object (value, sidetone_run_get_observations (self));
      break;

    case PROP_DIAGNOSIS:
      g_value_set_boxed (value, sidetone_run_get_diagnosis (self));
      break;

    case PROP_STAGE:
      g_value_set_enum (value, self->stage);
      break;

    case PROP_OPEN_MS:
      g_value_set_uint (value, self->open_ms);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_run_dispose (GObject *object)
{
  SidetoneRun *self = SIDETONE_RUN (object);

  g_clear_pointer (&self->timeout, sidetone_wait_free);
  g_clear_handle_id (&self->judge_source, g_source_remove);
  g_clear_handle_id (&self->start_source, g_source_remove);
  g_clear_pointer (&self->diagnosis, sidetone_diagnosis_unref);
  g_clear_pointer (&self->created, g_date_time_unref);
  g_clear_pointer (&self->report, sidetone_report_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->measurement);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (sidetone_run_parent_class)->dispose (object);
}

static void
sidetone_run_class_init (SidetoneRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_run_dispose;
  object_class->get_property = sidetone_run_get_property;

  /**
   * SidetoneRun:observations:
   *
   * A list of #SidetoneObservation that grows while the check runs.
   */
  properties[PROP_OBSERVATIONS] = g_param_spec_object ("observations", NULL, NULL,
                                                       G_TYPE_LIST_MODEL,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SidetoneRun:diagnosis:
   *
   * What the observations so far mean; a new one after each of them, or after several that come at
   * once.
   */
  properties[PROP_DIAGNOSIS] = g_param_spec_boxed ("diagnosis", NULL, NULL,
                                                   SIDETONE_TYPE_DIAGNOSIS,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SidetoneRun:stage:
   *
   * What is being done right now. When it becomes %SIDETONE_RUN_STAGE_FINISHED everything has been
   * seen, and only the sign-out is left; a run that is cancelled does not come to it.
   */
  properties[PROP_STAGE] = g_param_spec_enum ("stage", NULL, NULL, SIDETONE_TYPE_RUN_STAGE,
                                              SIDETONE_RUN_STAGE_UNKNOWN,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SidetoneRun:open-ms:
   *
   * The longest silence so far after which UDP was still open, in milliseconds; 0 where that is not
   * measured. This is the progress of a measurement that takes minutes.
   */
  properties[PROP_OPEN_MS] = g_param_spec_uint ("open-ms", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sidetone_run_init (SidetoneRun *self)
{
  self->cancellable = g_cancellable_new ();
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * sidetone_run_new:
 *
 * Returns: (transfer full): a run that has not started
 */
SidetoneRun *
sidetone_run_new (void)
{
  return g_object_new (SIDETONE_TYPE_RUN, NULL);
}

/**
 * sidetone_run_new_for_report:
 * @report: a check that was kept
 *
 * Returns: (transfer full): a run that is finished, with all that @report holds
 */
SidetoneRun *
sidetone_run_new_for_report (SidetoneReport *report)
{
  SidetoneRun *self;

  g_return_val_if_fail (report != NULL, NULL);

  self = sidetone_run_new ();
  self->report = sidetone_report_ref (report);
  self->diagnosis = sidetone_diagnosis_ref (sidetone_report_get_diagnosis (report));
  self->stage = SIDETONE_RUN_STAGE_FINISHED;

  return self;
}

/**
 * sidetone_run_set_only:
 * @self: a run that was never started
 * @only: which part of the check is wanted
 */
void
sidetone_run_set_only (SidetoneRun    *self,
                       SidetoneRunOnly only)
{
  g_return_if_fail (self->context == NULL);

  self->only = only;
}

/**
 * sidetone_run_set_lifetime:
 * @self: a run that was never started
 * @lifetime: whether to measure for how long UDP stays open, too: that may take five minutes
 */
void
sidetone_run_set_lifetime (SidetoneRun *self,
                           gboolean     lifetime)
{
  g_return_if_fail (self->context == NULL);

  g_clear_object (&self->measurement);
  if (lifetime)
    self->measurement = g_cancellable_new ();
}

/**
 * sidetone_run_set_services:
 * @self: a run that was never started
 * @services: (transfer none) (element-type SidetoneService): servers for calls that a person typed,
 *   to be tried besides those that the server announces
 */
void
sidetone_run_set_services (SidetoneRun *self,
                           GPtrArray   *services)
{
  g_return_if_fail (self->context == NULL);
  g_return_if_fail (self->services == NULL);

  self->services = g_ptr_array_ref (services);
}

/**
 * sidetone_run_start_async:
 * @self: a run that was never started
 * @account: whose server is asked
 * @password: its password; copied, and the copy wiped after use
 * @timeout_s: when to give up, in seconds; 0 leaves it to the deadlines of each step
 * @cancellable: (nullable): ends it at once, in whatever it does
 * @callback: called when everything was seen, and no connection program is left
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
  self->context = sidetone_context_new (account, password);
  if (self->services != NULL)
    sidetone_context_add_typed_services (self->context, self->services);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_signal_connect_object (self->context, "changed", G_CALLBACK (on_context_changed), self, 0);
  g_signal_connect_object (sidetone_run_get_observations (self), "items-changed",
                           G_CALLBACK (on_observations_changed), self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OBSERVATIONS]);
  set_stage (self, SIDETONE_RUN_STAGE_LOOKING_UP);

  g_ptr_array_add (self->waiting, sidetone_local_probe_new ());
  g_ptr_array_add (self->waiting, sidetone_resolve_probe_new ());
  g_ptr_array_add (self->waiting, sidetone_sign_in_probe_new ());
  g_ptr_array_add (self->waiting,
                   sidetone_server_ip_probe_new (self->only != SIDETONE_RUN_ONLY_CALLS));
  if (self->only != SIDETONE_RUN_ONLY_ADDRESS)
    {
      g_ptr_array_add (self->waiting, sidetone_services_probe_new ());
      g_ptr_array_add (self->waiting, sidetone_stun_probe_new ());
      g_ptr_array_add (self->waiting, sidetone_turn_probe_new ());
      g_ptr_array_add (self->waiting, sidetone_nat_probe_new ());
      if (self->measurement != NULL)
        g_ptr_array_add (self->waiting, sidetone_lifetime_probe_new (self->measurement));
      g_ptr_array_add (self->waiting, sidetone_path_probe_new ());
    }
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
 * Returns: %TRUE when the check came to its end, whatever it found on the way
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
 * Ends the measurement of how long UDP stays open, if that is all that the run still waits for. The run
 * comes to its end then, with all that was seen.
 *
 * Returns: whether it is so
 */
gboolean
sidetone_run_end_measurement (SidetoneRun *self)
{
  /* The one that measures is the last one. */
  if (self->measurement == NULL || self->context == NULL || self->n_running != 1 ||
      sidetone_context_get_services (self->context) == NULL)
    return FALSE;

  g_cancellable_cancel (self->measurement);

  return TRUE;
}

/**
 * sidetone_run_get_observations:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): a list of #SidetoneObservation that grows while the check
 *   runs; %NULL before it started
 */
GListModel *
sidetone_run_get_observations (SidetoneRun *self)
{
  if (self->report != NULL)
    return sidetone_report_get_observations (self->report);

  return self->context != NULL ? sidetone_context_get_observations (self->context) : NULL;
}

/**
 * sidetone_run_get_diagnosis:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): what the observations so far mean; %NULL before the first
 */
SidetoneDiagnosis *
sidetone_run_get_diagnosis (SidetoneRun *self)
{
  judge (self);

  return self->diagnosis;
}

/**
 * sidetone_run_get_stage:
 * @self: a run
 *
 * Returns: what is being done right now
 */
SidetoneRunStage
sidetone_run_get_stage (SidetoneRun *self)
{
  return self->stage;
}

/**
 * sidetone_run_get_open_ms:
 * @self: a run
 *
 * Returns: the longest silence so far after which UDP was still open, in milliseconds; 0 where that
 *   is not measured
 */
guint
sidetone_run_get_open_ms (SidetoneRun *self)
{
  return self->open_ms;
}

/**
 * sidetone_run_dup_report:
 * @self: a run that was started, or comes from a report
 *
 * Returns: (transfer full): everything seen so far, to be kept
 */
SidetoneReport *
sidetone_run_dup_report (SidetoneRun *self)
{
  SidetoneAccount *account;
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  if (self->report != NULL)
    return sidetone_report_ref (self->report);

  g_return_val_if_fail (self->context != NULL, NULL);

  account = sidetone_context_get_account (self->context);

  return sidetone_report_new (sidetone_account_get_jid (account),
                              sidetone_account_get_domain (account),
                              self->created, SIDETONE_STROPHE_VERSION, os,
                              sidetone_context_get_observations (self->context));
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
      return SIDETONE_STEP_CONNECT;

    case SIDETONE_RUN_STAGE_ASKING:
      return SIDETONE_STEP_ASK;
    }

  return SIDETONE_STEP_UNKNOWN;
}

/**
 * sidetone_run_dup_step:
 * @self: a run
 * @kind: a step
 *
 * Says how far the run has come with a step. It may have come further with each notification of
 * #SidetoneRun:diagnosis and #SidetoneRun:stage. A cancelled run stays at the step at which it was.
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
 * sidetone_run_dup_title:
 * @self: a run
 *
 * Returns: (transfer full) (nullable): the account, or its server where a report leaves the account
 *   out; %NULL where neither is known
 */
char *
sidetone_run_dup_title (SidetoneRun *self)
{
  const char *jid;

  if (self->report != NULL)
    {
      jid = sidetone_report_get_jid (self->report);

      return g_strdup (jid != NULL ? jid : sidetone_report_get_domain (self->report));
    }

  if (self->context == NULL)
    return NULL;

  return g_strdup (sidetone_account_get_jid (sidetone_context_get_account (self->context)));
}
