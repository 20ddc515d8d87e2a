/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/echo.h"

#include "base/deadlines.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Packets through a relay and back, with loss, round trips and jitter: the table of its fields. */

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_CALL_SERVER (SidetoneEchoSeen),
  /* Translators: the address that refused packets */
  SIDETONE_FIELD (SidetoneEchoSeen, "told-by", ADDRESS, told_by, ADDRESS, TEXT,
                  N_("Turned away by")),
  SIDETONE_FIELD (SidetoneEchoSeen, "relay", TEXT, relay, WORD, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "other-relay", TEXT, other_relay, WORD, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "relayed", ENDPOINT, relayed, ADDRESS, TEXT,
                  N_("Address of the relay")),
  SIDETONE_FIELD (SidetoneEchoSeen, "mapped", ENDPOINT, mapped, ADDRESS, TEXT,
                  N_("Public address of the second socket")),
  SIDETONE_FIELD (SidetoneEchoSeen, "source", ENDPOINT, source, ADDRESS, TEXT,
                  N_("Came back from")),
  SIDETONE_FIELD (SidetoneEchoSeen, "there-sent", COUNT, there_sent, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "there-arrived", COUNT, there_arrived, KEEP, ARRIVED,
                  N_("Packets to the relay")),
  SIDETONE_FIELD (SidetoneEchoSeen, "back-sent", COUNT, back_sent, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "back-arrived", COUNT, back_arrived, KEEP, ARRIVED,
                  N_("Packets back from it")),
  SIDETONE_FIELD (SidetoneEchoSeen, "rtt-us", DURATION, rtt_us, KEEP, DURATION,
                  N_("Round trip (median)")),
  SIDETONE_FIELD (SidetoneEchoSeen, "p95-us", DURATION, p95_us, KEEP, DURATION,
                  N_("Round trip (95th percentile)")),
  /* Translators: how unsteady the time is that packets take */
  SIDETONE_FIELD (SidetoneEchoSeen, "jitter-us", DURATION, jitter_us, KEEP, DURATION, N_("Jitter")),
  SIDETONE_FIELD (SidetoneEchoSeen, "reordered", COUNT, reordered, KEEP, NUMBER,
                  N_("Out of order")),
  SIDETONE_FIELD (SidetoneEchoSeen, "duplicates", COUNT, duplicates, KEEP, NUMBER,
                  N_("Duplicates")),
  SIDETONE_FIELD (SidetoneEchoSeen, "trips", NUMBERS, trips, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "large-sizes", NUMBERS, large_sizes, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "large-sent", NUMBERS, large_sent, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "large-arrived", NUMBERS, large_arrived, KEEP, LARGE_ARRIVED,
                  N_("Large packets, there and back")),
  SIDETONE_FIELD (SidetoneEchoSeen, "after-large-sent", COUNT, after_large_sent, KEEP, NOTHING,
                  NULL),
  SIDETONE_FIELD (SidetoneEchoSeen, "after-large-arrived", COUNT, after_large_arrived, KEEP, ARRIVED,
                  N_("Small packets after them")),
};

const SidetoneFieldTable sidetone_echo_table = SIDETONE_FIELD_TABLE (SidetoneEchoSeen, fields);

/**
 * sidetone_observation_get_echo:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_ECHO
 */
const SidetoneEchoSeen *
sidetone_observation_get_echo (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_ECHO);
}

/* A likelier silence may be chance. */
#define CHANCE 0.001

/* How many packets were sent until the last one that came back */
static guint
count_until_last (const SidetoneEchoSeen *self)
{
  guint n = self->trips != NULL ? self->trips->len : 0;

  while (n > 0 && g_array_index (self->trips, gint64, n - 1) < 0)
    n--;

  return n;
}

static gboolean
is_any_large_back (const SidetoneEchoSeen *self)
{
  for (guint i = 0; self->large_arrived != NULL && i < self->large_arrived->len; i++)
    {
      if (g_array_index (self->large_arrived, gint64, i) > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_echo_has_ended:
 * @self: packets through a relay
 *
 * Says whether packets came back, and then, until the end of the test, none any more: a blackout, which
 * is something else than packet loss. A limit of bytes a second lets packets through again a second
 * later.
 *
 * Returns: whether that is so, and no chance at the loss before it
 */
gboolean
sidetone_echo_has_ended (const SidetoneEchoSeen *self)
{
  guint n_until_last = count_until_last (self);
  guint n_lost = 0;
  double loss;

  if (n_until_last == 0 || self->after_large_sent <= SIDETONE_ECHO_AFTER ||
      self->after_large_arrived > 0 || is_any_large_back (self))
    return FALSE;

  for (guint i = 0; i < n_until_last; i++)
    n_lost += g_array_index (self->trips, gint64, i) < 0;

  /* Without a loss it does not count as 0 (Laplace's rule of succession). */
  loss = (n_lost + 1.0) / (n_until_last + 2.0);

  return pow (loss, self->trips->len - n_until_last + self->after_large_sent) < CHANCE;
}

/**
 * sidetone_echo_get_silence_us:
 * @self: packets of which sidetone_echo_has_ended() is true
 *
 * Returns: how long nothing came back at the end of the test, at least
 */
gint64
sidetone_echo_get_silence_us (const SidetoneEchoSeen *self)
{
  guint n_lost = self->trips->len - count_until_last (self);

  return (2 * sidetone_deadlines.echo + (n_lost + SIDETONE_ECHO_AFTER) * SIDETONE_ECHO_INTERVAL) *
         (gint64) G_TIME_SPAN_MILLISECOND;
}
