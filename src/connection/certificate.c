/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "certificate.h"

#include "address/account.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

/* The server's X.509 certificate: whether it is valid for the account's domain, and what to report
 * of it. */

#define MAX_NAME_BYTES 1024

/* A certificate may have thousands of names; a DNS name has at most 253 bytes (RFC 1035, section
 * 2.3.4). */
#define MAX_DNS_NAMES 20
#define MAX_DNS_NAME_BYTES 253

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GENERAL_NAMES, GENERAL_NAMES_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

static char *
dup_name (const xmpp_tlscert_t *source,
          xmpp_cert_element_t   element)
{
  const char *text = xmpp_tlscert_get_string (source, element);

  return text != NULL ? g_utf8_make_valid (text, strnlen (text, MAX_NAME_BYTES)) : NULL;
}

/* OpenSSL writes "Jan  1 00:00:00 2089 GMT". */
static char *
dup_time (const xmpp_tlscert_t *source,
          xmpp_cert_element_t   element)
{
  const char *text = xmpp_tlscert_get_string (source, element);
  const char *month;
  char name[4] = "";
  int day, hour, minute, second, year;

  if (text == NULL)
    return NULL;
  /* NOLINTNEXTLINE(cert-err34-c): no number is longer than four digits */
  if (sscanf (text, "%3s %2d %2d:%2d:%2d %4d", name, &day, &hour, &minute, &second, &year) != 6 ||
      strlen (name) != 3 || (month = strstr (months, name)) == NULL || (month - months) % 3 != 0)
    return dup_name (source, element);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", year, (int) (month - months) / 3 + 1,
                          day, hour, minute, second);
}

/* In libstrophe's own list each name ends at its first NUL, and the list is empty if subjectAltName
 * is the first extension. */
static X509 *
read_certificate (const xmpp_tlscert_t *source)
{
  const char *pem = xmpp_tlscert_get_pem (source);
  g_autoptr (BIO) bio = pem != NULL ? BIO_new_mem_buf (pem, -1) : NULL;

  return bio != NULL ? PEM_read_bio_X509 (bio, NULL, NULL, NULL) : NULL;
}

static GStrv
dup_dns_names (const xmpp_tlscert_t *source)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (X509) certificate = read_certificate (source);
  g_autoptr (GENERAL_NAMES) alternatives = NULL;
  int n_names = 0;

  if (certificate != NULL)
    alternatives = X509_get_ext_d2i (certificate, NID_subject_alt_name, NULL, NULL);
  for (int i = 0; i < sk_GENERAL_NAME_num (alternatives) && n_names < MAX_DNS_NAMES; i++)
    {
      const GENERAL_NAME *alternative = sk_GENERAL_NAME_value (alternatives, i);
      g_autofree char *name = NULL;

      if (alternative->type != GEN_DNS)
        continue;
      /* NUL becomes U+FFFD, so that the rest of the name shows. */
      name = g_utf8_make_valid ((const char *) ASN1_STRING_get0_data (alternative->d.dNSName),
                                MIN (ASN1_STRING_length (alternative->d.dNSName),
                                     MAX_DNS_NAME_BYTES));
      g_strv_builder_add (names, name);
      n_names++;
    }

  return g_strv_builder_end (names);
}

/**
 * sidetone_certificate_new:
 * @source: libstrophe's view of a certificate
 *
 * Returns: (transfer full): our view of it
 */
SidetoneCertificate *
sidetone_certificate_new (const xmpp_tlscert_t *source)
{
  SidetoneCertificate *self = g_new0 (SidetoneCertificate, 1);

  self->subject = dup_name (source, XMPP_CERT_SUBJECT);
  self->issuer = dup_name (source, XMPP_CERT_ISSUER);
  self->not_before = dup_time (source, XMPP_CERT_NOTBEFORE);
  self->not_after = dup_time (source, XMPP_CERT_NOTAFTER);
  self->names = dup_dns_names (source);
  self->sha256 = sidetone_certificate_dup_sha256 (source);
  return self;
}

/**
 * sidetone_certificate_dup_sha256:
 * @source: libstrophe's view of a certificate
 *
 * Returns: (transfer full) (nullable): its fingerprint, in hexadecimal digits
 */
char *
sidetone_certificate_dup_sha256 (const xmpp_tlscert_t *source)
{
  const char *text = xmpp_tlscert_get_string (source, XMPP_CERT_FINGERPRINT_SHA256);

  return text != NULL ? g_ascii_strdown (text, -1) : NULL;
}

/**
 * sidetone_certificate_free:
 * @self: (transfer full): a certificate
 */
void
sidetone_certificate_free (SidetoneCertificate *self)
{
  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->not_before);
  g_free (self->not_after);
  g_strfreev (self->names);
  g_free (self->sha256);
  g_free (self);
}

/**
 * sidetone_certificate_is_for_account:
 * @source: the server's certificate
 * @jid: the account
 *
 * Whether a DNS name of the certificate (subjectAltName) is the account's domain in A-labels, the
 * form that certificates have, or a wildcard that covers it (RFC 6125, section 6.4). libstrophe lets
 * OpenSSL compare with U-labels, the stream's form, so that it refuses every internationalised
 * domain, and lets it take the subject's common name where there is no subjectAltName, which RFC
 * 9525, section 6.3 forbids: it says nothing of what the name is for. The XMPP names of RFC 6120,
 * section 13.7.1.2.1 (xmppAddr, SRVName) are not taken: no public authority signs them.
 *
 * Returns: whether it is
 */
gboolean
sidetone_certificate_is_for_account (const xmpp_tlscert_t *source,
                                     const char           *jid)
{
  g_autoptr (SidetoneAccount) account = NULL;
  g_autoptr (X509) certificate = read_certificate (source);

  account = sidetone_account_new (jid, NULL, SIDETONE_SECURITY_AUTO, NULL, NULL, NULL);
  return account != NULL && certificate != NULL &&
         X509_check_host (certificate, sidetone_account_get_ascii_domain (account), 0,
                          X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                          X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, NULL) == 1;
}

/**
 * sidetone_certificate_problem_from_text:
 * @text: OpenSSL's text about the refused certificate: libstrophe hands on nothing else
 *
 * Returns: the problem
 */
SidetoneError
sidetone_certificate_problem_from_text (const char *text)
{
  static const struct
  {
    const char *part;
    SidetoneError problem;
  } rows[] = {
    /* A root that the server sent along; before the next row, which matches it, too */
    { "in certificate chain", SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER },
    /* "self signed" before OpenSSL 3 */
    { "self-signed", SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED },
    { "self signed", SIDETONE_ERROR_CERTIFICATE_SELF_SIGNED },
    { "issuer cert", SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER },
    { "unable to verify the first", SIDETONE_ERROR_CERTIFICATE_UNKNOWN_ISSUER },
    { "ostname mismatch", SIDETONE_ERROR_CERTIFICATE_WRONG_NAME },
    { "has expired", SIDETONE_ERROR_CERTIFICATE_EXPIRED },
    { "not yet valid", SIDETONE_ERROR_CERTIFICATE_NOT_YET_VALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strstr (text, rows[i].part) != NULL)
      return rows[i].problem;
  return SIDETONE_ERROR_CERTIFICATE_OTHER;
}
