/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "window-private.h"

#include "history-page.h"
#include "keyring.h"
#include "outside.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/* A window's checks: how one starts, what the window shows of it, the next step that its result offers, and
 * the checks of a walkthrough. #SidetoneCheck makes them. */

/* With what the result says, and a way back to it */
static void
return_to_field (SidetoneWindow  *self,
                 SidetoneNextStep step)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (self->run);
  SidetoneFinding *finding = sidetone_diagnosis_get_main_finding (diagnosis);
  g_autofree char *codes = sidetone_describe_codes (diagnosis);
  g_autofree char *event = sidetone_describe_event (diagnosis);
  g_autofree char *advice = finding != NULL ? sidetone_describe_finding_advice (finding) : NULL;
  g_autofree char *words = g_strjoin (" ", event != NULL ? event : "", advice, NULL);

  sidetone_window_return_to_form (self, step, words, codes);
}

static void
on_check_started (SidetoneCheck  *check,
                  SidetoneRun    *run,
                  SidetoneWindow *self)
{
  sidetone_reports_cancel (self->reports);
  if (!sidetone_window_shows (self, "walkthrough"))
    {
      sidetone_window_show_run (self, run);
      return;
    }

  g_set_object (&self->run, run);
  sidetone_walkthrough_page_set_check (self->walkthrough_page, run);
}

static void
on_check_unstarted (SidetoneCheck  *check,
                    const char     *words,
                    SidetoneWindow *self)
{
  sidetone_window_return_to_form (self, SIDETONE_NEXT_STEP_CORRECT_PASSWORD, words, NULL);
}

static void
on_check_ended (SidetoneCheck  *check,
                SidetoneRun    *run,
                SidetoneWindow *self)
{
  sidetone_history_keep (run);
  sidetone_window_update_actions (self);
}

/* In a walkthrough, the password was accepted before: that this check could not tell is all. */
static void
on_check_refused (SidetoneCheck  *check,
                  SidetoneRun    *run,
                  SidetoneWindow *self)
{
  if (sidetone_window_shows (self, "walkthrough"))
    sidetone_window_update_actions (self);
  else
    return_to_field (self, SIDETONE_NEXT_STEP_CORRECT_PASSWORD);
}

static void
on_check_keeps (SidetoneCheck  *check,
                const char     *jid,
                SidetoneWindow *self)
{
  sidetone_sign_in_page_note_stored (self->sign_in_page, jid);
}

static void
on_check_forgets (SidetoneCheck  *check,
                  const char     *jid,
                  SidetoneWindow *self)
{
  sidetone_sign_in_page_note_forgotten (self->sign_in_page, jid);
}

static void
on_check_not_kept (SidetoneCheck  *check,
                   SidetoneWindow *self)
{
  sidetone_window_say (self, _("Couldn't save the password"));
}

static void
on_check_notify_waiting (SidetoneCheck  *check,
                         GParamSpec     *pspec,
                         SidetoneWindow *self)
{
  /* In this order: a button whose action is disabled takes no focus. */
  sidetone_window_update_actions (self);
  sidetone_result_page_set_waiting (self->result_page, sidetone_check_is_waiting (check));
}

static void
on_check_notify_measurement (SidetoneCheck  *check,
                             GParamSpec     *pspec,
                             SidetoneWindow *self)
{
  sidetone_result_page_set_measurement (self->result_page, sidetone_check_get_measurement (check));
  sidetone_window_update_actions (self);
}

/* The page stays as it is, with its focus; only what has changed is shown. */
static void
on_check_measured (SidetoneCheck  *check,
                   SidetoneRun    *run,
                   SidetoneWindow *self)
{
  if (run != NULL)
    {
      g_set_object (&self->run, run);
      sidetone_history_keep (run);
    }
  sidetone_result_page_take_measured (self->result_page, run);
  sidetone_window_update_actions (self);
}

static void
on_sign_in_check (SidetoneSignInPage *page,
                  SidetoneAccount    *account,
                  SidetoneWindow     *self)
{
  gboolean remember = sidetone_sign_in_page_get_remember (page);
  gboolean forget = sidetone_sign_in_page_get_forget (page);

  sidetone_check_begin (self->check, account, sidetone_sign_in_page_take_password (page),
                        remember, forget);
}

static void
on_sign_in_forget (SidetoneSignInPage *page,
                   const char         *jid,
                   SidetoneWindow     *self)
{
  sidetone_keyring_forget (jid);
}

