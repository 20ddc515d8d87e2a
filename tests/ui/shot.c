/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-shot"

#include "config.h"

#include "application.h"
#include "comparison-window.h"
#include "keep/report-file.h"
#include "result/result-page.h"
#include "window.h"

#include <glib/gi18n.h>
#include <locale.h>

/* sidetone-shot: a picture of the real window, with a report in it or the sign-in page. GTK itself
 * draws the contents, so the window manager and other windows do not matter. */

/* A picture is taken when so many in a row are equal: then everything is loaded and drawn */
#define ALIKE 4
#define PAUSE_MS 50
#define PATIENCE_MS 20000
#define MARGIN 32
#define CORNER 12

typedef struct
{
  GApplication *application;
  const char *file_name;
  int width;
  int height;
  gboolean shadow;
  const char *shown;    /* the report; NULL if there is none */
  gboolean checked;     /* whether to show it as a check that was just made, until that is done */
  gboolean servers;     /* whether to unfold the call servers, until that is done */
  char *compared;       /* the report to compare it with, until that is done; NULL if none */
  char *action;         /* the window's action to be taken, until that is done; NULL if none */
  GBytes *last;
  int alike;
  int waited_ms;
  gboolean taken;
} Shot;

/* A window as on a desktop: with a margin around it, and optionally its shadow. NULL if it has not
 * been drawn yet. */
static GdkTexture *
draw_window (GtkWindow *window,
             gboolean   shadow)
{
  static const GskShadow shadows[] = {
    { .color = { 0, 0, 0, 0.35f }, .dx = 0, .dy = 4, .radius = 16 },
    { .color = { 0, 0, 0, 0.20f }, .dx = 0, .dy = 0, .radius = 2 },
  };
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  int margin = shadow ? MARGIN : 0;
  GskRoundedRect outline;
  graphene_rect_t area = GRAPHENE_RECT_INIT (-margin, -margin, width + 2 * margin,
                                             height + 2 * margin);

  if (shadow)
    {
      gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height),
                                       CORNER);
      gtk_snapshot_push_shadow (snapshot, shadows, G_N_ELEMENTS (shadows));
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
    }
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  if (shadow)
    {
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_pop (snapshot);
    }
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return NULL;

  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &area);
}

static GBytes *
download_texture (GdkTexture *texture)
{
  gsize stride = 4 * (gsize) gdk_texture_get_width (texture);
  gsize length = stride * (gsize) gdk_texture_get_height (texture);
  guchar *pixels = g_malloc (length);

  gdk_texture_download (texture, pixels, stride);

  return g_bytes_new_take (pixels, length);
}

static SidetoneRun *
load_run (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SidetoneReport) report = sidetone_report_file_load (file, NULL, NULL);

  return sidetone_run_new_for_report (report);
}

/* In a window of its own */
static void
show_comparison (Shot      *shot,
                 GtkWindow *window)
{
  g_autoptr (GFile) other = g_file_new_for_path (shot->compared);
  g_autoptr (SidetoneRun) run = load_run (shot->shown);

  sidetone_comparison_window_open (window, run, other);
  g_clear_pointer (&shot->compared, g_free);
}

/* A report has no buttons to go on with, because there is no account: a check that was just made
 * has them */
static void
show_as_checked (Shot      *shot,
                 GtkWindow *window)
{
  GObject *page = gtk_widget_get_template_child (GTK_WIDGET (window), SIDETONE_TYPE_WINDOW,
                                                 "result_page");
  g_autoptr (SidetoneRun) run = load_run (shot->shown);

  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.check-again", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.walkthrough", TRUE);
  shot->checked = FALSE;
}

/* Whether there was one to unfold: what is in it may be folded, too */
static gboolean
unfold (GtkWidget *widget)
{
  gboolean any = ADW_IS_EXPANDER_ROW (widget) && gtk_widget_get_mapped (widget) &&
                 !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (widget));

  if (any)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    any |= unfold (child);

  return any;
}

static GtkWidget *
find_servers (GtkWindow *window)
{
  GObject *page = gtk_widget_get_template_child (GTK_WIDGET (window), SIDETONE_TYPE_WINDOW,
                                                 "result_page");

  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (page), SIDETONE_TYPE_RESULT_PAGE,
                                                    "hosts_row"));
}

