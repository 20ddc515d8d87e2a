/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings about the addresses of announced STUN and TURN servers (DNS): names without an address,
 * private addresses, addresses of one family only. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "address/address-scope.h"
#include "seen/lookup.h"
#include "seen/nat64-prefix.h"

/* Each host has one finding, however many services it has: returns whether @service is its
 * first. */
static gboolean
is_new_host (GHashTable      *hosts,
             SidetoneService *service)
{
  return g_hash_table_add (hosts, (gpointer) sidetone_service_get_host (service));
}

/* A silent name server says nothing about the name. */
static gboolean
judge_names (const SidetoneCase *judged,
             SidetoneProof      *proof)
{
  const SidetoneServicesCheck *services = &judged->services;
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);

  sidetone_proof_add (proof, judged->services.answer);
  for (guint i = 0; i < services->n; i++)
    {
      const char *host = sidetone_service_get_host (services->services[i]);
      SidetoneObservation *lookup = sidetone_evidence_get_lookup (judged->evidence, host);

      if (!is_new_host (hosts, services->services[i]) ||
          !sidetone_observation_has_error (lookup, SIDETONE_ERROR_NAME_NOT_FOUND))
        continue;

      sidetone_proof_add (proof, lookup);
      if (proof->facts.host == NULL)
        proof->facts.host = host;
    }

  return proof->facts.host != NULL;
}

/* A relay with a private address is useless elsewhere, but right if the server itself has a private
 * one and all users are in its network. */
static gboolean
is_server_public (const SidetoneCase *judged)
{
  SidetoneObservation *server_ip = sidetone_evidence_get_last (judged->evidence,
                                                               SIDETONE_OBSERVATION_SERVER_IP);
  SidetoneEndpoint *peer = server_ip != NULL ? sidetone_observation_get_peer (server_ip) : NULL;

  return peer != NULL &&
         sidetone_evidence_is_public (judged->evidence, sidetone_endpoint_get_address (peer));
}

/* A service's addresses; NULL while they are not known, and if its name has none. @lookup is their
 * observation. */
static GPtrArray *
dup_addresses (const SidetoneCase   *judged,
               SidetoneService      *service,
               SidetoneObservation **lookup)
{
  g_autoptr (SidetoneEndpoint) literal = sidetone_service_dup_literal (service);
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  const char *const *answers;

  if (literal != NULL)
    {
      g_ptr_array_add (addresses, g_object_ref (sidetone_endpoint_get_address (literal)));
      return g_steal_pointer (&addresses);
    }

  *lookup = sidetone_evidence_get_lookup (judged->evidence, sidetone_service_get_host (service));
  if (*lookup == NULL)
    return NULL;

  answers = sidetone_observation_get_lookup (*lookup)->answers;
  for (guint i = 0; answers != NULL && answers[i] != NULL; i++)
    {
      GInetAddress *address = g_inet_address_new_from_string (answers[i]);

      if (address != NULL)
        g_ptr_array_add (addresses, address);
    }

  return addresses->len == 0 ? NULL : g_steal_pointer (&addresses);
}

/* The first host that got no packet because of its address */
static const char *
find_refused (const SidetoneCase *judged,
              SidetoneProof      *proof)
{
  GPtrArray *results = sidetone_evidence_get_results (judged->evidence);
  const char *host = NULL;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (result->reason != SIDETONE_SKIP_REASON_OWN_COMPUTER &&
          result->reason != SIDETONE_SKIP_REASON_PRIVATE_ADDRESS)
        continue;

      sidetone_proof_add (proof, result->test);
      if (host == NULL)
        host = sidetone_service_get_host (result->service);
    }

  return host;
}

static gboolean
judge_scopes (const SidetoneCase *judged,
              SidetoneProof      *proof)
{
  const SidetoneServicesCheck *services = &judged->services;
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);

  sidetone_proof_add (proof, judged->services.answer);
  proof->facts.host = find_refused (judged, proof);
  for (guint i = 0; is_server_public (judged) && i < services->n; i++)
    {
      SidetoneObservation *lookup = NULL;
      g_autoptr (GPtrArray) addresses = NULL;
      gboolean reachable = FALSE;

      if (!is_new_host (hosts, services->services[i]))
        continue;

      addresses = dup_addresses (judged, services->services[i], &lookup);
      if (addresses == NULL)
        continue;

      for (guint j = 0; j < addresses->len; j++)
        reachable = reachable || sidetone_evidence_is_public (judged->evidence, addresses->pdata[j]);
      if (reachable)
        continue;

      sidetone_proof_add (proof, lookup);
      if (proof->facts.host == NULL)
        proof->facts.host = sidetone_service_get_host (services->services[i]);
    }

  return proof->facts.host != NULL;
}

