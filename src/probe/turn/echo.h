/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/budget.h"
#include "net/trips.h"
#include "seen/echo.h"
#include "turn/turn.h"

G_BEGIN_DECLS

/* A second of a call */
#define SIDETONE_ECHO_PACKETS 50

/* After them, large packets of sizes that calls have */
#define SIDETONE_ECHO_SIZES { 1200, 1400 }
#define SIDETONE_ECHO_N_SIZES 2
#define SIDETONE_ECHO_LARGE 5           /* of each */

typedef struct
{
  guint size;
  guint n_sent;
  guint n_there;
  guint n_back;
} SidetoneEchoSize;

/**
 * SidetoneEcho:
 * @mapped: (nullable): the second socket's reflexive address at a STUN server, if one was asked
 * @seen: (nullable): the second socket's address as the relay sees it; %NULL if nothing arrived
 * @source: (nullable): the source of the relay's packets; %NULL if none arrived
 * @there: the packets to the relay, and from it to its owner
 * @back: those that arrived, sent back by the relay
 * @sizes: how many large packets got through
 * @n_after_sent: the number of small packets after them
 * @n_after_back: how many of these came back
 *
 * What became of an echo's packets. In each direction they pass this computer's line twice, out and
 * in: a trip is a round trip to the relay, and a packet has two chances to get lost.
 */
typedef struct
{
  SidetoneEndpoint *mapped;
  SidetoneEndpoint *seen;
  SidetoneEndpoint *source;
  SidetoneTrips *there;
  SidetoneTrips *back;
  SidetoneEchoSize sizes[SIDETONE_ECHO_N_SIZES];
  guint n_after_sent;
  guint n_after_back;
} SidetoneEcho;

void sidetone_echo_free (SidetoneEcho *self);

void sidetone_echo_async (SidetoneTurn       *relay,
                          SidetoneEndpoint   *reached,
                          SidetoneBudget     *budget,
                          SidetoneEndpoint   *stun,
                          SidetoneFlow       *flow,
                          SidetoneEndpoint   *mapped,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data);
void sidetone_echo_between_async (SidetoneTurn       *relay,
                                  SidetoneTurn       *other,
                                  SidetoneBudget     *budget,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
SidetoneEcho *sidetone_echo_finish (GAsyncResult *result,
                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneEcho, sidetone_echo_free)

G_END_DECLS
