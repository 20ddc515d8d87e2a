/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/clock.h"

#include "seen/secure.h"
#include "seen/services.h"

/* This computer's clock, by which the dates of certificates are judged: by Sidetone's release, and by
 * the server's clock (Entity Time, XEP-0202). */

/* FALSE if the server did not tell its time */
static gboolean
find_difference (const SidetoneEvidence *evidence,
                 gint64                 *ahead_s)
{
  SidetoneObservation *services = sidetone_evidence_get_last (evidence,
                                                              SIDETONE_OBSERVATION_SERVICES);

  *ahead_s = services != NULL ? sidetone_observation_get_services (services)->clock_ahead
             : SIDETONE_NOT_SEEN;

  return *ahead_s != SIDETONE_NOT_SEEN;
}

/**
 * sidetone_clock_get_difference:
 * @evidence: the evidence
 *
 * Returns: by how many seconds this computer's clock is ahead of the server's; 0 also if that is not
 *   known
 */
gint64
sidetone_clock_get_difference (const SidetoneEvidence *evidence)
{
  gint64 ahead_s;

  return find_difference (evidence, &ahead_s) ? ahead_s : 0;
}

static gboolean
is_early (const SidetoneEvidence *evidence)
{
  GPtrArray *secures = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_SECURE);

  for (guint i = 0; i < secures->len; i++)
    {
      if (sidetone_observation_get_secure (secures->pdata[i])->clock_early == SIDETONE_TRUTH_YES)
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_clock_explains:
 * @evidence: the evidence
 * @error: why a certificate was not accepted
 *
 * Returns: whether this computer's clock is known to be wrong, in the direction that makes @error: a
 *   clock that is behind makes certificates seem not valid yet, one that is ahead makes them seem
 *   expired
 */
gboolean
sidetone_clock_explains (const SidetoneEvidence *evidence,
                         SidetoneError           error)
{
  gint64 ahead_s = sidetone_clock_get_difference (evidence);

  if (error == SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID)
    return is_early (evidence) || ahead_s <= -SIDETONE_CLOCK_TOLERANCE_S;

  return error == SIDETONE_ERROR_CERTIFICATE_EXPIRED && ahead_s >= SIDETONE_CLOCK_TOLERANCE_S;
}

/**
 * sidetone_clock_is_excluded:
 * @evidence: the evidence
 * @error: why a certificate was not accepted
 *
 * Returns: whether this computer's clock can't be the reason: it is not about a date, or the clock
 *   agrees with the server's
 */
gboolean
sidetone_clock_is_excluded (const SidetoneEvidence *evidence,
                            SidetoneError           error)
{
  gint64 ahead_s;

  if (error != SIDETONE_ERROR_CERTIFICATE_EXPIRED &&
      error != SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID)
    return TRUE;

  return find_difference (evidence, &ahead_s) && ABS (ahead_s) < SIDETONE_CLOCK_TOLERANCE_S;
}
