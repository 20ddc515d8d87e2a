/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/error.h"

#include "base/deadlines.h"
#include "base/nick.h"

#include <glib/gi18n-lib.h>

/* All errors, with their codes in reports. */

#define CODE(error, code) .name = #error, .nick = code

/* One row for each error, in the order of the enum */
static const SidetoneErrorRow rows[SIDETONE_N_ERRORS] = {
  [SIDETONE_ERROR_UNKNOWN] = {
    CODE (SIDETONE_ERROR_UNKNOWN, "unknown"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("The check stopped for a reason that this version does not know."),
    .in_short = N_("does not work"),
    .advice = N_("Update Sidetone and check again."),
  },
  [SIDETONE_ERROR_ACCOUNT_EMPTY] = {
    CODE (SIDETONE_ERROR_ACCOUNT_EMPTY, "account-empty"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    .event = N_("No account was given."),
    .advice = N_("Type it like romeo@example.org."),
  },
  [SIDETONE_ERROR_ACCOUNT_NO_NAME] = {
    CODE (SIDETONE_ERROR_ACCOUNT_NO_NAME, "account-no-name"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    /* Translators: {account} is an account as it was typed, or "The account" */
    .event = N_("{account} has no name before the @."),
    .advice = N_("Type it like romeo@example.org."),
  },
  [SIDETONE_ERROR_ACCOUNT_NO_DOMAIN] = {
    CODE (SIDETONE_ERROR_ACCOUNT_NO_DOMAIN, "account-no-domain"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    /* Translators: {account} is an account as it was typed, or "The account" */
    .event = N_("Add the server after an @, for example juliet@example.org: {account}."),
    .advice = N_("Type it like romeo@example.org."),
  },
  [SIDETONE_ERROR_ACCOUNT_TOO_LONG] = {
    CODE (SIDETONE_ERROR_ACCOUNT_TOO_LONG, "account-too-long"),
    .traits = SIDETONE_ERROR_IS_TYPED | SIDETONE_ERROR_IS_FINAL,
    .finding = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    /* Translators: {account} is an account as it was typed, or "The account" */
    .event = N_("{account} is too long."),
    .advice = N_("Shorten each part of it to 1023 bytes."),
  },
  [SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER] = {
    CODE (SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER, "account-forbidden-character"),
    .traits = SIDETONE_ERROR_IS_TYPED | SIDETONE_ERROR_IS_FINAL,
    .finding = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    /* Translators: {account} is an account as it was typed, or "The account" */
    .event = N_("{account} has a character in it that no account can have."),
    .advice = N_("Look for a space, a quotation mark or a second @."),
  },
  [SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN] = {
    CODE (SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN, "account-bad-domain"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_NAME_NOT_FOUND,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    /* Translators: {account} is an account as it was typed, or "The account" */
    .event = N_("{account} does not end with the name of a server."),
    .advice = N_("Correct what stands after the @: only the server's name, without a second @ or a port."),
  },
  [SIDETONE_ERROR_BAD_SERVER] = {
    CODE (SIDETONE_ERROR_BAD_SERVER, "bad-server"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_NAME_NOT_FOUND,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_SERVER,
    /* Translators: {typed} is a server as it was typed */
    .event = N_("{typed} is not the name or address of a server."),
    .advice = N_("Type it like example.org or example.org:5222."),
  },
  [SIDETONE_ERROR_BAD_PORT] = {
    CODE (SIDETONE_ERROR_BAD_PORT, "bad-port"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_NAME_NOT_FOUND,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_SERVER,
    .event = N_("A port is a number from 1 to 65535."),
    .advice = N_("Correct it, or leave it empty."),
  },
  [SIDETONE_ERROR_BAD_PIN] = {
    CODE (SIDETONE_ERROR_BAD_PIN, "bad-pin"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("The fingerprint of the certificate does not have 64 digits."),
    .advice = N_("Copy all of it: 64 characters, 0 to 9 and a to f."),
  },
  [SIDETONE_ERROR_BAD_ADDRESS] = {
    CODE (SIDETONE_ERROR_BAD_ADDRESS, "bad-address"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_NAME_NOT_FOUND,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_SERVER,
    /* Translators: {typed} is what was typed */
    .event = N_("{typed} is not an IP address."),
    .advice = N_("Type it like 192.0.2.1 or 2001:db8::1."),
  },
  [SIDETONE_ERROR_BAD_SERVICE] = {
    CODE (SIDETONE_ERROR_BAD_SERVICE, "bad-service"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_NAME_NOT_FOUND,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_SERVER,
    /* Translators: {typed} is what was typed */
    .event = N_("{typed} is not a call server."),
    .advice = N_("Type it like stun:example.org or turn:example.org:3478?transport=tcp."),
  },
  [SIDETONE_ERROR_FILE_UNREADABLE] = {
    CODE (SIDETONE_ERROR_FILE_UNREADABLE, "file-unreadable"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHOOSE_CA_FILE,
    /* Translators: {file} is the name of a file, or "The file" */
    .event = N_("{file} can't be read."),
    .advice = N_("Choose another file."),
  },
  [SIDETONE_ERROR_BAD_CA_FILE] = {
    CODE (SIDETONE_ERROR_BAD_CA_FILE, "bad-ca-file"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_CHOOSE_CA_FILE,
    .title = N_("The file with certificates can't be used"),
    /* Translators: {file} is the name of a file, or "The file" */
    .event = N_("{file} holds no certificates that can be used."),
    .advice = N_("Choose a file with certificates in PEM format."),
  },
  [SIDETONE_ERROR_NOT_A_REPORT] = {
    CODE (SIDETONE_ERROR_NOT_A_REPORT, "not-a-report"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    /* Translators: {file} is the name of a file, or "The file" */
    .event = N_("{file} is not a report of Sidetone."),
    .advice = N_("Choose a file that Sidetone saved."),
  },
  [SIDETONE_ERROR_REPORT_TOO_NEW] = {
    CODE (SIDETONE_ERROR_REPORT_TOO_NEW, "report-too-new"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    /* Translators: {file} is the name of a file, or "The file" */
    .event = N_("{file} was saved by a newer version of Sidetone."),
    .advice = N_("Update Sidetone to open it."),
  },
  [SIDETONE_ERROR_PASSWORD_MISSING] = {
    CODE (SIDETONE_ERROR_PASSWORD_MISSING, "password-missing"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_WRONG_PASSWORD,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_PASSWORD,
    .title = N_("The password is missing"),
    .event = N_("The password is missing."),
    .advice = N_("Type the password of your account."),
  },
  [SIDETONE_ERROR_PASSWORD_LINE_BREAK] = {
    CODE (SIDETONE_ERROR_PASSWORD_LINE_BREAK, "password-line-break"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_WRONG_PASSWORD,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_PASSWORD,
    .event = N_("The password has a line break in it."),
    .advice = N_("Type it again, or copy it without the line break."),
  },
  [SIDETONE_ERROR_PASSWORD_NOT_KEPT] = {
    CODE (SIDETONE_ERROR_PASSWORD_NOT_KEPT, "password-not-kept"),
    .traits = SIDETONE_ERROR_IS_TYPED,
    .finding = SIDETONE_FINDING_WRONG_PASSWORD,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("The password could not be kept on this computer."),
    .advice = N_("Type it again at the next check."),
  },
  [SIDETONE_ERROR_TEXT_TOO_LARGE] = {
    CODE (SIDETONE_ERROR_TEXT_TOO_LARGE, "text-too-large"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_BAD_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} sent an answer that can't be used (too large)."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_TEXT_TOO_DEEP] = {
    CODE (SIDETONE_ERROR_TEXT_TOO_DEEP, "text-too-deep"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_BAD_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} sent an answer that can't be used (too deeply nested)."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_TEXT_MALFORMED] = {
    CODE (SIDETONE_ERROR_TEXT_MALFORMED, "text-malformed"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_BAD_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} sent an answer that can't be read."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE] = {
    CODE (SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE, "xml-duplicate-attribute"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_BAD_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} sent an answer that can't be used (the same thing twice)."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_XML_DOCTYPE] = {
    CODE (SIDETONE_ERROR_XML_DOCTYPE, "xml-doctype"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_BAD_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} sent an answer with a document type, which XMPP forbids."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_XML_ENTITY] = {
    CODE (SIDETONE_ERROR_XML_ENTITY, "xml-entity"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_BAD_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} sent an answer with entities of its own, which XMPP forbids."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_OFFLINE] = {
    CODE (SIDETONE_ERROR_OFFLINE, "offline"),
    .finding = SIDETONE_FINDING_OFFLINE,
    .next_step = SIDETONE_NEXT_STEP_WAIT_ONLINE,
    .event = N_("This computer is not connected to a network."),
    .advice = N_("Connect to Wi-Fi or plug in the network cable, then check again."),
  },
  [SIDETONE_ERROR_NAME_NOT_FOUND] = {
    CODE (SIDETONE_ERROR_NAME_NOT_FOUND, "name-not-found"),
    .finding = SIDETONE_FINDING_NAME_NOT_FOUND,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    .event = N_("{server} was not found."),
    .advice = N_("Check the account and the server for typos."),
  },
  [SIDETONE_ERROR_DNS_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_DNS_NO_ANSWER, "dns-no-answer"),
    .traits = SIDETONE_ERROR_IS_SILENCE,
    .finding = SIDETONE_FINDING_DNS_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .deadline = &sidetone_deadlines.dns,
    .event = N_("This network's name server did not answer within {seconds} seconds."),
    .advice = N_("Restart your router if web pages don't open either, and check again."),
  },
  [SIDETONE_ERROR_SRV_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_SRV_NO_ANSWER, "srv-no-answer"),
    .finding = SIDETONE_FINDING_DNS_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .title = N_("Your server can't be looked up here"),
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("This network's name server does not say which computers {the-server} uses for "
                "XMPP (SRV records), and at its own address your account was not found."),
    .advice = N_("Tell the person who runs this network that its name server has to answer "
                 "questions for SRV records."),
  },
  [SIDETONE_ERROR_DNS_FAILED] = {
    CODE (SIDETONE_ERROR_DNS_FAILED, "dns-failed"),
    .finding = SIDETONE_FINDING_DNS_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = N_("{server} could not be looked up"),
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("This network's name server could not look up {the-server}."),
    .advice = N_("Check again in a few minutes, or from another network."),
  },
  [SIDETONE_ERROR_TARGET_NOT_FOUND] = {
    CODE (SIDETONE_ERROR_TARGET_NOT_FOUND, "target-not-found"),
    .finding = SIDETONE_FINDING_SERVER_SILENT,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("DNS names a server that doesn't exist"),
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("DNS names {the-server} as the computer for XMPP (SRV record), and that name has no "
                "address."),
    .advice = N_("Ask your server's administrator to correct the SRV record, or to give that name "
                 "an address."),
  },
  [SIDETONE_ERROR_SERVER_IPV6_ONLY] = {
    CODE (SIDETONE_ERROR_SERVER_IPV6_ONLY, "server-ipv6-only"),
    .finding = SIDETONE_FINDING_SERVER_IPV6_ONLY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    /* Translators: {server} is the name of a server, or "Your server" */
    .event = N_("{server} has only an IPv6 address, and this computer has only IPv4, so that it can't "
                "get there."),
    .advice = N_("Ask your server's administrator to give the server an IPv4 address too."),
  },
  [SIDETONE_ERROR_SERVER_IPV4_ONLY] = {
    CODE (SIDETONE_ERROR_SERVER_IPV4_ONLY, "server-ipv4-only"),
    .finding = SIDETONE_FINDING_SERVER_IPV4_ONLY,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    /* Translators: {server} is the name of a server, or "Your server" */
    .event = N_("{server} has only an IPv4 address, and this computer got only an IPv6 one, so that it "
                "can't get there."),
    .advice = N_("Connect this computer to the network anew, and check again."),
  },
  [SIDETONE_ERROR_NOT_OFFERED_BY_DNS] = {
    CODE (SIDETONE_ERROR_NOT_OFFERED_BY_DNS, "not-offered-by-dns"),
    .finding = SIDETONE_FINDING_NAME_NOT_FOUND,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = N_("{server} has no XMPP accounts"),
    .event = N_("{server} says that it has no XMPP accounts."),
    .advice = N_("Correct the account: what stands behind the @ must be an XMPP server."),
  },
  [SIDETONE_ERROR_CONNECTION_REFUSED] = {
    CODE (SIDETONE_ERROR_CONNECTION_REFUSED, "connection-refused"),
    .traits = SIDETONE_ERROR_IS_SILENCE,
    .finding = SIDETONE_FINDING_SERVER_SILENT,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = N_("{server} refuses connections"),
    .event = N_("{server} refused the connection."),
    .in_short = N_("refused"),
    .advice = N_("Ask your server's administrator whether it is running."),
  },
  [SIDETONE_ERROR_UNREACHABLE] = {
    CODE (SIDETONE_ERROR_UNREACHABLE, "unreachable"),
    .traits = SIDETONE_ERROR_IS_SILENCE,
    .finding = SIDETONE_FINDING_SERVER_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    /* Translators: {server} is the name of a server, or "Your server" */
    .title = N_("{server} can't be reached from here"),
    .event = N_("{server} can't be reached from this network."),
    .in_short = N_("can't be reached"),
    .advice = N_("Check again from another network."),
  },
  [SIDETONE_ERROR_TCP_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_TCP_NO_ANSWER, "tcp-no-answer"),
    .traits = SIDETONE_ERROR_IS_SILENCE,
    .finding = SIDETONE_FINDING_SERVER_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .deadline = &sidetone_deadlines.tcp,
    .event = N_("{server} did not answer within {seconds} seconds."),
    .in_short = N_("no answer"),
    .advice = N_("Check again from another network: a firewall here may block it, or the server "
                 "is down."),
  },
  [SIDETONE_ERROR_TLS_NOT_OFFERED] = {
    CODE (SIDETONE_ERROR_TLS_NOT_OFFERED, "tls-not-offered"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM | SIDETONE_ERROR_IS_STARTTLS,
    .finding = SIDETONE_FINDING_NO_SECURITY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} offers no encryption, so the password was not sent."),
    .advice = N_("Tell your server's administrator that encryption does not work there."),
  },
  [SIDETONE_ERROR_TLS_REFUSED] = {
    CODE (SIDETONE_ERROR_TLS_REFUSED, "tls-refused"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM | SIDETONE_ERROR_IS_STARTTLS,
    .finding = SIDETONE_FINDING_NO_SECURITY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} offers encryption, but refused to begin with it."),
    .advice = N_("Tell your server's administrator that encryption does not work there."),
  },
  [SIDETONE_ERROR_TLS_FAILED] = {
    CODE (SIDETONE_ERROR_TLS_FAILED, "tls-failed"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_NO_SECURITY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("No encryption could be agreed on with {the-server}."),
    .in_short = N_("encryption does not work"),
    .advice = N_("Tell your server's administrator that encryption does not work there."),
  },
  [SIDETONE_ERROR_TLS_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_TLS_NO_ANSWER, "tls-no-answer"),
    .traits = SIDETONE_ERROR_IS_SILENCE | SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_NO_SECURITY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .deadline = &sidetone_deadlines.tls,
    .event = N_("{server} did not set up the encryption within {seconds} seconds."),
    .in_short = N_("encryption never began"),
    .advice = N_("Tell your server's administrator that encryption does not work there."),
  },
  [SIDETONE_ERROR_TLS_CUT] = {
    CODE (SIDETONE_ERROR_TLS_CUT, "tls-cut"),
    .finding = SIDETONE_FINDING_NO_SECURITY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("The connection to {the-server} ended while encryption was being set up."),
    .advice = N_("Tell your server's administrator that encryption does not work there."),
  },
  [SIDETONE_ERROR_OTHER_TLS] = {
    CODE (SIDETONE_ERROR_OTHER_TLS, "other-tls"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM | SIDETONE_ERROR_IS_STARTTLS |
              SIDETONE_ERROR_IS_OTHER_WAY,
    .finding = SIDETONE_FINDING_NO_SECURITY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} begins with encryption in another way than was expected at this port."),
    .in_short = N_("encryption does not work"),
    .advice = N_("Tell your server's administrator to announce ports where TLS begins at once as "
                 "_xmpps-client, and those for STARTTLS as _xmpp-client."),
  },
  [SIDETONE_ERROR_ALPN_REFUSED] = {
    CODE (SIDETONE_ERROR_ALPN_REFUSED, "alpn-refused"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_WEB_PORT,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("Your server's port takes no XMPP"),
    /* Translators: ALPN: by it a program names its protocol as TLS begins */
    .event = N_("{server} refuses XMPP at a port that is announced for it (by ALPN), as a web server "
                "does."),
    .advice = N_("Tell your server's administrator that a web server answers at the port for "
                 "XMPP: if both share a port, the proxy has to choose by ALPN (xmpp-client)."),
  },
  [SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED] = {
    CODE (SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED, "certificate-self-signed"),
    .traits = SIDETONE_ERROR_IS_CERTIFICATE,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE,
    .event = N_("{server} uses a self-signed certificate, so someone could be intercepting your "
                "connection."),
    .in_short = N_("its certificate is signed by itself"),
    .advice = N_("Ask your server's administrator about this certificate before you go on."),
  },
  [SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER] = {
    CODE (SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER, "certificate-unknown-issuer"),
    .traits = SIDETONE_ERROR_IS_CERTIFICATE,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE,
    .event = N_("{server} showed a certificate from an issuer that this computer does not know."),
    .in_short = N_("its certificate has an unknown issuer"),
    .advice = N_("Ask your server's administrator about this certificate before you go on."),
  },
  [SIDETONE_ERROR_CERTIFICATE_NO_CHAIN] = {
    CODE (SIDETONE_ERROR_CERTIFICATE_NO_CHAIN, "certificate-no-chain"),
    .traits = SIDETONE_ERROR_IS_CERTIFICATE,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE,
    /* Translators: an intermediate certificate is one between the server's own and one that is known
     * to this computer */
    .event = N_("{server} showed a certificate without that of its issuer, whom this computer does "
                "not know: an intermediate certificate may be missing."),
    .in_short = N_("the certificate of its issuer is missing"),
    /* Translators: fullchain.pem is the name of a file */
    .advice = N_("Ask your server's administrator to install the certificate with its whole chain, "
                 "fullchain.pem."),
  },
  [SIDETONE_ERROR_CERTIFICATE_WRONG_NAME] = {
    CODE (SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, "certificate-wrong-name"),
    .traits = SIDETONE_ERROR_IS_CERTIFICATE,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE,
    .event = N_("{server} showed a certificate that was made for another name."),
    .in_short = N_("its certificate is for another name"),
    .advice = N_("Check the account for typos, or ask your server's administrator."),
  },
  [SIDETONE_ERROR_CERTIFICATE_EXPIRED] = {
    CODE (SIDETONE_ERROR_CERTIFICATE_EXPIRED, "certificate-expired"),
    .traits = SIDETONE_ERROR_IS_CERTIFICATE,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE,
    .event = N_("{server} uses a certificate that has expired."),
    .in_short = N_("its certificate has expired"),
    .advice = N_("Ask your server's administrator to renew it."),
  },
  [SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID] = {
    CODE (SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID, "certificate-not-yet-valid"),
    .traits = SIDETONE_ERROR_IS_CERTIFICATE,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE,
    .event = N_("{server} uses a certificate that is not valid yet."),
    .in_short = N_("its certificate is not valid yet"),
    .advice = N_("Set the date and time of this computer, and check again."),
  },
  [SIDETONE_ERROR_CERTIFICATE_OTHER] = {
    CODE (SIDETONE_ERROR_CERTIFICATE_OTHER, "certificate-other"),
    .traits = SIDETONE_ERROR_IS_CERTIFICATE,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE,
    .event = N_("{server} showed a certificate that this computer does not trust."),
    .in_short = N_("its certificate was not accepted"),
    .advice = N_("Ask your server's administrator about this certificate before you go on."),
  },
  [SIDETONE_ERROR_CLOCK_WRONG] = {
    CODE (SIDETONE_ERROR_CLOCK_WRONG, "clock-wrong"),
    .finding = SIDETONE_FINDING_CLOCK_WRONG,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("This computer's clock is set to a time before Sidetone was made, so that good "
                "certificates seem not to be valid yet."),
    .advice = N_("Set the date and time of this computer, and check again."),
  },
  [SIDETONE_ERROR_CERTIFICATE_NOT_PINNED] = {
    CODE (SIDETONE_ERROR_CERTIFICATE_NOT_PINNED, "certificate-not-pinned"),
    .traits = SIDETONE_ERROR_IS_CERTIFICATE,
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE,
    .event = N_("{server} showed another certificate than the one that you accepted."),
    .advice = N_("Ask your server's administrator about the change before you go on."),
  },
  [SIDETONE_ERROR_NOT_XMPP] = {
    CODE (SIDETONE_ERROR_NOT_XMPP, "not-xmpp"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_NOT_XMPP,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_SERVER,
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("Something other than an XMPP server answers in place of {the-server}."),
    .advice = N_("Correct the server or its port."),
  },
  [SIDETONE_ERROR_HTTP_ANSWER] = {
    CODE (SIDETONE_ERROR_HTTP_ANSWER, "http-answer"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_NOT_XMPP,
    .next_step = SIDETONE_NEXT_STEP_LOG_IN,
    .title = N_("Log in to this network first"),
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("A web server answers in place of {the-server}."),
    .advice = N_("Open a web page and see whether this network wants you to log in first."),
  },
  [SIDETONE_ERROR_WEB_PORT] = {
    CODE (SIDETONE_ERROR_WEB_PORT, "web-port"),
    .finding = SIDETONE_FINDING_WEB_PORT,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("A web server answers in place of {the-server}, and showed its certificate, so it is "
                "not a login page of this network."),
    .advice = N_("Tell your server's administrator that a web server answers at the port for "
                 "XMPP: if both share a port, the proxy has to choose by ALPN (xmpp-client)."),
  },
  [SIDETONE_ERROR_STREAM_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_STREAM_NO_ANSWER, "stream-no-answer"),
    .finding = SIDETONE_FINDING_SERVER_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .deadline = &sidetone_deadlines.sign_in,
    .event = N_("{server} accepted the connection, but didn't respond within {seconds} seconds."),
    .advice = N_("Check again, and tell your server's administrator if this keeps happening."),
  },
  [SIDETONE_ERROR_HOST_UNKNOWN] = {
    CODE (SIDETONE_ERROR_HOST_UNKNOWN, "host-unknown"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_ACCOUNT,
    .title = N_("The wrong server answers"),
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("The server that answered doesn't host {the-server}."),
    .advice = N_("Correct the account or the server."),
  },
  [SIDETONE_ERROR_STREAM_UNAVAILABLE] = {
    CODE (SIDETONE_ERROR_STREAM_UNAVAILABLE, "stream-unavailable"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .title = N_("Your server can't take you now"),
    .event = N_("{server} ended the connection because of trouble of its own, such as a restart or "
                "too many people."),
    .advice = N_("Check again in ten minutes, and tell your server's administrator if it stays the "
                 "same."),
  },
  [SIDETONE_ERROR_STREAM_POLICY] = {
    CODE (SIDETONE_ERROR_STREAM_POLICY, "stream-policy"),
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .title = N_("A rule of your server turned you away"),
    .event = N_("{server} turned this connection away by one of its rules, as many servers do for "
                "a while after several failed sign-ins."),
    .advice = N_("Check again in an hour, and ask your server's administrator about the rule if it "
                 "stays the same."),
  },
  [SIDETONE_ERROR_SEE_OTHER_HOST] = {
    CODE (SIDETONE_ERROR_SEE_OTHER_HOST, "see-other-host"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_SERVER,
    .title = N_("Your server names another server"),
    .event = N_("{server} does not take this account here, and names another server for it."),
    .advice = N_("Ask your server's administrator to announce the other server in DNS, or type it by "
                 "hand and check again."),
  },
  [SIDETONE_ERROR_SERVERS_PORT] = {
    CODE (SIDETONE_ERROR_SERVERS_PORT, "servers-port"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("This port is for other servers"),
    .event = N_("{server} takes only other servers at this port, and no accounts."),
    .advice = N_("Tell your server's administrator to announce the port for accounts in DNS, which "
                 "is mostly 5222 (_xmpp-client), and not that for servers."),
  },
  [SIDETONE_ERROR_STREAM_ERROR] = {
    CODE (SIDETONE_ERROR_STREAM_ERROR, "stream-error"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("Your server ended the connection"),
    .event = N_("{server} ended the connection with an error."),
    .advice = N_("Tell your server's administrator what it said."),
  },
  [SIDETONE_ERROR_INVALID_XML] = {
    CODE (SIDETONE_ERROR_INVALID_XML, "invalid-xml"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("Your server sent what can't be read"),
    .event = N_("{server} sent XML that can't be read."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_TOO_MUCH_DATA] = {
    CODE (SIDETONE_ERROR_TOO_MUCH_DATA, "too-much-data"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("Your server sent what can't be read"),
    .event = N_("{server} sent more than any server needs to say."),
    .in_short = N_("unreadable answer"),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_CLOSED_UNHEARD] = {
    CODE (SIDETONE_ERROR_CLOSED_UNHEARD, "closed-unheard"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM | SIDETONE_ERROR_IS_OTHER_WAY,
    .finding = SIDETONE_FINDING_CLOSED_UNHEARD,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} ends every connection before it says a word; it may expect a proxy in "
                "front of it."),
    .in_short = N_("the connection broke off"),
    .advice = N_("Tell your server's administrator to look at the settings for the PROXY "
                 "protocol."),
  },
  [SIDETONE_ERROR_CONNECTION_LOST] = {
    CODE (SIDETONE_ERROR_CONNECTION_LOST, "connection-lost"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_LOST,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    /* Translators: {the-server} is the name of a server, or "your server" */
    .event = N_("The connection to {the-server} broke off."),
    .in_short = N_("the connection broke off"),
    .advice = N_("Check again."),
  },
  [SIDETONE_ERROR_WEAK_MECHANISMS] = {
    CODE (SIDETONE_ERROR_WEAK_MECHANISMS, "weak-mechanisms"),
    .finding = SIDETONE_FINDING_NO_SECURITY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("Your server offers no safe sign-in"),
    .event = N_("{server} only accepts insecure sign-in, so your password was not sent."),
    .advice = N_("Ask your server's administrator to offer SCRAM."),
  },
  [SIDETONE_ERROR_NO_COMMON_MECHANISM] = {
    CODE (SIDETONE_ERROR_NO_COMMON_MECHANISM, "no-common-mechanism"),
    .finding = SIDETONE_FINDING_NO_SECURITY,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("Sidetone can't sign in at your server"),
    .event = N_("{server} wants a way to sign in that Sidetone does not have, so your password was "
                "not sent."),
    .advice = N_("Ask your server's administrator to offer SCRAM-SHA-1 or SCRAM-SHA-256, too."),
  },
  [SIDETONE_ERROR_NO_MECHANISM] = {
    CODE (SIDETONE_ERROR_NO_MECHANISM, "no-mechanism"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("Your server offers no sign-in here"),
    .event = N_("{server} offers no way to sign in on this connection, as if it were not "
                "encrypted."),
    .advice = N_("Tell your server's administrator that no way to sign in is offered: a part of the "
                 "server may be missing, or a proxy in front of it ends the encryption."),
  },
  [SIDETONE_ERROR_WRONG_PASSWORD] = {
    CODE (SIDETONE_ERROR_WRONG_PASSWORD, "wrong-password"),
    .finding = SIDETONE_FINDING_WRONG_PASSWORD,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_PASSWORD,
    .event = N_("Wrong password, or no such account."),
    .advice = N_("Check the spelling of the account, and enter the password again with Caps Lock off."),
  },
  [SIDETONE_ERROR_NOT_AUTHORIZED] = {
    CODE (SIDETONE_ERROR_NOT_AUTHORIZED, "not-authorized"),
    .finding = SIDETONE_FINDING_WRONG_PASSWORD,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_PASSWORD,
    .event = N_("{server} did not accept the account or the password."),
    .advice = N_("Check the account for typos and enter the password again, or ask your server's "
                 "administrator whether others can sign in."),
  },
  [SIDETONE_ERROR_PASSWORD_EXPIRED] = {
    CODE (SIDETONE_ERROR_PASSWORD_EXPIRED, "password-expired"),
    .finding = SIDETONE_FINDING_WRONG_PASSWORD,
    .next_step = SIDETONE_NEXT_STEP_CORRECT_PASSWORD,
    .title = N_("Your password has expired"),
    .event = N_("{server} says that this password has expired."),
    .advice = N_("Set a new one where you got the account, and enter it here."),
  },
  [SIDETONE_ERROR_ACCOUNT_DISABLED] = {
    CODE (SIDETONE_ERROR_ACCOUNT_DISABLED, "account-disabled"),
    .finding = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} has disabled this account."),
    .advice = N_("Ask your server's administrator about your account."),
  },
  [SIDETONE_ERROR_SIGN_IN_UNAVAILABLE] = {
    CODE (SIDETONE_ERROR_SIGN_IN_UNAVAILABLE, "sign-in-unavailable"),
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .title = N_("Your server can't check passwords now"),
    .event = N_("{server} can't check any password at this moment, so yours may well be right."),
    .advice = N_("Check again in ten minutes, and tell your server's administrator if it stays the "
                 "same."),
  },
  [SIDETONE_ERROR_BINDING_REFUSED] = {
    CODE (SIDETONE_ERROR_BINDING_REFUSED, "binding-refused"),
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .title = N_("The encryption may be opened on the way"),
    .event = N_("{server} found that the encryption does not reach from this computer to it "
                "(channel binding), so it stopped the sign-in."),
    .advice = N_("Tell your server's administrator that channel binding fails (SCRAM-PLUS), as it "
                 "does behind a proxy that ends TLS."),
  },
  [SIDETONE_ERROR_SIGN_IN_BROKEN] = {
    CODE (SIDETONE_ERROR_SIGN_IN_BROKEN, "sign-in-broken"),
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} gave up the sign-in before it knew whether the password is right."),
    .advice = N_("Tell your server's administrator what it said."),
  },
  [SIDETONE_ERROR_SIGN_IN_REFUSED] = {
    CODE (SIDETONE_ERROR_SIGN_IN_REFUSED, "sign-in-refused"),
    .finding = SIDETONE_FINDING_ACCOUNT_REFUSED,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} refused to sign this account in."),
    .advice = N_("Ask your server's administrator about your account."),
  },
  [SIDETONE_ERROR_SIGN_IN_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_SIGN_IN_NO_ANSWER, "sign-in-no-answer"),
    .finding = SIDETONE_FINDING_SERVER_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .deadline = &sidetone_deadlines.sign_in,
    .event = N_("{server} did not finish the sign-in within {seconds} seconds."),
    .advice = N_("Check again, and tell your server's administrator if this keeps happening."),
  },
  [SIDETONE_ERROR_BAD_CHALLENGE] = {
    CODE (SIDETONE_ERROR_BAD_CHALLENGE, "bad-challenge"),
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    /* Translators: SCRAM is the name of a way to sign in */
    .event = N_("{server} breaks the rules of the sign-in that it offers (SCRAM), so Sidetone "
                "did not answer it."),
    .advice = N_("Tell your server's administrator that its SCRAM sign-in is faulty."),
  },
  [SIDETONE_ERROR_SERVER_UNPROVEN] = {
    CODE (SIDETONE_ERROR_SERVER_UNPROVEN, "server-unproven"),
    .finding = SIDETONE_FINDING_CERTIFICATE,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} let you in without proving that it knows your password, as your own "
                "server would."),
    .advice = N_("Tell your server's administrator, before you sign in there again."),
  },
  [SIDETONE_ERROR_NO_BIND] = {
    CODE (SIDETONE_ERROR_NO_BIND, "no-bind"),
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} accepted the password, but offers no way to go on."),
    .advice = N_("Tell your server's administrator what it said."),
  },
  [SIDETONE_ERROR_BIND_REFUSED] = {
    CODE (SIDETONE_ERROR_BIND_REFUSED, "bind-refused"),
    .finding = SIDETONE_FINDING_SERVER_REFUSES,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} accepted the password, but refused to begin the session."),
    .advice = N_("Tell your server's administrator what it said."),
  },
  [SIDETONE_ERROR_BIND_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_BIND_NO_ANSWER, "bind-no-answer"),
    .finding = SIDETONE_FINDING_SERVER_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .deadline = &sidetone_deadlines.sign_in,
    .event = N_("{server} accepted the password, but did not begin the session within {seconds} "
                "seconds."),
    .advice = N_("Check again, and tell your server's administrator if this keeps happening."),
  },
  [SIDETONE_ERROR_SESSION_CONFLICT] = {
    CODE (SIDETONE_ERROR_SESSION_CONFLICT, "session-conflict"),
    .finding = SIDETONE_FINDING_SESSION_CONFLICT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} ended the connection because of another one: most likely another app is "
                "signed in with this account, and the server allows only so many at a time."),
    .advice = N_("Close the other app, and check again in a few minutes."),
  },
  [SIDETONE_ERROR_NOT_OFFERED] = {
    CODE (SIDETONE_ERROR_NOT_OFFERED, "not-offered"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_NOT_OFFERED,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} does not offer the address check."),
    .services_event = N_("Your server announces no call servers."),
    .advice = N_("Ask your server's administrator to turn it on (XEP-0279)."),
  },
  [SIDETONE_ERROR_FORBIDDEN] = {
    CODE (SIDETONE_ERROR_FORBIDDEN, "forbidden"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_FORBIDDEN,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} does not allow this account the address check."),
    .services_event = N_("Your server does not let this account look up call servers."),
    .advice = N_("Ask your server's administrator to allow it (XEP-0279)."),
  },
  [SIDETONE_ERROR_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_NO_ANSWER, "no-answer"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_NO_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .deadline = &sidetone_deadlines.query,
    .event = N_("{server} was asked, and did not answer within {seconds} seconds."),
    .advice = N_("Check again, and tell your server's administrator if this keeps happening."),
  },
  [SIDETONE_ERROR_BAD_ANSWER] = {
    CODE (SIDETONE_ERROR_BAD_ANSWER, "bad-answer"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_BAD_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} answered, but with no address that can be used."),
    .services_event = N_("Your server answered, but with no list of call servers."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_QUERY_FAILED] = {
    CODE (SIDETONE_ERROR_QUERY_FAILED, "query-failed"),
    .traits = SIDETONE_ERROR_IS_ANSWER,
    .finding = SIDETONE_FINDING_BAD_ANSWER,
    .next_step = SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR,
    .event = N_("{server} was asked, and answered that it can't say."),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING] = {
    CODE (SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING, "connection-program-missing"),
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .title = N_("A part of Sidetone is missing"),
    .event = N_("A part of Sidetone is missing on this computer."),
    .advice = N_("Install Sidetone again."),
  },
  [SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED] = {
    CODE (SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED, "connection-program-ended"),
    .traits = SIDETONE_ERROR_IS_ONE_PROGRAM,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_REPORT_BUG,
    .title = N_("Sidetone ran into a problem"),
    .event = N_("A part of Sidetone crashed, which is a bug in Sidetone and not in your network."),
    .advice = N_("Check again, and report it to Sidetone's makers if it happens again."),
  },
  [SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE] = {
    CODE (SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE, "connection-program-nonsense"),
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_REPORT_BUG,
    .event = N_("A part of Sidetone sent what makes no sense, which is a bug in Sidetone and not "
                "in your network."),
    .advice = N_("Install Sidetone again, and report the bug if that does not help."),
  },
  [SIDETONE_ERROR_TIMED_OUT] = {
    CODE (SIDETONE_ERROR_TIMED_OUT, "timed-out"),
    .finding = SIDETONE_FINDING_SERVER_SILENT,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .title = N_("The check took too long"),
    .event = N_("The check took longer than you allowed."),
    .in_short = N_("no answer"),
    .advice = N_("Check again and allow more time."),
  },
  [SIDETONE_ERROR_NETWORK_LOST] = {
    CODE (SIDETONE_ERROR_NETWORK_LOST, "network-lost"),
    .finding = SIDETONE_FINDING_INTERRUPTED,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .title = N_("The network went away during the check"),
    .event = N_("This computer's network went away during the check, or its address changed."),
    .advice = N_("Check again while the network stays."),
  },
  [SIDETONE_ERROR_SLEPT] = {
    CODE (SIDETONE_ERROR_SLEPT, "slept"),
    .finding = SIDETONE_FINDING_INTERRUPTED,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .title = N_("This computer slept during the check"),
    .event = N_("This computer slept during the check."),
    .advice = N_("Check again while it stays awake."),
  },
  [SIDETONE_ERROR_STUN_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_STUN_NO_ANSWER, "stun-no-answer"),
    .traits = SIDETONE_ERROR_IS_SILENCE,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .deadline = &sidetone_deadlines.stun,
    .event = N_("{server} was asked for help with calls, and did not answer within {seconds} "
                "seconds."),
    .in_short = N_("no answer"),
    .advice = N_("Check again from another network: a firewall here may block calls, or the "
                 "server is down."),
  },
  [SIDETONE_ERROR_STUN_BAD_ANSWER] = {
    CODE (SIDETONE_ERROR_STUN_BAD_ANSWER, "stun-bad-answer"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} was asked for help with calls, and answered what can't be read."),
    .in_short = N_("unreadable answer"),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_STUN_WRONG_SOURCE] = {
    CODE (SIDETONE_ERROR_STUN_WRONG_SOURCE, "stun-wrong-source"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} was asked for help with calls, and another address answered."),
    .in_short = N_("answer from another address"),
    .advice = N_("Check again from another network, for something here may answer in place of "
                 "the server."),
  },
  [SIDETONE_ERROR_STUN_NOT_GENUINE] = {
    CODE (SIDETONE_ERROR_STUN_NOT_GENUINE, "stun-not-genuine"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} was asked for help with calls, and the answer does not prove that it "
                "comes from there."),
    .in_short = N_("unverified answer"),
    .advice = N_("Check again from another network, for something here may answer in place of "
                 "the server."),
  },
  [SIDETONE_ERROR_STUN_UNAUTHORIZED] = {
    CODE (SIDETONE_ERROR_STUN_UNAUTHORIZED, "stun-unauthorized"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} demands a password for STUN, for which apps have none."),
    .in_short = N_("wants a password for STUN (401)"),
    .advice = N_("Ask your server's administrator to let STUN answer without a password."),
  },
  [SIDETONE_ERROR_STUN_FAILED] = {
    CODE (SIDETONE_ERROR_STUN_FAILED, "stun-failed"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} was asked for help with calls, and answered that it can't give it."),
    .in_short = N_("answered with an error"),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_TURN_TRY_ALTERNATE] = {
    CODE (SIDETONE_ERROR_TURN_TRY_ALTERNATE, "turn-try-alternate"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} has no relay for calls itself, and names another server for it."),
    .in_short = N_("names another server (300)"),
    .advice = N_("Ask your server's administrator to correct the relay's other server."),
  },
  [SIDETONE_ERROR_TURN_ALTERNATE_REFUSED] = {
    CODE (SIDETONE_ERROR_TURN_ALTERNATE_REFUSED, "turn-alternate-refused"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} names another server for its relay, at an address that Sidetone sends "
                "nothing to."),
    .in_short = N_("names a server at a private address (300)"),
    .advice = N_("Ask your server's administrator to correct the relay's other server."),
  },
  [SIDETONE_ERROR_TURN_ALTERNATE_SILENT] = {
    CODE (SIDETONE_ERROR_TURN_ALTERNATE_SILENT, "turn-alternate-silent"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} names another server for its relay, which does not answer."),
    .in_short = N_("names a server that is silent (300)"),
    .advice = N_("Ask your server's administrator to correct the relay's other server."),
  },
  [SIDETONE_ERROR_TURN_ALTERNATE_AGAIN] = {
    CODE (SIDETONE_ERROR_TURN_ALTERNATE_AGAIN, "turn-alternate-again"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} names another server for its relay, which names yet another one."),
    .in_short = N_("hands on without end (300)"),
    .advice = N_("Ask your server's administrator to correct the relay's other server."),
  },
  [SIDETONE_ERROR_TURN_BAD_REQUEST] = {
    CODE (SIDETONE_ERROR_TURN_BAD_REQUEST, "turn-bad-request"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} did not understand how it was asked for a relay."),
    .in_short = N_("did not understand the request (400)"),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_TURN_UNAUTHORIZED] = {
    CODE (SIDETONE_ERROR_TURN_UNAUTHORIZED, "turn-unauthorized"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_CREDENTIALS,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} did not accept the password that your server announces for it."),
    .in_short = N_("password not accepted (401)"),
    .advice = N_("Tell your server's administrator that the password of its relay does not work."),
  },
  [SIDETONE_ERROR_TURN_NO_ANSWER] = {
    CODE (SIDETONE_ERROR_TURN_NO_ANSWER, "turn-no-answer"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .deadline = &sidetone_deadlines.stun,
    .event = N_("{server} asked for the password of its relay, got it, and did not answer within "
                "{seconds} seconds."),
    .in_short = N_("silent once it has the password"),
    .advice = N_("Ask your server's administrator whether the relay can look up its users."),
  },
  [SIDETONE_ERROR_TURN_FORBIDDEN] = {
    CODE (SIDETONE_ERROR_TURN_FORBIDDEN, "turn-forbidden"),
    .traits = SIDETONE_ERROR_IS_REFUSAL,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} forbids what calls need its relay for."),
    .in_short = N_("not allowed (403)"),
    .advice = N_("Ask your server's administrator to allow it."),
  },
  [SIDETONE_ERROR_TURN_MISMATCH] = {
    CODE (SIDETONE_ERROR_TURN_MISMATCH, "turn-mismatch"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} mistook the relay for another one."),
    .in_short = N_("allocation mismatch (437)"),
    .advice = N_("Check again."),
  },
  [SIDETONE_ERROR_TURN_STALE_NONCE] = {
    CODE (SIDETONE_ERROR_TURN_STALE_NONCE, "turn-stale-nonce"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} found the request for a relay too old, although it had just come."),
    .in_short = N_("each request was too old (438)"),
    .advice = N_("Ask your server's administrator whether something in front of the relay sends each "
                 "request on from another port, or to another relay (Docker, a load balancer)."),
  },
  [SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED] = {
    CODE (SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED, "turn-family-unsupported"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} has no relay for this version of the internet protocol."),
    /* Translators: IP is the internet protocol, of which there are two versions in use */
    .in_short = N_("no relay for this version of IP (440)"),
    .advice = N_("Ask your server's administrator to give the relay addresses of both versions of "
                 "the internet protocol."),
  },
  [SIDETONE_ERROR_TURN_WRONG_CREDENTIALS] = {
    CODE (SIDETONE_ERROR_TURN_WRONG_CREDENTIALS, "turn-wrong-credentials"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_CREDENTIALS,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} says that the relay belongs to someone else."),
    .in_short = N_("wrong credentials (441)"),
    .advice = N_("Check again."),
  },
  [SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED] = {
    CODE (SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED, "turn-transport-unsupported"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} has no relay that passes on UDP."),
    .in_short = N_("no relay that passes on UDP (442)"),
    .advice = N_("Ask your server's administrator to let the relay pass on UDP."),
  },
  [SIDETONE_ERROR_TURN_PEER_FAMILY] = {
    CODE (SIDETONE_ERROR_TURN_PEER_FAMILY, "turn-peer-family"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} has a relay that does not reach the other version of the internet "
                "protocol."),
    .in_short = N_("no way to the other version of IP (443)"),
    .advice = N_("Send the report to your server's administrator."),
  },
  [SIDETONE_ERROR_TURN_QUOTA] = {
    CODE (SIDETONE_ERROR_TURN_QUOTA, "turn-quota"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_SHORTAGE,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} gave this account as many relays as it may have at a time."),
    .in_short = N_("account limit reached (486)"),
    .advice = N_("Check again when no call is under way, or ask your server's administrator to "
                 "allow more relays at a time."),
  },
  [SIDETONE_ERROR_TURN_NO_CAPACITY] = {
    CODE (SIDETONE_ERROR_TURN_NO_CAPACITY, "turn-no-capacity"),
    .traits = SIDETONE_ERROR_IS_REFUSAL | SIDETONE_ERROR_IS_SHORTAGE,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} has no relay left to give."),
    .in_short = N_("relay full (508)"),
    .advice = N_("Check again later, and tell your server's administrator if this keeps "
                 "happening."),
  },
  [SIDETONE_ERROR_UDP_REFUSED] = {
    CODE (SIDETONE_ERROR_UDP_REFUSED, "udp-refused"),
    .traits = SIDETONE_ERROR_IS_SILENCE,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} refused UDP, which calls use."),
    .in_short = N_("refuses UDP"),
    .advice = N_("Ask your server's administrator whether it listens there over UDP, and what its "
                 "firewall rejects."),
  },
  [SIDETONE_ERROR_UDP_PROHIBITED] = {
    CODE (SIDETONE_ERROR_UDP_PROHIBITED, "udp-prohibited"),
    .traits = SIDETONE_ERROR_IS_SILENCE,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} was asked for help with calls, and a router on the way turned that away."),
    .in_short = N_("turned away on the way"),
    .advice = N_("Check again from another network: if it works there, a firewall here stops calls."),
  },
  [SIDETONE_ERROR_NOT_PERMITTED] = {
    CODE (SIDETONE_ERROR_NOT_PERMITTED, "not-permitted"),
    .traits = SIDETONE_ERROR_IS_SILENCE,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} could not be asked for help with calls, because this computer does not send "
                "that."),
    .in_short = N_("stopped on this computer"),
    /* Translators: a kill switch is a setting of VPN apps */
    .advice = N_("Look at this computer's firewall, and for a kill switch in your VPN app."),
  },
  [SIDETONE_ERROR_RELAY_SILENT] = {
    CODE (SIDETONE_ERROR_RELAY_SILENT, "relay-silent"),
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} gave a relay, and nothing that was sent to it came through."),
    .in_short = N_("nothing came through"),
    .advice = N_("Ask your server's administrator to open the relay's ports for UDP."),
  },
  [SIDETONE_ERROR_RELAY_ONE_WAY] = {
    CODE (SIDETONE_ERROR_RELAY_ONE_WAY, "relay-one-way"),
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} gave a relay that takes data in, and nothing that it was to send on "
                "arrived."),
    .in_short = N_("sends nothing on"),
    .advice = N_("Ask your server's administrator to let the relay send UDP out to any port."),
  },
  [SIDETONE_ERROR_RELAY_WEB_SERVER] = {
    CODE (SIDETONE_ERROR_RELAY_WEB_SERVER, "relay-web-server"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} has a web server at a port that is announced for calls."),
    .in_short = N_("a web server answers"),
    .advice = N_("Ask your server's administrator to announce the port at which the relay "
                 "listens."),
  },
  [SIDETONE_ERROR_RELAY_WANTS_TLS] = {
    CODE (SIDETONE_ERROR_RELAY_WANTS_TLS, "relay-wants-tls"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} takes only TLS at a port that is announced without it."),
    .in_short = N_("takes only TLS there"),
    /* Translators: turns and stuns are types of servers */
    .advice = N_("Ask your server's administrator to announce that port as turns or stuns, which "
                 "are for TLS."),
  },
  [SIDETONE_ERROR_RELAY_SPEAKS_PLAIN] = {
    CODE (SIDETONE_ERROR_RELAY_SPEAKS_PLAIN, "relay-speaks-plain"),
    .traits = SIDETONE_ERROR_IS_ODD,
    .finding = SIDETONE_FINDING_CONNECTION_BROKEN,
    .next_step = SIDETONE_NEXT_STEP_CHECK_AGAIN,
    .event = N_("{server} takes no TLS at a port that is announced for it."),
    .in_short = N_("takes no TLS there"),
    /* Translators: turn and stun are types of servers */
    .advice = N_("Ask your server's administrator to turn on TLS at that port, or to announce it "
                 "as turn or stun over TCP."),
  },
};

G_DEFINE_ENUM_TYPE (
  SidetoneNextStep, sidetone_next_step,
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_CHECK_AGAIN, "check-again"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_WAIT_ONLINE, "wait-online"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_CORRECT_ACCOUNT, "correct-account"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_CORRECT_PASSWORD, "correct-password"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_CORRECT_SERVER, "correct-server"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE, "accept-certificate"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_CHOOSE_CA_FILE, "choose-ca-file"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_LOG_IN, "log-in"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR, "tell-administrator"),
  G_DEFINE_ENUM_VALUE (SIDETONE_NEXT_STEP_REPORT_BUG, "report-bug"))

/**
 * sidetone_next_step_suits_report:
 * @next_step: the next step
 *
 * Returns: whether it is of use for a report from a file, which has no account to check again
 */
gboolean
sidetone_next_step_suits_report (SidetoneNextStep next_step)
{
  return next_step == SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR ||
         next_step == SIDETONE_NEXT_STEP_REPORT_BUG;
}

GType
sidetone_error_get_type (void)
{
  static GEnumValue values[SIDETONE_N_ERRORS + 1];
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      for (int i = 0; i < SIDETONE_N_ERRORS; i++)
        {
          /* A missing row. */
          g_assert (rows[i].nick != NULL);
          values[i] = (GEnumValue) { i, rows[i].name, rows[i].nick };
        }
      g_once_init_leave (&type, g_enum_register_static ("SidetoneError", values));
    }

  return type;
}

