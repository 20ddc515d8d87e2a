/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "window.h"

#include "base/secret.h"
#include "judge/failure.h"
#include "keep/report-file.h"
#include "keep/secrets.h"
#include "result/result-page.h"
#include "run.h"
#include "sign-in/sign-in-page.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneWindow:
 *
 * Two pages: the form to sign in, and one check with what came of it. Starts checks, keeps and
 * opens reports.
 */
struct _SidetoneWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkWidget *back_button;
  GtkWidget *cancel_button;
  GtkWidget *again_button;
  SidetoneSignInPage *sign_in_page;
  SidetoneResultPage *result_page;
  AdwStatusPage *unreadable_page;

  SidetoneAccount *account;    /* of the check that is shown; NULL for a report from a file */
  char *password;              /* to check again; wiped when the form has it back */
  gboolean remember;           /* what the form said about it when the check began */
  gboolean forget;
  SidetoneRun *run;
  GCancellable *cancellable;   /* of the check, or of the file that is being read */
  gulong network_handler;      /* while waiting for a network */
  guint network_timer;
  gboolean leave_out_private;
  GtkFileChooserNative *chooser;
  const char *saved_words;     /* about the report that is being saved */
};

/* How long a network that has just come is given to become usable */
#define NETWORK_SETTLES_MS 1000

enum { PROP_0, PROP_LEAVE_OUT_PRIVATE, N_PROPS };

static GParamSpec *properties[N_PROPS];

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

static void
update_title (SidetoneWindow *self)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (shows (self, "result") && self->run != NULL)
    title = sidetone_run_dup_title (self->run);
  if (title != NULL && self->account == NULL)
    {
      g_autoptr (SidetoneReport) report = sidetone_run_dup_report (self->run);
      g_autoptr (GDateTime) local = NULL;
      g_autofree char *date = NULL;

      local = g_date_time_to_local (sidetone_report_get_created (report));
      date = g_date_time_format (local, "%x, %R");
      /* Translators: %s is a date and time */
      subtitle = g_strdup_printf (_("Report from %s"), date);
    }

  adw_window_title_set_title (self->title, title != NULL ? title : _("Sidetone"));
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

/* What can be done now, from what is shown */
static void
update_actions (SidetoneWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_result = shows (self, "result");
  gboolean running = is_result && is_running (self);
  gboolean waiting = self->network_handler != 0;
  gboolean has_report = is_result && self->run != NULL && !running;
  gboolean can_check = has_report && self->account != NULL && self->password != NULL;

  gtk_widget_action_set_enabled (widget, "win.back", !shows (self, "sign-in"));
  gtk_widget_action_set_enabled (widget, "win.show-result", self->run != NULL);
  gtk_widget_action_set_enabled (widget, "win.cancel", running || waiting);
  gtk_widget_action_set_enabled (widget, "win.check-again", can_check);
  gtk_widget_action_set_enabled (widget, "win.measure-lifetime", can_check);
  gtk_widget_action_set_enabled (widget, "win.copy-report", has_report);
  gtk_widget_action_set_enabled (widget, "win.save-report", has_report);
  gtk_widget_set_visible (self->back_button, !shows (self, "sign-in") && !running);
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->again_button, can_check);
  update_title (self);
}

static void
show_page (SidetoneWindow *self,
           const char     *page)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  update_actions (self);
}

static void
toast (SidetoneWindow *self,
       const char     *words)
{
  /* What is being written may come to its end after the window did */
  if (self->toasts != NULL)
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
}

static void
stop_waiting (SidetoneWindow *self)
{
  if (self->network_handler == 0)
    return;

  g_clear_signal_handler (&self->network_handler, g_network_monitor_get_default ());
  g_clear_handle_id (&self->network_timer, g_source_remove);
  sidetone_result_page_set_waiting (self->result_page, FALSE);
}

