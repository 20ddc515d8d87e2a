/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "scram.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

/* The server's part in SASL SCRAM (RFC 5802): its nonce, its iteration count, and its signature,
 * by which it proves that it knows the password, too. libstrophe answers every challenge and takes
 * every success. */

#define SERVER_KEY "Server Key"

/* libstrophe asserts that the salt and four more bytes fit into 128. */
#define MAX_SALT_BYTES 124

/* libstrophe counts in 32 bits. */
#define MAX_ITERATIONS G_MAXINT32

/*
 * SidetoneScram:
 *
 * Follows one sign-in by the messages of both sides, each in base64 as it is sent. With another
 * mechanism than SCRAM it finds no fault.
 */
struct _SidetoneScram
{
  const EVP_MD *digest;         /* NULL: the mechanism is another one */
  char *client_first_bare;
  char *client_nonce;
  char *server_first;
  guchar *salt;
  gsize salt_length;
  guint64 iterations;
  char *client_final;           /* without the proof */
};

static const EVP_MD *
find_digest (const char *mechanism)
{
  static const struct
  {
    const char *mechanism;
    const EVP_MD *(*get_digest) (void);
  } rows[] = {
    { "SCRAM-SHA-1", EVP_sha1 },
    { "SCRAM-SHA-256", EVP_sha256 },
    { "SCRAM-SHA-512", EVP_sha512 },
  };
  g_autofree char *name = g_strdup (mechanism);

  /* The same, with channel binding */
  if (g_str_has_suffix (name, "-PLUS"))
    name[strlen (name) - strlen ("-PLUS")] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_ascii_strcasecmp (rows[i].mechanism, name) == 0)
      return rows[i].get_digest ();
  return NULL;
}

/* g_base64_decode () passes over what is not base64. */
static guchar *
decode (const char *text,
        gsize      *length)
{
  gsize digits = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize padding = strspn (text + digits, "=");

  if (digits == 0 || text[digits + padding] != '\0' || padding > 2 || (digits + padding) % 4 != 0)
    return NULL;
  return g_base64_decode (text, length);
}

static char *
decode_text (const char *text)
{
  gsize length;
  g_autofree guchar *bytes = decode (text, &length);

  if (bytes == NULL || memchr (bytes, '\0', length) != NULL)
    return NULL;
  return g_strndup ((const char *) bytes, length);
}

/**
 * sidetone_scram_new:
 *
 * Returns: (transfer full): a sign-in that has not begun
 */
SidetoneScram *
sidetone_scram_new (void)
{
  return g_new0 (SidetoneScram, 1);
}

/**
 * sidetone_scram_free:
 * @self: (transfer full): a sign-in
 */
void
sidetone_scram_free (SidetoneScram *self)
{
  g_free (self->client_first_bare);
  g_free (self->client_nonce);
  g_free (self->server_first);
  g_free (self->salt);
  g_free (self->client_final);
  g_free (self);
}

/**
 * sidetone_scram_take_initial:
 * @self: a sign-in
 * @mechanism: the chosen mechanism
 * @message: what was sent with it
 */
void
sidetone_scram_take_initial (SidetoneScram *self,
                             const char    *mechanism,
                             const char    *message)
{
  g_autofree char *text = NULL;
  const char *bare;
  const char *nonce;

  self->digest = find_digest (mechanism);
  if (self->digest == NULL)
    return;

  text = decode_text (message);
  /* A GS2 header goes before: "n,,n=romeo,r=fyko+d2lbbFgONRv9qkxdawL" */
  bare = text != NULL ? strstr (text, ",n=") : NULL;
  nonce = bare != NULL ? g_strrstr (bare, ",r=") : NULL;
  if (nonce == NULL)
    return;
  self->client_first_bare = g_strdup (bare + 1);
  self->client_nonce = g_strdup (nonce + strlen (",r="));
}

static const char *
get_value (const char *field,
           const char *prefix)
{
  return field != NULL && g_str_has_prefix (field, prefix) ? field + strlen (prefix) : NULL;
}

/* Extensions may follow the three fields. libstrophe would take a field's last appearance. */
static gboolean
are_extensions (char **fields)
{
  for (gsize i = 0; fields[i] != NULL; i++)
    if (!g_ascii_isalpha (fields[i][0]) || fields[i][1] != '=' ||
        strchr ("rsim", fields[i][0]) != NULL)
      return FALSE;
  return TRUE;
}

/**
 * sidetone_scram_take_challenge:
 * @self: a sign-in
 * @message: the server's challenge
 * @problem: (out): the fault, for a technician
 *
 * Reads the server's first message (RFC 5802, section 7), before libstrophe does.
 *
 * Returns: %SIDETONE_ERROR_UNKNOWN if it may be answered, else %SIDETONE_ERROR_BAD_CHALLENGE or
 *   %SIDETONE_ERROR_SERVER_UNPROVEN
 */
