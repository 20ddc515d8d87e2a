/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings of the address check (XEP-0279) where something translates the address or the port: NAT, CGN,
 * NAT64, 464XLAT, NPTv6, a proxy. The last one is for addresses that fit no other finding. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "address/address-scope.h"
#include "judge/inside.h"
#include "seen/nat64-prefix.h"

/* The sentence about the port depends on its translation, which makes calls easier or harder. */
static const SidetoneVariant port_sentences[] = {
  { SIDETONE_WHEN_PORT, SIDETONE_CHANGE_SAME,
    N_("Your port number stays the same, which helps direct calls.") },
  { SIDETONE_WHEN_PORT, SIDETONE_CHANGE_CHANGED,
    N_("Your port number changes too, which makes direct calls harder.") },
  { SIDETONE_WHEN_ALWAYS, 0, N_("Whether your port changes too is not known.") }
};

static gboolean
is_shared (const SidetoneEndpoint *endpoint)
{
  return sidetone_endpoint_get_scope (endpoint) == SIDETONE_ADDRESS_SCOPE_SHARED;
}

static gboolean
is_ipv4 (const SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV4;
}

static gboolean
is_ipv6 (const SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV6;
}

/* The remote address on the internet: behind NAT64, the embedded IPv4 address */
static GInetAddress *
dup_peer_address (const SidetoneAddressFacts *facts)
{
  GInetAddress *address;
  GInetAddress *inside;

  if (facts->peer == NULL)
    return NULL;

  address = sidetone_endpoint_get_address (facts->peer);
  inside = sidetone_nat64_dup_ipv4 (facts->prefixes, address, NULL);

  return inside != NULL ? inside : g_object_ref (address);
}

static gboolean
fits_port_translation (SidetoneAddressFacts   *facts,
                       const SidetoneEndpoint *seen)
{
  return sidetone_address_facts_has_address (facts, seen) &&
         sidetone_address_facts_know_port (facts, seen) && !facts->any_same;
}

/* An address that does not exist on the internet, or the server's own: a proxy in front of the
 * server shows itself instead of the client. It may also be a router that leads back into its own
 * network (hairpinning; RFC 4787, section 6). */
static gboolean
fits_server_behind_proxy (SidetoneAddressFacts   *facts,
                          const SidetoneEndpoint *seen)
{
  g_autoptr (GInetAddress) peer = dup_peer_address (facts);

  if (peer == NULL)
    return FALSE;

  return g_inet_address_equal (peer, sidetone_endpoint_get_address (seen)) ||
         (sidetone_address_scope_is_special (sidetone_endpoint_get_scope (seen)) &&
          sidetone_address_scope_is_public (sidetone_address_scope_of (peer)));
}

/* Every computer has the loopback addresses, and many have the same address of a container network:
 * they do not show that it is this one. And nothing comes from a private address to a public
 * peer. */
static gboolean
fits_rewritten_locally (SidetoneAddressFacts   *facts,
                        const SidetoneEndpoint *seen)
{
  g_autofree char *address = NULL;

  if (sidetone_address_facts_has_address (facts, seen) ||
      sidetone_endpoint_get_scope (seen) == SIDETONE_ADDRESS_SCOPE_LOOPBACK ||
      fits_server_behind_proxy (facts, seen))
    return FALSE;

  address = g_inet_address_to_string (sidetone_endpoint_get_address (seen));
  facts->proof = g_strdup (g_hash_table_lookup (facts->own, address));

  return facts->proof != NULL;
}

static gboolean
fits_carrier_inside (SidetoneAddressFacts   *facts,
                     const SidetoneEndpoint *seen)
{
  return is_ipv4 (facts->local) && sidetone_endpoint_is_private (facts->local) && is_shared (seen);
}

static gboolean
fits_clat (SidetoneAddressFacts   *facts,
           const SidetoneEndpoint *seen)
{
  return sidetone_endpoint_get_scope (facts->local) == SIDETONE_ADDRESS_SCOPE_SERVICE_CONTINUITY &&
         is_ipv4 (seen) && sidetone_endpoint_is_public (seen);
}

static gboolean
fits_nat64 (SidetoneAddressFacts   *facts,
            const SidetoneEndpoint *seen)
{
  g_autoptr (GInetAddress) inside = NULL;
  const SidetoneNat64Prefix *prefix = NULL;

  if (!is_ipv6 (facts->local) || facts->peer == NULL || !is_ipv4 (seen))
    return FALSE;

  inside = sidetone_nat64_dup_ipv4 (facts->prefixes, sidetone_endpoint_get_address (facts->peer),
                                    &prefix);
  if (inside == NULL)
    return FALSE;

  facts->proof = g_strdup (prefix->observation);

  return TRUE;
}

