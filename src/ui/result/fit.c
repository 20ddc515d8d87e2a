/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/fit.h"

#include <math.h>

/**
 * SidetoneFit:
 *
 * Shows a label smaller where its longest word would be broken at its own size (shrink to fit). The
 * label is drawn with a scale, so its style stays as it is, and a resize needs no second layout.
 */
struct _SidetoneFit
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneFit, sidetone_fit, GTK_TYPE_WIDGET)

/* Of a large heading this leaves the size of plain text. */
#define MIN_SCALE 0.55

/* The width of the longest part that has no place for a line break */
static int
measure_longest_word (GtkLabel *label)
{
  g_autoptr (PangoLayout) layout = pango_layout_copy (gtk_label_get_layout (label));
  PangoRectangle extents;

  if (pango_layout_get_wrap (layout) == PANGO_WRAP_WORD_CHAR)
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_set_width (layout, 0);
  pango_layout_get_pixel_extents (layout, NULL, &extents);

  return extents.width;
}

static double
get_scale (GtkWidget *label,
           int        width)
{
  int longest = measure_longest_word (GTK_LABEL (label));

  return width < 0 || longest <= width ? 1.0 : MAX ((double) width / longest, MIN_SCALE);
}

static GtkSizeRequestMode
sidetone_fit_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sidetone_fit_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  GtkWidget *label = gtk_widget_get_first_child (widget);
  double scale;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (label, orientation, -1, minimum, natural, NULL, NULL);
      *minimum = (int) ceil (*minimum * MIN_SCALE);
      return;
    }

  scale = get_scale (label, for_size);
  gtk_widget_measure (label, orientation,
                      for_size < 0 ? -1 : (int) ceil (for_size / scale), minimum, natural, NULL,
                      NULL);
  *minimum = (int) ceil (*minimum * scale);
  *natural = (int) ceil (*natural * scale);
}

static void
sidetone_fit_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  GtkWidget *label = gtk_widget_get_first_child (widget);
  double scale = get_scale (label, width);

  gtk_widget_allocate (label, (int) ceil (width / scale), (int) ceil (height / scale), -1,
                       gsk_transform_scale (NULL, scale, scale));
}

static void
sidetone_fit_dispose (GObject *object)
{
  GtkWidget *label = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&label, gtk_widget_unparent);

  G_OBJECT_CLASS (sidetone_fit_parent_class)->dispose (object);
}

static void
sidetone_fit_class_init (SidetoneFitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_fit_dispose;
  widget_class->get_request_mode = sidetone_fit_get_request_mode;
  widget_class->measure = sidetone_fit_measure;
  widget_class->size_allocate = sidetone_fit_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sidetone_fit_init (SidetoneFit *self)
{
}
