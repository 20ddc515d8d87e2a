/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings about the packets through a TURN server (packet loss, MTU, delay), and about the content of a
 * STUN server's answers (SIP ALG, errors). */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "seen/echo.h"
#include "seen/stun.h"

/* With more loss in each direction, voices break up */
#define MUCH_LOSS 0.02

/* A likelier loss may be chance. By this estimate from 50 small packets, on a line of any loss
 * fewer than one check in a thousand says by chance that large packets get lost. */
#define CHANCE 0.001

/* With a longer round trip, people talk at the same time (ITU-T G.114 wants 150 ms one way) */
#define LONG_DELAY_US (300 * 1000)

/* Only if the same relay works with the second socket, or that could not be tried. A request that
 * the relay did not answer got lost, and says nothing about the packets between two relays. */
static void
judge_pair (const SidetoneCase          *judged,
            const SidetoneServiceResult *result,
            SidetoneProof               *proof)
{
  if (sidetone_observation_has_failed (result->pair) &&
      !sidetone_observation_has_error_trait (result->pair, SIDETONE_ERROR_IS_SILENCE) &&
      (sidetone_observation_has_passed (result->echo) || result->echo == NULL ||
       !judged->calls.udp_works))
    {
      sidetone_proof_blame (proof, result, result->pair);
      sidetone_proof_add (proof, result->test);
    }
}

static gboolean
has_ended (SidetoneObservation *echo)
{
  return sidetone_observation_has_passed (echo) &&
         sidetone_echo_has_ended (sidetone_observation_get_echo (echo));
}

static const SidetoneHostEvidence *
get_host (const SidetoneCase          *judged,
          const SidetoneServiceResult *result)
{
  return sidetone_evidence_get_host (judged->evidence,
                                     sidetone_service_get_host (result->service));
}

/* An end in the middle is no packet loss: a ban, a restart. A relay that limits each person may drop
 * all the rest of one stream, too, which its other packets show. */
static void
judge_end (const SidetoneCase          *judged,
           const SidetoneServiceResult *result,
           SidetoneProof               *proof)
{
  if (has_ended (result->echo) && !get_host (judged, result)->one_sided &&
      (sidetone_service_result_is_over_udp (result) ||
       !sidetone_service_result_is_over_ipv6 (result) || !sidetone_rules_does_ipv6_stall (judged)))
    sidetone_proof_blame (proof, result, result->echo);
}

static void
judge_limit (const SidetoneCase          *judged,
             const SidetoneServiceResult *result,
             SidetoneProof               *proof)
{
  if (!get_host (judged, result)->one_sided || !sidetone_observation_has_passed (result->echo) ||
      has_ended (result->echo))
    return;

  sidetone_proof_blame (proof, result, result->echo);
}

/* Whether the nearest router answers, and what gets lost is not lost on the way to it */
static gboolean
is_lost_behind_router (const SidetoneCase         *judged,
                       const SidetoneFindingFacts *facts)
{
  SidetoneLossPlace place = sidetone_evidence_get_loss_place (judged->evidence);

  return place == SIDETONE_LOSS_PLACE_BEHIND_ROUTER || place == SIDETONE_LOSS_PLACE_LINE;
}

static void
add_pings (const SidetoneCase *judged,
           SidetoneProof      *proof)
{
  GPtrArray *pings = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_PING);

  for (guint i = 0; i < pings->len; i++)
    sidetone_proof_add (proof, pings->pdata[i]);
}

