/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe.h"

#include <glib/gi18n-lib.h>

/* Words for calls: which partners they reach, and how. */

/* Untranslated */
static const struct
{
  const char *title;
  const char *network;
} partners[SIDETONE_N_PARTNERS] = {
  [SIDETONE_PARTNER_OPEN] = {
    N_("Someone with a public address"),
    /* Translators: stands in a list: "No way was found to: office networks, mobile data" */
    N_("public addresses"),
  },
  [SIDETONE_PARTNER_HOME] = {
    N_("Someone at home"),
    /* Translators: stands in a list: "No way was found to: home networks, mobile data" */
    N_("home networks"),
  },
  [SIDETONE_PARTNER_SYMMETRIC] = {
    N_("Someone on an office network"),
    /* Translators: stands in a list: "No way was found to: office networks, mobile data" */
    N_("office networks"),
  },
  [SIDETONE_PARTNER_MOBILE] = {
    N_("Someone on mobile data"),
    /* Translators: stands in a list: "No way was found to: office networks, mobile data" */
    N_("mobile data"),
  },
};

/**
 * sidetone_describe_partners:
 * @which: for each kind of network, whether it is meant
 *
 * Returns: (transfer full): the people in these networks, in a few words
 */
char *
sidetone_describe_partners (const gboolean *which)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (SidetonePartner partner = 0; partner < SIDETONE_N_PARTNERS; partner++)
    {
      if (which[partner])
        g_ptr_array_add (titles, (gpointer) _(partners[partner].title));
    }
  if (titles->len == SIDETONE_N_PARTNERS)
    return g_strdup (_("Everyone"));

  g_ptr_array_add (titles, NULL);

  return g_strjoinv (" · ", (char **) titles->pdata);
}

/**
 * sidetone_describe_partner_network:
 * @partner: the called person's network
 *
 * Returns: (transfer none): the kind of network, for a list
 */
const char *
sidetone_describe_partner_network (SidetonePartner partner)
{
  g_return_val_if_fail (partner < SIDETONE_N_PARTNERS, "");

  return _(partners[partner].network);
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
      return _("through the relay");

    case SIDETONE_CALL_WAY_EITHER:
      /* Translators: how a call gets through */
      return _("directly or through the relay");

    case SIDETONE_CALL_WAY_NONE:
      /* Translators: how a call gets through */
      return _("only if their server has a relay");
    }

  /* Translators: how a call gets through */
  return _("not tested");
}

/**
 * sidetone_describe_call:
 * @call: a call
 *
 * Returns: (transfer none): a few words for how it gets through. A relay of the other person's can't
 *   be reached without UDP, and lets in only packets from an address that it was told.
 */
const char *
sidetone_describe_call (const SidetoneCall *call)
{
  if (call->way == SIDETONE_CALL_WAY_NONE &&
      (call->reason == SIDETONE_CALL_REASON_BLOCKED ||
       call->reason == SIDETONE_CALL_REASON_OWN_ADDRESS))
    /* Translators: how a call gets through */
    return _("not at all");

  return sidetone_describe_call_way (call->way);
}

/**
 * sidetone_describe_call_reason:
 * @call: a call
 *
 * Returns: (transfer none): a sentence about why it takes its way
 */
const char *
sidetone_describe_call_reason (const SidetoneCall *call)
{
  /* It gets through in any case. */
  if (call->way == SIDETONE_CALL_WAY_EITHER)
    return _("If no direct way opens, the relay carries the call.");

  switch (call->reason)
    {
    case SIDETONE_CALL_REASON_UNKNOWN:
      break;

    case SIDETONE_CALL_REASON_REACHED:
      return _("Their device can be reached directly.");

    case SIDETONE_CALL_REASON_LET_IN:
      return _("Their router changes port numbers, and yours lets the call in.");

    case SIDETONE_CALL_REASON_BOTH_OPEN:
      return _("Both routers let the call through.");

    case SIDETONE_CALL_REASON_OWN_PORT:
      return _("Your router doesn't let others reach you.");

    case SIDETONE_CALL_REASON_THEIR_PORT:
      return _("The two routers block each other.");

    case SIDETONE_CALL_REASON_BLOCKED:
      return _("Your network blocks UDP, which calls need.");

    case SIDETONE_CALL_REASON_NOT_SEEN:
      return _("Not enough is known about your network.");

    case SIDETONE_CALL_REASON_OWN_ADDRESS:
      return _("Your app tells them only this computer's own address, which is hidden behind your router.");
    }

  g_return_val_if_reached ("");
}

