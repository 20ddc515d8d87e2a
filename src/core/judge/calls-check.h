/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"
#include "judge/level.h"

G_BEGIN_DECLS

/**
 * SidetoneCallsCheck:
 * @evidence: the evidence, which must outlive this
 * @is_tested: whether any call server was tested
 * @udp_is_tested: whether one was tested over UDP
 * @udp_works: whether UDP gets out
 * @udp_is_blocked: whether UDP is blocked, not only unanswered by one host
 * @udp_gets_out: whether UDP leaves this network, by a server's refusal or a traceroute
 * @udp_stops_here: whether it does not: by that traceroute, or because a router here said so, or
 *   @udp_is_unsent
 * @udp_is_unsent: whether this computer itself sends none
 * @has_several_addresses: whether this computer appears at several public addresses, by what it sends to
 * @tcp_port_out: the port by which TCP leaves this network, by that traceroute; 0 if none is known
 * @n_hosts_without_udp: the number of hosts that answer, but not by UDP; if it does not get out
 * @relay_is_tested: whether a relay was tested
 * @relay_works: whether packets came through a relay, and the person's app can use it
 * @local: (nullable): a socket that a STUN server has answered
 * @mapped: (nullable): its reflexive address
 *
 * What the tests of all call servers mean together.
 */
typedef struct
{
  const SidetoneEvidence *evidence;
  gboolean is_tested;
  gboolean udp_is_tested;
  gboolean udp_works;
  gboolean udp_gets_out;
  gboolean udp_stops_here;
  gboolean udp_is_unsent;
  gboolean udp_is_blocked;
  gboolean has_several_addresses;
  guint16 tcp_port_out;
  guint n_hosts_without_udp;
  gboolean relay_is_tested;
  gboolean relay_works;
  SidetoneEndpoint *local;
  SidetoneEndpoint *mapped;
} SidetoneCallsCheck;

void sidetone_calls_check_read (const SidetoneEvidence *evidence,
                                SidetoneCallsCheck     *check);

gboolean sidetone_calls_check_is_server (const SidetoneCallsCheck *self,
                                         SidetoneEndpoint         *mapped);
gboolean sidetone_calls_check_is_hidden (const SidetoneCallsCheck    *self,
                                         const SidetoneServiceResult *result);
gboolean sidetone_calls_check_is_inside (const SidetoneCallsCheck    *self,
                                         const SidetoneServiceResult *result);
gboolean sidetone_calls_check_counts (const SidetoneCallsCheck    *self,
                                      const SidetoneServiceResult *result);
SidetoneLevel sidetone_calls_check_get_level (const SidetoneCallsCheck *self,
                                              SidetoneLevel             address_level);
SidetoneRelay sidetone_calls_check_get_relay (const SidetoneCallsCheck *self);

G_END_DECLS
