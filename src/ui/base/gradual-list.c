/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/gradual-list.h"

#include <time.h>

/**
 * SidetoneGradualList:
 *
 * Incremental filling of a list box: a long list shows some items at a time, so that making their
 * rows never holds up the main loop, nor the frames in between. A very long list shows only those
 * near the visible part: GTK lays out all existing rows in each frame.
 */
struct _SidetoneGradualList
{
  GObject parent_instance;

  GtkWidget *widget;       /* the rows' container, which holds this list */
  GtkAdjustment *adjustment;
  GtkSliceListModel *shown;
  GListModel *model;
  guint source;
};

/* How long rows are made before the main loop gets its turn, in this thread's processor time; one
 * row takes 0.3 to 3 ms */
#define MAX_TURN_US 3000

/* Only hostile networks have more servers. */
#define MIN_ROWS 50

/* How far beyond the visible part rows are made, in multiples of its height */
#define AHEAD 2

/* After the layout and drawing of the existing rows */
#define PRIORITY (GDK_PRIORITY_REDRAW + 1)

G_DEFINE_FINAL_TYPE (SidetoneGradualList, sidetone_gradual_list, G_TYPE_OBJECT)

static gint64
get_processor_time_us (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);

  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

/* Whether the end of the rows may soon be visible, by their position in the scrolled area, which
 * does not wait for the next layout */
static gboolean
is_end_near (SidetoneGradualList *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (self->widget, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  if (view == NULL ||
      !gtk_widget_compute_bounds (self->widget, gtk_viewport_get_child (GTK_VIEWPORT (view)),
                                  &bounds))
    return FALSE;

  return bounds.origin.y + bounds.size.height <
         gtk_adjustment_get_value (self->adjustment) +
         (1 + AHEAD) * gtk_adjustment_get_page_size (self->adjustment);
}

static gboolean
wants_more (SidetoneGradualList *self)
{
  guint size = gtk_slice_list_model_get_size (self->shown);

  return size < g_list_model_get_n_items (self->model) && (size < MIN_ROWS || is_end_near (self));
}

static gboolean
grow_cb (gpointer user_data)
{
  SidetoneGradualList *self = user_data;
  gint64 begin = get_processor_time_us ();
  guint size = gtk_slice_list_model_get_size (self->shown);

  while (size < g_list_model_get_n_items (self->model) &&
         get_processor_time_us () - begin < MAX_TURN_US)
    gtk_slice_list_model_set_size (self->shown, ++size);

  if (wants_more (self))
    return G_SOURCE_CONTINUE;

  self->source = 0;

  return G_SOURCE_REMOVE;
}

static void
go_on (SidetoneGradualList *self)
{
  if (self->source == 0 && self->model != NULL && wants_more (self))
    self->source = g_idle_add_full (PRIORITY, grow_cb, self, NULL);
}

/* A list that has shrunk may grow again. */
static void
on_items_changed (SidetoneGradualList *self)
{
  guint n_items = g_list_model_get_n_items (self->model);

  if (gtk_slice_list_model_get_size (self->shown) > n_items)
    gtk_slice_list_model_set_size (self->shown, n_items);
  go_on (self);
}

/* The visible part changes by scrolling and by resizing the window. */
static void
on_root_changed (SidetoneGradualList *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (self->widget, GTK_TYPE_VIEWPORT);

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  if (view == NULL)
    return;

  g_set_object (&self->adjustment, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)));
  g_signal_connect_swapped (self->adjustment, "changed", G_CALLBACK (go_on), self);
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (go_on), self);
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
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
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
 * @widget: the rows' container; it must outlive the list
 *
 * Returns: (transfer full): a list that shows nothing yet
 */
SidetoneGradualList *
sidetone_gradual_list_new (GtkWidget *widget)
{
  SidetoneGradualList *self = g_object_new (SIDETONE_TYPE_GRADUAL_LIST, NULL);

  self->widget = widget;
  g_signal_connect_object (widget, "notify::root", G_CALLBACK (on_root_changed), self,
                           G_CONNECT_SWAPPED);
  on_root_changed (self);

  return self;
}

/**
 * sidetone_gradual_list_set_model:
 * @self: a list
 * @model: (transfer none) (nullable): all items to show
 *
 * Starts to show @model.
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
 * Returns: (transfer none): the items shown so far
 */
GListModel *
sidetone_gradual_list_get_shown (SidetoneGradualList *self)
{
  return G_LIST_MODEL (self->shown);
}
