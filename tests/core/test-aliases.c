/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "address/endpoint.h"

/* The numbers that stand for the made-up addresses of a redacted report */

static char *
describe (guint         number,
          GInetAddress *address)
{
  return g_strdup_printf ("<%u>", number);
}

static void
assert_replaced (SidetoneAliases *aliases,
                 const char      *text,
                 const char      *expected)
{
  g_autofree char *replaced = sidetone_aliases_replace (aliases, text, describe);

  g_assert_cmpstr (replaced, ==, expected);
}

/* Numbers follow the first occurrence; the same address has the same number in any form. */
static void
test_numbers (void)
{
  g_autoptr (SidetoneAliases) aliases = sidetone_aliases_new ();

  sidetone_aliases_add_text (aliases, "turn udp 203.0.113.1 3478, 2001:db8::1 and 203.0.113.1:5222");
  sidetone_aliases_add_text (aliases, "[2001:db8:0::1]:443 198.51.100.1");
  assert_replaced (aliases, "198.51.100.1 203.0.113.1 2001:db8::1", "<3> <1> <2>");
}

static void
test_text (void)
{
  static const char *const rows[][2] = {
    { "", "" },
    { "203.0.113.1", "<1>" },
    { "203.0.113.1 port 3478", "<1> port 3478" },
    { "203.0.113.1:3478", "<1>:3478" },
    { "[2001:db8::1]:3478", "<2>:3478" },
    { "[2001:db8::1]", "<2>" },
    { "[203.0.113.1]", "[<1>]" },
    { "It is 203.0.113.1.", "It is <1>." },
    { "203.0.113.1: no answer", "<1>: no answer" },
    { "2001:db8::1: no answer", "<2>: no answer" },
    { "(2001:db8::1)", "(<2>)" },
    { "“203.0.113.1”", "“<1>”" },
    { "203.0.113.1, 203.0.113.1", "<1>, <1>" },
    { "2001:db8::1/96", "<2>/96" },
    { "2001:db8::1%eth0", "<2>%eth0" },
    { "203.0.113.1 seen 198.51.100.1:40000", "<1> seen 198.51.100.1:40000" },
    /* Names, versions, times and other numbers */
    { "turn-203.0.113.1", "turn-203.0.113.1" },
    { "203.0.113.1.example.org", "203.0.113.1.example.org" },
    { "coturn-4.6.1", "coturn-4.6.1" },
    { "12:30, 1.2 s, 50 of 50: all", "12:30, 1.2 s, 50 of 50: all" },
    { "AB:CD:EF", "AB:CD:EF" },
  };
  g_autoptr (SidetoneAliases) aliases = sidetone_aliases_new ();

  sidetone_aliases_add_text (aliases, "203.0.113.1 2001:db8::1");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_replaced (aliases, rows[i][0], rows[i][1]);
}

/* The endpoint stays what it is, for the judgement and for JSON. */
static void
test_endpoint (void)
{
  g_autoptr (SidetoneAliases) aliases = sidetone_aliases_new ();
  g_autoptr (SidetoneEndpoint) whole = sidetone_endpoint_parse ("203.0.113.1:3478");
  g_autoptr (SidetoneEndpoint) hidden = sidetone_endpoint_new_hidden (whole, aliases);
  g_autofree char *text = sidetone_endpoint_format (hidden);

  sidetone_aliases_add (aliases, sidetone_endpoint_get_address (whole));
  g_assert_true (sidetone_endpoint_equal (whole, hidden));
  g_assert_cmpstr (text, ==, "203.0.113.1:3478");
  g_assert_true (sidetone_endpoint_is_hidden (hidden));
  g_assert_cmpuint (sidetone_endpoint_get_alias (hidden), ==, 1);
  g_assert_false (sidetone_endpoint_is_hidden (whole));
  g_assert_cmpuint (sidetone_endpoint_get_alias (whole), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/aliases/numbers", test_numbers);
  g_test_add_func ("/aliases/text", test_text);
  g_test_add_func ("/aliases/endpoint", test_endpoint);

  return g_test_run ();
}
