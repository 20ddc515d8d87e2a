/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/context.h"

G_BEGIN_DECLS

/**
 * SidetoneNeeds:
 *
 * What a probe needs before it can start.
 */
typedef enum
{
  SIDETONE_NEEDS_NOTHING,
  SIDETONE_NEEDS_CANDIDATES,
  SIDETONE_NEEDS_SESSION,
  SIDETONE_NEEDS_SERVICES,
  SIDETONE_NEEDS_TRANSLATION,
  SIDETONE_NEEDS_NAT,
} SidetoneNeeds;

#define SIDETONE_TYPE_PROBE (sidetone_probe_get_type ())

G_DECLARE_DERIVABLE_TYPE (SidetoneProbe, sidetone_probe, SIDETONE, PROBE, GObject)

/**
 * SidetoneProbeClass:
 * @needs: what the context must have before run_async is called
 * @is_ready: (nullable): whether there is work, if @needs are met
 * @is_alone: whether it starts only when all others are done: what it measures would disturb them
 * @is_optional: whether the check ends without waiting for it: it is cancelled then
 * @run_async: looks at one thing, and adds at least one observation to the context: after a
 *   failure, one with the error, unless it is optional
 * @run_finish: %FALSE only if cancelled
 */
struct _SidetoneProbeClass
{
  GObjectClass parent_class;

  SidetoneNeeds needs;
  gboolean is_alone;
  gboolean is_optional;

  gboolean (*is_ready) (SidetoneProbe   *self,
                        SidetoneContext *context);
  void (*run_async) (SidetoneProbe      *self,
                     SidetoneContext    *context,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data);
  gboolean (*run_finish) (SidetoneProbe *self,
                          GAsyncResult  *result,
                          GError       **error);
};

gboolean sidetone_probe_is_ready (SidetoneProbe   *self,
                                  SidetoneContext *context);
gboolean sidetone_probe_is_alone (SidetoneProbe *self);
gboolean sidetone_probe_is_optional (SidetoneProbe *self);
void sidetone_probe_run_async (SidetoneProbe      *self,
                               SidetoneContext    *context,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gboolean sidetone_probe_run_finish (SidetoneProbe *self,
                                    GAsyncResult  *result,
                                    GError       **error);

G_END_DECLS
