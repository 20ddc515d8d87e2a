/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/proof.h"
#include "judge/remedy.h"

G_BEGIN_DECLS

/* Shared by the *-rules.c files, one for each subject */

/* A text for all cases, and texts for several */
#define TEXT(text) ((const SidetoneVariant[]) { { SIDETONE_WHEN_ALWAYS, 0, text } })
#define VARIANTS (const SidetoneVariant[])

/* The list of a row's rivals */
#define RIVALS(...) ((const SidetoneRival[]) { __VA_ARGS__, { 0 } })

/* For calls that need a relay */
#define RELAY_ADVICE \
  { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_OFFERED, \
    N_("If calls fail, ask your server's administrator about the relay for calls (TURN): the " \
       "server offers one, and it was not tested here.") }, \
  { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_NOT_OFFERED, \
    N_("Ask your server's administrator for a relay for calls (TURN).") }, \
  { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_WORKS, \
    N_("If a call still fails, ask the other person to run Sidetone.") }, \
  { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_BROKEN, \
    N_("Some calls need the relay for calls (TURN): do what is advised for it.") }, \
  { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_UNUSED, \
    N_("Some calls need the relay for calls (TURN), which your app does not use: make these with " \
       "another app.") }, \
  { SIDETONE_WHEN_ALWAYS, 0, \
    N_("Ask your server's administrator whether the server offers a relay for calls (TURN).") }

/* For a call server that answers oddly. By then the act has been done. */
#define ODDITY_ADVICE \
  { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_STUN_WRONG_SOURCE, \
    N_("Ask your server's administrator to let it answer from the address that is announced.") }, \
  { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_STUN_NOT_GENUINE, \
    N_("Send the report to your server's administrator.") }, \
  { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_CONNECTION_LOST, \
    N_("Ask your server's administrator what ends connections there: the call server itself, or a " \
       "proxy in front of it (PROXY protocol).") }, \
  { SIDETONE_WHEN_ALWAYS, 0, "{error-advice}" }

/* What a tunnel on this computer may do */
#define VPN \
  { \
    .nick = "vpn", .owner = SIDETONE_OWNER_YOU, \
    .act = SIDETONE_ACT_WITHOUT_VPN, .goes_away = TRUE, \
    .text = N_("your VPN"), \
    .advice = N_("Make calls without the VPN."), \
    .is_excluded = sidetone_rules_is_there_no_tunnel, \
  }

/* What spoils quality. What this computer's own programs and others in its network send is not seen. */
#define OWN_TRAFFIC \
  { \
    .nick = "own-traffic", .owner = SIDETONE_OWNER_YOU, \
    .act = SIDETONE_ACT_PAUSE_TRAFFIC, .goes_away = TRUE, \
    .text = N_("downloads or backups on your connection"), \
    .advice = N_("Pause them while you make calls."), \
    .is_excluded = sidetone_rules_never, \
  }

#define WIRELESS(excluded) \
  { \
    .nick = "wireless", .owner = SIDETONE_OWNER_YOU, \
    .act = SIDETONE_ACT_BY_CABLE, .goes_away = TRUE, \
    .text = N_("your Wi-Fi"), \
    .advice = N_("Stay on the cable, or move closer to the router."), \
    .is_excluded = (excluded), \
  }

#define RELAYS_LINE(excluded) \
  { \
    .nick = "relays-line", .owner = SIDETONE_OWNER_ADMINISTRATOR, \
    .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE, \
    .text = N_("the relay or its internet connection"), \
    .advice = N_("Ask your server's administrator how much the relay and its line can " \
                 "carry."), \
    .is_excluded = (excluded), \
  }

/* For large packets that get lost */
#define PROVIDERS_LINE \
  { \
    .nick = "providers-line", .owner = SIDETONE_OWNER_PROVIDER, \
    .act = SIDETONE_ACT_LOWER_MTU, .goes_away = FALSE, \
    .text = N_("your internet provider's line"), \
    .advice = N_("Tell your internet provider that large packets get lost on your line."), \
    .is_excluded = sidetone_rules_never, \
  }

/* For silence. Both ends of the way may have one. */
#define LOCAL_FIREWALL(excluded) \
  { \
    .nick = "local-firewall", .owner = SIDETONE_OWNER_ROUTER, \
    .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE, \
    .text = N_("a firewall in this network"), \
    .advice = N_("Ask the person who runs this network to let this connection " \
                 "through its firewall."), \
    .is_excluded = (excluded), \
  }

