/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "xmpp/attempt.h"
#include "xmpp/candidate-queue.h"

#include <string.h>

/* Which of a server's addresses are tried, and in which order, after one has failed above TCP.
 * "6:5222" is its port 5222 by IPv6, "6b:5222" the same at its second address. */

static const struct
{
  const char *name;
  const char *address;
} addresses[] = {
  { "6", "2001:db8:5::10" }, { "6b", "2001:db8:5::11" },
  { "4", "203.0.113.10" }, { "4b", "203.0.113.11" },
};

static SidetoneCandidate *
make_candidate (const char      *text,
                SidetoneSecurity security)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  g_autoptr (SidetoneEndpoint) endpoint = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      if (g_str_equal (addresses[i].name, parts[0]))
        endpoint = sidetone_endpoint_new_from_string (addresses[i].address,
                                                      (guint16) g_ascii_strtoull (parts[1], NULL, 10),
                                                      SIDETONE_TRANSPORT_TCP, NULL);
    }

  return sidetone_candidate_new ("montague.lit", endpoint, security);
}

static char *
format_candidate (SidetoneCandidate *candidate)
{
  SidetoneEndpoint *endpoint = sidetone_candidate_get_endpoint (candidate);
  g_autofree char *address = sidetone_endpoint_dup_address (endpoint);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      if (g_str_equal (addresses[i].address, address))
        return g_strdup_printf ("%s:%u", addresses[i].name, sidetone_endpoint_get_port (endpoint));
    }

  g_assert_not_reached ();
}

typedef struct
{
  SidetoneCandidates *candidates;
  GPtrArray *attempts;
  SidetoneCandidateQueue *queue;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->candidates = sidetone_candidates_new ();
  fixture->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_attempt_free);
  fixture->queue = sidetone_candidate_queue_new (fixture->candidates, fixture->attempts);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  sidetone_candidate_queue_free (fixture->queue);
  g_ptr_array_unref (fixture->attempts);
  g_object_unref (fixture->candidates);
}

static void
add (Fixture    *fixture,
     const char *texts)
{
  g_auto (GStrv) split = g_strsplit (texts, " ", -1);

  for (guint i = 0; split[i] != NULL; i++)
    {
      g_autoptr (SidetoneCandidate) candidate = make_candidate (split[i], SIDETONE_SECURITY_STARTTLS);

      sidetone_candidates_add (fixture->candidates, candidate);
    }
}

static SidetoneCandidate *
take (Fixture    *fixture,
      const char *expected)
{
  SidetoneCandidate *candidate = sidetone_candidate_queue_take (fixture->queue);
  g_autofree char *text = candidate != NULL ? format_candidate (candidate) : NULL;

  g_assert_cmpstr (text, ==, expected);

  return candidate;
}

/* It is tried, and then another one. */
static void
assert_next (Fixture    *fixture,
             const char *expected)
{
  SidetoneCandidate *candidate = take (fixture, expected);

  g_clear_pointer (&candidate, sidetone_candidate_unref);
}

static void
assert_rest (Fixture    *fixture,
             const char *expected)
{
  g_auto (GStrv) split = g_strsplit (expected, " ", -1);

  for (guint i = 0; split[i] != NULL; i++)
    assert_next (fixture, split[i]);
  assert_next (fixture, NULL);
}

static void
rule_out (Fixture    *fixture,
          const char *expected,
          gboolean    is_silent)
{
  g_autoptr (SidetoneCandidate) candidate = take (fixture, expected);

  sidetone_candidate_queue_rule_out (fixture->queue, candidate, is_silent);
}

static void
put_back (Fixture    *fixture,
          const char *expected)
{
  g_autoptr (SidetoneCandidate) candidate = take (fixture, expected);

  sidetone_candidate_queue_put_back (fixture->queue, candidate);
}

/* A server program that says no says so at each of its addresses. */
static void
test_refusal (Fixture      *fixture,
              gconstpointer data)
{
  add (fixture, "6:5222 6b:5222 4:5222 4b:5223");
  rule_out (fixture, "6:5222", FALSE);
  assert_rest (fixture, "4b:5223");
}

/* What is tried after the first one was silent */
static const struct
{
  const char *name;
  const char *candidates;
  const char *rest;
} silences[] = {
  /* It may be that nothing is behind port 5223, or that IPv6 loses large packets: 4:5222 is well in
   * both cases. There is time for one. */
  { "two-services", "6:5223 4:5223 6:5222 4:5222", "4:5222 4:5223 6:5222" },
  { "ipv4-first", "4:5223 6:5223 4:5222 6:5222", "6:5222 6:5223 4:5222" },
  { "two-addresses", "6:5223 4:5223 6b:5223 4b:5223 6:5222 4:5222", "4:5222 4:5223 4b:5223 6:5222" },
  { "other-service-by-ipv6", "6:5223 6:5222 4:5223", "4:5223 6:5222" },
  { "single-stack", "4:5223 4b:5223 4:5222 4b:5222", "4:5222 4b:5222" },
  { "one-service", "6:5222 6b:5222 4:5222 4b:5222", "4:5222 4b:5222" },
};

static void
test_silence (Fixture      *fixture,
              gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autofree char *first = g_strndup (silences[row].candidates,
                                      strcspn (silences[row].candidates, " "));

  add (fixture, silences[row].candidates);
  rule_out (fixture, first, TRUE);
  assert_rest (fixture, silences[row].rest);
}

