/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/service-item.h"

/**
 * SidetoneServiceItem:
 *
 * A call server at one of its addresses, as a list's item: it stays the same object while its
 * results grow.
 */
struct _SidetoneServiceItem
{
  GObject parent_instance;

  SidetoneServiceResult *result;
  SidetoneProgress progress;
  gint64 scale_us;
};

enum { PROP_0, PROP_RESULT, PROP_PROGRESS, PROP_SCALE, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetoneServiceItem, sidetone_service_item, G_TYPE_OBJECT)

static SidetoneProgress
get_progress (SidetoneState state,
              gboolean      running)
{
  switch (state)
    {
    case SIDETONE_STATE_UNKNOWN:
      break;

    case SIDETONE_STATE_PASSED:
      return SIDETONE_PROGRESS_PASSED;

    case SIDETONE_STATE_FAILED:
      return SIDETONE_PROGRESS_FAILED;

    case SIDETONE_STATE_SKIPPED:
      return SIDETONE_PROGRESS_SKIPPED;
    }

  return running ? SIDETONE_PROGRESS_RUNNING : SIDETONE_PROGRESS_UNKNOWN;
}

static void
sidetone_service_item_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  SidetoneServiceItem *self = SIDETONE_SERVICE_ITEM (object);

  switch (property_id)
    {
    case PROP_RESULT:
      g_value_set_boxed (value, self->result);
      break;

    case PROP_PROGRESS:
      g_value_set_enum (value, self->progress);
      break;

    case PROP_SCALE:
      g_value_set_int64 (value, self->scale_us);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_service_item_dispose (GObject *object)
{
  SidetoneServiceItem *self = SIDETONE_SERVICE_ITEM (object);

  g_clear_pointer (&self->result, sidetone_service_result_unref);

  G_OBJECT_CLASS (sidetone_service_item_parent_class)->dispose (object);
}

static void
sidetone_service_item_class_init (SidetoneServiceItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_service_item_dispose;
  object_class->get_property = sidetone_service_item_get_property;

  properties[PROP_RESULT] = g_param_spec_boxed ("result", NULL, NULL, SIDETONE_TYPE_SERVICE_RESULT,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROGRESS] = g_param_spec_enum ("progress", NULL, NULL, SIDETONE_TYPE_PROGRESS,
                                                 SIDETONE_PROGRESS_UNKNOWN,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SCALE] = g_param_spec_int64 ("scale", NULL, NULL, 0, G_MAXINT64, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sidetone_service_item_init (SidetoneServiceItem *self)
{
}

SidetoneServiceItem *
sidetone_service_item_new (SidetoneServiceResult *result,
                           gboolean               running)
{
  SidetoneServiceItem *self = g_object_new (SIDETONE_TYPE_SERVICE_ITEM, NULL);

  sidetone_service_item_set_result (self, result, running);

  return self;
}

/* Observations never change: results with the same ones are equal. */
static gboolean
is_of_same (const SidetoneServiceResult *a,
            const SidetoneServiceResult *b)
{
  return a != NULL && a->test == b->test && a->echo == b->echo && a->pair == b->pair;
}

/**
 * sidetone_service_item_set_result:
 * @self: an item
 * @result: the server's result
 * @running: whether more results may come
 *
 * Sets the server's current result.
 */
void
sidetone_service_item_set_result (SidetoneServiceItem   *self,
                                  SidetoneServiceResult *result,
                                  gboolean               running)
{
  SidetoneProgress progress = get_progress (result->state, running);

  g_object_freeze_notify (G_OBJECT (self));
  if (!is_of_same (self->result, result))
    {
      g_clear_pointer (&self->result, sidetone_service_result_unref);
      self->result = sidetone_service_result_ref (result);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULT]);
    }
  if (self->progress != progress)
    {
      self->progress = progress;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * sidetone_service_item_set_scale:
 * @self: an item
 * @scale_us: the highest value in the plots of all items, in microseconds
 *
 * Sets the scale of the plot, so that plots can be compared.
 */
void
sidetone_service_item_set_scale (SidetoneServiceItem *self,
                                 gint64               scale_us)
{
  if (self->scale_us == scale_us)
    return;

  self->scale_us = scale_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCALE]);
}

gint64
sidetone_service_item_get_scale (SidetoneServiceItem *self)
{
  return self->scale_us;
}

const SidetoneServiceResult *
sidetone_service_item_get_result (SidetoneServiceItem *self)
{
  return self->result;
}

SidetoneProgress
sidetone_service_item_get_progress (SidetoneServiceItem *self)
{
  return self->progress;
}

guint
sidetone_service_item_hash (gconstpointer item)
{
  return g_direct_hash (((const SidetoneServiceItem *) item)->result->test);
}

/* Returns: whether both are about the same test */
gboolean
sidetone_service_item_equal (gconstpointer a,
                             gconstpointer b)
{
  return ((const SidetoneServiceItem *) a)->result->test ==
         ((const SidetoneServiceItem *) b)->result->test;
}
