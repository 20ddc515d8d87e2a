/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "judge/video-check.h"

/* Words for room for a video call: throughput, loss, and latency under load. */

/* Less more delay than this is not worth a word. */
#define DELAY_MS 50

static char *
describe_rate (gint64 kbits)
{
  /* Translators: an amount of data, millions of bits a second */
  return g_strdup_printf (_("%.1f Mbit/s"), CLAMP (kbits, 0, G_MAXINT) / 1000.0);
}

static gint64
get_last (GArray *numbers)
{
  return numbers != NULL && numbers->len > 0 ? g_array_index (numbers, gint64, numbers->len - 1) : 0;
}

/* What happened at the rate that was too much */
static char *
describe_failure (const SidetoneVideoSeen  *seen,
                  const SidetoneVideoCheck *check)
{
  g_autofree char *rate = describe_rate (check->failed_rate);
  gint64 sent = MAX (get_last (seen->sent), 1);
  gint64 lost = sent - CLAMP (get_last (seen->arrived), 0, sent);

  if (seen->ended == SIDETONE_VIDEO_END_LOSS)
    /* Translators: %s is an amount of data a second, %d a percentage */
    return g_strdup_printf (_("at %s, %d percent gets lost"), rate,
                            (int) ((200 * (double) lost / sent + 1) / 2));

  /* Translators: %s is an amount of data a second, %d a number of milliseconds */
  return g_strdup_printf (_("at %s, everything takes %d ms longer"), rate,
                          (int) CLAMP (check->added_us / 1000, 0, G_MAXINT));
}

/* The words of an observation have no evidence but itself. */
static void
read_alone (SidetoneObservation *observation,
            SidetoneVideoCheck  *check)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneEvidence) evidence = NULL;

  g_list_store_append (store, observation);
  evidence = sidetone_evidence_new (G_LIST_MODEL (store));
  sidetone_video_check_read (evidence, observation, check);
}

/**
 * sidetone_describe_video:
 * @observation: of kind %SIDETONE_OBSERVATION_VIDEO
 *
 * Returns: (transfer full): how much came through, in a few words, or why that is not known
 */
char *
sidetone_describe_video (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  SidetoneVideoCheck check;
  g_autofree char *rate = NULL;
  g_autofree char *failure = NULL;

  if (error != NULL)
    return sidetone_describe_error_event (error->code, sidetone_describe_asked (observation), NULL);
  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_SKIPPED)
    return g_strdup (_("there was no relay to try it with"));

  read_alone (observation, &check);
  rate = describe_rate (check.rate);
  if (check.failed_rate > 0)
    failure = describe_failure (sidetone_observation_get_video (observation), &check);
  if (failure != NULL && check.rate > 0)
    /* Translators: the first %s is an amount of data a second; the second one what happened to more:
     * "0.6 Mbit/s gets through; at 1.2 Mbit/s, 17 percent gets lost" */
    return g_strdup_printf (_("%s gets through; %s"), rate, failure);
  if (failure != NULL)
    return g_steal_pointer (&failure);
  if (check.rate > 0)
    /* Translators: %s is an amount of data a second */
    return g_strdup_printf (_("%s gets through"), rate);

  return g_strdup (_("the relay lost too much while little was sent"));
}

/* @rate: the highest at which all was well, as words */
static char *
describe_relays_limit (const SidetoneVideoCheck *check,
                       const char               *rate)
{
  if (check->rate == 0)
    return g_strdup (_("The relay lets only sound through, no video"));

  /* Translators: %s is an amount of data a second */
  return g_strdup_printf (_("The relay lets only small video through (%s)"), rate);
}

static char *
describe_room (const SidetoneVideoCheck *check)
{
  g_autofree char *rate = describe_rate (check->rate);

  if (check->is_relays && check->room < SIDETONE_VIDEO_ROOM_USUAL)
    return describe_relays_limit (check, rate);

  switch (check->room)
    {
    case SIDETONE_VIDEO_ROOM_UNKNOWN:
      break;

    case SIDETONE_VIDEO_ROOM_NONE:
      return g_strdup (_("There is room for sound, not for video"));

    case SIDETONE_VIDEO_ROOM_SMALL:
      /* Translators: %s is an amount of data a second */
      return g_strdup_printf (_("There is room for sound and small video (%s)"), rate);

    case SIDETONE_VIDEO_ROOM_USUAL:
      /* Translators: %s is an amount of data a second */
      return g_strdup_printf (_("There is room for video (%s)"), rate);

    case SIDETONE_VIDEO_ROOM_LARGE:
      /* Translators: %s is an amount of data a second */
      return g_strdup_printf (_("There is room for video in high quality (%s)"), rate);
    }

  return g_strdup (_("How much video there is room for is not known"));
}

/**
 * sidetone_describe_video_verdict:
 * @evidence: the evidence
 * @observation: of kind %SIDETONE_OBSERVATION_VIDEO
 *
 * Returns: (transfer full): how much video there is room for, in a sentence without a period
 */
char *
sidetone_describe_video_verdict (const SidetoneEvidence *evidence,
                                 SidetoneObservation    *observation)
{
  SidetoneVideoCheck check;
  g_autofree char *room = NULL;
  int added_ms;

  if (!sidetone_observation_has_passed (observation))
    return sidetone_describe_video (observation);

  sidetone_video_check_read (evidence, observation, &check);
  room = describe_room (&check);
  added_ms = CLAMP (check.added_us / 1000, 0, G_MAXINT);
  if (check.queue == SIDETONE_QUEUE_NONE || added_ms < DELAY_MS)
    return g_steal_pointer (&room);
  if (check.failed_rate == 0)
    /* Translators: %s says how much video there is room for, %d is a number of milliseconds */
    return g_strdup_printf (_("%s. It delays everything by %d ms"), room, added_ms);

  /* Translators: %s says how much video there is room for, %d is a number of milliseconds */
  return g_strdup_printf (_("%s. More than that delays everything by %d ms"), room, added_ms);
}

/**
 * sidetone_describe_video_progress:
 * @kbits: the rate that is being tested, in kbit/s; 0 before the first
 *
 * Returns: (transfer full): what the test of room for video is doing
 */
char *
sidetone_describe_video_progress (guint kbits)
{
  g_autofree char *rate = describe_rate (kbits);

  if (kbits == 0)
    return g_strdup (_("Preparing the test…"));

  /* Translators: %s is an amount of data a second */
  return g_strdup_printf (_("Sending and receiving %s…"), rate);
}
