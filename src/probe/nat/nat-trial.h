/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/budget.h"
#include "turn/turn.h"

G_BEGIN_DECLS

/**
 * SidetoneNatEnd:
 * @flow: (nullable): a socket of this computer
 * @turn: (nullable): else, a relay
 *
 * Where a trial's packets leave or arrive.
 */
typedef struct
{
  SidetoneFlow *flow;
  SidetoneTurn *turn;
} SidetoneNatEnd;

/**
 * SidetoneNatChange:
 *
 * The address from which a server shall answer (RFC 5780, section 7.2).
 */
typedef enum
{
  SIDETONE_NAT_CHANGE_NOTHING = 0,
  SIDETONE_NAT_CHANGE_PORT = 0x02,
  SIDETONE_NAT_CHANGE_BOTH = 0x06,
} SidetoneNatChange;

/* As many requests as go to a port that is only guessed: the address's budget is for its relay, too */
#define SIDETONE_NAT_GUESSES 2

/**
 * SidetoneNatArrival:
 * @source: its source address
 * @mapped: (nullable): in an answer: the socket's reflexive address
 * @other: (nullable): in an answer: the server's other address
 * @elapsed_us: since the first transmission
 *
 * A trial's result.
 */
typedef struct
{
  SidetoneEndpoint *source;
  SidetoneEndpoint *mapped;
  SidetoneEndpoint *other;
  gint64 elapsed_us;
} SidetoneNatArrival;

void sidetone_nat_arrival_free (SidetoneNatArrival *self);

void sidetone_nat_ask_async (SidetoneFlow       *flow,
                             SidetoneEndpoint   *server,
                             SidetoneNatChange   change,
                             SidetoneBudget     *budget,
                             guint               n_most,
                             guint               wait_ms,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
void sidetone_nat_knock_async (const SidetoneNatEnd *from,
                               SidetoneEndpoint     *to,
                               const SidetoneNatEnd *at,
                               SidetoneBudget       *budget,
                               guint                 wait_ms,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
SidetoneNatArrival *sidetone_nat_trial_finish (GAsyncResult *result,
                                               GError      **error);

guint sidetone_nat_get_wait (gint64 round_trip_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneNatArrival, sidetone_nat_arrival_free)

G_END_DECLS