/* Ends the check under way, if there is one: its connection program is gone at once */
static void
end_check (SidetoneWindow *self)
{
  stop_waiting (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
}

/* What is being written is finished even if the window is closed meanwhile */
static void
hold_application (void)
{
  if (g_application_get_default () != NULL)
    g_application_hold (g_application_get_default ());
}

static void
release_application (void)
{
  if (g_application_get_default () != NULL)
    g_application_release (g_application_get_default ());
}

static void
keep_password_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (SidetoneWindow) self = user_data;

  release_application ();
  if (!sidetone_secrets_store_finish (result, NULL))
    toast (self, _("The password could not be kept"));
}

static void
forget_password_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  release_application ();
  sidetone_secrets_clear_finish (result, NULL);
}

/* Only a password that was accepted is worth keeping */
static void
keep_or_forget_password (SidetoneWindow *self)
{
  const char *jid = sidetone_account_get_jid (self->account);

  if (self->remember)
    {
      hold_application ();
      sidetone_sign_in_page_note_stored (self->sign_in_page, jid);
      sidetone_secrets_store_async (jid, self->password, NULL, keep_password_cb,
                                    g_object_ref (self));
    }
  else if (self->forget)
    {
      hold_application ();
      sidetone_secrets_clear_async (jid, NULL, forget_password_cb, NULL);
    }
}

/* Everything typed is still there */
static void
return_to_form (SidetoneWindow  *self,
                SidetoneNextStep step,
                const char      *words)
{
  end_check (self);
  show_page (self, "sign-in");
  if (self->password != NULL)
    sidetone_sign_in_page_return_password (self->sign_in_page, self->password);
  g_clear_pointer (&self->password, sidetone_secret_free);
  sidetone_sign_in_page_show_problem (self->sign_in_page, step, words);
}

/* The steps and the report of a check whose page was left at once */
static void
offer_result (SidetoneWindow *self)
{
  AdwToast *offer = adw_toast_new (_("The check ended at the password"));

  adw_toast_set_button_label (offer, _("_Show Steps"));
  adw_toast_set_action_name (offer, "win.show-result");
  adw_toast_overlay_add_toast (self->toasts, offer);
}

static void
show_result (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  sidetone_result_page_set_run (self->result_page, self->run, FALSE);
  show_page (self, "result");
  sidetone_result_page_grab_headline (self->result_page);
}

static void
conclude (SidetoneWindow *self)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (self->run);
  const GError *error = diagnosis != NULL ? sidetone_diagnosis_get_error (diagnosis) : NULL;

  if (diagnosis != NULL && error == NULL)
    keep_or_forget_password (self);

  if (diagnosis != NULL &&
      sidetone_diagnosis_get_next_step (diagnosis) == SIDETONE_NEXT_STEP_CORRECT_PASSWORD)
    {
      return_to_form (self, SIDETONE_NEXT_STEP_CORRECT_PASSWORD,
                      sidetone_diagnosis_get_event (diagnosis));
      offer_result (self);
    }
  else
    update_actions (self);
}

static void
on_run_notify_stage (SidetoneRun    *run,
                     GParamSpec     *pspec,
                     SidetoneWindow *self)
{
  if (sidetone_run_get_stage (run) == SIDETONE_RUN_STAGE_FINISHED)
    conclude (self);
}

/* A check that never began, or that was cancelled: everything else is a finding */
static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (SidetoneWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!sidetone_run_start_finish (SIDETONE_RUN (source), result, &error) &&
      error->domain == SIDETONE_ERROR && self->run == SIDETONE_RUN (source))
    {
      g_autofree char *words = sidetone_describe_error (error->code, NULL, NULL);

      return_to_form (self, SIDETONE_NEXT_STEP_CORRECT_PASSWORD, words);
    }
}

static void
show_run (SidetoneWindow *self,
          SidetoneRun    *run)
{
  g_set_object (&self->run, run);
  sidetone_result_page_set_run (self->result_page, run, self->account != NULL);
  show_page (self, "result");
  sidetone_result_page_grab_headline (self->result_page);
}

