/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/finding-row.h"

#include "result/code-button.h"
#include "result/pair-layout.h"
#include "words/describe.h"

/**
 * SidetoneFindingRow:
 *
 * A finding other than the main one: its title, why it matters, what to do, and its code.
 */
struct _SidetoneFindingRow
{
  AdwPreferencesRow parent_instance;

  GtkImage *icon;
  GtkLabel *title_label;
  SidetoneCodeButton *code_button;
  GtkLabel *explanation_label;
  GtkLabel *advice_label;
};

G_DEFINE_FINAL_TYPE (SidetoneFindingRow, sidetone_finding_row, ADW_TYPE_PREFERENCES_ROW)

static void
sidetone_finding_row_class_init (SidetoneFindingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SIDETONE_TYPE_CODE_BUTTON);
  g_type_ensure (SIDETONE_TYPE_PAIR_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneFindingRow, icon);
  gtk_widget_class_bind_template_child (widget_class, SidetoneFindingRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneFindingRow, code_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneFindingRow, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneFindingRow, advice_label);
}

static void
sidetone_finding_row_init (SidetoneFindingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_finding_row_new:
 * @finding: a finding
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
sidetone_finding_row_new (SidetoneFinding *finding)
{
  SidetoneFindingRow *self = g_object_new (SIDETONE_TYPE_FINDING_ROW, NULL);
  SidetoneSeverity severity = sidetone_finding_get_severity (finding);
  g_autofree char *title = sidetone_describe_finding_title (finding);
  g_autofree char *explanation = sidetone_describe_finding_explanation (finding);
  g_autofree char *advice = sidetone_describe_finding_advice (finding);
  g_autofree char *spoken = g_strjoin ("\n", title, explanation, advice, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_image_set_from_icon_name (self->icon, sidetone_finding_row_get_icon_name (severity));
  gtk_widget_add_css_class (GTK_WIDGET (self->icon),
                            sidetone_finding_row_get_css_class (severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sidetone_describe_severity (severity), -1);
  gtk_label_set_text (self->title_label, title);
  sidetone_code_button_set_code (self->code_button, sidetone_finding_get_code (finding));
  gtk_label_set_text (self->explanation_label, explanation);
  gtk_label_set_text (self->advice_label, advice);

  return GTK_WIDGET (self);
}

/**
 * sidetone_finding_row_get_icon_name:
 * @severity: a severity
 *
 * Returns: the name of its icon
 */
const char *
sidetone_finding_row_get_icon_name (SidetoneSeverity severity)
{
  switch (severity)
    {
    case SIDETONE_SEVERITY_GOOD:
      return "object-select-symbolic";

    case SIDETONE_SEVERITY_WARNING:
      return "dialog-warning-symbolic";

    case SIDETONE_SEVERITY_PROBLEM:
      return "dialog-error-symbolic";

    case SIDETONE_SEVERITY_NOTE:
      return "dialog-information-symbolic";

    case SIDETONE_SEVERITY_UNKNOWN:
      break;
    }

  return "dialog-question-symbolic";
}

/**
 * sidetone_finding_row_get_css_class:
 * @severity: a severity
 *
 * Returns: its style class for colours
 */
const char *
sidetone_finding_row_get_css_class (SidetoneSeverity severity)
{
  switch (severity)
    {
    case SIDETONE_SEVERITY_GOOD:
      return "success";

    case SIDETONE_SEVERITY_WARNING:
      return "warning";

    case SIDETONE_SEVERITY_PROBLEM:
      return "error";

    case SIDETONE_SEVERITY_NOTE:
      return "accent";

    case SIDETONE_SEVERITY_UNKNOWN:
      break;
    }

  return "dim-label";
}
