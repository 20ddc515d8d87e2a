/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/video-check.h"

#include "judge/chance.h"

/* Room for a video call: at which rate packets through the relay get lost or late, whose fault that
 * is, and where the queue is that delays them (bufferbloat).
 *
 * A test stops as soon as a second loses 5 %, which may be five packets. That this is more than the
 * loss while little is sent is shown by Fisher's exact test, in which the packets of the echo and of the
 * steps before count: by chance fewer than one test in a hundred says so. The limit is not as strict
 * as elsewhere, for the test is only made on request, and a stricter one would take more packets
 * through a line that is full. */
#define CHANCE 0.01

/* What is delayed by less is not said to wait in a queue: Wi-Fi does as much. */
#define QUEUE_US (50 * 1000)

/* So few questions tell nothing. */
#define FEWEST_ASKED 3

/* So many lost packets in a row, with nothing late before them, are no line that is full: that loses
 * some, and lets the next through. */
#define LONG_ROW 10

/* More than any test has */
#define MAX_STEPS 3

static gint64
get_number (GArray *numbers,
            guint   i)
{
  return numbers != NULL && i < numbers->len ? g_array_index (numbers, gint64, i) : -1;
}

/**
 * sidetone_video_check_find:
 * @evidence: the evidence
 *
 * Returns: (transfer none) (nullable): the test of room for video, unless it could not be made
 */
SidetoneObservation *
sidetone_video_check_find (const SidetoneEvidence *evidence)
{
  SidetoneObservation *video = sidetone_evidence_get_last (evidence, SIDETONE_OBSERVATION_VIDEO);

  return video != NULL && sidetone_observation_has_passed (video) ? video : NULL;
}

/**
 * sidetone_video_check_find_relay:
 * @evidence: the evidence
 *
 * Returns: (transfer none) (nullable): the relay that a test of room for video uses: the quickest
 *   one that works over UDP
 */
const SidetoneServiceResult *
sidetone_video_check_find_relay (const SidetoneEvidence *evidence)
{
  GPtrArray *results = sidetone_evidence_get_results (evidence);
  const SidetoneServiceResult *found = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (sidetone_service_result_is_over_udp (result) &&
          sidetone_service_result_works_as_relay (result) && result->server != NULL &&
          (found == NULL || (result->rtt_us >= 0 && result->rtt_us < found->rtt_us)))
        found = result;
    }

  return found;
}

/**
 * sidetone_video_check_is_possible:
 * @diagnosis: a diagnosis
 *
 * Returns: whether room for video can be tested: a relay works over UDP
 */
gboolean
sidetone_video_check_is_possible (const SidetoneDiagnosis *diagnosis)
{
  return sidetone_video_check_find_relay (sidetone_diagnosis_get_evidence (diagnosis)) != NULL;
}

/* How much later than before the first step; 0 if it is not known */
static gint64
get_added (gint64  base_us,
           GArray *trips,
           guint   step)
{
  gint64 trip = get_number (trips, step);

  return base_us >= 0 && trip >= 0 ? MAX (trip - base_us, 0) : 0;
}

/* Whether those asked beside the packets wait in the same queue */
static gboolean
does_wait (gint64  base_us,
           GArray *trips,
           guint   step,
           gint64  added_us)
{
  gint64 own_us = get_added (base_us, trips, step);

  return own_us >= QUEUE_US && own_us >= added_us / 2;
}

static gboolean
is_known (gint64  base_us,
          GArray *asked,
          guint   step)
{
  return base_us >= 0 && get_number (asked, step) >= FEWEST_ASKED;
}

static gboolean
are_all_answered (GArray *asked,
                  GArray *answered,
                  guint   step)
{
  return get_number (asked, step) >= FEWEST_ASKED &&
         get_number (answered, step) == get_number (asked, step);
}

/* The packets of the echo through the same relay, from which the same lines lose */
static void
count_echo (const SidetoneEvidence  *evidence,
            const SidetoneVideoSeen *seen,
            SidetoneLost            *losses)
{
  GPtrArray *results = sidetone_evidence_get_results (evidence);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (result->packets == NULL || result->server == NULL || seen->peer == NULL ||
          !sidetone_endpoint_equal (result->server, seen->peer))
        continue;

      sidetone_lost_add (losses, result->n_sent, result->n_arrived);
    }
}

