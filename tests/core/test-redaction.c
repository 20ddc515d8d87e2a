/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "test-judgement.h"

#include "report/omissions.h"
#include "report/report-head.h"
#include "report/report-trim.h"

#include "base/error.h"
#include "base/nick.h"
#include "lib/reports.h"
#include "seen/observation-kind.h"

#include <string.h>

/* What may be posted, and what is kept on this computer: reports made by chance from the tables of all
 * fields, with a person's name, account and addresses wherever text may stand */

#define N_REPORTS 1000
#define N_OBSERVATIONS 10

#define USER "benvolio"
#define DOMAIN "capulet.lit"
#define JID USER "@" DOMAIN
#define SERVERS_TEXT "blocked by the nurse"

typedef struct
{
  GRand *random;
  GPtrArray *addresses;   /* real ones, as text */
} Maker;

static guint
choose (Maker *maker,
        guint  n)
{
  return g_rand_int_range (maker->random, 0, n);
}

/* Of all kinds of networks, some of them in the same one; the last part is never one that a made-up
 * address would have by chance */
static char *
make_address (Maker *maker)
{
  guint a = 101 + choose (maker, 3);
  guint b = 101 + choose (maker, 3);
  guint host = 101 + choose (maker, 150);
  char *address;

  switch (choose (maker, 6))
    {
    case 0:
      address = g_strdup_printf ("192.168.%u.%u", a, host);
      break;

    case 1:
      address = g_strdup_printf ("10.%u.%u.%u", a, b, host);
      break;

    case 2:
      address = g_strdup_printf ("100.64.%u.%u", a, host);
      break;

    case 3:
      address = g_strdup_printf ("2001:db8:%x:%x::%x:%x", a, b, a, host);
      break;

    case 4:
      address = g_strdup_printf ("fd12:3456:%x:%x::%x", a, b, host);
      break;

    default:
      address = g_strdup_printf ("203.0.%u.%u", a, host);
      break;
    }
  g_ptr_array_add (maker->addresses, address);

  return g_strdup (address);
}

static char *
make_endpoint (Maker *maker)
{
  g_autofree char *address = make_address (maker);

  return strchr (address, ':') != NULL
         ? g_strdup_printf ("[%s]:%u", address, 1 + choose (maker, 65535))
         : g_strdup_printf ("%s:%u", address, 1 + choose (maker, 65535));
}

static char *
make_service (Maker *maker)
{
  const char *kinds[] = { "stun udp", "turn udp", "turn tcp", "turns tls" };
  g_autofree char *host = choose (maker, 2) == 0 ? make_address (maker)
                          : g_strdup ("turn." DOMAIN);

  return g_strdup_printf ("%s %s %u credentials", kinds[choose (maker, G_N_ELEMENTS (kinds))], host,
                          1 + choose (maker, 65535));
}

