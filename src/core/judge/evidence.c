/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/evidence.h"

#include "address/address-scope.h"
#include "judge/surroundings.h"
#include "seen/connect.h"
#include "seen/interface.h"
#include "seen/lookup.h"
#include "seen/nat64-prefix.h"
#include "seen/secure.h"
#include "seen/services.h"

/* More loss each way than this, and silence proves nothing */
#define TOO_MUCH_LOSS 0.05

/* With less, three requests in a row get lost in 1 of 10,000 tests. */
#define SOME_LOSS 0.02

#define N_TRANSPORTS (SIDETONE_TRANSPORT_TLS + 1)

/**
 * SidetoneEvidence:
 *
 * All observations of a check, indexed once for their readers: the judge's rules, the steps, the
 * report, the window. Immutable and reference-counted; it does not include later observations.
 *
 * A report may have thousands of observations and services. Each index is made in one pass, so that
 * no rule has to search all of them for each one that it looks at.
 */
struct _SidetoneEvidence
{
  gatomicrefcount ref_count;

  GPtrArray *observations;
  GPtrArray *kinds[SIDETONE_N_OBSERVATION_KINDS];   /* the same observations, by kind */

  GArray *prefixes;
  SidetoneAddressCheck *address_check;
  GStrv tunnels;
  GStrv broken_ipv6;

  GPtrArray *services;
  gboolean knows_all_services;
  GHashTable *lookups;        /* host -> SidetoneObservation */

  GPtrArray *results;
  GHashTable *hosts;          /* host -> SidetoneHostEvidence */
  GHashTable *places[N_TRANSPORTS];  /* SidetoneEndpoint -> SidetoneServiceResult that answered */
  GHashTable *large_packets;  /* address -> SidetoneLargePackets */
  gboolean ipv6_works;
  double least_loss;
  SidetoneLossPlace loss_place;
  guint n_measured;
  const SidetoneServiceResult *quickest;
};

G_DEFINE_BOXED_TYPE (SidetoneEvidence, sidetone_evidence, sidetone_evidence_ref,
                     sidetone_evidence_unref)

static void
collect_observations (SidetoneEvidence *self,
                      GListModel       *observations)
{
  guint n = g_list_model_get_n_items (observations);

  self->observations = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = 0; i < SIDETONE_N_OBSERVATION_KINDS; i++)
    self->kinds[i] = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      SidetoneObservation *observation = g_list_model_get_item (observations, i);

      g_ptr_array_add (self->observations, observation);
      g_ptr_array_add (self->kinds[sidetone_observation_get_kind (observation)], observation);
    }
}

/* The first address lookup of each service's host */
static void
collect_lookups (SidetoneEvidence *self)
{
  GPtrArray *lookups = self->kinds[SIDETONE_OBSERVATION_LOOKUP];

  self->lookups = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < lookups->len; i++)
    {
      const char *name = sidetone_lookup_get_name (lookups->pdata[i]);

      if (sidetone_lookup_asks_for (lookups->pdata[i], SIDETONE_QUESTION_SERVICE) && name != NULL &&
          !g_hash_table_contains (self->lookups, name))
        g_hash_table_insert (self->lookups, (gpointer) name, lookups->pdata[i]);
    }
}

static void
collect_services (SidetoneEvidence *self)
{
  SidetoneObservation *answer = sidetone_evidence_get_last (self, SIDETONE_OBSERVATION_SERVICES);
  GPtrArray *announced = answer != NULL ? sidetone_observation_get_services (answer)->services
                         : NULL;

  self->services = g_ptr_array_new ();
  self->knows_all_services = announced != NULL &&
                             sidetone_observation_get_services (answer)->unusable <= 0;
  for (guint i = 0; announced != NULL && i < announced->len; i++)
    {
      if (announced->pdata[i] != NULL)
        g_ptr_array_add (self->services, announced->pdata[i]);
      else
        self->knows_all_services = FALSE;
    }
}

