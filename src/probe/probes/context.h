/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "net/budget.h"
#include "seen/observation.h"
#include "wire/disco.h"
#include "xmpp/candidates.h"
#include "xmpp/session.h"

G_BEGIN_DECLS

/**
 * SidetoneRunStage:
 *
 * A run's current activity, which selects the row with the spinner.
 */
typedef enum
{
  SIDETONE_RUN_STAGE_UNKNOWN,
  SIDETONE_RUN_STAGE_LOOKING_UP,
  SIDETONE_RUN_STAGE_SIGNING_IN,
  SIDETONE_RUN_STAGE_ASKING,
  SIDETONE_RUN_STAGE_FINISHED,
} SidetoneRunStage;

#define SIDETONE_TYPE_RUN_STAGE (sidetone_run_stage_get_type ())
#define SIDETONE_TYPE_CONTEXT (sidetone_context_get_type ())

GType sidetone_run_stage_get_type (void);

G_DECLARE_FINAL_TYPE (SidetoneContext, sidetone_context, SIDETONE, CONTEXT, GObject)

SidetoneContext *sidetone_context_new (SidetoneAccount * account,
                                       const char *password);

SidetoneAccount *sidetone_context_get_account (SidetoneContext *self);
char *sidetone_context_steal_password (SidetoneContext *self);
void sidetone_context_wipe_password (SidetoneContext *self);
gint64 sidetone_context_get_start (SidetoneContext *self);
gint64 sidetone_context_get_time (SidetoneContext *self);

GListModel *sidetone_context_get_observations (SidetoneContext *self);
void sidetone_context_add (SidetoneContext     *self,
                           SidetoneObservation *observation);
void sidetone_context_observe (SidetoneContext                 *self,
                               const SidetoneObservationFields *fields);
SidetoneBudget *sidetone_context_get_budget (SidetoneContext *self);
SidetoneObservation *sidetone_context_dup_translation (SidetoneContext *self);

SidetoneCandidates *sidetone_context_get_candidates (SidetoneContext *self);
void sidetone_context_set_candidates (SidetoneContext    *self,
                                      SidetoneCandidates *candidates);

SidetoneSession *sidetone_context_get_session (SidetoneContext *self);
void sidetone_context_set_session (SidetoneContext *self,
                                   SidetoneSession *session);

SidetoneDisco *sidetone_context_get_disco (SidetoneContext *self);
gboolean sidetone_context_is_disco_known (SidetoneContext *self);
void sidetone_context_set_disco (SidetoneContext *self,
                                 SidetoneDisco   *disco);

GPtrArray *sidetone_context_get_services (SidetoneContext *self);
void sidetone_context_add_typed_services (SidetoneContext *self,
                                          GPtrArray       *services);
void sidetone_context_set_services (SidetoneContext *self,
                                    GPtrArray       *services);
void sidetone_context_wipe_services (SidetoneContext *self);

GPtrArray *sidetone_context_get_addresses (SidetoneContext *self,
                                           const char      *host);
GTlsDatabase *sidetone_context_get_authorities (SidetoneContext *self);
void sidetone_context_set_addresses (SidetoneContext *self,
                                     const char      *host,
                                     GPtrArray       *addresses);

gboolean sidetone_context_is_nat_known (SidetoneContext *self);
void sidetone_context_set_nat_known (SidetoneContext *self);

guint sidetone_context_get_open_ms (SidetoneContext *self);
void sidetone_context_set_open_ms (SidetoneContext *self,
                                   guint            open_ms);

guint sidetone_context_get_video_kbits (SidetoneContext *self);
void sidetone_context_set_video_kbits (SidetoneContext *self,
                                       guint            kbits);

G_END_DECLS
