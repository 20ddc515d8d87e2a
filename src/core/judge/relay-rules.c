/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings about relays (TURN) that answered: allocations that were refused, relayed addresses that
 * nothing comes through, alternate servers. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "seen/echo.h"
#include "seen/relay.h"

static gboolean
is_inside (const SidetoneCase          *judged,
           const SidetoneServiceResult *result)
{
  return sidetone_calls_check_is_inside (&judged->calls, result);
}

static const SidetoneHostEvidence *
get_host_evidence (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result)
{
  return sidetone_evidence_get_host (judged->evidence, sidetone_service_get_host (result->service));
}

static gboolean
is_public (const SidetoneCase *judged,
           SidetoneEndpoint   *endpoint)
{
  return sidetone_evidence_is_public (judged->evidence, sidetone_endpoint_get_address (endpoint));
}

/* An ICMP error says that nothing is let in there, as silence does. */
static gboolean
is_echo_silent (const SidetoneServiceResult *result)
{
  return sidetone_observation_has_error (result->echo, SIDETONE_ERROR_RELAY_SILENT) ||
         sidetone_observation_has_error (result->echo, SIDETONE_ERROR_UDP_REFUSED) ||
         sidetone_observation_has_error (result->echo, SIDETONE_ERROR_UDP_PROHIBITED);
}

/* Whether a relay's silence says nothing of the relay: it lets in only those addresses that it was told
 * of (permissions; RFC 8656, section 9), and packets to it may come from another one. */
static gboolean
is_not_let_in (const SidetoneCase          *judged,
               const SidetoneServiceResult *result)
{
  return judged->calls.has_several_addresses && result->relayed != NULL &&
         sidetone_endpoint_get_family (result->relayed) == G_SOCKET_FAMILY_IPV4;
}

/* A host may have several public addresses. But if nothing arrives at a relayed address, and that
 * is not the one at which the relay answers, it may be another computer's. */
static gboolean
is_silent_elsewhere (const SidetoneCase          *judged,
                     const SidetoneServiceResult *result)
{
  return judged->calls.udp_works &&
         is_echo_silent (result) && !is_inside (judged, result) && !is_not_let_in (judged, result) &&
         sidetone_endpoint_get_family (result->relayed) ==
         sidetone_endpoint_get_family (result->server) &&
         !sidetone_endpoint_equal_address (result->relayed, result->server);
}

/* A public relay must have a public relayed address, and its packets must come from there. */
static gboolean
is_relayed_wrongly (const SidetoneCase          *judged,
                    const SidetoneServiceResult *result)
{
  SidetoneEndpoint *from = result->echo != NULL
                           ? sidetone_observation_get_echo (result->echo)->source : NULL;

  if (result->relayed == NULL || result->server == NULL)
    return FALSE;

  return (is_public (judged, result->server) && !is_public (judged, result->relayed)) ||
         is_silent_elsewhere (judged, result) ||
         (from != NULL && !sidetone_endpoint_equal_address (from, result->relayed));
}

static void
judge_relayed (const SidetoneCase          *judged,
               const SidetoneServiceResult *result,
               SidetoneProof               *proof)
{
  if (!is_relayed_wrongly (judged, result))
    return;

  sidetone_proof_blame (proof, result, result->test);
  sidetone_proof_add (proof, result->echo);
}

/* If UDP may not get out of here, that is a rival: packets between two relays then prove that this one
 * works. A firewall that remembers what the relay sends lets some calls in all the same: to people
 * whose NAT keeps its external port (https://github.com/coturn/coturn/issues/549). */