/* @account: that of the form, or a copy of it that accepts one certificate; @lifetime: whether to
 * measure for how long UDP stays open, too */
static void
start_check (SidetoneWindow  *self,
             SidetoneAccount *account,
             gboolean         lifetime)
{
  g_autoptr (SidetoneRun) run = sidetone_run_new ();

  end_check (self);
  self->cancellable = g_cancellable_new ();
  sidetone_run_set_lifetime (run, lifetime);
  sidetone_run_start_async (run, account, self->password, 0, self->cancellable, run_cb,
                            g_object_ref (self));
  show_run (self, run);
  g_signal_connect_object (run, "notify::stage", G_CALLBACK (on_run_notify_stage), self, 0);
}

static void
on_sign_in_check (SidetoneSignInPage *page,
                  SidetoneAccount    *account,
                  SidetoneWindow     *self)
{
  sidetone_account_ref (account);
  g_clear_pointer (&self->account, sidetone_account_unref);
  g_clear_pointer (&self->password, sidetone_secret_free);
  self->account = account;
  self->remember = sidetone_sign_in_page_get_remember (page);
  self->forget = sidetone_sign_in_page_get_forget (page);
  self->password = sidetone_sign_in_page_take_password (page);
  start_check (self, account, FALSE);
}

/* Goes on with the certificate that was just shown, for one check and no other */
static void
accept_certificate (SidetoneWindow *self)
{
  GListModel *observations = sidetone_run_get_observations (self->run);
  g_autoptr (SidetoneObservation) certificate = sidetone_failure_find_certificate (observations);
  g_autoptr (SidetoneAccount) pinned = NULL;

  if (certificate != NULL)
    pinned = sidetone_account_new_pinned (self->account,
                                          sidetone_observation_get_string (certificate, "sha256"),
                                          NULL);
  start_check (self, pinned != NULL ? pinned : self->account, FALSE);
}

static gboolean
network_timer_cb (gpointer user_data)
{
  SidetoneWindow *self = user_data;

  self->network_timer = 0;
  start_check (self, self->account, FALSE);

  return G_SOURCE_REMOVE;
}

/* The route is there before the name server is, and before all addresses are */
static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         available,
                    SidetoneWindow  *self)
{
  g_clear_handle_id (&self->network_timer, g_source_remove);
  if (available)
    self->network_timer = g_timeout_add (NETWORK_SETTLES_MS, network_timer_cb, self);
}

static void
wait_for_network (SidetoneWindow *self)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  if (g_network_monitor_get_network_available (monitor))
    {
      start_check (self, self->account, FALSE);
      return;
    }

  self->network_handler = g_signal_connect_object (monitor, "network-changed",
                                                   G_CALLBACK (on_network_changed), self, 0);
  sidetone_result_page_set_waiting (self->result_page, TRUE);
  update_actions (self);
}

/* The report that leaves this computer: without private details unless told otherwise */
static SidetoneReport *
dup_report (SidetoneWindow *self)
{
  g_autoptr (SidetoneReport) report = sidetone_run_dup_report (self->run);

  return self->leave_out_private ? sidetone_report_new_redacted (report)
         : g_steal_pointer (&report);
}

static void
copy_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);
  g_autoptr (SidetoneReport) report = dup_report (self);
  g_autofree char *text = sidetone_report_to_text (report);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  toast (self, self->leave_out_private ? _("Report copied, without private details")
         : _("Report copied, with private details"));
}

