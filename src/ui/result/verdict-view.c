/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/verdict-view.h"

#include "judge/verdict.h"
#include "result/code-button.h"
#include "result/finding-row.h"
#include "result/fit.h"
#include "result/head-layout.h"
#include "result/wrap-layout.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneVerdictView:
 *
 * The answer that comes first: whether calls work, what is wrong, who can fix it, and what to do.
 */
struct _SidetoneVerdictView
{
  GtkWidget parent_instance;

  GtkLabel *whose_label;
  GtkStack *headline_stack;
  GtkSpinner *spinner;
  GtkImage *headline_icon;
  GtkLabel *headline_label;
  GtkLabel *verdict_label;
  GtkWidget *relay_button;
  GtkWidget *code_box;
  GtkWidget *skeleton;
  GtkWidget *meaning;
  GtkWidget *cause_box;
  GtkLabel *cause_heading;
  GtkLabel *cause_label;
  GtkLabel *explanation_label;
  GtkWidget *owner_box;
  GtkLabel *owner_heading;
  GtkLabel *owner_label;
  GtkLabel *advice_heading;
  GtkLabel *advice_label;
};

G_DEFINE_FINAL_TYPE (SidetoneVerdictView, sidetone_verdict_view, GTK_TYPE_WIDGET)

/* Whether it and all that it is in, up to the view, are visible */
static gboolean
is_shown (SidetoneVerdictView *self,
          GtkWidget           *widget)
{
  for (; widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    {
      if (!gtk_widget_get_visible (widget))
        return FALSE;
    }

  return TRUE;
}

static void
add_paragraph (GString    *words,
               const char *text)
{
  if (*text != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", text);
}

/* A screen reader says the name of the focused view: all of it, a paragraph a line. While a check
 * runs, it also says each change of the name: then the steps are left out. */
static void
speak_all (SidetoneVerdictView *self,
           gboolean             running)
{
  GtkLabel *const labels[] = {
    self->headline_label, running ? NULL : self->verdict_label, self->cause_heading,
    self->cause_label, self->explanation_label, self->owner_heading, self->owner_label,
    self->advice_heading, self->advice_label, self->whose_label,
  };
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (labels[i] != NULL && is_shown (self, GTK_WIDGET (labels[i])))
        add_paragraph (words, gtk_label_get_text (labels[i]));
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str,
                                  -1);
}

static void
sidetone_verdict_view_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), SIDETONE_TYPE_VERDICT_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sidetone_verdict_view_parent_class)->dispose (object);
}

static void
sidetone_verdict_view_class_init (SidetoneVerdictViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_verdict_view_dispose;

  g_type_ensure (SIDETONE_TYPE_FIT);
  g_type_ensure (SIDETONE_TYPE_HEAD_LAYOUT);
  g_type_ensure (SIDETONE_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "verdict");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/result/verdict-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, whose_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, headline_stack);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, spinner);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, headline_icon);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, headline_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, relay_button);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, code_box);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, skeleton);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, meaning);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, cause_box);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, cause_heading);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, cause_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, owner_box);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, owner_heading);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, owner_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, advice_heading);
  gtk_widget_class_bind_template_child (widget_class, SidetoneVerdictView, advice_label);
}

static void
sidetone_verdict_view_init (SidetoneVerdictView *self)
{
}

static void
set_icon (SidetoneVerdictView *self,
          SidetoneSeverity     severity)
{
  const char *classes[] = { sidetone_finding_row_get_css_class (severity), NULL };

  gtk_image_set_from_icon_name (self->headline_icon, sidetone_finding_row_get_icon_name (severity));
  gtk_widget_set_css_classes (GTK_WIDGET (self->headline_icon), classes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->headline_icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sidetone_describe_severity (severity), -1);
}

/* The main one first; then the term that the verdict uses */
static void
show_codes (SidetoneVerdictView *self,
            SidetoneDiagnosis   *diagnosis)
{
  g_autofree const char **codes = sidetone_verdict_list_codes (diagnosis);
  gboolean names_relay = sidetone_describe_verdict_names_relay (diagnosis);
  GtkWidget *child;

  while (SIDETONE_IS_CODE_BUTTON (child = gtk_widget_get_first_child (self->code_box)))
    gtk_box_remove (GTK_BOX (self->code_box), child);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      SidetoneCodeButton *button = g_object_new (SIDETONE_TYPE_CODE_BUTTON, NULL);

      sidetone_code_button_set_code (button, codes[i]);
      gtk_box_insert_child_after (GTK_BOX (self->code_box), GTK_WIDGET (button),
                                  gtk_widget_get_prev_sibling (self->relay_button));
    }
  gtk_widget_set_visible (self->relay_button, names_relay);
  gtk_widget_set_visible (self->code_box, codes[0] != NULL || names_relay);
}

