/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"
#include "judge/level.h"

G_BEGIN_DECLS

/**
 * SidetoneCallsCheck:
 * @evidence: what it was read from, which lives longer
 * @is_tested: whether a server for calls was tested at all
 * @udp_is_tested: whether one that is spoken to by UDP was
 * @udp_works: whether UDP gets out of here
 * @udp_is_blocked: whether it does not, and not just for want of a server
 * @n_silent_hosts: how many hosts are spoken to by UDP; where that does not get out, all of them are
 *   silent
 * @relay_is_tested: whether a relay was tested
 * @relay_works: whether packets came through one
 * @local: (nullable): a socket that spoke to a server of STUN
 * @mapped: (nullable): how that server sees it
 *
 * What the tests of all servers for calls mean together.
 */
typedef struct
{
  const SidetoneEvidence *evidence;
  gboolean is_tested;
  gboolean udp_is_tested;
  gboolean udp_works;
  gboolean udp_is_blocked;
  guint n_silent_hosts;
  gboolean relay_is_tested;
  gboolean relay_works;
  SidetoneEndpoint *local;
  SidetoneEndpoint *mapped;
} SidetoneCallsCheck;

void sidetone_calls_check_read (const SidetoneEvidence *evidence,
                                SidetoneCallsCheck     *check);

gboolean sidetone_calls_check_counts (const SidetoneCallsCheck    *self,
                                      const SidetoneServiceResult *result);
SidetoneLevel sidetone_calls_check_get_level (const SidetoneCallsCheck *self,
                                              SidetoneLevel             address_level);
SidetoneRelay sidetone_calls_check_get_relay (const SidetoneCallsCheck *self);

G_END_DECLS
