/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"

/* Titles say what is so in at most eight words, explanations why it matters for calls in at most
 * two sentences, advice one act of one person. What the address check shows is a hint (XEP-0279,
 * section 1), and calls were not tried: the words may claim neither. */

static char *
describe_title (SidetoneFindingKind         kind,
                const SidetoneFindingFacts *facts,
                const char                 *server)
{
  switch (kind)
    {
    case SIDETONE_FINDING_UNKNOWN:
      break;

    case SIDETONE_FINDING_NOT_OFFERED:
      return g_strdup (_("Your server can't tell which address it sees"));

    case SIDETONE_FINDING_FORBIDDEN:
      return g_strdup (_("Your server won't tell which address it sees"));

    case SIDETONE_FINDING_NO_ANSWER:
      return g_strdup (_("Your server left the question unanswered"));

    case SIDETONE_FINDING_BAD_ANSWER:
      return g_strdup (_("Your server's answer has no usable address"));

    case SIDETONE_FINDING_LOCAL_PROXY:
      return g_strdup (_("A proxy program handles your connections"));

    case SIDETONE_FINDING_SAME_COMPUTER:
      return g_strdup (_("Your server runs on this computer"));

    case SIDETONE_FINDING_PORT_UNKNOWN:
      return g_strdup (_("Your server named no port"));

    case SIDETONE_FINDING_SAME_NETWORK:
      return g_strdup (_("Your server is on your own network"));

    case SIDETONE_FINDING_NO_NAT:
      return g_strdup (_("Nothing changes your address"));

    case SIDETONE_FINDING_PORT_TRANSLATION:
      return g_strdup (_("Something changes your port"));

    case SIDETONE_FINDING_REWRITTEN_LOCALLY:
      return g_strdup (_("This computer itself changes your address"));

    case SIDETONE_FINDING_CARRIER_INSIDE:
      return g_strdup (_("Your server is inside your provider's network"));

    case SIDETONE_FINDING_SERVER_BEHIND_PROXY:
      return g_strdup (_("Something in front of your server hides you"));

    case SIDETONE_FINDING_CLAT:
      return g_strdup (_("Your provider carries IPv4 inside IPv6"));

    case SIDETONE_FINDING_NAT64:
      return g_strdup (_("Your provider translates IPv6 to IPv4"));

    case SIDETONE_FINDING_FAMILY_CHANGED:
      return g_strdup (_("Your address changes its kind on the way"));

    case SIDETONE_FINDING_NAT:
      return g_strdup (_("Your router changes your address"));

    case SIDETONE_FINDING_CGNAT:
      return g_strdup (_("Your provider shares one address among customers"));

    case SIDETONE_FINDING_INNER_NAT:
      return g_strdup (_("Your address changes inside a private network"));

    case SIDETONE_FINDING_NAT66:
      return g_strdup (_("Your router changes your IPv6 address"));

    case SIDETONE_FINDING_PREFIX_TRANSLATION:
      return g_strdup (_("Your router changes half your IPv6 address"));

    case SIDETONE_FINDING_TRANSLATED_PUBLIC:
      return g_strdup (_("Your address is replaced on the way"));

    case SIDETONE_FINDING_INCONCLUSIVE:
      return g_strdup (_("The two addresses allow no conclusion"));

    case SIDETONE_FINDING_VPN:
      return g_strdup (_("Your connection goes through a VPN"));

    case SIDETONE_FINDING_BROKEN_IPV6:
      return g_strdup (_("IPv6 is announced here but does not work"));

    case SIDETONE_FINDING_NO_SERVICES:
      return g_strdup (_("Your server offers nothing for calls"));

    case SIDETONE_FINDING_NO_RELAY:
      return g_strdup (_("Your server offers no relay for calls"));

    case SIDETONE_FINDING_SERVICES_FORBIDDEN:
      return g_strdup (_("Your server won't tell what calls can use"));

    case SIDETONE_FINDING_SERVICES_UNKNOWN:
      return g_strdup (_("What your server offers for calls is unknown"));

    case SIDETONE_FINDING_NO_CREDENTIALS:
      return g_strdup (_("Your server offers its relay without a password"));

    case SIDETONE_FINDING_CREDENTIALS_MISSING:
      return g_strdup (_("Not every relay came with a password"));

    case SIDETONE_FINDING_CREDENTIALS_EXPIRED:
      return g_strdup (_("The relay's password has run out"));

    case SIDETONE_FINDING_CREDENTIALS_SHORT:
      return g_strdup (_("The relay's password soon runs out"));

    case SIDETONE_FINDING_NO_RELAY_OVER_TCP:
      return g_strdup (_("The relay for calls speaks UDP only"));

    case SIDETONE_FINDING_NO_RELAY_OVER_UDP:
      return g_strdup (_("The relay for calls does not speak UDP"));

    case SIDETONE_FINDING_SERVICE_NOT_FOUND:
      return g_strdup (_("A server for calls was not found"));

    case SIDETONE_FINDING_SERVICE_PRIVATE:
      return g_strdup (_("A server for calls has a private address"));

    case SIDETONE_FINDING_SERVICES_IPV4_ONLY:
      return g_strdup (_("The servers for calls have no IPv6 address"));

    case SIDETONE_FINDING_RELAYS_IPV6_ONLY:
      return g_strdup (_("The relay for calls has no IPv4 address"));

    case SIDETONE_FINDING_UDP_BLOCKED:
      return g_strdup (_("This network blocks the usual way of calls"));

    case SIDETONE_FINDING_SERVICE_SILENT:
      return g_strdup (_("A server for calls does not answer"));

    case SIDETONE_FINDING_CREDENTIALS_REFUSED:
      return g_strdup (_("The relay refuses the password it came with"));

    case SIDETONE_FINDING_RELAY_CERTIFICATE:
      return g_strdup (_("The relay's certificate is not good"));

    case SIDETONE_FINDING_RELAY_TRANSPORT:
      return g_strdup (_("A server for calls answers only partly"));

    case SIDETONE_FINDING_RELAY_CLOSED:
      return g_strdup (_("Nothing can be sent to the relay"));

    case SIDETONE_FINDING_RELAY_ADDRESS:
      return g_strdup (_("The relay gives out a wrong address"));

    case SIDETONE_FINDING_RELAY_FORBIDDEN:
      return g_strdup (_("The relay forbids what calls need"));

    case SIDETONE_FINDING_RELAY_FULL:
      return g_strdup (_("The relay has no place left"));

    case SIDETONE_FINDING_RELAY_ERROR:
      return g_strdup (_("The relay answers with an error"));

    case SIDETONE_FINDING_RELAY_PAIR:
      return g_strdup (_("Two people can't both use the relay"));

    case SIDETONE_FINDING_PACKETS_LOST:
      return g_strdup (_("Packets get lost on the way"));

    case SIDETONE_FINDING_LARGE_PACKETS_LOST:
      return g_strdup (_("Large packets don't get through"));

    case SIDETONE_FINDING_LONG_DELAY:
      return g_strdup (_("Packets take long on the way"));

    case SIDETONE_FINDING_ADDRESS_REWRITTEN:
      return g_strdup (_("Something rewrites what servers tell you"));

    case SIDETONE_FINDING_STUN_ERROR:
      return g_strdup (_("A server for calls answers with an error"));

    case SIDETONE_FINDING_MAPPING_DEPENDENT:
      return g_strdup (_("Calls from this network often need a relay"));

    case SIDETONE_FINDING_SEVERAL_WAYS_OUT:
      return g_strdup (_("Calls and messages leave by different addresses"));

    case SIDETONE_FINDING_SHORT_LIFETIME:
      return g_strdup (_("Your network closes silent calls too soon"));

    case SIDETONE_FINDING_CARRIER_BEHIND_ROUTER:
      return g_strdup (_("Your provider changes your address once more"));

    case SIDETONE_FINDING_SECOND_ROUTER:
      return g_strdup (_("There is another router behind your router"));

    case SIDETONE_FINDING_OFFLINE:
      return g_strdup (_("This computer is offline"));

    case SIDETONE_FINDING_NAME_NOT_FOUND:
      if (facts->error == SIDETONE_ERROR_NOT_OFFERED_BY_DNS)
        /* Translators: %s is the name of a server, or "Your server" */
        return g_strdup_printf (_("%s has no XMPP accounts"), server);
      /* Translators: %s is the name of a server, or "Your server" */
      return g_strdup_printf (_("%s was not found"), server);

    case SIDETONE_FINDING_DNS_SILENT:
      return g_strdup (_("Names can't be looked up here"));

    case SIDETONE_FINDING_SERVER_SILENT:
      if (facts->error == SIDETONE_ERROR_TIMED_OUT)
        return g_strdup (_("The time for the check ran out"));
      if (facts->error == SIDETONE_ERROR_CONNECTION_REFUSED)
        /* Translators: %s is the name of a server, or "Your server" */
        return g_strdup_printf (_("%s refuses connections"), server);
      if (facts->error == SIDETONE_ERROR_UNREACHABLE)
        /* Translators: %s is the name of a server, or "Your server" */
        return g_strdup_printf (_("%s can't be reached from here"), server);
      /* Translators: %s is the name of a server, or "Your server" */
      return g_strdup_printf (_("%s does not answer"), server);

    case SIDETONE_FINDING_CERTIFICATE:
      if (facts->error == SIDETONE_ERROR_BAD_CA_FILE)
        return g_strdup (_("The file with certificates can't be used"));
      return g_strdup (_("This may not be your server"));

    case SIDETONE_FINDING_NO_SECURITY:
      if (facts->error == SIDETONE_ERROR_WEAK_MECHANISMS)
        return g_strdup (_("Your server offers no safe sign-in"));
      return g_strdup (_("No secure connection could be made"));

    case SIDETONE_FINDING_WRONG_PASSWORD:
      if (facts->error == SIDETONE_ERROR_PASSWORD_MISSING)
        return g_strdup (_("The password is missing"));
      return g_strdup (_("The password was not accepted"));

    case SIDETONE_FINDING_ACCOUNT_REFUSED:
      return g_strdup (_("Your server does not let this account in"));

    case SIDETONE_FINDING_NOT_XMPP:
      if (facts->error == SIDETONE_ERROR_HTTP_ANSWER)
        return g_strdup (_("A web server answers instead"));
      return g_strdup (_("Something else answers there"));

    case SIDETONE_FINDING_SERVER_REFUSES:
      if (facts->error == SIDETONE_ERROR_HOST_UNKNOWN)
        return g_strdup (_("The wrong server answers"));
      return g_strdup (_("Your server did not finish the sign-in"));

    case SIDETONE_FINDING_CONNECTION_LOST:
      return g_strdup (_("The connection broke off"));

    case SIDETONE_FINDING_CONNECTION_BROKEN:
      if (facts->error == SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING)
        return g_strdup (_("A part of Sidetone is missing"));
      if (facts->error == SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED)
        return g_strdup (_("The connection program ended too early"));
      return g_strdup (_("The check could not go on"));
    }

  g_return_val_if_reached (g_strdup (""));
}

