/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/call-row.h"

#include "result/pair-layout.h"
#include "words/describe.h"

/**
 * SidetoneCallRow:
 *
 * Some kinds of partners, how a call there gets through, and why.
 */
struct _SidetoneCallRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *partner_label;
  GtkLabel *way_label;
  GtkLabel *reason_label;
};

G_DEFINE_FINAL_TYPE (SidetoneCallRow, sidetone_call_row, ADW_TYPE_PREFERENCES_ROW)

static void
sidetone_call_row_class_init (SidetoneCallRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SIDETONE_TYPE_PAIR_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/call-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneCallRow, partner_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneCallRow, way_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneCallRow, reason_label);
}

static void
sidetone_call_row_init (SidetoneCallRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_call_row_new:
 * @item: some kinds of partners, and how calls there get through
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
sidetone_call_row_new (SidetoneCallItem *item)
{
  SidetoneCallRow *self = g_object_new (SIDETONE_TYPE_CALL_ROW, NULL);
  const SidetoneCall *call = sidetone_call_item_get_call (item);
  g_autofree char *words = sidetone_describe_partners (sidetone_call_item_get_partners (item));
  const char *way = sidetone_describe_call (call);
  const char *reason = sidetone_describe_call_reason (call);
  g_autofree char *spoken = g_strdup_printf ("%s\n%s\n%s", words, way, reason);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_label_set_text (self->partner_label, words);
  gtk_label_set_text (self->way_label, way);
  gtk_label_set_text (self->reason_label, reason);

  return GTK_WIDGET (self);
}
