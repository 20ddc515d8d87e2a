/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/comparison-private.h"

#include <math.h>

/* Call servers (STUN, TURN) and the quality of the line in two reports. */

/* Voices break up from a loss of 2 % on. A smaller difference is not heard. */
#define OTHER_LOSS 0.02

/* A check sends some hundred packets, so that a line of 2 % may show 0 or 5 % by chance. Fewer than one in
 * a thousand comparisons of the same line goes beyond this many standard deviations (two-proportion
 * z-test). */
#define OTHER_LOSS_DEVIATIONS 3.3

/* Wi-Fi, a busy computer or another way through the internet makes some ten milliseconds. ITU-T G.114 counts
 * 150 ms one way as unnoticed: a sixth of that more, both ways, and half of the round trip as well, is
 * another line. */
#define OTHER_DELAY_MS 50
#define OTHER_DELAY_SHARE 0.5

/* A service at all addresses of its host */
typedef struct
{
  const SidetoneServiceResult *result;  /* the first one */
  guint n_passed;
  guint n_failed;
} Service;

static char *
make_key (const SidetoneService *service)
{
  return g_strdup_printf ("%d %d %s", sidetone_service_is_relay (service),
                          sidetone_service_get_transport (service),
                          sidetone_service_get_host (service));
}

/* Services by their key. Those at hidden addresses can't be told apart. */
static GHashTable *
collect (const SidetoneComparison *self,
         const SidetoneReport     *report,
         GPtrArray                *keys)
{
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  GPtrArray *results = sidetone_evidence_get_results (sidetone_diagnosis_get_evidence (diagnosis));
  GHashTable *services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];
      g_autoptr (SidetoneEndpoint) literal = sidetone_service_dup_literal (result->service);
      g_autofree char *key = NULL;
      Service *service;

      if (literal != NULL && (self->traits & SIDETONE_COMPARISON_HIDDEN) != 0)
        continue;

      key = make_key (result->service);
      service = g_hash_table_lookup (services, key);
      if (service == NULL)
        {
          service = g_new0 (Service, 1);
          service->result = result;
          g_ptr_array_add (keys, g_strdup (key));
          g_hash_table_insert (services, g_steal_pointer (&key), service);
        }
      service->n_passed += result->state == SIDETONE_STATE_PASSED;
      service->n_failed += result->state == SIDETONE_STATE_FAILED;
    }

  return services;
}

/* An address that was left out, such as one of IPv6 in a network without it, says nothing. */
static SidetoneOutcome
get_outcome (const Service        *service,
             const SidetoneReport *report)
{
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);

  if (service == NULL)
    return sidetone_evidence_knows_all_services (sidetone_diagnosis_get_evidence (diagnosis))
           ? SIDETONE_OUTCOME_NOT_OFFERED : SIDETONE_OUTCOME_UNKNOWN;
  if (service->n_passed > 0)
    return service->n_failed > 0 ? SIDETONE_OUTCOME_PARTLY : SIDETONE_OUTCOME_WORKS;

  return service->n_failed > 0 ? SIDETONE_OUTCOME_FAILS : SIDETONE_OUTCOME_UNKNOWN;
}

/* Whether the services' tests were made at all */
static gboolean
has_tests (GHashTable *services)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, services);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Service *service = value;

      if (service->n_passed + service->n_failed > 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_comparison_add_services:
 * @self: a comparison with its traits
 *
 * Adds the call servers that work in only one of the reports.
 */
void
sidetone_comparison_add_services (SidetoneComparison *self)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) before = collect (self, self->before, keys);
  g_autoptr (GHashTable) after = collect (self, self->after, keys);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!has_tests (before) || !has_tests (after))
    return;

  for (guint i = 0; i < keys->len; i++)
    {
      const Service *then = g_hash_table_lookup (before, keys->pdata[i]);
      const Service *now = g_hash_table_lookup (after, keys->pdata[i]);
      SidetoneOutcome was = get_outcome (then, self->before);
      SidetoneOutcome is = get_outcome (now, self->after);
      SidetoneDifference *difference;

      if (!g_hash_table_add (seen, keys->pdata[i]) || was == is || was == SIDETONE_OUTCOME_UNKNOWN ||
          is == SIDETONE_OUTCOME_UNKNOWN)
        continue;

      difference = sidetone_comparison_add (self, SIDETONE_DIFFERENCE_SERVICE);
      difference->before.value = was;
      difference->after.value = is;
      difference->service = now != NULL ? now->result : then->result;
    }
}

