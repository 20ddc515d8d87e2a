/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/service-result.h"

#include "base/error.h"
#include "seen/ping.h"
#include "seen/relay.h"
#include "seen/stun.h"

#include <math.h>

/* The result of one announced service at one address: the STUN or TURN transaction, and the packets
 * through the relay. */

G_DEFINE_BOXED_TYPE (SidetoneServiceResult, sidetone_service_result, sidetone_service_result_ref,
                     sidetone_service_result_unref)

static void
clear (SidetoneServiceResult *self)
{
  g_clear_pointer (&self->service, sidetone_service_unref);
  g_clear_pointer (&self->server, sidetone_endpoint_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->mapped, sidetone_endpoint_unref);
  g_clear_pointer (&self->relayed, sidetone_endpoint_unref);
  g_clear_pointer (&self->router_trips, g_array_unref);
  g_clear_object (&self->test);
  g_clear_object (&self->echo);
  g_clear_object (&self->pair);
}

static gboolean
has_state (SidetoneObservation *observation,
           SidetoneState        state)
{
  return observation != NULL && sidetone_observation_get_state (observation) == state;
}

static void
set_error (SidetoneServiceResult *self,
           SidetoneObservation   *observation)
{
  const GError *error = sidetone_observation_get_error (observation);

  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

/* Echoes by their relay: its ID -> an observation, which owns that text. And the nearest router's
 * answers meanwhile, lent; NULL without any */
typedef struct
{
  GHashTable *echoes;
  GHashTable *pairs;
  SidetoneObservation *router;
} Packets;

/* The first observation counts. */
static void
add_packets (GHashTable          *table,
             const char          *relay,
             SidetoneObservation *observation)
{
  if (relay != NULL && !g_hash_table_contains (table, relay))
    g_hash_table_insert (table, (gpointer) relay, g_object_ref (observation));
}

/* Indexed, because a report may have thousands of observations. */
static void
collect_packets (Packets   *packets,
                 GPtrArray *observations)
{
  packets->echoes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  packets->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  packets->router = NULL;

  for (guint i = 0; i < observations->len; i++)
    {
      SidetoneObservation *echo = observations->pdata[i];
      const SidetonePingSeen *ping = sidetone_observation_get_ping (echo);
      const char *relay;
      const char *other;

      if (ping != NULL && ping->whose == SIDETONE_PINGED_ROUTER && ping->trips != NULL)
        packets->router = echo;
      if (sidetone_observation_get_kind (echo) != SIDETONE_OBSERVATION_ECHO)
        continue;

      relay = sidetone_observation_get_echo (echo)->relay;
      other = sidetone_observation_get_echo (echo)->other_relay;
      add_packets (other != NULL ? packets->pairs : packets->echoes, relay, echo);
      if (other != NULL)
        add_packets (packets->pairs, other, echo);
    }
}

static void
clear_packets (Packets *packets)
{
  g_hash_table_unref (packets->echoes);
  g_hash_table_unref (packets->pairs);
}

static SidetoneObservation *
dup_packets (GHashTable          *table,
             SidetoneObservation *relay)
{
  SidetoneObservation *found = g_hash_table_lookup (table, sidetone_observation_get_id (relay));

  return found != NULL ? g_object_ref (found) : NULL;
}

/* Returns: @n, or @fallback if @n is not known */
static gint64
get_or (gint64 n,
        gint64 fallback)
{
  return n != SIDETONE_NOT_SEEN ? n : fallback;
}

/* A trip crosses this computer's line twice, out and in, and is lost if either crossing is: with a
 * loss of p each way, 1 - (1 - p)². Over TCP or TLS, packets to a relay are only late, not lost:
 * that leaves one crossing. */
static double
estimate_loss (const SidetoneServiceResult *self)
{
  double arrived;

  if (self->n_sent == 0 || self->n_arrived > self->n_sent)
    return -1;

  arrived = (double) self->n_arrived / self->n_sent;

  return 1 - (sidetone_service_result_is_over_udp (self) ? sqrt (arrived) : arrived);
}

/* The pings in the time of an echo's packets, the first of which leaves after a round trip, once the
 * relay has permitted it */
static GArray *
dup_router_trips (SidetoneObservation *router,
                  SidetoneObservation *echo)
{
  const SidetoneEchoSeen *seen = sidetone_observation_get_echo (echo);
  GArray *all = sidetone_observation_get_ping (router)->trips;
  double start_ms = (sidetone_observation_get_start_us (echo) / 1000.0 -
                     sidetone_observation_get_start_us (router) / 1000.0) +
                    MAX (seen->rtt_us, 0) / 1000.0;
  guint first = CLAMP (start_ms / SIDETONE_PING_INTERVAL, 0, all->len);
  guint n = MIN (seen->trips->len * SIDETONE_ECHO_INTERVAL / SIDETONE_PING_INTERVAL,
                 all->len - first);
  GArray *trips;

  if (n == 0)
    return NULL;

  trips = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  g_array_append_vals (trips, &g_array_index (all, gint64, first), n);

  return trips;
}

static void
take_figures (SidetoneServiceResult *self,
              SidetoneObservation   *echo,
              const Packets         *packets)
{
  const SidetoneEchoSeen *seen = sidetone_observation_get_echo (echo);

  self->packets = seen;
  self->n_sent = get_or (seen->there_sent, 0) + get_or (seen->back_sent, 0);
  self->n_arrived = get_or (seen->there_arrived, 0) + get_or (seen->back_arrived, 0);
  /* An end is no loss. */
  self->loss = sidetone_echo_has_ended (seen) ? -1 : estimate_loss (self);
  self->rtt_us = get_or (seen->rtt_us, -1);
  if (packets->router != NULL && seen->trips != NULL)
    self->router_trips = dup_router_trips (packets->router, echo);
}

/* The result is open until packets were sent. If the second socket has a reflexive address, UDP
 * gets out of here: then packets that pass between two relays do not excuse the missing ones from
 * that socket. */
static void
judge_relay (SidetoneServiceResult *self,
             const Packets         *packets)
{
  gboolean udp_works;

  self->echo = dup_packets (packets->echoes, self->test);
  self->pair = dup_packets (packets->pairs, self->test);
  udp_works = self->echo != NULL && sidetone_observation_get_echo (self->echo)->mapped != NULL;

  if (has_state (self->echo, SIDETONE_STATE_PASSED))
    {
      self->state = SIDETONE_STATE_PASSED;
      take_figures (self, self->echo, packets);
    }
  else if (has_state (self->pair, SIDETONE_STATE_PASSED) && !udp_works)
    {
      self->state = SIDETONE_STATE_PASSED;
      take_figures (self, self->pair, packets);
    }
  else if (self->echo != NULL || self->pair != NULL)
    {
      self->state = SIDETONE_STATE_FAILED;
      set_error (self, self->echo != NULL ? self->echo : self->pair);
    }
  else
    {
      self->state = SIDETONE_STATE_UNKNOWN;
    }
}

static SidetoneServiceResult *
result_new (SidetoneObservation *test,
            SidetoneService     *service,
            const Packets       *packets)
{
  SidetoneServiceResult *self = g_atomic_rc_box_new0 (SidetoneServiceResult);
  const SidetoneStunSeen *stun = sidetone_observation_get_stun (test);
  const SidetoneRelaySeen *relay = sidetone_observation_get_relay (test);
  SidetoneEndpoint *mapped = sidetone_observation_get_seen (test);
  SidetoneEndpoint *server = stun != NULL ? stun->peer : relay->peer;

  self->test = g_object_ref (test);
  self->service = sidetone_service_ref (service);
  self->server = server != NULL ? sidetone_endpoint_ref (server) : NULL;
  self->state = sidetone_observation_get_state (test);
  self->reason = sidetone_observation_get_relay (test) != NULL
                 ? sidetone_observation_get_relay (test)->reason
                 : sidetone_observation_get_stun (test)->reason;
  self->mapped = mapped != NULL ? sidetone_endpoint_ref (mapped) : NULL;
  if (relay != NULL && relay->relayed != NULL)
    self->relayed = sidetone_endpoint_ref (relay->relayed);
  self->loss = -1;
  self->rtt_us = get_or (stun != NULL ? stun->rtt_us : relay->rtt_us, -1);
  set_error (self, test);

  if (sidetone_observation_get_kind (test) == SIDETONE_OBSERVATION_RELAY &&
      self->state == SIDETONE_STATE_PASSED)
    judge_relay (self, packets);

  return self;
}

/**
 * sidetone_service_results_collect:
 * @observations: (element-type SidetoneObservation): a check's observations
 *
 * Collects the result of each announced service at each of its addresses.
 *
 * Returns: (transfer full) (element-type SidetoneServiceResult): the results in the order of their
 *   tests; the array frees them
 */
GPtrArray *
sidetone_service_results_collect (GPtrArray *observations)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (
    (GDestroyNotify) sidetone_service_result_unref);
  Packets packets;

  collect_packets (&packets, observations);
  for (guint i = 0; i < observations->len; i++)
    {
      const SidetoneStunSeen *stun = sidetone_observation_get_stun (observations->pdata[i]);
      const SidetoneRelaySeen *relay = sidetone_observation_get_relay (observations->pdata[i]);
      SidetoneService *service = stun != NULL ? stun->service
                                 : relay != NULL ? relay->service : NULL;

      if (service != NULL)
        g_ptr_array_add (results, result_new (observations->pdata[i], service, &packets));
    }
  clear_packets (&packets);

  return results;
}

