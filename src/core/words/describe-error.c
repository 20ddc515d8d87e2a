/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"

/* What happened, in one sentence. The deadlines are those of base/deadlines.c. */
static char *
describe_event (SidetoneError error,
                const char   *name)
{
  /* Translators: stands for the name of a server at the beginning of a sentence */
  const char *server = name != NULL ? name : _("Your server");
  /* Translators: stands for the name of a server inside a sentence */
  const char *inside = name != NULL ? name : _("your server");
  /* Translators: stands for an account at the beginning of a sentence */
  const char *account = name != NULL ? name : _("The account");
  /* Translators: stands for the name of a file at the beginning of a sentence */
  const char *file = name != NULL ? name : _("The file");

  switch (error)
    {
    case SIDETONE_ERROR_UNKNOWN:
      return g_strdup (_("The check stopped for a reason that this version does not know."));

    case SIDETONE_ERROR_ACCOUNT_EMPTY:
      return g_strdup (_("No account was given."));

    case SIDETONE_ERROR_ACCOUNT_NO_NAME:
      /* Translators: %s is an account as it was typed, or "The account" */
      return g_strdup_printf (_("%s has no name before the @."), account);

    case SIDETONE_ERROR_ACCOUNT_NO_DOMAIN:
      /* Translators: %s is an account as it was typed, or "The account" */
      return g_strdup_printf (_("%s has no server behind the @."), account);

    case SIDETONE_ERROR_ACCOUNT_TOO_LONG:
      /* Translators: %s is an account as it was typed, or "The account" */
      return g_strdup_printf (_("%s is too long for an account."), account);

    case SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER:
      /* Translators: %s is an account as it was typed, or "The account" */
      return g_strdup_printf (_("%s has a character in it that no account can have."), account);

    case SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN:
      /* Translators: %s is an account as it was typed, or "The account" */
      return g_strdup_printf (_("%s does not end with the name of a server."), account);

    case SIDETONE_ERROR_BAD_SERVER:
      if (name == NULL)
        return g_strdup (_("This is not the name or address of a server."));
      /* Translators: %s is a server as it was typed */
      return g_strdup_printf (_("%s is not the name or address of a server."), name);

    case SIDETONE_ERROR_BAD_PORT:
      return g_strdup (_("A port is a number from 1 to 65535."));

    case SIDETONE_ERROR_BAD_PIN:
      return g_strdup (_("The fingerprint of the certificate does not have 64 digits."));

    case SIDETONE_ERROR_BAD_ADDRESS:
      if (name == NULL)
        return g_strdup (_("This is not an IP address."));
      /* Translators: %s is what was typed */
      return g_strdup_printf (_("%s is not an IP address."), name);

    case SIDETONE_ERROR_BAD_SERVICE:
      if (name == NULL)
        return g_strdup (_("This is not a server for calls."));
      /* Translators: %s is what was typed */
      return g_strdup_printf (_("%s is not a server for calls."), name);

    case SIDETONE_ERROR_FILE_UNREADABLE:
      /* Translators: %s is the name of a file, or "The file" */
      return g_strdup_printf (_("%s can't be read."), file);

    case SIDETONE_ERROR_BAD_CA_FILE:
      /* Translators: %s is the name of a file, or "The file" */
      return g_strdup_printf (_("%s holds no certificates that can be used."), file);

    case SIDETONE_ERROR_NOT_A_REPORT:
      /* Translators: %s is the name of a file, or "The file" */
      return g_strdup_printf (_("%s is not a report of Sidetone."), file);

    case SIDETONE_ERROR_REPORT_TOO_NEW:
      /* Translators: %s is the name of a file, or "The file" */
      return g_strdup_printf (_("%s was saved by a newer version of Sidetone."), file);

    case SIDETONE_ERROR_PASSWORD_MISSING:
      return g_strdup (_("The password is missing."));

    case SIDETONE_ERROR_PASSWORD_LINE_BREAK:
      return g_strdup (_("The password has a line break in it."));

    case SIDETONE_ERROR_PASSWORD_NOT_KEPT:
      return g_strdup (_("The password could not be kept on this computer."));

    case SIDETONE_ERROR_TEXT_TOO_LARGE:
      return g_strdup_printf (_("%s sent a larger answer than any that makes sense."), server);

    case SIDETONE_ERROR_TEXT_TOO_DEEP:
      return g_strdup_printf (_("%s sent an answer with more layers than any that makes sense."),
                              server);

    case SIDETONE_ERROR_TEXT_MALFORMED:
      return g_strdup_printf (_("%s sent an answer that can't be read."), server);

    case SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE:
      return g_strdup_printf (_("%s sent an answer that says the same thing twice over."), server);

    case SIDETONE_ERROR_XML_DOCTYPE:
      return g_strdup_printf (_("%s sent an answer with a document type, which XMPP "
                                "forbids."), server);

    case SIDETONE_ERROR_XML_ENTITY:
      return g_strdup_printf (_("%s sent an answer with entities of its own, which XMPP forbids."),
                              server);

    case SIDETONE_ERROR_OFFLINE:
      return g_strdup (_("This computer is not connected to a network."));

    case SIDETONE_ERROR_NAME_NOT_FOUND:
      return g_strdup_printf (_("%s was not found."), server);

    case SIDETONE_ERROR_DNS_NO_ANSWER:
      return g_strdup (_("This network's name server did not answer within 5 seconds."));

    case SIDETONE_ERROR_DNS_FAILED:
      /* Translators: %s is the name of a server, or "your server" */
      return g_strdup_printf (_("This network's name server could not look up %s."), inside);

    case SIDETONE_ERROR_NOT_OFFERED_BY_DNS:
      return g_strdup_printf (_("%s says that it has no XMPP accounts."), server);

    case SIDETONE_ERROR_CONNECTION_REFUSED:
      return g_strdup_printf (_("%s refused the connection."), server);

    case SIDETONE_ERROR_UNREACHABLE:
      return g_strdup_printf (_("%s can't be reached from this network."), server);

    case SIDETONE_ERROR_TCP_NO_ANSWER:
      return g_strdup_printf (_("%s did not answer within 5 seconds."), server);

    case SIDETONE_ERROR_TLS_NOT_OFFERED:
      return g_strdup_printf (_("%s offers no encryption, so the password was not sent."), server);

    case SIDETONE_ERROR_TLS_REFUSED:
      return g_strdup_printf (_("%s offers encryption, but refused to begin with it."), server);

    case SIDETONE_ERROR_TLS_FAILED:
      /* Translators: %s is the name of a server, or "your server" */
      return g_strdup_printf (_("No encryption could be agreed on with %s."), inside);

    case SIDETONE_ERROR_TLS_NO_ANSWER:
      return g_strdup_printf (_("%s did not set up the encryption within 5 seconds."), server);

    case SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED:
      return g_strdup_printf (_("%s showed a certificate that nobody but itself vouches "
                                "for."), server);

    case SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER:
      return g_strdup_printf (_("%s showed a certificate from an issuer that this computer does "
                                "not know."), server);

    case SIDETONE_ERROR_CERTIFICATE_WRONG_NAME:
      return g_strdup_printf (_("%s showed a certificate that was made for another name."), server);

    case SIDETONE_ERROR_CERTIFICATE_EXPIRED:
      return g_strdup_printf (_("%s showed a certificate that has run out."), server);

    case SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID:
      return g_strdup_printf (_("%s showed a certificate whose time has not begun yet."), server);

    case SIDETONE_ERROR_CERTIFICATE_OTHER:
      return g_strdup_printf (_("%s showed a certificate that this computer does not "
                                "trust."), server);

    case SIDETONE_ERROR_CERTIFICATE_NOT_PINNED:
      return g_strdup_printf (_("%s showed another certificate than the one that you accepted."),
                              server);

    case SIDETONE_ERROR_NOT_XMPP:
      /* Translators: %s is the name of a server, or "your server" */
      return g_strdup_printf (_("Something other than an XMPP server answers in place of %s."),
                              inside);

    case SIDETONE_ERROR_HTTP_ANSWER:
      /* Translators: %s is the name of a server, or "your server" */
      return g_strdup_printf (_("A web server answers in place of %s."), inside);

    case SIDETONE_ERROR_STREAM_NO_ANSWER:
      return g_strdup_printf (_("%s took the connection and then said nothing for 10 "
                                "seconds."), server);

    case SIDETONE_ERROR_HOST_UNKNOWN:
      /* Translators: %s is the name of a server, or "your server" */
      return g_strdup_printf (_("The server that answers knows nothing of %s."), inside);

    case SIDETONE_ERROR_STREAM_ERROR:
      return g_strdup_printf (_("%s ended the connection before the sign-in was done."), server);

    case SIDETONE_ERROR_TOO_MUCH_DATA:
      return g_strdup_printf (_("%s sent more than any server needs to say."), server);

    case SIDETONE_ERROR_CONNECTION_LOST:
      /* Translators: %s is the name of a server, or "your server" */
      return g_strdup_printf (_("The connection to %s broke off."), inside);

    case SIDETONE_ERROR_WEAK_MECHANISMS:
      return g_strdup_printf (_("%s wants the password in a form that others could steal, so it "
                                "was not sent."), server);

    case SIDETONE_ERROR_WRONG_PASSWORD:
      /* Translators: %s is an account, its server, or "your account" */
      return g_strdup_printf (_("The password for %s was not accepted."),
                              name != NULL ? name : _("your account"));

    case SIDETONE_ERROR_ACCOUNT_DISABLED:
      return g_strdup_printf (_("%s has switched this account off."), server);

    case SIDETONE_ERROR_SIGN_IN_REFUSED:
      return g_strdup_printf (_("%s refused to sign this account in."), server);

    case SIDETONE_ERROR_SIGN_IN_NO_ANSWER:
      return g_strdup_printf (_("%s did not finish the sign-in within 10 seconds."), server);

    case SIDETONE_ERROR_NO_BIND:
      return g_strdup_printf (_("%s accepted the password, but offers no way to go on."), server);

    case SIDETONE_ERROR_BIND_REFUSED:
      return g_strdup_printf (_("%s accepted the password, but refused to begin the "
                                "session."), server);

    case SIDETONE_ERROR_BIND_NO_ANSWER:
      return g_strdup_printf (_("%s accepted the password, but did not begin the session within 10 "
                                "seconds."), server);

    case SIDETONE_ERROR_NOT_OFFERED:
      return g_strdup_printf (_("%s does not offer the address check."), server);

    case SIDETONE_ERROR_FORBIDDEN:
      return g_strdup_printf (_("%s does not allow this account the address check."), server);

    case SIDETONE_ERROR_NO_ANSWER:
      return g_strdup_printf (_("%s was asked, and did not answer within 5 seconds."), server);

    case SIDETONE_ERROR_BAD_ANSWER:
      return g_strdup_printf (_("%s answered, but with no address that can be used."), server);

    case SIDETONE_ERROR_QUERY_FAILED:
      return g_strdup_printf (_("%s was asked, and answered that it can't say."), server);

    case SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING:
      return g_strdup (_("A part of Sidetone is missing on this computer."));

    case SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED:
      return g_strdup (_("The part of Sidetone that holds the connection ended in the middle of "
                         "its work."));

    case SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE:
      return g_strdup (_("The part of Sidetone that holds the connection said what makes no "
                         "sense."));

    case SIDETONE_ERROR_TIMED_OUT:
      return g_strdup (_("The check took longer than you allowed."));

    case SIDETONE_ERROR_STUN_NO_ANSWER:
      return g_strdup_printf (_("%s was asked for help with calls, and did not answer within "
                                "3 seconds."), server);

    case SIDETONE_ERROR_STUN_BAD_ANSWER:
      return g_strdup_printf (_("%s was asked for help with calls, and answered what can't "
                                "be read."), server);

    case SIDETONE_ERROR_STUN_WRONG_SOURCE:
      return g_strdup_printf (_("%s was asked for help with calls, and another address "
                                "answered."), server);

    case SIDETONE_ERROR_STUN_NOT_GENUINE:
      return g_strdup_printf (_("%s was asked for help with calls, and the answer does not "
                                "prove that it comes from there."), server);

    case SIDETONE_ERROR_STUN_FAILED:
      return g_strdup_printf (_("%s was asked for help with calls, and answered that it "
                                "can't give it."), server);

    case SIDETONE_ERROR_TURN_TRY_ALTERNATE:
      return g_strdup_printf (_("%s has no relay for calls itself, and names another server "
                                "for it."), server);

    case SIDETONE_ERROR_TURN_BAD_REQUEST:
      return g_strdup_printf (_("%s did not understand how it was asked for a relay."), server);

    case SIDETONE_ERROR_TURN_UNAUTHORIZED:
      return g_strdup_printf (_("%s did not accept the password that it announces for its "
                                "relay."), server);

    case SIDETONE_ERROR_TURN_FORBIDDEN:
      return g_strdup_printf (_("%s forbids what calls need its relay for."), server);

    case SIDETONE_ERROR_TURN_MISMATCH:
      return g_strdup_printf (_("%s mistook the relay for another one."), server);

    case SIDETONE_ERROR_TURN_STALE_NONCE:
      return g_strdup_printf (_("%s found the request for a relay too old, although it had "
                                "just come."), server);

    case SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED:
      return g_strdup_printf (_("%s has no relay for this version of the internet "
                                "protocol."), server);

    case SIDETONE_ERROR_TURN_WRONG_CREDENTIALS:
      return g_strdup_printf (_("%s says that the relay belongs to somebody else."), server);

    case SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED:
      return g_strdup_printf (_("%s has no relay that passes on UDP."), server);

    case SIDETONE_ERROR_TURN_PEER_FAMILY:
      return g_strdup_printf (_("%s has a relay that does not reach the other version of the "
                                "internet protocol."), server);

    case SIDETONE_ERROR_TURN_QUOTA:
      return g_strdup_printf (_("%s gave this account as many relays as it may have at a "
                                "time."), server);

    case SIDETONE_ERROR_TURN_NO_CAPACITY:
      return g_strdup_printf (_("%s has no relay left to give."), server);

    case SIDETONE_ERROR_RELAY_SILENT:
      return g_strdup_printf (_("%s gave a relay, and nothing that was sent to it came "
                                "through."), server);
    }

  /* A number that is no SidetoneError at all */
  return describe_event (SIDETONE_ERROR_UNKNOWN, name);
}

