/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/comparison-private.h"

#include "judge/rules.h"
#include "judge/verdict.h"

/* Two reports compared (diff): before and after a router's restart, over Wi-Fi and by cable, at home and
 * on mobile data. Only what lasts is a difference. A port, a few milliseconds, a lost packet or a
 * temporary address of IPv6 differs from one check to the next. What only one of the reports knows
 * is no difference, either: it was not tested in the other one. */

#define N_WAYS (SIDETONE_CALL_WAY_NONE + 1)

/* The nicks are part of the JSON: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneDifferenceKind, sidetone_difference_kind,
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_VERDICT, "verdict"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_WAY, "way"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_CALLS, "calls"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_FINDING, "finding"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_OWNERS, "owners"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_CAUSE, "cause"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_INTERFACE, "interface"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_LOCAL, "local"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_EXTERNAL, "external"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_PORT, "port"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_MAPPING, "mapping"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_FILTERING, "filtering"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_HAIRPINNING, "hairpinning"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_SERVICE, "service"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_LOSS, "loss"),
  G_DEFINE_ENUM_VALUE (SIDETONE_DIFFERENCE_DELAY, "delay"))

G_DEFINE_ENUM_TYPE (
  SidetoneOutcome, sidetone_outcome,
  G_DEFINE_ENUM_VALUE (SIDETONE_OUTCOME_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OUTCOME_NOT_OFFERED, "not-offered"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OUTCOME_WORKS, "works"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OUTCOME_PARTLY, "partly"),
  G_DEFINE_ENUM_VALUE (SIDETONE_OUTCOME_FAILS, "fails"))

G_DEFINE_ENUM_TYPE (
  SidetoneTrend, sidetone_trend,
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_NONE, "none"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_BETTER, "better"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_WORSE, "worse"))

G_DEFINE_ENUM_TYPE (
  SidetoneTrendReason, sidetone_trend_reason,
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_NONE, "none"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_PORT_KEPT, "port-kept"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_PORT_CHANGES, "port-changes"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_UDP_OPEN, "udp-open"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_UDP_BLOCKED, "udp-blocked"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_RELAY_WORKS, "relay-works"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_RELAY_MISSING, "relay-missing"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_NAT_GONE, "nat-gone"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TREND_REASON_NAT_NEW, "nat-new"))

G_DEFINE_FLAGS_TYPE (
  SidetoneComparisonTraits, sidetone_comparison_traits,
  G_DEFINE_ENUM_VALUE (SIDETONE_COMPARISON_OF_ACCOUNTS, "other-account"),
  G_DEFINE_ENUM_VALUE (SIDETONE_COMPARISON_OF_SERVERS, "other-server"),
  G_DEFINE_ENUM_VALUE (SIDETONE_COMPARISON_OF_NETWORKS, "other-network"),
  G_DEFINE_ENUM_VALUE (SIDETONE_COMPARISON_REVERSED, "reversed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_COMPARISON_HIDDEN, "hidden-addresses"),
  G_DEFINE_ENUM_VALUE (SIDETONE_COMPARISON_OF_APPS, "other-app"))

static gboolean
has (const SidetoneReport *report,
     SidetoneFindingKind   kind)
{
  return sidetone_diagnosis_find (sidetone_report_get_diagnosis (report), kind) != NULL;
}

/**
 * sidetone_comparison_add:
 * @self: a comparison
 * @kind: what differs
 *
 * Returns: (transfer none): a new difference, to be filled in
 */
SidetoneDifference *
sidetone_comparison_add (SidetoneComparison    *self,
                         SidetoneDifferenceKind kind)
{
  SidetoneDifference *difference = g_new0 (SidetoneDifference, 1);

  difference->kind = kind;
  g_ptr_array_add (self->differences, difference);

  return difference;
}

/**
 * sidetone_comparison_add_values:
 * @self: a comparison
 * @kind: what may differ
 * @before: its value in the first report, 0 if it is not known
 * @after: its value in the second one
 *
 * Adds a difference, if both values are known and differ.
 */
void
sidetone_comparison_add_values (SidetoneComparison    *self,
                                SidetoneDifferenceKind kind,
                                int                    before,
                                int                    after)
{
  SidetoneDifference *difference;

  if (before == 0 || after == 0 || before == after)
    return;

  difference = sidetone_comparison_add (self, kind);
  difference->before.value = before;
  difference->after.value = after;
}

/* The verdict */

