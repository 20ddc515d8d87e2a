/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/remedy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Remedies: what a server's administrator is to change, in words that fit any server, and as lines
 * of the configuration of ejabberd, Prosody, coturn, HAProxy, nftables and a DNS zone. A row of
 * *-rules.c refers to one.
 *
 * A line of coturn's that begins with a # is to be removed. Lists are additions to those of the
 * same name. */

#define SETTINGS(...) ((const SidetoneSetting[]) { __VA_ARGS__, { 0 } })
#define EJABBERD(text) { SIDETONE_PROGRAM_EJABBERD, SIDETONE_PART_XMPP, text }
#define EJABBERD_STUN(text) { SIDETONE_PROGRAM_EJABBERD, SIDETONE_PART_RELAY, text }
#define PROSODY(text) { SIDETONE_PROGRAM_PROSODY, SIDETONE_PART_XMPP, text }
#define COTURN(text) { SIDETONE_PROGRAM_COTURN, SIDETONE_PART_RELAY, text }
#define HAPROXY(text) { SIDETONE_PROGRAM_HAPROXY, SIDETONE_PART_ANY, text }
#define FIREWALL(text) { SIDETONE_PROGRAM_FIREWALL, SIDETONE_PART_ANY, text }
#define DNS(text) { SIDETONE_PROGRAM_DNS, SIDETONE_PART_ANY, text }
#define REMEDY(change, ...) { { { SIDETONE_WHEN_ALWAYS, 0, change }, __VA_ARGS__ } }

/* A port of ejabberd's own STUN and TURN server */
#define LISTENER(transport, more) \
  "listen:\n" \
  "  - port: 3478\n" \
  "    transport: " transport "\n" \
  "    module: ejabberd_stun\n" \
  "    use_turn: true\n" \
  more
#define LISTENERS(more) LISTENER ("udp", more) LISTENER_TOO ("tcp", more)
#define LISTENER_TOO(transport, more) \
  "  - port: 3478\n" \
  "    transport: " transport "\n" \
  "    module: ejabberd_stun\n" \
  "    use_turn: true\n" \
  more

#define ENTRY(host, type, transport, restricted) \
  "      - host: \"" host "\"\n" \
  "        port: 3478\n" \
  "        type: " type "\n" \
  "        transport: " transport "\n" \
  "        restricted: " restricted "\n"

/* The host of the call server that the report is about */
#define ANNOUNCED "{relay}"

/* What ejabberd announces of a relay elsewhere */
#define EJABBERD_SERVICES(host) \
  EJABBERD ("modules:\n" \
            "  mod_stun_disco:\n" \
            "    secret: \"SECRET\"\n" \
            "    credentials_lifetime: 12h\n" \
            "    services:\n" \
            ENTRY (host, "stun", "udp", "false") \
            ENTRY (host, "turn", "udp", "true") \
            ENTRY (host, "turn", "tcp", "true"))

/* The list of mod_external_services goes, so that nothing is announced twice. */
#define PROSODY_SERVICES(host) \
  PROSODY ("modules_enabled = { \"turn_external\" }\n" \
           "turn_external_host = \"" host "\"\n" \
           "turn_external_secret = \"SECRET\"\n" \
           "turn_external_ttl = 86400\n" \
           "turn_external_tcp = true\n" \
           "external_services = { } -- in place of the entries that are there\n")

#define COTURN_SECRET \
  "use-auth-secret\n" \
  "static-auth-secret=SECRET\n" \
  "#no-auth\n"
/* Of both parts of ejabberd */
#define CERTIFICATE \
  "certfiles:\n" \
  "  - \"/PATH/fullchain.pem\"\n" \
  "  - \"/PATH/privkey.pem\"\n"
#define COTURN_CERTIFICATE \
  "cert=/PATH/fullchain.pem\n" \
  "pkey=/PATH/privkey.pem\n"

