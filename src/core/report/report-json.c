/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/report-private.h"

#include <string.h>

#include "address/address-scope.h"
#include "base/error.h"
#include "base/json-writer.h"
#include "base/nick.h"
#include "judge/rules.h"
#include "judge/verdict.h"
#include "seen/service-result.h"
#include "words/describe.h"

/* Member names are API: none is ever removed. report/report-read.c reads them. */

static void
add_nick (SidetoneJsonWriter *writer,
          const char         *member,
          GType               type,
          int                 value)
{
  sidetone_json_writer_add_string (writer, member, sidetone_nick_get (type, value));
}

/* An unknown value is null. */
static void
add_known (SidetoneJsonWriter *writer,
           const char         *member,
           GType               type,
           int                 value,
           int                 unknown)
{
  if (value == unknown)
    sidetone_json_writer_add_string (writer, member, NULL);
  else
    add_nick (writer, member, type, value);
}

static void
add_endpoint (SidetoneJsonWriter *writer,
              const char         *member,
              SidetoneEndpoint   *endpoint)
{
  g_autofree char *address = NULL;
  SidetoneAddressScope scope;

  if (endpoint == NULL)
    {
      sidetone_json_writer_add_string (writer, member, NULL);
      return;
    }

  address = sidetone_endpoint_dup_address (endpoint);
  scope = sidetone_address_scope_of (sidetone_endpoint_get_address (endpoint));

  sidetone_json_writer_begin_object (writer, member);
  sidetone_json_writer_add_string (writer, "address", address);
  if (sidetone_endpoint_get_port (endpoint) != 0)
    sidetone_json_writer_add_int (writer, "port", sidetone_endpoint_get_port (endpoint));
  else
    sidetone_json_writer_add_string (writer, "port", NULL);
  add_nick (writer, "scope", SIDETONE_TYPE_ADDRESS_SCOPE, scope);
  sidetone_json_writer_end_object (writer);
}

/* An unknown @value is below 0. */
static void
add_measure (SidetoneJsonWriter *writer,
             const char         *member,
             double              value,
             guint               n_digits)
{
  if (value < 0)
    sidetone_json_writer_add_string (writer, member, NULL);
  else
    sidetone_json_writer_add_decimal (writer, member, value, n_digits);
}

static double
get_ms (gint64 duration_us)
{
  return duration_us < 0 ? -1 : duration_us / 1000.0;
}

static void
add_service (SidetoneJsonWriter          *writer,
             const SidetoneServiceResult *result)
{
  const SidetoneEchoSeen *packets = result->packets;
  g_autofree char *address = NULL;

  if (result->server != NULL)
    address = sidetone_endpoint_dup_address (result->server);

  sidetone_json_writer_begin_object (writer, NULL);
  add_nick (writer, "type", SIDETONE_TYPE_SERVICE_KIND,
            sidetone_service_get_kind (result->service));
  add_nick (writer, "transport", SIDETONE_TYPE_TRANSPORT,
            sidetone_service_get_transport (result->service));
  sidetone_json_writer_add_string (writer, "host", sidetone_service_get_host (result->service));
  sidetone_json_writer_add_int (writer, "port", sidetone_service_get_port (result->service));
  sidetone_json_writer_add_string (writer, "address", address);
  add_nick (writer, "state", SIDETONE_TYPE_STATE, result->state);
  sidetone_json_writer_add_string (writer, "error", result->error != NULL
                                   ? sidetone_error_to_code (result->error->code) : NULL);
  add_known (writer, "reason", SIDETONE_TYPE_SKIP_REASON, result->reason,
             SIDETONE_SKIP_REASON_NONE);
  add_endpoint (writer, "mapped", result->mapped);
  add_endpoint (writer, "relayed", result->relayed);
  add_measure (writer, "loss", result->loss, 4);
  add_measure (writer, "rtt_ms", get_ms (result->rtt_us), 1);
  add_measure (writer, "p95_ms", packets != NULL ? get_ms (packets->p95_us) : -1, 1);
  add_measure (writer, "jitter_ms", packets != NULL ? get_ms (packets->jitter_us) : -1, 1);
  sidetone_json_writer_end_object (writer);
}

