/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What the rules' functions (judge/...-rules.c) fill in, and how one of them is asked. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/verdict.h"

/**
 * sidetone_verdict_reach:
 * @self: a verdict that says nothing yet
 * @rule: a rule
 * @judged: its input
 *
 * Asks @rule.
 *
 * Returns: %TRUE if the finding applies; @self has its facts and evidence
 */
gboolean
sidetone_verdict_reach (SidetoneVerdict    *self,
                        const SidetoneRule *rule,
                        const SidetoneCase *judged)
{
  GPtrArray *results = sidetone_evidence_get_results (judged->evidence);

  if (rule->judge != NULL)
    return rule->judge (judged, self);
  if (rule->judge_result == NULL)
    return FALSE;

  for (guint i = 0; i < results->len; i++)
    {
      if (sidetone_calls_check_counts (&judged->calls, results->pdata[i]))
        rule->judge_result (judged, results->pdata[i], self);
    }

  return self->ids != NULL;
}

/**
 * sidetone_verdict_add_id:
 * @self: a verdict
 * @id: the ID of an observation that proves it, which lives as long as the evidence
 *
 * Adds a proof, if it is not there yet.
 */
void
sidetone_verdict_add_id (SidetoneVerdict *self,
                         const char      *id)
{
  if (self->ids == NULL)
    {
      self->ids = g_ptr_array_new ();
      self->known = g_hash_table_new (g_str_hash, g_str_equal);
    }

  if (g_hash_table_add (self->known, (gpointer) id))
    g_ptr_array_add (self->ids, (gpointer) id);
}

/**
 * sidetone_verdict_add:
 * @self: a verdict
 * @observation: (nullable): an observation that proves it
 *
 * Adds a proof, if there is one and it is not there yet.
 */
void
sidetone_verdict_add (SidetoneVerdict     *self,
                      SidetoneObservation *observation)
{
  if (observation != NULL)
    sidetone_verdict_add_id (self, sidetone_observation_get_id (observation));
}

/**
 * sidetone_verdict_blame:
 * @self: a verdict
 * @result: a call server's result
 * @observation: (nullable): an observation that proves it
 *
 * Adds a proof. The finding's words name the first server.
 */
void
sidetone_verdict_blame (SidetoneVerdict             *self,
                        const SidetoneServiceResult *result,
                        SidetoneObservation         *observation)
{
  const GError *error = observation != NULL ? sidetone_observation_get_error (observation) : NULL;

  if (self->ids == NULL)
    {
      self->facts.host = sidetone_service_get_host (result->service);
      self->facts.result = result;
      self->facts.transport = sidetone_service_get_transport (result->service);
      self->facts.error = error != NULL ? error->code : SIDETONE_ERROR_UNKNOWN;
    }
  sidetone_verdict_add (self, observation);
}

/**
 * sidetone_verdict_take_host:
 * @self: a verdict
 * @host: (transfer full): the server
 *
 * Sets the facts' host to a text that @self owns.
 */
void
sidetone_verdict_take_host (SidetoneVerdict *self,
                            char            *host)
{
  g_free (self->host);
  self->host = host;
  self->facts.host = host;
}

/**
 * sidetone_verdict_clear:
 * @self: a verdict
 *
 * Frees its members.
 */
void
sidetone_verdict_clear (SidetoneVerdict *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->host, g_free);
}