/* IPv6 is slow, so that IPv4 has connected, too. */
static void
test_silence_beside (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (SidetoneCandidate) silent = NULL;

  add (fixture, "6:5223 4:5223 6:5222 4:5222");
  silent = take (fixture, "6:5223");
  put_back (fixture, "4:5223");
  sidetone_candidate_queue_rule_out (fixture->queue, silent, TRUE);
  assert_rest (fixture, "4:5222 4:5223 6:5222");
}

/* All have connected: the best one is among those that were put back. */
static void
test_silence_beside_all (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (SidetoneCandidate) silent = NULL;

  add (fixture, "6:5223 4:5223 6:5222 4:5222");
  silent = take (fixture, "6:5223");
  put_back (fixture, "4:5223");
  put_back (fixture, "6:5222");
  put_back (fixture, "4:5222");
  sidetone_candidate_queue_rule_out (fixture->queue, silent, TRUE);
  assert_rest (fixture, "4:5222 4:5223 6:5222");
}

/* The last one counts: what is silent twice is left out. */
static void
test_two_silences (Fixture      *fixture,
                   gconstpointer data)
{
  add (fixture, "6:5223 4:5223 6:5222 4:5222 6:443 4:443");
  rule_out (fixture, "6:5223", TRUE);
  rule_out (fixture, "4:5222", TRUE);
  assert_rest (fixture, "6:443 6:5222 4:5223 4:443");
}

static void
test_refusal_after_silence (Fixture      *fixture,
                            gconstpointer data)
{
  add (fixture, "6:5223 4:5223 6:5222 4:5222");
  rule_out (fixture, "6:5223", TRUE);
  rule_out (fixture, "4:5222", FALSE);
  assert_rest (fixture, "4:5223");
}

/* The name server tells the IPv4 addresses after the silence. */
static void
test_late (Fixture      *fixture,
           gconstpointer data)
{
  add (fixture, "6:5223 6:5222 6:443");
  rule_out (fixture, "6:5223", TRUE);
  assert_next (fixture, "6:5222");
  add (fixture, "4:5223 4:5222");
  assert_rest (fixture, "4:5222 4:5223 6:443");
}

/* The next one begins beside another only if the server has it, and it can be tried. */
static void
test_goes_on (Fixture      *fixture,
              gconstpointer data)
{
  add (fixture, "6:5222 6:5223 4:5222");
  sidetone_candidates_end (fixture->candidates);
  g_assert_true (sidetone_candidate_queue_goes_on (fixture->queue));
  rule_out (fixture, "6:5222", FALSE);
  g_assert_true (sidetone_candidate_queue_goes_on (fixture->queue));
  put_back (fixture, "6:5223");
  g_assert_false (sidetone_candidate_queue_goes_on (fixture->queue));
  assert_rest (fixture, "6:5223");
}

/* Both kinds of TLS at one port: one TCP connection tells for both. */
static void
test_same_port (Fixture      *fixture,
                gconstpointer data)
{
  gboolean connects = GPOINTER_TO_INT (data);
  g_autoptr (SidetoneCandidate) first = NULL;
  g_autoptr (SidetoneCandidate) direct = make_candidate ("6:5222", SIDETONE_SECURITY_DIRECT);
  SidetoneAttempt *attempt;

  add (fixture, "6:5222");
  sidetone_candidates_add (fixture->candidates, direct);
  add (fixture, "4:5222");

  first = take (fixture, "6:5222");
  attempt = sidetone_attempt_new (first, 1);
  g_ptr_array_add (fixture->attempts, attempt);
  assert_rest (fixture, "4:5222");

  if (connects)
    attempt->local = sidetone_endpoint_ref (sidetone_candidate_get_endpoint (first));
  sidetone_attempt_end (attempt);
  assert_next (fixture, connects ? "6:5222" : NULL);
}

static void
test_closed (Fixture      *fixture,
             gconstpointer data)
{
  add (fixture, "6:5222 4:5222");
  assert_next (fixture, "6:5222");
  sidetone_candidate_queue_close (fixture->queue);
  add (fixture, "4:5223");
  assert_next (fixture, NULL);
  g_assert_false (sidetone_candidate_queue_goes_on (fixture->queue));
}

static void
add_test (const char   *path,
          gconstpointer data,
          void (       *test )(Fixture      *fixture,
                               gconstpointer data))
{
  g_autofree char *full = g_strconcat ("/candidate-queue/", path, NULL);

  g_test_add (full, Fixture, data, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("refusal", NULL, test_refusal);
  for (gsize i = 0; i < G_N_ELEMENTS (silences); i++)
    {
      g_autofree char *path = g_strconcat ("silence/", silences[i].name, NULL);

      add_test (path, GSIZE_TO_POINTER (i), test_silence);
    }
  add_test ("silence/beside", NULL, test_silence_beside);
  add_test ("silence/beside-all", NULL, test_silence_beside_all);
  add_test ("silence/two", NULL, test_two_silences);
  add_test ("silence/then-refusal", NULL, test_refusal_after_silence);
  add_test ("silence/late", NULL, test_late);
  add_test ("goes-on", NULL, test_goes_on);
  add_test ("same-port/connects", GINT_TO_POINTER (TRUE), test_same_port);
  add_test ("same-port/refused", GINT_TO_POINTER (FALSE), test_same_port);
  add_test ("closed", NULL, test_closed);

  return g_test_run ();
}
