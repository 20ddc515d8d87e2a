/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/nat-behaviour.h"
#include "net/budget.h"
#include "net/flow.h"
#include "seen/nat64-prefix.h"
#include "turn/call-server.h"

G_BEGIN_DECLS

/* Allocations that are made for it, one after the other: servers have small quotas per account */
#define SIDETONE_NAT_MAX_RELAYS 2

/**
 * SidetoneNatOpenFunc:
 * @peer: where the first packets go
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
 * @servers: (element-type SidetoneEndpoint): servers that answer STUN over UDP, all of one family;
 *   TURN servers too
 * @relays: (array length=n_relays): TURN servers with credentials, by any transport
 * @n_relays: their number
 * @authorities: (nullable): certificate authorities besides the system's
 * @budget: (nullable): the check's budget; %NULL for one of its own
 * @nat64: (nullable): the prefix by which IPv6 sockets reach IPv4 servers
 * @open: (nullable): how to open sockets, %NULL for sidetone_flow_new_towards()
 * @open_data: for @open
 *
 * The viewpoints on a NAT. All members are copied or referenced.
 */
typedef struct
{
  GPtrArray *servers;
  const SidetoneCallServer *relays;
  guint n_relays;
  GTlsDatabase *authorities;
  SidetoneBudget *budget;
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
