/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/head-layout.h"

/**
 * SidetoneHeadLayout:
 *
 * Two children, an icon and text: the icon stands before the text if that leaves the text enough
 * room, else above it. What is enough grows with the size of letters.
 */
struct _SidetoneHeadLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneHeadLayout, sidetone_head_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Between both, in pixels */
#define GAP_BESIDE 18
#define GAP_BELOW 12

/* Wrapped text reads well from this width on, in heights of a line */
#define WIDE_ENOUGH 9

static GtkWidget *
get_icon (GtkWidget * widget)
{
  return gtk_widget_get_first_child (widget);
}

static GtkWidget *
get_text (GtkWidget *widget)
{
  return gtk_widget_get_last_child (widget);
}

static int
measure_length (GtkWidget     *child,
                GtkOrientation orientation,
                int            for_size,
                int           *minimum)
{
  int natural;

  gtk_widget_measure (child, orientation, for_size, minimum, &natural, NULL, NULL);

  return natural;
}

static int
measure_line (GtkWidget *widget)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget),
                                                         NULL, NULL);
  int height = PANGO_PIXELS (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);

  return height;
}

/* The text's width beside the icon, -1 if the text stands below */
static int
get_text_beside (GtkWidget *widget,
                 int        width)
{
  int beside = width - GAP_BESIDE - measure_length (get_icon (widget), GTK_ORIENTATION_HORIZONTAL,
                                                    -1, NULL);
  int minimum;

  measure_length (get_text (widget), GTK_ORIENTATION_HORIZONTAL, -1, &minimum);

  return beside >= MAX (minimum, WIDE_ENOUGH * measure_line (widget)) ? beside : -1;
}

static GtkSizeRequestMode
sidetone_head_layout_get_request_mode (GtkLayoutManager *manager,
                                       GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sidetone_head_layout_measure (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *natural,
                              int              *minimum_baseline,
                              int              *natural_baseline)
{
  int least_icon;
  int least_text;
  int icon = measure_length (get_icon (widget), orientation, -1, &least_icon);
  int text = measure_length (get_text (widget), GTK_ORIENTATION_HORIZONTAL, -1, &least_text);
  int beside;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (least_icon, least_text);
      *natural = icon + GAP_BESIDE + text;
      return;
    }

  beside = for_size < 0 ? text : get_text_beside (widget, for_size);
  if (beside >= 0)
    *natural = MAX (icon, measure_length (get_text (widget), orientation, beside, NULL));
  else
    *natural = icon + GAP_BELOW + measure_length (get_text (widget), orientation, for_size, NULL);
  *minimum = *natural;
}

static void
sidetone_head_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int icon_width = measure_length (get_icon (widget), GTK_ORIENTATION_HORIZONTAL, -1, NULL);
  int icon_height = measure_length (get_icon (widget), GTK_ORIENTATION_VERTICAL, -1, NULL);
  int beside = get_text_beside (widget, width);
  GtkAllocation text = { 0, icon_height + GAP_BELOW, width, height - icon_height - GAP_BELOW };
  GtkAllocation icon = { is_rtl ? width - icon_width : 0, 0, icon_width, icon_height };

  if (beside >= 0)
    {
      int needed = MIN (height, measure_length (get_text (widget), GTK_ORIENTATION_VERTICAL, beside,
                                                NULL));

      text = (GtkAllocation) { is_rtl ? 0 : width - beside, (height - needed) / 2, beside, needed };
    }
  gtk_widget_size_allocate (get_icon (widget), &icon, -1);
  gtk_widget_size_allocate (get_text (widget), &text, -1);
}

static void
sidetone_head_layout_class_init (SidetoneHeadLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = sidetone_head_layout_get_request_mode;
  layout_class->measure = sidetone_head_layout_measure;
  layout_class->allocate = sidetone_head_layout_allocate;
}

static void
sidetone_head_layout_init (SidetoneHeadLayout *self)
{
}
