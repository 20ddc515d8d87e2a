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
 * @service: (nullable): the tested service, without its credentials
 * @typed: whether the user typed it
 * @peer: (nullable): its address
 * @told_by: (nullable): the address of the first ICMP error that said that packets can't get there
 * @reason: why it was skipped
 * @alternate: (nullable): the server that it names for the relay (ALTERNATE-SERVER), and that all
 *   else is about
 * @family: 4 or 6, the requested IP version of the relayed address
 * @relayed: (nullable): the relayed address
 * @lifetime_s: its lifetime in seconds
 * @names: (nullable): the DNS names and addresses of a refused certificate
 * @software: (nullable): the name of the server program
 * @rtt_us: the round trip
 * @n_sent: the number of requests
 *
 * An allocation at a TURN server (RFC 8656).
 */
typedef struct
{
  SidetoneService *service;
  SidetoneTruth typed;
  SidetoneEndpoint *peer;
  SidetoneEndpoint *told_by;
  SidetoneSkipReason reason;
  SidetoneEndpoint *alternate;
  gint64 family;
  SidetoneEndpoint *relayed;
  gint64 lifetime_s;
  const char *const *names;
  const char *software;
  gint64 rtt_us;
  gint64 n_sent;
} SidetoneRelaySeen;

extern const SidetoneFieldTable sidetone_relay_table;

const SidetoneRelaySeen *sidetone_observation_get_relay (SidetoneObservation *self);

G_END_DECLS
