/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-observations.h"

#include "seen/secure.h"

#include "judge/failure.h"
#include "judge/rules.h"
#include "words/describe.h"

#define FAILED(name) (&(SidetoneError) { SIDETONE_ERROR_ ## name })

/* One kind of finding, with exactly this evidence */
static void
assert_finding (SidetoneDiagnosis  *diagnosis,
                SidetoneFindingKind kind,
                const char         *evidence)
{
  SidetoneFinding *finding = sidetone_diagnosis_get_main_finding (diagnosis);
  g_autofree char *ids = NULL;

  g_assert_nonnull (finding);
  g_assert_cmpint (sidetone_finding_get_kind (finding), ==, kind);
  ids = join_evidence (finding);
  g_assert_cmpstr (ids, ==, evidence);
  g_assert_true (sidetone_diagnosis_find (diagnosis, kind) == finding);
}

/* The server could not be asked, because of this error. */
static void
assert_failed (SidetoneDiagnosis *diagnosis,
               SidetoneError      error)
{
  SidetoneFinding *finding = sidetone_diagnosis_get_address_finding (diagnosis);

  g_assert_true (sidetone_diagnosis_has_failed (diagnosis));
  g_assert_cmpint (sidetone_finding_get_facts (finding)->error, ==, error);
}

static SidetoneDiagnosis *
judge (GListStore *store)
{
  return sidetone_diagnose (G_LIST_MODEL (store), "montague.lit");
}

static void
test_address_row (gconstpointer data)
{
  const AddressRow *row = data;
  g_autoptr (GListStore) store = make_row (row);
  g_autoptr (SidetoneDiagnosis) diagnosis = judge (store);
  g_autofree char *evidence = row->evidence == NULL ? g_strdup ("server-ip")
                              : g_strdup_printf ("server-ip %s", row->evidence);
  g_auto (GStrv) seen = g_strsplit (row->seen, " ", -1);
  g_autofree char *external = NULL;

  assert_finding (diagnosis, row->kind, evidence);
  g_assert_false (sidetone_diagnosis_has_failed (diagnosis));
  g_assert_null (sidetone_describe_reason (diagnosis));
  g_assert_null (sidetone_describe_event (diagnosis));

  g_assert_nonnull (sidetone_diagnosis_get_external (diagnosis));
  external = sidetone_endpoint_format (sidetone_diagnosis_get_external (diagnosis));
  g_assert_cmpstr (external, ==, row->external != NULL ? row->external : seen[0]);

  if (row->local != NULL)
    {
      g_autofree char *local = sidetone_endpoint_format (sidetone_diagnosis_get_local (diagnosis));

      g_assert_cmpstr (local, ==, row->local);
    }
  else
    g_assert_null (sidetone_diagnosis_get_local (diagnosis));
}

/* Each row of the design's table has a case here. */
static void
test_all_kinds_covered (void)
{
  for (guint n = 0; n < sidetone_rules_get_n (); n++)
    {
      const SidetoneRule *rule = sidetone_rules_get (n);
      gboolean covered = rule->fits == NULL;

      for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
        covered |= address_rows[i].kind == rule->kind;
      g_assert_true (covered);
    }
}

/* Rows 1 and 2: the server was asked, and its answer has no address. */
static void
test_unmade (void)
{
  static const struct
  {
    SidetoneError error;
    SidetoneFindingKind kind;
  } rows[] = {
    { SIDETONE_ERROR_NOT_OFFERED, SIDETONE_FINDING_NOT_OFFERED },
    { SIDETONE_ERROR_FORBIDDEN, SIDETONE_FINDING_FORBIDDEN },
    { SIDETONE_ERROR_NO_ANSWER, SIDETONE_FINDING_NO_ANSWER },
    { SIDETONE_ERROR_BAD_ANSWER, SIDETONE_FINDING_BAD_ANSWER },
    { SIDETONE_ERROR_QUERY_FAILED, SIDETONE_FINDING_BAD_ANSWER },
    { SIDETONE_ERROR_TEXT_TOO_LARGE, SIDETONE_FINDING_BAD_ANSWER },
    { SIDETONE_ERROR_TEXT_TOO_DEEP, SIDETONE_FINDING_BAD_ANSWER },
    { SIDETONE_ERROR_TEXT_MALFORMED, SIDETONE_FINDING_BAD_ANSWER },
    { SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE, SIDETONE_FINDING_BAD_ANSWER },
    { SIDETONE_ERROR_XML_DOCTYPE, SIDETONE_FINDING_BAD_ANSWER },
    { SIDETONE_ERROR_XML_ENTITY, SIDETONE_FINDING_BAD_ANSWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *reason = NULL;
      SidetoneError error = rows[i].error;

      add_connect (store, PUBLIC_PEER, NULL);
      add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, NULL, NULL);
      add_step (store, "server-ip", SIDETONE_OBSERVATION_SERVER_IP, &error, NULL);
      diagnosis = judge (store);

      assert_finding (diagnosis, rows[i].kind, "server-ip");
      g_assert_null (sidetone_diagnosis_get_external (diagnosis));
      g_assert_false (sidetone_diagnosis_has_failed (diagnosis));
      reason = sidetone_describe_reason (diagnosis);
      g_assert_nonnull (reason);
      g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==, SIDETONE_LEVEL_UNKNOWN);
    }
}

/* An answer without any address has no error. */
static void
test_answer_without_address (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

  add_step (store, "server-ip", SIDETONE_OBSERVATION_SERVER_IP, NULL, NULL);
  diagnosis = judge (store);

  assert_finding (diagnosis, SIDETONE_FINDING_BAD_ANSWER, "server-ip");
}

static void
test_not_offered_proof (void)
{
  static const struct
  {
    const char *features;
    gboolean announced;
  } rows[] = {
    { "urn:xmpp:ping http://jabber.org/protocol/disco#info", FALSE },
    { "urn:xmpp:ping urn:xmpp:sic:1", TRUE },
    { "urn:xmpp:sic:0", TRUE },
  };
  g_autofree char *unannounced = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *explanation = NULL;

      add_disco (store, rows[i].features);
      add_step (store, "server-ip", SIDETONE_OBSERVATION_SERVER_IP, FAILED (NOT_OFFERED), NULL);
      diagnosis = judge (store);

      assert_finding (diagnosis, SIDETONE_FINDING_NOT_OFFERED, "server-ip disco");
      explanation = sidetone_describe_finding_explanation (
        sidetone_diagnosis_get_main_finding (diagnosis));
      if (unannounced == NULL)
        unannounced = g_strdup (explanation);
      g_assert_true (g_str_equal (explanation, unannounced) != rows[i].announced);
    }
}

static void
test_levels (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
    {
      g_autoptr (GListStore) store = make_row (&address_rows[i]);
      g_autoptr (SidetoneDiagnosis) diagnosis = judge (store);
      SidetoneLevel level = sidetone_diagnosis_get_level (diagnosis);

      /* Nothing was tested: the level may promise or deny nothing. */
      g_assert_cmpint (level, !=, SIDETONE_LEVEL_RELAY);
      g_assert_cmpint (level, !=, SIDETONE_LEVEL_FAILING);
      g_assert_true ((level == SIDETONE_LEVEL_GOOD) ==
                     (address_rows[i].kind == SIDETONE_FINDING_NO_NAT));
    }
}

static void
test_vpn (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autoptr (SidetoneDiagnosis) with_clat = NULL;
  g_autoptr (SidetoneDiagnosis) without = NULL;

  /* A tunnel that the default route does not take does not matter. */
  add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);
  add_interface (store, "tun0", "tunnel", "10.8.0.2", FALSE);
  add_server_ip (store, "192.168.1.10:4000", "198.51.100.1:4000", PUBLIC_PEER);
  without = judge (store);
  g_assert_null (sidetone_diagnosis_find (without, SIDETONE_FINDING_VPN));

  /* Nor does one that is only 464XLAT. */
  add_interface (store, "clat", "tunnel", "192.0.0.4", TRUE);
  add_interface (store, "clat", "tunnel", "fe80::4", TRUE);
  with_clat = judge (store);
  g_assert_null (sidetone_diagnosis_find (with_clat, SIDETONE_FINDING_VPN));

  add_interface (store, "wg0", "tunnel", "10.9.0.2", TRUE);
  add_interface (store, "wg0", "tunnel", "fd00:9::2", TRUE);
  diagnosis = judge (store);
  assert_finding (diagnosis, SIDETONE_FINDING_VPN, "interface-5 interface-6");
  g_assert_nonnull (sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_NAT));
  g_assert_cmpuint (g_list_model_get_n_items (sidetone_diagnosis_get_findings (diagnosis)), ==, 2);
}

