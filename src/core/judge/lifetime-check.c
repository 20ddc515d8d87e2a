/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/lifetime-check.h"

#include "seen/lifetime.h"

/* The lifetime of a NAT's UDP mapping (RFC 4787, section 4.3): whether it is long enough for calls, and
 * whether it can be measured here. */

/* In ms: RFC 8445's interval of keep-alives (section 11) */
#define KEEPALIVE_MS 15000

/**
 * sidetone_lifetime_check_is_short:
 * @lifetime: of kind %SIDETONE_OBSERVATION_LIFETIME
 *
 * Returns: whether UDP was closed after a silence that calls may have
 */
gboolean
sidetone_lifetime_check_is_short (SidetoneObservation *lifetime)
{
  gint64 closed_ms = sidetone_observation_get_lifetime (lifetime)->closed_ms;

  return closed_ms > 0 && closed_ms <= KEEPALIVE_MS;
}

/**
 * sidetone_lifetime_check_is_enough:
 * @lifetime: of kind %SIDETONE_OBSERVATION_LIFETIME
 *
 * Returns: whether UDP stays open for each silence that calls may have; not so if the measurement was
 *   ended before that was known
 */
gboolean
sidetone_lifetime_check_is_enough (SidetoneObservation *lifetime)
{
  const SidetoneLifetimeSeen *seen = sidetone_observation_get_lifetime (lifetime);

  return seen->open_ms >= KEEPALIVE_MS || seen->closed_ms > KEEPALIVE_MS;
}

/**
 * sidetone_lifetime_check_is_possible:
 * @diagnosis: a diagnosis
 *
 * Returns: whether the lifetime can be measured: UDP is not blocked, a server answered by UDP, and
 *   packets came through a relay
 */
gboolean
sidetone_lifetime_check_is_possible (const SidetoneDiagnosis *diagnosis)
{
  GPtrArray *results = sidetone_evidence_get_results (sidetone_diagnosis_get_evidence (diagnosis));
  gboolean any_answer = FALSE;
  gboolean any_relay = FALSE;

  if (sidetone_diagnosis_find (diagnosis, SIDETONE_FINDING_UDP_BLOCKED) != NULL)
    return FALSE;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *result = results->pdata[i];

      any_answer = any_answer || (sidetone_service_result_is_over_udp (result) &&
                                  sidetone_observation_has_passed (result->test));
      any_relay = any_relay || sidetone_service_result_works_as_relay (result);
    }

  return any_answer && any_relay;
}
