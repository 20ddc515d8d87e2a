/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneCallServer:
 * @service: the announced service, with its credentials
 * @server: (nullable): the address to try, with its transport; %NULL if there is none
 * @reason: why it is not tried; %SIDETONE_SKIP_REASON_NONE if it is
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
