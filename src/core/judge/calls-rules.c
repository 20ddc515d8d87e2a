/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* Findings about STUN and TURN servers that were tested: firewalls, silence, refused credentials and
 * allocations, relayed addresses that nothing comes through. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "seen/echo.h"

static const char *
get_host (const SidetoneServiceResult *result)
{
  return sidetone_service_get_host (result->service);
}

static gboolean
is_silent (const SidetoneServiceResult *result)
{
  return sidetone_service_result_is_silent (result);
}

static gboolean
is_over_udp (const SidetoneServiceResult *result)
{
  return sidetone_service_result_is_over_udp (result);
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
                   SidetoneVerdict             *verdict)
{
  if (!judged->calls.udp_is_blocked)
    return;

  sidetone_verdict_blame (verdict, result, result->test);
  verdict->facts.number = judged->calls.n_silent_hosts;
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
 * If another request was answered there by UDP, they did get lost. */
static gboolean
is_silent_by_chance (const SidetoneCase          *judged,
                     const SidetoneServiceResult *result)
{
  return (has_timed_out (result) && sidetone_evidence_loses_answers (judged->evidence)) ||
         (is_silent (result) && is_over_udp (result) &&
          sidetone_evidence_has_answered_udp (judged->evidence, result->server));
}

static void
judge_silence (const SidetoneCase          *judged,
               const SidetoneServiceResult *result,
               SidetoneVerdict             *verdict)
{
  gboolean explained = judged->calls.udp_is_blocked && is_over_udp (result);

  explained = explained || is_silent_by_chance (judged, result);
  if (is_silent (result) && !explained && !has_host_answered (judged, result))
    sidetone_verdict_blame (verdict, result, result->test);
}

static void
judge_credentials (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result,
                   SidetoneVerdict             *verdict)
{
  if (sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_CREDENTIALS))
    sidetone_verdict_blame (verdict, result, result->test);
}

static void
judge_certificate (const SidetoneCase          *judged,
                   const SidetoneServiceResult *result,
                   SidetoneVerdict             *verdict)
{
  if (sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_CERTIFICATE))
    sidetone_verdict_blame (verdict, result, result->test);
}

/* One of several addresses may be at fault, so both are named. */
static char *
format_place (const SidetoneServiceResult *result)
{
  g_autofree char *address = sidetone_endpoint_dup_address (result->server);

  if (g_str_equal (address, get_host (result)))
    return g_steal_pointer (&address);

  return g_strdup_printf ("%s (%s)", get_host (result), address);
}

/* A network that blocks much explains it. */
static void
judge_transport (const SidetoneCase          *judged,
                 const SidetoneServiceResult *result,
                 SidetoneVerdict             *verdict)
{
  gboolean is_unreached = is_silent (result) ||
                          sidetone_observation_has_error (result->test, SIDETONE_ERROR_TLS_FAILED);

  if (!is_unreached || judged->calls.udp_is_blocked || !has_host_answered (judged, result) ||
      is_silent_by_chance (judged, result))
    return;

  sidetone_verdict_blame (verdict, result, result->test);
  if (verdict->ids->len == 1 && result->server != NULL)
    sidetone_verdict_take_host (verdict, format_place (result));
}

static gboolean
is_public (const SidetoneCase *judged,
           SidetoneEndpoint   *endpoint)
{
  return sidetone_evidence_is_public (judged->evidence, sidetone_endpoint_get_address (endpoint));
}

/* A public relay must have a public relayed address, and its packets must come from there. */
static gboolean
is_relayed_wrongly (const SidetoneCase          *judged,
                    const SidetoneServiceResult *result)
{
  SidetoneEndpoint *from = result->echo != NULL
                           ? sidetone_observation_get_echo (result->echo)->source : NULL;

  if (result->relayed == NULL || result->server == NULL)
    return FALSE;

  return (is_public (judged, result->server) && !is_public (judged, result->relayed)) ||
         (from != NULL && !sidetone_endpoint_equal_address (from, result->relayed));
}

static void
judge_relayed (const SidetoneCase          *judged,
               const SidetoneServiceResult *result,
               SidetoneVerdict             *verdict)
{
  if (!is_relayed_wrongly (judged, result))
    return;

  sidetone_verdict_blame (verdict, result, result->test);
  sidetone_verdict_add (verdict, result->echo);
}

static void
judge_closed (const SidetoneCase          *judged,
              const SidetoneServiceResult *result,
              SidetoneVerdict             *verdict)
{
  if (sidetone_observation_has_failed (result->echo) &&
      sidetone_observation_has_error (result->echo, SIDETONE_ERROR_RELAY_SILENT) &&
      judged->calls.udp_works && !is_relayed_wrongly (judged, result))
    {
      sidetone_verdict_blame (verdict, result, result->echo);
      sidetone_verdict_add (verdict, result->test);
    }
}

static void
judge_rules (const SidetoneCase          *judged,
             const SidetoneServiceResult *result,
             SidetoneVerdict             *verdict)
{
  if (sidetone_observation_has_error (result->test, SIDETONE_ERROR_TURN_FORBIDDEN))
    sidetone_verdict_blame (verdict, result, result->test);
  else if (sidetone_observation_has_error (result->echo, SIDETONE_ERROR_TURN_FORBIDDEN))
    sidetone_verdict_blame (verdict, result, result->echo);
}

/* Several allocations are requested at a time: if some are refused, that is no fault. */
static void
judge_capacity (const SidetoneCase          *judged,
                const SidetoneServiceResult *result,
                SidetoneVerdict             *verdict)
{
  if (sidetone_observation_has_error_trait (result->test, SIDETONE_ERROR_IS_SHORTAGE) &&
      !get_host_evidence (judged, result)->has_allocated)
    sidetone_verdict_blame (verdict, result, result->test);
}

