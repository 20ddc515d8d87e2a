/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"
#include "judge/step.h"

G_BEGIN_DECLS

/**
 * SidetoneHostPart:
 *
 * What a host may offer to calls, and the versions of IP by which it can be reached.
 */
typedef enum
{
  SIDETONE_HOST_STUN,          /* over UDP, as calls use it; over TCP only if that is all */
  SIDETONE_HOST_RELAY_UDP,
  SIDETONE_HOST_RELAY_TCP,
  SIDETONE_HOST_RELAY_TLS,
  SIDETONE_HOST_IPV4,
  SIDETONE_HOST_IPV6,
  SIDETONE_N_HOST_PARTS,
} SidetoneHostPart;

/**
 * SidetoneHostResult:
 * @host: the announced host
 * @aliases: (nullable): in a redacted report, its aliases
 * @results: (element-type SidetoneServiceResult): the results of its services, in an order that does
 *   not depend on their answers; empty as long as none was tested
 * @offered: whether there is any service, or any address, of that part
 * @states: %SIDETONE_STATE_PASSED if any works, else %SIDETONE_STATE_FAILED if any failed, else
 *   %SIDETONE_STATE_SKIPPED if all were left out
 * @rtt_us: the shortest median round trip of those that work; -1 if it is not known
 * @loss: the packet loss in each direction of all packets through its relays, 0 to 1; -1 if it is not
 *   known
 *
 * All call servers at one host.
 *
 * Immutable and reference-counted.
 */
typedef struct
{
  char *host;
  SidetoneAliases *aliases;
  GPtrArray *results;
  gboolean offered[SIDETONE_N_HOST_PARTS];
  SidetoneState states[SIDETONE_N_HOST_PARTS];
  gint64 rtt_us;
  double loss;
} SidetoneHostResult;

#define SIDETONE_TYPE_HOST_RESULT (sidetone_host_result_get_type ())

GType sidetone_host_result_get_type (void);

GPtrArray *sidetone_host_results_collect (const SidetoneEvidence *evidence,
                                          gboolean                running);
gboolean sidetone_host_results_all_work (GPtrArray *hosts);
SidetoneProgress sidetone_host_results_get_progress (GPtrArray *hosts,
                                                     gboolean   running);

SidetoneHostResult *sidetone_host_result_ref (SidetoneHostResult *self);
void sidetone_host_result_unref (SidetoneHostResult *self);

SidetoneProgress sidetone_host_result_get_progress (const SidetoneHostResult *self,
                                                    gboolean                  running);
gboolean sidetone_host_result_is_fault (const SidetoneServiceResult *result);
gboolean sidetone_host_result_has_part (const SidetoneServiceResult *result,
                                        SidetoneHostPart             part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneHostResult, sidetone_host_result_unref)

G_END_DECLS
