/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "window.h"

#include "base/secret.h"
#include "check.h"
#include "comparison-window.h"
#include "header-title.h"
#include "help/help-window.h"
#include "history-page.h"
#include "network-banner.h"
#include "notice.h"
#include "notifier.h"
#include "outside.h"
#include "report-drop.h"
#include "reports.h"
#include "result/result-page.h"
#include "sign-in/sign-in-page.h"
#include "walkthrough/walkthrough-page.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneWindow:
 *
 * Its pages, and what happens between them: the sign-in form, one check with its result, and the
 * walkthrough that may follow.
 * #SidetoneCheck makes the check; #SidetoneReports handles its report.
 */
struct _SidetoneWindow
{
  AdwApplicationWindow parent_instance;

  SidetoneHeaderTitle *title;
  SidetoneNotice *notice;
  GtkStack *stack;
  SidetoneNetworkBanner *network_banner;
  GtkWidget *back_button;
  GtkWidget *cancel_button;
  GtkWidget *again_button;
  SidetoneSignInPage *sign_in_page;
  SidetoneResultPage *result_page;
  SidetoneWalkthroughPage *walkthrough_page; /* NULL until it is needed */

  SidetoneCheck *check;
  SidetoneNotifier *notifier;
  SidetoneReports *reports;
  SidetoneRun *run;            /* the shown one: the check's, or a report's */
  SidetoneHelpWindow *help;    /* NULL while it is closed */
};

G_DEFINE_FINAL_TYPE (SidetoneWindow, sidetone_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
shows (SidetoneWindow *self,
       const char     *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

static gboolean
is_running (SidetoneWindow *self)
{
  return self->run != NULL && sidetone_run_get_stage (self->run) != SIDETONE_RUN_STAGE_FINISHED;
}

/* Also when the user comes back to the window: "today" may be over. */
static void
update_title (SidetoneWindow *self)
{
  if (self->title == NULL)
    return;

  sidetone_header_title_show_run (self->title, shows (self, "result") ||
                                  shows (self, "walkthrough") ? self->run : NULL);
}

static void
name_back_button (SidetoneWindow *self,
                  gboolean        is_walkthrough)
{
  const char *words = is_walkthrough ? _("Back") : _("Back to the Account");

  gtk_widget_set_tooltip_text (self->back_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "",
                                  -1);
}

/* Enables the actions that fit what is shown */
static void
update_actions (SidetoneWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_result = shows (self, "result");
  gboolean is_walkthrough = shows (self, "walkthrough");
  gboolean running = (is_result || is_walkthrough) && is_running (self);
  gboolean loading = shows (self, "loading");
  gboolean waiting = sidetone_check_is_waiting (self->check);
  gboolean measuring = is_result && sidetone_check_get_measurement (self->check) != NULL;
  gboolean may_leave = !running && !loading;
  gboolean has_report = is_result && self->run != NULL && !running;
  gboolean has_text = has_report || (is_walkthrough &&
                                     sidetone_walkthrough_page_is_over (self->walkthrough_page));
  gboolean can_check = has_report && sidetone_check_can_repeat (self->check);

  gtk_widget_action_set_enabled (widget, "win.back", !shows (self, "sign-in"));
  gtk_widget_action_set_enabled (widget, "win.show-result", self->run != NULL);
  gtk_widget_action_set_enabled (widget, "win.cancel",
                                 running || loading || waiting || measuring);
  gtk_widget_action_set_enabled (widget, "win.check-again", can_check);
  gtk_widget_action_set_enabled (widget, "win.measure-lifetime", can_check);
  gtk_widget_action_set_enabled (widget, "win.walkthrough", can_check);
  gtk_widget_action_set_enabled (widget, "win.show-history", may_leave && !shows (self, "history"));
  gtk_widget_action_set_enabled (widget, "win.compare-report", has_report);
  gtk_widget_action_set_enabled (widget, "win.copy-report", has_text);
  gtk_widget_action_set_enabled (widget, "win.save-report", has_text);
  gtk_widget_action_set_enabled (widget, "win.send-report", has_report);
  gtk_widget_set_visible (self->back_button,
                          !shows (self, "sign-in") && may_leave);
  name_back_button (self, is_walkthrough);
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->again_button, can_check);
  sidetone_network_banner_show_run (self->network_banner, can_check ? self->run : NULL);
  update_title (self);
}

/* Pages that few windows need, each in a file, are made when they are first shown: the first
 * window opens sooner, and is smaller. */
static void
make_page (SidetoneWindow *self,
           const char     *page)
{
  g_autofree char *path = g_strdup_printf ("/sidetone/%s-page.ui", page);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (path);

  gtk_stack_add_named (self->stack, GTK_WIDGET (gtk_builder_get_object (builder, "page")), page);
}

static void
show_page (SidetoneWindow *self,
           const char     *page)
{
  if (gtk_stack_get_child_by_name (self->stack, page) == NULL)
    make_page (self, page);
  gtk_stack_set_visible_child_name (self->stack, page);
  update_actions (self);
}

/* A write may end after the window has. */
static void
tell (SidetoneWindow *self,
      const char     *words,
      gboolean        stays)
{
  if (self->notice != NULL)
    sidetone_notice_show (self->notice, words, stays);
}

static void
say (SidetoneWindow *self,
     const char     *words)
{
  tell (self, words, FALSE);
}

/* What is left to the user stays until it is closed. */
static void
ask (GtkWindow  *window,
     const char *words)
{
  tell (SIDETONE_WINDOW (window), words, TRUE);
}

/* Ends the running check or the reading of a report */
static void
end (SidetoneWindow *self)
{
  sidetone_check_end (self->check);
  sidetone_reports_cancel (self->reports);
}

/* The form still has all its input */
static void
return_to_form (SidetoneWindow  *self,
                SidetoneNextStep step,
                const char      *words,
                const char      *codes)
{
  char *password;

  end (self);
  sidetone_result_page_leave (self->result_page);
  password = sidetone_check_take_password (self->check);
  show_page (self, "sign-in");
  if (password != NULL)
    sidetone_sign_in_page_return_password (self->sign_in_page, password);
  sidetone_secret_free (password);
  sidetone_sign_in_page_show_problem (self->sign_in_page, step, words, codes);
}

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

  return_to_form (self, step, words, codes);
}

