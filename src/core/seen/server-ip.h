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
 * @addresses: (nullable) (element-type SidetoneEndpoint): all that it named
 * @raw: (nullable): the answer as it came
 * @condition: (nullable): of a refusal, the word of the protocol for its reason
 * @server_text: (nullable): of a refusal, the server's own words
 *
 * Which address an XMPP server sees (Server IP Check, XEP-0279).
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
