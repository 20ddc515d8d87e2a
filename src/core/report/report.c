/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/report-private.h"

#include "base/text.h"
#include "words/describe-private.h"

/**
 * SidetoneReport:
 *
 * A saved check: all observations, and what is needed to judge them again. The judgement is not
 * saved but made anew, so that an old report profits from a newer Sidetone. Immutable and
 * reference-counted.
 */

G_DEFINE_BOXED_TYPE (SidetoneReport, sidetone_report, sidetone_report_ref, sidetone_report_unref)

static void
add_endpoint (SidetoneReport   *self,
              SidetoneEndpoint *endpoint)
{
  if (endpoint != NULL)
    sidetone_aliases_add (self->aliases, sidetone_endpoint_get_address (endpoint));
}

static void
add_details (SidetoneReport      *self,
             SidetoneObservation *observation)
{
  g_autoptr (GVariant) details = sidetone_observation_dup_details (observation);
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, details);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    {
      g_autofree const char **texts = NULL;

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        sidetone_aliases_add_text (self->aliases, g_variant_get_string (value, NULL));
      else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
        texts = g_variant_get_strv (value, NULL);

      for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
        sidetone_aliases_add_text (self->aliases, texts[i]);
    }
}

/* This computer's two addresses, which users ask for, are the first; then each as it occurs. */
static void
name_addresses (SidetoneReport *self)
{
  GListModel *observations = G_LIST_MODEL (self->observations);

  add_endpoint (self, sidetone_diagnosis_get_local (self->diagnosis));
  add_endpoint (self, sidetone_diagnosis_get_external (self->diagnosis));
  if (self->domain != NULL)
    sidetone_aliases_add_text (self->aliases, self->domain);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      add_endpoint (self, sidetone_observation_get_local (observation));
      add_endpoint (self, sidetone_observation_get_seen (observation));
      add_details (self, observation);
    }
}

/* Like sidetone_report_new(), for a check by another version, and for a redacted report */
SidetoneReport *
sidetone_report_new_with_version (const char      *jid,
                                  const char      *domain,
                                  GDateTime       *created,
                                  const char      *app_version,
                                  const char      *strophe_version,
                                  const char      *os,
                                  SidetoneApp      app,
                                  SidetoneAliases *aliases,
                                  GListModel      *observations)
{
  SidetoneReport *self = g_new0 (SidetoneReport, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->jid = g_strdup (jid);
  self->domain = g_strdup (domain);
  self->created = g_date_time_to_utc (created);
  self->app_version = g_strdup (app_version);
  self->strophe_version = g_strdup (strophe_version);
  self->os = g_strdup (os);
  self->aliases = aliases != NULL ? sidetone_aliases_ref (aliases) : NULL;
  self->observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      g_list_store_append (self->observations, observation);
    }

  self->diagnosis = sidetone_diagnose_for_app (G_LIST_MODEL (self->observations), domain, app);
  if (aliases != NULL)
    name_addresses (self);

  return self;
}

/**
 * sidetone_report_new:
 * @jid: (nullable): the account
 * @domain: (nullable): its server
 * @created: when the check began
 * @strophe_version: (nullable): the version of libstrophe
 * @os: (nullable): the name of the operating system
 * @observations: a list of #SidetoneObservation; its current items are kept
 *
 * Makes a check's report and judges it.
 *
 * Returns: (transfer full): the report
 */
SidetoneReport *
sidetone_report_new (const char *jid,
                     const char *domain,
                     GDateTime  *created,
                     const char *strophe_version,
                     const char *os,
                     GListModel *observations)
{
  g_return_val_if_fail (created != NULL, NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (observations), NULL);

  return sidetone_report_new_with_version (jid, domain, created, SIDETONE_VERSION, strophe_version,
                                           os, SIDETONE_APP_UNKNOWN, NULL, observations);
}

/**
 * sidetone_report_new_for_app:
 * @self: a report
 * @app: the app that the person calls with
 *
 * Makes a copy that is judged for that app.
 *
 * Returns: (transfer full): the copy, or @self if it is that already
 */
SidetoneReport *
sidetone_report_new_for_app (SidetoneReport *self,
                             SidetoneApp     app)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (sidetone_report_get_app (self) == app)
    return sidetone_report_ref (self);

  return sidetone_report_new_with_version (self->jid, self->domain, self->created, self->app_version,
                                           self->strophe_version, self->os, app, self->aliases,
                                           G_LIST_MODEL (self->observations));
}

/**
 * sidetone_report_get_app:
 * @self: a report
 *
 * Returns: the app that the person calls with, if it was said
 */
SidetoneApp
sidetone_report_get_app (const SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_APP_UNKNOWN);

  return sidetone_diagnosis_get_app (self->diagnosis);
}

/**
 * sidetone_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): @self
 */
SidetoneReport *
sidetone_report_ref (SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_report_unref:
 * @self: (transfer full): a report
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_report_unref (SidetoneReport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->jid);
  g_free (self->domain);
  g_date_time_unref (self->created);
  g_free (self->app_version);
  g_free (self->strophe_version);
  g_free (self->os);
  g_clear_pointer (&self->aliases, sidetone_aliases_unref);
  g_object_unref (self->observations);
  sidetone_diagnosis_unref (self->diagnosis);
  g_free (self);
}

/**
 * sidetone_report_get_jid:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): the account, %NULL if the report is redacted
 */
const char *
sidetone_report_get_jid (const SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->jid;
}

/**
 * sidetone_report_get_domain:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): the account's server
 */
const char *
sidetone_report_get_domain (const SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->domain;
}

/**
 * sidetone_report_is_redacted:
 * @self: a report
 *
 * Returns: whether private details are hidden in it: the account, and all addresses
 */
gboolean
sidetone_report_is_redacted (const SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->aliases != NULL;
}

/**
 * sidetone_report_dup_account:
 * @self: a report
 *
 * Returns: (transfer full) (nullable): the account, or its server in a report without one; safe to show
 */
char *
sidetone_report_dup_account (const SidetoneReport *self)
{
  const char *name;
  g_autofree char *safe = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  name = self->jid != NULL ? self->jid : self->domain;
  if (name == NULL)
    return NULL;

  safe = sidetone_text_make_safe (name, SIDETONE_TEXT_MAX_CHARS);

  return sidetone_describe_hidden (self->aliases, g_steal_pointer (&safe));
}

/**
 * sidetone_report_get_created:
 * @self: a report
 *
 * Returns: (transfer none): when the check began, in UTC
 */
GDateTime *
sidetone_report_get_created (const SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->created;
}

/**
 * sidetone_report_get_observations:
 * @self: a report
 *
 * Returns: (transfer none): a list of #SidetoneObservation
 */
GListModel *
sidetone_report_get_observations (const SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return G_LIST_MODEL (self->observations);
}

/**
 * sidetone_report_get_diagnosis:
 * @self: a report
 *
 * Returns: (transfer none): this Sidetone's judgement of the observations
 */
SidetoneDiagnosis *
sidetone_report_get_diagnosis (const SidetoneReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->diagnosis;
}
