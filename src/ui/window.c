/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "window-private.h"

#include "base/secret.h"
#include "comparison-window.h"
#include "history-page.h"
#include "outside.h"

#include <glib/gi18n.h>

/* A window's pages, their titles and actions. Its checks are in window-check.c, its reports in
 * window-reports.c. */

G_DEFINE_FINAL_TYPE (SidetoneWindow, sidetone_window, ADW_TYPE_APPLICATION_WINDOW)

/**
 * sidetone_window_shows:
 * @self: a window
 * @page: the name of a page
 *
 * Returns: whether this page is shown
 */
gboolean
sidetone_window_shows (SidetoneWindow *self,
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

  sidetone_header_title_show_run (self->title, sidetone_window_shows (self, "result") ||
                                  sidetone_window_shows (self, "walkthrough") ? self->run : NULL);
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

/**
 * sidetone_window_update_actions:
 * @self: a window
 *
 * Enables the actions that fit what is shown.
 */
void
sidetone_window_update_actions (SidetoneWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_result = sidetone_window_shows (self, "result");
  gboolean is_walkthrough = sidetone_window_shows (self, "walkthrough");
  gboolean running = (is_result || is_walkthrough) && is_running (self);
  gboolean loading = sidetone_window_shows (self, "loading");
  gboolean waiting = sidetone_check_is_waiting (self->check);
  gboolean measuring = is_result && sidetone_check_get_measurement (self->check) != NULL;
  gboolean tests_video = measuring &&
                         sidetone_run_tests_video (sidetone_check_get_measurement (self->check));
  gboolean may_leave = !running && !loading;
  gboolean has_report = is_result && self->run != NULL && !running;
  gboolean has_text = has_report || (is_walkthrough &&
                                     sidetone_walkthrough_page_is_over (self->walkthrough_page));
  gboolean can_check = has_report && sidetone_check_can_repeat (self->check);

  gtk_widget_action_set_enabled (widget, "win.back", !sidetone_window_shows (self, "sign-in"));
  gtk_widget_action_set_enabled (widget, "win.show-result", self->run != NULL);
  gtk_widget_action_set_enabled (widget, "win.cancel",
                                 running || loading || waiting || measuring);
  gtk_widget_action_set_enabled (widget, "win.check-again", can_check);
  gtk_widget_action_set_enabled (widget, "win.measure-lifetime", can_check && !tests_video);
  gtk_widget_action_set_enabled (widget, "win.test-video", can_check && (!measuring || tests_video));
  gtk_widget_action_set_enabled (widget, "win.walkthrough", can_check);
  gtk_widget_action_set_enabled (widget, "win.show-history",
                                 may_leave && !sidetone_window_shows (self, "history"));
  gtk_widget_action_set_enabled (widget, "win.compare-report", has_report);
  gtk_widget_action_set_enabled (widget, "win.copy-report", has_text);
  gtk_widget_action_set_enabled (widget, "win.save-report", has_text);
  gtk_widget_action_set_enabled (widget, "win.send-report", has_report);
  gtk_widget_set_visible (self->back_button,
                          !sidetone_window_shows (self, "sign-in") && may_leave);
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

/**
 * sidetone_window_show_page:
 * @self: a window
 * @page: the name of a page
 *
 * Shows a page, with the actions that fit it.
 */
void
sidetone_window_show_page (SidetoneWindow *self,
                           const char     *page)
{
  if (gtk_stack_get_child_by_name (self->stack, page) == NULL)
    make_page (self, page);
  gtk_stack_set_visible_child_name (self->stack, page);
  sidetone_window_update_actions (self);
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

/**
 * sidetone_window_say:
 * @self: a window
 * @words: what was done
 *
 * Says so below the page, for a while.
 */
void
sidetone_window_say (SidetoneWindow *self,
                     const char     *words)
{
  tell (self, words, FALSE);
}

/**
 * sidetone_window_ask:
 * @window: a window
 * @words: what is left to the user
 *
 * Says so below the page, until the user closes it.
 */
void
sidetone_window_ask (GtkWindow  *window,
                     const char *words)
{
  tell (SIDETONE_WINDOW (window), words, TRUE);
}

/**
 * sidetone_window_end:
 * @self: a window
 *
 * Ends the running check, or the reading of a report.
 */
void
sidetone_window_end (SidetoneWindow *self)
{
  sidetone_check_end (self->check);
  sidetone_reports_cancel (self->reports);
}

/**
 * sidetone_window_return_to_form:
 * @self: a window
 * @step: what to do there
 * @words: (nullable): why
 * @codes: (nullable): the codes of what was found
 *
 * Shows the form, which still has all its input.
 */
void
sidetone_window_return_to_form (SidetoneWindow  *self,
                                SidetoneNextStep step,
                                const char      *words,
                                const char      *codes)
{
  char *password;

  sidetone_window_end (self);
  sidetone_result_page_leave (self->result_page);
  password = sidetone_check_take_password (self->check);
  sidetone_window_show_page (self, "sign-in");
  if (password != NULL)
    sidetone_sign_in_page_return_password (self->sign_in_page, password);
  sidetone_secret_free (password);
  sidetone_sign_in_page_show_problem (self->sign_in_page, step, words, codes);
}

static void
show_result (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  sidetone_result_page_set_run (self->result_page, self->run,
                                sidetone_check_can_repeat (self->check));
  sidetone_window_show_page (self, "result");
}

/**
 * sidetone_window_show_run:
 * @self: a window
 * @run: a check or a report
 *
 * Shows its result.
 */
void
sidetone_window_show_run (SidetoneWindow *self,
                          SidetoneRun    *run)
{
  g_set_object (&self->run, run);
  sidetone_result_page_set_run (self->result_page, run,
                                sidetone_check_has_account (self->check));
  sidetone_window_show_page (self, "result");
}

static void
on_address_copied (SidetoneWindow *self,
                   gboolean        done)
{
  sidetone_window_say (self, done ? _("Address and port copied") : _("Address and port could not be copied"));
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
  sidetone_outside_open_page (GTK_WINDOW (widget), SIDETONE_HOMEPAGE, sidetone_window_ask);
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
  sidetone_window_show_page (self, "history");
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  SidetoneWindow *self = SIDETONE_WINDOW (widget);

  if (sidetone_window_shows (self, "history") && self->run != NULL)
    sidetone_window_show_page (self, "result");
  else if (!sidetone_window_shows (self, "walkthrough"))
    sidetone_window_return_to_form (self, SIDETONE_NEXT_STEP_UNKNOWN, NULL, NULL);
  else if (is_running (self))
    sidetone_window_stop_check (self);
  else if (!sidetone_walkthrough_page_go_back (self->walkthrough_page))
    show_result (widget, NULL, NULL);
}

static void
sidetone_window_dispose (GObject *object)
{
  SidetoneWindow *self = SIDETONE_WINDOW (object);

  if (self->check != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->check, self);
      sidetone_window_end (self);
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
  gtk_widget_class_install_action (widget_class, "win.show-history", NULL, show_history);
  gtk_widget_class_install_action (widget_class, "win.show-result", NULL, show_result);
  sidetone_window_install_check_actions (widget_class);
  sidetone_window_install_report_actions (widget_class);

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
  gtk_widget_class_bind_template_callback (widget_class, on_address_copied);
  sidetone_window_bind_check_callbacks (widget_class);
}

static void
sidetone_window_init (SidetoneWindow *self)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);

  self->check = sidetone_check_new ();
  self->reports = sidetone_reports_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  sidetone_window_connect_check (self);
  self->notifier = sidetone_notifier_new (GTK_APPLICATION_WINDOW (self), self->check);
  sidetone_window_connect_reports (self);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  sidetone_window_update_actions (self);
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
  return (sidetone_window_shows (self, "sign-in") || sidetone_window_shows (self, "unreadable") ||
          (sidetone_window_shows (self, "history") && self->run == NULL)) &&
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
  return sidetone_window_shows (self, "loading");
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
  sidetone_window_show_page (self, "sign-in");
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
      sidetone_window_end (self);
      sidetone_check_clear (self->check);
      sidetone_window_show_page (self, "loading");
    }
  sidetone_reports_load (self->reports, file);
}