static void
add_services (SidetoneJsonWriter      *writer,
              const SidetoneDiagnosis *diagnosis)
{
  GPtrArray *results = sidetone_evidence_get_results (sidetone_diagnosis_get_evidence (diagnosis));

  sidetone_json_writer_begin_array (writer, "services");
  for (guint i = 0; i < results->len; i++)
    add_service (writer, results->pdata[i]);
  sidetone_json_writer_end_array (writer);
}

static void
add_nat (SidetoneJsonWriter      *writer,
         const SidetoneDiagnosis *diagnosis)
{
  const SidetoneNatFacts *nat = sidetone_diagnosis_get_nat (diagnosis);

  sidetone_json_writer_begin_object (writer, "nat");
  add_known (writer, "mapping", SIDETONE_TYPE_NAT_MAPPING, nat->mapping,
             SIDETONE_NAT_MAPPING_UNKNOWN);
  add_known (writer, "filtering", SIDETONE_TYPE_NAT_FILTERING, nat->filtering,
             SIDETONE_NAT_FILTERING_UNKNOWN);
  add_known (writer, "hairpinning", SIDETONE_TYPE_NAT_HAIRPINNING, nat->hairpinning,
             SIDETONE_NAT_HAIRPINNING_UNKNOWN);
  if (nat->port == SIDETONE_CHANGE_UNKNOWN)
    sidetone_json_writer_add_string (writer, "port-preserved", NULL);
  else
    sidetone_json_writer_add_boolean (writer, "port-preserved", nat->port == SIDETONE_CHANGE_SAME);
  sidetone_json_writer_end_object (writer);
}

static void
add_calls (SidetoneJsonWriter      *writer,
           const SidetoneDiagnosis *diagnosis)
{
  sidetone_json_writer_begin_array (writer, "calls");
  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      const SidetoneCall *call = sidetone_diagnosis_get_call (diagnosis, partner);

      if (call == NULL)
        continue;

      sidetone_json_writer_begin_object (writer, NULL);
      add_nick (writer, "partner", SIDETONE_TYPE_PARTNER, partner);
      add_nick (writer, "way", SIDETONE_TYPE_CALL_WAY, call->way);
      add_nick (writer, "reason", SIDETONE_TYPE_CALL_REASON, call->reason);
      sidetone_json_writer_end_object (writer);
    }
  sidetone_json_writer_end_array (writer);
}

/* The other causes that the evidence does not exclude, and what tells them apart */
static void
add_rivals (SidetoneJsonWriter *writer,
            SidetoneFinding    *finding)
{
  const SidetoneRival *const *rivals = sidetone_finding_get_rivals (finding);

  sidetone_json_writer_begin_array (writer, "rivals");
  for (guint i = 0; rivals[i] != NULL; i++)
    {
      sidetone_json_writer_begin_object (writer, NULL);
      sidetone_json_writer_add_string (writer, "kind", rivals[i]->nick);
      add_nick (writer, "owner", SIDETONE_TYPE_OWNER, rivals[i]->owner);
      add_nick (writer, "act", SIDETONE_TYPE_ACT, rivals[i]->act);
      sidetone_json_writer_add_string (writer, "text",
                                       sidetone_describe_rival (rivals[i]));
      sidetone_json_writer_end_object (writer);
    }
  sidetone_json_writer_end_array (writer);
}

static void
add_verdict (SidetoneJsonWriter      *writer,
             const SidetoneDiagnosis *diagnosis)
{
  const SidetoneVerdict *verdict = sidetone_diagnosis_get_verdict (diagnosis);
  g_autofree char *text = sidetone_describe_verdict (diagnosis);
  g_autofree char *owners = verdict->cause != NULL ? sidetone_describe_owners (verdict->cause)
                            : NULL;
  g_autofree char *remedy = sidetone_describe_remedy (diagnosis);
  g_autofree const char **codes = sidetone_verdict_list_codes (diagnosis);

  sidetone_json_writer_begin_object (writer, "verdict");
  add_nick (writer, "state", SIDETONE_TYPE_VERDICT_STATE, verdict->state);
  sidetone_json_writer_add_string (writer, "text", text);
  if (owners != NULL)
    sidetone_json_writer_add_string (writer, "who", owners);
  sidetone_json_writer_add_string (writer, "what", remedy);
  sidetone_json_writer_begin_array (writer, "codes");
  for (guint i = 0; codes[i] != NULL; i++)
    sidetone_json_writer_add_string (writer, NULL, codes[i]);
  sidetone_json_writer_end_array (writer);
  sidetone_json_writer_end_object (writer);
}

