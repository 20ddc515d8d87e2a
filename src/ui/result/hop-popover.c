/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/hop-popover.h"

#include "result/detail-list.h"
#include "words/describe.h"

/**
 * SidetoneHopPopover:
 *
 * The evidence for a hop of the way.
 */
struct _SidetoneHopPopover
{
  GtkPopover parent_instance;

  GtkLabel *title_label;
  SidetoneDetailList *details;
};

G_DEFINE_FINAL_TYPE (SidetoneHopPopover, sidetone_hop_popover, GTK_TYPE_POPOVER)

static void
sidetone_hop_popover_class_init (SidetoneHopPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SIDETONE_TYPE_DETAIL_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/hop-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneHopPopover, title_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHopPopover, details);
}

static void
sidetone_hop_popover_init (SidetoneHopPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_hop_popover_show_hop:
 * @self: a popover
 * @hop: a hop
 * @diagnosis: (nullable): the diagnosis that it is from, %NULL while there is none
 *
 * Fills @self with the evidence for @hop.
 *
 * Returns: whether there is any
 */
gboolean
sidetone_hop_popover_show_hop (SidetoneHopPopover      *self,
                               const SidetoneHop       *hop,
                               const SidetoneDiagnosis *diagnosis)
{
  g_autoptr (GPtrArray) rows = diagnosis != NULL ? sidetone_describe_hop_details (hop, diagnosis)
                               : g_ptr_array_new ();

  gtk_label_set_text (self->title_label, sidetone_describe_hop_title (hop));
  sidetone_detail_list_set_details (self->details, rows);

  return rows->len > 0;
}