#define RELAY_SETTINGS \
  EJABBERD ("modules:\n" \
            "  mod_stun_disco: {}\n"), \
  EJABBERD_STUN (LISTENERS ("    turn_ipv4_address: \"{server-address}\"\n")), \
  PROSODY_SERVICES (ANNOUNCED), \
  COTURN ("listening-port=3478\n" \
          "realm={domain}\n" \
          COTURN_SECRET)

#define FORBID_PRIVATE \
  COTURN ("denied-peer-ip=10.0.0.0-10.255.255.255\n" \
          "denied-peer-ip=172.16.0.0-172.31.255.255\n" \
          "denied-peer-ip=192.168.0.0-192.168.255.255\n"), \
  EJABBERD_STUN (LISTENERS ("    turn_blacklist:\n" \
                            "      - \"10.0.0.0/8\"\n" \
                            "      - \"172.16.0.0/12\"\n" \
                            "      - \"192.168.0.0/16\"\n"))

#define LET_IN_RELAYED FIREWALL ("udp dport 49152-65535 accept\n")

/* The domain's own address may be a web server's. */
#define SRV_RECORDS \
  DNS ("_xmpp-client._tcp.{domain}. IN SRV 5 0 5222 SERVER.\n" \
       "_xmpps-client._tcp.{domain}. IN SRV 5 0 5223 SERVER.\n")

/* The ports for accounts: of STARTTLS, and of TLS at once */
#define ACCOUNT_PORTS(more) \
  "listen:\n" \
  "  - port: 5222\n" \
  "    module: ejabberd_c2s\n" \
  "    starttls: true\n" \
  "    starttls_required: true\n" \
  more \
  "  - port: 5223\n" \
  "    module: ejabberd_c2s\n" \
  "    tls: true\n" \
  more

/* The same ports of Prosody, by IPv4 and IPv6 */
#define PROSODY_INTERFACES \
  "c2s_interfaces = { \"*\", \"::\" }\n" \
  "c2s_direct_tls_interfaces = { \"*\", \"::\" }\n"

#define PROSODY_CERTIFICATE(indent) \
  indent "ssl = {\n" \
  indent "  certificate = \"/PATH/fullchain.pem\";\n" \
  indent "  key = \"/PATH/privkey.pem\";\n" \
  indent "}\n" \
  indent "c2s_direct_tls_ssl = {\n" \
  indent "  certificate = \"/PATH/fullchain.pem\";\n" \
  indent "  key = \"/PATH/privkey.pem\";\n" \
  indent "}\n"

/* The address check */

const SidetoneRemedy sidetone_remedy_offer_check[] = REMEDY (
  N_("Offer the address check (XEP-0279), so that people learn at which address the server sees "
     "them."),
  SETTINGS (EJABBERD ("modules:\n"
                      "  mod_sic: {}\n"),
            /* Of the community's modules, prosody-modules */
            PROSODY ("modules_enabled = { \"ipcheck\" }\n")));

const SidetoneRemedy sidetone_remedy_allow_check[] = REMEDY (
  N_("Let the accounts of the domain use the address check (XEP-0279)."));

const SidetoneRemedy sidetone_remedy_repair_check[] = REMEDY (
  N_("Have the server answer the address check (XEP-0279) with an address and a port. The server's "
     "log may say why it does not; if there is an update of the module, install it."));

const SidetoneRemedy sidetone_remedy_pass_address[] = REMEDY (
  N_("Have the proxy in front of the server pass on each client's address and port (the PROXY "
     "protocol), to ports of the server that expect this and that nobody else reaches."),
  SETTINGS (HAPROXY ("server starttls SERVER:5232 send-proxy-v2\n"
                     "server direct SERVER:5233 send-proxy-v2\n"),
            EJABBERD ("listen:\n"
                      "  - port: 5232\n"
                      "    module: ejabberd_c2s\n"
                      "    starttls: true\n"
                      "    starttls_required: true\n"
                      "    use_proxy_protocol: true\n"
                      "  - port: 5233\n"
                      "    module: ejabberd_c2s\n"
                      "    tls: true\n"
                      "    use_proxy_protocol: true\n"),
            PROSODY ("modules_enabled = { \"net_proxy\" }\n"
                     "proxy_ports = { 5232, 5233 }\n"
                     "proxy_port_mappings = { [5232] = \"c2s\"; [5233] = \"c2s_direct_tls\" }\n")));

