/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/lifetime-group.h"

#include "base/name-lists.h"
#include "judge/lifetime-check.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneLifetimeGroup:
 *
 * How long a NAT keeps a UDP mapping without packets: the result with its verdict, or a button that
 * measures it, and the progress of that, beside the result of the check.
 */
struct _SidetoneLifetimeGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *lifetime_row;
  GtkWidget *lifetime_button;
  AdwActionRow *measuring_row;
  GtkWidget *measuring_button;
};

G_DEFINE_FINAL_TYPE (SidetoneLifetimeGroup, sidetone_lifetime_group, ADW_TYPE_PREFERENCES_GROUP)

static void
sidetone_lifetime_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SIDETONE_TYPE_LIFETIME_GROUP);

  G_OBJECT_CLASS (sidetone_lifetime_group_parent_class)->dispose (object);
}

static void
sidetone_lifetime_group_class_init (SidetoneLifetimeGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_lifetime_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/lifetime-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneLifetimeGroup, lifetime_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneLifetimeGroup, lifetime_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneLifetimeGroup, measuring_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneLifetimeGroup, measuring_button);
}

static void
sidetone_lifetime_group_init (SidetoneLifetimeGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sidetone_name_lists (GTK_WIDGET (self), _("How Long a Silent Call Stays Open"));
}

static SidetoneObservation *
find_lifetime (SidetoneRun *run)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);
  GPtrArray *lifetimes;

  if (diagnosis == NULL)
    return NULL;

  lifetimes = sidetone_evidence_get_kind (sidetone_diagnosis_get_evidence (diagnosis),
                                          SIDETONE_OBSERVATION_LIFETIME);

  return lifetimes->len > 0 ? lifetimes->pdata[0] : NULL;
}

static gboolean
is_possible (SidetoneRun *run)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);

  if (sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED)
    return TRUE;

  return diagnosis != NULL && sidetone_lifetime_check_is_possible (diagnosis);
}

static void
show_progress (SidetoneLifetimeGroup *self,
               SidetoneRun           *measurement)
{
  guint open_ms = sidetone_run_get_open_ms (measurement);
  g_autofree char *measuring = sidetone_describe_measuring (open_ms);
  g_autofree char *so_far = open_ms > 0 ? sidetone_describe_open_so_far (open_ms) : g_strdup ("");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->measuring_row), measuring);
  adw_action_row_set_subtitle (self->measuring_row, so_far);
}

/**
 * sidetone_lifetime_group_show:
 * @self: a group
 * @run: a check, running or over
 * @can_check: whether it can be repeated; not so for a report from a file
 * @measurement: (nullable): a run that measures meanwhile
 * @is_unmeasured: whether the last measurement came to nothing
 *
 * Shows what is known, and how far @measurement is. The group is visible only if there is either a
 * result or a way to it.
 */
void
sidetone_lifetime_group_show (SidetoneLifetimeGroup *self,
                              SidetoneRun           *run,
                              gboolean               can_check,
                              SidetoneRun           *measurement,
                              gboolean               is_unmeasured)
{
  gboolean running = sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED;
  SidetoneObservation *lifetime = find_lifetime (run);
  gboolean can_measure = can_check && is_possible (run);
  g_autofree char *words = NULL;

  if (lifetime != NULL)
    words = sidetone_describe_lifetime_verdict (lifetime);
  else
    words = g_strdup (is_unmeasured ? _("UDP timeout could not be measured")
                      : _("Not measured. Takes up to five minutes."));
  gtk_widget_set_visible (GTK_WIDGET (self), can_measure || (!running && lifetime != NULL));
  gtk_widget_set_visible (self->lifetime_button, can_measure);
  adw_action_row_set_subtitle (self->lifetime_row, words);

  /* The button to stop takes its focus away. */
  if (measurement == NULL && gtk_widget_is_focus (self->measuring_button))
    gtk_widget_grab_focus (self->lifetime_button);
  gtk_widget_set_visible (GTK_WIDGET (self->measuring_row), measurement != NULL);
  if (measurement != NULL)
    show_progress (self, measurement);
}
