/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/calls-check.h"
#include "seen/service-result.h"

/* What judge/calls-check.c has found out, for judge/calls-judge.c */

G_BEGIN_DECLS

/* What came of all services at one host */
typedef struct
{
  gboolean has_answered;
  gboolean has_allocated;
  guint64 n_crossings;       /* by packets, of this computer's line */
  guint64 n_lost;
} SidetoneCallsHost;

struct _SidetoneCallsCheck
{
  GPtrArray *results;
  GHashTable *hosts;         /* name -> SidetoneCallsHost */
  GHashTable *places;        /* SidetoneEndpoint: from there something came by UDP */
  double least_loss;         /* of all hosts', -1 where nothing was measured */
  const SidetoneServiceResult *quickest;
  guint n_silent_hosts;      /* by UDP */
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
const SidetoneCallsHost *sidetone_calls_check_get_host (const SidetoneCallsCheck    *self,
                                                        const SidetoneServiceResult *result);
double sidetone_calls_host_get_loss (const SidetoneCallsHost *self);

G_END_DECLS
