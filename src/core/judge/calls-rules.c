/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings about STUN and TURN servers that were tested: firewalls, silence, refused credentials,
 * certificates. Those about relays that answered are in relay-rules.c. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "judge/clock.h"
#include "seen/relay.h"
#include "seen/stun.h"

static const char *
get_host (const SidetoneServiceResult *result)
{
  return sidetone_service_get_host (result->service);
}

/* This computer's own firewall does not let it ask. */
static gboolean
is_unsent (const SidetoneServiceResult *result)
{
  return sidetone_observation_has_error (result->test, SIDETONE_ERROR_NOT_PERMITTED);
}

static gboolean
is_silent (const SidetoneServiceResult *result)
{
  return sidetone_service_result_is_silent (result) && !is_unsent (result);
}

static gboolean
is_over_udp (const SidetoneServiceResult *result)
{
  return sidetone_service_result_is_over_udp (result);
}

static gboolean
is_same_service (const SidetoneService *a,
                 const SidetoneService *b)
{
  return sidetone_service_is_relay (a) == sidetone_service_is_relay (b) &&
         sidetone_service_get_transport (a) == sidetone_service_get_transport (b) &&
         sidetone_service_get_port (a) == sidetone_service_get_port (b) &&
         g_str_equal (sidetone_service_get_host (a), sidetone_service_get_host (b));
}

static gboolean
is_inside (const SidetoneCase          *judged,
           const SidetoneServiceResult *result)
{
  return sidetone_calls_check_is_inside (&judged->calls, result);
}

static const SidetoneHostEvidence *
get_host_evidence (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result)
{
  return sidetone_evidence_get_host (judged->evidence, get_host (result));
}

static gboolean
has_host_answered (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result)
{
  return get_host_evidence (judged, result)->has_answered;
}

static void
judge_blocked_udp (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result,
                   SidetoneProof               *proof)
{
  if (!judged->calls.udp_is_blocked)
    return;

  sidetone_proof_blame (proof, result, result->test);
  if (judged->calls.udp_is_unsent)
    {
      proof->facts.error = SIDETONE_ERROR_NOT_PERMITTED;
      proof->facts.owner = SIDETONE_OWNER_YOU;
    }
}

static void
judge_unsent (const SidetoneCase          *judged,
              const SidetoneServiceResult *result,
              SidetoneProof               *proof)
{
  if (is_unsent (result) && !judged->calls.udp_is_unsent)
    sidetone_proof_blame (proof, result, result->test);
}

static gboolean
has_timed_out (const SidetoneServiceResult *result)
{
  static const SidetoneError timeouts[] = {
    SIDETONE_ERROR_STUN_NO_ANSWER, SIDETONE_ERROR_TCP_NO_ANSWER, SIDETONE_ERROR_TLS_NO_ANSWER,
  };

  for (guint i = 0; i < G_N_ELEMENTS (timeouts); i++)
    {
      if (g_error_matches (sidetone_observation_get_error (result->test), SIDETONE_ERROR, timeouts[i]))
        return TRUE;
    }

  return FALSE;
}

/* By its deadline a request is sent three times: by UDP as a STUN request, by TCP as a SYN. With a
 * loss of 10 % in each direction all three are lost in 1 of 145 tests, and a check makes several.
 * If another request was answered there by UDP, less loss is enough. */
static gboolean
is_silent_by_chance (const SidetoneCase          *judged,
                     const SidetoneServiceResult *result)
{
  if (!has_timed_out (result))
    return FALSE;

  return sidetone_evidence_loses_answers (judged->evidence) ||
         (is_over_udp (result) && sidetone_evidence_may_lose_answers (judged->evidence) &&
          sidetone_evidence_get_answer_there (judged->evidence, result) != NULL);
}

/* Whether a relay answers at exactly that place, where STUN does not */
static gboolean
is_stun_off (const SidetoneCase          *judged,
             const SidetoneServiceResult *result)
{
  const SidetoneServiceResult *other = sidetone_evidence_get_answer_there (judged->evidence, result);

  return !sidetone_service_is_relay (result->service) && is_silent (result) && other != NULL &&
         sidetone_service_is_relay (other->service);
}

