/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "base/json.h"
#include "test-child.h"

/* Which of a certificate's names (subjectAltName, DNS-ID) are valid for which account. The server
 * is OpenSSL's: the other tests' GnuTLS ends a handshake with U-labels in its SNI, which libstrophe
 * sends. */

#define ACCEPT "ACCEPT 127.0.0.1:"
#define IDN "xn--bcher-kva.example"

typedef struct
{
  const char *certificate;
  const char *jid;
  gboolean right;
  const char *names;            /* the names that are reported */
} Case;

static const Case cases[] = {
  { "good", SIDETONE_TEST_JID, TRUE, "montague.lit capulet.lit localhost" },
  { "san-first", SIDETONE_TEST_JID, TRUE, "montague.lit capulet.lit localhost" },
  { "san-first", "romeo@verona.lit", FALSE, "montague.lit capulet.lit localhost" },
  { "common-name", SIDETONE_TEST_JID, FALSE, "" },
  { "xmpp-names", SIDETONE_TEST_JID, FALSE, "" },
  { "idn-wildcard", "romeo@books.example", FALSE, "*.example" },
  { "good", "romeo@bücher.example", FALSE, "montague.lit capulet.lit localhost" },
  { "idn", "romeo@bücher.example", TRUE, IDN " *." IDN },
  { "idn", "romeo@BÜCHER.example", TRUE, IDN " *." IDN },
  { "idn", "romeo@alte.bücher.example", TRUE, IDN " *." IDN },
  { "idn", "romeo@sehr.alte.bücher.example", FALSE, IDN " *." IDN },
  { "idn", "romeo@bücher.lit", FALSE, IDN " *." IDN },
  { "idn-san-first", "romeo@bücher.example", TRUE, IDN },
  { "idn-wildcard", "romeo@bücher.example", FALSE, "*.example" },
  { "idn-nul", "romeo@bücher.example", FALSE, IDN "\uFFFD.example.org" },
  { "idn-common-name", "romeo@bücher.example", FALSE, "" },
  { "idn-expired", "romeo@bücher.example", FALSE, IDN },
};

/* Returns: a server for one connection. The end of its input makes it end. */
static GSubprocess *
start_server (const char *name,
              guint16    *port)
{
  g_autofree char *path = sidetone_test_certificate_path (name);
  g_autofree char *chain = g_strconcat (path, ".pem", NULL);
  g_autofree char *key = g_strconcat (path, ".key", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  GSubprocess *server =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                      G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                      "openssl", "s_server", "-accept", "127.0.0.1:0", "-naccept", "1",
                      "-cert", chain, "-key", key, NULL);

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  do
    {
      g_free (line);
      line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (line);
    }
  while (!g_str_has_prefix (line, ACCEPT));

  *port = g_ascii_strtoull (line + strlen (ACCEPT), NULL, 10);
  return server;
}

static char *
join_names (JsonObject *event)
{
  JsonArray *names = sidetone_json_get_array (event, "names");
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_nonnull (names);
  for (guint i = 0; i < json_array_get_length (names); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            json_array_get_string_element (names, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  TestChildOptions options = { .jid = row->jid, .address = "127.0.0.1", .direct_tls = TRUE };
  g_autoptr (GSubprocess) server = start_server (row->certificate, &options.port);
  g_autoptr (TestChild) child = test_child_new (NULL, &options);
  g_autoptr (JsonObject) event = NULL;
  g_autoptr (JsonObject) failed = NULL;
  g_autofree char *names = NULL;

  test_child_skip (child, "connected");
  test_child_write (child, "go\n");
  test_child_expect_stage (child, "tls");
  event = test_child_expect (child, row->right ? "secured" : "certificate");
  names = join_names (event);
  g_assert_cmpstr (names, ==, row->names);

  if (!row->right)
    {
      failed = test_child_expect (child, "failed");
      g_assert_cmpstr (sidetone_json_get_string (failed, "code"), ==,
                       g_str_has_suffix (row->certificate, "expired") ? "certificate-expired"
                       : "certificate-wrong-name");
      g_assert_cmpint (test_child_wait (child), ==, 0);
    }
  g_subprocess_force_exit (server);
  g_assert_true (g_subprocess_wait (server, NULL, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/connection/names/%" G_GSIZE_FORMAT "-%s", i,
                                               cases[i].certificate);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
