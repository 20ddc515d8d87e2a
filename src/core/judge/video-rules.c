/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings about room for a video call: throughput, and latency under load (bufferbloat). */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "judge/video-check.h"

/* Returns the test with its meaning; NULL if it has none. */
static SidetoneObservation *
read_test (const SidetoneCase *judged,
           SidetoneVideoCheck *check)
{
  SidetoneObservation *video = sidetone_video_check_find (judged->evidence);

  if (video != NULL)
    sidetone_video_check_read (judged->evidence, video, check);

  return video != NULL && check->room != SIDETONE_VIDEO_ROOM_UNKNOWN ? video : NULL;
}

/* Without the relay's result: a check that tests it again need not test the room for video. */
static gboolean
prove (SidetoneObservation      *video,
       const SidetoneVideoCheck *check,
       SidetoneProof            *proof)
{
  SidetoneService *service = sidetone_observation_get_service (video);

  sidetone_proof_add (proof, video);
  if (service != NULL)
    proof->facts.host = sidetone_service_get_host (service);
  proof->facts.queue = check->queue;
  proof->facts.number = MAX (check->added_us, 0) / 1000;

  return TRUE;
}

static gboolean
judge_relay (const SidetoneCase *judged,
             SidetoneProof      *proof)
{
  SidetoneVideoCheck check;
  SidetoneObservation *video = read_test (judged, &check);

  /* More than the usual picture needs is not a relay's duty. */
  return video != NULL && check.is_relays && check.room < SIDETONE_VIDEO_ROOM_USUAL &&
         prove (video, &check, proof);
}

/* What is before the router is neither the provider's nor the relay's. */
static SidetoneOwner
find_owner (const SidetoneCase       *judged,
            const SidetoneVideoCheck *check)
{
  if (check->queue != SIDETONE_QUEUE_HERE)
    return SIDETONE_OWNER_UNKNOWN;

  return sidetone_evidence_is_wireless (judged->evidence) ? SIDETONE_OWNER_YOU
         : SIDETONE_OWNER_ROUTER;
}

static gboolean
judge_room (const SidetoneCase *judged,
            SidetoneVideoRoom   room,
            SidetoneProof      *proof)
{
  SidetoneVideoCheck check;
  SidetoneObservation *video = read_test (judged, &check);

  if (video == NULL || check.is_relays || check.room != room || check.failed_rate <= 0)
    return FALSE;

  proof->facts.owner = find_owner (judged, &check);

  return prove (video, &check, proof);
}

static gboolean
judge_none (const SidetoneCase *judged,
            SidetoneProof      *proof)
{
  return judge_room (judged, SIDETONE_VIDEO_ROOM_NONE, proof);
}

static gboolean
judge_small (const SidetoneCase *judged,
             SidetoneProof      *proof)
{
  return judge_room (judged, SIDETONE_VIDEO_ROOM_SMALL, proof);
}

static gboolean
judge_delay (const SidetoneCase *judged,
             SidetoneProof      *proof)
{
  SidetoneVideoCheck check;
  SidetoneObservation *video = read_test (judged, &check);

  if (video == NULL || check.queue == SIDETONE_QUEUE_NONE ||
      check.added_us < SIDETONE_VIDEO_DELAY_US)
    return FALSE;

  proof->facts.owner = find_owner (judged, &check);

  return prove (video, &check, proof);
}

/* The differential diagnosis */

/* The router's own answers tell where packets wait. */
static gboolean
is_not_wireless (const SidetoneCase         *judged,
                 const SidetoneFindingFacts *facts)
{
  return facts->queue == SIDETONE_QUEUE_BEYOND || facts->owner != SIDETONE_OWNER_UNKNOWN ||
         !sidetone_evidence_is_wireless (judged->evidence);
}

/* What waits before the router has not left this network. */
static gboolean
is_here (const SidetoneCase         *judged,
         const SidetoneFindingFacts *facts)
{
  return facts->queue == SIDETONE_QUEUE_HERE;
}

/* A full line never lets all through and then nothing, and answers what is sent beside it meanwhile. */
static gboolean
is_cut (const SidetoneCase         *judged,
        const SidetoneFindingFacts *facts)
{
  SidetoneVideoCheck check;

  return read_test (judged, &check) != NULL && check.is_cut;
}

#define TRY_ROOM \
  N_("Pause downloads and backups, connect by cable, turn off the VPN, if there is one, and test " \
     "again after each.")
