/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/context.h"
#include "wire/service.h"

G_BEGIN_DECLS

/* A server has one of each kind for each transport; one that announces hundreds need not be
 * believed that calls would try them all. */
#define SIDETONE_MAX_TARGETS 8

/**
 * SidetoneTarget:
 * @service: what was announced, with its credentials
 * @server: (nullable): where to try it, with the transport to use; %NULL where there is no address
 * @reason: (nullable): why not to try it, a word of src/core/README.md
 *
 * A service for calls at one of its addresses.
 */
typedef struct
{
  SidetoneService *service;
  SidetoneEndpoint *server;
  const char *reason;
} SidetoneTarget;

typedef struct _SidetoneTargets SidetoneTargets;

typedef void (*SidetoneTargetFunc) (const SidetoneTarget *target,
                                    gpointer              user_data);
typedef void (*SidetoneSettleFunc) (gpointer user_data);

SidetoneTargets *sidetone_targets_new (SidetoneContext   *context,
                                       gboolean           relays,
                                       GCancellable      *cancellable,
                                       SidetoneTargetFunc tell,
                                       SidetoneSettleFunc settle,
                                       gpointer           user_data);
void sidetone_targets_free (SidetoneTargets *self);

void sidetone_targets_follow (SidetoneTargets *self);
gboolean sidetone_targets_are_complete (SidetoneTargets *self);

G_END_DECLS
