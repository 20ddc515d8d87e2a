/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/next-view.h"

#include "judge/failure.h"
#include "judge/walkthrough.h"
#include "result/detail-list.h"
#include "words/describe.h"

/**
 * SidetoneNextView:
 *
 * What to do after a check: a button with the next step, the walkthrough, another check, or a copy of
 * the result for support. If the next step is a risk, the certificate to be accepted is shown above;
 * while the check waits for a network, only that it does.
 */
struct _SidetoneNextView
{
  GtkBox parent_instance;

  SidetoneObservation *certificate;   /* the one with shown details */

  GtkWidget *certificate_group;
  SidetoneDetailList *certificate_details;
  GtkWidget *next_box;
  GtkWidget *cancel_button;
  GtkWidget *next_button;
  GtkLabel *next_label;
  GtkWidget *walkthrough_button;
  GtkWidget *again_button;
  GtkWidget *support_button;
  GtkWidget *waiting_box;
  GtkWidget *stop_button;
};

G_DEFINE_FINAL_TYPE (SidetoneNextView, sidetone_next_view, GTK_TYPE_BOX)

/* If accepting is a risk, Enter cancels */
static void
update_default (SidetoneNextView *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (gtk_widget_get_visible (self->next_box) && gtk_widget_get_visible (self->cancel_button))
    gtk_window_set_default_widget (window, self->cancel_button);
  else if (gtk_window_get_default_widget (window) == self->cancel_button)
    gtk_window_set_default_widget (window, NULL);
}

static void
sidetone_next_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sidetone_next_view_parent_class)->map (widget);
  update_default (SIDETONE_NEXT_VIEW (widget));
}

static void
sidetone_next_view_unmap (GtkWidget *widget)
{
  SidetoneNextView *self = SIDETONE_NEXT_VIEW (widget);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));

  if (gtk_window_get_default_widget (window) == self->cancel_button)
    gtk_window_set_default_widget (window, NULL);
  GTK_WIDGET_CLASS (sidetone_next_view_parent_class)->unmap (widget);
}

static void
sidetone_next_view_dispose (GObject *object)
{
  SidetoneNextView *self = SIDETONE_NEXT_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_NEXT_VIEW);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (sidetone_next_view_parent_class)->dispose (object);
}

static void
sidetone_next_view_class_init (SidetoneNextViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_next_view_dispose;
  widget_class->map = sidetone_next_view_map;
  widget_class->unmap = sidetone_next_view_unmap;

  g_type_ensure (SIDETONE_TYPE_DETAIL_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/next-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, certificate_group);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, certificate_details);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, next_box);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, next_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, next_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, walkthrough_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, again_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, support_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, SidetoneNextView, stop_button);
}

static void
sidetone_next_view_init (SidetoneNextView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @diagnosis: that of a check that ended at a certificate, or NULL */
static void
show_certificate (SidetoneNextView  *self,
                  SidetoneDiagnosis *diagnosis)
{
  SidetoneObservation *observation = NULL;

  if (diagnosis != NULL)
    observation = sidetone_failure_find_certificate (sidetone_diagnosis_get_evidence (diagnosis));
  gtk_widget_set_visible (self->certificate_group, observation != NULL);
  if (g_set_object (&self->certificate, observation) && observation != NULL)
    {
      g_autoptr (GPtrArray) details = sidetone_describe_certificate (observation);

      sidetone_detail_list_set_details (self->certificate_details, details);
    }
}

static void
set_button_style (GtkWidget  *button,
                  const char *css_class)
{
  gtk_widget_remove_css_class (button, "suggested-action");
  gtk_widget_remove_css_class (button, "destructive-action");
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
}

/* While it is open who has to fix it, a letter to the administrator is the second best. */
static void
show_walkthrough (SidetoneNextView *self,
                  SidetoneNextStep  step,
                  gboolean          shown)
{
  gboolean leads = shown && (step == SIDETONE_NEXT_STEP_UNKNOWN ||
                             step == SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR);

  gtk_widget_set_visible (self->walkthrough_button, shown);
  set_button_style (self->walkthrough_button, leads ? "suggested-action" : NULL);
  set_button_style (self->next_button, step == SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE
                    ? "destructive-action" : leads ? NULL : "suggested-action");
  gtk_box_reorder_child_after (GTK_BOX (self->next_box),
                               leads ? self->next_button : self->walkthrough_button,
                               leads ? self->walkthrough_button : self->next_button);
}

/* @shown: whether @step is offered */
static void
show_buttons (SidetoneNextView *self,
              SidetoneNextStep  step,
              gboolean          shown,
              gboolean          failed,
              gboolean          can_check)
{
  gboolean is_risk = step == SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE;

  gtk_label_set_label (self->next_label, shown ? sidetone_describe_next_step (step) : "");
  gtk_widget_set_visible (self->next_button, shown);
  gtk_widget_set_visible (self->cancel_button, shown && is_risk);
  /* After a result, the header bar has it. */
  gtk_widget_set_visible (self->again_button, shown && failed && can_check && !is_risk &&
                          step != SIDETONE_NEXT_STEP_CHECK_AGAIN);
  gtk_widget_set_visible (self->support_button, !shown || !failed);
}

/**
 * sidetone_next_view_find_step:
 * @run: a check, running or over
 *
 * Returns: what its diagnosis says to do next
 */
SidetoneNextStep
sidetone_next_view_find_step (SidetoneRun *run)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);

  return diagnosis != NULL ? sidetone_diagnosis_get_next_step (diagnosis)
         : SIDETONE_NEXT_STEP_UNKNOWN;
}

/**
 * sidetone_next_view_show_run:
 * @self: a view
 * @run: a check, running or over
 * @can_check: whether it can be repeated; not so for a report from a file
 * @waiting: whether it will be repeated once this computer is online
 *
 * Shows what to do after @run. The view is visible only if there is something.
 */
void
sidetone_next_view_show_run (SidetoneNextView *self,
                             SidetoneRun      *run,
                             gboolean          can_check,
                             gboolean          waiting)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);
  gboolean running = sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED;
  SidetoneNextStep step = running ? SIDETONE_NEXT_STEP_UNKNOWN : sidetone_next_view_find_step (run);
  gboolean shown = step != SIDETONE_NEXT_STEP_UNKNOWN &&
                   (can_check || sidetone_next_step_suits_report (step));

  show_certificate (self, step == SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE ? diagnosis : NULL);
  show_buttons (self, step, shown, diagnosis != NULL && sidetone_diagnosis_has_failed (diagnosis),
                can_check);
  show_walkthrough (self, step, can_check && diagnosis != NULL &&
                    sidetone_walkthrough_is_worthwhile (diagnosis));
  gtk_widget_set_visible (self->next_box, !waiting);
  gtk_widget_set_visible (self->waiting_box, shown && waiting);
  gtk_widget_set_visible (GTK_WIDGET (self), !running && (shown || !waiting));
  update_default (self);
}

/**
 * sidetone_next_view_take_focus:
 * @self: a visible view
 *
 * Moves the focus to the button to stop waiting, or to that with the next step.
 */
void
sidetone_next_view_take_focus (SidetoneNextView *self)
{
  gtk_widget_grab_focus (gtk_widget_get_visible (self->waiting_box) ? self->stop_button
                         : self->next_button);
}
