/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/candidate-queue.h"

#include "xmpp/attempt.h"

/**
 * SidetoneCandidateQueue:
 *
 * Which candidate a race tries next: the server's, in their order; then those that were put back, which
 * are tried only if others fail; never the same server program again after it has failed above TCP.
 *
 * A silence is the fault of the program, or of the way by that version of IP, where large packets may
 * get lost. So what differs in both goes first then; next is the same program by the other version.
 */
struct _SidetoneCandidateQueue
{
  SidetoneCandidates *candidates;
  GPtrArray *attempts;         /* the race's */
  guint n_known;               /* of the server's candidates: the others are new */
  GPtrArray *fresh;            /* those of the server that were not tried yet */
  GPtrArray *spare;            /* candidates to try if the winner fails */
  guint n_other_ways;          /* candidates with the other kind of TLS that were put there */
  GPtrArray *failed_services;  /* candidates whose server program has failed above TCP */
  GPtrArray *silent_services;  /* the same, if it was silent */
};

/* The number of those that are known, if no other one can change anything */
#define CLOSED G_MAXUINT

/* One for a STARTTLS port, and one for the reverse */
#define MAX_OTHER_WAYS 2

static GSocketFamily
get_family (SidetoneCandidate *candidate)
{
  return sidetone_endpoint_get_family (sidetone_candidate_get_endpoint (candidate));
}

static gboolean
has_failed_before (SidetoneCandidateQueue *self,
                   SidetoneCandidate      *candidate)
{
  for (guint i = 0; i < self->failed_services->len; i++)
    {
      if (sidetone_candidate_same_service (candidate, self->failed_services->pdata[i]))
        return TRUE;
    }

  for (guint i = 0; i < self->silent_services->len; i++)
    {
      SidetoneCandidate *silent = self->silent_services->pdata[i];

      if (sidetone_candidate_same_service (candidate, silent) &&
          get_family (candidate) == get_family (silent))
        return TRUE;
    }

  return FALSE;
}

/* Whether an attempt at the same address and port has no TCP connection, or none yet */
static gboolean
is_unconnected (SidetoneCandidateQueue *self,
                SidetoneCandidate      *candidate)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      SidetoneAttempt *attempt = self->attempts->pdata[i];

      if (attempt->local == NULL &&
          sidetone_endpoint_equal (sidetone_candidate_get_endpoint (attempt->candidate),
                                   sidetone_candidate_get_endpoint (candidate)))
        return TRUE;
    }

  return FALSE;
}

/* The smaller, the sooner it is tried. Of several silences the last one counts. */
static guint
get_rank (SidetoneCandidateQueue *self,
          SidetoneCandidate      *candidate)
{
  SidetoneCandidate *silent;

  if (self->silent_services->len == 0)
    return 0;

  silent = self->silent_services->pdata[self->silent_services->len - 1];
  if (get_family (candidate) == get_family (silent))
    return 2;

  return sidetone_candidate_same_service (candidate, silent) ? 1 : 0;
}

/* @best, or the first one of @list that goes before it and can be tried now. If candidates differ only
 * in STARTTLS or direct TLS, one TCP connection tells for both: the second candidate waits until the
 * first has connected. */
static SidetoneCandidate *
find_best (SidetoneCandidateQueue *self,
           GPtrArray              *list,
           SidetoneCandidate      *best)
{
  for (guint i = 0; i < list->len; i++)
    {
      SidetoneCandidate *candidate = list->pdata[i];

      if ((best == NULL || get_rank (self, candidate) < get_rank (self, best)) &&
          !has_failed_before (self, candidate) && !is_unconnected (self, candidate))
        best = candidate;
    }

  return best;
}

static void
add_new (SidetoneCandidateQueue *self)
{
  while (self->n_known < sidetone_candidates_get_n (self->candidates))
    g_ptr_array_add (self->fresh,
                     sidetone_candidate_ref (sidetone_candidates_get (self->candidates,
                                                                      self->n_known++)));
}

/**
 * sidetone_candidate_queue_new:
 * @candidates: the server's candidates; those that come later are tried, too
 * @attempts: (element-type SidetoneAttempt): the race's attempts so far, which grow while it runs
 *
 * Returns: (transfer full): the queue
 */
SidetoneCandidateQueue *
sidetone_candidate_queue_new (SidetoneCandidates *candidates,
                              GPtrArray          *attempts)
{
  SidetoneCandidateQueue *self = g_new0 (SidetoneCandidateQueue, 1);

  self->candidates = g_object_ref (candidates);
  self->attempts = g_ptr_array_ref (attempts);
  self->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_candidate_unref);
  self->spare = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_candidate_unref);
  self->failed_services =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_candidate_unref);
  self->silent_services =
    g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_candidate_unref);

  return self;
}

