/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/large-packets.h"

#include <math.h>

#include "seen/echo.h"

/* The path MTU: the largest packet size that gets through. A path lets all packets up to that size
 * through, so one that arrives proves it for all smaller ones, whatever the relay's transport: the
 * second socket always uses UDP. Few large packets are sent, and on a bad line a few may get lost
 * together, so the result includes the probability of that. */

/* Called for each size in a result's packets */
typedef void (*SizeFunc) (SidetoneLargePackets   *self,
                          const SidetoneEchoSeen *seen,
                          gint64                  size,
                          gint64                  n_sent,
                          gint64                  n_arrived);

static void
note_arrived (SidetoneLargePackets   *self,
              const SidetoneEchoSeen *seen,
              gint64                  size,
              gint64                  n_sent,
              gint64                  n_arrived)
{
  if (n_arrived > 0)
    self->largest_arrived = MAX (self->largest_arrived, size);
}

/* The rate at which small packets do not come back. Without a loss among 50 it does not count as 0
 * (Laplace's rule of succession). */
static double
estimate_loss (const SidetoneEchoSeen *seen)
{
  if (seen->there_sent <= 0 || seen->back_arrived < 0 || seen->back_arrived > seen->there_sent)
    return 1;

  return (seen->there_sent - seen->back_arrived + 1.0) / (seen->there_sent + 2.0);
}

static void
note_lost (SidetoneLargePackets   *self,
           const SidetoneEchoSeen *seen,
           gint64                  size,
           gint64                  n_sent,
           gint64                  n_arrived)
{
  if (size <= self->largest_arrived || n_sent <= 0)
    return;

  if (self->lost_size == 0 || size < self->lost_size)
    self->lost_size = size;
  self->chance *= pow (estimate_loss (seen), n_sent);
}

static SidetoneLargePackets *
ensure_address (GHashTable       *addresses,
                SidetoneEndpoint *server)
{
  g_autofree char *address = sidetone_endpoint_dup_address (server);
  SidetoneLargePackets *self = g_hash_table_lookup (addresses, address);

  if (self == NULL)
    {
      self = g_new0 (SidetoneLargePackets, 1);
      self->chance = 1;
      g_hash_table_insert (addresses, g_steal_pointer (&address), self);
    }

  return self;
}

static void
for_each_size (GHashTable *addresses,
               GPtrArray  *results,
               SizeFunc    func)
{
  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];
      SidetoneObservation *packets = sidetone_service_result_get_packets (result);
      const SidetoneEchoSeen *seen = packets != NULL ? sidetone_observation_get_echo (packets) : NULL;
      SidetoneLargePackets *self;

      if (seen == NULL || result->server == NULL ||
          seen->large_sizes == NULL || seen->large_sent == NULL || seen->large_arrived == NULL)
        continue;

      self = ensure_address (addresses, result->server);
      for (guint j = 0; j < MIN (seen->large_sizes->len,
                                 MIN (seen->large_sent->len, seen->large_arrived->len)); j++)
        {
          gint64 size = g_array_index (seen->large_sizes, gint64, j);

          if (size > 0 && size <= G_MAXUINT16)
            func (self, seen, size, g_array_index (seen->large_sent, gint64, j),
                  g_array_index (seen->large_arrived, gint64, j));
        }
    }
}

/**
 * sidetone_large_packets_collect:
 * @results: (element-type SidetoneServiceResult): the call servers' results
 *
 * Collects the results of large packets.
 *
 * Returns: (transfer full) (element-type utf8 SidetoneLargePackets): by the server's address
 */
GHashTable *
sidetone_large_packets_collect (GPtrArray *results)
{
  GHashTable *addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for_each_size (addresses, results, note_arrived);
  for_each_size (addresses, results, note_lost);

  return addresses;
}