static gboolean
on_pause_over (gpointer user_data)
{
  Shot *shot = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (shot->application));
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) pixels = NULL;

  shot->waited_ms += PAUSE_MS;
  if (shot->waited_ms > PATIENCE_MS)
    {
      g_printerr ("The window does not come to rest.\n");
      g_application_quit (shot->application);
      return G_SOURCE_REMOVE;
    }
  if (window == NULL)
    return G_SOURCE_CONTINUE;

  if (!gtk_widget_get_mapped (GTK_WIDGET (window)))
    {
      gtk_window_set_default_size (window, shot->width, shot->height);
      return G_SOURCE_CONTINUE;
    }

  /* Like the front window, even if several are made at once */
  gtk_widget_unset_state_flags (GTK_WIDGET (window), GTK_STATE_FLAG_BACKDROP);
  texture = draw_window (window, shot->shadow);
  if (texture == NULL)
    return G_SOURCE_CONTINUE;

  pixels = download_texture (texture);
  shot->alike = shot->last != NULL && g_bytes_equal (shot->last, pixels) ? shot->alike + 1 : 0;
  g_clear_pointer (&shot->last, g_bytes_unref);
  shot->last = g_steal_pointer (&pixels);
  if (shot->alike < ALIKE)
    return G_SOURCE_CONTINUE;

  if (shot->checked)
    {
      show_as_checked (shot, window);
      return G_SOURCE_CONTINUE;
    }

  if (shot->servers)
    {
      shot->servers = unfold (find_servers (window));
      shot->alike = 0;
      return G_SOURCE_CONTINUE;
    }

  if (shot->compared != NULL)
    {
      show_comparison (shot, window);
      shot->alike = 0;
      return G_SOURCE_CONTINUE;
    }
  if (shot->action != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (window), shot->action, NULL);
      g_clear_pointer (&shot->action, g_free);
      shot->alike = 0;
      return G_SOURCE_CONTINUE;
    }

  shot->taken = gdk_texture_save_to_png (texture, shot->file_name);
  if (!shot->taken)
    g_printerr ("%s could not be written.\n", shot->file_name);
  g_application_quit (shot->application);

  return G_SOURCE_REMOVE;
}

/* The size must be known before the program shows the window. */
static void
on_window_added (GtkApplication *application,
                 GtkWindow      *window,
                 Shot           *shot)
{
  gtk_window_set_default_size (window, shot->width, shot->height);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (SidetoneApplication) application = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("PICTURE.png [ARGUMENT OF SIDETONE…]");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  GtkSettings *settings;
  gboolean dark = FALSE;
  gboolean mirrored = FALSE;
  int percent = 100;
  Shot shot = { .width = 840, .height = 720 };
  const GOptionEntry entries[] = {
    { "width", 0, 0, G_OPTION_ARG_INT, &shot.width, "Of the window", "PIXELS" },
    { "height", 0, 0, G_OPTION_ARG_INT, &shot.height, "Of the window", "PIXELS" },
    { "shadow", 0, 0, G_OPTION_ARG_NONE, &shot.shadow, "Around the window", NULL },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Light on dark", NULL },
    { "mirrored", 0, 0, G_OPTION_ARG_NONE, &mirrored, "From right to left", NULL },
    { "checked", 0, 0, G_OPTION_ARG_NONE, &shot.checked, "As a check that was just made", NULL },
    { "servers", 0, 0, G_OPTION_ARG_NONE, &shot.servers, "With the call servers unfolded", NULL },
    { "compare", 0, 0, G_OPTION_ARG_FILENAME, &shot.compared, "To compare with", "REPORT" },
    { "action", 0, 0, G_OPTION_ARG_STRING, &shot.action, "To take first", "win.NAME" },
    { "text", 0, 0, G_OPTION_ARG_INT, &percent, "Size of the text", "PERCENT" },
    { NULL },
  };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("SIDETONE_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Where should the picture go?");
      return 64;
    }
  shot.file_name = argv[1];
  shot.shown = argc > 2 ? argv[2] : NULL;
  shot.checked = shot.checked && shot.shown != NULL;
  arguments = g_strdupv (&argv[1]);
  g_free (arguments[0]);
  arguments[0] = g_strdup ("sidetone");

  adw_init ();
  settings = gtk_settings_get_default ();
  g_object_set (settings, "gtk-xft-dpi", percent * 96 * 1024 / 100, NULL);
  if (mirrored)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);

  application = sidetone_application_new ();
  shot.application = G_APPLICATION (application);
  /* Several processes at once, each with its own window */
  g_application_set_flags (shot.application,
                           g_application_get_flags (shot.application) | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &shot);
  /* With the lowest priority: drawing a large window may take longer than the pause */
  g_timeout_add_full (G_PRIORITY_LOW, PAUSE_MS, on_pause_over, &shot, NULL);
  g_application_run (shot.application, (int) g_strv_length (arguments), arguments);
  g_clear_pointer (&shot.last, g_bytes_unref);

  return shot.taken ? 0 : 1;
}
