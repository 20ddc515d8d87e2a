/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/call-item.h"

/**
 * SidetoneCallItem:
 *
 * How calls with one kind of partner get through, as a list's item. Immutable.
 */
struct _SidetoneCallItem
{
  GObject parent_instance;

  SidetonePartner partner;
  SidetoneCall call;
};

G_DEFINE_FINAL_TYPE (SidetoneCallItem, sidetone_call_item, G_TYPE_OBJECT)

static void
sidetone_call_item_class_init (SidetoneCallItemClass *klass)
{
}

static void
sidetone_call_item_init (SidetoneCallItem *self)
{
}

SidetoneCallItem *
sidetone_call_item_new (SidetonePartner     partner,
                        const SidetoneCall *call)
{
  SidetoneCallItem *self = g_object_new (SIDETONE_TYPE_CALL_ITEM, NULL);

  self->partner = partner;
  self->call = *call;

  return self;
}

SidetonePartner
sidetone_call_item_get_partner (SidetoneCallItem *self)
{
  return self->partner;
}

const SidetoneCall *
sidetone_call_item_get_call (SidetoneCallItem *self)
{
  return &self->call;
}

guint
sidetone_call_item_hash (gconstpointer item)
{
  return ((const SidetoneCallItem *) item)->partner;
}

gboolean
sidetone_call_item_equal (gconstpointer a,
                          gconstpointer b)
{
  const SidetoneCallItem *first = a;
  const SidetoneCallItem *second = b;

  return first->partner == second->partner && first->call.way == second->call.way &&
         first->call.reason == second->call.reason;
}
