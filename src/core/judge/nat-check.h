/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"
#include "judge/nat-behaviour.h"

G_BEGIN_DECLS

/**
 * SidetoneNatFacts:
 * @mapping: how sockets look outside
 * @filtering: whose packets are let in
 * @hairpinning: whether two sockets reach each other by how they look outside
 * @port: whether the port is kept, %SIDETONE_CHANGE_UNKNOWN where that is not known
 *
 * What is known of what is done to UDP on the way.
 */
typedef struct
{
  SidetoneNatMapping mapping;
  SidetoneNatFiltering filtering;
  SidetoneNatHairpinning hairpinning;
  SidetoneChange port;
} SidetoneNatFacts;

SidetoneObservation *sidetone_nat_check_find (const SidetoneEvidence *evidence);
void sidetone_nat_check_read (SidetoneObservation *nat,
                              SidetoneNatFacts    *facts);
gboolean sidetone_nat_check_is_endpoint_independent (const SidetoneEvidence *evidence,
                                                     SidetoneEndpoint       *external);

G_END_DECLS
