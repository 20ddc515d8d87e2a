/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/calls-check.h"

#include "base/error.h"
#include "seen/echo.h"
#include "seen/stun.h"

#include <math.h>

/* What is wrong with the servers for calls, or with the line to them: a function for each kind of
 * finding, which is shown each result. */

/* More than this each way, and voices break up */
#define MUCH_LOSS 0.02

/* And so much that silence proves nothing */
#define TOO_MUCH_LOSS 0.05

/* More than this there and back, and people talk at the same time (ITU-T G.114 wants 150 ms one way) */
#define LONG_DELAY_US (300 * 1000)

static SidetoneError
get_error (SidetoneObservation *observation)
{
  const GError *error = observation != NULL ? sidetone_observation_get_error (observation) : NULL;

  return error != NULL ? error->code : SIDETONE_ERROR_UNKNOWN;
}

static gboolean
has_trait (SidetoneObservation *observation,
           SidetoneErrorTraits  trait)
{
  return sidetone_error_has_trait (get_error (observation), trait);
}

static const char *
get_host (const SidetoneServiceResult *result)
{
  return sidetone_service_get_host (result->service);
}

static gboolean
is_silent (const SidetoneServiceResult *result)
{
  return sidetone_service_result_is_silent (result);
}

static gboolean
is_over_udp (const SidetoneServiceResult *result)
{
  return sidetone_service_result_is_over_udp (result);
}

static const SidetoneHostEvidence *
get_host_evidence (const SidetoneCallsCheck    *self,
                   const SidetoneServiceResult *result)
{
  return sidetone_evidence_get_host (self->evidence, get_host (result));
}

static gboolean
has_host_answered (const SidetoneCallsCheck    *self,
                   const SidetoneServiceResult *result)
{
  return get_host_evidence (self, result)->has_answered;
}

static gboolean
is_relay (const SidetoneServiceResult *result)
{
  return sidetone_service_is_relay (result->service);
}

static gboolean
has_passed (SidetoneObservation *observation)
{
  return observation != NULL &&
         sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED;
}

static gboolean
has_failed (SidetoneObservation *observation)
{
  return observation != NULL &&
         sidetone_observation_get_state (observation) == SIDETONE_STATE_FAILED;
}

/* One finding of a kind that grows with each result that it is about */
typedef struct
{
  SidetoneFindingKind kind;
  SidetoneServicesFinding *finding;
  GPtrArray *evidence;
  GHashTable *ids;               /* those in evidence */
} Growing;

static void
add_evidence (Growing             *growing,
              SidetoneObservation *observation)
{
  const char *id = observation != NULL ? sidetone_observation_get_id (observation) : NULL;

  /* A pair belongs to two relays */
  if (id != NULL && g_hash_table_add (growing->ids, (gpointer) id))
    g_ptr_array_add (growing->evidence, g_strdup (id));
}

/* The first is the one that the words are about. */
static void
blame (Growing                     *growing,
       const SidetoneServiceResult *result,
       SidetoneObservation         *observation)
{
  if (growing->finding == NULL)
    {
      growing->finding = g_new0 (SidetoneServicesFinding, 1);
      growing->finding->kind = growing->kind;
      growing->finding->host = g_strdup (get_host (result));
      growing->finding->transport = sidetone_service_get_transport (result->service);
      growing->finding->error = get_error (observation);
      growing->evidence = g_ptr_array_new ();
      growing->ids = g_hash_table_new (g_str_hash, g_str_equal);
    }
  add_evidence (growing, observation);
}

typedef void (*Judge) (const SidetoneCallsCheck    *self,
                       const SidetoneServiceResult *result,
                       Growing                     *growing);

static void
judge_blocked_udp (const SidetoneCallsCheck    *self,
                   const SidetoneServiceResult *result,
                   Growing                     *growing)
{
  if (!self->udp_is_blocked)
    return;

  blame (growing, result, result->test);
  growing->finding->number = self->n_silent_hosts;
  growing->finding->relay = sidetone_calls_check_get_relay (self);
}

/* A question by UDP is sent three times. They all get lost now and then where many packets do, and if
 * something else was answered there, they did. */
static gboolean
is_silent_by_chance (const SidetoneCallsCheck    *self,
                     const SidetoneServiceResult *result)
{
  return is_silent (result) && is_over_udp (result) &&
         (sidetone_evidence_get_least_loss (self->evidence) >= TOO_MUCH_LOSS ||
          sidetone_evidence_has_answered_udp (self->evidence, result->server));
}

static void
judge_silence (const SidetoneCallsCheck    *self,
               const SidetoneServiceResult *result,
               Growing                     *growing)
{
  gboolean explained = self->udp_is_blocked && is_over_udp (result);

  explained = explained || is_silent_by_chance (self, result);
  if (is_silent (result) && !explained && !has_host_answered (self, result))
    blame (growing, result, result->test);
}

static void
judge_credentials (const SidetoneCallsCheck    *self,
                   const SidetoneServiceResult *result,
                   Growing                     *growing)
{
  if (has_trait (result->test, SIDETONE_ERROR_IS_CREDENTIALS))
    blame (growing, result, result->test);
}

