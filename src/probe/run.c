/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "run-private.h"

#include "base/text.h"
#include "net/moved.h"

/**
 * SidetoneRun:
 *
 * One check: its observations so far, judged anew after each of them. run-options.c has what is to be
 * checked, run-probes.c makes the check, and run-steps.c lists its progress. A run may also be a saved
 * report: its users need not know.
 */
enum { PROP_0, PROP_OBSERVATIONS, PROP_DIAGNOSIS, PROP_STAGE, PROP_OPEN_MS, PROP_VIDEO_KBITS, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetoneRun, sidetone_run, G_TYPE_OBJECT)

/* Makes a diagnosis of all observations, unless there is one. */
static void
judge (SidetoneRun *self)
{
  SidetoneAccount *account;

  if (!self->is_stale)
    return;

  account = sidetone_context_get_account (self->context);
  g_clear_pointer (&self->diagnosis, sidetone_diagnosis_unref);
  self->diagnosis = sidetone_diagnose_for_app (sidetone_context_get_observations (self->context),
                                               sidetone_account_get_domain (account), self->app);
  self->is_stale = FALSE;
}

/**
 * sidetone_run_tell_diagnosis:
 * @self: a run that was started
 *
 * Judges now what would be judged in the main loop's next turn.
 */
void
sidetone_run_tell_diagnosis (SidetoneRun *self)
{
  if (self->judge_source == 0)
    return;

  g_clear_handle_id (&self->judge_source, g_source_remove);
  judge (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIAGNOSIS]);
}

static gboolean
judge_cb (gpointer user_data)
{
  sidetone_run_tell_diagnosis (user_data);

  return G_SOURCE_REMOVE;
}

/**
 * sidetone_run_outdate_diagnosis:
 * @self: a run that has seen more
 *
 * Several observations in one turn of the main loop are judged together.
 */
void
sidetone_run_outdate_diagnosis (SidetoneRun *self)
{
  self->is_stale = TRUE;
  if (self->judge_source == 0)
    self->judge_source = g_idle_add_full (G_PRIORITY_DEFAULT, judge_cb, self, NULL);
}

/**
 * sidetone_run_set_stage:
 * @self: a run that was started
 * @stage: the current stage
 */
void
sidetone_run_set_stage (SidetoneRun     *self,
                        SidetoneRunStage stage)
{
  if (self->stage == stage)
    return;

  self->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGE]);
}

/* Sets a figure of @self, and notifies of it if it is another one. */
static void
set_figure (SidetoneRun *self,
            guint       *figure,
            guint        value,
            guint        property_id)
{
  if (*figure == value)
    return;

  *figure = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property_id]);
}

/**
 * sidetone_run_update_measuring:
 * @self: a run that was started
 *
 * Notifies of how far the measurements on request are, as the context knows.
 */
