/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "base/json.h"
#include "test-child.h"

#include <errno.h>
#include <sys/stat.h>

/* The successful case: the protocol from beginning to end */

#define ASK_DISCO \
  "ask d " SIDETONE_TEST_DOMAIN " <query xmlns='http://jabber.org/protocol/disco#info'/>\n"
#define ASK_ADDRESS "ask s - <address xmlns='urn:xmpp:sic:1'/>\n"

static void
assert_endpoint (JsonObject *event,
                 const char *member,
                 const char *address)
{
  JsonObject *endpoint = sidetone_json_get_object (event, member);

  g_assert_nonnull (endpoint);
  g_assert_cmpstr (sidetone_json_get_string (endpoint, "address"), ==, address);
  g_assert_cmpint (sidetone_json_get_int (endpoint, "port", 0), >, 0);
}

static void
assert_answer (TestChild  *child,
               const char *id,
               const char *part)
{
  g_autoptr (JsonObject) event = test_child_expect (child, "answer");
  const char *stanza = sidetone_json_get_string (event, "stanza");

  g_assert_cmpstr (sidetone_json_get_string (event, "id"), ==, id);
  g_assert_nonnull (stanza);
  g_assert_true (g_str_has_prefix (stanza, "<iq "));
  g_assert_nonnull (strstr (stanza, part));
}

static void
assert_ends_well (TestChild *child)
{
  g_assert_cmpint (test_child_wait (child), ==, 0);
  g_assert_cmpstr (test_child_get_complaints (child), ==, "");
}

static void
assert_names (JsonObject *event)
{
  JsonArray *names = sidetone_json_get_array (event, "names");

  g_assert_nonnull (names);
  g_assert_cmpuint (json_array_get_length (names), >, 0);
  g_assert_cmpuint (json_array_get_length (names), <=, 20);
  g_assert_cmpstr (json_array_get_string_element (names, 0), ==, SIDETONE_TEST_DOMAIN);
}

static void
run_whole (gboolean      direct_tls,
           GSocketFamily family)
{
  SidetoneTestScript script = *sidetone_test_script_get ("good");
  const TestChildOptions options = { .direct_tls = direct_tls };
  g_autoptr (SidetoneTestServer) server = NULL;
  g_autoptr (TestChild) child = NULL;
  g_autoptr (JsonObject) connected = NULL;
  g_autoptr (JsonObject) secured = NULL;
  g_autoptr (JsonObject) signed_in = NULL;
  g_autofree char *port = NULL;
  JsonObject *local;

  script.direct_tls = direct_tls;
  script.family = family;
  server = sidetone_test_server_new (&script);
  child = test_child_new (server, &options);

  connected = test_child_expect (child, "connected");
  assert_endpoint (connected, "local", sidetone_test_server_get_address (server));
  assert_endpoint (connected, "peer", sidetone_test_server_get_address (server));
  g_assert_cmpint (sidetone_json_get_int (connected, "rtt_us", -1), >=, 0);

  test_child_write (child, "go\n");
  if (!direct_tls)
    test_child_expect_stage (child, "stream");
  test_child_expect_stage (child, "tls");
  secured = test_child_expect (child, "secured");
  g_assert_nonnull (strstr (sidetone_json_get_string (secured, "subject"), SIDETONE_TEST_DOMAIN));
  g_assert_nonnull (strstr (sidetone_json_get_string (secured, "issuer"), "Trusted"));
  assert_names (secured);
  g_assert_cmpstr (sidetone_json_get_string (secured, "not-after"), ==, "2089-01-01T00:00:00Z");
  g_assert_cmpint (strlen (sidetone_json_get_string (secured, "sha256")), ==, 64);
  test_child_expect_stage (child, "stream");
  test_child_expect_stage (child, "sasl");
  test_child_expect_stage (child, "bind");
  signed_in = test_child_expect (child, "signed-in");
  g_assert_cmpstr (sidetone_json_get_string (signed_in, "jid"), ==, SIDETONE_TEST_JID "/test");
  g_assert_cmpstr (sidetone_json_get_string (signed_in, "mechanism"), ==, "SCRAM-SHA-1");

  /* The server sees the local endpoint that the child reports. */
  test_child_write (child, ASK_ADDRESS);
  local = sidetone_json_get_object (connected, "local");
  port = g_strdup_printf ("<port>%d</port>", (int) sidetone_json_get_int (local, "port", 0));
  assert_answer (child, "s", port);

  /* The stream is closed, and no presence was ever sent. */
  test_child_close_input (child);
  assert_ends_well (child);
  g_assert_cmpuint (sidetone_test_server_count (server, "</stream:stream>"), ==, 1);
  g_assert_cmpuint (sidetone_test_server_count (server, "<presence"), ==, 0);
  g_assert_cmpuint (sidetone_test_server_count (server, "<auth"), ==, 1);
  g_assert_cmpuint (sidetone_test_server_count (server, "urn:xmpp:sm"), ==, 0);
}

