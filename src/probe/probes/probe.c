/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "probes/probe.h"

/* The base of all probes: each looks at one thing, once its needs are met. */

G_DEFINE_ABSTRACT_TYPE (SidetoneProbe, sidetone_probe, G_TYPE_OBJECT)

static gboolean
sidetone_probe_real_run_finish (SidetoneProbe *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
sidetone_probe_class_init (SidetoneProbeClass *klass)
{
  klass->run_finish = sidetone_probe_real_run_finish;
}

static void
sidetone_probe_init (SidetoneProbe *self)
{
}

static gboolean
are_met (SidetoneNeeds    needs,
         SidetoneContext *context)
{
  g_autoptr (SidetoneObservation) translation = NULL;

  switch (needs)
    {
    case SIDETONE_NEEDS_NOTHING:
      return TRUE;

    case SIDETONE_NEEDS_CANDIDATES:
      return sidetone_context_get_candidates (context) != NULL;

    case SIDETONE_NEEDS_SESSION:
      return sidetone_context_get_session (context) != NULL;

    case SIDETONE_NEEDS_SERVICES:
      return sidetone_context_get_services (context) != NULL;

    case SIDETONE_NEEDS_TRANSLATION:
      translation = sidetone_context_dup_translation (context);
      return translation != NULL;

    case SIDETONE_NEEDS_NAT:
      return sidetone_context_get_services (context) != NULL &&
             sidetone_context_is_nat_known (context);
    }

  g_assert_not_reached ();
}

/**
 * sidetone_probe_is_ready:
 * @self: a probe
 * @context: the run's context
 *
 * Returns: whether the probe's needs are met
 */
gboolean
sidetone_probe_is_ready (SidetoneProbe   *self,
                         SidetoneContext *context)
{
  SidetoneProbeClass *class = SIDETONE_PROBE_GET_CLASS (self);

  return are_met (class->needs, context) &&
         (class->is_ready == NULL || class->is_ready (self, context));
}

/**
 * sidetone_probe_is_alone:
 * @self: a probe
 *
 * Returns: whether it starts only when all others are done
 */
gboolean
sidetone_probe_is_alone (SidetoneProbe *self)
{
  return SIDETONE_PROBE_GET_CLASS (self)->is_alone;
}

/**
 * sidetone_probe_is_optional:
 * @self: a probe
 *
 * Returns: whether the check ends without waiting for it
 */
gboolean
sidetone_probe_is_optional (SidetoneProbe *self)
{
  return SIDETONE_PROBE_GET_CLASS (self)->is_optional;
}

/**
 * sidetone_probe_run_async:
 * @self: a probe that is ready
 * @context: the source of its needs, and the place for its observations
 * @cancellable: (nullable): ends it at once
 * @callback: called when all observations are added
 * @user_data: for @callback
 */
void
sidetone_probe_run_async (SidetoneProbe      *self,
                          SidetoneContext    *context,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (SIDETONE_IS_PROBE (self));
  g_return_if_fail (sidetone_probe_is_ready (self, context));

  SIDETONE_PROBE_GET_CLASS (self)->run_async (self, context, cancellable, callback, user_data);
}

/**
 * sidetone_probe_run_finish:
 * @self: a probe
 * @result: what the callback was given
 * @error: only %G_IO_ERROR_CANCELLED: everything else is an observation
 *
 * Returns: %FALSE if it was cancelled
 */
gboolean
sidetone_probe_run_finish (SidetoneProbe *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return SIDETONE_PROBE_GET_CLASS (self)->run_finish (self, result, error);
}
