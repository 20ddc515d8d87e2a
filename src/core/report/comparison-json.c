/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/comparison-private.h"

#include "address/address-scope.h"
#include "base/json-writer.h"
#include "base/nick.h"
#include "judge/rules.h"
#include "judge/verdict.h"
#include "seen/interface.h"

/* A comparison as JSON. Member names are API: none is ever removed. */

#define COMPARISON_VERSION 1

static GType
get_type (SidetoneDifferenceKind kind)
{
  switch (kind)
    {
    case SIDETONE_DIFFERENCE_VERDICT:
      return SIDETONE_TYPE_VERDICT_STATE;

    case SIDETONE_DIFFERENCE_WAY:
    case SIDETONE_DIFFERENCE_CALLS:
      return SIDETONE_TYPE_CALL_WAY;

    case SIDETONE_DIFFERENCE_SERVICE:
      return SIDETONE_TYPE_OUTCOME;

    case SIDETONE_DIFFERENCE_FINDING:
      return SIDETONE_TYPE_SEVERITY;

    case SIDETONE_DIFFERENCE_INTERFACE:
      return SIDETONE_TYPE_INTERFACE_TYPE;

    case SIDETONE_DIFFERENCE_LOCAL:
    case SIDETONE_DIFFERENCE_EXTERNAL:
      return SIDETONE_TYPE_ADDRESS_SCOPE;

    case SIDETONE_DIFFERENCE_MAPPING:
      return SIDETONE_TYPE_NAT_MAPPING;

    case SIDETONE_DIFFERENCE_FILTERING:
      return SIDETONE_TYPE_NAT_FILTERING;

    case SIDETONE_DIFFERENCE_HAIRPINNING:
      return SIDETONE_TYPE_NAT_HAIRPINNING;

    case SIDETONE_DIFFERENCE_OWNERS:
    case SIDETONE_DIFFERENCE_CAUSE:
    case SIDETONE_DIFFERENCE_PORT:
    case SIDETONE_DIFFERENCE_LOSS:
    case SIDETONE_DIFFERENCE_DELAY:
      break;
    }

  return G_TYPE_INVALID;
}

static void
add_owners (SidetoneJsonWriter *writer,
            const char         *member,
            SidetoneFinding    *finding)
{
  const SidetoneRival *rival = sidetone_finding_get_separating (finding);
  const char *owner = sidetone_nick_get (SIDETONE_TYPE_OWNER, sidetone_finding_get_owner (finding));

  sidetone_json_writer_begin_array (writer, member);
  sidetone_json_writer_add_string (writer, NULL, owner);
  if (rival != NULL)
    sidetone_json_writer_add_string (writer, NULL, sidetone_nick_get (SIDETONE_TYPE_OWNER,
                                                                      rival->owner));
  sidetone_json_writer_end_array (writer);
}

static void
add_end (SidetoneJsonWriter          *writer,
         const char                  *member,
         SidetoneDifferenceKind       kind,
         const SidetoneDifferenceEnd *end)
{
  const char *code;

  if (kind == SIDETONE_DIFFERENCE_LOSS)
    sidetone_json_writer_add_decimal (writer, member, end->figure, 4);
  else if (kind == SIDETONE_DIFFERENCE_DELAY)
    sidetone_json_writer_add_decimal (writer, member, end->figure, 1);
  else if (kind == SIDETONE_DIFFERENCE_PORT)
    /* Whether it is kept */
    sidetone_json_writer_add_boolean (writer, member, end->value == SIDETONE_CHANGE_SAME);
  else if (kind == SIDETONE_DIFFERENCE_OWNERS)
    add_owners (writer, member, end->finding);
  else if (kind == SIDETONE_DIFFERENCE_CAUSE)
    {
      code = sidetone_error_to_code (sidetone_finding_get_facts (end->finding)->error);
      sidetone_json_writer_add_string (writer, member, code);
    }
  else if (kind == SIDETONE_DIFFERENCE_FINDING && end->finding == NULL)
    sidetone_json_writer_add_string (writer, member, end->is_unchecked ? "not-checked" : NULL);
  else
    sidetone_json_writer_add_string (writer, member, sidetone_nick_get (get_type (kind),
                                                                        end->value));
}

/* What the difference is about */
static void
add_subject (SidetoneJsonWriter       *writer,
             const SidetoneDifference *self)
{
  SidetoneFinding *finding = self->after.finding != NULL ? self->after.finding
                             : self->before.finding;

  if (finding != NULL)
    sidetone_json_writer_add_string (writer, "finding", sidetone_finding_get_rule (finding)->nick);

  if (self->service != NULL)
    {
      const SidetoneService *service = self->service->service;

      sidetone_json_writer_add_string (writer, "type", sidetone_service_is_relay (service)
                                       ? "turn" : "stun");
      sidetone_json_writer_add_string (writer, "transport", sidetone_nick_get (
                                         SIDETONE_TYPE_TRANSPORT,
                                         sidetone_service_get_transport (service)));
      sidetone_json_writer_add_string (writer, "host", sidetone_service_get_host (service));
    }

  if (self->kind == SIDETONE_DIFFERENCE_CALLS)
    {
      sidetone_json_writer_begin_array (writer, "partners");
      for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
        {
          if (self->partners[partner])
            sidetone_json_writer_add_string (writer, NULL, sidetone_nick_get (SIDETONE_TYPE_PARTNER,
                                                                              partner));
        }
      sidetone_json_writer_end_array (writer);
    }
}