static void
test_broken_ipv6 (void)
{
  static const struct
  {
    const char *own;
    gboolean default_route;
    SidetoneError ipv6;
    SidetoneError ipv4;
    gboolean ipv6_elsewhere;
    gboolean found;
  } rows[] = {
    { "2001:db8:1::7", TRUE, SIDETONE_ERROR_TCP_NO_ANSWER, 0, FALSE, TRUE },
    { "2001:db8:1::7", TRUE, SIDETONE_ERROR_UNREACHABLE, 0, FALSE, TRUE },
    /* There was an answer: IPv6 works. */
    { "2001:db8:1::7", TRUE, SIDETONE_ERROR_CONNECTION_REFUSED, 0, FALSE, FALSE },
    { "2001:db8:1::7", TRUE, SIDETONE_ERROR_TCP_NO_ANSWER, 0, TRUE, FALSE },
    { "2001:db8:1::7", TRUE, SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED, 0, FALSE, FALSE },
    /* IPv6 was not promised. */
    { "fd00::7", TRUE, SIDETONE_ERROR_UNREACHABLE, 0, FALSE, FALSE },
    { "fe80::7", TRUE, SIDETONE_ERROR_UNREACHABLE, 0, FALSE, FALSE },
    { "2001:db8:1::7", FALSE, SIDETONE_ERROR_UNREACHABLE, 0, FALSE, FALSE },
    { "192.0.2.7", TRUE, SIDETONE_ERROR_UNREACHABLE, 0, FALSE, FALSE },
    /* The server may be down. */
    { "2001:db8:1::7", TRUE, SIDETONE_ERROR_TCP_NO_ANSWER, SIDETONE_ERROR_TCP_NO_ANSWER, FALSE,
      FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneError ipv6 = rows[i].ipv6;
      SidetoneError ipv4 = rows[i].ipv4;
      SidetoneFinding *finding;

      add_interface (store, "eth0", "wired", rows[i].own, rows[i].default_route);
      add_connect (store, PUBLIC_PEER6, &ipv6);
      add_connect (store, PUBLIC_PEER, ipv4 != 0 ? &ipv4 : NULL);
      if (rows[i].ipv6_elsewhere)
        add_connect (store, "[2001:db8:5::11]:5222", NULL);
      diagnosis = judge (store);

      finding = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_BROKEN_IPV6);
      g_assert_true ((finding != NULL) == rows[i].found);
      if (finding != NULL)
        {
          g_autofree char *evidence = join_evidence (finding);

          g_assert_cmpstr (evidence, ==, "interface-1 connect-1 connect-2");
        }
    }
}

/* Every error that can end a sign-in has a finding, at its stage. */
static void
test_failures (void)
{
  static const struct
  {
    SidetoneObservationKind step;
    const char *id;
    SidetoneError error;
    SidetoneFindingKind kind;
  } rows[] = {
#define SECURE SIDETONE_OBSERVATION_SECURE, "secure"
#define SIGN_IN SIDETONE_OBSERVATION_SIGN_IN, "sign-in"
#define SERVER_IP SIDETONE_OBSERVATION_SERVER_IP, "server-ip"
    { SECURE, SIDETONE_ERROR_TLS_NOT_OFFERED, SIDETONE_FINDING_NO_SECURITY },
    { SECURE, SIDETONE_ERROR_TLS_REFUSED, SIDETONE_FINDING_NO_SECURITY },
    { SECURE, SIDETONE_ERROR_TLS_FAILED, SIDETONE_FINDING_NO_SECURITY },
    { SECURE, SIDETONE_ERROR_TLS_NO_ANSWER, SIDETONE_FINDING_NO_SECURITY },
    { SECURE, SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED, SIDETONE_FINDING_CERTIFICATE },
    { SECURE, SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER, SIDETONE_FINDING_CERTIFICATE },
    { SECURE, SIDETONE_ERROR_CERTIFICATE_NO_CHAIN, SIDETONE_FINDING_CERTIFICATE },
    { SECURE, SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, SIDETONE_FINDING_CERTIFICATE },
    { SECURE, SIDETONE_ERROR_CERTIFICATE_EXPIRED, SIDETONE_FINDING_CERTIFICATE },
    { SECURE, SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID, SIDETONE_FINDING_CERTIFICATE },
    { SECURE, SIDETONE_ERROR_CERTIFICATE_OTHER, SIDETONE_FINDING_CERTIFICATE },
    { SECURE, SIDETONE_ERROR_CERTIFICATE_NOT_PINNED, SIDETONE_FINDING_CERTIFICATE },
    { SECURE, SIDETONE_ERROR_BAD_CA_FILE, SIDETONE_FINDING_CERTIFICATE },
    { SIGN_IN, SIDETONE_ERROR_NOT_XMPP, SIDETONE_FINDING_NOT_XMPP },
    { SIGN_IN, SIDETONE_ERROR_HTTP_ANSWER, SIDETONE_FINDING_NOT_XMPP },
    { SIGN_IN, SIDETONE_ERROR_STREAM_NO_ANSWER, SIDETONE_FINDING_SERVER_SILENT },
    { SIGN_IN, SIDETONE_ERROR_HOST_UNKNOWN, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_STREAM_ERROR, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_STREAM_UNAVAILABLE, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_STREAM_POLICY, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_SEE_OTHER_HOST, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_SERVERS_PORT, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_TOO_MUCH_DATA, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_CONNECTION_LOST, SIDETONE_FINDING_CONNECTION_LOST },
    { SIGN_IN, SIDETONE_ERROR_WEAK_MECHANISMS, SIDETONE_FINDING_NO_SECURITY },
    { SIGN_IN, SIDETONE_ERROR_NO_COMMON_MECHANISM, SIDETONE_FINDING_NO_SECURITY },
    { SIGN_IN, SIDETONE_ERROR_NO_MECHANISM, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_NOT_AUTHORIZED, SIDETONE_FINDING_WRONG_PASSWORD },
    { SIGN_IN, SIDETONE_ERROR_PASSWORD_EXPIRED, SIDETONE_FINDING_WRONG_PASSWORD },
    { SIGN_IN, SIDETONE_ERROR_SIGN_IN_UNAVAILABLE, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_BINDING_REFUSED, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_SIGN_IN_BROKEN, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_WRONG_PASSWORD, SIDETONE_FINDING_WRONG_PASSWORD },
    { SIGN_IN, SIDETONE_ERROR_PASSWORD_MISSING, SIDETONE_FINDING_WRONG_PASSWORD },
    { SIGN_IN, SIDETONE_ERROR_ACCOUNT_DISABLED, SIDETONE_FINDING_ACCOUNT_REFUSED },
    { SIGN_IN, SIDETONE_ERROR_SIGN_IN_REFUSED, SIDETONE_FINDING_ACCOUNT_REFUSED },
    { SIGN_IN, SIDETONE_ERROR_SIGN_IN_NO_ANSWER, SIDETONE_FINDING_SERVER_SILENT },
    { SIGN_IN, SIDETONE_ERROR_NO_BIND, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_BIND_REFUSED, SIDETONE_FINDING_SERVER_REFUSES },
    { SIGN_IN, SIDETONE_ERROR_BIND_NO_ANSWER, SIDETONE_FINDING_SERVER_SILENT },
    { SIGN_IN, SIDETONE_ERROR_SESSION_CONFLICT, SIDETONE_FINDING_SESSION_CONFLICT },
    { SIGN_IN, SIDETONE_ERROR_TIMED_OUT, SIDETONE_FINDING_SERVER_SILENT },
    { SIGN_IN, SIDETONE_ERROR_TEXT_MALFORMED, SIDETONE_FINDING_CONNECTION_BROKEN },
    { SIGN_IN, SIDETONE_ERROR_UNKNOWN, SIDETONE_FINDING_CONNECTION_BROKEN },
    { SERVER_IP, SIDETONE_ERROR_CONNECTION_LOST, SIDETONE_FINDING_CONNECTION_LOST },
    { SERVER_IP, SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED, SIDETONE_FINDING_CONNECTION_BROKEN },
    { SERVER_IP, SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE, SIDETONE_FINDING_CONNECTION_BROKEN },
    { SERVER_IP, SIDETONE_ERROR_SESSION_CONFLICT, SIDETONE_FINDING_SESSION_CONFLICT },
    { SERVER_IP, SIDETONE_ERROR_TIMED_OUT, SIDETONE_FINDING_SERVER_SILENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneError error = rows[i].error;

      add_lookup (store, "address", "montague.lit", "203.0.113.10", NULL);
      add_connect (store, PUBLIC_PEER, NULL);
      if (rows[i].step != SIDETONE_OBSERVATION_SECURE)
        add_step (store, "secure", SIDETONE_OBSERVATION_SECURE, NULL, NULL);
      if (rows[i].step == SIDETONE_OBSERVATION_SERVER_IP)
        add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, NULL, NULL);
      add_step (store, rows[i].id, rows[i].step, &error, NULL);
      diagnosis = judge (store);

      assert_finding (diagnosis, rows[i].kind, rows[i].id);
      assert_failed (diagnosis, error);
      g_assert_null (sidetone_diagnosis_get_external (diagnosis));
      g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==, SIDETONE_LEVEL_UNKNOWN);
      g_assert_cmpint (sidetone_finding_get_severity (
                         sidetone_diagnosis_get_main_finding (diagnosis)), ==,
                       SIDETONE_SEVERITY_PROBLEM);
    }
}

