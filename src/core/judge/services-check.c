/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The services that an XMPP server announces for calls (XEP-0215, External Service Discovery), and
 * how many are usable. judge/services-rules.c has the findings. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/services-check.h"

static void
note_relay (SidetoneServicesCheck *self,
            SidetoneService       *relay)
{
  gboolean is_udp = sidetone_service_get_transport (relay) == SIDETONE_TRANSPORT_UDP;

  self->n_relays++;
  if (!sidetone_service_has_credentials (relay))
    {
      self->unusable = self->unusable != NULL ? self->unusable : relay;
      return;
    }

  /* No program supports DTLS. */
  self->n_usable++;
  self->has_udp = self->has_udp ||
                  (is_udp && sidetone_service_get_kind (relay) == SIDETONE_SERVICE_TURN);
  self->has_other = self->has_other || !is_udp;
}

/**
 * sidetone_services_check_read:
 * @evidence: the evidence
 * @check: (out caller-allocates): the result; empty if the server was not asked
 *
 * Counts and checks the announced services.
 */
void
sidetone_services_check_read (const SidetoneEvidence *evidence,
                              SidetoneServicesCheck  *check)
{
  GPtrArray *services = sidetone_evidence_get_services (evidence);
  SidetoneObservation *answer = sidetone_evidence_get_last (evidence,
                                                            SIDETONE_OBSERVATION_SERVICES);

  *check = (SidetoneServicesCheck) { .answer = answer };
  if (answer == NULL)
    return;

  check->error = sidetone_observation_get_error (answer);
  if (check->error != NULL)
    return;

  check->services = (SidetoneService **) services->pdata;
  check->n = services->len;
  check->knows_all = sidetone_evidence_knows_all_services (evidence);
  for (guint i = 0; i < check->n; i++)
    {
      if (sidetone_service_is_relay (check->services[i]))
        note_relay (check, check->services[i]);
    }
}

/**
 * sidetone_services_check_is_done:
 * @evidence: the evidence
 *
 * Returns: whether the announced services and all their hosts' addresses are known
 */
gboolean
sidetone_services_check_is_done (const SidetoneEvidence *evidence)
{
  GPtrArray *services = sidetone_evidence_get_services (evidence);

  if (sidetone_evidence_get_last (evidence, SIDETONE_OBSERVATION_SERVICES) == NULL)
    return FALSE;

  for (guint i = 0; i < services->len; i++)
    {
      const char *host = sidetone_service_get_host (services->pdata[i]);
      g_autoptr (SidetoneEndpoint) literal = NULL;

      if (sidetone_evidence_get_lookup (evidence, host) != NULL)
        continue;

      literal = sidetone_service_dup_literal (services->pdata[i]);
      if (literal == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * sidetone_services_check_get_relay:
 * @evidence: the evidence
 *
 * Returns: whether the server offers a relay with credentials
 */
SidetoneRelay
sidetone_services_check_get_relay (const SidetoneEvidence *evidence)
{
  SidetoneObservation *answer = sidetone_evidence_get_last (evidence,
                                                            SIDETONE_OBSERVATION_SERVICES);
  GPtrArray *services = sidetone_evidence_get_services (evidence);

  if (answer == NULL)
    return SIDETONE_RELAY_UNKNOWN;

  if (!sidetone_observation_has_passed (answer))
    return sidetone_observation_has_error (answer, SIDETONE_ERROR_NOT_OFFERED)
           ? SIDETONE_RELAY_NOT_OFFERED : SIDETONE_RELAY_UNKNOWN;

  for (guint i = 0; i < services->len; i++)
    {
      if (sidetone_service_is_relay (services->pdata[i]) &&
          sidetone_service_has_credentials (services->pdata[i]))
        return SIDETONE_RELAY_OFFERED;
    }

  return sidetone_evidence_knows_all_services (evidence) ? SIDETONE_RELAY_NOT_OFFERED
         : SIDETONE_RELAY_UNKNOWN;
}