/* Their kind is in "before" and "after". */
static void
add_addresses (SidetoneJsonWriter       *writer,
               const SidetoneDifference *self)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (self->before.endpoint == NULL || sidetone_endpoint_is_hidden (self->before.endpoint) ||
      sidetone_endpoint_is_hidden (self->after.endpoint))
    return;

  before = sidetone_endpoint_dup_address (self->before.endpoint);
  after = sidetone_endpoint_dup_address (self->after.endpoint);
  sidetone_json_writer_begin_array (writer, "addresses");
  sidetone_json_writer_add_string (writer, NULL, before);
  sidetone_json_writer_add_string (writer, NULL, after);
  sidetone_json_writer_end_array (writer);
}

static void
add_difference (SidetoneJsonWriter       *writer,
                const SidetoneComparison *self,
                const SidetoneDifference *difference)
{
  g_autofree char *title = NULL;
  g_autofree char *words = sidetone_comparison_describe_difference (self, difference, &title);

  sidetone_json_writer_begin_object (writer, NULL);
  sidetone_json_writer_add_string (writer, "kind", sidetone_nick_get (SIDETONE_TYPE_DIFFERENCE_KIND,
                                                                      difference->kind));
  add_subject (writer, difference);
  add_end (writer, "before", difference->kind, &difference->before);
  add_end (writer, "after", difference->kind, &difference->after);
  add_addresses (writer, difference);
  sidetone_json_writer_add_string (writer, "title", title);
  sidetone_json_writer_add_string (writer, "text", words);
  sidetone_json_writer_end_object (writer);
}

/**
 * sidetone_comparison_add_report:
 * @writer: a JSON writer
 * @member: which of two reports it is
 * @report: the report
 *
 * Writes which report was compared.
 */
void
sidetone_comparison_add_report (SidetoneJsonWriter   *writer,
                                const char           *member,
                                const SidetoneReport *report)
{
  g_autofree char *created = g_date_time_format (sidetone_report_get_created (report),
                                                 "%Y-%m-%dT%H:%M:%SZ");

  sidetone_json_writer_begin_object (writer, member);
  sidetone_json_writer_add_string (writer, "created", created);
  sidetone_json_writer_add_string (writer, "jid", sidetone_report_get_jid (report));
  sidetone_json_writer_add_string (writer, "server", sidetone_report_get_domain (report));
  sidetone_json_writer_end_object (writer);
}

static void
add_traits (SidetoneJsonWriter       *writer,
            const SidetoneComparison *self)
{
  g_autoptr (GFlagsClass) traits = g_type_class_ref (SIDETONE_TYPE_COMPARISON_TRAITS);

  sidetone_json_writer_begin_array (writer, "notes");
  for (guint i = 0; i < traits->n_values; i++)
    {
      if ((self->traits & traits->values[i].value) != 0)
        sidetone_json_writer_add_string (writer, NULL, traits->values[i].value_nick);
    }
  sidetone_json_writer_end_array (writer);
}

/**
 * sidetone_comparison_to_json:
 * @self: a comparison
 *
 * Returns: (transfer full): the JSON, with a line end; it has no control characters
 */
char *
sidetone_comparison_to_json (const SidetoneComparison *self)
{
  SidetoneJsonWriter writer = SIDETONE_JSON_WRITER_INIT;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  text = sidetone_comparison_describe (self);
  sidetone_json_writer_begin_object (&writer, NULL);
  sidetone_json_writer_add_string (&writer, "format", "sidetone-comparison");
  sidetone_json_writer_add_int (&writer, "version", COMPARISON_VERSION);
  sidetone_comparison_add_report (&writer, "before", self->before);
  sidetone_comparison_add_report (&writer, "after", self->after);
  sidetone_json_writer_add_string (&writer, "trend", sidetone_nick_get (SIDETONE_TYPE_TREND,
                                                                        self->trend));
  sidetone_json_writer_add_string (&writer, "reason", sidetone_nick_get (SIDETONE_TYPE_TREND_REASON,
                                                                         self->reason));
  sidetone_json_writer_add_string (&writer, "text", text);
  add_traits (&writer, self);
  sidetone_json_writer_begin_array (&writer, "differences");
  for (guint i = 0; i < self->differences->len; i++)
    add_difference (&writer, self, self->differences->pdata[i]);
  sidetone_json_writer_end_array (&writer);
  sidetone_json_writer_end_object (&writer);

  return sidetone_json_writer_end (&writer);
}
