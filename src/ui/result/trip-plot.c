/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/trip-plot.h"

#include "words/describe.h"

#include <adwaita.h>
#include <glib/gi18n.h>

enum { RELAY, ROUTER, N_LANES };

/* Trips in the order of sending, and whose they are */
typedef struct
{
  gint64 *trips;
  guint n_trips;
  PangoLayout *name;
} Lane;

/**
 * SidetoneTripPlot:
 *
 * A plot of packets' round trips, in the order of sending: a bar for each, as high as its round trip,
 * and a mark below the line for each lost packet. Its scale begins at 0; all plots of a page have the
 * same one. Below the relay's lane there may be the nearest router's, of the same time: what is lost in
 * both was lost before the router. Time runs from left to right in every language. Without trips it is
 * hidden.
 */
struct _SidetoneTripPlot
{
  GtkWidget parent_instance;

  Lane lanes[N_LANES];
  gint64 scale_us;         /* the highest bar's value */
  PangoLayout *zero;       /* the words at both ends of the scale */
  PangoLayout *top;
};

G_DEFINE_FINAL_TYPE (SidetoneTripPlot, sidetone_trip_plot, GTK_TYPE_WIDGET)

/* In pixels */
#define MIN_WIDTH 60
#define WIDTH 320
#define HEIGHT 34
#define MAX_PITCH 6
#define LINE 1
#define LOST_HEIGHT 5
#define MIN_BAR 2
#define GAP 4

/* A steady line looks flat */
#define MIN_SCALE_US 20000

/* Longer round trips than that are cut off. */
#define MAX_SCALE_US (10 * G_USEC_PER_SEC)

#define BAR_ALPHA 0.6f
#define LINE_ALPHA 0.3f

static void
get_colors (GtkWidget *widget,
            GdkRGBA   *color,
            GdkRGBA   *lost)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  gtk_style_context_get_color (style, color);
  if (!gtk_style_context_lookup_color (style, "error_color", lost))
    *lost = *color;
}

