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

#include <string.h>

/* Codes that a wrong one may have meant */
#define MAX_NEAR 3

/* In the order of the judge */
static const SidetoneRules *const subjects[] = {
  &sidetone_address_rules,
  &sidetone_translation_rules,
  &sidetone_surroundings_rules,
  &sidetone_app_rules,
  &sidetone_services_rules,
  &sidetone_service_address_rules,
  &sidetone_calls_rules,
  &sidetone_relay_rules,
  &sidetone_packets_rules,
  &sidetone_video_rules,
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

  g_assert_not_reached ();
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

/* A code as it is heard, such as "call 18": its letters and digits, in capitals */
static char *
normalize_code (const char *code)
{
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *p = code; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (letters, g_ascii_toupper (*p));
    }

  return g_string_free (g_steal_pointer (&letters), FALSE);
}

/* How far the number in a normalized code is from the rule's; -1 if it is of another area */
static int
get_distance (const SidetoneRule *rule,
              const char         *normalized)
{
  const char *dash = strchr (rule->code, '-');
  gsize length = dash - rule->code;

  if (strncmp (normalized, rule->code, length) != 0)
    return -1;

  return ABS ((int) MIN (g_ascii_strtoull (normalized + length, NULL, 10), 1000) -
              (int) g_ascii_strtoull (dash + 1, NULL, 10));
}

/* Whether a number, and nothing else, stands after the area */
static gboolean
ends_with_number (const SidetoneRule *rule,
                  const char         *normalized)
{
  const char *number = normalized + (strchr (rule->code, '-') - rule->code);

  return *number != '\0' && strspn (number, "0123456789") == strlen (number);
}

/**
 * sidetone_rules_find_code:
 * @code: a code as the user types it: "CALL-18", "call 18" or "Call18"
 *
 * Returns: (transfer none) (nullable): the row with that code
 */
const SidetoneRule *
sidetone_rules_find_code (const char *code)
{
  g_autofree char *normalized = normalize_code (code);

  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);

      if (get_distance (rule, normalized) == 0 && ends_with_number (rule, normalized))
        return rule;
    }

  return NULL;
}

static int
compare_distance (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  const SidetoneRule *const *first = a;
  const SidetoneRule *const *second = b;
  int difference = get_distance (*first, user_data) - get_distance (*second, user_data);

  return difference != 0 ? difference : strcmp ((*first)->code, (*second)->code);
}

/**
 * sidetone_rules_find_near:
 * @code: a code that no row has
 *
 * Returns: (transfer container) (element-type SidetoneRule): up to three rows of the same area, such
 *   as CALL, the nearest numbers first; none if there is no such area
 */
GPtrArray *
sidetone_rules_find_near (const char *code)
{
  g_autofree char *normalized = normalize_code (code);
  GPtrArray *near = g_ptr_array_new ();

  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);

      if (get_distance (rule, normalized) >= 0)
        g_ptr_array_add (near, (gpointer) rule);
    }
  g_ptr_array_sort_with_data (near, compare_distance, normalized);
  g_ptr_array_set_size (near, MIN (near->len, MAX_NEAR));

  return near;
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
 *   ended, or a silence once the password was sent, or one that only TLS gets around while nothing of
 *   STUN is answered by UDP, either: a firewall ends what it does not understand, or filters calls
 */
gboolean
sidetone_rules_is_not_cut (const SidetoneCase         *judged,
                           const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_CONNECTION_LOST &&
         facts->error != SIDETONE_ERROR_TURN_NO_ANSWER &&
         (facts->error != SIDETONE_ERROR_RELAY_WANTS_TLS || judged->calls.udp_works);
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

      /* The unspecified address leads here, too. */
      if (peer == NULL ||
          (sidetone_endpoint_get_scope (peer) != SIDETONE_ADDRESS_SCOPE_LOOPBACK &&
           sidetone_endpoint_get_scope (peer) != SIDETONE_ADDRESS_SCOPE_UNSPECIFIED))
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
 * sidetone_rules_is_authority_no_matter:
 * @judged: the case
 * @facts: the facts of a finding about a certificate
 *
 * Returns: whether another list of authorities on this computer would change nothing
 */
gboolean
sidetone_rules_is_authority_no_matter (const SidetoneCase         *judged,
                                       const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER;
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
