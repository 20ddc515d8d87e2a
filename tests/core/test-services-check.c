/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-observations.h"

#include "judge/rules.h"
#include "judge/services-check.h"
#include "report/report.h"
#include "words/describe.h"

#define TURN "turn udp turn.lit 3478 credentials"
#define TURN_TCP "turn tcp turn.lit 3478 credentials"
#define GOOD "stun udp turn.lit 3478, " TURN ", " TURN_TCP
#define FOUND "turn.lit=203.0.113.20/2001:db8:113::20"
#define BOTH(address) "turn udp " address " 3478 credentials, turn tcp " address " 3478 credentials"
#define NEVER G_MAXINT64

/* The observations besides the address check's */
typedef struct
{
  const char *name;
  const char *services;    /* NULL: an error instead */
  SidetoneError error;     /* 0: the server was not asked */
  gint64 expires_in;
  const char *lookups;     /* HOST=ADDRESS/ADDRESS or HOST!ERROR, separated by spaces */
  const char *own;         /* this computer's addresses; NULL: behind a router */
  const char *peer;        /* NULL: a public one */
  const char *findings;    /* KIND:EVIDENCE, in their order; evidence besides services */
  SidetoneRelay relay;
  gint64 unusable;         /* the number of entries that can't be read */
} Row;

