/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "window-private.h"

#include "comparison-window.h"
#include "outside.h"
#include "report-drop.h"

/* A window's reports: its actions to copy, save, send, open, paste and compare them, and what it shows of
 * them. #SidetoneReports does the work. */

static void
on_reports_told (SidetoneReports *reports,
                 const char      *words,
                 SidetoneWindow  *self)
{
  sidetone_window_say (self, words);
}

static void
on_reports_loaded (SidetoneReports *reports,
                   SidetoneRun     *run,
                   SidetoneWindow  *self)
{
  sidetone_window_show_run (self, run);
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
  sidetone_window_show_run (window, run);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_reports_unreadable (SidetoneReports *reports,
                       const char      *words,
                       SidetoneWindow  *self)
{
  /* Files may be called anything. */
  g_autofree char *markup = g_markup_escape_text (words, -1);

  sidetone_window_show_page (self, "unreadable");
  adw_status_page_set_description (ADW_STATUS_PAGE (gtk_stack_get_visible_child (self->stack)),
                                   markup);
}

/**
 * sidetone_window_copy_report:
 * @self: a window
 *
 * Copies the shown result, or that of the walkthrough, and says so.
 */
void
sidetone_window_copy_report (SidetoneWindow *self)
{
  if (sidetone_window_shows (self, "walkthrough"))
    sidetone_reports_copy_walkthrough (self->reports, self->walkthrough_page, GTK_WINDOW (self));
  else
    sidetone_reports_copy (self->reports, self->run, GTK_WINDOW (self));
}

static void
copy_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  sidetone_window_copy_report (SIDETONE_WINDOW (widget));
}

/* The check that reports and letters are about */
static SidetoneRun *
get_reported (SidetoneWindow *self)
{
  return sidetone_window_shows (self, "walkthrough")
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

/**
 * sidetone_window_open_letter:
 * @self: a window
 * @reader: to whom to write
 *
 * Opens a letter about the shown result in the user's program for it.
 */
void
sidetone_window_open_letter (SidetoneWindow *self,
                             SidetoneReader  reader)
{
  const SidetoneWalkthrough *walkthrough =
    sidetone_window_shows (self, "walkthrough")
    ? sidetone_walkthrough_page_get_walkthrough (self->walkthrough_page) : NULL;
  g_autoptr (SidetoneLetter) letter =
    sidetone_reports_write_letter (self->reports, get_reported (self), reader, walkthrough);

  sidetone_outside_open_letter (GTK_WINDOW (self), letter, sidetone_window_ask);
}

static void
send_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  sidetone_window_open_letter (SIDETONE_WINDOW (widget), SIDETONE_READER_UNKNOWN);
}

static void
write_to_administrator (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  sidetone_window_open_letter (SIDETONE_WINDOW (widget), SIDETONE_READER_ADMINISTRATOR);
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
compare_report (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  sidetone_comparison_window_choose (GTK_WINDOW (widget), SIDETONE_WINDOW (widget)->run);
}

/**
 * sidetone_window_install_report_actions:
 * @widget_class: the window's class
 *
 * Adds what a user can do with reports.
 */
void
sidetone_window_install_report_actions (GtkWidgetClass *widget_class)
{
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
}

/**
 * sidetone_window_connect_reports:
 * @self: a window with its pages
 *
 * Shows from now on what becomes of its reports, and takes files that are dropped.
 */
void
sidetone_window_connect_reports (SidetoneWindow *self)
{
  g_autoptr (GPropertyAction) leave_out_private = NULL;

  g_signal_connect_object (self->reports, "told", G_CALLBACK (on_reports_told), self, 0);
  g_signal_connect_object (self->reports, "loaded", G_CALLBACK (on_reports_loaded), self, 0);
  g_signal_connect_object (self->reports, "pasted", G_CALLBACK (on_reports_pasted), self, 0);
  g_signal_connect_object (self->reports, "unreadable", G_CALLBACK (on_reports_unreadable), self,
                           0);
  sidetone_report_drop_add (self);
  leave_out_private = g_property_action_new ("leave-out-private", self->reports,
                                             "leave-out-private");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (leave_out_private));
}