#define STOP_ROOM \
  N_("Stop when it stays the same by cable, while nothing else is sent, and all is well in another " \
     "network. Hand over to the internet provider, with the reports.")

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_RELAY_LIMITS_RATE,
    .nick = "relay-limits-rate", .code = "CALL-50",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_raise_rate,
    .judge = judge_relay,
    .rivals = RIVALS ({
      .nick = "line-limits", .owner = SIDETONE_OWNER_PROVIDER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("your line, if it has no room for video and lets other data pass it"),
      .advice = N_("Ask your internet provider how much your line can send."),
      .is_excluded = is_cut,
    }),
    .title = TEXT (N_("The relay limits video")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("As much as a video call sends does not get through the relay (TURN) at "
                            "{host}, while {host} answers everything else as fast as before. Video "
                            "through it freezes.")),
    .advice = TEXT (N_("Ask your server's administrator how much the relay lets one person send.")),
    .means = N_("The relay drops or delays a part of a video call, and nothing of what goes to the "
                "same server beside it. So this is a limit at the relay, not a line that is full."),
    .ask = N_("Does the picture freeze while the voice stays clear?"),
    .try = N_("Call without video. Then test again from another network."),
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("In another network more gets through the same relay: then the line here has no "
                   "room for video."),
  },
  {
    .kind = SIDETONE_FINDING_NO_ROOM_FOR_VIDEO,
    .nick = "no-room-for-video", .code = "CALL-51",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_PROVIDER,
    .remedy = sidetone_remedy_check_line,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge = judge_none,
    .rivals = RIVALS (OWN_TRAFFIC, WIRELESS (is_not_wireless), VPN, RELAYS_LINE (is_here)),
    .title = TEXT (N_("There is no room for video")),
    .explanation = TEXT (N_("Even as much as a small picture needs (0.6 Mbit/s) gets lost or comes "
                            "too late. A voice needs a tenth of that, and gets through.")),
    .advice = VARIANTS {
      { SIDETONE_WHEN_QUEUE, SIDETONE_QUEUE_HERE,
        N_("Connect this computer to the router by cable, or move closer to it.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("If you need video, ask your internet provider for a line that can send more.") }
    },
    .means = N_("As much as a small picture needs does not get through here and back. Voices need far "
                "less."),
    .ask = N_("Does someone send something at this moment, such as photos to a cloud? Are you on "
              "Wi-Fi?"),
    .try = TRY_ROOM,
    .stop = STOP_ROOM,
    .disprove = DISPROVE_RELAYS_LINE,
  },
  {
    .kind = SIDETONE_FINDING_ROOM_FOR_SMALL_VIDEO,
    .nick = "room-for-small-video", .code = "CALL-52",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_PROVIDER,
    .remedy = sidetone_remedy_check_line,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge = judge_small,
    .rivals = RIVALS (OWN_TRAFFIC, WIRELESS (is_not_wireless), VPN, RELAYS_LINE (is_here)),
    .title = TEXT (N_("There is room for sound and small video")),
    .explanation = TEXT (N_("As much as a small picture needs (0.6 Mbit/s) gets through. Of twice as "
                            "much, a part gets lost or comes too late, so a large picture freezes.")),
    .advice = VARIANTS {
      { SIDETONE_WHEN_QUEUE, SIDETONE_QUEUE_HERE,
        N_("Connect this computer to the router by cable, or move closer to it.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("If video freezes, make its picture smaller, or ask your internet provider for a line "
           "that can send more.") }
    },
    .means = N_("As much as a small picture needs gets through here and back, and twice as much does "
                "not."),
    .ask = N_("Does someone send something at this moment, such as photos to a cloud? Are you on "
              "Wi-Fi?"),
    .try = TRY_ROOM,
    .stop = STOP_ROOM,
    .disprove = DISPROVE_RELAYS_LINE,
  },
  {
    .kind = SIDETONE_FINDING_DELAY_UNDER_LOAD,
    .nick = "delay-under-load", .code = "CALL-53",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ROUTER,
    .remedy = sidetone_remedy_check_line,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge = judge_delay,
    .rivals = RIVALS (WIRELESS (is_not_wireless), VPN, RELAYS_LINE (is_here)),
    .title = TEXT (N_("Sending much delays everything")),
    /* Translators: {number} is a number of milliseconds */
    .explanation = TEXT (N_("While a video call's data is sent, everything takes {number} ms longer, "
                            "because it waits in a queue.")),
    .consequence = VARIANTS {
      { SIDETONE_WHEN_QUEUE, SIDETONE_QUEUE_HERE,
        N_("The queue is in your own network, between this computer and your router.") },
      { SIDETONE_WHEN_QUEUE, SIDETONE_QUEUE_BEYOND,
        N_("The queue is on your internet line: your router itself answers at once.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Where the queue is could not be seen, because your router does not answer.") }
    },
    .advice = VARIANTS {
      { SIDETONE_WHEN_QUEUE, SIDETONE_QUEUE_HERE,
        N_("Connect this computer to the router by cable, or move closer to it.") },
      /* Translators: SQM and QoS are settings of many routers */
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Set the upload limit of your router (SQM or QoS) to a little less than your line can "
           "send.") }
    },
    .means = N_("When much is sent at once, the router or the Wi-Fi lets it wait in a long queue, and "
                "voices wait with it."),
    .ask = N_("Do voices come late when someone in the house sends or uploads something?"),
    .try = N_("Connect by cable and test again. Then limit the upload in the router (SQM or QoS), and "
              "test again."),
    .stop = STOP_ROUTER,
    .disprove = DISPROVE_RELAYS_LINE,
  },
};

const SidetoneRules sidetone_video_rules = { rules, G_N_ELEMENTS (rules) };