/**
 * sidetone_candidate_queue_free:
 * @self: (transfer full): a queue
 */
void
sidetone_candidate_queue_free (SidetoneCandidateQueue *self)
{
  g_ptr_array_unref (self->silent_services);
  g_ptr_array_unref (self->failed_services);
  g_ptr_array_unref (self->spare);
  g_ptr_array_unref (self->fresh);
  g_ptr_array_unref (self->attempts);
  g_object_unref (self->candidates);
  g_free (self);
}

/**
 * sidetone_candidate_queue_take:
 * @self: a queue
 *
 * Returns: (transfer full) (nullable): the candidate to try next; %NULL if there is none, or none
 *   before a pending attempt has its verdict
 */
SidetoneCandidate *
sidetone_candidate_queue_take (SidetoneCandidateQueue *self)
{
  SidetoneCandidate *best;

  add_new (self);
  best = find_best (self, self->spare, find_best (self, self->fresh, NULL));
  if (best == NULL)
    return NULL;

  sidetone_candidate_ref (best);
  if (!g_ptr_array_remove (self->fresh, best))
    g_ptr_array_remove (self->spare, best);

  return best;
}

/**
 * sidetone_candidate_queue_may_grow:
 * @self: a queue
 *
 * Returns: whether the name server may tell more candidates
 */
gboolean
sidetone_candidate_queue_may_grow (SidetoneCandidateQueue *self)
{
  return self->n_known != CLOSED && !sidetone_candidates_have_ended (self->candidates);
}

/**
 * sidetone_candidate_queue_goes_on:
 * @self: a queue
 *
 * Returns: whether more of the server's candidates can be tried now, or may come
 */
gboolean
sidetone_candidate_queue_goes_on (SidetoneCandidateQueue *self)
{
  add_new (self);

  return find_best (self, self->fresh, NULL) != NULL || sidetone_candidate_queue_may_grow (self);
}

/**
 * sidetone_candidate_queue_put_back:
 * @self: a queue
 * @candidate: (transfer none): a candidate that has connected, but not as the first
 *
 * Keeps it, to be tried if others fail.
 */
void
sidetone_candidate_queue_put_back (SidetoneCandidateQueue *self,
                                   SidetoneCandidate      *candidate)
{
  g_ptr_array_add (self->spare, sidetone_candidate_ref (candidate));
}

/**
 * sidetone_candidate_queue_put_other_way:
 * @self: a queue
 * @failed: a candidate where the other kind of TLS (STARTTLS, or TLS at once) may be spoken
 * @chosen: the kind that the user chose, or that there is none
 *
 * Adds that, to be tried if others fail, unless it is a candidate, or the user chose the kind.
 */
void
sidetone_candidate_queue_put_other_way (SidetoneCandidateQueue *self,
                                        SidetoneCandidate      *failed,
                                        SidetoneSecurity        chosen)
{
  SidetoneEndpoint *endpoint = sidetone_candidate_get_endpoint (failed);
  SidetoneSecurity other = SIDETONE_SECURITY_DIRECT;

  if (sidetone_candidate_get_security (failed) == SIDETONE_SECURITY_DIRECT)
    other = SIDETONE_SECURITY_STARTTLS;
  if (chosen == SIDETONE_SECURITY_STARTTLS || chosen == SIDETONE_SECURITY_DIRECT ||
      self->n_other_ways == MAX_OTHER_WAYS ||
      sidetone_candidates_contain (self->candidates, endpoint, other))
    return;

  self->n_other_ways++;
  g_ptr_array_add (self->spare, sidetone_candidate_new (sidetone_candidate_get_target (failed),
                                                        endpoint, other));
}

/**
 * sidetone_candidate_queue_rule_out:
 * @self: a queue
 * @failed: (transfer none): a candidate that has failed above TCP
 * @is_silent: whether it did not answer
 *
 * Leaves out the same server program at other addresses from now on; if it was silent, only at those
 * of the same version of IP, and what differs in both or in the version goes first.
 */
void
sidetone_candidate_queue_rule_out (SidetoneCandidateQueue *self,
                                   SidetoneCandidate      *failed,
                                   gboolean                is_silent)
{
  g_ptr_array_add (is_silent ? self->silent_services : self->failed_services,
                   sidetone_candidate_ref (failed));
}

/**
 * sidetone_candidate_queue_close:
 * @self: a queue
 *
 * Leaves out the server's other candidates: none of them can change anything.
 */
void
sidetone_candidate_queue_close (SidetoneCandidateQueue *self)
{
  self->n_known = CLOSED;
  g_ptr_array_set_size (self->fresh, 0);
}
