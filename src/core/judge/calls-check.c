/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/calls-check.h"

#include "address/address-scope.h"
#include "judge/inside.h"
#include "seen/echo.h"
#include "seen/nat.h"
#include "seen/path.h"
#include "seen/relay.h"
#include "seen/stun.h"

#include <string.h>

/* What the call servers' tests mean together: whether UDP gets out, whether a relay works, and what
 * may be said about calls.
 *
 * One computer sees one end of the path. A server that never answers may be down, or a firewall may
 * stand at either end: then only its silence is reported. */

/**
 * sidetone_calls_check_counts:
 * @self: a check
 * @result: one of its results
 *
 * Returns: whether it says something about the servers: a failure over IPv6 does not if IPv6 is
 *   broken anyway, and neither does the silence of a proxy program on this computer, which gave the
 *   name a made-up address (LOC-01)
 */
gboolean
sidetone_calls_check_counts (const SidetoneCallsCheck    *self,
                             const SidetoneServiceResult *result)
{
  gboolean is_proxy = result->server != NULL && sidetone_endpoint_get_scope (result->server) ==
                      SIDETONE_ADDRESS_SCOPE_BENCHMARKING;

  return sidetone_service_result_is_made (result) &&
         !(is_proxy && sidetone_service_result_is_silent (result)) &&
         !(sidetone_evidence_get_broken_ipv6 (self->evidence) != NULL &&
           sidetone_service_result_is_over_ipv6 (result) &&
           sidetone_service_result_is_silent (result));
}

static const SidetoneHostEvidence *
get_host (const SidetoneCallsCheck    *self,
          const SidetoneServiceResult *result)
{
  return sidetone_evidence_get_host (self->evidence, sidetone_service_get_host (result->service));
}

/* If UDP does not get out: how many hosts that were tested over UDP answer by another transport */
static guint
count_hosts_without_udp (const SidetoneCallsCheck *self)
{
  GPtrArray *results = sidetone_evidence_get_results (self->evidence);
  g_autoptr (GHashTable) hosts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];
      const SidetoneHostEvidence *host = get_host (self, result);

      if (sidetone_calls_check_counts (self, result) && host->has_answered &&
          sidetone_service_result_is_over_udp (result))
        g_hash_table_add (hosts, (gpointer) host);
    }

  return g_hash_table_size (hosts);
}

static gboolean
has_come_through (const SidetoneServiceResult *result)
{
  const SidetoneEchoSeen *echo = result->echo != NULL ? sidetone_observation_get_echo (result->echo)
                                 : NULL;

  return echo != NULL && (echo->there_arrived > 0 || echo->back_arrived > 0);
}

/* Whether this computer's own firewall lets no request out by UDP */
static gboolean
is_udp_unsent (const SidetoneCallsCheck *self)
{
  GPtrArray *results = sidetone_evidence_get_results (self->evidence);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (sidetone_calls_check_counts (self, result) && sidetone_service_result_is_over_udp (result) &&
          !sidetone_observation_has_error (result->test, SIDETONE_ERROR_NOT_PERMITTED))
        return FALSE;
    }

  return self->udp_is_tested;
}

static gboolean
is_public (const SidetoneCallsCheck *self,
           SidetoneEndpoint         *endpoint)
{
  return sidetone_evidence_is_public (self->evidence, sidetone_endpoint_get_address (endpoint));
}

/* Who sent the ICMP error that ended a test; NULL without one */
static SidetoneEndpoint *
get_told_by (const SidetoneServiceResult *result)
{
  const SidetoneStunSeen *stun = sidetone_observation_get_stun (result->test);
  const SidetoneRelaySeen *relay = sidetone_observation_get_relay (result->test);

  return stun != NULL ? stun->told_by : relay != NULL ? relay->told_by : NULL;
}

/* A router with a private address is this network's, or near it. */
static gboolean
is_prohibited_here (const SidetoneCallsCheck    *self,
                    const SidetoneServiceResult *result)
{
  SidetoneEndpoint *told_by = get_told_by (result);

  return sidetone_observation_has_error (result->test, SIDETONE_ERROR_UDP_PROHIBITED) &&
         told_by != NULL && !is_public (self, told_by);
}

/* A relay's second socket sends by UDP, whatever the transport to the relay is. */
static gboolean
has_sent_udp (const SidetoneServiceResult *result)
{
  const SidetoneEchoSeen *echo = result->echo != NULL ? sidetone_observation_get_echo (result->echo)
                                 : NULL;

  return echo != NULL && (echo->mapped != NULL || has_come_through (result));
}

static void
note_udp (SidetoneCallsCheck          *self,
          const SidetoneServiceResult *result)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (result->test);

  self->udp_works = self->udp_works || has_sent_udp (result);
  if (!sidetone_service_result_is_over_udp (result))
    return;

  self->udp_is_tested = TRUE;
  self->udp_stops_here = self->udp_stops_here || is_prohibited_here (self, result);
  self->udp_gets_out = self->udp_gets_out ||
                       sidetone_observation_has_error (result->test, SIDETONE_ERROR_UDP_REFUSED);
  self->udp_works = self->udp_works || sidetone_service_result_has_answered (result);
  if (self->mapped == NULL && local != NULL && result->mapped != NULL)
    {
      self->local = local;
      self->mapped = result->mapped;
    }
}

