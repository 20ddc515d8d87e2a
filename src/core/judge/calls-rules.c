/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What came of the STUN and TURN servers when they were tried: firewalls, refused credentials and
 * allocations, packet loss, MTU, delay. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_UDP_BLOCKED,
    .nick = "udp-blocked", .code = "CALL-13",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .title = TEXT (N_("This network blocks the usual way of calls")),
    .explanation = VARIANTS {
      { SIDETONE_WHEN_SEVERAL, TRUE,
        N_("No server for calls answers by UDP, by which calls are sent: a firewall in this "
           "network seems to stop it.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Your server for calls answers, but not by UDP, by which calls are sent: a firewall "
           "seems to stop it, most likely in this network.") }
    },
    .consequence = VARIANTS {
      { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_WORKS,
        N_("Calls can go by your server's relay over TCP or TLS, if the program can do that.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("No relay that works over TCP or TLS was found to go around it.") }
    },
    .advice = TEXT (N_("Ask whoever runs this network to let UDP out, or make calls from another "
                       "one.")),
  },
  {
    .kind = SIDETONE_FINDING_SERVICE_SILENT,
    .nick = "service-silent", .code = "CALL-14",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("A server for calls does not answer")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("{host} gave no answer in any of the ways that your server names. It "
                            "may be down, or a firewall here or there stands in between.")),
    .advice = TEXT (N_("Check again from another network, and tell your server's administrator if "
                       "it stays so.")),
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_REFUSED,
    .nick = "credentials-refused", .code = "CALL-15",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay refuses the password it came with")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("Your server gave a password for the relay (TURN) at {host}, and that "
                            "turned it away. So no program can use this relay.")),
    /* Translators: "secret" is a setting of the relay and of the XMPP server */
    .advice = TEXT (N_("Ask your server's administrator to give the XMPP server and its relay the "
                       "same secret.")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_CERTIFICATE,
    .nick = "relay-certificate", .code = "CALL-16",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay's certificate is not good")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} Programs that look at it won't use this way to the server.")),
    .advice = TEXT (N_("Ask your server's administrator for a certificate that fits the relay's "
                       "name.")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_TRANSPORT,
    .nick = "relay-transport", .code = "CALL-17",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("A server for calls answers only partly")),
    /* Translators: {host} is a name or an address, {transport} UDP, TCP or TLS */
    .explanation = TEXT (N_("{host} can't be used over {transport}, though it answers in another "
                            "way. Networks in which only this one is left get no help from it.")),
    .advice = TEXT (N_("Ask your server's administrator whether it listens there, and what its "
                       "firewall lets in.")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_CLOSED,
    .nick = "relay-closed", .code = "CALL-18",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("Nothing can be sent to the relay")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} gave an address to send to, and nothing "
                            "that was sent there arrived. Calls by it begin and stay silent.")),
    .advice = TEXT (N_("Ask your server's administrator to let UDP in at the relay's ports "
                       "(mostly 49152 to 65535).")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_ADDRESS,
    .nick = "relay-address", .code = "CALL-19",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay gives out a wrong address")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} gave an address to send to that does not "
                            "lead to it from the internet. Calls by it begin and stay silent.")),
    /* Translators: the last part names settings of two server programs */
    .advice = TEXT (N_("Ask your server's administrator to tell the relay its address on the "
                       "internet (in coturn external-ip, in ejabberd turn_ipv4_address).")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_FORBIDDEN,
    .nick = "relay-forbidden", .code = "CALL-20",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay forbids what calls need")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} won't pass on packets from this network's "
                            "address, by a rule of its own. Calls by it begin and stay silent.")),
    /* Translators: the last part names a setting of a server program */
    .advice = TEXT (N_("Ask your server's administrator which addresses the relay's rules forbid "
                       "(in coturn denied-peer-ip).")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_FULL,
    .nick = "relay-full", .code = "CALL-21",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay has no place left")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} Calls that need it don't come about meanwhile.")),
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_ERROR,
    .nick = "relay-error", .code = "CALL-22",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay answers with an error")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} So calls get no help from this relay.")),
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_PAIR,
    .nick = "relay-pair", .code = "CALL-23",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
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
    .title = TEXT (N_("A server for calls answers with an error")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} So programs don't learn their address from it.")),
    .advice = TEXT ("{error-advice}"),
  },
};

const SidetoneRules sidetone_calls_rules = { rules, G_N_ELEMENTS (rules) };
