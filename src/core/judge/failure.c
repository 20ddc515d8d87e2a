/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/failure.h"

#include "address/address-scope.h"
#include "seen/lookup.h"
#include "seen/secure.h"
#include "seen/sign-in.h"

/* Why the server could not be asked: the furthest stage, and its error. */

/**
 * sidetone_failure_get_kind:
 * @error: an error
 *
 * Returns: the finding for the group of @error
 */
SidetoneFindingKind
sidetone_failure_get_kind (SidetoneError error)
{
  return sidetone_error_get_row (error)->finding;
}

/**
 * sidetone_failure_is_answer:
 * @error: the address check's error
 *
 * Returns: %TRUE if the server was asked, so that @error is about its answer
 */
gboolean
sidetone_failure_is_answer (SidetoneError error)
{
  return sidetone_error_has_trait (error, SIDETONE_ERROR_IS_ANSWER);
}

/**
 * sidetone_failure_get_next_step:
 * @error: why a check failed
 *
 * Says what to offer first, by the error. A certificate can be accepted only if its fingerprint is
 * known: see sidetone_diagnosis_get_next_step().
 *
 * Returns: the next step, never %SIDETONE_NEXT_STEP_UNKNOWN
 */
SidetoneNextStep
sidetone_failure_get_next_step (SidetoneError error)
{
  return sidetone_error_get_row (error)->next_step;
}

static SidetoneFailure *
failure_new (SidetoneError error)
{
  SidetoneFailure *self = g_new0 (SidetoneFailure, 1);

  self->error = error;
  self->kind = sidetone_failure_get_kind (error);
  self->observations = g_ptr_array_new_with_free_func (g_object_unref);

  /* An answer's error, but the address was not asked for yet */
  if (sidetone_failure_is_answer (error))
    self->kind = SIDETONE_FINDING_CONNECTION_BROKEN;

  return self;
}

static SidetoneFailure *
failure_new_from_observation (SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  const char *text = sidetone_observation_get_server_text (observation);
  SidetoneFailure *self = failure_new (error != NULL ? error->code : SIDETONE_ERROR_UNKNOWN);

  /* Often a server says no more than the condition. */
  if ((text == NULL || *text == '\0') && self->kind == SIDETONE_FINDING_SERVER_REFUSES &&
      sidetone_observation_get_sign_in (observation) != NULL)
    text = sidetone_observation_get_sign_in (observation)->condition;
  if (text != NULL && *text != '\0')
    self->server_text = text;
  g_ptr_array_add (self->observations, g_object_ref (observation));

  return self;
}

/* All observations of a kind that were not skipped, in their order */
static GPtrArray *
collect (const SidetoneEvidence *evidence,
         SidetoneObservationKind kind)
{
  GPtrArray *all = sidetone_evidence_get_kind (evidence, kind);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      if (sidetone_observation_get_state (all->pdata[i]) != SIDETONE_STATE_SKIPPED)
        g_ptr_array_add (found, all->pdata[i]);
    }

  return found;
}

/* The peer and the kind of TLS of an observation of either kind */
static SidetoneEndpoint *
get_peer (SidetoneObservation *observation,
          SidetoneSecurity    *security)
{
  const SidetoneSecureSeen *secure = sidetone_observation_get_secure (observation);
  const SidetoneSignInSeen *sign_in = sidetone_observation_get_sign_in (observation);

  if (secure == NULL && sign_in == NULL)
    return NULL;

  *security = secure != NULL ? secure->security : sign_in->security;

  return secure != NULL ? secure->peer : sign_in->peer;
}

/**
 * sidetone_failure_find_other_way:
 * @evidence: the evidence
 * @observation: an observation of TLS or of a sign-in
 *
 * Finds an earlier failure at the same address and port with the other kind of TLS (STARTTLS, or
 * TLS at once), after which this one was tried.
 *
 * Returns: (transfer none) (nullable): the observation of it
 */
