/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/trip-plot.h"

#include <adwaita.h>

/**
 * SidetoneTripPlot:
 *
 * A small plot of packets' round trips, in the order of sending: a bar for each, as high as its
 * round trip, and a mark below the line for each lost packet. It shows no numbers; its text has
 * them. Time runs from left to right in every language. Without trips it is hidden.
 */
struct _SidetoneTripPlot
{
  GtkWidget parent_instance;

  gint64 *trips;
  guint n_trips;
  gint64 limit_us;         /* the highest bar's value */
};

G_DEFINE_FINAL_TYPE (SidetoneTripPlot, sidetone_trip_plot, GTK_TYPE_WIDGET)

/* In pixels */
#define MIN_WIDTH 60
#define WIDTH 150
#define HEIGHT 34
#define MAX_PITCH 6
#define LINE 1
#define LOST_HEIGHT 5
#define MIN_BAR 2

/* A steady line looks flat */
#define MIN_LIMIT_US 20000

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
find_longest (SidetoneTripPlot *self,
              guint             first,
              guint             end,
              gboolean         *any_lost)
{
  gint64 longest = -1;

  *any_lost = FALSE;
  for (guint i = first; i < end; i++)
    {
      longest = MAX (longest, self->trips[i]);
      *any_lost |= self->trips[i] < 0;
    }

  return longest;
}

static void
sidetone_trip_plot_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  SidetoneTripPlot *self = SIDETONE_TRIP_PLOT (widget);
  int width = gtk_widget_get_width (widget);
  int line = gtk_widget_get_height (widget) - LOST_HEIGHT - LINE;
  guint n_bars = MIN (self->n_trips, (guint) MAX (width, 0));
  AdwStyleManager *style = adw_style_manager_get_default ();
  float alpha = adw_style_manager_get_high_contrast (style) ? 1 : BAR_ALPHA;
  GdkRGBA color;
  GdkRGBA lost;
  int pitch;

  if (n_bars == 0 || line <= 0)
    return;

  get_colors (widget, &color, &lost);
  pitch = MIN (width / (int) n_bars, MAX_PITCH);
  fill (snapshot, &color, LINE_ALPHA, 0, line, width, LINE);

  for (guint i = 0; i < n_bars; i++)
    {
      guint first = (guint) ((guint64) i * self->n_trips / n_bars);
      guint end = (guint) ((guint64) (i + 1) * self->n_trips / n_bars);
      int bar_width = pitch > 2 ? pitch - 1 : pitch;
      gboolean any_lost;
      gint64 trip_us = find_longest (self, first, end, &any_lost);

      if (trip_us >= 0)
        {
          double part = MIN ((double) trip_us / self->limit_us, 1);
          int height = MAX ((int) (part * line + 0.5), MIN_BAR);

          fill (snapshot, &color, alpha, (int) i * pitch, line - height, bar_width, height);
        }
      if (any_lost)
        fill (snapshot, &lost, 1, (int) i * pitch, line + LINE, bar_width, LOST_HEIGHT);
    }
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
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = WIDTH;
    }
  else
    {
      *minimum = *natural = HEIGHT;
    }
}

static void
sidetone_trip_plot_finalize (GObject *object)
{
  SidetoneTripPlot *self = SIDETONE_TRIP_PLOT (object);

  g_free (self->trips);

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
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* So that all but a few bars fit in, and a fast line does not look like a slow one */
static gint64
choose_limit (const gint64 *trips,
              guint         n_trips,
              gint64        p95_us)
{
  for (guint i = 0; p95_us < 0 && i < n_trips; i++)
    p95_us = MAX (p95_us, trips[i]);

  return MAX (CLAMP (p95_us, 0, G_MAXINT64 / 5) * 5 / 4, MIN_LIMIT_US);
}

/**
 * sidetone_trip_plot_set_trips:
 * @self: a plot
 * @trips: (nullable): each packet's round trip in microseconds, -1 if it was lost
 * @n_trips: their number
 * @p95_us: the 95th percentile of the trips, or -1
 * @words: (nullable): the same in words
 *
 * Draws @trips, or hides itself without any.
 */
void
sidetone_trip_plot_set_trips (SidetoneTripPlot *self,
                              const gint64     *trips,
                              guint             n_trips,
                              gint64            p95_us,
                              const char       *words)
{
  GtkWidget *widget = GTK_WIDGET (self);

  g_free (self->trips);
  self->trips = g_memdup2 (trips, n_trips * sizeof *trips);
  self->n_trips = n_trips;
  self->limit_us = choose_limit (trips, n_trips, p95_us);

  gtk_widget_set_visible (widget, n_trips > 0);
  gtk_widget_set_tooltip_text (widget, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
  gtk_widget_queue_draw (widget);
}
