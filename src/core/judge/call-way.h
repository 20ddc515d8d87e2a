/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/nat-behaviour.h"
#include "judge/services-check.h"

G_BEGIN_DECLS

/**
 * SidetonePartner:
 *
 * Whom somebody calls, by what stands before them. The nick is what a report says.
 */
typedef enum
{
  SIDETONE_PARTNER_OPEN,       /* nothing translates */
  SIDETONE_PARTNER_HOME,       /* endpoint-independent mapping, the narrowest filtering */
  SIDETONE_PARTNER_SYMMETRIC,  /* address- and port-dependent both */
  SIDETONE_PARTNER_MOBILE,     /* the same, by a provider */
  SIDETONE_N_PARTNERS,
} SidetonePartner;

/* How a call with them gets through */
typedef enum
{
  SIDETONE_CALL_WAY_UNKNOWN,
  SIDETONE_CALL_WAY_DIRECT,
  SIDETONE_CALL_WAY_RELAY,
  SIDETONE_CALL_WAY_EITHER,    /* one of the two, and which is not known */
  SIDETONE_CALL_WAY_NONE,
} SidetoneCallWay;

/* Why */
typedef enum
{
  SIDETONE_CALL_REASON_UNKNOWN,
  SIDETONE_CALL_REASON_REACHED,       /* they can be sent to as they are, and answer */
  SIDETONE_CALL_REASON_LET_IN,        /* what they send is let in here */
  SIDETONE_CALL_REASON_BOTH_OPEN,     /* both send at the same time, which lets the other in */
  SIDETONE_CALL_REASON_OWN_PORT,      /* here the port is another one for them than it was told */
  SIDETONE_CALL_REASON_THEIR_PORT,    /* there, and here it is not let in */
  SIDETONE_CALL_REASON_BLOCKED,       /* no UDP gets out here */
  SIDETONE_CALL_REASON_NOT_SEEN,      /* too little is known of what is done here */
} SidetoneCallReason;

typedef struct
{
  SidetoneCallWay way;
  SidetoneCallReason reason;
} SidetoneCall;

#define SIDETONE_TYPE_PARTNER (sidetone_partner_get_type ())
#define SIDETONE_TYPE_CALL_WAY (sidetone_call_way_get_type ())
#define SIDETONE_TYPE_CALL_REASON (sidetone_call_reason_get_type ())

GType sidetone_partner_get_type (void);
GType sidetone_call_way_get_type (void);
GType sidetone_call_reason_get_type (void);

SidetoneCall sidetone_call_judge (SidetonePartner      partner,
                                  SidetoneNatMapping   mapping,
                                  SidetoneNatFiltering filtering,
                                  gboolean             udp_is_blocked,
                                  SidetoneRelay        relay);

G_END_DECLS
