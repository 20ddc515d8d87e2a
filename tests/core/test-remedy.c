/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */
#include "config.h"

#include "judge/remedy.h"
#include "seen/disco.h"
#include "seen/software.h"
#include "words/describe.h"

#include "lib/reports.h"

#include <string.h>

/* What the administrator is to change */

static gboolean
may_be_administrators (const SidetoneRule *rule)
{
  for (const SidetoneRival *rival = rule->rivals; rival != NULL && rival->nick != NULL; rival++)
    {
      if (rival->owner == SIDETONE_OWNER_ADMINISTRATOR)
        return TRUE;
    }

  return rule->owner == SIDETONE_OWNER_ADMINISTRATOR;
}

static void
check_settings (const SidetoneSetting *settings)
{
  for (guint i = 0; settings != NULL && settings[i].text != NULL; i++)
    {
      g_assert_cmpint (settings[i].program, >, SIDETONE_PROGRAM_OTHER);
      g_assert_true (g_str_has_suffix (settings[i].text, "\n"));
      g_assert_null (strstr (settings[i].text, "\t"));
      g_assert_cmpstr (settings[i].text, !=, "");
    }
}

/* Each finding that an administrator may have to fix says how, and no other one does. */
static void
test_complete (void)
{
  for (guint i = 0; i < sidetone_rules_get_n (); i++)
    {
      const SidetoneRule *rule = sidetone_rules_get (i);

      g_test_message ("%s", rule->code);
      g_assert_true (may_be_administrators (rule) == (rule->remedy != NULL));
      if (rule->remedy == NULL)
        continue;

      for (const SidetoneRemedy *remedy = rule->remedy;; remedy++)
        {
          g_assert_nonnull (remedy->change.text);
          check_settings (remedy->settings);
          if (remedy->change.when == SIDETONE_WHEN_ALWAYS)
            break;
        }
    }
}

static void
test_programs (void)
{
  static const struct
  {
    const char *name;
    SidetoneProgram program;
  } rows[] = {
    { NULL, SIDETONE_PROGRAM_UNKNOWN },
    { "", SIDETONE_PROGRAM_UNKNOWN },
    { "ejabberd", SIDETONE_PROGRAM_EJABBERD },
    { "ejabberd 23.01", SIDETONE_PROGRAM_EJABBERD },
    { "Prosody", SIDETONE_PROGRAM_PROSODY },
    { "prosody 13.0.1", SIDETONE_PROGRAM_PROSODY },
    { "Coturn-4.6.1 'Gorst'", SIDETONE_PROGRAM_COTURN },
    { "MongooseIM", SIDETONE_PROGRAM_OTHER },
    { "ejab", SIDETONE_PROGRAM_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (sidetone_program_find (rows[i].name), ==, rows[i].program);
}

/* A report without what tells the programs, but for the server's name */
static SidetoneDiagnosis *
diagnose (const char *name,
          const char *program)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report (name);
  g_autoptr (GListStore) observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneObservation) software = NULL;
  SidetoneSoftwareSeen seen = { program, "1.2" };
  GListModel *all = sidetone_report_get_observations (report);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (all, i);

      if (sidetone_observation_get_disco (observation) == NULL)
        g_list_store_append (observations, observation);
    }
  software = sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "software",
    .kind = SIDETONE_OBSERVATION_SOFTWARE,
    .state = SIDETONE_STATE_PASSED,
    .what = &seen,
  });
  if (program != NULL)
    g_list_store_append (observations, software);

  return sidetone_diagnose (G_LIST_MODEL (observations), sidetone_report_get_domain (report));
}

static char *
join_settings (const SidetoneDiagnosis *diagnosis,
               SidetoneFindingKind      kind,
               gboolean                 titles)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      g_autoptr (GPtrArray) settings = sidetone_describe_settings (finding, diagnosis);

      for (guint j = 0; sidetone_finding_get_kind (finding) == kind && j < settings->len; j++)
        {
          const SidetoneSettingWords *words = settings->pdata[j];

          g_string_append_printf (joined, "%s%s", joined->len > 0 && titles ? " " : "",
                                  titles ? words->title : words->text);
        }
    }

  for (char *at = joined->str; titles && (at = strstr (at, " (")) != NULL;)
    memmove (at, strchr (at, ')') + 1, strlen (strchr (at, ')')));

  return g_string_free (joined, FALSE);
}

