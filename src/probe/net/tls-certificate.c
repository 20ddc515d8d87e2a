/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/tls-certificate.h"

/* A call server's certificate (X.509): what is wrong with it, and the names in its subjectAltName.
 * GIO verifies it; this adds what GIO does not tell. */

/* A certificate may have thousands of names; a DNS name has at most 253 bytes (RFC 1035, section
 * 2.3.4). */
#define MAX_NAMES 20
#define MAX_NAME_BYTES 253

static gboolean
has_address (GTlsCertificate *certificate,
             const char      *host)
{
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (certificate);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  for (guint i = 0; address != NULL && addresses != NULL && i < addresses->len; i++)
    {
      if (g_inet_address_equal (addresses->pdata[i], address))
        return TRUE;
    }

  return FALSE;
}

/* Where no DNS name is in the certificate, GnuTLS compares the host with the subject's common name,
 * which RFC 9525, section 6.3 forbids: it says nothing of what the name is for. */
static gboolean
has_common_name_only (GTlsCertificate *certificate,
                      const char      *host)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);

  return (names == NULL || names->len == 0) && !has_address (certificate, host);
}

/* What is wrong with a certificate from an issuer that this computer does not know. Its issuer's
 * certificate, if the server sent that along, may be one in the middle, or the root of an authority
 * of its own. */
static SidetoneError
judge_issuer (GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  if (g_strcmp0 (subject, issuer) == 0)
    return SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED;

  return g_tls_certificate_get_issuer (certificate) == NULL ? SIDETONE_ERROR_CERTIFICATE_NO_CHAIN
         : SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER;
}

/**
 * sidetone_tls_certificate_judge:
 * @certificate: the server's certificate, with those that it sent along as its issuers
 * @problems: what GIO found
 * @host: the name or address that it must have
 *
 * Returns: the problem that says most, %SIDETONE_ERROR_UNKNOWN if there is none
 */
SidetoneError
sidetone_tls_certificate_judge (GTlsCertificate     *certificate,
                                GTlsCertificateFlags problems,
                                const char          *host)
{
  if (problems & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return judge_issuer (certificate);
  if (problems & G_TLS_CERTIFICATE_EXPIRED)
    return SIDETONE_ERROR_CERTIFICATE_EXPIRED;
  if (problems & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID;
  if (problems & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return SIDETONE_ERROR_CERTIFICATE_WRONG_NAME;
  if (problems != 0)
    return SIDETONE_ERROR_CERTIFICATE_OTHER;

  return has_common_name_only (certificate, host) ? SIDETONE_ERROR_CERTIFICATE_WRONG_NAME
         : SIDETONE_ERROR_UNKNOWN;
}

/**
 * sidetone_tls_certificate_dup_names:
 * @certificate: the server's certificate
 *
 * Returns: (transfer full): the DNS names and addresses of its subjectAltName, the first of them,
 *   with U+FFFD for a NUL
 */
GStrv
sidetone_tls_certificate_dup_names (GTlsCertificate *certificate)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (certificate);
  guint n_names = names != NULL ? MIN (names->len, MAX_NAMES) : 0;
  guint n_addresses = addresses != NULL ? MIN (addresses->len, MAX_NAMES - n_names) : 0;

  for (guint i = 0; i < n_names; i++)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (names->pdata[i], &length);
      g_autofree char *name = g_utf8_make_valid (bytes != NULL ? bytes : "",
                                                 MIN (length, MAX_NAME_BYTES));

      g_strv_builder_add (builder, name);
    }
  for (guint i = 0; i < n_addresses; i++)
    {
      g_autofree char *address = g_inet_address_to_string (addresses->pdata[i]);

      g_strv_builder_add (builder, address);
    }

  return g_strv_builder_end (builder);
}
