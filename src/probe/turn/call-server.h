/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneCallServer:
 * @service: what was announced, with its credentials
 * @server: (nullable): where to try it, with the transport to use; %NULL where there is no address
 * @reason: why not to try it; %SIDETONE_SKIP_REASON_NONE where it is to be tried
 *
 * A call server: an announced STUN or TURN service at one of its addresses (XEP-0215).
 */
typedef struct
{
  SidetoneService *service;
  SidetoneEndpoint *server;
  SidetoneSkipReason reason;
} SidetoneCallServer;

G_END_DECLS
