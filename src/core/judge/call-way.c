/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/call-way.h"

/* A call's way between two NATs (ICE, RFC 8445; RFC 5128, section 3.3). */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetonePartner, sidetone_partner,
  G_DEFINE_ENUM_VALUE (SIDETONE_PARTNER_OPEN, "open"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PARTNER_HOME, "home"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PARTNER_SYMMETRIC, "symmetric"),
  G_DEFINE_ENUM_VALUE (SIDETONE_PARTNER_MOBILE, "mobile"))

G_DEFINE_ENUM_TYPE (
  SidetoneCallWay, sidetone_call_way,
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_WAY_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_WAY_DIRECT, "direct"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_WAY_RELAY, "relay"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_WAY_EITHER, "either"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_WAY_NONE, "none"))

G_DEFINE_ENUM_TYPE (
  SidetoneCallReason, sidetone_call_reason,
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_REACHED, "reached"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_LET_IN, "let-in"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_BOTH_OPEN, "both-open"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_OWN_PORT, "own-port"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_THEIR_PORT, "their-port"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_BLOCKED, "blocked"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_NOT_SEEN, "not-seen"))

/* Whether a direct path opens */
typedef enum
{
  NO,
  YES,
  PERHAPS,
} Opens;

/* A socket with the same reflexive address everywhere can be signalled to others (RFC 5128, section
 * 3.3). */
static Opens
is_told_right (SidetoneNatMapping mapping)
{
  switch (mapping)
    {
    case SIDETONE_NAT_MAPPING_NONE:
    case SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT:
      return YES;

    case SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT:
    case SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT:
    case SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT:
      return NO;

    case SIDETONE_NAT_MAPPING_UNKNOWN:
    case SIDETONE_NAT_MAPPING_PORT_INDEPENDENT:
      break;
    }

  return PERHAPS;
}

/* Whether a packet is let in from another port of an address that was sent to */
static Opens
lets_in_other_ports (SidetoneNatFiltering filtering)
{
  switch (filtering)
    {
    case SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT:
    case SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT:
    case SIDETONE_NAT_FILTERING_PORT_INDEPENDENT:
      return YES;

    case SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT:
      return NO;

    case SIDETONE_NAT_FILTERING_UNKNOWN:
    case SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT:
      break;
    }

  return PERHAPS;
}

static Opens
judge_symmetric (SidetoneNatMapping   mapping,
                 SidetoneNatFiltering filtering,
                 SidetoneCallReason  *reason)
{
  Opens told = is_told_right (mapping);
  Opens let_in = lets_in_other_ports (filtering);

  *reason = SIDETONE_CALL_REASON_OWN_PORT;
  if (told == NO)
    return NO;

  *reason = SIDETONE_CALL_REASON_THEIR_PORT;
  if (let_in == NO)
    return NO;

  *reason = SIDETONE_CALL_REASON_NOT_SEEN;
  if (told == PERHAPS || let_in == PERHAPS)
    return PERHAPS;

  *reason = SIDETONE_CALL_REASON_LET_IN;
  return YES;
}

static Opens
judge_direct (SidetonePartner      partner,
              SidetoneNatMapping   mapping,
              SidetoneNatFiltering filtering,
              SidetoneCallReason  *reason)
{
  switch (partner)
    {
    case SIDETONE_PARTNER_OPEN:
      *reason = SIDETONE_CALL_REASON_REACHED;
      return YES;

    case SIDETONE_PARTNER_HOME:
      *reason = is_told_right (mapping) == YES ? SIDETONE_CALL_REASON_BOTH_OPEN
                : is_told_right (mapping) == NO ? SIDETONE_CALL_REASON_OWN_PORT
                : SIDETONE_CALL_REASON_NOT_SEEN;
      return is_told_right (mapping);

    case SIDETONE_PARTNER_SYMMETRIC:
    case SIDETONE_PARTNER_MOBILE:
      return judge_symmetric (mapping, filtering, reason);

    case SIDETONE_N_PARTNERS:
      break;
    }

  g_return_val_if_reached (PERHAPS);
}

/**
 * sidetone_call_judge:
 * @partner: the called person's network
 * @mapping: this network's mapping
 * @filtering: this network's filtering
 * @udp_is_blocked: whether this network blocks UDP
 * @relay: whether the account's own relay works
 *
 * Says how a call gets through if both programs follow RFC 8445 (ICE): each signals its
 * server-reflexive address to the other, and sends to the other's.
 *
 * Returns: the way and its reason
 */
SidetoneCall
sidetone_call_judge (SidetonePartner      partner,
                     SidetoneNatMapping   mapping,
                     SidetoneNatFiltering filtering,
                     gboolean             udp_is_blocked,
                     SidetoneRelay        relay)
{
  SidetoneCall call = { SIDETONE_CALL_WAY_UNKNOWN, SIDETONE_CALL_REASON_BLOCKED };
  Opens opens = udp_is_blocked ? NO : judge_direct (partner, mapping, filtering, &call.reason);

  if (opens == YES)
    call.way = SIDETONE_CALL_WAY_DIRECT;
  else if (relay == SIDETONE_RELAY_WORKS)
    call.way = opens == NO ? SIDETONE_CALL_WAY_RELAY : SIDETONE_CALL_WAY_EITHER;
  else if (opens == NO && (relay == SIDETONE_RELAY_BROKEN || relay == SIDETONE_RELAY_NOT_OFFERED))
    call.way = SIDETONE_CALL_WAY_NONE;

  return call;
}