/* Free text, which may have anything in it */
static char *
make_text (Maker *maker)
{
  g_autofree char *address = make_address (maker);
  const char *words[] = { USER, JID, "Benvolio's", "xmpp." DOMAIN, address, "CN=" USER, USER "-laptop",
                          "(" JID "/phone)", "CN=turn." DOMAIN, "ok" };
  g_autoptr (GString) text = g_string_new ("text");

  for (guint n = choose (maker, 4); n > 0; n--)
    g_string_append_printf (text, " %s", words[choose (maker, G_N_ELEMENTS (words))]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
make_view (Maker *maker)
{
  g_autofree char *viewpoint = make_endpoint (maker);
  g_autofree char *mapped = make_endpoint (maker);

  return g_strdup_printf ("%s seen %s", viewpoint, mapped);
}

/* As a probe would write it */
static char *
make_string (Maker               *maker,
             const SidetoneField *field)
{
  switch (field->redaction)
    {
    case SIDETONE_REDACT_GONE:
      return g_strdup_printf (SERVERS_TEXT " %s", JID);

    case SIDETONE_REDACT_KEEP:
      return g_strdup ("0123abcd");

    case SIDETONE_REDACT_WORD:
      return g_strdup (choose (maker, 2) == 0 ? "not-authorized" : JID);

    case SIDETONE_REDACT_ADDRESS:
      return make_endpoint (maker);

    case SIDETONE_REDACT_SERVICE:
      return make_service (maker);

    case SIDETONE_REDACT_VIEWS:
      return make_view (maker);

    case SIDETONE_REDACT_FEATURES:
      return choose (maker, 2) == 0 ? g_strdup ("urn:xmpp:sic:1") : make_text (maker);

    case SIDETONE_REDACT_NAME:
      return g_strdup (choose (maker, 2) == 0 ? DOMAIN : "turn." DOMAIN);

    case SIDETONE_REDACT_ANSWERS:
      return make_address (maker);

    case SIDETONE_REDACT_WORDS:
      break;
    }

  return make_text (maker);
}

static GVariant *
make_strings (Maker               *maker,
              const SidetoneField *field)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);

  for (guint n = choose (maker, 4); n > 0; n--)
    {
      g_autofree char *string = make_string (maker, field);

      g_variant_builder_add (&builder, "s", string);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
make_numbers (Maker *maker)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ax"));

  for (guint n = choose (maker, 4); n > 0; n--)
    g_variant_builder_add (&builder, "x", (gint64) choose (maker, 60000));

  return g_variant_builder_end (&builder);
}

static GVariant *
make_choice (Maker               *maker,
             const SidetoneField *field)
{
  g_autoptr (GEnumClass) choices = g_type_class_ref (field->get_choices ());

  return g_variant_new_string (choices->values[choose (maker, choices->n_values)].value_nick);
}

static GVariant *
make_value (Maker               *maker,
            const SidetoneField *field)
{
  switch (field->type)
    {
    case SIDETONE_FIELD_NONE:
      break;

    case SIDETONE_FIELD_TEXT:
      return g_variant_new_take_string (make_string (maker, field));

    case SIDETONE_FIELD_TEXTS:
    case SIDETONE_FIELD_ENDPOINTS:
    case SIDETONE_FIELD_SERVICES:
      return make_strings (maker, field);

    case SIDETONE_FIELD_TRUTH:
      return g_variant_new_boolean (choose (maker, 2) == 0);

    case SIDETONE_FIELD_NUMBER:
    case SIDETONE_FIELD_COUNT:
    case SIDETONE_FIELD_DURATION:
    case SIDETONE_FIELD_PORT:
      return g_variant_new_int64 (1 + choose (maker, 60000));

    case SIDETONE_FIELD_NUMBERS:
      return make_numbers (maker);

    case SIDETONE_FIELD_CHOICE:
      return make_choice (maker, field);

    case SIDETONE_FIELD_ENDPOINT:
      return g_variant_new_take_string (make_endpoint (maker));

    case SIDETONE_FIELD_ADDRESS:
      return g_variant_new_take_string (make_address (maker));

    case SIDETONE_FIELD_SERVICE:
      return g_variant_new_take_string (make_service (maker));
    }

  return NULL;
}

static GVariant *
make_details (Maker                  *maker,
              SidetoneObservationKind kind)
{
  const SidetoneFieldTable *table = sidetone_observation_kind_get_table (kind);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (guint i = 0; table != NULL && i < table->n_fields; i++)
    {
      GVariant *value = table->fields[i].key != NULL && choose (maker, 4) > 0
                        ? make_value (maker, &table->fields[i]) : NULL;

      if (value != NULL)
        g_variant_builder_add (&builder, "{sv}", table->fields[i].key, value);
    }
  /* Of a newer version, or edited */
  g_variant_builder_add (&builder, "{sv}", "newer", g_variant_new_string (JID));

  return g_variant_builder_end (&builder);
}

static SidetoneEndpoint *
make_end (Maker *maker)
{
  g_autofree char *text = NULL;

  if (choose (maker, 3) == 0)
    return NULL;

  text = make_endpoint (maker);

  return sidetone_endpoint_parse (text);
}

static SidetoneObservation *
make_observation (Maker *maker,
                  guint  number)
{
  SidetoneObservationKind kind = choose (maker, SIDETONE_N_OBSERVATION_KINDS);
  SidetoneState states[] = { SIDETONE_STATE_PASSED, SIDETONE_STATE_FAILED, SIDETONE_STATE_SKIPPED };
  SidetoneState state = states[choose (maker, G_N_ELEMENTS (states))];
  g_autofree char *id = g_strdup_printf ("observation-%u", number);
  g_autoptr (SidetoneEndpoint) local = make_end (maker);
  g_autoptr (SidetoneEndpoint) seen = make_end (maker);
  g_autoptr (GEnumClass) codes = g_type_class_ref (SIDETONE_TYPE_ERROR);
  g_autoptr (GError) error = NULL;

  if (state == SIDETONE_STATE_FAILED)
    error = g_error_new_literal (SIDETONE_ERROR, codes->values[choose (maker, codes->n_values)].value,
                                 SERVERS_TEXT " for " JID);

  return sidetone_observation_new (&(SidetoneObservationFields) {
    .id = id,
    .kind = kind,
    .vantage = SIDETONE_VANTAGE_COMPUTER,
    .state = state,
    .local = local,
    .seen = seen,
    .error = error,
    .start_us = choose (maker, 1000000),
    .duration_us = choose (maker, 1000000),
    .details = make_details (maker, kind),
  });
}

static SidetoneReport *
make_report (Maker *maker)
{
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 29, 18, 0, 0);

  for (guint i = 0; i < N_OBSERVATIONS; i++)
    {
      g_autoptr (SidetoneObservation) observation = make_observation (maker, i);

      g_list_store_append (observations, observation);
    }

  return sidetone_report_new (JID, DOMAIN, created, "0.12", "Linux of " USER,
                              G_LIST_MODEL (observations));
}