void
sidetone_run_update_measuring (SidetoneRun *self)
{
  set_figure (self, &self->open_ms, sidetone_context_get_open_ms (self->context), PROP_OPEN_MS);
  set_figure (self, &self->video_kbits, sidetone_context_get_video_kbits (self->context),
              PROP_VIDEO_KBITS);
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

    case PROP_VIDEO_KBITS:
      g_value_set_uint (value, self->video_kbits);
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
  g_clear_pointer (&self->changes, sidetone_changes_free);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->measurement);
  g_clear_object (&self->optional);
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
   * The diagnosis of the observations so far; a new one after each of them, or after several that
   * come at once.
   */
  properties[PROP_DIAGNOSIS] = g_param_spec_boxed ("diagnosis", NULL, NULL,
                                                   SIDETONE_TYPE_DIAGNOSIS,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SidetoneRun:stage:
   *
   * The current stage. At %SIDETONE_RUN_STAGE_FINISHED everything is observed, and only the
   * sign-out is left; a cancelled run does not reach it.
   */
  properties[PROP_STAGE] = g_param_spec_enum ("stage", NULL, NULL, SIDETONE_TYPE_RUN_STAGE,
                                              SIDETONE_RUN_STAGE_UNKNOWN,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SidetoneRun:open-ms:
   *
   * The longest silence so far after which UDP was still open, in milliseconds; 0 if it is not
   * measured. This is the progress of a measurement that takes minutes.
   */
  properties[PROP_OPEN_MS] = g_param_spec_uint ("open-ms", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * SidetoneRun:video-kbits:
   *
   * The rate at which room for video is being tested, in kbit/s; 0 before that.
   */
  properties[PROP_VIDEO_KBITS] = g_param_spec_uint ("video-kbits", NULL, NULL, 0, G_MAXUINT, 0,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sidetone_run_init (SidetoneRun *self)
{
  self->cancellable = g_cancellable_new ();
  self->optional = g_cancellable_new ();
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

/* Takes @report, with its diagnosis. */
static void
take_report (SidetoneRun    *self,
             SidetoneReport *report)
{
  g_clear_pointer (&self->report, sidetone_report_unref);
  g_clear_pointer (&self->diagnosis, sidetone_diagnosis_unref);
  self->report = report;
  self->diagnosis = sidetone_diagnosis_ref (sidetone_report_get_diagnosis (report));
  self->app = sidetone_report_get_app (report);
}

/**
 * sidetone_run_new_for_report:
 * @report: a saved check
 *
 * Returns: (transfer full): a finished run, with everything in @report
 */
SidetoneRun *
sidetone_run_new_for_report (SidetoneReport *report)
{
  SidetoneRun *self;

  g_return_val_if_fail (report != NULL, NULL);

  self = sidetone_run_new ();
  take_report (self, sidetone_report_ref (report));
  self->stage = SIDETONE_RUN_STAGE_FINISHED;

  return self;
}

/**
 * sidetone_run_set_app:
 * @self: a run, whether started or not, or from a report
 * @app: the app that the person calls with
 *
 * Judges for that app, from now on.
 */
void
sidetone_run_set_app (SidetoneRun *self,
                      SidetoneApp  app)
{
  g_return_if_fail (SIDETONE_IS_RUN (self));

  if (self->app == app)
    return;

  self->app = app;
  if (self->report != NULL)
    take_report (self, sidetone_report_new_for_app (self->report, app));
  else if (self->diagnosis != NULL)
    self->is_stale = TRUE;
  if (self->diagnosis != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIAGNOSIS]);
}

/**
 * sidetone_run_get_app:
 * @self: a run
 *
 * Returns: the app that it is judged for
 */
SidetoneApp
sidetone_run_get_app (SidetoneRun *self)
{
  g_return_val_if_fail (SIDETONE_IS_RUN (self), SIDETONE_APP_UNKNOWN);

  return self->app;
}

/**
 * sidetone_run_get_observations:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): a list of #SidetoneObservation that grows while the check
 *   runs; %NULL before the start
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
 * Returns: (transfer none) (nullable): the diagnosis of the observations so far; %NULL before the
 *   first
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
 * Returns: the current stage
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
 * Returns: the longest silence so far after which UDP was still open, in milliseconds; 0 if it is
 *   not measured
 */
guint
sidetone_run_get_open_ms (SidetoneRun *self)
{
  return self->open_ms;
}

/**
 * sidetone_run_get_video_kbits:
 * @self: a run
 *
 * Returns: the rate at which room for video is being tested, in kbit/s; 0 before that
 */
guint
sidetone_run_get_video_kbits (SidetoneRun *self)
{
  return self->video_kbits;
}

/**
 * sidetone_run_dup_report:
 * @self: a run that was started, or comes from a report
 *
 * Returns: (transfer full): a report of everything observed so far
 */
SidetoneReport *
sidetone_run_dup_report (SidetoneRun *self)
{
  SidetoneAccount *account;
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autoptr (SidetoneReport) report = NULL;

  if (self->report != NULL)
    return sidetone_report_ref (self->report);

  g_return_val_if_fail (self->context != NULL, NULL);

  account = sidetone_context_get_account (self->context);

  report = sidetone_report_new (sidetone_account_get_jid (account),
                                sidetone_account_get_domain (account),
                                self->created, SIDETONE_STROPHE_VERSION, os,
                                sidetone_context_get_observations (self->context));

  return sidetone_report_new_for_app (report, self->app);
}

/**
 * sidetone_run_is_redacted:
 * @self: a run
 *
 * Returns: whether it comes from a report in which private details are hidden
 */
gboolean
sidetone_run_is_redacted (SidetoneRun *self)
{
  return self->report != NULL && sidetone_report_is_redacted (self->report);
}

/**
 * sidetone_run_dup_title:
 * @self: a run
 *
 * Returns: (transfer full) (nullable): the account, or its server if a report leaves the account
 *   out, made safe to show; %NULL if neither is known
 */
char *
sidetone_run_dup_title (SidetoneRun *self)
{
  g_autofree char *title = NULL;

  if (self->report != NULL)
    title = sidetone_report_dup_account (self->report);
  else if (self->context != NULL)
    title = sidetone_text_make_safe (
      sidetone_account_get_jid (sidetone_context_get_account (self->context)),
      SIDETONE_TEXT_MAX_CHARS);

  return title != NULL && *title != '\0' ? g_steal_pointer (&title) : NULL;
}

/**
 * sidetone_run_get_created:
 * @self: a run
 *
 * Returns: (transfer none) (nullable): when the check began, in UTC; %NULL if it has not
 */
GDateTime *
sidetone_run_get_created (SidetoneRun *self)
{
  g_return_val_if_fail (SIDETONE_IS_RUN (self), NULL);

  return self->report != NULL ? sidetone_report_get_created (self->report) : self->created;
}

/**
 * sidetone_run_set_own:
 * @self: a run for a report
 *
 * Says that this computer made the report's check.
 */
void
sidetone_run_set_own (SidetoneRun *self)
{
  g_return_if_fail (SIDETONE_IS_RUN (self));

  self->is_own = TRUE;
}

/**
 * sidetone_run_is_own:
 * @self: a run
 *
 * Returns: whether it is a check of this computer, and not a report, which another person may have
 *   made
 */
gboolean
sidetone_run_is_own (SidetoneRun *self)
{
  g_return_val_if_fail (SIDETONE_IS_RUN (self), FALSE);

  return self->report == NULL || self->is_own;
}

/**
 * sidetone_run_has_moved:
 * @self: a run
 *
 * Asks the kernel's routing table, and sends nothing.
 *
 * Returns: whether it is a check of this computer that is over, and a connection to the same server
 *   would now begin at another address, or at none: its result is about another network
 */
gboolean
sidetone_run_has_moved (SidetoneRun *self)
{
  SidetoneDiagnosis *diagnosis;

  g_return_val_if_fail (SIDETONE_IS_RUN (self), FALSE);

  if (self->report != NULL || self->stage != SIDETONE_RUN_STAGE_FINISHED)
    return FALSE;

  diagnosis = sidetone_run_get_diagnosis (self);

  return diagnosis != NULL && sidetone_moved_since (sidetone_diagnosis_get_evidence (diagnosis));
}
