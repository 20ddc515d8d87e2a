/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/way.h"

#include "result/address-card.h"
#include "result/hop-button.h"
#include "result/way-layout.h"
#include "words/describe.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * SidetoneWay:
 *
 * The picture of the way that a call takes: this computer, what its server sees, in between
 * whatever translates the address (NAT), a box each, and beyond it the server, its relay, and the
 * person called. Lines join them: dashed where nothing is known, crossed where nothing gets through.
 */
struct _SidetoneWay
{
  GtkWidget parent_instance;

  SidetoneAddressCard *local_card;
  GtkWidget *middle;
  SidetoneAddressCard *external_card;
  SidetoneHopButton *server_hop;
  SidetoneHopButton *relay_hop;
  SidetoneHopButton *partner_hop;

  SidetoneHopState local_state;
  SidetoneHopState external_state;
};

enum { COPIED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneWay, sidetone_way, GTK_TYPE_WIDGET)

/* In pixels */
#define LINE_WIDTH 2.0
#define DASH 5.0
#define CROSS 6.0

static void
on_card_copied (SidetoneWay *self,
                gboolean     done)
{
  g_signal_emit (self, signals[COPIED], 0, done);
}

/* A straight line from one point to another, with a cross in its middle if it is broken */
static void
draw_line (GtkWidget              *widget,
           cairo_t                *cr,
           const graphene_point_t *start,
           const graphene_point_t *end,
           SidetoneHopState        state)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  double dash = DASH;
  double x = (start->x + end->x) / 2;
  double y = (start->y + end->y) / 2;
  GdkRGBA color;

  gtk_style_context_get_color (style, &color);
  if (state == SIDETONE_HOP_BROKEN)
    gtk_style_context_lookup_color (style, "error_color", &color);

  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE_WIDTH);
  if (state == SIDETONE_HOP_UNKNOWN)
    cairo_set_dash (cr, &dash, 1, 0);
  cairo_move_to (cr, start->x, start->y);
  cairo_line_to (cr, end->x, end->y);
  if (state == SIDETONE_HOP_BROKEN)
    {
      cairo_move_to (cr, x - CROSS, y - CROSS);
      cairo_line_to (cr, x + CROSS, y + CROSS);
      cairo_move_to (cr, x - CROSS, y + CROSS);
      cairo_line_to (cr, x + CROSS, y - CROSS);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static float
get_right (const graphene_rect_t *rect)
{
  return rect->origin.x + rect->size.width;
}

static float
get_bottom (const graphene_rect_t *rect)
{
  return rect->origin.y + rect->size.height;
}

/* From the edge of one widget to the edge of the next, wherever the layout has put them. The line is
 * level with the smaller one. */
static void
draw_link (SidetoneWay     *self,
           cairo_t         *cr,
           GtkWidget       *from,
           GtkWidget       *to,
           SidetoneHopState state)
{
  GtkWidget *widget = GTK_WIDGET (self);
  graphene_rect_t a;
  graphene_rect_t b;
  graphene_point_t start;
  graphene_point_t end;
  float x;
  float y;

  if (!gtk_widget_compute_bounds (from, widget, &a) || !gtk_widget_compute_bounds (to, widget, &b))
    return;

  x = a.size.width < b.size.width ? a.origin.x + a.size.width / 2 : b.origin.x + b.size.width / 2;
  y = a.size.height < b.size.height ? a.origin.y + a.size.height / 2
      : b.origin.y + b.size.height / 2;
  if (b.origin.x >= get_right (&a))
    {
      start = GRAPHENE_POINT_INIT (get_right (&a), y);
      end = GRAPHENE_POINT_INIT (b.origin.x, y);
    }
  else if (a.origin.x >= get_right (&b))
    {
      start = GRAPHENE_POINT_INIT (a.origin.x, y);
      end = GRAPHENE_POINT_INIT (get_right (&b), y);
    }
  else
    {
      start = GRAPHENE_POINT_INIT (x, get_bottom (&a));
      end = GRAPHENE_POINT_INIT (x, b.origin.y);
    }

  draw_line (widget, cr, &start, &end, state);
}

/* From the card down to a line above the far hops, and from there down to each of them */
static void
draw_branches (SidetoneWay           *self,
               cairo_t               *cr,
               const graphene_rect_t *card,
               GtkWidget            **hops,
               guint                  n_hops)
{
  float x = card->origin.x + card->size.width / 2;
  graphene_rect_t hop;
  graphene_point_t above = GRAPHENE_POINT_INIT (x, get_bottom (card));

  for (guint i = 0; i < n_hops; i++)
    {
      SidetoneHopState state = sidetone_hop_button_get_state (SIDETONE_HOP_BUTTON (hops[i]));
      graphene_point_t start;
      graphene_point_t end;

      if (!gtk_widget_compute_bounds (hops[i], GTK_WIDGET (self), &hop))
        return;

      end = GRAPHENE_POINT_INIT (hop.origin.x + hop.size.width / 2, hop.origin.y);
      start = GRAPHENE_POINT_INIT (end.x, above.y + (hop.origin.y - above.y) / 3);
      draw_line (GTK_WIDGET (self), cr, &start, &end, state);
      end = GRAPHENE_POINT_INIT (x, start.y);
      draw_line (GTK_WIDGET (self), cr, &end, &start,
                 state == SIDETONE_HOP_UNKNOWN ? SIDETONE_HOP_UNKNOWN : SIDETONE_HOP_FINE);
      draw_line (GTK_WIDGET (self), cr, &above, &end, SIDETONE_HOP_FINE);
    }
}

static void
draw_far (SidetoneWay *self,
          cairo_t     *cr)
{
  GtkWidget *external = GTK_WIDGET (self->external_card);
  GtkWidget *hops[] = {
    GTK_WIDGET (self->server_hop), GTK_WIDGET (self->relay_hop), GTK_WIDGET (self->partner_hop)
  };
  GtkWidget *last = external;
  graphene_rect_t card;
  graphene_rect_t first;

  if (!gtk_widget_compute_bounds (external, GTK_WIDGET (self), &card) ||
      !gtk_widget_compute_bounds (hops[0], GTK_WIDGET (self), &first))
    return;

  if (first.size.width < card.size.width)
    {
      draw_branches (self, cr, &card, hops, G_N_ELEMENTS (hops));
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (hops); i++)
    {
      draw_link (self, cr, last, hops[i],
                 sidetone_hop_button_get_state (SIDETONE_HOP_BUTTON (hops[i])));
      last = hops[i];
    }
}

static void
sidetone_way_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  SidetoneWay *self = SIDETONE_WAY (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                            gtk_widget_get_height (widget));
  GtkWidget *last = GTK_WIDGET (self->local_card);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);

  for (GtkWidget *hop = gtk_widget_get_first_child (self->middle); hop != NULL;
       hop = gtk_widget_get_next_sibling (hop))
    {
      SidetoneHopState state = sidetone_hop_button_get_state (SIDETONE_HOP_BUTTON (hop));
      gboolean is_cut = last == GTK_WIDGET (self->local_card) &&
                        self->local_state == SIDETONE_HOP_BROKEN;

      draw_link (self, cr, last, hop, is_cut ? SIDETONE_HOP_BROKEN : state);
      last = hop;
    }
  draw_link (self, cr, last, GTK_WIDGET (self->external_card), self->external_state);
  draw_far (self, cr);
  cairo_destroy (cr);

  GTK_WIDGET_CLASS (sidetone_way_parent_class)->snapshot (widget, snapshot);
}

