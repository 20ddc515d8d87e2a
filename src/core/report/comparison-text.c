/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/comparison-private.h"
#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "judge/verdict.h"
#include "seen/interface.h"

/* Words for what differs between two reports. */

/* In the order of the enum */
static const char *const reasons[] = {
  [SIDETONE_TREND_REASON_NONE] = NULL,
  /* Translators: these stand after a colon: "Calls needed a relay and no longer do: your router now keeps
   * your port." */
  [SIDETONE_TREND_REASON_PORT_KEPT] = N_("your router now keeps your port"),
  [SIDETONE_TREND_REASON_PORT_CHANGES] = N_("your router now gives each call another port"),
  [SIDETONE_TREND_REASON_UDP_OPEN] = N_("UDP, which calls need, is no longer blocked"),
  [SIDETONE_TREND_REASON_UDP_BLOCKED] = N_("UDP, which calls need, is now blocked"),
  [SIDETONE_TREND_REASON_RELAY_WORKS] = N_("a relay now works"),
  [SIDETONE_TREND_REASON_RELAY_MISSING] = N_("no relay works any more"),
  [SIDETONE_TREND_REASON_NAT_GONE] = N_("nothing changes your address on the way any more"),
  [SIDETONE_TREND_REASON_NAT_NEW] = N_("something now changes your address on the way"),
};

static const struct
{
  SidetoneComparisonTraits trait;
  const char *words;
} traits[] = {
  { SIDETONE_COMPARISON_OF_SERVERS, N_("The reports are about accounts at different servers.") },
  { SIDETONE_COMPARISON_OF_ACCOUNTS, N_("The reports are about different accounts.") },
  { SIDETONE_COMPARISON_OF_NETWORKS, N_("The reports seem to be from different networks.") },
  { SIDETONE_COMPARISON_OF_APPS,
    N_("The reports are about calls with different apps, which can do different things.") },
  { SIDETONE_COMPARISON_REVERSED, N_("The first report is the newer one.") },
  { SIDETONE_COMPARISON_HIDDEN,
    N_("Addresses are hidden in at least one report. Whether they are the same can't be told.") },
};

static char *
describe_both (const char *before,
               const char *after)
{
  /* Translators: the same thing in two reports, after a title and a colon: "Round trip: previously 20 ms,
   * now 200 ms." */
  return g_strdup_printf (_("previously %s, now %s."), before, after);
}

/* Findings */

static char *
describe_finding_title (const SidetoneDifference *self)
{
  SidetoneFinding *finding = self->after.finding != NULL ? self->after.finding
                             : self->before.finding;
  g_autofree char *title = sidetone_describe_finding_title (finding);

  return g_strdup_printf ("%s  %s", sidetone_finding_get_code (finding), title);
}

static char *
describe_finding (const SidetoneDifference *self)
{
  if (self->before.is_unchecked)
    /* Translators: of a finding that only the second of two reports has */
    return g_strdup (_("The first check ended before it could find this."));
  if (self->after.is_unchecked)
    /* Translators: of a finding that only the first of two reports has */
    return g_strdup (_("The second check ended before it could find this."));
  if (self->before.finding == NULL)
    /* Translators: of a finding that only the second of two reports has */
    return g_strdup (_("New."));
  if (self->after.finding == NULL)
    /* Translators: of a finding that only the first of two reports has */
    return g_strdup (_("No longer found."));

  return describe_both (sidetone_describe_severity (self->before.value),
                        sidetone_describe_severity (self->after.value));
}

static char *
describe_owners (const SidetoneDifference *self)
{
  g_autofree char *before = sidetone_describe_owners (self->before.finding);
  g_autofree char *after = sidetone_describe_owners (self->after.finding);
  const char *nobody = sidetone_describe_owner (SIDETONE_OWNER_NOBODY);
  g_autofree char *both = describe_both (before != NULL ? before : nobody,
                                         after != NULL ? after : nobody);

  /* Translators: of a finding: "Who can fix it: previously you, now your server's administrator." */
  return g_strdup_printf (_("Who can fix it: %s"), both);
}