/* Words about other things must not name the server. */
static void
test_not_about_server (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *explanation = NULL;

  add_step (store, "secure", SIDETONE_OBSERVATION_SECURE, FAILED (BAD_CA_FILE), NULL);
  diagnosis = judge (store);

  reason = sidetone_describe_reason (diagnosis);
  explanation = sidetone_describe_finding_explanation (
    sidetone_diagnosis_get_main_finding (diagnosis));
  g_assert_null (strstr (reason, "montague.lit"));
  g_assert_null (strstr (explanation, "montague.lit"));
}

/* Every error has a finding, whatever a newer probe or an edited report may bring. */
static void
test_every_error (void)
{
  g_autoptr (GEnumClass) errors = g_type_class_ref (SIDETONE_TYPE_ERROR);

  for (guint i = 0; i < errors->n_values; i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneError error = errors->values[i].value;

      add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, &error, NULL);
      diagnosis = judge (store);

      g_assert_nonnull (sidetone_diagnosis_get_main_finding (diagnosis));
      assert_failed (diagnosis, error);
    }
}

/* What the page about a failed check offers first: an action that can help with that error, and
 * accepting a certificate only if there is one to accept. A bug in Sidetone is reported to its
 * makers. */
static void
test_next_steps (void)
{
  static const struct
  {
    SidetoneFindingKind kind;
    SidetoneNextStep next_step;
  } usual[] = {
    { SIDETONE_FINDING_OFFLINE, SIDETONE_NEXT_STEP_WAIT_ONLINE },
    { SIDETONE_FINDING_NAME_NOT_FOUND, SIDETONE_NEXT_STEP_CORRECT_ACCOUNT },
    { SIDETONE_FINDING_DNS_SILENT, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_SERVER_SILENT, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_SERVER_IPV6_ONLY, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_FINDING_SERVER_IPV4_ONLY, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_CERTIFICATE, SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE },
    { SIDETONE_FINDING_NO_SECURITY, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_FINDING_WRONG_PASSWORD, SIDETONE_NEXT_STEP_CORRECT_PASSWORD },
    { SIDETONE_FINDING_ACCOUNT_REFUSED, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_FINDING_NOT_XMPP, SIDETONE_NEXT_STEP_CORRECT_SERVER },
    { SIDETONE_FINDING_SERVER_REFUSES, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_FINDING_CONNECTION_LOST, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_CONNECTION_BROKEN, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_CLOSED_UNHEARD, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_FINDING_WEB_PORT, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_FINDING_INTERRUPTED, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_CLOCK_WRONG, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_SESSION_CONFLICT, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_NOT_OFFERED, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_FINDING_FORBIDDEN, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_FINDING_NO_ANSWER, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_FINDING_BAD_ANSWER, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
  };
  static const struct
  {
    SidetoneError error;
    SidetoneNextStep next_step;
  } unusual[] = {
    { SIDETONE_ERROR_BAD_SERVER, SIDETONE_NEXT_STEP_CORRECT_SERVER },
    { SIDETONE_ERROR_BAD_PORT, SIDETONE_NEXT_STEP_CORRECT_SERVER },
    { SIDETONE_ERROR_BAD_ADDRESS, SIDETONE_NEXT_STEP_CORRECT_SERVER },
    { SIDETONE_ERROR_BAD_SERVICE, SIDETONE_NEXT_STEP_CORRECT_SERVER },
    { SIDETONE_ERROR_BAD_CA_FILE, SIDETONE_NEXT_STEP_CHOOSE_CA_FILE },
    { SIDETONE_ERROR_FILE_UNREADABLE, SIDETONE_NEXT_STEP_CHOOSE_CA_FILE },
    { SIDETONE_ERROR_BAD_PIN, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_ERROR_PASSWORD_NOT_KEPT, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_ERROR_ACCOUNT_EMPTY, SIDETONE_NEXT_STEP_CORRECT_ACCOUNT },
    { SIDETONE_ERROR_ACCOUNT_NO_NAME, SIDETONE_NEXT_STEP_CORRECT_ACCOUNT },
    { SIDETONE_ERROR_ACCOUNT_NO_DOMAIN, SIDETONE_NEXT_STEP_CORRECT_ACCOUNT },
    { SIDETONE_ERROR_ACCOUNT_TOO_LONG, SIDETONE_NEXT_STEP_CORRECT_ACCOUNT },
    { SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER, SIDETONE_NEXT_STEP_CORRECT_ACCOUNT },
    { SIDETONE_ERROR_HTTP_ANSWER, SIDETONE_NEXT_STEP_LOG_IN },
    { SIDETONE_ERROR_CONNECTION_REFUSED, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_ERROR_TARGET_NOT_FOUND, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    { SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED, SIDETONE_NEXT_STEP_REPORT_BUG },
    { SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE, SIDETONE_NEXT_STEP_REPORT_BUG },
    { SIDETONE_ERROR_HOST_UNKNOWN, SIDETONE_NEXT_STEP_CORRECT_ACCOUNT },
    { SIDETONE_ERROR_TOO_MUCH_DATA, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
    /* They may pass. */
    { SIDETONE_ERROR_STREAM_UNAVAILABLE, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_ERROR_STREAM_POLICY, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_ERROR_SIGN_IN_UNAVAILABLE, SIDETONE_NEXT_STEP_CHECK_AGAIN },
    { SIDETONE_ERROR_SEE_OTHER_HOST, SIDETONE_NEXT_STEP_CORRECT_SERVER },
    { SIDETONE_ERROR_SERVER_UNPROVEN, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR },
  };
  g_autoptr (GEnumClass) errors = g_type_class_ref (SIDETONE_TYPE_ERROR);

  for (guint i = 0; i < errors->n_values; i++)
    {
      SidetoneError error = errors->values[i].value;
      SidetoneFindingKind kind = sidetone_failure_get_kind (error);
      SidetoneNextStep expected = SIDETONE_NEXT_STEP_UNKNOWN;

      for (guint j = 0; j < G_N_ELEMENTS (usual); j++)
        expected = usual[j].kind == kind ? usual[j].next_step : expected;
      for (guint j = 0; j < G_N_ELEMENTS (unusual); j++)
        expected = unusual[j].error == error ? unusual[j].next_step : expected;

      g_test_message ("%s", errors->values[i].value_nick);
      g_assert_cmpint (expected, !=, SIDETONE_NEXT_STEP_UNKNOWN);
      g_assert_cmpint (sidetone_failure_get_next_step (error), ==, expected);
    }
}

/* It passed where @code is 0. */
static void
add_certificate (GListStore   *store,
                 const char   *id,
                 SidetoneError code,
                 const char   *fingerprint)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  SidetoneObservationFields fields = {
    .id = id,
    .kind = SIDETONE_OBSERVATION_SECURE,
    .state = code == 0 ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
  };

  if (code != 0)
    error = g_error_new_literal (SIDETONE_ERROR, code, "certificate");
  fields.error = error;

  if (fingerprint != NULL)
    g_variant_dict_insert (&details, "sha256", "s", fingerprint);
  add_observation (store, &fields, &details);
}

/* The user is asked to accept the last refused certificate: not a valid one, nor one of a
 * connection that failed for another reason. */
static void
test_certificate (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneEvidence) before = NULL;
  g_autoptr (SidetoneEvidence) after = NULL;
  SidetoneObservation *last;

  add_certificate (store, "secure", SIDETONE_ERROR_CERTIFICATE_EXPIRED, NULL);
  add_certificate (store, "secure-0", 0, "aa");
  add_certificate (store, "secure-1", SIDETONE_ERROR_TLS_FAILED, "aa");
  before = sidetone_evidence_new (G_LIST_MODEL (store));
  g_assert_null (sidetone_failure_find_certificate (before));

  add_certificate (store, "secure-2", SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED, "aa");
  add_certificate (store, "secure-3", SIDETONE_ERROR_CERTIFICATE_NOT_PINNED, "bb");
  add_certificate (store, "secure-4", SIDETONE_ERROR_CERTIFICATE_EXPIRED, NULL);
  add_certificate (store, "secure-5", 0, "cc");
  add_certificate (store, "secure-6", SIDETONE_ERROR_TLS_FAILED, "dd");
  after = sidetone_evidence_new (G_LIST_MODEL (store));
  last = sidetone_failure_find_certificate (after);
  g_assert_cmpstr (sidetone_observation_get_secure (last)->sha256, ==, "bb");
}

static void
assert_next_step (GListStore      *store,
                  SidetoneNextStep next_step)
{
  g_autoptr (SidetoneDiagnosis) diagnosis = judge (store);

  g_assert_cmpint (sidetone_diagnosis_get_next_step (diagnosis), ==, next_step);
}

/* Accepting a certificate is offered only if it is known which one. */
static void
test_next_step (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GListStore) asked = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

  assert_next_step (store, SIDETONE_NEXT_STEP_UNKNOWN);

  /* One of several server programs has a valid certificate, which needs no acceptance. */
  add_certificate (store, "secure", 0, "aa");
  assert_next_step (store, SIDETONE_NEXT_STEP_UNKNOWN);
  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, FAILED (CONNECTION_LOST), NULL);
  assert_next_step (store, SIDETONE_NEXT_STEP_CHECK_AGAIN);
  add_certificate (store, "secure-2", SIDETONE_ERROR_CERTIFICATE_EXPIRED, NULL);
  assert_next_step (store, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR);
  add_certificate (store, "secure-3", SIDETONE_ERROR_CERTIFICATE_EXPIRED, "bb");
  assert_next_step (store, SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE);
  add_step (store, "sign-in-2", SIDETONE_OBSERVATION_SIGN_IN, FAILED (WRONG_PASSWORD), NULL);
  assert_next_step (store, SIDETONE_NEXT_STEP_CORRECT_PASSWORD);

  /* The check was made: only the administrator can change its result. */
  add_step (asked, "server-ip", SIDETONE_OBSERVATION_SERVER_IP, FAILED (NOT_OFFERED), NULL);
  assert_next_step (asked, SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR);
}