static const char *
describe_relay_advice (SidetoneRelay relay)
{
  switch (relay)
    {
    case SIDETONE_RELAY_UNKNOWN:
      break;

    case SIDETONE_RELAY_OFFERED:
      return _("Ask your server's administrator about the relay for calls (TURN) if calls don't work: the "
               "server offers one, and it was not tried here.");

    case SIDETONE_RELAY_NOT_OFFERED:
      return _("Ask your server's administrator for a relay for calls (TURN).");

    case SIDETONE_RELAY_WORKS:
      return _("Have the other person check too if calls don't work: from here your server's relay "
               "carries them.");

    case SIDETONE_RELAY_BROKEN:
      return _("Ask your server's administrator to mend the relay for calls (TURN).");
    }

  return _("Ask your server's administrator whether the server offers a relay for calls (TURN).");
}

static const char *
describe_advice (SidetoneFindingKind         kind,
                 const SidetoneFindingFacts *facts)
{
  switch (kind)
    {
    case SIDETONE_FINDING_UNKNOWN:
      break;

    case SIDETONE_FINDING_NOT_OFFERED:
      /* Translators: the last part names modules of two server programs */
      return _("Ask your server's administrator to switch on the address check (XEP-0279; in "
               "ejabberd mod_sic, in Prosody mod_ipcheck).");

    case SIDETONE_FINDING_LOCAL_PROXY:
      return _("Switch the proxy program off and check again.");

    case SIDETONE_FINDING_SAME_COMPUTER:
    case SIDETONE_FINDING_SAME_NETWORK:
    case SIDETONE_FINDING_INNER_NAT:
      return _("Check again with an account on a server on the internet.");

    case SIDETONE_FINDING_PORT_UNKNOWN:
      return _("Ask your server's administrator for an address check that names the port too "
               "(XEP-0279).");

    case SIDETONE_FINDING_NO_NAT:
      return _("Look at your firewall first if calls don't work.");

    case SIDETONE_FINDING_PORT_TRANSLATION:
      return _("Look for a setting of your router that changes ports, and switch it off.");

    case SIDETONE_FINDING_REWRITTEN_LOCALLY:
      return _("Switch off each VPN and container network that you can do without, and check "
               "again.");

    case SIDETONE_FINDING_CARRIER_INSIDE:
      return _("Check again with an account on a server outside your provider's network.");

    case SIDETONE_FINDING_SERVER_BEHIND_PROXY:
      return _("Ask your server's administrator to let the proxy pass on clients' addresses (PROXY "
               "protocol), or check from outside if the server stands in your network.");

    case SIDETONE_FINDING_CLAT:
    case SIDETONE_FINDING_NAT64:
      return _("Ask your provider whether you can have IPv4 without translation.");

    case SIDETONE_FINDING_FAMILY_CHANGED:
      return _("Check again from another network and compare.");

    case SIDETONE_FINDING_NAT:
      return describe_relay_advice (facts->relay);

    case SIDETONE_FINDING_MAPPING_DEPENDENT:
      if (facts->relay == SIDETONE_RELAY_WORKS)
        return _("Use a program for calls that can take your server's relay (TURN).");
      return describe_relay_advice (facts->relay);

    case SIDETONE_FINDING_SHORT_LIFETIME:
      /* Translators: UDP timeout is a setting of many routers */
      return _("Set the UDP timeout of your router to two minutes or more.");

    case SIDETONE_FINDING_SEVERAL_WAYS_OUT:
      return _("Switch off your VPN, if you use one, and check again to compare.");

    case SIDETONE_FINDING_CGNAT:
    case SIDETONE_FINDING_CARRIER_BEHIND_ROUTER:
      return _("Ask your provider for an IPv4 address of your own, or for IPv6.");

    case SIDETONE_FINDING_SECOND_ROUTER:
      /* Translators: bridge mode is a setting of many routers, by which they translate nothing */
      return _("Look whether there are two routers where you are, and if so set one of them to bridge "
               "mode.");

    case SIDETONE_FINDING_NAT66:
      return _("Look for address translation in the IPv6 settings of your router, and switch it "
               "off.");

    case SIDETONE_FINDING_PREFIX_TRANSLATION:
      return _("Look for prefix translation (NPTv6) in the IPv6 settings of your router, and "
               "switch it off.");

    case SIDETONE_FINDING_TRANSLATED_PUBLIC:
      return _("Switch off your VPN or proxy, if you use one, and check again.");

    case SIDETONE_FINDING_INCONCLUSIVE:
      return _("Send the report to whoever looks after your network.");

    case SIDETONE_FINDING_VPN:
      return _("Switch the VPN off and check again to compare.");

    case SIDETONE_FINDING_BROKEN_IPV6:
      return _("Ask your provider to mend IPv6 on your line.");

    case SIDETONE_FINDING_NO_SERVICES:
      /* Translators: the last part names modules of two server programs */
      return _("Ask your server's administrator to offer STUN and TURN (XEP-0215; in ejabberd "
               "mod_stun_disco, in Prosody mod_turn_external).");

    case SIDETONE_FINDING_NO_RELAY:
      return _("Ask your server's administrator to offer a relay too (TURN).");

    case SIDETONE_FINDING_SERVICES_FORBIDDEN:
      /* Translators: the last part names a setting of a server program */
      return _("Ask your server's administrator to let your account ask (in ejabberd the access "
               "rule of mod_stun_disco).");

    case SIDETONE_FINDING_SERVICES_UNKNOWN:
      return _("Check again, and send the report to your server's administrator if it stays so.");

    case SIDETONE_FINDING_NO_CREDENTIALS:
    case SIDETONE_FINDING_CREDENTIALS_MISSING:
      return _("Ask your server's administrator to have the server give a password with each "
               "relay.");

    case SIDETONE_FINDING_CREDENTIALS_EXPIRED:
    case SIDETONE_FINDING_CREDENTIALS_SHORT:
      return _("Ask your server's administrator to let these passwords last for an hour or more.");

    case SIDETONE_FINDING_NO_RELAY_OVER_TCP:
      return _("Ask your server's administrator to offer the relay over TLS too, best at port "
               "443.");

    case SIDETONE_FINDING_NO_RELAY_OVER_UDP:
      return _("Ask your server's administrator to offer the relay over UDP too.");

    case SIDETONE_FINDING_RELAYS_IPV6_ONLY:
      return _("Ask your server's administrator to give the relay an IPv4 address too.");

    case SIDETONE_FINDING_UDP_BLOCKED:
      return _("Ask whoever runs this network to let UDP out, or make calls from another one.");

    case SIDETONE_FINDING_SERVICE_SILENT:
      return _("Check again from another network, and tell your server's administrator if it stays "
               "so.");

    case SIDETONE_FINDING_CREDENTIALS_REFUSED:
      /* Translators: "secret" is a setting of the relay and of the XMPP server */
      return _("Ask your server's administrator to give the XMPP server and its relay the same "
               "secret.");

    case SIDETONE_FINDING_RELAY_CERTIFICATE:
      return _("Ask your server's administrator for a certificate that fits the relay's name.");

    case SIDETONE_FINDING_RELAY_TRANSPORT:
      return _("Ask your server's administrator whether it listens there, and what its firewall "
               "lets in.");

    case SIDETONE_FINDING_RELAY_CLOSED:
      return _("Ask your server's administrator to let UDP in at the relay's ports (mostly 49152 "
               "to 65535).");

    case SIDETONE_FINDING_RELAY_ADDRESS:
      /* Translators: the last part names settings of two server programs */
      return _("Ask your server's administrator to tell the relay its address on the internet (in "
               "coturn external-ip, in ejabberd turn_ipv4_address).");

    case SIDETONE_FINDING_RELAY_FORBIDDEN:
      /* Translators: the last part names a setting of a server program */
      return _("Ask your server's administrator which addresses the relay's rules forbid (in coturn "
               "denied-peer-ip).");

    case SIDETONE_FINDING_RELAY_PAIR:
      /* Translators: the last part names a setting of a server program */
      return _("Ask your server's administrator to let the relay send to its own address (in "
               "coturn allowed-peer-ip).");

    case SIDETONE_FINDING_PACKETS_LOST:
      return _("Use a cable in place of wireless, and check again to compare.");

    case SIDETONE_FINDING_LARGE_PACKETS_LOST:
      /* Translators: MTU is a setting: how large packets may be */
      return _("Set the MTU of your router or VPN to 1280, and check again.");

    case SIDETONE_FINDING_LONG_DELAY:
      return _("Stop downloads and backups on your line, and check again.");

    case SIDETONE_FINDING_ADDRESS_REWRITTEN:
      /* Translators: names of a setting of many routers */
      return _("Switch off the helper for calls (SIP ALG) in your router.");

    case SIDETONE_FINDING_SERVICE_NOT_FOUND:
      return _("Ask your server's administrator to correct the name, or to give it an address.");

    case SIDETONE_FINDING_SERVICE_PRIVATE:
      return _("Ask your server's administrator to announce an address of the internet instead.");

    case SIDETONE_FINDING_SERVICES_IPV4_ONLY:
      return _("Ask your server's administrator to announce names, or IPv6 addresses too.");

    case SIDETONE_FINDING_FORBIDDEN:
    case SIDETONE_FINDING_NO_ANSWER:
    case SIDETONE_FINDING_BAD_ANSWER:
    case SIDETONE_FINDING_OFFLINE:
    case SIDETONE_FINDING_NAME_NOT_FOUND:
    case SIDETONE_FINDING_DNS_SILENT:
    case SIDETONE_FINDING_SERVER_SILENT:
    case SIDETONE_FINDING_CERTIFICATE:
    case SIDETONE_FINDING_NO_SECURITY:
    case SIDETONE_FINDING_WRONG_PASSWORD:
    case SIDETONE_FINDING_ACCOUNT_REFUSED:
    case SIDETONE_FINDING_NOT_XMPP:
    case SIDETONE_FINDING_SERVER_REFUSES:
    case SIDETONE_FINDING_CONNECTION_LOST:
    case SIDETONE_FINDING_CONNECTION_BROKEN:
    case SIDETONE_FINDING_RELAY_FULL:
    case SIDETONE_FINDING_RELAY_ERROR:
    case SIDETONE_FINDING_STUN_ERROR:
      return sidetone_describe_error_advice (facts->error);
    }

  g_return_val_if_reached ("");
}

