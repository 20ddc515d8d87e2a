/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-observations.h"

#include "report/report.h"
#include "seen/echo.h"
#include "seen/services.h"

#include <string.h>

/* The observations' tables: each field of each kind */

#define USER "romeo"
#define ADDRESS "198.51.44.55"
#define ADDRESS6 "2001:db8:4e1b::7"

typedef void (*FieldFunc) (SidetoneObservationKind   kind,
                           const SidetoneFieldTable *table,
                           const SidetoneField      *field);

/* Calls @test for each field in reports. */
static void
for_each_field (FieldFunc test)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_OBSERVATION_KIND);
  guint n = 0;

  for (guint i = 0; i < kinds->n_values; i++)
    {
      SidetoneObservationKind kind = kinds->values[i].value;
      const SidetoneFieldTable *table = sidetone_observation_kind_get_table (kind);

      g_assert_true ((table == NULL) == (kind == SIDETONE_OBSERVATION_UNKNOWN));
      for (guint j = 0; table != NULL && j < table->n_fields; j++)
        {
          if (table->fields[j].key != NULL)
            test (kind, table, &table->fields[j]);
          n++;
        }
    }
  g_assert_cmpuint (n, >, 100);
}

static const char *
get_first_nick (const SidetoneField *field)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (field->get_choices ());

  g_assert_cmpint (class->values[0].value, ==, 0);

  return class->values[1].value_nick;
}

/* A value that reveals as much as it can */
static GVariant *
make_value (const SidetoneField *field)
{
  switch (field->type)
    {
    case SIDETONE_FIELD_NONE:
      break;

    case SIDETONE_FIELD_TEXT:
      return g_variant_new_string (USER "@montague.lit");

    case SIDETONE_FIELD_TEXTS:
      if (field->redaction == SIDETONE_REDACT_VIEWS)
        return g_variant_new_parsed ("['" ADDRESS ":1 seen [" ADDRESS6 "]:2']");
      return g_variant_new_parsed ("['" USER "@montague.lit', '" ADDRESS "', '" USER "']");

    case SIDETONE_FIELD_TRUTH:
      return g_variant_new_boolean (TRUE);

    case SIDETONE_FIELD_NUMBER:
      return g_variant_new_int64 (-70);

    case SIDETONE_FIELD_COUNT:
    case SIDETONE_FIELD_DURATION:
      return g_variant_new_int64 (7);

    case SIDETONE_FIELD_NUMBERS:
      return g_variant_new_parsed ("[int64 70, -1]");

    case SIDETONE_FIELD_CHOICE:
      return g_variant_new_string (get_first_nick (field));

    case SIDETONE_FIELD_ENDPOINT:
      return g_variant_new_string (ADDRESS ":4000");

    case SIDETONE_FIELD_ENDPOINTS:
      return g_variant_new_parsed ("['" ADDRESS ":4000', '[" ADDRESS6 "]:4000', '" ADDRESS6 "']");

    case SIDETONE_FIELD_ADDRESS:
      return g_variant_new_string (ADDRESS6);

    case SIDETONE_FIELD_PORT:
      return g_variant_new_int64 (5222);

    case SIDETONE_FIELD_SERVICE:
      return g_variant_new_string ("turn udp " ADDRESS " 3478 credentials");

    case SIDETONE_FIELD_SERVICES:
      return g_variant_new_parsed ("['turn udp " ADDRESS " 3478 credentials', 'stun udp " ADDRESS6
                                   " 3478']");
    }

  g_assert_not_reached ();
}

/* A value of the right type that this version can't read; NULL if it reads all */
static GVariant *
make_nonsense (const SidetoneField *field)
{
  switch (field->type)
    {
    case SIDETONE_FIELD_NONE:
    case SIDETONE_FIELD_TEXT:
    case SIDETONE_FIELD_TEXTS:
    case SIDETONE_FIELD_TRUTH:
    case SIDETONE_FIELD_NUMBER:
    case SIDETONE_FIELD_NUMBERS:
      break;

    case SIDETONE_FIELD_COUNT:
      return g_variant_new_int64 (SIDETONE_MAX_COUNT + 1);

    case SIDETONE_FIELD_DURATION:
      return g_variant_new_int64 (-1);

    case SIDETONE_FIELD_PORT:
      return g_variant_new_int64 (65536);

    case SIDETONE_FIELD_CHOICE:
    case SIDETONE_FIELD_ENDPOINT:
    case SIDETONE_FIELD_ADDRESS:
    case SIDETONE_FIELD_SERVICE:
      return g_variant_new_string (USER);

    case SIDETONE_FIELD_ENDPOINTS:
    case SIDETONE_FIELD_SERVICES:
      return g_variant_new_parsed ("['" USER "']");
    }

  return NULL;
}

