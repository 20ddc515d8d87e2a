/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/call-pair.h"

#include "judge/calls-check.h"
#include "judge/verdict.h"

/* A call between two people, each with a check of their own (ICE, RFC 8445): both NATs are known, not only
 * one and a kind of partner. A report says nothing of the other one's network, so that whatever lies
 * between the two, or inside a network that they share, is not known. */

enum { IPV4, IPV6, N_FAMILIES };

/* One person's network */
typedef struct
{
  gboolean udp_is_blocked;
  gboolean has_udp[N_FAMILIES];         /* a call server has answered */
  gboolean has_nat[N_FAMILIES];         /* what it does is known */
  SidetoneNatFacts nats[N_FAMILIES];
  SidetoneTruth has_ipv6;               /* a public address, with a call server to try it or not */
  SidetoneRelay relay;
  gboolean has_relay[N_FAMILIES];       /* one that works, also for the person's app, lends an address */
  gboolean is_hidden;                   /* over IPv4: the app signals only an address behind a NAT */
  SidetoneEndpoint *external;           /* over IPv4; NULL if it is unknown or made up */
} End;

/* The nicks are part of the JSON: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetonePairReason, sidetone_pair_reason,
  G_DEFINE_ENUM_VALUE (SIDETONE_PAIR_REASON_NOT_SEEN, "not-seen"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PAIR_REASON_SAME_NETWORK, "same-network"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PAIR_REASON_IPV6, "ipv6"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PAIR_REASON_BOTH_OPEN, "both-open"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PAIR_REASON_LET_IN, "let-in"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PAIR_REASON_PORTS, "ports"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PAIR_REASON_BLOCKED, "blocked"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PAIR_REASON_OWN_ADDRESS, "own-address"))

static guint
get_family (SidetoneEndpoint *endpoint)
{
  return sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV6 ? IPV6 : IPV4;
}

static void
read_nats (const SidetoneEvidence *evidence,
           End                    *end)
{
  GPtrArray *nats = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_NAT);

  for (guint i = 0; i < nats->len; i++)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (nats->pdata[i]);

      if (local == NULL || !sidetone_observation_has_passed (nats->pdata[i]))
        continue;

      end->has_nat[get_family (local)] = TRUE;
      sidetone_nat_check_read (nats->pdata[i], &end->nats[get_family (local)]);
    }
}

/* ICE tries a host's own addresses, too, without any call server. */
static SidetoneTruth
has_ipv6 (const SidetoneEvidence *evidence)
{
  GPtrArray *interfaces = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_INTERFACE);

  if (sidetone_evidence_get_broken_ipv6 (evidence) != NULL)
    return SIDETONE_TRUTH_NO;

  for (guint i = 0; i < interfaces->len; i++)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (interfaces->pdata[i]);

      if (local != NULL && get_family (local) == IPV6 &&
          sidetone_evidence_is_public (evidence, sidetone_endpoint_get_address (local)))
        return SIDETONE_TRUTH_YES;
    }

  return interfaces->len > 0 ? SIDETONE_TRUTH_NO : SIDETONE_TRUTH_UNKNOWN;
}

/* Many private networks have the same addresses. */
static SidetoneEndpoint *
find_external (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneEvidence *evidence = sidetone_diagnosis_get_evidence (diagnosis);
  SidetoneEndpoint *const seen[] = { sidetone_diagnosis_get_mapped (diagnosis),
                                     sidetone_diagnosis_get_external (diagnosis) };

  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      if (seen[i] != NULL && get_family (seen[i]) == IPV4 && !sidetone_endpoint_is_hidden (seen[i]) &&
          sidetone_evidence_is_public (evidence, sidetone_endpoint_get_address (seen[i])))
        return seen[i];
    }

  return NULL;
}

