/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/keep.h"

/**
 * SidetoneKeep:
 *
 * A part of the page that does not shrink while a check runs (a reserved area, against layout
 * shifts): it begins with the height that most results need, and keeps any greater height that it
 * has had at its present width. What stands below it does not move up.
 */
struct _SidetoneKeep
{
  GtkWidget parent_instance;

  int least;               /* in pixels */
  gboolean keeps;
  int width;               /* the one that it keeps a height for */
  int height;
};

enum { PROP_0, PROP_LEAST, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetoneKeep, sidetone_keep, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
sidetone_keep_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sidetone_keep_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  SidetoneKeep *self = SIDETONE_KEEP (widget);

  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL || !self->keeps)
    return;

  *minimum = MAX (*minimum, MAX (self->least, for_size == self->width ? self->height : 0));
  *natural = MAX (*natural, *minimum);
}

static void
sidetone_keep_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  SidetoneKeep *self = SIDETONE_KEEP (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { 0, 0, width, MIN (natural, height) }, -1);
  if (self->width != width)
    self->height = 0;
  self->width = width;
  self->height = MAX (self->height, natural);
}

static void
sidetone_keep_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  SidetoneKeep *self = SIDETONE_KEEP (object);

  switch (property_id)
    {
    case PROP_LEAST:
      self->least = g_value_get_int (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_keep_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (sidetone_keep_parent_class)->dispose (object);
}

static void
sidetone_keep_class_init (SidetoneKeepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_keep_dispose;
  object_class->set_property = sidetone_keep_set_property;
  widget_class->get_request_mode = sidetone_keep_get_request_mode;
  widget_class->measure = sidetone_keep_measure;
  widget_class->size_allocate = sidetone_keep_size_allocate;

  properties[PROP_LEAST] = g_param_spec_int ("least", NULL, NULL, 0, G_MAXINT, 0,
                                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY |
                                             G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sidetone_keep_init (SidetoneKeep *self)
{
}

/**
 * sidetone_keep_set_keeps:
 * @self: a part of the page
 * @keeps: whether it may not shrink from now on
 *
 * Begins to keep the height, or forgets what was kept.
 */
void
sidetone_keep_set_keeps (SidetoneKeep *self,
                         gboolean      keeps)
{
  if (self->keeps == keeps)
    return;

  self->keeps = keeps;
  self->height = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
