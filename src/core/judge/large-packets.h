/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/service-result.h"

G_BEGIN_DECLS

/**
 * SidetoneLargePackets:
 * @largest_arrived: the largest size with an arrival, in bytes; 0 without one
 * @lost_size: the smallest larger size that was sent; 0 if there is none
 * @chance: the probability that all packets of @lost_size and above get lost at the rate of small
 *   ones, 0 to 1
 *
 * The results of large packets through all relays at one address.
 */
typedef struct
{
  gint64 largest_arrived;
  gint64 lost_size;
  double chance;
} SidetoneLargePackets;

GHashTable *sidetone_large_packets_collect (GPtrArray *results);

G_END_DECLS