static void
judge_oddities (const SidetoneCase          *judged,
                const SidetoneServiceResult *result,
                SidetoneVerdict             *verdict)
{
  SidetoneObservation *odd = result->test;

  if (!sidetone_observation_has_error_trait (odd, SIDETONE_ERROR_IS_ODD))
    odd = result->echo;

  if (sidetone_observation_has_error_trait (odd, SIDETONE_ERROR_IS_ODD) &&
      sidetone_service_is_relay (result->service))
    sidetone_verdict_blame (verdict, result, odd);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_UDP_BLOCKED,
    .nick = "udp-blocked", .code = "CALL-13",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ROUTER,
    .traits = SIDETONE_RULE_ABOUT_LINE,
    .judge_result = judge_blocked_udp,
    .title = TEXT (N_("This network blocks the usual way of calls")),
    .explanation = VARIANTS {
      { SIDETONE_WHEN_SEVERAL, TRUE,
        N_("No server for calls answers by UDP, by which calls are sent: a firewall in this "
           "network seems to stop it.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("Your server for calls answers, but not by UDP, by which calls are sent: a firewall "
           "seems to stop it, most likely in this network.") }
    },
    .consequence = VARIANTS {
      { SIDETONE_WHEN_RELAY, SIDETONE_RELAY_WORKS,
        N_("Calls can go by your server's relay over TCP or TLS, if the program can do that.") },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("No relay that works over TCP or TLS was found to go around it.") }
    },
    .advice = TEXT (N_("Ask whoever runs this network to let UDP out, or make calls from another "
                       "one.")),
  },
  {
    .kind = SIDETONE_FINDING_SERVICE_SILENT,
    .nick = "service-silent", .code = "CALL-14",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_silence,
    .title = TEXT (N_("A server for calls does not answer")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("{host} gave no answer in any of the ways that your server names. It "
                            "may be down, or a firewall here or there stands in between.")),
    .advice = TEXT (N_("Check again from another network, and tell your server's administrator if "
                       "it stays so.")),
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_REFUSED,
    .nick = "credentials-refused", .code = "CALL-15",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_credentials,
    .title = TEXT (N_("The relay refuses the password it came with")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("Your server gave a password for the relay (TURN) at {host}, and that "
                            "turned it away. So no program can use this relay.")),
    /* Translators: "secret" is a setting of the relay and of the XMPP server */
    .advice = TEXT (N_("Ask your server's administrator to give the XMPP server and its relay the "
                       "same secret.")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_CERTIFICATE,
    .nick = "relay-certificate", .code = "CALL-16",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_certificate,
    .title = TEXT (N_("The relay's certificate is not good")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} Programs that look at it won't use this way to the server.")),
    .advice = TEXT (N_("Ask your server's administrator for a certificate that fits the relay's "
                       "name.")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_TRANSPORT,
    .nick = "relay-transport", .code = "CALL-17",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_transport,
    .title = TEXT (N_("A server for calls answers only partly")),
    /* Translators: {host} is a name or an address, {transport} UDP, TCP or TLS */
    .explanation = TEXT (N_("{host} can't be used over {transport}, though it answers in another "
                            "way. Networks in which only this one is left get no help from it.")),
    .advice = TEXT (N_("Ask your server's administrator whether it listens there, and what its "
                       "firewall lets in.")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_CLOSED,
    .nick = "relay-closed", .code = "CALL-18",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_closed,
    .title = TEXT (N_("Nothing can be sent to the relay")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} gave an address to send to, and nothing "
                            "that was sent there arrived. Calls by it begin and stay silent.")),
    .advice = TEXT (N_("Ask your server's administrator to let UDP in at the relay's ports "
                       "(mostly 49152 to 65535).")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_ADDRESS,
    .nick = "relay-address", .code = "CALL-19",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_relayed,
    .title = TEXT (N_("The relay gives out a wrong address")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} gave an address to send to that does not "
                            "lead to it from the internet. Calls by it begin and stay silent.")),
    /* Translators: the last part names settings of two server programs */
    .advice = TEXT (N_("Ask your server's administrator to tell the relay its address on the "
                       "internet (in coturn external-ip, in ejabberd turn_ipv4_address).")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_FORBIDDEN,
    .nick = "relay-forbidden", .code = "CALL-20",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_rules,
    .title = TEXT (N_("The relay forbids what calls need")),
    /* Translators: {host} is a name or an address */
    .explanation = TEXT (N_("The relay (TURN) at {host} won't pass on packets from this network's "
                            "address, by a rule of its own. Calls by it begin and stay silent.")),
    /* Translators: the last part names a setting of a server program */
    .advice = TEXT (N_("Ask your server's administrator which addresses the relay's rules forbid "
                       "(in coturn denied-peer-ip).")),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_FULL,
    .nick = "relay-full", .code = "CALL-21",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_capacity,
    .title = TEXT (N_("The relay has no place left")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} Calls that need it don't come about meanwhile.")),
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_RELAY_ERROR,
    .nick = "relay-error", .code = "CALL-22",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .judge_result = judge_oddities,
    .title = TEXT (N_("The relay answers with an error")),
    /* Translators: {event} is a sentence about what went wrong */
    .explanation = TEXT (N_("{event} So calls get no help from this relay.")),
    .advice = TEXT ("{error-advice}"),
  },
};

const SidetoneRules sidetone_calls_rules = { rules, G_N_ELEMENTS (rules) };
