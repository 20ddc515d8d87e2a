/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"
#include "judge/address-check.h"
#include "judge/diagnosis.h"

/* Short forms of observations, as the probes make them, and the rows of the address check. Shared
 * by the tests that judge, write and redact them. */

typedef struct
{
  const char *name;
  const char *local;       /* by sidetone_endpoint_format() */
  const char *seen;        /* several: separated by spaces */
  const char *peer;
  SidetoneFindingKind kind;
  const char *external;    /* the one of several that decides; NULL: the first */
  const char *own;         /* other addresses of this computer, separated by spaces */
  const char *prefixes;    /* of NAT64, separated by spaces */
  const char *evidence;    /* besides server-ip; NULL: none */
} AddressRow;

#define PUBLIC_PEER "203.0.113.10:5222"
#define PUBLIC_PEER6 "[2001:db8:5::10]:5222"

static const AddressRow address_rows[] = {
  /* Row 3 */
  { "local-proxy/local", "198.18.0.1:4000", "198.51.100.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_LOCAL_PROXY },
  { "local-proxy/local-last", "198.19.255.255:4000", "198.51.100.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_LOCAL_PROXY },
  { "local-proxy/peer", "192.168.1.10:4000", "198.51.100.1:4000", "198.18.0.5:5222",
    SIDETONE_FINDING_LOCAL_PROXY },
  { "local-proxy/before-same-computer", "127.0.0.1:4000", "127.0.0.1:4000", "198.18.0.5:5222",
    SIDETONE_FINDING_LOCAL_PROXY },
  { "local-proxy/before-no-nat", "198.51.100.1:4000", "198.51.100.1:4000", "198.18.0.5:5222",
    SIDETONE_FINDING_LOCAL_PROXY },
  { "local-proxy/not-just-outside", "198.20.0.1:4000", "198.20.0.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_NO_NAT },

  /* Row 4 */
  { "same-computer/ipv4", "127.0.0.1:4000", "127.0.0.1:4000", "127.0.0.1:5222",
    SIDETONE_FINDING_SAME_COMPUTER },
  { "same-computer/ipv6", "[::1]:4000", "[::1]:4000", "[::1]:5222",
    SIDETONE_FINDING_SAME_COMPUTER },
  { "same-computer/another-loopback", "127.0.0.1:4000", "127.0.0.2:4000", "127.0.0.3:5222",
    SIDETONE_FINDING_SAME_COMPUTER },
  { "same-computer/before-port-unknown", "127.0.0.1:4000", "127.0.0.1", "127.0.0.1:5222",
    SIDETONE_FINDING_SAME_COMPUTER },
  { "same-computer/before-port-translation", "127.0.0.1:4000", "127.0.0.1:4001", "127.0.0.1:5222",
    SIDETONE_FINDING_SAME_COMPUTER },

  /* Row 5 */
  { "port-unknown/private", "192.168.1.10:4000", "192.168.1.10", "192.168.1.2:5222",
    SIDETONE_FINDING_PORT_UNKNOWN },
  { "port-unknown/public", "198.51.100.7:4000", "198.51.100.7", PUBLIC_PEER,
    SIDETONE_FINDING_PORT_UNKNOWN },
  { "port-unknown/ipv6", "[2001:db8:1::7]:4000", "2001:db8:1::7", PUBLIC_PEER6,
    SIDETONE_FINDING_PORT_UNKNOWN },
  { "port-unknown/own-port-unknown", "198.51.100.7", "198.51.100.7:4000", PUBLIC_PEER,
    SIDETONE_FINDING_PORT_UNKNOWN },
  { "port-unknown/not-if-another-names-it", "198.51.100.7:4000", "198.51.100.7 198.51.100.7:4000",
    PUBLIC_PEER, SIDETONE_FINDING_NO_NAT, "198.51.100.7:4000" },
  { "port-unknown/not-if-another-names-one", "198.51.100.7:4000", "198.51.100.7 198.51.100.7:9",
    PUBLIC_PEER, SIDETONE_FINDING_PORT_TRANSLATION, "198.51.100.7:9" },

  /* Row 6 */
  { "same-network/private-10", "10.0.0.5:4000", "10.0.0.5:4000", "10.0.0.1:5222",
    SIDETONE_FINDING_SAME_NETWORK },
  { "same-network/private-172", "172.31.255.254:4000", "172.31.255.254:4000", "172.16.0.1:5222",
    SIDETONE_FINDING_SAME_NETWORK },
  { "same-network/private-192", "192.168.1.10:4000", "192.168.1.10:4000", "192.168.1.2:5222",
    SIDETONE_FINDING_SAME_NETWORK },
  { "same-network/shared", "100.64.0.5:4000", "100.64.0.5:4000", "100.64.0.1:5222",
    SIDETONE_FINDING_SAME_NETWORK },
  { "same-network/unique-local", "[fd00:1:2::5]:4000", "[fd00:1:2::5]:4000", "[fd00:1:2::1]:5222",
    SIDETONE_FINDING_SAME_NETWORK },
  { "same-network/link-local", "[fe80::5]:4000", "[fe80::5]:4000", "[fe80::1]:5222",
    SIDETONE_FINDING_SAME_NETWORK },
  { "same-network/public-peer", "192.168.1.10:4000", "192.168.1.10:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SAME_NETWORK },
  { "same-network/one-of-several", "192.168.1.10:4000", "198.51.100.1:4000 192.168.1.10:4000",
    PUBLIC_PEER, SIDETONE_FINDING_SAME_NETWORK, "192.168.1.10:4000" },

  /* Row 7 */
  { "no-nat/ipv4", "198.51.100.7:4000", "198.51.100.7:4000", PUBLIC_PEER, SIDETONE_FINDING_NO_NAT },
  { "no-nat/ipv4-global", "9.9.9.9:4000", "9.9.9.9:4000", "8.8.8.8:5222", SIDETONE_FINDING_NO_NAT },
  { "no-nat/ipv6", "[2001:db8:1::7]:4000", "[2001:db8:1::7]:4000", PUBLIC_PEER6,
    SIDETONE_FINDING_NO_NAT },
  { "no-nat/one-of-several", "198.51.100.7:4000", "10.0.0.1:4000 198.51.100.7:4000", PUBLIC_PEER,
    SIDETONE_FINDING_NO_NAT, "198.51.100.7:4000" },
  { "no-nat/not-172.32", "172.32.0.1:4000", "172.32.0.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_NO_NAT },

  /* Row 8 */
  { "port-translation/public", "198.51.100.7:4000", "198.51.100.7:40000", PUBLIC_PEER,
    SIDETONE_FINDING_PORT_TRANSLATION },
  { "port-translation/private", "192.168.1.10:4000", "192.168.1.10:40000", "192.168.1.2:5222",
    SIDETONE_FINDING_PORT_TRANSLATION },
  { "port-translation/ipv6", "[2001:db8:1::7]:4000", "[2001:db8:1::7]:40000", PUBLIC_PEER6,
    SIDETONE_FINDING_PORT_TRANSLATION },
  { "port-translation/before-server-behind-proxy", "192.168.1.10:4000", "192.168.1.10:40000",
    PUBLIC_PEER, SIDETONE_FINDING_PORT_TRANSLATION },

  /* Row 9 */
  { "rewritten-locally/vpn", "192.168.1.10:4000", "10.8.0.2:4000", "10.8.0.1:5222",
    SIDETONE_FINDING_REWRITTEN_LOCALLY, NULL, "192.168.1.10 10.8.0.2", NULL, "interface-2" },
  { "rewritten-locally/public", "192.168.1.10:4000", "198.51.100.9:4001", PUBLIC_PEER,
    SIDETONE_FINDING_REWRITTEN_LOCALLY, NULL, "198.51.100.9", NULL, "interface-1" },
  { "rewritten-locally/other-family", "192.168.1.10:4000", "[2001:db8:1::7]:4000", PUBLIC_PEER,
    SIDETONE_FINDING_REWRITTEN_LOCALLY, NULL, "2001:db8:1::7", NULL, "interface-1" },
  { "rewritten-locally/before-carrier-inside", "192.168.1.10:4000", "100.64.0.9:4000",
    "100.64.0.1:5222", SIDETONE_FINDING_REWRITTEN_LOCALLY, NULL, "100.64.0.9", NULL,
    "interface-1" },
  { "server-behind-proxy/before-rewritten-locally", "192.168.1.10:4000", "172.17.0.1:4000",
    PUBLIC_PEER, SIDETONE_FINDING_SERVER_BEHIND_PROXY, NULL, "172.17.0.1" },
  { "rewritten-locally/not-loopback", "192.168.1.10:4000", "127.0.0.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY, NULL, "127.0.0.1" },

  /* Row 10 */
  { "carrier-inside", "192.168.1.10:4000", "100.64.7.7:4000", "100.64.0.1:5222",
    SIDETONE_FINDING_CARRIER_INSIDE },
  { "carrier-inside/first", "10.0.0.1:4000", "100.64.0.0:4000", "100.64.0.1:5222",
    SIDETONE_FINDING_CARRIER_INSIDE },
  { "carrier-inside/last", "10.0.0.1:4000", "100.127.255.255:4000", "100.64.0.1:5222",
    SIDETONE_FINDING_CARRIER_INSIDE },
  { "carrier-inside/before-server-behind-proxy", "192.168.1.10:4000", "100.64.7.7:4000",
    PUBLIC_PEER, SIDETONE_FINDING_CARRIER_INSIDE },
  { "carrier-inside/not-just-outside", "10.0.0.1:4000", "100.128.0.0:4000", PUBLIC_PEER,
    SIDETONE_FINDING_NAT },

  /* Row 11 */
  { "server-behind-proxy/private", "192.168.1.10:4000", "10.1.1.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/loopback", "198.51.100.7:4000", "127.0.0.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/shared", "198.51.100.7:4000", "100.64.1.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/unspecified", "198.51.100.7:4000", "0.0.0.0:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/link-local", "198.51.100.7:4000", "169.254.1.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/unique-local", "[2001:db8:1::7]:4000", "[fd00::9]:4000", PUBLIC_PEER6,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/itself", "192.168.1.10:4000", "203.0.113.10:4000", "203.0.113.10:5222",
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/itself-in-private", "192.168.1.10:4000", "10.1.1.1:4000", "10.1.1.1:5222",
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/itself-behind-nat64", "[2001:db8:1::7]:4000", "203.0.113.10:4000",
    "[64:ff9b::203.0.113.10]:5222", SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/itself-but-not-as-no-nat", "203.0.113.10:4000", "203.0.113.10:4000",
    "203.0.113.10:5222", SIDETONE_FINDING_NO_NAT },
  { "server-behind-proxy/before-family-changed", "[2001:db8:1::7]:4000", "10.1.1.1:4000",
    PUBLIC_PEER6, SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/before-nat64", "[2001:db8:1::7]:4000", "10.1.1.1:4000",
    "[64:ff9b::203.0.113.10]:5222", SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/before-clat", "192.0.0.4:4000", "10.1.1.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "server-behind-proxy/before-inner-nat", "100.64.0.7:4000", "10.1.1.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },

  /* Row 12 */
  { "clat", "192.0.0.4:4000", "198.51.100.1:4000", PUBLIC_PEER, SIDETONE_FINDING_CLAT },
  { "clat/first", "192.0.0.0:4000", "198.51.100.1:4000", PUBLIC_PEER, SIDETONE_FINDING_CLAT },
  { "clat/last", "192.0.0.7:4000", "198.51.100.1:4000", PUBLIC_PEER, SIDETONE_FINDING_CLAT },
  { "clat/not-just-outside", "192.0.0.8:4000", "198.51.100.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_INCONCLUSIVE },
  { "clat/not-ipv6", "192.0.0.4:4000", "[2001:db8:1::7]:4000", PUBLIC_PEER,
    SIDETONE_FINDING_FAMILY_CHANGED },

  /* Row 13: the well-known prefix, and each length of RFC 6052, section 2.4 */
  { "nat64/well-known", "[2001:db8:1::7]:4000", "198.51.100.1:4000", "[64:ff9b::203.0.113.10]:5222",
    SIDETONE_FINDING_NAT64 },
  { "nat64/well-known-announced", "[2001:db8:1::7]:4000", "198.51.100.1:4000",
    "[64:ff9b::203.0.113.10]:5222", SIDETONE_FINDING_NAT64, NULL, NULL, "64:ff9b::/96",
    "lookup-1" },
  { "nat64/unique-local", "[fd00::7]:4000", "198.51.100.1:4000", "[64:ff9b::203.0.113.10]:5222",
    SIDETONE_FINDING_NAT64 },
  { "nat64/32", "[2001:db8:1::7]:4000", "198.51.100.1:4000", "[2001:db9:cb00:710a::]:5222",
    SIDETONE_FINDING_NAT64, NULL, NULL, "2001:db9::/32", "lookup-1" },
  { "nat64/40", "[2001:db8:1::7]:4000", "198.51.100.1:4000", "[2001:db9:1cb:71:a::]:5222",
    SIDETONE_FINDING_NAT64, NULL, NULL, "2001:db9:100::/40", "lookup-1" },
  { "nat64/48", "[2001:db8:1::7]:4000", "198.51.100.1:4000", "[2001:db9:122:cb00:71:a00::]:5222",
    SIDETONE_FINDING_NAT64, NULL, NULL, "2001:db9:122::/48", "lookup-1" },
  { "nat64/56", "[2001:db8:1::7]:4000", "198.51.100.1:4000", "[2001:db9:122:3cb:0:710a::]:5222",
    SIDETONE_FINDING_NAT64, NULL, NULL, "2001:db9:122:300::/56", "lookup-1" },
  { "nat64/64", "[2001:db8:1::7]:4000", "198.51.100.1:4000", "[2001:db9:122:344:cb:71:a00:0]:5222",
    SIDETONE_FINDING_NAT64, NULL, NULL, "2001:db9:122:344::/64", "lookup-1" },
  { "nat64/96", "[2001:db8:1::7]:4000", "198.51.100.1:4000", "[2001:db9:122:344::cb00:710a]:5222",
    SIDETONE_FINDING_NAT64, NULL, NULL, "2001:db9:122:344::/96", "lookup-1" },
  { "nat64/second-prefix", "[2001:db8:1::7]:4000", "198.51.100.1:4000",
    "[2001:db9:122:344::cb00:710a]:5222", SIDETONE_FINDING_NAT64, NULL, NULL,
    "2001:db9:5::/48 2001:db9:122:344::/96", "lookup-1" },
  { "nat64/before-family-changed-special", "[2001:db8:1::7]:4000", "10.1.1.1:4000",
    "[64:ff9b:1::a01:109]:5222", SIDETONE_FINDING_NAT64, NULL, NULL, "64:ff9b:1::/96", "lookup-1" },
  { "nat64/not-with-bits-64-to-71", "[2001:db8:1::7]:4000", "198.51.100.1:4000",
    "[2001:db9:122:cb00:171:a00::]:5222", SIDETONE_FINDING_FAMILY_CHANGED, NULL, NULL,
    "2001:db9:122::/48" },

  /* Row 14 */
  { "family-changed/ipv6", "[2001:db8:1::7]:4000", "198.51.100.1:4000", PUBLIC_PEER6,
    SIDETONE_FINDING_FAMILY_CHANGED },
  { "family-changed/ipv4", "192.168.1.10:4000", "[2001:db8:1::7]:4000", PUBLIC_PEER,
    SIDETONE_FINDING_FAMILY_CHANGED },
  { "family-changed/unknown-prefix", "[2001:db8:1::7]:4000", "198.51.100.1:4000",
    "[2001:db9:122:344::cb00:710a]:5222", SIDETONE_FINDING_FAMILY_CHANGED },
  { "family-changed/useless-prefix", "[2001:db8:1::7]:4000", "198.51.100.1:4000",
    "[2001:db9:122:344::cb00:710a]:5222", SIDETONE_FINDING_FAMILY_CHANGED, NULL, NULL,
    "2001:db9::/33 2001:db9::1/96 nonsense 10.0.0.0/8" },
  { "family-changed/unique-local-to-shared", "[fd00::7]:4000", "100.64.0.7:4000", "[fd00::1]:5222",
    SIDETONE_FINDING_FAMILY_CHANGED },

  /* Row 15 */
  { "nat/port-kept", "192.168.1.10:44308", "198.51.100.1:44308", PUBLIC_PEER,
    SIDETONE_FINDING_NAT },
  { "nat/port-changed", "192.168.1.10:44308", "198.51.100.1:1024", PUBLIC_PEER,
    SIDETONE_FINDING_NAT },
  { "nat/port-unknown", "10.0.0.5:44308", "198.51.100.1", PUBLIC_PEER, SIDETONE_FINDING_NAT },
  { "nat/global", "172.16.0.1:44308", "9.9.9.9:44308", "8.8.8.8:5222", SIDETONE_FINDING_NAT },
  { "nat/peer-unknown", "192.168.1.10:44308", "198.51.100.1:44308", NULL, SIDETONE_FINDING_NAT },
  { "nat/private-peer", "192.168.1.10:44308", "198.51.100.1:44308", "10.0.0.1:5222",
    SIDETONE_FINDING_NAT },

  /* Row 16 */
  { "cgnat", "100.64.0.7:4000", "198.51.100.1:4000", PUBLIC_PEER, SIDETONE_FINDING_CGNAT },
  { "cgnat/last", "100.127.255.255:4000", "198.51.100.1:1", PUBLIC_PEER, SIDETONE_FINDING_CGNAT },

  /* Row 17 */
  { "inner-nat/private", "192.168.1.10:4000", "10.0.0.7:4000", "10.0.0.1:5222",
    SIDETONE_FINDING_INNER_NAT },
  { "inner-nat/shared", "100.64.0.7:4000", "100.64.9.9:4000", "100.64.0.1:5222",
    SIDETONE_FINDING_INNER_NAT },
  { "inner-nat/shared-to-private", "100.64.0.7:4000", "10.0.0.7:4000", "10.0.0.1:5222",
    SIDETONE_FINDING_INNER_NAT },
  { "inner-nat/unique-local", "[fd00:1::7]:4000", "[fd00:2::7]:4000", "[fd00:2::1]:5222",
    SIDETONE_FINDING_INNER_NAT },
  { "inner-nat/peer-unknown", "192.168.1.10:4000", "10.0.0.7:4000", NULL,
    SIDETONE_FINDING_INNER_NAT },

  /* Row 18 */
  { "nat66", "[fd00:1::7]:4000", "[2001:db8:1::9]:4000", PUBLIC_PEER6, SIDETONE_FINDING_NAT66 },
  { "nat66/before-prefix-translation", "[fd00:1::7]:4000", "[2001:db8:1::7]:4000", PUBLIC_PEER6,
    SIDETONE_FINDING_NAT66 },

  /* The same lower half; and NPTv6's translation of prefixes of 48, 56 and 64 bits. The sums of
   * both sides' words are equal, except whole words of 0xffff (RFC 6296, section 3.1). */
  { "prefix-translation/same-half", "[2001:db8:1:2:3:4:5:6]:4000", "[2001:db8:8:9:3:4:5:6]:4000",
    PUBLIC_PEER6, SIDETONE_FINDING_PREFIX_TRANSLATION },
  { "prefix-translation/one-bit-of-prefix", "[2001:db8:1::7]:4000", "[2001:db8:1:1::7]:4000",
    PUBLIC_PEER6, SIDETONE_FINDING_PREFIX_TRANSLATION },
  { "prefix-translation/nptv6-64", "[2001:db8:1:2:30:4:5:6]:4000", "[2001:db8:8:3:28:4:5:6]:4000",
    PUBLIC_PEER6, SIDETONE_FINDING_PREFIX_TRANSLATION },
  { "prefix-translation/nptv6-wrapped", "[2001:db8:8:3:1:4:5:6]:4000",
    "[2001:db8:8:5:fffe:4:5:6]:4000", PUBLIC_PEER6, SIDETONE_FINDING_PREFIX_TRANSLATION },
  { "prefix-translation/nptv6-second-word", "[2001:db8:1:2:ffff:40:5:6]:4000",
    "[2001:db8:8:3:ffff:38:5:6]:4000", PUBLIC_PEER6, SIDETONE_FINDING_PREFIX_TRANSLATION },
  { "prefix-translation/nptv6-another-provider", "[2001:db8:1:2:30:4:5:6]:4000",
    "[2a00:0:8:3:3e1:4:5:6]:4000", PUBLIC_PEER6, SIDETONE_FINDING_PREFIX_TRANSLATION },
  { "prefix-translation/of-several", "[2001:db8:1:2:30:4:5:6]:4000",
    "[2001:db8:7:7::7]:4000 [2001:db8:8:3:28:4:5:6]:4000", PUBLIC_PEER6,
    SIDETONE_FINDING_PREFIX_TRANSLATION, "[2001:db8:8:3:28:4:5:6]:4000" },
  { "prefix-translation/not-another-sum", "[2001:db8:1:2:30:4:5:6]:4000",
    "[2001:db8:8:3:29:4:5:6]:4000", PUBLIC_PEER6, SIDETONE_FINDING_TRANSLATED_PUBLIC },
  { "prefix-translation/not-two-words", "[2001:db8:1:2:30:4:5:6]:4000",
    "[2001:db8:8:3:29:3:5:6]:4000", PUBLIC_PEER6, SIDETONE_FINDING_TRANSLATED_PUBLIC },
  { "prefix-translation/not-the-last-word", "[2001:db8:1:2:3:4:5:60]:4000",
    "[2001:db8:8:3:3:4:5:58]:4000", PUBLIC_PEER6, SIDETONE_FINDING_TRANSLATED_PUBLIC },
  { "prefix-translation/not-behind-nat64", "[2001:db8:1:2::cb00:710a]:4000",
    "[2001:db8:1:3::cb00:710a]:4000", PUBLIC_PEER6, SIDETONE_FINDING_TRANSLATED_PUBLIC, NULL, NULL,
    "2001:db8:1:2::/96" },

  /* Row 20 */
  { "translated-public/ipv4", "198.51.100.7:4000", "203.0.113.77:4000", PUBLIC_PEER,
    SIDETONE_FINDING_TRANSLATED_PUBLIC },
  { "translated-public/ipv6", "[2001:db8:1::7]:4000", "[2001:db8:2::8]:4000", PUBLIC_PEER6,
    SIDETONE_FINDING_TRANSLATED_PUBLIC },

  /* Row 21 */
  { "inconclusive/local-unknown", NULL, "198.51.100.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_INCONCLUSIVE },
  { "inconclusive/special-seen-special-peer", "198.51.100.7:4000", "10.0.0.7:4000",
    "192.168.0.1:5222", SIDETONE_FINDING_INCONCLUSIVE },
  { "inconclusive/link-local", "169.254.7.7:4000", "198.51.100.1:4000", PUBLIC_PEER,
    SIDETONE_FINDING_INCONCLUSIVE },
  { "inconclusive/peer-unknown", "198.51.100.7:4000", "127.0.0.1:4000", NULL,
    SIDETONE_FINDING_INCONCLUSIVE },
  { "inconclusive/same-teredo", "[2001::7]:4000", "[2001::7]:4000", PUBLIC_PEER6,
    SIDETONE_FINDING_SERVER_BEHIND_PROXY },
};

static inline SidetoneEndpoint *
parse_endpoint (const char *text)
{
  SidetoneEndpoint *endpoint;

  if (text == NULL)
    return NULL;

  endpoint = sidetone_endpoint_parse (text);
  g_assert_nonnull (endpoint);

  return endpoint;
}

static inline void
add_observation (GListStore                *store,
                 SidetoneObservationFields *fields,
                 GVariantDict              *details)
{
  g_autoptr (SidetoneObservation) observation = NULL;

  fields->vantage = SIDETONE_VANTAGE_COMPUTER;
  fields->details = details != NULL ? g_variant_dict_end (details) : NULL;
  observation = sidetone_observation_new (fields);
  g_list_store_append (store, observation);
}

/* Kinds with several observations are numbered. */
static inline char *
make_id (GListStore *store,
         const char *name)
{
  guint n = 1;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (g_str_has_prefix (sidetone_observation_get_id (observation), name))
        n++;
    }

  return g_strdup_printf ("%s-%u", name, n);
}

static inline void
add_interface (GListStore *store,
               const char *interface,
               const char *type,
               const char *address,
               gboolean    default_route)
{
  g_autofree char *id = make_id (store, "interface");
  g_autoptr (SidetoneEndpoint) local = parse_endpoint (address);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = id,
    .kind = SIDETONE_OBSERVATION_INTERFACE,
    .state = SIDETONE_STATE_PASSED,
    .local = local,
  };

  g_variant_dict_insert (&details, "interface", "s", interface);
  g_variant_dict_insert (&details, "type", "s", type);
  g_variant_dict_insert (&details, "default-route", "b", default_route);
  add_observation (store, &fields, &details);
}

static inline void
add_lookup (GListStore    *store,
            const char    *question,
            const char    *name,
            const char    *answers,
            SidetoneError *error)
{
  g_autofree char *id = make_id (store, "lookup");
  g_auto (GStrv) list = g_strsplit (answers, *answers != '\0' ? " " : "none", -1);
  g_autoptr (GError) met = error != NULL ? g_error_new (SIDETONE_ERROR, *error, "%s", name) : NULL;
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = id,
    .kind = SIDETONE_OBSERVATION_LOOKUP,
    .state = error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .error = met,
    .duration_us = 12000,
  };

  g_variant_dict_insert (&details, "question", "s", question);
  g_variant_dict_insert (&details, "name", "s", name);
  g_variant_dict_insert_value (&details, "answers",
                               g_variant_new_strv ((const char *const *) list, -1));
  add_observation (store, &fields, &details);
}

static inline void
add_connect (GListStore    *store,
             const char    *peer_text,
             SidetoneError *error)
{
  g_autofree char *id = make_id (store, "connect");
  g_autoptr (SidetoneEndpoint) peer = parse_endpoint (peer_text);
  g_autofree char *address = sidetone_endpoint_dup_address (peer);
  g_autoptr (GError) met = error != NULL ? g_error_new (SIDETONE_ERROR, *error, "%s", address)
                           : NULL;
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = id,
    .kind = SIDETONE_OBSERVATION_CONNECT,
    .state = error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .error = met,
    .start_us = 12000,
    .duration_us = 31000,
  };

  g_variant_dict_insert (&details, "target", "s", "xmpp.montague.lit");
  g_variant_dict_insert (&details, "security", "s", "starttls");
  g_variant_dict_insert (&details, "peer-address", "s", address);
  g_variant_dict_insert (&details, "peer-port", "x", (gint64) sidetone_endpoint_get_port (peer));
  g_variant_dict_insert (&details, "used", "b", error == NULL);
  add_observation (store, &fields, &details);
}

/* The used connection */
static inline void
add_used_connect (GListStore *store,
                  const char *local_text,
                  gint64      start_us,
                  gint64      duration_us)
{
  g_autofree char *id = make_id (store, "connect");
  g_autoptr (SidetoneEndpoint) local = parse_endpoint (local_text);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = id,
    .kind = SIDETONE_OBSERVATION_CONNECT,
    .state = SIDETONE_STATE_PASSED,
    .local = local,
    .start_us = start_us,
    .duration_us = duration_us,
  };

  g_variant_dict_insert (&details, "used", "b", TRUE);
  add_observation (store, &fields, &details);
}

/* Secure, sign-in, disco and other steps */
static inline void
add_step (GListStore             *store,
          const char             *id,
          SidetoneObservationKind kind,
          SidetoneError          *error,
          const char             *server_text)
{
  g_autoptr (GError) met = error != NULL ? g_error_new (SIDETONE_ERROR, *error, "step") : NULL;
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = id,
    .kind = kind,
    .state = error == NULL ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
    .error = met,
    .start_us = 43000,
    .duration_us = 60000,
  };

  if (server_text != NULL)
    g_variant_dict_insert (&details, "server-text", "s", server_text);
  add_observation (store, &fields, &details);
}

static inline void
add_disco (GListStore *store,
           const char *features)
{
  g_auto (GStrv) list = g_strsplit (features, " ", -1);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = "disco",
    .kind = SIDETONE_OBSERVATION_DISCO,
    .state = SIDETONE_STATE_PASSED,
    .duration_us = 1200,
  };

  g_variant_dict_insert_value (&details, "features",
                               g_variant_new_strv ((const char *const *) list, -1));
  g_variant_dict_insert (&details, "name", "s", "ejabberd");
  add_observation (store, &fields, &details);
}

static inline void
add_server_ip (GListStore *store,
               const char *local_text,
               const char *seen_texts,
               const char *peer_text)
{
  g_auto (GStrv) seen_list = g_strsplit (seen_texts, " ", -1);
  g_autoptr (SidetoneEndpoint) local = parse_endpoint (local_text);
  g_autoptr (SidetoneEndpoint) seen = parse_endpoint (seen_list[0]);
  g_autoptr (SidetoneEndpoint) peer = parse_endpoint (peer_text);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = "server-ip",
    .kind = SIDETONE_OBSERVATION_SERVER_IP,
    .state = SIDETONE_STATE_PASSED,
    .local = local,
    .seen = seen,
    .duration_us = 18000,
  };

  g_variant_dict_insert_value (&details, "addresses",
                               g_variant_new_strv ((const char *const *) seen_list, -1));
  if (peer != NULL)
    {
      g_autofree char *address = sidetone_endpoint_dup_address (peer);

      g_variant_dict_insert (&details, "peer-address", "s", address);
      g_variant_dict_insert (&details, "peer-port", "x",
                             (gint64) sidetone_endpoint_get_port (peer));
    }
  add_observation (store, &fields, &details);
}

/* The announced services, separated by a comma and a space, the remaining validity of the
 * credentials in seconds, if known, and the number of entries that can't be read */
static inline void
add_services_beside (GListStore *store,
                     const char *services,
                     gint64      expires_in,
                     gint64      unusable)
{
  g_auto (GStrv) list = g_strsplit (services, *services != '\0' ? ", " : "none", -1);
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = "services",
    .kind = SIDETONE_OBSERVATION_SERVICES,
    .state = SIDETONE_STATE_PASSED,
    .start_us = 103000,
    .duration_us = 2000,
  };

  g_variant_dict_insert_value (&details, "services",
                               g_variant_new_strv ((const char *const *) list, -1));
  if (unusable > 0)
    {
      g_variant_dict_insert (&details, "unusable", "x", unusable);
      g_variant_dict_insert_value (&details, "unreadable", g_variant_new_parsed ("['turn turn:a.lit']"));
    }
  if (expires_in != G_MAXINT64)
    {
      g_variant_dict_insert (&details, "expires", "s", "2026-11-23T11:36:10Z");
      g_variant_dict_insert (&details, "expires-in", "x", expires_in);
      g_variant_dict_insert (&details, "server-time", "s", "2026-11-22T23:36:10Z");
    }
  add_observation (store, &fields, &details);
}

static inline void
add_services (GListStore *store,
              const char *services,
              gint64      expires_in)
{
  add_services_beside (store, services, expires_in, 0);
}

static inline GListStore *
make_row (const AddressRow *row)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

  if (row->own != NULL)
    {
      g_auto (GStrv) own = g_strsplit (row->own, " ", -1);

      for (guint i = 0; own[i] != NULL; i++)
        add_interface (store, "eth0", "wired", own[i], i == 0);
    }
  if (row->prefixes != NULL)
    add_lookup (store, "nat64", "ipv4only.arpa", row->prefixes, NULL);
  add_server_ip (store, row->local, row->seen, row->peer);

  return store;
}

static inline char *
join_evidence (SidetoneFinding *finding)
{
  return g_strjoinv (" ", (char **) sidetone_finding_get_evidence (finding));
}
