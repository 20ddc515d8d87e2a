/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Far more than a check sends to one host. A test takes a step for each lost packet. */
#define SIDETONE_CHANCE_MAX_PACKETS 10000

/**
 * SidetoneLost:
 * @n_sent: the number of packets
 * @n_lost: how many of them were lost
 *
 * What became of packets.
 */
typedef struct
{
  gint64 n_sent;
  gint64 n_lost;
} SidetoneLost;

void sidetone_lost_add (SidetoneLost *self,
                        gint64        n_sent,
                        gint64        n_arrived);

double sidetone_chance_of_more (const SidetoneLost *more,
                                const SidetoneLost *less);
double sidetone_chance_at_loss (const SidetoneLost *lost,
                                double              loss);
double sidetone_chance_of_spread (GArray *trips,
                                  gint64  n_sent);

G_END_DECLS
