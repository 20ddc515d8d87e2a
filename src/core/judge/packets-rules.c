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
            SidetoneVerdict             *verdict)
{
  if (sidetone_observation_has_failed (result->pair) &&
      !sidetone_observation_has_error_trait (result->pair, SIDETONE_ERROR_IS_SILENCE) &&
      (sidetone_observation_has_passed (result->echo) || !judged->calls.udp_works))
    {
      sidetone_verdict_blame (verdict, result, result->pair);
      sidetone_verdict_add (verdict, result->test);
    }
}

static void
judge_loss (const SidetoneCase          *judged,
            const SidetoneServiceResult *result,
            SidetoneVerdict             *verdict)
{
  const char *host = sidetone_service_get_host (result->service);
  double least = sidetone_evidence_get_least_loss (judged->evidence);

  if (least < MUCH_LOSS || !sidetone_observation_has_passed (result->echo) ||
      sidetone_evidence_get_host (judged->evidence, host)->loss > least)
    return;

  sidetone_verdict_blame (verdict, result, result->echo);
  verdict->facts.number = MAX (1, (guint) round (100 * least));
}

/* Path MTU */
static void
judge_size (const SidetoneCase          *judged,
            const SidetoneServiceResult *result,
            SidetoneVerdict             *verdict)
{
  SidetoneObservation *packets = sidetone_service_result_get_packets (result);
  const SidetoneLargePackets *large = sidetone_evidence_get_large_packets (judged->evidence,
                                                                           result->server);

  if (packets == NULL || large == NULL || large->lost_size == 0 || large->chance > CHANCE)
    return;

  sidetone_verdict_blame (verdict, result, packets);
  if (verdict->facts.number == 0)
    verdict->facts.number = large->lost_size;
}

static void
judge_delay (const SidetoneCase          *judged,
             const SidetoneServiceResult *result,
             SidetoneVerdict             *verdict)
{
  if (result != sidetone_evidence_get_quickest (judged->evidence) || result->rtt_us <= LONG_DELAY_US)
    return;

  sidetone_verdict_blame (verdict, result, sidetone_service_result_get_packets (result));
  verdict->facts.number = result->rtt_us / 1000;
}

static void
judge_rewriting (const SidetoneCase          *judged,
                 const SidetoneServiceResult *result,
                 SidetoneVerdict             *verdict)
{
  const SidetoneStunSeen *stun = sidetone_observation_get_stun (result->test);

  if (stun != NULL && stun->plain != NULL && result->mapped != NULL &&
      !sidetone_endpoint_equal (stun->plain, result->mapped))
    sidetone_verdict_blame (verdict, result, result->test);
}

static void
judge_stun (const SidetoneCase          *judged,
            const SidetoneServiceResult *result,
            SidetoneVerdict             *verdict)
{
  if (!sidetone_service_is_relay (result->service) &&
      sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_ODD))
    sidetone_verdict_blame (verdict, result, result->test);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_RELAY_PAIR,
    .nick = "relay-pair", .code = "CALL-23",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_pair,
    .title = TEXT (N_("Two people can't both use the relay")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} works, but passes nothing on between two "
                            "of its own addresses. Calls stay silent when both people need it.")),
    /* Translators: the last part names a setting of a server program */
    .advice = TEXT (N_("Ask your server's administrator to let the relay send to its own address "
                       "(in coturn allowed-peer-ip).")),
  },
  {
    .kind = SIDETONE_FINDING_PACKETS_LOST,
    .nick = "packets-lost", .code = "CALL-24",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_PROVIDER,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge_result = judge_loss,
    .title = TEXT (N_("Packets get lost on the way")),
    /* Translators: {number} is a number of packets, {host} a name or an address */
    .explanation = TEXT (N_("Of 100 packets about {number} got lost each way between this "
                            "computer and {host}. Voices break up and pictures freeze then.")),
    .advice = TEXT (N_("Use a cable in place of wireless, and check again to compare.")),
  },
  {
    .kind = SIDETONE_FINDING_LARGE_PACKETS_LOST,
    .nick = "large-packets-lost", .code = "CALL-25",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge_result = judge_size,
    .title = TEXT (N_("Large packets don't get through")),
    /* Translators: {number} is a number of bytes, {host} a name or an address */
    .explanation = TEXT (N_("Packets of {number} bytes did not get through by the relay at "
                            "{host}, and small ones did. Voices work then, and pictures stay "
                            "black.")),
    /* Translators: MTU is a setting: how large packets may be */
    .advice = TEXT (N_("Set the MTU of your router or VPN to 1280, and check again.")),
  },
  {
    .kind = SIDETONE_FINDING_LONG_DELAY,
    .nick = "long-delay", .code = "CALL-26",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_PROVIDER,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge_result = judge_delay,
    .title = TEXT (N_("Packets take long on the way")),
    /* Translators: {number} is a number of milliseconds, {host} a name or an address */
    .explanation = TEXT (N_("A packet takes {number} milliseconds to the relay at {host} and "
                            "back. With more than 300, people talk at the same time.")),
    .advice = TEXT (N_("Stop downloads and backups on your line, and check again.")),
  },
  {
    .kind = SIDETONE_FINDING_ADDRESS_REWRITTEN,
    .nick = "address-rewritten", .code = "CALL-27",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge_result = judge_rewriting,
    .title = TEXT (N_("Something rewrites what servers tell you")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The answer of {host} says two different things about your address, "
                            "so something changed it on the way. Older programs then look for you "
                            "at an address that is not yours.")),
    /* Translators: names of a setting of many routers */
    .advice = TEXT (N_("Switch off the helper for calls (SIP ALG) in your router.")),
  },
  {
    .kind = SIDETONE_FINDING_STUN_ERROR,
    .nick = "stun-error", .code = "CALL-28",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_stun,
    .rivals = RIVALS (IMPOSTOR),
    .title = TEXT (N_("A server for calls answers with an error")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} So programs don't learn their address from it.")),
    .advice = TEXT ("{error-advice}"),
  },
};

const SidetoneRules sidetone_packets_rules = { rules, G_N_ELEMENTS (rules) };
