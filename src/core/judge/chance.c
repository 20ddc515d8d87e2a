/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The statistics of packet loss: how likely it is that what was seen is chance. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/chance.h"

#include <math.h>

/* Fewer gaps between losses say nothing, nor do shorter ones. */
#define FEWEST_GAPS 5
#define SHORTEST_GAP 2

/**
 * sidetone_lost_add:
 * @self: packets
 * @n_sent: the number of others
 * @n_arrived: how many of them arrived
 *
 * Counts others, unless a report's numbers for them can't be.
 */
void
sidetone_lost_add (SidetoneLost *self,
                   gint64        n_sent,
                   gint64        n_arrived)
{
  if (n_sent <= 0 || n_arrived < 0 || n_arrived > n_sent ||
      n_sent > SIDETONE_CHANCE_MAX_PACKETS - self->n_sent)
    return;

  self->n_sent += n_sent;
  self->n_lost += n_sent - n_arrived;
}

/* The logarithm of the number of ways to choose @k of @n */
static double
log_choose (double n,
            double k)
{
  return lgamma (n + 1) - lgamma (k + 1) - lgamma (n - k + 1);
}

/**
 * sidetone_chance_of_more:
 * @more: packets
 * @less: other packets
 *
 * Fisher's exact test.
 *
 * Returns: the probability that at least as many of all lost packets are among @more, if both lose
 *   alike
 */
double
sidetone_chance_of_more (const SidetoneLost *more,
                         const SidetoneLost *less)
{
  gint64 n_lost = more->n_lost + less->n_lost;
  double all = log_choose (more->n_sent + less->n_sent, n_lost);
  double chance = 0;

  for (gint64 k = more->n_lost; k <= MIN (n_lost, more->n_sent); k++)
    {
      if (n_lost - k <= less->n_sent)
        chance += exp (log_choose (more->n_sent, k) + log_choose (less->n_sent, n_lost - k) - all);
    }

  return chance;
}

/**
 * sidetone_chance_at_loss:
 * @lost: packets
 * @loss: a loss, more than 0 and less than 1
 *
 * The binomial distribution's upper tail.
 *
 * Returns: the probability that at least as many of them get lost at that loss
 */
double
sidetone_chance_at_loss (const SidetoneLost *lost,
                         double              loss)
{
  double chance = 0;

  for (gint64 k = lost->n_lost; k <= lost->n_sent; k++)
    chance += exp (log_choose (lost->n_sent, k) + k * log (loss) +
                   (lost->n_sent - k) * log1p (-loss));

  return MIN (chance, 1);
}

/* The lower tail of the standard normal distribution */
static double
get_lower_tail (double z)
{
  return erfc (-z / sqrt (2)) / 2;
}

/**
 * sidetone_chance_of_spread:
 * @trips: (element-type gint64): each packet's round trip, negative if it was lost
 * @n_sent: the number of them that count
 *
 * A line loses at random; a limit (token bucket) turns away every n-th packet once its bucket is empty.
 * The gaps from one loss to the next vary like a geometric distribution's, or hardly at all (Moran's
 * test with Bartlett's correction: its statistic is chi-squared, here by Wilson and Hilferty; half a
 * packet less makes the gaps an exponential distribution's).
 *
 * Returns: the probability that random losses have gaps at least as even; 1 if there are too few losses
 *   to tell
 */
double
sidetone_chance_of_spread (GArray *trips,
                           gint64  n_sent)
{
  guint n = CLAMP (n_sent, 0, (gint64) trips->len);
  guint n_gaps = 0;
  guint last = 0;
  double sum = 0;
  double sum_of_logs = 0;
  double mean;
  double statistic;
  double variance;

  for (guint i = 0; i < n; i++)
    {
      if (g_array_index (trips, gint64, i) >= 0)
        continue;
      if (last > 0)
        {
          double gap = i + 1 - last - 0.5;

          sum += gap;
          sum_of_logs += log (gap);
          n_gaps++;
        }
      last = i + 1;
    }
  if (n_gaps < FEWEST_GAPS)
    return 1;

  mean = sum / n_gaps;
  if (mean < SHORTEST_GAP)
    return 1;

  statistic = 2 * (n_gaps * log (mean) - sum_of_logs) / (1 + (n_gaps + 1.0) / (6 * n_gaps));
  variance = 2 / (9.0 * (n_gaps - 1));

  return get_lower_tail ((cbrt (statistic / (n_gaps - 1)) - (1 - variance)) / sqrt (variance));
}
