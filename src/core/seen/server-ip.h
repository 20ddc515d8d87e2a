/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneServerIpSeen:
 * @peer: (nullable): the server's end of the connection
 * @addresses: (nullable) (element-type SidetoneEndpoint): all addresses in the answer
 * @raw: (nullable): the unparsed answer
 * @condition: (nullable): a refusal's condition
 * @server_text: (nullable): a refusal's text from the server
 *
 * The address that an XMPP server sees (Server IP Check, XEP-0279).
 */
typedef struct
{
  SidetoneEndpoint *peer;
  GPtrArray *addresses;
  const char *raw;
  const char *condition;
  const char *server_text;
} SidetoneServerIpSeen;

extern const SidetoneFieldTable sidetone_server_ip_table;

const SidetoneServerIpSeen *sidetone_observation_get_server_ip (SidetoneObservation *self);

G_END_DECLS