static void
on_address_copied (SidetoneWindow *self)
{
  toast (self, _("Address and port copied"));
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
      start_check (self, self->account, FALSE);
      break;

    case SIDETONE_NEXT_STEP_WAIT_ONLINE:
      wait_for_network (self);
      break;

    case SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE:
      accept_certificate (self);
      break;

    case SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR:
      copy_report (GTK_WIDGET (self), NULL, NULL);
      break;

    case SIDETONE_NEXT_STEP_CORRECT_ACCOUNT:
    case SIDETONE_NEXT_STEP_CORRECT_PASSWORD:
    case SIDETONE_NEXT_STEP_CORRECT_SERVER:
    case SIDETONE_NEXT_STEP_CHOOSE_CA_FILE:
      return_to_form (self, step, sidetone_diagnosis_get_event (diagnosis));
      break;
    }
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  return_to_form (SIDETONE_WINDOW (widget), SIDETONE_NEXT_STEP_UNKNOWN, NULL);
}

static void
cancel (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  if (self->network_handler != 0)
    {
      stop_waiting (self);
      update_actions (self);
    }
  else if (self->run == NULL || !sidetone_run_end_measurement (self->run))
    return_to_form (self, SIDETONE_NEXT_STEP_UNKNOWN, NULL);
}

static void
check_again (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  start_check (self, self->account, FALSE);
}

static void
measure_lifetime (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  start_check (self, self->account, TRUE);
}

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  release_application ();
  if (sidetone_report_file_save_finish (G_FILE (source), result, &error))
    toast (self, self->saved_words);
  else
    {
      g_autofree char *words = NULL;

      /* Translators: %s is why, in the words of the system */
      words = g_strdup_printf (_("The report could not be saved: %s"), error->message);
      toast (self, words);
    }
}

static GtkFileFilter *
create_report_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Reports of Sidetone"));
  gtk_file_filter_add_suffix (filter, "json");

  return filter;
}

static void
choose_file (SidetoneWindow      *self,
             const char          *title,
             GtkFileChooserAction action,
             const char          *accept_label,
             GCallback            on_response)
{
  g_autoptr (GtkFileFilter) filter = create_report_filter ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, accept_label,
                                               NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", on_response, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_save_response (GtkNativeDialog *dialog,
                  int              response,
                  SidetoneWindow  *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->run != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autoptr (SidetoneReport) report = dup_report (self);

      self->saved_words = self->leave_out_private ? _("Report saved, without private details")
                          : _("Report saved, with private details");
      hold_application ();
      sidetone_report_file_save_async (report, file, NULL, save_cb, g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
save_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);
  g_autoptr (SidetoneReport) report = sidetone_run_dup_report (self->run);
  g_autoptr (GDateTime) local = g_date_time_to_local (sidetone_report_get_created (report));
  g_autofree char *name = g_date_time_format (local, "sidetone-%Y-%m-%d-%H%M.sidetone.json");

  choose_file (self, _("Save Report"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"),
               G_CALLBACK (on_save_response));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
}

/* The application finds a window for it: nothing that is shown here is lost */
static void
on_open_response (GtkNativeDialog *dialog,
                  int              response,
                  SidetoneWindow  *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_application_open (G_APPLICATION (application), &file, 1, "");
    }
  g_clear_object (&self->chooser);
}

static void
open_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  choose_file (SIDETONE_WINDOW (widget), _("Open Report"), GTK_FILE_CHOOSER_ACTION_OPEN,
               _("_Open"), G_CALLBACK (on_open_response));
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneRun) run = NULL;

  report = sidetone_report_file_load_finish (G_FILE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (report == NULL)
    {
      g_autofree char *name = g_file_get_parse_name (G_FILE (source));
      g_autofree char *words = NULL;

      words = sidetone_describe_error (error->domain == SIDETONE_ERROR ? error->code
                                       : SIDETONE_ERROR_FILE_UNREADABLE, name, NULL);
      adw_status_page_set_description (self->unreadable_page, words);
      show_page (self, "unreadable");
      return;
    }

  g_clear_object (&self->cancellable);
  run = sidetone_run_new_for_report (report);
  show_run (self, run);
}

