/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-service-observations.h"

#include "words/describe.h"

/* What is said of a refused certificate (X.509), the XMPP server's and a relay's: which names it
 * has, and which one it would need. */

static void
add_server (GListStore   *store,
            SidetoneError code,
            const char   *details)
{
  g_autoptr (GVariant) parsed = g_variant_parse (G_VARIANT_TYPE_VARDICT, details, NULL, NULL, NULL);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (parsed);
  g_autoptr (GError) error = g_error_new_literal (SIDETONE_ERROR, code, "certificate");
  SidetoneObservationFields fields = {
    .id = "secure", .kind = SIDETONE_OBSERVATION_SECURE, .state = SIDETONE_STATE_FAILED,
    .error = error,
  };

  g_variant_dict_insert (&dict, "sha256", "s", "aa");
  add_observation (store, &fields, &dict);
}

static SidetoneFinding *
dup_finding (GListStore         *store,
             SidetoneFindingKind kind)
{
  g_autoptr (SidetoneDiagnosis) diagnosis = sidetone_diagnose (G_LIST_MODEL (store),
                                                               "montague.lit");
  GListModel *findings = sidetone_diagnosis_get_findings (diagnosis);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (SidetoneFinding) finding = g_list_model_get_item (findings, i);

      if (sidetone_finding_get_kind (finding) == kind)
        return g_steal_pointer (&finding);
    }

  g_assert_not_reached ();
}

static void
assert_words (GListStore         *store,
              SidetoneFindingKind kind,
              const char         *explanation,
              const char         *advice)
{
  g_autoptr (SidetoneFinding) finding = dup_finding (store, kind);
  g_autofree char *found = sidetone_describe_finding_explanation (finding);
  g_autofree char *advised = sidetone_describe_finding_advice (finding);

  g_test_message ("%s | %s", found, advised);
  g_assert_true (g_str_has_prefix (found, explanation));
  g_assert_nonnull (strstr (advised, advice));
}

static void
test_server (void)
{
  static const struct
  {
    SidetoneError error;
    const char *details;
    const char *explanation;
    const char *advice;
  } rows[] = {
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, "{'names': <['a.lit', 'b.lit', 'c.lit', 'd.lit']>}",
      "The server's certificate was made for a.lit, b.lit, c.lit, not for montague.lit.",
      "for a certificate that names montague.lit" },
    /* Of the host in the SRV record, or typed */
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
      "{'names': <['a.lit', 'XMPP.hoster.lit']>, 'target': <'xmpp.hoster.lit'>}",
      "The server's certificate was made for a.lit, XMPP.hoster.lit, not for montague.lit: it has to "
      "name the account's domain, whichever server is typed or named by DNS.",
      "for a certificate that names montague.lit" },
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
      "{'names': <['*.hoster.lit']>, 'target': <'xmpp.hoster.lit'>}",
      "The server's certificate was made for *.hoster.lit, not for montague.lit: it has to name",
      "for a certificate that names montague.lit" },
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
      "{'names': <['*.hoster.lit']>, 'target': <'a.b.hoster.lit'>}",
      "The server's certificate was made for *.hoster.lit, not for montague.lit. The cause may",
      "for a certificate that names montague.lit" },
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, "@a{sv} {}",
      "The server's certificate does not have montague.lit as a DNS name (subjectAltName)",
      "for a certificate that names montague.lit" },
    { SIDETONE_ERROR_CERTIFICATE_EXPIRED, "{'names': <['a.lit']>}",
      "montague.lit uses a certificate that has expired.", "to renew it" },
    { SIDETONE_ERROR_CERTIFICATE_NO_CHAIN, "@a{sv} {}",
      "montague.lit showed a certificate without that of its issuer, whom this computer does not "
      "know: an intermediate certificate may be missing.", "fullchain.pem." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);

      add_server (store, rows[i].error, rows[i].details);
      assert_words (store, SIDETONE_FINDING_CERTIFICATE, rows[i].explanation, rows[i].advice);
    }
}

/* The line on stderr has the names, too, and nothing in them that a terminal obeys. */
static void
test_reason (void)
{
  g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  g_autoptr (SidetoneDiagnosis) diagnosis = NULL;
  g_autofree char *reason = NULL;

  add_server (store, SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
              "{'names': <['a\\u202e\\u001b[31m.lit\\nb']>}");
  diagnosis = sidetone_diagnose (G_LIST_MODEL (store), "montague\u202e.lit");
  reason = sidetone_describe_reason (diagnosis);

  g_assert_nonnull (strstr (reason, "was made for a"));
  g_assert_nonnull (strstr (reason, "not for montague"));
  g_assert_nonnull (strstr (reason, "Check the account and the server for typos"));
  g_assert_null (strstr (reason, "\u202e"));
  g_assert_null (strpbrk (reason, "\n\033"));
}

static void
test_relay (void)
{
  static const struct
  {
    SidetoneError error;
    const char *details;
    const char *explanation;
    const char *advice;
  } rows[] = {
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, "{'names': <['a.lit', '192.0.2.1']>}",
      "The certificate was made for a.lit, 192.0.2.1, not for " RELAY_HOST ".",
      "that fits the relay's name" },
    /* A common name alone */
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, "{'names': <@as []>}",
      "The certificate does not have " RELAY_HOST " in its subjectAltName",
      "that fits the relay's name" },
    /* A report of an earlier version */
    { SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, NULL,
      RELAY_HOST " showed a certificate that was made for another name.",
      "that fits the relay's name" },
    { SIDETONE_ERROR_CERTIFICATE_EXPIRED, "{'names': <['a.lit']>}",
      RELAY_HOST " uses a certificate that has expired.", "for a valid certificate" },
    { SIDETONE_ERROR_CERTIFICATE_NO_CHAIN, "{'names': <['a.lit']>}",
      RELAY_HOST " showed a certificate without that of its issuer", "fullchain.pem." },
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GListStore) store = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
      gboolean is_relay = i % 2 == 0;

      add_test (store, is_relay ? SIDETONE_OBSERVATION_RELAY : SIDETONE_OBSERVATION_STUN, "test-1",
                is_relay ? "turns tls " RELAY_HOST " 5349 credentials"
                : "stuns tls " RELAY_HOST " 5349",
                "203.0.113.20:5349", SIDETONE_STATE_FAILED, &rows[i / 2].error,
                rows[i / 2].details);
      assert_words (store, SIDETONE_FINDING_RELAY_CERTIFICATE, rows[i / 2].explanation,
                    rows[i / 2].advice);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/certificate/server", test_server);
  g_test_add_func ("/certificate/reason", test_reason);
  g_test_add_func ("/certificate/relay", test_relay);

  return g_test_run ();
}
