/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "test-observations.h"

#include "base/text.h"
#include "words/describe-private.h"

#include <string.h>

#define SHA256 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define SHA256_PAIRS "00:11:22:33:44:55:66:77\n88:99:AA:BB:CC:DD:EE:FF\n" \
  "00:11:22:33:44:55:66:77\n88:99:AA:BB:CC:DD:EE:FF"

/* An observation from the text form of its details */
static SidetoneObservation *
make (SidetoneObservationKind kind,
      SidetoneState           state,
      const char             *local_text,
      const char             *seen_text,
      SidetoneError          *error,
      const char             *details)
{
  g_autoptr (SidetoneEndpoint) local = parse_endpoint (local_text);
  g_autoptr (SidetoneEndpoint) seen = parse_endpoint (seen_text);
  g_autoptr (GError) met = NULL;

  if (error != NULL)
    met = g_error_new (SIDETONE_ERROR, *error, "errno 111\nconnect");

  return sidetone_observation_new (&(SidetoneObservationFields) {
    .id = "one",
    .kind = kind,
    .vantage = kind == SIDETONE_OBSERVATION_SERVER_IP ? SIDETONE_VANTAGE_SERVER
               : SIDETONE_VANTAGE_COMPUTER,
    .state = state,
    .local = local,
    .seen = seen,
    .error = met,
    .start_us = 12000,
    .duration_us = 31000,
    .details = g_variant_new_parsed (details),
  });
}

/* One row a line: "title: value", with = for : in verbatim values */
static char *
format_rows (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const SidetoneDetail *row = rows->pdata[i];

      g_string_append_printf (text, "%s%s %s\n", row->title, row->verbatim ? " =" : ":",
                              row->value);
    }

  return g_string_free (text, FALSE);
}