/**
 * sidetone_describe_error_event:
 * @error: an error
 * @name: (nullable): the host, account or file concerned
 * @server_text: (nullable): the server's own words, as they came
 *
 * Says what happened, without what to do about it.
 *
 * Returns: (transfer full): a sentence, and another with the server's words if there are any
 */
char *
sidetone_describe_error_event (SidetoneError error,
                               const char   *name,
                               const char   *server_text)
{
  g_autofree char *safe_name = NULL;
  g_autofree char *safe_text = NULL;
  g_autofree char *event = NULL;

  if (name != NULL)
    safe_name = sidetone_text_make_safe (name, SIDETONE_TEXT_MAX_CHARS);
  event = describe_event (error, safe_name != NULL && *safe_name != '\0' ? safe_name : NULL);

  if (server_text != NULL)
    safe_text = sidetone_text_make_safe (server_text, SIDETONE_TEXT_MAX_CHARS);
  if (safe_text == NULL || *safe_text == '\0')
    return g_steal_pointer (&event);

  /* Translators: the first %s is a sentence about what went wrong, the second one is what the
   * server said about it, word for word */
  return g_strdup_printf (_("%s The server's own words: “%s”"), event, safe_text);
}

/**
 * sidetone_describe_error_advice:
 * @error: an error
 *
 * Says what to do about it.
 *
 * Returns: (transfer none): a sentence that starts with a verb
 */