/* A port needs its address. */
static void
add_value (GVariantDict             *details,
           const SidetoneFieldTable *table,
           const SidetoneField      *field,
           GVariant                 *value)
{
  if (field->type == SIDETONE_FIELD_PORT)
    g_variant_dict_insert (details, field[-1].key, "s", "192.0.2.1");
  g_variant_dict_insert_value (details, field->key, value);
}

static SidetoneObservation *
make_observation (SidetoneObservationKind kind,
                  GVariantDict           *details)
{
  return sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "one",
    .kind = kind,
    .state = SIDETONE_STATE_PASSED,
    .details = g_variant_dict_end (details),
  });
}

static SidetoneObservation *
make_with_value (SidetoneObservationKind   kind,
                 const SidetoneFieldTable *table,
                 const SidetoneField      *field,
                 GVariant                 *value)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);

  add_value (&details, table, field, value);

  return make_observation (kind, &details);
}

static void
check_row (SidetoneObservationKind   kind,
           const SidetoneFieldTable *table,
           const SidetoneField      *field)
{
  g_assert_true (sidetone_field_table_find (table, field->key) == field);
  g_assert_cmpuint (field->offset, <, table->size);
  g_assert_true ((field->type == SIDETONE_FIELD_CHOICE) == (field->get_choices != NULL));
  g_assert_true ((field->title == NULL) == (field->show == SIDETONE_SHOW_NOTHING));
  if (field->type == SIDETONE_FIELD_PORT)
    g_assert_cmpuint (field->offset, ==, field[-1].offset);

  /* Values that name no person */
  if (field->redaction == SIDETONE_REDACT_KEEP)
    g_assert_true (field->type == SIDETONE_FIELD_TRUTH || field->type == SIDETONE_FIELD_NUMBER ||
                   field->type == SIDETONE_FIELD_COUNT || field->type == SIDETONE_FIELD_DURATION ||
                   field->type == SIDETONE_FIELD_NUMBERS || field->type == SIDETONE_FIELD_PORT ||
                   field->type == SIDETONE_FIELD_CHOICE);
  /* Other removed fields need a reason. */
  if (field->redaction == SIDETONE_REDACT_GONE)
    g_assert_true (g_str_equal (field->key, "raw") || g_str_equal (field->key, "server-text") ||
                   g_str_equal (field->key, "contacts"));
  if (field->redaction == SIDETONE_REDACT_NAME || field->redaction == SIDETONE_REDACT_ANSWERS)
    g_assert_cmpint (kind, ==, SIDETONE_OBSERVATION_LOOKUP);
}

static void
test_rows (void)
{
  for_each_field (check_row);
}

/* A value from a report is written in the same form. */
static void
check_round_trip (SidetoneObservationKind   kind,
                  const SidetoneFieldTable *table,
                  const SidetoneField      *field)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (make_value (field));
  g_autoptr (SidetoneObservation) read = make_with_value (kind, table, field, value);
  g_autoptr (SidetoneObservation) copied = NULL;
  g_autoptr (GVariant) written = NULL;
  g_autoptr (GVariant) again = NULL;

  written = g_variant_ref_sink (sidetone_field_write (field,
                                                      sidetone_observation_get_seen_as (read,
                                                                                        kind)));
  g_assert_cmpvariant (written, value);

  copied = sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "one",
    .kind = kind,
    .what = sidetone_observation_get_seen_as (read, kind),
  });
  g_clear_object (&read);
  again = sidetone_observation_dup_detail (copied, field->key);
  g_assert_cmpvariant (again, value);
}

static void
test_round_trip (void)
{
  for_each_field (check_round_trip);
}

