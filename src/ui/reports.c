/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "reports.h"

#include "hold.h"
#include "keep/history.h"
#include "keep/report-block.h"
#include "keep/report-file.h"
#include "outside.h"
#include "report-chooser.h"
#include "words/describe.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SidetoneReports:
 *
 * A window's reports: copying, saving, choosing and reading them, and saying how that ended.
 */
struct _SidetoneReports
{
  GObject parent_instance;

  gboolean leave_out_private;
  GtkFileChooserNative *chooser;
  SidetoneRun *saved_run;      /* while the user chooses a file for it */
  GCancellable *cancellable;   /* of the file that is being read */
  GQueue files;                /* to be read after it */
  GString *unreadable;         /* what is wrong with those before it */
};

enum { PROP_0, PROP_LEAVE_OUT_PRIVATE, N_PROPS };
enum { TOLD, LOADED, PASTED, UNREADABLE, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneReports, sidetone_reports, G_TYPE_OBJECT)

/* A file that is being written */
typedef struct
{
  SidetoneReports *reports;
  const char *words;           /* shown when it is done */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->reports);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
tell (SidetoneReports *self,
      const char      *words)
{
  g_signal_emit (self, signals[TOLD], 0, words);
}

/* The report to leave this computer: without private details by default */
static SidetoneReport *
dup_report (SidetoneReports *self,
            SidetoneRun     *run)
{
  g_autoptr (SidetoneReport) report = sidetone_run_dup_report (run);

  return self->leave_out_private ? sidetone_report_new_redacted (report)
         : g_steal_pointer (&report);
}

/* What leaves this computer as text can be opened again. */
static char *
write_text (const SidetoneReport *report)
{
  g_autofree char *text = sidetone_report_to_text (report);
  g_autofree char *block = sidetone_report_block_new (report);

  return g_strconcat (text, block, NULL);
}

static void
show_chooser (SidetoneReports     *self,
              GtkWindow           *parent,
              const char          *title,
              GtkFileChooserAction action,
              const char          *accept_label,
              GCallback            on_response)
{
  g_clear_object (&self->chooser);
  self->chooser = sidetone_report_chooser_new (parent, title, action, accept_label);
  g_signal_connect_object (self->chooser, "response", on_response, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;

  sidetone_release_application ();
  if (sidetone_report_file_save_finish (G_FILE (source), result, &error))
    tell (saving->reports, saving->words);
  else
    {
      g_autofree char *words = NULL;

      /* Translators: %s is why, in the words of the system */
      words = g_strdup_printf (_("The report could not be saved: %s"), error->message);
      tell (saving->reports, words);
    }
}

static void
on_save_response (GtkNativeDialog *dialog,
                  int              response,
                  SidetoneReports *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autoptr (SidetoneReport) report = dup_report (self, self->saved_run);
      Saving *saving = g_new0 (Saving, 1);

      saving->reports = g_object_ref (self);
      saving->words = self->leave_out_private ? _("Report saved, without private details")
                      : _("Report saved, with private details");
      sidetone_hold_application ();
      sidetone_report_file_save_async (report, file, NULL, save_cb, saving);
    }
  g_clear_object (&self->saved_run);
  g_clear_object (&self->chooser);
}

/* The application finds a window for it, so that nothing shown here is lost. */
static void
on_choose_response (GtkNativeDialog *dialog,
                    int              response,
                    SidetoneReports *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_application_open (g_application_get_default (), &file, 1, "");
    }
  g_clear_object (&self->chooser);
}

static void load_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);

static void
load (SidetoneReports *self,
      GFile           *file)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  sidetone_report_file_load_async (file, self->cancellable, load_cb, g_object_ref (self));
}

/* The others each get a window. */
static void
show_report (SidetoneReports *self,
             SidetoneReport  *report,
             gboolean         is_own)
{
  g_autoptr (SidetoneRun) run = sidetone_run_new_for_report (report);
  g_autofree char *unreadable = g_strdup (self->unreadable->str);
  GFile *file;

  if (is_own)
    sidetone_run_set_own (run);
  g_clear_object (&self->cancellable);
  g_string_truncate (self->unreadable, 0);
  g_signal_emit (self, signals[LOADED], 0, run);
  if (*unreadable != '\0')
    tell (self, unreadable);
  while ((file = g_queue_pop_head (&self->files)) != NULL)
    {
      g_application_open (g_application_get_default (), &file, 1, "");
      g_object_unref (file);
    }
}