/* Its own network's, the line's, or the relay's: the pings tell where it is. */
static void
blame_loss (const SidetoneCase          *judged,
            const SidetoneServiceResult *result,
            SidetoneProof               *proof)
{
  const SidetoneHostEvidence *host = get_host (judged, result);
  double least = sidetone_evidence_get_least_loss (judged->evidence);

  if (least < MUCH_LOSS || !sidetone_observation_has_passed (result->echo) ||
      has_ended (result->echo) || host->loss > least || host->one_sided)
    return;

  sidetone_proof_blame (proof, result, result->echo);
  proof->facts.number = MAX (1, (guint) round (100 * least));
  proof->facts.wireless = sidetone_evidence_is_wireless (judged->evidence);
  proof->facts.behind_router = is_lost_behind_router (judged, &proof->facts);
  if (sidetone_evidence_get_loss_place (judged->evidence) != SIDETONE_LOSS_PLACE_UNKNOWN)
    add_pings (judged, proof);
}

static void
judge_own_network (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result,
                   SidetoneProof               *proof)
{
  if (sidetone_evidence_get_loss_place (judged->evidence) == SIDETONE_LOSS_PLACE_OWN_NETWORK)
    blame_loss (judged, result, proof);
}

/* What several relays lose, and the way to the server does not, one relay can't be blamed for. */
static gboolean
is_relays_loss (const SidetoneCase *judged)
{
  SidetoneLossPlace place = sidetone_evidence_get_loss_place (judged->evidence);

  return (place == SIDETONE_LOSS_PLACE_RELAY || place == SIDETONE_LOSS_PLACE_RELAYS_WAY) &&
         sidetone_evidence_get_n_measured (judged->evidence) == 1;
}

static void
judge_relays_loss (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result,
                   SidetoneProof               *proof)
{
  if (is_relays_loss (judged))
    blame_loss (judged, result, proof);
}

static void
judge_loss (const SidetoneCase          *judged,
            const SidetoneServiceResult *result,
            SidetoneProof               *proof)
{
  if (sidetone_evidence_get_loss_place (judged->evidence) != SIDETONE_LOSS_PLACE_OWN_NETWORK &&
      !is_relays_loss (judged))
    blame_loss (judged, result, proof);
}

/* If the small packets after the large ones are lost too, that says nothing about sizes: the way may
 * have ended. Then more were sent a second later. */
static gboolean
is_followed_by_silence (SidetoneObservation *packets)
{
  const SidetoneEchoSeen *seen = sidetone_observation_get_echo (packets);

  return seen->after_large_sent > SIDETONE_ECHO_AFTER ||
         (seen->after_large_sent > 0 && seen->after_large_arrived == 0);
}

/* Path MTU */
static void
judge_size (const SidetoneCase          *judged,
            const SidetoneServiceResult *result,
            SidetoneProof               *proof)
{
  SidetoneObservation *packets = sidetone_service_result_get_packets (result);
  const SidetoneLargePackets *large = sidetone_evidence_get_large_packets (judged->evidence,
                                                                           result->server);

  if (packets == NULL || large == NULL || large->lost_size == 0 || large->chance > CHANCE ||
      is_followed_by_silence (packets) || get_host (judged, result)->one_sided)
    return;

  sidetone_proof_blame (proof, result, packets);
  if (proof->facts.number == 0)
    proof->facts.number = large->lost_size;
}

static void
judge_delay (const SidetoneCase          *judged,
             const SidetoneServiceResult *result,
             SidetoneProof               *proof)
{
  if (result != sidetone_evidence_get_quickest (judged->evidence) || result->rtt_us <= LONG_DELAY_US)
    return;

  sidetone_proof_blame (proof, result, sidetone_service_result_get_packets (result));
  proof->facts.number = result->rtt_us / 1000;
}

/* Counts another host than the first one. */
static void
count_host (SidetoneProof               *proof,
            const SidetoneServiceResult *result)
{
  if (proof->facts.number == 0 ||
      !g_str_equal (proof->facts.host, sidetone_service_get_host (result->service)))
    proof->facts.number++;
}

static void
judge_rewriting (const SidetoneCase          *judged,
                 const SidetoneServiceResult *result,
                 SidetoneProof               *proof)
{
  const SidetoneStunSeen *stun = sidetone_observation_get_stun (result->test);

  if (stun != NULL && stun->plain != NULL && result->mapped != NULL &&
      !sidetone_endpoint_equal (stun->plain, result->mapped))
    {
      count_host (proof, result);
      sidetone_proof_blame (proof, result, result->test);
    }
}

