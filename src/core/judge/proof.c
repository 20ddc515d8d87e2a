/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What the rules' functions (judge/...-rules.c) fill in, and how one of them is asked. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/proof.h"

/**
 * sidetone_proof_reach:
 * @self: a proof of nothing yet
 * @rule: a rule
 * @judged: its input
 *
 * Asks @rule.
 *
 * Returns: %TRUE if the finding applies; @self has its facts and evidence
 */
gboolean
sidetone_proof_reach (SidetoneProof      *self,
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
 * sidetone_proof_add_id:
 * @self: a proof
 * @id: the ID of an observation that proves it, which lives as long as the evidence
 *
 * Adds its ID, if it is not there yet.
 */
void
sidetone_proof_add_id (SidetoneProof *self,
                       const char    *id)
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
 * sidetone_proof_add:
 * @self: a proof
 * @observation: (nullable): an observation that proves it
 *
 * Adds its ID, if there is one and it is not there yet.
 */
void
sidetone_proof_add (SidetoneProof       *self,
                    SidetoneObservation *observation)
{
  if (observation != NULL)
    sidetone_proof_add_id (self, sidetone_observation_get_id (observation));
}

/**
 * sidetone_proof_blame:
 * @self: a proof
 * @result: a call server's result
 * @observation: (nullable): an observation that proves it
 *
 * Adds its ID. The finding's words name the first server.
 */
void
sidetone_proof_blame (SidetoneProof               *self,
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
  sidetone_proof_add (self, observation);
}

/**
 * sidetone_proof_take_host:
 * @self: a proof
 * @host: (transfer full): the server
 *
 * Sets the facts' host to a text that @self owns.
 */
void
sidetone_proof_take_host (SidetoneProof *self,
                          char          *host)
{
  g_free (self->host);
  self->host = host;
  self->facts.host = host;
}

/**
 * sidetone_proof_take_certificate_for:
 * @self: a proof
 * @names: (transfer full): the names of a certificate with another name
 *
 * Sets the facts' names to a text that @self owns.
 */
void
sidetone_proof_take_certificate_for (SidetoneProof *self,
                                     char          *names)
{
  g_free (self->certificate_for);
  self->certificate_for = names;
  self->facts.certificate_for = names;
}

/**
 * sidetone_proof_clear:
 * @self: a proof
 *
 * Frees its members.
 */
void
sidetone_proof_clear (SidetoneProof *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->certificate_for, g_free);
}