static void
assert_local (GListStore *store,
              const char *expected)
{
  g_autoptr (SidetoneDiagnosis) diagnosis = judge (store);
  SidetoneEndpoint *local = sidetone_diagnosis_get_local (diagnosis);
  g_autofree char *text = local != NULL ? sidetone_endpoint_format (local) : NULL;

  g_assert_cmpstr (text, ==, expected);
  g_assert_null (sidetone_diagnosis_get_external (diagnosis));
}

/* The local endpoint is known as soon as a connection is used, and stays so if the server then
 * falls silent. */
static void
test_local (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *text = NULL;

  add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);
  add_connect (store, PUBLIC_PEER6, FAILED (TCP_NO_ANSWER));
  assert_local (store, NULL);
  add_used_connect (store, "192.168.1.10:4000", 0, 1000);
  assert_local (store, "192.168.1.10:4000");
  add_step (store, "secure", SIDETONE_OBSERVATION_SECURE, FAILED (TLS_FAILED), NULL);
  add_used_connect (store, "192.168.1.10:4001", 0, 1000);
  assert_local (store, "192.168.1.10:4001");
  add_step (store, "server-ip", SIDETONE_OBSERVATION_SERVER_IP, FAILED (NOT_OFFERED), NULL);
  assert_local (store, "192.168.1.10:4001");

  add_server_ip (store, "192.168.1.10:4002", "198.51.100.1:4002", PUBLIC_PEER);
  diagnosis = judge (store);
  text = sidetone_endpoint_format (sidetone_diagnosis_get_local (diagnosis));
  g_assert_cmpstr (text, ==, "192.168.1.10:4002");
}

/* Beside the finding's advice is what happened, once, and in our words. */
static void
test_event (void)
{
  static const struct
  {
    SidetoneObservationKind kind;
    SidetoneError error;
    const char *event;
  } rows[] = {
    { SIDETONE_OBSERVATION_SERVER_IP, SIDETONE_ERROR_NOT_OFFERED,
      "montague.lit does not offer the address check." },
    { SIDETONE_OBSERVATION_SECURE, SIDETONE_ERROR_TLS_REFUSED,
      "montague.lit offers encryption, but refused to begin with it." },
    { SIDETONE_OBSERVATION_SECURE, SIDETONE_ERROR_BAD_CA_FILE,
      "The file holds no certificates that can be used." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *event = NULL;
      SidetoneError error = rows[i].error;

      add_step (store, "one", rows[i].kind, &error, "Go away");
      diagnosis = judge (store);
      event = sidetone_describe_event (diagnosis);
      g_assert_cmpstr (event, ==, rows[i].event);
    }
}

/* It is shown beside the field for the password, and says only that. */
static void
test_wrong_password (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *explanation = NULL;

  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, FAILED (WRONG_PASSWORD), "Go away");
  diagnosis = judge (store);

  explanation = sidetone_describe_finding_explanation (
    sidetone_diagnosis_get_main_finding (diagnosis));
  g_assert_cmpstr (explanation, ==,
                   "Wrong password, or no such account.");
}

/* Both ends side by side, as the cards show them */
static void
test_changes (void)
{
  static const struct
  {
    const char *local;
    const char *seen;
    SidetoneChange address;
    SidetoneChange port;
  } rows[] = {
    { "192.168.1.10:44308", "198.51.100.1:44308", SIDETONE_CHANGE_CHANGED, SIDETONE_CHANGE_SAME },
    { "192.168.1.10:44308", "198.51.100.1:1024", SIDETONE_CHANGE_CHANGED,
      SIDETONE_CHANGE_CHANGED },
    { "198.51.100.7:4000", "198.51.100.7:4000", SIDETONE_CHANGE_SAME, SIDETONE_CHANGE_SAME },
    { "198.51.100.7:4000", "198.51.100.7:4001", SIDETONE_CHANGE_SAME, SIDETONE_CHANGE_CHANGED },
    { "198.51.100.7:4000", "198.51.100.7", SIDETONE_CHANGE_SAME, SIDETONE_CHANGE_UNKNOWN },
    { "198.51.100.7", "198.51.100.7:4000", SIDETONE_CHANGE_SAME, SIDETONE_CHANGE_UNKNOWN },
    { "[::ffff:198.51.100.7]:4000", "198.51.100.7:4000", SIDETONE_CHANGE_SAME,
      SIDETONE_CHANGE_SAME },
    { NULL, "198.51.100.7:4000", SIDETONE_CHANGE_UNKNOWN, SIDETONE_CHANGE_UNKNOWN },
  };
  g_autoptr (GListStore) none = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) nothing = judge (none);
  g_autoptr (GListStore) unmade = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) silence = NULL;
  g_autoptr (SidetoneEndpoint) local = parse_endpoint ("192.168.1.10:44308");
  SidetoneObservationFields fields = {
    .id = "server-ip",
    .kind = SIDETONE_OBSERVATION_SERVER_IP,
    .state = SIDETONE_STATE_FAILED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

      add_server_ip (store, rows[i].local, rows[i].seen, PUBLIC_PEER);
      diagnosis = judge (store);

      g_assert_cmpint (sidetone_diagnosis_get_address_change (diagnosis), ==, rows[i].address);
      g_assert_cmpint (sidetone_diagnosis_get_port_change (diagnosis), ==, rows[i].port);
    }

  g_assert_cmpint (sidetone_diagnosis_get_address_change (nothing), ==, SIDETONE_CHANGE_UNKNOWN);
  g_assert_cmpint (sidetone_diagnosis_get_port_change (nothing), ==, SIDETONE_CHANGE_UNKNOWN);

  /* The local endpoint is known, and the external one is not. */
  fields.local = local;
  add_observation (unmade, &fields, NULL);
  silence = judge (unmade);
  g_assert_nonnull (sidetone_diagnosis_get_local (silence));
  g_assert_cmpint (sidetone_diagnosis_get_address_change (silence), ==, SIDETONE_CHANGE_UNKNOWN);
  g_assert_cmpint (sidetone_diagnosis_get_port_change (silence), ==, SIDETONE_CHANGE_UNKNOWN);
}

/* The furthest stage decides, and there the last try. */
static void
test_way (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) nothing = judge (store);
  g_autofree char *headline = sidetone_describe_headline (nothing);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

  g_assert_null (sidetone_diagnosis_get_main_finding (nothing));
  g_assert_false (sidetone_diagnosis_has_failed (nothing));
  g_assert_cmpint (sidetone_diagnosis_get_level (nothing), ==, SIDETONE_LEVEL_UNKNOWN);
  g_assert_cmpstr (headline, !=, "");