const SidetoneRemedy sidetone_remedy_fix_ipv6[] = REMEDY (
  N_("Let the server listen at its IPv6 address and let connections to it in, or remove that "
     "address from DNS (the AAAA record)."),
  SETTINGS (EJABBERD (ACCOUNT_PORTS ("    ip: \"::\"\n")),
            PROSODY (PROSODY_INTERFACES),
            FIREWALL ("tcp dport { 5222, 5223 } accept\n")));

const SidetoneRemedy sidetone_remedy_serve_ipv4[] = REMEDY (
  N_("Give the server an IPv4 address, too. People whose network has no IPv6 can't reach it "
     "otherwise."),
  SETTINGS (DNS ("SERVER. IN A ADDRESS\n")));

/* The announced services */

const SidetoneRemedy sidetone_remedy_offer_services[] = REMEDY (
  N_("Run a STUN and TURN server at a public address, and announce it (XEP-0215). It needs port "
     "3478 over UDP and TCP, and ports 49152 to 65535 over UDP."),
  SETTINGS (RELAY_SETTINGS));

const SidetoneRemedy sidetone_remedy_offer_relay[] = REMEDY (
  N_("Run a relay (TURN) at a public address, too, and announce it with a password (XEP-0215). It "
     "needs port 3478 over UDP and TCP, and ports 49152 to 65535 over UDP."),
  SETTINGS (RELAY_SETTINGS));

/* What is wrong with it has a finding of its own. */
const SidetoneRemedy sidetone_remedy_fix_relay[] = {
  { { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_NOT_OFFERED,
      N_("Run a relay (TURN) at a public address, too, and announce it with a password (XEP-0215). "
         "It needs port 3478 over UDP and TCP, and ports 49152 to 65535 over UDP.") },
    SETTINGS (RELAY_SETTINGS) },
  { { SIDETONE_WHEN_ALWAYS, 0,
      N_("Make sure that the relay (TURN) works: calls of people behind such a NAT need it.") } }
};

const SidetoneRemedy sidetone_remedy_allow_services[] = REMEDY (
  N_("Let the accounts of the domain ask for the call servers (XEP-0215)."),
  SETTINGS (EJABBERD ("modules:\n"
                      "  mod_stun_disco:\n"
                      "    access: local\n"
                      "acl:\n"
                      "  local:\n"
                      "    user_regexp: \"\"\n"
                      "access_rules:\n"
                      "  local:\n"
                      "    allow: local\n")));

const SidetoneRemedy sidetone_remedy_answer_services[] = REMEDY (
  N_("Have the server answer the question for call servers (XEP-0215). The server's log may say "
     "why it does not."));

const SidetoneRemedy sidetone_remedy_write_hosts[] = REMEDY (
  N_("Write the bare name of the host in the list of call servers, and its port, type and "
     "transport in settings of their own."),
  SETTINGS (EJABBERD_SERVICES (ANNOUNCED), PROSODY_SERVICES (ANNOUNCED)));

const SidetoneRemedy sidetone_remedy_give_passwords[] = REMEDY (
  N_("Have the server give a name and a password with each relay, made from the secret that it "
     "shares with the relay."),
  SETTINGS (EJABBERD_SERVICES (ANNOUNCED), PROSODY_SERVICES (ANNOUNCED), COTURN (COTURN_SECRET)));

const SidetoneRemedy sidetone_remedy_prolong_passwords[] = REMEDY (
  N_("Let the relay's passwords last for some hours. The clocks of the server and of the relay "
     "have to be right."),
  SETTINGS (EJABBERD ("modules:\n"
                      "  mod_stun_disco:\n"
                      "    credentials_lifetime: 12h\n"), PROSODY_SERVICES (ANNOUNCED)));

