/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "measurement.h"

#include "result/app-row.h"

/**
 * SidetoneMeasurement:
 *
 * What is measured on request, in a run of its own beside the shown result: how long UDP stays open,
 * which takes minutes, or how much video there is room for.
 */
struct _SidetoneMeasurement
{
  SidetoneRun *run;
  GCancellable *cancellable;
  SidetoneMeasurementFunc callback;
  gpointer user_data;
};

/* Whether it has what it was made for */
static gboolean
has_measured (SidetoneRun *run)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);

  return diagnosis != NULL && !sidetone_diagnosis_has_failed (diagnosis) &&
         sidetone_evidence_get_last (sidetone_diagnosis_get_evidence (diagnosis),
                                     sidetone_run_tests_video (run) ? SIDETONE_OBSERVATION_VIDEO
                                     : SIDETONE_OBSERVATION_LIFETIME) != NULL;
}

static void
on_run_notify_stage (SidetoneRun         *run,
                     GParamSpec          *pspec,
                     SidetoneMeasurement *self)
{
  /* The callback frees the measurement */
  if (sidetone_run_get_stage (run) == SIDETONE_RUN_STAGE_FINISHED)
    self->callback (has_measured (run) ? run : NULL, self->user_data);
}

/**
 * sidetone_measurement_new:
 * @video: whether to test room for video, or else how long UDP stays open
 * @account: the account
 * @password: its password; copied
 * @callback: called when it is over, with the new check, or with %NULL if that could not be measured;
 *   it may free the measurement
 * @user_data: for @callback
 *
 * Starts to measure.
 *
 * Returns: (transfer full): the measurement
 */
SidetoneMeasurement *
sidetone_measurement_new (gboolean                video,
                          SidetoneAccount        *account,
                          const char             *password,
                          SidetoneMeasurementFunc callback,
                          gpointer                user_data)
{
  SidetoneMeasurement *self = g_new0 (SidetoneMeasurement, 1);

  self->run = sidetone_run_new ();
  self->cancellable = g_cancellable_new ();
  self->callback = callback;
  self->user_data = user_data;
  sidetone_run_set_video (self->run, video);
  sidetone_run_set_lifetime (self->run, !video);
  sidetone_app_apply (self->run);
  g_signal_connect (self->run, "notify::stage", G_CALLBACK (on_run_notify_stage), self);
  sidetone_run_start_async (self->run, account, password, 0, self->cancellable, NULL, NULL);

  return self;
}

/**
 * sidetone_measurement_free:
 * @self: (transfer full): a measurement
 *
 * Ends it at once, if it is not over, without a callback.
 */
void
sidetone_measurement_free (SidetoneMeasurement *self)
{
  /* One that is over is signing out */
  if (sidetone_run_get_stage (self->run) != SIDETONE_RUN_STAGE_FINISHED)
    g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->run, self);
  g_object_unref (self->cancellable);
  g_object_unref (self->run);
  g_free (self);
}

/**
 * sidetone_measurement_get_run:
 * @self: a measurement
 *
 * Returns: (transfer none): its run
 */
SidetoneRun *
sidetone_measurement_get_run (SidetoneMeasurement *self)
{
  return self->run;
}

/**
 * sidetone_measurement_end:
 * @self: a measurement
 *
 * Ends it before its time: what is known so far counts.
 *
 * Returns: whether something is known, so that the callback will come
 */
gboolean
sidetone_measurement_end (SidetoneMeasurement *self)
{
  return sidetone_run_end_measurement (self->run);
}
