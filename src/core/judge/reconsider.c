/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/failure.h"

#include "judge/clock.h"
#include "seen/connect.h"
#include "seen/lookup.h"
#include "seen/nat64-prefix.h"
#include "seen/secure.h"
#include "seen/sign-in.h"

/* Causes that a failed sign-in's last error does not show, but other observations do: a name server
 * that hides the SRV records, records that name no server, a wrong clock, a web server at the server's own port,
 * a server of another IP version. */

/* Whether the name server answered a question for addresses, though perhaps that there are none */
static gboolean
is_answered (SidetoneObservation *lookup)
{
  return (sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_ADDRESS) ||
          sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_NAT64)) &&
         (!sidetone_observation_has_failed (lookup) ||
          sidetone_observation_has_error (lookup, SIDETONE_ERROR_NAME_NOT_FOUND));
}

static gboolean
has_answered (GPtrArray *lookups)
{
  for (guint i = 0; i < lookups->len; i++)
    {
      if (is_answered (lookups->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_failure_find_unanswered_srv:
 * @evidence: the evidence
 *
 * Finds a question for SRV records that a name server has left unanswered, or refused, although it
 * answered one for addresses. The domain's own address was tried in place of the records' targets
 * (RFC 6120, section 3.2.2).
 *
 * Returns: (transfer none) (nullable): the observation of it; %NULL also if another question for
 *   them was answered, though perhaps that there are none
 */
SidetoneObservation *
sidetone_failure_find_unanswered_srv (const SidetoneEvidence *evidence)
{
  GPtrArray *lookups = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_LOOKUP);
  SidetoneObservation *failed = NULL;

  for (guint i = 0; i < lookups->len; i++)
    {
      SidetoneObservation *lookup = lookups->pdata[i];

      if (!sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_SRV_CLIENT) &&
          !sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_SRV_DIRECT))
        continue;

      if (!sidetone_observation_has_failed (lookup))
        return NULL;

      failed = lookup;
    }

  return failed != NULL && has_answered (lookups) ? failed : NULL;
}

/* How many questions for SRV records were answered, and with how many records */
static void
count_records (const SidetoneEvidence *evidence,
               guint                  *n_answered,
               guint                  *n_records)
{
  GPtrArray *lookups = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_LOOKUP);

  *n_answered = *n_records = 0;
  for (guint i = 0; i < lookups->len; i++)
    {
      SidetoneObservation *lookup = lookups->pdata[i];

      if (!sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_SRV_CLIENT) &&
          !sidetone_lookup_asks_for (lookup, SIDETONE_QUESTION_SRV_DIRECT))
        continue;

      *n_answered += sidetone_observation_has_failed (lookup) ? 0 : 1;
      *n_records += sidetone_lookup_count_answers (lookup);
    }
}

/**
 * sidetone_failure_is_named_in_dns:
 * @evidence: the evidence
 *
 * Returns: whether SRV records say where the domain's XMPP servers are: hardly those of a domain
 *   that nobody meant
 */
gboolean
sidetone_failure_is_named_in_dns (const SidetoneEvidence *evidence)
{
  guint n_answered;
  guint n_records;

  count_records (evidence, &n_answered, &n_records);

  return n_records > 0;
}

/**
 * sidetone_failure_is_unnamed_in_dns:
 * @evidence: the evidence
 *
 * Returns: whether the domain has no SRV records, so that its own address was tried; not if they
 *   were not asked for
 */
gboolean
sidetone_failure_is_unnamed_in_dns (const SidetoneEvidence *evidence)
{
  guint n_answered;
  guint n_records;

  count_records (evidence, &n_answered, &n_records);

  return n_answered > 0 && n_records == 0;
}

/* The name server knows the domain's records, so the account is not mistyped; they name a host that
 * does not exist. */
static void
blame_records (SidetoneFailure        *self,
               const SidetoneEvidence *evidence)
{
  if (self->error != SIDETONE_ERROR_NAME_NOT_FOUND || self->observations->len == 0 ||
      !sidetone_failure_is_named_in_dns (evidence))
    return;

  self->error = SIDETONE_ERROR_TARGET_NOT_FOUND;
  self->kind = sidetone_failure_get_kind (self->error);
  self->host = sidetone_lookup_get_name (self->observations->pdata[0]);
}

/* It ended between the first byte of TLS and the last one. */
static void
blame_handshake (SidetoneFailure *self)
{
  if (self->error != SIDETONE_ERROR_CONNECTION_LOST || self->observations->len == 0 ||
      sidetone_observation_get_secure (self->observations->pdata[0]) == NULL)
    return;

  self->error = SIDETONE_ERROR_TLS_CUT;
  self->kind = sidetone_failure_get_kind (self->error);
}

/* It is silent about this name only. */
static void
blame_name (SidetoneFailure        *self,
            const SidetoneEvidence *evidence)
{
  if (self->error == SIDETONE_ERROR_DNS_NO_ANSWER &&
      has_answered (sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_LOOKUP)))
    self->error = SIDETONE_ERROR_DNS_FAILED;
}

/* Without SRV records only the domain's own address was tried, where another server may be, or
 * none. */
static void
blame_name_server (SidetoneFailure        *self,
                   const SidetoneEvidence *evidence)
{
  SidetoneObservation *srv = sidetone_failure_find_unanswered_srv (evidence);

  if (srv == NULL ||
      (self->kind != SIDETONE_FINDING_NAME_NOT_FOUND &&
       self->kind != SIDETONE_FINDING_SERVER_SILENT && self->kind != SIDETONE_FINDING_NOT_XMPP &&
       self->error != SIDETONE_ERROR_HOST_UNKNOWN &&
       self->error != SIDETONE_ERROR_CERTIFICATE_WRONG_NAME))
    return;

  self->error = SIDETONE_ERROR_SRV_NO_ANSWER;
  self->kind = sidetone_failure_get_kind (self->error);
  self->server_text = NULL;
  self->n_refused = self->n_silent = self->n_unreachable = 0;
  g_ptr_array_insert (self->observations, 0, g_object_ref (srv));
}