static void
judge_closed (const SidetoneCase          *judged,
              const SidetoneServiceResult *result,
              SidetoneProof               *proof)
{
  gboolean is_told = judged->calls.udp_works ||
                     (result->state == SIDETONE_STATE_FAILED && !judged->calls.udp_is_blocked);

  if (is_echo_silent (result) && is_told && !is_inside (judged, result) &&
      !is_not_let_in (judged, result) && !is_relayed_wrongly (judged, result))
    {
      gboolean is_first = proof->ids == NULL;

      sidetone_proof_blame (proof, result, result->echo);
      sidetone_proof_add (proof, result->test);
      /* Packets that never leave the relay need no open port. */
      if (is_first && sidetone_observation_has_passed (result->pair))
        {
          proof->facts.works_otherwise = TRUE;
          sidetone_proof_add (proof, result->pair);
        }
    }
}

/* What the second socket sent arrived at the relay, and nothing that the relay sent to it. The socket
 * had sent to the relayed address before: so NATs and firewalls let answers from there in. */
static void
judge_one_way (const SidetoneCase          *judged,
               const SidetoneServiceResult *result,
               SidetoneProof               *proof)
{
  if (!sidetone_observation_has_error (result->echo, SIDETONE_ERROR_RELAY_ONE_WAY) ||
      is_inside (judged, result) || is_not_let_in (judged, result) ||
      is_relayed_wrongly (judged, result))
    return;

  sidetone_proof_blame (proof, result, result->echo);
  sidetone_proof_add (proof, result->test);
}

/* A relay may well forbid private addresses. */
static void
judge_rules (const SidetoneCase          *judged,
             const SidetoneServiceResult *result,
             SidetoneProof               *proof)
{
  if (sidetone_observation_has_error (result->test, SIDETONE_ERROR_TURN_FORBIDDEN))
    sidetone_proof_blame (proof, result, result->test);
  else if (sidetone_observation_has_error (result->echo, SIDETONE_ERROR_TURN_FORBIDDEN) &&
           !is_inside (judged, result))
    sidetone_proof_blame (proof, result, result->echo);
}

/* Several allocations are requested at a time: if some are refused, that is no fault. */
static void
judge_capacity (const SidetoneCase          *judged,
                const SidetoneServiceResult *result,
                SidetoneProof               *proof)
{
  if (sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_SHORTAGE) &&
      !get_host_evidence (judged, result)->has_allocated)
    sidetone_proof_blame (proof, result, result->test);
}

/* Whether a relay that has lent an address refuses the next request, leaves it unanswered, or is
 * gone. Other rules are about silence at that address, and about what a relay forbids. */
static gboolean
is_echo_odd (const SidetoneCase          *judged,
             const SidetoneServiceResult *result)
{
  return sidetone_observation_has_failed (result->echo) && !is_echo_silent (result) &&
         !sidetone_observation_has_error (result->echo, SIDETONE_ERROR_RELAY_ONE_WAY) &&
         !sidetone_observation_has_error (result->echo, SIDETONE_ERROR_TURN_FORBIDDEN) &&
         !(sidetone_observation_has_error_trait (result->echo, SIDETONE_ERROR_IS_SILENCE) &&
           sidetone_evidence_may_lose_answers (judged->evidence));
}

/* Of a request with the password, and all its repetitions; the question before it came through */
static gboolean
is_silence_by_chance (const SidetoneCase          *judged,
                      const SidetoneServiceResult *result)
{
  return sidetone_observation_has_error (result->test, SIDETONE_ERROR_TURN_NO_ANSWER) &&
         sidetone_evidence_loses_answers (judged->evidence);
}

static void
judge_oddities (const SidetoneCase          *judged,
                const SidetoneServiceResult *result,
                SidetoneProof               *proof)
{
  SidetoneObservation *odd = NULL;

  if (is_silence_by_chance (judged, result))
    return;
  if (sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_ODD))
    odd = result->test;
  else if (is_echo_odd (judged, result))
    odd = result->echo;

  if (odd != NULL && sidetone_service_is_relay (result->service))
    {
      proof->facts.works_otherwise = proof->facts.works_otherwise ||
                                     get_host_evidence (judged, result)->works_as_relay;
      sidetone_proof_blame (proof, result, odd);
    }
}