const SidetoneRemedy sidetone_remedy_offer_tls[] = REMEDY (
  N_("Offer the relay over TCP and TLS, too, for people in networks that block UDP; best at port "
     "443 if nothing else needs it. Announce it by a name that its certificate has (replace RELAY by "
     "it)."),
  /* ejabberd announces no port of TLS by itself, not even its own. */
  SETTINGS (EJABBERD ("modules:\n"
                      "  mod_stun_disco:\n"
                      "    services:\n"
                      ENTRY ("RELAY", "turn", "tcp", "true")
                      "      - host: \"RELAY\"\n"
                      "        port: 5349\n"
                      "        type: turns\n"
                      "        transport: tcp\n"
                      "        restricted: true\n"),
            EJABBERD_STUN (LISTENER ("tcp", "    turn_ipv4_address: \"{server-address}\"\n")
                           "  - port: 5349\n"
                           "    transport: tcp\n"
                           "    tls: true\n"
                           "    module: ejabberd_stun\n"
                           "    use_turn: true\n"
                           "    turn_ipv4_address: \"{server-address}\"\n"),
            /* With turn_external_tls_port, Prosody 0.12 gives no password. */
            PROSODY ("turn_external_tcp = true\n"
                     "external_services = { -- beside the entries that are there\n"
                     "  {\n"
                     "    type = \"turns\"; transport = \"tcp\"; host = \"RELAY\"; port = 5349;\n"
                     "    secret = \"SECRET\"; algorithm = \"turn\"; ttl = 86400;\n"
                     "  };\n"
                     "}\n"),
            COTURN ("tls-listening-port=5349\n" COTURN_CERTIFICATE)));

const SidetoneRemedy sidetone_remedy_offer_udp[] = REMEDY (
  N_("Offer the relay over UDP, too, which calls use."),
  SETTINGS (EJABBERD_SERVICES (ANNOUNCED), PROSODY_SERVICES (ANNOUNCED),
            COTURN ("listening-port=3478\n#no-udp\n")));

const SidetoneRemedy sidetone_remedy_correct_host[] = REMEDY (
  N_("Announce a name that leads to the call server's public address (replace RELAY by it)."),
  SETTINGS (EJABBERD_SERVICES ("RELAY"), PROSODY_SERVICES ("RELAY"),
            DNS ("RELAY. IN A ADDRESS\n")));

const SidetoneRemedy sidetone_remedy_add_ipv6[] = REMEDY (
  N_("Give the call servers an IPv6 address, too, and announce them by a name, not by an IPv4 "
     "address."),
  SETTINGS (EJABBERD_SERVICES ("RELAY"), PROSODY_SERVICES ("RELAY"),
            EJABBERD_STUN (LISTENERS ("    ip: \"::\"\n"
                                      "    turn_ipv6_address: \"ADDRESS6\"\n")),
            COTURN ("listening-ip=ADDRESS6\n"
                    "relay-ip=ADDRESS6\n"),
            DNS ("RELAY. IN AAAA ADDRESS6\n")));

const SidetoneRemedy sidetone_remedy_add_ipv4[] = REMEDY (
  N_("Give the relay an IPv4 address, too."),
  SETTINGS (EJABBERD_STUN (LISTENERS ("    ip: \"::\"\n"
                                      "    turn_ipv4_address: \"ADDRESS\"\n")),
            COTURN ("listening-ip=ADDRESS\n"
                    "relay-ip=ADDRESS\n"),
            DNS ("RELAY. IN A ADDRESS\n")));

/* Their tests */

const SidetoneRemedy sidetone_remedy_let_in_udp[] = REMEDY (
  N_("Let UDP in at the call servers."),
  SETTINGS (FIREWALL ("udp dport { 3478, 49152-65535 } accept\n")));