static void
judge_stun (const SidetoneCase          *judged,
            const SidetoneServiceResult *result,
            SidetoneProof               *proof)
{
  if (!sidetone_service_is_relay (result->service) &&
      sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_ODD))
    sidetone_proof_blame (proof, result, result->test);
}

/* A STUN server on the internet sees a public address, unless a firewall in front of it puts its
 * own on the packets, as a balancer or a proxy for UDP does, too. If the XMPP server sees a private one too, this computer is inside. */
static void
judge_mapped (const SidetoneCase          *judged,
              const SidetoneServiceResult *result,
              SidetoneProof               *proof)
{
  /* Apps learn their address over UDP. What shares a port for TCP or TLS with a web server is a
   * proxy, and hides nothing that matters. */
  if (!sidetone_service_result_is_over_udp (result) ||
      !sidetone_calls_check_is_hidden (&judged->calls, result))
    return;

  sidetone_proof_blame (proof, result, result->test);
}

/* The differential diagnosis */

/* Whether a server answered that began later than @time_us; or ended later, with packets that came
 * until the end */
static gboolean
is_answered_after (SidetoneObservation *observation,
                   gint64               time_us)
{
  SidetoneObservationKind kind = sidetone_observation_get_kind (observation);
  gint64 start_us = sidetone_observation_get_start_us (observation);

  if (!sidetone_observation_has_passed (observation))
    return FALSE;
  if (kind == SIDETONE_OBSERVATION_ECHO)
    return sidetone_observation_get_echo (observation)->after_large_arrived > 0 &&
           start_us + sidetone_observation_get_duration_us (observation) > time_us;

  return start_us > time_us &&
         (kind == SIDETONE_OBSERVATION_STUN || kind == SIDETONE_OBSERVATION_RELAY ||
          kind == SIDETONE_OBSERVATION_NAT || kind == SIDETONE_OBSERVATION_LIFETIME);
}

/* What several relays have in common is not one relay's fault. */
static gboolean
are_several_measured (const SidetoneCase         *judged,
                      const SidetoneFindingFacts *facts)
{
  return sidetone_evidence_get_n_measured (judged->evidence) > 1;
}

/* Several relays lose, or the server's line loses as much; unless nothing gets lost on the way to the
 * server. */
static gboolean
is_loss_everywhere (const SidetoneCase         *judged,
                    const SidetoneFindingFacts *facts)
{
  SidetoneLossPlace place = sidetone_evidence_get_loss_place (judged->evidence);

  return place == SIDETONE_LOSS_PLACE_LINE ||
         (are_several_measured (judged, facts) && place != SIDETONE_LOSS_PLACE_RELAY &&
          place != SIDETONE_LOSS_PLACE_RELAYS_WAY);
}

static gboolean
is_relay_near_server (const SidetoneCase         *judged,
                      const SidetoneFindingFacts *facts)
{
  return sidetone_evidence_get_loss_place (judged->evidence) == SIDETONE_LOSS_PLACE_RELAY;
}

/* The quickest one is slow, so all of them are; and a server that answers quickly shows that the
 * line is not. */
static gboolean
is_delay_everywhere (const SidetoneCase         *judged,
                     const SidetoneFindingFacts *facts)
{
  return are_several_measured (judged, facts) ||
         sidetone_evidence_get_server_rtt (judged->evidence) > LONG_DELAY_US;
}

