/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "judge/rules.h"
#include "judge/verdict.h"

/* Words for the way from this computer to the person called: each hop, and its evidence. */

/* What a hop lists of its evidence; all of it is in the check's details. */
#define MAX_ROWS 8

/**
 * sidetone_describe_hop_title:
 * @hop: a hop
 *
 * Returns: (transfer none): who or what it is, in a few words or by a term of art
 */
const char *
sidetone_describe_hop_title (const SidetoneHop *hop)
{
  const char *translator = hop->place == SIDETONE_HOP_BETWEEN && hop->finding != NULL
                           ? sidetone_finding_get_rule (hop->finding)->translator : NULL;

  switch (hop->place)
    {
    case SIDETONE_HOP_COMPUTER:
      return _("This computer");

    case SIDETONE_HOP_BETWEEN:
      break;

    case SIDETONE_HOP_SEEN:
      return _("Seen by your server");

    case SIDETONE_HOP_SERVER:
      return _("Your server");

    case SIDETONE_HOP_RELAY:
      return _("Relay");

    case SIDETONE_HOP_PARTNER:
      return _("The other person");
    }

  return translator != NULL ? _(translator) : _("In between");
}

/* "192.168.1.10 port 40000 (private address)"; @change is what else to say of it */
static char *
describe_end (SidetoneEndpoint *endpoint,
              const char       *change)
{
  const char *scope = sidetone_describe_scope (sidetone_endpoint_get_scope (endpoint));
  g_autofree char *words = sidetone_describe_endpoint (endpoint);

  /* An alias has the scope in it. */
  if (sidetone_endpoint_is_hidden (endpoint))
    return change != NULL ? g_strdup_printf (_("%s (%s)"), words, change) : g_steal_pointer (&words);
  if (change == NULL)
    /* Translators: an address and a port, and its kind, such as "private address" */
    return g_strdup_printf (_("%s (%s)"), words, scope);

  /* Translators: an address and a port, its kind, such as "private address", and how both differ
   * from this computer's own, such as "new address, same port" */
  return g_strdup_printf (_("%s (%s; %s)"), words, scope, change);
}

static char *
describe_computer (const SidetoneHop       *hop,
                   const SidetoneDiagnosis *diagnosis)
{
  SidetoneEndpoint *local = sidetone_diagnosis_get_local (diagnosis);

  if (hop->finding != NULL)
    return sidetone_describe_finding_title (hop->finding);

  return local != NULL ? describe_end (local, NULL) : g_strdup (_("not known"));
}

static const char *
describe_between (const SidetoneHop *hop)
{
  const SidetoneRule *rule = hop->finding != NULL ? sidetone_finding_get_rule (hop->finding) : NULL;

  if (rule == NULL)
    return _("not known");
  if (hop->is_behind_vpn && rule->translator != NULL)
    return _("behind the VPN");

  return _(rule->between);
}

static char *
describe_change (const SidetoneDiagnosis *diagnosis)
{
  SidetoneChange change = sidetone_diagnosis_get_address_change (diagnosis);
  gboolean address = change == SIDETONE_CHANGE_CHANGED;

  if (change == SIDETONE_CHANGE_UNKNOWN)
    return NULL;

  switch (sidetone_diagnosis_get_port_change (diagnosis))
    {
    case SIDETONE_CHANGE_UNKNOWN:
      break;

    case SIDETONE_CHANGE_SAME:
      return g_strdup (address ? _("new address, same port") : _("same address, same port"));

    case SIDETONE_CHANGE_CHANGED:
      return g_strdup (address ? _("new address, new port") : _("same address, new port"));
    }

  return g_strdup (address ? _("new address") : _("same address"));
}

/* Without an address in the server's answer: why, and what a call server saw by UDP instead. Why it
 * could not be asked at all, the server's own hop tells. */
static char *
describe_unseen (const SidetoneDiagnosis *diagnosis)
{
  SidetoneEndpoint *mapped = sidetone_diagnosis_get_mapped (diagnosis);
  g_autofree char *event = sidetone_diagnosis_has_failed (diagnosis)
                           ? NULL : sidetone_describe_event (diagnosis);
  g_autofree char *sentence = mapped != NULL ? sidetone_describe_mapped (mapped) : NULL;
  const char *reason = event != NULL ? event : _("Not known");

  return sentence != NULL ? g_strjoin (" ", reason, sentence, NULL) : g_strdup (reason);
}

