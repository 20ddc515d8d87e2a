/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "xmpp/candidates.h"

G_BEGIN_DECLS

typedef struct _SidetoneCandidateQueue SidetoneCandidateQueue;

SidetoneCandidateQueue *sidetone_candidate_queue_new (SidetoneCandidates *candidates,
                                                      GPtrArray          *attempts);
void sidetone_candidate_queue_free (SidetoneCandidateQueue *self);

SidetoneCandidate *sidetone_candidate_queue_take (SidetoneCandidateQueue *self);
gboolean sidetone_candidate_queue_may_grow (SidetoneCandidateQueue *self);
gboolean sidetone_candidate_queue_goes_on (SidetoneCandidateQueue *self);

void sidetone_candidate_queue_put_back (SidetoneCandidateQueue *self,
                                        SidetoneCandidate      *candidate);
void sidetone_candidate_queue_put_other_way (SidetoneCandidateQueue *self,
                                             SidetoneCandidate      *failed,
                                             SidetoneSecurity        chosen);
void sidetone_candidate_queue_rule_out (SidetoneCandidateQueue *self,
                                        SidetoneCandidate      *failed,
                                        gboolean                is_silent);
void sidetone_candidate_queue_close (SidetoneCandidateQueue *self);

G_END_DECLS
