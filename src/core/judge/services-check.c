/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What an XMPP server announces for calls (XEP-0215, External Service Discovery), and how much of it
 * can be used. What is wrong with it is in judge/services-rules.c. */

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

  /* DTLS no program knows. */
  self->n_usable++;
  self->has_udp = self->has_udp ||
                  (is_udp && sidetone_service_get_kind (relay) == SIDETONE_SERVICE_TURN);
  self->has_other = self->has_other || !is_udp;
}

/**
 * sidetone_services_check_read:
 * @evidence: what was seen
 * @check: (out caller-allocates): what the server announces; nothing where it was not asked
 *
 * Looks through what the server announces.
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
 * @evidence: what was seen
 *
 * Returns: whether all is there: what the server announces, and where each of its hosts is
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
 * @evidence: what was seen
 *
 * Returns: whether the server offers a relay with the credentials for it
 */
SidetoneRelay
sidetone_services_check_get_relay (const SidetoneEvidence *evidence)
{
  SidetoneObservation *answer = sidetone_evidence_get_last (evidence,
                                                            SIDETONE_OBSERVATION_SERVICES);
  GPtrArray *services = sidetone_evidence_get_services (evidence);

  if (answer == NULL)
    return SIDETONE_RELAY_UNKNOWN;

  if (sidetone_observation_get_state (answer) != SIDETONE_STATE_PASSED)
    return g_error_matches (sidetone_observation_get_error (answer), SIDETONE_ERROR,
                            SIDETONE_ERROR_NOT_OFFERED)
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
