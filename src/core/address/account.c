/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "address/account.h"

#include <string.h>

#include "address/endpoint.h"
#include "address/host.h"
#include "address/jid.h"
#include "base/error.h"

/* SHA-256 in hexadecimal digits */
#define PIN_LENGTH 64

/**
 * SidetoneAccount:
 *
 * The account to sign in as, and how to reach it: a bare JID, and the user's connection settings.
 * The password is not part of it. Immutable and reference-counted; references may be taken and
 * dropped in any thread.
 */
struct _SidetoneAccount
{
  gatomicrefcount ref_count;

  char *jid;
  char *domain;
  char *ascii_domain;
  char *server_host;
  guint16 server_port;
  SidetoneSecurity security;
  char *ca_file;
  char *pin;
};

G_DEFINE_ENUM_TYPE (
  SidetoneSecurity, sidetone_security,
  G_DEFINE_ENUM_VALUE (SIDETONE_SECURITY_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SECURITY_AUTO, "auto"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SECURITY_STARTTLS, "starttls"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SECURITY_DIRECT, "direct"))

G_DEFINE_BOXED_TYPE (SidetoneAccount, sidetone_account, sidetone_account_ref,
                     sidetone_account_unref)

static gboolean
parse_port (const char *text,
            guint16    *port)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return FALSE;

  *port = number;

  return TRUE;
}

/* Cuts `:PORT` off the end of @server. Two colons without brackets are an IPv6 address. */
static gboolean
split_port (char    *server,
            guint16 *port)
{
  char *colon = strrchr (server, ':');

  *port = 0;

  if (colon == NULL || strchr (colon, ']') != NULL ||
      (*server != '[' && strchr (server, ':') != colon))
    return TRUE;

  if (!parse_port (colon + 1, port))
    return FALSE;

  *colon = '\0';

  return TRUE;
}

static char *
prepare_server_host (const char *host)
{
  g_autoptr (SidetoneEndpoint) literal = NULL;
  g_autofree char *unicode = NULL;
  char *ascii = NULL;

  literal = sidetone_endpoint_new_from_string (host, 0, SIDETONE_TRANSPORT_TCP, NULL);
  if (literal != NULL)
    return sidetone_endpoint_dup_address (literal);

  return sidetone_host_prepare (host, &ascii, &unicode) ? ascii : NULL;
}

static gboolean
parse_server (const char *server,
              char      **host,
              guint16    *port,
              GError    **error)
{
  g_autofree char *text = g_strstrip (g_strdup (server != NULL ? server : ""));

  *host = NULL;
  *port = 0;

  if (*text == '\0')
    return TRUE;

  if (split_port (text, port))
    *host = prepare_server_host (text);

  if (*host == NULL)
    {
      g_autofree char *shown = g_utf8_make_valid (server, -1);

      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_SERVER,
                   "“%.253s” is neither HOST nor HOST:PORT", shown);
      return FALSE;
    }

  return TRUE;
}

/* Other programs show fingerprints in groups, separated by colons or spaces. */
static gboolean
parse_pin (const char *pin,
           char      **digits,
           GError    **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean ok = TRUE;

  *digits = NULL;

  if (pin == NULL || *pin == '\0')
    return TRUE;

  for (const char *at = pin; *at != '\0' && ok; at++)
    {
      if (*at == ':' || g_ascii_isspace (*at))
        continue;

      ok = g_ascii_isxdigit (*at);
      g_string_append_c (text, g_ascii_tolower (*at));
    }

  if (!ok || text->len != PIN_LENGTH)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_PIN,
                   "a SHA-256 fingerprint has %d hexadecimal digits", PIN_LENGTH);
      return FALSE;
    }

  *digits = g_strdup (text->str);

  return TRUE;
}

/**
 * sidetone_account_new:
 * @jid: a JID as the user typed or pasted it; see sidetone_jid_prepare()
 * @server: (nullable): what to connect to instead of what DNS says; see
 *   sidetone_account_check_server()
 * @security: how to secure the connection; %SIDETONE_SECURITY_UNKNOWN leaves it open as
 *   %SIDETONE_SECURITY_AUTO does
 * @ca_file: (nullable) (type filename): a PEM file with certificates to trust besides the system's;
 *   not opened here
 * @pin: (nullable): the SHA-256 of the only certificate to accept, 64 hexadecimal digits of any
 *   case; colons and white space are skipped
 * @error: return location for an error
 *
 * Makes an account. Empty @server, @ca_file and @pin mean %NULL.
 *
 * Fails with %SIDETONE_ERROR_ACCOUNT_EMPTY, %SIDETONE_ERROR_ACCOUNT_NO_NAME,
 * %SIDETONE_ERROR_ACCOUNT_NO_DOMAIN, %SIDETONE_ERROR_ACCOUNT_TOO_LONG,
 * %SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER or %SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN for the JID,
 * with %SIDETONE_ERROR_BAD_SERVER and with %SIDETONE_ERROR_BAD_PIN.
 *
 * Returns: (transfer full): the account, or %NULL with @error set
 */
