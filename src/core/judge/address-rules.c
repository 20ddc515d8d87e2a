/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings of the address check (XEP-0279), which compares this computer's address with the one that the
 * server sees: first those without an answer, then those without a translation (NAT). */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "address/address-scope.h"

static const SidetoneVariant unmade_explanations[] = {
  { SIDETONE_WHEN_SERVER_TEXT, TRUE, "{answer}" },
  /* Translators: {event} is a sentence about why the server named no address */
  { SIDETONE_WHEN_ALWAYS, 0, N_("{event} This says nothing about whether calls work.") }
};

static gboolean
is_fake (const SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV4 &&
         sidetone_endpoint_get_scope (endpoint) == SIDETONE_ADDRESS_SCOPE_BENCHMARKING;
}

static gboolean
fits_local_proxy (SidetoneAddressFacts   *facts,
                  const SidetoneEndpoint *seen)
{
  return is_fake (facts->local) || is_fake (facts->peer);
}

static gboolean
fits_same_computer (SidetoneAddressFacts   *facts,
                    const SidetoneEndpoint *seen)
{
  return sidetone_endpoint_get_scope (facts->local) == SIDETONE_ADDRESS_SCOPE_LOOPBACK &&
         sidetone_endpoint_get_scope (seen) == SIDETONE_ADDRESS_SCOPE_LOOPBACK;
}

/* Of several answers, one with a port says more than one without. */
static gboolean
fits_port_unknown (SidetoneAddressFacts   *facts,
                   const SidetoneEndpoint *seen)
{
  return sidetone_address_facts_has_address (facts, seen) && !facts->any_same_with_port;
}

/* A link-local address ends at the next router: a server that sees it is on the same network. */
static gboolean
fits_same_network (SidetoneAddressFacts   *facts,
                   const SidetoneEndpoint *seen)
{
  return sidetone_address_facts_is_same (facts, seen) &&
         (sidetone_endpoint_is_private (seen) ||
          sidetone_endpoint_get_scope (seen) == SIDETONE_ADDRESS_SCOPE_SHARED ||
          sidetone_endpoint_get_scope (seen) == SIDETONE_ADDRESS_SCOPE_LINK_LOCAL);
}

