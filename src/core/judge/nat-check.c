/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What a NAT does to UDP (RFC 4787), from the observations. judge/nat-rules.c says what that means
 * for calls. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/nat-check.h"

#include "seen/nat.h"

/**
 * sidetone_nat_check_find:
 * @evidence: the evidence
 *
 * Returns: (transfer none) (nullable): the NAT's observation: over IPv4, which most called people
 *   have; over IPv6 if there is no other; %NULL without one
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

      if (sidetone_observation_has_passed (nats->pdata[i]) && (found == NULL || is_ipv4))
        found = nats->pdata[i];
    }

  return found;
}

/**
 * sidetone_nat_check_read:
 * @nat: an observation of kind %SIDETONE_OBSERVATION_NAT
 * @facts: (out caller-allocates): its facts
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
 * sidetone_nat_check_is_dependent:
 * @evidence: the evidence
 *
 * Returns: whether the mapping over any tested IP version depends on the destination, so that a
 *   direct way is often not found
 */
gboolean
sidetone_nat_check_is_dependent (const SidetoneEvidence *evidence)
{
  GPtrArray *nats = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_NAT);

  for (guint i = 0; i < nats->len; i++)
    {
      SidetoneNatFacts facts;

      if (!sidetone_observation_has_passed (nats->pdata[i]))
        continue;

      sidetone_nat_check_read (nats->pdata[i], &facts);
      if (facts.mapping == SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT ||
          facts.mapping == SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT ||
          facts.mapping == SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT)
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_nat_check_is_endpoint_independent:
 * @evidence: the evidence
 * @external: (nullable): the address that the XMPP server sees
 *
 * Returns: whether the mapping is endpoint-independent, for each tested IP version; if no reflexive
 *   address has the family of @external, that path was not tested
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

      if (!sidetone_observation_has_passed (nats->pdata[i]))
        continue;

      sidetone_nat_check_read (nats->pdata[i], &facts);
      if (facts.mapping != SIDETONE_NAT_MAPPING_NONE &&
          facts.mapping != SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT)
        return FALSE;
      any = any || is_of_family (sidetone_observation_get_seen (nats->pdata[i]), external);
    }

  return any;
}