/* Of several such files, all are named at once. */
static void
skip_file (SidetoneReports *self,
           GFile           *file,
           const GError    *error)
{
  g_autofree char *words = sidetone_report_chooser_describe_error (file, error);
  g_autofree char *unreadable = NULL;
  g_autoptr (GFile) next = g_queue_pop_head (&self->files);

  g_string_append_printf (self->unreadable, "%s%s", self->unreadable->len > 0 ? "\n" : "", words);
  if (next != NULL)
    {
      load (self, next);
      return;
    }

  unreadable = g_strdup (self->unreadable->str);
  sidetone_reports_cancel (self);
  g_signal_emit (self, signals[UNREADABLE], 0, unreadable);
}

static void
load_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SidetoneReports) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReport) report = NULL;

  report = sidetone_report_file_load_finish (G_FILE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (report != NULL)
    show_report (self, report, sidetone_history_has (G_FILE (source)));
  else
    skip_file (self, G_FILE (source), error);
}

static void
parse_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SidetoneReports) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReport) report = sidetone_report_file_parse_finish (result, &error);
  g_autoptr (SidetoneRun) run = NULL;

  if (report != NULL)
    {
      run = sidetone_run_new_for_report (report);
      g_signal_emit (self, signals[PASTED], 0, run);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    tell (self, _("Part of the copied report is missing or was changed. Copy the whole text again."));
  else if (g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_REPORT_TOO_NEW))
    tell (self, _("The copied report is from a newer version of Sidetone"));
  else
    tell (self, _("No report was copied. Copy a whole report first."));
}

static void
read_text_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SidetoneReports) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;

  /* There may be a picture, or nothing. */
  bytes = text != NULL ? g_bytes_new (text, strlen (text)) : g_bytes_new (NULL, 0);
  sidetone_report_file_parse_async (bytes, NULL, parse_cb, g_steal_pointer (&self));
}

static void
sidetone_reports_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  SidetoneReports *self = SIDETONE_REPORTS (object);

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
sidetone_reports_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  SidetoneReports *self = SIDETONE_REPORTS (object);

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
sidetone_reports_dispose (GObject *object)
{
  SidetoneReports *self = SIDETONE_REPORTS (object);

  sidetone_reports_cancel (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->saved_run);

  G_OBJECT_CLASS (sidetone_reports_parent_class)->dispose (object);
}

static void
sidetone_reports_finalize (GObject *object)
{
  g_string_free (SIDETONE_REPORTS (object)->unreadable, TRUE);

  G_OBJECT_CLASS (sidetone_reports_parent_class)->finalize (object);
}

