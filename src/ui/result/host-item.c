/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/host-item.h"

#include "result/service-item.h"
#include "result/stable-list.h"

/**
 * SidetoneHostItem:
 *
 * A host of call servers, as a list's item: it stays the same object while its results grow.
 */
struct _SidetoneHostItem
{
  GObject parent_instance;

  SidetoneHostResult *host;
  SidetoneProgress progress;
  GListStore *services;    /* SidetoneServiceItem */
};

enum { PROP_0, PROP_HOST, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetoneHostItem, sidetone_host_item, G_TYPE_OBJECT)

static void
sidetone_host_item_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  SidetoneHostItem *self = SIDETONE_HOST_ITEM (object);

  switch (property_id)
    {
    case PROP_HOST:
      g_value_set_boxed (value, self->host);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_host_item_dispose (GObject *object)
{
  SidetoneHostItem *self = SIDETONE_HOST_ITEM (object);

  g_clear_pointer (&self->host, sidetone_host_result_unref);
  g_clear_object (&self->services);

  G_OBJECT_CLASS (sidetone_host_item_parent_class)->dispose (object);
}

static void
sidetone_host_item_class_init (SidetoneHostItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sidetone_host_item_dispose;
  object_class->get_property = sidetone_host_item_get_property;

  properties[PROP_HOST] = g_param_spec_boxed ("host", NULL, NULL, SIDETONE_TYPE_HOST_RESULT,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sidetone_host_item_init (SidetoneHostItem *self)
{
  self->services = g_list_store_new (SIDETONE_TYPE_SERVICE_ITEM);
}

SidetoneHostItem *
sidetone_host_item_new (SidetoneHostResult *host)
{
  SidetoneHostItem *self = g_object_new (SIDETONE_TYPE_HOST_ITEM, NULL);

  self->host = sidetone_host_result_ref (host);

  return self;
}

/**
 * sidetone_host_item_set_host:
 * @self: an item
 * @host: the host's results so far
 * @running: whether more may come
 * @scale_us: the highest value in the plots of all hosts, in microseconds
 *
 * Sets the host's current results.
 */
void
sidetone_host_item_set_host (SidetoneHostItem   *self,
                             SidetoneHostResult *host,
                             gboolean            running,
                             gint64              scale_us)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < host->results->len; i++)
    g_ptr_array_add (items, sidetone_service_item_new (host->results->pdata[i], running));
  sidetone_stable_list_update (self->services, items, sidetone_service_item_hash,
                               sidetone_service_item_equal);
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (SidetoneServiceItem) item = g_list_model_get_item (G_LIST_MODEL (self->services),
                                                                    i);

      sidetone_service_item_set_result (item, host->results->pdata[i], running);
      sidetone_service_item_set_scale (item, scale_us);
    }

  sidetone_host_result_ref (host);
  g_clear_pointer (&self->host, sidetone_host_result_unref);
  self->host = host;
  self->progress = sidetone_host_result_get_progress (host, running);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOST]);
}

const SidetoneHostResult *
sidetone_host_item_get_host (SidetoneHostItem *self)
{
  return self->host;
}

SidetoneProgress
sidetone_host_item_get_progress (SidetoneHostItem *self)
{
  return self->progress;
}

/* Returns: (transfer none): a list of SidetoneServiceItem, always the same object */
GListModel *
sidetone_host_item_get_services (SidetoneHostItem *self)
{
  return G_LIST_MODEL (self->services);
}

guint
sidetone_host_item_hash (gconstpointer item)
{
  return g_str_hash (((const SidetoneHostItem *) item)->host->host);
}

/* Returns: whether both are about the same host */
gboolean
sidetone_host_item_equal (gconstpointer a,
                          gconstpointer b)
{
  return g_str_equal (((const SidetoneHostItem *) a)->host->host,
                      ((const SidetoneHostItem *) b)->host->host);
}
