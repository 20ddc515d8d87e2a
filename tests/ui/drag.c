/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include <gtk/gtk.h>

/* A window to drag files from, in place of a file manager's. It prints a line when the pointer comes,
 * when a drag begins, and when what is below the pointer takes the files.
 *
 * Usage: sidetone-drag FILE... */

#define SIZE 100

static void
on_drag_notify_selected_action (GdkDrag *drag)
{
  if (gdk_drag_get_selected_action (drag) == GDK_ACTION_COPY)
    g_print ("accepted\n");
}

static void
on_source_drag_begin (GtkDragSource *source,
                      GdkDrag       *drag)
{
  g_print ("begun\n");
  g_signal_connect (drag, "notify::selected-action", G_CALLBACK (on_drag_notify_selected_action),
                    NULL);
}

static void
on_motion_enter (GtkEventControllerMotion *motion)
{
  g_print ("entered\n");
}

int
main (int    argc,
      char **argv)
{
  g_autoslist (GFile) files = NULL;
  GdkFileList *list;
  g_autoptr (GdkContentProvider) content = NULL;
  GtkDragSource *source;
  GtkEventController *motion;
  GtkWidget *window;

  for (int i = 1; i < argc; i++)
    files = g_slist_append (files, g_file_new_for_path (argv[i]));
  list = gdk_file_list_new_from_list (files);

  gtk_init ();
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  source = gtk_drag_source_new ();
  gtk_drag_source_set_content (source, content);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_source_drag_begin), NULL);
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Drag Source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), SIZE, SIZE);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion_enter), NULL);
  gtk_widget_add_controller (window, motion);
  gtk_window_present (GTK_WINDOW (window));

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