static void
show_result (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  sidetone_result_page_set_run (self->result_page, self->run,
                                sidetone_check_can_repeat (self->check));
  show_page (self, "result");
}

static void
show_run (SidetoneWindow *self,
          SidetoneRun    *run)
{
  g_set_object (&self->run, run);
  sidetone_result_page_set_run (self->result_page, run,
                                sidetone_check_has_account (self->check));
  show_page (self, "result");
}

static void
on_check_started (SidetoneCheck  *check,
                  SidetoneRun    *run,
                  SidetoneWindow *self)
{
  sidetone_reports_cancel (self->reports);
  if (!shows (self, "walkthrough"))
    {
      show_run (self, run);
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
  return_to_form (self, SIDETONE_NEXT_STEP_CORRECT_PASSWORD, words, NULL);
}

static void
on_check_ended (SidetoneCheck  *check,
                SidetoneRun    *run,
                SidetoneWindow *self)
{
  sidetone_history_keep (run);
  update_actions (self);
}

/* In a walkthrough, the password was accepted before: that this check could not tell is all. */
static void
on_check_refused (SidetoneCheck  *check,
                  SidetoneRun    *run,
                  SidetoneWindow *self)
{
  if (shows (self, "walkthrough"))
    update_actions (self);
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
  say (self, _("Couldn't save the password"));
}

static void
on_check_notify_waiting (SidetoneCheck  *check,
                         GParamSpec     *pspec,
                         SidetoneWindow *self)
{
  /* In this order: a button whose action is disabled takes no focus. */
  update_actions (self);
  sidetone_result_page_set_waiting (self->result_page, sidetone_check_is_waiting (check));
}

static void
on_check_notify_measurement (SidetoneCheck  *check,
                             GParamSpec     *pspec,
                             SidetoneWindow *self)
{
  sidetone_result_page_set_measurement (self->result_page, sidetone_check_get_measurement (check));
  update_actions (self);
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
  update_actions (self);
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
  sidetone_check_forget (jid);
}

static void
on_reports_told (SidetoneReports *reports,
                 const char      *words,
                 SidetoneWindow  *self)
{
  say (self, words);
}

static void
on_reports_loaded (SidetoneReports *reports,
                   SidetoneRun     *run,
                   SidetoneWindow  *self)
{
  show_run (self, run);
}

/* Nothing that is shown here is lost. */
static void
on_reports_pasted (SidetoneReports *reports,
                   SidetoneRun     *run,
                   SidetoneWindow  *self)
{
  SidetoneWindow *window = self;

  if (!sidetone_window_is_free (self))
    window = sidetone_window_new (gtk_window_get_application (GTK_WINDOW (self)));
  sidetone_check_clear (window->check);
  show_run (window, run);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_reports_unreadable (SidetoneReports *reports,
                       const char      *words,
                       SidetoneWindow  *self)
{
  /* Files may be called anything. */
  g_autofree char *markup = g_markup_escape_text (words, -1);

  show_page (self, "unreadable");
  adw_status_page_set_description (ADW_STATUS_PAGE (gtk_stack_get_visible_child (self->stack)),
                                   markup);
}

static void
on_address_copied (SidetoneWindow *self,
                   gboolean        done)
{
  say (self, done ? _("Address and port copied") : _("Address and port could not be copied"));
}

static void
copy_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  if (shows (self, "walkthrough"))
    sidetone_reports_copy_walkthrough (self->reports, self->walkthrough_page, GTK_WINDOW (self));
  else
    sidetone_reports_copy (self->reports, self->run, GTK_WINDOW (self));
}

/* The check that reports and letters are about */
static SidetoneRun *
get_reported (SidetoneWindow *self)
{
  return shows (self, "walkthrough")
         ? sidetone_walkthrough_page_get_followed (self->walkthrough_page) : self->run;
}

static void
save_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  sidetone_reports_save (self->reports, get_reported (self), GTK_WINDOW (self));
}