static const Row rows[] = {
  /* Not asked */
  { "not-asked", NULL, 0, NEVER, "", NULL, NULL, "", SIDETONE_RELAY_UNKNOWN },
  { "lost", NULL, SIDETONE_ERROR_CONNECTION_LOST, NEVER, "", NULL, NULL, "",
    SIDETONE_RELAY_UNKNOWN },
  { "ended", NULL, SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED, NEVER, "", NULL, NULL, "",
    SIDETONE_RELAY_UNKNOWN },

  /* Nothing wrong */
  { "good", GOOD, 0, NEVER, FOUND, NULL, NULL, "", SIDETONE_RELAY_OFFERED },
  { "good/expiring", GOOD, 0, 43199, FOUND, NULL, NULL, "", SIDETONE_RELAY_OFFERED },
  { "good/literal", "turn udp 203.0.113.20 3478 credentials, turns tls 2001:db8:113::20 5349 "
    "credentials", 0, NEVER, "", NULL, NULL, "", SIDETONE_RELAY_OFFERED },
  { "good/looked-up-later", GOOD, 0, NEVER, "", NULL, NULL, "", SIDETONE_RELAY_OFFERED },

  /* Nothing */
  { "no-services/not-offered", NULL, SIDETONE_ERROR_NOT_OFFERED, NEVER, "", NULL, NULL,
    "no-services:disco", SIDETONE_RELAY_NOT_OFFERED },
  { "no-services/empty", "", 0, NEVER, "", NULL, NULL, "no-services:",
    SIDETONE_RELAY_NOT_OFFERED },
  { "no-services/not-what-is-new", "quic udp a.lit 1", 0, NEVER, "", NULL, NULL, "",
    SIDETONE_RELAY_UNKNOWN },

  { "no-relay", "stun udp turn.lit 3478", 0, NEVER, FOUND, NULL, NULL, "no-relay:",
    SIDETONE_RELAY_NOT_OFFERED },
  { "no-relay/not-what-is-new", "stun udp turn.lit 3478, turn quic turn.lit 443", 0, NEVER, FOUND,
    NULL, NULL, "", SIDETONE_RELAY_UNKNOWN },

  /* No answer */
  { "forbidden", NULL, SIDETONE_ERROR_FORBIDDEN, NEVER, "", NULL, NULL, "services-forbidden:",
    SIDETONE_RELAY_UNKNOWN },
  { "unknown/no-answer", NULL, SIDETONE_ERROR_NO_ANSWER, NEVER, "", NULL, NULL,
    "services-unknown:", SIDETONE_RELAY_UNKNOWN },
  { "unknown/bad-answer", NULL, SIDETONE_ERROR_BAD_ANSWER, NEVER, "", NULL, NULL,
    "services-unknown:", SIDETONE_RELAY_UNKNOWN },
  { "unknown/refused", NULL, SIDETONE_ERROR_QUERY_FAILED, NEVER, "", NULL, NULL,
    "services-unknown:", SIDETONE_RELAY_UNKNOWN },
  { "unknown/malformed", NULL, SIDETONE_ERROR_TEXT_MALFORMED, NEVER, "", NULL, NULL,
    "services-unknown:", SIDETONE_RELAY_UNKNOWN },

  /* Entries that can't be read: something is offered, though nothing that can be used. */
  { "unreadable/all", "", 0, NEVER, "", NULL, NULL, "services-unreadable:", SIDETONE_RELAY_UNKNOWN,
    2 },
  { "unreadable/relay", "stun udp turn.lit 3478", 0, NEVER, FOUND, NULL, NULL,
    "services-unreadable:", SIDETONE_RELAY_UNKNOWN, 1 },
  { "unreadable/one", GOOD, 0, NEVER, FOUND, NULL, NULL, "services-unreadable:",
    SIDETONE_RELAY_OFFERED, 1 },

  /* Credentials. Prosody's entry for TLS has none */
  { "no-credentials", "turn udp turn.lit 3478, turns tls turn.lit 5349 restricted", 0, NEVER, FOUND,
    NULL, NULL, "no-credentials:", SIDETONE_RELAY_NOT_OFFERED },
  { "credentials-missing", GOOD ", turns tls turn.lit 5349", 0, NEVER, FOUND, NULL, NULL,
    "credentials-missing:", SIDETONE_RELAY_OFFERED },
  { "credentials-missing/not-stun", "stun udp turn.lit 3478 restricted, " TURN ", " TURN_TCP, 0, NEVER, FOUND,
    NULL, NULL, "", SIDETONE_RELAY_OFFERED },
  { "expired", GOOD, 0, -5, FOUND, NULL, NULL, "credentials-expired:", SIDETONE_RELAY_OFFERED },
  { "expired/now", GOOD, 0, 0, FOUND, NULL, NULL, "credentials-expired:", SIDETONE_RELAY_OFFERED },
  { "short", GOOD, 0, 599, FOUND, NULL, NULL, "credentials-short:", SIDETONE_RELAY_OFFERED },
  { "short/not", GOOD, 0, 600, FOUND, NULL, NULL, "", SIDETONE_RELAY_OFFERED },

  /* Transports */
  { "udp-only", TURN, 0, NEVER, FOUND, NULL, NULL, "no-relay-over-tcp:", SIDETONE_RELAY_OFFERED },
  { "udp-only/dtls", TURN ", turns udp turn.lit 5349 credentials", 0, NEVER, FOUND, NULL, NULL,
    "no-relay-over-tcp:", SIDETONE_RELAY_OFFERED },
  { "udp-only/tls-without-credentials", TURN ", turns tls turn.lit 5349", 0, NEVER, FOUND, NULL,
    NULL, "credentials-missing: no-relay-over-tcp:", SIDETONE_RELAY_OFFERED },
  { "tcp-only", TURN_TCP ", turns tls turn.lit 443 credentials", 0, NEVER, FOUND, NULL, NULL,
    "no-relay-over-udp:", SIDETONE_RELAY_OFFERED },
  { "tcp-only/dtls", TURN_TCP ", turns udp turn.lit 443 credentials", 0, NEVER, FOUND, NULL, NULL,
    "no-relay-over-udp:", SIDETONE_RELAY_OFFERED },
  { "tcp-only/udp-without-credentials", TURN_TCP ", turn udp turn.lit 3478", 0, NEVER, FOUND, NULL,
    NULL, "credentials-missing: no-relay-over-udp:", SIDETONE_RELAY_OFFERED },
  { "udp-only/stun-over-tcp", TURN ", stun tcp turn.lit 3478", 0, NEVER, FOUND, NULL, NULL,
    "no-relay-over-tcp:", SIDETONE_RELAY_OFFERED },

  /* Hosts */
  { "not-found", GOOD ", stun udp gone.lit 1", 0, NEVER, FOUND " gone.lit!name-not-found", NULL,
    NULL, "service-not-found:service-lookup-2", SIDETONE_RELAY_OFFERED },
  { "not-found/both", GOOD ", stun udp gone.lit 1, stun udp gone.lit 2, stun udp off.lit 1", 0,
    NEVER, "gone.lit!name-not-found " FOUND " off.lit!name-not-found", NULL, NULL,
    "service-not-found:service-lookup-1+service-lookup-3", SIDETONE_RELAY_OFFERED },
  { "not-found/not-when-silent", GOOD, 0, NEVER, "turn.lit!dns-no-answer", NULL, NULL, "",
    SIDETONE_RELAY_OFFERED },
  { "private/literal", BOTH ("10.0.0.5"), 0, NEVER, "", NULL, NULL,
    "service-private:", SIDETONE_RELAY_OFFERED },
  { "private/loopback", BOTH ("127.0.0.1"), 0, NEVER, "", NULL, NULL,
    "service-private:", SIDETONE_RELAY_OFFERED },
  { "private/unspecified", BOTH ("0.0.0.0"), 0, NEVER, "", NULL, NULL,
    "service-private:", SIDETONE_RELAY_OFFERED },
  { "private/shared", BOTH ("100.64.0.5"), 0, NEVER, "", NULL, NULL,
    "service-private:", SIDETONE_RELAY_OFFERED },
  { "private/unique-local", BOTH ("fd00::5"), 0, NEVER, "", NULL, NULL,
    "service-private: services-ipv6-only:interface-1", SIDETONE_RELAY_OFFERED },
  { "private/name", GOOD, 0, NEVER, "turn.lit=10.0.0.5/fd00::5", NULL, NULL,
    "service-private:service-lookup-1", SIDETONE_RELAY_OFFERED },
  { "private/not-if-one-is-public", GOOD, 0, NEVER, "turn.lit=203.0.113.20/fd00::5", NULL, NULL, "",
    SIDETONE_RELAY_OFFERED },
  { "private/not-beside-a-private-server", BOTH ("10.0.0.5"), 0, NEVER, "", NULL,
    "10.0.0.1:5222", "", SIDETONE_RELAY_OFFERED },
  { "private/not-behind-a-proxy-program", GOOD, 0, NEVER, "turn.lit=198.18.0.7", NULL,
    "198.18.0.5:5222", "", SIDETONE_RELAY_OFFERED },
  { "private/behind-nat64", BOTH ("10.0.0.5"), 0, NEVER, "", "2001:db8:1::7",
    "[64:ff9b::203.0.113.10]:5222", "service-private: services-ipv4-only:interface-1",
    SIDETONE_RELAY_OFFERED },
  { "private/not-what-nat64-makes", GOOD, 0, NEVER, "turn.lit=64:ff9b::cb00:7114", "2001:db8:1::7",
    "[64:ff9b::203.0.113.10]:5222", "", SIDETONE_RELAY_OFFERED },

  { "ipv6-only/name", GOOD, 0, NEVER, "turn.lit=2001:db8:113::20", "192.168.1.10 2001:db8:1::7", NULL,
    "relays-ipv6-only:service-lookup-1", SIDETONE_RELAY_OFFERED },
  { "ipv6-only/literal", BOTH ("2001:db8:113::20"), 0, NEVER, "", "192.168.1.10 2001:db8:1::7", NULL,
    "relays-ipv6-only:",
    SIDETONE_RELAY_OFFERED },
  { "ipv6-only/not-if-one-has-ipv4", BOTH ("2001:db8:113::20") ", turn udp 203.0.113.20 1 credentials",
    0, NEVER, "", NULL, NULL, "", SIDETONE_RELAY_OFFERED },
  { "ipv6-only/not-if-one-is-not-known", BOTH ("2001:db8:113::20") ", " TURN, 0, NEVER, "", NULL, NULL,
    "", SIDETONE_RELAY_OFFERED },

  { "ipv6-only/not-with-ipv6-alone", GOOD, 0, NEVER, "turn.lit=2001:db8:113::20", "fd00::7", NULL, "",
    SIDETONE_RELAY_OFFERED },

  /* Networks with only IPv4 */
  { "ipv6-only/none-here", GOOD, 0, NEVER, "turn.lit=2001:db8:113::20",
    "127.0.0.1 ::1 fe80::7 fd00::7 192.168.1.10", NULL,
    "services-ipv6-only:interface-5+service-lookup-1", SIDETONE_RELAY_OFFERED },
  /* A router may translate unique local addresses (NAT66), as VPNs do. */
  { "ipv6-only/not-if-ipv6-leads-out", GOOD, 0, NEVER, "turn.lit=2001:db8:113::20",
    "fd00::7 192.168.1.10", NULL, "relays-ipv6-only:service-lookup-1", SIDETONE_RELAY_OFFERED },
  { "ipv6-only/none-here-and-one-has-ipv4", BOTH ("2001:db8:113::20") ", turn udp 203.0.113.20 1 credentials",
    0, NEVER, "", "192.168.1.10", NULL, "", SIDETONE_RELAY_OFFERED },

  /* Networks with only IPv6 */
  { "ipv4-only/literal", BOTH ("203.0.113.20"), 0, NEVER, "",
    "::1 127.0.0.1 fe80::7 2001:db8:1::7", NULL, "services-ipv4-only:interface-4",
    SIDETONE_RELAY_OFFERED },
  { "ipv4-only/name", GOOD, 0, NEVER, "turn.lit=203.0.113.20", "2001:db8:1::7", NULL,
    "services-ipv4-only:interface-1+service-lookup-1", SIDETONE_RELAY_OFFERED },
  { "ipv4-only/relay", "stun udp 2001:db8::1 1, " BOTH ("203.0.113.20"), 0, NEVER, "",
    "2001:db8:1::7", NULL, "services-ipv4-only:interface-1", SIDETONE_RELAY_OFFERED },
  { "ipv4-only/stun", "stun udp 203.0.113.20 1", 0, NEVER, "", "2001:db8:1::7", NULL,
    "no-relay: services-ipv4-only:interface-1", SIDETONE_RELAY_NOT_OFFERED },
  { "ipv4-only/not-with-both", BOTH ("203.0.113.20") ", turn tcp 2001:db8::1 1 "
    "credentials", 0, NEVER, "", "2001:db8:1::7", NULL, "", SIDETONE_RELAY_OFFERED },
  { "ipv4-only/not-with-a-name", BOTH ("203.0.113.20") ", " TURN, 0, NEVER, FOUND,
    "2001:db8:1::7", NULL, "", SIDETONE_RELAY_OFFERED },
  { "ipv4-only/not-before-it-is-known", BOTH ("203.0.113.20") ", " TURN, 0, NEVER, "",
    "2001:db8:1::7", NULL, "", SIDETONE_RELAY_OFFERED },
  { "ipv4-only/not-with-ipv4", BOTH ("203.0.113.20"), 0, NEVER, "",
    "2001:db8:1::7 192.168.1.10", NULL, "", SIDETONE_RELAY_OFFERED },
  { "ipv4-only/not-with-464xlat", BOTH ("203.0.113.20"), 0, NEVER, "",
    "2001:db8:1::7 192.0.0.4", NULL, "", SIDETONE_RELAY_OFFERED },
};