/**
 * sidetone_describe_finding:
 * @kind: the conclusion
 * @facts: what the words depend on
 * @evidence: (array zero-terminated=1): the ids of the observations that prove it
 *
 * Puts a conclusion into words.
 *
 * Returns: (transfer full): the finding
 */
SidetoneFinding *
sidetone_describe_finding (SidetoneFindingKind         kind,
                           const SidetoneFindingFacts *facts,
                           const char *const          *evidence)
{
  g_autofree char *server = NULL;
  g_autofree char *title = NULL;
  g_autofree char *explanation = NULL;
  const char *advice;

  if (facts->domain != NULL)
    server = sidetone_text_make_safe (facts->domain, SIDETONE_TEXT_MAX_CHARS);
  title = describe_title (kind, facts, server != NULL && *server != '\0' ? server : _("Your "
                                                                                      "server"));
  explanation = sidetone_describe_explanation (kind, facts);
  advice = describe_advice (kind, facts);

  return facts->severity == SIDETONE_SEVERITY_UNKNOWN
         ? sidetone_finding_new (kind, title, explanation, advice, evidence)
         : sidetone_finding_new_with_severity (kind, facts->severity, title, explanation, advice,
                                               evidence);
}

/**
 * sidetone_describe_no_conclusion:
 * @level: what may be said about calls
 *
 * Returns: (transfer none): the headline while there is no finding
 */
