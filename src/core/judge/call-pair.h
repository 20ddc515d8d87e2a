/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/diagnosis.h"

G_BEGIN_DECLS

/**
 * SidetonePairReason:
 *
 * Why a call between two people takes its way. The nick is its word in JSON.
 */
typedef enum
{
  SIDETONE_PAIR_REASON_NOT_SEEN,      /* too little is known about the networks that are meant */
  SIDETONE_PAIR_REASON_SAME_NETWORK,  /* both have the same external address */
  SIDETONE_PAIR_REASON_IPV6,          /* both have IPv6, and send at the same time */
  SIDETONE_PAIR_REASON_BOTH_OPEN,     /* both send at the same time, which opens both NATs */
  SIDETONE_PAIR_REASON_LET_IN,        /* the one that is meant lets in the other's packets */
  SIDETONE_PAIR_REASON_PORTS,         /* at least one gives other ports, which the other lets not in */
  SIDETONE_PAIR_REASON_BLOCKED,       /* UDP is blocked in the networks that are meant */
  SIDETONE_PAIR_REASON_OWN_ADDRESS,
} SidetonePairReason;

#define SIDETONE_TYPE_PAIR_REASON (sidetone_pair_reason_get_type ())

GType sidetone_pair_reason_get_type (void);

/**
 * SidetoneCallPair:
 * @way: how a call between the two gets through
 * @reason: why
 * @is_meant: of the first and the second, which network the reason is about
 * @carries: whose account's relay can carry the call, if it needs one
 * @lacks: whose account has no relay that works
 *
 * A call between two people, from what a check of each has seen.
 */
typedef struct
{
  SidetoneCallWay way;
  SidetonePairReason reason;
  gboolean is_meant[2];
  gboolean carries[2];
  gboolean lacks[2];
} SidetoneCallPair;

SidetoneCallPair sidetone_call_pair_judge (const SidetoneDiagnosis *first,
                                           const SidetoneDiagnosis *second);

G_END_DECLS
