/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/software-probe.h"

#include "seen/software.h"
#include "wire/software.h"

/**
 * SidetoneSoftwareProbe:
 *
 * Asks the server which program it is (XEP-0092), so that its administrator can be told of settings
 * by their names. Many servers do not answer, which is no fault: then there is no observation, and
 * the check does not wait for one.
 */
struct _SidetoneSoftwareProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneSoftwareProbe, sidetone_software_probe, SIDETONE_TYPE_PROBE)

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  gint64 start;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->context);
  g_free (asked);
}

static void
observe (Asked                 *asked,
         const SidetoneElement *iq)
{
  g_autofree char *name = NULL;
  g_autofree char *version = NULL;
  SidetoneSoftwareSeen seen = { 0 };

  if (!sidetone_software_read (iq, &name, &version, NULL))
    return;

  seen.name = name;
  seen.version = version;
  sidetone_context_observe (asked->context, &(SidetoneObservationFields) {
    .id = "software",
    .kind = SIDETONE_OBSERVATION_SOFTWARE,
    .vantage = SIDETONE_VANTAGE_SERVER,
    .state = SIDETONE_STATE_PASSED,
    .start_us = asked->start,
    .duration_us = sidetone_context_get_time (asked->context) - asked->start,
    .what = &seen,
  });
}

/* After the check it is too late. */
static void
ask_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetoneElement) iq = NULL;
  g_autofree char *raw = NULL;

  iq = sidetone_session_ask_finish (SIDETONE_SESSION (source), result, &raw, NULL);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (iq != NULL)
    observe (g_task_get_task_data (task), iq);
  g_task_return_boolean (task, TRUE);
}

static void
sidetone_software_probe_run_async (SidetoneProbe      *probe,
                                   SidetoneContext    *context,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  SidetoneSession *session = sidetone_context_get_session (context);
  const char *domain = sidetone_account_get_domain (sidetone_session_get_account (session));
  Asked *asked = g_new0 (Asked, 1);

  g_task_set_source_tag (task, sidetone_software_probe_run_async);
  g_task_set_task_data (task, asked, asked_free);
  asked->context = g_object_ref (context);
  asked->start = sidetone_context_get_time (context);

  sidetone_session_ask_async (session, domain, SIDETONE_SOFTWARE_QUERY, ask_cb,
                              g_steal_pointer (&task));
}

static void
sidetone_software_probe_class_init (SidetoneSoftwareProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SESSION;
  SIDETONE_PROBE_CLASS (klass)->is_optional = TRUE;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_software_probe_run_async;
}

static void
sidetone_software_probe_init (SidetoneSoftwareProbe *self)
{
}

/**
 * sidetone_software_probe_new:
 *
 * Returns: (transfer full): a probe that asks the server which program it is
 */
SidetoneProbe *
sidetone_software_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_SOFTWARE_PROBE, NULL);
}
