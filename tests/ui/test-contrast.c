/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "ui-test.h"

#include "application.h"
#include "keep/report-file.h"
#include "result/result-page.h"
#include "result/step-row.h"
#include "window.h"

#include <math.h>

/* Contrast (WCAG 2.2, 1.4.3 and 1.4.11) of each page as it is drawn: of each piece of text, and of the
 * icons, with what lies behind it; light, dark, and with high contrast. A text's colour comes from
 * its widget's style, for its pixels are blurred at their edges, and GTK 4.18 gives a wrong colour for
 * its render node; the rest from pixels. What is insensitive need not be read. */

#define WIDTH 840
#define HEIGHT 720

#define TEXT_MIN 4.5
#define ICON_MIN 3.0

/* libadwaita's frames around the focus are half transparent; ours lie 8 pixels outside. */
#define FRAME_MIN 3.0
#define FRAME_GAP 8

static const struct
{
  const char *name;
  AdwColorScheme scheme;
  gboolean is_high;
} styles[] = {
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE },
  { "dark", ADW_COLOR_SCHEME_FORCE_DARK, FALSE },
  { "high", ADW_COLOR_SCHEME_FORCE_LIGHT, TRUE },
};

static SidetoneApplication *application;

/* A drawn widget, and what its pixels are */
typedef struct
{
  GtkWidget *widget;
  graphene_point_t origin;     /* a window's border lies outside */
  guint32 *pixels;
  int width;
  int height;
  guint n_texts;
  guint n_icons;
  guint n_faults;
} Picture;

/* What the nodes around a node do to it */
typedef struct
{
  float x;
  float y;
  float opacity;
  graphene_rect_t clip;        /* what is seen of the picture */
} Around;

static GdkRGBA
unpack (guint32 pixel)
{
  return (GdkRGBA) {
           .red = (pixel >> 16 & 0xff) / 255.f, .green = (pixel >> 8 & 0xff) / 255.f,
           .blue = (pixel & 0xff) / 255.f, .alpha = 1
  };
}

static double
linearize (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *color)
{
  return 0.2126 * linearize (color->red) + 0.7152 * linearize (color->green) +
         0.0722 * linearize (color->blue);
}

static double
get_contrast (const GdkRGBA *one,
              const GdkRGBA *other)
{
  double a = get_luminance (one);
  double b = get_luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static float
mix (float above,
     float below,
     float alpha)
{
  return above * alpha + below * (1 - alpha);
}

static gboolean
clip (const Picture         *picture,
      const graphene_rect_t *bounds,
      cairo_rectangle_int_t *area)
{
  int right = MIN (picture->width, (int) ceilf (bounds->origin.x + bounds->size.width));
  int bottom = MIN (picture->height, (int) ceilf (bounds->origin.y + bounds->size.height));

  area->x = MAX (0, (int) floorf (bounds->origin.x));
  area->y = MAX (0, (int) floorf (bounds->origin.y));
  area->width = right - area->x;
  area->height = bottom - area->y;

  return area->width > 0 && area->height > 0;
}

static void
count (GHashTable    *counts,
       const Picture *picture,
       int            x,
       int            y)
{
  gpointer pixel = GUINT_TO_POINTER (picture->pixels[y * picture->width + x] & 0xffffff);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, pixel));

  g_hash_table_insert (counts, pixel, GUINT_TO_POINTER (n + 1));
}

/* The most frequent colour at the edge of an area */
static GdkRGBA
find_background (const Picture               *picture,
                 const cairo_rectangle_int_t *area)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer pixel;
  gpointer n;
  guint most = 0;
  guint32 found = 0;

  for (int x = area->x; x < area->x + area->width; x++)
    {
      count (counts, picture, x, area->y);
      count (counts, picture, x, area->y + area->height - 1);
    }
  for (int y = area->y; y < area->y + area->height; y++)
    {
      count (counts, picture, area->x, y);
      count (counts, picture, area->x + area->width - 1, y);
    }

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &pixel, &n))
    if (GPOINTER_TO_UINT (n) > most)
      {
        most = GPOINTER_TO_UINT (n);
        found = GPOINTER_TO_UINT (pixel);
      }

  return unpack (found);
}

