/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "settings.h"

#include "address/endpoint.h"

#include <string.h>

/* The parent's settings before the connection begins: account, address, port, security,
 * password. */

#define PIN_DIGITS 64

static const char *
take_address (SidetoneSettings *self,
              const char       *value)
{
  g_autoptr (SidetoneEndpoint) endpoint =
    sidetone_endpoint_new_from_string (value, 0, SIDETONE_TRANSPORT_TCP, NULL);

  if (endpoint == NULL || self->address != NULL)
    return "address must be one IP address";
  /* Without brackets, which getaddrinfo () does not take */
  self->address = sidetone_endpoint_dup_address (endpoint);
  return NULL;
}

static const char *
take_port (SidetoneSettings *self,
           const char       *value)
{
  guint64 port;

  if (self->port != 0 || !g_ascii_string_to_unsigned (value, 10, 1, G_MAXUINT16, &port, NULL))
    return "port must be one number from 1 to 65535";
  self->port = port;
  return NULL;
}

static const char *
take_security (SidetoneSettings *self,
               const char       *value)
{
  self->direct_tls = g_str_equal (value, "direct");
  if (self->has_security || (!self->direct_tls && !g_str_equal (value, "starttls")))
    return "security must be starttls or direct";
  self->has_security = TRUE;
  return NULL;
}

static const char *
take_jid (SidetoneSettings *self,
          const char       *value)
{
  const char *at = strchr (value, '@');

  /* Without a local part libstrophe would try SASL ANONYMOUS. */
  if (self->jid != NULL || at == NULL || at == value || at[1] == '\0' || at[1] == '/')
    return "jid must be one NAME@DOMAIN";
  self->jid = g_strdup (value);
  return NULL;
}

static const char *
take_pin (SidetoneSettings *self,
          const char       *value)
{
  gsize length = strlen (value);

  if (self->pin != NULL || length != PIN_DIGITS ||
      strspn (value, "0123456789abcdefABCDEF") != length)
    return "pin must be one SHA-256 in hexadecimal digits";
  self->pin = g_ascii_strdown (value, -1);
  return NULL;
}

static const char *
take_ca_file (SidetoneSettings *self,
              const char       *value)
{
  if (self->ca_file != NULL || *value == '\0')
    return "ca-file must be one path";
  self->ca_file = g_strdup (value);
  return NULL;
}

static const char *
take_password (SidetoneSettings *self,
               const char       *value)
{
  if (self->password != NULL || *value == '\0')
    return "password must be given once, and not be empty";
  self->password = g_strdup (value);
  return NULL;
}

/**
 * sidetone_settings_new:
 *
 * Returns: (transfer full): empty settings
 */
SidetoneSettings *
sidetone_settings_new (void)
{
  return g_new0 (SidetoneSettings, 1);
}

/**
 * sidetone_settings_take_line:
 * @self: settings
 * @line: `KEY VALUE`; the value is everything after the first space
 *
 * Returns: (transfer none) (nullable): @line's fault, never its text, or %NULL
 */
const char *
sidetone_settings_take_line (SidetoneSettings *self,
                             const char       *line)
{
  static const struct
  {
    const char *key;
    const char *(*take) (SidetoneSettings *self, const char *value);
  } rows[] = {
    { "jid", take_jid },
    { "address", take_address },
    { "port", take_port },
    { "security", take_security },
    { "ca-file", take_ca_file },
    { "pin", take_pin },
    { "password", take_password },
  };
  gsize length = strcspn (line, " ");

  if (line[length] == '\0')
    return "a setting is a key, a space and a value";
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strlen (rows[i].key) == length && memcmp (rows[i].key, line, length) == 0)
      return rows[i].take (self, line + length + 1);
  return "unknown setting";
}

/**
 * sidetone_settings_check:
 * @self: settings, all lines taken
 *
 * Returns: (transfer none) (nullable): the missing setting, or %NULL
 */
const char *
sidetone_settings_check (const SidetoneSettings *self)
{
  if (self->jid == NULL)
    return "jid is missing";
  if (self->address == NULL)
    return "address is missing";
  if (self->port == 0)
    return "port is missing";
  if (!self->has_security)
    return "security is missing";
  if (self->password == NULL)
    return "password is missing";
  return NULL;
}
