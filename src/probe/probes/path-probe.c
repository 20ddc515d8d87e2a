/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/path-probe.h"

#include "nat/path.h"
#include "seen/path.h"

/**
 * SidetonePathProbe:
 *
 * A traceroute of the first hops, if a NAT changes this computer's address: which routers they are,
 * and whether the nearest one translates.
 */
struct _SidetonePathProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetonePathProbe, sidetone_path_probe, SIDETONE_TYPE_PROBE)

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  SidetoneObservation *translation;
  gint64 start;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->translation);
  g_object_unref (search->context);
  g_free (search);
}

static void
observe (Search             *search,
         const SidetonePath *path)
{
  g_autoptr (GPtrArray) routers = NULL;
  SidetonePathSeen seen = { .passed_on = SIDETONE_TRUTH_UNKNOWN };

  routers = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_endpoint_unref);
  for (guint i = 0; i < path->routers->len; i++)
    g_ptr_array_add (routers, sidetone_endpoint_new (path->routers->pdata[i], 0,
                                                     SIDETONE_TRANSPORT_UNKNOWN));
  seen.routers = routers;
  if (path->knows_nearest)
    seen.passed_on = sidetone_truth_of (path->is_passed_on);

  sidetone_context_observe (search->context, &(SidetoneObservationFields) {
    .id = "path",
    .kind = SIDETONE_OBSERVATION_PATH,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_PASSED,
    .local = sidetone_observation_get_local (search->translation),
    .seen = sidetone_observation_get_seen (search->translation),
    .start_us = search->start,
    .duration_us = sidetone_context_get_time (search->context) - search->start,
    .what = &seen,
  });
}

static void
find_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SidetonePath) path = NULL;
  GError *error = NULL;

  path = sidetone_path_find_finish (result, &error);
  if (path == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  observe (g_task_get_task_data (task), path);
  g_task_return_boolean (task, TRUE);
}

static void
sidetone_path_probe_run_async (SidetoneProbe      *probe,
                               SidetoneContext    *context,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  GTask *task = g_task_new (probe, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, sidetone_path_probe_run_async);
  g_task_set_task_data (task, search, search_free);
  search->context = g_object_ref (context);
  search->translation = sidetone_context_dup_translation (context);
  search->start = sidetone_context_get_time (context);

  sidetone_path_find_async (sidetone_observation_get_peer (search->translation), sidetone_observation_get_seen (search->translation), cancellable,
                            find_cb, task);
}

static void
sidetone_path_probe_class_init (SidetonePathProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_TRANSLATION;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_path_probe_run_async;
}

static void
sidetone_path_probe_init (SidetonePathProbe *self)
{
}

/**
 * sidetone_path_probe_new:
 *
 * Returns: (transfer full): a probe that finds the first routers on the path
 */
SidetoneProbe *
sidetone_path_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_PATH_PROBE, NULL);
}
