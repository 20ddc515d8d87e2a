/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/nat-check.h"

#include "address/address-scope.h"
#include "judge/rules.h"
#include "seen/lifetime.h"
#include "seen/nat.h"
#include "seen/path.h"

/* What a NAT's behaviour and the routers on the way (traceroute) mean for calls. */

/* In ms: programs that do what RFC 8445 has them do, send something as often (section 11) */
#define KEEPALIVE_MS 15000

/* What the kind of NAT means, and whether all who looked saw the same */

static gboolean
has_passed (SidetoneObservation *observation)
{
  return sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED;
}

/**
 * sidetone_nat_check_find:
 * @evidence: what was seen
 *
 * Returns: (transfer none) (nullable): what is done to UDP on the way: over IPv4, which most people
 *   who are called have; over IPv6 where there is no other; %NULL if nobody looked
 */
SidetoneObservation *
sidetone_nat_check_find (const SidetoneEvidence *evidence)
{
  GPtrArray *nats = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_NAT);
  SidetoneObservation *found = NULL;

  for (guint i = 0; i < nats->len; i++)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (nats->pdata[i]);
      gboolean is_ipv4 = local != NULL &&
                         sidetone_endpoint_get_family (local) == G_SOCKET_FAMILY_IPV4;

      if (has_passed (nats->pdata[i]) && (found == NULL || is_ipv4))
        found = nats->pdata[i];
    }

  return found;
}

/**
 * sidetone_nat_check_read:
 * @nat: an observation of kind %SIDETONE_OBSERVATION_NAT
 * @facts: (out caller-allocates): what it says
 */
void
sidetone_nat_check_read (SidetoneObservation *nat,
                         SidetoneNatFacts    *facts)
{
  const SidetoneNatSeen *seen = sidetone_observation_get_nat (nat);

  facts->mapping = seen->mapping;
  facts->filtering = seen->filtering;
  facts->hairpinning = seen->hairpinning;
  facts->port = seen->port_preserved == SIDETONE_TRUTH_UNKNOWN ? SIDETONE_CHANGE_UNKNOWN
                : seen->port_preserved == SIDETONE_TRUTH_YES ? SIDETONE_CHANGE_SAME
                : SIDETONE_CHANGE_CHANGED;
}

static gboolean
is_of_family (SidetoneEndpoint *seen,
              SidetoneEndpoint *external)
{
  return seen != NULL && (external == NULL || sidetone_endpoint_get_family (seen) ==
                          sidetone_endpoint_get_family (external));
}

/**
 * sidetone_nat_check_is_endpoint_independent:
 * @evidence: what was seen
 * @external: (nullable): what the XMPP server sees of this computer
 *
 * Returns: whether sockets look the same to everybody, over each version of IP that was looked at; if
 *   none has an address outside of the family of @external, nobody has looked at that way
 */
gboolean
sidetone_nat_check_is_endpoint_independent (const SidetoneEvidence *evidence,
                                            SidetoneEndpoint       *external)
{
  GPtrArray *nats = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_NAT);
  gboolean any = FALSE;

  for (guint i = 0; i < nats->len; i++)
    {
      SidetoneNatFacts facts;

      if (!has_passed (nats->pdata[i]))
        continue;

      sidetone_nat_check_read (nats->pdata[i], &facts);
      if (facts.mapping != SIDETONE_NAT_MAPPING_NONE &&
          facts.mapping != SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT)
        return FALSE;
      any = any || is_of_family (sidetone_observation_get_seen (nats->pdata[i]), external);
    }

  return any;
}

static SidetoneServicesFinding *
add_finding (GPtrArray           *findings,
             SidetoneFindingKind  kind,
             SidetoneRelay        relay,
             SidetoneObservation *first,
             SidetoneObservation *second)
{
  SidetoneServicesFinding *finding = g_new0 (SidetoneServicesFinding, 1);
  g_autoptr (GStrvBuilder) evidence = g_strv_builder_new ();

  g_strv_builder_add (evidence, sidetone_observation_get_id (first));
  if (second != NULL)
    g_strv_builder_add (evidence, sidetone_observation_get_id (second));
  finding->kind = kind;
  finding->relay = relay;
  finding->evidence = g_strv_builder_end (evidence);
  g_ptr_array_add (findings, finding);

  return finding;
}

static void
judge_mapping (GPtrArray           *findings,
               SidetoneRelay        relay,
               SidetoneObservation *nat)
{
  SidetoneNatFacts facts;

  sidetone_nat_check_read (nat, &facts);
  if (facts.mapping == SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT ||
      facts.mapping == SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT ||
      facts.mapping == SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT)
    add_finding (findings, SIDETONE_FINDING_MAPPING_DEPENDENT, relay, nat, NULL);
}

static gboolean
is_public (SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_address_scope_is_public (
    sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint)));
}

/* A server that does not see this computer can't contradict anybody. */
static gboolean
is_seen_by_server (const SidetoneEvidence *evidence)
{
  const SidetoneAddressCheck *check = sidetone_evidence_get_address_check (evidence);

  return check != NULL &&
         (sidetone_rules_find (check->kind)->traits & SIDETONE_RULE_SEES_WAY_OUT) != 0;
}

/* The chat by TCP and a socket by UDP: one way out, one address outside. Of IPv6 a computer has several
 * addresses of its own, so that only the same one can be compared. */
