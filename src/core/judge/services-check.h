/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"
#include "judge/finding.h"
#include "wire/service.h"

G_BEGIN_DECLS

/**
 * SidetoneServicesCheck:
 * @answer: (nullable): the server's answer, %NULL if it was not asked
 * @error: (nullable): why it has no list
 * @services: (array length=n): the announced services
 * @n: their number
 * @knows_all: whether this version knows all of them
 * @n_relays: the number of relays in @services
 * @n_usable: the number of relays with everything that a program needs
 * @unusable: (nullable): the first relay without it
 * @has_udp: whether a usable one has UDP
 * @has_other: whether a usable one has TCP or TLS
 *
 * The services that a server announces for calls. The evidence owns everything in it.
 */
typedef struct
{
  SidetoneObservation *answer;
  const GError *error;
  SidetoneService **services;
  guint n;
  gboolean knows_all;
  guint n_relays;
  guint n_usable;
  SidetoneService *unusable;
  gboolean has_udp;
  gboolean has_other;
} SidetoneServicesCheck;

void sidetone_services_check_read (const SidetoneEvidence *evidence,
                                   SidetoneServicesCheck  *check);
gboolean sidetone_services_check_is_done (const SidetoneEvidence *evidence);
SidetoneRelay sidetone_services_check_get_relay (const SidetoneEvidence *evidence);

G_END_DECLS
