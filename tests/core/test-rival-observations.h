/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "test-call-observations.h"

/* Cases of the differential diagnosis: each row is a check, and which causes of its finding are
 * left. For each rival of each finding there is a case in which it may be the cause, and one in
 * which the evidence excludes it. Shared by the tests that judge them. */

typedef struct
{
  const char *name;
  SidetoneFindingKind kind;
  const char *rivals;          /* that are left, in their order */
  const char *excluded;        /* those that this case excludes */
  Test tests[5];
  const char *tunnel;          /* the address of a VPN that has the default route */
  gboolean ipv6;               /* the server was reached by IPv6 */
  gboolean ipv6_silent;        /* it has an IPv6 address, which did not answer */
  guint16 ipv6_stalls;         /* that address did not answer in TLS, and this port did by IPv4 */
  gboolean ipv6_secures;       /* it did, with a certificate */
  gboolean wireless;
  const char *seen;            /* by the server; NULL: 198.51.100.1:4000 */
  const char *mapping;         /* of the NAT */
  const char *ways_out;        /* another external address of the NAT */
  gboolean short_lifetime;
  gboolean long_lifetime;
  const char *video;           /* what became of a video test's packets */
  const char *way;             /* how far packets to a silent server get */
  const char *path;            /* "yes" or "no": the nearest router forwards to the external address */
  SidetoneObservationKind step; /* of the sign-in, the last one */
  SidetoneError failure;       /* its failure */
  const char *record;          /* the record that names the port: "srv-direct" */
  gboolean works_elsewhere;    /* the sign-in worked at another port then */
  const char *server;          /* the server's address; NULL: on the internet */
  const char *led_to;          /* the server's address by DNS */
  gboolean answers_addresses;  /* the name server, which does not know of SRV records */
  gboolean answers_srv;        /* or does */
  gboolean is_announced;       /* SRV records were found */
  const char *relay;           /* the addresses of an announced relay's name */
  gint64 clock_ahead;          /* of the server's, in seconds; 0 if that is not known */
  const char *own;             /* this computer's address; NULL: 192.168.1.10 */
  const char *pinged;          /* the server's address that is pinged, as the router is; NULL: none */
  gint64 router_lost;          /* of 250 pings */
  gint64 server_lost;
} Row;

#define NEAR_RELAY "203.0.113.10"
#define FAR_FROM_RELAY "198.51.100.10"

#define TURN6 "turn udp 2001:db8:5::20 3478 credentials"
#define NAMED "turn udp turn.montague.lit 3478 credentials"
#define NAMED_TCP "turn tcp turn.montague.lit 3478 credentials"
#define PEER "203.0.113.20:3478"
#define PEER6 "[2001:db8:5::20]:3478"

/* A test of room for video that ends in its first or second step: why, what arrived of 100 packets in
 * it, and their trips; those of the questions to the relay's host, and to the router */
#define VIDEO(ended, in_row, arrived, p95, stun, router) \
  "'service': <'turn udp 203.0.113.20 3478'>, 'peer-address': <'203.0.113.20'>, " \
  "'peer-port': <int64 3478>, 'ended': <'" ended "'>, 'base-us': <int64 20000>, " \
  "'sent': <[int64 100, 100]>, 'arrived': <[int64 100, " arrived "]>, 'in-row': <[int64 0, " in_row "]>, " \
  "'p95-us': <[int64 21000, " p95 "]>, 'stun-base-us': <int64 20000>, 'stun-asked': <[int64 30, 9]>, " \
  "'stun-answered': <[int64 30, 9]>, 'stun-us': <[int64 21000, " stun "]>" router "}"
#define ROUTER(trip) \
  ", 'router-base-us': <int64 1000>, 'router-asked': <[int64 30, 9]>, " \
  "'router-answered': <[int64 30, 9]>, 'router-us': <[int64 1200, " trip "]>"
#define SMALL(...) "{'rates': <[int64 600, 1200]>, " VIDEO (__VA_ARGS__)
#define LATE(router) SMALL ("delay", "0", "100", "220000", "210000", router)
/* The first step counts for nothing */
#define NONE_LATE(router) \
  "{'rates': <[int64 600]>, 'service': <'turn udp 203.0.113.20 3478'>, 'ended': <'delay'>, " \
  "'base-us': <int64 20000>, 'sent': <[int64 100]>, 'arrived': <[int64 100]>, " \
  "'p95-us': <[int64 220000]>, 'stun-base-us': <int64 20000>, 'stun-asked': <[int64 9]>, " \
  "'stun-answered': <[int64 9]>, 'stun-us': <[int64 210000]>" router "}"
#define NEAR ", 'router-base-us': <int64 1000>, 'router-asked': <[int64 9]>, " \
  "'router-answered': <[int64 9]>, 'router-us': <[int64 190000]>"
#define FAR ", 'router-base-us': <int64 1000>, 'router-asked': <[int64 9]>, " \
  "'router-answered': <[int64 9]>, 'router-us': <[int64 1100]>"

