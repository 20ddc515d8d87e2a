/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/service.h"

#include "address/host.h"
#include "base/nick.h"
#include "base/secret.h"

/**
 * SidetoneService:
 *
 * One service for calls that a server announces (XEP-0215), with its credentials. Immutable and
 * reference-counted; references may be taken and dropped in any thread. The credentials are wiped
 * when it is freed, and no text made from it contains them.
 */
struct _SidetoneService
{
  gatomicrefcount ref_count;

  SidetoneServiceKind kind;
  SidetoneTransport transport;
  char *host;
  guint16 port;
  char *username;
  char *password;
  gboolean has_credentials; /* also without them, if it was made from text */
  GDateTime *expires;
  gboolean restricted;
  gboolean is_typed;
};

G_DEFINE_ENUM_TYPE (
  SidetoneServiceKind, sidetone_service_kind,
  G_DEFINE_ENUM_VALUE (SIDETONE_SERVICE_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SERVICE_STUN, "stun"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SERVICE_STUNS, "stuns"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SERVICE_TURN, "turn"),
  G_DEFINE_ENUM_VALUE (SIDETONE_SERVICE_TURNS, "turns"))

G_DEFINE_BOXED_TYPE (SidetoneService, sidetone_service, sidetone_service_ref,
                     sidetone_service_unref)

static void
service_free (SidetoneService *self)
{
  g_free (self->host);
  sidetone_secret_free (self->username);
  sidetone_secret_free (self->password);
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_free (self);
}

/**
 * sidetone_service_new:
 * @fields: its fields
 *
 * Returns: (transfer full): the service
 */
SidetoneService *
sidetone_service_new (const SidetoneServiceFields *fields)
{
  SidetoneService *self;

  g_return_val_if_fail (fields->kind != SIDETONE_SERVICE_UNKNOWN, NULL);
  g_return_val_if_fail (fields->transport != SIDETONE_TRANSPORT_UNKNOWN, NULL);
  g_return_val_if_fail (fields->host != NULL, NULL);
  g_return_val_if_fail (fields->port != 0, NULL);

  self = g_new0 (SidetoneService, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->kind = fields->kind;
  self->transport = fields->transport;
  self->host = g_strdup (fields->host);
  self->port = fields->port;
  self->username = g_strdup (fields->username);
  self->password = g_strdup (fields->password);
  self->has_credentials = fields->username != NULL && fields->password != NULL;
  self->expires = fields->expires != NULL ? g_date_time_ref (fields->expires) : NULL;
  self->restricted = fields->restricted;
  self->is_typed = fields->is_typed;

  return self;
}

/**
 * sidetone_service_new_from_text:
 * @text: the text of sidetone_service_to_text(), perhaps edited
 *
 * Returns: (transfer full) (nullable): the service, which knows only whether it had credentials;
 *   %NULL if @text does not have that form
 */
SidetoneService *
sidetone_service_new_from_text (const char *text)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *host = NULL;
  g_autofree char *shown_host = NULL;
  g_autoptr (SidetoneEndpoint) literal = NULL;
  SidetoneServiceFields fields = { 0 };
  SidetoneService *self;
  const char *last;
  guint64 port;

  g_return_val_if_fail (text != NULL, NULL);

  words = g_strsplit (text, " ", 6);
  if (g_strv_length (words) < 4 || g_strv_length (words) > 5)
    return NULL;

  last = words[4];
  literal = sidetone_endpoint_new_from_string (words[2], 0, SIDETONE_TRANSPORT_UNKNOWN, NULL);
  if (literal == NULL && !sidetone_host_prepare (words[2], &host, &shown_host))
    return NULL;

  fields.kind = sidetone_nick_find (SIDETONE_TYPE_SERVICE_KIND, words[0]);
  fields.transport = sidetone_nick_find (SIDETONE_TYPE_TRANSPORT, words[1]);
  if (fields.kind == SIDETONE_SERVICE_UNKNOWN || fields.transport == SIDETONE_TRANSPORT_UNKNOWN ||
      !g_ascii_string_to_unsigned (words[3], 10, 1, G_MAXUINT16, &port, NULL) ||
      (last != NULL && !g_str_equal (last, "credentials") && !g_str_equal (last, "restricted")))
    return NULL;

  fields.host = literal != NULL ? words[2] : host;
  fields.port = port;
  fields.restricted = g_strcmp0 (last, "restricted") == 0;
  self = sidetone_service_new (&fields);
  self->has_credentials = g_strcmp0 (last, "credentials") == 0;

  return self;
}

