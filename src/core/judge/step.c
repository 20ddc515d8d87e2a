/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/step.h"

#include "address/address-scope.h"
#include "base/error.h"
#include "judge/failure.h"
#include "judge/services-check.h"
#include "seen/connect.h"
#include "seen/lookup.h"
#include "seen/services.h"

/**
 * SidetoneStep:
 *
 * One row of the list of steps: how far a check has come with it, and what was seen on the way.
 * Immutable and reference-counted; a check that goes on makes a new one.
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

static gboolean
asks_for (SidetoneObservation *lookup,
          SidetoneQuestion     question)
{
  return sidetone_observation_get_lookup (lookup)->question == question;
}

static SidetoneStepKind
get_step_of (SidetoneObservation *observation)
{
  switch (sidetone_observation_get_kind (observation))
    {
    case SIDETONE_OBSERVATION_UNKNOWN:
      break;

    case SIDETONE_OBSERVATION_INTERFACE:
      return SIDETONE_STEP_COMPUTER;

    case SIDETONE_OBSERVATION_LOOKUP:
      return asks_for (observation, SIDETONE_QUESTION_SERVICE) ? SIDETONE_STEP_SERVICES : SIDETONE_STEP_FIND;

    case SIDETONE_OBSERVATION_CONNECT:
      return SIDETONE_STEP_CONNECT;

    case SIDETONE_OBSERVATION_SECURE:
      return SIDETONE_STEP_SECURE;

    case SIDETONE_OBSERVATION_SIGN_IN:
      return SIDETONE_STEP_SIGN_IN;

    case SIDETONE_OBSERVATION_DISCO:
    case SIDETONE_OBSERVATION_SERVER_IP:
      return SIDETONE_STEP_ASK;

    case SIDETONE_OBSERVATION_SERVICES:
      return SIDETONE_STEP_SERVICES;

    case SIDETONE_OBSERVATION_STUN:
    case SIDETONE_OBSERVATION_RELAY:
    case SIDETONE_OBSERVATION_ECHO:
    case SIDETONE_OBSERVATION_NAT:
    case SIDETONE_OBSERVATION_LIFETIME:
    case SIDETONE_OBSERVATION_PATH:
      return SIDETONE_STEP_TEST;
    }

  return SIDETONE_STEP_UNKNOWN;
}

static gboolean
has_passed (SidetoneObservation *observation)
{
  return sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED;
}

static gboolean
has_failed (SidetoneObservation *observation)
{
  return sidetone_observation_get_state (observation) == SIDETONE_STATE_FAILED;
}

static gboolean
has_error (SidetoneObservation *observation,
           SidetoneError        error)
{
  return g_error_matches (sidetone_observation_get_error (observation), SIDETONE_ERROR, error);
}

static gboolean
is_silent (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);

  return error != NULL && sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_SILENCE);
}

/* What was tried at a step: skipped ones say nothing */
static GPtrArray *
collect (const SidetoneEvidence *evidence,
         SidetoneStepKind        kind)
{
  GPtrArray *observations = sidetone_evidence_get_observations (evidence);
  GPtrArray *tried = g_ptr_array_new ();

  for (guint i = 0; i < observations->len; i++)
    {
      SidetoneObservation *observation = observations->pdata[i];

      if ((has_passed (observation) || has_failed (observation)) &&
          get_step_of (observation) == kind)
        g_ptr_array_add (tried, observation);
    }

  return tried;
}

