/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The findings when the server could not be asked, from a missing network and DNS to TLS and SASL.
 * Each stands for a group of SidetoneError. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "address/address-scope.h"
#include "judge/clock.h"
#include "judge/failure.h"
#include "seen/connect.h"
#include "seen/lookup.h"
#include "seen/secure.h"
#include "seen/sign-in.h"

#include <stdio.h>
#include <string.h>

/* What happened, with the server's own text if there is any; else what that means for calls. */
static const SidetoneVariant failure_explanations[] = {
  { SIDETONE_WHEN_SERVER_TEXT, TRUE, "{answer}" },
  { SIDETONE_WHEN_ALWAYS, 0, "{event}" }
};

/* If the domain's own address did not help, the failure says so itself. */
static gboolean
judge_srv (const SidetoneCase *judged,
           SidetoneProof      *proof)
{
  SidetoneObservation *srv = sidetone_failure_find_unanswered_srv (judged->evidence);

  if (srv == NULL ||
      sidetone_evidence_get_last (judged->evidence, SIDETONE_OBSERVATION_SIGN_IN) == NULL)
    return FALSE;

  sidetone_proof_add (proof, srv);

  return TRUE;
}

/* Whether a SRV record for @security names that place */
static gboolean
is_announced (const SidetoneEvidence *evidence,
              SidetoneSecurity        security,
              const char             *place)
{
  GPtrArray *lookups = sidetone_evidence_get_kind (evidence, SIDETONE_OBSERVATION_LOOKUP);
  SidetoneQuestion question = security == SIDETONE_SECURITY_DIRECT ? SIDETONE_QUESTION_SRV_DIRECT
                              : SIDETONE_QUESTION_SRV_CLIENT;

  for (guint i = 0; i < lookups->len; i++)
    {
      const SidetoneLookupSeen *seen = sidetone_observation_get_lookup (lookups->pdata[i]);

      for (guint j = 0; seen->question == question && seen->answers != NULL && seen->answers[j] != NULL;
           j++)
        {
          char port[6];
          char host[256];
          g_autofree char *named = NULL;

          if (sscanf (seen->answers[j], "%*s %*s %5s %255s", port, host) != 2)
            continue;

          g_strchomp (host);
          if (g_str_has_suffix (host, "."))
            host[strlen (host) - 1] = '\0';
          named = g_strdup_printf ("%s:%s", host, port);
          if (g_ascii_strcasecmp (named, place) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

static char *
make_place (const char       *target,
            SidetoneEndpoint *peer)
{
  return target != NULL && peer != NULL
         ? g_strdup_printf ("%s:%u", target, sidetone_endpoint_get_port (peer)) : g_strdup ("");
}

/* The announced kind of TLS failed at a port, and the other kind works. */
static gboolean
judge_announced_tls (const SidetoneCase *judged,
                     SidetoneProof      *proof)
{
  GPtrArray *secures = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_SECURE);

  for (guint i = 0; i < MIN (secures->len, SIDETONE_FAILURE_MAX_TRIES); i++)
    {
      const SidetoneSecureSeen *seen = sidetone_observation_get_secure (secures->pdata[i]);
      SidetoneObservation *other = sidetone_failure_find_other_way (judged->evidence,
                                                                    secures->pdata[i]);
      g_autofree char *place = make_place (seen->target, seen->peer);

      if (other == NULL || !sidetone_observation_has_passed (secures->pdata[i]) ||
          !is_announced (judged->evidence, seen->security == SIDETONE_SECURITY_DIRECT
                         ? SIDETONE_SECURITY_STARTTLS : SIDETONE_SECURITY_DIRECT, place))
        continue;

      sidetone_proof_add (proof, other);
      sidetone_proof_add (proof, secures->pdata[i]);
      sidetone_proof_take_host (proof, g_steal_pointer (&place));

      return TRUE;
    }

  return FALSE;
}

/* Whether DNS names the place of @observation, of TLS or of a sign-in, for that kind of TLS */
static gboolean
is_place_announced (const SidetoneCase  *judged,
                    SidetoneObservation *observation,
                    char               **place)
{
  const SidetoneSecureSeen *secure = sidetone_observation_get_secure (observation);
  const SidetoneSignInSeen *sign_in = sidetone_observation_get_sign_in (observation);

  if (secure == NULL && sign_in == NULL)
    return FALSE;

  *place = secure != NULL ? make_place (secure->target, secure->peer)
           : make_place (sign_in->target, sign_in->peer);

  return is_announced (judged->evidence, secure != NULL ? secure->security : sign_in->security,
                       *place);
}

/* A web server answers at a port that DNS names, and the sign-in worked at another one. */
static gboolean
judge_announced_web (const SidetoneCase *judged,
                     SidetoneProof      *proof)
{
  GPtrArray *observations = sidetone_evidence_get_observations (judged->evidence);
  SidetoneObservation *last = sidetone_evidence_get_last (judged->evidence,
                                                          SIDETONE_OBSERVATION_SIGN_IN);

  if (last == NULL || !sidetone_observation_has_passed (last))
    return FALSE;

  for (guint i = 0; i < observations->len; i++)
    {
      SidetoneObservation *web = observations->pdata[i];
      g_autofree char *place = NULL;

      if ((!sidetone_observation_has_error (web, SIDETONE_ERROR_HTTP_ANSWER) &&
           !sidetone_observation_has_error (web, SIDETONE_ERROR_ALPN_REFUSED)) ||
          !is_place_announced (judged, web, &place))
        continue;

      proof->facts.error = sidetone_failure_find_certificate_there (judged->evidence, web) != NULL
                           ? SIDETONE_ERROR_WEB_PORT : sidetone_observation_get_error (web)->code;
      sidetone_proof_add (proof, web);
      sidetone_proof_add (proof, last);
      sidetone_proof_take_host (proof, g_steal_pointer (&place));

      return TRUE;
    }

  return FALSE;
}

static gboolean
judge_clock (const SidetoneCase *judged,
             SidetoneProof      *proof)
{
  gint64 difference_s = ABS (sidetone_clock_get_difference (judged->evidence));

  if (difference_s < SIDETONE_CLOCK_TOLERANCE_S)
    return FALSE;

  proof->facts.number = MIN (difference_s / 3600, G_MAXINT32);
  sidetone_proof_add (proof, judged->services.answer);

  return TRUE;
}

/* Filters of names lead to this computer itself (NULL blocking), as hardly a server's own records do. */
static gboolean
is_led_away (const SidetoneCase         *judged,
             const SidetoneFindingFacts *facts)
{
  GPtrArray *lookups = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_LOOKUP);

  for (guint i = 0; i < lookups->len; i++)
    {
      if (sidetone_lookup_asks_for (lookups->pdata[i], SIDETONE_QUESTION_ADDRESS) &&
          sidetone_lookup_count_answers (lookups->pdata[i]) > 0)
        return !sidetone_rules_is_server_here (judged, facts);
    }

  return TRUE;
}

/* How many bytes of two addresses are the same, in one network and in all those of an organization: its
 * range of RFC 1918, or its unique local prefix (RFC 4193) */
typedef struct
{
  gsize ipv4;
  gsize ipv6;
} Range;

static const Range network = { 3, 8 };
static const Range organization = { 1, 6 };

static gboolean
are_both_in (const Range      *range,
             SidetoneEndpoint *own,
             SidetoneEndpoint *peer)
{
  GSocketFamily family = sidetone_endpoint_get_family (peer);

  return own != NULL && sidetone_endpoint_get_family (own) == family &&
         memcmp (g_inet_address_to_bytes (sidetone_endpoint_get_address (own)),
                 g_inet_address_to_bytes (sidetone_endpoint_get_address (peer)),
                 family == G_SOCKET_FAMILY_IPV6 ? range->ipv6 : range->ipv4) == 0;
}

/* Whether @peer is inside a private network, and this computer has no address in that range */
static gboolean
is_inside_elsewhere (const SidetoneCase *judged,
                     const Range        *range,
                     SidetoneEndpoint   *peer)
{
  GPtrArray *interfaces = sidetone_evidence_get_kind (judged->evidence,
                                                      SIDETONE_OBSERVATION_INTERFACE);

  if (peer == NULL || !sidetone_endpoint_is_private (peer))
    return FALSE;

  for (guint i = 0; i < interfaces->len; i++)
    {
      if (are_both_in (range, sidetone_observation_get_local (interfaces->pdata[i]), peer))
        return FALSE;
    }

  return TRUE;
}

static gboolean
are_all_inside_elsewhere (const SidetoneCase *judged,
                          const Range        *range)
{
  GPtrArray *connects = sidetone_evidence_get_kind (judged->evidence, SIDETONE_OBSERVATION_CONNECT);

  for (guint i = 0; i < connects->len; i++)
    {
      if (sidetone_observation_has_passed (connects->pdata[i]) ||
          !is_inside_elsewhere (judged, range,
                                sidetone_observation_get_connect (connects->pdata[i])->peer))
        return FALSE;
    }

  return connects->len > 0;
}

/* Split DNS, with its inner half told to everyone, or a VPN that is turned off */
static gboolean
is_led_outside (const SidetoneCase         *judged,
                const SidetoneFindingFacts *facts)
{
  return !are_all_inside_elsewhere (judged, &network);
}

/* Routers may lead from one network of an organization to another, and a VPN there. */
static gboolean
is_led_nowhere (const SidetoneCase         *judged,
                const SidetoneFindingFacts *facts)
{
  return are_all_inside_elsewhere (judged, &organization) &&
         sidetone_rules_is_there_no_tunnel (judged, facts);
}

/* A name server may leave out private addresses (DNS rebind protection), or deny a name. */
static gboolean
has_target_address (const SidetoneCase         *judged,
                    const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_TARGET_NOT_FOUND;
}

/* Firewalls drop what they stop, or refuse it in the server's name (a TCP reset), or let a connection
 * be made and drop what is said in it. A router that does not lead back in to a server behind it does
 * so, too. */
static gboolean
is_past_network (const SidetoneCase         *judged,
                 const SidetoneFindingFacts *facts)
{
  return (facts->error != SIDETONE_ERROR_TCP_NO_ANSWER &&
          facts->error != SIDETONE_ERROR_UNREACHABLE &&
          facts->error != SIDETONE_ERROR_CONNECTION_REFUSED &&
          facts->error != SIDETONE_ERROR_STREAM_NO_ANSWER) ||
         sidetone_rules_is_server_here (judged, facts) || is_led_nowhere (judged, facts);
}

static gboolean
is_past_tunnel (const SidetoneCase         *judged,
                const SidetoneFindingFacts *facts)
{
  return is_past_network (judged, facts) || sidetone_rules_is_there_no_tunnel (judged, facts);
}

/* What an alert of TLS tells is the server's own. */
static gboolean
is_tls_heard (const SidetoneCase         *judged,
              const SidetoneFindingFacts *facts)
{
  return (facts->error != SIDETONE_ERROR_TLS_NO_ANSWER &&
          facts->error != SIDETONE_ERROR_TLS_NOT_OFFERED &&
          facts->error != SIDETONE_ERROR_TLS_CUT) ||
         sidetone_rules_is_server_here (judged, facts);
}

static gboolean
is_tunnel_past (const SidetoneCase         *judged,
                const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_TLS_NO_ANSWER ||
         sidetone_rules_is_there_no_tunnel (judged, facts);
}

static gboolean
is_name_known (const SidetoneCase         *judged,
               const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_NAME_NOT_FOUND;
}

static gboolean
is_no_web_server (const SidetoneCase         *judged,
                  const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_HTTP_ANSWER || sidetone_rules_is_server_here (judged, facts);
}

/* ALPN is refused before a certificate is shown. */
static gboolean
is_certificate_shown (const SidetoneCase         *judged,
                      const SidetoneFindingFacts *facts)
{
  return facts->error == SIDETONE_ERROR_WEB_PORT || sidetone_rules_is_server_here (judged, facts);
}

/* A certificate with another name may be a web server's, if TLS begins at once at that port. */
static gboolean
is_no_web_record (const SidetoneCase         *judged,
                  const SidetoneFindingFacts *facts)
{
  SidetoneObservation *secure = sidetone_evidence_get_last (judged->evidence,
                                                            SIDETONE_OBSERVATION_SECURE);
  g_autofree char *place = NULL;

  return facts->error != SIDETONE_ERROR_CERTIFICATE_WRONG_NAME || secure == NULL ||
         sidetone_observation_get_secure (secure)->security != SIDETONE_SECURITY_DIRECT ||
         !is_place_announced (judged, secure, &place);
}

/* The server sent SCRAM's challenge, for which most servers look up the account, or gave a reason of
 * its own. */
static gboolean
is_account_known (const SidetoneCase         *judged,
                  const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_NOT_AUTHORIZED;
}

/* A proxy of this network or a virus scanner that this computer trusts has a TLS connection of its own
 * to the server. */
static gboolean
is_binding_no_matter (const SidetoneCase         *judged,
                      const SidetoneFindingFacts *facts)
{
  return facts->error != SIDETONE_ERROR_BINDING_REFUSED ||
         sidetone_rules_is_server_here (judged, facts);
}

/* Not even a question about another name was answered. */
static gboolean
is_all_silent (const SidetoneCase         *judged,
               const SidetoneFindingFacts *facts)
{
  return facts->error == SIDETONE_ERROR_DNS_NO_ANSWER;
}

/* The name server here only passes on what those of the domain say. */
#define DOMAIN_DNS(excluded) \
  { \
    .nick = "domain-dns", .owner = SIDETONE_OWNER_ADMINISTRATOR, \
    .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE, \
    .text = N_("the name servers of your server's domain"), \
    .advice = N_("Tell your server's administrator that names of the domain can't be looked up."), \
    .is_excluded = (excluded), \
  }

/* Another account or server may be the right one: this one exists, but is not that of the account, or
 * no XMPP server: hardly one that DNS names as such. A certificate for the very server that was typed or
 * named by DNS has another cause. */
static gboolean
is_spelt_right (const SidetoneCase         *judged,
                const SidetoneFindingFacts *facts)
{
  gboolean is_for_nobody = facts->certificate_for != NULL && *facts->certificate_for == '\0';

  switch ((int) facts->error)
    {
    case SIDETONE_ERROR_HOST_UNKNOWN:
    case SIDETONE_ERROR_HTTP_ANSWER:
    case SIDETONE_ERROR_SERVERS_PORT:
    case SIDETONE_ERROR_CONNECTION_REFUSED:
    case SIDETONE_ERROR_TCP_NO_ANSWER:
    case SIDETONE_ERROR_UNREACHABLE:
    case SIDETONE_ERROR_SERVER_IPV6_ONLY:
    case SIDETONE_ERROR_SERVER_IPV4_ONLY:
      return sidetone_failure_is_named_in_dns (judged->evidence);

    case SIDETONE_ERROR_CERTIFICATE_WRONG_NAME:
      return is_for_nobody || facts->names_target ||
             sidetone_failure_is_named_in_dns (judged->evidence);

    default:
      return TRUE;
    }
}

/* Translators: ALPN: by it a program names its protocol as TLS begins */
#define CORRECT_RECORD \
  N_("Ask your server's administrator to correct that record or, if both share the port, to let the " \
     "proxy there choose by ALPN (xmpp-client).")

#define TYPO \
  { \
    .nick = "typo", .owner = SIDETONE_OWNER_YOU, \
    .act = SIDETONE_ACT_CHECK_TYPOS, .goes_away = TRUE, \
    .text = N_("a typo in the account or the server"), \
    .advice = N_("Correct the account or the server."), \
    .is_excluded = is_spelt_right, \
  }

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_OFFLINE,
    .nick = "offline", .code = "CON-01",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .title = TEXT (N_("This computer is offline")),
    .explanation = TEXT (N_("It has no address on any network, neither by Wi-Fi nor by cable.")),
    .advice = TEXT ("{error-advice}"),
    .means = N_("This computer has no connection to any network."),
    .ask = N_("Is Wi-Fi on, or the cable plugged in? Do web pages open?"),
    .try = N_("Connect to a network, then check again."),
    .stop = N_("Stop when web pages open again. If they don't, hand over to the internet "
               "provider."),
    .disprove = N_("Web pages open at the same moment: then something on this computer keeps the "
                   "network from Sidetone."),
  },
  {
    .kind = SIDETONE_FINDING_NAME_NOT_FOUND,
    .nick = "name-not-found", .code = "CON-02",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .rivals = RIVALS ({
      .nick = "hiding-dns", .owner = SIDETONE_OWNER_ROUTER,
      .act = SIDETONE_ACT_CHECK_TYPOS, .goes_away = FALSE,
      .text = N_("a name server of this network that hides the name"),
      .advice = N_("Check again from another network, such as your phone's: if it works there, "
                   "choose another name server in your router's settings."),
      .is_excluded = is_name_known,
    }),
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = TEXT (N_("{server} was not found")),
    .explanation = VARIANTS {
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_NAME_NOT_FOUND,
        N_("No server has this name in DNS, the directory of the internet.") },
      { SIDETONE_WHEN_ALWAYS, 0, "{event}" }
    },
    .advice = VARIANTS {
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_NAME_NOT_FOUND,
        N_("Ask the person who gave you the account how it is spelt.") },
      { SIDETONE_WHEN_ALWAYS, 0, "{error-advice}" }
    },
    .means = N_("The internet's phone book, DNS, has no such server. Mostly that is a typo."),
    .ask = N_("How do you spell your account, letter by letter, after the @?"),
    .try = N_("Type the account again, and check again. Then check from another network."),
    .stop = N_("Stop when the account is right and another network does not find the server "
               "either. Hand over to your server's administrator."),
    .disprove = N_("Another network finds the server: then this network's name server hides it."),
  },
  {
    .kind = SIDETONE_FINDING_DNS_SILENT,
    .nick = "dns-silent", .code = "CON-03",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ROUTER,
    .remedy = sidetone_remedy_repair_dns,
    .rivals = RIVALS (DOMAIN_DNS (is_all_silent)),
    .title = TEXT (N_("This network can't look up names (DNS)")),
    .explanation = failure_explanations,
    .advice = VARIANTS {
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_DNS_FAILED,
        N_("Choose another name server in your router's settings, or tell the person who runs this "
           "network.") },
      { SIDETONE_WHEN_ALWAYS, 0, "{error-advice}" }
    },
    .means = N_("This network's name server, which looks up where servers are, does not answer as "
                "it should. Without it no app finds your server."),
    .ask = N_("Do web pages open at this moment?"),
    .try = TRY_RESTART_ROUTER,
    .stop = STOP_NETWORK,
    .disprove = N_("Another network can't look it up either: then the name servers of your "
                   "server's domain are at fault, and its administrator can fix that."),
  },
  {
    .kind = SIDETONE_FINDING_SERVER_SILENT,
    .nick = "server-silent", .code = "CON-04",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_let_in_xmpp,
    .rivals = RIVALS ({
      .nick = "dns-filter", .owner = SIDETONE_OWNER_ROUTER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("a filter in this network's name server (such as an ad blocker), which leads to "
                 "this computer itself"),
      .advice = N_("Allow the server's name in that filter, or tell the person who runs this "
                   "network."),
      .is_excluded = is_led_away,
    }, HIDDEN_NAME (has_target_address), {
      .nick = "inner-address", .owner = SIDETONE_OWNER_YOU,
      .text = N_("DNS, which names an address in a private network: only that network and its VPN "
                 "lead there"),
      .advice = N_("Connect to the network where the server stands, or to its VPN, and check again. "
                   "Elsewhere, DNS has to name a public address."),
      .is_excluded = is_led_outside,
    }, {
      .nick = "vpn", .owner = SIDETONE_OWNER_YOU,
      .act = SIDETONE_ACT_WITHOUT_VPN, .goes_away = TRUE,
      .text = N_("your VPN, if it blocks this or your server bans its address"),
      .advice = N_("Use the account without the VPN, or through another of the VPN's servers."),
      .is_excluded = is_past_tunnel,
    }, {
      .nick = "local-firewall", .owner = SIDETONE_OWNER_ROUTER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("a firewall or the router of this network"),
      .advice = N_("Log in on a web page if this network wants that, or ask the person who runs it "
                   "to let the connection to your server through."),
      .is_excluded = is_past_network,
    }, BAN (is_past_network), TYPO),
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = TEXT (N_("{server} does not answer")),
    .explanation = VARIANTS {
      /* Translators: {tries} is a number, two or more; {tally} is a list such as "1 was
       * refused, 2 got no answer" */
      { SIDETONE_WHEN_SEVERAL_TRIES, TRUE,
        N_("All {tries} attempts to connect failed: {tally}.") },
      { SIDETONE_WHEN_SERVER_TEXT, TRUE, "{answer}" },
      { SIDETONE_WHEN_ALWAYS, 0, "{event}" }
    },
    .advice = VARIANTS {
      { SIDETONE_WHEN_WITHOUT_SRV, TRUE,
        N_("Ask your server's administrator on which computer XMPP runs, and to say it in DNS (by "
           "an SRV record): the domain's own address was tried.") },
      /* The act has been done by then. */
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TCP_NO_ANSWER,
        N_("Ask your server's administrator whether it is running.") },
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_UNREACHABLE,
        N_("Ask your server's administrator whether it is running.") },
      { SIDETONE_WHEN_ALWAYS, 0, "{error-advice}" }
    },
    .means = N_("Your server does not take the connection, or takes it and says nothing. It is "
                "down, or something on the way blocks it."),
    .ask = ASK_OTHER_APPS,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = DISPROVE_FIREWALL,
  },
  {
    .kind = SIDETONE_FINDING_SERVER_IPV6_ONLY,
    .nick = "server-ipv6-only", .code = "CON-21",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_serve_ipv4,
    .rivals = RIVALS ({
      .nick = "no-ipv6", .owner = SIDETONE_OWNER_PROVIDER,
      .text = N_("your internet connection, which has no IPv6"),
      .advice = N_("Ask your internet provider for IPv6, and turn it on in the router."),
      .is_excluded = sidetone_rules_never,
    }, TYPO),
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = TEXT (N_("{server} has no IPv4 address")),
    .explanation = TEXT (N_("It has only an IPv6 address, and this computer has only IPv4, so that it "
                            "can't get there.")),
    .advice = TEXT ("{error-advice}"),
    .means = N_("Your server has only an address of the newer kind, IPv6, and this computer has only "
                "one of the older kind, IPv4. The one can't reach the other."),
    .ask = N_("Does the account work on your phone, when it is not on Wi-Fi?"),
    .try = N_("Check again on a network with IPv6, such as many mobile ones."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("Another network finds an IPv4 address for the server: then this network's name "
                   "server leaves it out."),
  },
  {
    .kind = SIDETONE_FINDING_SERVER_IPV4_ONLY,
    .nick = "server-ipv4-only", .code = "CON-22",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ROUTER,
    .rivals = RIVALS ({
      .nick = "ipv4-off", .owner = SIDETONE_OWNER_YOU,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE,
      .text = N_("IPv4 being turned off on this computer"),
      .advice = N_("Turn on IPv4 in this computer's network settings."),
      .is_excluded = sidetone_rules_never,
    }, {
      .nick = "own-dns", .owner = SIDETONE_OWNER_YOU,
      .text = N_("a name server (DNS) that was chosen on this computer: where a network leads to IPv4 by "
                 "IPv6, only its own one knows how"),
      .advice = N_("Let the network choose the name server (DNS), and check again."),
      .is_excluded = sidetone_rules_never,
    }, TYPO),
    .title = TEXT (N_("This computer has no IPv4 address")),
    /* Translators: {server} is the name of a server, or "Your server" */
    .explanation = TEXT (N_("It got only an IPv6 address. {server} has only an IPv4 one, so that it "
                            "can't get there.")),
    .advice = TEXT (N_("Restart the router, or tell the person who runs this network that this computer "
                       "gets no IPv4 address (DHCP).")),
    .means = N_("Your server has only an address of the older kind, IPv4. This computer got only one "
                "of the newer kind, IPv6, and nothing was found that translates between them."),
    .ask = N_("Do other devices in this network reach web pages that you can't open?"),
    .try = N_("Disconnect from the network, connect again, and check again. Then restart the router "
              "and check once more."),
    .stop = STOP_NETWORK,
    .disprove = N_("In another network this computer gets no IPv4 address either: then IPv4 is "
                   "turned off on it."),
  },
  {
    .kind = SIDETONE_FINDING_CERTIFICATE,
    .nick = "certificate", .code = "CON-05",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_renew_certificate,
    .rivals = RIVALS (CLOCK, TYPO, TLS_INTERCEPTION (sidetone_rules_is_issuer_known), OLD_AUTHORITIES, {
      .nick = "web-port", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      /* Translators: _xmpps-client is a record in DNS */
      .text = N_("a web server at the port that DNS names for XMPP (_xmpps-client)"),
      .advice = CORRECT_RECORD,
      .is_excluded = is_no_web_record,
    }),
    .title = TEXT (N_("This may not be your server")),
    .explanation = VARIANTS {
      /* Translators: {certificate-for} is the name of a server, or several with commas between
       * them, {host} is the name of another one */
      { SIDETONE_WHEN_NAMES_TARGET, TRUE,
        N_("The server's certificate was made for {certificate-for}, not for {host}: it has to "
           "name the account's domain, whichever server is typed or named by DNS.") },
      /* Translators: {certificate-for} is the name of a server, or several with commas between
       * them, {host} is the name of another one */
      { SIDETONE_WHEN_CERTIFICATE, TRUE,
        N_("The server's certificate was made for {certificate-for}, not for {host}.") },
      /* Translators: {host} is the name of a server */
      { SIDETONE_WHEN_CERTIFICATE, FALSE,
        N_("The server's certificate does not have {host} as a DNS name (subjectAltName), the only "
           "kind of name that counts.") },
      { SIDETONE_WHEN_SERVER_TEXT, TRUE, "{answer}" },
      { SIDETONE_WHEN_ALWAYS, 0, "{event}" }
    },
    .advice = VARIANTS {
      /* Translators: {host} is the name of a server */
      { SIDETONE_WHEN_CERTIFICATE, TRUE,
        N_("Ask your server's administrator for a certificate that names {host}.") },
      /* Translators: {host} is the name of a server */
      { SIDETONE_WHEN_CERTIFICATE, FALSE,
        N_("Ask your server's administrator for a certificate that names {host}.") },
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
        N_("Ask your server's administrator for a certificate that names your account's domain.") },
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID,
        N_("Ask your server's administrator to renew it.") },
      { SIDETONE_WHEN_ALWAYS, 0, "{error-advice}" }
    },
    .means = N_("The server could not prove that it is yours. Sidetone stopped there, to protect "
                "your password."),
    .ask = N_("Is this computer's date right? Is the account spelled right? Does this network have "
              "a login page?"),
    .try = N_("Set the clock and correct the account, if need be, and check again. Then check from "
              "another network."),
    .stop = N_("Stop before you trust that certificate by hand. Hand over to your server's "
               "administrator, who can compare its fingerprint."),
    .disprove = N_("All is well with the clock set, with the account corrected, or in another "
                   "network: then that was the cause."),
  },
  {
    .kind = SIDETONE_FINDING_NO_SECURITY,
    .nick = "no-security", .code = "CON-06",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_offer_security,
    .rivals = RIVALS ({
      .nick = "vpn", .owner = SIDETONE_OWNER_YOU,
      .act = SIDETONE_ACT_WITHOUT_VPN, .goes_away = TRUE,
      .text = N_("your VPN, if it loses large packets"),
      .advice = N_("Set a smaller MTU in the settings of your VPN, such as 1280."),
      .is_excluded = is_tunnel_past,
    }, {
      .nick = "local-firewall", .owner = SIDETONE_OWNER_ROUTER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("this network, if it stops encryption or large packets"),
      .advice = N_("Ask the person who runs this network to let encrypted connections through, and "
                   "to set the MTU of the router to 1280."),
      .is_excluded = is_tls_heard,
    }),
    .title = TEXT (N_("No secure connection could be made")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("The connection could not be encrypted, or your server wants the password in a way "
                "that is not safe, or that Sidetone does not have. The password was not sent."),
    .ask = ASK_OTHER_APPS,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("It works in another network: then this one interferes with encryption."),
  },
  {
    .kind = SIDETONE_FINDING_WRONG_PASSWORD,
    .nick = "wrong-password", .code = "CON-07",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .remedy = sidetone_remedy_find_accounts,
    .rivals = RIVALS ({
      .nick = "login-backend", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_NONE,
      .text = N_("your server itself, if it can't reach its list of accounts at this moment"),
      .advice = N_("Ask your server's administrator whether others can sign in: the server may not "
                   "reach its accounts (LDAP, PAM or a database)."),
      .is_excluded = is_account_known,
    }),
    .title = TEXT (N_("The password was not accepted")),
    /* A server's text about a wrong password adds nothing, and may be in any language. */
    .explanation = TEXT ("{event}"),
    .advice = VARIANTS {
      /* The rival says the rest. */
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_NOT_AUTHORIZED,
        N_("Check the spelling of the account, and enter the password again with Caps Lock off.") },
      { SIDETONE_WHEN_ALWAYS, 0, "{error-advice}" }
    },
    .means = N_("Your server does not accept this password for this account. It does not say which "
                "of the two is wrong, or whether it could look them up."),
    .ask = N_("Do other apps still sign in? Was the password changed lately?"),
    .try = N_("Type the password again, and look at Caps Lock and the keyboard's language."),
    .stop = N_("Stop after three tries: some servers lock an account then. Hand over to your "
               "server's administrator, who can set a new password."),
    .disprove = N_("Another app signs in with the same password, typed anew: then it was a typo "
                   "here. If nobody can sign in at this server, its list of accounts is at fault."),
  },
  {
    .kind = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .nick = "account-refused", .code = "CON-08",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_let_in_account,
    .title = TEXT (N_("Your server refuses this account")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("Your server does not let this account in, whichever password is typed."),
    .ask = ASK_OTHER_APPS,
    .try = N_("Sign in with another app: it may show the server's reason."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("Another app signs in with this account at the same moment: then Sidetone is at "
                   "fault. Its makers need the report."),
  },
  {
    .kind = SIDETONE_FINDING_NOT_XMPP,
    .nick = "not-xmpp", .code = "CON-09",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .remedy = sidetone_remedy_name_ports,
    .rivals = RIVALS ({
      .nick = "web-port", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_LOG_IN, .goes_away = FALSE,
      .text = N_("a web server at the port that your server names for XMPP"),
      .advice = N_("Tell your server's administrator that a web server answers at the port for "
                   "XMPP."),
      .is_excluded = is_no_web_server,
    }, TYPO),
    .title = TEXT (N_("A different server answers")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("Something that is not your server answers in its place. In hotels and on trains "
                "that is mostly a login page."),
    .ask = N_("Does this network want you to log in on a web page? Did you type a server or a port "
              "by hand?"),
    .try = N_("Open a web page and log in there. Remove a server that was typed by hand, and check "
              "again."),
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("Another network shows the same: then it is no login page, and a web server "
                   "answers at your server's port."),
  },
  {
    .kind = SIDETONE_FINDING_SERVER_REFUSES,
    .nick = "server-refuses", .code = "CON-10",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_host_domain,
    .rivals = RIVALS (TYPO, TLS_INTERCEPTION (is_binding_no_matter)),
    .title = TEXT (N_("Your server did not finish the sign-in")),
    .explanation = failure_explanations,
    .advice = VARIANTS {
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_HOST_UNKNOWN,
        N_("Ask your server's administrator whether the server still hosts your account's domain.") },
      { SIDETONE_WHEN_ALWAYS, 0, "{error-advice}" }
    },
    .means = N_("Your server answers, and ends the sign-in for a reason of its own."),
    .ask = N_("Is the account spelled right? Did you type a server by hand? Did the sign-in "
              "fail several times before?"),
    .try = N_("Correct the account or the server, if need be, and check again in a few minutes; "
              "after several failed sign-ins, in an hour."),
    .stop = STOP_ADMINISTRATOR_TWICE,
    .disprove = N_("The sign-in works with the account or the server corrected: then it was a "
                   "typo."),
  },
  {
    .kind = SIDETONE_FINDING_CONNECTION_LOST,
    .nick = "connection-lost", .code = "CON-11",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_NOBODY,
    .title = TEXT (N_("The connection was interrupted")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("The connection broke off in the middle. That happens on weak Wi-Fi and on mobile "
                "data."),
    .ask = N_("Is the Wi-Fi weak? Did this computer change its network?"),
    .try = N_("Check again, close to the router or by cable."),
    .stop = N_("Stop when it breaks off by cable, too. Hand over to the internet provider; to your "
               "server's administrator if it is the same in another network."),
    .disprove = DISPROVE_PASSING,
  },
  {
    .kind = SIDETONE_FINDING_CONNECTION_BROKEN,
    .nick = "connection-broken", .code = "CON-12",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_NOBODY,
    .title = TEXT (N_("The check stopped unexpectedly")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("A part of Sidetone itself stopped. That is no fault of your network or your "
                "server."),
    .ask = N_("Which version of Sidetone is it, and how was it installed?"),
    .try = N_("Check again. If it stops again, install Sidetone anew."),
    .stop = N_("Stop when the new one stops, too. Hand over to Sidetone's makers, with the "
               "report."),
    .disprove = DISPROVE_PASSING,
  },
  {
    .kind = SIDETONE_FINDING_CLOSED_UNHEARD,
    .nick = "closed-unheard", .code = "CON-13",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_agree_proxy,
    .rivals = RIVALS (LOCAL_FIREWALL (sidetone_rules_is_server_here),
                      BAN (sidetone_rules_is_server_here)),
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = TEXT (N_("{server} ends every connection at once")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("Your server takes the connection, and closes it at once without a word. Mostly "
                "something in front of it is set up wrongly."),
    .ask = ASK_OTHER_APPS,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = DISPROVE_FIREWALL,
  },
  {
    .kind = SIDETONE_FINDING_WEB_PORT,
    .nick = "web-port", .code = "CON-14",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_name_ports,
    .rivals = RIVALS (TLS_INTERCEPTION (is_certificate_shown)),
    .title = TEXT (N_("A web server answers at your server's port")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("A web server answers at the port where your chat server should. It is the "
                "server's own, and no login page of this network."),
    .ask = N_("Did you type a server or a port by hand?"),
    .try = N_("Remove a server or a port that was typed by hand, and check again."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("The sign-in works without the typed server or port: then these were wrong."),
  },
  {
    .kind = SIDETONE_FINDING_INTERRUPTED,
    .nick = "interrupted", .code = "CON-17",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .title = TEXT (N_("The check was interrupted")),
    .explanation = TEXT (N_("{event} So what was not answered says nothing about calls.")),
    .advice = TEXT ("{error-advice}"),
    .means = N_("In the middle of the check this computer slept, or lost its network. What failed "
                "then says nothing about calls."),
    .ask = N_("Was the lid closed, or the Wi-Fi changed?"),
    .try = N_("Check again, and leave this computer alone until the check ends."),
    .stop = STOP_THAT_COUNTS,
    .disprove = N_("It comes again though nothing was touched: then look at the Wi-Fi or the "
                   "cable."),
  },
  {
    .kind = SIDETONE_FINDING_CLOCK_WRONG,
    .nick = "clock-wrong", .code = "CON-18",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .title = TEXT (N_("This computer's clock is wrong")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("This computer's date is so old that good certificates seem not to be valid yet."),
    .ask = N_("Which date and time does this computer show?"),
    .try = TRY_SET_CLOCK,
    .stop = N_("Stop when the clock is right. If the certificate is still refused, go on with "
               "CON-05."),
    .disprove = N_("Your phone shows the same date as this computer: then the clock is right after "
                   "all."),
  },
  {
    .kind = SIDETONE_FINDING_SESSION_CONFLICT,
    .nick = "session-conflict", .code = "CON-19",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .title = TEXT (N_("Another app seems to use this account")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
    .means = N_("Your server ended the sign-in because of another one with the same account. Some "
                "servers allow only one app at a time, or a few."),
    .ask = N_("Which other apps are signed in with this account, on your phone, too?"),
    .try = N_("Close the other apps, and check again in a few minutes."),
    .stop = N_("Stop when no other app is signed in and it stays the same. Hand over to your "
               "server's administrator, with the report."),
    .disprove = N_("It is the same with every other app closed for a while: then your server still "
                   "counts a session that is long over, or allows none."),
  },
  {
    .kind = SIDETONE_FINDING_SRV_SILENT,
    .nick = "srv-silent", .code = "CON-15",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ROUTER,
    .remedy = sidetone_remedy_repair_dns,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_srv,
    .rivals = RIVALS (DOMAIN_DNS (sidetone_rules_never)),
    .title = TEXT (N_("This network's name server leaves questions unanswered")),
    .explanation = TEXT (N_("It does not say which computers your server uses for XMPP (SRV "
                            "records), so that the server's own address was tried. Other apps may "
                            "sign in late here, or not at all.")),
    .advice = TEXT (N_("Choose another name server in your router's settings, or tell the person "
                       "who runs this network.")),
    .means = N_("This network's name server leaves a question unanswered by which chat apps find "
                "their server (SRV). They find it late then, or not at all."),
    .ask = N_("Do chat apps sign in late here?"),
    .try = TRY_RESTART_ROUTER,
    .stop = STOP_NETWORK,
    .disprove = N_("Another network shows the same: then the name servers of your server's domain "
                   "are at fault, and its administrator can fix that."),
  },
  {
    .kind = SIDETONE_FINDING_WRONG_TLS,
    .nick = "wrong-tls", .code = "CON-16",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_name_ports,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_announced_tls,
    .title = TEXT (N_("A port is announced with the wrong encryption")),
    /* Translators: {host} is a server's name and port */
    .explanation = TEXT (N_("DNS says that encryption begins in another way at {host} (by "
                            "STARTTLS, or with TLS at once) than it does. Other apps can't sign in "
                            "there.")),
    .advice = TEXT (N_("Tell your server's administrator to announce ports where TLS begins at "
                       "once as _xmpps-client, and those for STARTTLS as _xmpp-client.")),
    .means = N_("DNS says how encryption begins at a port of your server, and the port does it in "
                "another way. Sidetone tried both, and not every app does."),
    .ask = ASK_OTHER_APPS,
    .try = TRY_NOTHING_HERE,
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("A later check does not find it: then DNS or the port has been corrected "
                   "since."),
  },
  {
    .kind = SIDETONE_FINDING_ANNOUNCED_WEB,
    .nick = "announced-web", .code = "CON-20",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_name_ports,
    .traits = SIDETONE_RULE_EXPLAINS,
    .judge = judge_announced_web,
    .rivals = RIVALS (TLS_INTERCEPTION (is_certificate_shown)),
    .title = TEXT (N_("DNS names a web server for XMPP")),
    /* Translators: {host} is a server's name and port */
    .explanation = TEXT (N_("A web server answers at {host}, which DNS names for XMPP (an SRV "
                            "record). Sidetone signed in at another port, and apps that don't try "
                            "it can't sign in.")),
    .advice = TEXT (CORRECT_RECORD),
    .means = N_("DNS names several ports of your server, and at one of them a web server answers. "
                "Sidetone tried the next one, and not every app does."),
    .ask = ASK_OTHER_APPS,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("In another network that port takes XMPP: then something in this one answers in "
                   "its place."),
  },
  {
    .kind = SIDETONE_FINDING_CLOCK_DIFFERS,
    .nick = "clock-differs", .code = "LOC-03",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_YOU,
    .remedy = sidetone_remedy_set_clock,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge = judge_clock,
    .rivals = RIVALS ({
      .nick = "servers-clock", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_SET_CLOCK, .goes_away = FALSE,
      .text = N_("a wrong clock of your server"),
      .advice = N_("Tell your server's administrator that the server's clock is wrong."),
      .is_excluded = sidetone_rules_never,
    }),
    .title = TEXT (N_("This computer's clock may be wrong")),
    /* Translators: {number} is a number of hours */
    .explanation = TEXT (N_("It differs from your server's clock by {number} h or more. Good "
                            "certificates then seem to have expired, or not to be valid yet.")),
    .advice = TEXT (N_("Let this computer set its clock by the network.")),
    .means = N_("This computer's clock and your server's differ by an hour or more. One of the two "
                "is wrong."),
    .ask = N_("Which date and time does this computer show, and which your phone?"),
    .try = TRY_SET_CLOCK,
    .stop = N_("Stop when this computer's clock is right. Hand over to your server's administrator "
               "if the difference stays."),
    .disprove = N_("This computer shows the same time as your phone: then the server's clock is "
                   "wrong."),
  },
};

const SidetoneRules sidetone_connection_rules = { rules, G_N_ELEMENTS (rules) };