#define JUDGE() G_STMT_START { \
    g_clear_pointer (&diagnosis, sidetone_diagnosis_unref); \
    diagnosis = judge (store); \
} G_STMT_END
#define ASSERT_NOTHING() G_STMT_START { \
    JUDGE (); \
    g_assert_null (sidetone_diagnosis_get_main_finding (diagnosis)); \
} G_STMT_END
#define ASSERT_FOUND(kind, evidence) G_STMT_START { \
    JUDGE (); \
    assert_finding (diagnosis, SIDETONE_FINDING_ ## kind, evidence); \
} G_STMT_END

  /* A failed lookup that was not needed */
  add_lookup (store, "srv-direct", "_xmpps-client._tcp.montague.lit", "", FAILED (DNS_FAILED));
  add_lookup (store, "srv-client", "_xmpp-client._tcp.montague.lit", "", NULL);
  add_lookup (store, "nat64", "ipv4only.arpa", "", FAILED (DNS_FAILED));
  add_lookup (store, "address", "montague.lit", "203.0.113.10", NULL);
  ASSERT_NOTHING ();

  add_connect (store, PUBLIC_PEER6, FAILED (TCP_NO_ANSWER));
  ASSERT_FOUND (SERVER_SILENT, "connect-1");
  add_connect (store, PUBLIC_PEER, NULL);
  ASSERT_NOTHING ();

  add_step (store, "secure", SIDETONE_OBSERVATION_SECURE, FAILED (TLS_FAILED), NULL);
  ASSERT_FOUND (NO_SECURITY, "secure");
  /* Another target was tried and not reached: the first one's result says more. */
  add_connect (store, "203.0.113.11:5223", FAILED (CONNECTION_REFUSED));
  ASSERT_FOUND (NO_SECURITY, "secure");
  add_step (store, "secure-2", SIDETONE_OBSERVATION_SECURE, FAILED (CERTIFICATE_EXPIRED), NULL);
  ASSERT_FOUND (CERTIFICATE, "secure-2");
  add_step (store, "secure-3", SIDETONE_OBSERVATION_SECURE, NULL, NULL);
  ASSERT_NOTHING ();

  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, FAILED (CONNECTION_LOST), NULL);
  ASSERT_FOUND (CONNECTION_LOST, "sign-in");
  add_step (store, "sign-in-2", SIDETONE_OBSERVATION_SIGN_IN, FAILED (WRONG_PASSWORD), NULL);
  ASSERT_FOUND (WRONG_PASSWORD, "sign-in-2");
  add_step (store, "sign-in-3", SIDETONE_OBSERVATION_SIGN_IN, NULL, NULL);
  ASSERT_NOTHING ();

  add_server_ip (store, "192.168.1.10:4000", "198.51.100.1:4000", PUBLIC_PEER);
  ASSERT_FOUND (NAT, "server-ip");
}

static void
test_lookups (void)
{
  static const struct
  {
    const char *own;        /* NULL: not looked at */
    const char *failed;     /* the failed lookup */
    SidetoneError error;
    SidetoneFindingKind kind;
  } rows[] = {
    { "192.168.1.10", "address", SIDETONE_ERROR_NAME_NOT_FOUND, SIDETONE_FINDING_NAME_NOT_FOUND },
    { NULL, "address", SIDETONE_ERROR_NAME_NOT_FOUND, SIDETONE_FINDING_NAME_NOT_FOUND },
    { "127.0.0.1", "address", SIDETONE_ERROR_NAME_NOT_FOUND, SIDETONE_FINDING_OFFLINE },
    { "fe80::7", "address", SIDETONE_ERROR_NAME_NOT_FOUND, SIDETONE_FINDING_OFFLINE },
    { "::1", "address", SIDETONE_ERROR_DNS_NO_ANSWER, SIDETONE_FINDING_OFFLINE },
    { "127.0.0.1", "srv-client", SIDETONE_ERROR_DNS_FAILED, SIDETONE_FINDING_OFFLINE },
    { "fd00::7", "address", SIDETONE_ERROR_DNS_NO_ANSWER, SIDETONE_FINDING_DNS_SILENT },
    { "192.168.1.10", "srv-client", SIDETONE_ERROR_DNS_NO_ANSWER, SIDETONE_FINDING_DNS_SILENT },
    { "192.168.1.10", "srv-direct", SIDETONE_ERROR_DNS_FAILED, SIDETONE_FINDING_DNS_SILENT },
    { "192.168.1.10", "address", SIDETONE_ERROR_NOT_OFFERED_BY_DNS,
      SIDETONE_FINDING_NAME_NOT_FOUND },
    { "127.0.0.1", "address", SIDETONE_ERROR_NOT_OFFERED_BY_DNS, SIDETONE_FINDING_NAME_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneError error = rows[i].error;

      if (rows[i].own != NULL)
        add_interface (store, "eth0", "wired", rows[i].own, FALSE);
      add_lookup (store, rows[i].failed, "montague.lit", "", &error);
      diagnosis = judge (store);
      assert_finding (diagnosis, rows[i].kind, "lookup-1");
    }
}

/* The name server answers for addresses, not for SRV records: the domain's own address was tried. */
static void
test_unanswered_srv (void)
{
  struct
  {
    SidetoneError address;    /* 0: found */
    SidetoneError connect;    /* 0: connected, or not tried */
    SidetoneError sign_in;
    SidetoneError error;      /* 0: signed in */
    const char *evidence;
  } rows[] = {
    { 0, 0, 0, 0, "lookup-2" },
    { SIDETONE_ERROR_NAME_NOT_FOUND, 0, 0, SIDETONE_ERROR_SRV_NO_ANSWER, "lookup-2 lookup-3" },
    { 0, SIDETONE_ERROR_CONNECTION_REFUSED, 0, SIDETONE_ERROR_SRV_NO_ANSWER, "lookup-2 connect-1" },
    { 0, SIDETONE_ERROR_TCP_NO_ANSWER, 0, SIDETONE_ERROR_SRV_NO_ANSWER, "lookup-2 connect-1" },
    { 0, 0, SIDETONE_ERROR_HOST_UNKNOWN, SIDETONE_ERROR_SRV_NO_ANSWER, "lookup-2 sign-in" },
    { 0, 0, SIDETONE_ERROR_HTTP_ANSWER, SIDETONE_ERROR_SRV_NO_ANSWER, "lookup-2 sign-in" },
    /* The account's server was found. */
    { 0, 0, SIDETONE_ERROR_WRONG_PASSWORD, SIDETONE_ERROR_WRONG_PASSWORD, "sign-in" },
    /* It leaves the name's addresses unanswered, too, but not those of another name. */
    { SIDETONE_ERROR_DNS_NO_ANSWER, 0, 0, SIDETONE_ERROR_DNS_FAILED, "lookup-3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneFinding *note;
      g_autofree char *ids = NULL;

      add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);
      add_lookup (store, "nat64", "ipv4only.arpa", "", NULL);
      add_lookup (store, "srv-client", "_xmpp-client._tcp.montague.lit", "",
                  FAILED (DNS_NO_ANSWER));
      add_lookup (store, "address", "montague.lit", rows[i].address == 0 ? "203.0.113.10" : "",
                  rows[i].address == 0 ? NULL : &rows[i].address);
      if (rows[i].address == 0)
        add_connect (store, PUBLIC_PEER, rows[i].connect == 0 ? NULL : &rows[i].connect);
      if (rows[i].address == 0 && rows[i].connect == 0)
        add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN,
                  rows[i].sign_in == 0 ? NULL : &rows[i].sign_in, NULL);
      diagnosis = judge (store);

      g_test_message ("row %u", i);
      if (rows[i].error != 0)
        {
          assert_failed (diagnosis, rows[i].error);
          assert_finding (diagnosis, sidetone_failure_get_kind (rows[i].error), rows[i].evidence);
          continue;
        }
      note = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_SRV_SILENT);
      g_assert_nonnull (note);
      g_assert_cmpint (sidetone_finding_get_severity (note), ==, SIDETONE_SEVERITY_NOTE);
      ids = join_evidence (note);
      g_assert_cmpstr (ids, ==, rows[i].evidence);
    }
}

/* Records that are known to be none mean the domain itself. */
static void
test_answered_srv (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

  add_lookup (store, "srv-client", "_xmpp-client._tcp.montague.lit", "", NULL);
  add_lookup (store, "srv-direct", "_xmpps-client._tcp.montague.lit", "", FAILED (DNS_NO_ANSWER));
  add_lookup (store, "address", "montague.lit", "203.0.113.10", NULL);
  add_connect (store, PUBLIC_PEER, NULL);
  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, NULL, NULL);
  diagnosis = judge (store);
  g_assert_null (sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_SRV_SILENT));
}