static void
check_address (SidetoneEvidence *self)
{
  SidetoneObservation *server_ip = sidetone_evidence_get_last (self, SIDETONE_OBSERVATION_SERVER_IP);

  if (server_ip != NULL)
    self->address_check = sidetone_address_check_new (
      server_ip, self->kinds[SIDETONE_OBSERVATION_INTERFACE], self->prefixes);
}

static void
note_loss (SidetoneEvidence *self)
{
  GHashTableIter iter;
  gpointer value;

  self->least_loss = -1;
  g_hash_table_iter_init (&iter, self->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SidetoneHostEvidence *host = value;

      if (host->loss < 0)
        continue;

      self->n_measured++;
      if (self->least_loss < 0 || host->loss < self->least_loss)
        self->least_loss = host->loss;
    }
}

static gboolean
is_private_ipv4 (SidetoneEndpoint *endpoint)
{
  return sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV4 &&
         sidetone_address_scope_is_private (
    sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint)));
}

/* A home's or an office's router hands out private IPv4 addresses. Without one, the nearest router
 * may be the provider's. */
static gboolean
is_router_own (const SidetoneEvidence *self)
{
  GPtrArray *interfaces = self->kinds[SIDETONE_OBSERVATION_INTERFACE];

  for (guint i = 0; i < interfaces->len; i++)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (interfaces->pdata[i]);
      const SidetoneInterfaceSeen *seen = sidetone_observation_get_interface (interfaces->pdata[i]);

      if (local != NULL && seen->default_route == SIDETONE_TRUTH_YES && is_private_ipv4 (local))
        return TRUE;
    }

  return FALSE;
}

/* The relay host with the least loss is the one that calls work best with. */
static void
find_loss_place (SidetoneEvidence *self)
{
  GPtrArray *pings = self->kinds[SIDETONE_OBSERVATION_PING];

  if (pings->len == 0 || self->tunnels != NULL || self->least_loss < SOME_LOSS)
    return;

  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];
      const SidetoneHostEvidence *host = g_hash_table_lookup (
        self->hosts, sidetone_service_get_host (result->service));

      if (host->loss >= 0 && host->loss <= self->least_loss && result->server != NULL &&
          sidetone_observation_has_passed (result->echo))
        {
          self->loss_place = sidetone_loss_place_find (pings, host, result->server,
                                                       is_router_own (self));
          return;
        }
    }
}

/* Where an answer came from: of a relay rather than of STUN */
static void
note_place (SidetoneEvidence            *self,
            const SidetoneServiceResult *result)
{
  GHashTable *places = self->places[sidetone_service_get_transport (result->service)];

  if (sidetone_service_result_has_answered (result) && result->server != NULL &&
      (sidetone_service_is_relay (result->service) ||
       !g_hash_table_contains (places, result->server)))
    g_hash_table_insert (places, result->server, (gpointer) result);
}

static void
collect_results (SidetoneEvidence *self)
{
  self->results = sidetone_service_results_collect (self->observations);
  self->hosts = sidetone_host_evidence_collect (self->results);
  for (guint i = 0; i < N_TRANSPORTS; i++)
    self->places[i] = g_hash_table_new ((GHashFunc) sidetone_endpoint_hash,
                                        (GEqualFunc) sidetone_endpoint_equal);

  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];

      note_place (self, result);
      if (sidetone_service_result_works_as_relay (result) && result->rtt_us >= 0 &&
          (self->quickest == NULL || result->rtt_us < self->quickest->rtt_us))
        self->quickest = result;
    }
  self->large_packets = sidetone_large_packets_collect (self->results);
  note_loss (self);
  find_loss_place (self);
}

static gboolean
is_ipv6 (const SidetoneEndpoint *endpoint)
{
  return endpoint != NULL && sidetone_endpoint_get_family (endpoint) == G_SOCKET_FAMILY_IPV6;
}