static void
sidetone_reports_class_init (SidetoneReportsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = sidetone_reports_dispose;
  object_class->finalize = sidetone_reports_finalize;
  object_class->get_property = sidetone_reports_get_property;
  object_class->set_property = sidetone_reports_set_property;

  /**
   * SidetoneReports:leave-out-private:
   *
   * Whether copied and saved reports are redacted.
   */
  properties[PROP_LEAVE_OUT_PRIVATE] = g_param_spec_boolean ("leave-out-private", NULL, NULL, TRUE,
                                                             G_PARAM_READWRITE |
                                                             G_PARAM_EXPLICIT_NOTIFY |
                                                             G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * SidetoneReports::told:
   * @words: what became of a report, in a few words
   */
  signals[TOLD] = g_signal_new ("told", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * SidetoneReports::loaded:
   * @run: the report, as a run that has ended
   */
  signals[LOADED] = g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, SIDETONE_TYPE_RUN);

  /**
   * SidetoneReports::pasted:
   * @run: the report in the clipboard, as a run that has ended
   */
  signals[PASTED] = g_signal_new ("pasted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, SIDETONE_TYPE_RUN);

  /**
   * SidetoneReports::unreadable:
   * @words: why a file, or each of several, can't be shown
   */
  signals[UNREADABLE] = g_signal_new ("unreadable", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sidetone_reports_init (SidetoneReports *self)
{
  self->leave_out_private = TRUE;
  g_queue_init (&self->files);
  self->unreadable = g_string_new (NULL);
}

/**
 * sidetone_reports_new:
 *
 * Returns: (transfer full): an object for a window's reports
 */
SidetoneReports *
sidetone_reports_new (void)
{
  return g_object_new (SIDETONE_TYPE_REPORTS, NULL);
}

static void
copy (SidetoneReports *self,
      const char      *text,
      GtkWindow       *window)
{
  if (!sidetone_outside_copy (window, text))
    tell (self, _("The report could not be copied"));
  else
    tell (self, self->leave_out_private ? _("Report copied, without private details")
          : _("Report copied, with private details"));
}

/**
 * sidetone_reports_copy:
 * @self: a window's reports
 * @run: a finished check
 * @window: the window
 *
 * Copies a report, and says so.
 */
void
sidetone_reports_copy (SidetoneReports *self,
                       SidetoneRun     *run,
                       GtkWindow       *window)
{
  g_autoptr (SidetoneReport) report = dup_report (self, run);
  g_autofree char *text = write_text (report);

  copy (self, text, window);
}

/**
 * sidetone_reports_copy_walkthrough:
 * @self: a window's reports
 * @page: a walkthrough with its result
 * @window: the window
 *
 * Copies the result and its report, and says so.
 */
void
sidetone_reports_copy_walkthrough (SidetoneReports         *self,
                                   SidetoneWalkthroughPage *page,
                                   GtkWindow               *window)
{
  g_autofree char *text = sidetone_walkthrough_page_write (page, self->leave_out_private);

  copy (self, text, window);
}

/**
 * sidetone_reports_write_letter:
 * @self: a window's reports
 * @run: a finished check
 * @reader: to whom to write
 * @walkthrough: (nullable): a walkthrough that follows @run's findings, at its end
 *
 * The administrator's address is the one that their server names. It stays out of the text.
 *
 * Returns: (transfer full): the report as an e-mail
 */
SidetoneLetter *
sidetone_reports_write_letter (SidetoneReports           *self,
                               SidetoneRun               *run,
                               SidetoneReader             reader,
                               const SidetoneWalkthrough *walkthrough)
{
  g_autoptr (SidetoneReport) report = dup_report (self, run);
  g_autoptr (SidetoneReport) whole = sidetone_run_dup_report (run);
  SidetoneContact *recipient = NULL;
  SidetoneLetter *letter;

  if (reader == SIDETONE_READER_ADMINISTRATOR)
    recipient = sidetone_letter_find_recipient (whole);

  letter = sidetone_letter_new (report, reader, recipient, walkthrough);
  letter->block = sidetone_report_block_new (report);

  return letter;
}

/**
 * sidetone_reports_paste:
 * @self: a window's reports
 * @window: the window
 *
 * Reads the report in the clipboard and emits `pasted`, or says why it can't.
 */
void
sidetone_reports_paste (SidetoneReports *self,
                        GtkWindow       *window)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, read_text_cb,
                                 g_object_ref (self));
}

/**
 * sidetone_reports_save:
 * @self: a window's reports
 * @run: a finished check
 * @parent: the window
 *
 * Asks for a file, writes the report there, and says how that ended.
 */
void
sidetone_reports_save (SidetoneReports *self,
                       SidetoneRun     *run,
                       GtkWindow       *parent)
{
  g_autoptr (SidetoneReport) report = sidetone_run_dup_report (run);
  g_autoptr (GDateTime) local = g_date_time_to_local (sidetone_report_get_created (report));
  g_autofree char *name = g_date_time_format (local, "sidetone-%Y-%m-%d-%H%M.json");

  g_set_object (&self->saved_run, run);
  show_chooser (self, parent, _("Save Report"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"),
                G_CALLBACK (on_save_response));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
}

/**
 * sidetone_reports_choose:
 * @self: a window's reports
 * @parent: the window
 *
 * Asks for a report, and has the application open it.
 */
void
sidetone_reports_choose (SidetoneReports *self,
                         GtkWindow       *parent)
{
  show_chooser (self, parent, _("Open Report"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"),
                G_CALLBACK (on_choose_response));
}

/**
 * sidetone_reports_load:
 * @self: a window's reports
 * @file: a saved report
 *
 * Reads a report, after the one that is being read, and emits `loaded` or `unreadable`, unless it is
 * cancelled.
 */
void
sidetone_reports_load (SidetoneReports *self,
                       GFile           *file)
{
  if (self->cancellable != NULL)
    g_queue_push_tail (&self->files, g_object_ref (file));
  else
    load (self, file);
}

/**
 * sidetone_reports_cancel:
 * @self: a window's reports
 *
 * Stops reading reports.
 */
void
sidetone_reports_cancel (SidetoneReports *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->files, g_object_unref);
  g_string_truncate (self->unreadable, 0);
}