static const Row rival_rows[] = {
  { "ipv6-stalls/line", SIDETONE_FINDING_IPV6_STALLS, "servers-ipv6 providers-line", "vpn tried-port",
    .ipv6_stalls = 5222 },
  { "ipv6-stalls/vpn", SIDETONE_FINDING_IPV6_STALLS, "vpn servers-ipv6 providers-line", "tried-port",
    .ipv6_stalls = 5222, .tunnel = "10.8.0.2" },
  { "ipv6-stalls/another-port", SIDETONE_FINDING_IPV6_STALLS, "servers-ipv6 tried-port providers-line",
    "vpn", .ipv6_stalls = 5223 },

  { "name/not-found", SIDETONE_FINDING_SERVICE_NOT_FOUND, "hidden-name", "", .relay = "" },

  { "udp-blocked/two-hosts", SIDETONE_FINDING_UDP_BLOCKED, "servers-without-udp", "vpn",
    { { STUN, .error = SILENT }, { TURN_TCP }, { OTHER_STUN, .error = SILENT }, { OTHER_TURN_TCP } } },
  { "udp-blocked/router-says-so", SIDETONE_FINDING_UDP_BLOCKED, "", "vpn servers-without-udp",
    { { STUN, .error = SIDETONE_ERROR_UDP_PROHIBITED, .told_by = "192.168.1.1" } } },
  { "udp-blocked/own-firewall", SIDETONE_FINDING_UDP_BLOCKED, "", "vpn servers-without-udp",
    { { STUN, .error = SIDETONE_ERROR_NOT_PERMITTED }, { TURN_TCP, .echo = NONE_UNBOUND } } },
  { "udp-blocked/tcp-gets-further", SIDETONE_FINDING_UDP_BLOCKED, "", "vpn servers-without-udp",
    { { STUN, .error = SILENT }, { TURN_TCP } },
    .way = "{'service': <'stun udp 203.0.113.20 3478'>, 'udp-routers': <['192.168.1.1']>, "
           "'tcp-routers': <['192.168.1.1', '198.51.100.254']>}" },
  { "udp-blocked/vpn", SIDETONE_FINDING_UDP_BLOCKED, "vpn servers-without-udp", "",
    { { STUN, .error = SILENT }, { TURN_TCP }, { OTHER_STUN, .error = SILENT }, { OTHER_TURN_TCP } },
    .tunnel = "10.8.0.2" },

  { "silent/all", SIDETONE_FINDING_SERVICE_SILENT, "local-firewall ban", "",
    { { STUN, .error = SILENT }, { TURN_TCP, .error = SIDETONE_ERROR_TCP_NO_ANSWER } } },
  { "silent/told-from-far-away", SIDETONE_FINDING_SERVICE_SILENT, "local-firewall ban", "",
    { { STUN, .error = SIDETONE_ERROR_UDP_PROHIBITED, .told_by = "203.0.113.1" } } },
  { "silent/udp-gets-out", SIDETONE_FINDING_SERVICE_SILENT, "ban", "local-firewall",
    { { STUN, .error = SILENT } },
    .way = "{'service': <'stun udp 203.0.113.20 3478'>, "
           "'udp-routers': <['192.168.1.1', '198.51.100.254']>}" },
  { "silent/tcp-gets-out", SIDETONE_FINDING_SERVICE_SILENT, "ban", "local-firewall",
    { { TURN_TCP, .error = SIDETONE_ERROR_TCP_NO_ANSWER } },
    .way = "{'service': <'stun udp 203.0.113.20 3478'>, 'tcp-peer': <'203.0.113.20:3478'>, "
           "'tcp-routers': <['192.168.1.1', '198.51.100.254']>}" },
  /* What is said in a connection may be filtered, too. */
  { "silent/tcp-is-taken", SIDETONE_FINDING_SERVICE_SILENT, "local-firewall ban", "",
    { { TURN_TCP, .error = SILENT } },
    .way = "{'service': <'stun udp 203.0.113.20 3478'>, 'tcp-peer': <'203.0.113.20:3478'>, "
           "'tcp-routers': <['192.168.1.1', '198.51.100.254']>, 'tcp-arrived': <true>}" },
  { "silent/tcp-gets-out-at-another-port", SIDETONE_FINDING_SERVICE_SILENT, "local-firewall ban", "",
    { { TURN_TLS, .error = SIDETONE_ERROR_TCP_NO_ANSWER } },
    .way = "{'service': <'stun udp 203.0.113.20 3478'>, 'tcp-peer': <'203.0.113.20:3478'>, "
           "'tcp-routers': <['192.168.1.1', '198.51.100.254']>}" },
  { "silent/another-answers-by-udp", SIDETONE_FINDING_SERVICE_SILENT, "", "local-firewall ban",
    { { STUN, .error = SILENT }, { OTHER_STUN } } },
  { "silent/packets-come-by-udp", SIDETONE_FINDING_SERVICE_SILENT, "", "local-firewall ban",
    { { OTHER_STUN, .error = SILENT }, { TURN_TCP, .echo = ALL } } },
  { "silent/tcp-there-and-not-elsewhere", SIDETONE_FINDING_SERVICE_SILENT, "", "local-firewall ban",
    { { TURN_TCP, .error = SIDETONE_ERROR_TCP_NO_ANSWER }, { OTHER_TURN_TCP } } },
  { "silent/another-port-proves-nothing", SIDETONE_FINDING_SERVICE_SILENT, "local-firewall ban", "",
    { { TURN_TLS, .error = SIDETONE_ERROR_TCP_NO_ANSWER }, { OTHER_TURN_TCP } } },
  { "silent/refused", SIDETONE_FINDING_SERVICE_SILENT, "", "local-firewall ban",
    { { TURN_TCP, .error = SIDETONE_ERROR_CONNECTION_REFUSED } } },

  /* A server that takes only TCP looks like a network that lets out no UDP. */
  { "transport/udp-gets-out", SIDETONE_FINDING_RELAY_TRANSPORT, "", "local-firewall local-ipv6",
    { { STUN, .error = SILENT }, { TURN_TCP } },
    .way = "{'service': <'stun udp 203.0.113.20 3478'>, "
           "'udp-routers': <['192.168.1.1', '198.51.100.254']>, "
           "'tcp-routers': <['192.168.1.1', '198.51.100.254']>}" },
  { "transport/way-not-known", SIDETONE_FINDING_RELAY_TRANSPORT, "local-firewall", "",
    { { STUN, .error = SILENT }, { TURN_TCP } },
    .way = "{'service': <'stun udp 203.0.113.20 3478'>, 'udp-routers': <['192.168.1.1']>, "
           "'tcp-routers': <['192.168.1.1']>}" },
  { "transport/no-udp", SIDETONE_FINDING_RELAY_TRANSPORT, "local-firewall", "local-ipv6",
    { { STUN, .error = SILENT }, { TURN, .error = SILENT }, { TURN_TCP, .echo = NONE_UNBOUND } } },
  { "transport/no-udp-there", SIDETONE_FINDING_RELAY_TRANSPORT, "", "local-firewall local-ipv6",
    { { STUN, .error = SILENT }, { TURN, .error = SILENT }, { TURN_TCP, .echo = ALL } } },
  { "transport/udp-refused", SIDETONE_FINDING_RELAY_TRANSPORT, "", "local-firewall local-ipv6",
    { { STUN, .error = SIDETONE_ERROR_UDP_REFUSED }, { TURN, .error = SIDETONE_ERROR_UDP_REFUSED },
      { TURN_TCP, .echo = NONE_UNBOUND } } },
  { "transport/no-tcp", SIDETONE_FINDING_RELAY_TRANSPORT, "local-firewall", "local-ipv6",
    { { STUN }, { TURN_TCP, .error = SIDETONE_ERROR_TCP_NO_ANSWER } } },
  { "transport/tcp-refused", SIDETONE_FINDING_RELAY_TRANSPORT, "", "local-firewall local-ipv6",
    { { STUN }, { TURN_TCP, .error = SIDETONE_ERROR_CONNECTION_REFUSED } } },
  { "transport/ipv6", SIDETONE_FINDING_RELAY_TRANSPORT, "local-ipv6", "local-firewall",
    { { NAMED, .peer = PEER, .echo = ALL }, { NAMED, .peer = PEER6, .error = SILENT } } },
  { "transport/ipv6-works-elsewhere", SIDETONE_FINDING_RELAY_TRANSPORT, "",
    "local-firewall local-ipv6",
    { { NAMED, .peer = PEER, .echo = ALL }, { NAMED, .peer = PEER6, .error = SILENT } },
    .ipv6 = TRUE },
  { "transport/ipv6-works-at-another", SIDETONE_FINDING_RELAY_TRANSPORT, "",
    "local-firewall local-ipv6",
    { { NAMED, .peer = PEER, .echo = ALL }, { NAMED, .peer = PEER6, .error = SILENT },
      { "stun udp 2001:db8:5::30 3478" } } },

  { "stun-off", SIDETONE_FINDING_STUN_SILENT, "", "",
    { { STUN, .error = SILENT }, { TURN, .echo = ALL } } },

  { "credentials/401", SIDETONE_FINDING_CREDENTIALS_REFUSED, "server-clock", "",
    { { TURN, .error = SIDETONE_ERROR_TURN_UNAUTHORIZED } } },
  { "credentials/441", SIDETONE_FINDING_CREDENTIALS_REFUSED, "", "server-clock",
    { { TURN, .error = SIDETONE_ERROR_TURN_WRONG_CREDENTIALS } } },

  { "certificate/issuer", SIDETONE_FINDING_RELAY_CERTIFICATE, "tls-interception old-authorities", "clock",
    { { TURN_TLS, .error = SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER } } },
  { "certificate/no-chain", SIDETONE_FINDING_RELAY_CERTIFICATE, "tls-interception", "clock old-authorities",
    { { TURN_TLS, .error = SIDETONE_ERROR_CERTIFICATE_NO_CHAIN } } },
  { "certificate/self-signed", SIDETONE_FINDING_RELAY_CERTIFICATE, "", "tls-interception clock",
    { { TURN_TLS, .error = SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED } } },
  { "certificate/name", SIDETONE_FINDING_RELAY_CERTIFICATE, "", "tls-interception clock",
    { { TURN_TLS, .error = SIDETONE_ERROR_CERTIFICATE_WRONG_NAME } } },
  { "certificate/expired", SIDETONE_FINDING_RELAY_CERTIFICATE, "clock", "tls-interception",
    { { TURN_TLS, .error = SIDETONE_ERROR_CERTIFICATE_EXPIRED } } },
  { "certificate/expired-by-both-clocks", SIDETONE_FINDING_RELAY_CERTIFICATE, "",
    "tls-interception clock",
    { { TURN_TLS, .error = SIDETONE_ERROR_CERTIFICATE_EXPIRED } }, .clock_ahead = 2 },

  { "closed/alone", SIDETONE_FINDING_RELAY_CLOSED, "local-firewall", "",
    { { STUN }, { TURN, .echo = NONE } } },
  { "closed/another-is-open", SIDETONE_FINDING_RELAY_CLOSED, "", "local-firewall",
    { { TURN, .echo = NONE }, { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = ALL } } },

  { "closed/open-by-the-other-version", SIDETONE_FINDING_RELAY_CLOSED, "local-firewall", "",
    { { TURN, .echo = ALL }, { TURN6, .relayed = "[2001:db8:5::20]:50000", .echo = NONE } } },

  { "one-way/alone", SIDETONE_FINDING_RELAY_ONE_WAY, "local-firewall", "",
    { { STUN }, { TURN, .echo = THERE_ALONE } } },
  { "one-way/another-works", SIDETONE_FINDING_RELAY_ONE_WAY, "", "local-firewall",
    { { STUN }, { TURN, .echo = THERE_ALONE },
      { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = ALL } } },
  { "one-way/works-by-the-other-version", SIDETONE_FINDING_RELAY_ONE_WAY, "local-firewall", "",
    { { TURN, .echo = ALL },
      { TURN6, .relayed = "[2001:db8:5::20]:50000", .echo = THERE_ALONE } } },
  { "address/silent", SIDETONE_FINDING_RELAY_ADDRESS, "closed-ports local-firewall", "",
    { { STUN }, { TURN, .relayed = "203.0.113.98:50000", .echo = NONE } } },
  { "address/another-is-open", SIDETONE_FINDING_RELAY_ADDRESS, "closed-ports", "local-firewall",
    { { TURN, .relayed = "203.0.113.98:50000", .echo = NONE },
      { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = ALL } } },
  { "address/unreachable", SIDETONE_FINDING_RELAY_ADDRESS, "closed-ports local-firewall", "",
    { { STUN }, { TURN, .relayed = "203.0.113.98:50000", .echo = UNREACHED } } },
  { "address/private", SIDETONE_FINDING_RELAY_ADDRESS, "", "closed-ports local-firewall",
    { { STUN }, { TURN, .relayed = "10.0.0.5:50000", .echo = NONE } } },

  { "full/508", SIDETONE_FINDING_RELAY_FULL, "relay-full", "",
    { { TURN, .error = SIDETONE_ERROR_TURN_NO_CAPACITY } } },
  { "full/486", SIDETONE_FINDING_RELAY_FULL, "", "relay-full",
    { { TURN, .error = SIDETONE_ERROR_TURN_QUOTA } } },

  { "error/impostor", SIDETONE_FINDING_RELAY_ERROR, "impostor", "",
    { { TURN, .error = SIDETONE_ERROR_STUN_NOT_GENUINE } } },
  { "error/own", SIDETONE_FINDING_RELAY_ERROR, "", "impostor local-firewall",
    { { TURN, .error = SIDETONE_ERROR_TURN_BAD_REQUEST } } },
  { "error/cut", SIDETONE_FINDING_RELAY_ERROR, "local-firewall", "impostor",
    { { TURN_TCP, .error = SIDETONE_ERROR_CONNECTION_LOST } } },
  /* A network that filters calls looks like a port for TLS alone. */
  { "error/only-tls", SIDETONE_FINDING_RELAY_ERROR, "local-firewall", "impostor",
    { { STUN, .error = SILENT }, { TURN_TCP, .error = SIDETONE_ERROR_RELAY_WANTS_TLS } } },
  { "error/only-tls-and-udp", SIDETONE_FINDING_RELAY_ERROR, "", "impostor local-firewall",
    { { STUN }, { TURN_TCP, .error = SIDETONE_ERROR_RELAY_WANTS_TLS } } },
  { "lost/one-relay", SIDETONE_FINDING_PACKETS_LOST, "relays-line", "wireless vpn",
    { { TURN, .echo = SOME } } },
  { "lost/two-relays", SIDETONE_FINDING_PACKETS_LOST, "", "wireless vpn relays-line",
    { { TURN, .echo = SOME }, { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = SOME } } },
  { "lost/wireless", SIDETONE_FINDING_PACKETS_LOST, "wireless relays-line", "vpn",
    { { TURN, .echo = SOME } }, .wireless = TRUE },
  { "lost/vpn", SIDETONE_FINDING_PACKETS_LOST, "vpn relays-line", "wireless",
    { { TURN, .echo = SOME } }, .tunnel = "10.8.0.2" },
  { "lost/behind-router", SIDETONE_FINDING_PACKETS_LOST, "relays-line", "wireless vpn",
    { { TURN, .echo = SOME } }, .wireless = TRUE, .pinged = NEAR_RELAY, .server_lost = 45 },
  { "lost/server-far-away-too", SIDETONE_FINDING_PACKETS_LOST, "", "wireless vpn relays-line",
    { { TURN, .echo = SOME } }, .wireless = TRUE, .pinged = FAR_FROM_RELAY, .server_lost = 45 },
  { "lost/router-silent", SIDETONE_FINDING_PACKETS_LOST, "wireless relays-line", "vpn",
    { { TURN, .echo = SOME } }, .wireless = TRUE, .pinged = FAR_FROM_RELAY, .router_lost = 250,
    .server_lost = 45 },
  { "lost/router-answers-few", SIDETONE_FINDING_PACKETS_LOST, "wireless relays-line", "vpn",
    { { TURN, .echo = SOME } }, .wireless = TRUE, .pinged = FAR_FROM_RELAY, .router_lost = 220,
    .server_lost = 45 },
  { "lost/router-answers-fewer-than-server", SIDETONE_FINDING_PACKETS_LOST, "wireless relays-line",
    "vpn", { { TURN, .echo = SOME } }, .wireless = TRUE, .pinged = FAR_FROM_RELAY, .router_lost = 45,
    .server_lost = 15 },
  { "lost/providers-router", SIDETONE_FINDING_PACKETS_LOST, "relays-line", "wireless vpn",
    { { TURN, .echo = SOME } }, .own = "198.51.100.7", .pinged = FAR_FROM_RELAY, .router_lost = 45,
    .server_lost = 45 },
  { "lost/two-relays-and-nothing-to-the-server", SIDETONE_FINDING_PACKETS_LOST, "relays-line",
    "wireless vpn",
    { { TURN, .echo = SOME }, { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = SOME } },
    .pinged = FAR_FROM_RELAY },
  { "lost/vpn-pinged", SIDETONE_FINDING_PACKETS_LOST, "vpn relays-line", "wireless",
    { { TURN, .echo = SOME } }, .tunnel = "10.8.0.2", .pinged = FAR_FROM_RELAY, .router_lost = 45,
    .server_lost = 45 },
  { "own-network", SIDETONE_FINDING_OWN_NETWORK_LOSES, "", "",
    { { TURN, .echo = SOME } }, .pinged = NEAR_RELAY, .router_lost = 45, .server_lost = 45 },
  { "own-network/wireless", SIDETONE_FINDING_OWN_NETWORK_LOSES, "", "",
    { { TURN, .echo = SOME } }, .wireless = TRUE, .pinged = NEAR_RELAY, .router_lost = 45,
    .server_lost = 250 },
  { "relay-loses/near-the-server", SIDETONE_FINDING_RELAY_LOSES, "udp-limit", "relays-way",
    { { TURN, .echo = SOME } }, .pinged = NEAR_RELAY },
  { "relay-loses/far-from-it", SIDETONE_FINDING_RELAY_LOSES, "relays-way udp-limit", "",
    { { TURN, .echo = SOME } }, .wireless = TRUE, .pinged = FAR_FROM_RELAY, .router_lost = 250 },
  { "large/one-relay", SIDETONE_FINDING_LARGE_PACKETS_LOST, "relays-line providers-line", "vpn",
    { { TURN, .echo = NO_LARGE } } },
  { "large/two-relays", SIDETONE_FINDING_LARGE_PACKETS_LOST, "providers-line", "vpn relays-line",
    { { TURN, .echo = NO_LARGE },
      { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = NO_LARGE } } },
  { "large/vpn", SIDETONE_FINDING_LARGE_PACKETS_LOST, "vpn relays-line providers-line", "",
    { { TURN, .echo = NO_LARGE } }, .tunnel = "10.8.0.2" },
  { "slow/one-relay", SIDETONE_FINDING_LONG_DELAY, "own-traffic relays-line", "vpn",
    { { TURN, .echo = SLOW } } },
  { "slow/two-relays", SIDETONE_FINDING_LONG_DELAY, "own-traffic", "vpn relays-line",
    { { TURN, .echo = SLOW }, { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = SLOW } } },
  { "slow/vpn", SIDETONE_FINDING_LONG_DELAY, "own-traffic vpn relays-line", "",
    { { TURN, .echo = SLOW } }, .tunnel = "10.8.0.2" },
  { "ended/alone", SIDETONE_FINDING_RELAY_ENDS, "line-lost flood-protection", "", { { TURN, .echo = ENDED } } },
  { "ended/others-answered-before", SIDETONE_FINDING_RELAY_ENDS, "line-lost flood-protection", "",
    { { STUN }, { TURN, .echo = ENDED } } },
  { "ended/another-answers", SIDETONE_FINDING_RELAY_ENDS, "flood-protection", "line-lost",
    { { TURN, .echo = ENDED }, { OTHER_STUN, .start_us = 4 * G_USEC_PER_SEC } } },
  { "ended/another-goes-on", SIDETONE_FINDING_RELAY_ENDS, "", "line-lost flood-protection",
    { { TURN, .echo = ENDED },
      { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = PAUSED } } },
  { "redirected", SIDETONE_FINDING_RELAY_REDIRECTS, "", "",
    { { TURN, .alternate = "203.0.113.30:3478", .echo = ALL } } },
  { "inside", SIDETONE_FINDING_SERVICE_INSIDE, "", "",
    { { "stun udp 198.51.100.1 3478", .error = SILENT } } },
  /* In one direction alone, though both cross the same lines */
  { "throttled", SIDETONE_FINDING_RELAY_THROTTLES, "", "", { { TURN, .echo = ONE_SIDED } } },
  { "rewritten/one", SIDETONE_FINDING_ADDRESS_REWRITTEN, "servers-firewall", "",
    { { STUN, .plain = "192.168.1.10:6000" } } },
  { "rewritten/two", SIDETONE_FINDING_ADDRESS_REWRITTEN, "", "servers-firewall",
    { { STUN, .plain = "192.168.1.10:6000" }, { OTHER_STUN, .plain = "192.168.1.10:6000" } } },
  { "hidden", SIDETONE_FINDING_STUN_SEES_PRIVATE, "", "",
    { { STUN, .mapped = "192.168.99.1:6000" } } },

  /* Whose limit it is */
  { "relays-limit/cut", SIDETONE_FINDING_RELAY_LIMITS_RATE, "", "line-limits", { { TURN, .echo = ALL } },
    .video = SMALL ("loss", "25", "75", "21000", "21000", "") },
  { "relays-limit/shaped", SIDETONE_FINDING_RELAY_LIMITS_RATE, "line-limits", "",
    { { TURN, .echo = ALL } }, .video = SMALL ("loss", "1", "80", "21000", "21000", "") },
  { "relays-limit/late", SIDETONE_FINDING_RELAY_LIMITS_RATE, "line-limits", "",
    { { TURN, .echo = ALL } }, .video = SMALL ("delay", "0", "100", "220000", "21000", "") },
  { "no-room/somewhere", SIDETONE_FINDING_NO_ROOM_FOR_VIDEO, "own-traffic wireless relays-line", "vpn",
    { { TURN, .echo = ALL } }, .wireless = TRUE, .video = NONE_LATE ("") },
  { "no-room/vpn", SIDETONE_FINDING_NO_ROOM_FOR_VIDEO, "own-traffic vpn relays-line", "wireless",
    { { TURN, .echo = ALL } }, .tunnel = "10.8.0.2", .video = NONE_LATE ("") },
  { "no-room/here", SIDETONE_FINDING_NO_ROOM_FOR_VIDEO, "own-traffic", "wireless vpn relays-line",
    { { TURN, .echo = ALL } }, .wireless = TRUE, .video = NONE_LATE (NEAR) },
  { "no-room/beyond", SIDETONE_FINDING_NO_ROOM_FOR_VIDEO, "own-traffic relays-line", "wireless vpn",
    { { TURN, .echo = ALL } }, .wireless = TRUE, .video = NONE_LATE (FAR) },
  { "small/somewhere", SIDETONE_FINDING_ROOM_FOR_SMALL_VIDEO, "own-traffic wireless relays-line", "vpn",
    { { TURN, .echo = ALL } }, .wireless = TRUE, .video = LATE ("") },
  { "small/vpn", SIDETONE_FINDING_ROOM_FOR_SMALL_VIDEO, "own-traffic vpn relays-line", "wireless",
    { { TURN, .echo = ALL } }, .tunnel = "10.8.0.2", .video = LATE ("") },
  { "small/here-by-cable", SIDETONE_FINDING_ROOM_FOR_SMALL_VIDEO, "own-traffic",
    "wireless vpn relays-line", { { TURN, .echo = ALL } }, .video = LATE (ROUTER ("190000")) },
  { "small/lost", SIDETONE_FINDING_ROOM_FOR_SMALL_VIDEO, "own-traffic relays-line", "wireless vpn",
    { { TURN, .echo = ALL } }, .video = SMALL ("loss", "2", "80", "90000", "85000", "") },
  { "load/somewhere", SIDETONE_FINDING_DELAY_UNDER_LOAD, "wireless relays-line", "vpn",
    { { TURN, .echo = ALL } }, .wireless = TRUE, .video = LATE ("") },
  { "load/vpn", SIDETONE_FINDING_DELAY_UNDER_LOAD, "vpn relays-line", "wireless",
    { { TURN, .echo = ALL } }, .tunnel = "10.8.0.2", .video = LATE ("") },
  { "load/here", SIDETONE_FINDING_DELAY_UNDER_LOAD, "", "wireless vpn relays-line",
    { { TURN, .echo = ALL } }, .wireless = TRUE, .video = LATE (ROUTER ("190000")) },
  { "load/beyond", SIDETONE_FINDING_DELAY_UNDER_LOAD, "relays-line", "wireless vpn",
    { { TURN, .echo = ALL } }, .wireless = TRUE, .video = LATE (ROUTER ("1100")) },

  /* Whose NAT it is */
  { "mapping/no-path", SIDETONE_FINDING_MAPPING_DEPENDENT, "providers-nat", "vpn",
    .mapping = "address-and-port-dependent" },
  { "mapping/the-routers", SIDETONE_FINDING_MAPPING_DEPENDENT, "", "vpn providers-nat",
    .mapping = "address-and-port-dependent", .path = "no" },
  { "mapping/vpn", SIDETONE_FINDING_MAPPING_DEPENDENT, "vpn providers-nat", "",
    .mapping = "address-and-port-dependent", .tunnel = "10.8.0.2" },
  { "lifetime/no-path", SIDETONE_FINDING_SHORT_LIFETIME, "providers-nat", "vpn",
    .short_lifetime = TRUE },
  { "lifetime/the-routers", SIDETONE_FINDING_SHORT_LIFETIME, "", "vpn providers-nat",
    .short_lifetime = TRUE, .path = "no" },
  { "lifetime/vpn", SIDETONE_FINDING_SHORT_LIFETIME, "vpn providers-nat", "",
    .short_lifetime = TRUE, .tunnel = "10.8.0.2" },
  { "ways-out/no-tunnel", SIDETONE_FINDING_SEVERAL_WAYS_OUT, "several-addresses call-servers-proxy", "",
    .mapping = "endpoint-independent", .ways_out = "198.51.100.9:6000" },
  { "ways-out/two-servers", SIDETONE_FINDING_SEVERAL_WAYS_OUT, "several-addresses",
    "call-servers-proxy",
    { { STUN, .mapped = "198.51.100.9:6000" }, { OTHER_STUN, .mapped = "198.51.100.9:6001" } },
    .mapping = "endpoint-independent", .ways_out = "198.51.100.9:6000" },
  { "ways-out/tunnel", SIDETONE_FINDING_SEVERAL_WAYS_OUT, "call-servers-proxy", "several-addresses",
    .mapping = "endpoint-independent", .ways_out = "198.51.100.9:6000", .tunnel = "10.8.0.2" },
  { "second-router", SIDETONE_FINDING_SECOND_ROUTER, "providers-nat", "", .path = "yes" },

  /* The XMPP server */
  { "proxy/near", SIDETONE_FINDING_SERVER_BEHIND_PROXY, "inside", "", .seen = "192.168.1.1:4000" },
  { "proxy/container", SIDETONE_FINDING_SERVER_BEHIND_PROXY, "", "inside",
    .seen = "172.17.0.1:4000" },
  { "ipv6/server", SIDETONE_FINDING_BROKEN_IPV6, "servers-ipv6", "", .ipv6_silent = TRUE },
  { "ipv6/everywhere", SIDETONE_FINDING_BROKEN_IPV6, "", "servers-ipv6",
    { { TURN6, .error = SILENT } }, .ipv6_silent = TRUE },
  { "ipv6/a-traceroute-proves-nothing", SIDETONE_FINDING_BROKEN_IPV6, "", "servers-ipv6",
    { { TURN6, .error = SILENT } }, .ipv6_silent = TRUE,
    .way = "{'service': <'turn udp 2001:db8:5::20 3478'>, 'peer-address': <'2001:db8:5::20'>, "
           "'peer-port': <int64 3478>}" },
  { "ipv6/only-the-servers", SIDETONE_FINDING_SERVER_BROKEN_IPV6, "", "",
    { { TURN6, .echo = NOT_TRIED } }, .ipv6_silent = TRUE },

  { "stun/impostor", SIDETONE_FINDING_STUN_ERROR, "impostor", "",
    { { STUN, .error = SIDETONE_ERROR_STUN_WRONG_SOURCE } } },
  { "stun/own", SIDETONE_FINDING_STUN_ERROR, "", "impostor local-firewall",
    { { STUN, .error = SIDETONE_ERROR_STUN_FAILED } } },
  { "stun/cut", SIDETONE_FINDING_STUN_ERROR, "local-firewall", "impostor",
    { { "stun tcp 203.0.113.20 3478", .error = SIDETONE_ERROR_CONNECTION_LOST } } },

  { "stun/only-tls", SIDETONE_FINDING_STUN_ERROR, "local-firewall", "impostor",
    { { STUN, .error = SILENT },
      { "stun tcp 203.0.113.20 3478", .error = SIDETONE_ERROR_RELAY_WANTS_TLS } } },

  { "dns/srv", SIDETONE_FINDING_SRV_SILENT, "domain-dns", "",
    .step = SIDETONE_OBSERVATION_LOOKUP, .answers_addresses = TRUE },
  { "dns/one-name", SIDETONE_FINDING_DNS_SILENT, "domain-dns", "",
    .step = SIDETONE_OBSERVATION_LOOKUP, .failure = SIDETONE_ERROR_DNS_NO_ANSWER,
    .answers_addresses = TRUE },
  { "dns/all", SIDETONE_FINDING_DNS_SILENT, "", "domain-dns",
    .step = SIDETONE_OBSERVATION_LOOKUP, .failure = SIDETONE_ERROR_DNS_NO_ANSWER },

  { "sign-in/expired", SIDETONE_FINDING_CERTIFICATE, "clock", "tls-interception",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_EXPIRED },
  { "sign-in/not-yet-valid", SIDETONE_FINDING_CERTIFICATE, "clock", "tls-interception",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID },
  { "sign-in/issuer", SIDETONE_FINDING_CERTIFICATE, "tls-interception old-authorities", "clock",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER },
  { "sign-in/no-chain", SIDETONE_FINDING_CERTIFICATE, "tls-interception", "clock old-authorities",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_NO_CHAIN },
  { "sign-in/self-signed", SIDETONE_FINDING_CERTIFICATE, "tls-interception", "clock",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED },
  { "sign-in/self-signed-here", SIDETONE_FINDING_CERTIFICATE, "", "tls-interception clock",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED,
    .server = "127.0.0.1:5222" },
  { "sign-in/alpn", SIDETONE_FINDING_WEB_PORT, "tls-interception", "",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_ALPN_REFUSED },
  { "sign-in/alpn-here", SIDETONE_FINDING_WEB_PORT, "", "tls-interception",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_ALPN_REFUSED,
    .server = "127.0.0.1:5222" },
  { "sign-in/wrong-name", SIDETONE_FINDING_CERTIFICATE, "typo", "tls-interception clock web-port",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_WRONG_NAME },
  { "sign-in/wrong-name-announced", SIDETONE_FINDING_CERTIFICATE, "", "typo",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
    .is_announced = TRUE },
  { "sign-in/wrong-name-at-tls-port", SIDETONE_FINDING_CERTIFICATE, "web-port", "typo",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
    .record = "srv-direct" },
  { "sign-in/expired-at-tls-port", SIDETONE_FINDING_CERTIFICATE, "clock", "web-port",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_EXPIRED,
    .record = "srv-direct" },
  { "sign-in/web-announced-beside", SIDETONE_FINDING_ANNOUNCED_WEB, "tls-interception", "",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_ALPN_REFUSED,
    .record = "srv-direct", .works_elsewhere = TRUE },
  { "sign-in/web-announced-here", SIDETONE_FINDING_ANNOUNCED_WEB, "", "tls-interception",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_ALPN_REFUSED,
    .record = "srv-direct", .works_elsewhere = TRUE, .server = "127.0.0.1:443" },
  { "sign-in/other-host-announced", SIDETONE_FINDING_SERVER_REFUSES, "", "typo",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_HOST_UNKNOWN,
    .is_announced = TRUE },
  { "sign-in/right-name", SIDETONE_FINDING_CERTIFICATE, "clock", "typo",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CERTIFICATE_EXPIRED },
  { "sign-in/servers-port", SIDETONE_FINDING_SERVER_REFUSES, "typo", "tls-interception",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_SERVERS_PORT },
  { "sign-in/servers-port-announced", SIDETONE_FINDING_SERVER_REFUSES, "", "typo",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_SERVERS_PORT,
    .is_announced = TRUE },
  { "sign-in/binding", SIDETONE_FINDING_SERVER_REFUSES, "tls-interception", "typo",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_BINDING_REFUSED },
  { "sign-in/binding-here", SIDETONE_FINDING_SERVER_REFUSES, "", "tls-interception",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_BINDING_REFUSED,
    .server = "127.0.0.1:5222" },
  { "sign-in/no-accounts", SIDETONE_FINDING_WRONG_PASSWORD, "login-backend", "",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_NOT_AUTHORIZED },
  { "sign-in/challenged", SIDETONE_FINDING_WRONG_PASSWORD, "", "login-backend",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_WRONG_PASSWORD },
  { "sign-in/expired-password", SIDETONE_FINDING_WRONG_PASSWORD, "", "login-backend",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_PASSWORD_EXPIRED },
  { "sign-in/other-host", SIDETONE_FINDING_SERVER_REFUSES, "typo", "",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_HOST_UNKNOWN },
  { "sign-in/stream-error", SIDETONE_FINDING_SERVER_REFUSES, "", "typo",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_STREAM_ERROR },
  { "sign-in/web", SIDETONE_FINDING_NOT_XMPP, "web-port typo", "",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_HTTP_ANSWER },
  { "sign-in/web-announced", SIDETONE_FINDING_NOT_XMPP, "web-port", "typo",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_HTTP_ANSWER,
    .is_announced = TRUE },
  { "sign-in/banner", SIDETONE_FINDING_NOT_XMPP, "", "web-port typo",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_NOT_XMPP },
  /* Domains without SRV records may not be XMPP's. */
  { "connect/silent-and-unnamed", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban typo", "dns-filter vpn",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER },
  { "connect/silent", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban", "dns-filter typo vpn",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE },
  { "connect/unreachable", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban typo", "dns-filter vpn",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_UNREACHABLE },
  { "connect/without-ipv4", SIDETONE_FINDING_SERVER_IPV4_ONLY, "ipv4-off own-dns", "typo",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_UNREACHABLE,
    .is_announced = TRUE, .led_to = "203.0.113.10", .own = "2001:db8:1::7" },
  { "connect/without-ipv4-and-no-record", SIDETONE_FINDING_SERVER_IPV4_ONLY, "ipv4-off own-dns typo", "",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_UNREACHABLE,
    .led_to = "203.0.113.10", .own = "2001:db8:1::7" },
  { "connect/refused", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban typo", "dns-filter vpn",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_CONNECTION_REFUSED },
  { "connect/refused-by-the-announced", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban", "dns-filter typo vpn",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_CONNECTION_REFUSED,
    .is_announced = TRUE },
  { "connect/led-here", SIDETONE_FINDING_SERVER_SILENT, "dns-filter", "local-firewall ban typo vpn",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_CONNECTION_REFUSED,
    .is_announced = TRUE, .server = "0.0.0.0:5222", .led_to = "0.0.0.0" },
  { "connect/typed-here", SIDETONE_FINDING_SERVER_SILENT, "typo", "dns-filter local-firewall ban vpn",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_CONNECTION_REFUSED,
    .server = "127.0.0.1:5222" },
  { "connect/heard-nothing", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban", "dns-filter typo vpn",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_STREAM_NO_ANSWER },
  { "connect/signing-in", SIDETONE_FINDING_SERVER_SILENT, "", "dns-filter local-firewall ban typo vpn",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_SIGN_IN_NO_ANSWER },
  { "connect/inner-address", SIDETONE_FINDING_SERVER_SILENT, "inner-address",
    "dns-filter hidden-name local-firewall ban typo vpn",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .server = "172.16.5.20:5222", .led_to = "172.16.5.20" },
  /* A firewall between two networks of one organization, and one behind its VPN */
  { "connect/inner-address-nearby", SIDETONE_FINDING_SERVER_SILENT, "inner-address local-firewall ban",
    "vpn", .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .server = "192.168.178.20:5222", .led_to = "192.168.178.20" },
  { "connect/inner-address-by-vpn", SIDETONE_FINDING_SERVER_SILENT,
    "inner-address vpn local-firewall ban", "typo",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .server = "172.16.5.20:5222", .led_to = "172.16.5.20", .tunnel = "10.8.0.2" },
  { "connect/only-ipv6", SIDETONE_FINDING_SERVER_IPV6_ONLY, "no-ipv6", "typo",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_UNREACHABLE,
    .is_announced = TRUE, .server = PUBLIC_PEER6, .led_to = "2001:db8:5::10" },
  { "connect/only-ipv6-and-no-record", SIDETONE_FINDING_SERVER_IPV6_ONLY, "no-ipv6 typo", "",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_UNREACHABLE,
    .server = PUBLIC_PEER6, .led_to = "2001:db8:5::10" },
  { "connect/typed-ipv6", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban typo", "",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_UNREACHABLE,
    .server = PUBLIC_PEER6 },
  { "connect/only-ipv6-and-lost", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban typo", "",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_UNREACHABLE,
    .server = PUBLIC_PEER6, .own = "2001:db8:1::7" },
  { "connect/own-network", SIDETONE_FINDING_SERVER_SILENT, "local-firewall ban", "inner-address",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .server = "192.168.1.20:5222", .led_to = "192.168.1.20" },
  { "connect/silent-by-vpn", SIDETONE_FINDING_SERVER_SILENT, "vpn local-firewall ban", "dns-filter typo",
    .step = SIDETONE_OBSERVATION_CONNECT, .failure = SIDETONE_ERROR_TCP_NO_ANSWER,
    .is_announced = TRUE, .tunnel = "10.8.0.2" },
  { "dns/no-name", SIDETONE_FINDING_NAME_NOT_FOUND, "hiding-dns", "",
    .step = SIDETONE_OBSERVATION_LOOKUP, .failure = SIDETONE_ERROR_NAME_NOT_FOUND,
    .answers_addresses = TRUE, .answers_srv = TRUE },
  { "dns/not-offered", SIDETONE_FINDING_NAME_NOT_FOUND, "", "hiding-dns",
    .step = SIDETONE_OBSERVATION_LOOKUP, .failure = SIDETONE_ERROR_NOT_OFFERED_BY_DNS,
    .answers_addresses = TRUE, .answers_srv = TRUE },
  /* The account is right: DNS knows its domain. */
  { "dns/no-target", SIDETONE_FINDING_SERVER_SILENT, "hidden-name",
    "dns-filter inner-address local-firewall ban typo",
    .step = SIDETONE_OBSERVATION_LOOKUP, .failure = SIDETONE_ERROR_NAME_NOT_FOUND,
    .answers_addresses = TRUE, .answers_srv = TRUE, .is_announced = TRUE },
  { "tls/silent", SIDETONE_FINDING_NO_SECURITY, "local-firewall", "vpn",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_TLS_NO_ANSWER },
  { "tls/vpn", SIDETONE_FINDING_NO_SECURITY, "vpn local-firewall", "",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_TLS_NO_ANSWER,
    .tunnel = "10.8.0.2" },
  { "tls/cut", SIDETONE_FINDING_NO_SECURITY, "local-firewall", "vpn",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_CONNECTION_LOST,
    .tunnel = "10.8.0.2" },
  { "tls/taken-out", SIDETONE_FINDING_NO_SECURITY, "local-firewall", "vpn",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_TLS_NOT_OFFERED },
  { "tls/alert", SIDETONE_FINDING_NO_SECURITY, "", "vpn local-firewall",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_TLS_FAILED },
  { "tls/here", SIDETONE_FINDING_NO_SECURITY, "", "local-firewall",
    .step = SIDETONE_OBSERVATION_SECURE, .failure = SIDETONE_ERROR_TLS_NO_ANSWER,
    .server = "127.0.0.1:5222" },
  { "sign-in/unheard", SIDETONE_FINDING_CLOSED_UNHEARD, "local-firewall ban", "",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_CLOSED_UNHEARD },
  { "sign-in/unheard-here", SIDETONE_FINDING_CLOSED_UNHEARD, "", "local-firewall ban",
    .step = SIDETONE_OBSERVATION_SIGN_IN, .failure = SIDETONE_ERROR_CLOSED_UNHEARD,
    .server = "127.0.0.1:5222" },
};

static inline void
add_seen (GListStore             *store,
          SidetoneObservationKind kind,
          const char             *id,
          const char             *seen,
          const char             *details)
{
  g_autoptr (SidetoneEndpoint) local = parse_endpoint ("192.168.1.10:6000");
  g_autoptr (SidetoneEndpoint) mapped = parse_endpoint (seen);
  g_autoptr (SidetoneObservation) observation = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) read = g_variant_parse (G_VARIANT_TYPE_VARDICT, details, NULL, NULL, &error);

  g_assert_no_error (error);
  observation = sidetone_observation_new (&(SidetoneObservationFields) {
    .id = id,
    .kind = kind,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = SIDETONE_STATE_PASSED,
    .local = local,
    .seen = mapped,
    .details = read,
  });
  g_list_store_append (store, observation);
}

static inline void
add_pings (GListStore *store,
           const char *whose,
           const char *address,
           gint64      n_lost)
{
  g_autofree char *id = g_strconcat ("ping-", whose, NULL);
  g_autofree char *details = g_strdup_printf ("{'whose': <'%s'>, 'peer-address': <'%s'>, "
                                              "'sent': <int64 250>, "
                                              "'arrived': <int64 %" G_GINT64_FORMAT ">}",
                                              whose, address, 250 - n_lost);

  add_seen (store, SIDETONE_OBSERVATION_PING, id, "198.51.100.1:6000", details);
}

/* TLS with the server at this address; @code is 0 if it passed */
static inline void
add_secure (GListStore   *store,
            const char   *id,
            const char   *address,
            guint16       port,
            SidetoneError code)
{
  g_autoptr (GError) error = code != 0 ? g_error_new_literal (SIDETONE_ERROR, code, "no") : NULL;
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = id,
    .kind = SIDETONE_OBSERVATION_SECURE,
    .state = code == 0 ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .error = error,
  };

  g_variant_dict_insert (&details, "target", "s", "montague.lit");
  g_variant_dict_insert (&details, "peer-address", "s", address);
  g_variant_dict_insert (&details, "peer-port", "x", (gint64) port);
  g_variant_dict_insert (&details, "security", "s", "starttls");
  add_observation (store, &fields, &details);
}

/* What is known of the NAT and of the way to the internet */
static inline void
add_surroundings (GListStore *store,
                  const Row  *row)
{
  SidetoneError silent = SIDETONE_ERROR_TCP_NO_ANSWER;

  add_interface (store, row->wireless ? "wlan0" : "eth0", row->wireless ? "wireless" : "wired",
                 row->own != NULL ? row->own : "192.168.1.10", row->tunnel == NULL);
  if (row->tunnel != NULL)
    add_interface (store, "tun0", "tunnel", row->tunnel, TRUE);
  if (row->ipv6)
    add_connect (store, PUBLIC_PEER6, NULL);
  if (row->ipv6_silent)
    {
      add_interface (store, "eth0", "wired", "2001:db8:1::7", TRUE);
      add_connect (store, PUBLIC_PEER6, &silent);
      add_connect (store, PUBLIC_PEER, NULL);
    }
  if (row->ipv6_stalls != 0)
    {
      add_secure (store, "secure", "2001:db8:5::10", 5222, SIDETONE_ERROR_TLS_NO_ANSWER);
      add_secure (store, "secure-2", "203.0.113.10", row->ipv6_stalls, 0);
    }
  if (row->ipv6_secures)
    add_secure (store, "secure", "2001:db8:5::10", 5222, 0);
  if (row->pinged != NULL)
    {
      add_pings (store, "router", "192.168.1.1", row->router_lost);
      add_pings (store, "server", row->pinged, row->server_lost);
    }
  if (row->mapping != NULL)
    {
      g_autofree char *details = g_strdup_printf ("{'mapping': <'%s'>}", row->mapping);

      add_seen (store, SIDETONE_OBSERVATION_NAT, "nat-4",
                row->ways_out != NULL ? row->ways_out : "198.51.100.1:6000", details);
    }
  if (row->short_lifetime)
    add_seen (store, SIDETONE_OBSERVATION_LIFETIME, "lifetime-4", "198.51.100.1:6000",
              "{'open-ms': <int64 5000>, 'closed-ms': <int64 10000>}");
  if (row->long_lifetime)
    add_seen (store, SIDETONE_OBSERVATION_LIFETIME, "lifetime-4", "198.51.100.1:6000",
              "{'open-ms': <int64 120000>}");
  if (row->video != NULL)
    add_seen (store, SIDETONE_OBSERVATION_VIDEO, "video", "198.51.100.1:6000", row->video);
  if (row->way != NULL)
    add_seen (store, SIDETONE_OBSERVATION_PATH, "path-4", "198.51.100.1:6000", row->way);
  if (row->path != NULL)
    add_seen (store, SIDETONE_OBSERVATION_PATH, "path", "198.51.100.1:6000",
              g_str_equal (row->path, "yes")
              ? "{'routers': <['192.168.1.1', '192.168.0.1']>, 'passed-on': <true>}"
              : "{'routers': <['192.168.1.1', '198.51.100.254']>, 'passed-on': <false>}");
}

/* A failure with TLS at once, at a port that a record names */
static inline void
add_at_record (GListStore *store,
               const Row  *row)
{
  const char *answer = "0 0 443 xmpp.montague.lit";
  g_auto (GVariantDict) record = G_VARIANT_DICT_INIT (NULL);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = g_error_new_literal (SIDETONE_ERROR, row->failure, "no");
  SidetoneObservationFields lookup = {
    .id = "lookup-1",
    .kind = SIDETONE_OBSERVATION_LOOKUP,
    .state = SIDETONE_STATE_PASSED,
  };
  SidetoneObservationFields fields = {
    .id = "failed",
    .kind = row->step,
    .state = SIDETONE_STATE_FAILED,
    .error = error,
  };

  g_variant_dict_insert (&record, "question", "s", row->record);
  g_variant_dict_insert_value (&record, "answers", g_variant_new_strv (&answer, 1));
  add_observation (store, &lookup, &record);
  g_variant_dict_insert (&details, "target", "s", "xmpp.montague.lit");
  g_variant_dict_insert (&details, "peer-address", "s", "203.0.113.10");
  g_variant_dict_insert (&details, "peer-port", "x", (gint64) 443);
  g_variant_dict_insert (&details, "security", "s", "direct");
  add_observation (store, &fields, &details);
}

/* A sign-in that failed, or the name server without answers */
static inline void
add_sign_in (GListStore *store,
             const Row  *row)
{
  SidetoneError silent = SIDETONE_ERROR_DNS_NO_ANSWER;
  SidetoneError failure = row->failure;

  if (row->step == SIDETONE_OBSERVATION_LOOKUP)
    {
      add_lookup (store, "nat64", "ipv4only.arpa", "", row->answers_addresses ? NULL : &silent);
      add_lookup (store, "srv-client", "_xmpp-client._tcp.montague.lit",
                  row->is_announced ? "0-0-5222-xmpp.montague.lit" : "",
                  row->answers_srv ? NULL : &silent);
      if (row->failure == 0)
        add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, NULL, NULL);
      else if (row->answers_addresses)
        add_lookup (store, "address", "montague.lit", "", &failure);
      return;
    }

  if (row->is_announced)
    add_lookup (store, "srv-client", "_xmpp-client._tcp.montague.lit", "0-0-5222-xmpp.montague.lit",
                NULL);
  if (row->led_to != NULL)
    add_lookup (store, "address", "xmpp.montague.lit", row->led_to, NULL);
  if (row->step == SIDETONE_OBSERVATION_CONNECT)
    {
      add_connect (store, row->server != NULL ? row->server : PUBLIC_PEER, &failure);
      return;
    }

  add_connect (store, row->server != NULL ? row->server : PUBLIC_PEER, NULL);
  if (row->record != NULL)
    add_at_record (store, row);
  else if (failure != 0)
    add_step (store, "failed", row->step, &failure, NULL);
  if (row->works_elsewhere)
    add_step (store, "sign-in-2", SIDETONE_OBSERVATION_SIGN_IN, NULL, NULL);
}

static inline void
add_clock (GListStore *store,
           gint64      ahead_s)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = "services",
    .kind = SIDETONE_OBSERVATION_SERVICES,
    .state = SIDETONE_STATE_PASSED,
  };

  g_variant_dict_insert (&details, "clock-ahead", "x", ahead_s);
  add_observation (store, &fields, &details);
}

