/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/video-group.h"

#include "base/name-lists.h"
#include "judge/video-check.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneVideoGroup:
 *
 * How much video there is room for: the result, or a button that tests it, and the progress of that,
 * beside the result of the check.
 */
struct _SidetoneVideoGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *video_row;
  GtkWidget *video_button;
  AdwActionRow *measuring_row;
  GtkWidget *measuring_button;
};

G_DEFINE_FINAL_TYPE (SidetoneVideoGroup, sidetone_video_group, ADW_TYPE_PREFERENCES_GROUP)

static void
sidetone_video_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SIDETONE_TYPE_VIDEO_GROUP);

  G_OBJECT_CLASS (sidetone_video_group_parent_class)->dispose (object);
}

static void
sidetone_video_group_class_init (SidetoneVideoGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_video_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/video-group.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneVideoGroup, video_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVideoGroup, video_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVideoGroup, measuring_row);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVideoGroup, measuring_button);
}

static void
sidetone_video_group_init (SidetoneVideoGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sidetone_name_lists (GTK_WIDGET (self), _("Room for Video"));
}

static SidetoneObservation *
find_video (SidetoneRun *run)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);

  return diagnosis != NULL
         ? sidetone_evidence_get_last (sidetone_diagnosis_get_evidence (diagnosis),
                                       SIDETONE_OBSERVATION_VIDEO) : NULL;
}

static gboolean
is_possible (SidetoneRun *run)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);

  if (sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED)
    return TRUE;

  return diagnosis != NULL && sidetone_video_check_is_possible (diagnosis);
}

static void
show_progress (SidetoneVideoGroup *self,
               SidetoneRun        *measurement)
{
  guint kbits = sidetone_run_get_video_kbits (measurement);
  g_autofree char *progress = sidetone_describe_video_progress (kbits);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->measuring_row), progress);
}

static char *
describe (SidetoneRun *run,
          gboolean     is_unmeasured)
{
  SidetoneObservation *video = find_video (run);

  if (video != NULL)
    return sidetone_describe_video_verdict (
      sidetone_diagnosis_get_evidence (sidetone_run_get_diagnosis (run)), video);

  return g_strdup (is_unmeasured ? _("Room for video could not be tested")
                   : _("Not tested. Takes about 20 seconds and sends up to 2 MB."));
}

/**
 * sidetone_video_group_show:
 * @self: a group
 * @run: a check, running or over
 * @can_check: whether it can be repeated; not so for a report from a file
 * @measurement: (nullable): a run that tests room for video meanwhile
 * @is_unmeasured: whether the last test came to nothing
 *
 * Shows what is known, and how far @measurement is. The group is visible only if there is either a
 * result or a way to it.
 */
void
sidetone_video_group_show (SidetoneVideoGroup *self,
                           SidetoneRun        *run,
                           gboolean            can_check,
                           SidetoneRun        *measurement,
                           gboolean            is_unmeasured)
{
  gboolean running = sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED;
  gboolean can_measure = can_check && is_possible (run);
  g_autofree char *words = describe (run, is_unmeasured);

  gtk_widget_set_visible (GTK_WIDGET (self), can_measure || (!running && find_video (run) != NULL));
  gtk_widget_set_visible (self->video_button, can_measure);
  adw_action_row_set_subtitle (self->video_row, words);

  /* The button to stop takes its focus away. */
  if (measurement == NULL && gtk_widget_is_focus (self->measuring_button))
    gtk_widget_grab_focus (self->video_button);
  gtk_widget_set_visible (GTK_WIDGET (self->measuring_row), measurement != NULL);
  if (measurement != NULL)
    show_progress (self, measurement);
}
