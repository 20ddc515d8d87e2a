/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/stun-credentials.h"

#include <string.h>

#include "base/secret.h"
#include "turn/stun-client.h"

/**
 * SidetoneStunCredentials:
 *
 * A user name and a password, with the server's realm and nonce (RFC 8489, section 9.2). All of it
 * is wiped when freed.
 *
 * Messages are signed with HMAC-SHA1 by an MD5 key. Every TURN server takes that; one that offers
 * newer algorithms accepts it from a client that does not choose.
 */
struct _SidetoneStunCredentials
{
  char *username;
  char *password;
  GBytes *realm;
  GBytes *nonce;
  guint8 key[SIDETONE_STUN_KEY_LENGTH];
};

/* RFC 8489, sections 14.9 and 14.10 */
#define MAX_CHALLENGE_BYTES 763

/**
 * sidetone_stun_credentials_new:
 * @username: a user name
 * @password: a password
 *
 * Returns: (transfer full): credentials without a challenge yet
 */
SidetoneStunCredentials *
sidetone_stun_credentials_new (const char *username,
                               const char *password)
{
  SidetoneStunCredentials *self = g_new0 (SidetoneStunCredentials, 1);

  self->username = g_strdup (username);
  self->password = g_strdup (password);

  return self;
}

/**
 * sidetone_stun_credentials_free:
 * @self: (transfer full): credentials
 */
void
sidetone_stun_credentials_free (SidetoneStunCredentials *self)
{
  sidetone_secret_free (self->username);
  sidetone_secret_free (self->password);
  g_clear_pointer (&self->realm, g_bytes_unref);
  g_clear_pointer (&self->nonce, g_bytes_unref);
  explicit_bzero (self->key, sizeof self->key);
  g_free (self);
}

static gboolean
take (GBytes           **place,
      const StunMessage *message,
      StunAttribute      attribute)
{
  uint16_t length;
  const void *data = stun_message_find (message, attribute, &length);

  if (data == NULL || length > MAX_CHALLENGE_BYTES)
    return FALSE;

  g_clear_pointer (place, g_bytes_unref);
  *place = g_bytes_new (data, length);
  return TRUE;
}

/* RFC 8489, section 18.5.1.1. GChecksum wipes its own memory after computing the digest. */
static void
make_key (SidetoneStunCredentials *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  gsize length = sizeof self->key;
  gsize realm_length;
  const guchar *realm = g_bytes_get_data (self->realm, &realm_length);

  g_checksum_update (checksum, (const guchar *) self->username, strlen (self->username));
  g_checksum_update (checksum, (const guchar *) ":", 1);
  if (realm_length > 0)
    g_checksum_update (checksum, realm, realm_length);
  g_checksum_update (checksum, (const guchar *) ":", 1);
  g_checksum_update (checksum, (const guchar *) self->password, strlen (self->password));
  g_checksum_get_digest (checksum, self->key, &length);
}

/**
 * sidetone_stun_credentials_take_challenge:
 * @self: credentials
 * @message: an error response with the code 401 or 438
 *
 * Takes the realm and the nonce from it.
 *
 * Returns: whether a message can be signed now
 */
gboolean
sidetone_stun_credentials_take_challenge (SidetoneStunCredentials *self,
                                          const StunMessage       *message)
{
  /* A 438 has the same realm as before, and some servers leave it out */
  if (!take (&self->nonce, message, STUN_ATTRIBUTE_NONCE) ||
      (!take (&self->realm, message, STUN_ATTRIBUTE_REALM) && self->realm == NULL))
    return FALSE;

  make_key (self);
  return TRUE;
}

/**
 * sidetone_stun_credentials_is_challenged:
 * @self: credentials
 *
 * Returns: whether a message can be signed
 */
gboolean
sidetone_stun_credentials_is_challenged (SidetoneStunCredentials *self)
{
  return self->realm != NULL && self->nonce != NULL;
}

/**
 * sidetone_stun_credentials_add_to:
 * @self: credentials that can sign
 * @message: a message in the making
 *
 * Adds the attributes that come before the signature.
 *
 * Returns: (transfer none): the key to sign the message with
 */
const guint8 *
sidetone_stun_credentials_add_to (SidetoneStunCredentials *self,
                                  StunMessage             *message)
{
  gsize length;
  const void *data;

  stun_message_append_string (message, STUN_ATTRIBUTE_USERNAME, self->username);
  data = g_bytes_get_data (self->realm, &length);
  stun_message_append_bytes (message, STUN_ATTRIBUTE_REALM, data, length);
  data = g_bytes_get_data (self->nonce, &length);
  stun_message_append_bytes (message, STUN_ATTRIBUTE_NONCE, data, length);

  return self->key;
}
