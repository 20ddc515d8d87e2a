/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/echo.h"
#include "seen/observation.h"
#include "wire/service.h"

G_BEGIN_DECLS

/**
 * SidetoneServiceResult:
 * @service: the announced service, without its credentials
 * @server: (nullable): the tested address; %NULL if there is none
 * @state: %SIDETONE_STATE_UNKNOWN until the test is over
 * @error: (nullable): why it does not work, in the domain %SIDETONE_ERROR
 * @reason: why it was skipped
 * @mapped: (nullable): this computer's reflexive address there
 * @relayed: (nullable): the relayed address
 * @n_sent: the number of packets sent through its relay, both ways
 * @n_arrived: how many of them arrived
 * @loss: the packet loss in each direction, 0 to 1; -1 if it is not known
 * @rtt_us: the median round trip, to the relay or of a request; -1 if it is not known
 * @packets: (nullable): all figures of the packets through its relay, lent by @echo or @pair; %NULL
 *   while it is not known to work
 * @router_trips: (nullable) (element-type gint64): round trips to the nearest router while these packets
 *   were under way, one every %SIDETONE_PING_INTERVAL ms, -1 for a ping without an answer
 * @test: the STUN or relay observation
 * @echo: (nullable): the echo that @state and figures come from
 * @pair: (nullable): the echo between its relay and another one
 *
 * The result of one announced service at one of its addresses. A relay works if packets came
 * through it. Each packet crosses this computer's line out and in; @loss assumes the same loss in
 * both directions.
 *
 * Immutable and reference-counted.
 */
typedef struct
{
  SidetoneService *service;
  SidetoneEndpoint *server;
  SidetoneState state;
  GError *error;
  SidetoneSkipReason reason;
  SidetoneEndpoint *mapped;
  SidetoneEndpoint *relayed;
  guint n_sent;
  guint n_arrived;
  double loss;
  gint64 rtt_us;
  const SidetoneEchoSeen *packets;
  GArray *router_trips;
  SidetoneObservation *test;
  SidetoneObservation *echo;
  SidetoneObservation *pair;
} SidetoneServiceResult;

#define SIDETONE_TYPE_SERVICE_RESULT (sidetone_service_result_get_type ())

GType sidetone_service_result_get_type (void);

GPtrArray *sidetone_service_results_collect (GPtrArray *observations);

SidetoneServiceResult *sidetone_service_result_ref (SidetoneServiceResult *self);
void sidetone_service_result_unref (SidetoneServiceResult *self);

gboolean sidetone_service_result_is_over_ipv6 (const SidetoneServiceResult *self);
gboolean sidetone_service_result_is_over_udp (const SidetoneServiceResult *self);
gboolean sidetone_service_result_works_as_relay (const SidetoneServiceResult *self);
SidetoneObservation *sidetone_service_result_get_packets (const SidetoneServiceResult *self);
gboolean sidetone_service_result_is_made (const SidetoneServiceResult *self);
gboolean sidetone_service_result_is_silent (const SidetoneServiceResult *self);
gboolean sidetone_service_result_has_answered (const SidetoneServiceResult *self);

G_END_DECLS
