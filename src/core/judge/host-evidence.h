/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/chance.h"
#include "seen/service-result.h"

G_BEGIN_DECLS

/**
 * SidetoneHostEvidence:
 * @has_answered: whether any answer came from there
 * @has_allocated: whether a relay there made an allocation
 * @works_as_relay: whether packets came through a relay there
 * @one_sided: whether the relay itself loses packets: over UDP both directions cross the same lines
 *   equally often, and one loses far more than the other
 * @is_even: whether packets through a relay there were lost so evenly that a limit turned them away
 * @crossings: all packets through its relays, each time that one crossed this computer's line
 * @loss: the loss in each direction of all packets through its relays, 0 to 1; -1 if none was sent
 *
 * What is known about all call servers at one host.
 */
typedef struct
{
  gboolean has_answered;
  gboolean has_allocated;
  gboolean works_as_relay;
  gboolean one_sided;
  gboolean is_even;
  SidetoneLost crossings;
  double loss;
} SidetoneHostEvidence;

GHashTable *sidetone_host_evidence_collect (GPtrArray *results);

G_END_DECLS