const SidetoneRemedy sidetone_remedy_let_in_all[] = REMEDY (
  N_("Start the call server if it is down, and let UDP and TCP in to it. Change what the XMPP server "
     "announces only if that name or address is not the call server's. If a rule bans people who get "
     "the error 401 (fail2ban), turn it off: every sign-in at a relay begins with that error."),
  SETTINGS (FIREWALL ("meta l4proto { tcp, udp } th dport {port} accept\n"
                      "udp dport 49152-65535 accept\n"),
            COTURN ("listening-port={port}\n"), EJABBERD_SERVICES ("RELAY"),
            PROSODY_SERVICES ("RELAY")));

const SidetoneRemedy sidetone_remedy_let_in_entry[] = {
  { { SIDETONE_WHEN_OTHER_VERSION, TRUE,
      N_("Let the call server listen at this address and let packets to it in, or remove the "
         "address from DNS (the {record} record).") },
    SETTINGS (FIREWALL ("meta l4proto { tcp, udp } th dport {port} accept\n"
                        "udp dport 49152-65535 accept\n"),
              COTURN ("listening-ip={relay-address}\n"
                      "relay-ip={relay-address}\n"),
              EJABBERD_STUN (LISTENERS ("    ip: \"::\"\n"
                                        "    {turn-address-key}: \"{relay-address}\"\n")),
              DNS ("#{relay}. IN {record} {relay-address}\n")) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TLS_FAILED,
      N_("Give the relay a certificate and a key that it may read, or announce it over TLS no "
         "more.") },
    SETTINGS (COTURN (COTURN_CERTIFICATE), EJABBERD_STUN (CERTIFICATE)) },
  { { SIDETONE_WHEN_ALWAYS, 0,
      N_("Let packets in at the announced port over this transport, too, and let the call server "
         "listen there; or announce it no more.") },
    SETTINGS (FIREWALL ("{l4} dport {port} accept\n"
                        "udp dport 49152-65535 accept\n"),
              COTURN ("{listening}\n")) }
};

const SidetoneRemedy sidetone_remedy_let_in_relayed[] = REMEDY (
  N_("Let UDP in from everywhere at the ports that the relay uses for calls, and let it use no "
     "others."),
  SETTINGS (LET_IN_RELAYED,
            COTURN ("min-port=49152\n"
                    "max-port=65535\n"),
            EJABBERD_STUN (LISTENERS ("    turn_min_port: 49152\n"
                                      "    turn_max_port: 65535\n"))));

const SidetoneRemedy sidetone_remedy_let_out_relayed[] = REMEDY (
  N_("Let UDP out from the ports that the relay lends, to everywhere, with the address that the "
     "relay gives to people as the sender's."));

const SidetoneRemedy sidetone_remedy_share_secret[] = REMEDY (
  N_("Give the XMPP server and the relay the same secret. The clocks of both have to be right."),
  SETTINGS (EJABBERD ("modules:\n"
                      "  mod_stun_disco:\n"
                      "    secret: \"SECRET\"\n"),
            PROSODY_SERVICES (ANNOUNCED), COTURN (COTURN_SECRET)));

const SidetoneRemedy sidetone_remedy_renew_relays_certificate[] = REMEDY (
  N_("Give the relay a valid certificate of a known issuer for the name that is announced, with "
     "its whole chain, and renew it in time."),
  SETTINGS (COTURN (COTURN_CERTIFICATE),
            EJABBERD_STUN (CERTIFICATE)));

const SidetoneRemedy sidetone_remedy_answer_stun[] = {
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_STUN_WRONG_SOURCE,
      N_("Let the call server answer from the address that is announced.") },
    SETTINGS (COTURN ("listening-ip={relay-address}\n"),
              EJABBERD_STUN (LISTENERS ("    ip: \"{relay-address}\"\n"))) },
  { { SIDETONE_WHEN_ALWAYS, 0,
      N_("Let the call server answer STUN (a Binding request) from everyone, without a password, "
         "where it is announced; or announce it no more.") },
    SETTINGS (COTURN ("#no-stun\n#secure-stun\n")) }
};

