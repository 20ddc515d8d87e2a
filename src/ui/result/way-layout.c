/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/way-layout.h"

/**
 * SidetoneWayLayout:
 *
 * Three children, two ends and what lies between: in a row if all have room for their natural
 * width, else one below the other. In a row both ends have the same size.
 */
struct _SidetoneWayLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneWayLayout, sidetone_way_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Between an end and the middle, in pixels: the line must be visible there */
#define GAP 28

#define N_CHILDREN 3
#define MIDDLE 1

static void
get_children (GtkWidget  *widget,
              GtkWidget **children)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (guint i = 0; i < N_CHILDREN; i++)
    {
      g_assert (child != NULL);
      children[i] = child;
      child = gtk_widget_get_next_sibling (child);
    }
}

static int
measure_width (GtkWidget *child,
               gboolean   natural)
{
  int minimum_width;
  int natural_width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, &natural_width, NULL,
                      NULL);

  return natural ? natural_width : minimum_width;
}

static int
measure_height (GtkWidget *child,
                int        width)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

/* The natural width of all three in a row */
static int
measure_row (GtkWidget **children)
{
  int end = MAX (measure_width (children[0], TRUE), measure_width (children[2], TRUE));

  return 2 * end + measure_width (children[MIDDLE], TRUE) + 2 * GAP;
}

/* The children's widths in @width pixels; returns whether they stand in a row. The middle one is
 * never wider than its natural width, and centred in its place. */
static gboolean
divide (GtkWidget **children,
        int         width,
        int        *widths)
{
  int middle = measure_width (children[MIDDLE], TRUE);

  if (width >= measure_row (children))
    {
      widths[MIDDLE] = middle;
      widths[0] = widths[2] = (width - middle - 2 * GAP) / 2;
      return TRUE;
    }

  widths[MIDDLE] = MAX (MIN (middle, width), measure_width (children[MIDDLE], FALSE));
  widths[0] = widths[2] = width;

  return FALSE;
}

static GtkSizeRequestMode
sidetone_way_layout_get_request_mode (GtkLayoutManager *manager,
                                      GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sidetone_way_layout_measure (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             GtkOrientation    orientation,
                             int               for_size,
                             int              *minimum,
                             int              *natural,
                             int              *minimum_baseline,
                             int              *natural_baseline)
{
  GtkWidget *children[N_CHILDREN];
  int widths[N_CHILDREN];
  gboolean is_row;

  get_children (widget, children);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = measure_row (children);
      *minimum = 0;
      for (guint i = 0; i < N_CHILDREN; i++)
        *minimum = MAX (*minimum, measure_width (children[i], FALSE));
      return;
    }

  is_row = divide (children, for_size < 0 ? measure_row (children) : for_size, widths);
  *natural = 0;
  for (guint i = 0; i < N_CHILDREN; i++)
    {
      int height = measure_height (children[i], widths[i]);

      *natural = is_row ? MAX (*natural, height) : *natural + height;
    }
  if (!is_row)
    *natural += 2 * GAP;
  *minimum = *natural;
}

static void
sidetone_way_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              int               width,
                              int               height,
                              int               baseline)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *children[N_CHILDREN];
  int widths[N_CHILDREN];
  gboolean is_row;
  int at = 0;

  get_children (widget, children);
  is_row = divide (children, width, widths);

  for (guint i = 0; i < N_CHILDREN; i++)
    {
      int own_height = is_row && i != MIDDLE ? height : measure_height (children[i], widths[i]);
      GtkAllocation place = { 0, 0, widths[i], own_height };

      if (is_row)
        {
          place.x = is_rtl ? width - at - widths[i] : at;
          place.y = (height - own_height) / 2;
          at += widths[i] + GAP;
        }
      else
        {
          place.x = (width - widths[i]) / 2;
          place.y = at;
          at += own_height + GAP;
        }
      gtk_widget_size_allocate (children[i], &place, -1);
    }
}

static void
sidetone_way_layout_class_init (SidetoneWayLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = sidetone_way_layout_get_request_mode;
  layout_class->measure = sidetone_way_layout_measure;
  layout_class->allocate = sidetone_way_layout_allocate;
}

static void
sidetone_way_layout_init (SidetoneWayLayout *self)
{
}