static void
show_verdict (SidetoneVerdictView *self,
              SidetoneRun         *run,
              gboolean             running)
{
  SidetoneDiagnosis *diagnosis = sidetone_run_get_diagnosis (run);
  g_autoptr (GPtrArray) steps = sidetone_run_dup_steps (run);
  g_autofree char *step = sidetone_describe_running_step (steps);
  g_autofree char *headline = NULL;
  g_autofree char *verdict = NULL;

  gtk_spinner_set_spinning (self->spinner, running);
  gtk_stack_set_visible_child_name (self->headline_stack, running ? "running" : "icon");
  if (running || diagnosis == NULL)
    {
      gtk_widget_set_visible (self->code_box, FALSE);
      gtk_label_set_text (self->headline_label, running ? _("Checking your connection") : "");
      gtk_label_set_text (self->verdict_label, running ? step : "");
      return;
    }

  headline = sidetone_describe_headline (diagnosis);
  verdict = sidetone_describe_verdict (diagnosis);
  set_icon (self, sidetone_verdict_get_severity (sidetone_diagnosis_get_verdict (diagnosis)));
  gtk_label_set_text (self->headline_label, headline);
  gtk_label_set_text (self->verdict_label, verdict);
  show_codes (self, diagnosis);
}

static void
show_cause (SidetoneVerdictView *self,
            SidetoneFinding     *finding)
{
  g_autofree char *title = NULL;
  g_autofree char *explanation = NULL;

  gtk_widget_set_visible (self->cause_box, finding != NULL);
  if (finding == NULL)
    return;

  title = sidetone_describe_finding_title (finding);
  explanation = sidetone_describe_finding_explanation (finding);
  gtk_label_set_text (self->cause_heading, sidetone_verdict_is_trouble (finding)
                      ? _("What is wrong") : _("What was found"));
  gtk_label_set_text (self->cause_label, title);
  /* If calls could not be checked, it is the headline. */
  gtk_widget_set_visible (GTK_WIDGET (self->cause_label),
                          !g_str_equal (title, gtk_label_get_text (self->headline_label)));
  gtk_label_set_text (self->explanation_label, explanation);
}

static void
show_meaning (SidetoneVerdictView *self,
              SidetoneDiagnosis   *diagnosis,
              gboolean             running)
{
  SidetoneFinding *cause;
  g_autofree char *owners = NULL;
  g_autofree char *remedy = NULL;

  gtk_widget_set_visible (self->skeleton, running);
  gtk_widget_set_visible (self->meaning, !running && diagnosis != NULL);
  if (running || diagnosis == NULL)
    return;

  cause = sidetone_diagnosis_get_verdict (diagnosis)->cause;
  owners = cause != NULL ? sidetone_describe_owners (cause) : NULL;
  remedy = sidetone_describe_remedy (diagnosis);
  show_cause (self, sidetone_diagnosis_get_main_finding (diagnosis));
  gtk_widget_set_visible (self->owner_box, owners != NULL);
  gtk_label_set_text (self->owner_label, owners != NULL ? owners : "");
  gtk_label_set_text (self->advice_label, remedy);
}

/**
 * sidetone_verdict_view_make_contents:
 * @self: a view, which is empty at first
 *
 * Returns: whether the contents were missing, and were made
 */
gboolean
sidetone_verdict_view_make_contents (SidetoneVerdictView *self)
{
  if (self->headline_label != NULL)
    return FALSE;

  gtk_widget_init_template (GTK_WIDGET (self));

  return TRUE;
}

/**
 * sidetone_verdict_view_show_run:
 * @self: a view with its contents
 * @run: a check, running or over
 *
 * Shows the verdict of @run, or that it is not over yet.
 */
void
sidetone_verdict_view_show_run (SidetoneVerdictView *self,
                                SidetoneRun         *run)
{
  gboolean running = sidetone_run_get_stage (run) != SIDETONE_RUN_STAGE_FINISHED;
  gboolean is_own = sidetone_run_is_own (run);

  gtk_label_set_text (self->whose_label, is_own ? "" : sidetone_describe_whose ());
  gtk_widget_set_visible (GTK_WIDGET (self->whose_label), !is_own);
  show_verdict (self, run, running);
  show_meaning (self, sidetone_run_get_diagnosis (run), running);
  speak_all (self, running);
}