static gboolean
fits_family_changed (SidetoneAddressFacts   *facts,
                     const SidetoneEndpoint *seen)
{
  return facts->local != NULL && is_ipv4 (facts->local) != is_ipv4 (seen);
}

static gboolean
fits_nat (SidetoneAddressFacts   *facts,
          const SidetoneEndpoint *seen)
{
  return is_ipv4 (facts->local) && sidetone_endpoint_is_private (facts->local) && is_ipv4 (seen) &&
         sidetone_endpoint_is_public (seen);
}

static gboolean
fits_cgnat (SidetoneAddressFacts   *facts,
            const SidetoneEndpoint *seen)
{
  return is_shared (facts->local) && is_ipv4 (seen) && sidetone_endpoint_is_public (seen);
}

static gboolean
fits_inner_nat (SidetoneAddressFacts   *facts,
                const SidetoneEndpoint *seen)
{
  return (sidetone_endpoint_is_private (facts->local) || is_shared (facts->local)) &&
         (sidetone_endpoint_is_private (seen) || is_shared (seen)) &&
         !sidetone_address_facts_has_address (facts, seen);
}

static gboolean
fits_nat66 (SidetoneAddressFacts   *facts,
            const SidetoneEndpoint *seen)
{
  return is_ipv6 (facts->local) && sidetone_endpoint_is_private (facts->local) && is_ipv6 (seen) &&
         sidetone_endpoint_is_public (seen);
}

/* The bits after a NAT64 prefix are an IPv4 address, not an interface identifier: they can't be
 * compared. */
static gboolean
fits_prefix_translation (SidetoneAddressFacts   *facts,
                         const SidetoneEndpoint *seen)
{
  GInetAddress *local_address;
  GInetAddress *seen_address;

  if (!is_ipv6 (facts->local) || !sidetone_endpoint_is_public (facts->local) || !is_ipv6 (seen) ||
      !sidetone_endpoint_is_public (seen))
    return FALSE;

  local_address = sidetone_endpoint_get_address (facts->local);
  seen_address = sidetone_endpoint_get_address (seen);

  return sidetone_nat64_match_prefix (facts->prefixes, local_address) == NULL &&
         sidetone_nat64_match_prefix (facts->prefixes, seen_address) == NULL &&
         sidetone_address_is_prefix_swap (local_address, seen_address);
}

static gboolean
fits_translated_public (SidetoneAddressFacts   *facts,
                        const SidetoneEndpoint *seen)
{
  return sidetone_endpoint_is_public (facts->local) && sidetone_endpoint_is_public (seen) &&
         !sidetone_address_facts_has_address (facts, seen);
}

static gboolean
fits_inconclusive (SidetoneAddressFacts   *facts,
                   const SidetoneEndpoint *seen)
{
  return TRUE;
}

/* A router that leads back into its own network (hairpinning) shows its address in that network,
 * near this computer's. */
