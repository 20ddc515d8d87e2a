/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/expander-rows.h"

#include "base/gradual-list.h"
#include "base/name-lists.h"

#include <glib/gi18n.h>

/**
 * SidetoneExpanderRows:
 *
 * The rows inside an expander row (a disclosure): made from a list model when the user expands it, and
 * scrolled into view then. Without items the row can't be expanded.
 */
struct _SidetoneExpanderRows
{
  GObject parent_instance;

  AdwExpanderRow *row;             /* owns this */
  SidetoneCreateRowFunc create;
  GListModel *model;               /* all items */
  SidetoneGradualList *shown;      /* those with a row */
  GPtrArray *rows;                 /* one for each shown item */
  gboolean is_quiet;               /* the row is not expanded by the user */
  guint tick;                      /* while it opens */
  int height;                      /* at the last tick */
  guint n_rows;                    /* the same */
};

G_DEFINE_FINAL_TYPE (SidetoneExpanderRows, sidetone_expander_rows, G_TYPE_OBJECT)

/* libadwaita has no function for it */
static GtkWidget *
find_inside (GtkWidget * widget,
             GType type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_inside (child, type);

  return found;
}

/* Only the end of an expander row can be extended. */
static void
on_shown_changed (GListModel           *shown,
                  guint                 position,
                  guint                 removed,
                  guint                 added,
                  SidetoneExpanderRows *self)
{
  while (self->rows->len > position)
    adw_expander_row_remove (self->row, g_ptr_array_steal_index (self->rows, self->rows->len - 1));

  for (guint i = position; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (shown, i);
      GtkWidget *row = self->create (item);

      adw_expander_row_add_row (self->row, row);
      g_ptr_array_add (self->rows, row);
    }
}

/* As far as the row's header stays in view */
static void
scroll_into_view (SidetoneExpanderRows *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self->row), GTK_TYPE_VIEWPORT);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double end;

  if (view == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (self->row),
                                                  gtk_viewport_get_child (GTK_VIEWPORT (view)),
                                                  &bounds))
    return;

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  end = bounds.origin.y + bounds.size.height - gtk_adjustment_get_page_size (adjustment);
  end = MIN (end, bounds.origin.y);
  if (end > gtk_adjustment_get_value (adjustment))
    gtk_adjustment_set_value (adjustment, end);
}

/* The contents grow with each frame: by the animation, and because rows are made gradually. */
static gboolean
is_settled (SidetoneExpanderRows *self)
{
  GtkWidget *widget = GTK_WIDGET (self->row);
  GtkWidget *view = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  GtkWidget *revealer = find_inside (widget, GTK_TYPE_REVEALER);
  int height = gtk_widget_get_height (widget);
  gboolean grows = height != self->height || self->rows->len != self->n_rows;
  gboolean is_full = view == NULL || height > gtk_widget_get_height (view);

  self->height = height;
  self->n_rows = self->rows->len;
  if (!adw_expander_row_get_expanded (self->row))
    return TRUE;
  if (grows || (revealer != NULL && !gtk_revealer_get_child_revealed (GTK_REVEALER (revealer))))
    return FALSE;

  return is_full || self->rows->len == g_list_model_get_n_items (self->model);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  SidetoneExpanderRows *self = user_data;

  scroll_into_view (self);
  if (!is_settled (self))
    return G_SOURCE_CONTINUE;

  self->tick = 0;

  return G_SOURCE_REMOVE;
}

/* The rows are made when the user expands this one, and kept. */
static void
on_expanded (SidetoneExpanderRows *self)
{
  GtkWidget *header = find_inside (GTK_WIDGET (self->row), ADW_TYPE_ACTION_ROW);
  gboolean expanded = adw_expander_row_get_expanded (self->row);

  gtk_accessible_update_state (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
  if (!expanded || self->is_quiet)
    return;

  sidetone_gradual_list_set_model (self->shown, self->model);
  self->height = -1;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->row), tick_cb, self, NULL);
}

static void
on_items_changed (SidetoneExpanderRows *self)
{
  gboolean has_items = self->model != NULL && g_list_model_get_n_items (self->model) > 0;

  if (adw_expander_row_get_enable_expansion (self->row) == has_items)
    return;

  /* Another check has begun. */
  if (!has_items)
    sidetone_gradual_list_set_model (self->shown, NULL);
  /* This also expands the row, which is for the user to do. */
  self->is_quiet = TRUE;
  adw_expander_row_set_enable_expansion (self->row, has_items);
  adw_expander_row_set_expanded (self->row, FALSE);
  self->is_quiet = FALSE;
}

static void
forget_model (SidetoneExpanderRows *self)
{
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
}

static void
sidetone_expander_rows_dispose (GObject *object)
{
  SidetoneExpanderRows *self = SIDETONE_EXPANDER_ROWS (object);

  forget_model (self);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->row), self->tick);
  self->tick = 0;
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (sidetone_gradual_list_get_shown (self->shown), self);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (sidetone_expander_rows_parent_class)->dispose (object);
}

static void
sidetone_expander_rows_class_init (SidetoneExpanderRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_expander_rows_dispose;
}

static void
sidetone_expander_rows_init (SidetoneExpanderRows *self)
{
  self->rows = g_ptr_array_new ();
}

/**
 * sidetone_expander_rows_new:
 * @row: the expander row, which can't be expanded yet; it must outlive them
 * @create: makes a row for an item
 *
 * Returns: (transfer full): no rows yet
 */
SidetoneExpanderRows *
sidetone_expander_rows_new (AdwExpanderRow       *row,
                            SidetoneCreateRowFunc create)
{
  SidetoneExpanderRows *self = g_object_new (SIDETONE_TYPE_EXPANDER_ROWS, NULL);

  self->row = row;
  self->create = create;
  sidetone_name_lists (GTK_WIDGET (row), _("Details"));
  self->shown = sidetone_gradual_list_new (GTK_WIDGET (row));
  g_signal_connect (sidetone_gradual_list_get_shown (self->shown), "items-changed",
                    G_CALLBACK (on_shown_changed), self);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (on_expanded), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * sidetone_expander_rows_set_model:
 * @self: the rows
 * @model: (transfer none): all items
 *
 * Sets the items of the rows. While there are none, the row can't be expanded.
 */
void
sidetone_expander_rows_set_model (SidetoneExpanderRows *self,
                                  GListModel           *model)
{
  forget_model (self);
  self->model = g_object_ref (model);
  /* After the shown items have followed */
  g_signal_connect_data (model, "items-changed", G_CALLBACK (on_items_changed), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  on_items_changed (self);
}

/**
 * sidetone_expander_rows_expand:
 * @self: the rows
 * @expanded: whether to show them
 *
 * Shows or hides the rows, as if the user had done so, but without scrolling.
 */
void
sidetone_expander_rows_expand (SidetoneExpanderRows *self,
                               gboolean              expanded)
{
  if (!adw_expander_row_get_enable_expansion (self->row))
    return;

  self->is_quiet = TRUE;
  adw_expander_row_set_expanded (self->row, expanded);
  self->is_quiet = FALSE;
  if (expanded)
    sidetone_gradual_list_set_model (self->shown, self->model);
}

/**
 * sidetone_expander_rows_describe:
 * @row: an expander row
 * @words: its contents in words
 *
 * Describes the row's header, which is its focusable part, to screen readers.
 */
void
sidetone_expander_rows_describe (AdwExpanderRow *row,
                                 const char     *words)
{
  GtkWidget *header = find_inside (GTK_WIDGET (row), ADW_TYPE_ACTION_ROW);

  gtk_accessible_update_property (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
}