const char *
sidetone_describe_no_conclusion (SidetoneLevel level)
{
  if (level == SIDETONE_LEVEL_GOOD || level == SIDETONE_LEVEL_RELAY)
    return _("Your servers for calls work");

  return _("Nothing is known yet");
}

/* What lies between this computer and what its server sees: whose it is, and in the shortest way.
 * Of all other findings nothing is known about that. */
static const struct
{
  SidetoneFindingKind kind;
  const char *between;
  const char *translator;
} ways[] = {
  { SIDETONE_FINDING_LOCAL_PROXY, N_("a proxy program on this computer"), N_("Proxy") },
  { SIDETONE_FINDING_SAME_COMPUTER, N_("nothing that changes the address"), NULL },
  { SIDETONE_FINDING_SAME_NETWORK, N_("nothing that changes the address"), NULL },
  { SIDETONE_FINDING_NO_NAT, N_("nothing that changes the address"), NULL },
  { SIDETONE_FINDING_PORT_UNKNOWN, N_("nothing that changes the address"), NULL },
  /* Translators: NAT: network address translation; as short as it can be */
  { SIDETONE_FINDING_PORT_TRANSLATION, N_("something that changes the port"), N_("NAT") },
  { SIDETONE_FINDING_REWRITTEN_LOCALLY, N_("a rule of this computer"), N_("NAT") },
  { SIDETONE_FINDING_CARRIER_INSIDE, N_("your router"), N_("NAT") },
  { SIDETONE_FINDING_NAT, N_("your router"), N_("NAT") },
  { SIDETONE_FINDING_NAT66, N_("your router"), N_("NAT") },
  { SIDETONE_FINDING_PREFIX_TRANSLATION, N_("your router"), N_("NAT") },
  { SIDETONE_FINDING_SERVER_BEHIND_PROXY, N_("something in front of your server"), N_("Proxy") },
  /* Translators: 464XLAT: translation from IPv4 to IPv6 and back; as short as it can be */
  { SIDETONE_FINDING_CLAT, N_("your provider's translator"), N_("464XLAT") },
  /* Translators: NAT64: translation from IPv6 to IPv4; as short as it can be */
  { SIDETONE_FINDING_NAT64, N_("your provider's translator"), N_("NAT64") },
  { SIDETONE_FINDING_FAMILY_CHANGED, N_("a translator or a proxy"), NULL },
  { SIDETONE_FINDING_CGNAT, N_("your provider's address sharing"), N_("NAT") },
  { SIDETONE_FINDING_INNER_NAT, N_("a router between two private networks"), N_("NAT") },
  { SIDETONE_FINDING_TRANSLATED_PUBLIC, N_("a VPN, a proxy or a firewall"), N_("NAT") },
};

