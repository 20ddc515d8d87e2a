/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/diagnosis.h"
#include "judge/suspect.h"

G_BEGIN_DECLS

/* Acts that a walkthrough asks for */
#define SIDETONE_WALKTHROUGH_MAX_ACTS 5

/**
 * SidetoneStation:
 * @SIDETONE_STATION_START: nothing was checked yet
 * @SIDETONE_STATION_HERE: a question: whether calls fail on this network, at this time
 * @SIDETONE_STATION_THERE: check where and when they do
 * @SIDETONE_STATION_ACT: do something, and check again; for %SIDETONE_ACT_CHECK_TYPOS a question
 * @SIDETONE_STATION_END: the result
 *
 * What a walkthrough asks for next: one question or one act.
 */
typedef enum
{
  SIDETONE_STATION_START,
  SIDETONE_STATION_HERE,
  SIDETONE_STATION_THERE,
  SIDETONE_STATION_ACT,
  SIDETONE_STATION_END,
} SidetoneStation;

/**
 * SidetoneReplyKind:
 * @SIDETONE_REPLY_CHECKED: a check was made, after the act
 * @SIDETONE_REPLY_YES: of a question
 * @SIDETONE_REPLY_NO: of a question
 * @SIDETONE_REPLY_DONT_KNOW: of a question
 * @SIDETONE_REPLY_CANT: the act can't be done, or the user does not want to
 *
 * What the user gave back at a station.
 */
typedef enum
{
  SIDETONE_REPLY_CHECKED,
  SIDETONE_REPLY_YES,
  SIDETONE_REPLY_NO,
  SIDETONE_REPLY_DONT_KNOW,
  SIDETONE_REPLY_CANT,
} SidetoneReplyKind;

#define SIDETONE_N_REPLIES 5

/**
 * SidetoneReply:
 * @kind: the kind
 * @diagnosis: (nullable): the check's diagnosis
 */
typedef struct
{
  SidetoneReplyKind kind;
  SidetoneDiagnosis *diagnosis;
} SidetoneReply;

/**
 * SidetoneRemark:
 * @SIDETONE_REMARK_NONE: nothing to remark
 * @SIDETONE_REMARK_SAME_NETWORK: the check was made on the same network
 * @SIDETONE_REMARK_VPN_ON: internet traffic still goes through the VPN
 * @SIDETONE_REMARK_WIRELESS: internet traffic still goes through Wi-Fi
 * @SIDETONE_REMARK_NOT_CHECKED: the check failed too early, for another reason
 * @SIDETONE_REMARK_NOT_TESTED: it finished, and did not test what the finding is about
 * @SIDETONE_REMARK_OWN_FAULT: the other network has the same fault, but of its own
 *
 * Why the check after an act tells nothing, so that the same act is asked for again.
 */
typedef enum
{
  SIDETONE_REMARK_NONE,
  SIDETONE_REMARK_SAME_NETWORK,
  SIDETONE_REMARK_VPN_ON,
  SIDETONE_REMARK_WIRELESS,
  SIDETONE_REMARK_NOT_CHECKED,
  SIDETONE_REMARK_NOT_TESTED,
  SIDETONE_REMARK_OWN_FAULT,
} SidetoneRemark;

typedef struct _SidetoneWalkthrough SidetoneWalkthrough;

SidetoneWalkthrough *sidetone_walkthrough_new (const SidetoneReply *replies,
                                               guint                n_replies);
SidetoneWalkthrough *sidetone_walkthrough_new_shown (const SidetoneWalkthrough *self,
                                                     SidetoneDiagnosis         *first,
                                                     SidetoneDiagnosis         *last);
gboolean sidetone_walkthrough_is_worthwhile (const SidetoneDiagnosis *diagnosis);
void sidetone_walkthrough_free (SidetoneWalkthrough *self);

SidetoneStation sidetone_walkthrough_get_station (const SidetoneWalkthrough *self);
SidetoneAct sidetone_walkthrough_get_act (const SidetoneWalkthrough *self);
SidetoneRemark sidetone_walkthrough_get_remark (const SidetoneWalkthrough *self);
SidetoneDiagnosis *sidetone_walkthrough_get_remarked (const SidetoneWalkthrough *self);
gboolean sidetone_walkthrough_offers (const SidetoneWalkthrough *self,
                                      SidetoneReplyKind          reply);
const SidetoneSuspect *sidetone_walkthrough_get_asked (const SidetoneWalkthrough *self);

SidetoneDiagnosis *sidetone_walkthrough_get_first (const SidetoneWalkthrough *self);
SidetoneDiagnosis *sidetone_walkthrough_get_last (const SidetoneWalkthrough *self);
guint sidetone_walkthrough_get_n_suspects (const SidetoneWalkthrough *self);
const SidetoneSuspect *sidetone_walkthrough_get_suspect (const SidetoneWalkthrough *self,
                                                         guint                      index);
guint sidetone_walkthrough_get_declined (const SidetoneWalkthrough *self);
gboolean sidetone_walkthrough_may_be_fixed_by (const SidetoneWalkthrough *self,
                                               SidetoneOwner              owner);
gboolean sidetone_walkthrough_is_elsewhere (const SidetoneWalkthrough *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneWalkthrough, sidetone_walkthrough_free)

G_END_DECLS