static void
assert_rows (SidetoneObservation *observation,
             const char          *expected)
{
  g_autoptr (GPtrArray) rows = sidetone_describe_details (observation);
  g_autofree char *text = format_rows (rows);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_interface (void)
{
  g_autoptr (SidetoneObservation) observation = NULL;

  observation = make (SIDETONE_OBSERVATION_INTERFACE, SIDETONE_STATE_PASSED, "192.168.1.10", NULL,
                      NULL, "{'interface': <'eth0'>, 'type': <'wired'>, 'default-route': <true>}");
  assert_rows (observation,
               "Address = 192.168.1.10\n"
               "Kind of address: private address\n"
               "Network interface = eth0\n"
               "Kind of network: wired\n"
               "Leads to the internet: yes\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");
}

static void
test_lookup (void)
{
  g_autoptr (SidetoneObservation) found = NULL;
  g_autoptr (SidetoneObservation) empty = NULL;
  g_autoptr (SidetoneObservation) failed = NULL;
  SidetoneError error = SIDETONE_ERROR_NAME_NOT_FOUND;

  found = make (SIDETONE_OBSERVATION_LOOKUP, SIDETONE_STATE_PASSED, NULL, NULL, NULL,
                "{'question': <'srv-client'>, 'name': <'_xmpp-client._tcp.montague.lit'>, "
                "'answers': <['5 0 5222 a.montague.lit', '10 0 5222 b.montague.lit']>}");
  assert_rows (found,
               "Name looked up = _xmpp-client._tcp.montague.lit\n"
               "Asked for: entries for connections with STARTTLS (SRV)\n"
               "Answers = 5 0 5222 a.montague.lit\n"
               "10 0 5222 b.montague.lit\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");

  empty = make (SIDETONE_OBSERVATION_LOOKUP, SIDETONE_STATE_PASSED, NULL, NULL, NULL,
                "{'question': <'nat64'>, 'name': <'ipv4only.arpa'>, 'answers': <@as []>}");
  assert_rows (empty,
               "Name looked up = ipv4only.arpa\n"
               "Asked for: whether this network translates to IPv4 (NAT64)\n"
               "Answers: none\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");

  failed = make (SIDETONE_OBSERVATION_LOOKUP, SIDETONE_STATE_FAILED, NULL, NULL, &error,
                 "{'question': <'address'>, 'name': <'montague.lt'>, 'answers': <@as []>}");
  assert_rows (failed,
               "What happened: montague.lt was not found.\n"
               "Name looked up = montague.lt\n"
               "Asked for: addresses\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n"
               "Technical details = errno 111 connect\n");
}

static void
test_connect (void)
{
  g_autoptr (SidetoneObservation) used = NULL;
  g_autoptr (SidetoneObservation) skipped = NULL;

  used = make (SIDETONE_OBSERVATION_CONNECT, SIDETONE_STATE_PASSED, "192.168.1.10:44308", NULL,
               NULL, "{'target': <'xmpp.montague.lit'>, 'security': <'starttls'>, "
               "'peer-address': <'2001:db8:5::10'>, 'peer-port': <int64 5222>, 'used': <true>, "
               "'rtt-us': <int64 18500>}");
  assert_rows (used,
               "This computer = 192.168.1.10:44308\n"
               "Server = xmpp.montague.lit\n"
               "Server's address = [2001:db8:5::10]:5222\n"
               "Kind of encryption: STARTTLS\n"
               "Used for this check: yes\n"
               "Round trip: 18 ms\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");

  /* It took no time. */
  skipped = make (SIDETONE_OBSERVATION_CONNECT, SIDETONE_STATE_SKIPPED, NULL, NULL, NULL,
                  "{'target': <'xmpp.montague.lit'>, 'security': <'direct'>, "
                  "'peer-address': <'203.0.113.10'>, 'peer-port': <int64 5223>, "
                  "'used': <false>, 'reason': <'another was faster'>}");
  assert_rows (skipped,
               "Why it was skipped: another was faster\n"
               "Server = xmpp.montague.lit\n"
               "Server's address = 203.0.113.10:5223\n"
               "Kind of encryption: direct TLS\n"
               "Used for this check: no\n"
               "Source: this computer\n");
}

static void
test_secure (void)
{
  g_autoptr (SidetoneObservation) observation = NULL;
  SidetoneError error = SIDETONE_ERROR_CERTIFICATE_EXPIRED;

  observation = make (SIDETONE_OBSERVATION_SECURE, SIDETONE_STATE_FAILED, "192.168.1.10:44308",
                      NULL, &error,
                      "{'target': <'xmpp.montague.lit'>, 'security': <'direct'>, "
                      "'peer-address': <'203.0.113.10'>, 'peer-port': <int64 5223>, "
                      "'subject': <'/O=Montague/CN=xmpp'>, "
                      "'issuer': <'/C=IT/O=House of Escalus/CN=Verona CA'>, "
                      "'names': <['montague.lit', 'chat.montague.lit']>, "
                      "'not-before': <'2024-01-01T00:00:00Z'>, "
                      "'not-after': <'2024-12-31T23:30:00Z'>, 'sha256': <'" SHA256 "'>}");
  assert_rows (observation,
               "What happened: Your server uses a certificate that has expired.\n"
               "This computer = 192.168.1.10:44308\n"
               "Server = xmpp.montague.lit\n"
               "Server's address = 203.0.113.10:5223\n"
               "Kind of encryption: direct TLS\n"
               "Certificate for = montague.lit, chat.montague.lit\n"
               "Issued by = House of Escalus, Verona CA\n"
               "Valid from: 1 January 2024, 01:00 CET\n"
               "Valid until: 1 January 2025, 00:30 CET\n"
               "SHA-256 fingerprint = " SHA256_PAIRS "\n"
               "Subject = /O=Montague/CN=xmpp\n"
               "Issuer = /C=IT/O=House of Escalus/CN=Verona "
               "CA\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n"
               "Technical details = errno 111 connect\n");
}

static void
test_sign_in (void)
{
  g_autoptr (SidetoneObservation) passed = NULL;
  g_autoptr (SidetoneObservation) failed = NULL;
  SidetoneError error = SIDETONE_ERROR_WRONG_PASSWORD;

  passed = make (SIDETONE_OBSERVATION_SIGN_IN, SIDETONE_STATE_PASSED, NULL, NULL, NULL,
                 "{'mechanism': <'SCRAM-SHA-1'>}");
  assert_rows (passed,
               "Sign-in method = SCRAM-SHA-1\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");

  failed = make (SIDETONE_OBSERVATION_SIGN_IN, SIDETONE_STATE_FAILED, NULL, NULL, &error,
                 "{'stage': <'sasl'>, 'condition': <'not-authorized'>, "
                 "'server-text': <'Who are\nyou?'>}");
  assert_rows (failed,
               "What happened: Wrong password, or no such account.\n"
               "Failed at: the password\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n"
               "Your server's own words: Who are you?\n"
               "Error condition = not-authorized\n"
               "Technical details = errno 111 connect\n");
}

static void
test_ask (void)
{
  g_autoptr (SidetoneObservation) disco = NULL;
  g_autoptr (SidetoneObservation) server_ip = NULL;

  disco = make (SIDETONE_OBSERVATION_DISCO, SIDETONE_STATE_PASSED, NULL, NULL, NULL,
                "{'features': <['urn:xmpp:sic:0', 'urn:xmpp:sic:1']>, 'name': <'ejabberd'>, "
                "'raw': <'<iq/>'>}");
  assert_rows (disco,
               "Server program: ejabberd\n"
               "Server features = urn:xmpp:sic:0\n"
               "urn:xmpp:sic:1\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n"
               "Raw answer = <iq/>\n");

  server_ip = make (SIDETONE_OBSERVATION_SERVER_IP, SIDETONE_STATE_PASSED, "192.168.1.10:44308",
                    "198.51.100.1:44308", NULL,
                    "{'peer-address': <'203.0.113.10'>, 'peer-port': <int64 5222>, "
                    "'addresses': <['198.51.100.1:44308', '2001:db8::1']>, 'raw': <'<iq/>'>}");
  assert_rows (server_ip,
               "Seen by your server = 198.51.100.1:44308\n"
               "Addresses in the answer = 198.51.100.1:44308\n"
               "2001:db8::1\n"
               "This computer = 192.168.1.10:44308\n"
               "Server's address = 203.0.113.10:5222\n"
               "Source: your server\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n"
               "Raw answer = <iq/>\n");
}

static void
test_services (void)
{
  g_autoptr (SidetoneObservation) services = NULL;
  g_autoptr (SidetoneObservation) none = NULL;
  g_autoptr (SidetoneObservation) refused = NULL;
  g_autoptr (SidetoneObservation) lookup = NULL;
  SidetoneError error = SIDETONE_ERROR_FORBIDDEN;

  services = make (SIDETONE_OBSERVATION_SERVICES, SIDETONE_STATE_PASSED, NULL, NULL, NULL,
                   "{'services': <['stun udp a.lit 1', 'turn udp a.lit 1 credentials']>, "
                   "'unusable': <int64 2>, 'expires': <'2026-11-23T11:36:10Z'>, "
                   "'expires-in': <int64 43199>, 'server-time': <'2026-11-22T23:36:11Z'>}");
  assert_rows (services,
               "Call servers = stun udp a.lit 1\n"
               "turn udp a.lit 1 credentials\n"
               "Invalid entries: 2\n"
               "Passwords valid until: 23 November 2026, 12:36 CET\n"
               "Valid for (server time): 11 hours\n"
               "Your server's clock: 23 November 2026, 00:36 CET\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");

  none = make (SIDETONE_OBSERVATION_SERVICES, SIDETONE_STATE_PASSED, NULL, NULL, NULL,
               "{'services': <@as []>, 'expires-in': <int64 -1>}");
  assert_rows (none,
               "Call servers: none\n"
               "Valid for (server time): no longer\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");

  refused = make (SIDETONE_OBSERVATION_SERVICES, SIDETONE_STATE_FAILED, NULL, NULL, &error,
                  "{'condition': <'forbidden'>, 'server-text': <'Access denied'>}");
  assert_rows (refused,
               "What happened: Your server does not let this account look up call servers.\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n"
               "Your server's own words: Access denied\n"
               "Error condition = forbidden\n"
               "Technical details = errno 111 connect\n");

  lookup = make (SIDETONE_OBSERVATION_LOOKUP, SIDETONE_STATE_PASSED, NULL, NULL, NULL,
                 "{'question': <'service'>, 'name': <'a.lit'>, 'answers': <['192.0.2.1']>}");
  assert_rows (lookup,
               "Name looked up = a.lit\n"
               "Asked for: addresses of a call server\n"
               "Answers = 192.0.2.1\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");
}

static void
test_remaining (void)
{
  static const struct
  {
    gint64 left_s;
    const char *words;
  } rows[] = {
    { -1, "no longer" }, { 0, "no longer" }, { 59, "0 minutes" }, { 60, "1 minute" },
    { 7199, "119 minutes" }, { 7200, "2 hours" }, { 86400, "24 hours" },
    { G_MAXINT64 - 1, "596523 hours" }, { G_MININT64, "no longer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = sidetone_describe_remaining (rows[i].left_s);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* A newer Sidetone may write values without words here. */
static void
test_unknown_values (void)
{
  g_autoptr (SidetoneObservation) observation = NULL;

  observation = make (SIDETONE_OBSERVATION_INTERFACE, SIDETONE_STATE_PASSED, NULL, NULL, NULL,
                      "{'type': <'satellite'>, 'interface': <int64 1>, 'colour': <'blue'>}");
  assert_rows (observation,
               "Kind of network: satellite\n"
               "Source: this computer\n"
               "Began: 12 ms after the start of the check\n"
               "Duration: 31 ms\n");
}

static void
assert_harmless (const SidetoneDetail *row,
                 glong                 max_chars)
{
  g_assert_cmpint (g_utf8_strlen (row->value, -1), <=, max_chars);
  for (const char *p = row->value; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == '\n' || sidetone_text_is_harmless (g_utf8_get_char (p)));
}

/* Everything comes from outside: from a server, or from a forged report. */
static void
test_hostile (void)
{
  g_autofree char *much = g_strnfill (20000, 'x');
  g_autofree char *text = g_strconcat ("\033[2J\xe2\x80\xae", much, NULL);
  static const char *const keys[] = {
    "interface", "type", "question", "name", "target", "security", "peer-address", "reason",
    "subject", "issuer", "not-before", "not-after", "sha256", "mechanism", "stage", "condition",
    "server-text", "raw",
  };
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < 5000; i++)
    g_ptr_array_add (items, text);

  for (SidetoneObservationKind kind = 0; kind < SIDETONE_N_OBSERVATION_KINDS; kind++)
    {
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      g_autoptr (SidetoneObservation) observation = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GError) error = g_error_new_literal (SIDETONE_ERROR, SIDETONE_ERROR_UNKNOWN, text);

      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        g_variant_dict_insert (&details, keys[i], "s", text);
      g_variant_dict_insert_value (&details, "answers",
                                   g_variant_new_strv ((const char *const *) items->pdata, 300));
      g_variant_dict_insert_value (&details, "features",
                                   g_variant_new_strv ((const char *const *) items->pdata, 300));
      g_variant_dict_insert_value (&details, "names",
                                   g_variant_new_strv ((const char *const *) items->pdata, 300));
      g_variant_dict_insert (&details, "peer-port", "x", G_MAXINT64);
      observation = sidetone_observation_new (&(SidetoneObservationFields) {
      .id = "one",
      .kind = kind,
      .state = SIDETONE_STATE_FAILED,
      .error = error,
      .details = g_variant_dict_end (&details),
    });
      rows = sidetone_describe_details (observation);

      g_assert_cmpuint (rows->len, >, 0);
      for (guint i = 0; i < rows->len; i++)
        assert_harmless (rows->pdata[i], 257 * 302);
    }
}

/* The answer is the proof: it is shown in full, up to a sensible size. */
static void
test_raw (void)
{
  g_autofree char *long_raw = g_strnfill (9000, 'r');
  g_autofree char *raw = g_strnfill (8000, 'r');
  const char *const texts[] = { raw, long_raw };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GVariantDict) details = G_VARIANT_DICT_INIT (NULL);
      g_autoptr (SidetoneObservation) observation = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      const SidetoneDetail *last;

      g_variant_dict_insert (&details, "raw", "s", texts[i]);
      observation = sidetone_observation_new (&(SidetoneObservationFields) {
      .id = "disco",
      .kind = SIDETONE_OBSERVATION_DISCO,
      .state = SIDETONE_STATE_PASSED,
      .details = g_variant_dict_end (&details),
    });
      rows = sidetone_describe_details (observation);
      last = rows->pdata[rows->len - 1];

      g_assert_true (last->verbatim);
      if (i == 0)
        g_assert_cmpstr (last->value, ==, raw);
      else
        g_assert_true (g_str_has_suffix (last->value, "r…"));
    }
}

