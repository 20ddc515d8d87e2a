/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/calls-check-private.h"

#include "address/address-scope.h"
#include "judge/surroundings.h"
#include "seen/nat64-prefix.h"

/**
 * SidetoneCallsCheck:
 *
 * What the tests of the servers for calls mean together: whether UDP gets out, whether a relay
 * works, and what is wrong with those that don't.
 *
 * One computer sees one end of the way. A server that is silent in every way may be down, or a
 * firewall may stand before either end: then nothing is blamed but its silence.
 */

/**
 * sidetone_calls_check_counts:
 * @self: a check
 * @result: one of its results
 *
 * Returns: whether it says something of the servers: where IPv6 does not work at all, that is no
 *   fault of theirs
 */
gboolean
sidetone_calls_check_counts (const SidetoneCallsCheck    *self,
                             const SidetoneServiceResult *result)
{
  gboolean is_ipv6 = result->server != NULL &&
                     sidetone_endpoint_get_family (result->server) == G_SOCKET_FAMILY_IPV6;

  return sidetone_service_result_is_made (result) &&
         !(self->ipv6_is_broken && is_ipv6 && sidetone_service_result_is_silent (result));
}

/**
 * sidetone_calls_check_get_host:
 * @self: a check
 * @result: one of its results
 *
 * Returns: (transfer none): what came of all services at the host of @result
 */
const SidetoneCallsHost *
sidetone_calls_check_get_host (const SidetoneCallsCheck    *self,
                               const SidetoneServiceResult *result)
{
  return g_hash_table_lookup (self->hosts, sidetone_service_get_host (result->service));
}

/**
 * sidetone_calls_host_get_loss:
 * @self: a host
 *
 * Says what is lost each way on the line to it, by all packets that were sent through its relays: the
 * more packets, the less is left to chance.
 *
 * Returns: the part that is lost, 0 to 1; -1 where nothing was sent
 */
double
sidetone_calls_host_get_loss (const SidetoneCallsHost *self)
{
  return self->n_crossings > 0 ? (double) self->n_lost / self->n_crossings : -1;
}

/* A trip crosses the line twice by UDP, and once where the relay is spoken to by TCP or TLS, which hide
 * what they lose. */
static void
add_packets (SidetoneCallsHost           *host,
             const SidetoneServiceResult *result)
{
  guint n_ways = sidetone_service_result_is_over_udp (result) ? 2 : 1;

  if (result->echo == NULL ||
      sidetone_observation_get_state (result->echo) != SIDETONE_STATE_PASSED ||
      result->n_arrived > result->n_sent)
    return;

  host->n_crossings += n_ways * result->n_sent;
  host->n_lost += result->n_sent - result->n_arrived;
}

static void
add_to_host (SidetoneCallsCheck          *self,
             const SidetoneServiceResult *result)
{
  const char *name = sidetone_service_get_host (result->service);
  SidetoneCallsHost *host = g_hash_table_lookup (self->hosts, name);

  if (host == NULL)
    {
      host = g_new0 (SidetoneCallsHost, 1);
      g_hash_table_insert (self->hosts, (gpointer) name, host);
    }

  add_packets (host, result);
  if (sidetone_service_is_relay (result->service) &&
      sidetone_observation_get_state (result->test) == SIDETONE_STATE_PASSED)
    host->has_allocated = TRUE;
  if (!sidetone_service_result_has_answered (result))
    return;

  host->has_answered = TRUE;
  if (sidetone_service_result_is_over_udp (result) && result->server != NULL)
    g_hash_table_add (self->places, result->server);
}

