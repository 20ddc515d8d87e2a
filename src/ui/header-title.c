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
 * The header bar's title: whose account was checked, and when. In a narrow window the time is said
 * in short, and the account takes two lines if it has to.
 */
struct _SidetoneHeaderTitle
{
  AdwBin parent_instance;

  SidetoneRun *run;
  gboolean twelve_hours;
  GCancellable *cancellable;

  AdwWindowTitle *wide_title;
  AdwWindowTitle *short_title;
  GtkLabel *narrow_label;
  GtkLabel *time_label;
};

G_DEFINE_FINAL_TYPE (SidetoneHeaderTitle, sidetone_header_title, ADW_TYPE_BIN)

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
  if (sidetone_run_is_from_file (self->run))
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
  gtk_label_set_text (self->narrow_label, broken);
  gtk_label_set_text (self->time_label, short_time);
  gtk_widget_set_visible (GTK_WIDGET (self->time_label), *short_time != '\0');
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

static void
sidetone_header_title_dispose (GObject *object)
{
  SidetoneHeaderTitle *self = SIDETONE_HEADER_TITLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->run);
  gtk_widget_dispose_template (GTK_WIDGET (self), SIDETONE_TYPE_HEADER_TITLE);

  G_OBJECT_CLASS (sidetone_header_title_parent_class)->dispose (object);
}

static void
sidetone_header_title_class_init (SidetoneHeaderTitleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sidetone_header_title_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/sidetone/header-title.ui");
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, wide_title);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, short_title);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, narrow_label);
  gtk_widget_class_bind_template_child (widget_class, SidetoneHeaderTitle, time_label);
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
