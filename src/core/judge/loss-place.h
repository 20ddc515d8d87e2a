/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/host-evidence.h"

G_BEGIN_DECLS

/**
 * SidetoneLossPlace:
 *
 * Where on the way to a relay packets get lost.
 */
typedef enum
{
  SIDETONE_LOSS_PLACE_UNKNOWN,
  SIDETONE_LOSS_PLACE_OWN_NETWORK,   /* between this computer and the nearest router */
  SIDETONE_LOSS_PLACE_BEHIND_ROUTER, /* on the line, or at the relay */
  SIDETONE_LOSS_PLACE_LINE,          /* behind the router, and not only at the relay */
  SIDETONE_LOSS_PLACE_RELAY,         /* at the relay, or its own line */
  SIDETONE_LOSS_PLACE_RELAYS_WAY,    /* there, or on the way to it from where it leaves the server's */
} SidetoneLossPlace;

SidetoneLossPlace sidetone_loss_place_find (GPtrArray                  *pings,
                                            const SidetoneHostEvidence *host,
                                            SidetoneEndpoint           *relay,
                                            gboolean                    is_router_own);

G_END_DECLS
