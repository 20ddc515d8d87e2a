/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

/**
 * SidetonePath:
 * @routers: (element-type GInetAddress): those that answered, the nearest first
 * @knows_nearest: whether the first of them is the first hop
 * @is_passed_on: whether the first hop forwards packets to the external address, which then belongs
 *   to a router behind it
 *
 * The first routers on the path to the internet.
 */
typedef struct
{
  GPtrArray *routers;
  gboolean knows_nearest;
  gboolean is_passed_on;
} SidetonePath;

void sidetone_path_free (SidetonePath *self);

void sidetone_path_find_async (SidetoneEndpoint   *server,
                               SidetoneEndpoint   *mapped,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
SidetonePath *sidetone_path_find_finish (GAsyncResult *result,
                                         GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetonePath, sidetone_path_free)

G_END_DECLS
