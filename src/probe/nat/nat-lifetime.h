/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "nat/nat.h"

G_BEGIN_DECLS

/**
 * SidetoneNatLifetime:
 * @open_ms: the longest silence after which packets still came in; 0 if there is none
 * @closed_ms: the shortest silence after which none came in; 0 if they always did
 *
 * How long UDP stays open for packets from outside while nothing is sent.
 */
typedef struct
{
  guint open_ms;
  guint closed_ms;
} SidetoneNatLifetime;

/**
 * SidetoneNatProgressFunc:
 * @so_far: the result so far
 * @user_data: its data
 */
typedef void (*SidetoneNatProgressFunc) (const SidetoneNatLifetime *so_far,
                                         gpointer                   user_data);

void sidetone_nat_measure_lifetime_async (const SidetoneNatViews *views,
                                          guint                   shortest_ms,
                                          guint                   longest_ms,
                                          SidetoneNatProgressFunc progress,
                                          gpointer                progress_data,
                                          GCancellable           *cancellable,
                                          GAsyncReadyCallback     callback,
                                          gpointer                user_data);
gboolean sidetone_nat_measure_lifetime_finish (GAsyncResult        *result,
                                               SidetoneNatLifetime *lifetime,
                                               GError             **error);

G_END_DECLS