static void
judge_certificate (const SidetoneCallsCheck    *self,
                   const SidetoneServiceResult *result,
                   Growing                     *growing)
{
  if (has_trait (result->test, SIDETONE_ERROR_IS_CERTIFICATE))
    blame (growing, result, result->test);
}

/* One of several addresses may be the one that does not answer. */
static char *
format_place (const SidetoneServiceResult *result)
{
  g_autofree char *address = sidetone_endpoint_dup_address (result->server);

  if (g_str_equal (address, get_host (result)))
    return g_steal_pointer (&address);

  return g_strdup_printf ("%s (%s)", get_host (result), address);
}

/* Where the network lets little out, that explains it. */
static void
judge_transport (const SidetoneCallsCheck    *self,
                 const SidetoneServiceResult *result,
                 Growing                     *growing)
{
  gboolean is_unreached = is_silent (result) ||
                          get_error (result->test) == SIDETONE_ERROR_TLS_FAILED;

  if (!is_unreached || self->udp_is_blocked || !has_host_answered (self, result) ||
      is_silent_by_chance (self, result))
    return;

  blame (growing, result, result->test);
  if (growing->evidence->len == 1 && result->server != NULL)
    {
      g_free (growing->finding->host);
      growing->finding->host = format_place (result);
    }
}

static gboolean
is_public (const SidetoneCallsCheck *self,
           SidetoneEndpoint         *endpoint)
{
  return sidetone_evidence_is_public (self->evidence, sidetone_endpoint_get_address (endpoint));
}

/* As a relay's host is, so its relayed address has to be; and what comes from it, comes from there. */
static gboolean
is_relayed_wrongly (const SidetoneCallsCheck    *self,
                    const SidetoneServiceResult *result)
{
  SidetoneEndpoint *from = result->echo != NULL
                           ? sidetone_observation_get_echo (result->echo)->source : NULL;

  if (result->relayed == NULL || result->server == NULL)
    return FALSE;

  return (is_public (self, result->server) && !is_public (self, result->relayed)) ||
         (from != NULL && !sidetone_endpoint_equal_address (from, result->relayed));
}

static void
judge_relayed (const SidetoneCallsCheck    *self,
               const SidetoneServiceResult *result,
               Growing                     *growing)
{
  if (!is_relayed_wrongly (self, result))
    return;

  blame (growing, result, result->test);
  add_evidence (growing, result->echo);
}

static void
judge_closed (const SidetoneCallsCheck    *self,
              const SidetoneServiceResult *result,
              Growing                     *growing)
{
  if (has_failed (result->echo) && get_error (result->echo) == SIDETONE_ERROR_RELAY_SILENT &&
      self->udp_works && !is_relayed_wrongly (self, result))
    {
      blame (growing, result, result->echo);
      add_evidence (growing, result->test);
    }
}

static void
judge_rules (const SidetoneCallsCheck    *self,
             const SidetoneServiceResult *result,
             Growing                     *growing)
{
  if (get_error (result->test) == SIDETONE_ERROR_TURN_FORBIDDEN)
    blame (growing, result, result->test);
  else if (get_error (result->echo) == SIDETONE_ERROR_TURN_FORBIDDEN)
    blame (growing, result, result->echo);
}

/* More than one is asked for at a time: that they are not all given is nothing bad. */
static void
judge_capacity (const SidetoneCallsCheck    *self,
                const SidetoneServiceResult *result,
                Growing                     *growing)
{
  if (has_trait (result->test, SIDETONE_ERROR_IS_SHORTAGE) &&
      !get_host_evidence (self, result)->has_allocated)
    blame (growing, result, result->test);
}

static void
judge_oddities (const SidetoneCallsCheck    *self,
                const SidetoneServiceResult *result,
                Growing                     *growing)
{
  SidetoneObservation *odd = has_trait (result->test, SIDETONE_ERROR_IS_ODD) ? result->test
                             : has_trait (result->echo, SIDETONE_ERROR_IS_ODD) ? result->echo : NULL;

  if (odd != NULL && is_relay (result))
    blame (growing, result, odd);
}

static void
judge_stun (const SidetoneCallsCheck    *self,
            const SidetoneServiceResult *result,
            Growing                     *growing)
{
  if (!is_relay (result) && has_trait (result->test, SIDETONE_ERROR_IS_ODD))
    blame (growing, result, result->test);
}

/* Only where the same relay works for a computer beside it, or where that could not be tried */
static void
judge_pair (const SidetoneCallsCheck    *self,
            const SidetoneServiceResult *result,
            Growing                     *growing)
{
  if (has_failed (result->pair) && (has_passed (result->echo) || !self->udp_works))
    {
      blame (growing, result, result->pair);
      add_evidence (growing, result->test);
    }
}

static SidetoneObservation *
get_packets (const SidetoneServiceResult *result)
{
  return has_passed (result->echo) ? result->echo : result->pair;
}

