/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "address/endpoint.h"

#include <string.h>

#include "base/error.h"

/**
 * SidetoneEndpoint:
 *
 * One end of a connection: an IP address, a port, and the transport if it matters. Immutable and
 * reference-counted; references may be taken and dropped in any thread.
 *
 * Port 0 means that the port is not known. An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`, RFC
 * 4291 section 2.5.5.2) becomes IPv4 when the endpoint is made, because a dual-stack socket shows
 * each IPv4 peer in that form.
 *
 * A link-local address may have a zone (RFC 4007): its interface, as a number or a name. The zone
 * is kept and printed unchanged, and ignored in comparisons: it means something only on the
 * computer that wrote it.
 */
struct _SidetoneEndpoint
{
  gatomicrefcount ref_count;

  GInetAddress *address;
  char *zone;
  guint16 port;
  SidetoneTransport transport;
  SidetoneAliases *aliases;   /* of a redacted report; NULL for a real address */
};

/* A zone is an index or an interface name; Linux limits those to 15 characters. */
#define MAX_ZONE 15

/* An IPv6 literal has at most 45 characters: eight groups, the last two as dotted IPv4. */
#define MAX_LITERAL 45

G_DEFINE_ENUM_TYPE (
  SidetoneTransport, sidetone_transport,
  G_DEFINE_ENUM_VALUE (SIDETONE_TRANSPORT_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TRANSPORT_UDP, "udp"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TRANSPORT_TCP, "tcp"),
  G_DEFINE_ENUM_VALUE (SIDETONE_TRANSPORT_TLS, "tls"))

G_DEFINE_BOXED_TYPE (SidetoneEndpoint, sidetone_endpoint, sidetone_endpoint_ref,
                     sidetone_endpoint_unref)

static gboolean
is_zone (const char *zone)
{
  gsize length = strlen (zone);

  if (length == 0 || length > MAX_ZONE)
    return FALSE;

  /* RFC 6874 section 2: the unreserved characters of a URI */
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (zone[i]) && strchr ("-._~", zone[i]) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
takes_zone (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_get_is_link_local (address) ||
          g_inet_address_get_is_mc_link_local (address));
}

/* Copies the bytes into a new address, so that nothing else which a later GLib may keep in a
 * GInetAddress (a scope, a flow label) ends up in comparisons. */
static GInetAddress *
fold_address (GInetAddress *address)
{
  static const guint8 mapped_prefix[12] = { [10] = 0xff, [11] = 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);
  GSocketFamily family = g_inet_address_get_family (address);

  if (family == G_SOCKET_FAMILY_IPV6 && memcmp (bytes, mapped_prefix, sizeof mapped_prefix) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof mapped_prefix, G_SOCKET_FAMILY_IPV4);

  return g_inet_address_new_from_bytes (bytes, family);
}

static SidetoneEndpoint *
new_with_zone (GInetAddress     *address,
               const char       *zone,
               guint16           port,
               SidetoneTransport transport)
{
  SidetoneEndpoint *self = g_new0 (SidetoneEndpoint, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->address = fold_address (address);
  self->zone = g_strdup (zone);
  self->port = port;
  self->transport = transport;

  return self;
}

/**
 * sidetone_endpoint_new:
 * @address: an address
 * @port: the port, 0 if it is not known
 * @transport: the transport, %SIDETONE_TRANSPORT_UNKNOWN if it does not matter
 *
 * Makes an endpoint. An IPv4-mapped IPv6 address is folded to IPv4.
 *
 * Returns: (transfer full): the endpoint
 */
SidetoneEndpoint *
sidetone_endpoint_new (GInetAddress     *address,
                       guint16           port,
                       SidetoneTransport transport)
{
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), NULL);

  return new_with_zone (address, NULL, port, transport);
}

/**
 * sidetone_endpoint_new_from_string:
 * @address: an IP address literal, without a port
 * @port: the port, 0 if it is not known
 * @transport: the transport, %SIDETONE_TRANSPORT_UNKNOWN if it does not matter
 * @error: return location for an error
 *
 * Makes an endpoint from text: `192.0.2.1`, `2001:db8::1`, `[2001:db8::1]`, `fe80::1%2`,
 * `fe80::1%eth0`. Does not look up names. It is strict: no white space, no short forms of IPv4
 * (`192.0.2`), no leading zeros in IPv4, which some programs take for octal, and a zone only with
 * link-local addresses.
 *
 * Fails with %SIDETONE_ERROR_BAD_ADDRESS.
 *
 * Returns: (transfer full): the endpoint, or %NULL with @error set
 */