const char *
sidetone_describe_error_advice (SidetoneError error)
{
  switch (error)
    {
    case SIDETONE_ERROR_UNKNOWN:
      return _("Update Sidetone and check again.");

    case SIDETONE_ERROR_ACCOUNT_EMPTY:
    case SIDETONE_ERROR_ACCOUNT_NO_NAME:
    case SIDETONE_ERROR_ACCOUNT_NO_DOMAIN:
      return _("Type it like romeo@example.org.");

    case SIDETONE_ERROR_ACCOUNT_TOO_LONG:
      return _("Shorten each part of it to 1023 bytes.");

    case SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER:
      return _("Look for a space, a quotation mark or a second @.");

    case SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN:
      return _("Correct what stands behind the @.");

    case SIDETONE_ERROR_BAD_SERVER:
      return _("Type it like example.org or example.org:5222.");

    case SIDETONE_ERROR_BAD_PORT:
      return _("Correct it, or leave it empty.");

    case SIDETONE_ERROR_BAD_PIN:
      return _("Copy all of it: 64 characters, 0 to 9 and a to f.");

    case SIDETONE_ERROR_BAD_ADDRESS:
      return _("Type it like 192.0.2.1 or 2001:db8::1.");

    case SIDETONE_ERROR_BAD_SERVICE:
      return _("Type it like stun:example.org or turn:example.org:3478?transport=tcp.");

    case SIDETONE_ERROR_FILE_UNREADABLE:
      return _("Choose another file.");

    case SIDETONE_ERROR_BAD_CA_FILE:
      return _("Choose a file with certificates in PEM format.");

    case SIDETONE_ERROR_NOT_A_REPORT:
      return _("Choose a file that Sidetone saved.");

    case SIDETONE_ERROR_REPORT_TOO_NEW:
      return _("Update Sidetone to open it.");

    case SIDETONE_ERROR_PASSWORD_MISSING:
      return _("Type the password of your account.");

    case SIDETONE_ERROR_PASSWORD_LINE_BREAK:
      return _("Type it again, or copy it without the line break.");

    case SIDETONE_ERROR_PASSWORD_NOT_KEPT:
      return _("Type it again at the next check.");

    case SIDETONE_ERROR_TEXT_TOO_LARGE:
    case SIDETONE_ERROR_TEXT_TOO_DEEP:
    case SIDETONE_ERROR_TEXT_MALFORMED:
    case SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE:
    case SIDETONE_ERROR_XML_DOCTYPE:
    case SIDETONE_ERROR_XML_ENTITY:
    case SIDETONE_ERROR_TOO_MUCH_DATA:
    case SIDETONE_ERROR_BAD_ANSWER:
    case SIDETONE_ERROR_QUERY_FAILED:
    case SIDETONE_ERROR_STUN_BAD_ANSWER:
    case SIDETONE_ERROR_STUN_FAILED:
    case SIDETONE_ERROR_TURN_TRY_ALTERNATE:
    case SIDETONE_ERROR_TURN_BAD_REQUEST:
    case SIDETONE_ERROR_TURN_STALE_NONCE:
    case SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED:
    case SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED:
    case SIDETONE_ERROR_TURN_PEER_FAMILY:
      return _("Send the report to your server's administrator.");

    case SIDETONE_ERROR_OFFLINE:
      return _("Connect it and check again.");

    case SIDETONE_ERROR_NAME_NOT_FOUND:
      return _("Look for a typing mistake in the account or the server.");

    case SIDETONE_ERROR_DNS_NO_ANSWER:
      return _("Restart your router if web pages don't open either, and check again.");

    case SIDETONE_ERROR_DNS_FAILED:
      return _("Check again in a few minutes, or from another network.");

    case SIDETONE_ERROR_NOT_OFFERED_BY_DNS:
      return _("Correct the account: what stands behind the @ must be an XMPP server.");

    case SIDETONE_ERROR_CONNECTION_REFUSED:
      return _("Ask your server's administrator whether it is running.");

    case SIDETONE_ERROR_UNREACHABLE:
      return _("Check again from another network.");

    case SIDETONE_ERROR_TCP_NO_ANSWER:
      return _("Check again from another network: a firewall here may block it, or the server is "
               "down.");

    case SIDETONE_ERROR_TLS_NOT_OFFERED:
    case SIDETONE_ERROR_TLS_REFUSED:
    case SIDETONE_ERROR_TLS_FAILED:
    case SIDETONE_ERROR_TLS_NO_ANSWER:
      return _("Tell your server's administrator that encryption does not work there.");

    case SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED:
    case SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER:
    case SIDETONE_ERROR_CERTIFICATE_OTHER:
      return _("Ask your server's administrator about this certificate before you go on.");

    case SIDETONE_ERROR_CERTIFICATE_WRONG_NAME:
      return _("Look for a typing mistake in the account, or ask your server's administrator.");

    case SIDETONE_ERROR_CERTIFICATE_EXPIRED:
      return _("Ask your server's administrator to renew it, if the date on this computer is "
               "right.");

    case SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID:
      return _("Set the date and time of this computer, and check again.");

    case SIDETONE_ERROR_CERTIFICATE_NOT_PINNED:
      return _("Ask your server's administrator about the change before you go on.");

    case SIDETONE_ERROR_NOT_XMPP:
      return _("Correct the server or its port.");

    case SIDETONE_ERROR_HTTP_ANSWER:
      return _("Open a web page and see whether this network wants you to log in first.");

    case SIDETONE_ERROR_HOST_UNKNOWN:
      return _("Correct the account or the server.");

    case SIDETONE_ERROR_STREAM_ERROR:
    case SIDETONE_ERROR_NO_BIND:
    case SIDETONE_ERROR_BIND_REFUSED:
      return _("Tell your server's administrator what it said.");

    case SIDETONE_ERROR_STREAM_NO_ANSWER:
    case SIDETONE_ERROR_SIGN_IN_NO_ANSWER:
    case SIDETONE_ERROR_BIND_NO_ANSWER:
    case SIDETONE_ERROR_NO_ANSWER:
      return _("Check again, and tell your server's administrator if it stays like this.");

    case SIDETONE_ERROR_CONNECTION_LOST:
    case SIDETONE_ERROR_TURN_MISMATCH:
    case SIDETONE_ERROR_TURN_WRONG_CREDENTIALS:
      return _("Check again.");

    case SIDETONE_ERROR_WEAK_MECHANISMS:
      return _("Ask your server's administrator to offer SCRAM.");

    case SIDETONE_ERROR_WRONG_PASSWORD:
      return _("Type the password again.");

    case SIDETONE_ERROR_ACCOUNT_DISABLED:
    case SIDETONE_ERROR_SIGN_IN_REFUSED:
      return _("Ask your server's administrator about your account.");

    case SIDETONE_ERROR_NOT_OFFERED:
      return _("Ask your server's administrator to switch it on (XEP-0279).");

    case SIDETONE_ERROR_FORBIDDEN:
      return _("Ask your server's administrator to allow it (XEP-0279).");

    case SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING:
    case SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE:
      return _("Install Sidetone again.");

    case SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED:
      return _("Check again, and report it to Sidetone's makers if it happens again.");

    case SIDETONE_ERROR_TIMED_OUT:
      return _("Check again and allow more time.");

    case SIDETONE_ERROR_STUN_NO_ANSWER:
      return _("Check again from another network: a firewall here may block calls, or the server "
               "is down.");

    case SIDETONE_ERROR_STUN_WRONG_SOURCE:
    case SIDETONE_ERROR_STUN_NOT_GENUINE:
      return _("Check again from another network, for something here may answer in place of the "
               "server.");

    case SIDETONE_ERROR_TURN_UNAUTHORIZED:
      return _("Tell your server's administrator that the password of its relay does not work.");

    case SIDETONE_ERROR_TURN_FORBIDDEN:
      return _("Ask your server's administrator to allow it.");

    case SIDETONE_ERROR_TURN_QUOTA:
      return _("Check again in a few minutes, when no call is under way.");

    case SIDETONE_ERROR_TURN_NO_CAPACITY:
      return _("Check again later, and tell your server's administrator if it stays like this.");

    case SIDETONE_ERROR_RELAY_SILENT:
      return _("Ask your server's administrator to open the relay's ports for UDP.");
    }

  return sidetone_describe_error_advice (SIDETONE_ERROR_UNKNOWN);
}

