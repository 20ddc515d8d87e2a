/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "walkthrough/station-view.h"

#include "result/detail-list.h"
#include "result/fit.h"
#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneStationView:
 *
 * What a walkthrough asks for, or its result, or the check that it makes. It has the focus, and its
 * accessible name is all that it says: GTK 4.8 does not tell screen readers that a label has
 * changed.
 */
struct _SidetoneStationView
{
  GtkWidget parent_instance;

  GtkWidget *remark_box;
  GtkLabel *remark_label;
  GtkLabel *title_label;
  GtkLabel *reason_label;
  GtkSpinner *spinner;
  SidetoneDetailList *details;
};

G_DEFINE_FINAL_TYPE (SidetoneStationView, sidetone_station_view, GTK_TYPE_WIDGET)

static void
sidetone_station_view_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), SIDETONE_TYPE_STATION_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sidetone_station_view_parent_class)->dispose (object);
}

static void
sidetone_station_view_class_init (SidetoneStationViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_station_view_dispose;

  g_type_ensure (SIDETONE_TYPE_DETAIL_LIST);
  g_type_ensure (SIDETONE_TYPE_FIT);
  /* It looks like the verdict. */
  gtk_widget_class_set_css_name (widget_class, "verdict");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/sidetone/walkthrough/station-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneStationView, remark_box);
  gtk_widget_class_bind_template_child (widget_class, SidetoneStationView, remark_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneStationView, title_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneStationView, reason_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneStationView, spinner);
  gtk_widget_class_bind_template_child (widget_class, SidetoneStationView, details);
}

static void
sidetone_station_view_init (SidetoneStationView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_paragraph (GString    *words,
               const char *paragraph)
{
  if (paragraph == NULL)
    return;

  if (words->len > 0)
    g_string_append_c (words, '\n');
  g_string_append (words, paragraph);
}

static void
speak (SidetoneStationView *self,
       const char          *remark,
       const char          *title,
       const char          *reason,
       GPtrArray           *rows)
{
  g_autoptr (GString) words = g_string_new (NULL);

  add_paragraph (words, remark);
  add_paragraph (words, title);
  add_paragraph (words, reason);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const SidetoneDetail *row = rows->pdata[i];

      add_paragraph (words, row->title);
      add_paragraph (words, row->value);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str,
                                  -1);
}

static void
show_words (SidetoneStationView *self,
            const char          *remark,
            const char          *title,
            const char          *reason)
{
  gtk_label_set_text (self->remark_label, remark != NULL ? remark : "");
  gtk_widget_set_visible (self->remark_box, remark != NULL);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
}

/**
 * sidetone_station_view_show:
 * @self: a view
 * @walkthrough: a walkthrough
 *
 * Shows what @walkthrough asks for, or its result.
 */
void
sidetone_station_view_show (SidetoneStationView       *self,
                            const SidetoneWalkthrough *walkthrough)
{
  g_autofree char *remark = sidetone_describe_remark (walkthrough);
  g_autofree char *title = sidetone_describe_station (walkthrough);
  g_autofree char *reason = sidetone_describe_station_reason (walkthrough);
  gboolean is_over = sidetone_walkthrough_get_station (walkthrough) == SIDETONE_STATION_END;
  g_autoptr (GPtrArray) rows = is_over ? sidetone_describe_result (walkthrough) : NULL;

  show_words (self, remark, title, reason);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  if (is_over)
    sidetone_detail_list_set_details (self->details, rows);
  gtk_widget_set_visible (GTK_WIDGET (self->details), is_over);
  speak (self, remark, title, reason, rows);
}

/**
 * sidetone_station_view_show_check:
 * @self: a view
 * @run: a running check
 *
 * Shows how far @run is.
 */
void
sidetone_station_view_show_check (SidetoneStationView *self,
                                  SidetoneRun         *run)
{
  g_autoptr (GPtrArray) steps = sidetone_run_dup_steps (run);
  SidetoneStep *step = sidetone_steps_find_running (steps);
  g_autofree char *number = step != NULL ? sidetone_describe_step_number (step) : NULL;
  const char *title = _("Checking…");

  show_words (self, NULL, title, number != NULL ? number : "");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
  /* Screen readers would say each step. */
  speak (self, NULL, title, NULL, NULL);
}