static gboolean
may_be_chance (const SidetoneEvidence  *evidence,
               const SidetoneVideoSeen *seen,
               guint                    step)
{
  SidetoneLost with = { 0 };
  SidetoneLost without = { 0 };

  for (guint i = 0; i <= step; i++)
    {
      sidetone_lost_add (i == step ? &with : &without, get_number (seen->sent, i),
                         get_number (seen->arrived, i));
    }
  count_echo (evidence, seen, &without);

  return sidetone_chance_of_more (&with, &without) >= CHANCE;
}

static guint
count_steps (const SidetoneVideoSeen *seen)
{
  guint n = seen->rates != NULL ? seen->rates->len : 0;

  if (seen->sent == NULL || seen->arrived == NULL || seen->p95_us == NULL)
    return 0;

  n = MIN (MIN (n, seen->sent->len), MIN (seen->arrived->len, seen->p95_us->len));

  return MIN (n, MAX_STEPS);
}

static SidetoneQueue
find_queue (const SidetoneVideoSeen *seen,
            guint                    step,
            gint64                   added_us)
{
  if (added_us < QUEUE_US)
    return SIDETONE_QUEUE_NONE;
  if (does_wait (seen->router_base_us, seen->router_us, step, added_us))
    return SIDETONE_QUEUE_HERE;
  if (!does_wait (seen->stun_base_us, seen->stun_us, step, added_us))
    return SIDETONE_QUEUE_NONE;

  return is_known (seen->router_base_us, seen->router_asked, step) &&
         get_number (seen->router_answered, step) > 0
         ? SIDETONE_QUEUE_BEYOND : SIDETONE_QUEUE_SOMEWHERE;
}

/* Whether what goes beside the relay is neither late nor lost */
static gboolean
is_relays (const SidetoneVideoSeen *seen,
           guint                    step,
           SidetoneQueue            queue)
{
  return queue == SIDETONE_QUEUE_NONE && is_known (seen->stun_base_us, seen->stun_asked, step) &&
         are_all_answered (seen->stun_asked, seen->stun_answered, step) &&
         get_added (seen->stun_base_us, seen->stun_us, step) < QUEUE_US;
}

static SidetoneVideoRoom
get_room (guint n_passed)
{
  return n_passed == 0 ? SIDETONE_VIDEO_ROOM_NONE : n_passed == 1 ? SIDETONE_VIDEO_ROOM_SMALL
         : n_passed == 2 ? SIDETONE_VIDEO_ROOM_USUAL : SIDETONE_VIDEO_ROOM_LARGE;
}

/**
 * sidetone_video_check_read:
 * @evidence: the evidence
 * @video: of kind %SIDETONE_OBSERVATION_VIDEO
 * @check: (out caller-allocates): what it means
 */
void
sidetone_video_check_read (const SidetoneEvidence *evidence,
                           SidetoneObservation    *video,
                           SidetoneVideoCheck     *check)
{
  const SidetoneVideoSeen *seen = sidetone_observation_get_video (video);
  guint n_steps = count_steps (seen);
  gboolean has_failed = seen->ended == SIDETONE_VIDEO_END_LOSS ||
                        seen->ended == SIDETONE_VIDEO_END_DELAY;
  guint n_passed = n_steps - MIN (n_steps, has_failed ? 1 : 0);
  guint step;

  *check = (SidetoneVideoCheck) { .added_us = -1 };
  if (n_steps == 0 || seen->ended == SIDETONE_VIDEO_END_UNKNOWN)
    return;

  step = n_steps - 1;
  check->rate = n_passed > 0 ? get_number (seen->rates, n_passed - 1) : 0;
  check->added_us = get_added (seen->base_us, seen->p95_us, step);
  check->queue = find_queue (seen, step, MAX (check->added_us, 0));
  if (has_failed)
    {
      check->failed_rate = get_number (seen->rates, step);
      if (seen->ended == SIDETONE_VIDEO_END_LOSS && may_be_chance (evidence, seen, step))
        return;

      check->is_relays = is_relays (seen, step, check->queue);
      check->is_cut = check->is_relays && seen->ended == SIDETONE_VIDEO_END_LOSS &&
                      check->added_us < QUEUE_US && get_number (seen->in_row, step) >= LONG_ROW;
    }
  check->room = get_room (n_passed);
}