static void
add_lookups (GListStore *store,
             const char *lookups)
{
  g_auto (GStrv) words = g_strsplit (lookups, *lookups != '\0' ? " " : "none", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("service-lookup-%u", i + 1);
      g_autofree char *host = g_strndup (words[i], strcspn (words[i], "=!"));
      const char *rest = words[i] + strlen (host);
      g_auto (GStrv) answers = g_strsplit (*rest == '=' ? rest + 1 : "", "/", -1);
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      g_autoptr (GError) error = NULL;
      SidetoneObservationFields fields = {
        .id = id,
        .kind = SIDETONE_OBSERVATION_LOOKUP,
        .state = *rest == '=' ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
      };

      if (*rest == '!')
        error = g_error_new_literal (SIDETONE_ERROR, sidetone_error_from_code (rest + 1), "no");
      fields.error = error;
      g_variant_dict_insert (&details, "question", "s", "service");
      g_variant_dict_insert (&details, "name", "s", host);
      g_variant_dict_insert_value (&details, "answers",
                                   g_variant_new_strv ((const char *const *) answers, -1));
      add_observation (store, &fields, &details);
    }
}

static GListStore *
make_store (const Row  *row,
            const char *local,
            const char *seen)
{
  GListStore *store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  SidetoneError error = row->error;

  if (row->own != NULL)
    {
      g_auto (GStrv) own = g_strsplit (row->own, " ", -1);

      for (guint i = 0; own[i] != NULL; i++)
        add_interface (store, "eth0", "wired", own[i], i == 0 || !g_str_has_prefix (own[i], "fd"));
    }
  else
    add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);

  add_disco (store, "urn:xmpp:sic:1");
  add_server_ip (store, local, seen, row->peer != NULL ? row->peer : PUBLIC_PEER);
  if (row->services != NULL)
    add_services_beside (store, row->services, row->expires_in, row->unusable);
  else if (error != 0)
    add_step (store, "services", SIDETONE_OBSERVATION_SERVICES, &error, NULL);
  add_lookups (store, row->lookups);

  return store;
}

