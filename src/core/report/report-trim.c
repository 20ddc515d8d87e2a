/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/report-trim.h"

#include "report/report-private.h"

#include "base/error.h"

/* A report that is kept on this computer (data minimization): without free text from servers and the
* system, which may contain anything. Its account and addresses stay, unlike in a redacted report. */

/* Fields that a newer version has are not kept. */
static GVariant *
trim_details (SidetoneObservation *observation)
{
  SidetoneObservationKind kind = sidetone_observation_get_kind (observation);
  const SidetoneFieldTable *table = sidetone_observation_kind_get_table (kind);
  gconstpointer seen = sidetone_observation_get_seen_as (observation, kind);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (guint i = 0; table != NULL && i < table->n_fields; i++)
    {
      const SidetoneField *field = &table->fields[i];
      g_autoptr (GVariant) value = NULL;

      if (field->key == NULL || field->redaction == SIDETONE_REDACT_GONE)
        continue;

      value = sidetone_field_write (field, seen);
      if (value == NULL)
        continue;

      g_variant_ref_sink (value);
      g_variant_builder_add (&builder, "{sv}", field->key, value);
    }

  return g_variant_builder_end (&builder);
}

static SidetoneObservation *
trim_observation (SidetoneObservation *observation)
{
  const GError *met = sidetone_observation_get_error (observation);
  g_autoptr (GError) error = NULL;

  if (met != NULL)
    error = g_error_new_literal (SIDETONE_ERROR, met->code, sidetone_error_to_code (met->code));

  return sidetone_observation_new (&(SidetoneObservationFields) {
    .id = sidetone_observation_get_id (observation),
    .kind = sidetone_observation_get_kind (observation),
    .vantage = sidetone_observation_get_vantage (observation),
    .state = sidetone_observation_get_state (observation),
    .local = sidetone_observation_get_local (observation),
    .seen = sidetone_observation_get_seen (observation),
    .error = error,
    .start_us = sidetone_observation_get_start_us (observation),
    .duration_us = sidetone_observation_get_duration_us (observation),
    .details = trim_details (observation),
    .aliases = sidetone_observation_get_aliases (observation),
  });
}

/**
 * sidetone_report_new_trimmed:
 * @self: a report
 *
 * Makes a copy without free text from servers and the system. It gets the original's judgement.
 *
 * Returns: (transfer full): the copy
 */
SidetoneReport *
sidetone_report_new_trimmed (const SidetoneReport *self)
{
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->observations)); i++)
    {
      g_autoptr (SidetoneObservation) observation = NULL;
      g_autoptr (SidetoneObservation) trimmed = NULL;

      observation = g_list_model_get_item (G_LIST_MODEL (self->observations), i);
      trimmed = trim_observation (observation);
      g_list_store_append (observations, trimmed);
    }

  return sidetone_report_new_with_version (self->jid, self->domain, self->created, self->app_version,
                                           self->strophe_version, self->os,
                                           sidetone_report_get_app (self), self->aliases,
                                           G_LIST_MODEL (observations));
}