/**
 * sidetone_describe_error:
 * @error: an error
 * @name: (nullable): the host concerned; the account where it is about what was typed or about the
 *   password; the file where it is about one
 * @server_text: (nullable): the server's own words, as they came
 *
 * Says on one line what happened and what to do next. Names and words from outside are made safe to
 * show, and bounded.
 *
 * Returns: (transfer full): whole sentences, such as "The password for montague.lit was not
 *   accepted. Type the password again."
 */
char *
sidetone_describe_error (SidetoneError error,
                         const char   *name,
                         const char   *server_text)
{
  g_autofree char *event = sidetone_describe_error_event (error, name, server_text);

  return g_strdup_printf ("%s %s", event, sidetone_describe_error_advice (error));
}

/* What a person typed comes first in SidetoneError, and is not the server's. */
static const char *
get_name (SidetoneError error,
          const char   *domain)
{
  return error > SIDETONE_ERROR_PASSWORD_NOT_KEPT ? domain : NULL;
}

/**
 * sidetone_describe_server_error:
 * @error: an error
 * @domain: (nullable): the account's server
 * @server_text: (nullable): the server's own words, as they came
 *
 * As sidetone_describe_error(), where nothing is known but the server: it is not named with an
 * error that is about a file or an account.
 *
 * Returns: (transfer full): whole sentences
 */
