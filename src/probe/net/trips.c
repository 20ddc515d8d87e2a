/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/trips.h"

/**
 * SidetoneTrips:
 *
 * Numbered packets in one direction: when each was sent and when it arrived, on one clock, in
 * microseconds; and the statistics of that.
 */
struct _SidetoneTrips
{
  guint n_numbers;
  gint64 *sent;                  /* NEVER if it was not */
  gint64 *took;                  /* NEVER if it did not arrive */
  guint n_sent;
  guint n_arrived;
  guint n_duplicates;
  guint n_reordered;
  guint highest;                 /* of the packets that arrived */
  gint64 last_took;
  double jitter;
};

#define NEVER (-1)

/**
 * sidetone_trips_new:
 * @n_numbers: the highest possible number of packets
 *
 * Returns: (transfer full): an empty record
 */
SidetoneTrips *
sidetone_trips_new (guint n_numbers)
{
  SidetoneTrips *self = g_new0 (SidetoneTrips, 1);

  self->n_numbers = n_numbers;
  self->sent = g_new (gint64, n_numbers);
  self->took = g_new (gint64, n_numbers);
  for (guint i = 0; i < n_numbers; i++)
    self->sent[i] = self->took[i] = NEVER;

  return self;
}

/**
 * sidetone_trips_free:
 * @self: (transfer full): a record
 */
void
sidetone_trips_free (SidetoneTrips *self)
{
  g_free (self->sent);
  g_free (self->took);
  g_free (self);
}

/**
 * sidetone_trips_note_sent:
 * @self: a record
 * @number: a packet's number
 * @time: when it was sent
 */
void
sidetone_trips_note_sent (SidetoneTrips *self,
                          guint          number,
                          gint64         time)
{
  g_return_if_fail (number < self->n_numbers);
  g_return_if_fail (self->sent[number] == NEVER);

  self->sent[number] = time;
  self->n_sent++;
}

/* RFC 3550, section 6.4.1: the change of the transit time since the previous packet, smoothed */
static void
update_jitter (SidetoneTrips *self,
               gint64         took)
{
  if (self->n_arrived > 1)
    self->jitter += ((double) ABS (took - self->last_took) - self->jitter) / 16;
  self->last_took = took;
}

/**
 * sidetone_trips_note_arrived:
 * @self: a record
 * @number: the number in the packet
 * @time: when it arrived
 *
 * Returns: whether it was sent and had not arrived yet
 */
gboolean
sidetone_trips_note_arrived (SidetoneTrips *self,
                             guint          number,
                             gint64         time)
{
  if (number >= self->n_numbers || self->sent[number] == NEVER)
    return FALSE;

  if (self->took[number] != NEVER)
    {
      self->n_duplicates++;
      return FALSE;
    }

  self->took[number] = MAX (time - self->sent[number], 0);
  self->n_arrived++;
  update_jitter (self, self->took[number]);

  /* A later packet has overtaken it (RFC 4737, section 3) */
  if (self->n_arrived > 1 && number < self->highest)
    self->n_reordered++;
  self->highest = MAX (self->highest, number);

  return TRUE;
}

/**
 * sidetone_trips_get_n_sent:
 * @self: a record
 *
 * Returns: how many packets were sent
 */
guint
sidetone_trips_get_n_sent (SidetoneTrips *self)
{
  return self->n_sent;
}

/**
 * sidetone_trips_get_n_arrived:
 * @self: a record
 *
 * Returns: how many packets arrived; the others are lost
 */
guint
sidetone_trips_get_n_arrived (SidetoneTrips *self)
{
  return self->n_arrived;
}

/**
 * sidetone_trips_get_n_duplicates:
 * @self: a record
 *
 * Returns: how many packets arrived again
 */
guint
sidetone_trips_get_n_duplicates (SidetoneTrips *self)
{
  return self->n_duplicates;
}

/**
 * sidetone_trips_get_n_reordered:
 * @self: a record
 *
 * Returns: how many packets arrived after one that was sent later
 */
guint
sidetone_trips_get_n_reordered (SidetoneTrips *self)
{
  return self->n_reordered;
}

/**
 * sidetone_trips_get_trip:
 * @self: a record
 * @number: a packet's number
 *
 * Returns: its trip, -1 if it did not arrive
 */
gint64
sidetone_trips_get_trip (SidetoneTrips *self,
                         guint          number)
{
  g_return_val_if_fail (number < self->n_numbers, NEVER);

  return self->took[number];
}

/**
 * sidetone_trips_get_sent:
 * @self: a record
 * @number: a packet's number
 *
 * Returns: when it was sent, -1 if it was not
 */
gint64
sidetone_trips_get_sent (SidetoneTrips *self,
                         guint          number)
{
  g_return_val_if_fail (number < self->n_numbers, NEVER);

  return self->sent[number];
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/**
 * sidetone_trips_get_percentile:
 * @self: a record
 * @percent: from 1 to 100: 50 for the median
 *
 * Returns: the longest trip of the fastest @percent of the packets, -1 if none arrived
 */
gint64
sidetone_trips_get_percentile (SidetoneTrips *self,
                               guint          percent)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint rank;

  g_return_val_if_fail (percent >= 1 && percent <= 100, NEVER);

  for (guint i = 0; i < self->n_numbers; i++)
    {
      if (self->took[i] != NEVER)
        g_array_append_val (sorted, self->took[i]);
    }
  if (sorted->len == 0)
    return NEVER;

  g_array_sort (sorted, compare);
  rank = (percent * sorted->len + 99) / 100;
  return g_array_index (sorted, gint64, rank - 1);
}

/**
 * sidetone_trips_get_jitter:
 * @self: a record
 *
 * Returns: the interarrival jitter (RFC 3550, section 6.4.1), -1 if fewer than two arrived
 */
gint64
sidetone_trips_get_jitter (SidetoneTrips *self)
{
  return self->n_arrived > 1 ? (gint64) (self->jitter + 0.5) : NEVER;
}
