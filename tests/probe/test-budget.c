/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "net/budget.h"

/* The budget of trust: which addresses get packets, and how many */

#define USER SIDETONE_NAMED_BY_USER
#define SERVER SIDETONE_NAMED_BY_SERVER
#define SERVICE SIDETONE_NAMED_BY_SERVICE

#define ALLOWED "none"
#define NOBODY "no address"
#define OWN "own computer"
#define PRIVATE "private address"

/* This computer's addresses, and its network's NAT64 prefix */
#define OWN_IPV4 "203.0.113.77"
#define OWN_IPV6 "2001:db8:77::77"
#define OWN_PRIVATE "192.168.1.10"
#define OWN_PREFIX "2001:db8:64::/96"

/* @by: the XMPP server, or the call server in whose answer the address is */
static const struct
{
  SidetoneNaming naming;
  const char *by;
  const char *address;
  const char *reason;
} rows[] = {
  { SERVER, "198.51.100.1", "203.0.113.9", ALLOWED },
  { SERVER, "198.51.100.1", "2001:db8::9", ALLOWED },
  { SERVER, "198.51.100.1", "9.9.9.9", ALLOWED },
  { SERVER, NULL, "203.0.113.9", ALLOWED },

  /* A server on the internet names what is not there. */
  { SERVER, "198.51.100.1", "127.0.0.1", OWN },
  { SERVER, "198.51.100.1", "127.255.255.254", OWN },
  { SERVER, "198.51.100.1", "::1", OWN },
  { SERVER, "198.51.100.1", OWN_IPV4, OWN },
  { SERVER, "198.51.100.1", OWN_IPV6, OWN },
  { SERVER, "198.51.100.1", OWN_PRIVATE, OWN },
  { SERVER, "198.51.100.1", "192.168.1.1", PRIVATE },
  { SERVER, "198.51.100.1", "10.0.0.1", PRIVATE },
  { SERVER, "198.51.100.1", "172.16.0.1", PRIVATE },
  { SERVER, "198.51.100.1", "100.64.0.1", PRIVATE },
  { SERVER, "198.51.100.1", "198.18.0.1", PRIVATE },
  { SERVER, "198.51.100.1", "240.0.0.1", PRIVATE },
  { SERVER, "198.51.100.1", "169.254.1.1", PRIVATE },
  { SERVER, "198.51.100.1", "169.254.169.254", PRIVATE },
  { SERVER, "198.51.100.1", "fd00:ec2::254", PRIVATE },
  { SERVER, "198.51.100.1", "fd12::1", PRIVATE },
  { SERVER, "198.51.100.1", "fe80::1", PRIVATE },
  { SERVER, "198.51.100.1", "fec0::1", PRIVATE },
  { SERVER, "198.51.100.1", "0.0.0.0", NOBODY },
  { SERVER, "198.51.100.1", "0.1.2.3", NOBODY },
  { SERVER, "198.51.100.1", "::", NOBODY },
  { SERVER, "198.51.100.1", "224.0.0.251", NOBODY },
  { SERVER, "198.51.100.1", "ff02::fb", NOBODY },
  { SERVER, "198.51.100.1", "255.255.255.255", NOBODY },
  { SERVER, NULL, "127.0.0.1", OWN },
  { SERVER, NULL, "10.0.0.1", PRIVATE },

  /* The same, spelled in other ways */
  { SERVER, "198.51.100.1", "::ffff:127.0.0.1", OWN },
  { SERVER, "198.51.100.1", "::ffff:192.168.1.1", PRIVATE },
  { SERVER, "198.51.100.1", "::ffff:169.254.169.254", PRIVATE },
  { SERVER, "198.51.100.1", "::ffff:0.0.0.0", NOBODY },
  { SERVER, "198.51.100.1", "::127.0.0.1", OWN },
  { SERVER, "198.51.100.1", "64:ff9b::127.0.0.1", OWN },
  { SERVER, "198.51.100.1", "64:ff9b::10.0.0.1", PRIVATE },
  { SERVER, "198.51.100.1", "64:ff9b::169.254.169.254", PRIVATE },
  { SERVER, "198.51.100.1", "64:ff9b:1::10.0.0.1", PRIVATE },
  { SERVER, "198.51.100.1", "2001:db8:64::127.0.0.1", OWN },
  { SERVER, "198.51.100.1", "2001:db8:64::192.168.1.1", PRIVATE },
  { SERVER, "198.51.100.1", "2002:7f00:1::1", OWN },
  { SERVER, "198.51.100.1", "2002:c0a8:101::1", PRIVATE },
  { SERVER, "198.51.100.1", "2001:0:cb00:7101:0:0:3f57:fefe", PRIVATE }, /* Teredo: 192.168.1.1 */
  { SERVER, "198.51.100.1", "::ffff:203.0.113.9", ALLOWED },
  { SERVER, "198.51.100.1", "64:ff9b::203.0.113.9", ALLOWED },
  { SERVER, "198.51.100.1", "2001:db8:64::203.0.113.9", ALLOWED },

  /* A server of the same kind of network: at home, at work, in a VPN, behind a proxy program */
  { SERVER, "192.168.1.5", "192.168.1.6", ALLOWED },
  { SERVER, "192.168.1.5", "10.0.0.1", ALLOWED },
  { SERVER, "192.168.1.5", "fd12::1", ALLOWED },
  { SERVER, "fd12::5", "192.168.1.6", ALLOWED },
  { SERVER, "100.64.0.5", "100.64.0.6", ALLOWED },
  { SERVER, "198.18.0.5", "198.18.0.6", ALLOWED },
  { SERVER, "192.168.1.5", "203.0.113.9", ALLOWED },
  { SERVER, "64:ff9b::198.51.100.1", "203.0.113.9", ALLOWED },
  { SERVER, "192.168.1.5", "127.0.0.1", OWN },
  { SERVER, "192.168.1.5", OWN_PRIVATE, OWN },
  { SERVER, "192.168.1.5", "169.254.1.1", PRIVATE },
  { SERVER, "192.168.1.5", "100.64.0.6", PRIVATE },
  { SERVER, "192.168.1.5", "224.0.0.251", NOBODY },
  { SERVER, "169.254.1.5", "169.254.169.254", PRIVATE },
  { SERVER, "fd12::5", "fd00:ec2::254", PRIVATE },
  { SERVER, "100.64.0.5", "100.100.100.200", PRIVATE },

  /* A server on this computer */
  { SERVER, "127.0.0.1", "127.0.0.1", ALLOWED },
  { SERVER, "127.0.0.1", "::1", ALLOWED },
  { SERVER, "::1", "127.0.0.1", ALLOWED },
  { SERVER, "127.0.0.1", OWN_PRIVATE, ALLOWED },
  { SERVER, OWN_PRIVATE, "127.0.0.1", ALLOWED },
  { SERVER, OWN_IPV4, OWN_IPV4, ALLOWED },
  { SERVER, "127.0.0.1", "192.168.1.1", ALLOWED },
  { SERVER, "127.0.0.1", "169.254.169.254", PRIVATE },

  /* A call server's answers: relayed, other, alternate and reflexive addresses */
  { SERVICE, "203.0.113.1", "203.0.113.9", ALLOWED },
  { SERVICE, "203.0.113.1", "10.0.0.9", PRIVATE },
  { SERVICE, "203.0.113.1", "127.0.0.1", OWN },
  { SERVICE, "203.0.113.1", OWN_IPV4, OWN },
  { SERVICE, "203.0.113.1", "169.254.169.254", PRIVATE },
  { SERVICE, "203.0.113.1", "64:ff9b::127.0.0.1", OWN },
  { SERVICE, "10.0.0.1", "10.0.0.9", ALLOWED },
  { SERVICE, "10.0.0.1", "127.0.0.1", OWN },
  { SERVICE, "127.0.0.1", "127.0.0.1", ALLOWED },
  { SERVICE, "127.0.0.1", OWN_PRIVATE, ALLOWED },
  { SERVICE, "127.0.0.1", "10.0.0.9", PRIVATE },

  /* The user's own words */
  { USER, "198.51.100.1", "127.0.0.1", ALLOWED },
  { USER, "198.51.100.1", "192.168.1.1", ALLOWED },
  { USER, "198.51.100.1", OWN_IPV4, ALLOWED },
  { USER, "198.51.100.1", "fe80::1", ALLOWED },
  { USER, "198.51.100.1", "0.0.0.0", NOBODY },
  { USER, "198.51.100.1", "224.0.0.251", NOBODY },
};