/* An answer from any server proves it. */
static gboolean
does_ipv6_work (const SidetoneEvidence *self)
{
  GPtrArray *connects = self->kinds[SIDETONE_OBSERVATION_CONNECT];

  for (guint i = 0; i < connects->len; i++)
    {
      if (sidetone_observation_has_passed (connects->pdata[i]) &&
          is_ipv6 (sidetone_observation_get_connect (connects->pdata[i])->peer))
        return TRUE;
    }

  for (guint i = 0; i < self->results->len; i++)
    {
      if (sidetone_service_result_has_answered (self->results->pdata[i]) &&
          sidetone_service_result_is_over_ipv6 (self->results->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_evidence_new:
 * @observations: a list of #SidetoneObservation
 *
 * Indexes the current items of @observations.
 *
 * Returns: (transfer full): the evidence
 */
SidetoneEvidence *
sidetone_evidence_new (GListModel *observations)
{
  SidetoneEvidence *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (observations), NULL);

  self = g_new0 (SidetoneEvidence, 1);
  g_atomic_ref_count_init (&self->ref_count);
  collect_observations (self, observations);
  self->prefixes = sidetone_nat64_collect_prefixes (self->kinds[SIDETONE_OBSERVATION_LOOKUP]);
  check_address (self);
  self->tunnels = sidetone_surroundings_find_tunnels (self->kinds[SIDETONE_OBSERVATION_INTERFACE]);
  self->broken_ipv6 = sidetone_surroundings_find_broken_ipv6 (self->observations);
  collect_lookups (self);
  collect_services (self);
  collect_results (self);
  self->ipv6_works = does_ipv6_work (self);

  return self;
}

/**
 * sidetone_evidence_ref:
 * @self: evidence
 *
 * Returns: (transfer full): @self
 */
SidetoneEvidence *
sidetone_evidence_ref (SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_evidence_unref:
 * @self: (transfer full): evidence
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_evidence_unref (SidetoneEvidence *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < N_TRANSPORTS; i++)
    g_hash_table_unref (self->places[i]);
  g_hash_table_unref (self->large_packets);
  g_hash_table_unref (self->hosts);
  g_ptr_array_unref (self->results);
  g_hash_table_unref (self->lookups);
  g_ptr_array_unref (self->services);
  g_strfreev (self->broken_ipv6);
  g_strfreev (self->tunnels);
  g_clear_pointer (&self->address_check, sidetone_address_check_free);
  g_array_unref (self->prefixes);
  for (guint i = 0; i < SIDETONE_N_OBSERVATION_KINDS; i++)
    g_ptr_array_unref (self->kinds[i]);
  g_ptr_array_unref (self->observations);
  g_free (self);
}

/**
 * sidetone_evidence_get_observations:
 * @self: evidence
 *
 * Returns: (transfer none) (element-type SidetoneObservation): all observations, in their order
 */
GPtrArray *
sidetone_evidence_get_observations (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->observations;
}

/**
 * sidetone_evidence_get_aliases:
 * @self: evidence
 *
 * Returns: (transfer none) (nullable): if it is from a redacted report, its aliases
 */
SidetoneAliases *
sidetone_evidence_get_aliases (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->observations->len > 0
         ? sidetone_observation_get_aliases (self->observations->pdata[0]) : NULL;
}

/**
 * sidetone_evidence_get_kind:
 * @self: evidence
 * @kind: a kind
 *
 * Returns: (transfer none) (element-type SidetoneObservation): all observations of that kind, in their
 *   order
 */
GPtrArray *
sidetone_evidence_get_kind (const SidetoneEvidence *self,
                            SidetoneObservationKind kind)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (kind < SIDETONE_N_OBSERVATION_KINDS, NULL);

  return self->kinds[kind];
}

/**
 * sidetone_evidence_get_last:
 * @self: evidence
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): the last observation of that kind that was not skipped
 */
SidetoneObservation *
sidetone_evidence_get_last (const SidetoneEvidence *self,
                            SidetoneObservationKind kind)
{
  GPtrArray *found = sidetone_evidence_get_kind (self, kind);

  for (guint i = found->len; i > 0; i--)
    {
      if (sidetone_observation_get_state (found->pdata[i - 1]) != SIDETONE_STATE_SKIPPED)
        return found->pdata[i - 1];
    }

  return NULL;
}

/**
 * sidetone_evidence_get_address_check:
 * @self: evidence
 *
 * Returns: (transfer none) (nullable): what the server's last answer to the question for this
 *   computer's address means; %NULL if it has no address
 */
const SidetoneAddressCheck *
sidetone_evidence_get_address_check (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address_check;
}

/**
 * sidetone_evidence_get_prefixes:
 * @self: evidence
 *
 * Returns: (transfer none) (element-type SidetoneNat64Prefix): possible NAT64 prefixes
 */
GArray *
sidetone_evidence_get_prefixes (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->prefixes;
}

/* Whether an address leads further than its network. A report may not say where the default route begins:
 * then a unique local one is taken for one that does not (RFC 4193). */
static gboolean
leads_out (SidetoneObservation *interface)
{
  SidetoneAddressScope scope = sidetone_endpoint_get_scope (sidetone_observation_get_local (interface));

  if (scope == SIDETONE_ADDRESS_SCOPE_LOOPBACK || scope == SIDETONE_ADDRESS_SCOPE_LINK_LOCAL)
    return FALSE;

  switch (sidetone_observation_get_interface (interface)->default_route)
    {
    case SIDETONE_TRUTH_YES:
      return TRUE;

    case SIDETONE_TRUTH_NO:
      return FALSE;

    default:
      return scope != SIDETONE_ADDRESS_SCOPE_UNIQUE_LOCAL;
    }
}

/**
 * sidetone_evidence_dup_only_version:
 * @self: the evidence
 * @family: IPv4 or IPv6
 *
 * Whether it is the only version of IP that leads this computer out of its network. Not so with IPv4 by
 * 464XLAT, nor beside IPv6 that a NAT translates (NAT66).
 *
 * Returns: (transfer container) (nullable) (element-type SidetoneObservation): the addresses of that
 *   version; %NULL if there are none, or others, or an unknown one
 */
GPtrArray *
sidetone_evidence_dup_only_version (const SidetoneEvidence *self,
                                    GSocketFamily           family)
{
  GPtrArray *interfaces = sidetone_evidence_get_kind (self, SIDETONE_OBSERVATION_INTERFACE);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  if (family == G_SOCKET_FAMILY_IPV4 && self->ipv6_works)
    return NULL;

  for (guint i = 0; i < interfaces->len; i++)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (interfaces->pdata[i]);

      if (local == NULL)
        return NULL;
      if (!leads_out (interfaces->pdata[i]))
        continue;
      if (sidetone_endpoint_get_family (local) != family)
        return NULL;

      g_ptr_array_add (found, interfaces->pdata[i]);
    }

  return found->len > 0 ? g_steal_pointer (&found) : NULL;
}

/**
 * sidetone_evidence_is_public:
 * @self: evidence
 * @address: an address
 *
 * Returns: whether it is a public address; behind NAT64, whether the embedded IPv4 address is
 */
gboolean
sidetone_evidence_is_public (const SidetoneEvidence *self,
                             GInetAddress           *address)
{
  g_autoptr (GInetAddress) inside = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  inside = sidetone_nat64_dup_ipv4 (self->prefixes, address, NULL);

  return sidetone_address_scope_is_public (
    sidetone_address_scope_of (inside != NULL ? inside : address));
}

/**
 * sidetone_evidence_get_tunnels:
 * @self: evidence
 *
 * Returns: (transfer none) (nullable): the IDs of the observations that prove that internet traffic
 *   begins in a tunnel; %NULL if it does not
 */
const char *const *
sidetone_evidence_get_tunnels (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->tunnels;
}

/**
 * sidetone_evidence_get_broken_ipv6:
 * @self: evidence
 *
 * Returns: (transfer none) (nullable): the IDs of the observations that prove that IPv6 does not
 *   work, though this computer has an address; %NULL if it does, or there is none
 */
const char *const *
sidetone_evidence_get_broken_ipv6 (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->broken_ipv6;
}

/**
 * sidetone_evidence_is_wireless:
 * @self: evidence
 *
 * Returns: whether the way to the internet begins at a wireless interface
 */
gboolean
sidetone_evidence_is_wireless (const SidetoneEvidence *self)
{
  GPtrArray *interfaces;

  g_return_val_if_fail (self != NULL, FALSE);

  interfaces = self->kinds[SIDETONE_OBSERVATION_INTERFACE];
  for (guint i = 0; i < interfaces->len; i++)
    {
      const SidetoneInterfaceSeen *seen = sidetone_observation_get_interface (interfaces->pdata[i]);

      if (seen->type == SIDETONE_INTERFACE_WIRELESS && seen->default_route == SIDETONE_TRUTH_YES)
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_evidence_get_server_rtt:
 * @self: evidence
 *
 * Returns: the shortest round trip to the XMPP server, in microseconds; -1 if it is not known
 */
gint64
sidetone_evidence_get_server_rtt (const SidetoneEvidence *self)
{
  GPtrArray *connects;
  gint64 shortest = -1;

  g_return_val_if_fail (self != NULL, -1);

  connects = self->kinds[SIDETONE_OBSERVATION_CONNECT];
  for (guint i = 0; i < connects->len; i++)
    {
      gint64 rtt_us = sidetone_observation_get_connect (connects->pdata[i])->rtt_us;

      if (rtt_us >= 0 && (shortest < 0 || rtt_us < shortest))
        shortest = rtt_us;
    }

  return shortest;
}

/**
 * sidetone_evidence_knows_ipv6_works:
 * @self: evidence
 *
 * Returns: whether an answer came by IPv6 from any server
 */
gboolean
sidetone_evidence_knows_ipv6_works (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->ipv6_works;
}

/**
 * sidetone_evidence_knows_tls_by_ipv6:
 * @self: evidence
 *
 * Returns: whether TLS came to its end by IPv6 with any server, so that a certificate came that way: large
 *   packets
 */
gboolean
sidetone_evidence_knows_tls_by_ipv6 (const SidetoneEvidence *self)
{
  GPtrArray *secures;

  g_return_val_if_fail (self != NULL, FALSE);

  secures = self->kinds[SIDETONE_OBSERVATION_SECURE];
  for (guint i = 0; i < secures->len; i++)
    {
      if (sidetone_observation_has_passed (secures->pdata[i]) &&
          is_ipv6 (sidetone_observation_get_secure (secures->pdata[i])->peer))
        return TRUE;
    }

  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];

      if (sidetone_service_result_has_answered (result) &&
          sidetone_service_result_is_over_ipv6 (result) &&
          sidetone_service_get_transport (result->service) == SIDETONE_TRANSPORT_TLS)
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_evidence_get_services:
 * @self: evidence
 *
 * Returns: (transfer none) (element-type SidetoneService): the announced services for calls,
 *   without credentials; empty if the server was not asked
 */
GPtrArray *
sidetone_evidence_get_services (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->services;
}

/**
 * sidetone_evidence_knows_all_services:
 * @self: evidence
 *
 * Returns: whether sidetone_evidence_get_services() is complete: not if the server did not answer,
 *   or announces services unknown to this version, or some that can't be read
 */
gboolean
sidetone_evidence_knows_all_services (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->knows_all_services;
}

/**
 * sidetone_evidence_get_lookup:
 * @self: evidence
 * @host: a service's host
 *
 * Returns: (transfer none) (nullable): its address lookup, %NULL if that was not made or not
 *   answered yet
 */
SidetoneObservation *
sidetone_evidence_get_lookup (const SidetoneEvidence *self,
                              const char             *host)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_hash_table_lookup (self->lookups, host);
}

/**
 * sidetone_evidence_get_results:
 * @self: evidence
 *
 * Returns: (transfer none) (element-type SidetoneServiceResult): the result of each call server at
 *   each of its addresses, in the order of the tests
 */
GPtrArray *
sidetone_evidence_get_results (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->results;
}

/**
 * sidetone_evidence_get_host:
 * @self: evidence
 * @host: a result's host
 *
 * Returns: (transfer none): what is known about its call servers together
 */
const SidetoneHostEvidence *
sidetone_evidence_get_host (const SidetoneEvidence *self,
                            const char             *host)
{
  const SidetoneHostEvidence *found;

  g_return_val_if_fail (self != NULL, NULL);

  found = g_hash_table_lookup (self->hosts, host);
  g_return_val_if_fail (found != NULL, NULL);

  return found;
}

/**
 * sidetone_evidence_get_answer_there:
 * @self: evidence
 * @result: a call server's result
 *
 * Returns: (transfer none) (nullable): a result of exactly that place (address, port and transport)
 *   with an answer: a relay's rather than that of STUN; %NULL if there is none
 */
const SidetoneServiceResult *
sidetone_evidence_get_answer_there (const SidetoneEvidence      *self,
                                    const SidetoneServiceResult *result)
{
  g_return_val_if_fail (self != NULL, NULL);

  return result->server == NULL ? NULL
         : g_hash_table_lookup (self->places[sidetone_service_get_transport (result->service)],
                                result->server);
}

/**
 * sidetone_evidence_get_least_loss:
 * @self: evidence
 *
 * Returns: the loss to the relay host with the least loss, 0 to 1: this computer's line loses no
 *   more; -1 if no packets were sent
 */
double
sidetone_evidence_get_least_loss (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->least_loss;
}

/**
 * sidetone_evidence_get_loss_place:
 * @self: evidence
 *
 * Returns: where packets to that host get lost; %SIDETONE_LOSS_PLACE_UNKNOWN if the pings don't tell,
 *   or if they go through a tunnel
 */
SidetoneLossPlace
sidetone_evidence_get_loss_place (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_LOSS_PLACE_UNKNOWN);

  return self->loss_place;
}

/**
 * sidetone_evidence_get_n_measured:
 * @self: evidence
 *
 * Returns: the number of relay hosts to which packets were sent
 */
guint
sidetone_evidence_get_n_measured (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_measured;
}

/**
 * sidetone_evidence_loses_answers:
 * @self: evidence
 *
 * Returns: whether this computer's line loses so much that silence proves nothing
 */
gboolean
sidetone_evidence_loses_answers (const SidetoneEvidence *self)
{
  return sidetone_evidence_get_least_loss (self) >= TOO_MUCH_LOSS;
}

/**
 * sidetone_evidence_may_lose_answers:
 * @self: evidence
 *
 * Returns: whether this computer's line loses so much that silence proves little
 */
gboolean
sidetone_evidence_may_lose_answers (const SidetoneEvidence *self)
{
  return sidetone_evidence_get_least_loss (self) >= SOME_LOSS;
}

/**
 * sidetone_evidence_get_large_packets:
 * @self: evidence
 * @server: (nullable): a call server's address
 *
 * Returns: (transfer none) (nullable): the results of large packets through relays there; %NULL if
 *   none were sent
 */
const SidetoneLargePackets *
sidetone_evidence_get_large_packets (const SidetoneEvidence *self,
                                     SidetoneEndpoint       *server)
{
  g_autofree char *address = server != NULL ? sidetone_endpoint_dup_address (server) : NULL;

  g_return_val_if_fail (self != NULL, NULL);

  return address != NULL ? g_hash_table_lookup (self->large_packets, address) : NULL;
}

/**
 * sidetone_evidence_get_quickest:
 * @self: evidence
 *
 * Returns: (transfer none) (nullable): the working relay with the shortest round trip, the first of
 *   several; %NULL if none works
 */
const SidetoneServiceResult *
sidetone_evidence_get_quickest (const SidetoneEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->quickest;
}
