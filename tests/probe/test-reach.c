/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "net/reach.h"

/* Which packets are sent to an address from a server: none into other private networks */
static const struct
{
  const char *prefix;
  const char *named;
  const char *server;
  const char *reached;
} rows[] = {
  { NULL, "203.0.113.9:5000", "203.0.113.1:3478", "203.0.113.9:5000" },
  { NULL, "[2001:db8::9]:5000", "[2001:db8::1]:3478", "[2001:db8::9]:5000" },
  { NULL, "10.0.0.9:5000", "10.0.0.1:3478", "10.0.0.9:5000" },
  { NULL, "10.0.0.9:5000", "203.0.113.1:3478", NULL },
  { NULL, "127.0.0.1:5000", "203.0.113.1:3478", NULL },
  { NULL, "0.0.0.0:5000", "203.0.113.1:3478", NULL },
  { NULL, "203.0.113.9:5000", "10.0.0.1:3478", "203.0.113.9:5000" },
  { NULL, "203.0.113.9:5000", "[2001:db8::1]:3478", NULL },
  { NULL, "[2001:db8::9]:5000", "203.0.113.1:3478", NULL },
  { "64:ff9b::/96", "203.0.113.9:5000", "[64:ff9b::cb00:7101]:3478", "[64:ff9b::cb00:7109]:5000" },
  { "2001:db8:64::/48", "203.0.113.9:5000", "[2001:db8:64:cb00:71:100::]:3478",
    "[2001:db8:64:cb00:71:900::]:5000" },
  { "64:ff9b::/96", "10.0.0.9:5000", "[64:ff9b::cb00:7101]:3478", NULL },
  { "64:ff9b::/96", "[2001:db8::9]:5000", "[64:ff9b::cb00:7101]:3478", "[2001:db8::9]:5000" },
};

static void
test_reach (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneEndpoint) named = sidetone_endpoint_parse (rows[i].named);
      g_autoptr (SidetoneEndpoint) server = sidetone_endpoint_parse (rows[i].server);
      g_autoptr (SidetoneEndpoint) reached = NULL;
      g_autofree char *text = NULL;
      SidetoneNat64Prefix prefix = { { 0 } };

      if (rows[i].prefix != NULL)
        g_assert_true (sidetone_nat64_prefix_parse (&prefix, rows[i].prefix));

      reached = sidetone_reach (rows[i].prefix != NULL ? &prefix : NULL, named, server);
      text = reached != NULL ? sidetone_endpoint_format (reached) : NULL;
      g_assert_cmpstr (text, ==, rows[i].reached);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reach/rows", test_reach);

  return g_test_run ();
}
