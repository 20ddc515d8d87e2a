/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe.h"

#include <glib/gi18n-lib.h>

/* Words for calls: which partners they reach, and how. */

/**
 * sidetone_describe_partner:
 * @partner: the called person's network
 *
 * Returns: (transfer none): a few words for it
 */
const char *
sidetone_describe_partner (SidetonePartner partner)
{
  switch (partner)
    {
    case SIDETONE_PARTNER_OPEN:
      return _("Somebody on the open internet");

    case SIDETONE_PARTNER_HOME:
      return _("Somebody at home");

    case SIDETONE_PARTNER_SYMMETRIC:
      return _("Somebody in a strict office");

    case SIDETONE_PARTNER_MOBILE:
      return _("Somebody in a mobile network");

    case SIDETONE_N_PARTNERS:
      break;
    }

  g_return_val_if_reached ("");
}

/**
 * sidetone_describe_call_way:
 * @way: a call's way
 *
 * Returns: (transfer none): a few words for it
 */
const char *
sidetone_describe_call_way (SidetoneCallWay way)
{
  switch (way)
    {
    case SIDETONE_CALL_WAY_UNKNOWN:
      break;

    case SIDETONE_CALL_WAY_DIRECT:
      /* Translators: how a call gets through */
      return _("directly");

    case SIDETONE_CALL_WAY_RELAY:
      /* Translators: how a call gets through */
      return _("by the relay");

    case SIDETONE_CALL_WAY_EITHER:
      /* Translators: how a call gets through */
      return _("directly or by the relay");

    case SIDETONE_CALL_WAY_NONE:
      /* Translators: how a call gets through */
      return _("only by a relay of theirs");
    }

  return _("not known");
}

/**
 * sidetone_describe_call_reason:
 * @reason: why a call takes its way
 *
 * Returns: (transfer none): a sentence about it
 */
const char *
sidetone_describe_call_reason (SidetoneCallReason reason)
{
  switch (reason)
    {
    case SIDETONE_CALL_REASON_UNKNOWN:
      break;

    case SIDETONE_CALL_REASON_REACHED:
      return _("Their computer can be reached as it is, and answers where your packets come from.");

    case SIDETONE_CALL_REASON_LET_IN:
      return _("Their network changes the port for you, but yours lets that in.");

    case SIDETONE_CALL_REASON_BOTH_OPEN:
      return _("Both of you send at the same time, which lets the other one in.");

    case SIDETONE_CALL_REASON_OWN_PORT:
      return _("Your network changes the address or port for them, so they can't know where to "
               "send.");

    case SIDETONE_CALL_REASON_THEIR_PORT:
      return _("Their network changes the port for you, and yours does not let that in.");

    case SIDETONE_CALL_REASON_BLOCKED:
      return _("Your network lets no UDP out, by which calls are sent.");

    case SIDETONE_CALL_REASON_NOT_SEEN:
      return _("Too little could be seen of your network.");
    }

  g_return_val_if_reached ("");
}