static SidetoneTrend
get_trend (guint before,
           guint after)
{
  if (before == after)
    return SIDETONE_TREND_NONE;

  return after < before ? SIDETONE_TREND_BETTER : SIDETONE_TREND_WORSE;
}

/* Whether it says "may" because no relay was tested: that is no worse than another verdict. */
static gboolean
is_vague (const SidetoneVerdict *verdict)
{
  return verdict->state == SIDETONE_VERDICT_UNKNOWN ||
         (verdict->state == SIDETONE_VERDICT_MAY_FAIL &&
          (verdict->relay == SIDETONE_RELAY_UNKNOWN || verdict->relay == SIDETONE_RELAY_OFFERED));
}

/* The fewer calls need the relay, the better: a direct way is shorter. */
static guint
rank_way (SidetoneCallWay way)
{
  switch (way)
    {
    case SIDETONE_CALL_WAY_UNKNOWN:
    case SIDETONE_CALL_WAY_DIRECT:
      break;

    case SIDETONE_CALL_WAY_EITHER:
      return 1;

    case SIDETONE_CALL_WAY_RELAY:
      return 2;

    case SIDETONE_CALL_WAY_NONE:
      return 3;
    }

  return 0;
}

/* Of calls to all kinds of networks whose way is known in both reports */
static SidetoneTrend
compare_ways (const SidetoneDiagnosis *before,
              const SidetoneDiagnosis *after)
{
  guint then = 0;
  guint now = 0;

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (before, partner);
      const SidetoneCall *other = sidetone_diagnosis_get_call (after, partner);

      if (call->way == SIDETONE_CALL_WAY_UNKNOWN || other->way == SIDETONE_CALL_WAY_UNKNOWN)
        continue;

      then += rank_way (call->way);
      now += rank_way (other->way);
    }

  return get_trend (then, now);
}

static gboolean
has_table (const SidetoneDiagnosis *diagnosis)
{
  return sidetone_diagnosis_get_call (diagnosis, SIDETONE_PARTNER_OPEN) != NULL;
}

/* Networks of the same fate share a difference. */
static void
compare_calls (SidetoneComparison      *self,
               const SidetoneDiagnosis *before,
               const SidetoneDiagnosis *after)
{
  SidetoneDifference *fates[N_WAYS][N_WAYS] = { 0 };

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      SidetoneCallWay then = sidetone_diagnosis_get_call (before, partner)->way;
      SidetoneCallWay now = sidetone_diagnosis_get_call (after, partner)->way;

      if (then == now)
        continue;

      if (fates[then][now] == NULL)
        fates[then][now] = sidetone_comparison_add (self, SIDETONE_DIFFERENCE_CALLS);
      fates[then][now]->before.value = then;
      fates[then][now]->after.value = now;
      fates[then][now]->partners[partner] = TRUE;
    }
}

static void
compare_verdicts (SidetoneComparison      *self,
                  const SidetoneDiagnosis *before,
                  const SidetoneDiagnosis *after)
{
  const SidetoneVerdict *then = sidetone_diagnosis_get_verdict (before);
  const SidetoneVerdict *now = sidetone_diagnosis_get_verdict (after);

  if (then->state != now->state)
    {
      SidetoneDifference *difference = sidetone_comparison_add (self, SIDETONE_DIFFERENCE_VERDICT);

      difference->before.value = then->state;
      difference->after.value = now->state;
      if (!is_vague (then) && !is_vague (now))
        self->trend = get_trend (then->state, now->state);
    }

  if (!has_table (before) || !has_table (after))
    {
      sidetone_comparison_add_values (self, SIDETONE_DIFFERENCE_WAY, then->way, now->way);
      return;
    }

  if (then->state == now->state)
    self->trend = compare_ways (before, after);
  compare_calls (self, before, after);
}

static gboolean
is_dependent (SidetoneNatMapping mapping)
{
  return mapping == SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT ||
         mapping == SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT ||
         mapping == SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT;
}

static SidetoneRelay
get_relay (const SidetoneDiagnosis *diagnosis)
{
  return sidetone_diagnosis_get_verdict (diagnosis)->relay;
}

