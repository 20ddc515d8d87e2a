/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/context.h"
#include "probes/call-servers.h"
#include "turn/echo.h"
#include "turn/stun.h"
#include "turn/turn.h"
#include "turn/video.h"

G_BEGIN_DECLS

/**
 * SidetoneTestFrame:
 * @id: the observation's ID
 * @call_server: the tested server
 * @start: the test's start, on the run's clock
 * @told_by: (nullable): who said, by an ICMP error, that packets can't get there
 * @alternate: (nullable): the server that a relay named in its place
 * @names: (nullable): the names of a refused certificate
 *
 * What all observations of tests have.
 */
typedef struct
{
  const char *id;
  const SidetoneCallServer *call_server;
  gint64 start;
  GInetAddress *told_by;
  SidetoneEndpoint *alternate;
  const char *const *names;
} SidetoneTestFrame;

/**
 * SidetoneEchoFrame:
 * @relay: the ID of the relay's observation
 * @other_relay: (nullable): in a pair, that of the other relay
 * @relayed: (nullable): the packets' destination
 * @local: (nullable): the second socket's local address
 * @mapped: (nullable): its reflexive address
 *
 * What an echo's observation has besides.
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
void sidetone_test_observe_video (SidetoneContext         *context,
                                  const SidetoneTestFrame *frame,
                                  SidetoneEndpoint        *local,
                                  const SidetoneVideo     *video,
                                  const GError            *error);

G_END_DECLS
