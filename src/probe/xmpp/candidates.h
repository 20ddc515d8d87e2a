/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib-object.h>

#include "xmpp/candidate.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_CANDIDATES (sidetone_candidates_get_type ())
G_DECLARE_FINAL_TYPE (SidetoneCandidates, sidetone_candidates, SIDETONE, CANDIDATES, GObject)

SidetoneCandidates *sidetone_candidates_new (void);

void sidetone_candidates_add (SidetoneCandidates *self,
                              SidetoneCandidate  *candidate);
void sidetone_candidates_end (SidetoneCandidates *self);

gboolean sidetone_candidates_contain (SidetoneCandidates *self,
                                      SidetoneEndpoint   *endpoint,
                                      SidetoneSecurity    security);
guint sidetone_candidates_get_n (SidetoneCandidates *self);
SidetoneCandidate *sidetone_candidates_get (SidetoneCandidates *self,
                                            guint               index);
gboolean sidetone_candidates_have_ended (SidetoneCandidates *self);

G_END_DECLS
