/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/observation-row.h"

#include "result/detail-list.h"
#include "words/describe.h"

/**
 * SidetoneObservationRow:
 *
 * Everything about one observation: what was seen, and how it is known.
 */
struct _SidetoneObservationRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *title_label;
  GtkLabel *summary_label;
  SidetoneDetailList *details;
};

G_DEFINE_FINAL_TYPE (SidetoneObservationRow, sidetone_observation_row, ADW_TYPE_PREFERENCES_ROW)

static void
sidetone_observation_row_class_init (SidetoneObservationRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SIDETONE_TYPE_DETAIL_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/result/observation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneObservationRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneObservationRow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneObservationRow, details);
}

static void
sidetone_observation_row_init (SidetoneObservationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_observation_row_new:
 * @observation: an observation
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
sidetone_observation_row_new (SidetoneObservation *observation)
{
  SidetoneObservationRow *self = g_object_new (SIDETONE_TYPE_OBSERVATION_ROW, NULL);
  g_autofree char *title = sidetone_describe_observation_title (observation);
  g_autofree char *summary = sidetone_describe_observation_summary (observation);
  g_autofree char *spoken = g_strdup_printf ("%s\n%s", title, summary);
  g_autoptr (GPtrArray) details = sidetone_describe_details (observation);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->summary_label, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary_label), *summary != '\0');
  sidetone_detail_list_set_details (self->details, details);

  return GTK_WIDGET (self);
}