static void
open_letter (SidetoneWindow *self,
             SidetoneReader  reader)
{
  g_autoptr (SidetoneLetter) letter = sidetone_reports_write_letter (self->reports,
                                                                     get_reported (self), reader);

  sidetone_outside_open_letter (GTK_WINDOW (self), letter, ask);
}

static void
send_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  open_letter (SIDETONE_WINDOW (widget), SIDETONE_READER_UNKNOWN);
}

static void
write_to_administrator (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  open_letter (SIDETONE_WINDOW (widget), SIDETONE_READER_ADMINISTRATOR);
}

static void
open_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  sidetone_reports_choose (self->reports, GTK_WINDOW (self));
}

static void
paste_report (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  sidetone_reports_paste (self->reports, GTK_WINDOW (self));
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
                                        ask);
      break;

    case SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR:
      open_letter (self, SIDETONE_READER_ADMINISTRATOR);
      break;

    case SIDETONE_NEXT_STEP_REPORT_BUG:
      copy_report (GTK_WIDGET (self), NULL, NULL);
      sidetone_outside_open_page (GTK_WINDOW (self), SIDETONE_BUG_TRACKER, ask);
      break;

    case SIDETONE_NEXT_STEP_CORRECT_ACCOUNT:
    case SIDETONE_NEXT_STEP_CORRECT_PASSWORD:
    case SIDETONE_NEXT_STEP_CORRECT_SERVER:
    case SIDETONE_NEXT_STEP_CHOOSE_CA_FILE:
      return_to_field (self, step);
      break;
    }
}

/* Beside the result, so that both can be read */
static void
open_help (SidetoneWindow *self,
           const char     *topic)
{
  if (self->help == NULL)
    g_set_weak_pointer (&self->help, sidetone_help_window_new (GTK_WINDOW (self)));

  sidetone_help_window_show_topic (self->help, topic);
  gtk_window_present (GTK_WINDOW (self->help));
}

static void
show_help (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  open_help (SIDETONE_WINDOW (widget), NULL);
}