static void
test_starttls (void)
{
  run_whole (FALSE, G_SOCKET_FAMILY_IPV4);
}

static void
test_direct (void)
{
  run_whole (TRUE, G_SOCKET_FAMILY_IPV4);
}

/* A stream header in several segments */
static void
test_segments (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("bytewise", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);

  test_child_sign_in (child);
  test_child_close_input (child);
  assert_ends_well (child);
}

/* Direct TLS at a port that ALPN shares between XMPP and a web site (XEP-0368, section 3) */
static void
test_alpn (void)
{
  const TestChildOptions options = { .direct_tls = TRUE };
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("shared-port", TRUE);
  g_autoptr (TestChild) child = test_child_new (server, &options);

  test_child_sign_in (child);
  test_child_close_input (child);
  assert_ends_well (child);
}

static void
test_ipv6 (void)
{
  run_whole (FALSE, G_SOCKET_FAMILY_IPV6);
}

static void
test_plain_inside_tls (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("plain-only", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);
  g_autofree char *plain = NULL;

  test_child_sign_in (child);
  plain = sidetone_test_server_dup_plain (server);
  g_assert_null (strstr (plain, "<auth"));
  test_child_close_input (child);
  assert_ends_well (child);
}

/* A server that knows the password after SASL PLAIN may say it in any answer. */
static void
test_quoted_password (void)
{
  static const char *const questions[] = {
    "ask a - <address xmlns='urn:xmpp:sic:1'/>\n",
    "ask a - <query xmlns='http://jabber.org/protocol/disco#info'/>\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (SidetoneTestServer) server = NULL;
      g_autoptr (TestChild) child = NULL;
      g_autoptr (JsonObject) answer = NULL;

      server = sidetone_test_server_new_named ("quotes-in-answer", FALSE);
      child = test_child_new (server, NULL);
      test_child_sign_in (child);
      test_child_write (child, questions[i]);
      answer = test_child_expect (child, "answer");
      g_assert_nonnull (strstr (sidetone_json_get_string (answer, "stanza"), "•••"));
      test_child_close_input (child);
      assert_ends_well (child);
    }
}

/* RFC 5802, section 5.1: unknown optional extensions are ignored. */
static void
test_scram_extension (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("scram-extension", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);

  test_child_sign_in (child);
  test_child_close_input (child);
  assert_ends_well (child);
}

/* Nothing is sent after TCP without "go": another address may have won. */
static void
test_waits_for_go (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);
  g_autoptr (TestChild) loser = test_child_new (server, NULL);
  g_autoptr (TestChild) winner = test_child_new (server, NULL);

  test_child_skip (loser, "connected");
  test_child_skip (winner, "connected");
  test_child_kill (loser);
  g_assert_cmpint (test_child_wait (loser), ==, -SIGKILL);
  test_child_sign_in (winner);
  g_assert_cmpuint (sidetone_test_server_count (server, "<auth"), ==, 1);
  /* Two streams, one plain and one inside TLS; the loser's would be a third. */
  g_assert_cmpuint (sidetone_test_server_count (server, "<stream:stream"), ==, 3);
}