/* What stands in the way of calls in @worse, and not in @better */
static SidetoneTrendReason
find_reason (const SidetoneReport *better,
             const SidetoneReport *worse)
{
  const SidetoneDiagnosis *good = sidetone_report_get_diagnosis (better);
  const SidetoneDiagnosis *bad = sidetone_report_get_diagnosis (worse);
  SidetoneNatMapping mapping = sidetone_diagnosis_get_nat (good)->mapping;

  if (has (worse, SIDETONE_FINDING_UDP_BLOCKED) && !has (better, SIDETONE_FINDING_UDP_BLOCKED))
    return SIDETONE_TREND_REASON_UDP_OPEN;
  if (sidetone_diagnosis_get_address_change (bad) == SIDETONE_CHANGE_CHANGED &&
      sidetone_diagnosis_get_address_change (good) == SIDETONE_CHANGE_SAME)
    return SIDETONE_TREND_REASON_NAT_GONE;
  if (is_dependent (sidetone_diagnosis_get_nat (bad)->mapping) &&
      mapping != SIDETONE_NAT_MAPPING_UNKNOWN && !is_dependent (mapping))
    return SIDETONE_TREND_REASON_PORT_KEPT;
  if (get_relay (good) == SIDETONE_RELAY_WORKS &&
      (get_relay (bad) == SIDETONE_RELAY_NOT_OFFERED || get_relay (bad) == SIDETONE_RELAY_BROKEN))
    return SIDETONE_TREND_REASON_RELAY_WORKS;

  return SIDETONE_TREND_REASON_NONE;
}

static void
explain_trend (SidetoneComparison *self)
{
  if (self->trend == SIDETONE_TREND_BETTER)
    self->reason = find_reason (self->after, self->before);
  else if (self->trend == SIDETONE_TREND_WORSE)
    self->reason = find_reason (self->before, self->after);

  /* Each reason is followed by its opposite. */
  if (self->trend == SIDETONE_TREND_WORSE && self->reason != SIDETONE_TREND_REASON_NONE)
    self->reason++;
}

/* Findings */

static gboolean
has_same_owners (SidetoneFinding *a,
                 SidetoneFinding *b)
{
  const SidetoneRival *rival = sidetone_finding_get_separating (a);
  const SidetoneRival *other = sidetone_finding_get_separating (b);

  return sidetone_finding_get_owner (a) == sidetone_finding_get_owner (b) &&
         (rival != NULL ? rival->owner : SIDETONE_OWNER_UNKNOWN) ==
         (other != NULL ? other->owner : SIDETONE_OWNER_UNKNOWN);
}

/* Whether only @report ended before the server was asked: it does not know what the other one knows. */
static gboolean
is_unmade (const SidetoneReport *report,
           const SidetoneReport *other)
{
  return sidetone_diagnosis_has_failed (sidetone_report_get_diagnosis (report)) &&
         !sidetone_diagnosis_has_failed (sidetone_report_get_diagnosis (other));
}

static void
add_finding (SidetoneComparison    *self,
             SidetoneDifferenceKind kind,
             SidetoneFinding       *before,
             SidetoneFinding       *after)
{
  SidetoneDifference *difference = sidetone_comparison_add (self, kind);

  difference->before.finding = before;
  difference->after.finding = after;
  if (kind != SIDETONE_DIFFERENCE_FINDING)
    return;

  if (before != NULL)
    difference->before.value = sidetone_finding_get_severity (before);
  if (after != NULL)
    difference->after.value = sidetone_finding_get_severity (after);

  difference->before.is_unchecked = before == NULL && is_unmade (self->before, self->after);
  difference->after.is_unchecked = after == NULL && is_unmade (self->after, self->before);
}

/* Of the same kind. A call server's error belongs to its service. */
static void
compare_finding (SidetoneComparison *self,
                 SidetoneFinding    *before,
                 SidetoneFinding    *after)
{
  const SidetoneFindingFacts *then = sidetone_finding_get_facts (before);
  const SidetoneFindingFacts *now = sidetone_finding_get_facts (after);

  if (sidetone_finding_get_severity (before) != sidetone_finding_get_severity (after))
    add_finding (self, SIDETONE_DIFFERENCE_FINDING, before, after);
  if (!has_same_owners (before, after))
    add_finding (self, SIDETONE_DIFFERENCE_OWNERS, before, after);
  if (then->result == NULL && now->result == NULL && then->error != now->error)
    add_finding (self, SIDETONE_DIFFERENCE_CAUSE, before, after);
}