static void
explain (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  open_help (SIDETONE_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
open_web_page (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  sidetone_outside_open_page (GTK_WINDOW (widget), SIDETONE_HOMEPAGE, ask);
}

/* The application finds a window for it, so that nothing shown here is lost. */
static void
on_history_opened (SidetoneHistoryPage *page,
                   GFile               *file,
                   SidetoneWindow      *self)
{
  g_application_open (g_application_get_default (), &file, 1, "");
}

static void
on_history_compared (SidetoneHistoryPage *page,
                     GFile               *file,
                     SidetoneWindow      *self)
{
  sidetone_comparison_window_open (GTK_WINDOW (self), self->run, file);
}

static void
compare_report (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  sidetone_comparison_window_choose (GTK_WINDOW (widget), SIDETONE_WINDOW (widget)->run);
}

static void
show_history (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, "history");

  if (page == NULL)
    {
      page = sidetone_history_page_new ();
      g_signal_connect_object (page, "opened", G_CALLBACK (on_history_opened), self, 0);
      g_signal_connect_object (page, "compared", G_CALLBACK (on_history_compared), self, 0);
      gtk_stack_add_named (self->stack, page, "history");
    }

  sidetone_history_page_update (SIDETONE_HISTORY_PAGE (page), self->run != NULL);
  show_page (self, "history");
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
                               G_CALLBACK (sidetone_check_repeat), self->check,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->walkthrough_page, "changed", G_CALLBACK (update_actions), self,
                               G_CONNECT_SWAPPED);
    }
  show_page (self, "walkthrough");
  sidetone_walkthrough_page_begin (self->walkthrough_page, self->run);
}

/* The check was made for nothing: the one before counts. */
static void
stop_check (SidetoneWindow *self)
{
  end (self);
  g_set_object (&self->run, sidetone_walkthrough_page_get_latest (self->walkthrough_page));
  sidetone_walkthrough_page_stop_check (self->walkthrough_page);
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  if (shows (self, "history") && self->run != NULL)
    show_page (self, "result");
  else if (!shows (self, "walkthrough"))
    return_to_form (self, SIDETONE_NEXT_STEP_UNKNOWN, NULL, NULL);
  else if (is_running (self))
    stop_check (self);
  else if (!sidetone_walkthrough_page_go_back (self->walkthrough_page))
    show_result (widget, NULL, NULL);
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
  else if (shows (self, "walkthrough"))
    stop_check (self);
  else
    return_to_form (self, SIDETONE_NEXT_STEP_UNKNOWN, NULL, NULL);
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
stop_measuring (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  sidetone_check_stop_measuring (SIDETONE_WINDOW (widget)->check);
}

static void
sidetone_window_dispose (GObject *object)
{
  SidetoneWindow *self = SIDETONE_WINDOW (object);

  if (self->check != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->check, self);
      end (self);
    }
  g_clear_object (&self->notifier);
  g_clear_object (&self->check);
  g_clear_object (&self->reports);
  g_clear_object (&self->run);
  g_clear_weak_pointer (&self->help);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_WINDOW);

  G_OBJECT_CLASS (sidetone_window_parent_class)->dispose (object);
}

static void
sidetone_window_class_init (SidetoneWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_window_dispose;

  gtk_widget_class_install_action (widget_class, "win.help", NULL, show_help);
  gtk_widget_class_install_action (widget_class, "win.explain", "s", explain);
  gtk_widget_class_install_action (widget_class, "win.open-web-page", NULL, open_web_page);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.cancel", NULL, cancel);
  gtk_widget_class_install_action (widget_class, "win.show-history", NULL, show_history);
  gtk_widget_class_install_action (widget_class, "win.show-result", NULL, show_result);
  gtk_widget_class_install_action (widget_class, "win.check-again", NULL, check_again);
  gtk_widget_class_install_action (widget_class, "win.walkthrough", NULL, start_walkthrough);
  gtk_widget_class_install_action (widget_class, "win.measure-lifetime", NULL, measure_lifetime);
  gtk_widget_class_install_action (widget_class, "win.stop-measuring", NULL, stop_measuring);
  gtk_widget_class_install_action (widget_class, "win.copy-report", NULL, copy_report);
  gtk_widget_class_install_action (widget_class, "win.save-report", NULL, save_report);
  gtk_widget_class_install_action (widget_class, "win.send-report", NULL, send_report);
  gtk_widget_class_install_action (widget_class, "win.write-to-administrator", NULL,
                                   write_to_administrator);
  gtk_widget_class_install_action (widget_class, "win.compare-report", NULL, compare_report);
  gtk_widget_class_install_action (widget_class, "win.open-report", NULL, open_report);
  gtk_widget_class_install_action (widget_class, "win.paste-report", NULL, paste_report);
  /* Not the application's, which would take it from the fields */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK,
                                       "win.paste-report", NULL);

  g_type_ensure (SIDETONE_TYPE_HEADER_TITLE);
  g_type_ensure (SIDETONE_TYPE_NETWORK_BANNER);
  g_type_ensure (SIDETONE_TYPE_NOTICE);
  g_type_ensure (SIDETONE_TYPE_SIGN_IN_PAGE);
  g_type_ensure (SIDETONE_TYPE_RESULT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/window.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, network_banner);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, result_page);
  gtk_widget_class_bind_template_callback (widget_class, update_title);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_check);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_forget);
  gtk_widget_class_bind_template_callback (widget_class, on_result_next_step);
  gtk_widget_class_bind_template_callback (widget_class, on_address_copied);
}

