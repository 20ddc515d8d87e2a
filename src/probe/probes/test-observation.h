/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/context.h"
#include "probes/call-servers.h"
#include "turn/echo.h"
#include "turn/stun.h"
#include "turn/turn.h"

G_BEGIN_DECLS

/**
 * SidetoneTestFrame:
 * @id: of the observation
 * @call_server: what was tried
 * @start: when that began, on the clock of the run
 *
 * What all observations of tests have.
 */
typedef struct
{
  const char *id;
  const SidetoneCallServer *call_server;
  gint64 start;
} SidetoneTestFrame;

/**
 * SidetoneEchoFrame:
 * @relay: the id of the relay's observation
 * @other_relay: (nullable): of a pair, that of the other relay
 * @relayed: (nullable): where packets were sent
 * @local: (nullable): the second socket
 * @mapped: (nullable): the same as a server of STUN sees it
 *
 * What an observation of packets through a relay has besides.
 */
typedef struct
{
  const char *relay;
  const char *other_relay;
  SidetoneEndpoint *relayed;
  SidetoneEndpoint *local;
  SidetoneEndpoint *mapped;
} SidetoneEchoFrame;

void sidetone_test_observe_skipped (SidetoneContext         *context,
                                    const SidetoneTestFrame *frame);
void sidetone_test_observe_stun (SidetoneContext         *context,
                                 const SidetoneTestFrame *frame,
                                 SidetoneEndpoint        *local,
                                 const SidetoneBinding   *binding,
                                 const GError            *error);
void sidetone_test_observe_relay (SidetoneContext         *context,
                                  const SidetoneTestFrame *frame,
                                  SidetoneTurn            *turn,
                                  GSocketFamily            family,
                                  const GError            *error);
void sidetone_test_observe_echo (SidetoneContext         *context,
                                 const SidetoneTestFrame *frame,
                                 const SidetoneEchoFrame *packets,
                                 const SidetoneEcho      *echo,
                                 const GError            *error);

G_END_DECLS
