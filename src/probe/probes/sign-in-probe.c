/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/sign-in-probe.h"

/**
 * SidetoneSignInProbe:
 *
 * Opens the session, gives it to the context when it is signed in, and ends when every attempt has
 * its verdict.
 */
struct _SidetoneSignInProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneSignInProbe, sidetone_sign_in_probe, SIDETONE_TYPE_PROBE)

static void
on_session_observed (SidetoneSession     *session,
                     SidetoneObservation *observation,
                     SidetoneContext     *context)
{
  sidetone_context_add (context, observation);
}

static void
close_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  sidetone_session_close_finish (SIDETONE_SESSION (source), result, NULL);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
settle_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  sidetone_session_settle_finish (SIDETONE_SESSION (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SidetoneSession *session = SIDETONE_SESSION (source);
  SidetoneContext *context = g_task_get_task_data (task);

  /* The error has been observed; the remaining connection processes must go */
  if (!sidetone_session_open_finish (session, result, NULL))
    {
      sidetone_session_close_async (session, close_cb, g_steal_pointer (&task));
      return;
    }

  sidetone_context_set_session (context, session);
  sidetone_session_settle_async (session, settle_cb, g_steal_pointer (&task));
}

static void
sidetone_sign_in_probe_run_async (SidetoneProbe      *probe,
                                  SidetoneContext    *context,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  g_autoptr (SidetoneSession) session = NULL;

  g_task_set_source_tag (task, sidetone_sign_in_probe_run_async);
  g_task_set_task_data (task, g_object_ref (context), g_object_unref);

  session = sidetone_session_new (sidetone_context_get_account (context),
                                  sidetone_context_steal_password (context),
                                  sidetone_context_get_start (context));
  g_signal_connect_object (session, "observed", G_CALLBACK (on_session_observed), context, 0);
  sidetone_session_open_async (session, sidetone_context_get_candidates (context), cancellable,
                               open_cb, g_steal_pointer (&task));
}

static void
sidetone_sign_in_probe_class_init (SidetoneSignInProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_CANDIDATES;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_sign_in_probe_run_async;
}

static void
sidetone_sign_in_probe_init (SidetoneSignInProbe *self)
{
}

/**
 * sidetone_sign_in_probe_new:
 *
 * Returns: (transfer full): a probe that signs in
 */
SidetoneProbe *
sidetone_sign_in_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_SIGN_IN_PROBE, NULL);
}
