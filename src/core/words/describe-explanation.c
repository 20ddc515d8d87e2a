/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"

/* Two sentences on why a finding matters for calls. What holds for titles and advice in
 * words/describe-finding.c holds here: a hint is called one, and nothing is claimed of calls. */

/* For a sign-in that did not come about: what happened, and in the server's own words if it said
 * anything; else what that means for calls. */
static char *
describe_failure (const SidetoneFindingFacts *facts)
{
  g_autofree char *event = sidetone_describe_server_event (facts->error, facts->domain,
                                                           facts->server_text);

  if (facts->server_text != NULL)
    return g_steal_pointer (&event);

  /* Translators: %s is a sentence about why signing in was not possible */
  return g_strdup_printf (_("%s Without signing in nothing can be said about calls."), event);
}

/* What a server says about a wrong password says no more, and may be in any language. */
static char *
describe_wrong_password (const SidetoneFindingFacts *facts)
{
  SidetoneFindingFacts without_text = *facts;

  without_text.server_text = NULL;

  return describe_failure (&without_text);
}

static void
append_count (GString    *string,
              guint       n,
              const char *words)
{
  if (n == 0)
    return;

  if (string->len > 0)
    /* Translators: stands between the parts of a list: "1 refused, 2 did not answer" */
    g_string_append (string, C_("between the parts of a list", ", "));
  g_string_append (string, words);
}

/* Several addresses, each of which may have behaved in its own way */
static char *
describe_silence (const SidetoneFindingFacts *facts)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  guint n = facts->n_refused + facts->n_unreachable + facts->n_silent;
  g_autofree char *refused = NULL;
  g_autofree char *unreachable = NULL;
  g_autofree char *silent = NULL;

  if (n < 2)
    return describe_failure (facts);

  /* Translators: of several tries to connect so many were refused */
  refused = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u was refused", "%u were refused",
                                          facts->n_refused),
                             facts->n_refused);
  /* Translators: of several tries to connect so many ended because no way leads there */
  unreachable = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u found no way there",
                                              "%u found no way there", facts->n_unreachable),
                                 facts->n_unreachable);
  /* Translators: of several tries to connect so many were not answered */
  silent = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u got no answer within 5 seconds",
                                         "%u got no answer within 5 seconds", facts->n_silent),
                            facts->n_silent);
  append_count (counts, facts->n_refused, refused);
  append_count (counts, facts->n_unreachable, unreachable);
  append_count (counts, facts->n_silent, silent);

  /* Translators: %u is two or more; %s is a list such as "1 was refused, 2 got no answer within 5
   * seconds" */
  return g_strdup_printf (_("None of the %u tries to connect got through: %s. Without signing in "
                            "nothing can be said about calls."), n, counts->str);
}

/* What a translation does to the port has a sentence of its own, for it says how hard calls will
 * have it. */
static char *
describe_translation (const char    *explanation,
                      SidetoneChange port)
{
  const char *sentence = NULL;

  switch (port)
    {
    case SIDETONE_CHANGE_UNKNOWN:
      sentence = _("Whether your port changes too is not known.");
      break;

    case SIDETONE_CHANGE_SAME:
      sentence = _("Your port stays the same, which makes it easier.");
      break;

    case SIDETONE_CHANGE_CHANGED:
      sentence = _("Your port changes too, which makes it harder.");
      break;
    }

  /* Two whole sentences */
  return g_strdup_printf ("%s %s", explanation, sentence);
}

/* Two sentences, the second of which says what it is to somebody who sits here */
static char *
describe_lack (const char *lack,
               gboolean    in_the_open)
{
  const char *sentence = in_the_open
                         ? _("Nothing changes your address on the way, so your calls may do "
                             "without.")
                         : _("Calls between people behind routers then often find no way.");

  return g_strdup_printf ("%s %s", lack, sentence);
}

static char *
describe_unknown (SidetoneError error)
{
  g_autofree char *event = sidetone_describe_services_event (error, NULL);

  /* Translators: %s is a sentence about why a server did not tell */
  return g_strdup_printf (_("%s So programs get no help for calls from it in this way."), event);
}

/* Safe to show */
static char *
describe_host (const SidetoneFindingFacts *facts)
{
  if (facts->host == NULL)
    /* Translators: stands for a name or an address in a sentence */
    return g_strdup (_("one of them"));

  return sidetone_text_make_safe (facts->host, SIDETONE_TEXT_MAX_CHARS);
}