static void
connect_check (SidetoneWindow *self)
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

static void
connect_reports (SidetoneWindow *self)
{
  g_signal_connect_object (self->reports, "told", G_CALLBACK (on_reports_told), self, 0);
  g_signal_connect_object (self->reports, "loaded", G_CALLBACK (on_reports_loaded), self, 0);
  g_signal_connect_object (self->reports, "pasted", G_CALLBACK (on_reports_pasted), self, 0);
  g_signal_connect_object (self->reports, "unreadable", G_CALLBACK (on_reports_unreadable), self,
                           0);
}

static void
sidetone_window_init (SidetoneWindow *self)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);
  g_autoptr (GPropertyAction) leave_out_private = NULL;

  self->check = sidetone_check_new ();
  self->reports = sidetone_reports_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  connect_check (self);
  self->notifier = sidetone_notifier_new (GTK_APPLICATION_WINDOW (self), self->check);
  connect_reports (self);
  sidetone_report_drop_add (self);
  leave_out_private = g_property_action_new ("leave-out-private", self->reports,
                                             "leave-out-private");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (leave_out_private));
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  update_actions (self);
}

/**
 * sidetone_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a window with an empty form; GTK owns it
 */
SidetoneWindow *
sidetone_window_new (GtkApplication *application)
{
  return g_object_new (SIDETONE_TYPE_WINDOW, "application", application, NULL);
}

/**
 * sidetone_window_is_free:
 * @self: a window
 *
 * Returns: whether it shows a form without any input, the earlier checks or a file that is no report,
 *   so that it may show something else
 */
gboolean
sidetone_window_is_free (SidetoneWindow *self)
{
  return (shows (self, "sign-in") || shows (self, "unreadable") ||
          (shows (self, "history") && self->run == NULL)) &&
         sidetone_sign_in_page_is_pristine (self->sign_in_page);
}

/**
 * sidetone_window_is_reading:
 * @self: a window
 *
 * Returns: whether it is reading a report, so that it may read another one after it
 */
gboolean
sidetone_window_is_reading (SidetoneWindow *self)
{
  return shows (self, "loading");
}

/**
 * sidetone_window_fill:
 * @self: a window that is free
 * @jid: (nullable): the account
 * @server: (nullable): HOST or HOST:PORT
 * @security: how to secure the connection, %SIDETONE_SECURITY_UNKNOWN for the default
 * @ca_file: (nullable): a file with certificates to trust
 *
 * Fills the form with the command line's values.
 */
void
sidetone_window_fill (SidetoneWindow  *self,
                      const char      *jid,
                      const char      *server,
                      SidetoneSecurity security,
                      const char      *ca_file)
{
  sidetone_sign_in_page_fill (self->sign_in_page, jid, server, security, ca_file);
  show_page (self, "sign-in");
}

/**
 * sidetone_window_open_report:
 * @self: a window that is free, or is reading a report
 * @file: a saved report
 *
 * Shows a report, or says why it can't be read. Of several files, those that are no reports share a
 * window, and each of the others gets its own.
 */
void
sidetone_window_open_report (SidetoneWindow *self,
                             GFile          *file)
{
  if (!sidetone_window_is_reading (self))
    {
      end (self);
      sidetone_check_clear (self->check);
      show_page (self, "loading");
    }
  sidetone_reports_load (self->reports, file);
}
