/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "sidetone-finding.h"
#include "sidetone-observation.h"

G_BEGIN_DECLS

/* Whether the server offers a relay that programs can use; it was not tried */
typedef enum
{
  SIDETONE_RELAY_UNKNOWN,
  SIDETONE_RELAY_OFFERED,
  SIDETONE_RELAY_NOT_OFFERED,
} SidetoneRelay;

/**
 * SidetoneServicesFinding:
 * @kind: what is so
 * @host: (nullable): the service that is meant, the first if there are several
 * @error: why it is not known what the server offers
 * @evidence: the ids of the observations that prove it
 *
 * One conclusion from what a server announces for calls.
 */
typedef struct
{
  SidetoneFindingKind kind;
  char *host;
  int error;
  GStrv evidence;
} SidetoneServicesFinding;

SidetoneObservation *sidetone_services_check_find (GListModel *observations);
SidetoneObservation *sidetone_services_check_find_lookup (GListModel *observations,
                                                          const char *host);
GPtrArray *sidetone_services_check_dup_services (SidetoneObservation *services);
gboolean sidetone_services_check_is_done (GListModel *observations);
SidetoneRelay sidetone_services_check_get_relay (GListModel *observations);
GPtrArray *sidetone_services_check_judge (GListModel *observations);

G_END_DECLS