/* For silence and refusals, too: a server or its firewall may ban an address for a while */
#define BAN(excluded) \
  { \
    .nick = "ban", .owner = SIDETONE_OWNER_ADMINISTRATOR, \
    .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE, \
    .text = N_("a ban of this network's address at your server, as after several failed sign-ins"), \
    .advice = N_("Check again in an hour, or ask your server's administrator to lift the ban."), \
    .is_excluded = (excluded), \
  }

/* For a name without an address */
#define HIDDEN_NAME(excluded) \
  { \
    .nick = "hidden-name", .owner = SIDETONE_OWNER_ROUTER, \
    .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE, \
    /* Translators: DNS rebind protection is a setting of many routers */ \
    .text = N_("a name server of this network that leaves out the address, as routers do with " \
               "private ones (DNS rebind protection)"), \
    .advice = N_("Exempt that name from the router's DNS rebind protection, or choose another " \
                 "name server in its settings."), \
    .is_excluded = (excluded), \
  }

/* For answers that may not be the server's own */
#define IMPOSTOR \
  { \
    .nick = "impostor", .owner = SIDETONE_OWNER_ROUTER, \
    .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE, \
    .text = N_("something in this network that answers in place of the server"), \
    .advice = N_("Ask the person who runs this network what changes the packets of calls."), \
    .is_excluded = sidetone_rules_is_genuine, \
  }

/* For TLS that the network may have ended itself */
#define TLS_INTERCEPTION(excluded) \
  { \
    .nick = "tls-interception", .owner = SIDETONE_OWNER_ROUTER, \
    .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE, \
    .text = N_("a login page or a proxy of this network that answers in its place"), \
    .advice = N_("Log in on a web page if this network wants that, or ask the person who runs it " \
                 "to leave encrypted connections alone."), \
    .is_excluded = (excluded), \
  }

/* For an issuer that is not known: the authorities' certificates change every few years. */
#define OLD_AUTHORITIES \
  { \
    .nick = "old-authorities", .owner = SIDETONE_OWNER_YOU, \
    .text = N_("an old list of certificate authorities on this computer, if the issuer is a new " \
               "one"), \
    .advice = N_("Update this computer's system, and check again."), \
    .is_excluded = sidetone_rules_is_authority_no_matter, \
  }

/* For a certificate's dates */
#define CLOCK \
  { \
    .nick = "clock", .owner = SIDETONE_OWNER_YOU, \
    .act = SIDETONE_ACT_SET_CLOCK, .goes_away = TRUE, \
    .text = N_("a wrong clock on this computer"), \
    .advice = N_("Let this computer set its clock by the network."), \
    .is_excluded = sidetone_rules_is_date_no_matter, \
  }

/* What support staff ask, try and end with, where several rows have it in common */
#define ASK_SOME_PEOPLE \
  N_("Do calls fail with some people and work with others?")
#define ASK_SILENCE \
  N_("Does the phone ring, and then nobody hears anything? Is it so with everyone?")
#define ASK_SINCE_WHEN \
  N_("Since when do calls fail? Do other people with the same server have that, too?")
#define ASK_OTHER_APPS \
  N_("Do other apps sign in with this account at this moment?")
#define ASK_APP \
  N_("Which app do you call with? Does it fail with another app, too?")
#define ASK_VPN \
  N_("Do you use a VPN or a proxy? Whose network is this: your own, a company's, a mobile one?")
#define ASK_MOBILE \
  N_("Are you on mobile data? Most networks of this kind are mobile ones.")
#define ASK_GUEST \
  N_("Is it a guest account, or one with limits?")
#define ASK_SLOW \
  N_("Are messages slow, too, at this moment?")
#define ASK_UPDATED \
  N_("Was your server updated or changed lately?")
#define ASK_SERVER_HERE \
  N_("Is the server in your own home or office?")
#define TRY_ANOTHER_NETWORK \
  N_("Check again from another network, such as your phone's.")
#define TRY_ANOTHER_ACCOUNT \
  N_("Check with another account on the same server, if there is one.")
#define TRY_ANOTHER_SERVER \
  N_("Check an account on a server on the internet.")
#define TRY_ANOTHER_APP \
  N_("Try a call with another app.")
#define TRY_NOTHING_HERE \
  N_("There is nothing to try on this computer: everyone with this server has the same.")
#define TRY_OTHER_FINDINGS \
  N_("Look at the other findings: they decide about calls.")
