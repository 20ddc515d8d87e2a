/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/step-row.h"

#include "result/observation-row.h"
#include "result/progress-mark.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneStepRow:
 *
 * One step of a check: how far it is, in words and by an icon, and all that was seen in it once
 * the row is opened.
 */
struct _SidetoneStepRow
{
  AdwExpanderRow parent_instance;

  SidetoneStepKind kind;
  SidetoneStep *step;
  GPtrArray *rows;         /* of SidetoneObservationRow, made when the row is opened */
  gboolean is_enabling;    /* opened by the toolkit, to be closed at once */

  SidetoneProgressMark *mark;
  GtkLabel *duration_label;
};

enum { PROP_0, PROP_KIND, N_PROPS };

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SidetoneStepRow, sidetone_step_row, ADW_TYPE_EXPANDER_ROW)

/* The part of the row that can have the focus; it belongs to the parent class */
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

/* How long a thing took that was not done says nothing */
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
remove_rows (SidetoneStepRow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

/* Observations never change and are only ever appended: what is shown already can stay */
static void
add_rows (SidetoneStepRow *self)
{
  GListModel *observations = sidetone_step_get_observations (self->step);

  for (guint i = self->rows->len; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);
      GtkWidget *row = sidetone_observation_row_new (observation);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
on_expanded (SidetoneStepRow *self)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)) && self->step != NULL &&
      !self->is_enabling)
    add_rows (self);
}

static void
sidetone_step_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  SidetoneStepRow *self = SIDETONE_STEP_ROW (object);

  switch (property_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_step_row_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  SidetoneStepRow *self = SIDETONE_STEP_ROW (object);

  switch (property_id)
    {
    case PROP_KIND:
      self->kind = g_value_get_enum (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sidetone_step_row_dispose (GObject *object)
{
  SidetoneStepRow *self = SIDETONE_STEP_ROW (object);

  g_clear_pointer (&self->step, sidetone_step_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (sidetone_step_row_parent_class)->dispose (object);
}

static void
sidetone_step_row_class_init (SidetoneStepRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sidetone_step_row_dispose;
  object_class->get_property = sidetone_step_row_get_property;
  object_class->set_property = sidetone_step_row_set_property;

  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, SIDETONE_TYPE_STEP_KIND,
                                             SIDETONE_STEP_UNKNOWN,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                             G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * sidetone_step_row_get_kind:
 * @self: a row
 *
 * Returns: which step it shows
 */
SidetoneStepKind
sidetone_step_row_get_kind (SidetoneStepRow *self)
{
  return self->kind;
}

/* Whether @step is the one before with perhaps more in it, and not that of another check */
static gboolean
goes_on (SidetoneStep *before,
         SidetoneStep *step)
{
  GListModel *old = sidetone_step_get_observations (before);
  GListModel *new = sidetone_step_get_observations (step);
  g_autoptr (SidetoneObservation) old_first = g_list_model_get_item (old, 0);
  g_autoptr (SidetoneObservation) new_first = g_list_model_get_item (new, 0);

  return old_first == NULL || old_first == new_first;
}

/**
 * sidetone_step_row_set_step:
 * @self: a row
 * @step: how far the check is with it
 *
 * Shows @step.
 */
void
sidetone_step_row_set_step (SidetoneStepRow *self,
                            SidetoneStep    *step)
{
  GListModel *observations = sidetone_step_get_observations (step);
  g_autofree char *title = sidetone_describe_step_title (step);
  g_autofree char *summary = sidetone_describe_step_summary (step);
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *summary_markup = NULL;
  g_autofree char *duration = NULL;
  gboolean has_details = g_list_model_get_n_items (observations) > 0;
  SidetoneProgress progress = sidetone_step_get_progress (step);

  if (self->step != NULL && !goes_on (self->step, step))
    remove_rows (self);
  sidetone_step_ref (step);
  g_clear_pointer (&self->step, sidetone_step_unref);
  self->step = step;

  /* A hyphen at the end of a line could be taken for a part of an address */
  summary_markup = g_markup_printf_escaped ("<span insert_hyphens=\"false\">%s</span>", summary);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title_markup);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), summary_markup);
  describe_header (self, progress, summary);
  if (adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self)) != has_details)
    {
      /* This opens the row, too, which is for the person to do */
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
  on_expanded (self);
}
