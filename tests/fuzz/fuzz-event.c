/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The parent's end of the connection process's pipe: an event in JSON, and what becomes of it, by
 * whatever name it comes. A report of that can be read again. */

#include "fuzz.h"

#include <string.h>

#include "base/json.h"
#include "report/report.h"
#include "xmpp/attempt.h"

/* As probe/xmpp/child.c has them */
#define MAX_LINE (512 * 1024)
#define MAX_DEPTH 8

static void
check_line (JsonObject *event)
{
  g_autofree char *line = sidetone_json_to_line (event);
  g_autoptr (JsonObject) again = sidetone_json_parse_object (line, strlen (line), 4 * MAX_LINE,
                                                             MAX_DEPTH, NULL);
  g_autofree char *line_again = NULL;

  g_assert_nonnull (again);
  line_again = sidetone_json_to_line (again);
  g_assert_cmpstr (line, ==, line_again);
}

static void
add (GListStore          *observations,
     SidetoneObservation *observation)
{
  g_list_store_append (observations, observation);
  g_object_unref (observation);
}

static void
observe (SidetoneAttempt *attempt,
         JsonObject      *event,
         GListStore      *observations)
{
  g_autoptr (GError) failure = sidetone_attempt_read_failure (event);
  gboolean connected = sidetone_attempt_set_connected (attempt, event);

  add (observations, sidetone_attempt_observe_connect (attempt, TRUE, SIDETONE_SKIP_REASON_NONE,
                                                       connected ? NULL : failure, 0));
  add (observations, sidetone_attempt_observe_secure (attempt, "secure", event, NULL, 0));
  add (observations, sidetone_attempt_observe_secure (attempt, "secure-2", event, failure, 0));
  add (observations, sidetone_attempt_observe_sign_in (attempt, "sign-in", SIDETONE_STAGE_SASL,
                                                       event, failure, 0));
  add (observations, sidetone_attempt_observe_sign_in (attempt, "sign-in-2",
                                                       SIDETONE_STAGE_UNKNOWN, event, NULL, 0));
}

static void
check_report (GListStore *observations)
{
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 30, 12, 0, 0);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) again = NULL;
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, NULL, NULL,
                                G_LIST_MODEL (observations));
  json = sidetone_report_to_json (report);
  again = sidetone_report_new_from_json (json, strlen (json), &error);
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) event = sidetone_json_parse_object ((const char *) data, size, MAX_LINE,
                                                             MAX_DEPTH, &error);
  g_autoptr (SidetoneEndpoint) endpoint = NULL;
  g_autoptr (SidetoneCandidate) candidate = NULL;
  g_autoptr (GListStore) observations = NULL;
  SidetoneAttempt *attempt;

  g_assert ((event == NULL) == (error != NULL));
  if (event == NULL)
    return 0;

  check_line (event);
  endpoint = sidetone_endpoint_new_from_string ("203.0.113.10", 5222, SIDETONE_TRANSPORT_TCP, NULL);
  candidate = sidetone_candidate_new ("montague.lit", endpoint, SIDETONE_SECURITY_STARTTLS);
  attempt = sidetone_attempt_new (candidate, 1);
  observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  observe (attempt, event, observations);
  check_report (observations);
  sidetone_attempt_free (attempt);

  return 0;
}
