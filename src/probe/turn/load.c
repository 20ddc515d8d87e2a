/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/load.h"

#include "net/trips.h"
#include "seen/video.h"

/**
 * SidetoneLoad:
 *
 * Numbered packets at one rate, and when that rate is too much: a sliding window over the last second
 * for the loss, and a run of late packets for the delay. Times are arguments, in microseconds.
 */
struct _SidetoneLoad
{
  SidetoneTrips *trips;
  guint highest;                 /* one more than the highest number that arrived */
  gint64 base_us;
  gint64 late_since;             /* when the first of a run of late packets arrived; -1 without one */
  guint n_late;
  gboolean is_late;
};

#define WINDOW_US G_USEC_PER_SEC

/* So few lost packets may be chance on a line that loses 1 %. */
#define FEWEST_LOST 5

/* A packet counts as lost once so many later ones have arrived, as by TCP (RFC 5681), or when it is so
 * late. */
#define N_LATER 3
#define LATE_US (200 * 1000)

/* A pause of Wi-Fi delays some packets, which then arrive all at once. In a queue that is full packets
 * stay late. */
#define STAYS_LATE_US (40 * 1000)
#define FEWEST_LATE 4

/**
 * sidetone_load_new:
 * @n_numbers: the highest possible number of packets
 *
 * Returns: (transfer full): an empty record
 */
SidetoneLoad *
sidetone_load_new (guint n_numbers)
{
  SidetoneLoad *self = g_new0 (SidetoneLoad, 1);

  self->trips = sidetone_trips_new (n_numbers);
  self->late_since = -1;

  return self;
}

/**
 * sidetone_load_free:
 * @self: (transfer full): a record
 */
void
sidetone_load_free (SidetoneLoad *self)
{
  sidetone_trips_free (self->trips);
  g_free (self);
}

/**
 * sidetone_load_set_base:
 * @self: a record
 * @base_us: the trip of a packet while little is sent
 */
void
sidetone_load_set_base (SidetoneLoad *self,
                        gint64        base_us)
{
  self->base_us = base_us;
}

/**
 * sidetone_load_note_sent:
 * @self: a record
 * @time: when the next packet was sent
 */
void
sidetone_load_note_sent (SidetoneLoad *self,
                         gint64        time)
{
  sidetone_trips_note_sent (self->trips, sidetone_load_get_n_sent (self), time);
}

/* Whether packets come late, and not only one after a pause */
static void
note_delay (SidetoneLoad *self,
            guint         number,
            gint64        time)
{
  if (sidetone_trips_get_trip (self->trips, number) < self->base_us + SIDETONE_VIDEO_DELAY_US)
    {
      self->late_since = -1;
      self->n_late = 0;
      return;
    }

  if (self->late_since < 0)
    self->late_since = time;
  self->n_late++;
  if (self->n_late >= FEWEST_LATE && time - self->late_since >= STAYS_LATE_US)
    self->is_late = TRUE;
}

/**
 * sidetone_load_note_arrived:
 * @self: a record
 * @number: the number in the packet
 * @time: when it arrived
 *
 * Returns: whether it was sent and had not arrived yet
 */
gboolean
sidetone_load_note_arrived (SidetoneLoad *self,
                            guint         number,
                            gint64        time)
{
  if (!sidetone_trips_note_arrived (self->trips, number, time))
    return FALSE;

  self->highest = MAX (self->highest, number + 1);
  note_delay (self, number, time);

  return TRUE;
}

static gboolean
is_missing (SidetoneLoad *self,
            guint         number,
            gint64        time)
{
  return sidetone_trips_get_trip (self->trips, number) < 0 &&
         (self->highest > number + N_LATER ||
          time - sidetone_trips_get_sent (self->trips, number) > self->base_us + LATE_US);
}

static gboolean
is_too_much (guint n_lost,
             guint n_sent)
{
  return n_lost >= FEWEST_LOST && n_lost * 100 >= n_sent * SIDETONE_VIDEO_LOSS_PERCENT;
}

/**
 * sidetone_load_is_lossy:
 * @self: a record
 * @time: now
 *
 * Returns: whether too much of the last second's packets got lost
 */
gboolean
sidetone_load_is_lossy (SidetoneLoad *self,
                        gint64        time)
{
  guint n_lost = 0;
  guint n_sent = 0;

  for (guint i = sidetone_load_get_n_sent (self); i > 0; i--)
    {
      if (time - sidetone_trips_get_sent (self->trips, i - 1) > WINDOW_US)
        break;

      n_sent++;
      n_lost += is_missing (self, i - 1, time);
    }

  return is_too_much (n_lost, n_sent);
}

/**
 * sidetone_load_is_lossy_throughout:
 * @self: a record that is decided
 *
 * Returns: whether too much of all its packets got lost
 */
gboolean
sidetone_load_is_lossy_throughout (SidetoneLoad *self)
{
  guint n_sent = sidetone_load_get_n_sent (self);

  return is_too_much (n_sent - sidetone_load_get_n_arrived (self), n_sent);
}

/**
 * sidetone_load_is_late:
 * @self: a record
 *
 * Returns: whether packets were late for a while
 */
gboolean
sidetone_load_is_late (SidetoneLoad *self)
{
  return self->is_late;
}

/**
 * sidetone_load_is_decided:
 * @self: a record
 * @time: now
 *
 * Returns: whether each packet that was sent has arrived, or is so late that it counts as lost
 */
gboolean
sidetone_load_is_decided (SidetoneLoad *self,
                          gint64        time)
{
  guint n_sent = sidetone_load_get_n_sent (self);

  return n_sent == sidetone_load_get_n_arrived (self) ||
         time - sidetone_trips_get_sent (self->trips, n_sent - 1) >
         self->base_us + SIDETONE_VIDEO_DELAY_US + LATE_US;
}

/**
 * sidetone_load_get_n_sent:
 * @self: a record
 *
 * Returns: how many packets were sent
 */
guint
sidetone_load_get_n_sent (SidetoneLoad *self)
{
  return sidetone_trips_get_n_sent (self->trips);
}

/**
 * sidetone_load_get_n_arrived:
 * @self: a record
 *
 * Returns: how many of them arrived
 */
guint
sidetone_load_get_n_arrived (SidetoneLoad *self)
{
  return sidetone_trips_get_n_arrived (self->trips);
}

/**
 * sidetone_load_get_n_in_row:
 * @self: a record
 *
 * Returns: the longest row of packets that did not arrive
 */
guint
sidetone_load_get_n_in_row (SidetoneLoad *self)
{
  guint longest = 0;
  guint row = 0;

  for (guint i = 0; i < sidetone_load_get_n_sent (self); i++)
    {
      row = sidetone_trips_get_trip (self->trips, i) < 0 ? row + 1 : 0;
      longest = MAX (longest, row);
    }

  return longest;
}

/**
 * sidetone_load_get_percentile:
 * @self: a record
 * @percent: from 1 to 100: 50 for the median
 *
 * Returns: the longest trip of the fastest @percent of the packets, -1 if none arrived
 */
gint64
sidetone_load_get_percentile (SidetoneLoad *self,
                              guint         percent)
{
  return sidetone_trips_get_percentile (self->trips, percent);
}
