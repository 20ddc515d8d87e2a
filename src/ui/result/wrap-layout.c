/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/wrap-layout.h"

/**
 * SidetoneWrapLayout:
 *
 * Children in lines, as words in a paragraph (flow layout): each line takes as many as fit.
 */
struct _SidetoneWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneWrapLayout, sidetone_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Between two children and between two lines, in pixels */
#define GAP 6

static GtkSizeRequestMode
sidetone_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                       GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least;
      int best;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &best, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += best + (*natural > 0 ? GAP : 0);
    }
}

/* Goes through the lines, and places each child if @places. Returns: their height */
static int
lay_out (GtkWidget *widget,
         int        width,
         gboolean   places)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;
  int y = 0;
  int line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int own_width;
      int own_height;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &own_width, NULL, NULL);
      own_width = MIN (own_width, width);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, own_width, NULL, &own_height, NULL, NULL);
      if (x > 0 && x + own_width > width)
        {
          y += line + GAP;
          x = line = 0;
        }
      if (places)
        gtk_widget_size_allocate (child, &(GtkAllocation) { is_rtl ? width - x - own_width : x, y,
                                                            own_width, own_height }, -1);
      x += own_width + GAP;
      line = MAX (line, own_height);
    }

  return y + line;
}

static void
sidetone_wrap_layout_measure (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *natural,
                              int              *minimum_baseline,
                              int              *natural_baseline)
{
  measure_width (widget, minimum, natural);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = lay_out (widget, for_size < 0 ? *natural : for_size, FALSE);
}

static void
sidetone_wrap_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline)
{
  lay_out (widget, width, TRUE);
}

static void
sidetone_wrap_layout_class_init (SidetoneWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = sidetone_wrap_layout_get_request_mode;
  manager_class->measure = sidetone_wrap_layout_measure;
  manager_class->allocate = sidetone_wrap_layout_allocate;
}

static void
sidetone_wrap_layout_init (SidetoneWrapLayout *self)
{
}