/**
 * sidetone_calls_check_is_server:
 * @self: a check
 * @mapped: (nullable): an address at which a call server saw this computer
 *
 * Returns: whether it is a call server's own address, which a proxy in front of that server shows it
 */
gboolean
sidetone_calls_check_is_server (const SidetoneCallsCheck *self,
                                SidetoneEndpoint         *mapped)
{
  GPtrArray *results = sidetone_evidence_get_results (self->evidence);

  for (guint i = 0; mapped != NULL && i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (result->server != NULL && sidetone_endpoint_equal_address (result->server, mapped))
        return TRUE;
    }

  return FALSE;
}

static gboolean
are_two_addresses (const SidetoneCallsCheck *self,
                   SidetoneEndpoint         *a,
                   SidetoneEndpoint         *b)
{
  return a != NULL && b != NULL && is_public (self, a) && is_public (self, b) &&
         !sidetone_calls_check_is_server (self, a) && !sidetone_calls_check_is_server (self, b) &&
         sidetone_endpoint_get_family (a) == G_SOCKET_FAMILY_IPV4 &&
         sidetone_endpoint_get_family (b) == G_SOCKET_FAMILY_IPV4 &&
         !sidetone_endpoint_equal_address (a, b);
}

/* Two lines to the internet, or a provider's NAT with a pool of addresses (IP address pooling; RFC 4787,
 * section 4.1): what a socket sends to one address and to another one comes from different ones. */
static gboolean
are_views_several (const SidetoneCallsCheck *self,
                   const char *const        *views)
{
  g_autoptr (SidetoneEndpoint) first = NULL;

  for (guint i = 0; views != NULL && views[i] != NULL; i++)
    {
      const char *seen = strstr (views[i], " seen ");
      g_autoptr (SidetoneEndpoint) mapped = seen != NULL
                                            ? sidetone_endpoint_parse (seen + strlen (" seen ")) : NULL;

      if (are_two_addresses (self, first, mapped))
        return TRUE;
      if (first == NULL)
        first = g_steal_pointer (&mapped);
    }

  return FALSE;
}

static void
read_addresses (SidetoneCallsCheck *self)
{
  GPtrArray *nats = sidetone_evidence_get_kind (self->evidence, SIDETONE_OBSERVATION_NAT);
  GPtrArray *results = sidetone_evidence_get_results (self->evidence);

  for (guint i = 0; i < nats->len; i++)
    self->has_several_addresses = self->has_several_addresses ||
                                  are_views_several (self,
                                                     sidetone_observation_get_nat (nats->pdata[i])->views);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      /* Two sockets, and one server */
      if (result->echo != NULL && sidetone_service_result_is_over_udp (result) &&
          are_two_addresses (self, result->mapped,
                             sidetone_observation_get_echo (result->echo)->mapped))
        self->has_several_addresses = TRUE;
    }
}

static guint
count_routers (GPtrArray *routers)
{
  return routers != NULL ? routers->len : 0;
}

