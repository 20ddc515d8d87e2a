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
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_NOT_SEEN, "not-seen"),
  G_DEFINE_ENUM_VALUE (SIDETONE_CALL_REASON_OWN_ADDRESS, "own-address"))

/* What each kind of partner's network does to UDP */
static const SidetoneNatFacts partners[SIDETONE_N_PARTNERS] = {
  [SIDETONE_PARTNER_OPEN] = { SIDETONE_NAT_MAPPING_NONE,
                              SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT },
  [SIDETONE_PARTNER_HOME] = { SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT,
                              SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT },
  [SIDETONE_PARTNER_SYMMETRIC] = { SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT,
                                   SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT },
  [SIDETONE_PARTNER_MOBILE] = { SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT,
                                SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT },
};

/**
 * sidetone_call_tells_address:
 * @nat: what a network does to UDP
 *
 * Returns: whether a socket there has the same reflexive address everywhere, which can be signalled to
 *   others (RFC 5128, section 3.3), and is
 */
SidetoneTruth
sidetone_call_tells_address (const SidetoneNatFacts *nat)
{
  switch (nat->mapping)
    {
    case SIDETONE_NAT_MAPPING_NONE:
      return SIDETONE_TRUTH_YES;

    case SIDETONE_NAT_MAPPING_ENDPOINT_INDEPENDENT:
      return nat->is_untold ? SIDETONE_TRUTH_NO : SIDETONE_TRUTH_YES;

    case SIDETONE_NAT_MAPPING_ADDRESS_DEPENDENT:
    case SIDETONE_NAT_MAPPING_ADDRESS_AND_PORT_DEPENDENT:
    case SIDETONE_NAT_MAPPING_ENDPOINT_DEPENDENT:
      return SIDETONE_TRUTH_NO;

    case SIDETONE_NAT_MAPPING_PORT_INDEPENDENT:
      return nat->is_untold ? SIDETONE_TRUTH_NO : SIDETONE_TRUTH_UNKNOWN;

    case SIDETONE_NAT_MAPPING_UNKNOWN:
      break;
    }

  return SIDETONE_TRUTH_UNKNOWN;
}

/* Whether a packet is let in from another port of an address that was sent to; or of any address, if
 * the other one was not told */
static SidetoneTruth
lets_in_others (const SidetoneNatFacts *nat,
                const SidetoneNatFacts *other)
{
  if (other->is_untold && nat->filtering != SIDETONE_NAT_FILTERING_UNKNOWN &&
      nat->filtering != SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT)
    return nat->filtering == SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT ? SIDETONE_TRUTH_YES
           : SIDETONE_TRUTH_NO;

  switch (nat->filtering)
    {
    case SIDETONE_NAT_FILTERING_ENDPOINT_INDEPENDENT:
    case SIDETONE_NAT_FILTERING_ADDRESS_DEPENDENT:
    case SIDETONE_NAT_FILTERING_PORT_INDEPENDENT:
      return SIDETONE_TRUTH_YES;

    case SIDETONE_NAT_FILTERING_ADDRESS_AND_PORT_DEPENDENT:
      return SIDETONE_TRUTH_NO;

    case SIDETONE_NAT_FILTERING_UNKNOWN:
    case SIDETONE_NAT_FILTERING_ENDPOINT_DEPENDENT:
      break;
    }

  return SIDETONE_TRUTH_UNKNOWN;
}

static gboolean
may_be (SidetoneTruth truth,
        gboolean      value)
{
  return truth == SIDETONE_TRUTH_UNKNOWN || (truth == SIDETONE_TRUTH_YES) == value;
}

/* Both signal the right address; or one does, and lets in the other, whose packets come from another
 * port than it signalled. */
static gboolean
opens (gboolean one_tells,
       gboolean one_lets_in,
       gboolean other_tells,
       gboolean other_lets_in)
{
  return (one_tells && (other_tells || one_lets_in)) || (other_tells && other_lets_in);
}

/**
 * sidetone_call_opens:
 * @one: what a network does to UDP
 * @other: what another network does to UDP
 *
 * Says whether a direct way opens between them if both programs follow RFC 8445 (ICE): each signals its
 * server-reflexive address to the other, and sends to the other's.
 *
 * Returns: whether it does, for all that the networks may do
 */