static void
sidetone_way_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SIDETONE_TYPE_WAY);

  G_OBJECT_CLASS (sidetone_way_parent_class)->dispose (object);
}

static void
sidetone_way_class_init (SidetoneWayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_way_dispose;
  widget_class->snapshot = sidetone_way_snapshot;

  /**
   * SidetoneWay::copied:
   * @done: whether the display took them
   *
   * One end's address and port have been copied to the clipboard, or were to be.
   */
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (SIDETONE_TYPE_ADDRESS_CARD);
  g_type_ensure (SIDETONE_TYPE_HOP_BUTTON);
  gtk_widget_class_set_css_name (widget_class, "way");
  gtk_widget_class_set_layout_manager_type (widget_class, SIDETONE_TYPE_WAY_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/way.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, local_card);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, middle);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, external_card);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, server_hop);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, relay_hop);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, partner_hop);
  gtk_widget_class_bind_template_callback (widget_class, on_card_copied);
}

static void
sidetone_way_init (SidetoneWay *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* The boxes between the two ends: as many as there are hops. Those that stay keep their focus. */
static void
fit_between (SidetoneWay *self,
             guint        n_hops)
{
  GtkWidget *child = gtk_widget_get_first_child (self->middle);
  guint n = 0;

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (++n > n_hops)
        gtk_box_remove (GTK_BOX (self->middle), child);
      child = next;
    }
  for (; n < n_hops; n++)
    gtk_box_append (GTK_BOX (self->middle), sidetone_hop_button_new ());
}

