/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The registry of findings: all rows of the *-rules.c files in one list. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include "address/address-scope.h"
#include "judge/clock.h"
#include "seen/connect.h"

/* In the order of the judge */
static const SidetoneRules *const subjects[] = {
  &sidetone_address_rules,
  &sidetone_translation_rules,
  &sidetone_surroundings_rules,
  &sidetone_services_rules,
  &sidetone_service_address_rules,
  &sidetone_calls_rules,
  &sidetone_relay_rules,
  &sidetone_packets_rules,
  &sidetone_nat_rules,
  &sidetone_connection_rules,
};

/**
 * sidetone_rules_get_n:
 *
 * Returns: the number of kinds of findings
 */
guint
sidetone_rules_get_n (void)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    n += subjects[i]->n;

  return n;
}

/**
 * sidetone_rules_get:
 * @index: less than sidetone_rules_get_n()
 *
 * Returns: (transfer none): the row with that number, in the order of the judge
 */
const SidetoneRule *
sidetone_rules_get (guint index)
{
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      if (index < subjects[i]->n)
        return &subjects[i]->rules[index];

      index -= subjects[i]->n;
    }

  g_return_val_if_reached (NULL);
}

/**
 * sidetone_rules_find:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): its row; %NULL for %SIDETONE_FINDING_UNKNOWN
 */
const SidetoneRule *
sidetone_rules_find (SidetoneFindingKind kind)
{
  const SidetoneRule *rule;

  if (kind <= SIDETONE_FINDING_UNKNOWN || kind > sidetone_rules_get_n ())
    return NULL;

  /* The enum has the same order */
  rule = sidetone_rules_get (kind - 1);
  g_assert (rule->kind == kind);

  return rule;
}

/**
 * sidetone_rules_is_there_no_tunnel:
 * @judged: the case
 * @facts: a finding's facts
 *
 * Returns: whether internet traffic begins in no tunnel, which a VPN would be
 */
gboolean
sidetone_rules_is_there_no_tunnel (const SidetoneCase         *judged,
                                   const SidetoneFindingFacts *facts)
{
  return sidetone_evidence_get_tunnels (judged->evidence) == NULL;
}

/**
 * sidetone_rules_never:
 * @judged: the case
 * @facts: a finding's facts
 *
 * For rivals that no evidence can exclude.
 *
 * Returns: %FALSE
 */
gboolean
sidetone_rules_never (const SidetoneCase         *judged,
                      const SidetoneFindingFacts *facts)
{
  return FALSE;
}

/**
 * sidetone_rules_is_genuine:
 * @judged: the case
 * @facts: a finding's facts
 *
 * Returns: whether the server itself gave the answer
 */
gboolean
sidetone_rules_is_genuine (const SidetoneCase         *judged,
                           const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_STUN_WRONG_SOURCE &&
         facts->error != SIDETONE_ERROR_STUN_NOT_GENUINE;
}

/* The nicks are in reports. Only the rows have them. */
GType
sidetone_finding_kind_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      guint n = sidetone_rules_get_n ();
      GEnumValue *values = g_new0 (GEnumValue, n + 2);

      values[0].value_name = "SIDETONE_FINDING_UNKNOWN";
      values[0].value_nick = "unknown";
      for (guint i = 0; i < n; i++)
        {
          const SidetoneRule *rule = sidetone_rules_get (i);

          values[i + 1].value = rule->kind;
          values[i + 1].value_name = rule->nick;
          values[i + 1].value_nick = rule->nick;
        }
      g_once_init_leave (&type, g_enum_register_static ("SidetoneFindingKind", values));
    }

  return type;
}

/**
 * sidetone_rules_is_not_cut:
 * @judged: the case
 * @facts: a finding's facts
 *
 * Returns: whether the finding is about something else than a connection that was made and then
 *   ended, as a firewall ends one that it does not understand
 */
gboolean
sidetone_rules_is_not_cut (const SidetoneCase         *judged,
                           const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_CONNECTION_LOST;
}

/**
 * sidetone_rules_is_server_here:
 * @judged: the case
 * @facts: a finding's facts
 *
 * Returns: whether only an address of this computer was tried: no network is in between
 */
gboolean
sidetone_rules_is_server_here (const SidetoneCase         *judged,
                               const SidetoneFindingFacts *facts)
{
  GPtrArray *connects = sidetone_evidence_get_kind (judged->evidence,
                                                    SIDETONE_OBSERVATION_CONNECT);

  for (guint i = 0; i < connects->len; i++)
    {
      SidetoneEndpoint *peer = sidetone_observation_get_connect (connects->pdata[i])->peer;

      if (peer == NULL ||
          sidetone_endpoint_get_scope (peer) != SIDETONE_ADDRESS_SCOPE_LOOPBACK)
        return FALSE;
    }

  return connects->len > 0;
}

/**
 * sidetone_rules_is_issuer_known:
 * @judged: the case
 * @facts: the facts of a finding about a certificate
 *
 * Returns: whether nothing on the way can have put its own certificate in the server's place: the
 *   issuer is known, or there is no way. What signs a certificate by itself is a login page, which
 *   would not have let this computer get as far as a relay
 */
gboolean
sidetone_rules_is_issuer_known (const SidetoneCase         *judged,
                                const SidetoneFindingFacts *facts)
{
  gboolean is_relay = facts->result != NULL;

  if (facts->error == SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED)
    return is_relay || sidetone_rules_is_server_here (judged, facts);

  return (facts->error != SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER &&
          facts->error != SIDETONE_ERROR_CERTIFICATE_NO_CHAIN) ||
         (!is_relay && sidetone_rules_is_server_here (judged, facts));
}

/**
 * sidetone_rules_is_date_no_matter:
 * @judged: the case
 * @facts: the facts of a finding about a certificate
 *
 * Returns: whether this computer's clock can't be the reason
 */
gboolean
sidetone_rules_is_date_no_matter (const SidetoneCase         *judged,
                                  const SidetoneFindingFacts *facts)
{
  return sidetone_clock_is_excluded (judged->evidence, facts->error);
}
