/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

/* Shared by the widgets' tests: they run in the widgets' process, on a desktop of their own, and
 * wait for what they expect. */

#define UI_TEST_PATIENCE_US (60 * G_USEC_PER_SEC)

/* Of tests of how pages look: sanitizers check the use of memory, which hardly differs between them */
#ifdef __SANITIZE_ADDRESS__
#define UI_TEST_MAX_REPORTS 1
#else
#define UI_TEST_MAX_REPORTS G_MAXUINT
#endif

/* Runs the main loop until @condition holds. The timer is for changes without an event. */
#define WAIT_FOR(condition) \
  G_STMT_START { \
    gint64 wait_end = g_get_monotonic_time () + UI_TEST_PATIENCE_US; \
    guint wait_timer = g_timeout_add (10, G_SOURCE_FUNC (ui_test_wake), NULL); \
    while (!(condition) && g_get_monotonic_time () < wait_end) \
    g_main_context_iteration (NULL, TRUE); \
    g_source_remove (wait_timer); \
    g_assert_true (condition); \
  } G_STMT_END

static inline gboolean
ui_test_wake (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* The language is always German, but only catalogues translate the words. */
static inline void
ui_test_use_catalogues (gboolean use)
{
  bindtextdomain (GETTEXT_PACKAGE, use ? g_getenv ("SIDETONE_LOCALEDIR") : "/nonexistent");
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (use ? GETTEXT_PACKAGE : "messages");
}

/* To be called before ui_test_init (), while there is a single thread. In the locale C, gettext
 * ignores LANGUAGE; in C.UTF-8, too, from glibc 2.41 on, so the test sets another one. */
static inline void
ui_test_prepare_catalogues (void)
{
  g_setenv ("LC_ALL", "C.UTF-8", FALSE);
  g_setenv ("LANGUAGE", "de", TRUE);
  ui_test_use_catalogues (FALSE);
}

/* Without a display nothing can be tested: that is a failure. */
static inline void
ui_test_init (int    *argc,
              char ***argv)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  adw_init ();

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_css_provider_load_from_resource (style, "/sidetone/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* Takes @widget, and returns its window as soon as it is drawn. */
static inline GtkWindow *
ui_test_show (GtkWidget *widget,
              int        width,
              int        height)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), widget);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return GTK_WINDOW (window);
}

/* Closes @window, and checks that no reference to it or to @widget, which is inside it, is left. */
static inline void
ui_test_close (GtkWindow *window,
               GtkWidget *widget)
{
  GtkWidget *left_window = GTK_WIDGET (window);
  GtkWidget *left_widget = widget;

  g_object_add_weak_pointer (G_OBJECT (left_window), (gpointer *) &left_window);
  g_object_add_weak_pointer (G_OBJECT (left_widget), (gpointer *) &left_widget);
  gtk_window_destroy (window);
  WAIT_FOR (left_window == NULL && left_widget == NULL);
}

static inline GtkWidget *
ui_test_find_text (GtkWidget  *widget,
                   const char *text,
                   gboolean    is_part)
{
  const char *shown = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
                      ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;
  GtkWidget *found = NULL;

  if (shown != NULL && (is_part ? strstr (shown, text) != NULL : g_str_equal (shown, text)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_test_find_text (child, text, is_part);

  return found;
}

/* Returns: a visible label with exactly this text, or NULL */
static inline GtkWidget *
ui_test_find_label (GtkWidget  *widget,
                    const char *text)
{
  return ui_test_find_text (widget, text, FALSE);
}

/* Returns: a visible label with this text in it, or NULL */
static inline GtkWidget *
ui_test_find_part (GtkWidget  *widget,
                   const char *text)
{
  return ui_test_find_text (widget, text, TRUE);
}

/* Adds all widgets of @type in @widget to @found, from top to bottom. */
static inline void
ui_test_collect (GtkWidget *widget,
                 GType      type,
                 GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ui_test_collect (child, type, found);
}

/* Returns: how many widgets of @type there are in @widget */
static inline guint
ui_test_count (GtkWidget *widget,
               GType      type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  ui_test_collect (widget, type, found);

  return found->len;
}

/* Returns: whether the focus is on @widget or inside it */
static inline gboolean
ui_test_has_focus (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static inline int
ui_test_get_min_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* Sets the text size for all windows, 100 for normal. */
static inline void
ui_test_set_text_size (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", percent * 96 * 1024 / 100, NULL);
}

/* Returns: (transfer none): the child @id of @widget's template, which may be made later */
static inline gpointer
ui_test_get_child (GtkWidget  *widget,
                   const char *id)
{
  GObject *child;

  WAIT_FOR ((child = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), id)) != NULL);

  return child;
}
