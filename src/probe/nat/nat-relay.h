/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/nat-behaviour.h"
#include "nat/nat-ground.h"

G_BEGIN_DECLS

/**
 * SidetoneNatRelay:
 * @relayed: (nullable): where the relay is, as this computer reaches it
 * @seen: (nullable): how the tested socket looks from there
 * @beside: (nullable): where at the relay's address another server was found, if none was known there
 * @seen_beside: (nullable): how the tested socket looks from there
 * @same_address: packets from the relay to a socket that had sent to another port of its address
 * @other_address: packets from the relay to a socket that had not sent to its address
 * @reason: why not all of that is known
 *
 * What a relay tells.
 */
typedef struct
{
  SidetoneEndpoint *relayed;
  SidetoneEndpoint *seen;
  SidetoneEndpoint *beside;
  SidetoneEndpoint *seen_beside;
  SidetoneNatTrial same_address;
  SidetoneNatTrial other_address;
  SidetoneNatReason reason;
} SidetoneNatRelay;

void sidetone_nat_relay_free (SidetoneNatRelay *self);

void sidetone_nat_relay_async (SidetoneNatGround        *ground,
                               SidetoneFlow             *tested,
                               SidetoneEndpoint         *mapped,
                               const SidetoneCallServer *call_server,
                               GCancellable             *cancellable,
                               GAsyncReadyCallback       callback,
                               gpointer                  user_data);
SidetoneNatRelay *sidetone_nat_relay_finish (GAsyncResult *result,
                                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneNatRelay, sidetone_nat_relay_free)

G_END_DECLS