static void
judge_silence (const SidetoneCase          *judged,
               const SidetoneServiceResult *result,
               SidetoneProof               *proof)
{
  gboolean explained = judged->calls.udp_is_blocked && is_over_udp (result);

  explained = explained || is_silent_by_chance (judged, result) || is_inside (judged, result);
  if (is_silent (result) && !explained && !has_host_answered (judged, result))
    sidetone_proof_blame (proof, result, result->test);
}

static void
judge_credentials (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result,
                   SidetoneProof               *proof)
{
  if (sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_CREDENTIALS))
    sidetone_proof_blame (proof, result, result->test);
}

static const char *const *
get_names (SidetoneObservation *test)
{
  const SidetoneRelaySeen *relay = sidetone_observation_get_relay (test);
  const SidetoneStunSeen *stun = sidetone_observation_get_stun (test);

  return relay != NULL ? relay->names : stun != NULL ? stun->names : NULL;
}

static void
judge_certificate (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result,
                   SidetoneProof               *proof)
{
  const char *const *names = get_names (result->test);
  gboolean is_first = proof->ids == NULL;

  if (!sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_CERTIFICATE) ||
      sidetone_clock_explains (judged->evidence,
                               sidetone_observation_get_error (result->test)->code))
    return;

  sidetone_proof_blame (proof, result, result->test);
  if (is_first && names != NULL &&
      proof->facts.error == SIDETONE_ERROR_CERTIFICATE_WRONG_NAME)
    sidetone_proof_take_certificate_for (proof, sidetone_finding_join_names (names));
}

/* Whether the same service answers by the other version of IP, and nothing at the silent address
 * does: else one transport is at fault, and not a record in DNS */
static gboolean
is_answered_otherwise (const SidetoneCase          *judged,
                       const SidetoneServiceResult *result)
{
  GPtrArray *results = sidetone_evidence_get_results (judged->evidence);
  gboolean is_ipv6 = sidetone_service_result_is_over_ipv6 (result);
  gboolean is_answered = FALSE;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *other = results->pdata[i];

      if (!sidetone_service_result_has_answered (other) || other->server == NULL)
        continue;

      if (result->server != NULL && sidetone_endpoint_equal_address (other->server, result->server))
        return FALSE;

      is_answered = is_answered ||
                    (sidetone_service_result_is_over_ipv6 (other) != is_ipv6 &&
                     is_same_service (other->service, result->service));
    }

  return is_answered;
}

/* A network that blocks much explains it. */
static void
judge_transport (const SidetoneCase          *judged,
                 const SidetoneServiceResult *result,
                 SidetoneProof               *proof)
{
  gboolean is_unreached = is_silent (result) ||
                          sidetone_observation_has_error (result->test, SIDETONE_ERROR_TLS_FAILED);

  if (!is_unreached || judged->calls.udp_is_blocked || !has_host_answered (judged, result) ||
      is_silent_by_chance (judged, result) || is_stun_off (judged, result) ||
      (is_silent (result) && is_inside (judged, result)))
    return;

  if (proof->ids == NULL)
    proof->facts.other_version = is_answered_otherwise (judged, result);
  sidetone_proof_blame (proof, result, result->test);
}

static void
judge_stun_off (const SidetoneCase          *judged,
                const SidetoneServiceResult *result,
                SidetoneProof               *proof)
{
  if (is_stun_off (judged, result) && !is_silent_by_chance (judged, result) &&
      !is_inside (judged, result))
    sidetone_proof_blame (proof, result, result->test);
}

/* The differential diagnosis: what looks the same from here, and what excludes it. One computer
 * sees one end of the path. */

static gboolean
has_error (const SidetoneFindingFacts *facts,
           SidetoneError               error)
{
  return sidetone_observation_has_error (facts->result->test, error);
}

/* Whether another server answers by the same transport, by TCP at the same port; or the server itself
 * refused. */