static SidetoneBudget *
make_budget (void)
{
  static const char *own[] = { OWN_IPV4, OWN_IPV6, OWN_PRIVATE };
  g_autoptr (GArray) prefixes = g_array_new (FALSE, FALSE, sizeof (SidetoneNat64Prefix));
  SidetoneBudget *budget = sidetone_budget_new ();
  SidetoneNat64Prefix prefix = { { 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (own[i]);

      sidetone_budget_add_own_address (budget, address);
    }
  g_assert_true (sidetone_nat64_prefix_parse (&prefix, "64:ff9b::/96"));
  g_array_append_val (prefixes, prefix);
  g_assert_true (sidetone_nat64_prefix_parse (&prefix, OWN_PREFIX));
  g_array_append_val (prefixes, prefix);
  sidetone_budget_set_prefixes (budget, prefixes);

  return budget;
}

static void
test_judge (void)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_SKIP_REASON);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SidetoneBudget) budget = make_budget ();
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (rows[i].address);
      g_autoptr (SidetoneEndpoint) by = NULL;
      SidetoneSkipReason reason;

      g_test_message ("%s names %s", rows[i].by != NULL ? rows[i].by : "Nobody", rows[i].address);
      g_assert_nonnull (address);
      if (rows[i].by != NULL)
        by = sidetone_endpoint_new_from_string (rows[i].by, 3478, SIDETONE_TRANSPORT_UDP, NULL);
      if (rows[i].naming != SERVICE && by != NULL)
        sidetone_budget_set_server (budget, by);

      reason = sidetone_budget_judge (budget, address, rows[i].naming,
                                      rows[i].naming == SERVICE ? by : NULL);
      g_assert_cmpstr (g_enum_get_value (class, reason)->value_nick, ==, rows[i].reason);
    }
}

