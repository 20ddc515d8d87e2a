/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What a NAT does to UDP (RFC 4787), as the observations tell it. What that means for calls is in
 * judge/nat-rules.c. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/nat-check.h"

#include "seen/nat.h"

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