static char *
describe_cause (const SidetoneDifference *self)
{
  g_autofree char *before = sidetone_describe_finding_explanation (self->before.finding);
  g_autofree char *after = sidetone_describe_finding_explanation (self->after.finding);

  /* Translators: complete sentences about what was found, in the second report and in the first one */
  return g_strdup_printf (_("Now it has another cause. %s Previously: %s"), after, before);
}

/* The network */

static const SidetoneField *
get_nat_field (SidetoneDifferenceKind kind)
{
  const char *key = kind == SIDETONE_DIFFERENCE_MAPPING ? "mapping"
                    : kind == SIDETONE_DIFFERENCE_FILTERING ? "filtering" : "hairpinning";

  return sidetone_field_table_find (&sidetone_nat_table, key);
}

static const char *
describe_nat (SidetoneDifferenceKind kind,
              int                    value)
{
  SidetoneNatSeen seen = { 0 };

  if (kind == SIDETONE_DIFFERENCE_MAPPING)
    seen.mapping = value;
  else if (kind == SIDETONE_DIFFERENCE_FILTERING)
    seen.filtering = value;
  else
    seen.hairpinning = value;

  return sidetone_describe_choice (get_nat_field (kind), &seen);
}

static const char *
describe_interface (SidetoneInterfaceType type)
{
  SidetoneInterfaceSeen seen = { .type = type };

  return sidetone_describe_choice (sidetone_field_table_find (&sidetone_interface_table, "type"),
                                   &seen);
}

/* An address and its kind: "192.168.1.10 (private address)" */
static char *
describe_address (const SidetoneDifferenceEnd *end)
{
  g_autofree char *address = NULL;

  if (sidetone_endpoint_is_hidden (end->endpoint))
    return sidetone_describe_address (end->endpoint);

  address = sidetone_describe_address (end->endpoint);

  /* Translators: an address and its kind, such as "192.168.1.10 (private address)" */
  return g_strdup_printf (C_("address, kind", "%s (%s)"), address,
                          sidetone_describe_scope (end->value));
}

/* Services */

static const char *
describe_outcome (SidetoneOutcome outcome)
{
  switch (outcome)
    {
    case SIDETONE_OUTCOME_UNKNOWN:
      break;

    case SIDETONE_OUTCOME_NOT_OFFERED:
      /* Translators: of a call server */
      return _("not offered");

    case SIDETONE_OUTCOME_WORKS:
      /* Translators: of a call server */
      return _("working");

    case SIDETONE_OUTCOME_PARTLY:
      /* Translators: of a call server with several addresses */
      return _("working at some of its addresses");

    case SIDETONE_OUTCOME_FAILS:
      /* Translators: of a call server */
      return _("not working");
    }

  return _("not tested");
}

static char *
describe_service_title (const SidetoneServiceResult *result)
{
  g_autofree char *title = sidetone_describe_service_title (result);

  /* Translators: a call server, and its protocol: "Relay (TURN) turn.example.org over UDP" */
  return g_strdup_printf (_("%s over %s"), title, sidetone_describe_transport (result->service));
}

/* All kinds */