char *
sidetone_describe_server_error (SidetoneError error,
                                const char   *domain,
                                const char   *server_text)
{
  return sidetone_describe_error (error, get_name (error, domain), server_text);
}

/**
 * sidetone_describe_server_event:
 * @error: an error
 * @domain: (nullable): the account's server
 * @server_text: (nullable): the server's own words, as they came
 *
 * As sidetone_describe_error_event(), where nothing is known but the server.
 *
 * Returns: (transfer full): a sentence, and another with the server's words if there are any
 */
char *
sidetone_describe_server_event (SidetoneError error,
                                const char   *domain,
                                const char   *server_text)
{
  return sidetone_describe_error_event (error, get_name (error, domain), server_text);
}

/**
 * sidetone_describe_next_step:
 * @next_step: what a person can do about a check that could not be made
 *
 * Returns: (transfer none) (nullable): the label of a button, with an underscore before the letter
 *   that is its shortcut; %NULL for %SIDETONE_NEXT_STEP_UNKNOWN
 */
const char *
sidetone_describe_next_step (SidetoneNextStep next_step)
{
  switch (next_step)
    {
    case SIDETONE_NEXT_STEP_UNKNOWN:
      break;

    case SIDETONE_NEXT_STEP_CHECK_AGAIN:
      return _("Check _Again");

    case SIDETONE_NEXT_STEP_WAIT_ONLINE:
      return _("Check Again When _Online");

    case SIDETONE_NEXT_STEP_CORRECT_ACCOUNT:
      return _("Correct the _Account");

    case SIDETONE_NEXT_STEP_CORRECT_PASSWORD:
      return _("Type the _Password Again");

    case SIDETONE_NEXT_STEP_CORRECT_SERVER:
      return _("Correct the _Server");

    case SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE:
      return _("_Go On for This Check Only");

    case SIDETONE_NEXT_STEP_CHOOSE_CA_FILE:
      return _("_Choose Another File");

    case SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR:
      return _("_Copy Report for the Administrator");
    }

  return NULL;
}