/* Each value of an enum has a nick that can be read. */
static void
check_choices (SidetoneObservationKind   kind,
               const SidetoneFieldTable *table,
               const SidetoneField      *field)
{
  g_autoptr (GEnumClass) class = NULL;

  if (field->type != SIDETONE_FIELD_CHOICE)
    return;

  class = g_type_class_ref (field->get_choices ());
  for (guint i = 1; i < class->n_values; i++)
    {
      g_autoptr (SidetoneObservation) observation = NULL;

      observation = make_with_value (kind, table, field,
                                     g_variant_new_string (class->values[i].value_nick));
      g_assert_cmpint (sidetone_field_get_choice (field, sidetone_observation_get_seen_as (
                                                    observation, kind)), ==,
                       class->values[i].value);
    }
}

static void
test_choices (void)
{
  for_each_field (check_choices);
}

static void
assert_kept (SidetoneObservationKind   kind,
             const SidetoneFieldTable *table,
             const SidetoneField      *field,
             GVariant                 *floating)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (floating);
  g_autoptr (SidetoneObservation) read = make_with_value (kind, table, field, value);
  g_autoptr (GVariant) written = NULL;
  g_autoptr (GVariant) kept = sidetone_observation_dup_detail (read, field->key);

  written = sidetone_field_write (field, sidetone_observation_get_seen_as (read, kind));
  if (written != NULL)
    g_variant_ref_sink (written);
  g_assert_true (written == NULL || !g_variant_equal (written, value));
  g_assert_cmpvariant (kept, value);
}

/* Values that a newer version, or a person, writes differently are not used, but kept. */
static void
check_kept (SidetoneObservationKind   kind,
            const SidetoneFieldTable *table,
            const SidetoneField      *field)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (make_value (field));
  GVariant *nonsense = make_nonsense (field);

  assert_kept (kind, table, field,
               g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_new_int64 (7)
               : g_variant_new_string (USER));
  if (nonsense != NULL)
    assert_kept (kind, table, field, nonsense);
}

static void
test_kept (void)
{
  for_each_field (check_kept);
}

static SidetoneObservation *
redact (SidetoneObservation *observation)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autofree char *json = NULL;

  g_list_store_append (store, observation);
  report = sidetone_report_new (USER "@montague.lit", "montague.lit", created, NULL, NULL,
                                G_LIST_MODEL (store));
  redacted = sidetone_report_new_redacted (report);
  json = sidetone_report_to_json (redacted);
  if (strstr (json, USER) != NULL || strstr (json, "44.55") != NULL || strstr (json, "4e1b") != NULL)
    g_error ("Something is left in %s", json);

  return g_list_model_get_item (sidetone_report_get_observations (redacted), 0);
}

/* Each field is kept on purpose, removed, or made up. */
static void
check_redacted (SidetoneObservationKind   kind,
                const SidetoneFieldTable *table,
                const SidetoneField      *field)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (make_value (field));
  g_autoptr (SidetoneObservation) observation = make_with_value (kind, table, field, value);
  g_autoptr (SidetoneObservation) redacted = redact (observation);
  g_autoptr (GVariant) left = sidetone_observation_dup_detail (redacted, field->key);
  g_autoptr (GVariant) nonsense = make_nonsense (field);

  if (field->redaction == SIDETONE_REDACT_KEEP)
    g_assert_cmpvariant (left, value);
  else if (field->redaction == SIDETONE_REDACT_GONE)
    g_assert_null (left);
  else if (field->redaction == SIDETONE_REDACT_WORD)
    g_assert_cmpstr (g_variant_get_string (left, NULL), ==, SIDETONE_REDACTED);
  else
    g_assert_true (left == NULL || !g_variant_equal (left, value));

  if (nonsense != NULL)
    {
      g_autoptr (SidetoneObservation) strange = make_with_value (kind, table, field,
                                                                 g_variant_ref_sink (nonsense));
      g_autoptr (SidetoneObservation) bare = redact (strange);
      g_autoptr (GVariant) trace = sidetone_observation_dup_detail (bare, field->key);

      g_assert_true (trace == NULL || !g_variant_equal (trace, nonsense));
    }
}

static void
test_redacted (void)
{
  for_each_field (check_redacted);
}

