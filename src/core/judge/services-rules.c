/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What the server announces for calls (XEP-0215: STUN and TURN servers, with credentials):
 * what is missing or can't be right. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

/* What it is to a person who sits here */
static const SidetoneVariant lack_sentences[] = {
  { SIDETONE_WHEN_IN_THE_OPEN, TRUE,
    N_("Nothing changes your address on the way, so your calls may do without.") },
  { SIDETONE_WHEN_ALWAYS, 0,
    N_("Calls between people behind routers then often find no way.") }
};

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_NO_SERVICES,
    .nick = "no-services", .code = "CALL-01",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("Your server offers nothing for calls")),
    .explanation = TEXT (N_("It names no server that tells programs their address (STUN), and "
                            "none that relays calls (TURN).")),
    .consequence = lack_sentences,
    /* Translators: the last part names modules of two server programs */
    .advice = TEXT (N_("Ask your server's administrator to offer STUN and TURN (XEP-0215; in "
                       "ejabberd mod_stun_disco, in Prosody mod_turn_external).")),
  },
  {
    .kind = SIDETONE_FINDING_NO_RELAY,
    .nick = "no-relay", .code = "CALL-02",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("Your server offers no relay for calls")),
    .explanation = TEXT (N_("It names a server that tells programs their address (STUN), but none "
                            "that relays calls (TURN).")),
    .consequence = lack_sentences,
    .advice = TEXT (N_("Ask your server's administrator to offer a relay too (TURN).")),
  },
  {
    .kind = SIDETONE_FINDING_SERVICES_FORBIDDEN,
    .nick = "services-forbidden", .code = "CALL-03",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("Your server won't tell what calls can use")),
    .explanation = TEXT (N_("Your server does not let this account ask which servers there are "
                            "for calls. So programs that sign in with it get no help for calls.")),
    /* Translators: the last part names a setting of a server program */
    .advice = TEXT (N_("Ask your server's administrator to let your account ask (in ejabberd the "
                       "access rule of mod_stun_disco).")),
  },
  {
    .kind = SIDETONE_FINDING_SERVICES_UNKNOWN,
    .nick = "services-unknown", .code = "CALL-04",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("What your server offers for calls is unknown")),
    /* Translators: {services-event} is a sentence about why a server did not tell */
    .explanation = TEXT (N_("{services-event} So programs get no help for calls from it in this "
                            "way.")),
    .advice = TEXT (N_("Check again, and send the report to your server's administrator if it "
                       "stays so.")),
  },
  {
    .kind = SIDETONE_FINDING_NO_CREDENTIALS,
    .nick = "no-credentials", .code = "CALL-05",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("Your server offers its relay without a password")),
    .explanation = TEXT (N_("A relay (TURN) wants a name and a password, and your server gave "
                            "none with it. Most programs then leave the relay out.")),
    .advice = TEXT (N_("Ask your server's administrator to have the server give a password with "
                       "each relay.")),
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_MISSING,
    .nick = "credentials-missing", .code = "CALL-06",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("Not every relay came with a password")),
    /* Translators: {host} is a name or an address, with a port */
    .explanation = TEXT (N_("A relay (TURN) wants a name and a password, and your server gave "
                            "none with {host}. Most programs then leave that one out.")),
    .advice = TEXT (N_("Ask your server's administrator to have the server give a password with "
                       "each relay.")),
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_EXPIRED,
    .nick = "credentials-expired", .code = "CALL-07",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay's password has run out")),
    .explanation = TEXT (N_("By your server's own clock, the password that it gave for its relay "
                            "(TURN) is too old. Relays turn such a password away.")),
    .advice = TEXT (N_("Ask your server's administrator to let these passwords last for an hour "
                       "or more.")),
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_SHORT,
    .nick = "credentials-short", .code = "CALL-08",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay's password soon runs out")),
    .explanation = TEXT (N_("By your server's own clock, the password that it gave for its relay "
                            "(TURN) is good for less than ten minutes. A call that lasts longer "
                            "may lose the relay.")),
    .advice = TEXT (N_("Ask your server's administrator to let these passwords last for an hour "
                       "or more.")),
  },
  {
    .kind = SIDETONE_FINDING_NO_RELAY_OVER_TCP,
    .nick = "no-relay-over-tcp", .code = "CALL-09",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay for calls speaks UDP only")),
    .explanation = TEXT (N_("Some networks, as in companies and hotels, let no UDP out. From "
                            "there only a relay (TURN) that speaks TCP or TLS can be of help.")),
    .advice = TEXT (N_("Ask your server's administrator to offer the relay over TLS too, best at "
                       "port 443.")),
  },
  {
    .kind = SIDETONE_FINDING_NO_RELAY_OVER_UDP,
    .nick = "no-relay-over-udp", .code = "CALL-29",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay for calls does not speak UDP")),
    .explanation = TEXT (N_("Calls are sent by UDP, and a relay (TURN) that wants TCP or TLS "
                            "holds them up when packets get lost. Some programs, such as Dino, "
                            "use a relay over UDP alone.")),
    .advice = TEXT (N_("Ask your server's administrator to offer the relay over UDP too.")),
  },
  {
    .kind = SIDETONE_FINDING_SERVICE_NOT_FOUND,
    .nick = "service-not-found", .code = "CALL-10",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("A server for calls was not found")),
    /* Translators: {host} is a name */
    .explanation = TEXT (N_("Your server names {host} for calls, and the name server knows no "
                            "address of it. So no program can use it.")),
    .advice = TEXT (N_("Ask your server's administrator to correct the name, or to give it an "
                       "address.")),
  },
  {
    .kind = SIDETONE_FINDING_SERVICE_PRIVATE,
    .nick = "service-private", .code = "CALL-11",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("A server for calls has a private address")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("Your server names {host} for calls, whose address means nothing on "
                            "the internet. People outside its network can't use it.")),
    .advice = TEXT (N_("Ask your server's administrator to announce an address of the internet "
                       "instead.")),
  },
  {
    .kind = SIDETONE_FINDING_SERVICES_IPV4_ONLY,
    .nick = "services-ipv4-only", .code = "CALL-12",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The servers for calls have no IPv6 address")),
    .explanation = TEXT (N_("This computer has IPv6 alone, and what your server names for calls "
                            "has IPv4 addresses alone. Most programs find no way from the one to "
                            "the other.")),
    .advice = TEXT (N_("Ask your server's administrator to announce names, or IPv6 addresses "
                       "too.")),
  },
  {
    .kind = SIDETONE_FINDING_RELAYS_IPV6_ONLY,
    .nick = "relays-ipv6-only", .code = "CALL-30",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("The relay for calls has no IPv4 address")),
    .explanation = TEXT (N_("What your server names as a relay (TURN) has IPv6 addresses alone, "
                            "and many networks have no IPv6. Some programs, such as Dino, look "
                            "for an IPv4 address alone.")),
    .advice = TEXT (N_("Ask your server's administrator to give the relay an IPv4 address too.")),
  },
};

const SidetoneRules sidetone_services_rules = { rules, G_N_ELEMENTS (rules) };