static GtkWidget *
find_widget (const Picture               *picture,
             const cairo_rectangle_int_t *area)
{
  return gtk_widget_pick (picture->widget, picture->origin.x + area->x + area->width / 2.0,
                          picture->origin.y + area->y + area->height / 2.0,
                          GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
}

static void
report_fault (Picture       *picture,
              GtkWidget     *widget,
              const char    *what,
              double         contrast,
              const GdkRGBA *color,
              const GdkRGBA *background)
{
  g_autofree char *color_words = gdk_rgba_to_string (color);
  g_autofree char *background_words = gdk_rgba_to_string (background);
  g_autoptr (GString) path = g_string_new (NULL);

  for (; widget != NULL && widget != picture->widget; widget = gtk_widget_get_parent (widget))
    {
      const char *words = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

      g_string_append_printf (path, "%s %.60s in ", G_OBJECT_TYPE_NAME (widget), words);
    }
  g_test_message ("%s: %.2f : 1, %s on %s: %s", what, contrast, color_words, background_words,
                  path->str);
  picture->n_faults++;
}

static void
check_text (Picture       *picture,
            GskRenderNode *node,
            const Around  *around)
{
  cairo_rectangle_int_t area;
  graphene_rect_t bounds;
  GdkRGBA color;
  GdkRGBA background;
  GtkWidget *widget;
  double contrast;
  float alpha;

  gsk_render_node_get_bounds (node, &bounds);
  graphene_rect_offset (&bounds, around->x, around->y);
  /* What is scrolled to the edge is in another picture. */
  if (!graphene_rect_contains_rect (&around->clip, &bounds) || !clip (picture, &bounds, &area))
    return;
  widget = find_widget (picture, &area);
  if (widget == NULL || !gtk_widget_is_sensitive (widget))
    return;

  background = find_background (picture, &area);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  alpha = color.alpha * around->opacity;
  color.red = mix (color.red, background.red, alpha);
  color.green = mix (color.green, background.green, alpha);
  color.blue = mix (color.blue, background.blue, alpha);
  color.alpha = 1;
  contrast = get_contrast (&color, &background);
  if (contrast < TEXT_MIN)
    report_fault (picture, widget, "text", contrast, &color, &background);
  picture->n_texts++;
}

static void walk (Picture       *picture,
                  GskRenderNode *node,
                  Around         around);

static void
walk_moved (Picture       *picture,
            GskRenderNode *node,
            Around         around)
{
  GskTransform *transform = gsk_transform_node_get_transform (node);
  float scale_x;
  float scale_y;
  float x;
  float y;

  /* Only arrows are turned, and none of them is text. */
  if (gsk_transform_get_category (transform) < GSK_TRANSFORM_CATEGORY_2D_AFFINE)
    return;

  gsk_transform_to_affine (transform, &scale_x, &scale_y, &x, &y);
  around.x += x;
  around.y += y;
  walk (picture, gsk_transform_node_get_child (node), around);
}

static void
walk_clipped (Picture               *picture,
              GskRenderNode         *child,
              const graphene_rect_t *clip,
              Around                 around)
{
  graphene_rect_t moved;

  graphene_rect_offset_r (clip, around.x, around.y, &moved);
  if (graphene_rect_intersection (&moved, &around.clip, &around.clip))
    walk (picture, child, around);
}

/* Other kinds of nodes have no text in them. */
static void
walk (Picture       *picture,
      GskRenderNode *node,
      Around         around)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);

  if (type == GSK_TEXT_NODE)
    check_text (picture, node, &around);
  else if (type == GSK_CONTAINER_NODE)
    for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
      walk (picture, gsk_container_node_get_child (node, i), around);
  else if (type == GSK_TRANSFORM_NODE)
    walk_moved (picture, node, around);
  else if (type == GSK_CLIP_NODE)
    walk_clipped (picture, gsk_clip_node_get_child (node), gsk_clip_node_get_clip (node), around);
  else if (type == GSK_ROUNDED_CLIP_NODE)
    walk_clipped (picture, gsk_rounded_clip_node_get_child (node),
                  &gsk_rounded_clip_node_get_clip (node)->bounds, around);
  else if (type == GSK_SHADOW_NODE)
    walk (picture, gsk_shadow_node_get_child (node), around);
  else if (type == GSK_DEBUG_NODE)
    walk (picture, gsk_debug_node_get_child (node), around);
  else if (type == GSK_OPACITY_NODE)
    {
      around.opacity *= gsk_opacity_node_get_opacity (node);
      walk (picture, gsk_opacity_node_get_child (node), around);
    }
}

