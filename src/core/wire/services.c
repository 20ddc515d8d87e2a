/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/services.h"

#include <string.h>

#include "address/host.h"
#include "base/error.h"
#include "base/text.h"
#include "wire/stanza.h"

/* The STUN and TURN services that a server announces (External Service Discovery, XEP-0215). */

/* A STUN user name is shorter than 509 bytes (RFC 8489, section 14.3). Passwords have no such
 * limit; servers' have some thirty characters. */
#define MAX_USERNAME 508
#define MAX_PASSWORD 1024

/* Of entries that can't be read */
#define MAX_QUOTED 100
#define MAX_QUOTES 8

/* Default ports (RFC 8656, section 15) */
#define PORT 3478
#define PORT_TLS 5349

static const struct
{
  const char *type;
  SidetoneServiceKind kind;
} types[] = {
  { "stun", SIDETONE_SERVICE_STUN },
  { "stuns", SIDETONE_SERVICE_STUNS },
  { "turn", SIDETONE_SERVICE_TURN },
  { "turns", SIDETONE_SERVICE_TURNS },
};

/* Attributes are keywords: white space at their ends and upper case mean nothing. */
static char *
dup_word (const SidetoneElement *entry,
          const char            *name)
{
  const char *value = sidetone_element_get_attribute (entry, name);
  g_autofree char *word = value != NULL ? g_strstrip (g_ascii_strdown (value, -1)) : NULL;

  return word != NULL && *word != '\0' ? g_steal_pointer (&word) : NULL;
}

static SidetoneServiceKind
read_kind (const SidetoneElement *entry)
{
  g_autofree char *type = dup_word (entry, "type");

  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (type, types[i].type))
        return types[i].kind;
    }

  return SIDETONE_SERVICE_UNKNOWN;
}

static gboolean
is_inside_tls (SidetoneServiceKind kind)
{
  return kind == SIDETONE_SERVICE_STUNS || kind == SIDETONE_SERVICE_TURNS;
}

/* The default is UDP, and TCP with TLS (RFC 7064, RFC 7065). */
static SidetoneTransport
read_transport (const SidetoneElement *entry,
                SidetoneServiceKind    kind)
{
  g_autofree char *transport = dup_word (entry, "transport");

  if (transport == NULL)
    return is_inside_tls (kind) ? SIDETONE_TRANSPORT_TLS : SIDETONE_TRANSPORT_UDP;
  if (g_str_equal (transport, "udp"))
    return SIDETONE_TRANSPORT_UDP;
  if (g_str_equal (transport, "tcp"))
    return is_inside_tls (kind) ? SIDETONE_TRANSPORT_TLS : SIDETONE_TRANSPORT_TCP;
  if (g_str_equal (transport, "tls") && is_inside_tls (kind))
    return SIDETONE_TRANSPORT_TLS;

  return SIDETONE_TRANSPORT_UNKNOWN;
}

/* A zone from the server means nothing here. */
static char *
dup_host (const SidetoneElement *entry)
{
  g_autofree char *text = dup_word (entry, "host");
  g_autoptr (SidetoneEndpoint) literal = NULL;
  g_autofree char *unicode = NULL;
  char *host = NULL;

  if (text == NULL)
    return NULL;

  literal = sidetone_endpoint_new_from_string (text, 0, SIDETONE_TRANSPORT_UNKNOWN, NULL);
  if (literal != NULL)
    return g_inet_address_to_string (sidetone_endpoint_get_address (literal));

  return sidetone_host_prepare (text, &host, &unicode) ? host : NULL;
}

static gboolean
read_port (const SidetoneElement *entry,
           SidetoneServiceKind    kind,
           guint16               *port)
{
  g_autofree char *text = dup_word (entry, "port");
  guint64 number = is_inside_tls (kind) ? PORT_TLS : PORT;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return FALSE;

  *port = number;

  return TRUE;
}

/* An empty attribute counts as none. */
static gboolean
read_secret (const SidetoneElement *entry,
             const char            *name,
             gsize                  max_length,
             const char           **secret)
{
  *secret = sidetone_element_get_attribute (entry, name);
  if (*secret != NULL && **secret == '\0')
    *secret = NULL;

  return *secret == NULL || strlen (*secret) <= max_length;
}

static gboolean
read_truth (const SidetoneElement *entry,
            const char            *name)
{
  g_autofree char *word = dup_word (entry, name);

  return word != NULL && (g_str_equal (word, "true") || g_str_equal (word, "1"));
}

static GDateTime *
read_expires (const SidetoneElement *entry)
{
  const char *text = sidetone_element_get_attribute (entry, "expires");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
}

/* The schema and the examples say `delete`, the table of XEP-0215 says `remove`. */
static gboolean
is_taken_back (const SidetoneElement *entry)
{
  g_autofree char *action = dup_word (entry, "action");

  return action != NULL && (g_str_equal (action, "delete") || g_str_equal (action, "remove"));
}

