/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"
#include "wire/service.h"

G_BEGIN_DECLS

/**
 * SidetoneRelaySeen:
 * @service: (nullable): what was tried, without its credentials
 * @typed: whether a person named it, and no server
 * @peer: (nullable): where it is
 * @reason: why nothing was tried
 * @family: 4 or 6, for the version of IP of the relayed address that was asked for
 * @relayed: (nullable): the relayed address
 * @lifetime_s: for how long it is lent
 * @software: (nullable): the name of the server program
 * @rtt_us: the round trip
 * @n_sent: how often it was asked
 *
 * An allocation at a server of TURN (RFC 8656).
 */
typedef struct
{
  SidetoneService *service;
  SidetoneTruth typed;
  SidetoneEndpoint *peer;
  SidetoneSkipReason reason;
  gint64 family;
  SidetoneEndpoint *relayed;
  gint64 lifetime_s;
  const char *software;
  gint64 rtt_us;
  gint64 n_sent;
} SidetoneRelaySeen;

extern const SidetoneFieldTable sidetone_relay_table;

const SidetoneRelaySeen *sidetone_observation_get_relay (SidetoneObservation *self);

G_END_DECLS
