/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/call-item.h"

#include <string.h>

/**
 * SidetoneCallItem:
 *
 * How calls with some kinds of partners get through, as a list's item. Immutable.
 */
struct _SidetoneCallItem
{
  GObject parent_instance;

  gboolean partners[SIDETONE_N_PARTNERS];
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
sidetone_call_item_new (const gboolean     *partners,
                        const SidetoneCall *call)
{
  SidetoneCallItem *self = g_object_new (SIDETONE_TYPE_CALL_ITEM, NULL);

  memcpy (self->partners, partners, sizeof self->partners);
  self->call = *call;

  return self;
}

const gboolean *
sidetone_call_item_get_partners (SidetoneCallItem *self)
{
  return self->partners;
}

const SidetoneCall *
sidetone_call_item_get_call (SidetoneCallItem *self)
{
  return &self->call;
}

guint
sidetone_call_item_hash (gconstpointer item)
{
  const SidetoneCallItem *self = item;
  guint hash = 0;

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    hash = 2 * hash + (self->partners[partner] ? 1 : 0);

  return hash;
}

gboolean
sidetone_call_item_equal (gconstpointer a,
                          gconstpointer b)
{
  const SidetoneCallItem *first = a;
  const SidetoneCallItem *second = b;

  return memcmp (first->partners, second->partners, sizeof first->partners) == 0 &&
         first->call.way == second->call.way && first->call.reason == second->call.reason;
}
