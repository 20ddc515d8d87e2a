/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"
#include "judge/nat-behaviour.h"

G_BEGIN_DECLS

/**
 * SidetoneNatFacts:
 * @mapping: the mapping
 * @filtering: the filtering
 * @hairpinning: whether the NAT hairpins
 * @port: whether the port is kept, %SIDETONE_CHANGE_UNKNOWN if that is not known
 * @is_untold: whether the person's app does not learn what the NAT does, and signals only the addresses
 *   behind it (host candidates, RFC 8445, section 5.1.1.1)
 *
 * The known facts about what a NAT does to UDP.
 */
typedef struct
{
  SidetoneNatMapping mapping;
  SidetoneNatFiltering filtering;
  SidetoneNatHairpinning hairpinning;
  SidetoneChange port;
  gboolean is_untold;
} SidetoneNatFacts;

SidetoneObservation *sidetone_nat_check_find (const SidetoneEvidence *evidence);
void sidetone_nat_check_read (SidetoneObservation *nat,
                              SidetoneNatFacts    *facts);
gboolean sidetone_nat_check_is_dependent (const SidetoneEvidence *evidence);
gboolean sidetone_nat_check_is_endpoint_independent (const SidetoneEvidence *evidence,
                                                     SidetoneEndpoint       *external);

G_END_DECLS
