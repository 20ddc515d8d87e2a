/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneConnectSeen:
 * @target: (nullable): the host name
 * @peer: (nullable): the remote endpoint
 * @security: how it is secured
 * @used: whether the session signs in on it
 * @rtt_us: the round trip, as the kernel measured it
 * @reason: why nothing was tried
 *
 * A TCP connection attempt to an XMPP server, one for each address (Happy Eyeballs).
 */
typedef struct
{
  const char *target;
  SidetoneEndpoint *peer;
  SidetoneSecurity security;
  SidetoneTruth used;
  gint64 rtt_us;
  SidetoneSkipReason reason;
} SidetoneConnectSeen;

extern const SidetoneFieldTable sidetone_connect_table;

const SidetoneConnectSeen *sidetone_observation_get_connect (SidetoneObservation *self);

gboolean sidetone_connect_is_used (SidetoneObservation *connect);

G_END_DECLS