static gboolean
has_public_router (const SidetoneCallsCheck *self,
                   GPtrArray                *routers)
{
  for (guint i = 0; i < count_routers (routers); i++)
    {
      if (is_public (self, routers->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* UDP that gets to a router on the internet, and as far as TCP does, is not stopped in this
 * network. UDP that gets less far than TCP, and to no router on the internet, is. TCP that gets to a
 * router on the internet is not stopped here at that port; but if the server takes the connection, and
 * what is said in it stays unanswered, that is no proof. */
static void
read_paths (SidetoneCallsCheck *self)
{
  GPtrArray *paths = sidetone_evidence_get_kind (self->evidence, SIDETONE_OBSERVATION_PATH);

  for (guint i = 0; i < paths->len; i++)
    {
      const SidetonePathSeen *path = sidetone_observation_get_path (paths->pdata[i]);
      gboolean is_shorter = count_routers (path->udp_routers) < count_routers (path->tcp_routers);
      gboolean is_outside = has_public_router (self, path->udp_routers);

      if (path->service == NULL)
        continue;

      if (path->udp_arrived == SIDETONE_TRUTH_YES || (is_outside && !is_shorter))
        self->udp_gets_out = TRUE;
      else if (is_shorter && !is_outside)
        self->udp_stops_here = TRUE;
      if (path->tcp_peer != NULL && path->tcp_arrived != SIDETONE_TRUTH_YES &&
          has_public_router (self, path->tcp_routers))
        self->tcp_port_out = sidetone_endpoint_get_port (path->tcp_peer);
    }
}

/**
 * sidetone_calls_check_read:
 * @evidence: the evidence
 * @check: (out caller-allocates): the result; valid even without a test
 *
 * Judges all results of call servers together.
 */
void
sidetone_calls_check_read (const SidetoneEvidence *evidence,
                           SidetoneCallsCheck     *check)
{
  GPtrArray *results = sidetone_evidence_get_results (evidence);

  *check = (SidetoneCallsCheck) { .evidence = evidence };
  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (!sidetone_calls_check_counts (check, result))
        continue;

      check->is_tested = TRUE;
      check->relay_is_tested = check->relay_is_tested || sidetone_service_is_relay (result->service);
      check->relay_works = check->relay_works || sidetone_service_result_works_as_relay (result);
      note_udp (check, result);
    }

  /* One host without UDP may lack it itself, and hosts without any answer may be down. */
  if (check->udp_is_tested && !check->udp_works)
    check->n_hosts_without_udp = count_hosts_without_udp (check);
  read_paths (check);
  read_addresses (check);
  check->udp_is_unsent = !check->udp_works && is_udp_unsent (check);
  check->udp_stops_here = (check->udp_stops_here && check->udp_is_tested && !check->udp_works) ||
                          check->udp_is_unsent;
  check->udp_is_blocked = check->udp_stops_here ||
                          (check->n_hosts_without_udp > 1 && !check->udp_gets_out);
}

/**
 * sidetone_calls_check_is_hidden:
 * @self: a check
 * @result: one of its results
 *
 * Returns: whether a server on the internet sees this computer at a private address, or at its own,
 *   though the XMPP server sees another, public one: something in front of that server hides it
 */
gboolean
sidetone_calls_check_is_hidden (const SidetoneCallsCheck    *self,
                                const SidetoneServiceResult *result)
{
  const SidetoneAddressCheck *check = sidetone_evidence_get_address_check (self->evidence);

  return check != NULL && is_public (self, check->external) && result->mapped != NULL &&
         result->server != NULL && is_public (self, result->server) &&
         !sidetone_inside_is_own_address (self->evidence, result->server) &&
         (!is_public (self, result->mapped) ||
          sidetone_endpoint_equal_address (result->mapped, result->server));
}

/* If a relay on the internet sees this computer at a private address, and nothing in front of the relay
 * is the reason, this computer is in the relay's own network. */
static gboolean
is_seen_from_inside (const SidetoneCallsCheck    *self,
                     const SidetoneServiceResult *result)
{
  const SidetoneEchoSeen *echo = result->echo != NULL ? sidetone_observation_get_echo (result->echo)
                                 : NULL;
  SidetoneEndpoint *mapped = echo != NULL && echo->mapped != NULL ? echo->mapped : result->mapped;

  return mapped != NULL && is_public (self, result->server) && !is_public (self, mapped);
}

/**
 * sidetone_calls_check_is_inside:
 * @self: a check
 * @result: one of its results
 *
 * Returns: whether the server seems to stand in this computer's own network, and its name leads to
 *   that network's address on the internet: what fails then says nothing about calls from elsewhere
 */
gboolean
sidetone_calls_check_is_inside (const SidetoneCallsCheck    *self,
                                const SidetoneServiceResult *result)
{
  if (result->server == NULL)
    return FALSE;

  return sidetone_inside_is_own_address (self->evidence, result->server) ||
         (is_seen_from_inside (self, result) &&
          !sidetone_calls_check_is_hidden (self, result));
}

/* A STUN server may see the way to the internet even if the address check could not. */
static SidetoneLevel
get_level_of_mapping (const SidetoneCallsCheck *self)
{
  if (self->mapped == NULL || !is_public (self, self->mapped))
    return SIDETONE_LEVEL_UNKNOWN;

  return sidetone_endpoint_equal (self->local, self->mapped) ? SIDETONE_LEVEL_GOOD
         : SIDETONE_LEVEL_LIMITED;
}

/* A relay that works inside its server's network proves nothing about the internet. */
static gboolean
has_public_relay (const SidetoneCallsCheck *self)
{
  GPtrArray *results = sidetone_evidence_get_results (self->evidence);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      if (sidetone_service_result_works_as_relay (result) && result->relayed != NULL &&
          is_public (self, result->relayed))
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_calls_check_get_level:
 * @self: a check
 * @address_level: what the address check by itself allows
 *
 * Returns: the level after the call servers' tests; the rules are in src/core/README.md
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

  /* Not even a STUN server has answered. */
  if (level == SIDETONE_LEVEL_GOOD && self->udp_is_tested && !self->udp_works &&
      !self->udp_gets_out)
    return SIDETONE_LEVEL_LIMITED;
  if (level == SIDETONE_LEVEL_LIMITED && self->relay_works)
    return SIDETONE_LEVEL_RELAY;
  if (level == SIDETONE_LEVEL_UNKNOWN && self->relay_works && has_public_relay (self))
    return SIDETONE_LEVEL_RELAY;

  return level;
}

/**
 * sidetone_calls_check_get_relay:
 * @self: a check
 *
 * Returns: whether a relay works; %SIDETONE_RELAY_UNKNOWN if none was tested
 */
SidetoneRelay
sidetone_calls_check_get_relay (const SidetoneCallsCheck *self)
{
  if (!self->relay_is_tested)
    return SIDETONE_RELAY_UNKNOWN;

  return self->relay_works ? SIDETONE_RELAY_WORKS : SIDETONE_RELAY_BROKEN;
}
