/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/stable-list.h"

/* A diff of two lists: updates a list model so that each remaining item stays the same object.
 * Thereby the bound rows stay, too, with their focus, and expanded if they were. */

/* Each item -> its position in the list, plus one; the first of several equal items */
static GHashTable *
index_items (GListModel *model,
             guint       begin,
             GHashFunc   hash,
             GEqualFunc  equal)
{
  GHashTable *places = g_hash_table_new_full (hash, equal, g_object_unref, NULL);

  for (guint i = begin; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (!g_hash_table_contains (places, item))
        g_hash_table_insert (places, g_steal_pointer (&item), GUINT_TO_POINTER (i + 1));
    }

  return places;
}

/* Returns: how many leading items stay as they are */
static guint
count_kept (GListModel *model,
            GPtrArray  *items,
            GEqualFunc  equal)
{
  guint n = MIN (g_list_model_get_n_items (model), items->len);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      if (!equal (item, items->pdata[i]))
        return i;
    }

  return n;
}

/**
 * sidetone_stable_list_update:
 * @store: the list to update
 * @items: (element-type GObject): its new items
 * @hash: a hash of items
 * @equal: whether two items look the same to the user
 *
 * Updates @store to @items. Items of @store that are equal to one of @items stay, as long as their
 * order is the same; others are removed or added, each run of them at once.
 */
void
sidetone_stable_list_update (GListStore *store,
                             GPtrArray  *items,
                             GHashFunc   hash,
                             GEqualFunc  equal)
{
  GListModel *model = G_LIST_MODEL (store);
  guint n_old = g_list_model_get_n_items (model);
  guint n_kept = count_kept (model, items, equal);
  guint old = n_kept;        /* position in the list as it was */
  guint at = n_kept;         /* position in the list as it will be */
  guint new = n_kept;        /* the first new item that is not in the list yet */
  g_autoptr (GHashTable) places = NULL;

  /* Most changes add items at the end, or none. */
  if (n_kept < n_old && n_kept < items->len)
    places = index_items (model, n_kept, hash, equal);

  for (guint i = n_kept; i < items->len && places != NULL; i++)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, items->pdata[i]));

      if (place <= old)
        continue;

      if (place - 1 > old || i > new)
        g_list_store_splice (store, at, place - 1 - old, items->pdata + new, i - new);
      at += i - new + 1;
      old = place;
      new = i + 1;
    }

  if (old < n_old || new < items->len)
    g_list_store_splice (store, at, n_old - old, items->pdata + new, items->len - new);
}