static gboolean
is_about_services (SidetoneFinding *finding)
{
  return g_str_has_prefix (sidetone_finding_get_code (finding), "CALL-");
}

/* In the form of the table's column */
static char *
format_findings (SidetoneDiagnosis *diagnosis)
{
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_FINDING_KIND);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);
      const char *const *evidence = sidetone_finding_get_evidence (finding);
      g_autofree char *more = NULL;

      if (!is_about_services (finding))
        continue;

      g_assert_cmpstr (evidence[0], ==, "services");
      more = g_strjoinv ("+", (char **) evidence + 1);
      g_string_append_printf (text, "%s%s:%s", text->len > 0 ? " " : "",
                              g_enum_get_value (class,
                                                sidetone_finding_get_kind (finding))->value_nick,
                              more);
    }

  return g_string_free (text, FALSE);
}

/* The announced services do not change the level; but the most severe finding comes first, and the
 * address's among equals. */
static void
assert_in_order (SidetoneDiagnosis *diagnosis,
                 const Row         *row,
                 const char        *local,
                 const char        *seen)
{
  const Row without = { .own = row->own, .peer = row->peer, .lookups = "" };
  g_autoptr (GListStore) store = make_store (&without, local, seen);
  g_autoptr (SidetoneDiagnosis) before = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  SidetoneFinding *address = sidetone_diagnosis_get_address_finding (diagnosis);
  SidetoneFinding *first = sidetone_diagnosis_get_main_finding (diagnosis);
  g_autoptr (SidetoneFinding) listed = NULL;
  SidetoneSeverity worst = sidetone_finding_get_severity (address);
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);

  g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==,
                   sidetone_diagnosis_get_level (before));
  g_assert_false (sidetone_diagnosis_has_failed (diagnosis));
  g_assert_cmpint (sidetone_finding_get_kind (address), ==,
                   sidetone_finding_get_kind (sidetone_diagnosis_get_main_finding (before)));

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      /* Notes don't count */
      if (is_about_services (finding) &&
          sidetone_finding_get_severity (finding) >= SIDETONE_SEVERITY_WARNING)
        worst = MAX (worst, sidetone_finding_get_severity (finding));
    }
  listed = g_list_model_get_item (findings, 0);
  g_assert_true (listed == first);
  g_assert_cmpint (sidetone_finding_get_severity (first), ==, worst);
  if (sidetone_finding_get_severity (address) == worst)
    g_assert_true (first == address);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GListStore) store = make_store (row, "192.168.1.10:4000", "198.51.100.1:4000");
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *findings = NULL;

  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  findings = format_findings (diagnosis);
  g_assert_cmpstr (findings, ==, row->findings);
  g_assert_cmpint (sidetone_services_check_get_relay (sidetone_diagnosis_get_evidence (diagnosis)), ==,
                   row->relay);
  assert_in_order (diagnosis, row, "192.168.1.10:4000", "198.51.100.1:4000");
}

