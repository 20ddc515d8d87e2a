/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "base/json.h"
#include "test-child.h"

/* Everything that can fail before an answer, as a server's script, and the event that the
 * connection must report */

typedef enum
{
  STARTTLS = 1 << 0,
  DIRECT = 1 << 1,
  BOTH = STARTTLS | DIRECT,
} Modes;

typedef struct
{
  const char *script;
  Modes modes;
  const char *stage;
  const char *code;
  const char *condition;
  const char *text;             /* a part of it; NULL: any text */
} Case;

static const Case cases[] = {
  { "banner-smtp", STARTTLS, "stream", "not-xmpp", NULL, "220 mail.montague.lit ESMTP" },
  { "banner-ssh", STARTTLS, "stream", "not-xmpp", NULL, "SSH-2.0-OpenSSH_9.2p1" },
  { "other-xml", STARTTLS, "stream", "not-xmpp", NULL, "rss" },
  { "tls-alert", STARTTLS, "stream", "other-tls" },
  { "http", BOTH, NULL, "http-answer" },
  { "https", BOTH, "stream", "http-answer", NULL, "HTTP/1.1 400 Bad Request" },
  { "html", STARTTLS, "stream", "http-answer" },
  { "plain-where-tls", DIRECT, "tls", "other-tls" },

  { "no-starttls", STARTTLS, "tls", "tls-not-offered" },
  { "starttls-failure", STARTTLS, "tls", "tls-refused" },
  { "tls-garbage", BOTH, "tls", "tls-failed" },
  { "self-signed", BOTH, "tls", "certificate-self-signed" },
  { "unknown-ca", BOTH, "tls", "certificate-unknown-issuer" },
  { "no-chain", BOTH, "tls", "certificate-no-chain" },
  { "wrong-name", BOTH, "tls", "certificate-wrong-name" },
  { "expired", BOTH, "tls", "certificate-expired" },
  { "not-yet-valid", BOTH, "tls", "certificate-not-yet-valid" },

  { "host-unknown", BOTH, "stream", "host-unknown", "host-unknown" },
  { "host-gone", STARTTLS, "stream", "host-unknown", "host-gone" },
  { "see-other-host", STARTTLS, "stream", "see-other-host", "see-other-host",
    "xmpp.example.org:5222" },
  { "policy-violation", STARTTLS, "stream", "stream-policy", "policy-violation",
    "Too many connections" },
  { "conflict", BOTH, "online", "session-conflict", "conflict", "Replaced by new connection" },
  { "system-shutdown", STARTTLS, "stream", "stream-unavailable", "system-shutdown" },
  /* Ports for other servers: ejabberd's, and one that takes the stream */
  { "invalid-namespace", STARTTLS, "stream", "servers-port", "invalid-namespace" },
  { "dialback", BOTH, "sasl", "servers-port" },
  { "invalid-xml", STARTTLS, "stream", "invalid-xml" },
  { "not-well-formed", STARTTLS, "stream", "stream-error", "not-well-formed" },
  { "endless", BOTH, "stream", "too-much-data" },
  { "nested", BOTH, "stream", "too-much-data" },

  { "weak", BOTH, "sasl", "weak-mechanisms" },
  { "unknown-mechanisms", BOTH, "sasl", "no-common-mechanism", NULL, "X-OAUTH2 EXTERNAL DIGEST-MD5" },
  { "no-mechanisms", BOTH, "sasl", "no-mechanism" },
  /* Before a challenge: the account, the password, or the server's list of accounts */
  { "not-authorized", BOTH, "sasl", "not-authorized", "not-authorized",
    "Invalid username or password" },
  { "account-disabled", BOTH, "sasl", "account-disabled", "account-disabled", "Call the office" },
  { "credentials-expired", STARTTLS, "sasl", "password-expired", "credentials-expired" },
  { "temporary-auth-failure", STARTTLS, "sasl", "sign-in-unavailable", "temporary-auth-failure" },
  { "channel-binding", STARTTLS, "sasl", "binding-refused", "not-authorized", "channel binding" },
  { "binding-type", STARTTLS, "sasl", "sign-in-broken", "malformed-request", "isn't supported" },
  { "other-scram", STARTTLS, "sasl", "sign-in-broken", "not-authorized", "Incompatible SCRAM" },
  { "encryption-required", STARTTLS, "sasl", "no-mechanism", "encryption-required" },
  { "malformed-request", STARTTLS, "sasl", "sign-in-broken", "malformed-request" },
  { "long-salt", STARTTLS, "sasl", "bad-challenge", NULL, "salt" },
  { "scram-no-signature", BOTH, "sasl", "server-unproven", NULL, "signature" },
  { "scram-wrong-signature", STARTTLS, "sasl", "server-unproven", NULL, "signature" },
  { "scram-cut-signature", STARTTLS, "sasl", "server-unproven", NULL, "signature" },
  { "scram-error", STARTTLS, "sasl", "server-unproven", NULL, "signature" },
  { "scram-early-success", STARTTLS, "sasl", "server-unproven", NULL, "before" },
  { "scram-wrong-nonce", STARTTLS, "sasl", "server-unproven", NULL, "nonce" },
  { "scram-zero-iterations", STARTTLS, "sasl", "bad-challenge", NULL, "iteration" },
  { "scram-no-iterations", STARTTLS, "sasl", "bad-challenge", NULL, "SCRAM" },
  { "scram-empty-iterations", STARTTLS, "sasl", "bad-challenge", NULL, "iteration" },
  { "scram-word-iterations", STARTTLS, "sasl", "bad-challenge", NULL, "iteration" },
  { "scram-signed-iterations", STARTTLS, "sasl", "bad-challenge", NULL, "iteration" },
  { "scram-trailing-iterations", STARTTLS, "sasl", "bad-challenge", NULL, "iteration" },
  { "scram-large-iterations", STARTTLS, "sasl", "bad-challenge", NULL, "iteration" },
  { "scram-mandatory", STARTTLS, "sasl", "bad-challenge", NULL, "m=" },
  { "scram-twice", STARTTLS, "sasl", "bad-challenge", NULL, "SCRAM" },
  { "scram-no-salt", STARTTLS, "sasl", "bad-challenge", NULL, "salt" },
  { "quotes-password", BOTH, "sasl", "not-authorized", "not-authorized", "Not ••• or ••• or •••!" },
  { "quotes-as-condition", STARTTLS, "sasl", "sign-in-refused", "•••" },
  { "no-bind", BOTH, "bind", "no-bind" },
  { "bind-error", BOTH, "bind", "session-conflict", "resource-constraint", "Too many devices" },
  { "bind-not-allowed", STARTTLS, "bind", "sign-in-refused", "not-allowed" },

  { "stream-close", STARTTLS, "stream", "closed-unheard" },
  { "stream-reset", STARTTLS, "stream", "closed-unheard" },
  { "half-header", STARTTLS, "stream", "closed-unheard" },
  { "stream-end", STARTTLS, "stream", "connection-lost" },
  { "tls-close", STARTTLS, "tls", "connection-lost" },
  { "tls-close", DIRECT, "tls", "closed-unheard" },
  { "tls-reset", STARTTLS, "tls", "connection-lost" },
  { "tls-reset", DIRECT, "tls", "closed-unheard" },
  { "secure-stream-close", BOTH, "stream", "connection-lost" },
  { "sasl-close", BOTH, "sasl", "connection-lost" },
  { "sasl-reset", BOTH, "sasl", "connection-lost" },
  { "bind-close", BOTH, "bind", "connection-lost" },
  { "query-close", BOTH, "online", "connection-lost" },
  { "query-reset", BOTH, "online", "connection-lost" },
  { "half-answer", BOTH, "online", "connection-lost" },

  { "online-error", BOTH, "online", "stream-unavailable", "system-shutdown" },
  { "sic-huge", BOTH, "online", "too-much-data" },
  { "sic-endless", BOTH, "online", "too-much-data" },
  { "sic-invalid-xml", BOTH, "online", "invalid-xml" },
};