/* A server that is known is told of its own settings alone. */
static void
test_chosen (void)
{
  static const struct
  {
    const char *report;
    SidetoneFindingKind kind;
    const char *program;
    const char *titles;
  } rows[] = {
    { "no-services", SIDETONE_FINDING_NO_SERVICES, "ejabberd", "ejabberd" },
    { "no-services", SIDETONE_FINDING_NO_SERVICES, "Prosody", "Prosody coturn" },
    { "no-services", SIDETONE_FINDING_NO_SERVICES, NULL, "ejabberd Prosody coturn" },
    { "no-services", SIDETONE_FINDING_NO_SERVICES, "MongooseIM", "coturn" },
    { "no-services", SIDETONE_FINDING_NOT_OFFERED, "MongooseIM", "" },
    /* The relay says that it is coturn. */
    { "relay-problems", SIDETONE_FINDING_CREDENTIALS_REFUSED, "ejabberd", "ejabberd coturn" },
    { "relay-problems", SIDETONE_FINDING_CREDENTIALS_REFUSED, "Prosody", "Prosody coturn" },
    { "relay-problems", SIDETONE_FINDING_RELAY_CLOSED, NULL, "Firewall coturn" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneDiagnosis) diagnosis = diagnose (rows[i].report, rows[i].program);
      g_autofree char *titles = join_settings (diagnosis, rows[i].kind, TRUE);

      g_test_message ("%s %s", rows[i].report, rows[i].program);
      g_assert_cmpstr (titles, ==, rows[i].titles);
    }
}

/* What the report knows is filled in. */
static void
test_filled (void)
{
  g_autoptr (SidetoneDiagnosis) diagnosis = diagnose ("relay-problems", "Prosody");
  g_autofree char *secret = join_settings (diagnosis, SIDETONE_FINDING_CREDENTIALS_REFUSED, FALSE);

  g_assert_nonnull (strstr (secret, "\nturn_external_host = \"calls.montague.lit\"\n"));
  g_assert_nonnull (strstr (secret, "\nstatic-auth-secret=SECRET\n"));
}

/* In every report, each text is complete. */
static void
test_reports (void)
{
  g_auto (GStrv) pages = sidetone_test_list_reports ();
  g_autoptr (GRegex) placeholder = g_regex_new ("\\{[a-z][a-z0-9-]*\\}", 0, 0, NULL);
  guint n = 0;

  for (guint at = 0; pages[at] != NULL; at++)
    {
      const char *page = pages[at];
      g_autoptr (SidetoneReport) whole = sidetone_test_read_report (page);
      g_autoptr (SidetoneReport) report = sidetone_report_new_redacted (whole);
      SidetoneDiagnosis *diagnosis = sidetone_report_get_diagnosis (report);
      GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);

      for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
        {
          g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
          g_autofree char *requirement = sidetone_describe_requirement (finding);
          g_autoptr (GPtrArray) settings = sidetone_describe_settings (finding, diagnosis);

          g_test_message ("%s %s", page, sidetone_finding_get_code (finding));
          if (requirement == NULL)
            continue;

          n++;
          g_assert_null (strchr (requirement, '{'));
          for (guint j = 0; j < settings->len; j++)
            {
              const SidetoneSettingWords *words = settings->pdata[j];

              g_assert_false (g_regex_match (placeholder, words->text, 0, NULL));
              /* A made-up address is nobody's. */
              g_assert_null (strstr (words->text, "private"));
            }
        }
    }
  g_assert_cmpuint (n, >, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remedy/complete", test_complete);
  g_test_add_func ("/remedy/programs", test_programs);
  g_test_add_func ("/remedy/chosen", test_chosen);
  g_test_add_func ("/remedy/filled", test_filled);
  g_test_add_func ("/remedy/reports", test_reports);

  return g_test_run ();
}
