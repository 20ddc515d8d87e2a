/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"
#include "wire/service.h"

G_BEGIN_DECLS

/**
 * SidetoneCallServer:
 * @service: what was announced, with its credentials
 * @server: (nullable): where to try it, with the transport to use; %NULL where there is no address
 * @reason: (nullable): why not to try it, a word of src/core/README.md
 *
 * A call server: an announced STUN or TURN service at one of its addresses (XEP-0215).
 */
typedef struct
{
  SidetoneService *service;
  SidetoneEndpoint *server;
  const char *reason;
} SidetoneCallServer;

G_END_DECLS
