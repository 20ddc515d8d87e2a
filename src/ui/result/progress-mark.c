/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/progress-mark.h"

/**
 * SidetoneProgressMark:
 *
 * The mark at the start of a row: a progress, as an icon and in words.
 */
struct _SidetoneProgressMark
{
  AdwBin parent_instance;

  SidetoneProgress progress;

  GtkStack *stack;
  GtkSpinner *spinner;
  GtkImage *icon;
};

G_DEFINE_FINAL_TYPE (SidetoneProgressMark, sidetone_progress_mark, ADW_TYPE_BIN)

static const struct
{
  const char *icon_name;
  const char *css_class;
} marks[] = {
  [SIDETONE_PROGRESS_UNKNOWN] = { "sidetone-waiting-symbolic", "dim-label" },
  [SIDETONE_PROGRESS_WAITING] = { "sidetone-waiting-symbolic", "dim-label" },
  [SIDETONE_PROGRESS_RUNNING] = { "sidetone-waiting-symbolic", "dim-label" },
  [SIDETONE_PROGRESS_PASSED] = { "object-select-symbolic", "success" },
  [SIDETONE_PROGRESS_WARNING] = { "dialog-warning-symbolic", "warning" },
  [SIDETONE_PROGRESS_FAILED] = { "sidetone-failed-symbolic", "error" },
  [SIDETONE_PROGRESS_SKIPPED] = { "list-remove-symbolic", "dim-label" },
};

static void
sidetone_progress_mark_class_init (SidetoneProgressMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/progress-mark.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneProgressMark, stack);
  gtk_widget_class_bind_template_child (widget_class, SidetoneProgressMark, spinner);
  gtk_widget_class_bind_template_child (widget_class, SidetoneProgressMark, icon);
}

static void
sidetone_progress_mark_init (SidetoneProgressMark *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_progress_mark_show:
 * @self: a mark
 * @progress: the progress
 * @words: the same in words
 *
 * Shows @progress.
 */
void
sidetone_progress_mark_show (SidetoneProgressMark *self,
                             SidetoneProgress      progress,
                             const char           *words)
{
  gboolean running = progress == SIDETONE_PROGRESS_RUNNING;
  const char *classes[] = { marks[progress].css_class, NULL };

  /* Setting a tooltip, even the same one, makes GTK wait for the X server */
  if (self->progress == progress &&
      g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->stack)), words) == 0)
    return;

  self->progress = progress;
  gtk_image_set_from_icon_name (self->icon, marks[progress].icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->stack), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_stack_set_visible_child_name (self->stack, running ? "running" : "icon");
}