static void
judge_loss (const SidetoneCallsCheck    *self,
            const SidetoneServiceResult *result,
            Growing                     *growing)
{
  double least = sidetone_evidence_get_least_loss (self->evidence);

  if (least < MUCH_LOSS || !has_passed (result->echo) ||
      get_host_evidence (self, result)->loss > least)
    return;

  blame (growing, result, result->echo);
  growing->finding->number = MAX (1, (guint) round (100 * least));
}

/* The smallest size of which nothing arrived while others did; 0 if there is none */
static guint
find_lost_size (SidetoneObservation *echo)
{
  const SidetoneEchoSeen *seen = sidetone_observation_get_echo (echo);

  if (seen->large_sizes == NULL || seen->large_arrived == NULL)
    return 0;

  for (guint i = 0; i < MIN (seen->large_sizes->len, seen->large_arrived->len); i++)
    {
      gint64 size = g_array_index (seen->large_sizes, gint64, i);

      if (g_array_index (seen->large_arrived, gint64, i) == 0 && size > 0 && size <= G_MAXUINT16)
        return size;
    }

  return 0;
}

/* On a line that loses half of all, that large ones are lost says nothing. */
static void
judge_size (const SidetoneCallsCheck    *self,
            const SidetoneServiceResult *result,
            Growing                     *growing)
{
  const double too_much = 0.2;
  guint size;

  if (!sidetone_service_result_works_as_relay (result) || get_packets (result) == NULL ||
      result->loss > too_much)
    return;

  size = find_lost_size (get_packets (result));
  if (size == 0)
    return;

  blame (growing, result, get_packets (result));
  if (growing->finding->number == 0)
    growing->finding->number = size;
}

static void
judge_delay (const SidetoneCallsCheck    *self,
             const SidetoneServiceResult *result,
             Growing                     *growing)
{
  if (result != sidetone_evidence_get_quickest (self->evidence) || result->rtt_us <= LONG_DELAY_US)
    return;

  blame (growing, result, get_packets (result));
  growing->finding->number = result->rtt_us / 1000;
}

static void
judge_rewriting (const SidetoneCallsCheck    *self,
                 const SidetoneServiceResult *result,
                 Growing                     *growing)
{
  const SidetoneStunSeen *stun = sidetone_observation_get_stun (result->test);

  if (stun != NULL && stun->plain != NULL && result->mapped != NULL &&
      !sidetone_endpoint_equal (stun->plain, result->mapped))
    blame (growing, result, result->test);
}

/* In the order of src/core/README.md */
static const struct
{
  SidetoneFindingKind kind;
  Judge judge;
} judges[] = {
  { SIDETONE_FINDING_UDP_BLOCKED, judge_blocked_udp },
  { SIDETONE_FINDING_SERVICE_SILENT, judge_silence },
  { SIDETONE_FINDING_CREDENTIALS_REFUSED, judge_credentials },
  { SIDETONE_FINDING_RELAY_CERTIFICATE, judge_certificate },
  { SIDETONE_FINDING_RELAY_TRANSPORT, judge_transport },
  { SIDETONE_FINDING_RELAY_CLOSED, judge_closed },
  { SIDETONE_FINDING_RELAY_ADDRESS, judge_relayed },
  { SIDETONE_FINDING_RELAY_FORBIDDEN, judge_rules },
  { SIDETONE_FINDING_RELAY_FULL, judge_capacity },
  { SIDETONE_FINDING_RELAY_ERROR, judge_oddities },
  { SIDETONE_FINDING_RELAY_PAIR, judge_pair },
  { SIDETONE_FINDING_PACKETS_LOST, judge_loss },
  { SIDETONE_FINDING_LARGE_PACKETS_LOST, judge_size },
  { SIDETONE_FINDING_LONG_DELAY, judge_delay },
  { SIDETONE_FINDING_ADDRESS_REWRITTEN, judge_rewriting },
  { SIDETONE_FINDING_STUN_ERROR, judge_stun },
};

/**
 * sidetone_calls_check_judge:
 * @self: a check
 *
 * Judges what came of the servers for calls, in the order of src/core/README.md.
 *
 * Returns: (transfer full) (element-type SidetoneServicesFinding): the conclusions; the array frees
 *   them
 */
GPtrArray *
sidetone_calls_check_judge (const SidetoneCallsCheck *self)
{
  GPtrArray *results = sidetone_evidence_get_results (self->evidence);
  GPtrArray *findings = sidetone_services_findings_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (judges); i++)
    {
      Growing growing = { .kind = judges[i].kind };

      for (guint j = 0; j < results->len; j++)
        {
          if (sidetone_calls_check_counts (self, results->pdata[j]))
            judges[i].judge (self, results->pdata[j], &growing);
        }
      if (growing.finding == NULL)
        continue;

      g_hash_table_unref (growing.ids);
      g_ptr_array_add (growing.evidence, NULL);
      growing.finding->evidence = (char **) g_ptr_array_free (growing.evidence, FALSE);
      g_ptr_array_add (findings, growing.finding);
    }

  return findings;
}