/* Its pixel with the most contrast: lines of icons lie on whole pixels. */
static void
check_icon (Picture   *picture,
            GtkWidget *icon)
{
  cairo_rectangle_int_t area;
  graphene_rect_t bounds;
  GdkRGBA background;
  GdkRGBA color = { 0 };
  double contrast = 0;

  if (!gtk_widget_is_sensitive (icon) ||
      !gtk_widget_compute_bounds (icon, picture->widget, &bounds))
    return;

  /* Around it */
  graphene_rect_offset (&bounds, -picture->origin.x, -picture->origin.y);
  graphene_rect_inset (&bounds, -2, -2);
  if (!clip (picture, &bounds, &area))
    return;
  background = find_background (picture, &area);
  for (int y = area.y; y < area.y + area.height; y++)
    for (int x = area.x; x < area.x + area.width; x++)
      {
        GdkRGBA pixel = unpack (picture->pixels[y * picture->width + x]);
        double one = get_contrast (&pixel, &background);

        if (one > contrast)
          {
            contrast = one;
            color = pixel;
          }
      }
  if (contrast < ICON_MIN)
    report_fault (picture, icon, "icon", contrast, &color, &background);
  picture->n_icons++;
}

static void
check_icons (Picture   *picture,
             GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  /* What can be scrolled out of view has a picture of its own. */
  if (GTK_IS_SCROLLED_WINDOW (widget))
    return;

  /* A window's buttons are the desktop's. */
  if (GTK_IS_IMAGE (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL)
    check_icon (picture, widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      check_icons (picture, child);
}

/* Draws the whole @widget, also what is scrolled out of view. Its pixels are the caller's. */
static GskRenderNode *
draw (GtkWidget *widget,
      Picture   *picture)
{
  GtkNative *native = gtk_widget_get_native (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  graphene_rect_t bounds;
  GdkRGBA color;

  g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds));
  picture->widget = widget;
  picture->origin = bounds.origin;
  picture->width = gdk_paintable_get_intrinsic_width (paintable);
  picture->height = gdk_paintable_get_intrinsic_height (paintable);
  g_assert_true (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                                 "window_bg_color", &color));
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (0, 0, picture->width, picture->height));
  gdk_paintable_snapshot (paintable, snapshot, picture->width, picture->height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (native), node,
                                         &GRAPHENE_RECT_INIT (0, 0, picture->width,
                                                              picture->height));
  picture->pixels = g_new (guint32, (gsize) picture->width * (gsize) picture->height);
  gdk_texture_download (texture, (guchar *) picture->pixels, 4 * (gsize) picture->width);

  return g_steal_pointer (&node);
}

/* Checks all of @widget as it is drawn. */
static guint
check (GtkWidget *widget)
{
  Picture picture = { NULL };
  g_autoptr (GskRenderNode) node = draw (widget, &picture);

  walk (&picture, node, (Around) {
    .opacity = 1,
    .clip = GRAPHENE_RECT_INIT (0, 0, picture.width, picture.height)
  });
  check_icons (&picture, widget);
  g_assert_cmpuint (picture.n_texts, >, 0);
  g_assert_cmpuint (picture.n_icons, >, 0);
  g_free (picture.pixels);

  return picture.n_faults;
}

static void
set_style (GtkWidget *window,
           gsize      style)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GSettings) settings = g_settings_new ("org.gnome.desktop.a11y.interface");

  g_settings_set_boolean (settings, "high-contrast", styles[style].is_high);
  adw_style_manager_set_color_scheme (manager, styles[style].scheme);
  WAIT_FOR (adw_style_manager_get_high_contrast (manager) == styles[style].is_high);
  g_assert_cmpint (adw_style_manager_get_dark (manager), ==,
                   styles[style].scheme == ADW_COLOR_SCHEME_FORCE_DARK);
  /* Like the front window */
  gtk_widget_unset_state_flags (window, GTK_STATE_FLAG_BACKDROP);
  gtk_test_widget_wait_for_draw (window);
}

static void
expand (GtkWidget *page)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_test_get_child (page, "hosts_row")), TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_test_get_child (page, "steps_row")), TRUE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_test_get_child (page, "notes_row")), TRUE);
  WAIT_FOR (ui_test_count (page, SIDETONE_TYPE_STEP_ROW) > 0);

  /* Those inside, too */
  ui_test_collect (page, ADW_TYPE_EXPANDER_ROW, rows);
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_set_expanded (rows->pdata[i], TRUE);
}

