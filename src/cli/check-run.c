/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "check-run.h"

#include "base/error.h"
#include "base/secret.h"
#include "progress.h"
#include "words/describe.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/* One check, made from the command line. */

/* A running check */
typedef struct
{
  const SidetoneCheckOptions *options;
  GMainLoop *loop;
  GCancellable *cancellable;
  SidetoneCheckConclude conclude;
  gpointer user_data;
  gboolean concluded;
  SidetoneExit status;
} Check;

static gboolean
on_signal (gpointer user_data)
{
  Check *check = user_data;

  g_cancellable_cancel (check->cancellable);

  return G_SOURCE_CONTINUE;
}

/* The report need not wait for the sign-out */
static void
on_run_notify_stage (SidetoneRun *run,
                     GParamSpec  *pspec,
                     Check       *check)
{
  g_autoptr (SidetoneReport) report = NULL;

  if (sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED)
    return;

  sidetone_progress_clear ();
  report = sidetone_run_dup_report (run);
  check->status = check->conclude (report, check->user_data);
  check->concluded = TRUE;
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  Check *check = user_data;
  int timeout = check->options->timeout;

  g_main_loop_quit (check->loop);
  sidetone_progress_clear ();
  if (sidetone_run_start_finish (SIDETONE_RUN (source), result, &error) || check->concluded)
    return;

  check->status = SIDETONE_EXIT_NOT_MADE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sidetone_cli_complain (_("The check was cancelled."));
  else if (!g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_TIMED_OUT))
    {
      g_autofree char *words = sidetone_describe_error (error->code, NULL, NULL);

      sidetone_cli_complain ("%s", words);
    }
  else
    sidetone_cli_complain (ngettext ("The check did not finish within %d second.",
                                     "The check did not finish within %d seconds.", timeout),
                           timeout);
}

/**
 * sidetone_check_run:
 * @options: options that were read
 * @password: (transfer full): the password; wiped when the run has its own copy
 * @conclude: what to do with the report
 * @user_data: what @conclude gets
 *
 * Makes a check, and shows its progress. Ends when the run and all its connection processes have
 * ended, even after Ctrl-C.
 *
 * Returns: the exit status: what @conclude returns; %SIDETONE_EXIT_NOT_MADE, after complaining, if
 *   there is no report
 */
SidetoneExit
sidetone_check_run (const SidetoneCheckOptions *options,
                    char                       *password,
                    SidetoneCheckConclude       conclude,
                    gpointer                    user_data)
{
  const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  guint sources[G_N_ELEMENTS (numbers)];
  g_autoptr (SidetoneRun) run = sidetone_run_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Check check = {
    .options = options, .loop = loop, .cancellable = cancellable,
    .conclude = conclude, .user_data = user_data,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sources[i] = g_unix_signal_add (numbers[i], on_signal, &check);

  sidetone_run_set_app (run, options->app);
  sidetone_run_set_only (run, options->only);
  sidetone_run_set_lifetime (run, options->lifetime);
  sidetone_run_set_video (run, options->video);
  sidetone_run_set_services (run, options->services);
  sidetone_progress_follow (run, options->verbose);
  g_signal_connect (run, "notify::stage", G_CALLBACK (on_run_notify_stage), &check);
  sidetone_run_start_async (run, options->account, password, options->timeout, cancellable, run_cb,
                            &check);
  sidetone_secret_free (password);
  g_main_loop_run (loop);

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_source_remove (sources[i]);

  return check.status;
}

static gboolean
has_problem (SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (sidetone_finding_get_severity (finding) == SIDETONE_SEVERITY_PROBLEM)
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_check_get_status:
 * @diagnosis: a finished check's diagnosis
 *
 * Returns: the exit status that tells of it
 */
SidetoneExit
sidetone_check_get_status (SidetoneDiagnosis *diagnosis)
{
  if (sidetone_diagnosis_has_failed (diagnosis))
    return SIDETONE_EXIT_NOT_MADE;

  return has_problem (diagnosis) ? SIDETONE_EXIT_PROBLEM : SIDETONE_EXIT_FINISHED;
}
