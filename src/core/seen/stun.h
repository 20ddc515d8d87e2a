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
 * @service: (nullable): the tested service, without its credentials
 * @typed: whether the user typed it
 * @peer: (nullable): its address
 * @told_by: (nullable): the address of the first ICMP error that said that packets can't get there
 * @reason: why it was skipped
 * @plain: (nullable): MAPPED-ADDRESS, the unmasked address
 * @other: (nullable): OTHER-ADDRESS, the server's other address (RFC 5780)
 * @origin: (nullable): RESPONSE-ORIGIN, the answer's source address (RFC 5780)
 * @names: (nullable): the DNS names and addresses of a refused certificate
 * @software: (nullable): the name of the server program
 * @rtt_us: the round trip
 * @n_sent: the number of requests
 *
 * A socket's reflexive address at a STUN server (a Binding transaction, RFC 8489).
 */
typedef struct
{
  SidetoneService *service;
  SidetoneTruth typed;
  SidetoneEndpoint *peer;
  SidetoneEndpoint *told_by;
  SidetoneSkipReason reason;
  SidetoneEndpoint *plain;
  SidetoneEndpoint *other;
  SidetoneEndpoint *origin;
  const char *const *names;
  const char *software;
  gint64 rtt_us;
  gint64 n_sent;
} SidetoneStunSeen;

extern const SidetoneFieldTable sidetone_stun_table;

const SidetoneStunSeen *sidetone_observation_get_stun (SidetoneObservation *self);

G_END_DECLS
