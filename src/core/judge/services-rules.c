/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The findings about the services that a server announces for calls (XEP-0215: STUN and TURN
 * servers, with credentials): what is missing or can't be right. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

#include "judge/failure.h"
#include "seen/services.h"
#include "wire/services.h"

/* What it means for this user */
static const SidetoneVariant lack_sentences[] = {
  { SIDETONE_WHEN_IN_THE_OPEN, TRUE,
    N_("Your address is public, so your calls may not need it.") },
  { SIDETONE_WHEN_ALWAYS, 0,
    N_("Without it, calls between two homes can fail.") }
};

/* An allocation is refreshed after at most this time (RFC 8656, section 3.2): credentials with a
 * shorter validity may expire during a call. */
#define SHORT_S 600

/* The server's answer proves each of these findings. They need no test: they are about what is
 * missing or can't be right. */
static gboolean
conclude (const SidetoneCase *judged,
          SidetoneProof      *proof)
{
  sidetone_proof_add (proof, judged->services.answer);

  return TRUE;
}

static gboolean
has_error (const SidetoneCase *judged,
           SidetoneError       error)
{
  return g_error_matches (judged->services.error, SIDETONE_ERROR, error);
}

/* Its other features prove it, too. */
static gboolean
judge_offer (const SidetoneCase *judged,
             SidetoneProof      *proof)
{
  const SidetoneServicesCheck *services = &judged->services;
  SidetoneObservation *disco = sidetone_evidence_get_last (judged->evidence,
                                                           SIDETONE_OBSERVATION_DISCO);

  if (!has_error (judged, SIDETONE_ERROR_NOT_OFFERED))
    return services->knows_all && services->n == 0 && conclude (judged, proof);

  conclude (judged, proof);
  if (sidetone_observation_has_passed (disco))
    sidetone_proof_add (proof, disco);

  return TRUE;
}

static gboolean
judge_relays (const SidetoneCase *judged,
              SidetoneProof      *proof)
{
  const SidetoneServicesCheck *services = &judged->services;

  return services->n > 0 && services->n_relays == 0 && services->knows_all &&
         conclude (judged, proof);
}

static gboolean
judge_permission (const SidetoneCase *judged,
                  SidetoneProof      *proof)
{
  return has_error (judged, SIDETONE_ERROR_FORBIDDEN) && conclude (judged, proof);
}

/* A broken session says nothing about services. */
static gboolean
judge_answer (const SidetoneCase *judged,
              SidetoneProof      *proof)
{
  const GError *error = judged->services.error;

  if (error == NULL || !sidetone_failure_is_answer (error->code) ||
      has_error (judged, SIDETONE_ERROR_NOT_OFFERED) ||
      has_error (judged, SIDETONE_ERROR_FORBIDDEN))
    return FALSE;

  proof->facts.error = error->code;

  return conclude (judged, proof);
}

/* The server has more than the reader takes. */
static gboolean
is_long (const SidetoneServicesSeen *seen)
{
  return seen->services != NULL && seen->services->len >= SIDETONE_SERVICES_MAX;
}

static gboolean
judge_unreadable (const SidetoneCase *judged,
                  SidetoneProof      *proof)
{
  const SidetoneServicesSeen *seen;
  g_autofree char *quotes = NULL;

  if (judged->services.answer == NULL || judged->services.error != NULL)
    return FALSE;

  seen = sidetone_observation_get_services (judged->services.answer);
  if (seen->unusable <= 0 || (seen->unreadable == NULL && is_long (seen)))
    return FALSE;

  proof->facts.number = seen->unusable;
  if (seen->unreadable != NULL)
    {
      quotes = g_strjoinv (", ", (char **) seen->unreadable);
      sidetone_proof_take_host (proof, g_steal_pointer (&quotes));
    }

  return conclude (judged, proof);
}

static char *
format_place (SidetoneService *service)
{
  g_autoptr (SidetoneEndpoint) literal = sidetone_service_dup_literal (service);

  return literal != NULL ? sidetone_endpoint_format (literal)
         : g_strdup_printf ("%s:%u", sidetone_service_get_host (service),
                            sidetone_service_get_port (service));
}

