/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "comparison-window.h"

#include "help/help-page.h"
#include "keep/report-file.h"
#include "report-chooser.h"
#include "report/comparison.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneComparisonWindow:
 *
 * What changed between the check that a window shows and another report (diff), in a window of its own
 * beside the result. The older one is the first.
 */
struct _SidetoneComparisonWindow
{
  AdwWindow parent_instance;

  AdwBin *bin;

  SidetoneReport *report;      /* what the parent shows */
  GCancellable *cancellable;   /* of the other one */
};

G_DEFINE_FINAL_TYPE (SidetoneComparisonWindow, sidetone_comparison_window, ADW_TYPE_WINDOW)

static void
sidetone_comparison_window_dispose (GObject *object)
{
  SidetoneComparisonWindow *self = SIDETONE_COMPARISON_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->report, sidetone_report_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_COMPARISON_WINDOW);

  G_OBJECT_CLASS (sidetone_comparison_window_parent_class)->dispose (object);
}

static void
sidetone_comparison_window_class_init (SidetoneComparisonWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_comparison_window_dispose;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/comparison-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneComparisonWindow, bin);
}

static void
sidetone_comparison_window_init (SidetoneComparisonWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* With the focus on the page, a screen reader says all of it. */
static void
show (SidetoneComparisonWindow *self,
      const char               *title,
      GPtrArray                *sections)
{
  GtkWidget *page = sidetone_help_page_new (title, sections);

  adw_bin_set_child (self->bin, page);
  gtk_widget_grab_focus (page);
}

static void
show_comparison (SidetoneComparisonWindow *self,
                 SidetoneReport           *other)
{
  gboolean is_older = g_date_time_compare (sidetone_report_get_created (other),
                                           sidetone_report_get_created (self->report)) <= 0;
  g_autoptr (SidetoneComparison) comparison = NULL;
  g_autoptr (GPtrArray) sections = NULL;
  g_autofree char *title = NULL;

  comparison = sidetone_comparison_new (is_older ? other : self->report,
                                        is_older ? self->report : other);
  title = sidetone_comparison_describe (comparison);
  sections = sidetone_comparison_list_sections (comparison);
  show (self, title, sections);
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneComparisonWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReport) other = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autofree char *words = NULL;

  other = sidetone_report_file_load_finish (G_FILE (source), result, &error);
  /* Closed meanwhile */
  if (self->report == NULL)
    return;

  if (other != NULL)
    {
      show_comparison (self, other);
      return;
    }

  none = g_ptr_array_new ();
  words = sidetone_report_chooser_describe_error (G_FILE (source), error);
  show (self, words, none);
}

/**
 * sidetone_comparison_window_open:
 * @parent: the window that it belongs to, and closes with
 * @run: the finished check that @parent shows
 * @other: another report
 *
 * Opens a window that says what changed, or why @other can't be read.
 */
void
sidetone_comparison_window_open (GtkWindow   *parent,
                                 SidetoneRun *run,
                                 GFile       *other)
{
  SidetoneComparisonWindow *self = g_object_new (SIDETONE_TYPE_COMPARISON_WINDOW,
                                                 "application", gtk_window_get_application (parent),
                                                 "transient-for", parent,
                                                 NULL);

  self->report = sidetone_run_dup_report (run);
  sidetone_report_file_load_async (other, self->cancellable, load_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             SidetoneRun     *run)
{
  GtkWindow *parent = gtk_native_dialog_get_transient_for (dialog);

  if (response == GTK_RESPONSE_ACCEPT && parent != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      sidetone_comparison_window_open (parent, run, file);
    }
  g_object_unref (dialog);
}

/**
 * sidetone_comparison_window_choose:
 * @parent: a window
 * @run: the finished check that @parent shows
 *
 * Asks for the other report first.
 */
void
sidetone_comparison_window_choose (GtkWindow   *parent,
                                   SidetoneRun *run)
{
  GtkFileChooserNative *chooser = sidetone_report_chooser_new (parent, _("Compare With Report"),
                                                               GTK_FILE_CHOOSER_ACTION_OPEN,
                                                               _("_Compare"));

  g_signal_connect_object (chooser, "response", G_CALLBACK (on_response), run, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