#define TRY_LATER \
  N_("Check again in a few minutes.")
#define TRY_COMPARE \
  N_("Nothing is broken. If calls fail, check again on Wi-Fi at home, and compare.")
#define TRY_WITHOUT_VPN \
  N_("Turn off the VPN, if there is one, and check again.")
#define TRY_RESTART_ROUTER \
  N_("Restart the router, and check again. Then check from another network.")
#define TRY_SET_CLOCK \
  N_("Let this computer set its clock by the network, and check again.")
#define STOP_ADMINISTRATOR \
  N_("Stop here: nothing on this computer or in this network changes it. Hand over to your " \
     "server's administrator, with the report.")
#define STOP_ADMINISTRATOR_ELSEWHERE \
  N_("Stop when another network shows the same. Hand over to your server's administrator, with " \
     "both reports.")
#define STOP_ADMINISTRATOR_TWICE \
  N_("Stop when a second check ends in the same way. Hand over to your server's administrator, " \
     "with both reports.")
#define STOP_NETWORK \
  N_("Stop when all is well in another network. Hand over to the person who runs this one, with " \
     "both reports.")
#define STOP_ROUTER \
  N_("Stop when the router has no such setting. Hand over to the person who runs this network, " \
     "or to the router's maker.")
#define STOP_PROVIDER \
  N_("Stop here: no setting of the router or of this computer changes it. Hand over to the " \
     "internet provider, with the report.")
#define STOP_THAT_COUNTS \
  N_("Stop when that check is made: its result is the one that counts.")
#define STOP_COMPARED \
  N_("Stop when both checks are made. If calls fail only here, hand over to the internet " \
     "provider.")
#define DISPROVE_PASSING \
  N_("A second check does not find it: then something got lost on the way, or the trouble has " \
     "passed.")
#define DISPROVE_ACCOUNT \
  N_("It does not happen with another account on the same server: then a rule there is about " \
     "this account only.")
#define DISPROVE_FIREWALL \
  N_("The server answers in another network: then a firewall in this one blocks it.")
#define DISPROVE_IMPOSTOR \
  N_("It works in another network: then something in this one answers in the server's place, or " \
     "cuts the connection.")
#define DISPROVE_RELAYS_LINE \
  N_("Another network shows the same: then the relay or its internet connection is at fault.")
#define DISPROVE_PROVIDER \
  N_("It goes away without the VPN: then the VPN does it. If NAT-17 or NAT-18 was found, too, " \
     "your internet provider's equipment may do it.")

gboolean sidetone_rules_is_there_no_tunnel (const SidetoneCase         *judged,
                                            const SidetoneFindingFacts *facts);
gboolean sidetone_rules_never (const SidetoneCase         *judged,
                               const SidetoneFindingFacts *facts);
gboolean sidetone_rules_is_genuine (const SidetoneCase         *judged,
                                    const SidetoneFindingFacts *facts);
gboolean sidetone_rules_is_not_cut (const SidetoneCase         *judged,
                                    const SidetoneFindingFacts *facts);

gboolean sidetone_rules_does_ipv6_stall (const SidetoneCase *judged);

gboolean sidetone_rules_is_server_here (const SidetoneCase         *judged,
                                        const SidetoneFindingFacts *facts);
gboolean sidetone_rules_is_issuer_known (const SidetoneCase         *judged,
                                         const SidetoneFindingFacts *facts);
gboolean sidetone_rules_is_authority_no_matter (const SidetoneCase         *judged,
                                                const SidetoneFindingFacts *facts);
gboolean sidetone_rules_is_date_no_matter (const SidetoneCase         *judged,
                                           const SidetoneFindingFacts *facts);

typedef struct
{
  const SidetoneRule *rules;
  guint n;
} SidetoneRules;

extern const SidetoneRules sidetone_address_rules;
extern const SidetoneRules sidetone_translation_rules;
extern const SidetoneRules sidetone_surroundings_rules;
extern const SidetoneRules sidetone_app_rules;
extern const SidetoneRules sidetone_services_rules;
extern const SidetoneRules sidetone_service_address_rules;
extern const SidetoneRules sidetone_calls_rules;
extern const SidetoneRules sidetone_relay_rules;
extern const SidetoneRules sidetone_packets_rules;
extern const SidetoneRules sidetone_video_rules;
extern const SidetoneRules sidetone_nat_rules;
extern const SidetoneRules sidetone_connection_rules;

G_END_DECLS
