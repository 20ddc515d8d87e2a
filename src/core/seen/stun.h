/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"
#include "wire/service.h"

G_BEGIN_DECLS

/**
 * SidetoneStunSeen:
 * @service: (nullable): what was tried, without its credentials
 * @typed: whether a person named it, and no server
 * @peer: (nullable): where it is
 * @reason: why nothing was tried
 * @plain: (nullable): MAPPED-ADDRESS: the same socket, not masked
 * @other: (nullable): OTHER-ADDRESS: where else the server answers (RFC 5780)
 * @origin: (nullable): RESPONSE-ORIGIN: where the answer came from (RFC 5780)
 * @software: (nullable): the name of the server program
 * @rtt_us: the round trip
 * @n_sent: how often it was asked
 *
 * How a socket of this computer looks to a server of STUN (a Binding transaction, RFC 8489).
 */
typedef struct
{
  SidetoneService *service;
  SidetoneTruth typed;
  SidetoneEndpoint *peer;
  SidetoneSkipReason reason;
  SidetoneEndpoint *plain;
  SidetoneEndpoint *other;
  SidetoneEndpoint *origin;
  const char *software;
  gint64 rtt_us;
  gint64 n_sent;
} SidetoneStunSeen;

extern const SidetoneFieldTable sidetone_stun_table;

const SidetoneStunSeen *sidetone_observation_get_stun (SidetoneObservation *self);

G_END_DECLS
