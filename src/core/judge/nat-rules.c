/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The findings about NATs: mapping (RFC 4787), binding lifetime, carrier-grade NAT behind a router,
 * double NAT. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "address/address-scope.h"
#include "judge/lifetime-check.h"
#include "judge/nat-check.h"
#include "seen/lifetime.h"
#include "seen/path.h"

static gboolean
judge_mapping (const SidetoneCase *judged,
               SidetoneProof      *proof)
{
  sidetone_proof_add (proof, sidetone_nat_check_find (judged->evidence));

  return sidetone_nat_check_is_dependent (judged->evidence);
}

static gboolean
is_public (SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_address_scope_is_public (
    sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint)));
}

/* A server that does not see this computer's address can't contradict STUN. */
static gboolean
is_seen_by_server (const SidetoneEvidence *evidence)
{
  const SidetoneAddressCheck *check = sidetone_evidence_get_address_check (evidence);

  return check != NULL &&
         (sidetone_rules_find (check->kind)->traits & SIDETONE_RULE_SEES_WAY_OUT) != 0;
}

/* TCP to the XMPP server and UDP to STUN should share one external address. An IPv6 computer has
 * several local addresses, so only equal ones can be compared. */
static gboolean
contradicts (SidetoneObservation *server_ip,
             SidetoneObservation *nat)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (server_ip);
  SidetoneEndpoint *seen = sidetone_observation_get_seen (server_ip);
  SidetoneEndpoint *own = sidetone_observation_get_local (nat);
  SidetoneEndpoint *mapped = sidetone_observation_get_seen (nat);

  if (local == NULL || own == NULL || !is_public (seen) || !is_public (mapped) ||
      sidetone_endpoint_get_family (local) != sidetone_endpoint_get_family (own) ||
      sidetone_endpoint_get_family (seen) != sidetone_endpoint_get_family (mapped))
    return FALSE;
  if (sidetone_endpoint_get_family (own) == G_SOCKET_FAMILY_IPV6 &&
      !sidetone_endpoint_equal_address (own, local))
    return FALSE;

  return !sidetone_endpoint_equal_address (seen, mapped);
}

