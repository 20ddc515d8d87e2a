/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-call-observations.h"
#include "test-nat-observations.h"

#include "base/nick.h"
#include "judge/app-check.h"
#include "judge/rules.h"
#include "judge/verdict.h"
#include "report/comparison.h"
#include "report/report.h"
#include "report/report-trim.h"
#include "words/describe.h"

#include <string.h>

/* What is told of an app: the table of apps, and what follows from it for what was tested */

#define TURN_6 "turn udp 2001:db8:5::20 3478 credentials"
#define TURN_PRIVATE "turn udp 10.0.0.20 3478 credentials"
#define TURN_TYPED "turn udp 203.0.113.77 3478 credentials"
#define TURN_BARE "turn udp 203.0.113.20 3478"

#define REFUSED SIDETONE_ERROR_TURN_UNAUTHORIZED
#define BAD_CERTIFICATE SIDETONE_ERROR_CERTIFICATE_EXPIRED

typedef struct
{
  const char *name;
  SidetoneApp app;
  const char *services;      /* as announced, with commas between them */
  gint64 expires_in;         /* of the credentials; 0: never */
  Test tests[4];
  const char *mapping;
  const char *ways;          /* to open, home, symmetric and mobile partners */
  const char *findings;      /* the APP findings' codes, each with its severity's first letter */
  SidetoneRelay relay;
  gboolean has_carrier;      /* NAT-02, a warning of its own */
} Row;