G_DEFINE_QUARK (sidetone_error, sidetone_error)

/**
 * sidetone_error_get_row:
 * @error: an error
 *
 * Returns: (transfer none): its row. A number that is no #SidetoneError has the row of
 *   %SIDETONE_ERROR_UNKNOWN.
 */
const SidetoneErrorRow *
sidetone_error_get_row (SidetoneError error)
{
  return &rows[(guint) error < SIDETONE_N_ERRORS ? error : SIDETONE_ERROR_UNKNOWN];
}

/**
 * sidetone_error_has_trait:
 * @error: an error
 * @trait: a trait
 *
 * Returns: whether @error has it
 */
gboolean
sidetone_error_has_trait (SidetoneError       error,
                          SidetoneErrorTraits trait)
{
  return (sidetone_error_get_row (error)->traits & trait) != 0;
}

/**
 * sidetone_error_to_code:
 * @error: an error
 *
 * Returns @error's code, for reports and for the pipe between Sidetone's programs.
 *
 * Returns: the code, lower case with dashes (`wrong-password`). A number that is no #SidetoneError
 *   gives `unknown`.
 */
const char *
sidetone_error_to_code (SidetoneError error)
{
  return sidetone_nick_get (SIDETONE_TYPE_ERROR, error);
}

/**
 * sidetone_error_from_code:
 * @code: (nullable): a code from sidetone_error_to_code()
 *
 * Reads a code. A report may come from a newer Sidetone, so an unknown code is valid.
 *
 * Returns: the error, %SIDETONE_ERROR_UNKNOWN if @code is unknown
 */
SidetoneError
sidetone_error_from_code (const char *code)
{
  return sidetone_nick_find (SIDETONE_TYPE_ERROR, code);
}
