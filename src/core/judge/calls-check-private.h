/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/calls-check.h"
#include "seen/service-result.h"

/* What judge/calls-check.c has found out, for judge/calls-judge.c */

G_BEGIN_DECLS

struct _SidetoneCallsCheck
{
  GPtrArray *results;
  GArray *prefixes;
  gboolean is_tested;
  gboolean udp_is_tested;
  gboolean udp_works;
  gboolean udp_is_blocked;
  gboolean relay_is_tested;
  gboolean relay_works;
  gboolean ipv6_is_broken;
  SidetoneEndpoint *local;   /* a socket, and how a server of STUN sees it */
  SidetoneEndpoint *mapped;
};

gboolean sidetone_calls_check_counts (const SidetoneCallsCheck    *self,
                                      const SidetoneServiceResult *result);
gboolean sidetone_calls_check_is_public (const SidetoneCallsCheck *self,
                                         SidetoneEndpoint         *endpoint);
gboolean sidetone_calls_check_has_host_answered (const SidetoneCallsCheck *self,
                                                 const char               *host);
guint sidetone_calls_check_count_silent_hosts (const SidetoneCallsCheck *self,
                                               gboolean                 *answers_otherwise);

G_END_DECLS
