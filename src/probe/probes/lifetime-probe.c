/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/lifetime-probe.h"

#include "base/deadlines.h"
#include "nat/nat-lifetime.h"
#include "probes/viewpoints.h"
#include "seen/lifetime.h"

/**
 * SidetoneLifetimeProbe:
 *
 * Measures the lifetime of a NAT's UDP mapping, or of a firewall's state (RFC 4787, section 4.3),
 * with packets from the user's own TURN allocation. It takes minutes, and begins after the NAT
 * probe, so that the two together don't use up the account's quota of allocations.
 */
struct _SidetoneLifetimeProbe
{
  SidetoneProbe parent_instance;

  GCancellable *measurement;
};

G_DEFINE_FINAL_TYPE (SidetoneLifetimeProbe, sidetone_lifetime_probe, SIDETONE_TYPE_PROBE)

/* The probe's task data */
typedef struct
{
  SidetoneContext *context;
  GSocketFamily family;
  gint64 start;
} Measured;

static void
measured_free (gpointer data)
{
  Measured *measured = data;

  g_object_unref (measured->context);
  g_free (measured);
}

static void
observe (Measured                  *measured,
         SidetoneState              state,
         const SidetoneNatLifetime *lifetime,
         const GError              *error)
{
  SidetoneLifetimeSeen seen;

  sidetone_field_table_init (&sidetone_lifetime_table, &seen);
  if (lifetime->open_ms > 0)
    seen.open_ms = lifetime->open_ms;
  if (lifetime->closed_ms > 0)
    seen.closed_ms = lifetime->closed_ms;
  if (state == SIDETONE_STATE_SKIPPED)
    seen.reason = SIDETONE_SKIP_REASON_NO_RELAY;

  sidetone_context_observe (measured->context, &(SidetoneObservationFields) {
    .id = measured->family == G_SOCKET_FAMILY_IPV6 ? "lifetime-6" : "lifetime-4",
    .kind = SIDETONE_OBSERVATION_LIFETIME,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = state,
    .error = error,
    .start_us = measured->start,
    .duration_us = sidetone_context_get_time (measured->context) - measured->start,
    .what = &seen,
  });
}

static void
measure_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Measured *measured = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SidetoneNatLifetime lifetime = { 0 };

  sidetone_nat_measure_lifetime_finish (result, &lifetime, &error);
  if (g_task_return_error_if_cancelled (task))
    return;

  /* The user has ended the measurement early: the result so far counts. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      lifetime.open_ms = sidetone_context_get_open_ms (measured->context);
      if (lifetime.open_ms > 0)
        observe (measured, SIDETONE_STATE_PASSED, &lifetime, NULL);
    }
  else
    {
      observe (measured, error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED, &lifetime,
               error);
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_progress (const SidetoneNatLifetime *so_far,
             gpointer                   user_data)
{
  sidetone_context_set_open_ms (user_data, so_far->open_ms);
}

/* Returns: whether the servers for it are there */
static gboolean
measure (GTask              *task,
         SidetoneViewpoints *viewpoints,
         GSocketFamily       family)
{
  SidetoneLifetimeProbe *self = g_task_get_source_object (task);
  Measured *measured = g_task_get_task_data (task);
  const SidetoneNatViews *views = sidetone_viewpoints_get_views (viewpoints, family);

  if (views->servers->len == 0 || views->n_relays == 0)
    return FALSE;

  measured->family = family;
  sidetone_nat_measure_lifetime_async (views, sidetone_deadlines.nat_shortest_silence,
                                       sidetone_deadlines.nat_longest_silence, on_progress,
                                       measured->context, self->measurement, measure_cb,
                                       g_object_ref (task));

  return TRUE;
}

static void
sidetone_lifetime_probe_run_async (SidetoneProbe      *probe,
                                   SidetoneContext    *context,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  SidetoneLifetimeProbe *self = SIDETONE_LIFETIME_PROBE (probe);
  Measured *measured = g_new0 (Measured, 1);
  g_autoptr (SidetoneViewpoints) viewpoints = NULL;

  g_task_set_source_tag (task, sidetone_lifetime_probe_run_async);
  g_task_set_task_data (task, measured, measured_free);
  measured->context = g_object_ref (context);
  measured->start = sidetone_context_get_time (context);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (!g_cancellable_is_cancelled (self->measurement))
    {
      viewpoints = sidetone_viewpoints_new (context, NULL, NULL, NULL);
      sidetone_viewpoints_follow (viewpoints);
      /* IPv4 first: more of the called people have it */
      if (measure (task, viewpoints, G_SOCKET_FAMILY_IPV4) ||
          measure (task, viewpoints, G_SOCKET_FAMILY_IPV6))
        return;

      observe (measured, SIDETONE_STATE_SKIPPED, &(SidetoneNatLifetime) { 0 }, NULL);
    }
  g_task_return_boolean (task, TRUE);
}

static void
sidetone_lifetime_probe_dispose (GObject *object)
{
  SidetoneLifetimeProbe *self = SIDETONE_LIFETIME_PROBE (object);

  g_clear_object (&self->measurement);

  G_OBJECT_CLASS (sidetone_lifetime_probe_parent_class)->dispose (object);
}

static void
sidetone_lifetime_probe_class_init (SidetoneLifetimeProbeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sidetone_lifetime_probe_dispose;

  SIDETONE_PROBE_CLASS (klass)->needs = SIDETONE_NEEDS_NAT;
  SIDETONE_PROBE_CLASS (klass)->run_async = sidetone_lifetime_probe_run_async;
}

static void
sidetone_lifetime_probe_init (SidetoneLifetimeProbe *self)
{
}

/**
 * sidetone_lifetime_probe_new:
 * @measurement: ends only the measurement, keeping its result so far; cancel it, too, when the
 *   probe is cancelled
 *
 * Returns: (transfer full): a probe that measures how long UDP stays open
 */
SidetoneProbe *
sidetone_lifetime_probe_new (GCancellable *measurement)
{
  SidetoneLifetimeProbe *self = g_object_new (SIDETONE_TYPE_LIFETIME_PROBE, NULL);

  g_set_object (&self->measurement, measurement);

  return SIDETONE_PROBE (self);
}
