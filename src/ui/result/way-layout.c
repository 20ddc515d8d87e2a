/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/way-layout.h"

/**
 * SidetoneWayLayout:
 *
 * Two ends and what lies between, and below them the far hops: each three in a row if they have room
 * for their natural width, else one below the other. In a row both ends have the same size.
 */
struct _SidetoneWayLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneWayLayout, sidetone_way_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Between an end and the middle, in pixels: the line must be visible there */
#define GAP 28

/* In each of the two rows */
#define N_IN_ROW 3
#define N_CHILDREN (2 * N_IN_ROW)
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

/* The natural width of three children in a row, from @first on */
static int
measure_row (GtkWidget **children,
             guint       first)
{
  int middle = first == 0 ? measure_width (children[MIDDLE], TRUE) : 0;
  int end = 0;

  for (guint i = first; i < first + N_IN_ROW; i++)
    {
      if (i != MIDDLE)
        end = MAX (end, measure_width (children[i], TRUE));
    }

  return (first == 0 ? 2 * end + middle : N_IN_ROW *end) + 2 * GAP;
}

/* The widths of three children in @width pixels; returns whether they stand in a row. The middle
 * of the first three is never wider than its natural width, and centred in its place. */
static gboolean
divide (GtkWidget **children,
        guint       first,
        int         width,
        int        *widths)
{
  int middle = measure_width (children[MIDDLE], TRUE);
  gboolean is_row = width >= measure_row (children, first);
  int in_row = first == 0 ? (width - middle - 2 * GAP) / 2 : (width - 2 * GAP) / N_IN_ROW;

  for (guint i = first; i < first + N_IN_ROW; i++)
    widths[i] = is_row ? in_row : width;
  if (first == 0)
    widths[MIDDLE] = is_row ? middle
                     : MAX (MIN (middle, width), measure_width (children[MIDDLE], FALSE));

  return is_row;
}

/* The height of three children, in a row or one below the other */
static int
measure_part (GtkWidget **children,
              const int  *widths,
              guint       first,
              gboolean    is_row)
{
  int highest = 0;
  int sum = 0;

  for (guint i = first; i < first + N_IN_ROW; i++)
    {
      int height = measure_height (children[i], widths[i]);

      highest = MAX (highest, height);
      sum += height + (i > first ? GAP : 0);
    }

  return is_row ? highest : sum;
}

/* Between both parts: with two rows, there must be room for a line and for a cross in another. */
static int
get_distance (gboolean are_rows)
{
  return are_rows ? 2 * GAP : GAP;
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
  gboolean is_near_row;
  gboolean is_far_row;

  get_children (widget, children);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = MAX (measure_row (children, 0), measure_row (children, N_IN_ROW));
      *minimum = 0;
      for (guint i = 0; i < N_CHILDREN; i++)
        *minimum = MAX (*minimum, measure_width (children[i], FALSE));
      return;
    }

  if (for_size < 0)
    for_size = MAX (measure_row (children, 0), measure_row (children, N_IN_ROW));
  is_near_row = divide (children, 0, for_size, widths);
  is_far_row = divide (children, N_IN_ROW, for_size, widths);
  *natural = measure_part (children, widths, 0, is_near_row) +
             get_distance (is_near_row && is_far_row) +
             measure_part (children, widths, N_IN_ROW, is_far_row);
  *minimum = *natural;
}

/* Places three children from @y on */
static void
allocate_part (GtkWidget **children,
               const int  *widths,
               guint       first,
               gboolean    is_row,
               int         width,
               int         y)
{
  gboolean is_rtl = gtk_widget_get_direction (children[0]) == GTK_TEXT_DIR_RTL;
  int row_height = measure_part (children, widths, first, TRUE);
  int at = 0;

  for (guint i = first; i < first + N_IN_ROW; i++)
    {
      int own_height = measure_height (children[i], widths[i]);
      int height = is_row && i != MIDDLE ? row_height : own_height;
      GtkAllocation place = { (width - widths[i]) / 2, y, widths[i], height };

      if (is_row)
        {
          place.x = is_rtl ? width - at - widths[i] : at;
          place.y = y + (row_height - height) / 2;
          at += widths[i] + GAP;
        }
      else
        y += height + GAP;
      gtk_widget_size_allocate (children[i], &place, -1);
    }
}

static void
sidetone_way_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              int               width,
                              int               height,
                              int               baseline)
{
  GtkWidget *children[N_CHILDREN];
  int widths[N_CHILDREN];
  gboolean is_near_row;
  gboolean is_far_row;
  int far_y;

  get_children (widget, children);
  is_near_row = divide (children, 0, width, widths);
  is_far_row = divide (children, N_IN_ROW, width, widths);
  far_y = measure_part (children, widths, 0, is_near_row) +
          get_distance (is_near_row && is_far_row);
  allocate_part (children, widths, 0, is_near_row, width, 0);
  allocate_part (children, widths, N_IN_ROW, is_far_row, width, far_y);
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