/**
 * sidetone_describe_between:
 * @kind: a finding of the address check
 *
 * Names what lies between this computer and what its server sees, for a picture of the way.
 *
 * Returns: (transfer none): a word or a few; "not known" for findings that say nothing about it
 */
const char *
sidetone_describe_between (SidetoneFindingKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (ways[i].kind == kind)
        return _(ways[i].between);
    }

  return _("not known");
}

/**
 * sidetone_describe_translator:
 * @kind: a finding of the address check
 *
 * Names what translates between the two addresses in the shortest way, for a box between them. See
 * sidetone_describe_between() for whose it is.
 *
 * Returns: (transfer none) (nullable): a term of art, %NULL where nothing translates or nothing is
 *   known about it
 */
const char *
sidetone_describe_translator (SidetoneFindingKind kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (ways[i].kind == kind && ways[i].translator != NULL)
        return _(ways[i].translator);
    }

  return NULL;
}

/**
 * sidetone_describe_change:
 * @change: what became of an address or a port on the way
 *
 * Returns: (transfer none): a word or two for that, none where it is not known
 */
const char *
sidetone_describe_change (SidetoneChange change)
{
  switch (change)
    {
    case SIDETONE_CHANGE_UNKNOWN:
      break;

    case SIDETONE_CHANGE_SAME:
      return _("the same");

    case SIDETONE_CHANGE_CHANGED:
      return _("changed");
    }

  return "";
}
