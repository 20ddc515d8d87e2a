/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/service-uri.h"

#include <string.h>

#include "address/host.h"
#include "base/error.h"

/* STUN and TURN URIs as users type them (RFC 7064, RFC 7065). */

#define PORT 3478
#define PORT_TLS 5349

/* Longer prefixes first, so that they match first */
static const struct
{
  const char *scheme;
  SidetoneServiceKind kind;
  guint16 port;
} schemes[] = {
  { "stuns:", SIDETONE_SERVICE_STUNS, PORT_TLS },
  { "turns:", SIDETONE_SERVICE_TURNS, PORT_TLS },
  { "stun:", SIDETONE_SERVICE_STUN, PORT },
  { "turn:", SIDETONE_SERVICE_TURN, PORT },
};

static gboolean
read_transport (const char            *query,
                SidetoneServiceFields *fields)
{
  gboolean is_inside_tls = fields->kind == SIDETONE_SERVICE_STUNS ||
                           fields->kind == SIDETONE_SERVICE_TURNS;

  if (query == NULL)
    fields->transport = is_inside_tls ? SIDETONE_TRANSPORT_TLS : SIDETONE_TRANSPORT_UDP;
  else if (g_ascii_strcasecmp (query, "transport=tcp") == 0)
    fields->transport = is_inside_tls ? SIDETONE_TRANSPORT_TLS : SIDETONE_TRANSPORT_TCP;
  else if (g_ascii_strcasecmp (query, "transport=udp") == 0)
    fields->transport = SIDETONE_TRANSPORT_UDP;
  else
    return FALSE;

  return TRUE;
}

/* Splits HOST[:PORT], with an IPv6 address in brackets. Takes the port if there is one. */
static char *
dup_host (const char            *authority,
          SidetoneServiceFields *fields)
{
  const char *end = authority[0] == '[' ? strchr (authority, ']') : authority;
  const char *colon = end != NULL ? strchr (end, ':') : NULL;
  g_autofree char *text = colon != NULL ? g_strndup (authority, colon - authority)
                          : g_strdup (authority);
  g_autofree char *unicode = NULL;
  char *ascii = NULL;
  guint64 port = fields->port;

  if (colon != NULL &&
      !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
    return NULL;

  fields->port = port;

  return sidetone_host_prepare (text, &ascii, &unicode) ? ascii : NULL;
}

/**
 * sidetone_service_new_from_uri:
 * @uri: `turn:turn.example.org`, `turns:turn.example.org:443?transport=tcp`, `stun:192.0.2.1`
 * @username: (nullable): for a relay
 * @password: (nullable): for a relay
 * @error: return location for %SIDETONE_ERROR_BAD_SERVICE
 *
 * Reads a call server's URI as a user types it (RFC 7064, section 3; RFC 7065, section 3).
 *
 * Returns: (transfer full) (nullable): the service
 */
SidetoneService *
sidetone_service_new_from_uri (const char *uri,
                               const char *username,
                               const char *password,
                               GError    **error)
{
  g_autofree char *text = g_strstrip (g_strdup (uri));
  g_autofree char *host = NULL;
  SidetoneServiceFields fields = { .username = username, .password = password, .is_typed = TRUE };
  char *authority = NULL;
  char *query;

  g_return_val_if_fail (uri != NULL, NULL);

  for (gsize i = 0; authority == NULL && i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strncasecmp (text, schemes[i].scheme, strlen (schemes[i].scheme)) != 0)
        continue;

      authority = text + strlen (schemes[i].scheme);
      fields.kind = schemes[i].kind;
      fields.port = schemes[i].port;
    }

  query = authority != NULL ? strchr (authority, '?') : NULL;
  if (query != NULL)
    *query++ = '\0';
  if (authority != NULL && read_transport (query, &fields))
    host = dup_host (authority, &fields);
  if (host == NULL)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_SERVICE, "No server for calls");
      return NULL;
    }

  fields.host = host;

  return sidetone_service_new (&fields);
}