/* A report as a check that was just made, with all that can be done next */
static void
show_report (GtkWidget  *window,
             const char *path)
{
  GtkWidget *page = ui_test_get_child (window, "result_page");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneRun) run = NULL;
  g_autoptr (GError) error = NULL;

  sidetone_window_open_report (SIDETONE_WINDOW (window), file);
  WAIT_FOR (gtk_widget_get_mapped (page));
  gtk_test_widget_wait_for_draw (window);

  report = sidetone_report_file_load (file, NULL, &error);
  g_assert_no_error (error);
  run = sidetone_run_new_for_report (report);
  sidetone_result_page_set_run (SIDETONE_RESULT_PAGE (page), run, TRUE);
  gtk_test_widget_wait_for_draw (window);
  expand (page);
}

/* @user_data: the path of a report, or NULL for the form */
static void
test_contrast (gconstpointer user_data)
{
  GtkWidget *window = GTK_WIDGET (sidetone_window_new (GTK_APPLICATION (application)));
  GtkWidget *page = ui_test_get_child (window, user_data != NULL ? "result_page" : "sign_in_page");
  guint n_faults = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  if (user_data != NULL)
    show_report (window, user_data);
  gtk_test_widget_wait_for_draw (window);

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      guint n = 0;

      set_style (window, i);
      /* What is around the page is the same for all reports. */
      if (user_data == NULL || g_str_has_suffix (user_data, "/nat.sidetone.json"))
        n += check (window);
      n += check (ui_test_get_child (page, "content"));
      if (n > 0)
        g_test_message ("%u faults, %s", n, styles[i].name);
      n_faults += n;
    }
  g_assert_cmpuint (n_faults, ==, 0);

  ui_test_close (GTK_WINDOW (window), page);
}

/* The contrast of the frame around @widget to what is behind it: 1 if there is no frame */
static double
measure_frame (GtkWidget *page,
               GtkWidget *widget)
{
  Picture picture = { NULL };
  g_autofree guint32 *pixels = NULL;
  cairo_rectangle_int_t area;
  graphene_rect_t bounds;
  guint32 *behind;

  gsk_render_node_unref (draw (page, &picture));
  pixels = picture.pixels;
  g_assert_true (gtk_widget_compute_bounds (widget, page, &bounds));
  graphene_rect_offset (&bounds, -picture.origin.x, -picture.origin.y);
  g_assert_true (clip (&picture, &bounds, &area) && area.height >= (int) bounds.size.height);
  behind = pixels + (area.y + area.height / 2) * picture.width + area.x - FRAME_GAP / 2;
  for (int x = 0; x < FRAME_GAP; x++)
    {
      GdkRGBA color = unpack (behind[-x]);
      GdkRGBA background = unpack (*behind);

      if (get_contrast (&color, &background) > 1)
        return get_contrast (&color, &background);
    }

  return 1;
}

/* A key shows where the focus is: at the verdict, which has it when a check ends (2.4.7). */
static void
test_focus (void)
{
  GtkWidget *window = GTK_WIDGET (sidetone_window_new (GTK_APPLICATION (application)));
  GtkWidget *page = ui_test_get_child (window, "result_page");
  GtkWidget *verdict;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "reports", "nat.sidetone.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  sidetone_window_open_report (SIDETONE_WINDOW (window), file);
  verdict = ui_test_get_child (page, "verdict");
  WAIT_FOR (ui_test_has_focus (verdict));

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      set_style (window, i);
      gtk_window_set_focus_visible (GTK_WINDOW (window), FALSE);
      gtk_test_widget_wait_for_draw (window);
      g_assert_cmpfloat (measure_frame (page, verdict), <=, 1);
      gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
      gtk_test_widget_wait_for_draw (window);
      g_assert_cmpfloat (measure_frame (page, verdict), >=, FRAME_MIN);
    }

  ui_test_close (GTK_WINDOW (window), page);
}

static void
add_reports (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "reports", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  for (guint i = 0; i < UI_TEST_MAX_REPORTS && (name = g_dir_read_name (dir)) != NULL; i++)
    {
      g_autofree char *page = g_strndup (name, strcspn (name, "."));
      g_autofree char *test = g_strconcat ("/contrast/", page, NULL);

      g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), test_contrast, g_free);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  ui_test_init (&argc, &argv);
  application = sidetone_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add_data_func ("/contrast/sign-in", NULL, test_contrast);
  g_test_add_func ("/contrast/focus", test_focus);
  add_reports ();
  status = g_test_run ();
  g_object_unref (application);

  return status;
}