/* Unusable relays are reported to the administrator. */
static gboolean
name_unusable (const SidetoneCase *judged,
               SidetoneProof      *proof)
{
  if (judged->services.unusable == NULL)
    return FALSE;

  sidetone_proof_take_host (proof, format_place (judged->services.unusable));

  return conclude (judged, proof);
}

static gboolean
judge_no_credentials (const SidetoneCase *judged,
                      SidetoneProof      *proof)
{
  return judged->services.n_usable == 0 && name_unusable (judged, proof);
}

static gboolean
judge_missing_credentials (const SidetoneCase *judged,
                           SidetoneProof      *proof)
{
  return judged->services.n_usable > 0 && name_unusable (judged, proof);
}

/* By the server's clock: this computer's may be wrong. */
static gboolean
expires_within (const SidetoneCase *judged,
                gint64              from_s,
                gint64              to_s)
{
  gint64 left_s;

  if (judged->services.n_usable == 0)
    return FALSE;

  left_s = sidetone_observation_get_services (judged->services.answer)->expires_in;

  return left_s != SIDETONE_NOT_SEEN && left_s > from_s && left_s <= to_s;
}

static gboolean
judge_expiry (const SidetoneCase *judged,
              SidetoneProof      *proof)
{
  return expires_within (judged, G_MININT64, 0) && conclude (judged, proof);
}

static gboolean
judge_short_expiry (const SidetoneCase *judged,
                    SidetoneProof      *proof)
{
  return expires_within (judged, 0, SHORT_S - 1) && conclude (judged, proof);
}

static gboolean
judge_tcp (const SidetoneCase *judged,
           SidetoneProof      *proof)
{
  return judged->services.n_usable > 0 && !judged->services.has_other &&
         conclude (judged, proof);
}