static gboolean
fits_no_nat (SidetoneAddressFacts   *facts,
             const SidetoneEndpoint *seen)
{
  return sidetone_address_facts_is_same (facts, seen) && sidetone_endpoint_is_public (seen);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_NOT_OFFERED,
    .nick = "not-offered", .code = "SRV-02",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_offer_check,
    .title = TEXT (N_("Your server has no address check")),
    .explanation = VARIANTS {
      { SIDETONE_WHEN_SERVER_TEXT, TRUE, "{answer}" },
      { SIDETONE_WHEN_ANNOUNCED, TRUE,
        N_("Your server announces the address check, and then does not make it. This says nothing "
           "about whether calls work.") },
      /* Translators: {event} is a sentence about why the server named no address */
      { SIDETONE_WHEN_ALWAYS, 0, N_("{event} This says nothing about whether calls work.") }
    },
    .advice = TEXT (N_("Ask your server's administrator to turn on the address check (XEP-0279).")),
    .means = N_("Your server can't say which address it sees. That is no fault of calls: one test "
                "is missing, and the others count."),
    .ask = N_("Do calls fail, or do you only want to know what changes your address?"),
    .try = TRY_OTHER_FINDINGS,
    .stop = N_("Stop here if calls work. Hand over to your server's administrator only if you miss "
               "the address."),
    .disprove = DISPROVE_ACCOUNT,
  },
  {
    .kind = SIDETONE_FINDING_FORBIDDEN,
    .nick = "forbidden", .code = "SRV-03",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_allow_check,
    .title = TEXT (N_("Your server doesn't allow the address check")),
    .explanation = unmade_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("Your server can say which address it sees, and does not do so for your account. "
                "That says nothing about calls."),
    .ask = ASK_GUEST,
    .try = TRY_ANOTHER_ACCOUNT,
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("The same account is told its address in a later check: then the server's rule "
                   "has changed since."),
  },
  {
    .kind = SIDETONE_FINDING_NO_ANSWER,
    .nick = "no-answer", .code = "SRV-04",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_repair_check,
    .title = TEXT (N_("Your server didn't answer the address check")),
    .explanation = unmade_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("Your server was asked for your address and stayed silent, though you were signed "
                "in. It may be busy."),
    .ask = ASK_SLOW,
    .try = TRY_LATER,
    .stop = STOP_ADMINISTRATOR_TWICE,
    .disprove = DISPROVE_PASSING,
  },
  {
    .kind = SIDETONE_FINDING_BAD_ANSWER,
    .nick = "bad-answer", .code = "SRV-05",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_repair_check,
    .title = TEXT (N_("Your server's answer has no usable address")),
    .explanation = unmade_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("Your server answered, but with no address that can be used. That says nothing "
                "about calls."),
    .ask = ASK_UPDATED,
    .try = N_("Check again once, to see whether the answer stays the same."),
    .stop = STOP_ADMINISTRATOR_TWICE,
    .disprove = DISPROVE_PASSING,
  },
  {
    .kind = SIDETONE_FINDING_LOCAL_PROXY,
    .nick = "local-proxy", .code = "LOC-01",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_YOU,
    .fits = fits_local_proxy,
    .title = TEXT (N_("A proxy on this computer stands in between")),
    .explanation = TEXT (N_("A proxy on this computer, such as Clash or a VPN app, gives out "
                            "addresses of its own and connects in your place. That is no fault, but "
                            "calls can't be tested through it.")),
    .advice = TEXT (N_("Turn the proxy off in the app that it belongs to, and check again.")),
    .means = N_("An app on this computer takes all connections and makes them itself. It hands out "
                "addresses that exist nowhere else, so nothing behind it can be tested."),
    .ask = N_("Which VPN, proxy or ad-blocking app runs on this computer?"),
    .try = N_("Turn that app off, and check again."),
    .stop = N_("Stop when the check without the app is good: then make calls without it. On a "
               "company's computer, hand over to the company's support."),
    .disprove = N_("It stays the same when no such app runs: then the network itself hands out "
                   "such addresses."),
    .between = N_("a proxy on this computer"), .translator = N_("Proxy"),
  },
  {
    .kind = SIDETONE_FINDING_SAME_COMPUTER,
    .nick = "same-computer", .code = "LAN-02",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_NOBODY,
    .fits = fits_same_computer,
    .title = TEXT (N_("Your server runs on this computer")),
    .explanation = TEXT (N_("The check never left this computer. It says nothing about calls to "
                            "people elsewhere.")),
    .advice = TEXT (N_("Check again with an account on a server on the internet.")),
    .means = N_("The server runs on this very computer. Nothing left it, so nothing is known about "
                "the way to other people."),
    .ask = N_("Did you mean to test a server of your own, here on this computer?"),
    .try = TRY_ANOTHER_SERVER,
    .stop = STOP_THAT_COUNTS,
    .disprove = N_("The server is elsewhere, after all: then a tunnel or a proxy on this computer "
                   "leads to it."),
    .between = N_("nothing that changes the address"),
  },
  {
    .kind = SIDETONE_FINDING_PORT_UNKNOWN,
    .nick = "port-unknown", .code = "NAT-13",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_repair_check,
    .fits = fits_port_unknown,
    .title = TEXT (N_("Your server named no port")),
    .explanation = TEXT (N_("Your server sees this computer's own address. Whether something "
                            "changes your port on the way can't be known from that.")),
    .advice = TEXT (N_("Ask your server's administrator for an address check that names the port "
                       "too (XEP-0279).")),
    .means = N_("Your server sees this computer's own address, so nothing changes it. It does not "
                "say at which port it sees you."),
    .ask = N_("Do calls fail at all? If they work, this does not matter."),
    .try = TRY_OTHER_FINDINGS,
    .stop = N_("Stop here: it is a gap in the server's answer and no fault. Your server's "
               "administrator can close it."),
    .disprove = N_("An account on another server is told another address from here: then something "
                   "changes it after all."),
    .between = N_("nothing that changes the address"),
  },
  {
    .kind = SIDETONE_FINDING_SAME_NETWORK,
    .nick = "same-network", .code = "LAN-01",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_NOBODY,
    .fits = fits_same_network,
    .title = TEXT (N_("Your server is on your own network")),
    .explanation = TEXT (N_("Your server is on this network. So only calls within it can be "
                            "judged.")),
    .advice = TEXT (N_("Check again with an account on a server on the internet.")),
    .means = N_("Your server is in the same network as this computer. The way to the internet is "
                "not tested."),
    .ask = N_("Is the server in your home or in your office?"),
    .try = N_("Check an account on a server on the internet, or check from another network."),
    .stop = STOP_THAT_COUNTS,
    .disprove = N_("The server is elsewhere, after all: then a VPN brings this computer into its "
                   "network."),
    .between = N_("nothing that changes the address"),
  },
  {
    .kind = SIDETONE_FINDING_NO_NAT,
    .nick = "no-nat", .code = "NAT-00",
    .severity = SIDETONE_SEVERITY_GOOD, .owner = SIDETONE_OWNER_NOBODY,
    .traits = SIDETONE_RULE_SEES_WAY_OUT,
    .level = SIDETONE_LEVEL_GOOD,
    .fits = fits_no_nat,
    .title = TEXT (N_("Nothing changes your address")),
    .explanation = TEXT (N_("Your server sees this computer's own address and port, so direct "
                            "calls have the best chance. A firewall may still stand in the way.")),
    .advice = TEXT (N_("If calls still fail, check this computer's firewall.")),
    .means = N_("This computer has an address of its own on the internet, and nothing changes it. "
                "Calls can't have it better."),
    .ask = N_("Which firewall runs on this computer?"),
    .try = N_("If calls fail, allow your app in this computer's firewall."),
    .stop = N_("Stop here: nothing on this side needs to be fixed. Ask the other person to run "
               "Sidetone."),
    .disprove = N_("A call server sees another address than your server does (NAT-15): then calls "
                   "take another way."),
    .between = N_("nothing that changes the address"),
  },
};

const SidetoneRules sidetone_address_rules = { rules, G_N_ELEMENTS (rules) };
