/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What is done to UDP on the way: NAT mapping (RFC 4787), binding lifetime, carrier-grade NAT
 * behind a router, double NAT. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_MAPPING_DEPENDENT,
    .nick = "mapping-dependent", .code = "NAT-14",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_WANTS_RELAY,
    .title = TEXT (N_("Calls from this network often need a relay")),
    .explanation = TEXT (N_("Your router or provider gives this computer another address or port "
                            "for each one that it sends to, so it can't tell others where to "
                            "reach it. A relay (TURN) is then the only way to most people behind "
                            "a router.")),
    .advice = VARIANTS {
      { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_WORKS,
        N_("Use a program for calls that can take your server's relay (TURN).") },
      RELAY_ADVICE
    },
  },
  {
    .kind = SIDETONE_FINDING_SEVERAL_WAYS_OUT,
    .nick = "several-ways-out", .code = "NAT-15",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_YOU,
    .title = TEXT (N_("Calls and messages leave by different addresses")),
    .explanation = TEXT (N_("Your server and a server for calls see this computer at different "
                            "addresses. This suggests two lines, a VPN for a part of what is "
                            "sent, or a provider with several addresses for you.")),
    .advice = TEXT (N_("Switch off your VPN, if you use one, and check again to compare.")),
  },
  {
    .kind = SIDETONE_FINDING_SHORT_LIFETIME,
    .nick = "short-lifetime", .code = "NAT-16",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .title = TEXT (N_("Your network closes silent calls too soon")),
    /* Translators: {number} is a number of seconds */
    .explanation = TEXT (N_("After {number} seconds without a packet nothing is let in any more, "
                            "and programs may send one every 15 seconds alone to keep a way open. "
                            "Calls that are on hold or silent can break off then.")),
    /* Translators: UDP timeout is a setting of many routers */
    .advice = TEXT (N_("Set the UDP timeout of your router to two minutes or more.")),
  },
  {
    .kind = SIDETONE_FINDING_CARRIER_BEHIND_ROUTER,
    .nick = "carrier-behind-router", .code = "NAT-17",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_PROVIDER,
    .title = TEXT (N_("Your provider changes your address once more")),
    .explanation = TEXT (N_("Your router has no public address: your provider changes the address "
                            "once more, to one that many customers have. Direct calls often don't "
                            "get through that, and no setting of your router can change it.")),
    .advice = TEXT (N_("Ask your provider for an IPv4 address of your own, or for IPv6.")),
  },
  {
    .kind = SIDETONE_FINDING_SECOND_ROUTER,
    .nick = "second-router", .code = "NAT-18",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ROUTER,
    .title = TEXT (N_("There is another router behind your router")),
    .explanation = TEXT (N_("The address that others see is not your router's, but that of "
                            "another one further on: a second one where you are, or one of your "
                            "provider's. Opening ports in your own router is not enough then to "
                            "be reached directly.")),
    /* Translators: bridge mode is a setting of many routers, by which they translate nothing */
    .advice = TEXT (N_("Look whether there are two routers where you are, and if so set one of "
                       "them to bridge mode.")),
  },
};

const SidetoneRules sidetone_nat_rules = { rules, G_N_ELEMENTS (rules) };