/* Fields without a row are removed. */
static void
test_redacted_unknown (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_OBSERVATION_KIND);

  for (guint i = 0; i < kinds->n_values; i++)
    {
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      g_autoptr (SidetoneObservation) observation = NULL;
      g_autoptr (SidetoneObservation) redacted = NULL;
      g_autoptr (GVariant) kept = NULL;
      g_autoptr (GVariant) left = NULL;

      g_variant_dict_insert (&details, "new", "x", G_GINT64_CONSTANT (7));
      observation = make_observation (kinds->values[i].value, &details);
      kept = sidetone_observation_dup_detail (observation, "new");
      g_assert_nonnull (kept);
      redacted = redact (observation);
      left = sidetone_observation_dup_detail (redacted, "new");
      g_assert_null (left);
    }
}

/* A probe lends its services with credentials. */
static void
test_credentials (void)
{
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (SidetoneObservation) answer = NULL;
  g_autoptr (SidetoneObservation) echo = NULL;
  SidetoneServicesSeen answered;
  SidetoneEchoSeen echoed;
  SidetoneService *service = sidetone_service_new (&(SidetoneServiceFields) {
    .kind = SIDETONE_SERVICE_TURN,
    .transport = SIDETONE_TRANSPORT_UDP,
    .host = "turn.montague.lit",
    .port = 3478,
    .username = USER,
    .password = "hunter2",
  });

  services = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_service_unref);
  g_ptr_array_add (services, service);
  sidetone_field_table_init (&sidetone_services_table, &answered);
  answered.services = services;
  answer = sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "services", .kind = SIDETONE_OBSERVATION_SERVICES, .what = &answered
  });
  sidetone_field_table_init (&sidetone_echo_table, &echoed);
  echoed.service = service;
  echo = sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "echo-1", .kind = SIDETONE_OBSERVATION_ECHO, .what = &echoed
  });

  g_assert_cmpint (sidetone_observation_get_echo (echo)->rtt_us, ==, SIDETONE_NOT_SEEN);
  for (guint i = 0; i < 2; i++)
    {
      const SidetoneServicesSeen *seen = sidetone_observation_get_services (answer);
      SidetoneService *copy = i == 0 ? seen->services->pdata[0]
                              : sidetone_observation_get_service (echo);

      g_assert_true (sidetone_service_has_credentials (copy));
      g_assert_null (sidetone_service_get_username (copy));
      g_assert_null (sidetone_service_get_password (copy));
    }
}

/* The row of README's table of observations that begins with a kind */
static char *
find_row (const char *kind)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "src", "core",
                                                 "README.md", NULL);
  g_autofree char *start = g_strdup_printf ("| `%s` | ", kind);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], start))
        return g_strdup (strstr (lines[i] + strlen (start), " | "));
    }

  g_error ("README.md has no row for %s", kind);
}

/* Other programs look up the keys there, between backquotes. */
static void
test_readme (void)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (SIDETONE_TYPE_OBSERVATION_KIND);

  for (guint i = 1; i < kinds->n_values; i++)
    {
      const SidetoneFieldTable *table = NULL;
      g_autofree char *row = find_row (kinds->values[i].value_nick);
      g_auto (GStrv) parts = g_strsplit (row, "`", -1);
      g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

      table = sidetone_observation_kind_get_table (kinds->values[i].value);
      for (guint j = 1; parts[j] != NULL; j += 2)
        {
          g_hash_table_add (told, parts[j]);
          if (sidetone_field_table_find (table, parts[j]) == NULL)
            g_error ("%s has no %s", kinds->values[i].value_nick, parts[j]);
        }
      for (guint j = 0; j < table->n_fields; j++)
        {
          if (table->fields[j].key != NULL && !g_hash_table_contains (told, table->fields[j].key))
            g_error ("README.md says nothing of %s of %s", table->fields[j].key,
                     kinds->values[i].value_nick);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seen/rows", test_rows);
  g_test_add_func ("/seen/round-trip", test_round_trip);
  g_test_add_func ("/seen/choices", test_choices);
  g_test_add_func ("/seen/kept", test_kept);
  g_test_add_func ("/seen/redacted", test_redacted);
  g_test_add_func ("/seen/redacted-unknown", test_redacted_unknown);
  g_test_add_func ("/seen/credentials", test_credentials);
  g_test_add_func ("/seen/readme", test_readme);

  return g_test_run ();
}
