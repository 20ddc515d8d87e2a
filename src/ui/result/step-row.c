/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/step-row.h"

#include "result/gradual-list.h"
#include "result/observation-row.h"
#include "result/progress-mark.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneStepRow:
 *
 * One step of a check: its progress, in words and by an icon, and all its observations once the row
 * is expanded.
 */
struct _SidetoneStepRow
{
  AdwExpanderRow parent_instance;

  SidetoneStepItem *item;
  SidetoneGradualList *observations;   /* the rows inside the expanded row */
  GPtrArray *rows;         /* SidetoneObservationRow: one for each shown observation */
  gboolean is_enabling;    /* GTK has expanded it, to be collapsed at once */

  SidetoneProgressMark *mark;
  GtkLabel *duration_label;
};

G_DEFINE_FINAL_TYPE (SidetoneStepRow, sidetone_step_row, ADW_TYPE_EXPANDER_ROW)

/* The focusable part of the row, which belongs to the parent class */
static void
describe_header (SidetoneStepRow *self,
                 SidetoneProgress progress,
                 const char      *summary)
{
  GtkWidget *header = gtk_widget_get_ancestor (GTK_WIDGET (self->mark), ADW_TYPE_ACTION_ROW);
  g_autofree char *words = NULL;

  /* Translators: how far a step is, and what was seen in it: "done: montague.lit, 2 addresses" */
  words = *summary != '\0' ? g_strdup_printf (_("%s: %s"), sidetone_describe_progress (progress),
                                              summary)
          : g_strdup (sidetone_describe_progress (progress));
  gtk_accessible_update_property (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
}

/* A step that was not done has no meaningful duration */
static gboolean
was_done (SidetoneProgress progress)
{
  switch (progress)
    {
    case SIDETONE_PROGRESS_UNKNOWN:
    case SIDETONE_PROGRESS_WAITING:
    case SIDETONE_PROGRESS_RUNNING:
    case SIDETONE_PROGRESS_SKIPPED:
      break;

    case SIDETONE_PROGRESS_PASSED:
    case SIDETONE_PROGRESS_WARNING:
    case SIDETONE_PROGRESS_FAILED:
      return TRUE;
    }

  return FALSE;
}

/* Only the end of this row can be extended. One check's observations only come there. */
static void
on_observations_changed (GListModel      *observations,
                         guint            position,
                         guint            removed,
                         guint            added,
                         SidetoneStepRow *self)
{
  while (self->rows->len > position)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self),
                             g_ptr_array_steal_index (self->rows, self->rows->len - 1));

  for (guint i = position; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      GtkWidget *row = sidetone_observation_row_new (observation);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->rows, row);
    }
}

/* The rows are made when the user expands this one, and kept. */
static void
on_expanded (SidetoneStepRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) && self->item != NULL &&
      !self->is_enabling)
    sidetone_gradual_list_set_model (self->observations,
                                     sidetone_step_item_get_observations (self->item));
}

static void
sidetone_step_row_dispose (GObject *object)
{
  SidetoneStepRow *self = SIDETONE_STEP_ROW (object);

  if (self->observations != NULL)
    g_signal_handlers_disconnect_by_data (
      sidetone_gradual_list_get_shown (self->observations), self);
  g_clear_object (&self->observations);
  g_clear_object (&self->item);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (sidetone_step_row_parent_class)->dispose (object);
}

static void
sidetone_step_row_class_init (SidetoneStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_step_row_dispose;

  g_type_ensure (SIDETONE_TYPE_PROGRESS_MARK);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneStepRow, mark);
  gtk_widget_class_bind_template_child (widget_class, SidetoneStepRow, duration_label);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded);
}

static void
sidetone_step_row_init (SidetoneStepRow *self)
{
  self->rows = g_ptr_array_new ();
  self->observations = sidetone_gradual_list_new (GTK_WIDGET (self));
  g_signal_connect (sidetone_gradual_list_get_shown (self->observations), "items-changed",
                    G_CALLBACK (on_observations_changed), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows the step's progress. */
static void
update (SidetoneStepRow *self)
{
  SidetoneStep *step = sidetone_step_item_get_step (self->item);
  GListModel *observations = sidetone_step_item_get_observations (self->item);
  gboolean has_details = g_list_model_get_n_items (observations) > 0;
  g_autofree char *title = NULL;
  g_autofree char *title_markup = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *summary_markup = NULL;
  g_autofree char *duration = NULL;
  SidetoneProgress progress;

  if (step == NULL)
    return;

  title = sidetone_describe_step_title (step);
  title_markup = g_markup_escape_text (title, -1);
  summary = sidetone_describe_step_summary (step);
  progress = sidetone_step_get_progress (step);

  /* A hyphen at a line end could be taken for a part of an address */
  summary_markup = g_markup_printf_escaped ("<span insert_hyphens=\"false\">%s</span>", summary);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title_markup);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), summary_markup);
  describe_header (self, progress, summary);
  /* Another check has begun. */
  if (!has_details)
    sidetone_gradual_list_set_model (self->observations, NULL);
  if (adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self)) != has_details)
    {
      /* This also expands the row, which is for the user to do */
      self->is_enabling = TRUE;
      adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), has_details);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
      self->is_enabling = FALSE;
    }
  if (has_details && was_done (progress))
    duration = sidetone_describe_duration (sidetone_step_get_duration_us (step));
  gtk_label_set_text (self->duration_label, duration != NULL ? duration : "");
  sidetone_progress_mark_show (self->mark, progress, sidetone_describe_progress (progress));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY,
                               progress == SIDETONE_PROGRESS_RUNNING, -1);
}

/**
 * sidetone_step_row_new:
 * @item: a step
 *
 * Returns: (transfer floating): a row that follows its progress
 */
GtkWidget *
sidetone_step_row_new (SidetoneStepItem *item)
{
  SidetoneStepRow *self = g_object_new (SIDETONE_TYPE_STEP_ROW, NULL);

  self->item = g_object_ref (item);
  g_signal_connect_object (item, "notify::step", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/* Returns: the row's step */
SidetoneStepKind
sidetone_step_row_get_kind (SidetoneStepRow *self)
{
  return sidetone_step_item_get_kind (self->item);
}
