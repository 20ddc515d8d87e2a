/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The glossary: the terms of the pages, in words for users. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/explain.h"

#include <glib/gi18n-lib.h>

/* Those of calls first, then those of networks, then Sidetone's own */
static const SidetoneTerm terms[] = {
  {
    N_("Relay"),
    N_("A server that passes your call on when no direct way works (TURN). Both people send to it, "
       "and it sends on to the other one."),
  },
  {
    N_("Call server"),
    N_("A server that helps calls: a relay, or one that tells an app its address on the internet "
       "(STUN). Your own server names its call servers."),
  },
  {
    N_("Your server"),
    N_("The server of your account: its name stands after the @. It carries messages, and calls "
       "take a way of their own."),
  },
  {
    N_("Direct call"),
    N_("A call that goes straight from one computer to the other, without a relay. That is the "
       "quickest way, and routers often prevent it."),
  },
  {
    N_("Address"),
    N_("The number at which something is reached on the internet, as a telephone is at its number. "
       "At home, several devices mostly share one."),
  },
  {
    N_("Port"),
    N_("A second number after the address, like a telephone's extension: it tells for which app on "
       "the computer something is."),
  },
  {
    N_("NAT"),
    N_("What puts one address in place of another on the way, mostly your router (network address "
       "translation). Others then can't simply reach your computer at its own address."),
  },
  {
    N_("Router"),
    N_("The box between your network and the internet. At home you look after it; elsewhere, the "
       "person who runs the network."),
  },
  {
    N_("Firewall"),
    N_("What lets some connections through and stops others: on a computer, in a router, or in "
       "front of a server."),
  },
  {
    N_("VPN"),
    N_("A tunnel for what your computer sends. To others you then seem to be where the tunnel "
       "ends."),
  },
  {
    N_("UDP, TCP and TLS"),
    N_("UDP is how calls send voices and video: at once, and without waiting for a receipt. TCP "
       "and TLS wait, and get through in networks that block UDP."),
  },
  {
    N_("Packet"),
    N_("The small piece in which voices and video travel, many in a second. When packets get lost, "
       "voices break up."),
  },
  {
    N_("IPv4 and IPv6"),
    N_("The old and the new kind of address, like 198.51.100.1 and 2001:db8::1. Two people can "
       "call each other directly only if both have the same kind."),
  },
  {
    N_("DNS"),
    N_("The internet's phone book: it finds the address for a name. The server that looks it up is "
       "a name server."),
  },
  {
    N_("Certificate"),
    N_("How a server proves that it is the one that you mean. Without a valid one Sidetone sends "
       "no password."),
  },
  {
    N_("Code"),
    N_("A short name for what Sidetone found, such as CALL-18. It is the same in every language, "
       "and can be read out over the telephone."),
  },
  {
    N_("Report"),
    N_("All that a check has seen, as text or as a file. With private details hidden you can post "
       "it."),
  },
};

/**
 * sidetone_terms_get_n:
 *
 * Returns: the number of terms
 */
guint
sidetone_terms_get_n (void)
{
  return G_N_ELEMENTS (terms);
}

/**
 * sidetone_terms_get:
 * @index: less than sidetone_terms_get_n()
 *
 * Returns: (transfer none): the term with that number
 */
const SidetoneTerm *
sidetone_terms_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (terms), NULL);

  return &terms[index];
}