static void
on_result_next_step (SidetoneResultPage *page,
                     SidetoneNextStep    step,
                     SidetoneWindow     *self)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (self->run);

  switch (step)
    {
    case SIDETONE_NEXT_STEP_UNKNOWN:
    case SIDETONE_NEXT_STEP_CHECK_AGAIN:
      sidetone_check_repeat (self->check);
      break;

    case SIDETONE_NEXT_STEP_WAIT_ONLINE:
      sidetone_check_repeat_online (self->check);
      break;

    case SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE:
      sidetone_check_repeat_with_certificate (self->check);
      break;

    case SIDETONE_NEXT_STEP_LOG_IN:
      sidetone_outside_open_login_page (GTK_WINDOW (self), sidetone_diagnosis_get_domain (diagnosis),
                                        sidetone_window_ask);
      break;

    case SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR:
      sidetone_window_open_letter (self, SIDETONE_READER_ADMINISTRATOR);
      break;

    case SIDETONE_NEXT_STEP_REPORT_BUG:
      sidetone_window_copy_report (self);
      sidetone_outside_open_page (GTK_WINDOW (self), SIDETONE_BUG_TRACKER, sidetone_window_ask);
      break;

    case SIDETONE_NEXT_STEP_CORRECT_ACCOUNT:
    case SIDETONE_NEXT_STEP_CORRECT_PASSWORD:
    case SIDETONE_NEXT_STEP_CORRECT_SERVER:
    case SIDETONE_NEXT_STEP_CHOOSE_CA_FILE:
      return_to_field (self, step);
      break;
    }
}

static void
start_walkthrough (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  if (self->walkthrough_page == NULL)
    {
      self->walkthrough_page = g_object_new (SIDETONE_TYPE_WALKTHROUGH_PAGE, NULL);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->walkthrough_page), "walkthrough");
      g_signal_connect_object (self->walkthrough_page, "check",
                               G_CALLBACK (sidetone_check_repeat_alike), self->check,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->walkthrough_page, "changed", G_CALLBACK (sidetone_window_update_actions), self,
                               G_CONNECT_SWAPPED);
    }
  sidetone_window_show_page (self, "walkthrough");
  sidetone_walkthrough_page_begin (self->walkthrough_page, self->run);
}

/**
 * sidetone_window_stop_check:
 * @self: a window with a walkthrough
 *
 * Ends the walkthrough's running check. It was made for nothing: the one before counts.
 */
void
sidetone_window_stop_check (SidetoneWindow *self)
{
  sidetone_window_end (self);
  g_set_object (&self->run, sidetone_walkthrough_page_get_latest (self->walkthrough_page));
  sidetone_walkthrough_page_stop_check (self->walkthrough_page);
}

static void
cancel (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  if (sidetone_check_is_waiting (self->check))
    sidetone_check_stop_waiting (self->check);
  else if (sidetone_check_get_measurement (self->check) != NULL)
    sidetone_check_stop_measuring (self->check);
  else if (sidetone_window_shows (self, "walkthrough"))
    sidetone_window_stop_check (self);
  else
    sidetone_window_return_to_form (self, SIDETONE_NEXT_STEP_UNKNOWN, NULL, NULL);
}

static void
check_again (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  sidetone_check_repeat (SIDETONE_WINDOW (widget)->check);
}

static void
measure_lifetime (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  sidetone_check_measure (SIDETONE_WINDOW (widget)->check);
}

static void
test_video (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  sidetone_check_test_video (SIDETONE_WINDOW (widget)->check);
}

static void
stop_measuring (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  sidetone_check_stop_measuring (SIDETONE_WINDOW (widget)->check);
}

/**
 * sidetone_window_install_check_actions:
 * @widget_class: the window's class
 *
 * Adds what a user can do with a check.
 */
void
sidetone_window_install_check_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.cancel", NULL, cancel);
  gtk_widget_class_install_action (widget_class, "win.check-again", NULL, check_again);
  gtk_widget_class_install_action (widget_class, "win.walkthrough", NULL, start_walkthrough);
  gtk_widget_class_install_action (widget_class, "win.measure-lifetime", NULL, measure_lifetime);
  gtk_widget_class_install_action (widget_class, "win.test-video", NULL, test_video);
  gtk_widget_class_install_action (widget_class, "win.stop-measuring", NULL, stop_measuring);
}

/**
 * sidetone_window_bind_check_callbacks:
 * @widget_class: the window's class, with its template
 *
 * Lets the form start a check, and a result the next step.
 */
void
sidetone_window_bind_check_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_check);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_forget);
  gtk_widget_class_bind_template_callback (widget_class, on_result_next_step);
}

/**
 * sidetone_window_connect_check:
 * @self: a window with its pages
 *
 * Shows from now on what becomes of its checks.
 */
void
sidetone_window_connect_check (SidetoneWindow *self)
{
  g_signal_connect_object (self->check, "started", G_CALLBACK (on_check_started), self, 0);
  g_signal_connect_object (self->check, "ended", G_CALLBACK (on_check_ended), self, 0);
  g_signal_connect_object (self->check, "refused", G_CALLBACK (on_check_refused), self, 0);
  g_signal_connect_object (self->check, "unstarted", G_CALLBACK (on_check_unstarted), self, 0);
  g_signal_connect_object (self->check, "measured", G_CALLBACK (on_check_measured), self, 0);
  g_signal_connect_object (self->check, "notify::measurement",
                           G_CALLBACK (on_check_notify_measurement), self, 0);
  g_signal_connect_object (self->check, "keeps", G_CALLBACK (on_check_keeps), self, 0);
  g_signal_connect_object (self->check, "not-kept", G_CALLBACK (on_check_not_kept), self, 0);
  g_signal_connect_object (self->check, "forgets", G_CALLBACK (on_check_forgets), self, 0);
  g_signal_connect_object (self->check, "notify::waiting", G_CALLBACK (on_check_notify_waiting),
                           self, 0);
}