SidetoneObservation *
sidetone_failure_find_other_way (const SidetoneEvidence *evidence,
                                 SidetoneObservation    *observation)
{
  GPtrArray *observations = sidetone_evidence_get_observations (evidence);
  SidetoneSecurity security = SIDETONE_SECURITY_UNKNOWN;
  SidetoneEndpoint *peer = get_peer (observation, &security);

  for (guint i = 0; peer != NULL && observations->pdata[i] != observation; i++)
    {
      SidetoneSecurity other_security = SIDETONE_SECURITY_UNKNOWN;
      SidetoneEndpoint *other = get_peer (observations->pdata[i], &other_security);

      if (other != NULL && other_security != security && sidetone_endpoint_equal (other, peer) &&
          sidetone_observation_has_failed (observations->pdata[i]))
        return observations->pdata[i];
    }

  return NULL;
}

typedef enum
{
  SAYS_NOTHING,             /* a guess at the other kind of TLS that led nowhere */
  SAYS_LITTLE,              /* the server ended the connection before a word */
  SAYS_ENOUGH,
} Weight;

static Weight
weigh_try (const SidetoneEvidence *evidence,
           SidetoneObservation    *observation)
{
  const GError *error = sidetone_observation_get_error (observation);
  SidetoneFindingKind kind;

  if (error == NULL)
    return SAYS_ENOUGH;

  kind = sidetone_failure_get_kind (error->code);
  if ((kind == SIDETONE_FINDING_CLOSED_UNHEARD || kind == SIDETONE_FINDING_CONNECTION_LOST ||
       kind == SIDETONE_FINDING_NO_SECURITY || kind == SIDETONE_FINDING_NOT_XMPP ||
       kind == SIDETONE_FINDING_SERVER_SILENT) &&
      sidetone_failure_find_other_way (evidence, observation) != NULL)
    return SAYS_NOTHING;

  return kind == SIDETONE_FINDING_CLOSED_UNHEARD ? SAYS_LITTLE : SAYS_ENOUGH;
}

/* One stage, with one or two kinds: the last try that says enough decides. FALSE if it was not
 * reached. */
static gboolean
find_at_step (const SidetoneEvidence        *evidence,
              const SidetoneObservationKind *kinds,
              SidetoneFailure              **failure)
{
  GPtrArray *observations = sidetone_evidence_get_observations (evidence);
  SidetoneObservation *decisive = NULL;
  Weight weight = SAYS_NOTHING;
  guint n_tries = 0;

  for (guint i = observations->len; i > 0 && weight != SAYS_ENOUGH; i--)
    {
      SidetoneObservation *last = observations->pdata[i - 1];
      SidetoneObservationKind kind = sidetone_observation_get_kind (last);

      if ((kind != kinds[0] && kind != kinds[1]) ||
          sidetone_observation_get_state (last) == SIDETONE_STATE_SKIPPED)
        continue;

      if (!sidetone_observation_has_failed (last))
        {
          if (decisive == NULL)
            return TRUE;

          break;
        }

      if (n_tries++ == SIDETONE_FAILURE_MAX_TRIES)
        break;

      if (decisive == NULL || weigh_try (evidence, last) > weight)
        decisive = last;
      weight = weigh_try (evidence, decisive);
    }

  if (decisive != NULL)
    *failure = failure_new_from_observation (decisive);

  return decisive != NULL;
}

/* Only addresses that lead no further than this computer or its link */
static gboolean
is_offline (const SidetoneEvidence *evidence)
{
  g_autoptr (GPtrArray) interfaces = collect (evidence, SIDETONE_OBSERVATION_INTERFACE);

  for (guint i = 0; i < interfaces->len; i++)
    {
      SidetoneEndpoint *local = sidetone_observation_get_local (interfaces->pdata[i]);
      SidetoneAddressScope scope;

      /* An unseen address may exist. */
      if (local == NULL)
        return FALSE;

      scope = sidetone_endpoint_get_scope (local);
      if (scope != SIDETONE_ADDRESS_SCOPE_LOOPBACK && scope != SIDETONE_ADDRESS_SCOPE_LINK_LOCAL)
        return FALSE;
    }

  return interfaces->len > 0;
}