/* What is judged of one result may depend on all others: each is looked at once, for all of them. */
static void
compare_results (SidetoneCallsCheck *self)
{
  GHashTableIter iter;
  gpointer host;

  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];

      add_to_host (self, result);
      if (sidetone_service_result_works_as_relay (result) && result->rtt_us >= 0 &&
          (self->quickest == NULL || result->rtt_us < self->quickest->rtt_us))
        self->quickest = result;
    }

  /* What is lost on the way to one of several servers is not lost on this computer's line. */
  self->least_loss = -1;
  g_hash_table_iter_init (&iter, self->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &host))
    {
      double loss = sidetone_calls_host_get_loss (host);

      if (loss >= 0 && (self->least_loss < 0 || loss < self->least_loss))
        self->least_loss = loss;
    }
}

/* Whether one of the hosts that are silent by UDP answers in another way */
static gboolean
count_silent_hosts (SidetoneCallsCheck *self)
{
  g_autoptr (GHashTable) hosts = g_hash_table_new (NULL, NULL);
  gboolean answers_otherwise = FALSE;

  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];
      const SidetoneCallsHost *host = sidetone_calls_check_get_host (self, result);

      if (!sidetone_calls_check_counts (self, result) ||
          !sidetone_service_result_is_over_udp (result))
        continue;

      g_hash_table_add (hosts, (gpointer) host);
      answers_otherwise = answers_otherwise || host->has_answered;
    }
  self->n_silent_hosts = g_hash_table_size (hosts);

  return answers_otherwise;
}

static void
note_udp (SidetoneCallsCheck          *self,
          const SidetoneServiceResult *result)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (result->test);
  gboolean has_bound = result->echo != NULL &&
                       sidetone_observation_get_string (result->echo, "mapped") != NULL;

  /* The second socket of a relay speaks UDP, however the relay is spoken to */
  self->udp_works = self->udp_works || has_bound;
  if (!sidetone_service_result_is_over_udp (result))
    return;

  self->udp_is_tested = TRUE;
  self->udp_works = self->udp_works || sidetone_service_result_has_answered (result);
  if (self->mapped == NULL && local != NULL && result->mapped != NULL)
    {
      self->local = sidetone_endpoint_ref (local);
      self->mapped = sidetone_endpoint_ref (result->mapped);
    }
}

/**
 * sidetone_calls_check_new:
 * @observations: a list of #SidetoneObservation
 *
 * Looks through what came of the servers for calls.
 *
 * Returns: (transfer full): what that means; also where nothing was tested
 */
SidetoneCallsCheck *
sidetone_calls_check_new (GListModel *observations)
{
  SidetoneCallsCheck *self = g_new0 (SidetoneCallsCheck, 1);
  g_autoptr (GStrvBuilder) evidence = g_strv_builder_new ();
  gboolean answers_otherwise;

  self->results = sidetone_service_results_collect (observations);
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->places = g_hash_table_new ((GHashFunc) sidetone_endpoint_hash,
                                   (GEqualFunc) sidetone_endpoint_equal);
  compare_results (self);
  self->prefixes = sidetone_nat64_collect_prefixes (observations);
  self->ipv6_is_broken = sidetone_surroundings_have_broken_ipv6 (observations, evidence);
  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];

      if (!sidetone_calls_check_counts (self, result))
        continue;

      self->is_tested = TRUE;
      self->relay_is_tested = self->relay_is_tested || sidetone_service_is_relay (result->service);
      self->relay_works = self->relay_works || sidetone_service_result_works_as_relay (result);
      note_udp (self, result);
    }

  answers_otherwise = count_silent_hosts (self);
  self->udp_is_blocked = self->udp_is_tested && !self->udp_works &&
                         (self->n_silent_hosts > 1 || answers_otherwise);

  return self;
}

/**
 * sidetone_calls_check_free:
 * @self: (transfer full): a check
 */
void
sidetone_calls_check_free (SidetoneCallsCheck *self)
{
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->hosts);
  g_ptr_array_unref (self->results);
  g_array_unref (self->prefixes);
  g_clear_pointer (&self->local, sidetone_endpoint_unref);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_free (self);
}

