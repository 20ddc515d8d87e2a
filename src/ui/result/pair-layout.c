/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/pair-layout.h"

/**
 * SidetonePairLayout:
 *
 * Two children, text and a plot, a badge or a result: this stands after the text if that leaves the
 * text enough room, else below it.
 */
struct _SidetonePairLayout
{
  GtkLayoutManager parent_instance;

  gboolean packed;         /* the second child follows right after the text, not at the end */
};

enum { PROP_0, PROP_PACKED, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetonePairLayout, sidetone_pair_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Between both, in pixels */
#define GAP_BESIDE 12
#define GAP_BELOW 6

/* Wrapped text reads well from this width on, in pixels */
#define WIDE_ENOUGH 280

/* One child's size request */
typedef struct
{
  GtkWidget *widget;       /* NULL if hidden */
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
sidetone_pair_layout_get_request_mode (GtkLayoutManager *manager,
                                       GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sidetone_pair_layout_measure (GtkLayoutManager *manager,
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
sidetone_pair_layout_allocate (GtkLayoutManager *manager,
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
  int at;

  measure_parts (widget, &words, &drawing);
  beside = get_words_beside (&words, &drawing, width);
  own_width = MIN (width, drawing.natural);
  own_height = measure_height (&drawing, own_width);
  at = width - own_width;

  if (beside >= 0)
    {
      if (SIDETONE_PAIR_LAYOUT (manager)->packed)
        {
          beside = MIN (beside, words.natural);
          at = beside + GAP_BESIDE;
        }
      place (&words, is_rtl ? width - beside : 0, 0, beside, height);
      place (&drawing, is_rtl ? width - at - own_width : at, (height - own_height) / 2, own_width,
             own_height);
    }
  else
    {
      place (&words, 0, 0, width, height - own_height - GAP_BELOW);
      place (&drawing, is_rtl ? width - own_width : 0, height - own_height, own_width, own_height);
    }
}

static void
sidetone_pair_layout_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  SidetonePairLayout *self = SIDETONE_PAIR_LAYOUT (object);

  switch (property_id)
    {
    case PROP_PACKED:
      self->packed = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_pair_layout_class_init (SidetonePairLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = sidetone_pair_layout_set_property;

  properties[PROP_PACKED] = g_param_spec_boolean ("packed", NULL, NULL, FALSE,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  layout_class->get_request_mode = sidetone_pair_layout_get_request_mode;
  layout_class->measure = sidetone_pair_layout_measure;
  layout_class->allocate = sidetone_pair_layout_allocate;
}

static void
sidetone_pair_layout_init (SidetonePairLayout *self)
{
}
