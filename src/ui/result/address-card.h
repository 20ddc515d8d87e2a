/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "judge/hop.h"

#include "judge/diagnosis.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_ADDRESS_CARD (sidetone_address_card_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneAddressCard, sidetone_address_card, SIDETONE, ADDRESS_CARD, AdwBin)

void sidetone_address_card_set_endpoint (SidetoneAddressCard *self,
                                         SidetoneEndpoint    *endpoint,
                                         SidetoneChange       address_change,
                                         SidetoneChange       port_change);
void sidetone_address_card_set_reason (SidetoneAddressCard *self,
                                       const char          *reason);

void sidetone_address_card_set_hop (SidetoneAddressCard     *self,
                                    const SidetoneHop       *hop,
                                    const SidetoneDiagnosis *diagnosis);

G_END_DECLS
