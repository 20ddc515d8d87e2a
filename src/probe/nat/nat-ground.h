/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "nat/nat-trial.h"
#include "nat/nat.h"

G_BEGIN_DECLS

/**
 * SidetoneNatServer:
 * @server: the address that was asked
 * @mapped: the tested socket's reflexive address at this server
 * @other: (nullable): the server's other address, as this computer reaches it
 * @is_guessed: whether it is only guessed to be one, at an address that a relay named
 * @round_trip_us: the round trip; an upper limit after a retransmission
 *
 * A server that has answered.
 */
typedef struct
{
  SidetoneEndpoint *server;
  SidetoneEndpoint *mapped;
  SidetoneEndpoint *other;
  gboolean is_guessed;
  gint64 round_trip_us;
} SidetoneNatServer;

typedef struct _SidetoneNatGround SidetoneNatGround;

SidetoneNatGround *sidetone_nat_ground_new (const SidetoneNatViews *views);
SidetoneNatGround *sidetone_nat_ground_ref (SidetoneNatGround *self);
void sidetone_nat_ground_unref (SidetoneNatGround *self);

SidetoneFlow *sidetone_nat_ground_open (SidetoneNatGround *self,
                                        SidetoneEndpoint  *peer);
SidetoneEndpoint *sidetone_nat_ground_reach (SidetoneNatGround *self,
                                             SidetoneEndpoint  *endpoint,
                                             SidetoneEndpoint  *server);
SidetoneBudget *sidetone_nat_ground_get_budget (SidetoneNatGround *self);
GTlsDatabase *sidetone_nat_ground_get_authorities (SidetoneNatGround *self);

void sidetone_nat_ground_add_server (SidetoneNatGround  *self,
                                     SidetoneEndpoint   *server,
                                     SidetoneNatArrival *answer);
guint sidetone_nat_ground_get_n_servers (SidetoneNatGround *self);
const SidetoneNatServer *sidetone_nat_ground_get_server (SidetoneNatGround *self,
                                                         guint              i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneNatGround, sidetone_nat_ground_unref)

G_END_DECLS