static gboolean
is_seen_elsewhere (const SidetoneCase         *judged,
                   const SidetoneFindingFacts *facts)
{
  return !sidetone_inside_is_seen_near (judged->evidence);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_PORT_TRANSLATION,
    .nick = "port-translation", .code = "NAT-03",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_SEES_WAY_OUT,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_port_translation,
    .title = TEXT (N_("Your router changes port numbers")),
    .explanation = TEXT (N_("Your server sees this computer's own address, but another port. This "
                            "suggests a router or firewall that rewrites ports, which makes "
                            "direct calls harder.")),
    .advice = TEXT (N_("Turn off port randomization in your router, if it has such a setting.")),
    .means = N_("Your address stays as it is, and something replaces your port. Others then can't "
                "know in advance at which port to reach you."),
    .ask = N_("Is there a firewall or a second router between this computer and the internet?"),
    .try = N_("Turn off port randomization in the router, if it has such a setting."),
    .stop = STOP_ROUTER,
    .disprove = N_("Another network shows the same: then something on this computer or at the "
                   "server changes the port."),
    /* Translators: NAT: network address translation; as short as it can be */
    .between = N_("something that changes the port"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_REWRITTEN_LOCALLY,
    .nick = "rewritten-locally", .code = "NAT-05",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_YOU,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_rewritten_locally,
    .title = TEXT (N_("This computer uses another of its addresses")),
    .explanation = TEXT (N_("Your server sees another of this computer's own addresses than the "
                            "one that was used. This suggests a VPN, a container or a routing "
                            "rule here, and calls may go another way than expected.")),
    .advice = TEXT (N_("Turn off each VPN and container network that you can do without, and check "
                       "again.")),
    .means = N_("This computer has several addresses, and what it sends leaves with another one "
                "than was chosen. A rule on this computer does that, and not the network."),
    .ask = N_("Does a VPN, a virtual machine, or a program for containers such as Docker run "
              "here?"),
    .try = N_("Turn them off one by one, and check after each."),
    .stop = N_("Stop when it stays the same with all of them off. Hand over to the person who set "
               "up this computer."),
    .disprove = N_("Another computer in this network shows the same: then no rule of this computer "
                   "is the cause."),
    .between = N_("a rule of this computer"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_CARRIER_INSIDE,
    .nick = "carrier-inside", .code = "NAT-09",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_NOBODY,
    .traits = SIDETONE_RULE_NAMES_CARRIER,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_carrier_inside,
    .title = TEXT (N_("Your server is on your internet provider's network")),
    .explanation = TEXT (N_("Your router changes your address, and your server sees it before your "
                            "internet provider changes it again. How you look to the rest of the "
                            "internet can't be seen from there.")),
    .advice = TEXT (N_("Check again with an account on a server outside your internet provider's "
                       "network.")),
    .means = N_("Your server is inside your internet provider's network. It sees you before your "
                "address is changed for the rest of the internet."),
    .ask = N_("Does your internet provider also run your server?"),
    .try = N_("Check an account on a server outside your internet provider's network."),
    .stop = STOP_THAT_COUNTS,
    .disprove = N_("A server outside sees the very same address: then nothing changes it after "
                   "your server."),
    .between = N_("your router"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_SERVER_BEHIND_PROXY,
    .nick = "server-behind-proxy", .code = "SRV-01",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_pass_address,
    .fits = fits_server_behind_proxy,
    .rivals = RIVALS ({
      .nick = "inside", .owner = SIDETONE_OWNER_NOBODY,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("a router that leads back into its own network, if the server stands in yours"),
      .advice = N_("Use that result, for from in here this can't be seen."),
      .is_excluded = is_seen_elsewhere,
    }),
    .title = TEXT (N_("A proxy at your server hides your address")),
    .explanation = TEXT (N_("Your server named an address that can't be yours on the internet. "
                            "This suggests a proxy in front of it, so nothing can be said about "
                            "what changes your address.")),
    .advice = TEXT (N_("Ask your server's administrator to let the proxy pass on clients' "
                       "addresses (PROXY protocol).")),
    .means = N_("Your server sees the address of something in front of it, and not yours. Nothing "
                "can be said about what changes your address; calls need not suffer from it."),
    .ask = ASK_SERVER_HERE,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("From another network the server names an address that can be yours: then a "
                   "router here leads back into its own network."),
    .between = N_("something in front of your server"), .translator = N_("Proxy"),
  },
  {
    .kind = SIDETONE_FINDING_CLAT,
    .nick = "clat", .code = "NAT-10",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_PROVIDER,
    .traits = SIDETONE_RULE_SEES_WAY_OUT,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_clat,
    .title = TEXT (N_("Your internet provider tunnels IPv4 through IPv6")),
    .explanation = TEXT (N_("Your network has only IPv6, so your IPv4 address is changed on the "
                            "way and IPv4 calls need help to get through.")),
    .consequence = port_sentences,
    .advice = TEXT (N_("Ask your internet provider whether you can have IPv4 without "
                       "translation.")),
    .means = N_("Your network has only IPv6. What looks like IPv4 on this computer is translated "
                "on the way."),
    .ask = ASK_MOBILE,
    .try = TRY_COMPARE,
    .stop = STOP_COMPARED,
    .disprove = N_("It is the same on a network that has IPv4: then an app on this computer "
                   "translates."),
    /* Translators: 464XLAT: translation from IPv4 to IPv6 and back; as short as it can be */
    .between = N_("your internet provider's translator"), .translator = N_("464XLAT"),
  },
  {
    .kind = SIDETONE_FINDING_NAT64,
    .nick = "nat64", .code = "NAT-06",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_PROVIDER,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_nat64,
    .title = TEXT (N_("Your network has only IPv6, with a translator")),
    .explanation = TEXT (N_("You reach IPv4 through a translator (NAT64), and calls to people with "
                            "IPv4 need help to get through.")),
    .consequence = port_sentences,
    .advice = TEXT (N_("Ask your internet provider whether you can have IPv4 without "
                       "translation.")),
    .means = N_("Your network has only IPv6, and your internet provider's translator makes the way "
                "to IPv4."),
    .ask = ASK_MOBILE,
    .try = TRY_COMPARE,
    .stop = STOP_COMPARED,
    .disprove = N_("In another check on this network your server sees an IPv6 address: then the "
                   "way to it needs no translator."),
    /* Translators: NAT64: translation from IPv6 to IPv4; as short as it can be */
    .between = N_("your internet provider's translator"), .translator = N_("NAT64"),
  },
  {
    .kind = SIDETONE_FINDING_FAMILY_CHANGED,
    .nick = "family-changed", .code = "NAT-08",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_NOBODY,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_family_changed,
    .title = TEXT (N_("Your connection is translated between IPv4 and IPv6")),
    .explanation = VARIANTS {
      { SIDETONE_WHEN_LOCAL_IS_IPV6, TRUE,
        N_("This computer connects by IPv6, but your server sees an IPv4 address. This suggests a "
           "translator or a proxy in between, and calls need help to get through it.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("This computer connects by IPv4, but your server sees an IPv6 address. This suggests a "
           "translator or a proxy in between, and calls need help to get through it.") }
    },
    .advice = TEXT (N_("Check again from another network and compare.")),
    .means = N_("You connect by one version of the internet protocol, and your server sees the "
                "other one. Something in between translates, and it is not known whose it is."),
    .ask = ASK_VPN,
    .try = N_("Turn off the VPN or the proxy, if there is one. Then check from another network, "
              "and compare."),
    .stop = N_("Stop when you know where it happens. In every network: hand over to your server's "
               "administrator. Only in this one: to the person who runs it."),
    .disprove = N_("A second check has the same version at both ends: then only that one "
                   "connection took another way."),
    .between = N_("a translator or a proxy"),
  },
  {
    /* Normal; what its calls may lack is a relay. */
    .kind = SIDETONE_FINDING_NAT,
    .nick = "nat", .code = "NAT-01",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_fix_relay,
    .traits = SIDETONE_RULE_SEES_WAY_OUT,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_nat,
    .title = TEXT (N_("Your router shares one public address (normal)")),
    .explanation = TEXT (N_("As in most homes, your devices share one public address.")),
    .consequence = port_sentences,
    .advice = VARIANTS { RELAY_ADVICE },
    .means = N_("All devices behind your router share one address on the internet. That is normal, "
                "and nearly all homes are like this."),
    .ask = N_("Do calls fail at all? With everyone, or with some people only?"),
    .try = N_("Look at the other findings: this one by itself explains no fault."),
    .stop = N_("Stop here if the relay works, and ask the other person to run Sidetone. Without a "
               "relay, hand over to your server's administrator."),
    .disprove = N_("The router's own page shows another internet address than your server sees: "
                   "then there is one more translation behind it."),
    .between = N_("your router"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_CGNAT,
    .nick = "cgnat", .code = "NAT-02",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_PROVIDER,
    .traits = SIDETONE_RULE_SEES_WAY_OUT | SIDETONE_RULE_NAMES_CARRIER,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_cgnat,
    .title = TEXT (N_("Your internet provider shares one address among customers")),
    .explanation = TEXT (N_("Direct calls often don't get through that. No setting of your router "
                            "can change it.")),
    .advice = TEXT (N_("Ask your internet provider for an IPv4 address of your own, or for IPv6.")),
    .means = N_("Your internet provider gives many customers one address. Nobody outside can begin "
                "a connection to you, so direct calls often fail."),
    .ask = N_("Is this mobile data, or a line at home? Does a VPN such as Tailscale run?"),
    .try = N_("Turn off the VPN, if there is one. Then check over another line, and compare."),
    .stop = STOP_PROVIDER,
    .disprove = N_("It goes away without the VPN, for some use addresses of this kind: then it was "
                   "the VPN."),
    .between = N_("your internet provider's address sharing"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_INNER_NAT,
    .nick = "inner-nat", .code = "NAT-12",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_NOBODY,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_inner_nat,
    .title = TEXT (N_("Your address changes inside a private network")),
    .explanation = TEXT (N_("A router between you and your server changes your address, and both "
                            "of you are behind yet another one. How you look to the internet "
                            "can't be seen from there.")),
    .advice = TEXT (N_("Check again with an account on a server on the internet.")),
    .means = N_("Between you and your server one private network leads into another. The way to "
                "the internet lies behind that, and is not tested."),
    .ask = N_("Is the server in your company, or behind a VPN?"),
    .try = TRY_ANOTHER_SERVER,
    .stop = STOP_THAT_COUNTS,
    .disprove = N_("Without the VPN your server sees an address of the internet: then the VPN was "
                   "the second network."),
    .between = N_("a router between two private networks"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_NAT66,
    .nick = "nat66", .code = "NAT-07",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_SEES_WAY_OUT,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_nat66,
    .title = TEXT (N_("Your router changes your IPv6 address")),
    .explanation = TEXT (N_("Your router hides your IPv6 address, which most routers don't, so "
                            "calls need help to get through.")),
    .consequence = port_sentences,
    .advice = TEXT (N_("Turn off address translation in your router's IPv6 settings.")),
    .means = N_("Your router changes IPv6 addresses as it does IPv4 ones. That is unusual, and "
                "makes direct calls harder."),
    .ask = N_("Did someone set up IPv6 in your router by hand? Is a VPN on?"),
    .try = N_("Turn off the VPN, if there is one. Then turn off address translation in the "
              "router's IPv6 settings, and check again."),
    .stop = STOP_ROUTER,
    .disprove = N_("It goes away without the VPN: then it was the VPN, and not the router."),
    .between = N_("your router"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_PREFIX_TRANSLATION,
    .nick = "prefix-translation", .code = "NAT-11",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_SEES_WAY_OUT,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_prefix_translation,
    .title = TEXT (N_("Your router rewrites your IPv6 prefix")),
    .explanation = TEXT (N_("The part that names your network is swapped on the way, so this "
                            "computer can't tell others its real address without help.")),
    .consequence = port_sentences,
    .advice = TEXT (N_("Turn off prefix translation (NPTv6) in your router's IPv6 settings.")),
    .means = N_("The part of your IPv6 address that names your network is swapped for another one "
                "on the way."),
    .ask = N_("Do you have two internet lines, or is it an office's network?"),
    .try = N_("Turn off prefix translation (NPTv6) in the router's IPv6 settings, and check "
              "again."),
    .stop = STOP_ROUTER,
    .disprove = N_("Another computer in this network keeps its address: then a VPN or a rule on "
                   "this computer swaps it."),
    .between = N_("your router"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_TRANSLATED_PUBLIC,
    .nick = "translated-public", .code = "NAT-04",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_YOU,
    .traits = SIDETONE_RULE_SEES_WAY_OUT,
    .level = SIDETONE_LEVEL_LIMITED,
    .fits = fits_translated_public,
    .title = TEXT (N_("Something replaces your address on the way")),
    .explanation = TEXT (N_("This suggests a VPN, a proxy or a company's firewall, and calls need "
                            "help to get through it.")),
    .consequence = port_sentences,
    .advice = TEXT (N_("Turn off your VPN or proxy, if you use one, and check again.")),
    .means = N_("This computer has an address of the internet, and your server sees another one. "
                "Something on the way puts its own in its place."),
    .ask = ASK_VPN,
    .try = N_("Turn off the VPN or the proxy, and check again."),
    .stop = N_("Stop when it stays the same without them. Hand over to the person who runs this "
               "network."),
    .disprove = N_("Another network shows the same: then the cause is on this computer or at the "
                   "server."),
    .between = N_("a VPN, a proxy or a firewall"), .translator = N_("NAT"),
  },
  {
    .kind = SIDETONE_FINDING_INCONCLUSIVE,
    .nick = "inconclusive", .code = "NAT-99",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_NOBODY,
    .fits = fits_inconclusive,
    .title = TEXT (N_("Can't tell what changes your address")),
    .explanation = TEXT (N_("This computer's address and the one that your server sees fit no "
                            "pattern that is known. Both are shown as they are.")),
    .advice = TEXT (N_("Send the report to the person who looks after your network.")),
    .means = N_("The two addresses fit no pattern that Sidetone knows. That is no fault by "
                "itself."),
    .ask = ASK_VPN,
    .try = TRY_ANOTHER_NETWORK,
    .stop = N_("Stop when both reports are saved. Hand over to the person who looks after this "
               "network."),
    .disprove = N_("A second check here finds something more definite."),
  },
};

const SidetoneRules sidetone_translation_rules = { rules, G_N_ELEMENTS (rules) };