/**
 * sidetone_service_result_ref:
 * @self: a result
 *
 * Returns: (transfer full): @self
 */
SidetoneServiceResult *
sidetone_service_result_ref (SidetoneServiceResult *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * sidetone_service_result_unref:
 * @self: (transfer full): a result
 */
void
sidetone_service_result_unref (SidetoneServiceResult *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/**
 * sidetone_service_result_is_over_ipv6:
 * @self: a result
 *
 * Returns: whether it was tested at an IPv6 address
 */
gboolean
sidetone_service_result_is_over_ipv6 (const SidetoneServiceResult *self)
{
  return self->server != NULL &&
         sidetone_endpoint_get_family (self->server) == G_SOCKET_FAMILY_IPV6;
}

/**
 * sidetone_service_result_is_over_udp:
 * @self: a result
 *
 * Returns: whether this computer reaches that service by UDP
 */
gboolean
sidetone_service_result_is_over_udp (const SidetoneServiceResult *self)
{
  return sidetone_service_get_transport (self->service) == SIDETONE_TRANSPORT_UDP;
}

/**
 * sidetone_service_result_works_as_relay:
 * @self: a result
 *
 * Returns: whether packets came through its relay
 */
gboolean
sidetone_service_result_works_as_relay (const SidetoneServiceResult *self)
{
  return sidetone_observation_get_kind (self->test) == SIDETONE_OBSERVATION_RELAY &&
         sidetone_service_is_relay (self->service) && self->state == SIDETONE_STATE_PASSED;
}

/**
 * sidetone_service_result_get_packets:
 * @self: a result
 *
 * Returns: (transfer none) (nullable): if it works as a relay, the observation of the packets that
 *   its figures are about: those from a second socket, or those between two relays
 */
SidetoneObservation *
sidetone_service_result_get_packets (const SidetoneServiceResult *self)
{
  if (!sidetone_service_result_works_as_relay (self))
    return NULL;

  return has_state (self->echo, SIDETONE_STATE_PASSED) ? self->echo : self->pair;
}

/**
 * sidetone_service_result_is_made:
 * @self: a result
 *
 * Returns: whether a test was made and is over
 */
gboolean
sidetone_service_result_is_made (const SidetoneServiceResult *self)
{
  return has_state (self->test, SIDETONE_STATE_PASSED) ||
         has_state (self->test, SIDETONE_STATE_FAILED);
}

/**
 * sidetone_service_result_is_silent:
 * @self: a result
 *
 * Returns: whether no answer came; a refusal may come from a firewall
 */
gboolean
sidetone_service_result_is_silent (const SidetoneServiceResult *self)
{
  const GError *error = sidetone_observation_get_error (self->test);

  return error != NULL && sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_SILENCE);
}

/**
 * sidetone_service_result_has_answered:
 * @self: a result
 *
 * Returns: whether the server answered, even with a refusal of its own
 */
gboolean
sidetone_service_result_has_answered (const SidetoneServiceResult *self)
{
  return sidetone_service_result_is_made (self) && !sidetone_service_result_is_silent (self);
}