/* As a whole: 10.101.101.10 is not in 10.101.101.101 */
static gboolean
has_address (const char *text,
             const char *address)
{
  gsize length = strlen (address);

  for (const char *at = strstr (text, address); at != NULL; at = strstr (at + 1, address))
    {
      if ((at == text || strchr (".:", at[-1]) == NULL) &&
          (at == text || !g_ascii_isxdigit (at[-1])) && !g_ascii_isxdigit (at[length]))
        return TRUE;
    }

  return FALSE;
}

static void
assert_impersonal (const char *text,
                   GPtrArray  *addresses)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (strstr (lower, USER) != NULL || strstr (text, SERVERS_TEXT) != NULL)
    g_error ("A name is told: %.2000s", MAX (text, (strstr (lower, USER) != NULL
                                                    ? text + (strstr (lower, USER) - lower)
                                                    : strstr (text, SERVERS_TEXT)) - 300));

  for (guint i = 0; i < addresses->len; i++)
    {
      if (has_address (text, addresses->pdata[i]))
        g_error ("%s is told", (const char *) addresses->pdata[i]);
    }
}

/* No personal string survives redaction, and the judgement does. */
static void
test_redacted (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261129);
  guint n_judged = 0;

  for (guint i = 0; i < N_REPORTS; i++)
    {
      g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
      Maker maker = { random, addresses };
      g_autoptr (SidetoneReport) report = make_report (&maker);
      g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
      g_autofree char *json = sidetone_report_to_json (redacted);
      g_autofree char *text = sidetone_report_to_text (redacted);
      SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);

      assert_impersonal (json, addresses);
      assert_impersonal (text, addresses);
      assert_same_judgement (report);
      n_judged += g_list_model_get_n_items (sidetone_diagnosis_get_findings (diagnosis)) > 0;
    }
  g_assert_cmpuint (n_judged, >, N_REPORTS / 2);
}

/* What is kept on this computer has the account and the addresses, and nothing that servers wrote. */
static void
assert_trimmed (SidetoneReport *report)
{
  g_autoptr (SidetoneReport) trimmed = sidetone_report_new_trimmed (report);
  g_autoptr (SidetoneReport) again = sidetone_report_new_trimmed (trimmed);
  g_autofree char *json = sidetone_report_to_json (trimmed);
  g_autofree char *same = sidetone_report_to_json (again);
  g_autofree char *before = list_judgement (report);
  g_autofree char *after = list_judgement (trimmed);

  g_assert_null (strstr (json, SERVERS_TEXT));
  g_assert_null (strstr (json, "\"newer\""));
  g_assert_null (strstr (json, "\"raw\""));
  g_assert_null (strstr (json, "\"server-text\""));
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (json, ==, same);
  g_assert_cmpstr (sidetone_report_get_jid (report), ==, sidetone_report_get_jid (trimmed));
}

static void
test_trimmed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261130);

  for (guint i = 0; i < N_REPORTS; i++)
    {
      g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
      Maker maker = { random, addresses };
      g_autoptr (SidetoneReport) report = make_report (&maker);

      assert_trimmed (report);
    }
}