/* If nothing changes the address, the server's services do no harm. */
static void
test_in_the_open (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GListStore) store = make_store (row, "198.51.100.7:4000", "198.51.100.7:4000");
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *found = NULL;
  GListModel *findings;

  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  findings = sidetone_diagnosis_get_findings (diagnosis);
  found = format_findings (diagnosis);
  g_assert_cmpstr (found, ==, row->findings);
  assert_in_order (diagnosis, row, "198.51.100.7:4000", "198.51.100.7:4000");
  if (sidetone_diagnosis_get_level (diagnosis) != SIDETONE_LEVEL_GOOD)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      g_assert_cmpint (sidetone_finding_get_severity (finding), <=, SIDETONE_SEVERITY_NOTE);
    }
}

/* A report keeps everything, even when redacted. */
static void
test_report (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GListStore) store = make_store (row, "192.168.1.10:4000", "198.51.100.1:4000");
  g_autoptr (GDateTime) created = g_date_time_new_utc (2026, 11, 22, 15, 4, 5);
  g_autoptr (SidetoneReport) report = NULL;
  g_autoptr (SidetoneReport) read = NULL;
  g_autoptr (SidetoneReport) redacted = NULL;
  g_autoptr (SidetoneReport) twice = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *json_read = NULL;
  g_autofree char *json_redacted = NULL;
  g_autofree char *json_twice = NULL;
  g_autofree char *findings = NULL;

  report = sidetone_report_new ("turn@montague.lit", "montague.lit", created, NULL, NULL,
                                G_LIST_MODEL (store));
  json = sidetone_report_to_json (report);
  read = sidetone_report_new_from_json (json, strlen (json), &error);
  g_assert_no_error (error);
  json_read = sidetone_report_to_json (read);
  g_assert_cmpstr (json_read, ==, json);

  redacted = sidetone_report_new_redacted (report);
  findings = format_findings (sidetone_report_get_diagnosis (redacted));
  g_assert_cmpstr (findings, ==, row->findings);

  json_redacted = sidetone_report_to_json (redacted);
  twice = sidetone_report_new_redacted (redacted);
  json_twice = sidetone_report_to_json (twice);
  g_assert_cmpstr (json_twice, ==, json_redacted);
}