static void
fill (GtkSnapshot   *snapshot,
      const GdkRGBA *color,
      float          alpha,
      int            x,
      int            y,
      int            width,
      int            height)
{
  GdkRGBA shade = *color;

  shade.alpha *= alpha;
  gtk_snapshot_append_color (snapshot, &shade, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/* If there are more packets than pixels, several share one: it shows their longest trip, and
 * whether one was lost. Returns -1 if all of them were lost */
static gint64
find_longest (const Lane *lane,
              guint       first,
              guint       end,
              gboolean   *any_lost)
{
  gint64 longest = -1;

  *any_lost = FALSE;
  for (guint i = first; i < end; i++)
    {
      longest = MAX (longest, lane->trips[i]);
      *any_lost |= lane->trips[i] < 0;
    }

  return longest;
}

static int
get_label_width (PangoLayout *label)
{
  int width;

  pango_layout_get_pixel_size (label, &width, NULL);

  return width;
}

static int
get_label_height (PangoLayout *label)
{
  int height;

  pango_layout_get_pixel_size (label, NULL, &height);

  return height;
}

/* Only two lanes need names. */
static gboolean
has_names (SidetoneTripPlot *self)
{
  return self->lanes[ROUTER].n_trips > 0;
}

/* The width of the scale's words, which end where the bars begin */
static int
get_scale_width (SidetoneTripPlot *self)
{
  int width = MAX (get_label_width (self->zero), get_label_width (self->top));

  for (guint i = 0; has_names (self) && i < N_LANES; i++)
    width = MAX (width, get_label_width (self->lanes[i].name));

  return width + GAP;
}

/* A lane's scale has a word at its top and one at its line, and the lane's name in between. */
static int
get_lane_height (SidetoneTripPlot *self)
{
  int words = get_label_height (self->top) + get_label_height (self->zero);

  if (has_names (self))
    words += get_label_height (self->lanes[RELAY].name);

  return MAX (HEIGHT, words + LINE + LOST_HEIGHT);
}

static void
append_label (GtkSnapshot   *snapshot,
              PangoLayout   *label,
              const GdkRGBA *color,
              int            end,
              int            y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (end - get_label_width (label), y));
  gtk_snapshot_append_layout (snapshot, label, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_bars (SidetoneTripPlot *self,
           GtkSnapshot      *snapshot,
           const Lane       *lane,
           int               left,
           int               line,
           int               width,
           int               height)
{
  guint n_bars = MIN (lane->n_trips, (guint) width);
  /* The lanes' times are the same, so that their last bars end together. */
  double pitch = MIN ((double) width / n_bars,
                      (double) MAX_PITCH * self->lanes[RELAY].n_trips / lane->n_trips);
  AdwStyleManager *style = adw_style_manager_get_default ();
  float alpha = adw_style_manager_get_high_contrast (style) ? 1 : BAR_ALPHA;
  GdkRGBA color;
  GdkRGBA lost;

  get_colors (GTK_WIDGET (self), &color, &lost);
  for (guint i = 0; i < n_bars; i++)
    {
      guint first = (guint) ((guint64) i * lane->n_trips / n_bars);
      guint end = (guint) ((guint64) (i + 1) * lane->n_trips / n_bars);
      int from = left + (int) (i * pitch);
      int bar_width = MAX (left + (int) ((i + 1) * pitch) - from, 1);
      gboolean any_lost;
      gint64 trip_us = find_longest (lane, first, end, &any_lost);

      if (bar_width > 2)
        bar_width--;
      if (trip_us >= 0)
        {
          double part = MIN ((double) trip_us / self->scale_us, 1);
          int bar_height = MAX ((int) (part * height + 0.5), MIN_BAR);

          fill (snapshot, &color, alpha, from, line - bar_height, bar_width, bar_height);
        }
      if (any_lost)
        fill (snapshot, &lost, 1, from, line + LINE, bar_width, LOST_HEIGHT);
    }
}

static void
draw_lane (SidetoneTripPlot *self,
           GtkSnapshot      *snapshot,
           const Lane       *lane,
           int               top)
{
  int left = get_scale_width (self);
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - left;
  int height = get_lane_height (self) - LOST_HEIGHT - LINE;
  int line = top + height;
  GdkRGBA color;
  GdkRGBA lost;

  if (lane->n_trips == 0 || width <= 0)
    return;

  get_colors (GTK_WIDGET (self), &color, &lost);
  append_label (snapshot, self->top, &color, left - GAP, top);
  if (has_names (self))
    append_label (snapshot, lane->name, &color, left - GAP, top + get_label_height (self->top));
  append_label (snapshot, self->zero, &color, left - GAP, line - get_label_height (self->zero) * 3 / 4);
  fill (snapshot, &color, LINE_ALPHA, left, top, width, LINE);
  fill (snapshot, &color, LINE_ALPHA, left, line, width, LINE);
  draw_bars (self, snapshot, lane, left, line, width, height);
}

static void
sidetone_trip_plot_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  SidetoneTripPlot *self = SIDETONE_TRIP_PLOT (widget);

  for (int i = 0; i < N_LANES; i++)
    draw_lane (self, snapshot, &self->lanes[i], i * (get_lane_height (self) + GAP));
}

static void
sidetone_trip_plot_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  SidetoneTripPlot *self = SIDETONE_TRIP_PLOT (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = get_scale_width (self) + MIN_WIDTH;
      *natural = get_scale_width (self) + WIDTH;
    }
  else
    {
      *minimum = *natural = has_names (self) ? 2 * get_lane_height (self) + GAP
                            : get_lane_height (self);
    }
}

static void
sidetone_trip_plot_finalize (GObject *object)
{
  SidetoneTripPlot *self = SIDETONE_TRIP_PLOT (object);

  for (guint i = 0; i < N_LANES; i++)
    {
      g_free (self->lanes[i].trips);
      g_object_unref (self->lanes[i].name);
    }
  g_object_unref (self->zero);
  g_object_unref (self->top);

  G_OBJECT_CLASS (sidetone_trip_plot_parent_class)->finalize (object);
}

static void
sidetone_trip_plot_class_init (SidetoneTripPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sidetone_trip_plot_finalize;
  widget_class->measure = sidetone_trip_plot_measure;
  widget_class->snapshot = sidetone_trip_plot_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sidetone_trip_plot_init (SidetoneTripPlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_add_css_class (widget, "caption");
  gtk_widget_set_visible (widget, FALSE);
  self->zero = gtk_widget_create_pango_layout (widget, "0");
  self->top = gtk_widget_create_pango_layout (widget, NULL);
  /* Translators: beside a plot of packets through a relay */
  self->lanes[RELAY].name = gtk_widget_create_pango_layout (widget, C_("plot", "Relay"));
  /* Translators: beside a plot of packets that go only to the router and back */
  self->lanes[ROUTER].name = gtk_widget_create_pango_layout (widget, C_("plot", "Router"));
}

/* Without trips it is empty. */
static void
lane_set_trips (Lane         *lane,
                const gint64 *trips,
                guint         n_trips)
{
  g_free (lane->trips);
  lane->trips = g_memdup2 (trips, n_trips * sizeof *trips);
  lane->n_trips = n_trips;
}

/**
 * sidetone_trip_plot_choose_scale:
 * @scale_us: the scale of other plots, or 0
 * @trips: each packet's round trip in microseconds, -1 if it was lost
 * @n_trips: their number
 * @p95_us: the 95th percentile of the trips, or -1
 *
 * Returns: the next round scale for these plots together: all but a few bars fit in, and a fast line
 *   does not look like a slow one
 */
gint64
sidetone_trip_plot_choose_scale (gint64        scale_us,
                                 const gint64 *trips,
                                 guint         n_trips,
                                 gint64        p95_us)
{
  static const int factors[] = { 1, 2, 5 };

  gint64 longest_us = p95_us;

  for (guint i = 0; p95_us < 0 && i < n_trips; i++)
    longest_us = MAX (longest_us, trips[i]);

  scale_us = CLAMP (MAX (scale_us, longest_us), MIN_SCALE_US, MAX_SCALE_US);
  for (gint64 unit = MIN_SCALE_US / 2; unit <= MAX_SCALE_US; unit *= 10)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
        {
          if (factors[i] * unit >= scale_us)
            return factors[i] * unit;
        }
    }

  return MAX_SCALE_US;
}

/**
 * sidetone_trip_plot_set_trips:
 * @self: a plot
 * @trips: (nullable): each packet's round trip in microseconds, -1 if it was lost
 * @n_trips: their number
 * @scale_us: the highest value, in microseconds
 * @words: (nullable): the same in words
 *
 * Draws @trips, in one lane, or hides itself without any.
 */
void
sidetone_trip_plot_set_trips (SidetoneTripPlot *self,
                              const gint64     *trips,
                              guint             n_trips,
                              gint64            scale_us,
                              const char       *words)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *top = sidetone_describe_duration (scale_us);

  lane_set_trips (&self->lanes[RELAY], trips, n_trips);
  lane_set_trips (&self->lanes[ROUTER], NULL, 0);
  self->scale_us = MAX (scale_us, 1);
  pango_layout_set_text (self->top, top, -1);

  gtk_widget_set_visible (widget, n_trips > 0);
  gtk_widget_set_tooltip_text (widget, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
  gtk_widget_queue_resize (widget);
}

/**
 * sidetone_trip_plot_set_router:
 * @self: a plot with trips
 * @trips: the nearest router's round trips in the same time, in microseconds, -1 for a lost packet
 * @n_trips: their number
 *
 * Adds a lane for them.
 */
void
sidetone_trip_plot_set_router (SidetoneTripPlot *self,
                               const gint64     *trips,
                               guint             n_trips)
{
  lane_set_trips (&self->lanes[ROUTER], trips, n_trips);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
