/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

#define SIDETONE_PING_INTERVAL 8       /* from one ping to the next, in ms */

/**
 * SidetonePinged:
 *
 * Whose answers they are.
 */
typedef enum
{
  SIDETONE_PINGED_UNKNOWN,
  SIDETONE_PINGED_ROUTER,       /* the nearest router's */
  SIDETONE_PINGED_SERVER,       /* the XMPP server's */
} SidetonePinged;

#define SIDETONE_TYPE_PINGED (sidetone_pinged_get_type ())

GType sidetone_pinged_get_type (void);

/**
 * SidetonePingSeen:
 * @whose: who was asked
 * @peer: (nullable): its address
 * @sent: the number of pings sent
 * @arrived: how many of them were answered
 * @rtt_us: the median round trip
 * @p95_us: the 95th percentile of the round trips
 * @jitter_us: the jitter of the round trips (RFC 3550, section 6.4.1)
 * @trips: (nullable) (element-type gint64): each ping's round trip in microseconds, -1 if it was not
 *   answered
 *
 * Pings (ICMP echo, RFC 792) beside the packets through relays: what gets lost on a part of the way.
 */
typedef struct
{
  SidetonePinged whose;
  SidetoneEndpoint *peer;
  gint64 sent;
  gint64 arrived;
  gint64 rtt_us;
  gint64 p95_us;
  gint64 jitter_us;
  GArray *trips;
} SidetonePingSeen;

extern const SidetoneFieldTable sidetone_ping_table;

const SidetonePingSeen *sidetone_observation_get_ping (SidetoneObservation *self);

G_END_DECLS
