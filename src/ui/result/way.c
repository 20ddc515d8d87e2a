/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/way.h"

#include "result/address-card.h"
#include "result/way-layout.h"
#include "judge/verdict.h"
#include "words/describe.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * SidetoneWay:
 *
 * The picture of the path: this computer, what its server sees, and in between whatever changes the
 * address, with a line through all three.
 */
struct _SidetoneWay
{
  GtkWidget parent_instance;

  SidetoneAddressCard *local_card;
  GtkWidget *middle;
  GtkLabel *translator_label;
  GtkLabel *between_label;
  SidetoneAddressCard *external_card;
};

enum { COPIED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneWay, sidetone_way, GTK_TYPE_WIDGET)

#define LINE_WIDTH 2.0
#define ARROW_LENGTH 9.0
#define ARROW_WIDTH 6.0

static void
on_card_copied (SidetoneWay *self,
                gboolean     done)
{
  g_signal_emit (self, signals[COPIED], 0, done);
}

/* From the edge of one card to the edge of the other, wherever the layout has put them */
static void
find_line (const graphene_rect_t *from,
           const graphene_rect_t *to,
           const graphene_rect_t *middle,
           graphene_point_t      *start,
           graphene_point_t      *end)
{
  float x = middle->origin.x + middle->size.width / 2;
  float y = middle->origin.y + middle->size.height / 2;

  if (to->origin.x >= from->origin.x + from->size.width)
    {
      *start = GRAPHENE_POINT_INIT (from->origin.x + from->size.width, y);
      *end = GRAPHENE_POINT_INIT (to->origin.x, y);
    }
  else if (from->origin.x >= to->origin.x + to->size.width)
    {
      *start = GRAPHENE_POINT_INIT (from->origin.x, y);
      *end = GRAPHENE_POINT_INIT (to->origin.x + to->size.width, y);
    }
  else
    {
      *start = GRAPHENE_POINT_INIT (x, from->origin.y + from->size.height);
      *end = GRAPHENE_POINT_INIT (x, to->origin.y);
    }
}

static void
draw_line (cairo_t                *cr,
           const graphene_point_t *start,
           const graphene_point_t *end)
{
  double length = hypot (end->x - start->x, end->y - start->y);

  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_translate (cr, start->x, start->y);
  cairo_rotate (cr, atan2 (end->y - start->y, end->x - start->x));
  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, length - ARROW_LENGTH, 0);
  cairo_stroke (cr);
  cairo_move_to (cr, length, 0);
  cairo_line_to (cr, length - ARROW_LENGTH, -ARROW_WIDTH);
  cairo_line_to (cr, length - ARROW_LENGTH, ARROW_WIDTH);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
sidetone_way_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  SidetoneWay *self = SIDETONE_WAY (widget);
  graphene_rect_t from;
  graphene_rect_t to;
  graphene_rect_t middle;
  graphene_point_t start;
  graphene_point_t end;
  GdkRGBA color;
  cairo_t *cr;

  if (gtk_widget_compute_bounds (GTK_WIDGET (self->local_card), widget, &from) &&
      gtk_widget_compute_bounds (GTK_WIDGET (self->external_card), widget, &to) &&
      gtk_widget_compute_bounds (self->middle, widget, &middle))
    {
      find_line (&from, &to, &middle, &start, &end);
      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
      cr = gtk_snapshot_append_cairo (snapshot,
                                      &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                           gtk_widget_get_height (widget)));
      gdk_cairo_set_source_rgba (cr, &color);
      draw_line (cr, &start, &end);
      cairo_destroy (cr);
    }

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
  gtk_widget_class_set_css_name (widget_class, "way");
  gtk_widget_class_set_layout_manager_type (widget_class, SIDETONE_TYPE_WAY_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/way.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, local_card);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, middle);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, translator_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, between_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneWay, external_card);
  gtk_widget_class_bind_template_callback (widget_class, on_card_copied);
}

static void
sidetone_way_init (SidetoneWay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_between (SidetoneWay       *self,
              SidetoneDiagnosis *diagnosis,
              gboolean           running)
{
  SidetoneFinding *finding = diagnosis != NULL
                             ? sidetone_diagnosis_get_address_finding (diagnosis) : NULL;
  SidetoneFindingKind kind = finding != NULL ? sidetone_finding_get_kind (finding)
                             : SIDETONE_FINDING_UNKNOWN;
  const char *translator = running ? NULL : sidetone_describe_translator (kind);

  gtk_widget_set_visible (GTK_WIDGET (self->translator_label), translator != NULL);
  gtk_label_set_text (self->translator_label, translator != NULL ? translator : "");
  gtk_label_set_text (self->between_label,
                      running ? _("checking…") : sidetone_describe_between (kind));
  /* It is in the way only if calls find no way. */
  if (translator != NULL &&
      sidetone_diagnosis_get_verdict (diagnosis)->state >= SIDETONE_VERDICT_MAY_FAIL)
    gtk_widget_add_css_class (self->middle, "limits");
  else
    gtk_widget_remove_css_class (self->middle, "limits");
}

/* Why the server's answer has no address, and the address that a STUN server sees instead */
static void
show_reason (SidetoneWay      *self,
             const char       *reason,
             SidetoneEndpoint *mapped)
{
  g_autofree char *sentence = mapped != NULL ? sidetone_describe_mapped (mapped) : NULL;
  g_autofree char *both = sentence != NULL ? g_strdup_printf ("%s %s", reason, sentence) : NULL;

  sidetone_address_card_set_reason (self->external_card, both != NULL ? both : reason);
}

/**
 * sidetone_way_show_diagnosis:
 * @self: the way
 * @diagnosis: (nullable): the diagnosis so far
 * @running: whether more may come
 *
 * Draws both ends and what lies between, from @diagnosis.
 */
void
sidetone_way_show_diagnosis (SidetoneWay       *self,
                             SidetoneDiagnosis *diagnosis,
                             gboolean           running)
{
  SidetoneEndpoint *local = NULL;
  SidetoneEndpoint *external = NULL;
  SidetoneEndpoint *mapped = NULL;
  g_autofree char *event = NULL;

  if (diagnosis != NULL)
    {
      mapped = sidetone_diagnosis_get_mapped (diagnosis);
      local = sidetone_diagnosis_get_local (diagnosis);
      external = sidetone_diagnosis_get_external (diagnosis);
      event = running ? NULL : sidetone_describe_event (diagnosis);
    }

  if (local != NULL)
    sidetone_address_card_set_endpoint (self->local_card, local, SIDETONE_CHANGE_UNKNOWN,
                                        SIDETONE_CHANGE_UNKNOWN);
  else
    sidetone_address_card_set_reason (self->local_card, running ? _("Not known yet")
                                      : _("Not known"));

  if (external != NULL)
    sidetone_address_card_set_endpoint (self->external_card, external,
                                        sidetone_diagnosis_get_address_change (diagnosis),
                                        sidetone_diagnosis_get_port_change (diagnosis));
  else
    show_reason (self, running ? _("Not known yet") : event != NULL ? event : _("Not known"),
                 running ? NULL : mapped);

  show_between (self, diagnosis, running);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