/* The alternate server was asked (ALTERNATE-SERVER; RFC 8656, section 7.4), and not all programs do
 * that. If it failed as such, that is told already. */
static void
judge_redirect (const SidetoneCase          *judged,
                const SidetoneServiceResult *result,
                SidetoneProof               *proof)
{
  const SidetoneRelaySeen *seen = sidetone_observation_get_relay (result->test);

  if (seen != NULL && seen->alternate != NULL &&
      !sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_ODD))
    sidetone_proof_blame (proof, result, result->test);
}

/* Whether a test failed in a way that a router here may have caused, as it leads back inside */
static void
judge_inside (const SidetoneCase          *judged,
              const SidetoneServiceResult *result,
              SidetoneProof               *proof)
{
  gboolean is_refused = sidetone_observation_has_error (result->echo, SIDETONE_ERROR_TURN_FORBIDDEN) ||
                        sidetone_observation_has_error (result->echo, SIDETONE_ERROR_RELAY_ONE_WAY);

  if ((!sidetone_service_result_is_silent (result) && !is_echo_silent (result) && !is_refused) ||
      is_relayed_wrongly (judged, result) || !is_inside (judged, result))
    return;

  sidetone_proof_blame (proof, result, result->test);
  sidetone_proof_add (proof, result->echo);
}

/* The differential diagnosis: what looks the same from here, and what excludes it. One computer
 * sees one end of the path. */

/* Whether packets between this computer and any relay arrived: there, or else back. Those by the other
 * version of IP prove nothing: a network may have other rules for it. */
static gboolean
have_packets_arrived (const SidetoneCase         *judged,
                      const SidetoneFindingFacts *facts,
                      gboolean                    is_there)
{
  GPtrArray *results = sidetone_evidence_get_results (judged->evidence);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];
      const SidetoneEchoSeen *seen = result->echo != NULL
                                     ? sidetone_observation_get_echo (result->echo) : NULL;

      if (seen != NULL && result->relayed != NULL &&
          sidetone_endpoint_get_family (result->relayed) ==
          sidetone_endpoint_get_family (facts->result->relayed) &&
          (is_there ? seen->there_arrived : seen->back_arrived) > 0)
        return TRUE;
    }

  return FALSE;
}

/* Some networks let UDP out to the port of STUN alone. */
static gboolean
are_high_ports_let_out (const SidetoneCase         *judged,
                        const SidetoneFindingFacts *facts)
{
  return have_packets_arrived (judged, facts, TRUE);
}

/* A simple firewall lets answers in from the port of STUN alone. */
static gboolean
are_high_ports_let_in (const SidetoneCase         *judged,
                       const SidetoneFindingFacts *facts)
{
  return have_packets_arrived (judged, facts, FALSE);
}

static gboolean
is_no_508 (const SidetoneCase         *judged,
           const SidetoneFindingFacts *facts)
{
  return !sidetone_observation_has_error (facts->result->test, SIDETONE_ERROR_TURN_NO_CAPACITY);
}

static gboolean
is_address_certain (const SidetoneCase         *judged,
                    const SidetoneFindingFacts *facts)
{
  return !is_silent_elsewhere (judged, facts->result) || !is_public (judged, facts->result->relayed);
}

