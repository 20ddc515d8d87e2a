/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/step.h"

#include "judge/step-private.h"
#include "seen/connect.h"
#include "seen/lookup.h"

/**
 * SidetoneStep:
 *
 * One row of the list of steps: a check's progress with it, and its observations. Immutable and
 * reference-counted; a check that goes on makes a new one.
 */
struct _SidetoneStep
{
  gatomicrefcount ref_count;

  SidetoneStepKind kind;
  SidetoneProgress progress;
  SidetoneEvidence *evidence;
  GListStore *observations;
};

G_DEFINE_ENUM_TYPE (
  SidetoneStepKind, sidetone_step_kind,
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_COMPUTER, "computer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_FIND, "find"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_CONNECT, "connect"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_SECURE, "secure"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_SIGN_IN, "sign-in"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_ASK, "ask"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_SERVICES, "services"),
  G_DEFINE_ENUM_VALUE (SIDETONE_STEP_TEST, "test"))

G_DEFINE_ENUM_TYPE (
  SidetoneProgress, sidetone_progress,
  G_DEFINE_ENUM_VALUE (SIDETONE_PROGRESS_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PROGRESS_WAITING, "waiting"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PROGRESS_RUNNING, "running"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PROGRESS_PASSED, "passed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PROGRESS_WARNING, "warning"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PROGRESS_FAILED, "failed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PROGRESS_SKIPPED, "skipped"))

G_DEFINE_BOXED_TYPE (SidetoneStep, sidetone_step, sidetone_step_ref, sidetone_step_unref)

static SidetoneStepKind
get_step_of (SidetoneObservation *observation)
{
  switch (sidetone_observation_get_kind (observation))
    {
    case SIDETONE_OBSERVATION_UNKNOWN:
    case SIDETONE_N_OBSERVATION_KINDS:
      break;

    case SIDETONE_OBSERVATION_INTERFACE:
    case SIDETONE_OBSERVATION_INTERRUPTION:
      return SIDETONE_STEP_COMPUTER;

    case SIDETONE_OBSERVATION_LOOKUP:
      return sidetone_lookup_asks_for (observation, SIDETONE_QUESTION_SERVICE) ? SIDETONE_STEP_SERVICES
             : SIDETONE_STEP_FIND;

    case SIDETONE_OBSERVATION_CONNECT:
      return SIDETONE_STEP_CONNECT;

    case SIDETONE_OBSERVATION_SECURE:
      return SIDETONE_STEP_SECURE;

    case SIDETONE_OBSERVATION_SIGN_IN:
      return SIDETONE_STEP_SIGN_IN;

    case SIDETONE_OBSERVATION_DISCO:
    case SIDETONE_OBSERVATION_SERVER_IP:
    case SIDETONE_OBSERVATION_SOFTWARE:
      return SIDETONE_STEP_ASK;

    case SIDETONE_OBSERVATION_SERVICES:
      return SIDETONE_STEP_SERVICES;

    case SIDETONE_OBSERVATION_STUN:
    case SIDETONE_OBSERVATION_RELAY:
    case SIDETONE_OBSERVATION_ECHO:
    case SIDETONE_OBSERVATION_NAT:
    case SIDETONE_OBSERVATION_LIFETIME:
    case SIDETONE_OBSERVATION_VIDEO:
    case SIDETONE_OBSERVATION_PATH:
    case SIDETONE_OBSERVATION_PING:
      return SIDETONE_STEP_TEST;
    }

  return SIDETONE_STEP_UNKNOWN;
}

/**
 * sidetone_step_collect:
 * @evidence: what was seen so far
 * @kind: a step
 *
 * Returns: (transfer container) (element-type SidetoneObservation): its observations, without skipped
 *   ones
 */
GPtrArray *
sidetone_step_collect (const SidetoneEvidence *evidence,
                       SidetoneStepKind        kind)
{
  GPtrArray *observations = sidetone_evidence_get_observations (evidence);
  GPtrArray *tried = g_ptr_array_new ();

  for (guint i = 0; i < observations->len; i++)
    {
      SidetoneObservation *observation = observations->pdata[i];

      if ((sidetone_observation_has_passed (observation) ||
           sidetone_observation_has_failed (observation)) && get_step_of (observation) == kind)
        g_ptr_array_add (tried, observation);
    }

  return tried;
}