static char *
describe_seen (const SidetoneDiagnosis *diagnosis)
{
  SidetoneEndpoint *external = sidetone_diagnosis_get_external (diagnosis);
  g_autofree char *change = NULL;

  if (external == NULL)
    return describe_unseen (diagnosis);

  change = describe_change (diagnosis);

  return describe_end (external, change);
}

static const char *
describe_relay (const SidetoneDiagnosis *diagnosis)
{
  switch (sidetone_diagnosis_get_verdict (diagnosis)->relay)
    {
    case SIDETONE_RELAY_UNKNOWN:
    case SIDETONE_RELAY_OFFERED:
      break;

    case SIDETONE_RELAY_NOT_OFFERED:
      return _("none offered");

    case SIDETONE_RELAY_WORKS:
      return _("works");

    case SIDETONE_RELAY_BROKEN:
      return _("doesn't work from here");

    case SIDETONE_RELAY_UNUSED:
      return _("not used by your app");

    case SIDETONE_N_RELAYS:
      break;
    }

  return _("not tested");
}

static const char *
describe_partner (const SidetoneDiagnosis *diagnosis)
{
  const SidetoneVerdict *verdict = sidetone_diagnosis_get_verdict (diagnosis);

  switch (verdict->state)
    {
    case SIDETONE_VERDICT_UNKNOWN:
      break;

    case SIDETONE_VERDICT_GOOD:
      return sidetone_describe_call_way (verdict->way);

    case SIDETONE_VERDICT_POOR:
      return _("calls get through, but badly");

    case SIDETONE_VERDICT_MAY_FAIL:
      return _("some people may be out of reach");

    case SIDETONE_VERDICT_SOME_FAIL:
      return _("some people can't be reached");

    case SIDETONE_VERDICT_MOST_FAIL:
      return _("most people can't be reached");

    case SIDETONE_VERDICT_FAILING:
      return _("nobody can be reached");
    }

  return _("not tested");
}

/**
 * sidetone_describe_hop:
 * @hop: a hop
 * @diagnosis: the diagnosis that it is from
 *
 * Returns: (transfer full): what is known about it, in a few words
 */
char *
sidetone_describe_hop (const SidetoneHop       *hop,
                       const SidetoneDiagnosis *diagnosis)
{
  switch (hop->place)
    {
    case SIDETONE_HOP_COMPUTER:
      return describe_computer (hop, diagnosis);

    case SIDETONE_HOP_BETWEEN:
      return g_strdup (describe_between (hop));

    case SIDETONE_HOP_SEEN:
      return describe_seen (diagnosis);

    case SIDETONE_HOP_SERVER:
      return hop->step != NULL ? sidetone_describe_step_title (hop->step)
             : g_strdup (_("not tested"));

    case SIDETONE_HOP_RELAY:
      return g_strdup (describe_relay (diagnosis));

    case SIDETONE_HOP_PARTNER:
      return g_strdup (describe_partner (diagnosis));
    }

  g_return_val_if_reached (NULL);
}

/**
 * sidetone_describe_way:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full): all hops of the way, in one sentence for those who don't see the picture
 */
char *
sidetone_describe_way (const SidetoneDiagnosis *diagnosis)
{
  g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];
      g_autofree char *words = sidetone_describe_hop (hop, diagnosis);

      /* Translators: a part of the way, such as "NAT: your router" */
      g_ptr_array_add (parts, g_strdup_printf (_("%s: %s"), sidetone_describe_hop_title (hop),
                                               words));
    }
  g_ptr_array_add (parts, NULL);

  /* Translators: stands between the parts of the way to the person called */
  return g_strjoinv (_("; "), (char **) parts->pdata);
}

static void
add_observation (GPtrArray           *rows,
                 SidetoneObservation *observation)
{
  g_autofree char *title = sidetone_describe_observation_title (observation);

  if (rows->len < MAX_ROWS)
    sidetone_details_take (rows, title, sidetone_describe_observation_summary (observation), FALSE);
}

