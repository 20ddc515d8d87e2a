/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "seen/nat64-prefix.h"

/* RFC 6052, section 2.2 has the positions, RFC 7050, section 2.2 the addresses: 192.0.0.170 and
 * .171 are c0 00 00 aa and ab */
static const struct
{
  const char *answer;
  const char *prefix;
} rows[] = {
  { "64:ff9b::c000:aa", "64:ff9b::/96" },
  { "64:ff9b::c000:ab", "64:ff9b::/96" },
  { "2001:db8:1:2:300:4:c000:aa", NULL },         /* byte 8 must be zero */
  { "2001:db8:1:2:3:4:c000:aa", "2001:db8:1:2:3:4::/96" },
  { "2001:db8:1:2:c0:0:aa00:0", "2001:db8:1:2::/64" },
  { "2001:db8:1:2c0:0:aa::", "2001:db8:1:200::/56" },
  { "2001:db8:1:c000:0:aa00::", "2001:db8:1::/48" },
  { "2001:db8:1c0:0:aa::", "2001:db8:100::/40" },
  { "2001:db8:c000:aa::", "2001:db8::/32" },
  { "2001:db8::c000:ac", NULL },
  { "2001:db8::1", NULL },
  { "192.0.0.170", NULL },                        /* the name's own record */
};

static void
test_find (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GInetAddress) answer = g_inet_address_new_from_string (rows[i].answer);
      g_autofree char *prefix = sidetone_nat64_prefix_find (answer);

      g_assert_cmpstr (prefix, ==, rows[i].prefix);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/nat64-prefix/find", test_find);

  return g_test_run ();
}
