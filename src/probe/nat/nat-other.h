/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "nat/nat-ground.h"

G_BEGIN_DECLS

/* The server's other address with its first port, the same with the other port, and the first
 * address with the other port */
#define SIDETONE_NAT_N_OTHERS 3

/**
 * SidetoneNatOther:
 * @places: the other addresses that were asked
 * @seen: (array): the tested socket's reflexive address there; %NULL without an answer
 * @same_address: whether packets came in from the other port of the server's address
 * @other_address: whether packets came in from the server's other address
 *
 * Mapping and filtering by a server with two addresses and two ports.
 */
typedef struct
{
  SidetoneEndpoint *places[SIDETONE_NAT_N_OTHERS];
  SidetoneEndpoint *seen[SIDETONE_NAT_N_OTHERS];
  SidetoneNatTrial same_address;
  SidetoneNatTrial other_address;
} SidetoneNatOther;

void sidetone_nat_other_free (SidetoneNatOther *self);

void sidetone_nat_other_async (SidetoneNatGround       *ground,
                               SidetoneFlow            *tested,
                               const SidetoneNatServer *server,
                               GCancellable            *cancellable,
                               GAsyncReadyCallback      callback,
                               gpointer                 user_data);
SidetoneNatOther *sidetone_nat_other_finish (GAsyncResult *result,
                                             GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneNatOther, sidetone_nat_other_free)

G_END_DECLS