static void
add_way (SidetoneJsonWriter      *writer,
         const SidetoneDiagnosis *diagnosis)
{
  g_autoptr (GPtrArray) hops = sidetone_hops_new (diagnosis);

  sidetone_json_writer_begin_array (writer, "way");
  for (guint i = 0; i < hops->len; i++)
    {
      const SidetoneHop *hop = hops->pdata[i];

      sidetone_json_writer_begin_object (writer, NULL);
      add_nick (writer, "place", SIDETONE_TYPE_HOP_PLACE, hop->place);
      add_nick (writer, "state", SIDETONE_TYPE_HOP_STATE, hop->state);
      if (hop->finding != NULL)
        sidetone_json_writer_add_string (writer, "finding",
                                         sidetone_finding_get_rule (hop->finding)->nick);
      sidetone_json_writer_end_object (writer);
    }
  sidetone_json_writer_end_array (writer);
}

static void
add_finding (SidetoneJsonWriter *writer,
             SidetoneFinding    *finding)
{
  const char *const *evidence = sidetone_finding_get_evidence (finding);
  g_autofree char *title = sidetone_describe_finding_title (finding);
  g_autofree char *explanation = sidetone_describe_finding_explanation (finding);
  g_autofree char *advice = sidetone_describe_finding_advice (finding);

  sidetone_json_writer_begin_object (writer, NULL);
  sidetone_json_writer_add_string (writer, "code", sidetone_finding_get_code (finding));
  add_nick (writer, "kind", SIDETONE_TYPE_FINDING_KIND, sidetone_finding_get_kind (finding));
  add_nick (writer, "severity", SIDETONE_TYPE_SEVERITY, sidetone_finding_get_severity (finding));
  add_nick (writer, "owner", SIDETONE_TYPE_OWNER, sidetone_finding_get_owner (finding));
  add_nick (writer, "certainty", SIDETONE_TYPE_CERTAINTY, sidetone_finding_get_certainty (finding));
  sidetone_json_writer_add_string (writer, "title", title);
  sidetone_json_writer_add_string (writer, "explanation", explanation);
  sidetone_json_writer_add_string (writer, "advice", advice);
  add_rivals (writer, finding);
  sidetone_json_writer_begin_array (writer, "evidence");
  for (guint i = 0; evidence[i] != NULL; i++)
    sidetone_json_writer_add_string (writer, NULL, evidence[i]);
  sidetone_json_writer_end_array (writer);
  sidetone_json_writer_end_object (writer);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_details (SidetoneJsonWriter  *writer,
             SidetoneObservation *observation)
{
  g_autoptr (GVariant) details = sidetone_observation_dup_details (observation);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  GVariantIter iter;
  const char *key;

  g_variant_iter_init (&iter, details);
  while (g_variant_iter_next (&iter, "{&sv}", &key, NULL))
    g_ptr_array_add (keys, (gpointer) key);
  g_ptr_array_sort (keys, compare_keys);

  sidetone_json_writer_begin_object (writer, "details");
  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (details, keys->pdata[i], NULL);

      sidetone_json_writer_add_variant (writer, keys->pdata[i], value);
    }
  sidetone_json_writer_end_object (writer);
}

static void
add_observation (SidetoneJsonWriter  *writer,
                 SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);

  sidetone_json_writer_begin_object (writer, NULL);
  sidetone_json_writer_add_string (writer, "id", sidetone_observation_get_id (observation));
  add_nick (writer, "kind", SIDETONE_TYPE_OBSERVATION_KIND,
            sidetone_observation_get_kind (observation));
  add_nick (writer, "vantage", SIDETONE_TYPE_VANTAGE,
            sidetone_observation_get_vantage (observation));
  add_nick (writer, "state", SIDETONE_TYPE_STATE, sidetone_observation_get_state (observation));
  sidetone_json_writer_add_int (writer, "start_us",
                                sidetone_observation_get_start_us (observation));
  sidetone_json_writer_add_int (writer, "duration_us",
                                sidetone_observation_get_duration_us (observation));
  if (sidetone_observation_get_local (observation) != NULL)
    add_endpoint (writer, "local", sidetone_observation_get_local (observation));
  if (sidetone_observation_get_seen (observation) != NULL)
    add_endpoint (writer, "seen", sidetone_observation_get_seen (observation));
  if (error != NULL)
    {
      sidetone_json_writer_begin_object (writer, "error");
      sidetone_json_writer_add_string (writer, "code", sidetone_error_to_code (error->code));
      sidetone_json_writer_add_string (writer, "text", error->message);
      sidetone_json_writer_end_object (writer);
    }
  add_details (writer, observation);
  sidetone_json_writer_end_object (writer);
}