SidetoneAccount *
sidetone_account_new (const char      *jid,
                      const char      *server,
                      SidetoneSecurity security,
                      const char      *ca_file,
                      const char      *pin,
                      GError         **error)
{
  g_autoptr (SidetoneAccount) self = NULL;
  g_autofree char *localpart = NULL;

  g_return_val_if_fail (jid != NULL, NULL);

  self = g_new0 (SidetoneAccount, 1);
  g_atomic_ref_count_init (&self->ref_count);

  if (!sidetone_jid_prepare (jid, &localpart, &self->domain, &self->ascii_domain, error) ||
      !parse_server (server, &self->server_host, &self->server_port, error) ||
      !parse_pin (pin, &self->pin, error))
    return NULL;

  self->jid = g_strconcat (localpart, "@", self->domain, NULL);
  self->security = security != SIDETONE_SECURITY_UNKNOWN ? security : SIDETONE_SECURITY_AUTO;
  /* The path goes to the connection process as a line of text */
  if (ca_file != NULL && (strpbrk (ca_file, "\r\n") != NULL || !g_utf8_validate (ca_file, -1, NULL)))
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_CA_FILE,
                           "the path is not UTF-8, or has a line break");
      return NULL;
    }
  if (ca_file != NULL && *ca_file != '\0')
    self->ca_file = g_strdup (ca_file);

  return g_steal_pointer (&self);
}

/**
 * sidetone_account_new_pinned:
 * @self: an account
 * @pin: (nullable): a fingerprint as for sidetone_account_new(), %NULL to accept what verifies
 * @error: return location for an error
 *
 * Makes a copy of @self that accepts another certificate.
 *
 * Fails with %SIDETONE_ERROR_BAD_PIN.
 *
 * Returns: (transfer full): the new account, or %NULL with @error set
 */
SidetoneAccount *
sidetone_account_new_pinned (const SidetoneAccount *self,
                             const char            *pin,
                             GError               **error)
{
  g_autofree char *digits = NULL;
  SidetoneAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  if (!parse_pin (pin, &digits, error))
    return NULL;

  copy = g_new0 (SidetoneAccount, 1);
  g_atomic_ref_count_init (&copy->ref_count);
  copy->jid = g_strdup (self->jid);
  copy->domain = g_strdup (self->domain);
  copy->ascii_domain = g_strdup (self->ascii_domain);
  copy->server_host = g_strdup (self->server_host);
  copy->server_port = self->server_port;
  copy->security = self->security;
  copy->ca_file = g_strdup (self->ca_file);
  copy->pin = g_steal_pointer (&digits);

  return copy;
}

/**
 * sidetone_account_ref:
 * @self: an account
 *
 * Returns: (transfer full): @self
 */
SidetoneAccount *
sidetone_account_ref (SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_account_unref:
 * @self: (transfer full): an account
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_account_unref (SidetoneAccount *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->jid);
  g_free (self->domain);
  g_free (self->ascii_domain);
  g_free (self->server_host);
  g_free (self->ca_file);
  g_free (self->pin);
  g_free (self);
}

/**
 * sidetone_account_get_jid:
 * @self: an account
 *
 * Returns: (transfer none): the bare JID, prepared
 */
const char *
sidetone_account_get_jid (const SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->jid;
}

/**
 * sidetone_account_get_domain:
 * @self: an account
 *
 * Returns: (transfer none): the JID's domain with U-labels, for streams and display; an IPv6
 *   address in brackets
 */
const char *
sidetone_account_get_domain (const SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->domain;
}

/**
 * sidetone_account_get_ascii_domain:
 * @self: an account
 *
 * Returns: (transfer none): the JID's domain with A-labels, for DNS; an IPv6 address without
 *   brackets
 */
const char *
sidetone_account_get_ascii_domain (const SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ascii_domain;
}

/**
 * sidetone_account_get_server_host:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the host to connect to instead of what DNS says: a name with
 *   A-labels or an address without brackets; %NULL if DNS decides
 */
const char *
sidetone_account_get_server_host (const SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->server_host;
}

/**
 * sidetone_account_get_server_port:
 * @self: an account
 *
 * Returns: the port for sidetone_account_get_server_host(), 0 if none was given
 */
guint16
sidetone_account_get_server_port (const SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->server_port;
}

/**
 * sidetone_account_get_security:
 * @self: an account
 *
 * Returns: how to secure the connection, never %SIDETONE_SECURITY_UNKNOWN
 */
SidetoneSecurity
sidetone_account_get_security (const SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_SECURITY_UNKNOWN);

  return self->security;
}

/**
 * sidetone_account_get_ca_file:
 * @self: an account
 *
 * Returns: (transfer none) (nullable) (type filename): the file of certificates to trust besides
 *   the system's, unchanged; %NULL for none
 */
const char *
sidetone_account_get_ca_file (const SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ca_file;
}