static void
test_connects (void)
{
  static const struct
  {
    SidetoneError errors[3];
    guint n;
    SidetoneError error;
    const char *evidence;
  } rows[] = {
    { { SIDETONE_ERROR_CONNECTION_REFUSED }, 1, SIDETONE_ERROR_CONNECTION_REFUSED, "connect-1" },
    { { SIDETONE_ERROR_UNREACHABLE }, 1, SIDETONE_ERROR_UNREACHABLE, "connect-1" },
    { { SIDETONE_ERROR_TCP_NO_ANSWER }, 1, SIDETONE_ERROR_TCP_NO_ANSWER, "connect-1" },
    { { SIDETONE_ERROR_UNREACHABLE, SIDETONE_ERROR_TCP_NO_ANSWER }, 2, SIDETONE_ERROR_TCP_NO_ANSWER,
      "connect-1 connect-2" },
    { { SIDETONE_ERROR_CONNECTION_REFUSED, SIDETONE_ERROR_UNREACHABLE,
        SIDETONE_ERROR_TCP_NO_ANSWER }, 3, SIDETONE_ERROR_CONNECTION_REFUSED, "connect-1 connect-2 "
      "connect-3" },
    { { SIDETONE_ERROR_UNREACHABLE, SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING }, 2,
      SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING, "connect-2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

      add_interface (store, "eth0", "wired", "192.168.1.10", TRUE);
      for (guint j = 0; j < rows[i].n; j++)
        {
          SidetoneError error = rows[i].errors[j];

          add_connect (store, PUBLIC_PEER, &error);
        }
      diagnosis = judge (store);

      assert_failed (diagnosis, rows[i].error);
      assert_finding (diagnosis, sidetone_failure_get_kind (rows[i].error), rows[i].evidence);
    }
}

/* A server that has only the IP version that this computer lacks, and not one that its network can't
 * reach */
static void
test_versions (void)
{
  static const struct
  {
    const char *locals[3];
    const char *peer;
    const char *nat64;
    SidetoneError error;
    SidetoneFindingKind kind;
    gboolean both_lead_out;
  } rows[] = {
    { { "192.168.1.10", "fe80::7" }, PUBLIC_PEER6, "", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_IPV6_ONLY },
    { { "192.168.1.10", "fd00::7" }, PUBLIC_PEER6, "", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_IPV6_ONLY },
    { { "192.168.1.10", "2001:db8:1::7" }, PUBLIC_PEER6, "", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_SILENT, TRUE },
    /* NAT66 */
    { { "192.168.1.10", "fd00::7" }, PUBLIC_PEER6, "", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_SILENT, TRUE },
    { { "192.168.1.10" }, PUBLIC_PEER6, "", SIDETONE_ERROR_TCP_NO_ANSWER,
      SIDETONE_FINDING_SERVER_SILENT },
    { { "192.168.1.10" }, PUBLIC_PEER, "", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_SILENT },
    { { "2001:db8:1::7", "169.254.7.7" }, PUBLIC_PEER, "", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_IPV4_ONLY },
    /* A bridge for virtual machines */
    { { "2001:db8:1::7", "192.168.122.1" }, PUBLIC_PEER, "", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_IPV4_ONLY },
    /* 464XLAT */
    { { "2001:db8:1::7", "192.0.0.4" }, PUBLIC_PEER, "", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_SILENT, TRUE },
    { { "2001:db8:1::7" }, PUBLIC_PEER, "64:ff9b::/96", SIDETONE_ERROR_UNREACHABLE,
      SIDETONE_FINDING_SERVER_SILENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autofree char *event = NULL;
      SidetoneError error = rows[i].error;

      for (guint j = 0; j < G_N_ELEMENTS (rows[i].locals) && rows[i].locals[j] != NULL; j++)
        add_interface (store, "eth0", "wired", rows[i].locals[j],
                       j == 0 || rows[i].both_lead_out);
      add_lookup (store, "nat64", "ipv4only.arpa", rows[i].nat64, NULL);
      add_lookup (store, "address", "xmpp.montague.lit", rows[i].peer, NULL);
      add_connect (store, rows[i].peer, &error);
      diagnosis = judge (store);

      g_test_message ("%s to %s", rows[i].locals[0], rows[i].peer);
      g_assert_nonnull (sidetone_diagnosis_find (diagnosis, rows[i].kind));
      g_assert_cmpuint (g_list_model_get_n_items (sidetone_diagnosis_get_findings (diagnosis)), ==, 1);
      event = sidetone_describe_event (diagnosis);
      g_assert_true (g_str_has_prefix (event, "xmpp.montague.lit ") ==
                     (rows[i].kind != SIDETONE_FINDING_SERVER_SILENT));
    }
}

/* A server named by its address, without a network: there are no lookups. */
static void
test_offline_without_names (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

  add_interface (store, "lo", "loopback", "127.0.0.1", FALSE);
  add_connect (store, PUBLIC_PEER, FAILED (UNREACHABLE));
  diagnosis = judge (store);
  assert_finding (diagnosis, SIDETONE_FINDING_OFFLINE, "connect-1");
}

/* A try at one port; passed if @code is 0 */
static void
add_try (GListStore             *store,
         const char             *id,
         SidetoneObservationKind kind,
         const char             *security,
         SidetoneError           code,
         const char             *condition)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  SidetoneObservationFields fields = {
    .id = id,
    .kind = kind,
    .state = code == 0 ? SIDETONE_STATE_PASSED : SIDETONE_STATE_FAILED,
  };

  if (code != 0)
    error = g_error_new_literal (SIDETONE_ERROR, code, "try");
  fields.error = error;
  g_variant_dict_insert (&details, "target", "s", "chat.montague.lit");
  g_variant_dict_insert (&details, "peer-address", "s", "203.0.113.10");
  g_variant_dict_insert (&details, "peer-port", "x", (gint64) 443);
  g_variant_dict_insert (&details, "security", "s", security);
  if (condition != NULL)
    g_variant_dict_insert (&details, "condition", "s", condition);
  add_observation (store, &fields, &details);
}

static void
add_record (GListStore *store,
            const char *question,
            const char *answer)
{
  g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
  SidetoneObservationFields fields = {
    .id = "lookup-1",
    .kind = SIDETONE_OBSERVATION_LOOKUP,
    .state = SIDETONE_STATE_PASSED,
  };

  g_variant_dict_insert (&details, "question", "s", question);
  g_variant_dict_insert_value (&details, "answers", g_variant_new_strv (&answer, 1));
  add_observation (store, &fields, &details);
}

#define TRY_TLS(id, security, code) \
  add_try (store, id, SIDETONE_OBSERVATION_SECURE, security, code, NULL)
#define TRY_SIGN_IN(id, security, code) \
  add_try (store, id, SIDETONE_OBSERVATION_SIGN_IN, security, code, NULL)

/* A server that ends every try before its first word, and what the other kind of TLS says */
static void
test_other_way (void)
{
  static const struct
  {
    SidetoneError first;
    SidetoneError other;
    SidetoneError error;
    const char *evidence;
  } rows[] = {
    { SIDETONE_ERROR_CLOSED_UNHEARD, SIDETONE_ERROR_CLOSED_UNHEARD, SIDETONE_ERROR_CLOSED_UNHEARD,
      "sign-in" },
    /* A guess that led nowhere says nothing. */
    { SIDETONE_ERROR_CLOSED_UNHEARD, SIDETONE_ERROR_TLS_FAILED, SIDETONE_ERROR_CLOSED_UNHEARD,
      "sign-in" },
    { SIDETONE_ERROR_CLOSED_UNHEARD, SIDETONE_ERROR_TLS_NO_ANSWER, SIDETONE_ERROR_CLOSED_UNHEARD,
      "sign-in" },
    { SIDETONE_ERROR_OTHER_TLS, SIDETONE_ERROR_TLS_FAILED, SIDETONE_ERROR_OTHER_TLS, "sign-in" },
    /* One that heard the server does. */
    { SIDETONE_ERROR_CLOSED_UNHEARD, SIDETONE_ERROR_CERTIFICATE_EXPIRED,
      SIDETONE_ERROR_CERTIFICATE_EXPIRED, "secure" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

      TRY_SIGN_IN ("sign-in", "starttls", rows[i].first);
      TRY_TLS ("secure", "direct", rows[i].other);
      diagnosis = judge (store);

      g_test_message ("row %u", i);
      assert_failed (diagnosis, rows[i].error);
      assert_finding (diagnosis, sidetone_failure_get_kind (rows[i].error), rows[i].evidence);
      g_assert_cmpint (sidetone_finding_get_owner (sidetone_diagnosis_get_main_finding (diagnosis)),
                       ==, SIDETONE_OWNER_ADMINISTRATOR);
    }
}

/* Another try heard more: a word of the server decides. */
static void
test_unheard_then_heard (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

  add_step (store, "secure", SIDETONE_OBSERVATION_SECURE, NULL, NULL);
  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, FAILED (HOST_UNKNOWN), NULL);
  add_step (store, "sign-in-2", SIDETONE_OBSERVATION_SIGN_IN, FAILED (CLOSED_UNHEARD), NULL);
  diagnosis = judge (store);
  assert_finding (diagnosis, SIDETONE_FINDING_SERVER_REFUSES, "sign-in");
}

/* The SRV records name a port for the kind of TLS that it does not speak. */
static void
test_wrong_tls (void)
{
  static const struct
  {
    const char *question;
    const char *answer;
    const char *announced;
    const char *works;
    gboolean found;
  } rows[] = {
    { "srv-client", "0 0 443 chat.montague.lit", "starttls", "direct", TRUE },
    { "srv-client", "5 1 443 Chat.Montague.lit.", "starttls", "direct", TRUE },
    { "srv-direct", "0 0 443 chat.montague.lit", "direct", "starttls", TRUE },
    /* The port was typed, or another one is announced. */
    { "srv-direct", "0 0 443 chat.montague.lit", "starttls", "direct", FALSE },
    { "srv-client", "0 0 5222 chat.montague.lit", "starttls", "direct", FALSE },
    { "srv-client", "0 0 443 montague.lit", "starttls", "direct", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneFinding *finding;
      g_autofree char *explanation = NULL;

      add_record (store, rows[i].question, rows[i].answer);
      TRY_SIGN_IN ("sign-in", rows[i].announced, SIDETONE_ERROR_CLOSED_UNHEARD);
      TRY_TLS ("secure", rows[i].works, 0);
      TRY_SIGN_IN ("sign-in-2", rows[i].works, 0);
      diagnosis = judge (store);
      finding = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_WRONG_TLS);

      g_test_message ("row %u", i);
      g_assert_false (sidetone_diagnosis_has_failed (diagnosis));
      g_assert_cmpint (finding != NULL, ==, rows[i].found);
      if (finding == NULL)
        continue;
      explanation = sidetone_describe_finding_explanation (finding);
      g_assert_nonnull (strstr (explanation, "chat.montague.lit:443"));
    }
}

/* A record names a web server's port, and the sign-in worked at another one. */
static void
test_announced_web (void)
{
  static const struct
  {
    const char *answer;
    SidetoneError error;
    SidetoneError sign_in;
    const char *evidence;      /* NULL: it is not found */
  } rows[] = {
    { "0 0 443 chat.montague.lit", SIDETONE_ERROR_ALPN_REFUSED, 0, "secure sign-in" },
    { "0 0 443 chat.montague.lit", SIDETONE_ERROR_HTTP_ANSWER, 0, "secure sign-in" },
    { "0 0 443 chat.montague.lit", SIDETONE_ERROR_TLS_FAILED, 0, NULL },
    /* Nothing worked, or the port was typed. */
    { "0 0 443 chat.montague.lit", SIDETONE_ERROR_ALPN_REFUSED, SIDETONE_ERROR_NOT_AUTHORIZED, NULL },
    { "0 0 5223 chat.montague.lit", SIDETONE_ERROR_ALPN_REFUSED, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneFinding *finding;
      g_autofree char *explanation = NULL;
      g_autofree char *ids = NULL;

      add_record (store, "srv-direct", rows[i].answer);
      TRY_TLS ("secure", "direct", rows[i].error);
      TRY_SIGN_IN ("sign-in", "starttls", rows[i].sign_in);
      diagnosis = judge (store);
      finding = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_ANNOUNCED_WEB);

      g_test_message ("row %u", i);
      g_assert_cmpint (finding != NULL, ==, rows[i].evidence != NULL);
      if (finding == NULL)
        continue;
      ids = join_evidence (finding);
      g_assert_cmpstr (ids, ==, rows[i].evidence);
      explanation = sidetone_describe_finding_explanation (finding);
      g_assert_nonnull (strstr (explanation, "chat.montague.lit:443"));
    }
}

/* A web server with the server's own certificate is no login page of the network. */
static void
test_web_port (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (GListStore) plain = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) shared = NULL;
  g_autoptr (SidetoneDiagnosis) portal = NULL;

  TRY_TLS ("secure", "direct", 0);
  TRY_SIGN_IN ("sign-in", "direct", SIDETONE_ERROR_HTTP_ANSWER);
  shared = judge (store);
  assert_finding (shared, SIDETONE_FINDING_WEB_PORT, "sign-in secure");

  add_try (plain, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, "starttls", SIDETONE_ERROR_HTTP_ANSWER,
           NULL);
  portal = judge (plain);
  assert_finding (portal, SIDETONE_FINDING_NOT_XMPP, "sign-in");
}