SidetoneTruth
sidetone_call_opens (const SidetoneNatFacts *one,
                     const SidetoneNatFacts *other)
{
  gboolean may_open[2] = { FALSE, FALSE };

  for (guint world = 0; world < 16; world++)
    {
      gboolean tells = (world & 1) != 0;
      gboolean lets_in = (world & 2) != 0;
      gboolean other_tells = (world & 4) != 0;
      gboolean other_lets_in = (world & 8) != 0;

      if (may_be (sidetone_call_tells_address (one), tells) &&
          may_be (lets_in_others (one, other), lets_in) &&
          may_be (sidetone_call_tells_address (other), other_tells) &&
          may_be (lets_in_others (other, one), other_lets_in))
        may_open[opens (tells, lets_in, other_tells, other_lets_in)] = TRUE;
    }

  if (may_open[FALSE] && may_open[TRUE])
    return SIDETONE_TRUTH_UNKNOWN;

  return may_open[TRUE] ? SIDETONE_TRUTH_YES : SIDETONE_TRUTH_NO;
}

static SidetoneCallReason
find_reason (SidetonePartner         partner,
             const SidetoneNatFacts *nat,
             SidetoneTruth           direct)
{
  switch (direct)
    {
    case SIDETONE_TRUTH_UNKNOWN:
      return SIDETONE_CALL_REASON_NOT_SEEN;

    case SIDETONE_TRUTH_NO:
      if (sidetone_call_tells_address (nat) != SIDETONE_TRUTH_NO)
        return SIDETONE_CALL_REASON_THEIR_PORT;

      return nat->is_untold ? SIDETONE_CALL_REASON_OWN_ADDRESS : SIDETONE_CALL_REASON_OWN_PORT;

    case SIDETONE_TRUTH_YES:
      break;
    }

  return partner == SIDETONE_PARTNER_OPEN ? SIDETONE_CALL_REASON_REACHED
         : partner == SIDETONE_PARTNER_HOME ? SIDETONE_CALL_REASON_BOTH_OPEN
         : SIDETONE_CALL_REASON_LET_IN;
}

/**
 * sidetone_call_choose_way:
 * @direct: whether a direct way opens
 * @is_relayed: whether a relay can carry the call
 * @has_no_relay: whether none can
 *
 * Returns: the way that the call takes
 */
SidetoneCallWay
sidetone_call_choose_way (SidetoneTruth direct,
                          gboolean      is_relayed,
                          gboolean      has_no_relay)
{
  if (direct == SIDETONE_TRUTH_YES)
    return SIDETONE_CALL_WAY_DIRECT;
  if (is_relayed)
    return direct == SIDETONE_TRUTH_NO ? SIDETONE_CALL_WAY_RELAY : SIDETONE_CALL_WAY_EITHER;

  return direct == SIDETONE_TRUTH_NO && has_no_relay ? SIDETONE_CALL_WAY_NONE
         : SIDETONE_CALL_WAY_UNKNOWN;
}

/**
 * sidetone_call_judge:
 * @partner: the called person's network
 * @nat: what this network does to UDP
 * @udp_is_blocked: whether this network blocks UDP
 * @relay: whether the account's own relay works for the app
 *
 * Says how a call gets through, by sidetone_call_opens().
 *
 * Returns: the way and its reason
 */
SidetoneCall
sidetone_call_judge (SidetonePartner         partner,
                     const SidetoneNatFacts *nat,
                     gboolean                udp_is_blocked,
                     SidetoneRelay           relay)
{
  SidetoneCall call = { SIDETONE_CALL_WAY_UNKNOWN, SIDETONE_CALL_REASON_BLOCKED };
  SidetoneTruth direct = SIDETONE_TRUTH_NO;

  g_return_val_if_fail (partner < SIDETONE_N_PARTNERS, call);

  if (!udp_is_blocked)
    {
      direct = sidetone_call_opens (nat, &partners[partner]);
      call.reason = find_reason (partner, nat, direct);
    }
  call.way = sidetone_call_choose_way (direct, relay == SIDETONE_RELAY_WORKS,
                                       relay == SIDETONE_RELAY_BROKEN ||
                                       relay == SIDETONE_RELAY_UNUSED ||
                                       relay == SIDETONE_RELAY_NOT_OFFERED);

  return call;
}