static gboolean
any_passed (GPtrArray *tried)
{
  for (guint i = 0; i < tried->len; i++)
    {
      if (has_passed (tried->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
any_failed (GPtrArray *tried)
{
  for (guint i = 0; i < tried->len; i++)
    {
      if (has_failed (tried->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_on_network (SidetoneObservation *interface)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (interface);
  SidetoneAddressScope scope;

  if (local == NULL)
    return FALSE;

  scope = sidetone_address_scope_of (sidetone_endpoint_get_address (local));

  return scope != SIDETONE_ADDRESS_SCOPE_LOOPBACK && scope != SIDETONE_ADDRESS_SCOPE_LINK_LOCAL;
}

static gboolean
any_on_network (GPtrArray *tried)
{
  for (guint i = 0; i < tried->len; i++)
    {
      if (is_on_network (tried->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static SidetoneProgress
judge_computer (GPtrArray *tried)
{
  if (!any_passed (tried))
    return SIDETONE_PROGRESS_FAILED;

  return any_failed (tried) || !any_on_network (tried) ? SIDETONE_PROGRESS_WARNING
         : SIDETONE_PROGRESS_PASSED;
}

static gboolean
has_answers (SidetoneObservation *lookup)
{
  const char *const *answers = sidetone_observation_get_lookup (lookup)->answers;

  return answers != NULL && answers[0] != NULL;
}

/* The network's NAT64 is looked up on the way, and no part of the server's name: most networks have
 * none. An SRV record that is not there passed; a name server that answers with a fault knows no
 * better. One that is silent holds up each sign-in of any program. */
static SidetoneProgress
judge_find (GPtrArray *tried)
{
  guint n_found = 0;
  guint n_without = 0;
  guint n_entries = 0;
  guint n_silent = 0;
  guint n_others = 0;

  for (guint i = 0; i < tried->len; i++)
    {
      SidetoneObservation *lookup = tried->pdata[i];

      if (asks_for (lookup, SIDETONE_QUESTION_ADDRESS))
        {
          n_found += has_passed (lookup) ? 1 : 0;
          n_without += has_failed (lookup) ? 1 : 0;
        }
      else if (!asks_for (lookup, SIDETONE_QUESTION_NAT64))
        {
          n_others++;
          n_entries += has_passed (lookup) && has_answers (lookup) ? 1 : 0;
          n_silent += is_silent (lookup) ? 1 : 0;
        }
    }

  /* A server that is given by its address has no name to look up. */
  if (n_found + n_without + n_others == 0)
    return SIDETONE_PROGRESS_SKIPPED;

  /* An entry may name an address instead of a name. */
  if (n_found == 0 && (n_without > 0 || n_entries == 0))
    return SIDETONE_PROGRESS_FAILED;

  return n_without + n_silent > 0 ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_PASSED;
}

static gboolean
is_used (SidetoneObservation *observation)
{
  const SidetoneConnectSeen *connect = sidetone_observation_get_connect (observation);

  return connect != NULL && connect->used == SIDETONE_TRUTH_YES && has_passed (observation);
}

static GSocketFamily
get_peer_family (SidetoneObservation *connect)
{
  SidetoneEndpoint *peer = sidetone_observation_get_connect (connect)->peer;

  return peer != NULL ? sidetone_endpoint_get_family (peer) : G_SOCKET_FAMILY_INVALID;
}

/* Many networks have one family of addresses only, and nothing is wrong with that: says whether an
 * address of @family could not be connected to, and the family is there. */
static gboolean
is_family_flawed (GPtrArray    *tried,
                  GSocketFamily family)
{
  gboolean any_failed = FALSE;
  gboolean is_missing = TRUE;

  for (guint i = 0; i < tried->len; i++)
    {
      if (get_peer_family (tried->pdata[i]) != family)
        continue;

      any_failed = any_failed || has_failed (tried->pdata[i]);
      is_missing = is_missing && has_error (tried->pdata[i], SIDETONE_ERROR_UNREACHABLE);
    }

  return any_failed && !is_missing;
}

static SidetoneProgress
judge_connect (GPtrArray              *tried,
               const SidetoneEvidence *evidence)
{
  gboolean flawed = sidetone_evidence_get_broken_ipv6 (evidence) != NULL ||
                    is_family_flawed (tried, G_SOCKET_FAMILY_IPV4) ||
                    is_family_flawed (tried, G_SOCKET_FAMILY_IPV6) ||
                    is_family_flawed (tried, G_SOCKET_FAMILY_INVALID);

  if (!any_passed (tried))
    return SIDETONE_PROGRESS_FAILED;

  return flawed ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_PASSED;
}

/* One program of several that serve a domain may fail; then another one is tried. */
static SidetoneProgress
judge_last (GPtrArray *tried)
{
  if (!has_passed (tried->pdata[tried->len - 1]))
    return SIDETONE_PROGRESS_FAILED;

  return any_failed (tried) ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_PASSED;
}

static SidetoneObservation *
find_server_ip (GPtrArray *tried)
{
  for (guint i = tried->len; i > 0; i--)
    {
      if (sidetone_observation_get_kind (tried->pdata[i - 1]) == SIDETONE_OBSERVATION_SERVER_IP)
        return tried->pdata[i - 1];
    }

  return NULL;
}

/* A server that is asked and does not say is a server that works, for calls too. */
static SidetoneProgress
judge_ask (GPtrArray *tried)
{
  SidetoneObservation *server_ip = find_server_ip (tried);
  const GError *error;

  if (server_ip == NULL)
    return any_failed (tried) ? SIDETONE_PROGRESS_FAILED : SIDETONE_PROGRESS_WARNING;

  error = sidetone_observation_get_error (server_ip);
  if (error != NULL && !sidetone_failure_is_answer (error->code))
    return SIDETONE_PROGRESS_FAILED;
  if (has_failed (server_ip) || sidetone_observation_get_seen (server_ip) == NULL)
    return SIDETONE_PROGRESS_WARNING;

  return any_failed (tried) ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_PASSED;
}

/* A server that offers nothing is a server that works, for its users' calls too: it answered. What
 * it offers may be without an address. */
static SidetoneProgress
judge_step_of_services (GPtrArray              *tried,
                        const SidetoneEvidence *evidence)
{
  SidetoneObservation *answer = sidetone_evidence_get_last (evidence,
                                                            SIDETONE_OBSERVATION_SERVICES);
  GPtrArray *services;
  const GError *error;

  if (answer == NULL)
    return SIDETONE_PROGRESS_SKIPPED;

  error = sidetone_observation_get_error (answer);
  if (error != NULL && !sidetone_failure_is_answer (error->code))
    return SIDETONE_PROGRESS_FAILED;

  services = sidetone_observation_get_services (answer)->services;

  return any_failed (tried) || services == NULL || services->len == 0 ? SIDETONE_PROGRESS_WARNING
         : SIDETONE_PROGRESS_PASSED;
}

/* A server that is no help beside others that are */
static SidetoneProgress
judge_test (GPtrArray *tried)
{
  if (!any_passed (tried))
    return SIDETONE_PROGRESS_FAILED;

  return any_failed (tried) ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_PASSED;
}

/* What became of a step that the check has left behind */
static SidetoneProgress
judge_over (SidetoneStepKind        kind,
            GPtrArray              *tried,
            const SidetoneEvidence *evidence)
{
  if (tried->len == 0)
    return SIDETONE_PROGRESS_SKIPPED;

  switch (kind)
    {
    case SIDETONE_STEP_UNKNOWN:
      break;

    case SIDETONE_STEP_COMPUTER:
      return judge_computer (tried);

    case SIDETONE_STEP_FIND:
      return judge_find (tried);

    case SIDETONE_STEP_CONNECT:
      return judge_connect (tried, evidence);

    case SIDETONE_STEP_SECURE:
    case SIDETONE_STEP_SIGN_IN:
      return judge_last (tried);

    case SIDETONE_STEP_ASK:
      return judge_ask (tried);

    case SIDETONE_STEP_SERVICES:
      return judge_step_of_services (tried, evidence);

    case SIDETONE_STEP_TEST:
      return judge_test (tried);
    }

  return SIDETONE_PROGRESS_UNKNOWN;
}

/* Whether a check that may still be at @current has nothing left to do at @kind */
static gboolean
is_done (SidetoneStepKind        kind,
         const SidetoneEvidence *evidence,
         SidetoneStepKind        current)
{
  g_autoptr (GPtrArray) tried = NULL;

  if (kind < current)
    return TRUE;

  tried = collect (evidence, kind);

  switch (kind)
    {
    case SIDETONE_STEP_UNKNOWN:
    case SIDETONE_STEP_FIND:
    case SIDETONE_STEP_TEST:
      break;

    case SIDETONE_STEP_COMPUTER:
      return any_failed (tried) || any_on_network (tried);

    case SIDETONE_STEP_CONNECT:
      return any_passed (tried);

    case SIDETONE_STEP_SECURE:
    case SIDETONE_STEP_SIGN_IN:
      return tried->len > 0 && has_passed (tried->pdata[tried->len - 1]);

    case SIDETONE_STEP_ASK:
      return find_server_ip (tried) != NULL;

    case SIDETONE_STEP_SERVICES:
      return sidetone_services_check_is_done (evidence);
    }

  return FALSE;
}

static SidetoneProgress
judge (SidetoneStepKind        kind,
       const SidetoneEvidence *evidence,
       SidetoneStepKind        current)
{
  g_autoptr (GPtrArray) tried = collect (evidence, kind);

  if (current == SIDETONE_STEP_UNKNOWN || is_done (kind, evidence, current))
    return judge_over (kind, tried, evidence);

  if (tried->len > 0)
    return SIDETONE_PROGRESS_RUNNING;

  for (SidetoneStepKind before = current; before < kind; before++)
    {
      if (!is_done (before, evidence, current))
        return SIDETONE_PROGRESS_WAITING;
    }

  return SIDETONE_PROGRESS_RUNNING;
}

/**
 * sidetone_step_new:
 * @kind: which step
 * @evidence: (nullable): what was seen so far; %NULL before the check began
 * @current: the earliest step that the check may still be at, %SIDETONE_STEP_UNKNOWN when it is
 *   over
 *
 * Says how far a check has come with a step.
 *
 * - Before the check: %SIDETONE_PROGRESS_WAITING.
 * - While it may still be at the step: %SIDETONE_PROGRESS_RUNNING once something was seen of it, or
 *   when it is the first that is not done; %SIDETONE_PROGRESS_WAITING otherwise. Done is: this
 *   computer's addresses when one on a network was seen, or one could not be; looking up and testing
 *   never, since another answer may come;
 *   connecting when one connection came about; securing and signing in when the last try passed,
 *   for a failed one may be followed by another; asking when it is known which address the server
 *   sees, or that it does not say; services when it is known what the server announces and whether
 *   each host of it has an address.
 * - When done, or when the check has gone on or is over: %SIDETONE_PROGRESS_SKIPPED if nothing was
 *   tried, %SIDETONE_PROGRESS_PASSED if it worked, %SIDETONE_PROGRESS_FAILED if not, and
 *   %SIDETONE_PROGRESS_WARNING if it worked but:
 *   - this computer: an address could not be seen, or there is none but loopback and link-local;
 *   - looking up: a name had no address, or the name server was silent about a connection entry. A
 *     question about NAT64 is not counted;
 *   - connecting: an address could not be connected to, except where only one family of addresses
 *     is there at all, and IPv6 is not broken;
 *   - securing, signing in: an earlier try failed;
 *   - asking: the server did not tell what it offers, or answered without a usable address;
 *   - services: the server offers none or does not tell, or a host has no address;
 *   - testing: one of the tests failed.
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
  self->progress = judge (kind, evidence, current);
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
 * Returns: which step it is
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
 * Returns: how far the check has come with it; the rules are at sidetone_step_new()
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
 * Returns: %TRUE if an address of this computer that leads further than to itself and its cable is
 *   among what was seen at it
 */
gboolean
sidetone_step_has_network_address (const SidetoneStep *self)
{
  g_autoptr (GPtrArray) tried = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->evidence == NULL || self->kind != SIDETONE_STEP_COMPUTER)
    return FALSE;

  tried = collect (self->evidence, self->kind);

  return any_on_network (tried);
}

/**
 * sidetone_step_get_evidence:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): all that was seen of the check, %NULL before it began
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
 * Returns: (transfer none): a list of the #SidetoneObservation that belong to it, skipped ones too
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
 * Returns: the time from the first start to the last end of what was tried at it, in microseconds;
 *   when connecting to the end of the connection that was used, if one was, for others may run on
 *   behind it; 0 where nothing was tried
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

  tried = collect (self->evidence, self->kind);
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