/* Adds to @proof that this computer has addresses of @family alone. */
static gboolean
has_alone (const SidetoneCase *judged,
           GSocketFamily       family,
           SidetoneProof      *proof)
{
  g_autoptr (GPtrArray) interfaces = sidetone_evidence_dup_only_version (judged->evidence, family);

  for (guint i = 0; interfaces != NULL && i < interfaces->len; i++)
    sidetone_proof_add (proof, interfaces->pdata[i]);

  return interfaces != NULL;
}

/* This computer has @own alone, and the call servers @others. A network with NAT64 translates names, but not
 * addresses. */
static gboolean
judge_families (const SidetoneCase *judged,
                GSocketFamily       own,
                GSocketFamily       others,
                SidetoneProof      *proof)
{
  const SidetoneServicesCheck *services = &judged->services;
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);

  sidetone_proof_add (proof, judged->services.answer);
  if (services->n == 0 || !has_alone (judged, own, proof))
    return FALSE;

  for (guint i = 0; i < services->n; i++)
    {
      SidetoneObservation *lookup = NULL;
      g_autoptr (GPtrArray) addresses = NULL;

      /* If there are relays, only they count. */
      if ((services->n_relays > 0 && !sidetone_service_is_relay (services->services[i])) ||
          !is_new_host (hosts, services->services[i]))
        continue;

      addresses = dup_addresses (judged, services->services[i], &lookup);
      if (addresses == NULL)
        return FALSE;

      sidetone_proof_add (proof, lookup);
      for (guint j = 0; j < addresses->len; j++)
        {
          if (g_inet_address_get_family (addresses->pdata[j]) != others)
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
judge_ipv4_services (const SidetoneCase *judged,
                     SidetoneProof      *proof)
{
  return judge_families (judged, G_SOCKET_FAMILY_IPV6, G_SOCKET_FAMILY_IPV4, proof);
}

static gboolean
judge_ipv6_services (const SidetoneCase *judged,
                     SidetoneProof      *proof)
{
  return judge_families (judged, G_SOCKET_FAMILY_IPV4, G_SOCKET_FAMILY_IPV6, proof);
}

/* Such a network's name server makes IPv6 addresses from IPv4 ones (DNS64). */
static gboolean
is_ipv6_of_its_own (const SidetoneCase *judged,
                    GInetAddress       *address)
{
  GArray *prefixes = sidetone_evidence_get_prefixes (judged->evidence);
  g_autoptr (GInetAddress) inside = sidetone_nat64_dup_ipv4 (prefixes, address, NULL);

  return inside == NULL;
}

/* Programs that look only for IPv4 find none of them, and people without IPv6 can't use them. */
static gboolean
judge_ipv6_relays (const SidetoneCase *judged,
                   SidetoneProof      *proof)
{
  const SidetoneServicesCheck *services = &judged->services;
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (SidetoneProof) interfaces = { 0 };

  /* A computer of one IP version omits addresses of the other one if there are any of its own. */
  if (services->n_usable == 0 || has_alone (judged, G_SOCKET_FAMILY_IPV6, &interfaces) ||
      has_alone (judged, G_SOCKET_FAMILY_IPV4, &interfaces))
    return FALSE;

  sidetone_proof_add (proof, judged->services.answer);
  for (guint i = 0; i < services->n; i++)
    {
      SidetoneObservation *lookup = NULL;
      g_autoptr (GPtrArray) addresses = NULL;

      if (!sidetone_service_is_relay (services->services[i]) ||
          !sidetone_service_has_credentials (services->services[i]) ||
          !is_new_host (hosts, services->services[i]))
        continue;

      addresses = dup_addresses (judged, services->services[i], &lookup);
      if (addresses == NULL)
        return FALSE;

      sidetone_proof_add (proof, lookup);
      for (guint j = 0; j < addresses->len; j++)
        {
          if (g_inet_address_get_family (addresses->pdata[j]) != G_SOCKET_FAMILY_IPV6 ||
              !is_ipv6_of_its_own (judged, addresses->pdata[j]))
            return FALSE;
        }
    }

  return TRUE;
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_SERVICE_NOT_FOUND,
    .nick = "service-not-found", .code = "CALL-10",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_correct_host,
    .judge = judge_names,
    .rivals = RIVALS (HIDDEN_NAME (sidetone_rules_never)),
    .title = TEXT (N_("A call server doesn't exist")),
    /* Translators: {host} is a name */
    .explanation = TEXT (N_("Your server announces {host} for calls, and this name has no address. "
                            "So no app can use it.")),
    .advice = TEXT (N_("Ask your server's administrator to correct the name, or to give it an "
                       "address.")),
    .means = N_("Your server names a call server by a name that has no address, like a wrong "
                "number."),
    .ask = ASK_SINCE_WHEN,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("Another network finds the name: then this network's name server hides it."),
  },
  {
    .kind = SIDETONE_FINDING_SERVICE_PRIVATE,
    .nick = "service-private", .code = "CALL-11",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_correct_host,
    .judge = judge_scopes,
    .title = TEXT (N_("A call server has a private address")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("Your server announces {host} for calls, whose address means nothing "
                            "on the internet and could lead into your own network. People outside "
                            "the server's network can't use it, and Sidetone sends nothing "
                            "there.")),
    .advice = TEXT (N_("Ask your server's administrator to announce an address of the internet "
                       "instead.")),
    .means = N_("Your server names a call server by an address that means something only in the "
                "server's own network. From outside nobody gets there."),
    .ask = N_("Do calls work for people in the server's own network, such as the office?"),
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("Another network finds an address of the internet for it: then this network's "
                   "name server answers with a private one."),
  },
  {
    .kind = SIDETONE_FINDING_SERVICES_IPV4_ONLY,
    .nick = "services-ipv4-only", .code = "CALL-12",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_add_ipv6,
    .judge = judge_ipv4_services,
    .title = TEXT (N_("The call servers have no IPv6 address")),
    .explanation = TEXT (N_("This computer has only IPv6, and what your server announces for calls "
                            "has only IPv4 addresses. Most apps find no way from the one to the "
                            "other.")),
    .advice = TEXT (N_("Ask your server's administrator to announce names, or IPv6 addresses "
                       "too.")),
    .means = N_("This computer has only IPv6, and the call servers have only IPv4. The one can't "
                "reach the other."),
    .ask = ASK_MOBILE,
    .try = N_("Check again on a network with IPv4, such as Wi-Fi at home."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("A later check finds an IPv4 address on this computer, or IPv6 addresses of the "
                   "call servers."),
  },
  {
    .kind = SIDETONE_FINDING_SERVICES_IPV6_ONLY,
    .nick = "services-ipv6-only", .code = "CALL-43",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_add_ipv4,
    .judge = judge_ipv6_services,
    .title = TEXT (N_("The call servers have no IPv4 address")),
    .explanation = TEXT (N_("This computer has only IPv4, and what your server announces for calls "
                            "has only IPv6 addresses. The one can't reach the other.")),
    .advice = TEXT (N_("Ask your server's administrator to give the relay an IPv4 address too.")),
    .means = N_("This computer has only IPv4, and the call servers have only IPv6. The one can't "
                "reach the other."),
    .ask = ASK_SOME_PEOPLE,
    .try = N_("Check again on a network with IPv6, such as many mobile ones."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("A later check finds an IPv6 address on this computer, or IPv4 addresses of the "
                   "call servers."),
  },
  {
    .kind = SIDETONE_FINDING_RELAYS_IPV6_ONLY,
    .nick = "relays-ipv6-only", .code = "CALL-30",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_add_ipv4,
    .judge = judge_ipv6_relays,
    .title = TEXT (N_("The relay for calls has no IPv4 address")),
    /* Translators: {ipv4-apps} is a list of apps' names */
    .explanation = TEXT (N_("What your server announces as a relay (TURN) has only IPv6 addresses, "
                            "and many networks have no IPv6. Some apps, such as {ipv4-apps}, "
                            "look only for an IPv4 address.")),
    .advice = TEXT (N_("Ask your server's administrator to give the relay an IPv4 address too.")),
    .means = N_("The relay can be reached by IPv6 only. People whose network has no IPv6 can't use "
                "it, and some apps don't look for it."),
    .ask = ASK_SOME_PEOPLE,
    .try = TRY_ANOTHER_APP,
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("Another network finds an IPv4 address for the relay: then this network's name "
                   "server leaves it out."),
  },
};

const SidetoneRules sidetone_service_address_rules = { rules, G_N_ELEMENTS (rules) };
