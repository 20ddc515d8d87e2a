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
 * @answer: (nullable): what the server said, %NULL where it was not asked
 * @error: (nullable): why it did not tell
 * @services: (array length=n): what it announces
 * @n: how much that is
 * @knows_all: whether nothing is announced that this version does not know
 * @n_relays: how many of @services are relays
 * @n_usable: how many of these came with what a program needs to use them
 * @unusable: (nullable): the first that did not
 * @has_udp: whether one that can be used is spoken to by UDP
 * @has_other: whether one that can be used is spoken to by TCP or TLS
 *
 * What a server announces for calls. All of it belongs to the evidence.
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