static void
show_ends (SidetoneWay       *self,
           SidetoneDiagnosis *diagnosis,
           gboolean           running,
           const char        *offline,
           const char        *unseen)
{
  SidetoneEndpoint *local = diagnosis != NULL ? sidetone_diagnosis_get_local (diagnosis) : NULL;
  SidetoneEndpoint *external = diagnosis != NULL ? sidetone_diagnosis_get_external (diagnosis)
                               : NULL;

  if (local != NULL)
    sidetone_address_card_set_endpoint (self->local_card, local, SIDETONE_CHANGE_UNKNOWN,
                                        SIDETONE_CHANGE_UNKNOWN);
  else
    sidetone_address_card_set_reason (self->local_card, running ? _("Not known yet") : offline);

  if (external != NULL)
    sidetone_address_card_set_endpoint (self->external_card, external,
                                        sidetone_diagnosis_get_address_change (diagnosis),
                                        sidetone_diagnosis_get_port_change (diagnosis));
  else
    sidetone_address_card_set_reason (self->external_card, running ? _("Not known yet") : unseen);
}

static void
show_hop (SidetoneWay             *self,
          const SidetoneHop       *hop,
          guint                    between,
          const SidetoneDiagnosis *diagnosis)
{
  GtkWidget *box = gtk_widget_get_first_child (self->middle);

  switch (hop->place)
    {
    case SIDETONE_HOP_COMPUTER:
      self->local_state = hop->state;
      sidetone_address_card_set_hop (self->local_card, hop, diagnosis);
      break;

    case SIDETONE_HOP_BETWEEN:
      while (between-- > 0)
        box = gtk_widget_get_next_sibling (box);
      sidetone_hop_button_show_hop (SIDETONE_HOP_BUTTON (box), hop, diagnosis);
      break;

    case SIDETONE_HOP_SEEN:
      self->external_state = hop->state;
      sidetone_address_card_set_hop (self->external_card, hop, diagnosis);
      break;

    case SIDETONE_HOP_SERVER:
      sidetone_hop_button_show_hop (self->server_hop, hop, diagnosis);
      break;

    case SIDETONE_HOP_RELAY:
      sidetone_hop_button_show_hop (self->relay_hop, hop, diagnosis);
      break;

    case SIDETONE_HOP_PARTNER:
      sidetone_hop_button_show_hop (self->partner_hop, hop, diagnosis);
      break;
    }
}

/**
 * sidetone_way_make_contents:
 * @self: the way, which is empty and hidden at first
 *
 * Returns: whether the contents were missing, and were made
 */
gboolean
sidetone_way_make_contents (SidetoneWay *self)
{
  if (self->middle != NULL)
    return FALSE;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  return TRUE;
}

/**
 * sidetone_way_show_diagnosis:
 * @self: the way, with its contents
 * @diagnosis: (nullable): the diagnosis so far
 * @running: whether more may come
 *
 * Draws the way from @diagnosis; while more may come, only its ends.
 */
void
sidetone_way_show_diagnosis (SidetoneWay       *self,
                             SidetoneDiagnosis *diagnosis,
                             gboolean           running)
{
  SidetoneDiagnosis *judged = running ? NULL : diagnosis;
  g_autoptr (GPtrArray) hops = sidetone_hops_new (judged);
  g_autofree char *sentence = judged != NULL ? sidetone_describe_way (judged) : g_strdup ("");
  g_autofree char *offline = NULL;
  g_autofree char *unseen = NULL;
  guint n_between = 0;

  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];

      n_between += hop->place == SIDETONE_HOP_BETWEEN;
      if (hop->place == SIDETONE_HOP_COMPUTER && hop->finding != NULL)
        offline = sidetone_describe_hop (hop, judged);
      if (hop->place == SIDETONE_HOP_SEEN && judged != NULL)
        unseen = sidetone_describe_hop (hop, judged);
    }

  fit_between (self, n_between);
  show_ends (self, diagnosis, running, offline != NULL ? offline : _("Not known"),
             unseen != NULL ? unseen : _("Not known"));
  n_between = 0;
  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];

      show_hop (self, hop, n_between, judged);
      n_between += hop->place == SIDETONE_HOP_BETWEEN;
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
