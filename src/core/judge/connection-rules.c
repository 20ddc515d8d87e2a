/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The findings when the server could not be asked, from a missing network and DNS to TLS and SASL.
 * Each stands for a group of SidetoneError. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/rules-private.h"

#include <glib/gi18n-lib.h>

/* What happened, with the server's own text if there is any; else what that means for calls. */
static const SidetoneVariant failure_explanations[] = {
  { SIDETONE_WHEN_SERVER_TEXT, TRUE, "{answer}" },
  /* Translators: {event} is a sentence about why signing in was not possible */
  { SIDETONE_WHEN_ALWAYS, 0,
    N_("{event} Without signing in nothing can be said about calls.") }
};

static const SidetoneRule rules[] = {
  {
    .kind = SIDETONE_FINDING_OFFLINE,
    .nick = "offline", .code = "CON-01",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .title = TEXT (N_("This computer is offline")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_NAME_NOT_FOUND,
    .nick = "name-not-found", .code = "CON-02",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = TEXT (N_("{server} was not found")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_DNS_SILENT,
    .nick = "dns-silent", .code = "CON-03",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ROUTER,
    .title = TEXT (N_("Names can't be looked up here")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_SERVER_SILENT,
    .nick = "server-silent", .code = "CON-04",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = TEXT (N_("{server} does not answer")),
    .explanation = VARIANTS {
      /* Translators: {tries} is a number, two or more; {tally} is a list such as "1 was
       * refused, 2 got no answer within 5 seconds" */
      { SIDETONE_WHEN_SEVERAL_TRIES, TRUE,
        N_("None of the {tries} tries to connect got through: {tally}. Without signing in nothing "
           "can be said about calls.") },
      { SIDETONE_WHEN_SERVER_TEXT, TRUE, "{answer}" },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("{event} Without signing in nothing can be said about calls.") }
    },
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_CERTIFICATE,
    .nick = "certificate", .code = "CON-05",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("This may not be your server")),
    .explanation = VARIANTS {
      /* Translators: {certificate-for} is the name of a server, or several with commas between
       * them, {host} is the name of another one */
      { SIDETONE_WHEN_CERTIFICATE, TRUE,
        N_("The server's certificate was made for {certificate-for}, not for {host}. Without "
           "signing in nothing can be said about calls.") },
      /* Translators: {host} is the name of a server */
      { SIDETONE_WHEN_CERTIFICATE, FALSE,
        N_("The server's certificate does not have {host} as a DNS name (subjectAltName), the only "
           "kind of name that counts. Without signing in nothing can be said about calls.") },
      { SIDETONE_WHEN_SERVER_TEXT, TRUE, "{answer}" },
      { SIDETONE_WHEN_ALWAYS, 0,
        N_("{event} Without signing in nothing can be said about calls.") }
    },
    .advice = VARIANTS {
      /* Translators: {host} is the name of a server */
      { SIDETONE_WHEN_CERTIFICATE, TRUE,
        N_("Look for a typing mistake in the account, or ask your server's administrator for a "
           "certificate that names {host}.") },
      /* Translators: {host} is the name of a server */
      { SIDETONE_WHEN_CERTIFICATE, FALSE,
        N_("Ask your server's administrator for a certificate that names {host}.") },
      { SIDETONE_WHEN_ALWAYS, 0, "{error-advice}" }
    },
  },
  {
    .kind = SIDETONE_FINDING_NO_SECURITY,
    .nick = "no-security", .code = "CON-06",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("No secure connection could be made")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_WRONG_PASSWORD,
    .nick = "wrong-password", .code = "CON-07",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .title = TEXT (N_("The password was not accepted")),
    /* A server's text about a wrong password adds nothing, and may be in any language. */
    .explanation = TEXT (N_("{event} Without signing in nothing can be said about calls.")),
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .nick = "account-refused", .code = "CON-08",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("Your server does not let this account in")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_NOT_XMPP,
    .nick = "not-xmpp", .code = "CON-09",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_YOU,
    .title = TEXT (N_("Something else answers there")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_SERVER_REFUSES,
    .nick = "server-refuses", .code = "CON-10",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_ADMINISTRATOR,
    .title = TEXT (N_("Your server did not finish the sign-in")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_CONNECTION_LOST,
    .nick = "connection-lost", .code = "CON-11",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_NOBODY,
    .title = TEXT (N_("The connection broke off")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
  {
    .kind = SIDETONE_FINDING_CONNECTION_BROKEN,
    .nick = "connection-broken", .code = "CON-12",
    .severity = SIDETONE_SEVERITY_PROBLEM, .owner = SIDETONE_OWNER_NOBODY,
    .title = TEXT (N_("The check could not go on")),
    .explanation = failure_explanations,
    .advice = TEXT ("{error-advice}"),
  },
};

const SidetoneRules sidetone_connection_rules = { rules, G_N_ELEMENTS (rules) };
