/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "notifier.h"

#include "words/describe.h"

#include <glib/gi18n.h>

/**
 * SidetoneNotifier:
 *
 * Tells that a window's check or measurement is over while the user is elsewhere, in a notification of
 * the desktop (#GNotification). It opens the window, and goes away when the user comes to the window.
 * It may be seen by others, on a locked screen, too: so it names neither accounts nor servers.
 */
struct _SidetoneNotifier
{
  GObject parent_instance;

  GtkApplicationWindow *window;   /* owns this */
  char *id;                       /* of the notification; NULL unless there is one */
  gboolean measures_video;        /* the last measurement */
};

G_DEFINE_FINAL_TYPE (SidetoneNotifier, sidetone_notifier, G_TYPE_OBJECT)

static void
withdraw (SidetoneNotifier *self)
{
  GApplication *application = g_application_get_default ();

  if (self->id != NULL && application != NULL)
    g_application_withdraw_notification (application, self->id);
  g_clear_pointer (&self->id, g_free);
}

/* In the window, or in one of its dialogs */
static gboolean
is_user_here (SidetoneNotifier *self)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (gtk_window_is_active (window) &&
          (window == GTK_WINDOW (self->window) ||
           gtk_window_get_transient_for (window) == GTK_WINDOW (self->window)))
        return TRUE;
    }

  return FALSE;
}

static void
notify (SidetoneNotifier *self,
        const char       *title,
        const char       *body)
{
  GApplication *application = g_application_get_default ();
  guint id = gtk_application_window_get_id (self->window);
  g_autoptr (GNotification) notification = NULL;

  if (application == NULL || is_user_here (self))
    return;

  notification = g_notification_new (title);
  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.present-window", "u", id);

  g_free (self->id);
  self->id = g_strdup_printf ("window-%u", id);
  g_application_send_notification (application, self->id, notification);
}

static void
on_check_ended (SidetoneCheck    *check,
                SidetoneRun      *run,
                SidetoneNotifier *self)
{
  notify (self, sidetone_describe_outcome (sidetone_run_get_diagnosis (run)), NULL);
}

static void
on_check_unstarted (SidetoneCheck    *check,
                    const char       *words,
                    SidetoneNotifier *self)
{
  notify (self, sidetone_describe_outcome (NULL), NULL);
}

/* What was measured, as words; NULL if that did not work */
static char *
describe_measured (SidetoneRun *run,
                   gboolean     is_video)
{
  SidetoneEvidence *evidence = run != NULL
                               ? sidetone_diagnosis_get_evidence (sidetone_run_get_diagnosis (run))
                               : NULL;
  SidetoneObservation *seen = evidence != NULL
                              ? sidetone_evidence_get_last (evidence,
                                                            is_video ? SIDETONE_OBSERVATION_VIDEO
                                                            : SIDETONE_OBSERVATION_LIFETIME) : NULL;

  if (seen == NULL)
    return NULL;

  return is_video ? sidetone_describe_video_verdict (evidence, seen)
         : sidetone_describe_lifetime_verdict (seen);
}

static void
on_check_notify_measurement (SidetoneCheck    *check,
                             GParamSpec       *pspec,
                             SidetoneNotifier *self)
{
  SidetoneRun *measurement = sidetone_check_get_measurement (check);

  if (measurement != NULL)
    self->measures_video = sidetone_run_tests_video (measurement);
}

static void
on_check_measured (SidetoneCheck    *check,
                   SidetoneRun      *run,
                   SidetoneNotifier *self)
{
  g_autofree char *words = describe_measured (run, self->measures_video);

  if (self->measures_video)
    notify (self, _("Room for Video"),
            words != NULL ? words : _("Room for video could not be tested"));
  else
    notify (self, _("How Long a Silent Call Stays Open"),
            words != NULL ? words : _("UDP timeout could not be measured"));
}

static void
on_window_notify_active (SidetoneNotifier *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self->window)))
    withdraw (self);
}

static void
sidetone_notifier_dispose (GObject *object)
{
  withdraw (SIDETONE_NOTIFIER (object));

  G_OBJECT_CLASS (sidetone_notifier_parent_class)->dispose (object);
}

static void
sidetone_notifier_class_init (SidetoneNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_notifier_dispose;
}

static void
sidetone_notifier_init (SidetoneNotifier *self)
{
}

/**
 * sidetone_notifier_new:
 * @window: a window, which owns the new object
 * @check: the window's check
 *
 * Returns: (transfer full): an object that tells the end of @check to a user who is not in @window
 */
SidetoneNotifier *
sidetone_notifier_new (GtkApplicationWindow *window,
                       SidetoneCheck        *check)
{
  SidetoneNotifier *self = g_object_new (SIDETONE_TYPE_NOTIFIER, NULL);

  self->window = window;
  g_signal_connect_object (check, "ended", G_CALLBACK (on_check_ended), self, 0);
  g_signal_connect_object (check, "refused", G_CALLBACK (on_check_ended), self, 0);
  g_signal_connect_object (check, "unstarted", G_CALLBACK (on_check_unstarted), self, 0);
  g_signal_connect_object (check, "measured", G_CALLBACK (on_check_measured), self, 0);
  g_signal_connect_object (check, "notify::measurement", G_CALLBACK (on_check_notify_measurement),
                           self, 0);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_window_notify_active), self,
                           G_CONNECT_SWAPPED);

  return self;
}
