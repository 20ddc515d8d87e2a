/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"
#include "seen/nat64-prefix.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/* Packets to all ports of an address that no answer has come from, in a whole check */
#define SIDETONE_BUDGET_UNANSWERED 9

/**
 * SidetoneNaming:
 *
 * Who named an address.
 */
typedef enum
{
  SIDETONE_NAMED_BY_USER,     /* who typed it, or a name with that address */
  SIDETONE_NAMED_BY_SERVER,   /* the XMPP server, which announced it (XEP-0215), or such a name */
  SIDETONE_NAMED_BY_SERVICE,  /* a call server in an answer: a relayed, other or alternate address,
                               * or the reflexive one */
} SidetoneNaming;

typedef struct _SidetoneBudget SidetoneBudget;

SidetoneBudget *sidetone_budget_new (void);
SidetoneBudget *sidetone_budget_ref (SidetoneBudget *self);
void sidetone_budget_unref (SidetoneBudget *self);

void sidetone_budget_set_server (SidetoneBudget   *self,
                                 SidetoneEndpoint *server);
void sidetone_budget_add_own_address (SidetoneBudget *self,
                                      GInetAddress   *address);
void sidetone_budget_set_prefixes (SidetoneBudget *self,
                                   GArray         *prefixes);

SidetoneSkipReason sidetone_budget_judge (SidetoneBudget   *self,
                                          GInetAddress     *address,
                                          SidetoneNaming    naming,
                                          SidetoneEndpoint *service);
SidetoneEndpoint *sidetone_budget_reach (SidetoneBudget            *self,
                                         const SidetoneNat64Prefix *nat64,
                                         SidetoneEndpoint          *endpoint,
                                         SidetoneEndpoint          *service);

gboolean sidetone_budget_spend (SidetoneBudget   *self,
                                SidetoneEndpoint *endpoint);
void sidetone_budget_prove (SidetoneBudget   *self,
                            SidetoneEndpoint *endpoint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneBudget, sidetone_budget_unref)

G_END_DECLS