SidetoneError
sidetone_scram_take_challenge (SidetoneScram *self,
                               const char    *message,
                               const char   **problem)
{
  g_auto (GStrv) fields = NULL;
  const char *nonce;
  const char *salt;
  const char *iterations;

  if (self->digest == NULL)
    return SIDETONE_ERROR_UNKNOWN;
  *problem = "The challenge is none of SCRAM";
  if (self->client_nonce == NULL || self->server_first != NULL ||
      (self->server_first = decode_text (message)) == NULL)
    return SIDETONE_ERROR_BAD_CHALLENGE;

  fields = g_strsplit (self->server_first, ",", -1);
  *problem = "The challenge demands an extension that is not known (m=)";
  if (get_value (fields[0], "m=") != NULL)
    return SIDETONE_ERROR_BAD_CHALLENGE;
  *problem = "The challenge is none of SCRAM";
  if (g_strv_length (fields) < 3 || (nonce = get_value (fields[0], "r=")) == NULL ||
      (salt = get_value (fields[1], "s=")) == NULL ||
      (iterations = get_value (fields[2], "i=")) == NULL || !are_extensions (fields + 3))
    return SIDETONE_ERROR_BAD_CHALLENGE;

  *problem = "The challenge has another nonce than the one that was sent";
  if (!g_str_has_prefix (nonce, self->client_nonce) ||
      strlen (nonce) == strlen (self->client_nonce))
    return SIDETONE_ERROR_SERVER_UNPROVEN;

  *problem = "The salt of the challenge is empty, too long or not base64";
  self->salt = decode (salt, &self->salt_length);
  if (self->salt == NULL || self->salt_length > MAX_SALT_BYTES)
    return SIDETONE_ERROR_BAD_CHALLENGE;

  *problem = "The iteration count of the challenge (i=) is no number that can be used";
  if (*iterations == '0' ||
      !g_ascii_string_to_unsigned (iterations, 10, 1, MAX_ITERATIONS, &self->iterations, NULL))
    return SIDETONE_ERROR_BAD_CHALLENGE;
  return SIDETONE_ERROR_UNKNOWN;
}

/**
 * sidetone_scram_is_challenged:
 * @self: a sign-in
 *
 * Returns: whether the server has sent the account's salt, or one that it made up
 */
gboolean
sidetone_scram_is_challenged (const SidetoneScram *self)
{
  return self->salt != NULL;
}

/**
 * sidetone_scram_take_response:
 * @self: a sign-in
 * @message: the answer to the challenge
 */
void
sidetone_scram_take_response (SidetoneScram *self,
                              const char    *message)
{
  g_autofree char *text = self->digest != NULL ? decode_text (message) : NULL;
  char *proof = text != NULL ? g_strrstr (text, ",p=") : NULL;

  if (proof == NULL)
    return;
  *proof = '\0';
  g_free (self->client_final);
  self->client_final = g_steal_pointer (&text);
}

/* RFC 5802, section 3, with the names that it has there */
static gboolean
is_signature (SidetoneScram *self,
              const char    *password,
              const guchar  *signature,
              gsize          length)
{
  g_autofree char *auth_message = g_strjoin (",", self->client_first_bare, self->server_first,
                                             self->client_final, NULL);
  guint size = EVP_MD_size (self->digest);
  guchar salted_password[EVP_MAX_MD_SIZE];
  guchar server_key[EVP_MAX_MD_SIZE];
  guchar server_signature[EVP_MAX_MD_SIZE];
  gboolean same =
    PKCS5_PBKDF2_HMAC (password, strlen (password), self->salt, self->salt_length,
                       self->iterations, self->digest, size, salted_password) == 1 &&
    HMAC (self->digest, salted_password, size, (const guchar *) SERVER_KEY, strlen (SERVER_KEY),
          server_key, NULL) != NULL &&
    HMAC (self->digest, server_key, size, (const guchar *) auth_message, strlen (auth_message),
          server_signature, NULL) != NULL &&
    length == size && CRYPTO_memcmp (signature, server_signature, size) == 0;

  OPENSSL_cleanse (salted_password, sizeof salted_password);
  OPENSSL_cleanse (server_key, sizeof server_key);
  return same;
}

/**
 * sidetone_scram_take_success:
 * @self: a sign-in
 * @message: (nullable): what came with the server's success
 * @password: the password that was used
 * @problem: (out): the fault, for a technician
 *
 * Takes the same time as the answer to the challenge did.
 *
 * Returns: %SIDETONE_ERROR_UNKNOWN if the server has proved that it knows @password, else
 *   %SIDETONE_ERROR_SERVER_UNPROVEN
 */
SidetoneError
sidetone_scram_take_success (SidetoneScram *self,
                             const char    *message,
                             const char    *password,
                             const char   **problem)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  g_autofree guchar *signature = NULL;
  const char *value;
  gsize length;

  if (self->digest == NULL)
    return SIDETONE_ERROR_UNKNOWN;
  *problem = "Success came before the challenge was answered";
  if (self->client_final == NULL || self->salt == NULL)
    return SIDETONE_ERROR_SERVER_UNPROVEN;

  *problem = "The success has no signature";
  text = message != NULL ? decode_text (message) : NULL;
  fields = g_strsplit (text != NULL ? text : "", ",", 2);
  value = get_value (fields[0], "v=");
  if (value == NULL || (signature = decode (value, &length)) == NULL)
    return SIDETONE_ERROR_SERVER_UNPROVEN;

  *problem = "The signature of the success is wrong";
  return is_signature (self, password, signature, length) ? SIDETONE_ERROR_UNKNOWN
         : SIDETONE_ERROR_SERVER_UNPROVEN;
}