/* Calls use UDP, and some programs know no other transport to a relay. */
static gboolean
judge_udp (const SidetoneCase *judged,
           SidetoneProof      *proof)
{
  return judged->services.n_usable > 0 && !judged->services.has_udp && conclude (judged, proof);
}

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_NO_SERVICES,
    .nick = "no-services", .code = "CALL-01",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_offer_services,
    .judge = judge_offer,
    .title = TEXT (N_("Your server offers no call servers")),
    .explanation = TEXT (N_("It announces neither a STUN server, which helps direct calls, nor a "
                            "relay (TURN), which carries calls when no direct way works.")),
    .consequence = lack_sentences,
    .advice = TEXT (N_("Ask your server's administrator to offer STUN and TURN (XEP-0215).")),
    .means = N_("Your server names no server that helps with calls. Apps then have only what they "
                "bring along, and calls between two homes often fail."),
    .ask = N_("Do calls work when both people are on the same Wi-Fi, and fail otherwise?"),
    .try = N_("Call someone on the same Wi-Fi: if that works, the app and the microphone are "
              "fine."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = DISPROVE_ACCOUNT,
  },
  {
    .kind = SIDETONE_FINDING_NO_RELAY,
    .nick = "no-relay", .code = "CALL-02",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_offer_relay,
    .judge = judge_relays,
    .title = TEXT (N_("Your server offers no relay for calls")),
    .explanation = TEXT (N_("It announces a STUN server, which helps direct calls, but no relay "
                            "(TURN), which carries calls when no direct way works.")),
    .consequence = lack_sentences,
    .advice = TEXT (N_("Ask your server's administrator to offer a relay too (TURN).")),
    .means = N_("Your server helps two people to find each other directly, and has nothing for "
                "when no direct way works."),
    .ask = ASK_SOME_PEOPLE,
    .try = N_("Call from another network, such as mobile data instead of Wi-Fi: some pairs of "
              "networks find a direct way."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = DISPROVE_ACCOUNT,
  },
  {
    .kind = SIDETONE_FINDING_SERVICES_FORBIDDEN,
    .nick = "services-forbidden", .code = "CALL-03",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_allow_services,
    .judge = judge_permission,
    .title = TEXT (N_("Your account may not look up call servers")),
    .explanation = TEXT (N_("Your server does not let this account look up the call servers. So "
                            "apps that sign in with it get no help for calls.")),
    .advice = TEXT (N_("Ask your server's administrator to let your account ask.")),
    .means = N_("Your server has a list of call servers, and does not show it to your account."),
    .ask = ASK_GUEST,
    .try = TRY_ANOTHER_ACCOUNT,
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("The same account is given the list in a later check: then the server's rule "
                   "has changed since."),
  },
  {
    .kind = SIDETONE_FINDING_SERVICES_UNKNOWN,
    .nick = "services-unknown", .code = "CALL-04",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_answer_services,
    .judge = judge_answer,
    .title = TEXT (N_("Couldn't look up call servers")),
    /* Translators: {services-event} is a sentence about why a server did not tell */
    .explanation = TEXT (N_("{services-event} So apps get no help for calls from it.")),
    .advice = TEXT (N_("Check again, and send the report to your server's administrator if this "
                       "keeps happening.")),
    .means = N_("Your server was asked for its call servers and gave no list: it did not answer, "
                "or answered with an error."),
    .ask = ASK_SLOW,
    .try = TRY_LATER,
    .stop = STOP_ADMINISTRATOR_TWICE,
    .disprove = DISPROVE_PASSING,
  },
  {
    .kind = SIDETONE_FINDING_SERVICES_UNREADABLE,
    .nick = "services-unreadable", .code = "CALL-31",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_write_hosts,
    .judge = judge_unreadable,
    .title = TEXT (N_("Some call servers can't be read")),
    /* Translators: {number} is how many, {host} what stands there in place of a server's name */
    .explanation = TEXT (N_("Your server's list of call servers has entries that can't be read "
                            "({number}): {host}. So no app can use these.")),
    .advice = TEXT (N_("Ask your server's administrator to write the bare name of the host there, "
                       "with its port, type and transport in settings of their own.")),
    .means = N_("In your server's list of call servers something else stands where a host, a port or "
                "a transport belongs. No app can use such an entry."),
    .ask = ASK_UPDATED,
    .try = TRY_NOTHING_HERE,
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("A later check reads every entry: then the list has been corrected since."),
  },
  {
    .kind = SIDETONE_FINDING_NO_CREDENTIALS,
    .nick = "no-credentials", .code = "CALL-05",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_give_passwords,
    .judge = judge_no_credentials,
    .title = TEXT (N_("Your server gave no password for its relay")),
    .explanation = TEXT (N_("A relay (TURN) wants a name and a password, and your server gave none "
                            "with it. Most apps then leave the relay out.")),
    .advice = TEXT (N_("Ask your server's administrator to have the server give a password with "
                       "each relay.")),
    .means = N_("A relay lets in only apps that have a name and a password. Your server names the "
                "relay, and leaves these out."),
    .ask = ASK_SOME_PEOPLE,
    .try = TRY_ANOTHER_ACCOUNT,
    .stop = STOP_ADMINISTRATOR,
    .disprove = DISPROVE_ACCOUNT,
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_MISSING,
    .nick = "credentials-missing", .code = "CALL-06",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_give_passwords,
    .judge = judge_missing_credentials,
    .title = TEXT (N_("Some relays came without a password")),
    /* Translators: {host} is a name or an address, with a port */
    .explanation = TEXT (N_("A relay (TURN) wants a name and a password, and your server gave none "
                            "with {host}. Most apps then leave that one out.")),
    .advice = TEXT (N_("Ask your server's administrator to have the server give a password with "
                       "each relay.")),
    .means = N_("Some relays came with a password, and some without one. Apps use only those that "
                "have one."),
    .ask = ASK_SOME_PEOPLE,
    .try = N_("There is nothing to try: the relays that came with a password were tested, and they "
              "count."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = DISPROVE_ACCOUNT,
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_EXPIRED,
    .nick = "credentials-expired", .code = "CALL-07",
    .severity = SIDETONE_SEVERITY_WARNING, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_prolong_passwords,
    .judge = judge_expiry,
    .title = TEXT (N_("The relay's password has expired")),
    .explanation = TEXT (N_("By your server's own clock, the password that it gave for its relay "
                            "(TURN) is too old. Relays turn such a password away.")),
    .advice = TEXT (N_("Ask your server's administrator to let these passwords last for an hour or "
                       "more.")),
    .means = N_("The password for the relay is already too old when your server gives it out."),
    .ask = N_("Did calls work until lately?"),
    .try = N_("Check again: each check should be given a new password."),
    .stop = STOP_ADMINISTRATOR_TWICE,
    .disprove = N_("A second check is given a password that lasts: then the server has made a new "
                   "one since."),
  },
  {
    .kind = SIDETONE_FINDING_CREDENTIALS_SHORT,
    .nick = "credentials-short", .code = "CALL-08",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_prolong_passwords,
    .judge = judge_short_expiry,
    .title = TEXT (N_("The relay's password expires soon")),
    .explanation = TEXT (N_("By your server's own clock, the password that it gave for its relay "
                            "(TURN) is good for less than ten minutes. A call that lasts longer "
                            "may lose the relay.")),
    .advice = TEXT (N_("Ask your server's administrator to let these passwords last for an hour or "
                       "more.")),
    .means = N_("The password for the relay is good for less than ten minutes. A longer call "
                "through the relay may break off."),
    .ask = N_("Do calls break off after some minutes?"),
    .try = N_("Call someone for longer than ten minutes, and see whether it breaks off."),
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("A call through the relay lasts half an hour: then your app is given new "
                   "passwords in time."),
  },
  {
    .kind = SIDETONE_FINDING_NO_RELAY_OVER_TCP,
    .nick = "no-relay-over-tcp", .code = "CALL-09",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_offer_tls,
    .judge = judge_tcp,
    .title = TEXT (N_("The relay doesn't help where UDP is blocked")),
    .explanation = TEXT (N_("Some networks, as in companies and hotels, block UDP. From there only "
                            "a relay (TURN) over TCP or TLS can help.")),
    .advice = TEXT (N_("Ask your server's administrator to offer the relay over TLS too, best at "
                       "port 443.")),
    .means = N_("The relay can be reached over UDP only. That is enough here if UDP gets out, and "
                "no help in networks that block it."),
    .ask = N_("Do calls fail only in some places, such as at work, in a hotel or on a train?"),
    .try = N_("Call from a network that lets UDP out, such as mobile data."),
    .stop = N_("Stop here if calls work in the places where you need them. Else hand over to your "
               "server's administrator."),
    .disprove = N_("Calls fail where UDP gets out, too: then the cause is another finding."),
  },
  {
    .kind = SIDETONE_FINDING_NO_RELAY_OVER_UDP,
    .nick = "no-relay-over-udp", .code = "CALL-29",
    .severity = SIDETONE_SEVERITY_NOTE, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .remedy = sidetone_remedy_offer_udp,
    .judge = judge_udp,
    .title = TEXT (N_("The relay works over TCP only")),
    /* Translators: {udp-apps} is a list of apps' names */
    .explanation = TEXT (N_("Calls use UDP, and a relay (TURN) that wants TCP or TLS holds them up "
                            "when data gets lost. Some apps, such as {udp-apps}, use a relay only "
                            "over UDP.")),
    .advice = TEXT (N_("Ask your server's administrator to offer the relay over UDP too.")),
    .means = N_("The relay takes calls over TCP or TLS only. Some apps then have no relay at all, "
                "and in others voices stutter."),
    .ask = ASK_APP,
    .try = TRY_ANOTHER_APP,
    .stop = STOP_ADMINISTRATOR,
    .disprove = N_("Calls fail in an app that can use the relay over TCP: then the cause is "
                   "another finding."),
  },
};

const SidetoneRules sidetone_services_rules = { rules, G_N_ELEMENTS (rules) };