static void
compare_findings (SidetoneComparison      *self,
                  const SidetoneDiagnosis *before,
                  const SidetoneDiagnosis *after)
{
  GListModel *then = sidetone_diagnosis_get_findings (before);
  GListModel *now = sidetone_diagnosis_get_findings (after);

  /* What is new is what a reader looks for. */
  for (guint i = 0; i < g_list_model_get_n_items (now); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (now, i);
      SidetoneFinding *other = sidetone_diagnosis_find (before, sidetone_finding_get_kind (finding));

      if (other != NULL)
        compare_finding (self, other, finding);
      else
        add_finding (self, SIDETONE_DIFFERENCE_FINDING, NULL, finding);
    }

  for (guint i = 0; i < g_list_model_get_n_items (then); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (then, i);

      if (sidetone_diagnosis_find (after, sidetone_finding_get_kind (finding)) == NULL)
        add_finding (self, SIDETONE_DIFFERENCE_FINDING, finding, NULL);
    }
}

/* The reports themselves */

static SidetoneComparisonTraits
get_traits (const SidetoneReport *before,
            const SidetoneReport *after)
{
  SidetoneComparisonTraits traits = 0;
  const char *jid = sidetone_report_get_jid (before);
  const char *other = sidetone_report_get_jid (after);

  if (g_strcmp0 (sidetone_report_get_domain (before), sidetone_report_get_domain (after)) != 0)
    traits |= SIDETONE_COMPARISON_OF_SERVERS;
  else if (jid != NULL && other != NULL && !g_str_equal (jid, other))
    traits |= SIDETONE_COMPARISON_OF_ACCOUNTS;

  if (sidetone_report_is_redacted (before) || sidetone_report_is_redacted (after))
    traits |= SIDETONE_COMPARISON_HIDDEN;
  else if (sidetone_comparison_is_other_network (before, after))
    traits |= SIDETONE_COMPARISON_OF_NETWORKS;

  if (g_date_time_compare (sidetone_report_get_created (before),
                           sidetone_report_get_created (after)) > 0)
    traits |= SIDETONE_COMPARISON_REVERSED;

  if (sidetone_report_get_app (before) != sidetone_report_get_app (after))
    traits |= SIDETONE_COMPARISON_OF_APPS;

  return traits;
}

/**
 * sidetone_comparison_new:
 * @before: a report
 * @after: another report, usually a later one
 *
 * Compares two reports.
 *
 * Returns: (transfer full): the comparison; it keeps both reports
 */
SidetoneComparison *
sidetone_comparison_new (SidetoneReport *before,
                         SidetoneReport *after)
{
  SidetoneComparison *self;
  const SidetoneDiagnosis *then;
  const SidetoneDiagnosis *now;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);

  self = g_new0 (SidetoneComparison, 1);
  self->before = sidetone_report_ref (before);
  self->after = sidetone_report_ref (after);
  self->differences = g_ptr_array_new_with_free_func (g_free);
  self->traits = get_traits (before, after);

  then = sidetone_report_get_diagnosis (before);
  now = sidetone_report_get_diagnosis (after);
  compare_verdicts (self, then, now);
  explain_trend (self);
  compare_findings (self, then, now);
  sidetone_comparison_add_network (self);
  sidetone_comparison_add_services (self);
  sidetone_comparison_add_quality (self);

  return self;
}

/**
 * sidetone_comparison_free:
 * @self: (transfer full): a comparison
 */
void
sidetone_comparison_free (SidetoneComparison *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->differences);
  sidetone_report_unref (self->before);
  sidetone_report_unref (self->after);
  g_free (self);
}

/**
 * sidetone_comparison_get_differences:
 * @self: a comparison
 *
 * Returns: (transfer none) (element-type SidetoneDifference): all differences, in the order in which
 *   they are told
 */
const GPtrArray *
sidetone_comparison_get_differences (const SidetoneComparison *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->differences;
}

/**
 * sidetone_comparison_get_trend:
 * @self: a comparison
 *
 * Returns: whether calls work better than before
 */
SidetoneTrend
sidetone_comparison_get_trend (const SidetoneComparison *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_TREND_NONE);

  return self->trend;
}

/**
 * sidetone_comparison_get_reason:
 * @self: a comparison
 *
 * Returns: why they do, if that is known
 */
SidetoneTrendReason
sidetone_comparison_get_reason (const SidetoneComparison *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_TREND_REASON_NONE);

  return self->reason;
}

/**
 * sidetone_comparison_get_traits:
 * @self: a comparison
 *
 * Returns: what a reader has to know about the two reports
 */
SidetoneComparisonTraits
sidetone_comparison_get_traits (const SidetoneComparison *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->traits;
}