static gboolean
is_used (SidetoneObservation *observation)
{
  return sidetone_connect_is_used (observation) && sidetone_observation_has_passed (observation);
}

/**
 * sidetone_step_new:
 * @kind: the step
 * @evidence: (nullable): the evidence so far; %NULL before the check
 * @current: the earliest step that the check may still be at, %SIDETONE_STEP_UNKNOWN if it is over
 *
 * Judges a check's progress with a step.
 *
 * - Before the check: %SIDETONE_PROGRESS_WAITING.
 * - While it may still be at the step: %SIDETONE_PROGRESS_RUNNING once it has an observation, or if
 *   it is the first that is not done; else %SIDETONE_PROGRESS_WAITING. Done means: for this
 *   computer's addresses, that one on a network was seen, or could not be; for looking up,
 *   that addresses were found and are being tried; for testing, never, because another answer may
 *   come; for connecting, that one connection was made;
 *   for securing and signing in, that the last try passed, because another one may follow a
 *   failure; for asking, that the address seen by the server is known, or that it does not tell;
 *   for services, that the announced services are known and whether each of their hosts has an
 *   address.
 * - When done, or when the check has gone on or is over: %SIDETONE_PROGRESS_SKIPPED if nothing was
 *      tried, or the server does not offer it (or, for signing in, nothing but the greeting, after TLS had failed), %SIDETONE_PROGRESS_PASSED if it worked, %SIDETONE_PROGRESS_FAILED if not, and
 *      %SIDETONE_PROGRESS_WARNING if it worked, but:
 *      - this computer: an address could not be seen, or there is none beyond the link;
 *      - looking up: a name had no address, or the name server was silent about an SRV record. NAT64's
 *        lookup does not count;
 *      - connecting: an address could not be connected to, unless the network has only one address
 *        family, and IPv6 is not broken;
 *      - securing, signing in: an earlier try failed;
 *      - asking: the server did not list its features, or answered without a usable address;
 *      - services: the server offers none or does not answer, or a host has no address;
 *      - testing: one of the tests failed.
 *
 * Returns: (transfer full): the step
 */
SidetoneStep *
sidetone_step_new (SidetoneStepKind  kind,
                   SidetoneEvidence *evidence,
                   SidetoneStepKind  current)
{
  SidetoneStep *self;
  GPtrArray *observations;

  self = g_new0 (SidetoneStep, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->observations = g_list_store_new (SIDETONE_TYPE_OBSERVATION);
  self->progress = SIDETONE_PROGRESS_WAITING;

  if (evidence == NULL)
    return self;

  self->evidence = sidetone_evidence_ref (evidence);
  self->progress = sidetone_step_judge (kind, evidence, current);
  observations = sidetone_evidence_get_observations (evidence);
  for (guint i = 0; i < observations->len; i++)
    {
      if (get_step_of (observations->pdata[i]) == kind)
        g_list_store_append (self->observations, observations->pdata[i]);
    }

  return self;
}

/**
 * sidetone_step_ref:
 * @self: a step
 *
 * Returns: (transfer full): @self
 */
SidetoneStep *
sidetone_step_ref (SidetoneStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_step_unref:
 * @self: (transfer full): a step
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_step_unref (SidetoneStep *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->observations);
  g_clear_pointer (&self->evidence, sidetone_evidence_unref);
  g_free (self);
}

/**
 * sidetone_step_get_kind:
 * @self: a step
 *
 * Returns: its kind
 */
SidetoneStepKind
sidetone_step_get_kind (const SidetoneStep *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_STEP_UNKNOWN);

  return self->kind;
}

/**
 * sidetone_step_get_progress:
 * @self: a step
 *
 * Returns: its progress; the rules are at sidetone_step_new()
 */
SidetoneProgress
sidetone_step_get_progress (const SidetoneStep *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_PROGRESS_UNKNOWN);

  return self->progress;
}

/**
 * sidetone_step_has_network_address:
 * @self: a step
 *
 * Returns: %TRUE if it has an address of this computer that leads further than to itself and its
 *   link
 */
