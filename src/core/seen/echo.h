/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"
#include "wire/service.h"

G_BEGIN_DECLS

#define SIDETONE_ECHO_INTERVAL 20       /* from one packet to the next, in ms */

/* So many small packets follow the large ones: a line that has gone silent meanwhile loses these, too. If
 * so, as many more follow a second later. */
#define SIDETONE_ECHO_AFTER 3

/**
 * SidetoneEchoSeen:
 * @service: (nullable): the tested service, without its credentials
 * @typed: whether the user typed it
 * @peer: (nullable): its address
 * @told_by: (nullable): the address of the first ICMP error that said that packets can't get there
 * @relay: (nullable): the ID of the relay's observation
 * @other_relay: (nullable): in a pair of relays, that of the other one
 * @relayed: (nullable): the packets' destination
 * @mapped: (nullable): the second socket's reflexive address
 * @source: (nullable): the source address of packets that came back
 * @there_sent: the number of packets sent to the relay
 * @there_arrived: how many of them arrived
 * @back_sent: the number of packets sent back
 * @back_arrived: how many of them arrived
 * @rtt_us: the median round trip
 * @p95_us: the 95th percentile of the round trips
 * @jitter_us: the jitter of the round trips (RFC 3550, section 6.4.1)
 * @reordered: how many packets overtook another one
 * @duplicates: how many packets came twice
 * @trips: (nullable) (element-type gint64): each packet's round trip in microseconds, -1 if it was
 *   lost
 * @large_sizes: (nullable) (element-type gint64): the sizes of larger packets in bytes
 * @large_sent: (nullable) (element-type gint64): how many of each size were sent
 * @large_arrived: (nullable) (element-type gint64): how many of each came back
 * @after_large_sent: the number of small packets that followed the large ones
 * @after_large_arrived: how many of these came back
 *
 * Packets through a relay and back: their loss, round trips (latency) and jitter.
 */
typedef struct
{
  SidetoneService *service;
  SidetoneTruth typed;
  SidetoneEndpoint *peer;
  SidetoneEndpoint *told_by;
  const char *relay;
  const char *other_relay;
  SidetoneEndpoint *relayed;
  SidetoneEndpoint *mapped;
  SidetoneEndpoint *source;
  gint64 there_sent;
  gint64 there_arrived;
  gint64 back_sent;
  gint64 back_arrived;
  gint64 rtt_us;
  gint64 p95_us;
  gint64 jitter_us;
  gint64 reordered;
  gint64 duplicates;
  GArray *trips;
  GArray *large_sizes;
  GArray *large_sent;
  GArray *large_arrived;
  gint64 after_large_sent;
  gint64 after_large_arrived;
} SidetoneEchoSeen;

extern const SidetoneFieldTable sidetone_echo_table;

const SidetoneEchoSeen *sidetone_observation_get_echo (SidetoneObservation *self);
gboolean sidetone_echo_has_ended (const SidetoneEchoSeen *self);
gint64 sidetone_echo_get_silence_us (const SidetoneEchoSeen *self);

G_END_DECLS
