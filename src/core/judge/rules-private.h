/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/proof.h"

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
    N_("Ask your server's administrator to fix the relay for calls (TURN).") }, \
  { SIDETONE_WHEN_ALWAYS, 0, \
    N_("Ask your server's administrator whether the server offers a relay for calls (TURN).") }

/* What a tunnel on this computer may do */
#define VPN \
  { \
    .nick = "vpn", .owner = SIDETONE_OWNER_YOU, \
    .act = SIDETONE_ACT_WITHOUT_VPN, .goes_away = TRUE, \
    .text = N_("your VPN"), \
    .advice = N_("Make calls without the VPN."), \
    .is_excluded = sidetone_rules_is_there_no_tunnel, \
  }

/* For silence. Both ends of the way may have one. */
#define LOCAL_FIREWALL(excluded) \
  { \
    .nick = "local-firewall", .owner = SIDETONE_OWNER_ROUTER, \
    .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE, \
    .text = N_("a firewall in this network"), \
    .advice = N_("Ask the person who runs this network to let it through."), \
    .is_excluded = excluded, \
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
    .is_excluded = excluded, \
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

gboolean sidetone_rules_is_there_no_tunnel (const SidetoneCase         *judged,
                                            const SidetoneFindingFacts *facts);
gboolean sidetone_rules_never (const SidetoneCase         *judged,
                               const SidetoneFindingFacts *facts);
gboolean sidetone_rules_is_genuine (const SidetoneCase         *judged,
                                    const SidetoneFindingFacts *facts);
gboolean sidetone_rules_is_not_cut (const SidetoneCase         *judged,
                                    const SidetoneFindingFacts *facts);

gboolean sidetone_rules_is_server_here (const SidetoneCase         *judged,
                                        const SidetoneFindingFacts *facts);
gboolean sidetone_rules_is_issuer_known (const SidetoneCase         *judged,
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
extern const SidetoneRules sidetone_services_rules;
extern const SidetoneRules sidetone_service_address_rules;
extern const SidetoneRules sidetone_calls_rules;
extern const SidetoneRules sidetone_relay_rules;
extern const SidetoneRules sidetone_packets_rules;
extern const SidetoneRules sidetone_nat_rules;
extern const SidetoneRules sidetone_connection_rules;

G_END_DECLS