SidetoneEndpoint *
sidetone_endpoint_new_from_string (const char       *address,
                                   guint16           port,
                                   SidetoneTransport transport,
                                   GError          **error)
{
  g_autoptr (GInetAddress) inet_address = NULL;
  g_autofree char *literal = NULL;
  const char *start = address;
  const char *zone = NULL;
  gsize length;
  gboolean brackets;
  char *percent;

  g_return_val_if_fail (address != NULL, NULL);

  length = strlen (address);
  brackets = length >= 2 && address[0] == '[' && address[length - 1] == ']';
  if (brackets)
    {
      start++;
      length -= 2;
    }

  if (length <= MAX_LITERAL + 1 + MAX_ZONE)
    {
      literal = g_strndup (start, length);
      percent = strchr (literal, '%');
      if (percent != NULL)
        {
          *percent = '\0';
          zone = percent + 1;
        }

      inet_address = g_inet_address_new_from_string (literal);
    }

  if (inet_address == NULL ||
      (brackets && g_inet_address_get_family (inet_address) != G_SOCKET_FAMILY_IPV6) ||
      (zone != NULL && (!takes_zone (inet_address) || !is_zone (zone))))
    {
      g_autofree char *shown = g_utf8_make_valid (address, -1);

      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ADDRESS,
                   "“%.100s” is not an IP address", shown);
      return NULL;
    }

  return new_with_zone (inet_address, zone, port, transport);
}

/**
 * sidetone_endpoint_new_from_socket_address:
 * @address: a socket's or a name lookup's address
 * @transport: the transport, %SIDETONE_TRANSPORT_UNKNOWN if it does not matter
 *
 * Makes an endpoint from a socket address. A scope ID becomes the endpoint's zone.
 *
 * Returns: (transfer full) (nullable): the endpoint, or %NULL if @address is not an IP address
 */