const SidetoneRemedy sidetone_remedy_tell_address[] = REMEDY (
  N_("Tell the relay its own public address, which leads to it from the internet."),
  SETTINGS (COTURN ("external-ip={relay-address}\n"),
            EJABBERD_STUN (LISTENERS ("    {turn-address-key}: \"{relay-address}\"\n"))));

const SidetoneRemedy sidetone_remedy_allow_peers[] = REMEDY (
  N_("Let the relay send to public addresses, its own among them; forbid only private ones."),
  SETTINGS (FORBID_PRIVATE));

/* Between two of its own addresses */
const SidetoneRemedy sidetone_remedy_join_allocations[] = {
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_FORBIDDEN,
      N_("Let the relay send to public addresses, its own among them; forbid only private ones.") },
    SETTINGS (FORBID_PRIVATE) },
  { { SIDETONE_WHEN_ALWAYS, 0,
      N_("Lead what the relay sends to its own public address back to it: the firewall or router in "
         "front of it does not (NAT loopback).") },
    SETTINGS (COTURN ("external-ip={relay-address}\n")) }
};

const SidetoneRemedy sidetone_remedy_raise_quota[] = REMEDY (
  N_("Allow more allocations at the relay: a call takes several from each person. 0 stands for no "
     "limit."),
  SETTINGS (COTURN ("user-quota=0\n"
                    "total-quota=0\n"),
            EJABBERD_STUN (LISTENERS ("    turn_max_allocations: infinity\n"))));

/* How a relay is announced, and what it answers */
const SidetoneRemedy sidetone_remedy_repair_entry[] = {
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_TRY_ALTERNATE,
      N_("Announce the other relay itself, if it works, and don't hand on to it.") },
    SETTINGS (COTURN ("#alternate-server\n#tls-alternate-server\n")) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_ALTERNATE_REFUSED,
      N_("Announce the other relay itself, if it works, and don't hand on to it.") },
    SETTINGS (COTURN ("#alternate-server\n#tls-alternate-server\n")) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_ALTERNATE_SILENT,
      N_("Announce the other relay itself, if it works, and don't hand on to it.") },
    SETTINGS (COTURN ("#alternate-server\n#tls-alternate-server\n")) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_ALTERNATE_AGAIN,
      N_("Announce the other relay itself, if it works, and don't hand on to it.") },
    SETTINGS (COTURN ("#alternate-server\n#tls-alternate-server\n")) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_STALE_NONCE,
      N_("Let all requests from an address and port reach the same relay, from the same port: NAT in "
         "front of it (Docker) or a load balancer may change that. And let the relay take requests "
         "for longer: 0 stands for no limit.") },
    SETTINGS (COTURN ("stale-nonce=0\n")) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED,
      N_("Let the relay pass on UDP.") },
    SETTINGS (COTURN ("#no-udp-relay\n")) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED,
      N_("Give the relay addresses of both versions of the internet protocol.") },
    SETTINGS (COTURN ("relay-ip=ADDRESS\n"
                      "relay-ip=ADDRESS6\n"),
              EJABBERD_STUN (LISTENERS ("    turn_ipv4_address: \"ADDRESS\"\n"
                                        "    turn_ipv6_address: \"ADDRESS6\"\n"))) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_STUN_WRONG_SOURCE,
      N_("Let the call server answer from the address that is announced.") },
    SETTINGS (COTURN ("listening-ip={relay-address}\n"),
              EJABBERD_STUN (LISTENERS ("    ip: \"{relay-address}\"\n"))) },
  { { SIDETONE_WHEN_ALWAYS, 0,
      N_("Announce the relay with the ports and the transports that it listens at: turns where TLS "
         "begins at once, and turn where there is none.") },
    SETTINGS (EJABBERD_SERVICES (ANNOUNCED), PROSODY_SERVICES (ANNOUNCED),
              COTURN ("listening-port=3478\n")) }
};

