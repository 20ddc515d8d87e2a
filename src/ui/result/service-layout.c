/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/service-layout.h"

/**
 * SidetoneServiceLayout:
 *
 * Two children, text and a plot: the plot stands after the text if that leaves the text enough
 * room, else below it.
 */
struct _SidetoneServiceLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneServiceLayout, sidetone_service_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Between both, in pixels */
#define GAP_BESIDE 12
#define GAP_BELOW 6

/* Wrapped text reads well from this width on, in pixels */
#define WIDE_ENOUGH 280

/* One child's size request */
typedef struct
{
  GtkWidget *widget;       /* NULL for a hidden plot */
  int minimum;
  int natural;
} Part;

static void
measure_parts (GtkWidget *widget,
               Part      *words,
               Part      *drawing)
{
  Part *parts[] = { words, drawing };
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_assert (child != NULL);
      *parts[i] = (Part) { 0 };
      if (gtk_widget_should_layout (child))
        {
          parts[i]->widget = child;
          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &parts[i]->minimum,
                              &parts[i]->natural, NULL, NULL);
        }
      child = gtk_widget_get_next_sibling (child);
    }
}

static int
measure_height (const Part *part,
                int         width)
{
  int height;

  if (part->widget == NULL)
    return 0;

  gtk_widget_measure (part->widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static int
measure_line (const Part *words,
              const Part *drawing)
{
  return words->natural + (drawing->widget != NULL ? GAP_BESIDE + drawing->natural : 0);
}

/* The text's width beside the plot, -1 if the plot stands below */
static int
get_words_beside (const Part *words,
                  const Part *drawing,
                  int         width)
{
  int beside;

  if (drawing->widget == NULL)
    return width;

  beside = width - GAP_BESIDE - drawing->natural;

  return beside >= MAX (words->minimum, MIN (words->natural, WIDE_ENOUGH)) ? beside : -1;
}

static GtkSizeRequestMode
sidetone_service_layout_get_request_mode (GtkLayoutManager *manager,
                                          GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sidetone_service_layout_measure (GtkLayoutManager *manager,
                                 GtkWidget        *widget,
                                 GtkOrientation    orientation,
                                 int               for_size,
                                 int              *minimum,
                                 int              *natural,
                                 int              *minimum_baseline,
                                 int              *natural_baseline)
{
  Part words;
  Part drawing;
  int width;
  int beside;

  measure_parts (widget, &words, &drawing);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (words.minimum, drawing.minimum);
      *natural = measure_line (&words, &drawing);
      return;
    }

  width = for_size < 0 ? measure_line (&words, &drawing) : for_size;
  beside = get_words_beside (&words, &drawing, width);
  if (beside >= 0)
    *natural = MAX (measure_height (&words, beside), measure_height (&drawing, drawing.natural));
  else
    *natural = measure_height (&words, width) + GAP_BELOW +
               measure_height (&drawing, MIN (width, drawing.natural));
  *minimum = *natural;
}

static void
place (const Part *part,
       int         x,
       int         y,
       int         width,
       int         height)
{
  if (part->widget != NULL)
    gtk_widget_size_allocate (part->widget, &(GtkAllocation) { x, y, width, height }, -1);
}

static void
sidetone_service_layout_allocate (GtkLayoutManager *manager,
                                  GtkWidget        *widget,
                                  int               width,
                                  int               height,
                                  int               baseline)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Part words;
  Part drawing;
  int own_width;
  int own_height;
  int beside;

  measure_parts (widget, &words, &drawing);
  beside = get_words_beside (&words, &drawing, width);
  own_width = MIN (width, drawing.natural);
  own_height = measure_height (&drawing, own_width);

  if (beside >= 0)
    {
      place (&words, is_rtl ? width - beside : 0, 0, beside, height);
      place (&drawing, is_rtl ? 0 : width - own_width, (height - own_height) / 2, own_width,
             own_height);
    }
  else
    {
      place (&words, 0, 0, width, height - own_height - GAP_BELOW);
      place (&drawing, is_rtl ? width - own_width : 0, height - own_height, own_width, own_height);
    }
}

static void
sidetone_service_layout_class_init (SidetoneServiceLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = sidetone_service_layout_get_request_mode;
  layout_class->measure = sidetone_service_layout_measure;
  layout_class->allocate = sidetone_service_layout_allocate;
}

static void
sidetone_service_layout_init (SidetoneServiceLayout *self)
{
}
