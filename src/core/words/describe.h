/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "address/address-scope.h"
#include "base/error.h"
#include "judge/call-pair.h"
#include "judge/diagnosis.h"
#include "judge/failure.h"
#include "judge/hop.h"
#include "judge/host-result.h"
#include "judge/step.h"
#include "judge/walkthrough.h"
#include "seen/service-result.h"
#include "wire/service.h"

G_BEGIN_DECLS

/* Words for enums, errors and observations. The only place in core with text for the user. */

/**
 * SidetoneDetail:
 * @title: the title
 * @value: the value; safe to show, but may have many lines
 * @verbatim: whether every character counts, as in an address, a fingerprint or a raw answer: it is
 *   set in a monospaced font
 *
 * One row of an observation's details.
 */
typedef struct
{
  char *title;
  char *value;
  gboolean verbatim;
} SidetoneDetail;

/**
 * SidetoneTimeTraits:
 * @SIDETONE_TIME_TWELVE_HOURS: the desktop's clock shows 12 hours, not 24
 * @SIDETONE_TIME_OF_REPORT: it is a report from a file, not a check of this window
 * @SIDETONE_TIME_IN_SHORT: there is little room
 *
 * How to say when a check was made.
 */
typedef enum
{
  SIDETONE_TIME_TWELVE_HOURS = 1 << 0,
  SIDETONE_TIME_OF_REPORT = 1 << 1,
  SIDETONE_TIME_IN_SHORT = 1 << 2,
} SidetoneTimeTraits;

const char *sidetone_describe_scope (SidetoneAddressScope scope);
const char *sidetone_describe_owner (SidetoneOwner owner);
char *sidetone_describe_owners (SidetoneFinding *finding);
const char *sidetone_describe_severity (SidetoneSeverity severity);
char *sidetone_describe_partners (const gboolean *which);
const char *sidetone_describe_partner_network (SidetonePartner partner);
const char *sidetone_describe_app (SidetoneApp app);
char *sidetone_describe_app_apart (SidetoneApp app);
char *sidetone_describe_apps (gboolean ( *fits ) (const SidetoneAppFacts *facts));
const char *sidetone_describe_call (const SidetoneCall *call);
const char *sidetone_describe_call_way (SidetoneCallWay way);
const char *sidetone_describe_call_reason (const SidetoneCall *call);
const char *sidetone_describe_pair (const SidetoneCallPair *pair);
const char *sidetone_describe_pair_reason (const SidetoneCallPair *pair);
const char *sidetone_describe_pair_relays (const SidetoneCallPair *pair);
const char *sidetone_describe_state (SidetoneState state);
const char *sidetone_describe_rival (const SidetoneRival *rival);
char *sidetone_describe_finding_title (SidetoneFinding *finding);
char *sidetone_describe_finding_explanation (SidetoneFinding *finding);
char *sidetone_describe_finding_advice (SidetoneFinding *finding);

/**
 * SidetoneSettingWords:
 * @title: the program and its file
 * @text: lines of the file
 *
 * A setting that a server's administrator can paste.
 */
typedef struct
{
  const char *title;
  char *text;
} SidetoneSettingWords;

char *sidetone_describe_requirement (SidetoneFinding *finding);
GPtrArray *sidetone_describe_settings (SidetoneFinding         *finding,
                                       const SidetoneDiagnosis *diagnosis);
char *sidetone_describe_server_program (const SidetoneDiagnosis *diagnosis);
char *sidetone_describe_relay_program (const SidetoneDiagnosis *diagnosis,
                                       SidetoneFinding         *finding);
char *sidetone_describe_headline (const SidetoneDiagnosis *diagnosis);
const char *sidetone_describe_outcome (const SidetoneDiagnosis *diagnosis);
char *sidetone_describe_verdict (const SidetoneDiagnosis *diagnosis);
gboolean sidetone_describe_verdict_names_relay (const SidetoneDiagnosis *diagnosis);
char *sidetone_describe_remedy (const SidetoneDiagnosis *diagnosis);
const char *sidetone_describe_whose (void);
char *sidetone_describe_codes (const SidetoneDiagnosis *diagnosis);
char *sidetone_describe_reason (const SidetoneDiagnosis *diagnosis);
char *sidetone_describe_event (const SidetoneDiagnosis *diagnosis);
const char *sidetone_describe_change (SidetoneChange change);
const char *sidetone_describe_next_step (SidetoneNextStep next_step);
const char *sidetone_describe_progress (SidetoneProgress progress);
char *sidetone_describe_duration (gint64 duration_us);
char *sidetone_describe_time (GDateTime *time);
char *sidetone_describe_checked (GDateTime         *checked,
                                 GDateTime         *now,
                                 SidetoneTimeTraits traits);