const SidetoneRemedy sidetone_remedy_name_alternate[] = REMEDY (
  N_("Announce the other relay itself, if it works, and don't hand on to it."),
  SETTINGS (COTURN ("#alternate-server\n#tls-alternate-server\n")));

const SidetoneRemedy sidetone_remedy_end_bans[] = REMEDY (
  N_("Let the relay's packets in without a limit: a call sends 50 of them a second and more. Look "
     "at rules that ban people who send much (fail2ban, a firewall's limits), and whether the "
     "relay was restarted."),
  SETTINGS (LET_IN_RELAYED));

const SidetoneRemedy sidetone_remedy_raise_rate[] = REMEDY (
  N_("Let the relay pass on more for each person: a call with video takes about 300,000 bytes a "
     "second. 0 stands for no limit."),
  /* ejabberd's shaper is for TCP alone. */
  SETTINGS (COTURN ("max-bps=0\n"
                    "bps-capacity=0\n")));

const SidetoneRemedy sidetone_remedy_check_line[] = REMEDY (
  N_("Look at the relay's own line: how much it carries, and how much it loses."));

const SidetoneRemedy sidetone_remedy_leave_packets[] = REMEDY (
  N_("Turn off the helper for calls (ALG) in the firewall in front of the call server."));

const SidetoneRemedy sidetone_remedy_keep_sender[] = REMEDY (
  N_("Let packets in to the call server with their own sender's address: no SNAT and no "
     "masquerading in front of it. A container needs the host's network for that."));

/* The way to the XMPP server */

const SidetoneRemedy sidetone_remedy_repair_dns[] = REMEDY (
  N_("See that the domain's name servers answer questions for SRV records."),
  SETTINGS (SRV_RECORDS));

const SidetoneRemedy sidetone_remedy_let_in_xmpp[] = REMEDY (
  N_("Start the server if it is down, let TCP in at its ports, and see whether this person's address "
     "is banned (fail2ban)."),
  SETTINGS (FIREWALL ("tcp dport { 5222, 5223 } accept\n"),
            EJABBERD (ACCOUNT_PORTS ("    ip: \"::\"\n")),
            PROSODY (PROSODY_INTERFACES
                     "c2s_ports = { 5222 }\n"
                     "c2s_direct_tls_ports = { 5223 }\n")));

const SidetoneRemedy sidetone_remedy_renew_certificate[] = REMEDY (
  N_("Install a valid certificate of a known issuer that has the accounts' domain as a DNS name "
     "(subjectAltName), with its whole chain, and renew it in time."),
  SETTINGS (EJABBERD (CERTIFICATE),
            PROSODY (PROSODY_CERTIFICATE (""))));

const SidetoneRemedy sidetone_remedy_offer_security[] = REMEDY (
  N_("Offer TLS with a valid certificate, and a mechanism that protects the password (SCRAM)."),
  SETTINGS (EJABBERD ("auth_password_format: scram\n" ACCOUNT_PORTS ("")),
            PROSODY ("modules_enabled = { \"tls\", \"saslauth\" }\n"
                     "c2s_require_encryption = true\n"
                     "authentication = \"internal_hashed\"\n")));

const SidetoneRemedy sidetone_remedy_find_accounts[] = REMEDY (
  N_("If nobody can sign in, see whether the server reaches its list of accounts (LDAP, PAM or a "
     "database): many servers then say that a password is wrong. The server's log tells."));

const SidetoneRemedy sidetone_remedy_let_in_account[] = REMEDY (
  N_("See why the server refuses this account: it may be disabled or banned, or kept out by a rule."));

const SidetoneRemedy sidetone_remedy_name_ports[] = REMEDY (
  N_("Announce in DNS the ports at which the XMPP server answers itself: _xmpp-client where TLS "
     "begins by STARTTLS, _xmpps-client where it begins at once. A port that a web server shares "
     "has to pass on those who ask for xmpp-client (ALPN)."),
  SETTINGS (SRV_RECORDS));

