/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report-chooser.h"

#include "words/describe.h"

#include <glib/gi18n.h>

/* The file chooser for reports, and why a chosen one can't be read. */

/* Saved as JSON; opened from a mail's or a forum's text, too */
static GtkFileFilter *
create_filter (GtkFileChooserAction action)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_add_suffix (filter, "json");
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      gtk_file_filter_set_name (filter, _("Sidetone Reports (*.json)"));
      return filter;
    }

  gtk_file_filter_set_name (filter, _("Sidetone Reports (*.json, *.txt, *.eml)"));
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_filter_add_suffix (filter, "eml");

  return filter;
}

/**
 * sidetone_report_chooser_new:
 * @parent: the window that asks
 * @title: what is asked
 * @action: whether to open or to save a report
 * @accept_label: its button, with a mnemonic
 *
 * Returns: (transfer full): a chooser, to be shown
 */
GtkFileChooserNative *
sidetone_report_chooser_new (GtkWindow           *parent,
                             const char          *title,
                             GtkFileChooserAction action,
                             const char          *accept_label)
{
  GtkFileChooserNative *self = gtk_file_chooser_native_new (title, parent, action, accept_label, NULL);
  g_autoptr (GtkFileFilter) filter = create_filter (action);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self), filter);

  return self;
}

/**
 * sidetone_report_chooser_describe_error:
 * @file: a file
 * @error: why no report could be read from it
 *
 * Returns: (transfer full): that, in a sentence
 */
char *
sidetone_report_chooser_describe_error (GFile        *file,
                                        const GError *error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    /* Translators: a file, and why it can't be read */
    return g_strdup_printf (_("“%s” can't be read: %s"), name, error->message);

  return sidetone_describe_error (error->domain == SIDETONE_ERROR ? error->code
                                  : SIDETONE_ERROR_FILE_UNREADABLE, name, NULL);
}
