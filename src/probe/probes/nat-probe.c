/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/nat-probe.h"

#include "base/deadlines.h"
#include "base/error.h"
#include "net/wait.h"
#include "probes/viewpoints.h"
#include "seen/nat.h"

/**
 * SidetoneNatProbe:
 *
 * Finds out the NAT's behaviour for UDP: mapping, filtering and hairpinning (RFC 4787, RFC 5780),
 * for each address family, by the announced STUN and TURN servers. It begins when all their hosts
 * are known, or have had their time.
 */
struct _SidetoneNatProbe
{
  SidetoneProbe parent_instance;
};

G_DEFINE_FINAL_TYPE (SidetoneNatProbe, sidetone_nat_probe, SIDETONE_TYPE_PROBE)

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  GCancellable *cancellable; /* the probe's */
  SidetoneViewpoints *viewpoints;
  SidetoneWait *patience;    /* for hosts that are not known yet */
  gboolean is_started;
  SidetoneGathering calls;
} Search;

/* The user data of one family's search */
typedef struct
{
  GTask *task;
  GSocketFamily family;
  gint64 start;
} Family;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_pointer (&search->patience, sidetone_wait_free);
  sidetone_viewpoints_free (search->viewpoints);
  g_object_unref (search->context);
  g_free (search);
}

static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;

  sidetone_context_set_nat_known (search->context);
  g_task_return_boolean (task, TRUE);
}

static char **
format_views (const SidetoneNatBehaviour *behaviour)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < behaviour->views->len; i++)
    {
      const SidetoneNatView *view = behaviour->views->pdata[i];
      g_autofree char *viewpoint = sidetone_endpoint_format (view->viewpoint);
      g_autofree char *mapped = sidetone_endpoint_format (view->mapped);
      g_autofree char *line = g_strdup_printf ("%s seen %s", viewpoint, mapped);

      g_strv_builder_add (builder, line);
    }

  return g_strv_builder_end (builder);
}

static void
observe (Family                     *family,
         const SidetoneNatBehaviour *behaviour)
{
  Search *search = g_task_get_task_data (family->task);
  g_auto (GStrv) views = format_views (behaviour);
  g_autoptr (GError) error = NULL;
  SidetoneNatSeen seen = {
    .mapping = behaviour->mapping,
    .mapping_reason = behaviour->mapping_reason,
    .mapping_how = behaviour->mapping_method,
    .filtering = behaviour->filtering,
    .filtering_reason = behaviour->filtering_reason,
    .filtering_how = behaviour->filtering_method,
    .hairpinning = behaviour->hairpinning,
    .hairpinning_reason = behaviour->hairpinning_reason,
    .views = (const char *const *) views,
  };

  if (behaviour->mapped != NULL)
    seen.port_preserved = sidetone_truth_of (behaviour->port_preserved);
  if (behaviour->views->len == 0)
    error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_STUN_NO_ANSWER, "Nobody answered");

  sidetone_context_observe (search->context, &(SidetoneObservationFields) {
    .id = family->family == G_SOCKET_FAMILY_IPV6 ? "nat-6" : "nat-4",
    .kind = SIDETONE_OBSERVATION_NAT,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .local = behaviour->local,
    .seen = behaviour->mapped,
    .error = error,
    .start_us = family->start,
    .duration_us = sidetone_context_get_time (search->context) - family->start,
    .what = &seen,
  });
}

static void
find_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Family *family = user_data;
  g_autoptr (SidetoneNatBehaviour) behaviour = sidetone_nat_find_finish (result, NULL);
  Search *search = g_task_get_task_data (family->task);

  if (behaviour != NULL)
    observe (family, behaviour);
  sidetone_gathering_end (&search->calls);
}

static Family *
family_new (Search       *search,
            GSocketFamily own_family)
{
  Family *family = g_new0 (Family, 1);

  family->task = sidetone_gathering_begin (&search->calls);
  family->family = own_family;
  family->start = sidetone_context_get_time (search->context);

  return family;
}

static void
start_family (Search       *search,
              GSocketFamily own_family)
{
  const SidetoneNatViews *views = sidetone_viewpoints_get_views (search->viewpoints, own_family);
  Family *family;

  if (views->servers->len == 0)
    return;

  family = family_new (search, own_family);
  sidetone_nat_find_async (views, g_task_get_cancellable (family->task), find_cb, family);
}

static void
start (Search *search)
{
  g_clear_pointer (&search->patience, sidetone_wait_free);
  search->is_started = TRUE;
  sidetone_viewpoints_close (search->viewpoints);
  start_family (search, G_SOCKET_FAMILY_IPV4);
  start_family (search, G_SOCKET_FAMILY_IPV6);
  sidetone_gathering_end (&search->calls);
}

static void
patience_cb (gpointer user_data)
{
  start (user_data);
}

/* A cancelled search still returns. */
static void
settle (gpointer user_data)
{
  Search *search = user_data;

  if (search->is_started)
    return;

  if (g_cancellable_is_cancelled (search->cancellable))
    {
      g_clear_pointer (&search->patience, sidetone_wait_free);
      search->is_started = TRUE;
      sidetone_gathering_end (&search->calls);
    }
  else if (sidetone_viewpoints_are_complete (search->viewpoints))
    {
      start (search);
    }
  else if (sidetone_viewpoints_get_n (search->viewpoints) > 0 && search->patience == NULL)
    {
      search->patience = sidetone_wait_new (sidetone_deadlines.resolution_delay, NULL, patience_cb,
                                            search);
    }
}

static void
sidetone_nat_probe_run_async (SidetoneProbe      *probe,
                              SidetoneContext    *context,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, sidetone_nat_probe_run_async);
  g_task_set_task_data (task, search, search_free);
  search->context = g_object_ref (context);
  search->cancellable = cancellable;
  sidetone_gathering_init (&search->calls, task, finish);

  /* Until the search starts */
  sidetone_gathering_begin (&search->calls);
  search->viewpoints = sidetone_viewpoints_new (context, cancellable, settle, search);
  sidetone_viewpoints_follow (search->viewpoints);
}

static void
sidetone_nat_probe_class_init (SidetoneNatProbeClass *klass)
{
  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_SERVICES;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_nat_probe_run_async;
}

static void
sidetone_nat_probe_init (SidetoneNatProbe *self)
{
}

/**
 * sidetone_nat_probe_new:
 *
 * Returns: (transfer full): a probe that finds out a NAT's behaviour
 */
SidetoneProbe *
sidetone_nat_probe_new (void)
{
  return g_object_new (SIDETONE_TYPE_NAT_PROBE, NULL);
}