SidetoneEndpoint *
sidetone_endpoint_new_from_socket_address (GSocketAddress   *address,
                                           SidetoneTransport transport)
{
  g_autofree char *zone = NULL;
  GInetSocketAddress *inet;
  guint32 scope_id;

  g_return_val_if_fail (G_IS_SOCKET_ADDRESS (address), NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return NULL;

  inet = G_INET_SOCKET_ADDRESS (address);
  if (takes_zone (g_inet_socket_address_get_address (inet)))
    {
      scope_id = g_inet_socket_address_get_scope_id (inet);
      if (scope_id != 0)
        zone = g_strdup_printf ("%u", scope_id);
    }

  return new_with_zone (g_inet_socket_address_get_address (inet), zone,
                        g_inet_socket_address_get_port (inet), transport);
}

/**
 * sidetone_endpoint_new_hidden:
 * @endpoint: an endpoint with a made-up address
 * @aliases: the redacted report's aliases
 *
 * Returns: (transfer full): the same endpoint, which users know by its alias
 */
SidetoneEndpoint *
sidetone_endpoint_new_hidden (const SidetoneEndpoint *endpoint,
                              SidetoneAliases        *aliases)
{
  SidetoneEndpoint *self;

  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (aliases != NULL, NULL);

  self = new_with_zone (endpoint->address, endpoint->zone, endpoint->port, endpoint->transport);
  self->aliases = sidetone_aliases_ref (aliases);

  return self;
}

/**
 * sidetone_endpoint_ref:
 * @self: an endpoint
 *
 * Returns: (transfer full): @self
 */
SidetoneEndpoint *
sidetone_endpoint_ref (SidetoneEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_endpoint_unref:
 * @self: (transfer full): an endpoint
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_endpoint_unref (SidetoneEndpoint *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->address);
  g_free (self->zone);
  g_clear_pointer (&self->aliases, sidetone_aliases_unref);
  g_free (self);
}

/**
 * sidetone_endpoint_get_address:
 * @self: an endpoint
 *
 * Returns: (transfer none): the address, never an IPv4-mapped one
 */
GInetAddress *
sidetone_endpoint_get_address (const SidetoneEndpoint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

/**
 * sidetone_endpoint_get_port:
 * @self: an endpoint
 *
 * Returns: the port in host byte order, 0 if it is not known
 */
guint16
sidetone_endpoint_get_port (const SidetoneEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

/**
 * sidetone_endpoint_get_transport:
 * @self: an endpoint
 *
 * Returns: the transport, %SIDETONE_TRANSPORT_UNKNOWN if it is not known
 */
SidetoneTransport
sidetone_endpoint_get_transport (const SidetoneEndpoint *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_TRANSPORT_UNKNOWN);

  return self->transport;
}

/**
 * sidetone_endpoint_get_family:
 * @self: an endpoint
 *
 * Returns: %G_SOCKET_FAMILY_IPV4 or %G_SOCKET_FAMILY_IPV6
 */
GSocketFamily
sidetone_endpoint_get_family (const SidetoneEndpoint *self)
{
  g_return_val_if_fail (self != NULL, G_SOCKET_FAMILY_INVALID);

  return g_inet_address_get_family (self->address);
}

/**
 * sidetone_endpoint_is_hidden:
 * @self: an endpoint
 *
 * Returns: whether its address was made up for a redacted report, so that nobody can use it
 */
gboolean
sidetone_endpoint_is_hidden (const SidetoneEndpoint *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->aliases != NULL;
}

/**
 * sidetone_endpoint_get_alias:
 * @self: an endpoint
 *
 * Returns: the number of its hidden address, from 1; 0 if it is not hidden
 */
guint
sidetone_endpoint_get_alias (const SidetoneEndpoint *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->aliases != NULL ? sidetone_aliases_get_number (self->aliases, self->address) : 0;
}

/**
 * sidetone_endpoint_dup_address:
 * @self: an endpoint
 *
 * Writes the address without port and brackets, with its zone if it has one.
 * sidetone_endpoint_new_from_string() reads it.
 *
 * Returns: (transfer full): the address as text
 */
char *
sidetone_endpoint_dup_address (const SidetoneEndpoint *self)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  address = g_inet_address_to_string (self->address);
  if (self->zone == NULL)
    return g_steal_pointer (&address);

  return g_strconcat (address, "%", self->zone, NULL);
}

/**
 * sidetone_endpoint_parse:
 * @text: `192.0.2.1`, `192.0.2.1:5222`, `2001:db8::1` or `[2001:db8::1]:5222`
 *
 * Reads what sidetone_endpoint_format() writes.
 *
 * Returns: (transfer full) (nullable): the endpoint, or %NULL if @text is not one
 */
SidetoneEndpoint *
sidetone_endpoint_parse (const char *text)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *address = NULL;
  guint64 port;

  if (colon == NULL || (text[0] != '[' && strchr (text, ':') != colon) || strchr (colon, ']'))
    return sidetone_endpoint_new_from_string (text, 0, SIDETONE_TRANSPORT_UNKNOWN, NULL);

  if (!g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
    return NULL;

  address = g_strndup (text, colon - text);

  return sidetone_endpoint_new_from_string (address, port, SIDETONE_TRANSPORT_UNKNOWN, NULL);
}

/**
 * sidetone_endpoint_format:
 * @self: an endpoint
 *
 * Writes the endpoint in the usual form: `192.0.2.1:5222`, `[2001:db8::1]:5222`, and only the
 * address if the port is not known.
 *
 * Returns: (transfer full): the endpoint as text
 */
char *
sidetone_endpoint_format (const SidetoneEndpoint *self)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  address = sidetone_endpoint_dup_address (self);
  if (self->port == 0)
    return g_steal_pointer (&address);

  if (sidetone_endpoint_get_family (self) == G_SOCKET_FAMILY_IPV6)
    return g_strdup_printf ("[%s]:%u", address, self->port);

  return g_strdup_printf ("%s:%u", address, self->port);
}

/**
 * sidetone_endpoint_equal:
 * @a: an endpoint
 * @b: another one
 *
 * Compares address and port, not the transport: a server that tells which address and port it sees
 * does not tell how it was reached. Two unknown ports are equal.
 *
 * Returns: %TRUE if both are the same
 */
gboolean
sidetone_endpoint_equal (const SidetoneEndpoint *a,
                         const SidetoneEndpoint *b)
{
  return sidetone_endpoint_equal_address (a, b) && a->port == b->port;
}

/**
 * sidetone_endpoint_equal_address:
 * @a: an endpoint
 * @b: another one
 *
 * Compares only the addresses, without their zones.
 *
 * Returns: %TRUE if both have the same address
 */
gboolean
sidetone_endpoint_equal_address (const SidetoneEndpoint *a,
                                 const SidetoneEndpoint *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return g_inet_address_equal (a->address, b->address);
}

/**
 * sidetone_endpoint_hash:
 * @self: an endpoint
 *
 * Hashes what sidetone_endpoint_equal() compares.
 *
 * Returns: a hash for #GHashTable
 */
guint
sidetone_endpoint_hash (const SidetoneEndpoint *self)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL, 0);

  bytes = g_bytes_new (g_inet_address_to_bytes (self->address),
                       g_inet_address_get_native_size (self->address));

  return g_bytes_hash (bytes) * 31 + self->port;
}