static void
set_offline (SidetoneFailure *self)
{
  self->kind = SIDETONE_FINDING_OFFLINE;
  self->error = SIDETONE_ERROR_OFFLINE;
}

/* Connecting fails only if it fails for every address. A refusal says most: a host answered.
 * "Unreachable" says least: often one address family is missing altogether. */
static SidetoneFailure *
judge_connects (const SidetoneEvidence *evidence,
                GPtrArray              *connects)
{
  static const SidetoneError by_weight[] = {
    SIDETONE_ERROR_CONNECTION_REFUSED,
    SIDETONE_ERROR_TCP_NO_ANSWER,
    SIDETONE_ERROR_UNREACHABLE,
  };
  guint counts[G_N_ELEMENTS (by_weight)] = { 0 };
  SidetoneFailure *self = NULL;

  for (guint i = 0; i < connects->len; i++)
    {
      gboolean counted = FALSE;

      if (!sidetone_observation_has_failed (connects->pdata[i]))
        return NULL;

      for (guint j = 0; j < G_N_ELEMENTS (by_weight) && !counted; j++)
        {
          counted = sidetone_observation_has_error (connects->pdata[i], by_weight[j]);
          counts[j] += counted ? 1 : 0;
        }
    }

  for (guint i = 0; i < connects->len; i++)
    {
      const GError *error = sidetone_observation_get_error (connects->pdata[i]);

      /* Not the network's fault: the connection process is missing, or ended */
      if (error == NULL ||
          sidetone_failure_get_kind (error->code) != SIDETONE_FINDING_SERVER_SILENT)
        return failure_new_from_observation (connects->pdata[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (by_weight) && self == NULL; i++)
    {
      if (counts[i] > 0)
        self = failure_new (by_weight[i]);
    }

  /* Silent, but not in a TCP connection */
  if (self == NULL)
    return failure_new_from_observation (connects->pdata[connects->len - 1]);

  self->n_refused = counts[0];
  self->n_silent = counts[1];
  self->n_unreachable = counts[2];
  for (guint i = 0; i < connects->len; i++)
    g_ptr_array_add (self->observations, g_object_ref (connects->pdata[i]));

  if (self->error == SIDETONE_ERROR_UNREACHABLE && is_offline (evidence))
    set_offline (self);

  return self;
}

/* The last failed lookup with @question, unless another one with it found something */
static SidetoneObservation *
find_failed_lookup (GPtrArray       *lookups,
                    SidetoneQuestion question)
{
  SidetoneObservation *found = NULL;

  for (guint i = 0; i < lookups->len; i++)
    {
      if (!sidetone_lookup_asks_for (lookups->pdata[i], question))
        continue;

      if (!sidetone_observation_has_failed (lookups->pdata[i]))
        return NULL;

      found = lookups->pdata[i];
    }

  return found;
}

static gboolean
has_addresses (GPtrArray *lookups)
{
  for (guint i = 0; i < lookups->len; i++)
    {
      if (!sidetone_observation_has_failed (lookups->pdata[i]) &&
          sidetone_lookup_asks_for (lookups->pdata[i], SIDETONE_QUESTION_ADDRESS))
        return TRUE;
    }

  return FALSE;
}

/* There is no address, because the name has none or the lookups failed. NAT64's lookup does not
 * count. */
static SidetoneFailure *
judge_lookups (const SidetoneEvidence *evidence,
               GPtrArray              *lookups)
{
  static const SidetoneQuestion questions[] = {
    SIDETONE_QUESTION_ADDRESS,
    SIDETONE_QUESTION_SRV_CLIENT,
    SIDETONE_QUESTION_SRV_DIRECT,
  };
  SidetoneObservation *failed = NULL;
  SidetoneFailure *self;

  if (has_addresses (lookups))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (questions) && failed == NULL; i++)
    failed = find_failed_lookup (lookups, questions[i]);

  if (failed == NULL)
    return NULL;

  self = failure_new_from_observation (failed);
  if ((self->kind == SIDETONE_FINDING_NAME_NOT_FOUND ||
       self->kind == SIDETONE_FINDING_DNS_SILENT) &&
      self->error != SIDETONE_ERROR_NOT_OFFERED_BY_DNS && is_offline (evidence))
    set_offline (self);

  return self;
}

static SidetoneFailure *
find_failure (const SidetoneEvidence *evidence)
{
  /* If a domain has several server programs, one may fail at TLS after another one has failed
   * later */
  static const SidetoneObservationKind way_back[][2] = {
    { SIDETONE_OBSERVATION_SERVER_IP, SIDETONE_OBSERVATION_SERVER_IP },
    { SIDETONE_OBSERVATION_SIGN_IN, SIDETONE_OBSERVATION_SECURE },
  };
  g_autoptr (GPtrArray) connects = NULL;
  g_autoptr (GPtrArray) lookups = NULL;
  SidetoneObservation *interruption = sidetone_evidence_get_last (evidence,
                                                                  SIDETONE_OBSERVATION_INTERRUPTION);
  SidetoneFailure *failure = NULL;

  /* No silence counts then. */
  if (interruption != NULL && sidetone_observation_has_failed (interruption))
    return failure_new_from_observation (interruption);

  for (guint i = 0; i < G_N_ELEMENTS (way_back); i++)
    {
      if (find_at_step (evidence, way_back[i], &failure))
        return failure;
    }

  connects = collect (evidence, SIDETONE_OBSERVATION_CONNECT);
  if (connects->len > 0)
    return judge_connects (evidence, connects);

  lookups = collect (evidence, SIDETONE_OBSERVATION_LOOKUP);

  return judge_lookups (evidence, lookups);
}

/**
 * sidetone_failure_find:
 * @evidence: the evidence
 *
 * Finds out why the server could not be asked for the address that it sees. The stages are: look up
 * the name, connect, secure, sign in, ask. The furthest stage counts: a run may have gone back to
 * try another address. Of several tries at one stage the last one decides that heard the server;
 * connecting has failed only if all have failed.
 *
 * Returns: (transfer full) (nullable): the failure, or %NULL without one
 */
SidetoneFailure *
sidetone_failure_find (const SidetoneEvidence *evidence)
{
  SidetoneFailure *failure = find_failure (evidence);

  if (failure != NULL)
    sidetone_failure_reconsider (failure, evidence);

  return failure;
}

/**
 * sidetone_failure_free:
 * @self: (transfer full): a failure
 *
 * Frees @self.
 */
void
sidetone_failure_free (SidetoneFailure *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->observations);
  g_free (self);
}

static gboolean
is_refused_certificate (SidetoneObservation *secure)
{
  const GError *error = sidetone_observation_get_error (secure);

  return sidetone_observation_has_failed (secure) && error != NULL &&
         sidetone_error_has_trait (error->code, SIDETONE_ERROR_IS_CERTIFICATE);
}

/**
 * sidetone_failure_find_certificate:
 * @evidence: the evidence
 *
 * Finds the certificate that the user may be asked to accept.
 *
 * Returns: (transfer none) (nullable): the last observation of a refused certificate with a known
 *   fingerprint, %NULL if there is none: the user can't accept an unseen one, and need not accept a
 *   valid one
 */
SidetoneObservation *
sidetone_failure_find_certificate (const SidetoneEvidence *evidence)
{
  GPtrArray *secures = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_SECURE);

  for (guint i = secures->len; i > 0; i--)
    {
      if (is_refused_certificate (secures->pdata[i - 1]) &&
          sidetone_observation_get_secure (secures->pdata[i - 1])->sha256 != NULL)
        return secures->pdata[i - 1];
    }

  return NULL;
}