static gboolean
is_silence_elsewhere (const SidetoneCase         *judged,
                      const SidetoneFindingFacts *facts)
{
  return is_address_certain (judged, facts) || are_high_ports_let_out (judged, facts);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_RELAY_CLOSED,
    .nick = "relay-closed", .code = "CALL-18",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_let_in_relayed,
    .judge_result = judge_closed,
    .rivals = RIVALS (LOCAL_FIREWALL (are_high_ports_let_out)),
    .title = TEXT (N_("The relay passes nothing on")),
    .explanation = VARIANTS {
      /* Translators: {host} is a name or an address */
      { SIDETONE_WHEN_WORKS_OTHERWISE, TRUE,
        N_("The relay (TURN) at {host} accepts calls, but nothing gets in to it: the phone rings, "
           "and then mostly nobody hears anything. Inside the relay, data passes from one of its "
           "addresses to another, so the relay itself works, and most likely a firewall or a router "
           "in front of it is in the way.") },
      /* Translators: {host} is a name or an address */
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("The relay (TURN) at {host} accepts calls, but nothing that was sent to it got through. "
           "The phone rings, and then mostly nobody hears anything.") }
    },
    .advice = TEXT (N_("Ask your server's administrator to let UDP in at the relay's ports (mostly "
                       "49152 to 65535), also in the router if the relay is behind one.")),
    .means = N_("The relay accepts your call, and what is sent to it from outside does not get in. "
                "Both phones work, and nobody hears anything."),
    .ask = ASK_SILENCE,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("Calls come through the relay from another network: then a firewall here lets "
                   "UDP out at too few ports."),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_ONE_WAY,
    .nick = "relay-one-way", .code = "CALL-40",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_let_out_relayed,
    .judge_result = judge_one_way,
    .rivals = RIVALS (LOCAL_FIREWALL (are_high_ports_let_in)),
    .title = TEXT (N_("The relay sends nothing on")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} takes data in, and nothing that it was to "
                            "send on arrived. Only one of the two people hears the other, or "
                            "nobody.")),
    .advice = TEXT (N_("Ask your server's administrator to let the relay send UDP out to any port, "
                       "from the address that it gives to people.")),
    .means = N_("The relay takes in what is sent to it, and what it sends on does not arrive. A "
                "firewall at the relay keeps it in, or it leaves from another address."),
    .ask = ASK_SILENCE,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("Calls come through the relay in another network: then a firewall here lets UDP "
                   "in from too few ports."),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_ADDRESS,
    .nick = "relay-address", .code = "CALL-19",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_tell_address,
    .judge_result = judge_relayed,
    .rivals = RIVALS ({
      .nick = "closed-ports", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .text = N_("a firewall at the relay that does not let UDP in at its ports"),
      .advice = N_("Ask them to let UDP in at the relay's ports (mostly 49152 to 65535)."),
      .is_excluded = is_address_certain,
    }, LOCAL_FIREWALL (is_silence_elsewhere)),
    .title = TEXT (N_("The relay announces a wrong address")),
    /* Translators: {host} is a name or an address, {address} and {relayed} are addresses */
    .explanation = TEXT (N_("The relay (TURN) at {host} answers at {address}, and gave {relayed} "
                            "as the address to send to, which does not lead to it. The phone "
                            "rings, and then nobody hears anything.")),
    .advice = TEXT (N_("Ask your server's administrator to tell the relay its address on the "
                       "internet.")),
    .means = N_("The relay tells others to send voices to an address that does not lead to it, "
                "like a letter with a wrong return address."),
    .ask = ASK_SILENCE,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("The address is the relay's after all: then a firewall keeps its ports closed. "
                   "The administrator can tell."),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_FORBIDDEN,
    .nick = "relay-forbidden", .code = "CALL-20",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_allow_peers,
    .judge_result = judge_rules,
    .title = TEXT (N_("The relay blocks calls")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} won't pass on data from this network's "
                            "address, by a rule of its own. The phone rings, and then nobody hears "
                            "anything.")),
    .advice = TEXT (N_("Ask your server's administrator which addresses the relay's rules "
                       "forbid.")),
    .means = N_("The relay works, and by a rule of its own it refuses this account, or sends "
                "nothing to this network's address."),
    .ask = ASK_SILENCE,
    .try = TRY_ANOTHER_NETWORK,
    .stop = N_("Stop when you know in which networks it happens. Hand over to your server's "
               "administrator, with both reports."),
    .disprove = DISPROVE_PASSING,
  },
  {
    .kind = SIDETONE_FINDING_RELAY_FULL,
    .nick = "relay-full", .code = "CALL-21",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_raise_quota,
    .judge_result = judge_capacity,
    .rivals = RIVALS ({
      .nick = "relay-full", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .text = N_("a relay that is full of calls at this moment"),
      .advice = N_("Ask them how many calls the relay carries."),
      .is_excluded = is_no_508,
    }),
    .title = TEXT (N_("The relay gives out no address")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} Calls that need it fail meanwhile.")),
    .advice = TEXT ("{error-advice}"),
    .means = N_("The relay answers, and lends no address: by its settings, or because it is full "
                "of calls."),
    .ask = N_("Does it happen at all hours, or only when many people call?"),
    .try = N_("Check again at another hour."),
    .stop = STOP_ADMINISTRATOR_TWICE,
    .disprove = N_("A check at another hour gets an address: then the relay was full."),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_ERROR,
    .nick = "relay-error", .code = "CALL-22",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_repair_entry,
    .judge_result = judge_oddities,
    .rivals = RIVALS (IMPOSTOR, LOCAL_FIREWALL (sidetone_rules_is_not_cut)),
    .title = VARIANTS {
      { SIDETONE_WHEN_WORKS_OTHERWISE, TRUE, N_("One way to the relay does not work") },
      { SIDETONE_WHEN_ALWAYS, 0, N_("The relay does not work") }
    },
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = VARIANTS {
      { SIDETONE_WHEN_WORKS_OTHERWISE, TRUE,
        N_("{event} That is {entry}; another way to this relay works.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("{event} So calls get no help from {entry}.") }
    },
    .advice = VARIANTS { ODDITY_ADVICE },
    .means = N_("The relay answers with an error, or something else answers in its place. Calls "
                "get no help from it in this way."),
    .ask = ASK_SINCE_WHEN,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = DISPROVE_IMPOSTOR,
  },
  {
    .kind = SIDETONE_FINDING_RELAY_REDIRECTS,
    .nick = "relay-redirects", .code = "CALL-37",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_name_alternate,
    .judge_result = judge_redirect,
    .title = TEXT (N_("The relay sends apps on to another server")),
    /* Translators: {host} is a name or an address, {entry} something like "TURN over UDP,
     * 203.0.113.20 port 3478", {alternate} an address with a port */
    .explanation = TEXT (N_("{host} names {alternate} as the relay to use instead ({entry}), and "
                            "that one was tried here. Apps that can't follow get no relay.")),
    .advice = TEXT (N_("Ask your server's administrator to announce the other server itself.")),
    .means = N_("The relay sends apps on to a second one. Sidetone went there, and not every app "
                "does."),
    .ask = ASK_APP,
    .try = TRY_ANOTHER_APP,
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("Calls of your app get through the relay all the same: then it can follow, "
                   "too."),
  },
  {
    .kind = SIDETONE_FINDING_SERVICE_INSIDE,
    .nick = "service-inside", .code = "CALL-38",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_NOBODY,
    .judge_result = judge_inside,
    .title = TEXT (N_("A call server is in your network")),
    /* Translators: {host} is a name or an address, {entry} something like "TURN over UDP,
     * 203.0.113.20 port 3478" */
    .explanation = TEXT (N_("{host} seems to be in the same network as this computer. What does "
                            "not work from in here ({entry}) says nothing about calls from the "
                            "internet.")),
    .advice = TEXT (N_("Check again from another network, such as your phone's.")),
    .means = N_("The call server seems to be in your own network. From inside, the way to it often "
                "fails, and that proves nothing about the outside."),
    .ask = ASK_SERVER_HERE,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_THAT_COUNTS,
    .disprove = N_("From outside it fails in the same way: then the call server itself has the "
                   "fault."),
  },
};

const SidetoneRules sidetone_relay_rules = { rules, G_N_ELEMENTS (rules) };
