/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "run-private.h"

/* What a run is to check, said before its start: all or a part, and what is tested only on request.
 * run-probes.c chooses the probes by that. */

/**
 * sidetone_run_set_only:
 * @self: a run that was never started
 * @only: the part of the check that is wanted
 */
void
sidetone_run_set_only (SidetoneRun    *self,
                       SidetoneRunOnly only)
{
  g_return_if_fail (self->context == NULL);

  self->only = only;
}

/**
 * sidetone_run_set_lifetime:
 * @self: a run that was never started
 * @lifetime: whether to measure how long UDP stays open, too: that may take five minutes
 */
void
sidetone_run_set_lifetime (SidetoneRun *self,
                           gboolean     lifetime)
{
  g_return_if_fail (self->context == NULL);

  g_clear_object (&self->measurement);
  if (lifetime)
    self->measurement = g_cancellable_new ();
}

/**
 * sidetone_run_set_video:
 * @self: a run that was never started
 * @video: whether to test how much video there is room for, too: that sends up to 2 MB each way, in
 *   ten seconds
 */
void
sidetone_run_set_video (SidetoneRun *self,
                        gboolean     video)
{
  g_return_if_fail (self->context == NULL);

  self->video = video;
}

/**
 * sidetone_run_tests_video:
 * @self: a run
 *
 * Returns: whether it tests how much video there is room for
 */
gboolean
sidetone_run_tests_video (SidetoneRun *self)
{
  return self->video;
}

/**
 * sidetone_run_set_services:
 * @self: a run that was never started
 * @services: (transfer none) (element-type SidetoneService): services that the user typed, to be
 *   tried besides the announced ones
 */
void
sidetone_run_set_services (SidetoneRun *self,
                           GPtrArray   *services)
{
  g_return_if_fail (self->context == NULL);
  g_return_if_fail (self->services == NULL);

  self->services = g_ptr_array_ref (services);
}