static char *
describe_title (const SidetoneDifference *self)
{
  switch (self->kind)
    {
    case SIDETONE_DIFFERENCE_VERDICT:
      break;

    case SIDETONE_DIFFERENCE_WAY:
      return g_strdup (_("The way of a call"));

    case SIDETONE_DIFFERENCE_CALLS:
      return sidetone_describe_partners (self->partners);

    case SIDETONE_DIFFERENCE_FINDING:
    case SIDETONE_DIFFERENCE_OWNERS:
    case SIDETONE_DIFFERENCE_CAUSE:
      return describe_finding_title (self);

    case SIDETONE_DIFFERENCE_INTERFACE:
      return g_strdup (_("Kind of network"));

    case SIDETONE_DIFFERENCE_LOCAL:
      return g_strdup (_("This computer"));

    case SIDETONE_DIFFERENCE_EXTERNAL:
      return g_strdup (_("Seen by your server"));

    case SIDETONE_DIFFERENCE_PORT:
      return g_strdup (_("Port on the way to your server"));

    case SIDETONE_DIFFERENCE_MAPPING:
    case SIDETONE_DIFFERENCE_FILTERING:
    case SIDETONE_DIFFERENCE_HAIRPINNING:
      return g_strdup (_(get_nat_field (self->kind)->title));

    case SIDETONE_DIFFERENCE_SERVICE:
      return describe_service_title (self->service);

    case SIDETONE_DIFFERENCE_LOSS:
      return g_strdup (_("Packets"));

    case SIDETONE_DIFFERENCE_DELAY:
      return g_strdup (_("Round trip"));
    }

  return NULL;
}

static char *
describe_end (const SidetoneDifference    *self,
              const SidetoneDifferenceEnd *end)
{
  switch (self->kind)
    {
    case SIDETONE_DIFFERENCE_VERDICT:
    case SIDETONE_DIFFERENCE_FINDING:
    case SIDETONE_DIFFERENCE_OWNERS:
    case SIDETONE_DIFFERENCE_CAUSE:
      break;

    case SIDETONE_DIFFERENCE_WAY:
    case SIDETONE_DIFFERENCE_CALLS:
      return g_strdup (sidetone_describe_call_way (end->value));

    case SIDETONE_DIFFERENCE_INTERFACE:
      return g_strdup (describe_interface (end->value));

    case SIDETONE_DIFFERENCE_LOCAL:
    case SIDETONE_DIFFERENCE_EXTERNAL:
      return describe_address (end);

    case SIDETONE_DIFFERENCE_PORT:
      return g_strdup (sidetone_describe_change (end->value));

    case SIDETONE_DIFFERENCE_MAPPING:
    case SIDETONE_DIFFERENCE_FILTERING:
    case SIDETONE_DIFFERENCE_HAIRPINNING:
      return g_strdup (describe_nat (self->kind, end->value));

    case SIDETONE_DIFFERENCE_SERVICE:
      return g_strdup (describe_outcome (end->value));

    case SIDETONE_DIFFERENCE_LOSS:
      return sidetone_describe_loss (end->figure);

    case SIDETONE_DIFFERENCE_DELAY:
      return sidetone_describe_duration ((gint64) (end->figure * 1000));
    }

  g_return_val_if_reached (NULL);
}

static char *
describe_verdicts (const SidetoneComparison *self)
{
  g_autofree char *before = sidetone_describe_headline (sidetone_report_get_diagnosis (self->before));
  g_autofree char *after = sidetone_describe_headline (sidetone_report_get_diagnosis (self->after));

  /* Translators: what is said of calls in two reports, such as "Some calls will fail" */
  return g_strdup_printf (_("Previously: %s. Now: %s."), before, after);
}

/**
 * sidetone_comparison_describe_difference:
 * @self: a comparison
 * @difference: one of its differences
 * @title: (out) (nullable): what differs, in a few words; %NULL for the verdict
 *
 * Returns: (transfer full): how it differs, in a sentence or two; safe to show
 */
char *
sidetone_comparison_describe_difference (const SidetoneComparison *self,
                                         const SidetoneDifference *difference,
                                         char                    **title)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (difference != NULL, NULL);

  *title = describe_title (difference);
  if (difference->kind == SIDETONE_DIFFERENCE_VERDICT)
    return describe_verdicts (self);
  if (difference->kind == SIDETONE_DIFFERENCE_FINDING)
    return describe_finding (difference);
  if (difference->kind == SIDETONE_DIFFERENCE_OWNERS)
    return describe_owners (difference);
  if (difference->kind == SIDETONE_DIFFERENCE_CAUSE)
    return describe_cause (difference);

  before = describe_end (difference, &difference->before);
  after = describe_end (difference, &difference->after);

  return describe_both (before, after);
}

