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
 * are tried only if others fail; never the same server program again after it has failed above TCP, but
 * after a silence by the other version of IP, which may be another way.
 */
struct _SidetoneCandidateQueue
{
  SidetoneCandidates *candidates;
  GPtrArray *attempts;         /* the race's */
  guint next_candidate;
  GPtrArray *spare;            /* candidates to try if the winner fails */
  guint next_spare;
  guint n_other_ways;          /* of them: candidates with the other kind of TLS */
  GPtrArray *failed_services;  /* candidates whose server program has failed above TCP */
  GPtrArray *silent_services;  /* the same, if it was silent */
};

/* The next candidate, if no other one can change anything */
#define NONE G_MAXUINT

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

/* An attempt at the same address and port without a TCP connection, if there is one */
static SidetoneAttempt *
find_unconnected (SidetoneCandidateQueue *self,
                  SidetoneCandidate      *candidate)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      SidetoneAttempt *attempt = self->attempts->pdata[i];

      if (attempt->local == NULL &&
          sidetone_endpoint_equal (sidetone_candidate_get_endpoint (attempt->candidate),
                                   sidetone_candidate_get_endpoint (candidate)))
        return attempt;
    }

  return NULL;
}

static gboolean
has_candidate (SidetoneCandidateQueue *self)
{
  return self->next_candidate < sidetone_candidates_get_n (self->candidates);
}

/* If candidates differ only in STARTTLS or direct TLS, one TCP connection tells for both: the
 * second candidate waits until the first has connected */
static SidetoneCandidate *
take_candidate (SidetoneCandidateQueue *self)
{
  while (has_candidate (self))
    {
      SidetoneCandidate *candidate = sidetone_candidates_get (self->candidates,
                                                              self->next_candidate++);
      SidetoneAttempt *unconnected = find_unconnected (self, candidate);

      if (has_failed_before (self, candidate))
        continue;
      if (unconnected == NULL)
        return candidate;
      if (unconnected->connecting)
        sidetone_candidate_queue_put_back (self, candidate);
    }

  return NULL;
}

static SidetoneCandidate *
take_spare (SidetoneCandidateQueue *self)
{
  while (self->next_spare < self->spare->len)
    {
      SidetoneCandidate *candidate = self->spare->pdata[self->next_spare];
      SidetoneAttempt *unconnected = find_unconnected (self, candidate);

      if (unconnected != NULL && unconnected->connecting)
        return NULL;

      self->next_spare++;
      if (unconnected == NULL && !has_failed_before (self, candidate))
        return candidate;
    }

  return NULL;
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
  g_ptr_array_unref (self->attempts);
  g_object_unref (self->candidates);
  g_free (self);
}

/**
 * sidetone_candidate_queue_take:
 * @self: a queue
 *
 * Returns: (transfer none) (nullable): the candidate to try next; %NULL if there is none, or none
 *   before a pending attempt has its verdict
 */
SidetoneCandidate *
sidetone_candidate_queue_take (SidetoneCandidateQueue *self)
{
  SidetoneCandidate *candidate = take_candidate (self);

  return candidate != NULL ? candidate : take_spare (self);
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
  return self->next_candidate != NONE && !sidetone_candidates_have_ended (self->candidates);
}

/**
 * sidetone_candidate_queue_goes_on:
 * @self: a queue
 *
 * Returns: whether there are more of the server's candidates, or may be
 */
gboolean
sidetone_candidate_queue_goes_on (SidetoneCandidateQueue *self)
{
  return has_candidate (self) || sidetone_candidate_queue_may_grow (self);
}

/**
 * sidetone_candidate_queue_put_back:
 * @self: a queue
 * @candidate: (transfer none): a candidate that has connected, but not as the first, or that waits for
 *   another one at its address
 *
 * Makes it the last.
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
 * Makes that the last candidate, unless it is one, or the user chose the kind.
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
 * of the same version of IP.
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
  self->next_candidate = NONE;
}
