/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/address-check.h"
#include "judge/host-evidence.h"
#include "judge/large-packets.h"
#include "judge/loss-place.h"
#include "seen/observation.h"
#include "seen/service-result.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_EVIDENCE (sidetone_evidence_get_type ())

typedef struct _SidetoneEvidence SidetoneEvidence;

GType sidetone_evidence_get_type (void);

SidetoneEvidence *sidetone_evidence_new (GListModel *observations);
SidetoneEvidence *sidetone_evidence_ref (SidetoneEvidence *self);
void sidetone_evidence_unref (SidetoneEvidence *self);

GPtrArray *sidetone_evidence_get_observations (const SidetoneEvidence *self);
GPtrArray *sidetone_evidence_get_kind (const SidetoneEvidence *self,
                                       SidetoneObservationKind kind);
SidetoneAliases *sidetone_evidence_get_aliases (const SidetoneEvidence *self);
SidetoneObservation *sidetone_evidence_get_last (const SidetoneEvidence *self,
                                                 SidetoneObservationKind kind);

/* The address check, and the network around this computer */
const SidetoneAddressCheck *sidetone_evidence_get_address_check (const SidetoneEvidence *self);
GArray *sidetone_evidence_get_prefixes (const SidetoneEvidence *self);
GPtrArray *sidetone_evidence_dup_only_version (const SidetoneEvidence *self,
                                               GSocketFamily           family);
gboolean sidetone_evidence_is_public (const SidetoneEvidence *self,
                                      GInetAddress           *address);
const char *const *sidetone_evidence_get_tunnels (const SidetoneEvidence *self);
const char *const *sidetone_evidence_get_broken_ipv6 (const SidetoneEvidence *self);
gboolean sidetone_evidence_is_wireless (const SidetoneEvidence *self);
gint64 sidetone_evidence_get_server_rtt (const SidetoneEvidence *self);
gboolean sidetone_evidence_knows_ipv6_works (const SidetoneEvidence *self);
gboolean sidetone_evidence_knows_tls_by_ipv6 (const SidetoneEvidence *self);

/* The announced services for calls */
GPtrArray *sidetone_evidence_get_services (const SidetoneEvidence *self);
gboolean sidetone_evidence_knows_all_services (const SidetoneEvidence *self);
SidetoneObservation *sidetone_evidence_get_lookup (const SidetoneEvidence *self,
                                                   const char             *host);

/* Their tests */
GPtrArray *sidetone_evidence_get_results (const SidetoneEvidence *self);
const SidetoneHostEvidence *sidetone_evidence_get_host (const SidetoneEvidence *self,
                                                        const char             *host);
const SidetoneServiceResult *sidetone_evidence_get_answer_there (
  const SidetoneEvidence *self, const SidetoneServiceResult *result);
double sidetone_evidence_get_least_loss (const SidetoneEvidence *self);
SidetoneLossPlace sidetone_evidence_get_loss_place (const SidetoneEvidence *self);
guint sidetone_evidence_get_n_measured (const SidetoneEvidence *self);
gboolean sidetone_evidence_loses_answers (const SidetoneEvidence *self);
gboolean sidetone_evidence_may_lose_answers (const SidetoneEvidence *self);
const SidetoneLargePackets *sidetone_evidence_get_large_packets (const SidetoneEvidence *self,
                                                                 SidetoneEndpoint       *server);
const SidetoneServiceResult *sidetone_evidence_get_quickest (const SidetoneEvidence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneEvidence, sidetone_evidence_unref)

G_END_DECLS