static void
add_lists (SidetoneJsonWriter   *writer,
           const SidetoneReport *self)
{
  GListModel *findings = sidetone_diagnosis_get_findings (self->diagnosis);
  GListModel *observations = G_LIST_MODEL (self->observations);

  sidetone_json_writer_begin_array (writer, "findings");
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      add_finding (writer, finding);
    }
  sidetone_json_writer_end_array (writer);

  sidetone_json_writer_begin_array (writer, "observations");
  for (guint i = 0; i < g_list_model_get_n_items (observations); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      add_observation (writer, observation);
    }
  sidetone_json_writer_end_array (writer);
}

/* NULL if it was not said */
static const char *
get_app_nick (const SidetoneReport *self)
{
  SidetoneApp app = sidetone_report_get_app (self);

  return app != SIDETONE_APP_UNKNOWN ? sidetone_nick_get (SIDETONE_TYPE_APP, app) : NULL;
}

/**
 * sidetone_report_to_json:
 * @self: a report
 *
 * Writes @self as JSON, in the format that sidetone_report_new_from_json() reads. The members are
 * always in the same order, so the same report gives the same text.
 *
 * Returns: (transfer full): the JSON, with a line end; it has no control characters
 */
char *
sidetone_report_to_json (const SidetoneReport *self)
{
  SidetoneJsonWriter writer = SIDETONE_JSON_WRITER_INIT;
  g_autofree char *created = NULL;
  g_autofree char *headline = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  headline = sidetone_describe_headline (self->diagnosis);
  created = g_date_time_format (self->created, "%Y-%m-%dT%H:%M:%SZ");

  sidetone_json_writer_begin_object (&writer, NULL);
  sidetone_json_writer_add_string (&writer, "format", "sidetone-report");
  sidetone_json_writer_add_int (&writer, "version", SIDETONE_REPORT_VERSION);
  sidetone_json_writer_add_string (&writer, "created", created);

  sidetone_json_writer_begin_object (&writer, "app");
  sidetone_json_writer_add_string (&writer, "version", self->app_version);
  sidetone_json_writer_add_string (&writer, "libstrophe", self->strophe_version);
  sidetone_json_writer_add_string (&writer, "os", self->os);
  sidetone_json_writer_end_object (&writer);

  sidetone_json_writer_begin_object (&writer, "account");
  sidetone_json_writer_add_string (&writer, "jid", self->jid);
  sidetone_json_writer_add_string (&writer, "server", self->domain);
  sidetone_json_writer_end_object (&writer);

  if (get_app_nick (self) != NULL)
    sidetone_json_writer_add_string (&writer, "chat_app", get_app_nick (self));

  add_endpoint (&writer, "local", sidetone_diagnosis_get_local (self->diagnosis));
  add_endpoint (&writer, "external", sidetone_diagnosis_get_external (self->diagnosis));

  sidetone_json_writer_begin_object (&writer, "headline");
  add_nick (&writer, "level", SIDETONE_TYPE_LEVEL, sidetone_diagnosis_get_level (self->diagnosis));
  sidetone_json_writer_add_string (&writer, "text", headline);
  sidetone_json_writer_end_object (&writer);

  add_verdict (&writer, self->diagnosis);
  add_way (&writer, self->diagnosis);
  add_nat (&writer, self->diagnosis);
  add_services (&writer, self->diagnosis);
  add_calls (&writer, self->diagnosis);
  add_lists (&writer, self);
  sidetone_json_writer_end_object (&writer);

  return sidetone_json_writer_end (&writer);
}