static void
add_kind (GPtrArray               *rows,
          const SidetoneDiagnosis *diagnosis,
          SidetoneObservationKind  kind)
{
  GPtrArray *observations = sidetone_evidence_get_kind (sidetone_diagnosis_get_evidence (diagnosis),
                                                        kind);

  for (guint i = 0; i < observations->len; i++)
    add_observation (rows, observations->pdata[i]);
}

static void
add_proof (GPtrArray               *rows,
           const SidetoneDiagnosis *diagnosis,
           SidetoneFinding         *finding)
{
  const char *const *ids = sidetone_finding_get_evidence (finding);
  GPtrArray *observations =
    sidetone_evidence_get_observations (sidetone_diagnosis_get_evidence (diagnosis));

  for (guint i = 0; i < observations->len; i++)
    {
      if (g_strv_contains (ids, sidetone_observation_get_id (observations->pdata[i])))
        add_observation (rows, observations->pdata[i]);
    }
}

static void
add_finding (GPtrArray               *rows,
             const SidetoneDiagnosis *diagnosis,
             SidetoneFinding         *finding,
             gboolean                 is_fine)
{
  g_autofree char *title = sidetone_describe_finding_title (finding);

  sidetone_details_take (rows, title, sidetone_describe_finding_explanation (finding), FALSE);
  if (!is_fine)
    {
      sidetone_details_take (rows, _("Who can fix it"), sidetone_describe_owners (finding), FALSE);
      sidetone_details_take (rows, _("What to do"), sidetone_describe_finding_advice (finding), FALSE);
    }
  sidetone_details_add_words (rows, _("Code"), sidetone_finding_get_code (finding));
  add_proof (rows, diagnosis, finding);
}

static void
add_relays (GPtrArray               *rows,
            const SidetoneDiagnosis *diagnosis)
{
  GPtrArray *results = sidetone_evidence_get_results (sidetone_diagnosis_get_evidence (diagnosis));

  for (guint i = 0; i < results->len && rows->len < MAX_ROWS; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];
      g_autofree char *title = NULL;

      if (!sidetone_service_is_relay (result->service))
        continue;

      title = sidetone_describe_service_title (result);
      sidetone_details_take (rows, title, sidetone_describe_service_summary (result), FALSE);
    }
}

static void
add_calls (GPtrArray               *rows,
           const SidetoneDiagnosis *diagnosis)
{
  gboolean partners[SIDETONE_N_PARTNERS];

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (diagnosis, partner);
      g_autofree char *title = NULL;

      if (!sidetone_diagnosis_gather_partners (diagnosis, partner, partners))
        continue;

      title = sidetone_describe_partners (partners);
      sidetone_details_take (rows, title,
                             g_strjoin (". ", sidetone_describe_call (call),
                                        sidetone_describe_call_reason (call), NULL), FALSE);
    }
}

/**
 * sidetone_describe_hop_details:
 * @hop: a hop
 * @diagnosis: the diagnosis that it is from
 *
 * Describes the evidence for a hop.
 *
 * Returns: (transfer full) (element-type SidetoneDetail): the rows, perhaps none
 */
GPtrArray *
sidetone_describe_hop_details (const SidetoneHop       *hop,
                               const SidetoneDiagnosis *diagnosis)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);

  if (hop->finding != NULL)
    add_finding (rows, diagnosis, hop->finding, hop->state == SIDETONE_HOP_FINE);

  switch (hop->place)
    {
    case SIDETONE_HOP_BETWEEN:
      break;

    case SIDETONE_HOP_COMPUTER:
      add_kind (rows, diagnosis, SIDETONE_OBSERVATION_INTERFACE);
      break;

    case SIDETONE_HOP_SEEN:
      add_kind (rows, diagnosis, SIDETONE_OBSERVATION_SERVER_IP);
      add_kind (rows, diagnosis, SIDETONE_OBSERVATION_STUN);
      break;

    case SIDETONE_HOP_SERVER:
      add_kind (rows, diagnosis, SIDETONE_OBSERVATION_CONNECT);
      add_kind (rows, diagnosis, SIDETONE_OBSERVATION_SECURE);
      add_kind (rows, diagnosis, SIDETONE_OBSERVATION_SIGN_IN);
      break;

    case SIDETONE_HOP_RELAY:
      add_relays (rows, diagnosis);
      break;

    case SIDETONE_HOP_PARTNER:
      add_calls (rows, diagnosis);
      break;
    }

  return rows;
}