/**
 * sidetone_account_get_pin:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the SHA-256 of the only certificate to accept, 64 lower-case
 *   hexadecimal digits; %NULL to accept what verifies
 */
const char *
sidetone_account_get_pin (const SidetoneAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pin;
}

/**
 * sidetone_account_check_password:
 * @password: a password
 * @error: %SIDETONE_ERROR_PASSWORD_MISSING if it is empty, %SIDETONE_ERROR_PASSWORD_LINE_BREAK if
 *   it contains a line break; no message contains the password
 *
 * Checks that @password can be passed on: it goes to the connection process as one line.
 *
 * Returns: %TRUE if it can
 */
gboolean
sidetone_account_check_password (const char *password,
                                 GError    **error)
{
  g_return_val_if_fail (password != NULL, FALSE);

  if (*password == '\0')
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_MISSING,
                           "The password is empty");
      return FALSE;
    }

  if (strpbrk (password, "\r\n") != NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_PASSWORD_LINE_BREAK,
                           "The password has a line break");
      return FALSE;
    }

  return TRUE;
}

/**
 * sidetone_account_check_server:
 * @server: (nullable): the user's input
 * @error: return location for an error
 *
 * Checks a server override: `HOST`, `HOST:PORT`, `2001:db8::1`, `[2001:db8::1]` or
 * `[2001:db8::1]:PORT`, where HOST is a name or an IPv4 address and PORT 1 to 65535. White space
 * around it is skipped; %NULL and empty text mean that nothing is overridden.
 *
 * Fails with %SIDETONE_ERROR_BAD_SERVER.
 *
 * Returns: %TRUE if @server can be used, or %FALSE with @error set
 */
gboolean
sidetone_account_check_server (const char *server,
                               GError    **error)
{
  g_autofree char *host = NULL;
  guint16 port;

  return parse_server (server, &host, &port, error);
}

static char *
dup_stripped (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

/**
 * sidetone_account_check_port:
 * @port: (nullable): the user's input
 * @error: return location for an error
 *
 * Checks a port in a field of its own: 1 to 65535. White space around it is skipped; %NULL and
 * empty text leave the port open.
 *
 * Fails with %SIDETONE_ERROR_BAD_PORT.
 *
 * Returns: %TRUE if @port can be used, or %FALSE with @error set
 */
gboolean
sidetone_account_check_port (const char *port,
                             GError    **error)
{
  g_autofree char *text = dup_stripped (port);
  guint16 number;

  if (*text == '\0' || parse_port (text, &number))
    return TRUE;

  g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_PORT,
                       "the port is not a number from 1 to 65535");

  return FALSE;
}

/* An IPv6 address needs brackets before a port. */
static gboolean
needs_brackets (const char *host)
{
  g_autoptr (SidetoneEndpoint) literal = NULL;

  if (*host == '[')
    return FALSE;

  literal = sidetone_endpoint_new_from_string (host, 0, SIDETONE_TRANSPORT_TCP, NULL);

  return literal != NULL && strchr (host, ':') != NULL;
}

/**
 * sidetone_account_compose_server:
 * @domain: (nullable): the account's domain, the host if only a port was typed
 * @host: (nullable): the field for the host
 * @port: (nullable): the field for the port
 *
 * Joins the texts of two fields into one for sidetone_account_new(). Checks nothing.
 *
 * Returns: (transfer full) (nullable): the server, %NULL if both fields are empty
 */
char *
sidetone_account_compose_server (const char *domain,
                                 const char *host,
                                 const char *port)
{
  g_autofree char *server = dup_stripped (host);
  g_autofree char *number = dup_stripped (port);
  gboolean brackets;

  if (*server == '\0' && *number == '\0')
    return NULL;

  if (*server == '\0')
    {
      g_free (server);
      server = dup_stripped (domain);
    }

  brackets = needs_brackets (server);

  return g_strconcat (brackets ? "[" : "", server, brackets ? "]" : "",
                      *number != '\0' ? ":" : "", number, NULL);
}

/**
 * sidetone_account_split_server:
 * @server: (nullable): a server in the form of sidetone_account_new()
 * @host: (out) (transfer full): the text for the host's field, perhaps empty
 * @port: (out) (transfer full): the text for the port's field, perhaps empty
 *
 * Splits what sidetone_account_compose_server() joins. An invalid text goes to @host unchanged,
 * where the user can correct it.
 */
void
sidetone_account_split_server (const char *server,
                               char      **host,
                               char      **port)
{
  g_autofree char *text = dup_stripped (server);
  guint16 number = 0;
  gsize length;

  g_return_if_fail (host != NULL);
  g_return_if_fail (port != NULL);

  if (sidetone_account_check_server (text, NULL))
    split_port (text, &number);

  length = strlen (text);
  if (number > 0 && *text == '[' && text[length - 1] == ']')
    *host = g_strndup (text + 1, length - 2);
  else
    *host = g_steal_pointer (&text);
  *port = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("");
}