static void
assert_failed (JsonObject *event,
               const Case *row,
               const char *last_stage)
{
  const char *stage = sidetone_json_get_string (event, "stage");
  const char *text = sidetone_json_get_string (event, "text");

  g_assert_cmpstr (sidetone_json_get_string (event, "code"), ==, row->code);
  g_assert_cmpstr (sidetone_json_get_string (event, "condition"), ==, row->condition);
  if (row->stage != NULL)
    g_assert_cmpstr (stage, ==, row->stage);
  /* A deadline in the parent would have named the same stage. */
  g_assert_cmpstr (stage, ==, last_stage);
  if (row->text != NULL)
    {
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (text, row->text));
    }
}

static void
run_case (const Case *row,
          gboolean    direct_tls)
{
  const TestChildOptions options = { .direct_tls = direct_tls };
  g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named (row->script, direct_tls);
  g_autoptr (TestChild) child = test_child_new (server, &options);
  g_autofree char *last_stage = g_strdup ("tcp");
  g_autofree char *plain = NULL;
  gboolean failed = FALSE;

  test_child_write (child, "go\nask a - <address xmlns='urn:xmpp:sic:1'/>\n");
  for (;;)
    {
      g_autoptr (JsonObject) event = test_child_next (child);
      const char *name;

      if (event == NULL)
        break;
      /* Nothing follows a failure. */
      g_assert_false (failed);
      name = sidetone_json_get_string (event, "event");
      if (g_str_equal (name, "stage"))
        {
          g_free (last_stage);
          last_stage = g_strdup (sidetone_json_get_string (event, "stage"));
        }
      else if (g_str_equal (name, "signed-in"))
        {
          g_free (last_stage);
          last_stage = g_strdup ("online");
        }
      else if (g_str_equal (name, "certificate"))
        g_assert_cmpstr (sidetone_json_get_string (event, "problem"), ==, row->code);
      else if (g_str_equal (name, "failed"))
        {
          assert_failed (event, row, last_stage);
          failed = TRUE;
        }
    }
  g_assert_true (failed);
  g_assert_cmpint (test_child_wait (child), ==, 0);
  g_assert_cmpstr (test_child_get_complaints (child), ==, "");

  /* A try fails once at the server: some servers lock an account after three failures. */
  g_assert_cmpuint (sidetone_test_server_get_n_connections (server), ==, 1);
  g_assert_cmpuint (sidetone_test_server_count (server, "<auth"), <=, 1);
  plain = sidetone_test_server_dup_plain (server);
  g_assert_null (strstr (plain, "<auth"));
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;

  if (row->modes & STARTTLS)
    run_case (row, FALSE);
  if (row->modes & DIRECT)
    run_case (row, TRUE);
}

