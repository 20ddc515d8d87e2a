/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The check after an act, compared with the one before: whether a finding is gone. What was not
 * tested again is not gone. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/retest.h"

#include "judge/rules.h"
#include "seen/interface.h"

/**
 * sidetone_retest_find_again:
 * @finding: a finding of one check
 * @after: another check's diagnosis
 *
 * Returns: (transfer none) (nullable): the finding of the same kind there, about the same server
 *   unless it is about this computer's line
 */
SidetoneFinding *
sidetone_retest_find_again (SidetoneFinding         *finding,
                            const SidetoneDiagnosis *after)
{
  GListModel *findings = sidetone_diagnosis_get_findings (after);
  gboolean is_about_line = (sidetone_finding_get_rule (finding)->traits &
                            SIDETONE_RULE_ABOUT_LINE) != 0;
  const char *host = sidetone_finding_get_facts (finding)->host;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      /* The diagnosis keeps it. */
      g_autoptr (SidetoneFinding) other = g_list_model_get_item (findings, i);

      if (sidetone_finding_get_kind (other) == sidetone_finding_get_kind (finding) &&
          (is_about_line || g_strcmp0 (sidetone_finding_get_facts (other)->host, host) == 0))
        return other;
    }

  return NULL;
}

/* The same service over the same version of IP; its address may be another one by then */
static const SidetoneServiceResult *
find_result_again (const SidetoneServiceResult *result,
                   const SidetoneEvidence      *after)
{
  GPtrArray *results = sidetone_evidence_get_results (after);
  const SidetoneService *service = result->service;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *other = results->pdata[i];

      if (sidetone_service_get_kind (other->service) == sidetone_service_get_kind (service) &&
          sidetone_service_get_transport (other->service) ==
          sidetone_service_get_transport (service) &&
          sidetone_service_get_port (other->service) == sidetone_service_get_port (service) &&
          g_str_equal (sidetone_service_get_host (other->service),
                       sidetone_service_get_host (service)) &&
          sidetone_service_result_is_over_ipv6 (other) ==
          sidetone_service_result_is_over_ipv6 (result) &&
          sidetone_service_result_is_made (other))
        return other;
    }

  return NULL;
}

static gboolean
is_tested_again (const SidetoneServiceResult *before,
                 const SidetoneEvidence      *evidence)
{
  const SidetoneServiceResult *after = find_result_again (before, evidence);

  /* Another failure than before may hide the same one. */
  if (after == NULL || after->state != SIDETONE_STATE_PASSED)
    return FALSE;

  return before->packets == NULL || after->packets != NULL;
}

static SidetoneObservation *
find_observation (const SidetoneEvidence *evidence,
                  const char             *id)
{
  GPtrArray *observations = sidetone_evidence_get_observations (evidence);

  for (guint i = 0; i < observations->len; i++)
    {
      if (g_str_equal (sidetone_observation_get_id (observations->pdata[i]), id))
        return observations->pdata[i];
    }

  return NULL;
}

