/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/error.h"

#include "base/nick.h"

/* The nicks stand in reports and on the pipe of sidetone-connection: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneError, sidetone_error,
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_ACCOUNT_EMPTY, "account-empty"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_ACCOUNT_NO_NAME, "account-no-name"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_ACCOUNT_NO_DOMAIN, "account-no-domain"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_ACCOUNT_TOO_LONG, "account-too-long"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER, "account-forbidden-character"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN, "account-bad-domain"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BAD_SERVER, "bad-server"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BAD_PORT, "bad-port"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BAD_PIN, "bad-pin"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BAD_ADDRESS, "bad-address"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BAD_SERVICE, "bad-service"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_FILE_UNREADABLE, "file-unreadable"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BAD_CA_FILE, "bad-ca-file"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_NOT_A_REPORT, "not-a-report"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_REPORT_TOO_NEW, "report-too-new"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_PASSWORD_MISSING, "password-missing"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_PASSWORD_LINE_BREAK, "password-line-break"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_PASSWORD_NOT_KEPT, "password-not-kept"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TEXT_TOO_LARGE, "text-too-large"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TEXT_TOO_DEEP, "text-too-deep"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TEXT_MALFORMED, "text-malformed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_XML_DUPLICATE_ATTRIBUTE, "xml-duplicate-attribute"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_XML_DOCTYPE, "xml-doctype"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_XML_ENTITY, "xml-entity"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_OFFLINE, "offline"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_NAME_NOT_FOUND, "name-not-found"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_DNS_NO_ANSWER, "dns-no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_DNS_FAILED, "dns-failed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_NOT_OFFERED_BY_DNS, "not-offered-by-dns"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CONNECTION_REFUSED, "connection-refused"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_UNREACHABLE, "unreachable"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TCP_NO_ANSWER, "tcp-no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TLS_NOT_OFFERED, "tls-not-offered"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TLS_REFUSED, "tls-refused"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TLS_FAILED, "tls-failed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TLS_NO_ANSWER, "tls-no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED, "certificate-self-signed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER, "certificate-unknown-issuer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CERTIFICATE_WRONG_NAME, "certificate-wrong-name"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CERTIFICATE_EXPIRED, "certificate-expired"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID, "certificate-not-yet-valid"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CERTIFICATE_OTHER, "certificate-other"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CERTIFICATE_NOT_PINNED, "certificate-not-pinned"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_NOT_XMPP, "not-xmpp"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_HTTP_ANSWER, "http-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_STREAM_NO_ANSWER, "stream-no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_HOST_UNKNOWN, "host-unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_STREAM_ERROR, "stream-error"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TOO_MUCH_DATA, "too-much-data"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CONNECTION_LOST, "connection-lost"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_WEAK_MECHANISMS, "weak-mechanisms"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_WRONG_PASSWORD, "wrong-password"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_ACCOUNT_DISABLED, "account-disabled"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_SIGN_IN_REFUSED, "sign-in-refused"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_SIGN_IN_NO_ANSWER, "sign-in-no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_NO_BIND, "no-bind"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BIND_REFUSED, "bind-refused"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BIND_NO_ANSWER, "bind-no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_NOT_OFFERED, "not-offered"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_FORBIDDEN, "forbidden"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_NO_ANSWER, "no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_BAD_ANSWER, "bad-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_QUERY_FAILED, "query-failed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CONNECTION_PROGRAM_MISSING, "connection-program-missing"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CONNECTION_PROGRAM_ENDED, "connection-program-ended"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_CONNECTION_PROGRAM_NONSENSE, "connection-program-nonsense"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TIMED_OUT, "timed-out"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_STUN_NO_ANSWER, "stun-no-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_STUN_BAD_ANSWER, "stun-bad-answer"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_STUN_WRONG_SOURCE, "stun-wrong-source"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_STUN_NOT_GENUINE, "stun-not-genuine"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_STUN_FAILED, "stun-failed"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_TRY_ALTERNATE, "turn-try-alternate"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_BAD_REQUEST, "turn-bad-request"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_UNAUTHORIZED, "turn-unauthorized"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_FORBIDDEN, "turn-forbidden"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_MISMATCH, "turn-mismatch"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_STALE_NONCE, "turn-stale-nonce"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_FAMILY_UNSUPPORTED, "turn-family-unsupported"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_WRONG_CREDENTIALS, "turn-wrong-credentials"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_TRANSPORT_UNSUPPORTED, "turn-transport-unsupported"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_PEER_FAMILY, "turn-peer-family"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_QUOTA, "turn-quota"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_TURN_NO_CAPACITY, "turn-no-capacity"),
  G_DEFINE_ENUM_VALUE (SIDETONE_ERROR_RELAY_SILENT, "relay-silent"))

G_DEFINE_QUARK (sidetone_error, sidetone_error)

/**
 * sidetone_error_to_code:
 * @error: an error
 *
 * Names @error for a report or for the pipe between Sidetone's programs.
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
 * @code: (nullable): a code as sidetone_error_to_code() gives it
 *
 * Reads a code back. A report may come from a newer Sidetone, so a code that is not known here is
 * nothing to stop for.
 *
 * Returns: the error, %SIDETONE_ERROR_UNKNOWN if @code is no code of ours
 */
SidetoneError
sidetone_error_from_code (const char *code)
{
  return sidetone_nick_find (SIDETONE_TYPE_ERROR, code);
}