/* Nothing derived from the password is sent where that would betray it. */
static void
test_nothing_sent (void)
{
  static const char *const scripts[] = { "weak", "self-signed", "wrong-name", "expired" };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named (scripts[i], FALSE);
      g_autoptr (TestChild) child = test_child_new (server, NULL);

      test_child_write (child, "go\n");
      g_assert_cmpint (test_child_wait (child), ==, 0);
      g_assert_cmpuint (sidetone_test_server_count (server, "<auth"), ==, 0);
      g_assert_cmpuint (sidetone_test_server_count (server, "<response"), ==, 0);
    }
}

/* A server that has sent SCRAM's challenge has mostly found the account. With PLAIN it may not even be
 * able to look for it. */
static void
test_wrong_password (void)
{
  static const char *const scripts[] = { "good", "plain-only" };
  static const char *const codes[] = { "wrong-password", "not-authorized" };
  const TestChildOptions options = { .password = "rosaline" };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      const Case row = { scripts[i], STARTTLS, "sasl", codes[i], "not-authorized" };
      g_autoptr (SidetoneTestServer) server = sidetone_test_server_new_named (row.script, FALSE);
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
      assert_failed (event, &row, "sasl");
      g_assert_cmpint (test_child_wait (child), ==, 0);
      g_assert_cmpuint (sidetone_test_server_count (server, "<auth"), ==, 1);
    }
}

/* Some servers offer SCRAM with channel binding alone, which libstrophe knows since 0.13. */
static void
test_plus_only (void)
{
  gboolean is_known = !g_str_has_prefix (SIDETONE_STROPHE_VERSION, "0.12.");
  const Case row = { "plus-only", BOTH, "sasl", is_known ? "not-authorized" : "no-common-mechanism",
                     is_known ? "not-authorized" : NULL, is_known ? NULL : "SCRAM-SHA-256-PLUS" };

  run_case (&row, FALSE);
  run_case (&row, TRUE);
}

static void
assert_tcp_failure (const char *address,
                    guint16     port,
                    const char *code)
{
  const TestChildOptions options = { .address = address, .port = port };
  g_autoptr (TestChild) child = test_child_new (NULL, &options);
  g_autoptr (JsonObject) event = test_child_expect (child, "failed");

  g_assert_cmpstr (sidetone_json_get_string (event, "stage"), ==, "tcp");
  g_assert_cmpstr (sidetone_json_get_string (event, "code"), ==, code);
  g_assert_cmpint (test_child_wait (child), ==, 0);
  g_assert_cmpstr (test_child_get_complaints (child), ==, "");
}

/* TCP is reported without "go". */
static void
test_tcp (void)
{
  SidetoneTestServer *server = sidetone_test_server_new_named ("good", FALSE);
  guint16 port = sidetone_test_server_get_port (server);

  sidetone_test_server_free (server);
  assert_tcp_failure ("127.0.0.1", port, "connection-refused");
  /* No machine has a route to broadcast or multicast for TCP. */
  assert_tcp_failure ("255.255.255.255", port, "unreachable");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/connection/failures/", cases[i].script,
                                           cases[i].modes == DIRECT ? "-direct" : "", NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/connection/failures/nothing-sent", test_nothing_sent);
  g_test_add_func ("/connection/failures/wrong-password", test_wrong_password);
  g_test_add_func ("/connection/failures/plus-only", test_plus_only);
  g_test_add_func ("/connection/failures/tcp", test_tcp);

  return g_test_run ();
}
