/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/service-result.h"

G_BEGIN_DECLS

/**
 * SidetoneLargePackets:
 * @largest_arrived: the largest size of which a packet arrived, in bytes; 0 where none did
 * @lost_size: the smallest size above that of which packets were sent; 0 where there is none
 * @chance: how likely all packets of @lost_size and above get lost if they get lost no more often than
 *   small ones, 0 to 1
 *
 * What became of large packets through all relays at one address.
 */
typedef struct
{
  gint64 largest_arrived;
  gint64 lost_size;
  double chance;
} SidetoneLargePackets;

GHashTable *sidetone_large_packets_collect (GPtrArray *results);

G_END_DECLS
