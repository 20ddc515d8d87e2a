/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

/**
 * SidetoneTrace:
 * @routers: (element-type GInetAddress): those that answered, the nearest first
 * @has_arrived: whether the destination itself answered
 *
 * How far packets of one transport get.
 */
typedef struct
{
  GPtrArray *routers;
  gboolean has_arrived;
} SidetoneTrace;

/**
 * SidetoneUdpPath:
 * @udp: packets over UDP
 * @tcp: SYNs; without routers and arrival if none were sent
 *
 * How far UDP gets, and TCP for comparison.
 */
typedef struct
{
  SidetoneTrace udp;
  SidetoneTrace tcp;
} SidetoneUdpPath;

void sidetone_udp_path_free (SidetoneUdpPath *self);

void sidetone_udp_path_find_async (SidetoneEndpoint   *udp,
                                   SidetoneEndpoint   *tcp,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
SidetoneUdpPath *sidetone_udp_path_find_finish (GAsyncResult *result,
                                                GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneUdpPath, sidetone_udp_path_free)

G_END_DECLS