static void
read_results (const SidetoneEvidence *evidence,
              End                    *end)
{
  GPtrArray *results = sidetone_evidence_get_results (evidence);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (result->mapped != NULL && sidetone_service_result_is_over_udp (result))
        end->has_udp[get_family (result->mapped)] = TRUE;
      if (result->relayed != NULL && sidetone_service_result_works_as_relay (result))
        end->has_relay[get_family (result->relayed)] = TRUE;
    }
}

static gboolean
is_missing (SidetoneRelay relay)
{
  return relay == SIDETONE_RELAY_BROKEN || relay == SIDETONE_RELAY_UNUSED ||
         relay == SIDETONE_RELAY_NOT_OFFERED;
}

/* What the person's app can't do with all that */
static void
read_app (const SidetoneDiagnosis *diagnosis,
          End                     *end)
{
  gboolean is_untold = sidetone_diagnosis_get_nat (diagnosis)->is_untold;

  for (guint family = 0; family < N_FAMILIES; family++)
    {
      end->nats[family].is_untold = is_untold;
      end->has_relay[family] = end->has_relay[family] && !is_missing (end->relay);
    }
  end->is_hidden = is_untold && end->has_nat[IPV4] &&
                   sidetone_call_tells_address (&end->nats[IPV4]) == SIDETONE_TRUTH_NO;
}

/* A check that failed or was interrupted tells nothing. */
static void
read_end (const SidetoneDiagnosis *diagnosis,
          End                     *end)
{
  const SidetoneEvidence *evidence = sidetone_diagnosis_get_evidence (diagnosis);
  SidetoneCallsCheck calls;

  *end = (End) { 0 };
  if (sidetone_diagnosis_has_failed (diagnosis) ||
      sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_INTERRUPTED) != NULL)
    return;

  sidetone_calls_check_read (evidence, &calls);
  end->udp_is_blocked = calls.udp_is_blocked;
  end->has_ipv6 = has_ipv6 (evidence);
  end->relay = sidetone_diagnosis_get_verdict (diagnosis)->relay;
  end->external = find_external (diagnosis);
  read_nats (evidence, end);
  read_results (evidence, end);
  read_app (diagnosis, end);
}

/* Whether a direct way opens over one IP version */
static SidetoneTruth
opens (const End *ends,
       guint      family)
{
  if (ends[0].has_nat[family] && ends[1].has_nat[family])
    return sidetone_call_opens (&ends[0].nats[family], &ends[1].nats[family]);
  if (family == IPV4)
    return SIDETONE_TRUTH_UNKNOWN;

  return ends[0].has_ipv6 == SIDETONE_TRUTH_NO || ends[1].has_ipv6 == SIDETONE_TRUTH_NO
         ? SIDETONE_TRUTH_NO : SIDETONE_TRUTH_UNKNOWN;
}

static gboolean
is_known (const SidetoneNatFacts *nat)
{
  return nat->filtering != SIDETONE_NAT_FILTERING_UNKNOWN &&
         nat->filtering != SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT &&
         sidetone_call_tells_address (nat) != SIDETONE_TRUTH_UNKNOWN;
}

/* Of two networks of which neither blocks UDP */
static SidetoneTruth
judge_direct (const End        *ends,
              SidetoneCallPair *pair)
{
  SidetoneTruth direct = opens (ends, IPV4);
  SidetoneTruth by_ipv6 = opens (ends, IPV6);

  if (direct == SIDETONE_TRUTH_YES)
    {
      for (guint i = 0; i < 2; i++)
        pair->is_meant[i] = sidetone_call_tells_address (&ends[!i].nats[IPV4]) != SIDETONE_TRUTH_YES;
      pair->reason = pair->is_meant[0] || pair->is_meant[1] ? SIDETONE_PAIR_REASON_LET_IN
                     : SIDETONE_PAIR_REASON_BOTH_OPEN;
      return direct;
    }

  if (by_ipv6 == SIDETONE_TRUTH_YES)
    {
      pair->reason = SIDETONE_PAIR_REASON_IPV6;
      return by_ipv6;
    }

  if (direct == SIDETONE_TRUTH_NO && by_ipv6 == SIDETONE_TRUTH_NO)
    {
      for (guint i = 0; i < 2; i++)
        pair->is_meant[i] = ends[i].is_hidden;
      pair->reason = ends[0].is_hidden || ends[1].is_hidden ? SIDETONE_PAIR_REASON_OWN_ADDRESS
                     : SIDETONE_PAIR_REASON_PORTS;
      return direct;
    }

  pair->reason = SIDETONE_PAIR_REASON_NOT_SEEN;
  for (guint i = 0; i < 2; i++)
    pair->is_meant[i] = direct == SIDETONE_TRUTH_NO || !ends[i].has_nat[IPV4] ||
                        !is_known (&ends[i].nats[IPV4]);

  return SIDETONE_TRUTH_UNKNOWN;
}