/* Where packets to an address in a call server's answer go, directly or through NAT64 */
static const struct
{
  const char *prefix;
  const char *named;
  const char *server;
  const char *reached;
} ways[] = {
  { NULL, "203.0.113.9:5000", "203.0.113.1:3478", "203.0.113.9:5000" },
  { NULL, "[2001:db8::9]:5000", "[2001:db8::1]:3478", "[2001:db8::9]:5000" },
  { NULL, "10.0.0.9:5000", "10.0.0.1:3478", "10.0.0.9:5000" },
  { NULL, "10.0.0.9:5000", "203.0.113.1:3478", NULL },
  { NULL, "0.0.0.0:5000", "203.0.113.1:3478", NULL },
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
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (SidetoneBudget) budget = sidetone_budget_new ();
      g_autoptr (SidetoneEndpoint) named = sidetone_endpoint_parse (ways[i].named);
      g_autoptr (SidetoneEndpoint) server = sidetone_endpoint_parse (ways[i].server);
      g_autoptr (SidetoneEndpoint) reached = NULL;
      g_autofree char *text = NULL;
      SidetoneNat64Prefix prefix = { { 0 } };

      if (ways[i].prefix != NULL)
        g_assert_true (sidetone_nat64_prefix_parse (&prefix, ways[i].prefix));

      reached = sidetone_budget_reach (budget, ways[i].prefix != NULL ? &prefix : NULL, named,
                                       server);
      text = reached != NULL ? sidetone_endpoint_format (reached) : NULL;
      g_assert_cmpstr (text, ==, ways[i].reached);
    }
}

static guint
spend_all (SidetoneBudget *budget,
           const char     *text)
{
  g_autoptr (SidetoneEndpoint) endpoint = sidetone_endpoint_parse (text);
  guint n = 0;

  while (n < 100 && sidetone_budget_spend (budget, endpoint))
    n++;

  return n;
}

static void
prove (SidetoneBudget *budget,
       const char     *text)
{
  g_autoptr (SidetoneEndpoint) endpoint = sidetone_endpoint_parse (text);

  sidetone_budget_prove (budget, endpoint);
}

/* One ceiling for an address, whatever its ports and spellings */
static void
test_ceiling (void)
{
  g_autoptr (SidetoneBudget) budget = sidetone_budget_new ();

  g_assert_cmpuint (spend_all (budget, "203.0.113.90:53"), ==, SIDETONE_BUDGET_UNANSWERED);
  g_assert_cmpuint (spend_all (budget, "203.0.113.90:53"), ==, 0);
  g_assert_cmpuint (spend_all (budget, "203.0.113.90:54"), ==, 0);
  g_assert_cmpuint (spend_all (budget, "[64:ff9b::203.0.113.90]:53"), ==, 0);
  g_assert_cmpuint (spend_all (budget, "203.0.113.91:53"), ==, SIDETONE_BUDGET_UNANSWERED);
}

/* An answer frees its endpoint, and gives others what was spent on it; no more */
static void
test_proof (void)
{
  g_autoptr (SidetoneBudget) budget = sidetone_budget_new ();

  g_assert_cmpuint (spend_all (budget, "203.0.113.90:5000"), ==, SIDETONE_BUDGET_UNANSWERED);
  prove (budget, "203.0.113.90:5000");
  g_assert_cmpuint (spend_all (budget, "203.0.113.90:5000"), ==, 100);
  g_assert_cmpuint (spend_all (budget, "203.0.113.90:53"), ==, SIDETONE_BUDGET_UNANSWERED);
  g_assert_cmpuint (spend_all (budget, "203.0.113.90:54"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/budget/judge", test_judge);
  g_test_add_func ("/budget/reach", test_reach);
  g_test_add_func ("/budget/ceiling", test_ceiling);
  g_test_add_func ("/budget/proof", test_proof);

  return g_test_run ();
}