/* An announced relay that is named turn.lit, at these addresses */
static inline void
add_relay (GListStore *store,
           const char *addresses)
{
  SidetoneError not_found = SIDETONE_ERROR_NAME_NOT_FOUND;

  add_services (store, "turn udp turn.lit 3478 credentials", G_MAXINT64);
  add_lookup (store, "service", "turn.lit", addresses, *addresses == '\0' ? &not_found : NULL);
}

static inline GListStore *
make_observations (const Row *row)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

  add_surroundings (store, row);
  if (row->step != SIDETONE_OBSERVATION_UNKNOWN)
    add_sign_in (store, row);
  else
    add_server_ip (store, "192.168.1.10:4000", row->seen != NULL ? row->seen : "198.51.100.1:4000",
                   PUBLIC_PEER);
  if (row->clock_ahead != 0)
    add_clock (store, row->clock_ahead);
  if (row->relay != NULL)
    add_relay (store, row->relay);
  for (guint i = 0; i < G_N_ELEMENTS (row->tests) && row->tests[i].service != NULL; i++)
    add_test (store, &row->tests[i], i + 1);

  return store;
}

static inline SidetoneDiagnosis *
diagnose_row (const Row *row)
{
  g_autoptr (GListStore) store = make_observations (row);

  return sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
}
