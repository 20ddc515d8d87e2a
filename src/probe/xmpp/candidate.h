/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "address/endpoint.h"

G_BEGIN_DECLS

/* An address and port where the server may answer, with STARTTLS or direct TLS */
typedef struct _SidetoneCandidate SidetoneCandidate;

SidetoneCandidate *sidetone_candidate_new (const char       *target,
                                           SidetoneEndpoint *endpoint,
                                           SidetoneSecurity  security);
SidetoneCandidate *sidetone_candidate_ref (SidetoneCandidate *self);
void sidetone_candidate_unref (SidetoneCandidate *self);

const char *sidetone_candidate_get_target (const SidetoneCandidate *self);
SidetoneEndpoint *sidetone_candidate_get_endpoint (const SidetoneCandidate *self);
SidetoneSecurity sidetone_candidate_get_security (const SidetoneCandidate *self);

gboolean sidetone_candidate_same_service (const SidetoneCandidate *a,
                                          const SidetoneCandidate *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneCandidate, sidetone_candidate_unref)

G_END_DECLS
