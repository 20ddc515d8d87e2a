/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/nat-check.h"
#include "judge/services-check.h"

G_BEGIN_DECLS

/**
 * SidetonePartner:
 *
 * A call partner's network, by its NAT. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_PARTNER_OPEN,       /* no NAT */
  SIDETONE_PARTNER_HOME,       /* endpoint-independent mapping, the narrowest filtering */
  SIDETONE_PARTNER_SYMMETRIC,  /* address- and port-dependent both */
  SIDETONE_PARTNER_MOBILE,     /* the same, by a provider */
  SIDETONE_N_PARTNERS,
} SidetonePartner;

/* How a call with a partner gets through */
typedef enum
{
  SIDETONE_CALL_WAY_UNKNOWN,
  SIDETONE_CALL_WAY_DIRECT,
  SIDETONE_CALL_WAY_RELAY,
  SIDETONE_CALL_WAY_EITHER,    /* one of the two, unknown which */
  SIDETONE_CALL_WAY_NONE,
} SidetoneCallWay;

/* Why it does */
typedef enum
{
  SIDETONE_CALL_REASON_UNKNOWN,
  SIDETONE_CALL_REASON_REACHED,       /* their address is open, and they answer */
  SIDETONE_CALL_REASON_LET_IN,        /* their packets are let in here */
  SIDETONE_CALL_REASON_BOTH_OPEN,     /* both send at the same time, which opens both NATs */
  SIDETONE_CALL_REASON_OWN_PORT,      /* here each destination gets another port than signalled */
  SIDETONE_CALL_REASON_THEIR_PORT,    /* there each does, and here it is not let in */
  SIDETONE_CALL_REASON_BLOCKED,       /* UDP is blocked here */
  SIDETONE_CALL_REASON_NOT_SEEN,      /* too little is known about this network */
  SIDETONE_CALL_REASON_OWN_ADDRESS,   /* the app tells only the address of this computer, which a NAT hides */
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

SidetoneTruth sidetone_call_tells_address (const SidetoneNatFacts *nat);
SidetoneTruth sidetone_call_opens (const SidetoneNatFacts *one,
                                   const SidetoneNatFacts *other);
SidetoneCallWay sidetone_call_choose_way (SidetoneTruth direct,
                                          gboolean      is_relayed,
                                          gboolean      has_no_relay);
SidetoneCall sidetone_call_judge (SidetonePartner         partner,
                                  const SidetoneNatFacts *nat,
                                  gboolean                udp_is_blocked,
                                  SidetoneRelay           relay);

G_END_DECLS