/* Whose relay can carry the call: the other one's packets reach it by UDP. Who can't send UDP reaches the
 * own relay only, by TCP; and whether two relays reach each other is not tested. */
static void
find_relays (const End        *ends,
             SidetoneCallPair *pair)
{
  for (guint i = 0; i < 2; i++)
    {
      const End *other = &ends[!i];

      pair->carries[i] = !other->udp_is_blocked && !other->is_hidden &&
                         ((ends[i].has_relay[IPV4] && other->has_udp[IPV4]) ||
                          (ends[i].has_relay[IPV6] && other->has_udp[IPV6]));
      pair->lacks[i] = is_missing (ends[i].relay);
    }
}

/* Whether no relay can carry the call. One lets in packets only from addresses that it was told of (RFC
 * 8656, section 9). */
static gboolean
lacks_relay (const End              *ends,
             const SidetoneCallPair *pair)
{
  for (guint i = 0; i < 2; i++)
    {
      if (ends[i].is_hidden && pair->lacks[i])
        return TRUE;
    }

  if (ends[0].udp_is_blocked || ends[1].udp_is_blocked)
    return (ends[0].udp_is_blocked && pair->lacks[0]) || (ends[1].udp_is_blocked && pair->lacks[1]);

  return pair->lacks[0] && pair->lacks[1];
}

/**
 * sidetone_call_pair_judge:
 * @first: the diagnosis of one person's check
 * @second: that of the other one's
 *
 * Says how a call between the two gets through if both programs follow RFC 8445 (ICE), and each has the
 * relays of its own account; of a report for an app, those that it uses. What their checks don't tell is not known.
 *
 * Returns: the way, and why
 */
SidetoneCallPair
sidetone_call_pair_judge (const SidetoneDiagnosis *first,
                          const SidetoneDiagnosis *second)
{
  SidetoneCallPair pair = { .way = SIDETONE_CALL_WAY_UNKNOWN };
  SidetoneTruth direct = SIDETONE_TRUTH_UNKNOWN;
  End ends[2];

  g_return_val_if_fail (first != NULL, pair);
  g_return_val_if_fail (second != NULL, pair);

  read_end (first, &ends[0]);
  read_end (second, &ends[1]);
  find_relays (ends, &pair);
  if (ends[0].external != NULL && ends[1].external != NULL &&
      sidetone_endpoint_equal_address (ends[0].external, ends[1].external))
    {
      pair.reason = SIDETONE_PAIR_REASON_SAME_NETWORK;
    }
  else if (ends[0].udp_is_blocked || ends[1].udp_is_blocked)
    {
      direct = SIDETONE_TRUTH_NO;
      pair.reason = SIDETONE_PAIR_REASON_BLOCKED;
      pair.is_meant[0] = ends[0].udp_is_blocked;
      pair.is_meant[1] = ends[1].udp_is_blocked;
    }
  else
    {
      direct = judge_direct (ends, &pair);
    }

  pair.way = sidetone_call_choose_way (direct, pair.carries[0] || pair.carries[1],
                                       lacks_relay (ends, &pair));

  return pair;
}