static gboolean
is_answered (const SidetoneCase         *judged,
             const SidetoneFindingFacts *facts)
{
  GPtrArray *results = sidetone_evidence_get_results (judged->evidence);
  guint16 port = sidetone_service_get_port (facts->result->service);

  if (is_over_udp (facts->result))
    return judged->calls.udp_works;
  if (has_error (facts, SIDETONE_ERROR_CONNECTION_REFUSED))
    return TRUE;

  for (guint i = 0; i < results->len; i++)
    {
      const SidetoneServiceResult *other = results->pdata[i];

      if (sidetone_service_result_has_answered (other) && !is_over_udp (other) &&
          sidetone_service_get_port (other->service) == port)
        return TRUE;
    }

  return FALSE;
}

/* Whether a firewall in this network can't be the reason for silence there. How far packets get shows
 * that, and nothing of a ban. */
static gboolean
is_let_out (const SidetoneCase         *judged,
            const SidetoneFindingFacts *facts)
{
  return is_answered (judged, facts) ||
         (is_over_udp (facts->result) ? judged->calls.udp_gets_out
          : judged->calls.tcp_port_out == sidetone_service_get_port (facts->result->service));
}

static gboolean
is_ipv6_no_matter (const SidetoneCase         *judged,
                   const SidetoneFindingFacts *facts)
{
  return !sidetone_service_result_is_over_ipv6 (facts->result) ||
         sidetone_evidence_knows_ipv6_works (judged->evidence);
}

static gboolean
is_udp_stopped_here (const SidetoneCase         *judged,
                     const SidetoneFindingFacts *facts)
{
  return judged->calls.udp_stops_here;
}

