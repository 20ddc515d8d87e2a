/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/nat-behaviour.h"
#include "net/flow.h"
#include "seen/nat64-prefix.h"
#include "turn/call-server.h"

G_BEGIN_DECLS

/* Relays that are allocated for it, one after the other: a server gives an account but a few */
#define SIDETONE_NAT_MAX_RELAYS 2

/**
 * SidetoneNatOpenFunc:
 * @peer: whom the first packets are for
 * @user_data: its data
 * @error: %SIDETONE_ERROR_UNREACHABLE
 *
 * Opens a socket.
 *
 * Returns: (transfer full) (nullable): a flow over datagrams
 */
typedef SidetoneFlow *(*SidetoneNatOpenFunc)(SidetoneEndpoint *peer,
                                             gpointer          user_data,
                                             GError          **error);

/**
 * SidetoneNatViews:
 * @servers: (element-type SidetoneEndpoint): who answers questions of STUN over UDP, all of one
 *   family; servers of TURN too
 * @relays: (array length=n_relays): servers of TURN with credentials, by any transport
 * @n_relays: how many
 * @authorities: (nullable): who may vouch for their certificates besides those whom the system trusts
 * @nat64: (nullable): by which prefix servers with IPv4 are reached by IPv6
 * @open: (nullable): how to open sockets, %NULL for sidetone_flow_new_towards()
 * @open_data: for @open
 *
 * From where a NAT may be looked at. All of it is copied or referenced.
 */
typedef struct
{
  GPtrArray *servers;
  const SidetoneCallServer *relays;
  guint n_relays;
  GTlsDatabase *authorities;
  const SidetoneNat64Prefix *nat64;
  SidetoneNatOpenFunc open;
  gpointer open_data;
} SidetoneNatViews;

void sidetone_nat_find_async (const SidetoneNatViews *views,
                              GCancellable           *cancellable,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data);
SidetoneNatBehaviour *sidetone_nat_find_finish (GAsyncResult *result,
                                                GError      **error);

G_END_DECLS