static gboolean
judge_ways_out (const SidetoneCase *judged,
                SidetoneProof      *proof)
{
  SidetoneObservation *server_ip = sidetone_evidence_get_last (judged->evidence,
                                                               SIDETONE_OBSERVATION_SERVER_IP);
  GPtrArray *nats = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_NAT);

  if (!is_seen_by_server (judged->evidence))
    return FALSE;

  for (guint i = 0; i < nats->len; i++)
    {
      if (sidetone_observation_get_state (nats->pdata[i]) == SIDETONE_STATE_PASSED &&
          contradicts (server_ip, nats->pdata[i]) &&
          !sidetone_calls_check_is_server (&judged->calls,
                                           sidetone_observation_get_seen (nats->pdata[i])))
        {
          sidetone_proof_add (proof, server_ip);
          sidetone_proof_add (proof, nats->pdata[i]);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
judge_lifetime (const SidetoneCase *judged,
                SidetoneProof      *proof)
{
  GPtrArray *lifetimes = sidetone_evidence_get_kind (judged->evidence,
                                                     SIDETONE_OBSERVATION_LIFETIME);

  for (guint i = 0; i < lifetimes->len; i++)
    {
      gint64 closed_ms = sidetone_observation_get_lifetime (lifetimes->pdata[i])->closed_ms;

      if (!sidetone_lifetime_check_is_short (lifetimes->pdata[i]))
        continue;

      sidetone_proof_add (proof, lifetimes->pdata[i]);
      proof->facts.number = MAX (1, closed_ms / 1000);
      return TRUE;
    }

  return FALSE;
}

/* If the nearest router forwards packets to the external address, that address is another router's.
 * In a tunnel, the routers are not this network's. And a provider's translation that the address
 * check has found need not be reported twice. */
static SidetoneObservation *
find_path (const SidetoneEvidence *evidence)
{
  const SidetoneAddressCheck *check = sidetone_evidence_get_address_check (evidence);
  GPtrArray *paths = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_PATH);

  if (sidetone_evidence_get_tunnels (evidence) != NULL ||
      (check != NULL &&
       (sidetone_rules_find (check->kind)->traits & SIDETONE_RULE_NAMES_CARRIER) != 0))
    return NULL;

  for (guint i = 0; i < paths->len; i++)
    {
      if (sidetone_observation_get_path (paths->pdata[i])->passed_on == SIDETONE_TRUTH_YES)
        return paths->pdata[i];
    }

  return NULL;
}

/* A shared or a private address tells whose the other router may be: up to the first public one,
 * because routers after that are not near. */
static gboolean
has_router (SidetoneObservation *path,
            gboolean (          *is_such ) (SidetoneAddressScope scope))
{
  GPtrArray *routers = path != NULL ? sidetone_observation_get_path (path)->routers : NULL;

  for (guint i = 1; routers != NULL && i < routers->len; i++)
    {
      SidetoneAddressScope scope = sidetone_address_scope_of (
        sidetone_endpoint_get_address (routers->pdata[i]));

      if (sidetone_address_scope_is_public (scope))
        return FALSE;
      if (is_such (scope))
        return TRUE;
    }

  return FALSE;
}

/* A provider's own addresses: for carrier-grade NAT (RFC 6598), and for DS-Lite, where IPv4 goes
 * through IPv6 to the provider's NAT (RFC 6333) */
static gboolean
is_providers (SidetoneAddressScope scope)
{
  return scope == SIDETONE_ADDRESS_SCOPE_SHARED ||
         scope == SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY;
}

static gboolean
judge_carrier (const SidetoneCase *judged,
               SidetoneProof      *proof)
{
  SidetoneObservation *path = find_path (judged->evidence);

  sidetone_proof_add (proof, path);

  return has_router (path, is_providers);
}

static gboolean
judge_second_router (const SidetoneCase *judged,
                     SidetoneProof      *proof)
{
  SidetoneObservation *path = find_path (judged->evidence);

  sidetone_proof_add (proof, path);

  return has_router (path, sidetone_address_scope_is_private) && !has_router (path, is_providers);
}

/* The differential diagnosis: whose NAT it is */

/* If the nearest router does not forward packets to the external address, it has that address
 * itself: no other NAT lies behind it. */
static gboolean
has_router_the_address (const SidetoneCase         *judged,
                        const SidetoneFindingFacts *facts)
{
  GPtrArray *paths = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_PATH);

  for (guint i = 0; i < paths->len; i++)
    {
      if (sidetone_observation_get_path (paths->pdata[i])->passed_on == SIDETONE_TRUTH_NO)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_there_a_tunnel (const SidetoneCase         *judged,
                   const SidetoneFindingFacts *facts)
{
  return sidetone_evidence_get_tunnels (judged->evidence) != NULL;
}

/* Whether two call servers see the same address: that is no proxy of either. */
static gboolean
do_several_see_it (const SidetoneCase         *judged,
                   const SidetoneFindingFacts *facts)
{
  GPtrArray *results = sidetone_evidence_get_results (judged->evidence);
  const SidetoneServiceResult *first = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (result->server == NULL || result->mapped == NULL || !is_public (result->mapped) ||
          !sidetone_service_result_is_over_udp (result))
        continue;

      if (first == NULL)
        first = result;
      else if (!sidetone_endpoint_equal_address (first->server, result->server) &&
               sidetone_endpoint_equal_address (first->mapped, result->mapped))
        return TRUE;
    }

  return FALSE;
}

#define PROVIDERS_NAT(excluded) \
  { \
    .nick = "providers-nat", .owner = SIDETONE_OWNER_PROVIDER, \
    .text = N_("your internet provider's equipment"), \
    .advice = N_("Ask your internet provider for an IPv4 address of your own, or for IPv6."), \
    .is_excluded = (excluded), \
  }

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_MAPPING_DEPENDENT,
    .nick = "mapping-dependent", .code = "NAT-14",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_fix_relay,
    .traits = SIDETONE_RULE_WANTS_RELAY,
    .judge = judge_mapping,
    .rivals = RIVALS (VPN, PROVIDERS_NAT (has_router_the_address)),
    .title = VARIANTS {
      { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_WORKS, N_("Most calls from here go through the relay") },
      { SIDETONE_WHEN_ALWAYS, 0, N_("Most calls from here need a relay") }
    },
    .explanation = VARIANTS {
      { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_WORKS,
        N_("Your router gives this computer another address or port for everyone that it talks to, "
           "so nobody can be told where to reach it. Your server's relay (TURN) works, and passes "
           "these calls on.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Your router gives this computer another address or port for everyone that it talks to, "
           "so nobody can be told where to reach it. A relay (TURN) is then the only way to most "
           "people behind a router.") }
    },
    .advice = VARIANTS {
      { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_WORKS,
        N_("Use an app that can use your server's relay (TURN).") },
      RELAY_ADVICE
    },
    .means = N_("Your router uses another address or port for each place that you send to. Nobody "
                "can know in advance where to reach you, so calls need the relay."),
    .ask = N_("Is a VPN on? Is this mobile data, or a company's network?"),
    .try = TRY_WITHOUT_VPN,
    .stop = N_("Stop here if the relay works: calls get through it. Without a relay, hand over to "
               "your server's administrator."),
    .disprove = DISPROVE_PROVIDER,
  },
  {
    .kind = SIDETONE_FINDING_SEVERAL_WAYS_OUT,
    .nick = "several-ways-out", .code = "NAT-15",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_YOU,
    .remedy = sidetone_remedy_keep_sender,
    .judge = judge_ways_out,
    .rivals = RIVALS ({
      .nick = "several-addresses", .owner = SIDETONE_OWNER_PROVIDER,
      .act = SIDETONE_ACT_WITHOUT_VPN, .goes_away = FALSE,
      .text = N_("an internet provider with several addresses for you"),
      .advice = N_("Ask your internet provider for one address of your own."),
      .is_excluded = is_there_a_tunnel,
    }, {
      .nick = "call-servers-proxy", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE,
      .text = N_("a proxy in front of the call server, whose address it takes for yours"),
      .advice = N_("Ask your server's administrator to let packets in to the call server with their "
                   "own sender address (no SNAT or masquerading there)."),
      .is_excluded = do_several_see_it,
    }),
    .title = TEXT (N_("Calls and messages use different addresses")),
    .explanation = TEXT (N_("Your server and a call server see this computer at different "
                            "addresses. This suggests a VPN for a part of what is sent, or two "
                            "lines.")),
    .advice = TEXT (N_("Make calls without the VPN.")),
    .means = N_("Your messages and your calls leave by different ways, each with an address of its "
                "own."),
    .ask = N_("Is a VPN on for some apps only? Do you have two internet lines?"),
    .try = TRY_WITHOUT_VPN,
    .stop = N_("Stop when it stays the same without a VPN. Hand over to the person who runs this "
               "network, or to the internet provider."),
    .disprove = N_("It stays the same without any VPN, and there is one line only: then your "
                   "internet provider has several addresses for you."),
  },
  {
    .kind = SIDETONE_FINDING_SHORT_LIFETIME,
    .nick = "short-lifetime", .code = "NAT-16",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_ABOUT_LINE | SIDETONE_RULE_SPOILS_CALLS,
    .judge = judge_lifetime,
    .rivals = RIVALS (VPN, PROVIDERS_NAT (has_router_the_address)),
    .title = TEXT (N_("Your router drops quiet calls too soon")),
    /* Translators: {number} is a number of seconds */
    .explanation = TEXT (N_("After {number} seconds of silence your router lets nothing in, and "
                            "apps may send something only every 15 seconds to keep the way open. "
                            "Calls that are on hold or silent can break off then.")),
    /* Translators: UDP timeout is a setting of many routers */
    .advice = TEXT (N_("Set the UDP timeout of your router to two minutes or more.")),
    .means = N_("When nobody speaks, your router closes the way of a call after a few seconds. "
                "Nothing gets in then until this computer sends something."),
    .ask = N_("Do calls break off when they are muted or on hold?"),
    .try = N_("Turn off the VPN, if there is one. Then set the UDP timeout of the router to two "
              "minutes or more, and check again."),
    .stop = STOP_ROUTER,
    .disprove = DISPROVE_PROVIDER,
  },
  {
    .kind = SIDETONE_FINDING_CARRIER_BEHIND_ROUTER,
    .nick = "carrier-behind-router", .code = "NAT-17",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_PROVIDER,
    .judge = judge_carrier,
    .title = TEXT (N_("Your internet provider adds a second NAT")),
    .explanation = TEXT (N_("Your router has no public address: your internet provider changes the "
                            "address once more, to one that many customers share. Direct calls "
                            "often don't get through that, and no setting of your router can "
                            "change it.")),
    .advice = TEXT (N_("Ask your internet provider for an IPv4 address of your own, or for IPv6.")),
    .means = N_("Behind your router, your internet provider changes your address once more, to one "
                "that many customers share."),
    .ask = N_("Which internet address does your router show on its own page?"),
    .try = N_("Compare that address with the one that your server sees."),
    .stop = STOP_PROVIDER,
    .disprove = N_("The router shows the very address that your server sees: then nothing behind "
                   "it changes your address."),
    .between = N_("your internet provider"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_SECOND_ROUTER,
    .nick = "second-router", .code = "NAT-18",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ROUTER,
    .judge = judge_second_router,
    .rivals = RIVALS (PROVIDERS_NAT (sidetone_rules_never)),
    .title = TEXT (N_("You are behind two routers")),
    .explanation = TEXT (N_("The address that others see is not your router's, but that of "
                            "another one further on. Opening ports in your own router is not enough then to "
                            "be reached directly.")),
    /* Translators: bridge mode is a setting of many routers, by which they translate nothing */
    .advice = TEXT (N_("If you have two routers, set one of them to bridge mode.")),
    .means = N_("Two routers stand one behind the other, and each of them changes your address."),
    .ask = N_("Do you have a box of your internet provider and a router of your own?"),
    .try = N_("Set one of them to bridge mode, and check again."),
    .stop = N_("Stop when there is only one router in the house. Hand over to the internet "
               "provider, with the report."),
    .disprove = N_("There is only one router in the house: then the second one is your internet "
                   "provider's."),
    .between = N_("a second router, or your internet provider"), .translator = N_("NAT"),
  },
};

const SidetoneRules sidetone_nat_rules = { rules, G_N_ELEMENTS (rules) };
