/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"
#include "wire/service.h"

G_BEGIN_DECLS

/**
 * SidetonePathSeen:
 * @routers: (nullable) (element-type SidetoneEndpoint): those that answered, the nearest first
 * @passed_on: whether the nearest router forwards packets to the external address
 * @service: (nullable): the call server that did not answer by UDP
 * @peer: (nullable): its address
 * @udp_routers: (nullable) (element-type SidetoneEndpoint): those that UDP packets to it got to
 * @udp_arrived: whether the server itself answered such a packet
 * @tcp_peer: (nullable): the destination of TCP packets, for comparison
 * @tcp_routers: (nullable) (element-type SidetoneEndpoint): those that these got to
 * @tcp_arrived: whether the destination answered
 *
 * The first routers on the way to the internet (traceroute): to any server, or how far UDP and TCP
 * get to a server that is silent by UDP.
 */
typedef struct
{
  GPtrArray *routers;
  SidetoneTruth passed_on;
  SidetoneService *service;
  SidetoneEndpoint *peer;
  GPtrArray *udp_routers;
  SidetoneTruth udp_arrived;
  SidetoneEndpoint *tcp_peer;
  GPtrArray *tcp_routers;
  SidetoneTruth tcp_arrived;
} SidetonePathSeen;

extern const SidetoneFieldTable sidetone_path_table;

const SidetonePathSeen *sidetone_observation_get_path (SidetoneObservation *self);

G_END_DECLS