static gboolean
contradicts (SidetoneObservation *server_ip,
             SidetoneObservation *nat)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (server_ip);
  SidetoneEndpoint *seen = sidetone_observation_get_seen (server_ip);
  SidetoneEndpoint *own = sidetone_observation_get_local (nat);
  SidetoneEndpoint *mapped = sidetone_observation_get_seen (nat);

  if (local == NULL || own == NULL || !is_public (seen) || !is_public (mapped) ||
      sidetone_endpoint_get_family (local) != sidetone_endpoint_get_family (own) ||
      sidetone_endpoint_get_family (seen) != sidetone_endpoint_get_family (mapped))
    return FALSE;
  if (sidetone_endpoint_get_family (own) == G_SOCKET_FAMILY_IPV6 &&
      !sidetone_endpoint_equal_address (own, local))
    return FALSE;

  return !sidetone_endpoint_equal_address (seen, mapped);
}

static void
judge_ways_out (GPtrArray              *findings,
                const SidetoneEvidence *evidence)
{
  SidetoneObservation *server_ip = sidetone_evidence_get_last (evidence,
                                                               SIDETONE_OBSERVATION_SERVER_IP);
  GPtrArray *nats = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_NAT);

  if (!is_seen_by_server (evidence))
    return;

  for (guint i = 0; i < nats->len; i++)
    {
      if (has_passed (nats->pdata[i]) && contradicts (server_ip, nats->pdata[i]))
        {
          add_finding (findings, SIDETONE_FINDING_SEVERAL_WAYS_OUT, SIDETONE_RELAY_UNKNOWN, server_ip,
                       nats->pdata[i]);
          return;
        }
    }
}

static void
judge_lifetime (GPtrArray              *findings,
                const SidetoneEvidence *evidence)
{
  GPtrArray *lifetimes = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_LIFETIME);

  for (guint i = 0; i < lifetimes->len; i++)
    {
      gint64 closed_ms = sidetone_observation_get_lifetime (lifetimes->pdata[i])->closed_ms;

      if (closed_ms <= 0 || closed_ms > KEEPALIVE_MS)
        continue;

      add_finding (findings, SIDETONE_FINDING_SHORT_LIFETIME, SIDETONE_RELAY_UNKNOWN,
                   lifetimes->pdata[i], NULL)->number = MAX (1, closed_ms / 1000);
      return;
    }
}

/* The address outside is not the nearest router's. An address of a provider's own, or a private one of
 * somebody's, tells whose it may be: up to the first public one, for what is behind that is not near. */
static void
judge_routers (GPtrArray           *findings,
               SidetoneObservation *path)
{
  GPtrArray *routers = sidetone_observation_get_path (path)->routers;
  gboolean is_shared = FALSE;
  gboolean is_private = FALSE;

  for (guint i = 1; routers != NULL && i < routers->len; i++)
    {
      SidetoneAddressScope scope = sidetone_address_scope_of (
        sidetone_endpoint_get_address (routers->pdata[i]));

      if (sidetone_address_scope_is_public (scope))
        break;
      is_shared = is_shared || scope == SIDETONE_ADDRESS_SCOPE_SHARED;
      is_private = is_private || sidetone_address_scope_is_private (scope);
    }

  if (is_shared)
    add_finding (findings, SIDETONE_FINDING_CARRIER_BEHIND_ROUTER, SIDETONE_RELAY_UNKNOWN, path, NULL);
  else if (is_private)
    add_finding (findings, SIDETONE_FINDING_SECOND_ROUTER, SIDETONE_RELAY_UNKNOWN, path, NULL);
}

/* Through a tunnel the routers are those of whoever runs it. And where the address check has found the
 * provider's translation, it need not be said twice. */
static void
judge_path (GPtrArray              *findings,
            const SidetoneEvidence *evidence)
{
  const SidetoneAddressCheck *check = sidetone_evidence_get_address_check (evidence);
  GPtrArray *paths = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_PATH);

  if (sidetone_evidence_get_tunnels (evidence) != NULL ||
      (check != NULL &&
       (sidetone_rules_find (check->kind)->traits & SIDETONE_RULE_NAMES_CARRIER) != 0))
    return;

  for (guint i = 0; i < paths->len; i++)
    {
      if (sidetone_observation_get_path (paths->pdata[i])->passed_on == SIDETONE_TRUTH_YES)
        {
          judge_routers (findings, paths->pdata[i]);
          return;
        }
    }
}

/**
 * sidetone_nat_check_judge:
 * @evidence: what was seen
 * @relay: whether there is a relay, for the words
 *
 * Judges what is done to UDP on the way, and whether it fits what the XMPP server saw, in the order of
 * src/core/README.md.
 *
 * Returns: (transfer full) (element-type SidetoneServicesFinding): the conclusions; the array frees
 *   them
 */
GPtrArray *
sidetone_nat_check_judge (const SidetoneEvidence *evidence,
                          SidetoneRelay           relay)
{
  SidetoneObservation *nat = sidetone_nat_check_find (evidence);
  GPtrArray *findings = sidetone_services_findings_new ();

  if (nat != NULL)
    judge_mapping (findings, relay, nat);
  judge_ways_out (findings, evidence);
  judge_lifetime (findings, evidence);
  judge_path (findings, evidence);

  return findings;
}
