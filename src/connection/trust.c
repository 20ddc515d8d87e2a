/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "trust.h"

#include "base/error.h"

#include <string.h>

/* The certificate authorities that TLS trusts: the system's, and those of a file. */

#define SYSTEM_FOLDER "/etc/ssl/certs"

/* A folder with fewer files may hold only a company's own authority, beside a bundle with the
 * rest. */
#define FEWEST_AUTHORITIES 50

/* The largest bundles have 250 kB. */
#define MAX_FILE_BYTES (4 * 1024 * 1024)

/* A name made by `openssl rehash`: 8 hexadecimal digits, a dot and a number */
static gboolean
is_hash_name (const char *name)
{
  return strspn (name, "0123456789abcdef") == 8 && name[8] == '.' && g_ascii_isdigit (name[9]);
}

/**
 * sidetone_trust_prefer_folder:
 *
 * Makes OpenSSL look up the system's authorities in their folder, one at a time as needed.
 * Otherwise libstrophe reads the bundle of all of them, twice in a sign-in, 40 to 50 ms each. If
 * the folder is not hashed, or the user chose another store, this changes nothing.
 *
 * Call it before the first thread: it sets environment variables.
 */
void
sidetone_trust_prefer_folder (void)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint authorities = 0;

  if (g_getenv ("SSL_CERT_FILE") != NULL || g_getenv ("SSL_CERT_DIR") != NULL)
    return;

  folder = g_dir_open (SYSTEM_FOLDER, 0, NULL);
  if (folder == NULL)
    return;
  while (authorities < FEWEST_AUTHORITIES && (name = g_dir_read_name (folder)) != NULL)
    authorities += is_hash_name (name);
  if (authorities < FEWEST_AUTHORITIES)
    return;

  g_setenv ("SSL_CERT_DIR", SYSTEM_FOLDER, TRUE);
  g_setenv ("SSL_CERT_FILE", "/dev/null", TRUE);
}

/**
 * sidetone_trust_check_file:
 * @path: a file of authorities that the user chose
 * @error: return location for an error
 *
 * Checks that @path can be read and holds something like a PEM certificate. libstrophe would notice
 * late, and take the failure for a server without TLS.
 *
 * Fails with %SIDETONE_ERROR_BAD_CA_FILE.
 *
 * Returns: whether it does
 */
gboolean
sidetone_trust_check_file (const char *path,
                           GError    **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) reason = NULL;
  gsize length;

  /* Opening a FIFO would wait for its writer. */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_CA_FILE,
                           "Not a regular file");
      return FALSE;
    }
  file = g_mapped_file_new (path, FALSE, &reason);
  if (file == NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_CA_FILE, reason->message);
      return FALSE;
    }

  length = g_mapped_file_get_length (file);
  if (length == 0 || length > MAX_FILE_BYTES ||
      g_strstr_len (g_mapped_file_get_contents (file), length, "-----BEGIN ") == NULL ||
      g_strstr_len (g_mapped_file_get_contents (file), length, "CERTIFICATE-----") == NULL)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_CA_FILE,
                           "The file holds no certificate in PEM");
      return FALSE;
    }
  return TRUE;
}
