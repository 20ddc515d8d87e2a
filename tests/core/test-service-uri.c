/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "base/error.h"
#include "wire/service-uri.h"

/* The examples of RFC 7064 and RFC 7065, sections 3.1 and 4 */
static void
test_good (void)
{
  static const struct
  {
    const char *uri;
    const char *text;
  } rows[] = {
    { "stun:example.org", "stun udp example.org 3478" },
    { "stun:example.org:8000", "stun udp example.org 8000" },
    { "stuns:example.org", "stuns tls example.org 5349" },
    { "turn:example.org", "turn udp example.org 3478 credentials" },
    { "turns:example.org", "turns tls example.org 5349 credentials" },
    { "turn:example.org:8000", "turn udp example.org 8000 credentials" },
    { "turn:example.org?transport=udp", "turn udp example.org 3478 credentials" },
    { "turn:example.org?transport=tcp", "turn tcp example.org 3478 credentials" },
    { "turns:example.org?transport=tcp", "turns tls example.org 5349 credentials" },
    { "turns:example.org:443?transport=tcp", "turns tls example.org 443 credentials" },
    { "turns:example.org?transport=udp", "turns udp example.org 5349 credentials" },
    { "turn:192.0.2.1:1", "turn udp 192.0.2.1 1 credentials" },
    { "turn:[2001:db8::1]", "turn udp 2001:db8::1 3478 credentials" },
    { "turn:[2001:db8::1]:65535?transport=tcp", "turn tcp 2001:db8::1 65535 credentials" },
    { " TURN:Example.ORG?Transport=TCP\n", "turn tcp example.org 3478 credentials" },
    { "stun:bücher.example", "stun udp xn--bcher-kva.example 3478" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean is_relay = g_str_has_prefix (rows[i].text, "turn");
      g_autoptr (GError) error = NULL;
      g_autoptr (SidetoneService) service = NULL;
      g_autofree char *text = NULL;

      service = sidetone_service_new_from_uri (rows[i].uri, is_relay ? "romeo" : NULL,
                                               is_relay ? "secret" : NULL, &error);
      g_assert_no_error (error);
      text = sidetone_service_to_text (service);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_true (sidetone_service_is_typed (service));
      g_assert_cmpstr (sidetone_service_get_password (service), ==, is_relay ? "secret" : NULL);
    }
}

static void
test_bad (void)
{
  static const char *const uris[] = {
    "", "turn", "turn:", "turn::3478", "turn:example.org:", "turn:example.org:0",
    "turn:example.org:65536", "turn:example.org:port", "turn:example.org:-1", "turn:2001:db8::1",
    "turn:[2001:db8::1", "turn:[]", "turn:example.org?", "turn:example.org?transport=quic",
    "turn:example.org?transport=", "turn://example.org", "turn:romeo@example.org",
    "turn:example.org/path", "http:example.org", "example.org", "stun:exa mple.org",
    "turn:example.org?transport=udp&x=y",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL;

      if (sidetone_service_new_from_uri (uris[i], NULL, NULL, &error) != NULL)
        g_error ("“%s” was taken", uris[i]);
      g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_SERVICE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service-uri/good", test_good);
  g_test_add_func ("/service-uri/bad", test_bad);

  return g_test_run ();
}