const SidetoneRemedy sidetone_remedy_host_domain[] = {
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_HOST_UNKNOWN,
      N_("Add the accounts' domain to the server's configuration, with a certificate for it.") },
    SETTINGS (EJABBERD ("hosts:\n"
                        "  - \"{domain}\"\n" CERTIFICATE),
              PROSODY ("VirtualHost \"{domain}\"\n" PROSODY_CERTIFICATE ("  "))) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_STREAM_ERROR,
      N_("Look in the server's log for why it ends the sign-in. Let a proxy in front of the server "
         "pass on connections without a line of its own (the PROXY protocol), or have the server "
         "expect that.") },
    SETTINGS (HAPROXY ("server starttls SERVER:5222\n"
                       "server direct SERVER:5223\n")) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_SERVERS_PORT,
      N_("Announce in DNS the port for accounts (_xmpp-client), not that for other servers.") },
    SETTINGS (SRV_RECORDS) },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_NO_MECHANISM,
      N_("See that the module for sign-ins is loaded (in Prosody authentication). Let a proxy in "
         "front of the server pass on TLS as it is, so that the server knows that the connection is "
         "encrypted.") } },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_BINDING_REFUSED,
      N_("Let a proxy in front of the server pass on TLS as it is, or offer no SCRAM-PLUS behind it. "
         "ejabberd before 24.02 has to be updated: it takes the wrong kind of channel binding with "
         "TLS 1.3.") } },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_SIGN_IN_UNAVAILABLE,
      N_("See why the server does not reach its list of accounts (LDAP, PAM or a database). The "
         "server's log tells.") } },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_STREAM_UNAVAILABLE,
      N_("See in the server's log why it ends connections: a restart, too many of them, or a lack "
         "of memory.") } },
  { { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_STREAM_POLICY,
      N_("See in the server's log which rule ended the connection: a ban after failed sign-ins (in "
         "ejabberd mod_fail2ban), or a limit of connections. A list of accounts that can't be "
         "reached leads to such bans, too.") } },
  { { SIDETONE_WHEN_ALWAYS, 0,
      N_("Look in the server's log for why it ends the sign-in. If a proxy is in front of it, this "
         "may be the PROXY protocol, which both have to expect or neither.") } }
};

const SidetoneRemedy sidetone_remedy_agree_proxy[] = REMEDY (
  N_("Announce a port at which the server answers by itself. One that expects the PROXY protocol "
     "is only for a proxy."),
  SETTINGS (EJABBERD (ACCOUNT_PORTS ("    use_proxy_protocol: false\n")),
            SRV_RECORDS));

const SidetoneRemedy sidetone_remedy_set_clock[] = REMEDY (
  N_("Let the server set its clock by the network (NTP)."));

/* The beginnings of what programs call themselves, by XEP-0092 or in STUN's SOFTWARE */
static const struct
{
  const char *beginning;
  SidetoneProgram program;
} programs[] = {
  { "ejabberd", SIDETONE_PROGRAM_EJABBERD },
  { "P1 STUN", SIDETONE_PROGRAM_EJABBERD },
  { "Prosody", SIDETONE_PROGRAM_PROSODY },
  { "Coturn", SIDETONE_PROGRAM_COTURN },
};

/**
 * sidetone_program_find:
 * @name: (nullable): what a server calls its program
 *
 * Returns: the program; %SIDETONE_PROGRAM_UNKNOWN without a name
 */
SidetoneProgram
sidetone_program_find (const char *name)
{
  if (name == NULL || *name == '\0')
    return SIDETONE_PROGRAM_UNKNOWN;

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      if (g_ascii_strncasecmp (name, programs[i].beginning, strlen (programs[i].beginning)) == 0)
        return programs[i].program;
    }

  return SIDETONE_PROGRAM_OTHER;
}