/* A call between two people, each with a report. "First" and "second" are the reports. */

/* For one network, the other one, or both of them. Untranslated */
static const char *const pair_reasons[][3] = {
  [SIDETONE_PAIR_REASON_NOT_SEEN] = {
    N_("Not enough is known about the first network."),
    N_("Not enough is known about the second network."),
    N_("Not enough is known about the two networks."),
  },
  [SIDETONE_PAIR_REASON_SAME_NETWORK] = {
    NULL,
    NULL,
    N_("Both are in the same network, or behind the same provider's address. How calls connect inside it was "
       "not tested."),
  },
  [SIDETONE_PAIR_REASON_IPV6] = {
    NULL,
    NULL,
    N_("Both have IPv6, and both networks let the call through."),
  },
  [SIDETONE_PAIR_REASON_BOTH_OPEN] = {
    NULL,
    NULL,
    N_("Both networks let the call through."),
  },
  [SIDETONE_PAIR_REASON_LET_IN] = {
    N_("The second network changes port numbers, and the first one lets the call in."),
    N_("The first network changes port numbers, and the second one lets the call in."),
    NULL,
  },
  [SIDETONE_PAIR_REASON_PORTS] = {
    NULL,
    NULL,
    N_("The two routers block each other."),
  },
  [SIDETONE_PAIR_REASON_OWN_ADDRESS] = {
    N_("The first person's app tells only its computer's own address, which is hidden behind a router."),
    N_("The second person's app tells only its computer's own address, which is hidden behind a router."),
    N_("Both apps tell only their computers' own addresses, which are hidden behind routers."),
  },
  [SIDETONE_PAIR_REASON_BLOCKED] = {
    N_("The first network blocks UDP, which calls need."),
    N_("The second network blocks UDP, which calls need."),
    N_("Both networks block UDP, which calls need."),
  },
};

/**
 * sidetone_describe_pair:
 * @pair: a call between two people
 *
 * Returns: (transfer none): a sentence about whether it works, and how
 */
const char *
sidetone_describe_pair (const SidetoneCallPair *pair)
{
  switch (pair->way)
    {
    case SIDETONE_CALL_WAY_UNKNOWN:
      break;

    case SIDETONE_CALL_WAY_DIRECT:
      return _("Calls between these two should connect directly.");

    case SIDETONE_CALL_WAY_RELAY:
      return _("Calls between these two should work, through a relay.");

    case SIDETONE_CALL_WAY_EITHER:
      return _("Calls between these two should work, directly or through a relay.");

    case SIDETONE_CALL_WAY_NONE:
      return _("Calls between these two can't work: there is no direct way and no relay.");
    }

  return _("Whether calls between these two work can't be told from the reports.");
}

/**
 * sidetone_describe_pair_reason:
 * @pair: a call between two people
 *
 * Returns: (transfer none): a sentence about why it takes its way
 */
const char *
sidetone_describe_pair_reason (const SidetoneCallPair *pair)
{
  const char *const *words = pair_reasons[pair->reason];
  const char *one = pair->is_meant[0] && !pair->is_meant[1] ? words[0]
                    : pair->is_meant[1] && !pair->is_meant[0] ? words[1] : NULL;

  return _(one != NULL ? one : words[2]);
}

/**
 * sidetone_describe_pair_relays:
 * @pair: a call between two people
 *
 * Returns: (transfer none) (nullable): a sentence about the relays; %NULL if the call needs none
 */
const char *
sidetone_describe_pair_relays (const SidetoneCallPair *pair)
{
  if (pair->way == SIDETONE_CALL_WAY_DIRECT || pair->reason == SIDETONE_PAIR_REASON_OWN_ADDRESS)
    return NULL;

  if (pair->carries[0] && pair->carries[1])
    return _("Either account's relay can carry the call.");
  if (pair->carries[0])
    return _("The first account's relay can carry the call.");
  if (pair->carries[1])
    return _("The second account's relay can carry the call.");
  if (pair->lacks[0] && pair->lacks[1])
    return _("Neither account has a relay that works.");
  if (pair->way == SIDETONE_CALL_WAY_NONE)
    return pair->lacks[0] ? _("The first account has no relay that works.")
           : _("The second account has no relay that works.");
  if (pair->reason == SIDETONE_PAIR_REASON_BLOCKED && pair->is_meant[0] && pair->is_meant[1])
    return _("Whether the relays of both accounts reach each other was not tested.");

  return _("Whether a relay can carry the call is not known.");
}