/* Something that was answered after the relay's last packet shows that this computer's line lived on. */
static gboolean
is_line_alive (const SidetoneCase         *judged,
               const SidetoneFindingFacts *facts)
{
  GPtrArray *observations = sidetone_evidence_get_observations (judged->evidence);
  SidetoneObservation *echo = facts->result->echo;
  gint64 last_us = sidetone_observation_get_start_us (echo) +
                   sidetone_observation_get_duration_us (echo) -
                   sidetone_echo_get_silence_us (sidetone_observation_get_echo (echo));

  for (guint i = 0; i < observations->len; i++)
    {
      if (is_answered_after (observations->pdata[i], last_us))
        return TRUE;
    }

  return FALSE;
}

/* Packets of another relay crossed the same router, as many and as fast. */
static gboolean
does_router_let_through (const SidetoneCase         *judged,
                         const SidetoneFindingFacts *facts)
{
  GPtrArray *echoes = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_ECHO);

  for (guint i = 0; i < echoes->len; i++)
    {
      if (sidetone_observation_has_passed (echoes->pdata[i]) &&
          sidetone_observation_get_echo (echoes->pdata[i])->after_large_arrived > 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_not_wireless (const SidetoneCase         *judged,
                 const SidetoneFindingFacts *facts)
{
  return !sidetone_evidence_is_wireless (judged->evidence) || is_lost_behind_router (judged, facts);
}

static gboolean
do_several_tell (const SidetoneCase         *judged,
                 const SidetoneFindingFacts *facts)
{
  return facts->number > 1;
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_RELAY_PAIR,
    .nick = "relay-pair", .code = "CALL-23",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_join_allocations,
    .judge_result = judge_pair,
    .title = TEXT (N_("Calls fail when both people need the relay")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} works, but passes nothing on between two "
                            "of its own addresses. Calls stay silent when both people need it.")),
    .advice = VARIANTS {
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_FORBIDDEN,
        N_("Ask your server's administrator to let the relay send to its own address.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Ask your server's administrator to lead what the relay sends to its own address back "
           "to it: the firewall or router in front of it does not (NAT loopback).") }
    },
    .means = N_("The relay helps when one person needs it, and fails when both do: it passes "
                "nothing on between two of its own addresses."),
    .ask = ASK_SOME_PEOPLE,
    .try = N_("Have one of the two people call from another network: with a direct way for one of "
              "them the call works."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = DISPROVE_PASSING,
  },
  {
    .kind = SIDETONE_FINDING_RELAY_ENDS,
    .nick = "relay-ends", .code = "CALL-39",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_end_bans,
    .traits = SIDETONE_RULE_SPOILS_CALLS,
    .judge_result = judge_end,
    .rivals = RIVALS ({
      .nick = "line-lost", .owner = SIDETONE_OWNER_PROVIDER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("your line, if it went away at that moment"),
      .advice = N_("Ask your internet provider why your line breaks off."),
      .is_excluded = is_line_alive,
    }, {
      .nick = "flood-protection", .owner = SIDETONE_OWNER_ROUTER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("a protection against floods in this network's router or firewall"),
      .advice = N_("Turn off the protection against floods of UDP in your router (DoS protection), "
                   "or ask the person who runs this network."),
      .is_excluded = does_router_let_through,
    }),
    .title = TEXT (N_("The relay stops in the middle")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("Data came through the relay (TURN) at {host} at first, and then "
                            "nothing more. Calls through it break off.")),
    .advice = TEXT (N_("Ask your server's administrator whether a rule there bans people who send "
                       "much (as fail2ban or a firewall does), or whether the relay was "
                       "restarted.")),
    .means = N_("Data came through the relay for a moment, and then nothing more. A rule that bans "
                "people who send much looks like that, and so does a restart."),
    .ask = N_("Do calls break off after some seconds?"),
    .try = N_("Check again after ten minutes, and then from another network."),
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("All is well in another network: then your line may have gone away at that "
                   "moment, or the router here takes calls for a flood."),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_THROTTLES,
    .nick = "relay-throttles", .code = "CALL-35",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_raise_rate,
    .traits = SIDETONE_RULE_SPOILS_CALLS,
    .judge_result = judge_limit,
    .title = TEXT (N_("The relay lets too little through")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} loses data in one direction and not in the "
                            "other, which no line of yours does. Voices break up and video freezes "
                            "in calls through it.")),
    .advice = TEXT (N_("Ask your server's administrator how much the relay lets one person send.")),
    .means = N_("The relay drops a part of what is sent, in one direction only. A line loses in "
                "both, so this is a limit at the relay."),
    .ask = N_("Does the picture freeze or the voice break up for only one of you?"),
    .try = N_("Call without video, and see whether the voice is clear then."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("A second check loses as much in the other direction: then the line is at fault "
                   "(CALL-24)."),
  },
  {
    .kind = SIDETONE_FINDING_OWN_NETWORK_LOSES,
    .nick = "own-network-loses", .code = "CALL-41",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_YOU,
    .traits = SIDETONE_RULE_ABOUT_LINE | SIDETONE_RULE_SPOILS_CALLS,
    .judge_result = judge_own_network,
    .title = TEXT (N_("Your own network loses data")),
    /* Translators: {number} is a number of packets */
    .explanation = TEXT (N_("About {number} percent of your data gets lost between this computer "
                            "and your router, before it reaches the internet. Voices break up and "
                            "video freezes.")),
    .advice = VARIANTS {
      { SIDETONE_WHEN_WIRELESS, TRUE,
        N_("Connect this computer to the router by cable, or move closer to it.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Connect this computer to the router by another cable, then restart the router.") }
    },
    .means = N_("Between the computer and the router a part of the voice gets lost, before it "
                "reaches the internet. From 2 of 100 packets one can hear it."),
    .ask = N_("Are you on Wi-Fi or on a cable? How far away is the router, and what is in between?"),
    .try = N_("Move closer to the router, or connect by cable, and check again. Then try another "
              "cable, restart the router, and check once more."),
    .stop = N_("Stop when it stays the same by another cable. Hand over to the person who runs this "
               "network: its router or its cables are at fault."),
    .disprove = N_("Other computers on the same router lose nothing: then this computer's Wi-Fi or "
                   "cable is at fault. All of them lose as much, by cable, too: then it is the "
                   "router."),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_LOSES,
    .nick = "relay-loses", .code = "CALL-42",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_check_line,
    .traits = SIDETONE_RULE_SPOILS_CALLS,
    .judge_result = judge_relays_loss,
    .rivals = RIVALS ({
      .nick = "relays-way", .owner = SIDETONE_OWNER_PROVIDER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("the way from your internet provider to the relay"),
      .advice = N_("Tell your internet provider that data (packets) gets lost on the way to the "
                   "relay, and not on the way to your server."),
      .is_excluded = is_relay_near_server,
    }, {
      /* Pings are no UDP. */
      .nick = "udp-limit", .owner = SIDETONE_OWNER_PROVIDER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("a limit of your internet provider's for the kind of packets that calls send (UDP)"),
      .advice = N_("Ask your internet provider whether it limits UDP."),
      .is_excluded = sidetone_rules_never,
    }),
    .title = TEXT (N_("The relay loses data")),
    /* Translators: {number} is a number of packets, {host} a name or an address */
    .explanation = TEXT (N_("About {number} percent of the data through the relay (TURN) at {host} "
                            "gets lost, and next to nothing on the way to your server. Voices break "
                            "up and video freezes in calls through it.")),
    .advice = TEXT (N_("Ask your server's administrator how much the relay and its line can "
                       "carry.")),
    .means = N_("The relay or its internet connection loses a part of the voice. The way to the "
                "server loses next to nothing, so it is not the line here."),
    .ask = ASK_SOME_PEOPLE,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("Nothing gets lost in another network: then the way from this one to the relay "
                   "is at fault, or a limit of the internet provider's."),
  },
  {
    .kind = SIDETONE_FINDING_PACKETS_LOST,
    .nick = "packets-lost", .code = "CALL-24",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_PROVIDER,
    .remedy = sidetone_remedy_check_line,
    .traits = SIDETONE_RULE_ABOUT_LINE | SIDETONE_RULE_SPOILS_CALLS,
    .judge_result = judge_loss,
    .rivals = RIVALS (WIRELESS (is_not_wireless), VPN, RELAYS_LINE (is_loss_everywhere)),
    .title = TEXT (N_("Your connection loses data")),
    .explanation = VARIANTS {
      /* Translators: {number} is a number of packets, {host} a name or an address */
      { SIDETONE_WHEN_BEHIND_ROUTER, TRUE,
        N_("About {number} percent of your data gets lost behind your router, on the way to {host}. "
           "Voices break up and video freezes.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("About {number} percent of your data gets lost between this computer and {host}. Voices "
           "break up and video freezes.") }
    },
    .advice = VARIANTS {
      { SIDETONE_WHEN_BEHIND_ROUTER, TRUE,
        N_("Tell your internet provider that data (packets) gets lost behind your router, and not "
           "on the way to it.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Tell your internet provider that your line loses data (packets).") }
    },
    .means = N_("On the way to the relay a part of your voice gets lost. From 2 of 100 packets one "
                "can hear it."),
    .ask = N_("Are you on Wi-Fi or on a cable? Does someone download something at this moment?"),
    .try = N_("Connect by cable and check again. Then turn off the VPN, if there is one, and check "
              "again."),
    .stop = N_("Stop when it stays the same by cable, without a VPN, and all is well in another "
               "network. Hand over to the internet provider, with the reports."),
    .disprove = N_("By cable nothing gets lost: then it was the Wi-Fi. In another network as much "
                   "gets lost: then the relay or its internet connection is at fault."),
  },
  {
    .kind = SIDETONE_FINDING_LARGE_PACKETS_LOST,
    .nick = "large-packets-lost", .code = "CALL-25",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .remedy = sidetone_remedy_check_line,
    .traits = SIDETONE_RULE_ABOUT_LINE | SIDETONE_RULE_SPOILS_CALLS,
    .judge_result = judge_size,
    .rivals = RIVALS (VPN, RELAYS_LINE (are_several_measured), PROVIDERS_LINE),
    .title = TEXT (N_("Large packets don't get through (video fails)")),
    /* Translators: {number} is a number of bytes, {host} a name or an address */
    .explanation = TEXT (N_("Packets of {number} bytes don't get through the relay at {host}, and "
                            "small ones do. You can hear each other, but video stays black.")),
    /* Translators: MTU is a setting: how large packets may be */
    .advice = TEXT (N_("Set a smaller MTU in your router (1280), or ask the person who runs this "
                       "network.")),
    .means = N_("Small packets get through, and large ones don't. Voices are small, and video is "
                "large."),
    .ask = N_("Do you hear each other, while the picture stays black? Is a VPN on?"),
    .try = N_("Turn off the VPN, if there is one, and check again. Then set the MTU of the router "
              "to 1280, and check again."),
    .stop = N_("Stop when it stays the same with the smaller MTU and without a VPN, and all is well "
               "in another network. Hand over to the internet provider, with the reports."),
    .disprove = DISPROVE_RELAYS_LINE,
  },
  {
    .kind = SIDETONE_FINDING_LONG_DELAY,
    .nick = "long-delay", .code = "CALL-26",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_PROVIDER,
    .remedy = sidetone_remedy_check_line,
    .traits = SIDETONE_RULE_ABOUT_LINE | SIDETONE_RULE_SPOILS_CALLS,
    .judge_result = judge_delay,
    .rivals = RIVALS (OWN_TRAFFIC, VPN, RELAYS_LINE (is_delay_everywhere)),
    .title = TEXT (N_("Your connection has a long delay")),
    /* Translators: {number} is a number of milliseconds, {host} a name or an address */
    .explanation = TEXT (N_("Your voice takes {number} ms to the relay at {host} and back. Above "
                            "300 ms people talk over each other.")),
    .advice = TEXT (N_("Tell your internet provider that your line has a long delay.")),
    .means = N_("Your voice takes long to the relay and back, so that people talk at the same "
                "time."),
    .ask = N_("Does someone download something or back up photos? Is the line a satellite's?"),
    .try = N_("Pause downloads and backups, turn off the VPN, if there is one, and check again."),
    .stop = N_("Stop at a satellite's line: it is slow by nature. At any other, hand over to the "
               "internet provider when nothing of this helps."),
    .disprove = DISPROVE_RELAYS_LINE,
  },
  {
    .kind = SIDETONE_FINDING_ADDRESS_REWRITTEN,
    .nick = "address-rewritten", .code = "CALL-27",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .remedy = sidetone_remedy_leave_packets,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge_result = judge_rewriting,
    .rivals = RIVALS ({
      .nick = "servers-firewall", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE,
      .text = N_("a firewall in front of the server"),
      .advice = N_("Ask your server's administrator what changes the answers of the STUN server."),
      .is_excluded = do_several_tell,
    }),
    .title = TEXT (N_("Your router interferes with calls")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The answer of {host} says two different things about your address, so "
                            "something changed it on the way. Older apps then look for you at an "
                            "address that is not yours.")),
    /* Translators: names of a setting of many routers */
    .advice = TEXT (N_("Turn off the helper for calls (SIP ALG) in your router.")),
    .means = N_("Something on the way rewrites what the call server says about your address. Many "
                "routers have such a helper for calls, and it does harm."),
    .ask = N_("Which router is it? Does an internet telephone hang on it?"),
    .try = N_("Turn off the helper for calls (SIP ALG) in the router, and check again."),
    .stop = STOP_ROUTER,
    .disprove = N_("Another network shows the same: then a firewall in front of the call server "
                   "does it."),
  },
  {
    .kind = SIDETONE_FINDING_STUN_ERROR,
    .nick = "stun-error", .code = "CALL-28",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_answer_stun,
    .judge_result = judge_stun,
    .rivals = RIVALS (IMPOSTOR, LOCAL_FIREWALL (sidetone_rules_is_not_cut)),
    .title = TEXT (N_("A call server does not work")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} So apps don't learn their address there ({entry}).")),
    .advice = VARIANTS { ODDITY_ADVICE },
    .means = N_("A call server answers with an error, or with something that can't be read. Apps "
                "don't learn their address there."),
    .ask = ASK_SINCE_WHEN,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = DISPROVE_IMPOSTOR,
  },
  {
    .kind = SIDETONE_FINDING_STUN_SEES_PRIVATE,
    .nick = "stun-sees-private", .code = "CALL-34",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_keep_sender,
    .judge_result = judge_mapped,
    .title = TEXT (N_("A firewall at the server hides your address")),
    /* Translators: {host} is a name or an address, {mapped} an address */
    .explanation = TEXT (N_("{host} sees your calls come from {mapped}, an address in its own "
                            "network, and tells that to your app as yours.")),
    .consequence = VARIANTS {
      { SIDETONE_WHEN_IN_THE_OPEN, TRUE,
        N_("Nothing changes your address on the way, so your app finds it out without that.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("So nobody can reach you directly, and calls need a relay.") }
    },
    .advice = TEXT (N_("Ask your server's administrator to let packets in to the call server with "
                       "their own sender address (no SNAT or masquerading there).")),
    .means = N_("A firewall in front of the call server puts its own address in place of yours. "
                "Your app is then told a wrong address."),
    .ask = ASK_SOME_PEOPLE,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("In another network the call server sees your real address: then it may be "
                   "inside your own network here."),
  },
};

const SidetoneRules sidetone_packets_rules = { rules, G_N_ELEMENTS (rules) };