static gboolean
are_all_over (GPtrArray    *connects,
              GSocketFamily family)
{
  for (guint i = 0; i < connects->len; i++)
    {
      const SidetoneConnectSeen *seen = sidetone_observation_get_connect (connects->pdata[i]);

      if (seen == NULL || seen->peer == NULL ||
          sidetone_endpoint_get_family (seen->peer) != family)
        return FALSE;
    }

  return connects->len > 0;
}

static gboolean
has_nat64 (const SidetoneEvidence *evidence)
{
  GArray *prefixes = sidetone_evidence_get_prefixes (evidence);

  for (guint i = 0; i < prefixes->len; i++)
    {
      if (g_array_index (prefixes, SidetoneNat64Prefix, i).observation != NULL)
        return TRUE;
    }

  return FALSE;
}

/* An address that was typed says nothing of others. */
static gboolean
was_looked_up (const SidetoneEvidence *evidence,
               const char             *name)
{
  GPtrArray *lookups = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_LOOKUP);

  for (guint i = 0; i < lookups->len; i++)
    {
      if (sidetone_lookup_asks_for (lookups->pdata[i], SIDETONE_QUESTION_ADDRESS) &&
          g_strcmp0 (sidetone_lookup_get_name (lookups->pdata[i]), name) == 0)
        return TRUE;
    }

  return FALSE;
}

/* All of the server's addresses are of the IP version that this computer lacks. Where a NAT64 is,
 * IPv4 addresses are no dead end for most programs. */
static void
blame_version (SidetoneFailure        *self,
               const SidetoneEvidence *evidence)
{
  gboolean is_ipv6 = are_all_over (self->observations, G_SOCKET_FAMILY_IPV6);
  g_autoptr (GPtrArray) interfaces = NULL;
  const char *target;

  if (self->error != SIDETONE_ERROR_UNREACHABLE ||
      (!is_ipv6 && !are_all_over (self->observations, G_SOCKET_FAMILY_IPV4)) ||
      (!is_ipv6 && has_nat64 (evidence)))
    return;

  target = sidetone_observation_get_connect (self->observations->pdata[0])->target;
  if (!was_looked_up (evidence, target))
    return;

  interfaces = sidetone_evidence_dup_only_version (evidence, is_ipv6 ? G_SOCKET_FAMILY_IPV4
                                                   : G_SOCKET_FAMILY_IPV6);
  if (interfaces == NULL)
    return;

  self->error = is_ipv6 ? SIDETONE_ERROR_SERVER_IPV6_ONLY : SIDETONE_ERROR_SERVER_IPV4_ONLY;
  self->kind = sidetone_failure_get_kind (self->error);
  self->host = target;
  self->n_refused = self->n_silent = self->n_unreachable = 0;
  for (guint i = 0; i < interfaces->len; i++)
    g_ptr_array_add (self->observations, g_object_ref (interfaces->pdata[i]));
}

static void
blame_clock (SidetoneFailure        *self,
             const SidetoneEvidence *evidence)
{
  if (!sidetone_clock_explains (evidence, self->error))
    return;

  self->error = SIDETONE_ERROR_CLOCK_WRONG;
  self->kind = sidetone_failure_get_kind (self->error);
}

/**
 * sidetone_failure_find_certificate_there:
 * @evidence: the evidence
 * @observation: an observation
 *
 * Returns: (transfer none) (nullable): if @observation is of a sign-in, the observation of TLS before
 *   it at the same address and port, where the server showed its certificate
 */
SidetoneObservation *
sidetone_failure_find_certificate_there (const SidetoneEvidence *evidence,
                                         SidetoneObservation    *observation)
{
  GPtrArray *secures = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_SECURE);
  const SidetoneSignInSeen *sign_in = sidetone_observation_get_sign_in (observation);

  for (guint i = 0; sign_in != NULL && sign_in->peer != NULL && i < secures->len; i++)
    {
      const SidetoneSecureSeen *seen = sidetone_observation_get_secure (secures->pdata[i]);

      if (sidetone_observation_has_passed (secures->pdata[i]) && seen->peer != NULL &&
          seen->security == sign_in->security &&
          sidetone_endpoint_equal (seen->peer, sign_in->peer))
        return secures->pdata[i];
    }

  return NULL;
}

/* A login page of the network has no certificate of the server. */
static void
blame_web_server (SidetoneFailure        *self,
                  const SidetoneEvidence *evidence)
{
  SidetoneObservation *secure = NULL;

  if (self->error == SIDETONE_ERROR_HTTP_ANSWER && self->observations->len > 0)
    secure = sidetone_failure_find_certificate_there (evidence, self->observations->pdata[0]);
  if (secure == NULL)
    return;

  self->error = SIDETONE_ERROR_WEB_PORT;
  self->kind = sidetone_failure_get_kind (self->error);
  g_ptr_array_add (self->observations, g_object_ref (secure));
}

/**
 * sidetone_failure_reconsider:
 * @self: a failure
 * @evidence: the evidence
 *
 * Changes @self if the evidence shows another cause than its error does.
 */
void
sidetone_failure_reconsider (SidetoneFailure        *self,
                             const SidetoneEvidence *evidence)
{
  blame_records (self, evidence);
  blame_handshake (self);
  blame_name (self, evidence);
  blame_name_server (self, evidence);
  blame_web_server (self, evidence);
  blame_version (self, evidence);
  blame_clock (self, evidence);
}
