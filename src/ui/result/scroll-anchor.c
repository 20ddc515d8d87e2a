/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/scroll-anchor.h"

#include <math.h>

/**
 * SidetoneScrollAnchor:
 *
 * Scroll anchoring, as web browsers have it: what grows or shrinks above the anchor moves the scroll
 * position, too, before anything is drawn, so the anchor stays where it is. It is what the pointer
 * is over, or else the first row of a page that was scrolled. A page at its top, with a pointer that
 * has not moved since it is shown, has none: the answer comes there.
 */
struct _SidetoneScrollAnchor
{
  GObject parent_instance;

  GtkWidget *view;           /* the scrolled window, which outlives this */
  GtkWidget *content;        /* the box in it: its children and their rows can be anchors */
  GtkAdjustment *adjustment;
  GdkFrameClock *clock;
  gboolean is_adjusting;

  GtkWidget *anchor;         /* NULL without any; weak */
  double place;              /* its distance from the upper edge of the view */

  gboolean hovers;           /* the pointer was moved in the view */
  double pointer_x;
  double pointer_y;
};

G_DEFINE_FINAL_TYPE (SidetoneScrollAnchor, sidetone_scroll_anchor, G_TYPE_OBJECT)

/* From one try for an anchor to the next, in pixels: no row is lower */
#define STEP 24

static gboolean
find_place (SidetoneScrollAnchor *self,
            GtkWidget            *widget,
            double               *place)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, self->view, &bounds))
    return FALSE;

  *place = bounds.origin.y;

  return TRUE;
}

/* The row at a place in the view, or the part of the page if there is no row; NULL between parts */
static GtkWidget *
pick (SidetoneScrollAnchor *self,
      double                x,
      double                y)
{
  GtkWidget *widget = gtk_widget_pick (self->view, x, y, GTK_PICK_INSENSITIVE |
                                       GTK_PICK_NON_TARGETABLE);

  while (widget != NULL && !GTK_IS_LIST_BOX_ROW (widget) &&
         gtk_widget_get_parent (widget) != self->content)
    widget = widget != self->view ? gtk_widget_get_parent (widget) : NULL;

  return widget;
}

static GtkWidget *
pick_first (SidetoneScrollAnchor *self)
{
  double middle = gtk_widget_get_width (self->view) / 2.0;
  GtkWidget *cut = NULL;

  for (int y = 0; y < gtk_widget_get_height (self->view); y += STEP)
    {
      GtkWidget *widget = pick (self, middle, y);
      double place;

      if (widget != NULL && find_place (self, widget, &place) && place >= 0)
        return widget;
      if (cut == NULL)
        cut = widget;
    }

  /* Nothing begins in the view. */
  return cut;
}

static void
set_anchor (SidetoneScrollAnchor *self,
            GtkWidget            *widget)
{
  if (widget != NULL && !find_place (self, widget, &self->place))
    widget = NULL;
  g_set_weak_pointer (&self->anchor, widget);
}

static void
choose (SidetoneScrollAnchor *self)
{
  GtkWidget *widget = self->hovers ? pick (self, self->pointer_x, self->pointer_y) : NULL;

  if (widget == NULL && gtk_adjustment_get_value (self->adjustment) > 0)
    widget = pick_first (self);
  set_anchor (self, widget);
}

/* Runs in the same frame as the layout that has moved the anchor, which is repeated before GTK
 * draws it. */
static void
on_layout (SidetoneScrollAnchor *self)
{
  double before = gtk_adjustment_get_value (self->adjustment);
  double place;

  if (!gtk_widget_get_mapped (self->view))
    return;

  if (self->anchor != NULL && find_place (self, self->anchor, &place) &&
      fabs (place - self->place) >= 1)
    {
      self->is_adjusting = TRUE;
      gtk_adjustment_set_value (self->adjustment, before + place - self->place);
      self->is_adjusting = FALSE;
      if (fabs (gtk_adjustment_get_value (self->adjustment) - before) >= 1)
        return;
    }

  choose (self);
}

/* The user scrolls, or the focus does. */
static void
on_scrolled (SidetoneScrollAnchor *self)
{
  if (!self->is_adjusting)
    set_anchor (self, NULL);
}

/* A layout can move the page below a pointer that stays where it is. */
static void
on_motion (GtkEventController   *controller,
           double                x,
           double                y,
           SidetoneScrollAnchor *self)
{
  if (fabs (x - self->pointer_x) < 1 && fabs (y - self->pointer_y) < 1)
    return;

  self->pointer_x = x;
  self->pointer_y = y;
  self->hovers = TRUE;
  choose (self);
}

static void
on_enter (GtkEventController   *controller,
          double                x,
          double                y,
          SidetoneScrollAnchor *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static void
on_leave (GtkEventController   *controller,
          SidetoneScrollAnchor *self)
{
  self->hovers = FALSE;
  choose (self);
}

static void
forget_clock (SidetoneScrollAnchor *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
}

/* After GTK's own layout */
static void
on_realize (SidetoneScrollAnchor *self)
{
  forget_clock (self);
  g_set_object (&self->clock, gtk_widget_get_frame_clock (self->view));
  g_signal_connect_data (self->clock, "layout", G_CALLBACK (on_layout), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
sidetone_scroll_anchor_dispose (GObject *object)
{
  SidetoneScrollAnchor *self = SIDETONE_SCROLL_ANCHOR (object);

  forget_clock (self);
  g_clear_weak_pointer (&self->anchor);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (sidetone_scroll_anchor_parent_class)->dispose (object);
}

static void
sidetone_scroll_anchor_class_init (SidetoneScrollAnchorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_scroll_anchor_dispose;
}

static void
sidetone_scroll_anchor_init (SidetoneScrollAnchor *self)
{
}

/**
 * sidetone_scroll_anchor_new:
 * @view: a scrolled window; it must outlive the anchor
 * @content: the box of parts that it scrolls
 *
 * Returns: (transfer full): an anchor for @view
 */
SidetoneScrollAnchor *
sidetone_scroll_anchor_new (GtkWidget *view,
                            GtkWidget *content)
{
  SidetoneScrollAnchor *self = g_object_new (SIDETONE_TYPE_SCROLL_ANCHOR, NULL);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->view = view;
  self->content = content;
  self->adjustment = g_object_ref (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (view)));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "realize", G_CALLBACK (on_realize), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unrealize", G_CALLBACK (forget_clock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "enter", G_CALLBACK (on_enter), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_leave), self, 0);
  gtk_event_controller_set_name (motion, "scroll-anchor");
  gtk_widget_add_controller (view, motion);
  if (gtk_widget_get_realized (view))
    on_realize (self);

  return self;
}

/**
 * sidetone_scroll_anchor_return:
 * @self: an anchor
 *
 * Scrolls to the top, where there is no anchor until the user scrolls or moves the pointer.
 */
void
sidetone_scroll_anchor_return (SidetoneScrollAnchor *self)
{
  self->hovers = FALSE;
  set_anchor (self, NULL);
  gtk_adjustment_set_value (self->adjustment, 0);
}
