/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "nat/nat-ground.h"

G_BEGIN_DECLS

/**
 * SidetoneNatSocket:
 * @flow: the socket
 * @server: the only server that it has sent to
 * @mapped: its reflexive address there
 *
 * A socket for a single test, so that no test spoils another (RFC 5780, section 4.5).
 */
typedef struct
{
  SidetoneFlow *flow;
  SidetoneEndpoint *server;
  SidetoneEndpoint *mapped;
} SidetoneNatSocket;

void sidetone_nat_socket_free (SidetoneNatSocket *self);

void sidetone_nat_socket_open_async (SidetoneNatGround       *ground,
                                     const SidetoneNatServer *server,
                                     GCancellable            *cancellable,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data);
SidetoneNatSocket *sidetone_nat_socket_open_finish (GAsyncResult *result,
                                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneNatSocket, sidetone_nat_socket_free)

G_END_DECLS
