/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report-drop.h"

/* Drag and drop (GtkDropTarget): files that are dropped on a window open as reports. */

/* Here if nothing is lost by that, otherwise in a window that the application finds */
static void
open_file (SidetoneWindow *window,
           GFile          *file)
{
  if (sidetone_window_is_free (window) || sidetone_window_is_reading (window))
    sidetone_window_open_report (window, file);
  else
    g_application_open (g_application_get_default (), &file, 1, "");
}

static gboolean
on_drop (GtkDropTarget  *target,
         const GValue   *value,
         double          x,
         double          y,
         SidetoneWindow *window)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    return FALSE;

  /* A window that opens for a file comes to the front of this one. */
  gtk_window_present (GTK_WINDOW (window));
  for (GSList *at = files; at != NULL; at = at->next)
    open_file (window, at->data);

  return TRUE;
}

/**
 * sidetone_report_drop_add:
 * @window: a window
 *
 * Lets @window take files that are dropped anywhere on it.
 */
void
sidetone_report_drop_add (SidetoneWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_event_controller_set_name (GTK_EVENT_CONTROLLER (target), "report-drop");
  /* Before the form's fields, which would take a file's name for their text */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}
