/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/hop.h"

#include "judge/rules.h"
#include "judge/verdict.h"

/* The hops of the way from this computer to the person called, one for each translator (NAT) that the
 * evidence shows, with what each means for calls. */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneHopPlace, sidetone_hop_place,
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_COMPUTER, "computer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_BETWEEN, "between"),
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_SEEN, "seen"),
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_SERVER, "server"),
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_RELAY, "relay"),
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_PARTNER, "partner"))

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneHopState, sidetone_hop_state,
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_FINE, "fine"),
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_LIMITS, "limits"),
  G_DEFINE_ENUM_VALUE (SIDETONE_HOP_BROKEN, "broken"))

/* What findings beside that of the address check put on the way, the nearest to this computer
 * first. Where a firewall stands on it can't be seen from here. */
static const SidetoneFindingKind further[] = {
  SIDETONE_FINDING_SECOND_ROUTER,
  SIDETONE_FINDING_CARRIER_BEHIND_ROUTER,
  SIDETONE_FINDING_UDP_BLOCKED,
};

static void
hop_free (SidetoneHop *self)
{
  g_clear_pointer (&self->step, sidetone_step_unref);
  g_clear_object (&self->finding);
  g_free (self);
}

static SidetoneHop *
add_hop (GPtrArray       *hops,
         SidetoneHopPlace place,
         SidetoneHopState state,
         SidetoneFinding *finding)
{
  SidetoneHop *self = g_new0 (SidetoneHop, 1);

  self->place = place;
  self->state = state;
  self->finding = finding != NULL ? g_object_ref (finding) : NULL;
  g_ptr_array_add (hops, self);

  return self;
}

static gboolean
is_limited (const SidetoneDiagnosis *diagnosis)
{
  return sidetone_diagnosis_get_verdict (diagnosis)->state >= SIDETONE_VERDICT_MAY_FAIL;
}

static gboolean
is_offline (const SidetoneDiagnosis *diagnosis)
{
  return sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_OFFLINE) != NULL ||
         sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_INTERRUPTED) != NULL;
}

static void
add_computer (GPtrArray               *hops,
              const SidetoneDiagnosis *diagnosis)
{
  SidetoneFinding *offline = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_OFFLINE);

  if (offline == NULL)
    offline = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_INTERRUPTED);
  add_hop (hops, SIDETONE_HOP_COMPUTER,
           offline != NULL ? SIDETONE_HOP_BROKEN : SIDETONE_HOP_FINE, offline);
}

/* A firewall may leave calls a relay; a translator is in the way only of calls that could go
 * directly otherwise, and no usual NAT is. A VPN by itself translates nothing. */
static SidetoneHopState
judge_between (const SidetoneDiagnosis *diagnosis,
               SidetoneFinding         *finding)
{
  SidetoneFindingKind kind = sidetone_finding_get_kind (finding);
  gboolean is_blocked = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_UDP_BLOCKED) != NULL;

  if (kind == SIDETONE_FINDING_UDP_BLOCKED)
    return sidetone_diagnosis_get_verdict (diagnosis)->state == SIDETONE_VERDICT_FAILING
           ? SIDETONE_HOP_BROKEN : is_limited (diagnosis) ? SIDETONE_HOP_LIMITS : SIDETONE_HOP_FINE;
  if (sidetone_finding_get_rule (finding)->translator == NULL || is_blocked ||
      kind == SIDETONE_FINDING_VPN || kind == SIDETONE_FINDING_NAT)
    return SIDETONE_HOP_FINE;

  return is_limited (diagnosis) ? SIDETONE_HOP_LIMITS : SIDETONE_HOP_FINE;
}

static void
add_between (GPtrArray               *hops,
             const SidetoneDiagnosis *diagnosis)
{
  SidetoneFinding *address = sidetone_diagnosis_get_address_finding (diagnosis);
  SidetoneFinding *vpn = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_VPN);
  gboolean is_known = address != NULL && sidetone_finding_get_rule (address)->between != NULL;
  guint n_before = hops->len;

  if (vpn != NULL)
    add_hop (hops, SIDETONE_HOP_BETWEEN, judge_between (diagnosis, vpn), vpn);
  if (is_known)
    add_hop (hops, SIDETONE_HOP_BETWEEN, judge_between (diagnosis, address),
             address)->is_behind_vpn = vpn != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (further); i++)
    {
      SidetoneFinding *finding = sidetone_diagnosis_find (diagnosis, further[i]);

      if (finding != NULL)
        add_hop (hops, SIDETONE_HOP_BETWEEN, judge_between (diagnosis, finding),
                 finding)->is_behind_vpn = vpn != NULL;
    }

  if (hops->len == n_before)
    add_hop (hops, SIDETONE_HOP_BETWEEN, SIDETONE_HOP_UNKNOWN, NULL);
}

