/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/diagnosis.h"
#include "judge/step.h"

G_BEGIN_DECLS

/**
 * SidetoneHopPlace:
 * @SIDETONE_HOP_COMPUTER: this computer, with the local end of the connection
 * @SIDETONE_HOP_BETWEEN: what lies between the two addresses: a NAT, another translator, a VPN, a
 *   firewall, or nothing that changes anything
 * @SIDETONE_HOP_SEEN: where the internet begins: the address and port that the server sees
 * @SIDETONE_HOP_SERVER: the XMPP server
 * @SIDETONE_HOP_RELAY: the server's relay (TURN)
 * @SIDETONE_HOP_PARTNER: the other person
 *
 * The place of a hop. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_HOP_COMPUTER,
  SIDETONE_HOP_BETWEEN,
  SIDETONE_HOP_SEEN,
  SIDETONE_HOP_SERVER,
  SIDETONE_HOP_RELAY,
  SIDETONE_HOP_PARTNER,
} SidetoneHopPlace;

/**
 * SidetoneHopState:
 * @SIDETONE_HOP_UNKNOWN: nothing is known about it, or it is not there
 * @SIDETONE_HOP_FINE: it is in no call's way
 * @SIDETONE_HOP_LIMITS: because of it some calls find no way, or a bad one
 * @SIDETONE_HOP_BROKEN: nothing gets through it
 *
 * What a hop means for calls. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_HOP_UNKNOWN,
  SIDETONE_HOP_FINE,
  SIDETONE_HOP_LIMITS,
  SIDETONE_HOP_BROKEN,
} SidetoneHopState;

#define SIDETONE_TYPE_HOP_PLACE (sidetone_hop_place_get_type ())
#define SIDETONE_TYPE_HOP_STATE (sidetone_hop_state_get_type ())

GType sidetone_hop_place_get_type (void);
GType sidetone_hop_state_get_type (void);

/**
 * SidetoneHop:
 * @place: its place
 * @state: what it means for calls
 * @finding: (nullable): for %SIDETONE_HOP_BETWEEN, what was found there; for
 *   %SIDETONE_HOP_COMPUTER, what keeps it off the network
 * @is_behind_vpn: whether the traffic comes to it through a VPN
 * @step: (nullable): for %SIDETONE_HOP_SERVER, the step that failed, or else the sign-in
 *
 * A part of the way that a call takes, as far as it was seen. The line that leads to it is as whole
 * as its state.
 */
typedef struct
{
  SidetoneHopPlace place;
  SidetoneHopState state;
  SidetoneFinding *finding;
  gboolean is_behind_vpn;
  SidetoneStep *step;
} SidetoneHop;

GPtrArray *sidetone_hops_new (const SidetoneDiagnosis *diagnosis);

G_END_DECLS
