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

typedef struct
{
  char *title;
  GPtrArray *rows;
} Evidence;

static void
evidence_free (gpointer data)
{
  Evidence *evidence = data;

  g_free (evidence->title);
  g_ptr_array_unref (evidence->rows);
  g_free (evidence);
}

/* When the button is pressed: most popovers are never looked at. */
static void
create_cb (GtkMenuButton *button,
           gpointer       user_data)
{
  const Evidence *evidence = user_data;
  SidetoneHopPopover *self = g_object_new (SIDETONE_TYPE_HOP_POPOVER, NULL);

  gtk_label_set_text (self->title_label, evidence->title);
  sidetone_detail_list_set_details (self->details, evidence->rows);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self));
}

/**
 * sidetone_hop_popover_offer:
 * @button: a button
 * @hop: a hop
 * @diagnosis: (nullable): the diagnosis that it is from, %NULL while there is none
 *
 * Makes @button open a popover with the evidence for @hop.
 *
 * Returns: whether there is any
 */
gboolean
sidetone_hop_popover_offer (GtkMenuButton           *button,
                            const SidetoneHop       *hop,
                            const SidetoneDiagnosis *diagnosis)
{
  g_autoptr (GPtrArray) rows = diagnosis != NULL ? sidetone_describe_hop_details (hop, diagnosis)
                               : g_ptr_array_new ();
  Evidence *evidence;

  gtk_menu_button_set_popover (button, NULL);
  gtk_menu_button_set_create_popup_func (button, NULL, NULL, NULL);
  if (rows->len == 0)
    return FALSE;

  evidence = g_new0 (Evidence, 1);
  evidence->title = g_strdup (sidetone_describe_hop_title (hop));
  evidence->rows = g_steal_pointer (&rows);
  gtk_menu_button_set_create_popup_func (button, create_cb, evidence, evidence_free);

  return TRUE;
}