/* The packets to the relay host with the least loss: this computer's line loses no more. */
typedef struct
{
  double loss;
  guint n_sent;
  guint n_arrived;
} Packets;

static Packets
count_packets (const SidetoneEvidence *evidence)
{
  GPtrArray *results = sidetone_evidence_get_results (evidence);
  Packets packets = { .loss = sidetone_evidence_get_least_loss (evidence) };
  const char *best = NULL;

  for (guint i = 0; packets.loss >= 0 && i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];
      const char *host = sidetone_service_get_host (result->service);

      if (best == NULL && sidetone_evidence_get_host (evidence, host)->loss <= packets.loss &&
          sidetone_evidence_get_host (evidence, host)->loss >= 0)
        best = host;
      if (best == NULL || !g_str_equal (host, best) || result->loss < 0)
        continue;

      packets.n_sent += result->n_sent;
      packets.n_arrived += result->n_arrived;
    }

  return packets;
}

static gboolean
is_other_loss (const Packets *before,
               const Packets *after)
{
  double n_sent = before->n_sent;
  double n_sent_then = after->n_sent;
  double lost;
  double lost_then;
  double all;

  if (before->n_sent == 0 || after->n_sent == 0 ||
      fabs (before->loss - after->loss) < OTHER_LOSS)
    return FALSE;

  lost = (n_sent - before->n_arrived) / n_sent;
  lost_then = (n_sent_then - after->n_arrived) / n_sent_then;
  all = (lost * n_sent + lost_then * n_sent_then) / (n_sent + n_sent_then);

  return fabs (lost - lost_then) >
         OTHER_LOSS_DEVIATIONS *sqrt (all *(1 - all) *(1 / n_sent + 1 / n_sent_then));
}

static double
get_delay_ms (const SidetoneEvidence *evidence)
{
  const SidetoneServiceResult *quickest = sidetone_evidence_get_quickest (evidence);

  return quickest != NULL ? quickest->rtt_us / 1000.0 : -1;
}

/**
 * sidetone_comparison_add_quality:
 * @self: a comparison
 *
 * Adds the packet loss and the round trip, if the line is another one.
 */
void
sidetone_comparison_add_quality (SidetoneComparison *self)
{
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (self->before);
  SidetoneDiagnosis *other = sidetone_report_get_diagnosis (self->after);
  const SidetoneEvidence *before = sidetone_diagnosis_get_evidence (diagnosis);
  const SidetoneEvidence *after = sidetone_diagnosis_get_evidence (other);
  Packets then = count_packets (before);
  Packets now = count_packets (after);
  double delay = get_delay_ms (before);
  double other_delay = get_delay_ms (after);
  double more = fabs (delay - other_delay);
  SidetoneDifference *difference;

  if (is_other_loss (&then, &now))
    {
      difference = sidetone_comparison_add (self, SIDETONE_DIFFERENCE_LOSS);
      difference->before.figure = then.loss;
      difference->after.figure = now.loss;
    }

  if (delay >= 0 && other_delay >= 0 && more >= OTHER_DELAY_MS &&
      more >= OTHER_DELAY_SHARE * MIN (delay, other_delay))
    {
      difference = sidetone_comparison_add (self, SIDETONE_DIFFERENCE_DELAY);
      difference->before.figure = delay;
      difference->after.figure = other_delay;
    }
}