static gboolean
was_tried (const SidetoneDiagnosis *diagnosis,
           SidetoneObservationKind  kind)
{
  GPtrArray *observations = sidetone_evidence_get_kind (sidetone_diagnosis_get_evidence (diagnosis),
                                                        kind);

  if (kind == SIDETONE_OBSERVATION_NAT)
    return sidetone_diagnosis_get_nat (diagnosis) != NULL &&
           sidetone_diagnosis_get_nat (diagnosis)->mapping != SIDETONE_NAT_MAPPING_UNKNOWN;

  for (guint i = 0; i < observations->len; i++)
    {
      if (sidetone_observation_has_passed (observations->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* Whether what proved the finding was looked at again. What any check sees proves nothing, and
 * traceroute runs only if servers are silent. */
static gboolean
is_looked_at_again (SidetoneFinding         *finding,
                    const SidetoneDiagnosis *before,
                    const SidetoneDiagnosis *after)
{
  const char *const *ids = sidetone_finding_get_evidence (finding);
  gboolean is_seen_always = TRUE;

  if (sidetone_finding_get_kind (finding) == SIDETONE_FINDING_BROKEN_IPV6)
    return sidetone_evidence_knows_ipv6_works (sidetone_diagnosis_get_evidence (after));
  if (sidetone_finding_get_kind (finding) == SIDETONE_FINDING_IPV6_STALLS)
    return sidetone_evidence_knows_tls_by_ipv6 (sidetone_diagnosis_get_evidence (after));

  for (guint i = 0; ids[i] != NULL; i++)
    {
      SidetoneObservation *observation = find_observation (sidetone_diagnosis_get_evidence (before),
                                                           ids[i]);
      SidetoneObservationKind kind = observation != NULL
                                     ? sidetone_observation_get_kind (observation)
                                     : SIDETONE_OBSERVATION_UNKNOWN;

      if (kind == SIDETONE_OBSERVATION_UNKNOWN || kind == SIDETONE_OBSERVATION_INTERFACE ||
          kind == SIDETONE_OBSERVATION_PATH)
        continue;

      is_seen_always = FALSE;
      if (was_tried (after, kind))
        return TRUE;
    }

  return is_seen_always;
}

/* How far a check got that failed: the last of its failure's observations, whose kinds are in the
 * order of a check */
static SidetoneObservationKind
get_reach (SidetoneFinding         *failure,
           const SidetoneDiagnosis *diagnosis)
{
  const char *const *ids = sidetone_finding_get_evidence (failure);
  SidetoneObservationKind reach = SIDETONE_OBSERVATION_UNKNOWN;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      SidetoneObservation *observation =
        find_observation (sidetone_diagnosis_get_evidence (diagnosis), ids[i]);

      if (observation != NULL)
        reach = MAX (reach, sidetone_observation_get_kind (observation));
    }

  return reach;
}

/* A failure is gone if the check got further. */
static gboolean
has_got_further (SidetoneFinding         *failure,
                 const SidetoneDiagnosis *before,
                 const SidetoneDiagnosis *after)
{
  return !sidetone_diagnosis_has_failed (after) ||
         get_reach (sidetone_diagnosis_get_address_finding (after), after) >
         get_reach (failure, before);
}

static gboolean
is_about_loss (SidetoneFindingKind kind)
{
  return kind == SIDETONE_FINDING_PACKETS_LOST || kind == SIDETONE_FINDING_OWN_NETWORK_LOSES ||
         kind == SIDETONE_FINDING_RELAY_LOSES;
}

/* What gets lost is lost elsewhere then, or only by then is it known where: another network may have
 * a bad Wi-Fi of its own. */
static gboolean
is_lost_elsewhere (SidetoneFinding         *finding,
                   const SidetoneDiagnosis *after)
{
  return is_about_loss (sidetone_finding_get_kind (finding)) &&
         (sidetone_diagnosis_find (after, SIDETONE_FINDING_PACKETS_LOST) != NULL ||
          sidetone_diagnosis_find (after, SIDETONE_FINDING_OWN_NETWORK_LOSES) != NULL ||
          sidetone_diagnosis_find (after, SIDETONE_FINDING_RELAY_LOSES) != NULL);
}

/**
 * sidetone_retest_judge:
 * @finding: one of @before's findings
 * @before: a check's diagnosis
 * @after: the diagnosis of a check after an act
 *
 * Judges what became of @finding.
 *
 * Returns: whether it is gone
 */
SidetoneRetest
sidetone_retest_judge (SidetoneFinding         *finding,
                       const SidetoneDiagnosis *before,
                       const SidetoneDiagnosis *after)
{
  const SidetoneFindingFacts *facts = sidetone_finding_get_facts (finding);
  gboolean is_known;

  if (sidetone_diagnosis_find (after, SIDETONE_FINDING_INTERRUPTED) != NULL)
    return SIDETONE_RETEST_UNKNOWN;
  if (sidetone_retest_find_again (finding, after) != NULL)
    return SIDETONE_RETEST_STAYS;
  if (is_lost_elsewhere (finding, after))
    return SIDETONE_RETEST_UNKNOWN;

  if (sidetone_diagnosis_has_failed (before) &&
      finding == sidetone_diagnosis_get_address_finding (before))
    is_known = has_got_further (finding, before, after);
  else if (sidetone_diagnosis_has_failed (after))
    is_known = FALSE;
  else if (facts->result != NULL)
    is_known = is_tested_again (facts->result, sidetone_diagnosis_get_evidence (after));
  else
    is_known = is_looked_at_again (finding, before, after);

  return is_known ? SIDETONE_RETEST_GONE : SIDETONE_RETEST_UNKNOWN;
}

/* This computer's IPv4 addresses, without those of VPNs. IPv6 addresses change by themselves (RFC
 * 8981). */
static GHashTable *
collect_addresses (const SidetoneDiagnosis *diagnosis)
{
  GHashTable *addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *interfaces = sidetone_evidence_get_kind (sidetone_diagnosis_get_evidence (diagnosis),
                                                      SIDETONE_OBSERVATION_INTERFACE);

  for (guint i = 0; i < interfaces->len; i++)
    {
      const SidetoneInterfaceSeen *seen = sidetone_observation_get_interface (interfaces->pdata[i]);
      SidetoneEndpoint *local = sidetone_observation_get_local (interfaces->pdata[i]);

      if (local != NULL && sidetone_endpoint_get_family (local) == G_SOCKET_FAMILY_IPV4 &&
          seen->type != SIDETONE_INTERFACE_LOOPBACK && seen->type != SIDETONE_INTERFACE_TUNNEL)
        g_hash_table_add (addresses, sidetone_endpoint_dup_address (local));
    }

  return addresses;
}

static gboolean
have_same_addresses (const SidetoneDiagnosis *before,
                     const SidetoneDiagnosis *after)
{
  g_autoptr (GHashTable) first = collect_addresses (before);
  g_autoptr (GHashTable) second = collect_addresses (after);
  GHashTableIter iter;
  gpointer address;

  if (g_hash_table_size (first) == 0 ||
      g_hash_table_size (first) != g_hash_table_size (second))
    return FALSE;

  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, &address, NULL))
    {
      if (!g_hash_table_contains (second, address))
        return FALSE;
    }

  return TRUE;
}

/* Whether the address that the server saw is this network's: not a proxy's, nor a VPN's */
static gboolean
knows_network (const SidetoneDiagnosis *diagnosis)
{
  SidetoneFinding *finding = sidetone_diagnosis_get_address_finding (diagnosis);

  return sidetone_diagnosis_get_external (diagnosis) != NULL && finding != NULL &&
         (sidetone_finding_get_rule (finding)->traits & SIDETONE_RULE_SEES_WAY_OUT) != 0 &&
         sidetone_evidence_get_tunnels (sidetone_diagnosis_get_evidence (diagnosis)) == NULL;
}

/**
 * sidetone_retest_is_same_network:
 * @before: a check's diagnosis
 * @after: the diagnosis of a later one
 *
 * Compares the addresses that the server saw; if one of them is not this network's, as through a
 * VPN, or is not known, this computer's own ones.
 *
 * Returns: whether both were evidently made on the same network
 */
gboolean
sidetone_retest_is_same_network (const SidetoneDiagnosis *before,
                                 const SidetoneDiagnosis *after)
{
  SidetoneEndpoint *first = sidetone_diagnosis_get_external (before);
  SidetoneEndpoint *second = sidetone_diagnosis_get_external (after);

  if (knows_network (before) && knows_network (after) &&
      sidetone_endpoint_get_family (first) == sidetone_endpoint_get_family (second))
    return sidetone_endpoint_equal_address (first, second);

  return have_same_addresses (before, after);
}
