/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/step-private.h"

#include "address/address-scope.h"
#include "judge/failure.h"
#include "judge/services-check.h"
#include "seen/lookup.h"
#include "seen/services.h"
#include "seen/sign-in.h"

/* The progress of each step of a check: waiting, running, passed, failed. */

static gboolean
any_passed (GPtrArray *tried)
{
  for (guint i = 0; i < tried->len; i++)
    {
      if (sidetone_observation_has_passed (tried->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
any_failed (GPtrArray *tried)
{
  for (guint i = 0; i < tried->len; i++)
    {
      if (sidetone_observation_has_failed (tried->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_on_network (SidetoneObservation *interface)
{
  SidetoneEndpoint *local = sidetone_observation_get_local (interface);
  SidetoneAddressScope scope = sidetone_endpoint_get_scope (local);

  return local != NULL && scope != SIDETONE_ADDRESS_SCOPE_LOOPBACK &&
         scope != SIDETONE_ADDRESS_SCOPE_LINK_LOCAL;
}

/**
 * sidetone_step_any_on_network:
 * @tried: (element-type SidetoneObservation): the observations of the step about this computer
 *
 * Returns: %TRUE if one has an address that leads further than to this computer and its link
 */
gboolean
sidetone_step_any_on_network (GPtrArray *tried)
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

  return any_failed (tried) || !sidetone_step_any_on_network (tried) ? SIDETONE_PROGRESS_WARNING
         : SIDETONE_PROGRESS_PASSED;
}

/* NAT64's lookup is not part of the server's name: most networks have none. A missing SRV record
 * has passed; a name server that answers with an error can't do better. A silent one delays each
 * sign-in of any program. */
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

      if (sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_ADDRESS))
        {
          n_found += sidetone_observation_has_passed (lookup) ? 1 : 0;
          n_without += sidetone_observation_has_failed (lookup) ? 1 : 0;
        }
      else if (!sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_NAT64))
        {
          n_others++;
          if (sidetone_observation_has_passed (lookup))
            n_entries += sidetone_lookup_count_answers (lookup);
          n_silent += sidetone_observation_has_error_trait (lookup, SIDETONE_ERROR_IS_SILENCE) ? 1 : 0;
        }
    }

  /* A server given by its address needs no lookup. */
  if (n_found + n_without + n_others == 0)
    return SIDETONE_PROGRESS_SKIPPED;

  /* An entry may have an address instead of a name. */
  if (n_found == 0 && (n_without > 0 || n_entries == 0))
    return SIDETONE_PROGRESS_FAILED;

  return n_without + n_silent > 0 ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_PASSED;
}

static GSocketFamily
get_peer_family (SidetoneObservation *connect)
{
  SidetoneEndpoint *peer = sidetone_observation_get_peer (connect);

  return peer != NULL ? sidetone_endpoint_get_family (peer) : G_SOCKET_FAMILY_INVALID;
}

/* Many networks have only one address family, which is no fault: returns whether an address of
 * @family could not be connected to although the network has the family. */
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

      any_failed = any_failed || sidetone_observation_has_failed (tried->pdata[i]);
      is_missing = is_missing && sidetone_observation_has_error (tried->pdata[i],
                                                                 SIDETONE_ERROR_UNREACHABLE);
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

/* One of a domain's server programs may fail; then another one is tried. */
static SidetoneProgress
judge_last (GPtrArray *tried)
{
  if (!sidetone_observation_has_passed (tried->pdata[tried->len - 1]))
    return SIDETONE_PROGRESS_FAILED;

  return any_failed (tried) ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_PASSED;
}

/* A connection with STARTTLS fails as a sign-in even if its greeting or TLS did. Where TLS has failed
 * already, that says nothing new. */
static gboolean
is_reached (GPtrArray              *sign_ins,
            const SidetoneEvidence *evidence)
{
  GPtrArray *secures = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_SECURE);

  if (secures->len == 0 || !sidetone_observation_has_failed (secures->pdata[secures->len - 1]))
    return TRUE;

  for (guint i = 0; i < sign_ins->len; i++)
    {
      const SidetoneSignInSeen *seen = sidetone_observation_get_sign_in (sign_ins->pdata[i]);

      if (seen->stage != SIDETONE_STAGE_STREAM && seen->stage != SIDETONE_STAGE_TLS)
        return TRUE;
    }

  return FALSE;
}

static SidetoneObservation *
find_last (GPtrArray              *tried,
           SidetoneObservationKind kind)
{
  for (guint i = tried->len; i > 0; i--)
    {
      if (sidetone_observation_get_kind (tried->pdata[i - 1]) == kind)
        return tried->pdata[i - 1];
    }

  return NULL;
}

/* The step is for the address (XEP-0279); the server's features (XEP-0030) come with it. Other queries
 * of the step decide nothing. A server that answers without an address works, for calls too; one that
 * does not offer to tell it is no flaw (SRV-02). */
static SidetoneProgress
judge_ask (GPtrArray *tried)
{
  SidetoneObservation *server_ip = find_last (tried, SIDETONE_OBSERVATION_SERVER_IP);
  SidetoneObservation *disco = find_last (tried, SIDETONE_OBSERVATION_DISCO);
  const GError *error;

  if (server_ip == NULL && disco == NULL)
    return SIDETONE_PROGRESS_SKIPPED;
  if (server_ip == NULL)
    return sidetone_observation_has_failed (disco) ? SIDETONE_PROGRESS_FAILED
           : SIDETONE_PROGRESS_WARNING;

  error = sidetone_observation_get_error (server_ip);
  if (error != NULL && error->code == SIDETONE_ERROR_NOT_OFFERED)
    return SIDETONE_PROGRESS_SKIPPED;
  if (error != NULL && !sidetone_failure_is_answer (error->code))
    return SIDETONE_PROGRESS_FAILED;
  if (sidetone_observation_has_failed (server_ip) || sidetone_observation_get_seen (server_ip) == NULL)
    return SIDETONE_PROGRESS_WARNING;

  return sidetone_observation_has_failed (disco) ? SIDETONE_PROGRESS_WARNING
         : SIDETONE_PROGRESS_PASSED;
}

/* A server that offers no services still works, for its users' calls too. The services may have no
 * addresses. */
static SidetoneProgress
judge_step_of_services (GPtrArray              *tried,
                        const SidetoneEvidence *evidence)
{
  SidetoneObservation *answer = sidetone_evidence_get_last (evidence,
                                                            SIDETONE_OBSERVATION_SERVICES);
  const GError *error;

  if (answer == NULL)
    return SIDETONE_PROGRESS_SKIPPED;

  error = sidetone_observation_get_error (answer);
  if (error != NULL && !sidetone_failure_is_answer (error->code))
    return SIDETONE_PROGRESS_FAILED;

  return any_failed (tried) || !sidetone_services_has_any (answer) ? SIDETONE_PROGRESS_WARNING
         : SIDETONE_PROGRESS_PASSED;
}

/* A server that does not work beside others that do */
static SidetoneProgress
judge_test (GPtrArray *tried)
{
  if (!any_passed (tried))
    return SIDETONE_PROGRESS_FAILED;

  return any_failed (tried) ? SIDETONE_PROGRESS_WARNING : SIDETONE_PROGRESS_PASSED;
}

static gboolean
any_address_found (GPtrArray *lookups)
{
  for (guint i = 0; i < lookups->len; i++)
    {
      if (sidetone_lookup_asks_for (lookups->pdata[i], SIDETONE_QUESTION_ADDRESS) &&
          sidetone_observation_has_passed (lookups->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* A step's result after the check has gone on */
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
      return judge_last (tried);

    case SIDETONE_STEP_SIGN_IN:
      return is_reached (tried, evidence) ? judge_last (tried) : SIDETONE_PROGRESS_SKIPPED;

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

  tried = sidetone_step_collect (evidence, kind);

  switch (kind)
    {
    case SIDETONE_STEP_UNKNOWN:
    case SIDETONE_STEP_TEST:
      break;

    case SIDETONE_STEP_FIND:
      return current == kind && any_address_found (tried);

    case SIDETONE_STEP_COMPUTER:
      return any_failed (tried) || sidetone_step_any_on_network (tried);

    case SIDETONE_STEP_CONNECT:
      return any_passed (tried);

    case SIDETONE_STEP_SECURE:
    case SIDETONE_STEP_SIGN_IN:
      return tried->len > 0 && sidetone_observation_has_passed (tried->pdata[tried->len - 1]);

    case SIDETONE_STEP_ASK:
      return find_last (tried, SIDETONE_OBSERVATION_SERVER_IP) != NULL;

    case SIDETONE_STEP_SERVICES:
      return sidetone_services_check_is_done (evidence);
    }

  return FALSE;
}

/**
 * sidetone_step_judge:
 * @kind: the step
 * @evidence: the evidence so far
 * @current: the earliest step that the check may still be at, %SIDETONE_STEP_UNKNOWN if it is over
 *
 * Returns: its progress; the rules are at sidetone_step_new()
 */
SidetoneProgress
sidetone_step_judge (SidetoneStepKind        kind,
                     const SidetoneEvidence *evidence,
                     SidetoneStepKind        current)
{
  g_autoptr (GPtrArray) tried = sidetone_step_collect (evidence, kind);

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