static const Row rows[] = {
  /* Not said, or not known: what most apps can do */
  { "not-said", SIDETONE_APP_UNKNOWN, TURN_TCP, 0, { { TURN_TCP, .echo = ALL } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "other", SIDETONE_APP_OTHER, TURN_TCP, 0, { { TURN_TCP, .echo = ALL } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "without-calls", SIDETONE_APP_CONVERSE, TURN_TCP, 0, { { TURN_TCP, .echo = ALL } }, EI,
    "direct direct relay relay", "APP-01 warning", SIDETONE_RELAY_WORKS },

  /* Relays over UDP alone, and the last of these */
  { "dino/udp", SIDETONE_APP_DINO, STUN ", " TURN, 43199, { { STUN }, { TURN, .echo = ALL } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "dino/tcp-and-tls", SIDETONE_APP_DINO, STUN ", " TURN_TCP ", " TURN_TLS, 0,
    { { STUN }, { TURN_TCP, .echo = ALL }, { TURN_TLS, .echo = ALL } }, EI,
    "direct direct none none", "APP-03 warning", SIDETONE_RELAY_UNUSED },
  { "dino/behind-a-carrier", SIDETONE_APP_DINO, STUN ", " TURN_TCP, 0,
    { { STUN }, { TURN_TCP, .echo = ALL } }, EI,
    "direct direct none none", "APP-03 warning", SIDETONE_RELAY_UNUSED, .has_carrier = TRUE },
  { "dino/last-works", SIDETONE_APP_DINO, OTHER_TURN ", " TURN, 0,
    { { OTHER_TURN, .error = SILENT }, { TURN, .echo = ALL } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "dino/last-fails", SIDETONE_APP_DINO, TURN ", " OTHER_TURN, 0,
    { { TURN, .echo = ALL }, { OTHER_TURN, .error = REFUSED } }, EI,
    "direct direct none none", "APP-03 warning", SIDETONE_RELAY_UNUSED },
  { "dino/last-without-password", SIDETONE_APP_DINO, OTHER_TURN ", " TURN_BARE, 0,
    { { OTHER_TURN, .echo = ALL } }, EI,
    "direct direct none none", "APP-03 warning", SIDETONE_RELAY_UNUSED },
  { "dino/last-is-not-udp", SIDETONE_APP_DINO, TURN ", " OTHER_TURN_TCP, 0,
    { { TURN, .echo = ALL }, { OTHER_TURN_TCP, .error = REFUSED } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "dino/last-is-ipv6", SIDETONE_APP_DINO, TURN ", " TURN_6, 0,
    { { TURN, .echo = ALL }, { TURN_6, .error = REFUSED } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "dino/ipv6-alone", SIDETONE_APP_DINO, STUN ", " TURN_6, 0,
    { { STUN }, { TURN_6, .echo = ALL } }, EI,
    "direct direct none none", "APP-03 warning", SIDETONE_RELAY_UNUSED },
  { "dino/private", SIDETONE_APP_DINO, TURN_PRIVATE, 0, { { TURN_PRIVATE, .echo = ALL } }, EI,
    "direct direct none none", "APP-03 warning", SIDETONE_RELAY_UNUSED },
  { "dino/typed", SIDETONE_APP_DINO, STUN, 0, { { STUN }, { TURN_TYPED, .echo = ALL } }, EI,
    "direct direct none none", "", SIDETONE_RELAY_NOT_OFFERED },
  { "dino/all-fail", SIDETONE_APP_DINO, STUN ", " TURN, 0, { { STUN }, { TURN, .error = REFUSED } },
    EI, "direct direct none none", "", SIDETONE_RELAY_BROKEN },
  { "dino/not-over-yet", SIDETONE_APP_DINO, STUN ", " TURN, 0, { { STUN }, { TURN } }, EI,
    "direct direct unknown unknown", "", SIDETONE_RELAY_OFFERED },
  /* Without the relay's and the last STUN server's answer it knows no address. */
  { "dino/last-stun-fails", SIDETONE_APP_DINO, STUN ", " OTHER_STUN, 0,
    { { STUN }, { OTHER_STUN, .error = SILENT } }, EI,
    "direct none none none", "", SIDETONE_RELAY_NOT_OFFERED },
  { "dino/last-stun-fails-and-relay", SIDETONE_APP_DINO, STUN ", " OTHER_STUN ", " TURN, 0,
    { { STUN }, { OTHER_STUN, .error = SILENT }, { TURN, .echo = ALL } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "dino/in-the-open", SIDETONE_APP_DINO, STUN ", " TURN_TCP, 0,
    { { STUN, .mapped = OPEN }, { TURN_TCP, .echo = ALL, .mapped = OPEN } }, "none",
    "direct direct direct direct", "APP-03 note", SIDETONE_RELAY_UNUSED },

  /* Old passwords */
  { "dino-0.4/private", SIDETONE_APP_DINO_OLD, TURN_PRIVATE, 0, { { TURN_PRIVATE, .echo = ALL } },
    EI, "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "dino-0.4/password", SIDETONE_APP_DINO_OLD, TURN, 43199, { { TURN, .echo = ALL } }, EI,
    "direct direct relay relay", "APP-04 note", SIDETONE_RELAY_WORKS },
  { "dino-0.4/password-fails", SIDETONE_APP_DINO_OLD, TURN, 43199, { { TURN, .error = REFUSED } },
    EI, "direct direct none none", "", SIDETONE_RELAY_BROKEN },

  /* No server at all */
  { "gajim-1/nat", SIDETONE_APP_GAJIM_OLD, STUN ", " TURN, 0, { { STUN }, { TURN, .echo = ALL } },
    EI, "direct none none none", "APP-02 warning", SIDETONE_RELAY_UNUSED },
  { "gajim-1/symmetric", SIDETONE_APP_GAJIM_OLD, STUN ", " TURN, 0,
    { { STUN }, { TURN, .echo = ALL } }, APD,
    "direct none none none", "APP-02 warning", SIDETONE_RELAY_UNUSED },
  { "gajim-1/in-the-open", SIDETONE_APP_GAJIM_OLD, STUN ", " TURN, 0,
    { { STUN, .mapped = OPEN }, { TURN, .echo = ALL, .mapped = OPEN } }, "none",
    "direct direct direct direct", "APP-02 note", SIDETONE_RELAY_UNUSED },
  { "gajim-1/no-relay", SIDETONE_APP_GAJIM_OLD, STUN, 0, { { STUN } }, EI,
    "direct none none none", "APP-02 warning", SIDETONE_RELAY_UNUSED },
  { "gajim-1/udp-blocked", SIDETONE_APP_GAJIM_OLD, STUN ", " TURN_TCP ", " OTHER_STUN ", " OTHER_TURN_TCP,
    0, { { STUN, .error = SILENT },
         { TURN_TCP, .relayed = "203.0.113.30:50000", .echo = NONE_UNBOUND },
         { OTHER_STUN, .error = SILENT }, { OTHER_TURN_TCP, .echo = NONE_UNBOUND, .pair = ALL } }, NULL,
    "none none none none", "APP-02 problem", SIDETONE_RELAY_UNUSED },

  /* Not over TLS */
  { "monal/tcp", SIDETONE_APP_MONAL, STUN ", " TURN_TCP, 43199,
    { { STUN }, { TURN_TCP, .echo = ALL } }, EI, "direct direct relay relay", "",
    SIDETONE_RELAY_WORKS },
  { "monal/tls", SIDETONE_APP_MONAL, STUN ", " TURN_TLS, 0, { { STUN }, { TURN_TLS, .echo = ALL } },
    EI, "direct direct none none", "APP-03 warning", SIDETONE_RELAY_UNUSED },
  { "monal/nothing-announced", SIDETONE_APP_MONAL, "", 0, { { TURN_TYPED, .error = REFUSED } }, EI,
    "direct direct unknown unknown", "", SIDETONE_RELAY_UNKNOWN },

  /* The first `turn`, always over UDP, and each `turns` */
  { "movim/first-fails", SIDETONE_APP_MOVIM, OTHER_TURN ", " TURN, 0,
    { { OTHER_TURN, .error = REFUSED }, { TURN, .echo = ALL } }, EI,
    "direct direct none none", "APP-03 warning", SIDETONE_RELAY_UNUSED },
  { "movim/first-works", SIDETONE_APP_MOVIM, TURN ", " OTHER_TURN, 43199,
    { { TURN, .echo = ALL }, { OTHER_TURN, .error = REFUSED } }, EI,
    "direct direct relay relay", "APP-04 note", SIDETONE_RELAY_WORKS },
  { "movim/tls-too", SIDETONE_APP_MOVIM, TURN ", " TURN_TLS, 0,
    { { TURN, .error = REFUSED }, { TURN_TLS, .echo = ALL } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "movim/tcp-is-spoken-to-by-udp", SIDETONE_APP_MOVIM, TURN_TCP, 0,
    { { TURN_TCP, .echo = ALL } }, EI, "direct direct unknown unknown", "",
    SIDETONE_RELAY_OFFERED },

  /* Everything, and certificates that others refuse */
  { "conversations/tls", SIDETONE_APP_CONVERSATIONS, TURN_TLS, 43199,
    { { TURN_TLS, .echo = ALL } }, EI, "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
  { "conversations/certificate", SIDETONE_APP_CONVERSATIONS, STUN ", " TURN_TLS, 0,
    { { STUN }, { TURN_TLS, .error = BAD_CERTIFICATE } }, EI, "direct direct unknown unknown", "",
    SIDETONE_RELAY_OFFERED },
  { "movim/certificate", SIDETONE_APP_MOVIM, STUN ", " TURN_TLS, 0,
    { { STUN }, { TURN_TLS, .error = BAD_CERTIFICATE } }, EI, "direct direct none none", "",
    SIDETONE_RELAY_BROKEN },
  { "siskin/any", SIDETONE_APP_SISKIN, TURN ", " OTHER_TURN, 0,
    { { TURN, .error = REFUSED }, { OTHER_TURN, .echo = ALL } }, EI,
    "direct direct relay relay", "", SIDETONE_RELAY_WORKS },
};

static GListStore *
make_store (const Row *row)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  gboolean is_open = g_strcmp0 (row->mapping, "none") == 0;
  const char *local = is_open ? "198.51.100.1:6000" : OPEN;

  add_interface (store, "eth0", "wired", is_open ? "198.51.100.1" : "192.168.1.10", TRUE);
  add_server_ip (store, is_open ? "198.51.100.1:4000"
                 : row->has_carrier ? "100.64.0.10:4000" : "192.168.1.10:4000", "198.51.100.1:4000",
                 PUBLIC_PEER);
  add_services (store, row->services, row->expires_in != 0 ? row->expires_in : G_MAXINT64);
  for (guint i = 0; i < G_N_ELEMENTS (row->tests) && row->tests[i].service != NULL; i++)
    add_test (store, &row->tests[i], i + 1);
  if (row->mapping != NULL)
    add_nat (store, "nat-4", local, "198.51.100.1:6000", row->mapping,
             is_open ? EI : APD);

  return store;
}

static char *
format_findings (SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      const char *code = sidetone_finding_get_code (finding);

      if (g_str_has_prefix (code, "APP-"))
        g_ptr_array_add (texts, g_strdup_printf (
                           "%s %s", code,
                           sidetone_nick_get (SIDETONE_TYPE_SEVERITY,
                                              sidetone_finding_get_severity (finding))));
    }
  g_ptr_array_add (texts, NULL);

  return g_strjoinv (" ", (char **) texts->pdata);
}

static char *
format_ways (SidetoneDiagnosis *diagnosis)
{
  const char *ways[SIDETONE_N_PARTNERS + 1] = { NULL };

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    ways[partner] = sidetone_nick_get (SIDETONE_TYPE_CALL_WAY,
                                       sidetone_diagnosis_get_call (diagnosis, partner)->way);

  return g_strjoinv (" ", (char **) ways);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GListStore) store = make_store (row);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *findings = NULL;
  g_autofree char *ways = NULL;

  diagnosis = sidetone_diagnose_for_app (G_LIST_MODEL (store), "montague.lit", row->app);
  findings = format_findings (diagnosis);
  ways = format_ways (diagnosis);
  g_assert_cmpstr (ways, ==, row->ways);
  g_assert_cmpint (sidetone_diagnosis_get_verdict (diagnosis)->relay, ==, row->relay);
  g_assert_cmpstr (findings, ==, row->findings);
  /* What the app can't do is said first, and not what it does not need. */
  if (strstr (findings, "warning") != NULL || strstr (findings, "problem") != NULL)
    g_assert_true (g_str_has_prefix (
                     sidetone_finding_get_code (sidetone_diagnosis_get_main_finding (diagnosis)),
                     "APP-"));
}

/* Words that need no server of the other person's stand only where one would help. */
static void
test_not_at_all (void)
{
  const SidetoneNatFacts nat = {
    .mapping = SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT, .is_untold = TRUE,
  };
  SidetoneCall call = sidetone_call_judge (SIDETONE_PARTNER_HOME, &nat, FALSE,
                                           SIDETONE_RELAY_UNUSED);

  g_assert_cmpint (call.way, ==, SIDETONE_CALL_WAY_NONE);
  g_assert_cmpint (call.reason, ==, SIDETONE_CALL_REASON_OWN_ADDRESS);
  g_assert_cmpstr (sidetone_describe_call (&call), ==, "not at all");
}

static char *
describe_explanation (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = NULL;
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

      if (!g_str_equal (rows[i].name, name))
        continue;

      store = make_store (&rows[i]);
      diagnosis = sidetone_diagnose_for_app (G_LIST_MODEL (store), "montague.lit", rows[i].app);
      for (SidetoneFindingKind kind = SIDETONE_FINDING_APP_WITHOUT_CALLS;
           kind <= SIDETONE_FINDING_APP_OLD_PASSWORD; kind++)
        {
          SidetoneFinding *finding = sidetone_diagnosis_find (diagnosis, kind);

          if (finding != NULL)
            return sidetone_describe_finding_explanation (finding);
        }
    }

  g_assert_not_reached ();
}

/* Why the app does not use what works, with the names of both */
static void
test_words (void)
{
  static const char *const words[][2] = {
    { "dino/tcp-and-tls", "Dino uses relays (TURN) only over UDP, and the one that works here takes "
      "TCP. So its calls fail when no direct way works." },
    { "monal/tls", "Monal uses relays (TURN) only over UDP or TCP, and the one that works here takes "
      "TLS. So its calls fail when no direct way works." },
    { "dino/ipv6-alone", "Dino looks for relays (TURN) only at IPv4 addresses, and the one that works "
      "here has an IPv6 address. So its calls fail when no direct way works." },
    { "dino/private", "Dino leaves out relays (TURN) with a private address, and the one that works "
      "here has one. So its calls fail when no direct way works." },
    { "dino/last-fails", "Of the relays (TURN) that your server names, Dino takes only the last, "
      "203.0.113.30:3478, which does not work here. So its calls fail when no direct way works." },
    { "movim/first-fails", "Of the relays (TURN) that your server names, Movim takes only the first, "
      "203.0.113.30:3478, which does not work here. So its calls fail when no direct way works." },
    { "dino-0.4/password", "Dino before 0.5 asks for the relay's password once, and your server's "
      "lasts 11 hours. After that, its calls fail when no direct way works." },
    { "without-calls", "Converse.js offers no calls of its own. What is said here about calls is about "
      "apps that do." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *told = describe_explanation (words[i][0]);

      g_assert_cmpstr (told, ==, words[i][1]);
    }
}

static const char *
say (gboolean truth)
{
  return truth ? "yes" : "no";
}

/* As in the table of README.md */
static char *
format_facts (SidetoneApp app)
{
  const SidetoneAppFacts *facts = sidetone_app_get_facts (app);
  g_autoptr (GString) over = g_string_new (NULL);

  if ((facts->transports & SIDETONE_APP_UDP) != 0)
    g_string_append (over, " UDP");
  if ((facts->transports & SIDETONE_APP_TCP) != 0)
    g_string_append (over, " TCP");
  if ((facts->transports & SIDETONE_APP_TLS) != 0)
    g_string_append (over, " TLS");

  return g_strdup_printf ("| %s | %s | %s, %s | %s | %s | %s | %s | %s | %s | %s | %s |",
                          sidetone_nick_get (SIDETONE_TYPE_APP, app), facts->name, facts->version,
                          facts->date, say (facts->has_calls), say (facts->asks_stun),
                          sidetone_nick_get (SIDETONE_TYPE_APP_CHOICE, facts->choice),
                          over->len > 0 ? over->str + 1 : "-", say (facts->is_ipv4_only),
                          say (facts->skips_private), say (facts->trusts_any),
                          sidetone_nick_get (SIDETONE_TYPE_APP_PASSWORDS, facts->passwords));
}

static void
test_readme (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "src", "core",
                                                 "README.md", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, SIDETONE_APP_READ_ON));
  lines = g_strsplit (text, "\n", -1);
  for (SidetoneApp app = 0; app < SIDETONE_N_APPS; app++)
    {
      const SidetoneAppFacts *facts = sidetone_app_get_facts (app);
      g_autofree char *line = facts != NULL ? format_facts (app) : NULL;

      g_assert_true ((facts == NULL) == (app == SIDETONE_APP_UNKNOWN || app == SIDETONE_APP_OTHER));
      if (facts == NULL)
        continue;

      n++;
      g_assert_nonnull (facts->source);
      if (!g_strv_contains ((const char *const *) lines, line))
        g_error ("Not in README.md: %s", line);
    }
  g_assert_cmpuint (n, ==, SIDETONE_N_APPS - 2);
}

static SidetoneReport *
read_report (const char *json)
{
  g_autoptr (GError) error = NULL;
  SidetoneReport *report = sidetone_report_new_from_json (json, strlen (json), &error);

  g_assert_no_error (error);

  return report;
}

/* It travels with a report, and is kept in those that are posted and those that stay here. */
static void
test_report (void)
{
  g_autoptr (GListStore) store = make_store (&rows[4]);
  g_autoptr (GDateTime) created = g_date_time_new_from_iso8601 ("2026-11-22T17:01:22Z", NULL);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) with_app = NULL;
  g_autoptr (SidetoneReport) read = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autoptr (SidetoneReport) trimmed = NULL;
  g_autoptr (SidetoneReport) newer = NULL;
  g_autoptr (SidetoneReport) back = NULL;
  g_autoptr (GString) foreign = NULL;
  g_autoptr (SidetoneComparison) comparison = NULL;
  g_autofree const char **notes = NULL;
  g_autofree char *without = NULL;
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *last = NULL;

  report = sidetone_report_new ("romeo@montague.lit", "montague.lit", created, NULL, NULL,
                                G_LIST_MODEL (store));
  without = sidetone_report_to_json (report);
  g_assert_null (strstr (without, "chat_app"));

  with_app = sidetone_report_new_for_app (report, SIDETONE_APP_DINO);
  json = sidetone_report_to_json (with_app);
  g_assert_nonnull (strstr (json, "\"chat_app\": \"dino\""));
  g_assert_nonnull (strstr (json, "\"APP-03\""));
  text = sidetone_report_to_text (with_app);
  g_assert_nonnull (strstr (text, "App for calls: Dino (known from version 0.5.1, 45723ac2 of 2026-06-07)"));
  g_assert_nonnull (strstr (text, "With Dino."));

  read = read_report (json);
  again = sidetone_report_to_json (read);
  g_assert_cmpstr (again, ==, json);
  redacted = sidetone_report_new_redacted (read);
  trimmed = sidetone_report_new_trimmed (read);
  g_assert_cmpint (sidetone_report_get_app (redacted), ==, SIDETONE_APP_DINO);
  g_assert_cmpint (sidetone_report_get_app (trimmed), ==, SIDETONE_APP_DINO);

  /* An app of a newer version */
  foreign = g_string_new (json);
  g_string_replace (foreign, "\"chat_app\": \"dino\"", "\"chat_app\": \"nurse\"", 1);
  newer = read_report (foreign->str);
  g_assert_cmpint (sidetone_report_get_app (newer), ==, SIDETONE_APP_UNKNOWN);

  /* Compared, the app may be what differs. */
  comparison = sidetone_comparison_new (report, read);
  g_assert_cmpint (sidetone_comparison_get_traits (comparison), ==, SIDETONE_COMPARISON_OF_APPS);
  notes = sidetone_comparison_describe_traits (comparison);
  g_assert_nonnull (strstr (notes[0], "different apps"));
  g_assert_null (notes[1]);

  back = sidetone_report_new_for_app (read, SIDETONE_APP_UNKNOWN);
  last = sidetone_report_to_json (back);
  g_assert_cmpstr (last, ==, without);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/app/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/app/not-at-all", test_not_at_all);
  g_test_add_func ("/app/words", test_words);
  g_test_add_func ("/app/readme", test_readme);
  g_test_add_func ("/app/report", test_report);

  return g_test_run ();
}
