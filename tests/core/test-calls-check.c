/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-call-observations.h"

#include "report/report.h"
#include "seen/service-result.h"
#include "words/describe.h"


typedef struct
{
  const char *name;
  const char *seen;         /* by the XMPP server; NULL: unknown */
  Test tests[5];
  const char *findings;     /* KIND:EVIDENCE of the CALL findings, in their order */
  SidetoneLevel level;
  SidetoneFindingKind main_finding;
} Row;

/* The computer is 192.168.1.10; "seen" decides what lies between */
#define NAT "198.51.100.1:4000"
#define CGNAT "198.51.100.2:4001"

static const Row rows[] = {
  /* Nothing wrong */
  { "well/nat", NAT, { { STUN }, { TURN, .echo = ALL }, { TURN_TCP, .echo = ALL, .pair = ALL } },
    "", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "well/stun-alone", NAT, { { STUN } }, "", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_NAT },
  { "well/not-seen", NULL, { { STUN }, { TURN, .echo = ALL } }, "", SIDETONE_LEVEL_RELAY,
    SIDETONE_FINDING_NOT_OFFERED },
  { "well/not-seen-and-no-relay", NULL, { { STUN } }, "", SIDETONE_LEVEL_LIMITED,
    SIDETONE_FINDING_NOT_OFFERED },
  { "well/not-seen-and-no-stun", NULL, { { TURN_TCP, .echo = ALL } }, "", SIDETONE_LEVEL_RELAY,
    SIDETONE_FINDING_NOT_OFFERED },
  { "well/not-seen-and-private-relay", NULL,
    { { "turn tcp 192.168.1.2 3478 credentials", .relayed = "192.168.1.2:50000", .echo = ALL,
        .mapped = OPEN } },
    "", SIDETONE_LEVEL_UNKNOWN, SIDETONE_FINDING_NOT_OFFERED },
  { "nothing-tested", NAT, { { NULL } }, "", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_NAT },
  { "not-over-yet", NAT, { { STUN }, { TURN } }, "", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_NAT },

  /* No UDP */
  { "udp-blocked/two-hosts", NAT,
    { { STUN, .error = SILENT }, { TURN_TCP }, { OTHER_STUN, .error = SILENT }, { OTHER_TURN_TCP } },
    "udp-blocked:test-1+test-2+test-3+test-4", SIDETONE_LEVEL_FAILING,
    SIDETONE_FINDING_UDP_BLOCKED },
  { "udp-blocked/relay-works", NAT,
    { { STUN, .error = SILENT }, { TURN_TCP, .echo = NONE_UNBOUND }, { OTHER_STUN, .error = SILENT },
      { OTHER_TURN_TCP, .relayed = "203.0.113.30:50000", .echo = NONE_UNBOUND, .pair = ALL } },
    "udp-blocked:test-1+test-2+test-3+test-4", SIDETONE_LEVEL_RELAY,
    SIDETONE_FINDING_UDP_BLOCKED },
  { "udp-blocked/by-this-computer", NAT,
    { { STUN, .error = SIDETONE_ERROR_NOT_PERMITTED }, { TURN_TCP, .echo = NONE_UNBOUND } },
    "udp-blocked:test-1+test-2", SIDETONE_LEVEL_FAILING, SIDETONE_FINDING_UDP_BLOCKED },
  { "udp-blocked/by-this-computer-in-part", NAT,
    { { STUN }, { TURN, .echo = ALL }, { "stun udp 203.0.113.20 1", .error = SIDETONE_ERROR_NOT_PERMITTED } },
    "not-sent:test-3", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NOT_SENT },
  /* By IPv6 this computer sends none, and by IPv4 that server takes none. */
  { "udp-blocked/one-version-by-this-computer", NAT,
    { { STUN, .error = SILENT }, { TURN_TCP, .echo = NONE_UNBOUND, .pair = ALL },
      { "stun udp 2001:db8:5::20 3478", .error = SIDETONE_ERROR_NOT_PERMITTED } },
    "not-sent:test-3 relay-transport:test-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NOT_SENT },
  { "udp-blocked/not-if-two-hosts-are-dead", NAT,
    { { STUN, .error = SILENT }, { OTHER_STUN, .error = SILENT } }, "service-silent:test-1+test-2",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_SERVICE_SILENT },
  { "udp-blocked/not-if-one-host-lacks-it", NAT,
    { { STUN, .error = SILENT }, { TURN, .error = SILENT },
      { TURN_TCP, .echo = NONE_UNBOUND, .pair = ALL } },
    "relay-transport:test-1+test-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_TRANSPORT },
  { "udp-blocked/not-if-only-443-answers", NAT,
    { { STUN, .error = SILENT }, { TURN_TCP, .error = SIDETONE_ERROR_TCP_NO_ANSWER }, { TURN_TLS },
      { TURN_TLS, .echo = NONE_UNBOUND, .pair = ALL } },
    "relay-transport:test-1+test-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_TRANSPORT },
  { "udp-blocked/not-if-one-host-is-silent", NAT,
    { { STUN, .error = SILENT }, { TURN, .error = SILENT } }, "service-silent:test-1+test-2",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_SERVICE_SILENT },
  { "udp-blocked/not-if-one-answers", NAT, { { STUN, .error = SILENT }, { OTHER_STUN } },
    "service-silent:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_SERVICE_SILENT },
  { "udp-blocked/not-if-the-second-socket-is-answered", NAT,
    { { "stun udp 203.0.113.40 1", .error = SILENT }, { "stun udp 203.0.113.41 1",
                                                        .error = SILENT },
      { TURN_TCP, .echo = ALL } },
    "service-silent:test-1+test-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_SERVICE_SILENT },
  { "udp-blocked/not-if-refused", NAT,
    { { STUN, .error = SILENT }, { OTHER_TURN, .error = SIDETONE_ERROR_TURN_UNAUTHORIZED } },
    "service-silent:test-1 credentials-refused:test-2", SIDETONE_LEVEL_LIMITED,
    SIDETONE_FINDING_SERVICE_SILENT },

  /* Silence */
  { "silent/all", NAT,
    { { TURN, .error = SILENT }, { TURN_TCP, .error = SIDETONE_ERROR_TCP_NO_ANSWER },
      { TURN_TLS, .error = SIDETONE_ERROR_CONNECTION_REFUSED } },
    "service-silent:test-1+test-2+test-3", SIDETONE_LEVEL_LIMITED,
    SIDETONE_FINDING_SERVICE_SILENT },
  { "silent/one-way", NAT,
    { { TURN, .echo = ALL }, { TURN_TCP, .error = SIDETONE_ERROR_CONNECTION_REFUSED } },
    "relay-transport:test-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_TRANSPORT },
  { "silent/stun-alone", NAT, { { STUN, .error = SILENT }, { TURN, .echo = ALL } },
    "stun-silent:test-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "silent/stun-alone-and-little-lost", NAT, { { STUN, .error = SILENT }, { TURN, .echo = FEW } },
    "stun-silent:test-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "silent/stun-alone-by-tcp", NAT,
    { { "stun tcp 203.0.113.20 3478", .error = SILENT }, { TURN_TCP, .echo = ALL } },
    "stun-silent:test-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "silent/stun-alone-if-much-is-lost", NAT,
    { { STUN, .error = SILENT }, { TURN, .echo = SOME } }, "packets-lost:echo-2",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_PACKETS_LOST },
  { "silent/relay-alone", NAT, { { STUN }, { TURN, .error = SILENT } }, "relay-transport:test-2",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_TRANSPORT },
  { "silent/not-for-another-place", NAT,
    { { "stun udp 203.0.113.20 5000", .error = SILENT }, { TURN, .echo = ALL } },
    "relay-transport:test-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_TRANSPORT },
  { "silent/not-if-much-is-lost", NAT,
    { { "stun udp 203.0.113.20 5000", .error = SILENT }, { OTHER_STUN, .error = SILENT },
      { TURN, .echo = SOME } },
    "packets-lost:echo-3", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_PACKETS_LOST },
  { "silent/tcp-if-much-is-lost", NAT,
    { { TURN, .echo = SOME }, { TURN_TCP, .error = SIDETONE_ERROR_TCP_NO_ANSWER } },
    "packets-lost:echo-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_PACKETS_LOST },
  { "silent/refused-if-much-is-lost", NAT,
    { { TURN, .echo = SOME }, { TURN_TCP, .error = SIDETONE_ERROR_CONNECTION_REFUSED } },
    "packets-lost:echo-1 relay-transport:test-2", SIDETONE_LEVEL_RELAY,
    SIDETONE_FINDING_PACKETS_LOST },
  /* Many proxy programs carry no UDP. */
  { "silent/made-up-address", NAT,
    { { "stun udp 198.18.0.20 3478", .error = SILENT },
      { "turn tcp 198.18.0.20 3478 credentials", .echo = NONE_UNBOUND, .pair = ALL } },
    "", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "silent/one-way-tls", NAT,
    { { TURN, .echo = ALL }, { TURN_TLS, .error = SIDETONE_ERROR_TLS_FAILED } },
    "relay-transport:test-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_TRANSPORT },

  /* A relay's refusals */
  { "refused", NAT, { { STUN }, { TURN, .error = SIDETONE_ERROR_TURN_UNAUTHORIZED } },
    "credentials-refused:test-2", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_CREDENTIALS_REFUSED },
  { "refused/behind-cgnat", CGNAT, { { TURN, .error = SIDETONE_ERROR_TURN_UNAUTHORIZED } },
    "credentials-refused:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_CREDENTIALS_REFUSED },
  { "certificate/name", NAT,
    { { TURN, .echo = ALL }, { TURN_TLS, .error = SIDETONE_ERROR_CERTIFICATE_WRONG_NAME } },
    "relay-certificate:test-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_CERTIFICATE },
  { "certificate/expired", NAT, { { TURN_TLS, .error = SIDETONE_ERROR_CERTIFICATE_EXPIRED } },
    "relay-certificate:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_CERTIFICATE },
  { "full", NAT, { { STUN }, { TURN, .error = SIDETONE_ERROR_TURN_QUOTA } }, "relay-full:test-2",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_FULL },
  { "full/capacity", NAT, { { TURN, .error = SIDETONE_ERROR_TURN_NO_CAPACITY } },
    "relay-full:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_FULL },
  { "full/not-of-several", NAT,
    { { TURN, .echo = ALL }, { TURN_TCP, .error = SIDETONE_ERROR_TURN_QUOTA } }, "",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "error/300", NAT, { { TURN, .error = SIDETONE_ERROR_TURN_TRY_ALTERNATE } },
    "relay-error:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ERROR },
  { "error/400", NAT, { { TURN, .error = SIDETONE_ERROR_TURN_BAD_REQUEST } }, "relay-error:test-1",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ERROR },
  { "error/silent-to-password", NAT, { { TURN, .error = SIDETONE_ERROR_TURN_NO_ANSWER } },
    "relay-error:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ERROR },
  { "error/nonsense", NAT, { { TURN, .error = SIDETONE_ERROR_STUN_BAD_ANSWER } },
    "relay-error:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ERROR },
  { "error/stun", NAT, { { STUN, .error = SIDETONE_ERROR_STUN_BAD_ANSWER } }, "stun-error:test-1",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_STUN_ERROR },
  { "error/stun-source", NAT, { { STUN, .error = SIDETONE_ERROR_STUN_WRONG_SOURCE } },
    "stun-error:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_STUN_ERROR },

  /* Allocations that don't work */
  { "one-way", NAT, { { STUN }, { TURN, .echo = THERE_ALONE } }, "relay-one-way:echo-2+test-2",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ONE_WAY },
  { "closed", NAT, { { STUN }, { TURN, .echo = NONE } }, "relay-closed:echo-2+test-2",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_CLOSED },
  { "closed/pair-works", NAT, { { TURN, .echo = NONE }, { TURN_TCP, .echo = NONE, .pair = ALL } },
    "relay-closed:echo-1+test-1+pair-2+echo-2+test-2", SIDETONE_LEVEL_LIMITED,
    SIDETONE_FINDING_RELAY_CLOSED },
  { "closed/bound-by-another", NAT, { { OTHER_STUN }, { TURN_TCP, .echo = NONE_UNBOUND } },
    "relay-closed:echo-2+test-2", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_CLOSED },
  { "address/private", NAT, { { TURN, .relayed = "10.0.0.5:50000", .echo = NONE } },
    "relay-address:test-1+echo-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ADDRESS },
  { "address/zero", NAT, { { TURN, .relayed = "0.0.0.0:50000", .echo = NONE } },
    "relay-address:test-1+echo-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ADDRESS },
  { "address/loopback", NAT, { { TURN, .relayed = "127.0.0.1:50000", .echo = NONE } },
    "relay-address:test-1+echo-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ADDRESS },
  { "address/elsewhere", NAT, { { TURN, .echo = ELSEWHERE } }, "relay-address:test-1+echo-1",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_ADDRESS },
  { "address/not-another-public-one", NAT, { { TURN, .relayed = "203.0.113.99:5", .echo = ALL } },
    "", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "forbidden", NAT, { { TURN, .echo = FORBIDDEN } }, "relay-forbidden:echo-1",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_FORBIDDEN },
  { "forbidden/allocation", NAT, { { TURN, .error = SIDETONE_ERROR_TURN_FORBIDDEN } },
    "relay-forbidden:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_FORBIDDEN },
  { "pair", NAT, { { TURN, .echo = ALL }, { TURN_TCP, .echo = ALL, .pair = FORBIDDEN } },
    "relay-pair:pair-2+test-1+test-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_PAIR },
  { "pair/silent", NAT, { { TURN, .echo = ALL }, { TURN_TCP, .echo = ALL, .pair = NONE } },
    "relay-pair:pair-2+test-1+test-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_PAIR },
  { "pair/not-if-a-request-got-lost", NAT,
    { { TURN, .echo = ALL }, { TURN_TCP, .echo = ALL, .pair = UNANSWERED } }, "",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },

  /* The line */
  { "lost", NAT, { { TURN, .echo = SOME } }, "packets-lost:echo-1", SIDETONE_LEVEL_RELAY,
    SIDETONE_FINDING_PACKETS_LOST },
  { "lost/few", NAT, { { TURN, .echo = FEW } }, "", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "lost/not-by-each", NAT, { { TURN, .echo = SOME }, { OTHER_TURN, .echo = FEW } }, "",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "lost/tcp-hides-it", NAT, { { TURN_TCP, .echo = ALL }, { TURN, .echo = SOME } },
    "packets-lost:echo-1+echo-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_PACKETS_LOST },
  { "large", NAT, { { TURN, .echo = NO_LARGE } }, "large-packets-lost:echo-1",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_LARGE_PACKETS_LOST },
  { "large/another-relay-has-them", NAT, { { TURN, .echo = NO_LARGE }, { TURN_TCP, .echo = ALL } },
    "", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "large/not-by-this-server", NAT, { { TURN, .echo = NO_LARGE }, { OTHER_TURN, .echo = ALL } },
    "large-packets-lost:echo-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_LARGE_PACKETS_LOST },
  { "large/perhaps-by-chance", NAT, { { TURN, .echo = SOME_NO_LARGE } }, "packets-lost:echo-1",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_PACKETS_LOST },
  { "large/by-no-chance", NAT,
    { { TURN, .echo = SOME_NO_LARGE }, { TURN_TCP, .echo = SOME_NO_LARGE } },
    "packets-lost:echo-1+echo-2 large-packets-lost:echo-1+echo-2", SIDETONE_LEVEL_RELAY,
    SIDETONE_FINDING_PACKETS_LOST },
  { "throttled", NAT, { { TURN, .echo = ONE_SIDED } }, "relay-throttles:echo-1",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_THROTTLES },
  { "throttled/less", NAT, { { TURN, .echo = LESS_ONE_SIDED }, { TURN_TCP, .echo = LESS_ONE_SIDED } },
    "relay-throttles:echo-1+echo-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_THROTTLES },
  { "throttled/not-by-few", NAT, { { TURN, .echo = LESS_ONE_SIDED } }, "packets-lost:echo-1",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_PACKETS_LOST },
  { "throttled/not-by-tcp-alone", NAT,
    { { TURN, .echo = SOME }, { TURN_TCP, .echo = LESS_ONE_SIDED } }, "packets-lost:echo-1+echo-2",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_PACKETS_LOST },
  { "throttled/ends", NAT, { { TURN, .echo = ONE_SIDED }, { TURN_TCP, .echo = ENDED } },
    "relay-throttles:echo-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_THROTTLES },
  { "ended", NAT, { { TURN, .echo = ENDED }, { TURN_TCP, .echo = ENDED } },
    "relay-ends:echo-1+echo-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_ENDS },
  { "ended/at-one-relay", NAT,
    { { TURN, .echo = ENDED }, { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = SOME } },
    "relay-ends:echo-1 packets-lost:echo-2", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_ENDS },
  { "ended/not-if-packets-come-again", NAT, { { TURN, .echo = PAUSED } }, "relay-throttles:echo-1",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_RELAY_THROTTLES },
  { "redirected", NAT, { { TURN, .alternate = "203.0.113.30:3478", .echo = ALL } },
    "relay-redirects:test-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "redirected/in-vain", NAT,
    { { TURN, .alternate = "203.0.113.30:3478", .error = SIDETONE_ERROR_TURN_ALTERNATE_SILENT } },
    "relay-error:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_RELAY_ERROR },
  { "hidden", NAT, { { STUN, .mapped = "192.168.99.1:6000" } }, "stun-sees-private:test-1",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_STUN_SEES_PRIVATE },
  { "hidden/by-a-proxy", NAT, { { STUN, .mapped = "203.0.113.20:6000" } },
    "stun-sees-private:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_STUN_SEES_PRIVATE },
  { "hidden/not-by-tls-alone", NAT,
    { { STUN }, { TURN, .echo = ALL }, { TURN_TLS, .mapped = "10.0.0.5:6000", .echo = ALL } }, "",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
  { "hidden/not-from-inside", "192.168.1.1:4000", { { STUN, .mapped = "192.168.1.1:6000" } }, "",
    SIDETONE_LEVEL_UNKNOWN, SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "inside/forbidden", "192.168.1.1:4000",
    { { TURN, .mapped = "192.168.1.1:6000", .echo = FORBIDDEN_INSIDE } },
    "service-inside:test-1+echo-1", SIDETONE_LEVEL_UNKNOWN, SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "inside/silent", "192.168.1.1:4000",
    { { "stun udp 203.0.113.10 3478", .error = SILENT },
      { "turn tcp 203.0.113.10 3478 credentials", .error = SIDETONE_ERROR_TCP_NO_ANSWER } },
    "service-inside:test-1+test-2", SIDETONE_LEVEL_UNKNOWN, SIDETONE_FINDING_SERVER_BEHIND_PROXY },
  { "inside/own-address", NAT,
    { { "stun udp 198.51.100.1 3478", .error = SILENT }, { STUN } }, "service-inside:test-1",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_NAT },
  { "inside/own-address-in-part", NAT,
    { { "turn udp 198.51.100.1 3478 credentials", .error = SILENT },
      { "turn tcp 198.51.100.1 3478 credentials", .relayed = "198.51.100.1:50000", .echo = NONE },
      { STUN } },
    "service-inside:test-1+test-2+echo-2", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_NAT },
  { "inside/hidden-by-the-router", NAT,
    { { "stun udp 198.51.100.1 3478", .mapped = "192.168.1.1:6000" } }, "",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_NAT },
  { "inside/not-with-a-fault-of-its-own", NAT,
    { { "turn udp 198.51.100.1 3478 credentials", .error = SIDETONE_ERROR_TURN_UNAUTHORIZED } },
    "credentials-refused:test-1", SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_CREDENTIALS_REFUSED },
  { "inside/not-beside-the-server", NAT,
    { { "stun udp 203.0.113.10 3478", .error = SILENT }, { STUN } }, "service-silent:test-1",
    SIDETONE_LEVEL_LIMITED, SIDETONE_FINDING_SERVICE_SILENT },
  { "slow", NAT, { { TURN, .echo = SLOW } }, "long-delay:echo-1", SIDETONE_LEVEL_RELAY,
    SIDETONE_FINDING_LONG_DELAY },
  { "rewritten", NAT, { { STUN, .plain = "192.168.1.10:6000" }, { TURN, .echo = ALL } },
    "address-rewritten:test-1", SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_ADDRESS_REWRITTEN },
  { "rewritten/not", NAT, { { STUN, .plain = "198.51.100.1:6000" }, { TURN, .echo = ALL } }, "",
    SIDETONE_LEVEL_RELAY, SIDETONE_FINDING_NAT },
};

static GListStore *
make_store (const Row *row)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  SidetoneError not_offered = SIDETONE_ERROR_NOT_OFFERED;

  add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);
  if (row->seen != NULL)
    add_server_ip (store, "192.168.1.10:4000", row->seen, PUBLIC_PEER);
  else
    add_step (store, "server-ip", SIDETONE_OBSERVATION_SERVER_IP, &not_offered, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (row->tests) && row->tests[i].service != NULL; i++)
    add_test (store, &row->tests[i], i + 1);

  return store;
}

static char *
format_findings (SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_FINDING_KIND);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      g_autofree char *evidence = NULL;

      if (!g_str_has_prefix (sidetone_finding_get_code (finding), "CALL-"))
        continue;

      evidence = g_strjoinv ("+", (char **) sidetone_finding_get_evidence (finding));
      g_string_append_printf (text, "%s%s:%s", text->len > 0 ? " " : "",
                              g_enum_get_value (class,
                                                sidetone_finding_get_kind (finding))->value_nick,
                              evidence);
    }

  return g_string_free (text, FALSE);
}

/* If calls fail, findings are problems and not warnings: scripts depend on that. */
static void
assert_weights (SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  gboolean failing = sidetone_diagnosis_get_level (diagnosis) == SIDETONE_LEVEL_FAILING;
  gboolean any = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      any = any || sidetone_finding_get_severity (finding) == SIDETONE_SEVERITY_PROBLEM;
    }
  g_assert_true (any == failing);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GListStore) store = make_store (row);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *findings = NULL;

  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  findings = format_findings (diagnosis);
  g_assert_cmpstr (findings, ==, row->findings);
  g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==, row->level);
  g_assert_cmpint (sidetone_finding_get_kind (sidetone_diagnosis_get_main_finding (diagnosis)), ==,
                   row->main_finding);
  assert_weights (diagnosis);
}

#define TLS "203.0.113.20 5349"
#define PLAIN "203.0.113.20 3478"

/* Each kind of entry, and a relay that works at the same place */
static const char *const entries[][2] = {
  { "stun udp " PLAIN, "turn udp " PLAIN " credentials" },
  { "stun tcp " PLAIN, "turn tcp " PLAIN " credentials" },
  { "stuns tls " TLS, "turns tls " TLS " credentials" },
  { "turn udp " PLAIN " credentials", "stun udp " PLAIN },
  { "turn tcp " PLAIN " credentials", "stun tcp " PLAIN },
  { "turns tls " TLS " credentials", "stuns tls " TLS },
};

static gboolean
is_finding_about (SidetoneFinding             *finding,
                  const SidetoneServiceResult *result)
{
  const char *const *evidence = sidetone_finding_get_evidence (finding);

  return g_strv_contains (evidence, sidetone_observation_get_id (result->test)) ||
         (result->echo != NULL &&
          g_strv_contains (evidence, sidetone_observation_get_id (result->echo)));
}

static void
assert_told (const Row *row)
{
  g_autoptr (GListStore) store = make_store (row);
  g_autoptr (SidetoneEvidence) evidence = sidetone_evidence_new (G_LIST_MODEL (store));
  g_autoptr (SidetoneDiagnosis) diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  const SidetoneServiceResult *result = sidetone_evidence_get_results (evidence)->pdata[0];
  gboolean is_told = FALSE;

  g_assert_cmpint (result->state, ==, SIDETONE_STATE_FAILED);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      is_told = is_told || is_finding_about (finding, result);
    }
  if (!is_told)
    {
      g_autofree char *summary = sidetone_describe_service_summary (result);

      g_error ("No finding for “%s” beside %s", summary, row->tests[1].service);
    }
}

/* Whether a test of a call server may end with that error */
static gboolean
is_of_call_server (SidetoneError error)
{
  return sidetone_error_get_row (error)->in_short != NULL && error != SIDETONE_ERROR_UNKNOWN &&
         error != SIDETONE_ERROR_TIMED_OUT && error != SIDETONE_ERROR_OTHER_TLS &&
         error != SIDETONE_ERROR_CLOSED_UNHEARD;
}

static void
assert_all_told (const char   *service,
                 const Test   *company,
                 SidetoneError error)
{
  Row row = { .seen = NAT, .tests = { { .service = service, .error = error } } };

  if (company != NULL)
    row.tests[1] = *company;

  /* One of several requests may be refused, if another is not. */
  if (sidetone_error_has_trait (error, SIDETONE_ERROR_IS_SHORTAGE) && company != NULL)
    return;

  /* It is about packets. */
  if (error != SIDETONE_ERROR_RELAY_SILENT && error != SIDETONE_ERROR_RELAY_ONE_WAY)
    assert_told (&row);
  if (!g_str_has_prefix (service, "turn"))
    return;

  row.tests[0].error = 0;
  row.tests[0].echo = NONE;
  row.tests[0].echo_error = error;
  assert_told (&row);
  row.tests[0].echo = NONE_UNBOUND;
  assert_told (&row);
}

/* No entry fails without a word, whatever else works. */
static void
test_nothing_unsaid (void)
{
  g_autoptr (GEnumClass) errors = g_type_class_ref (SIDETONE_TYPE_ERROR);

  for (guint i = 0; i < errors->n_values; i++)
    {
      SidetoneError error = errors->values[i].value;

      for (guint j = 0; is_of_call_server (error) && j < G_N_ELEMENTS (entries); j++)
        {
          const Test company[] = {
            { entries[j][1], .echo = g_str_has_prefix (entries[j][1], "turn") ? ALL : NOT_TRIED },
            { STUN }, { TURN, .echo = ALL }, { TURN_TCP, .echo = ALL }, { TURN_TLS, .echo = ALL },
            { OTHER_STUN }, { OTHER_TURN, .relayed = "203.0.113.30:50000", .echo = ALL },
            { OTHER_TURN_TCP, .relayed = "203.0.113.30:50000", .echo = ALL },
            { TURN, .error = SIDETONE_ERROR_TURN_UNAUTHORIZED },
            { OTHER_STUN, .error = SILENT },
          };

          assert_all_told (entries[j][0], NULL, error);
          for (guint k = 0; k < G_N_ELEMENTS (company); k++)
            assert_all_told (entries[j][0], &company[k], error);
        }
    }
}

/* A fault of the server's that calls from here don't meet is read out all the same. */
static void
assert_spared (const SidetoneDiagnosis *diagnosis,
               SidetoneFinding         *finding)
{
  g_autofree char *codes = sidetone_describe_codes (diagnosis);
  g_autofree char *remedy = sidetone_describe_remedy (diagnosis);

  if (sidetone_finding_get_owner (finding) != SIDETONE_OWNER_ADMINISTRATOR ||
      sidetone_finding_get_rule (finding)->severity < SIDETONE_SEVERITY_WARNING)
    return;

  g_assert_nonnull (strstr (codes, sidetone_finding_get_code (finding)));
  g_assert_null (strstr (remedy, "Nothing to fix"));
}

/* If nothing changes the address, only the line's own faults are warnings. */
static void
test_in_the_open (gconstpointer data)
{
  Row row = *(const Row *) data;
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  GListModel *findings;

  add_server_ip (store, "198.51.100.7:4000", "198.51.100.7:4000", PUBLIC_PEER);
  for (guint i = 0; i < G_N_ELEMENTS (row.tests) && row.tests[i].service != NULL; i++)
    add_test (store, &row.tests[i], i + 1);
  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  findings = sidetone_diagnosis_get_findings (diagnosis);
  if (sidetone_diagnosis_get_level (diagnosis) != SIDETONE_LEVEL_GOOD)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      SidetoneFindingKind kind = sidetone_finding_get_kind (finding);

      if (kind != SIDETONE_FINDING_PACKETS_LOST && kind != SIDETONE_FINDING_LARGE_PACKETS_LOST &&
          kind != SIDETONE_FINDING_ADDRESS_REWRITTEN)
        g_assert_cmpint (sidetone_finding_get_severity (finding), <=, SIDETONE_SEVERITY_NOTE);
      assert_spared (diagnosis, finding);
    }
}

/* A saved report means the same when read, and when redacted. */
static void
test_report (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GListStore) store = make_store (row);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) read = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *read_findings = NULL;
  g_autofree char *redacted_findings = NULL;

  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, NULL, NULL,
                                G_LIST_MODEL (store));
  json = sidetone_report_to_json (report);
  read = sidetone_report_new_from_json (json, strlen (json), &error);
  g_assert_no_error (error);
  read_findings = format_findings (sidetone_report_get_diagnosis (read));
  g_assert_cmpstr (read_findings, ==, row->findings);

  redacted = sidetone_report_new_redacted (read);
  redacted_findings = format_findings (sidetone_report_get_diagnosis (redacted));
  g_assert_cmpstr (redacted_findings, ==, row->findings);
  g_assert_cmpint (sidetone_diagnosis_get_level (sidetone_report_get_diagnosis (redacted)), ==,
                   row->level);
}

/* If a STUN server sees a local address unchanged, others can send to it. */
static void
test_stun_decides (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autoptr (SidetoneEndpoint) own = parse_endpoint ("198.51.100.7:6000");
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autofree char *text = NULL;
  SidetoneError not_offered = SIDETONE_ERROR_NOT_OFFERED;
  SidetoneObservationFields fields = {
    .id = "stun-1", .kind = SIDETONE_OBSERVATION_STUN, .state = SIDETONE_STATE_PASSED,
    .local = own, .seen = own,
  };

  add_step (store, "server-ip", SIDETONE_OBSERVATION_SERVER_IP, &not_offered, NULL);
  g_variant_dict_insert (&details, "service", "s", STUN);
  add_observation (store, &fields, &details);
  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), NULL);

  g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==, SIDETONE_LEVEL_GOOD);
  g_assert_null (sidetone_diagnosis_get_external (diagnosis));
  report = sidetone_report_new (NULL, "montague.lit", created, NULL, NULL, G_LIST_MODEL (store));
  text = sidetone_report_to_text (report);
  g_assert_nonnull (strstr (text, "198.51.100.7."));
  g_assert_true (sidetone_endpoint_equal (sidetone_diagnosis_get_mapped (diagnosis), own));
}

/* A line that loses one in ten in each direction, over UDP and TCP */
static void
test_loss (void)
{
  const Row row = { .seen = NAT, .tests = { { TURN, .echo = SOME }, { TURN_TCP, .echo = SOME } } };
  g_autoptr (GListStore) store = make_store (&row);
  g_autoptr (SidetoneEvidence) evidence = sidetone_evidence_new (G_LIST_MODEL (store));
  GPtrArray *results = sidetone_evidence_get_results (evidence);
  const SidetoneServiceResult *by_udp = results->pdata[0];
  const SidetoneServiceResult *by_tcp = results->pdata[1];

  g_assert_cmpfloat_with_epsilon (by_udp->loss, 0.0982, 0.0005);
  g_assert_cmpfloat_with_epsilon (by_tcp->loss, 1 - 74.0 / 91, 0.0005);
  g_assert_cmpint (by_udp->rtt_us, ==, 50000);
}

/* Everything is lost by IPv6 here, which is no server's fault. */
static void
test_broken_ipv6 (void)
{
  const Row row = {
    .seen = NAT,
    .tests = { { TURN, .echo = ALL }, { "turn udp 2001:db8::20 3478 credentials", .error = SILENT },
               { "stun udp 2001:db8::20 3478", .error = SILENT } },
  };
  SidetoneError silent = SIDETONE_ERROR_TCP_NO_ANSWER;

  for (guint broken = 0; broken < 2; broken++)
    {
      g_autoptr (GListStore) store = make_store (&row);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

      add_interface (store, "eth0", "wired", "2001:db8:1::7", TRUE);
      add_connect (store, PUBLIC_PEER, NULL);
      if (broken)
        add_connect (store, PUBLIC_PEER6, &silent);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), NULL);

      g_assert_true ((sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_BROKEN_IPV6) != NULL) ==
                     broken);
      g_assert_true ((sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_SERVICE_SILENT) !=
                      NULL) == !broken);
    }
}

/* Nor is it the provider's if this computer sends nothing by IPv6. */
static void
test_unsent_ipv6 (void)
{
  Row row = { .seen = NAT, .tests = { { TURN, .echo = ALL }, { "stun udp 2001:db8::20 3478" } } };
  SidetoneError silent = SIDETONE_ERROR_TCP_NO_ANSWER;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GListStore) store = NULL;
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

      row.tests[1].error = i == 0 ? SILENT : SIDETONE_ERROR_NOT_PERMITTED;
      store = make_store (&row);
      add_interface (store, "eth0", "wired", "2001:db8:1::7", TRUE);
      add_connect (store, PUBLIC_PEER, NULL);
      add_connect (store, PUBLIC_PEER6, &silent);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), NULL);

      g_assert_true ((sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_BROKEN_IPV6) != NULL) ==
                     (i == 0));
    }
}

static void
add_secure (GListStore   *store,
            const char   *id,
            const char   *address,
            SidetoneError code)
{
  g_autoptr (GError) error = code != 0 ? g_error_new_literal (SIDETONE_ERROR, code, "no") : NULL;
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = id, .kind = SIDETONE_OBSERVATION_SECURE, .error = error,
    .state = code == 0 ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
  };

  g_variant_dict_insert (&details, "peer-address", "s", address);
  g_variant_dict_insert (&details, "peer-port", "x", (gint64) 5222);
  add_observation (store, &fields, &details);
}

/* If large packets by IPv6 get lost, what TCP carries by it ends at one. A relay's certificate is large. */
static void
test_stalling_ipv6 (void)
{
  static const struct
  {
    const char *service;
    Packets echo;
    gboolean is_stall;
    gboolean is_relays_fault;
  } cases[] = {
    { "turn tcp 2001:db8:5::20 3478 credentials", ENDED, TRUE, FALSE },
    { "turn udp 2001:db8:5::20 3478 credentials", ENDED, TRUE, TRUE },
    { "turns tls 2001:db8:5::20 5349 credentials", ALL, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Row row = { .seen = NAT, .tests = { { cases[i].service, .echo = cases[i].echo } } };
      g_autoptr (GListStore) store = make_store (&row);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

      add_secure (store, "secure", "2001:db8:5::10", SIDETONE_ERROR_TLS_NO_ANSWER);
      add_secure (store, "secure-2", "203.0.113.10", 0);
      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), NULL);

      g_test_message ("%s", cases[i].service);
      g_assert_true ((sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_IPV6_STALLS) != NULL) ==
                     cases[i].is_stall);
      g_assert_true ((sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_RELAY_ENDS) != NULL) ==
                     cases[i].is_relays_fault);
    }
}

/* The administrator must know which entry is meant. */
static void
test_place (void)
{
  const Row row = { .seen = NAT, .tests = { { TURN, .echo = ALL }, { TURN_TCP,
                                                                     .error = SILENT } } };
  g_autoptr (GListStore) store = make_store (&row);
  g_autoptr (SidetoneDiagnosis) diagnosis = sidetone_diagnose (G_LIST_MODEL (store), NULL);
  SidetoneFinding *finding = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_RELAY_TRANSPORT);
  g_autofree char *explanation = NULL;

  g_assert_nonnull (finding);
  explanation = sidetone_describe_finding_explanation (finding);
  g_assert_nonnull (strstr (explanation, "TURN over TCP, 203.0.113.20 port 3478"));
}

/* Only if nothing answers at the silent address its record in DNS is at fault. */
static void
test_other_version (void)
{
#define NAMED "turn udp turn.montague.lit 3478 credentials"
#define NAMED_TCP "turn tcp turn.montague.lit 3478 credentials"
  static const Row rows_of_versions[] = {
    { .seen = NAT, .tests = { { NAMED, .peer = "203.0.113.20:3478", .echo = ALL },
                              { NAMED, .peer = "[2001:db8:5::20]:3478", .error = SILENT } } },
    { .seen = NAT, .tests = { { NAMED, .peer = "203.0.113.20:3478", .echo = ALL },
                              { NAMED, .peer = "[2001:db8:5::20]:3478", .error = SILENT },
                              { NAMED_TCP, .peer = "[2001:db8:5::20]:3478" } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows_of_versions); i++)
    {
      g_autoptr (GListStore) store = make_store (&rows_of_versions[i]);
      g_autoptr (SidetoneDiagnosis) diagnosis = sidetone_diagnose (G_LIST_MODEL (store), NULL);
      SidetoneFinding *finding = sidetone_diagnosis_find (diagnosis,
                                                          SIDETONE_FINDING_RELAY_TRANSPORT);
      g_autofree char *advice = NULL;

      g_assert_nonnull (finding);
      advice = sidetone_describe_finding_advice (finding);
      g_assert_cmpint (strstr (advice, "AAAA") != NULL, ==, i == 0);
    }
}

static void
add_rows (const char   *path,
          GTestDataFunc function)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strdup_printf ("/calls-check/%s/%s", path, rows[i].name);

      g_test_add_data_func (name, &rows[i], function);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_rows ("row", test_row);
  add_rows ("in-the-open", test_in_the_open);
  add_rows ("report", test_report);
  g_test_add_func ("/calls-check/stun-decides", test_stun_decides);
  g_test_add_func ("/calls-check/loss", test_loss);
  g_test_add_func ("/calls-check/broken-ipv6", test_broken_ipv6);
  g_test_add_func ("/calls-check/unsent-ipv6", test_unsent_ipv6);
  g_test_add_func ("/calls-check/stalling-ipv6", test_stalling_ipv6);
  g_test_add_func ("/calls-check/place", test_place);
  g_test_add_func ("/calls-check/other-version", test_other_version);
  g_test_add_func ("/calls-check/nothing-unsaid", test_nothing_unsaid);

  return g_test_run ();
}
