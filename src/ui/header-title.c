/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "header-title.h"

#include "clock.h"
#include "words/describe.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SidetoneHeaderTitle:
 *
 * The header bar's title: whose account was checked, and when. It has four forms, and shows the
 * first that fits (responsive layout): a line each; the time in short; the account in two lines;
 * and an ellipsized account, whose other words are in a tooltip.
 */
struct _SidetoneHeaderTitle
{
  GtkWidget parent_instance;

  SidetoneRun *run;
  gboolean twelve_hours;
  GCancellable *cancellable;

  AdwWindowTitle *wide_title;
  AdwWindowTitle *short_title;
  GtkLabel *broken_label;
  GtkLabel *time_label;
  GtkLabel *line_label;
};

G_DEFINE_FINAL_TYPE (SidetoneHeaderTitle, sidetone_header_title, GTK_TYPE_WIDGET)

static char *
describe_time (SidetoneHeaderTitle * self,
               SidetoneTimeTraits traits)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) local = NULL;

  if (self->run == NULL || sidetone_run_get_stage (self->run) != SIDETONE_RUN_STAGE_FINISHED)
    return g_strdup ("");

  if (self->twelve_hours)
    traits |= SIDETONE_TIME_TWELVE_HOURS;
  if (!sidetone_run_is_own (self->run))
    traits |= SIDETONE_TIME_OF_REPORT;
  local = g_date_time_to_local (sidetone_run_get_created (self->run));

  return sidetone_describe_checked (local, now, traits);
}

/* In two lines, if it has an @ */
static char *
break_account (const char *title)
{
  const char *at = strchr (title, '@');

  return at != NULL ? g_strdup_printf ("%.*s\n%s", (int) (at + 1 - title), title, at + 1)
         : g_strdup (title);
}

/* What the last form leaves out */
static void
show_all_words (SidetoneHeaderTitle *self,
                const char          *title,
                const char          *time)
{
  g_autofree char *words = *time != '\0' ? g_strdup_printf ("%s\n%s", title, time)
                           : g_strdup (title);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->line_label), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->line_label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, time, -1);
}

static void
update (SidetoneHeaderTitle *self)
{
  g_autofree char *account = self->run != NULL ? sidetone_run_dup_title (self->run) : NULL;
  const char *title = account != NULL ? account : _("Sidetone");
  g_autofree char *broken = break_account (title);
  g_autofree char *time = describe_time (self, 0);
  g_autofree char *short_time = describe_time (self, SIDETONE_TIME_IN_SHORT);

  adw_window_title_set_title (self->wide_title, title);
  adw_window_title_set_subtitle (self->wide_title, time);
  adw_window_title_set_title (self->short_title, title);
  adw_window_title_set_subtitle (self->short_title, short_time);
  gtk_label_set_text (self->broken_label, broken);
  gtk_label_set_text (self->time_label, short_time);
  gtk_widget_set_visible (GTK_WIDGET (self->time_label), *short_time != '\0');
  gtk_label_set_text (self->line_label, title);
  show_all_words (self, title, time);
}

static void
read_clock_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SidetoneHeaderTitle) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean twelve_hours = sidetone_clock_read_finish (result, &error);

  if (error != NULL)
    {
      g_debug ("No clock format from the portal: %s", error->message);
      return;
    }

  self->twelve_hours = twelve_hours;
  update (self);
}

/* A higher header bar takes too much of a low window, in pixels */
#define MAX_HEIGHT 72

/* The first form that is not cut off in @width and @height; a negative @width is enough for all */
static GtkWidget *
choose_form (GtkWidget *widget,
             int        width,
             int        height)
{
  GtkWidget *form = gtk_widget_get_first_child (widget);
  int natural_width;
  int natural_height;

  for (; gtk_widget_get_next_sibling (form) != NULL; form = gtk_widget_get_next_sibling (form))
    {
      gtk_widget_measure (form, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_width, NULL, NULL);
      gtk_widget_measure (form, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural_height, NULL, NULL);
      if ((width < 0 || natural_width <= width) && natural_height <= height)
        break;
    }

  return form;
}

static GtkSizeRequestMode
sidetone_header_title_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sidetone_header_title_measure (GtkWidget     *widget,
                               GtkOrientation orientation,
                               int            for_size,
                               int           *minimum,
                               int           *natural,
                               int           *minimum_baseline,
                               int           *natural_baseline)
{
  /* No form's width depends on its height, which a header bar may ask for. */
  int width = orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1;
  int shortest;

  gtk_widget_measure (choose_form (widget, width, MAX_HEIGHT), orientation, width, minimum, natural,
                      NULL, NULL);
  /* What is enough for some width or height */
  gtk_widget_measure (gtk_widget_get_last_child (widget), orientation, -1, &shortest, NULL, NULL, NULL);
  if (width < 0)
    *minimum = MIN (*minimum, shortest);
}

static void
sidetone_header_title_size_allocate (GtkWidget *widget,
                                     int        width,
                                     int        height,
                                     int        baseline)
{
  GtkWidget *shown = choose_form (widget, width, height);

  for (GtkWidget *form = gtk_widget_get_first_child (widget); form != NULL;
       form = gtk_widget_get_next_sibling (form))
    gtk_widget_set_child_visible (form, form == shown);
  gtk_widget_size_allocate (shown, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
sidetone_header_title_dispose (GObject *object)
{
  SidetoneHeaderTitle *self = SIDETONE_HEADER_TITLE (object);
  GtkWidget *form;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->run);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_HEADER_TITLE);
  while ((form = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (form);

  G_OBJECT_CLASS (sidetone_header_title_parent_class)->dispose (object);
}

static void
sidetone_header_title_class_init (SidetoneHeaderTitleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_header_title_dispose;
  widget_class->get_request_mode = sidetone_header_title_get_request_mode;
  widget_class->measure = sidetone_header_title_measure;
  widget_class->size_allocate = sidetone_header_title_size_allocate;

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/header-title.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, wide_title);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, short_title);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, broken_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, time_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, line_label);
}

static void
sidetone_header_title_init (SidetoneHeaderTitle *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->twelve_hours = sidetone_clock_has_twelve_hours ();
  self->cancellable = g_cancellable_new ();
  sidetone_clock_read_async (self->cancellable, read_clock_cb, g_object_ref (self));
  update (self);
}

/**
 * sidetone_header_title_show_run:
 * @self: a title
 * @run: (nullable): a check, running or over, or a report; %NULL for the program's name
 *
 * Shows what the title says about @run now.
 */
void
sidetone_header_title_show_run (SidetoneHeaderTitle *self,
                                SidetoneRun         *run)
{
  g_set_object (&self->run, run);
  update (self);
}