/* Questions written before the sign-in are sent right after it, all in one record. */
static void
test_one_flight (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);

  test_child_write (child, "go\n" ASK_DISCO ASK_ADDRESS);
  test_child_sign_in (child);
  assert_answer (child, "d", "Test server");
  assert_answer (child, "s", "<ip>127.0.0.1</ip>");
  g_assert_true (sidetone_test_server_came_together (server, "disco#info", "urn:xmpp:sic:1"));

  /* And again, online */
  test_child_write (child, "ask v - <query xmlns='jabber:iq:version'/>\n"
                    "ask t - <time xmlns='urn:xmpp:time'/>\n");
  assert_answer (child, "v", "service-unavailable");
  assert_answer (child, "t", "service-unavailable");
  g_assert_true (sidetone_test_server_came_together (server, "jabber:iq:version", "urn:xmpp:time"));

  test_child_close_input (child);
  assert_ends_well (child);
}

/* Only our own server and the addressee may answer */
static void
test_answer_from (void)
{
  g_autoptr (SidetoneTestServer) own = sidetone_test_server_new_named ("sic-own-jid", FALSE);
  g_autoptr (SidetoneTestServer) stranger = sidetone_test_server_new_named ("sic-stranger", FALSE);
  g_autoptr (TestChild) child = test_child_new (own, NULL);
  g_autoptr (TestChild) deceived = test_child_new (stranger, NULL);

  test_child_sign_in (child);
  test_child_write (child, ASK_ADDRESS);
  assert_answer (child, "s", "<ip>");

  test_child_sign_in (deceived);
  test_child_write (deceived, ASK_ADDRESS ASK_DISCO);
  assert_answer (deceived, "d", "Test server");
  test_child_close_input (deceived);
  g_assert_null (test_child_next_line (deceived));
}

static void
test_ping (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("ping", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);

  test_child_sign_in (child);
  /* The ping came before the first answer; our reply was sent before the second question. */
  for (int i = 0; i < 2; i++)
    {
      test_child_write (child, ASK_DISCO);
      assert_answer (child, "d", "Test server");
    }
  g_assert_cmpuint (sidetone_test_server_count (server, "id='p&amp;1'"), ==, 1);
  g_assert_cmpuint (sidetone_test_server_count (server, "<service-unavailable"), ==, 1);
}

static char *
get_pin (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = sidetone_test_certificate_path (file);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (GByteArray) der = NULL;

  g_assert_nonnull (certificate);
  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

/* With a pin exactly one certificate is accepted, whatever its faults. */
static void
test_pin (void)
{
  static const struct
  {
    const char *script;
    const char *pinned;
    gboolean right;
  } rows[] = {
    { "self-signed", "self-signed", TRUE },
    { "unknown-ca", "unknown-ca", TRUE },
    { "wrong-name", "wrong-name", TRUE },
    { "expired", "expired", TRUE },
    { "good", "good", TRUE },
    { "good", "other", FALSE },
    { "self-signed", "good", FALSE },
    { "unknown-ca", "other-ca", FALSE },
  };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (rows); i++)
    {
      gboolean direct_tls = i % 2;
      g_autofree char *lower = get_pin (rows[i / 2].pinned);
      g_autofree char *upper = g_ascii_strup (lower, -1);
      const TestChildOptions options = { .direct_tls = direct_tls,
                                         .pin = direct_tls ? upper : lower };
      g_autoptr (SidetoneTestServer) server =
        sidetone_test_server_new_named (rows[i / 2].script, direct_tls);
      g_autoptr (TestChild) child = test_child_new (server, &options);
      g_autofree char *shown = get_pin (rows[i / 2].script);
      g_autoptr (JsonObject) event = NULL;
      g_autoptr (JsonObject) failed = NULL;

      test_child_skip (child, "connected");
      test_child_write (child, "go\n");
      if (!direct_tls)
        test_child_expect_stage (child, "stream");
      test_child_expect_stage (child, "tls");
      event = test_child_expect (child, rows[i / 2].right ? "secured" : "certificate");
      /* The server's own certificate, even if another one of the chain was refused */
      g_assert_cmpstr (sidetone_json_get_string (event, "sha256"), ==, shown);
      if (rows[i / 2].right)
        {
          test_child_sign_in (child);
          continue;
        }
      failed = test_child_expect (child, "failed");
      g_assert_cmpstr (sidetone_json_get_string (failed, "code"), ==, "certificate-not-pinned");
      assert_ends_well (child);
      g_assert_cmpuint (sidetone_test_server_count (server, "<auth"), ==, 0);
    }
}

