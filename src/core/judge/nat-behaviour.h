/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/nat.h"

G_BEGIN_DECLS

/**
 * SidetoneNatTrial:
 *
 * What became of packets from another endpoint than the socket's destination.
 */
typedef enum
{
  SIDETONE_NAT_TRIAL_NOT_MADE,
  SIDETONE_NAT_TRIAL_ARRIVED,
  SIDETONE_NAT_TRIAL_SILENT,
} SidetoneNatTrial;

/**
 * SidetoneNatView:
 * @viewpoint: the destination of the tested socket
 * @mapped: its reflexive address there
 * @method: the kind of viewpoint: a server, its other address, or a relay
 */
typedef struct
{
  SidetoneEndpoint *viewpoint;
  SidetoneEndpoint *mapped;
  SidetoneNatMethod method;
} SidetoneNatView;

/**
 * SidetoneNatBehaviour:
 * @local: (nullable): the tested socket's local address
 * @mapped: (nullable): its reflexive address at the first server
 * @mapping: its mapping
 * @mapping_reason: why it is not known
 * @mapping_method: how it was found out
 * @filtering: its filtering
 * @filtering_reason: why it is not known
 * @filtering_method: how it was found out
 * @hairpinning: whether the NAT hairpins
 * @hairpinning_reason: why it is not known
 * @port_preserved: whether the external port equals the local one; only if @mapped is known
 * @views: (element-type SidetoneNatView): all views of the tested socket
 *
 * What a NAT does to UDP, for one address family.
 */
typedef struct
{
  SidetoneEndpoint *local;
  SidetoneEndpoint *mapped;
  SidetoneNatMapping mapping;
  SidetoneNatReason mapping_reason;
  SidetoneNatMethod mapping_method;
  SidetoneNatFiltering filtering;
  SidetoneNatReason filtering_reason;
  SidetoneNatMethod filtering_method;
  SidetoneNatHairpinning hairpinning;
  SidetoneNatReason hairpinning_reason;
  gboolean port_preserved;
  GPtrArray *views;
} SidetoneNatBehaviour;

SidetoneNatBehaviour *sidetone_nat_behaviour_new (SidetoneEndpoint *local);
void sidetone_nat_behaviour_free (SidetoneNatBehaviour *self);

void sidetone_nat_behaviour_add_view (SidetoneNatBehaviour *self,
                                      SidetoneEndpoint     *viewpoint,
                                      SidetoneEndpoint     *mapped,
                                      SidetoneNatMethod     method);
void sidetone_nat_behaviour_judge_mapping (SidetoneNatBehaviour *self);
SidetoneNatFiltering sidetone_nat_judge_filtering (SidetoneNatTrial same_address,
                                                   SidetoneNatTrial other_address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneNatBehaviour, sidetone_nat_behaviour_free)

G_END_DECLS
