/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "result/app-row.h"

#include "base/announce.h"
#include "base/nick.h"
#include "words/describe.h"

#define KEY "chat-app"

/**
 * SidetoneAppRow:
 *
 * The app that the user calls with, to be chosen: the run is then judged for that app, at once. The
 * choice is remembered, but not one for another person's report.
 */
struct _SidetoneAppRow
{
  AdwComboRow parent_instance;

  SidetoneRun *run;
};

G_DEFINE_FINAL_TYPE (SidetoneAppRow, sidetone_app_row, ADW_TYPE_COMBO_ROW)

static void
remember (SidetoneApp app)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);

  g_settings_set_string (settings, KEY,
                         app != SIDETONE_APP_UNKNOWN ? sidetone_nick_get (SIDETONE_TYPE_APP, app) : "");
}

/* The items are in the order of SidetoneApp. */
static void
on_notify_selected (SidetoneAppRow *self)
{
  SidetoneApp app = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  g_autofree char *headline = NULL;

  if (self->run == NULL || app >= SIDETONE_N_APPS || app == sidetone_run_get_app (self->run))
    return;

  if (sidetone_run_is_own (self->run))
    remember (app);
  sidetone_run_set_app (self->run, app);
  if (sidetone_run_get_diagnosis (self->run) == NULL)
    return;

  headline = sidetone_describe_headline (sidetone_run_get_diagnosis (self->run));
  sidetone_announce (GTK_WIDGET (self), headline);
}

static void
sidetone_app_row_dispose (GObject *object)
{
  g_clear_object (&SIDETONE_APP_ROW (object)->run);

  G_OBJECT_CLASS (sidetone_app_row_parent_class)->dispose (object);
}

static void
sidetone_app_row_class_init (SidetoneAppRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_app_row_dispose;
}

static void
sidetone_app_row_init (SidetoneAppRow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (SidetoneApp app = SIDETONE_APP_UNKNOWN; app < SIDETONE_N_APPS; app++)
    gtk_string_list_append (names, sidetone_describe_app (app));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_notify_selected), NULL);
}

/**
 * sidetone_app_row_show_run:
 * @self: a row
 * @run: the shown run
 *
 * Shows the app that @run is judged for, and lets the user choose another one for it.
 */
void
sidetone_app_row_show_run (SidetoneAppRow *self,
                           SidetoneRun    *run)
{
  g_set_object (&self->run, run);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), sidetone_run_get_app (run));
  /* libadwaita 1.7 says nothing of the item that is selected from the beginning. */
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               sidetone_describe_app (sidetone_run_get_app (run)));
}

/**
 * sidetone_app_apply:
 * @run: a check of this computer
 *
 * Judges it for the app that the user has chosen, if there is one.
 */
void
sidetone_app_apply (SidetoneRun *run)
{
  g_autoptr (GSettings) settings = g_settings_new (SIDETONE_APPLICATION_ID);
  g_autofree char *nick = g_settings_get_string (settings, KEY);

  sidetone_run_set_app (run, sidetone_nick_find (SIDETONE_TYPE_APP, nick));
}
