/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/candidates.h"

/**
 * SidetoneCandidates:
 *
 * A server's candidates, the best first. While the name server has not answered everything, more may
 * come: they are tried after those that are there (RFC 8305, section 3).
 */
struct _SidetoneCandidates
{
  GObject parent_instance;

  GPtrArray *list;
  gboolean has_ended;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SidetoneCandidates, sidetone_candidates, G_TYPE_OBJECT)

static void
sidetone_candidates_finalize (GObject *object)
{
  g_ptr_array_unref (SIDETONE_CANDIDATES (object)->list);

  G_OBJECT_CLASS (sidetone_candidates_parent_class)->finalize (object);
}

static void
sidetone_candidates_class_init (SidetoneCandidatesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sidetone_candidates_finalize;

  /**
   * SidetoneCandidates::changed:
   *
   * There is one more, or no more will come.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sidetone_candidates_init (SidetoneCandidates *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_candidate_unref);
}

/**
 * sidetone_candidates_new:
 *
 * Returns: (transfer full): no candidates yet
 */
SidetoneCandidates *
sidetone_candidates_new (void)
{
  return g_object_new (SIDETONE_TYPE_CANDIDATES, NULL);
}

/**
 * sidetone_candidates_contain:
 * @self: candidates
 * @endpoint: an address and port
 * @security: a kind of TLS
 *
 * Returns: whether one of them has both
 */
gboolean
sidetone_candidates_contain (SidetoneCandidates *self,
                             SidetoneEndpoint   *endpoint,
                             SidetoneSecurity    security)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const SidetoneCandidate *known = self->list->pdata[i];

      if (sidetone_candidate_get_security (known) == security &&
          sidetone_endpoint_equal (sidetone_candidate_get_endpoint (known), endpoint))
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_candidates_add:
 * @self: candidates that have not ended
 * @candidate: (transfer none): one more, less good than all others; left out if it is there already
 */
void
sidetone_candidates_add (SidetoneCandidates *self,
                         SidetoneCandidate  *candidate)
{
  g_return_if_fail (!self->has_ended);

  if (sidetone_candidates_contain (self, sidetone_candidate_get_endpoint (candidate),
                                   sidetone_candidate_get_security (candidate)))
    return;

  g_ptr_array_add (self->list, sidetone_candidate_ref (candidate));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_candidates_end:
 * @self: candidates
 *
 * Says that no more will come.
 */
void
sidetone_candidates_end (SidetoneCandidates *self)
{
  if (self->has_ended)
    return;

  self->has_ended = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * sidetone_candidates_get_n:
 * @self: candidates
 *
 * Returns: how many there are
 */
guint
sidetone_candidates_get_n (SidetoneCandidates *self)
{
  return self->list->len;
}

/**
 * sidetone_candidates_get:
 * @self: candidates
 * @index: a number below sidetone_candidates_get_n ()
 *
 * Returns: (transfer none): the candidate
 */
SidetoneCandidate *
sidetone_candidates_get (SidetoneCandidates *self,
                         guint               index)
{
  g_return_val_if_fail (index < self->list->len, NULL);

  return self->list->pdata[index];
}

/**
 * sidetone_candidates_have_ended:
 * @self: candidates
 *
 * Returns: whether no more will come
 */
gboolean
sidetone_candidates_have_ended (SidetoneCandidates *self)
{
  return self->has_ended;
}
