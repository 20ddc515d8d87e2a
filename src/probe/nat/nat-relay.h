/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/nat-behaviour.h"
#include "nat/nat-ground.h"

G_BEGIN_DECLS

/**
 * SidetoneNatRelay:
 * @relayed: (nullable): the relayed address, as this computer reaches it
 * @seen: (nullable): the tested socket's reflexive address there
 * @beside: (nullable): another server at the relayed IP address, if none was known there
 * @seen_beside: (nullable): the tested socket's reflexive address there
 * @same_address: whether packets from the relay reach a socket that has sent to another port of its
 *   address
 * @other_address: whether packets from the relay reach a socket that has sent nothing to its
 *   address
 * @reason: why results are missing
 *
 * Mapping and filtering by one relay.
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