static char *
describe_unmade_check (SidetoneFindingKind         kind,
                       const SidetoneFindingFacts *facts)
{
  g_autofree char *event = NULL;

  if (facts->server_text != NULL)
    return sidetone_describe_error_event (facts->error, NULL, facts->server_text);

  if (kind == SIDETONE_FINDING_NOT_OFFERED && facts->announced)
    return g_strdup (_("Your server announces the address check, and then does not make it. This says "
                       "nothing about whether calls work."));

  event = sidetone_describe_error_event (facts->error, NULL, NULL);

  /* Translators: %s is a sentence about why the server named no address */
  return g_strdup_printf (_("%s This says nothing about whether calls work."), event);
}

/**
 * sidetone_describe_explanation:
 * @kind: the conclusion
 * @facts: what the words depend on
 *
 * Says why a conclusion matters for calls.
 *
 * Returns: (transfer full): two sentences; more where the server's own words are among them
 */
char *
sidetone_describe_explanation (SidetoneFindingKind         kind,
                               const SidetoneFindingFacts *facts)
{
  g_autofree char *host = describe_host (facts);

  switch (kind)
    {
    case SIDETONE_FINDING_UNKNOWN:
      break;

    case SIDETONE_FINDING_NOT_OFFERED:
    case SIDETONE_FINDING_FORBIDDEN:
    case SIDETONE_FINDING_NO_ANSWER:
    case SIDETONE_FINDING_BAD_ANSWER:
      return describe_unmade_check (kind, facts);

    case SIDETONE_FINDING_LOCAL_PROXY:
      return g_strdup (_("A program on this computer hands out made-up addresses and connects in "
                         "your place. Calls usually don't pass such a program, and nothing is seen "
                         "of the way around it."));

    case SIDETONE_FINDING_SAME_COMPUTER:
      return g_strdup (_("The check never left this computer. It says nothing about calls to "
                         "people elsewhere."));

    case SIDETONE_FINDING_PORT_UNKNOWN:
      return g_strdup (_("Your server sees this computer's own address. Whether something changes your port "
                         "on the way can't be known from that."));

    case SIDETONE_FINDING_SAME_NETWORK:
      return g_strdup (_("Nothing changes your address on the way to it. That says nothing about "
                         "calls across the internet."));

    case SIDETONE_FINDING_NO_NAT:
      return g_strdup (_("Your server sees this computer's own address and port, so direct calls "
                         "have the best chance. A firewall may still stand in the way."));

    case SIDETONE_FINDING_PORT_TRANSLATION:
      return g_strdup (_("Your server sees this computer's own address, but another port. This "
                         "suggests a router or firewall that rewrites ports, which makes direct "
                         "calls harder."));

    case SIDETONE_FINDING_REWRITTEN_LOCALLY:
      return g_strdup (_("Your server sees another of this computer's own addresses than the one "
                         "that was used. This suggests a VPN, a container or a routing rule here, "
                         "and calls may go another way than expected."));

    case SIDETONE_FINDING_CARRIER_INSIDE:
      return g_strdup (_("Your router changes your address, and your server sees it before your "
                         "provider changes it again. How you look to the rest of the internet "
                         "can't be seen from there."));

    case SIDETONE_FINDING_SERVER_BEHIND_PROXY:
      return g_strdup (_("Your server named an address that can't be yours on the internet. This suggests "
                         "a proxy in front of it, or your own router if the server stands in your "
                         "network, so nothing can be said about what changes your address."));

    case SIDETONE_FINDING_CLAT:
      return describe_translation (_("Your network speaks IPv6 alone, so your IPv4 address is "
                                     "changed on the way and IPv4 calls need help to get through."),
                                   facts->port);

    case SIDETONE_FINDING_NAT64:
      return describe_translation (_("Your network speaks IPv6 alone, so you reach IPv4 by a "
                                     "translator, and calls to people with IPv4 need help to get "
                                     "through."),
                                   facts->port);

    case SIDETONE_FINDING_FAMILY_CHANGED:
      if (facts->local_is_ipv6)
        return g_strdup (_("This computer connects by IPv6, but your server sees an IPv4 address. "
                           "This suggests a translator or a proxy in between, and calls need help "
                           "to get through it."));
      return g_strdup (_("This computer connects by IPv4, but your server sees an IPv6 address. "
                         "This suggests a translator or a proxy in between, and calls need help to "
                         "get through it."));

    case SIDETONE_FINDING_NAT:
      return describe_translation (_("Others can't reach this computer by its own address, so "
                                     "calls need a way through the router or a "
                                     "relay."), facts->port);

    case SIDETONE_FINDING_CGNAT:
      return describe_translation (_("Direct calls often don't get through that, and no setting of "
                                     "your router can change it."), facts->port);

    case SIDETONE_FINDING_INNER_NAT:
      return g_strdup (_("A router between you and your server changes your address, and both of "
                         "you are behind yet another one. How you look to the internet can't be "
                         "seen from there."));

    case SIDETONE_FINDING_NAT66:
      return describe_translation (_("That is unusual for IPv6: others can't reach this computer "
                                     "by its own address, so calls need help to get "
                                     "through."), facts->port);

    case SIDETONE_FINDING_PREFIX_TRANSLATION:
      return describe_translation (_("The part that names your network is swapped on the way, so "
                                     "this computer can't tell others its real address without "
                                     "help."),
                                   facts->port);

    case SIDETONE_FINDING_TRANSLATED_PUBLIC:
      return describe_translation (_("This suggests a VPN, a proxy or a company's firewall, and "
                                     "calls need help to get through it."), facts->port);

    case SIDETONE_FINDING_INCONCLUSIVE:
      return g_strdup (_("This computer's address and the one that your server sees fit no pattern "
                         "that is known. Both are shown as they are."));

    case SIDETONE_FINDING_VPN:
      return g_strdup (_("What is seen here is then the VPN's address and the VPN's way. Calls may "
                         "go around it or be blocked by it."));

    case SIDETONE_FINDING_BROKEN_IPV6:
      return g_strdup (_("This computer has an IPv6 address, but could reach your server by IPv4 "
                         "alone. Everything that tries IPv6 first loses time, calls included."));

    case SIDETONE_FINDING_MAPPING_DEPENDENT:
      return g_strdup (_("Your router or provider gives this computer another address or port for "
                         "each one that it sends to, so it can't tell others where to reach it. A "
                         "relay (TURN) is then the only way to most people behind a router."));

    case SIDETONE_FINDING_SEVERAL_WAYS_OUT:
      return g_strdup (_("Your server and a server for calls see this computer at different "
                         "addresses. This suggests two lines, a VPN for a part of what is sent, or "
                         "a provider with several addresses for you."));

    case SIDETONE_FINDING_CARRIER_BEHIND_ROUTER:
      return g_strdup (_("Your router has no public address: your provider changes the address once more, "
                         "to one that many customers have. Direct calls often don't get through "
                         "that, and no setting of your router can change it."));

    case SIDETONE_FINDING_SECOND_ROUTER:
      return g_strdup (_("The address that others see is not your router's, but that of another one "
                         "further on: a second one where you are, or one of your provider's. Opening "
                         "ports in your own router is not enough then to be reached directly."));

    case SIDETONE_FINDING_SHORT_LIFETIME:
      /* Translators: %u is a number of seconds */
      return g_strdup_printf (_("After %u seconds without a packet nothing is let in any more, and "
                                "programs may send one every 15 seconds alone to keep a way open. "
                                "Calls that are on hold or silent can break off then."),
                              facts->number);

    case SIDETONE_FINDING_NO_SERVICES:
      return describe_lack (_("It names no server that tells programs their address (STUN), and "
                              "none that relays calls (TURN)."), facts->in_the_open);

    case SIDETONE_FINDING_NO_RELAY:
      return describe_lack (_("It names a server that tells programs their address (STUN), but "
                              "none that relays calls (TURN)."), facts->in_the_open);

    case SIDETONE_FINDING_SERVICES_FORBIDDEN:
      return g_strdup (_("Your server does not let this account ask which servers there are for "
                         "calls. So programs that sign in with it get no help for calls."));

    case SIDETONE_FINDING_SERVICES_UNKNOWN:
      return describe_unknown (facts->error);

    case SIDETONE_FINDING_NO_CREDENTIALS:
      return g_strdup (_("A relay (TURN) wants a name and a password, and your server gave none "
                         "with it. Most programs then leave the relay out."));

    case SIDETONE_FINDING_CREDENTIALS_MISSING:
      /* Translators: %s is a name or an address, with a port */
      return g_strdup_printf (_("A relay (TURN) wants a name and a password, and your server gave "
                                "none with %s. Most programs then leave that one out."), host);

    case SIDETONE_FINDING_CREDENTIALS_EXPIRED:
      return g_strdup (_("By your server's own clock, the password that it gave for its relay "
                         "(TURN) is too old. Relays turn such a password away."));

    case SIDETONE_FINDING_CREDENTIALS_SHORT:
      return g_strdup (_("By your server's own clock, the password that it gave for its relay "
                         "(TURN) is good for less than ten minutes. A call that lasts longer may "
                         "lose the relay."));

    case SIDETONE_FINDING_NO_RELAY_OVER_TCP:
      return g_strdup (_("Some networks, as in companies and hotels, let no UDP out. From there "
                         "only a relay (TURN) that speaks TCP or TLS can be of help."));

    case SIDETONE_FINDING_NO_RELAY_OVER_UDP:
      return g_strdup (_("Calls are sent by UDP, and a relay (TURN) that wants TCP or TLS holds "
                         "them up when packets get lost. Some programs, such as Dino, use a relay "
                         "over UDP alone."));

    case SIDETONE_FINDING_SERVICE_NOT_FOUND:
      /* Translators: %s is a name */
      return g_strdup_printf (_("Your server names %s for calls, and the name server knows no "
                                "address of it. So no program can use it."), host);

    case SIDETONE_FINDING_SERVICE_PRIVATE:
      /* Translators: %s is a name or an address */
      return g_strdup_printf (_("Your server names %s for calls, whose address means nothing on "
                                "the internet. People outside its network can't use it."), host);

    case SIDETONE_FINDING_SERVICES_IPV4_ONLY:
      return g_strdup (_("This computer has IPv6 alone, and what your server names for calls has "
                         "IPv4 addresses alone. Most programs find no way from the one to the "
                         "other."));

    case SIDETONE_FINDING_RELAYS_IPV6_ONLY:
      return g_strdup (_("What your server names as a relay (TURN) has IPv6 addresses alone, and many "
                         "networks have no IPv6. Some programs, such as Dino, look for an IPv4 "
                         "address alone."));

    case SIDETONE_FINDING_UDP_BLOCKED:
    case SIDETONE_FINDING_SERVICE_SILENT:
    case SIDETONE_FINDING_CREDENTIALS_REFUSED:
    case SIDETONE_FINDING_RELAY_CERTIFICATE:
    case SIDETONE_FINDING_RELAY_TRANSPORT:
    case SIDETONE_FINDING_RELAY_CLOSED:
    case SIDETONE_FINDING_RELAY_ADDRESS:
    case SIDETONE_FINDING_RELAY_FORBIDDEN:
    case SIDETONE_FINDING_RELAY_FULL:
    case SIDETONE_FINDING_RELAY_ERROR:
    case SIDETONE_FINDING_RELAY_PAIR:
    case SIDETONE_FINDING_PACKETS_LOST:
    case SIDETONE_FINDING_LARGE_PACKETS_LOST:
    case SIDETONE_FINDING_LONG_DELAY:
    case SIDETONE_FINDING_ADDRESS_REWRITTEN:
    case SIDETONE_FINDING_STUN_ERROR:
      return sidetone_describe_test_explanation (kind, facts, host);

    case SIDETONE_FINDING_SERVER_SILENT:
      return describe_silence (facts);

    case SIDETONE_FINDING_WRONG_PASSWORD:
      return describe_wrong_password (facts);

    case SIDETONE_FINDING_OFFLINE:
    case SIDETONE_FINDING_NAME_NOT_FOUND:
    case SIDETONE_FINDING_DNS_SILENT:
    case SIDETONE_FINDING_CERTIFICATE:
    case SIDETONE_FINDING_NO_SECURITY:
    case SIDETONE_FINDING_ACCOUNT_REFUSED:
    case SIDETONE_FINDING_NOT_XMPP:
    case SIDETONE_FINDING_SERVER_REFUSES:
    case SIDETONE_FINDING_CONNECTION_LOST:
    case SIDETONE_FINDING_CONNECTION_BROKEN:
      return describe_failure (facts);
    }

  g_return_val_if_reached (g_strdup (""));
}