typedef void (*TestFunc) (SidetoneReport *report);

static void
for_all_reports (TestFunc test)
{
  g_auto (GStrv) names = sidetone_test_list_reports ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (SidetoneReport) report = sidetone_test_read_report (names[i]);

      test (report);
    }
}

static void
assert_redacted (SidetoneReport *report)
{
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autofree char *json = sidetone_report_to_json (redacted);
  const char *jid = sidetone_report_get_jid (report);
  g_autofree char *user = g_strndup (jid, strcspn (jid, "@"));

  g_assert_null (strstr (json, jid));
  g_assert_null (strstr (json, user));
  assert_same_judgement (report);
}

static void
test_fixtures (void)
{
  for_all_reports (assert_redacted);
  for_all_reports (assert_trimmed);
}

/* The preview tells what is not there any more, and nothing that still is. */
static void
assert_omissions (SidetoneReport *report)
{
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autoptr (SidetoneOmissions) omissions = sidetone_omissions_new (report);
  g_autoptr (SidetoneOmissions) none = sidetone_omissions_new (redacted);
  g_autofree char *json = sidetone_report_to_json (redacted);

  g_assert_cmpuint (sidetone_omissions_get_n (omissions, SIDETONE_OMISSION_ACCOUNT), ==, 1);
  for (guint kind = 0; kind < SIDETONE_N_OMISSIONS; kind++)
    {
      g_autofree char *examples = NULL;
      g_autofree char *words = sidetone_omissions_describe (omissions, kind, &examples);
      g_auto (GStrv) lines = g_strsplit (examples, "\n", -1);

      g_assert_cmpuint (sidetone_omissions_get_n (none, kind), ==, 0);
      g_assert_cmpstr (words, !=, "");
      /* An address may be another one's replacement, and a server may have said an ordinary word. */
      if (kind == SIDETONE_OMISSION_ACCOUNT || kind == SIDETONE_OMISSION_NAME)
        for (guint i = 0; lines[i] != NULL && *lines[i] != '\0' && !g_str_equal (lines[i], "…"); i++)
          g_assert_null (strstr (json, lines[i]));
    }
}

static void
test_omissions (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("nat");
  g_autoptr (SidetoneOmissions) omissions = sidetone_omissions_new (report);
  g_autofree char *examples = NULL;
  g_autofree char *words = NULL;

  for_all_reports (assert_omissions);
  words = sidetone_omissions_describe (omissions, SIDETONE_OMISSION_ADDRESS, &examples);
  g_assert_true (g_str_has_suffix (words, " addresses, replaced by numbers"));
  g_assert_nonnull (strstr (examples, "192.168.1.10"));
}

/* A list shows what is in the beginning of a report. */
static void
assert_head (SidetoneReport *report)
{
  g_autofree char *json = sidetone_report_to_json (report);
  SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
  SidetoneEndpoint *external = sidetone_diagnosis_get_external (diagnosis);
  g_autofree char *address = external != NULL ? sidetone_endpoint_dup_address (external) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReportHead) head = NULL;

  head = sidetone_report_head_new (json, MIN (strlen (json), SIDETONE_REPORT_HEAD_BYTES), &error);
  g_assert_no_error (error);
  g_assert_true (g_date_time_equal (head->created, sidetone_report_get_created (report)));
  g_assert_cmpstr (head->account, ==, sidetone_report_get_jid (report));
  g_assert_cmpstr (head->way_out, ==, address);
  g_assert_cmpint (head->state, ==, sidetone_diagnosis_get_verdict (diagnosis)->state);
  g_assert_cmpstr (head->headline, !=, "");
}

static void
test_head (void)
{
  const char *bad[] = { "", "{", "{}", "{\n  \"format\": 1,\n  \"way\": [", "words" };

  for_all_reports (assert_head);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sidetone_report_head_new (bad[i], strlen (bad[i]), &error));
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/redaction/redacted", test_redacted);
  g_test_add_func ("/redaction/trimmed", test_trimmed);
  g_test_add_func ("/redaction/fixtures", test_fixtures);
  g_test_add_func ("/redaction/omissions", test_omissions);
  g_test_add_func ("/redaction/head", test_head);

  return g_test_run ();
}
