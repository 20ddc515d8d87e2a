/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/gradual-list.h"

/**
 * SidetoneGradualList:
 *
 * Incremental filling of a list box: of a long list, some items are shown at a time, so that the
 * rows that are made for them never hold up the main loop, nor the frames in between.
 */
struct _SidetoneGradualList
{
  GObject parent_instance;

  GtkSliceListModel *shown;
  GListModel *model;
  guint source;
};

/* For how long rows are made before the main loop has its turn; one row takes 0.3 to 2 ms */
#define MAX_TURN_US 3000

/* After the layout and the drawing of what is there already */
#define PRIORITY (GDK_PRIORITY_REDRAW + 1)

G_DEFINE_FINAL_TYPE (SidetoneGradualList, sidetone_gradual_list, G_TYPE_OBJECT)

static gboolean
grow_cb (gpointer user_data)
{
  SidetoneGradualList *self = user_data;
  gint64 begin = g_get_monotonic_time ();
  guint size = gtk_slice_list_model_get_size (self->shown);

  while (size < g_list_model_get_n_items (self->model) &&
         g_get_monotonic_time () - begin < MAX_TURN_US)
    gtk_slice_list_model_set_size (self->shown, ++size);

  if (size < g_list_model_get_n_items (self->model))
    return G_SOURCE_CONTINUE;

  self->source = 0;

  return G_SOURCE_REMOVE;
}

/* A list that is shorter now may become longer again. */
static void
on_items_changed (SidetoneGradualList *self)
{
  guint n_items = g_list_model_get_n_items (self->model);

  if (gtk_slice_list_model_get_size (self->shown) > n_items)
    gtk_slice_list_model_set_size (self->shown, n_items);
  else if (gtk_slice_list_model_get_size (self->shown) < n_items && self->source == 0)
    self->source = g_idle_add_full (PRIORITY, grow_cb, self, NULL);
}

static void
forget_model (SidetoneGradualList *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
}

static void
sidetone_gradual_list_dispose (GObject *object)
{
  SidetoneGradualList *self = SIDETONE_GRADUAL_LIST (object);

  forget_model (self);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (sidetone_gradual_list_parent_class)->dispose (object);
}

static void
sidetone_gradual_list_class_init (SidetoneGradualListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_gradual_list_dispose;
}

static void
sidetone_gradual_list_init (SidetoneGradualList *self)
{
  self->shown = gtk_slice_list_model_new (NULL, 0, 0);
}

/**
 * sidetone_gradual_list_new:
 *
 * Returns: (transfer full): a list that shows nothing yet
 */
SidetoneGradualList *
sidetone_gradual_list_new (void)
{
  return g_object_new (SIDETONE_TYPE_GRADUAL_LIST, NULL);
}

/**
 * sidetone_gradual_list_set_model:
 * @self: a list
 * @model: (transfer none) (nullable): all that it is to show
 *
 * Begins to show @model.
 */
void
sidetone_gradual_list_set_model (SidetoneGradualList *self,
                                 GListModel          *model)
{
  if (self->model == model)
    return;

  forget_model (self);
  gtk_slice_list_model_set_size (self->shown, 0);
  gtk_slice_list_model_set_model (self->shown, model);
  if (model == NULL)
    return;

  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_changed), self);
  on_items_changed (self);
}

/**
 * sidetone_gradual_list_get_shown:
 * @self: a list
 *
 * Returns: (transfer none): what is shown of it so far
 */
GListModel *
sidetone_gradual_list_get_shown (SidetoneGradualList *self)
{
  return G_LIST_MODEL (self->shown);
}