static void
sidetone_window_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  SidetoneWindow *self = SIDETONE_WINDOW (object);

  switch (property_id)
    {
    case PROP_LEAVE_OUT_PRIVATE:
      g_value_set_boolean (value, self->leave_out_private);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_window_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  SidetoneWindow *self = SIDETONE_WINDOW (object);

  switch (property_id)
    {
    case PROP_LEAVE_OUT_PRIVATE:
      if (self->leave_out_private != g_value_get_boolean (value))
        {
          self->leave_out_private = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_window_dispose (GObject *object)
{
  SidetoneWindow *self = SIDETONE_WINDOW (object);

  if (self->result_page != NULL)
    end_check (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->run);
  g_clear_pointer (&self->account, sidetone_account_unref);
  g_clear_pointer (&self->password, sidetone_secret_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_WINDOW);

  G_OBJECT_CLASS (sidetone_window_parent_class)->dispose (object);
}

static void
sidetone_window_class_init (SidetoneWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_window_dispose;
  object_class->get_property = sidetone_window_get_property;
  object_class->set_property = sidetone_window_set_property;

  /**
   * SidetoneWindow:leave-out-private:
   *
   * Whether reports that are copied and saved are redacted.
   */
  properties[PROP_LEAVE_OUT_PRIVATE] = g_param_spec_boolean ("leave-out-private", NULL, NULL, TRUE,
                                                             G_PARAM_READWRITE |
                                                             G_PARAM_EXPLICIT_NOTIFY |
                                                             G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.cancel", NULL, cancel);
  gtk_widget_class_install_action (widget_class, "win.show-result", NULL, show_result);
  gtk_widget_class_install_action (widget_class, "win.check-again", NULL, check_again);
  gtk_widget_class_install_action (widget_class, "win.measure-lifetime", NULL, measure_lifetime);
  gtk_widget_class_install_action (widget_class, "win.copy-report", NULL, copy_report);
  gtk_widget_class_install_action (widget_class, "win.save-report", NULL, save_report);
  gtk_widget_class_install_action (widget_class, "win.open-report", NULL, open_report);
  gtk_widget_class_install_property_action (widget_class, "win.leave-out-private",
                                            "leave-out-private");

  g_type_ensure (SIDETONE_TYPE_SIGN_IN_PAGE);
  g_type_ensure (SIDETONE_TYPE_RESULT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/window.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, again_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, result_page);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWindow, unreadable_page);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_check);
  gtk_widget_class_bind_template_callback (widget_class, on_result_next_step);
  gtk_widget_class_bind_template_callback (widget_class, on_address_copied);
}

static void
sidetone_window_init (SidetoneWindow *self)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);

  self->leave_out_private = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
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
 * Returns: whether it shows a form in which nobody has typed anything, so that something else can
 *   be shown in it
 */
gboolean
sidetone_window_is_free (SidetoneWindow *self)
{
  return shows (self, "sign-in") && sidetone_sign_in_page_is_pristine (self->sign_in_page);
}

/**
 * sidetone_window_fill:
 * @self: a window that is free
 * @jid: (nullable): whom to sign in as
 * @server: (nullable): HOST or HOST:PORT
 * @security: how to secure the connection, %SIDETONE_SECURITY_UNKNOWN if not told
 * @ca_file: (nullable): a file with certificates to trust
 *
 * Fills the form with what stood on the command line.
 */
void
sidetone_window_fill (SidetoneWindow  *self,
                      const char      *jid,
                      const char      *server,
                      SidetoneSecurity security,
                      const char      *ca_file)
{
  sidetone_sign_in_page_fill (self->sign_in_page, jid, server, security, ca_file);
}

/**
 * sidetone_window_open_report:
 * @self: a window that is free
 * @file: a report that was saved
 *
 * Shows a report, or says why it can't be read.
 */
void
sidetone_window_open_report (SidetoneWindow *self,
                             GFile          *file)
{
  end_check (self);
  g_clear_pointer (&self->account, sidetone_account_unref);
  self->cancellable = g_cancellable_new ();
  show_page (self, "loading");
  sidetone_report_file_load_async (file, self->cancellable, load_cb, g_object_ref (self));
}