/**
 * sidetone_calls_check_is_public:
 * @self: a check
 * @endpoint: an address
 *
 * Returns: whether it is an address of the internet; behind a NAT64 that is the IPv4 address inside
 */
gboolean
sidetone_calls_check_is_public (const SidetoneCallsCheck *self,
                                SidetoneEndpoint         *endpoint)
{
  GInetAddress *address = sidetone_endpoint_get_address (endpoint);
  g_autoptr (GInetAddress) inside = sidetone_nat64_dup_ipv4 (self->prefixes, address, NULL);

  return sidetone_address_scope_is_public (
    sidetone_address_scope_of (inside != NULL ? inside : address));
}

/* Where the address check could not see the way to the internet, a server of STUN may have. */
static SidetoneLevel
get_level_of_mapping (const SidetoneCallsCheck *self)
{
  if (self->mapped == NULL || !sidetone_calls_check_is_public (self, self->mapped))
    return SIDETONE_LEVEL_UNKNOWN;

  return sidetone_endpoint_equal (self->local, self->mapped) ? SIDETONE_LEVEL_GOOD
         : SIDETONE_LEVEL_LIMITED;
}

/* A relay that works within the network of its server proves nothing of the internet. */
static gboolean
has_public_relay (const SidetoneCallsCheck *self)
{
  for (guint i = 0; i < self->results->len; i++)
    {
      const SidetoneServiceResult *result = self->results->pdata[i];

      if (sidetone_service_result_works_as_relay (result) && result->relayed != NULL &&
          sidetone_calls_check_is_public (self, result->relayed))
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_calls_check_get_level:
 * @self: a check
 * @address_level: what the address check alone allows to say
 *
 * Returns: what may be said about calls after the servers for calls were tested; the rules are in
 *   src/core/README.md
 */
SidetoneLevel
sidetone_calls_check_get_level (const SidetoneCallsCheck *self,
                                SidetoneLevel             address_level)
{
  SidetoneLevel level = address_level != SIDETONE_LEVEL_UNKNOWN ? address_level
                        : get_level_of_mapping (self);

  if (!self->is_tested)
    return address_level;

  if (self->udp_is_blocked)
    return self->relay_works ? SIDETONE_LEVEL_RELAY : SIDETONE_LEVEL_FAILING;

  /* Not even a server of STUN has answered. */
  if (level == SIDETONE_LEVEL_GOOD && self->udp_is_tested && !self->udp_works)
    return SIDETONE_LEVEL_LIMITED;
  if (level == SIDETONE_LEVEL_LIMITED && self->relay_works)
    return SIDETONE_LEVEL_RELAY;
  if (level == SIDETONE_LEVEL_UNKNOWN && has_public_relay (self))
    return SIDETONE_LEVEL_RELAY;

  return level;
}

/**
 * sidetone_calls_check_is_udp_blocked:
 * @self: a check
 *
 * Returns: whether no UDP gets out to the servers for calls
 */
gboolean
sidetone_calls_check_is_udp_blocked (const SidetoneCallsCheck *self)
{
  return self->udp_is_blocked;
}

/**
 * sidetone_calls_check_get_relay:
 * @self: a check
 *
 * Returns: whether a relay works; %SIDETONE_RELAY_UNKNOWN where none was tested
 */
SidetoneRelay
sidetone_calls_check_get_relay (const SidetoneCallsCheck *self)
{
  if (!self->relay_is_tested)
    return SIDETONE_RELAY_UNKNOWN;

  return self->relay_works ? SIDETONE_RELAY_WORKS : SIDETONE_RELAY_BROKEN;
}

/**
 * sidetone_calls_check_get_mapped:
 * @self: a check
 *
 * Returns: (transfer none) (nullable): how a socket of this computer looks to a server for calls
 */
SidetoneEndpoint *
sidetone_calls_check_get_mapped (const SidetoneCallsCheck *self)
{
  return self->mapped;
}