static void
test_certificate (void)
{
  static const struct
  {
    const char *details;
    const char *rows;
  } rows[] = {
    { "@a{sv} {}", "" },
    { "{'subject': <'/CN=montague.lit'>, 'issuer': <'/CN=Verona CA'>, "
      "'not-before': <'2024-07-01T12:00:00Z'>, 'not-after': <'2089-01-01T00:00:00Z'>, "
      "'sha256': <'" SHA256 "'>, 'target': <'xmpp.montague.lit'>}",
      "Certificate for = montague.lit\n"
      "Issued by = Verona CA\n"
      "Valid from: 1 July 2024, 13:00 CET\n"
      "Valid until: 1 January 2089, 01:00 CET\n"
      "SHA-256 fingerprint = " SHA256_PAIRS "\n" },
    /* Unchanged, if it can't be read */
    { "{'not-after': <'Jan  1 00:00:00 2089 GMT'>, 'sha256': <'0011 2233'>}",
      "Certificate for: no name\n"
      "Valid until: Jan 1 00:00:00 2089 GMT\n"
      "SHA-256 fingerprint = 0011 2233\n" },
    { "{'not-after': <'9999-99-99T00:00:00Z'>, 'sha256': <'" SHA256 "0'>}",
      "Certificate for: no name\n"
      "Valid until: 9999-99-99T00:00:00Z\n"
      "SHA-256 fingerprint = " SHA256 "0\n" },
    { "{'not-after': <''>, 'sha256': <''>, 'subject': <'\\u202e\\n'>}", "" },
    /* The certificate's names, else its common name, else its organisation */
    { "{'names': <['\\u202ea.lit\\n', '', 'b.lit']>, 'subject': <'/O=Montague/CN=m.lit'>}",
      "Certificate for = a.lit, b.lit\n" },
    { "{'names': <@as []>, 'subject': <'/O=Montague/CN=m.lit'>}", "Certificate for = m.lit\n" },
    { "{'subject': <'/C=IT/O=Montague & Sons/OU=CN'>}", "Certificate for = Montague & Sons\n" },
    { "{'subject': <'/CN=A/B testing/emailAddress=a@b.lit'>}", "Certificate for = A/B testing\n" },
    { "{'subject': <'/CN=M\\\\xC3\\\\xBCnchen'>}", "Certificate for = M\xc3\xbcnchen\n" },
    { "{'subject': <'/CN='>, 'sha256': <'aa'>}",
      "Certificate for: no name\n"
      "SHA-256 fingerprint = aa\n" },
    /* The issuer */
    { "{'issuer': <'/C=US/O=Let\\'s Encrypt/CN=R3'>}", "Issued by = Let's Encrypt, R3\n" },
    { "{'issuer': <'/O=Verona CA/CN=Verona CA'>}", "Issued by = Verona CA\n" },
    { "{'issuer': <'/O=Verona CA'>}", "Issued by = Verona CA\n" },
    { "{'issuer': <'CN=R3,O=Verona'>}", "Issued by = CN=R3,O=Verona\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneObservation) observation = NULL;
      g_autoptr (GPtrArray) found = NULL;
      g_autofree char *text = NULL;

      observation = make (SIDETONE_OBSERVATION_SECURE, SIDETONE_STATE_FAILED, NULL, NULL, NULL,
                          rows[i].details);
      found = sidetone_describe_certificate (observation);
      text = format_rows (found);

      g_assert_cmpstr (text, ==, rows[i].rows);
    }
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "CET-1", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/details/interface", test_interface);
  g_test_add_func ("/details/lookup", test_lookup);
  g_test_add_func ("/details/connect", test_connect);
  g_test_add_func ("/details/secure", test_secure);
  g_test_add_func ("/details/sign-in", test_sign_in);
  g_test_add_func ("/details/ask", test_ask);
  g_test_add_func ("/details/services", test_services);
  g_test_add_func ("/details/remaining", test_remaining);
  g_test_add_func ("/details/unknown-values", test_unknown_values);
  g_test_add_func ("/details/hostile", test_hostile);
  g_test_add_func ("/details/raw", test_raw);
  g_test_add_func ("/details/certificate", test_certificate);

  return g_test_run ();
}