static void
assert_words (const char         *services,
              SidetoneFindingKind kind,
              const char         *lookups,
              const char         *words)
{
  const Row row = { .services = services, .expires_in = NEVER, .lookups = lookups };
  g_autoptr (GListStore) store = make_store (&row, "192.168.1.10:4000", "198.51.100.1:4000");
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *explanation = NULL;
  SidetoneFinding *finding;

  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
  finding = sidetone_diagnosis_find (diagnosis, kind);
  g_assert_nonnull (finding);
  explanation = sidetone_describe_finding_explanation (finding);
  if (strstr (explanation, words) == NULL)
    g_error ("“%s” is not in: %s", words, explanation);
}

/* The administrator must know which one is meant. */
static void
test_named (void)
{
  assert_words (GOOD ", turns tls turn.lit 5349", SIDETONE_FINDING_CREDENTIALS_MISSING, FOUND,
                "none with turn.lit:5349.");
  assert_words ("turn udp turn.lit 1 credentials, turns tls 2001:db8::1 5349",
                SIDETONE_FINDING_CREDENTIALS_MISSING, FOUND, "none with [2001:db8::1]:5349.");
  assert_words (GOOD, SIDETONE_FINDING_SERVICE_NOT_FOUND, "turn.lit!name-not-found",
                "announces turn.lit for calls");
  assert_words (GOOD, SIDETONE_FINDING_SERVICE_PRIVATE, "turn.lit=10.0.0.5",
                "announces turn.lit for calls");
}

/* The advice depends on what is known about the relay, and promises nothing of an untested
 * relay. */
static void
test_advice (void)
{
  static const struct
  {
    const char *services;
    SidetoneError error;
    const char *advice;
  } cases[] = {
    { NULL, 0, "whether the server offers a relay for calls (TURN)." },
    { NULL, SIDETONE_ERROR_NO_ANSWER, "whether the server offers a relay for calls (TURN)." },
    { NULL, SIDETONE_ERROR_NOT_OFFERED, "for a relay for calls (TURN)." },
    { "stun udp turn.lit 1", 0, "for a relay for calls (TURN)." },
    { GOOD, 0, "offers one, and it was not tested here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Row row = { .services = cases[i].services, .error = cases[i].error,
                        .expires_in = NEVER, .lookups = "" };
      g_autoptr (GListStore) store = make_store (&row, "192.168.1.10:4000", "198.51.100.1:4000");
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *advice = NULL;

      diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
      advice = sidetone_describe_finding_advice (
        sidetone_diagnosis_get_address_finding (diagnosis));
      g_assert_true (g_str_has_suffix (advice, cases[i].advice));
    }
}

/* Each kind has a row. */
static void
test_all_kinds_covered (void)
{
  for (guint n = 0; n < sidetone_rules_get_n (); n++)
    {
      const SidetoneRule *rule = sidetone_rules_get (n);
      g_autofree char *nick = g_strconcat (rule->nick, ":", NULL);
      gboolean covered = FALSE;

      /* Only announcements: each test's result has its own rows, and so has room for video */
      if (!g_str_has_prefix (rule->code, "CALL-") || rule->judge == NULL ||
          (rule->kind >= SIDETONE_FINDING_RELAY_LIMITS_RATE &&
           rule->kind <= SIDETONE_FINDING_DELAY_UNDER_LOAD))
        continue;

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        covered = covered || strstr (rows[i].findings, nick) != NULL;
      g_assert_true (covered);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *judged = g_strconcat ("/services-check/judged/", rows[i].name, NULL);
      g_autofree char *open = g_strconcat ("/services-check/open/", rows[i].name, NULL);
      g_autofree char *report = g_strconcat ("/services-check/report/", rows[i].name, NULL);

      g_test_add_data_func (judged, &rows[i], test_row);
      g_test_add_data_func (open, &rows[i], test_in_the_open);
      g_test_add_data_func (report, &rows[i], test_report);
    }
  g_test_add_func ("/services-check/named", test_named);
  g_test_add_func ("/services-check/advice", test_advice);
  g_test_add_func ("/services-check/all-kinds-covered", test_all_kinds_covered);

  return g_test_run ();
}
