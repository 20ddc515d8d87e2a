/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"
#include "judge/evidence.h"
#include "judge/finding.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneServicesFinding:
 * @kind: what is so
 * @host: (nullable): the service that is meant, the first if there are several
 * @error: what happened
 * @transport: how the service was spoken to
 * @number: how many, how much or how long, where the words say that
 * @relay: whether there is a way by a relay, where the words say that
 * @evidence: the ids of the observations that prove it
 *
 * One conclusion from what a server announces for calls, or from what came of that.
 */
typedef struct
{
  SidetoneFindingKind kind;
  char *host;
  SidetoneError error;
  SidetoneTransport transport;
  guint number;
  SidetoneRelay relay;
  GStrv evidence;
} SidetoneServicesFinding;

GPtrArray *sidetone_services_findings_new (void);

gboolean sidetone_services_check_is_done (const SidetoneEvidence *evidence);
SidetoneRelay sidetone_services_check_get_relay (const SidetoneEvidence *evidence);
GPtrArray *sidetone_services_check_judge (const SidetoneEvidence *evidence);

G_END_DECLS
