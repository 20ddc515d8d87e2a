/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "lib/scram.h"

#include <string.h>

#define DIGEST_BYTES 20
#define DEFAULT_ITERATIONS 4096
#define DEFAULT_SALT_BYTES 16

/*
 * SidetoneTestScram:
 *
 * The server's side of SCRAM-SHA-1 (RFC 5802), to test a client with: its numbers may be absurd.
 */
struct _SidetoneTestScram
{
  SidetoneTestScramFaults faults;
  char *password;
  guint8 *salt;
  guint salt_bytes;
  guint iterations;
  char *client_first_bare;
  char *server_first;
  char *nonce;
};

static void
get_hmac (const guint8 *key,
          gsize         key_length,
          const void   *data,
          gsize         length,
          guint8       *digest)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, key, key_length);
  gsize digest_length = DIGEST_BYTES;

  g_hmac_update (hmac, data, length);
  g_hmac_get_digest (hmac, digest, &digest_length);
}

static void
get_hash (const guint8 *data,
          guint8       *digest)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  gsize digest_length = DIGEST_BYTES;

  g_checksum_update (checksum, data, DIGEST_BYTES);
  g_checksum_get_digest (checksum, digest, &digest_length);
}

/* Hi () of RFC 5802, section 2.2 */
static void
salt_password (SidetoneTestScram *self,
               guint8            *salted)
{
  g_autoptr (GByteArray) first = g_byte_array_new ();
  const guint8 *key = (const guint8 *) self->password;
  gsize key_length = strlen (self->password);
  guint8 last[DIGEST_BYTES];

  g_byte_array_append (first, self->salt, self->salt_bytes);
  g_byte_array_append (first, (const guint8 *) "\0\0\0\1", 4);
  get_hmac (key, key_length, first->data, first->len, last);
  memcpy (salted, last, DIGEST_BYTES);
  for (guint i = 1; i < self->iterations; i++)
    {
      get_hmac (key, key_length, last, DIGEST_BYTES, last);
      for (gsize b = 0; b < DIGEST_BYTES; b++)
        salted[b] ^= last[b];
    }
}

SidetoneTestScram *
sidetone_test_scram_new (const char                    *password,
                         const SidetoneTestScramFaults *faults)
{
  SidetoneTestScram *self = g_new0 (SidetoneTestScram, 1);

  self->faults = *faults;
  self->password = g_strdup (password);
  self->salt_bytes = faults->salt_bytes > 0 ? faults->salt_bytes : DEFAULT_SALT_BYTES;
  self->salt = g_malloc (self->salt_bytes);
  for (guint i = 0; i < self->salt_bytes; i++)
    self->salt[i] = g_random_int_range (0, 256);
  self->iterations = faults->iterations > 0 ? faults->iterations : DEFAULT_ITERATIONS;
  return self;
}

void
sidetone_test_scram_free (SidetoneTestScram *self)
{
  g_free (self->password);
  g_free (self->salt);
  g_free (self->client_first_bare);
  g_free (self->server_first);
  g_free (self->nonce);
  g_free (self);
}

/* From and to base64. NULL if it is not a SCRAM message. */
char *
sidetone_test_scram_challenge (SidetoneTestScram *self,
                               const char        *client_first)
{
  gsize length;
  g_autofree guchar *decoded = g_base64_decode (client_first, &length);
  g_autofree char *text = g_strndup ((const char *) decoded, length);
  g_autofree char *salt = g_base64_encode (self->salt, self->salt_bytes);
  g_autoptr (GString) message = NULL;
  g_autofree char *iterations = NULL;
  const char *bare = strstr (text, ",,");
  const char *nonce = strstr (text, ",r=");

  if (bare == NULL || nonce == NULL)
    return NULL;
  self->client_first_bare = g_strdup (bare + 2);
  self->nonce = g_strdup_printf ("%sSERVER%08x",
                                 self->faults.nonce != NULL ? self->faults.nonce : nonce + 3,
                                 g_random_int ());
  iterations = g_strdup_printf ("%u", self->iterations);
  message = g_string_new (self->faults.first != NULL ? self->faults.first : "r=$r,s=$s,i=$i");
  g_string_replace (message, "$r", self->nonce, 0);
  g_string_replace (message, "$s", salt, 0);
  g_string_replace (message, "$i", iterations, 0);
  self->server_first = g_string_free (g_steal_pointer (&message), FALSE);
  return g_base64_encode ((const guchar *) self->server_first, strlen (self->server_first));
}

/* From and to base64. NULL if the password was wrong. */
char *
sidetone_test_scram_finish (SidetoneTestScram *self,
                            const char        *client_final)
{
  gsize length;
  gsize proof_length;
  g_autofree guchar *decoded = g_base64_decode (client_final, &length);
  g_autofree char *text = g_strndup ((const char *) decoded, length);
  g_autofree char *message = NULL;
  g_autofree char *signature = NULL;
  g_autoptr (GString) final = NULL;
  g_autofree guchar *proof = NULL;
  char *proof_text = strstr (text, ",p=");
  guint8 salted[DIGEST_BYTES], key[DIGEST_BYTES], stored[DIGEST_BYTES], computed[DIGEST_BYTES];

  if (proof_text == NULL || strstr (text, self->nonce) == NULL)
    return NULL;
  *proof_text = '\0';
  proof = g_base64_decode (proof_text + 3, &proof_length);
  if (proof_length != DIGEST_BYTES)
    return NULL;
  message = g_strdup_printf ("%s,%s,%s", self->client_first_bare, self->server_first, text);

  salt_password (self, salted);
  get_hmac (salted, DIGEST_BYTES, "Client Key", 10, key);
  get_hash (key, stored);
  get_hmac (stored, DIGEST_BYTES, message, strlen (message), computed);
  for (gsize i = 0; i < DIGEST_BYTES; i++)
    proof[i] ^= computed[i];
  get_hash (proof, computed);
  if (memcmp (computed, stored, DIGEST_BYTES) != 0)
    return NULL;

  get_hmac (salted, DIGEST_BYTES, "Server Key", 10, key);
  get_hmac (key, DIGEST_BYTES, message, strlen (message), computed);
  signature = g_base64_encode (computed, DIGEST_BYTES);
  final = g_string_new (self->faults.signature != NULL ? self->faults.signature : "v=$v");
  g_string_replace (final, "$v", signature, 0);
  return g_base64_encode ((const guchar *) final->str, final->len);
}