gboolean
sidetone_step_has_network_address (const SidetoneStep *self)
{
  g_autoptr (GPtrArray) tried = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->evidence == NULL || self->kind != SIDETONE_STEP_COMPUTER)
    return FALSE;

  tried = sidetone_step_collect (self->evidence, self->kind);

  return sidetone_step_any_on_network (tried);
}

/**
 * sidetone_step_get_evidence:
 * @self: a step
 *
 * Returns: (transfer none): the check's evidence, %NULL before it began
 */
SidetoneEvidence *
sidetone_step_get_evidence (const SidetoneStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->evidence;
}

/**
 * sidetone_step_get_observations:
 * @self: a step
 *
 * Returns: (transfer none): a list of its #SidetoneObservation, with skipped ones
 */
GListModel *
sidetone_step_get_observations (const SidetoneStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return G_LIST_MODEL (self->observations);
}

/**
 * sidetone_step_get_duration_us:
 * @self: a step
 *
 * Returns: the time from its first start to its last end, in microseconds; for connecting, to the
 *   end of the used connection, if there is one, because others may go on; 0 if nothing was tried
 */
gint64
sidetone_step_get_duration_us (const SidetoneStep *self)
{
  g_autoptr (GPtrArray) tried = NULL;
  gint64 start = G_MAXINT64;
  gint64 end = 0;
  gint64 used_end = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (self->evidence == NULL)
    return 0;

  tried = sidetone_step_collect (self->evidence, self->kind);
  for (guint i = 0; i < tried->len; i++)
    {
      gint64 began = sidetone_observation_get_start_us (tried->pdata[i]);

      gint64 ended = began + sidetone_observation_get_duration_us (tried->pdata[i]);

      start = MIN (start, began);
      end = MAX (end, ended);
      if (is_used (tried->pdata[i]))
        used_end = MAX (used_end, ended);
    }

  if (used_end > 0)
    end = used_end;

  return tried->len > 0 ? end - start : 0;
}

static SidetoneProgress
get_progress_of (GPtrArray *steps,
                 guint      n)
{
  return sidetone_step_get_progress (steps->pdata[n]);
}

/**
 * sidetone_steps_is_reached:
 * @steps: (element-type SidetoneStep): all steps of a check, in their order
 * @n: one of them
 *
 * Returns: %FALSE if nothing was tried in step @n, because one before it failed
 */
gboolean
sidetone_steps_is_reached (GPtrArray *steps,
                           guint      n)
{
  if (get_progress_of (steps, n) != SIDETONE_PROGRESS_SKIPPED)
    return TRUE;

  for (guint i = 0; i < n; i++)
    {
      if (get_progress_of (steps, i) == SIDETONE_PROGRESS_FAILED)
        return FALSE;
    }

  return TRUE;
}

/**
 * sidetone_steps_find_running:
 * @steps: (element-type SidetoneStep): all steps of a check, in their order
 *
 * Steps run side by side: the number of the earliest one only grows.
 *
 * Returns: (transfer none) (nullable): the earliest step that is running; %NULL if none is
 */
SidetoneStep *
sidetone_steps_find_running (GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      if (get_progress_of (steps, i) == SIDETONE_PROGRESS_RUNNING)
        return steps->pdata[i];
    }

  return NULL;
}

/**
 * sidetone_steps_get_progress:
 * @steps: (element-type SidetoneStep): all steps of a check, in their order
 *
 * Returns: how far the check is: %SIDETONE_PROGRESS_WAITING before it, %SIDETONE_PROGRESS_RUNNING as
 *   long as a step may come, then the worst result of a step
 */
SidetoneProgress
sidetone_steps_get_progress (GPtrArray *steps)
{
  static const SidetoneProgress order[] = {
    SIDETONE_PROGRESS_RUNNING, SIDETONE_PROGRESS_WAITING, SIDETONE_PROGRESS_FAILED,
    SIDETONE_PROGRESS_WARNING, SIDETONE_PROGRESS_PASSED, SIDETONE_PROGRESS_SKIPPED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      for (guint j = 0; j < steps->len; j++)
        {
          if (get_progress_of (steps, j) == order[i])
            return order[i];
        }
    }

  return SIDETONE_PROGRESS_UNKNOWN;
}
