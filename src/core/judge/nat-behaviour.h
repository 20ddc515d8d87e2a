/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/nat.h"

G_BEGIN_DECLS

/**
 * SidetoneNatTrial:
 *
 * What became of packets that came from somewhere else than where a socket had sent to.
 */
typedef enum
{
  SIDETONE_NAT_TRIAL_NOT_MADE,
  SIDETONE_NAT_TRIAL_ARRIVED,
  SIDETONE_NAT_TRIAL_SILENT,
} SidetoneNatTrial;

/**
 * SidetoneNatView:
 * @viewpoint: where somebody saw the tested socket from, which had sent to there
 * @mapped: how it looked
 * @method: who that was: a server, its other address, or a relay
 */
typedef struct
{
  SidetoneEndpoint *viewpoint;
  SidetoneEndpoint *mapped;
  SidetoneNatMethod method;
} SidetoneNatView;

/**
 * SidetoneNatBehaviour:
 * @local: (nullable): the socket whose mapping was tested
 * @mapped: (nullable): the same as the first server saw it
 * @mapping: how it is mapped
 * @mapping_reason: why that is not known
 * @mapping_method: how it was found out
 * @filtering: what is let in
 * @filtering_reason: why that is not known
 * @filtering_method: how it was found out
 * @hairpinning: whether two sockets reach each other by their addresses outside
 * @hairpinning_reason: why that is not known
 * @port_preserved: whether the port is the same inside and outside; only where @mapped is known
 * @views: (element-type SidetoneNatView): all views of the tested socket
 *
 * What stands between this computer and the internet does to UDP of one family.
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