/* A stream error's condition is often all that a server says. */
static void
test_condition (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *explanation = NULL;
  g_autofree char *reason = NULL;

  add_try (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, "starttls", SIDETONE_ERROR_STREAM_ERROR,
           "not-well-formed");
  diagnosis = judge (store);
  explanation = sidetone_describe_finding_explanation (
    sidetone_diagnosis_get_main_finding (diagnosis));
  reason = sidetone_describe_reason (diagnosis);
  g_assert_nonnull (strstr (explanation, "not-well-formed"));
  g_assert_nonnull (strstr (reason, "not-well-formed"));
}

static void
add_interruption (GListStore   *store,
                  SidetoneError code)
{
  add_step (store, "interruption", SIDETONE_OBSERVATION_INTERRUPTION, &code, NULL);
}

/* This computer slept, or its network went away: nobody else is to blame for a silence. */
static void
test_interruption (void)
{
  static const struct
  {
    SidetoneObservationKind kind;
    SidetoneError failure;
    SidetoneError interruption;
  } rows[] = {
    { SIDETONE_OBSERVATION_LOOKUP, SIDETONE_ERROR_DNS_NO_ANSWER, SIDETONE_ERROR_NETWORK_LOST },
    { SIDETONE_OBSERVATION_CONNECT, SIDETONE_ERROR_TCP_NO_ANSWER, SIDETONE_ERROR_NETWORK_LOST },
    { SIDETONE_OBSERVATION_SECURE, SIDETONE_ERROR_TLS_NO_ANSWER, SIDETONE_ERROR_SLEPT },
    { SIDETONE_OBSERVATION_SIGN_IN, SIDETONE_ERROR_STREAM_NO_ANSWER, SIDETONE_ERROR_SLEPT },
    { SIDETONE_OBSERVATION_SERVER_IP, SIDETONE_ERROR_NO_ANSWER, SIDETONE_ERROR_SLEPT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      SidetoneError failure = rows[i].failure;

      add_step (store, "failed", rows[i].kind, &failure, NULL);
      add_interruption (store, rows[i].interruption);
      diagnosis = judge (store);

      g_test_message ("row %u", i);
      assert_failed (diagnosis, rows[i].interruption);
      assert_finding (diagnosis, SIDETONE_FINDING_INTERRUPTED, "interruption");
      g_assert_cmpuint (g_list_model_get_n_items (sidetone_diagnosis_get_findings (diagnosis)), ==,
                        1);
    }
}

/* The address was learned before; what failed after that says nothing. */
static void
test_interruption_later (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

  add_server_ip (store, "192.168.1.10:4000", "198.51.100.1:4000", PUBLIC_PEER);
  add_step (store, "services", SIDETONE_OBSERVATION_SERVICES, FAILED (NO_ANSWER), NULL);
  add_interruption (store, SIDETONE_ERROR_NETWORK_LOST);
  diagnosis = judge (store);
  assert_finding (diagnosis, SIDETONE_FINDING_INTERRUPTED, "interruption");
  g_assert_false (sidetone_diagnosis_has_failed (diagnosis));
  g_assert_nonnull (sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_NAT));
  g_assert_null (sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_SERVICES_UNKNOWN));
  g_assert_cmpint (sidetone_diagnosis_get_level (diagnosis), ==, SIDETONE_LEVEL_UNKNOWN);
}