/**
 * sidetone_service_ref:
 * @self: a service
 *
 * Returns: (transfer full): @self
 */
SidetoneService *
sidetone_service_ref (SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * sidetone_service_unref:
 * @self: (transfer full): a service
 *
 * Drops a reference, and frees @self with the last one.
 */
void
sidetone_service_unref (SidetoneService *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    service_free (self);
}

/**
 * sidetone_service_get_kind:
 * @self: a service
 *
 * Returns: its kind
 */
SidetoneServiceKind
sidetone_service_get_kind (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_SERVICE_UNKNOWN);

  return self->kind;
}

/**
 * sidetone_service_get_transport:
 * @self: a service
 *
 * Returns: its transport; %SIDETONE_TRANSPORT_UDP with a TLS kind is DTLS
 */
SidetoneTransport
sidetone_service_get_transport (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, SIDETONE_TRANSPORT_UNKNOWN);

  return self->transport;
}

/**
 * sidetone_service_get_host:
 * @self: a service
 *
 * Returns: (transfer none): a name to look up, and to check a certificate against; or an IP
 *   address, see sidetone_service_dup_literal()
 */
const char *
sidetone_service_get_host (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

/**
 * sidetone_service_get_port:
 * @self: a service
 *
 * Returns: its port, never 0
 */
guint16
sidetone_service_get_port (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

/**
 * sidetone_service_get_username:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): its user name
 */
const char *
sidetone_service_get_username (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->username;
}

/**
 * sidetone_service_get_password:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): its password
 */
const char *
sidetone_service_get_password (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->password;
}

/**
 * sidetone_service_get_expires:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): when its credentials expire, by the announcing server's
 *   clock
 */
GDateTime *
sidetone_service_get_expires (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->expires;
}

/**
 * sidetone_service_is_relay:
 * @self: a service
 *
 * Returns: whether it relays (TURN)
 */
gboolean
sidetone_service_is_relay (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == SIDETONE_SERVICE_TURN || self->kind == SIDETONE_SERVICE_TURNS;
}

/**
 * sidetone_service_is_typed:
 * @self: a service
 *
 * Returns: whether the user typed it
 */
gboolean
sidetone_service_is_typed (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_typed;
}

/**
 * sidetone_service_has_credentials:
 * @self: a service
 *
 * Returns: whether it came with a user name and a password
 */
gboolean
sidetone_service_has_credentials (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_credentials;
}

/**
 * sidetone_service_dup_literal:
 * @self: a service
 *
 * Returns: (transfer full) (nullable): its address, if its host is an IP address; %NULL for a name,
 *   which must be looked up
 */
SidetoneEndpoint *
sidetone_service_dup_literal (const SidetoneService *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return sidetone_endpoint_new_from_string (self->host, self->port, self->transport, NULL);
}

/**
 * sidetone_service_to_text:
 * @self: a service
 *
 * Writes it as a line such as `turn udp turn.example.org 3478 credentials`: kind, transport, host,
 * port; and `credentials` if it has some, or `restricted` if it is announced to need some and has
 * none.
 *
 * Returns: (transfer full): the line, without credentials
 */
char *
sidetone_service_to_text (const SidetoneService *self)
{
  const char *last = "";

  g_return_val_if_fail (self != NULL, NULL);

  if (self->has_credentials)
    last = " credentials";
  else if (self->restricted)
    last = " restricted";

  return g_strdup_printf ("%s %s %s %u%s",
                          sidetone_nick_get (SIDETONE_TYPE_SERVICE_KIND, self->kind),
                          sidetone_nick_get (SIDETONE_TYPE_TRANSPORT, self->transport), self->host,
                          self->port, last);
}