/* An entry that can't be read, as it came: most likely the host has a scheme or a port in it.
 * Credentials are in other attributes; a host with an @ in it may hold some. */
static char *
quote_entry (const SidetoneElement *entry)
{
  static const char *const names[] = { "type", "transport", "host", "port" };
  g_autoptr (GString) quoted = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = sidetone_element_get_attribute (entry, names[i]);
      g_autofree char *safe = NULL;

      if (value == NULL || strchr (value, '@') != NULL)
        continue;

      safe = sidetone_text_make_safe (value, MAX_QUOTED);
      g_string_append_printf (quoted, "%s%s", quoted->len > 0 ? " " : "", safe);
    }

  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static SidetoneService *
read_service (const SidetoneElement *entry,
              SidetoneServiceKind    kind)
{
  g_autofree char *host = dup_host (entry);
  g_autoptr (GDateTime) expires = read_expires (entry);
  SidetoneServiceFields fields = {
    .kind = kind,
    .transport = read_transport (entry, kind),
    .host = host,
    .expires = expires,
    .restricted = read_truth (entry, "restricted"),
  };

  if (host == NULL || fields.transport == SIDETONE_TRANSPORT_UNKNOWN ||
      !read_port (entry, kind, &fields.port) ||
      !read_secret (entry, "username", MAX_USERNAME, &fields.username) ||
      !read_secret (entry, "password", MAX_PASSWORD, &fields.password))
    return NULL;

  return sidetone_service_new (&fields);
}

static const SidetoneElement *
find_payload (const SidetoneElement *iq)
{
  const SidetoneElement *payload = sidetone_element_find_child (iq, "services",
                                                                SIDETONE_SERVICES_NS);

  return payload != NULL ? payload
         : sidetone_element_find_child (iq, "services", SIDETONE_SERVICES_NS_1);
}

/**
 * sidetone_services_read:
 * @iq: the answer to %SIDETONE_SERVICES_QUERY or %SIDETONE_SERVICES_QUERY_1
 * @n_unusable: (out) (optional): the number of invalid entries for calls
 * @unreadable: (out) (optional) (transfer full): the first of those that can't be read, as they
 *   came, without their credentials
 * @error: return location for an error
 *
 * Reads the services for calls that a server announces (XEP-0215). An invalid entry does not spoil
 * the others: one without a host, with a host that is neither a name nor an IP address, with an
 * unknown transport or an invalid port, with too long credentials, and all after the first
 * %SIDETONE_SERVICES_MAX. Services of other types, and deleted ones, are ignored. A missing port or
 * transport gets its default.
 *
 * Fails with %SIDETONE_ERROR_BAD_ANSWER if @iq holds no list, and as sidetone_stanza_check_result()
 * does if it is an error. An error never quotes an entry, which may hold credentials.
 *
 * Returns: (transfer full) (element-type SidetoneService): the services in the server's order,
 *   perhaps none; or %NULL with @error set. The array frees its services.
 */
GPtrArray *
sidetone_services_read (const SidetoneElement *iq,
                        guint                 *n_unusable,
                        char                ***unreadable,
                        GError               **error)
{
  g_autoptr (GStrvBuilder) quotes = g_strv_builder_new ();
  GPtrArray *services;
  const SidetoneElement *payload;
  guint n = 0;

  g_return_val_if_fail (iq != NULL, NULL);

  if (!sidetone_stanza_check_result (iq, error))
    return NULL;

  payload = find_payload (iq);
  if (payload == NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER,
                           "the answer holds no <services xmlns='" SIDETONE_SERVICES_NS "'/>");
      return NULL;
    }

  services = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_service_unref);
  for (guint i = 0; i < sidetone_element_get_n_children (payload); i++)
    {
      const SidetoneElement *entry = sidetone_element_get_child (payload, i);
      SidetoneServiceKind kind = read_kind (entry);
      SidetoneService *service = NULL;

      if (!g_str_equal (sidetone_element_get_name (entry), "service") ||
          g_strcmp0 (sidetone_element_get_namespace (entry),
                     sidetone_element_get_namespace (payload)) != 0 ||
          kind == SIDETONE_SERVICE_UNKNOWN || is_taken_back (entry))
        continue;

      if (services->len < SIDETONE_SERVICES_MAX)
        service = read_service (entry, kind);
      if (service != NULL)
        g_ptr_array_add (services, service);
      else if (n++ < MAX_QUOTES && services->len < SIDETONE_SERVICES_MAX)
        {
          g_autofree char *quote = quote_entry (entry);

          g_strv_builder_add (quotes, quote);
        }
    }

  if (n_unusable != NULL)
    *n_unusable = n;
  if (unreadable != NULL)
    *unreadable = g_strv_builder_end (quotes);

  return services;
}