/* A certificate seems not to be valid yet where this computer's clock is wrong, and only then. */
static void
test_clock_wrong (void)
{
  static const struct
  {
    SidetoneError error;
    gboolean early;
    SidetoneFindingKind kind;
  } rows[] = {
    { SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID, TRUE, SIDETONE_FINDING_CLOCK_WRONG },
    { SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID, FALSE, SIDETONE_FINDING_CERTIFICATE },
    /* A clock that is behind makes no certificate seem expired. */
    { SIDETONE_ERROR_CERTIFICATE_EXPIRED, TRUE, SIDETONE_FINDING_CERTIFICATE },
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, TRUE, SIDETONE_FINDING_CERTIFICATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_autoptr (GError) error = g_error_new_literal (SIDETONE_ERROR, rows[i].error, "certificate");
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      SidetoneObservationFields fields = {
        .id = "secure",
        .kind = SIDETONE_OBSERVATION_SECURE,
        .state = SIDETONE_STATE_FAILED,
        .error = error,
      };

      if (rows[i].early)
        g_variant_dict_insert (&details, "clock-early", "b", TRUE);
      add_observation (store, &fields, &details);
      diagnosis = judge (store);
      g_test_message ("row %u", i);
      assert_finding (diagnosis, rows[i].kind, "secure");
    }
}

static void
test_clock_differs (void)
{
  static const struct
  {
    gint64 ahead_s;
    gboolean found;
    const char *words;
  } rows[] = {
    { 0, FALSE, NULL },
    { 3599, FALSE, NULL },
    { -3599, FALSE, NULL },
    { 3600, TRUE, "by 1 h" },
    { -3600, TRUE, "by 1 h" },
    { 86400, TRUE, "by 24 h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      g_autofree char *explanation = NULL;
      SidetoneFinding *finding;
      SidetoneObservationFields fields = {
        .id = "services",
        .kind = SIDETONE_OBSERVATION_SERVICES,
        .state = SIDETONE_STATE_PASSED,
      };

      g_variant_dict_insert (&details, "clock-ahead", "x", rows[i].ahead_s);
      add_observation (store, &fields, &details);
      diagnosis = judge (store);
      finding = sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_CLOCK_DIFFERS);
      g_test_message ("row %u", i);
      g_assert_cmpint (finding != NULL, ==, rows[i].found);
      if (finding == NULL)
        continue;
      explanation = sidetone_describe_finding_explanation (finding);
      g_assert_nonnull (strstr (explanation, rows[i].words));
      /* One of the two is wrong. */
      g_assert_cmpstr (sidetone_finding_get_separating (finding)->nick, ==, "servers-clock");
    }
}

/* Skipped observations tell nothing. */
/* With several server programs in one domain the last one decides, whatever stage it failed at */
static void
test_last_program_decides (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;

  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, FAILED (NOT_XMPP), NULL);
  add_step (store, "secure", SIDETONE_OBSERVATION_SECURE, FAILED (CERTIFICATE_EXPIRED), NULL);
  diagnosis = judge (store);
  assert_finding (diagnosis, SIDETONE_FINDING_CERTIFICATE, "secure");
}

static void
test_skipped (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  SidetoneObservationFields fields = {
    .id = "server-ip",
    .kind = SIDETONE_OBSERVATION_SERVER_IP,
    .state = SIDETONE_STATE_SKIPPED,
  };

  add_step (store, "sign-in", SIDETONE_OBSERVATION_SIGN_IN, FAILED (WRONG_PASSWORD), NULL);
  add_observation (store, &fields, NULL);
  diagnosis = judge (store);
  assert_finding (diagnosis, SIDETONE_FINDING_WRONG_PASSWORD, "sign-in");
}

static void
test_pure (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
    {
      g_autoptr (GListStore) store = make_row (&address_rows[i]);
      g_autoptr (SidetoneDiagnosis) one = judge (store);
      g_autoptr (SidetoneDiagnosis) other = judge (store);
      g_autofree char *headline = sidetone_describe_headline (one);
      g_autofree char *other_headline = sidetone_describe_headline (other);

      g_assert_cmpstr (headline, ==, other_headline);
      g_assert_cmpint (sidetone_diagnosis_get_level (one), ==,
                       sidetone_diagnosis_get_level (other));
    }
}

/* RFC 6296; prefixes of networks, and neighbours that are none (RFC 4291, RFC 2928) */
static void
test_prefix_swap (void)
{
  static const struct
  {
    const char *local;
    const char *seen;
    gboolean is_swap;
  } rows[] = {
    { "2001:db8:1:2:3:4:5:6", "2001:db8:8:9:3:4:5:6", TRUE },
    { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:7", FALSE },
    { "2000::7", "3fff::7", TRUE },
    { "1fff::7", "2000::7", FALSE },
    { "3fff::7", "4000::7", FALSE },
    { "2001:200::7", "2001:201::7", TRUE },
    { "2001:200::7", "2001:1ff::7", FALSE },
    { "2001:1ff::7", "2001:200::7", FALSE },
    { "2001::7", "2002::7", FALSE },
    /* One word makes up for the prefix, the first one that is not 0xffff. */
    { "2001:db8:1:2:30:4:5:6", "2001:db8:8:3:28:4:5:6", TRUE },
    { "2001:db8:1:2:30:4:5:6", "2001:db8:8:3:29:4:5:6", FALSE },
    { "2001:db8:1:2:ffff:ffff:ffff:40", "2001:db8:8:3:ffff:ffff:ffff:38", TRUE },
    { "2001:db8:1:2:3:4:5:60", "2001:db8:8:3:3:4:5:58", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GInetAddress) local = g_inet_address_new_from_string (rows[i].local);
      g_autoptr (GInetAddress) seen = g_inet_address_new_from_string (rows[i].seen);

      g_test_message ("%s %s", rows[i].local, rows[i].seen);
      g_assert_cmpint (sidetone_address_is_prefix_swap (local, seen), ==, rows[i].is_swap);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (address_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/diagnosis/address/", address_rows[i].name, NULL);

      g_test_add_data_func (path, &address_rows[i], test_address_row);
    }
  g_test_add_func ("/diagnosis/all-kinds-covered", test_all_kinds_covered);
  g_test_add_func ("/diagnosis/prefix-swap", test_prefix_swap);
  g_test_add_func ("/diagnosis/unmade", test_unmade);
  g_test_add_func ("/diagnosis/answer-without-address", test_answer_without_address);
  g_test_add_func ("/diagnosis/not-offered-proof", test_not_offered_proof);
  g_test_add_func ("/diagnosis/levels", test_levels);
  g_test_add_func ("/diagnosis/vpn", test_vpn);
  g_test_add_func ("/diagnosis/broken-ipv6", test_broken_ipv6);
  g_test_add_func ("/diagnosis/failures", test_failures);
  g_test_add_func ("/diagnosis/not-about-server", test_not_about_server);
  g_test_add_func ("/diagnosis/every-error", test_every_error);
  g_test_add_func ("/diagnosis/next-steps", test_next_steps);
  g_test_add_func ("/diagnosis/certificate", test_certificate);
  g_test_add_func ("/diagnosis/next-step", test_next_step);
  g_test_add_func ("/diagnosis/local", test_local);
  g_test_add_func ("/diagnosis/event", test_event);
  g_test_add_func ("/diagnosis/wrong-password", test_wrong_password);
  g_test_add_func ("/diagnosis/changes", test_changes);
  g_test_add_func ("/diagnosis/way", test_way);
  g_test_add_func ("/diagnosis/lookups", test_lookups);
  g_test_add_func ("/diagnosis/other-way", test_other_way);
  g_test_add_func ("/diagnosis/unheard-then-heard", test_unheard_then_heard);
  g_test_add_func ("/diagnosis/wrong-tls", test_wrong_tls);
  g_test_add_func ("/diagnosis/announced-web", test_announced_web);
  g_test_add_func ("/diagnosis/web-port", test_web_port);
  g_test_add_func ("/diagnosis/condition", test_condition);
  g_test_add_func ("/diagnosis/interruption", test_interruption);
  g_test_add_func ("/diagnosis/interruption-later", test_interruption_later);
  g_test_add_func ("/diagnosis/clock-wrong", test_clock_wrong);
  g_test_add_func ("/diagnosis/clock-differs", test_clock_differs);
  g_test_add_func ("/diagnosis/unanswered-srv", test_unanswered_srv);
  g_test_add_func ("/diagnosis/answered-srv", test_answered_srv);
  g_test_add_func ("/diagnosis/connects", test_connects);
  g_test_add_func ("/diagnosis/ip-versions", test_versions);
  g_test_add_func ("/diagnosis/offline-without-names", test_offline_without_names);
  g_test_add_func ("/diagnosis/last-program-decides", test_last_program_decides);
  g_test_add_func ("/diagnosis/skipped", test_skipped);
  g_test_add_func ("/diagnosis/pure", test_pure);

  return g_test_run ();
}