/* The user decides by its contents. */
static void
test_certificate (void)
{
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("unknown-ca", FALSE);
  g_autoptr (TestChild) child = test_child_new (server, NULL);
  g_autoptr (JsonObject) event = NULL;
  g_autofree char *sha256 = get_pin ("unknown-ca");

  test_child_skip (child, "connected");
  test_child_write (child, "go\n");
  test_child_expect_stage (child, "stream");
  test_child_expect_stage (child, "tls");
  event = test_child_expect (child, "certificate");
  g_assert_cmpstr (sidetone_json_get_string (event, "problem"), ==, "certificate-unknown-issuer");
  g_assert_nonnull (strstr (sidetone_json_get_string (event, "subject"), SIDETONE_TEST_DOMAIN));
  g_assert_nonnull (strstr (sidetone_json_get_string (event, "issuer"), "Other test authority"));
  assert_names (event);
  g_assert_cmpstr (sidetone_json_get_string (event, "not-before"), ==, "2020-01-01T00:00:00Z");
  g_assert_cmpstr (sidetone_json_get_string (event, "not-after"), ==, "2089-01-01T00:00:00Z");
  g_assert_cmpstr (sidetone_json_get_string (event, "sha256"), ==, sha256);
}

static void
test_ca_file (void)
{
  static const struct
  {
    const char *ca_file;
    const char *code;
  } rows[] = {
    { "", "certificate-no-chain" },
    { "other-ca.pem", "certificate-no-chain" },
    { "missing.pem", "bad-ca-file" },
    { "empty.pem", "bad-ca-file" },
    { "garbage.pem", "bad-ca-file" },
    { "fifo", "bad-ca-file" },
    { "broken.pem", "bad-ca-file" },
    { ".", "bad-ca-file" },
  };
  g_autofree char *broken = sidetone_test_certificate_path ("broken.pem");
  g_autofree char *fifo = sidetone_test_certificate_path ("fifo");

  g_file_set_contents (broken, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", -1,
                       NULL);
  g_assert_true (mkfifo (fifo, 0600) == 0 || errno == EEXIST);
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (rows); i++)
    {
      const char *name = rows[i / 2].ca_file;
      gboolean direct_tls = i % 2;
      g_autofree char *path = *name != '\0' ? sidetone_test_certificate_path (name) : g_strdup ("");
      const TestChildOptions options = { .direct_tls = direct_tls, .ca_file = path };
      g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named ("good", direct_tls);
      g_autoptr (TestChild) child = test_child_new (server, &options);
      g_autoptr (JsonObject) event = NULL;

      test_child_write (child, "go\n");
      do
        {
          g_clear_pointer (&event, json_object_unref);
          event = test_child_next (child);
          g_assert_nonnull (event);
        }
      while (!g_str_equal (sidetone_json_get_string (event, "event"), "failed"));
      g_assert_cmpstr (sidetone_json_get_string (event, "code"), ==, rows[i / 2].code);
      g_assert_cmpstr (sidetone_json_get_string (event, "stage"), ==, "tls");
      assert_ends_well (child);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection/session/starttls", test_starttls);
  g_test_add_func ("/connection/session/direct", test_direct);
  g_test_add_func ("/connection/session/alpn", test_alpn);
  g_test_add_func ("/connection/session/segments", test_segments);
  g_test_add_func ("/connection/session/ipv6", test_ipv6);
  g_test_add_func ("/connection/session/plain-inside-tls", test_plain_inside_tls);
  g_test_add_func ("/connection/session/quoted-password", test_quoted_password);
  g_test_add_func ("/connection/session/scram-extension", test_scram_extension);
  g_test_add_func ("/connection/session/waits-for-go", test_waits_for_go);
  g_test_add_func ("/connection/session/one-flight", test_one_flight);
  g_test_add_func ("/connection/session/answer-from", test_answer_from);
  g_test_add_func ("/connection/session/ping", test_ping);
  g_test_add_func ("/connection/session/pin", test_pin);
  g_test_add_func ("/connection/session/certificate", test_certificate);
  g_test_add_func ("/connection/session/ca-file", test_ca_file);

  return g_test_run ();
}
