/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "xmpp/candidate-queue.h"

/* Which of a server's addresses are tried after one has failed above TCP */

static void
add (SidetoneCandidates *candidates,
     const char         *address,
     guint16             port)
{
  g_autoptr (SidetoneEndpoint) endpoint = NULL;
  g_autoptr (SidetoneCandidate) candidate = NULL;

  endpoint = sidetone_endpoint_new_from_string (address, port, SIDETONE_TRANSPORT_TCP, NULL);
  candidate = sidetone_candidate_new ("montague.lit", endpoint, SIDETONE_SECURITY_STARTTLS);
  sidetone_candidates_add (candidates, candidate);
}

static void
assert_next (SidetoneCandidateQueue *queue,
             const char             *expected)
{
  SidetoneCandidate *candidate = sidetone_candidate_queue_take (queue);
  g_autofree char *address = NULL;

  if (candidate != NULL)
    address = sidetone_endpoint_dup_address (sidetone_candidate_get_endpoint (candidate));
  g_assert_cmpstr (address, ==, expected);
}

/* The first one fails; @rest are those that are tried after it. */
static void
assert_rest (gboolean           is_silent,
             const char *const *rest)
{
  g_autoptr (SidetoneCandidates) candidates = sidetone_candidates_new ();
  g_autoptr (GPtrArray) attempts = g_ptr_array_new ();
  SidetoneCandidateQueue *queue = sidetone_candidate_queue_new (candidates, attempts);

  add (candidates, "2001:db8:5::10", 5222);
  add (candidates, "2001:db8:5::11", 5222);
  add (candidates, "203.0.113.10", 5222);
  add (candidates, "203.0.113.11", 5223);
  sidetone_candidates_end (candidates);

  sidetone_candidate_queue_rule_out (queue, sidetone_candidate_queue_take (queue), is_silent);
  for (guint i = 0; rest[i] != NULL; i++)
    assert_next (queue, rest[i]);
  assert_next (queue, NULL);
  sidetone_candidate_queue_free (queue);
}

/* A server program that says no says so at each of its addresses. */
static void
test_refusal (void)
{
  assert_rest (FALSE, (const char *const[]) { "203.0.113.11", NULL });
}

/* The way by the other version of IP may be another one. */
static void
test_silence (void)
{
  assert_rest (TRUE, (const char *const[]) { "203.0.113.10", "203.0.113.11", NULL });
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/candidate-queue/refusal", test_refusal);
  g_test_add_func ("/candidate-queue/silence", test_silence);

  return g_test_run ();
}
