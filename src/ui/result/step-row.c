/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/step-row.h"

#include "result/expander-rows.h"
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
  SidetoneExpanderRows *observations;

  SidetoneProgressMark *mark;
};

G_DEFINE_FINAL_TYPE (SidetoneStepRow, sidetone_step_row, ADW_TYPE_EXPANDER_ROW)

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

static void
sidetone_step_row_dispose (GObject *object)
{
  SidetoneStepRow *self = SIDETONE_STEP_ROW (object);

  g_clear_object (&self->observations);
  g_clear_object (&self->item);

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
}

static GtkWidget *
create_row (gpointer observation)
{
  return sidetone_observation_row_new (observation);
}

static void
sidetone_step_row_init (SidetoneStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->observations = sidetone_expander_rows_new (ADW_EXPANDER_ROW (self), create_row);
}

/* What was seen, and how long it took, below the title: beside it, large letters have no room. A
 * hyphen at a line end could be taken for a part of an address. Without any markup, an empty subtitle
 * takes no line. */
static void
show_subtitle (SidetoneStepRow *self,
               SidetoneStep    *step,
               const char      *summary,
               gboolean         has_details)
{
  g_autofree char *duration = NULL;
  g_autofree char *markup = NULL;

  if (has_details && was_done (sidetone_step_get_progress (step)))
    duration = sidetone_describe_duration (sidetone_step_get_duration_us (step));
  if (*summary != '\0' || duration != NULL)
    markup = g_markup_printf_escaped ("<span insert_hyphens=\"false\">%s%s%s</span>", summary,
                                      *summary != '\0' && duration != NULL ? " · " : "",
                                      duration != NULL ? duration : "");
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), markup != NULL ? markup : "");
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
  g_autofree char *words = NULL;
  SidetoneProgress progress;

  if (step == NULL)
    return;

  title = sidetone_describe_step_title (step);
  title_markup = g_markup_escape_text (title, -1);
  summary = sidetone_describe_step_summary (step);
  progress = sidetone_step_get_progress (step);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title_markup);
  show_subtitle (self, step, summary, has_details);
  /* Translators: how far a step is, and what was seen in it: "done: montague.lit, 2 addresses" */
  words = *summary != '\0' ? g_strdup_printf (_("%s: %s"), sidetone_describe_progress (progress),
                                              summary)
          : g_strdup (sidetone_describe_progress (progress));
  sidetone_expander_rows_describe (ADW_EXPANDER_ROW (self), words);
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
  sidetone_expander_rows_set_model (self->observations,
                                    sidetone_step_item_get_observations (item));
  g_signal_connect_object (item, "notify::step", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * sidetone_step_row_new_for_unreached:
 * @words: the steps that a check did not get to
 *
 * Returns: (transfer floating): their row
 */
GtkWidget *
sidetone_step_row_new_for_unreached (const char *words)
{
  GtkWidget *row = adw_action_row_new ();
  SidetoneProgressMark *mark = g_object_new (SIDETONE_TYPE_PROGRESS_MARK, NULL);

  sidetone_progress_mark_show (mark, SIDETONE_PROGRESS_SKIPPED,
                               sidetone_describe_progress (SIDETONE_PROGRESS_SKIPPED));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (mark));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);

  return row;
}

/* Returns: the row's step */
SidetoneStepKind
sidetone_step_row_get_kind (SidetoneStepRow *self)
{
  return sidetone_step_item_get_kind (self->item);
}