static SidetoneVerdictState
get_state (const SidetoneReport *report)
{
  return sidetone_diagnosis_get_verdict (sidetone_report_get_diagnosis (report))->state;
}

static SidetoneCallWay
get_way (const SidetoneReport *report)
{
  return sidetone_diagnosis_get_verdict (sidetone_report_get_diagnosis (report))->way;
}

/* All calls get through, by another way; NULL if it is the same, too */
static const char *
describe_way (const SidetoneComparison *self)
{
  switch (self->trend)
    {
    case SIDETONE_TREND_NONE:
      break;

    case SIDETONE_TREND_BETTER:
      return get_way (self->after) == SIDETONE_CALL_WAY_DIRECT
             ? _("Calls needed a relay and no longer do") : _("Fewer calls need a relay");

    case SIDETONE_TREND_WORSE:
      return get_way (self->before) == SIDETONE_CALL_WAY_DIRECT
             ? _("Calls connected directly, and now need a relay") : _("More calls need a relay");
    }

  return NULL;
}

/* NULL if the verdict is the same */
static const char *
describe_trend (const SidetoneComparison *self)
{
  SidetoneVerdictState before = get_state (self->before);
  SidetoneVerdictState after = get_state (self->after);

  if (before == SIDETONE_VERDICT_UNKNOWN && after == SIDETONE_VERDICT_UNKNOWN)
    return _("Neither check could tell whether calls work");
  if (before == after && (self->trend == SIDETONE_TREND_NONE || before == SIDETONE_VERDICT_GOOD ||
                          before == SIDETONE_VERDICT_POOR))
    return describe_way (self);
  if (self->trend == SIDETONE_TREND_BETTER)
    return _("Calls work better than before");
  if (self->trend == SIDETONE_TREND_WORSE)
    return _("Calls work worse than before");
  if (before == SIDETONE_VERDICT_UNKNOWN)
    return _("This time, calls could be checked");

  return after == SIDETONE_VERDICT_UNKNOWN ? _("This time, calls could not be checked")
         : _("The result for calls changed");
}

/**
 * sidetone_comparison_describe:
 * @self: a comparison
 *
 * Returns: (transfer full): what changed for calls and why, in a sentence
 */
char *
sidetone_comparison_describe (const SidetoneComparison *self)
{
  const char *trend;
  g_autofree char *headline = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->differences->len == 0)
    return g_strdup (_("Nothing changed that matters for calls."));

  trend = describe_trend (self);
  if (trend != NULL && self->reason != SIDETONE_TREND_REASON_NONE)
    return g_strdup_printf (_("%s: %s."), trend, _(reasons[self->reason]));
  if (trend != NULL)
    return g_strdup_printf ("%s.", trend);

  headline = sidetone_describe_headline (sidetone_report_get_diagnosis (self->after));

  /* Translators: %s is what is said of calls in both reports, such as "Some calls will fail" */
  return g_strdup_printf (_("The result for calls is the same: %s."), headline);
}

/**
 * sidetone_comparison_describe_traits:
 * @self: a comparison
 *
 * Returns: (transfer container): sentences on what a reader has to know about the two reports;
 *   %NULL-terminated
 */
const char **
sidetone_comparison_describe_traits (const SidetoneComparison *self)
{
  GPtrArray *sentences = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (traits); i++)
    {
      if ((self->traits & traits[i].trait) != 0)
        g_ptr_array_add (sentences, (gpointer) _(traits[i].words));
    }
  g_ptr_array_add (sentences, NULL);

  return (const char **) g_ptr_array_free (sentences, FALSE);
}