/* The first step that failed on the way to the account, or else the last one */
static SidetoneStep *
find_step (const SidetoneDiagnosis *diagnosis)
{
  SidetoneStep *step = NULL;

  for (SidetoneStepKind kind = SIDETONE_STEP_FIND; kind <= SIDETONE_STEP_SIGN_IN; kind++)
    {
      g_clear_pointer (&step, sidetone_step_unref);
      step = sidetone_step_new (kind, sidetone_diagnosis_get_evidence (diagnosis),
                                SIDETONE_STEP_UNKNOWN);
      if (sidetone_step_get_progress (step) == SIDETONE_PROGRESS_FAILED)
        break;
    }

  return step;
}

static void
add_server (GPtrArray               *hops,
            const SidetoneDiagnosis *diagnosis)
{
  SidetoneHop *self = add_hop (hops, SIDETONE_HOP_SERVER, SIDETONE_HOP_UNKNOWN, NULL);

  if (is_offline (diagnosis))
    return;

  self->step = find_step (diagnosis);
  switch (sidetone_step_get_progress (self->step))
    {
    case SIDETONE_PROGRESS_PASSED:
    case SIDETONE_PROGRESS_WARNING:
      self->state = SIDETONE_HOP_FINE;
      break;

    case SIDETONE_PROGRESS_FAILED:
      self->state = SIDETONE_HOP_BROKEN;
      break;

    case SIDETONE_PROGRESS_UNKNOWN:
    case SIDETONE_PROGRESS_WAITING:
    case SIDETONE_PROGRESS_RUNNING:
    case SIDETONE_PROGRESS_SKIPPED:
      g_clear_pointer (&self->step, sidetone_step_unref);
      break;
    }
}

static SidetoneHopState
judge_relay (const SidetoneDiagnosis *diagnosis)
{
  switch (sidetone_diagnosis_get_verdict (diagnosis)->relay)
    {
    case SIDETONE_RELAY_UNKNOWN:
    case SIDETONE_RELAY_OFFERED:
      break;

    case SIDETONE_RELAY_WORKS:
      return SIDETONE_HOP_FINE;

    case SIDETONE_RELAY_NOT_OFFERED:
      return is_limited (diagnosis) ? SIDETONE_HOP_LIMITS : SIDETONE_HOP_UNKNOWN;

    case SIDETONE_RELAY_BROKEN:
      return is_limited (diagnosis) ? SIDETONE_HOP_BROKEN : SIDETONE_HOP_LIMITS;

    case SIDETONE_RELAY_UNUSED:
      return is_limited (diagnosis) ? SIDETONE_HOP_LIMITS : SIDETONE_HOP_UNKNOWN;

    case SIDETONE_N_RELAYS:
      break;
    }

  return SIDETONE_HOP_UNKNOWN;
}

static SidetoneHopState
judge_partner (const SidetoneDiagnosis *diagnosis)
{
  switch (sidetone_diagnosis_get_verdict (diagnosis)->state)
    {
    case SIDETONE_VERDICT_UNKNOWN:
      break;

    case SIDETONE_VERDICT_GOOD:
      return SIDETONE_HOP_FINE;

    case SIDETONE_VERDICT_POOR:
    case SIDETONE_VERDICT_MAY_FAIL:
    case SIDETONE_VERDICT_SOME_FAIL:
    case SIDETONE_VERDICT_MOST_FAIL:
      return SIDETONE_HOP_LIMITS;

    case SIDETONE_VERDICT_FAILING:
      return SIDETONE_HOP_BROKEN;
    }

  return SIDETONE_HOP_UNKNOWN;
}

/**
 * sidetone_hops_new:
 * @diagnosis: (nullable): a diagnosis, %NULL while there is none
 *
 * Lists the hops of the way that a call takes, beginning at this computer. Whatever is seen, each
 * place has at least one.
 *
 * Returns: (transfer full) (element-type SidetoneHop): the hops; without a diagnosis all of them
 *   are unknown
 */
GPtrArray *
sidetone_hops_new (const SidetoneDiagnosis *diagnosis)
{
  GPtrArray *hops = g_ptr_array_new_with_free_func ((GDestroyNotify) hop_free);
  gboolean is_seen;

  if (diagnosis == NULL)
    {
      for (SidetoneHopPlace place = SIDETONE_HOP_COMPUTER; place <= SIDETONE_HOP_PARTNER; place++)
        add_hop (hops, place, SIDETONE_HOP_UNKNOWN, NULL);
      return hops;
    }

  is_seen = sidetone_diagnosis_get_external (diagnosis) != NULL;
  add_computer (hops, diagnosis);
  add_between (hops, diagnosis);
  add_hop (hops, SIDETONE_HOP_SEEN, is_seen ? SIDETONE_HOP_FINE : SIDETONE_HOP_UNKNOWN, NULL);
  add_server (hops, diagnosis);
  add_hop (hops, SIDETONE_HOP_RELAY, judge_relay (diagnosis), NULL);
  add_hop (hops, SIDETONE_HOP_PARTNER, judge_partner (diagnosis), NULL);

  return hops;
}
