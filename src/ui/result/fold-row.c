/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/fold-row.h"

#include "result/progress-mark.h"
#include "words/describe.h"

/**
 * SidetoneFoldRow:
 *
 * A whole list in one row, with a summary: an expander row that shows the list once it is expanded.
 */
struct _SidetoneFoldRow
{
  AdwExpanderRow parent_instance;

  SidetoneExpanderRows *rows;

  SidetoneProgressMark *mark;
};

G_DEFINE_FINAL_TYPE (SidetoneFoldRow, sidetone_fold_row, ADW_TYPE_EXPANDER_ROW)

static void
sidetone_fold_row_dispose (GObject *object)
{
  SidetoneFoldRow *self = SIDETONE_FOLD_ROW (object);

  g_clear_object (&self->rows);

  G_OBJECT_CLASS (sidetone_fold_row_parent_class)->dispose (object);
}

static void
sidetone_fold_row_class_init (SidetoneFoldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_fold_row_dispose;

  g_type_ensure (SIDETONE_TYPE_PROGRESS_MARK);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/fold-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneFoldRow, mark);
}

static void
sidetone_fold_row_init (SidetoneFoldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_fold_row_set_model:
 * @self: a row without a list
 * @model: (transfer none): the list
 * @create: makes a row for an item of it
 *
 * Sets the list that the row stands for.
 */
void
sidetone_fold_row_set_model (SidetoneFoldRow      *self,
                             GListModel           *model,
                             SidetoneCreateRowFunc create)
{
  g_return_if_fail (self->rows == NULL);

  self->rows = sidetone_expander_rows_new (ADW_EXPANDER_ROW (self), create);
  sidetone_expander_rows_set_model (self->rows, model);
}

/**
 * sidetone_fold_row_show:
 * @self: a row
 * @progress: how far the list is altogether
 * @title: its summary
 *
 * Sums up the list.
 */
void
sidetone_fold_row_show (SidetoneFoldRow *self,
                        SidetoneProgress progress,
                        const char      *title)
{
  const char *state = sidetone_describe_progress (progress);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  sidetone_progress_mark_show (self->mark, progress, state);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY,
                               progress == SIDETONE_PROGRESS_RUNNING, -1);
}

/**
 * sidetone_fold_row_expand:
 * @self: a row with a list
 * @expanded: whether to show the list
 *
 * Shows or hides the list, until the user does.
 */
void
sidetone_fold_row_expand (SidetoneFoldRow *self,
                          gboolean         expanded)
{
  sidetone_expander_rows_expand (self->rows, expanded);
}