static gboolean
is_no_401 (const SidetoneCase         *judged,
           const SidetoneFindingFacts *facts)
{
  return !has_error (facts, SIDETONE_ERROR_TURN_UNAUTHORIZED);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_UDP_BLOCKED,
    .nick = "udp-blocked", .code = "CALL-13",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .remedy = sidetone_remedy_let_in_udp,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge_result = judge_blocked_udp,
    .rivals = RIVALS (VPN, {
      .nick = "servers-without-udp", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = FALSE,
      .text = N_("servers that take no UDP"),
      .advice = N_("Ask your server's administrator to let UDP in at the call servers."),
      .is_excluded = is_udp_stopped_here,
    }),
    .title = VARIANTS {
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_NOT_PERMITTED,
        N_("This computer's firewall blocks calls (UDP)") },
      { SIDETONE_WHEN_ALWAYS, 0, N_("This network blocks calls (UDP)") }
    },
    .explanation = VARIANTS {
      /* Translators: a kill switch is a setting of VPN apps */
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_NOT_PERMITTED,
        N_("Calls use UDP, and this computer itself does not let it out: it has a firewall that "
           "stops it, or a VPN app with a kill switch.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Calls use UDP, and a firewall on this network seems to block it.") }
    },
    .consequence = VARIANTS {
      { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_WORKS,
        N_("Apps that can use the relay over TCP or TLS still work.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("No relay was found that gets around it.") }
    },
    .advice = VARIANTS {
      /* Translators: a kill switch is a setting of VPN apps */
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_NOT_PERMITTED,
        N_("Let your apps send UDP in the settings of this computer's firewall, or of the VPN's "
           "kill switch.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Ask the person who runs this network to allow UDP, or call from another network, such "
           "as mobile data.") }
    },
    .means = N_("Calls send voices over UDP. In this network none of that comes back, while other "
                "kinds of connections work."),
    .ask = N_("Whose network is this: your own, a company's, a hotel's, a school's? Is a VPN on?"),
    .try = N_("Turn off the VPN, if there is one, and check again. Then check from another "
              "network, such as your phone's."),
    .stop = STOP_NETWORK,
    .disprove = N_("Another network shows the same: then the call servers take no UDP, and your "
                   "server's administrator can fix that."),
    .between = N_("blocks UDP, which calls need"), .translator = N_("Firewall"),
  },
  {
    .kind = SIDETONE_FINDING_NOT_SENT,
    .nick = "not-sent", .code = "CALL-44",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_YOU,
    .judge_result = judge_unsent,
    .title = TEXT (N_("This computer stops some of what calls need")),
    /* Translators: {host} is a name or an address, {entry} something like "TURN over UDP, 203.0.113.20
     * port 3478"; a kill switch is a setting of VPN apps */
    .explanation = TEXT (N_("{host} could not be asked in one way ({entry}), because this computer does "
                            "not send that: it has a firewall that stops it, or a VPN app with a kill "
                            "switch.")),
    /* Translators: a kill switch is a setting of VPN apps */
    .advice = TEXT (N_("Let your apps send UDP in the settings of this computer's firewall, or of the "
                       "VPN's kill switch.")),
    .means = N_("A firewall on this computer, or a VPN app, does not let out some of what calls need: "
                "often all of IPv6."),
    .ask = N_("Which firewall or VPN app runs on this computer?"),
    .try = N_("Let your apps through that firewall, or turn off the VPN app's kill switch, and check "
              "again."),
    .stop = N_("Stop when no such program is found. Hand over to the person who looks after this "
               "computer."),
    .disprove = N_("It stays the same with the firewall and the VPN app turned off: then something else "
                   "on this computer stops it."),
  },
  {
    .kind = SIDETONE_FINDING_SERVICE_SILENT,
    .nick = "service-silent", .code = "CALL-14",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_let_in_all,
    .judge_result = judge_silence,
    .rivals = RIVALS (LOCAL_FIREWALL (is_let_out), BAN (is_answered)),
    .title = TEXT (N_("A call server does not answer")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("{host} didn't answer in any of the ways that your server announces. "
                            "It may be down, or a firewall in front of it may block it.")),
    .advice = TEXT (N_("Ask your server's administrator whether {host} is running, and what its "
                       "firewall lets in.")),
    .means = N_("A call server does not answer at all, in none of the ways that your server "
                "names."),
    .ask = ASK_SINCE_WHEN,
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = DISPROVE_FIREWALL,
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_REFUSED,
    .nick = "credentials-refused", .code = "CALL-15",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_share_secret,
    .judge_result = judge_credentials,
    .rivals = RIVALS ({
      .nick = "server-clock", .owner = SIDETONE_OWNER_ADMINISTRATOR,
      .text = N_("a clock that is wrong at the XMPP server or at the relay"),
      .advice = N_("Ask them to compare the clocks of both."),
      .is_excluded = is_no_401,
    }),
    .title = TEXT (N_("The relay rejects your server's password")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay rejects the name and password that your server gives out "
                            "for it, not your own ({entry}). So no app can use the relay in this "
                            "way.")),
    .advice = TEXT (N_("Ask your server's administrator to give the XMPP server and its relay the "
                       "same secret.")),
    .means = N_("Your server gives out a password for the relay, and the relay turns it away. The "
                "two don't agree."),
    .ask = ASK_SINCE_WHEN,
    .try = N_("Check again once: each check is given a new password."),
    .stop = STOP_ADMINISTRATOR_TWICE,
    .disprove = N_("The clocks of your server and the relay differ: then the password is right, "
                   "and only seems too old. The administrator can tell."),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_CERTIFICATE,
    .nick = "relay-certificate", .code = "CALL-16",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_renew_relays_certificate,
    .judge_result = judge_certificate,
    .rivals = RIVALS (TLS_INTERCEPTION (sidetone_rules_is_issuer_known), OLD_AUTHORITIES, CLOCK),
    .title = TEXT (N_("The relay's certificate is not valid")),
    .explanation = VARIANTS {
      /* Translators: {certificate-for} is the name of a server, or several with commas between
       * them, {host} is the name of another one */
      { SIDETONE_WHEN_CERTIFICATE, TRUE,
        N_("The certificate was made for {certificate-for}, not for {host}. Apps that look at it "
           "won't use this way to the server.") },
      /* Translators: {host} is the name of a server, or an address */
      { SIDETONE_WHEN_CERTIFICATE, FALSE,
        N_("The certificate does not have {host} in its subjectAltName, where names count. Apps "
           "that look at it won't use this way to the server.") },
      /* Translators: {event} is a sentence about what went wrong */
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("{event} Apps that look at it won't use this way to the server.") }
    },
    .advice = VARIANTS {
      /* Translators: fullchain.pem is the name of a file */
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_CERTIFICATE_NO_CHAIN,
        N_("Ask your server's administrator to install the relay's certificate with its whole "
           "chain, fullchain.pem.") },
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_CERTIFICATE_WRONG_NAME,
        N_("Ask your server's administrator for a certificate that fits the relay's name, or to "
           "announce the relay by a name that the certificate has.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Ask your server's administrator for a valid certificate for the relay, from a known "
           "issuer.") }
    },
    .means = N_("The certificate by which the call server proves who it is does not hold. Careful "
                "apps then don't connect there."),
    .ask = N_("Is this computer's date right? Does this network have a login page?"),
    .try = N_("Set this computer's clock, and check again. Then check from another network."),
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("All is well with the clock set: then it was the clock. All is well in another "
                   "network: then this one interferes with encryption."),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_TRANSPORT,
    .nick = "relay-transport", .code = "CALL-17",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_let_in_entry,
    .judge_result = judge_transport,
    .rivals = RIVALS (LOCAL_FIREWALL (is_let_out), {
      .nick = "local-ipv6", .owner = SIDETONE_OWNER_PROVIDER,
      .act = SIDETONE_ACT_ANOTHER_NETWORK, .goes_away = TRUE,
      .text = N_("IPv6 on your line"),
      .advice = N_("Ask your internet provider to fix IPv6 on your line."),
      .is_excluded = is_ipv6_no_matter,
    }),
    .title = TEXT (N_("A call server is only partly reachable")),
    .explanation = VARIANTS {
      /* Translators: {host} is a name or an address, {version} is IPv4 or IPv6, {entry} something
       * like "TURN over UDP, 203.0.113.20 port 3478" */
      { SIDETONE_WHEN_OTHER_VERSION, TRUE,
        N_("{host} does not answer by {version} ({entry}), but does by the other version of the "
           "internet protocol. Calls that try this one first lose time, and some fail.") },
      /* Translators: {host} is a name or an address, {entry} something like "TURN over TLS,
       * 203.0.113.20 port 443" */
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TLS_FAILED,
        N_("{host} takes a connection there, but no encryption can be agreed on ({entry}). Networks "
           "that allow only this way can't use it.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("{host} does not answer in one of the ways that your server announces ({entry}), but "
           "does in another. Networks that allow only this one can't use it.") }
    },
    .advice = VARIANTS {
      /* Translators: {record} is AAAA or A, a kind of entry in DNS */
      { SIDETONE_WHEN_OTHER_VERSION, TRUE,
        N_("Ask your server's administrator to correct or remove that {version} address (the "
           "{record} record), or to listen there.") },
      { SIDETONE_WHEN_ERROR, SIDETONE_ERROR_TLS_FAILED,
        N_("Ask your server's administrator for a certificate and a key that the relay may read.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Ask your server's administrator whether it listens there (for TLS with a certificate "
           "that it may read), and what is let in to it.") }
    },
    .means = N_("The call server answers in one way, and not in another that your server names, "
                "too. Apps that try the silent one first lose time or fail."),
    .ask = N_("Do calls fail in one network only, or in all of them?"),
    .try = TRY_ANOTHER_NETWORK,
    .stop = STOP_ADMINISTRATOR_ELSEWHERE,
    .disprove = N_("It answers in that way, too, in another network: then a firewall here, or IPv6 "
                   "on your line, is the cause."),
  },
  {
    .kind = SIDETONE_FINDING_STUN_SILENT,
    .nick = "stun-silent", .code = "CALL-36",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_answer_stun,
    .judge_result = judge_stun_off,
    .title = TEXT (N_("A call server leaves one question unanswered")),
    /* Translators: {host} is a name or an address, {entry} something like "STUN over UDP,
     * 203.0.113.20 port 3478" */
    .explanation = TEXT (N_("{host} does not answer as one entry of your server promises "
                            "({entry}), though the relay at the same place does. Apps that ask "
                            "only there don't learn their address.")),
    .advice = TEXT (N_("Ask your server's administrator to turn on STUN there, or to stop "
                       "announcing it.")),
    .means = N_("Your server names one place for two services, and only the relay answers there. "
                "Apps that ask only the other one don't learn their address."),
    .ask = ASK_APP,
    .try = TRY_ANOTHER_APP,
    .stop = STOP_ADMINISTRATOR,
    .disprove = DISPROVE_PASSING,
  },
};

const SidetoneRules sidetone_calls_rules = { rules, G_N_ELEMENTS (rules) };