char *sidetone_describe_address (SidetoneEndpoint *endpoint);
char *sidetone_describe_port (SidetoneEndpoint *endpoint);
const char *sidetone_describe_transport (const SidetoneService *service);
const char *sidetone_describe_skipped (SidetoneSkipReason reason);
char *sidetone_describe_lifetime (SidetoneObservation *observation);
char *sidetone_describe_lifetime_verdict (SidetoneObservation *observation);
char *sidetone_describe_video (SidetoneObservation *observation);
char *sidetone_describe_video_verdict (const SidetoneEvidence *evidence,
                                       SidetoneObservation    *observation);
char *sidetone_describe_video_progress (guint kbits);
char *sidetone_describe_open_so_far (guint open_ms);
char *sidetone_describe_measuring (guint open_ms);
char *sidetone_describe_loss (double loss);
char *sidetone_describe_mapped (SidetoneEndpoint *mapped);
char *sidetone_describe_secret (const char *jid);
char *sidetone_describe_service_title (const SidetoneServiceResult *result);
char *sidetone_describe_service_entry (const SidetoneServiceResult *result);
char *sidetone_describe_service_summary (const SidetoneServiceResult *result);
char *sidetone_describe_service_trips (const SidetoneServiceResult *result);
char *sidetone_describe_host_title (const SidetoneHostResult *host);
char *sidetone_describe_host_marks (const SidetoneHostResult *host);
char *sidetone_describe_host_in_words (const SidetoneHostResult *host);
char *sidetone_describe_host_faults (const SidetoneHostResult *host);
char *sidetone_describe_hosts (GPtrArray *hosts,
                               gboolean   running);

const char *sidetone_describe_error_in_short (const GError *error);
char *sidetone_describe_error (SidetoneError error,
                               const char   *name,
                               const char   *server_text);
char *sidetone_describe_observation_title (SidetoneObservation *observation);
char *sidetone_describe_observation_summary (SidetoneObservation *observation);

const char *sidetone_describe_hop_title (const SidetoneHop *hop);
char *sidetone_describe_hop (const SidetoneHop       *hop,
                             const SidetoneDiagnosis *diagnosis);
GPtrArray *sidetone_describe_hop_details (const SidetoneHop       *hop,
                                          const SidetoneDiagnosis *diagnosis);
char *sidetone_describe_way (const SidetoneDiagnosis *diagnosis);

char *sidetone_describe_step_title (const SidetoneStep *step);
char *sidetone_describe_step_summary (const SidetoneStep *step);
char *sidetone_describe_step_number (const SidetoneStep *step);
char *sidetone_describe_steps (GPtrArray *steps);
char *sidetone_describe_unreached (GPtrArray *steps);
char *sidetone_describe_running_step (GPtrArray *steps);

char *sidetone_describe_station (const SidetoneWalkthrough *walkthrough);
char *sidetone_describe_station_reason (const SidetoneWalkthrough *walkthrough);
char *sidetone_describe_remark (const SidetoneWalkthrough *walkthrough);
const char *sidetone_describe_reply (const SidetoneWalkthrough *walkthrough,
                                     SidetoneReplyKind          reply);
GPtrArray *sidetone_describe_exclusions (const SidetoneWalkthrough *walkthrough);
GPtrArray *sidetone_describe_result (const SidetoneWalkthrough *walkthrough);

GPtrArray *sidetone_describe_details (SidetoneObservation *observation);
GPtrArray *sidetone_describe_certificate (SidetoneObservation *observation);
void sidetone_detail_free (SidetoneDetail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneDetail, sidetone_detail_free)

G_END_DECLS
