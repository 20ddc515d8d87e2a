/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "certificate.h"

#include "address/account.h"

#include <stdio.h>
#include <string.h>

#define MAX_NAME_BYTES 1024

/* A certificate may have thousands of names; a DNS name has 253 bytes at most (RFC 1035, section
 * 2.3.4). */
#define MAX_DNS_NAMES 20
#define MAX_DNS_NAME_BYTES 253

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
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const char *text = xmpp_tlscert_get_string (source, element);
  const char *month;
  char name[4] = "";
  int day, hour, minute, second, year;

  if (text == NULL)
    return NULL;
  if (sscanf (text, "%3s %2d %2d:%2d:%2d %4d", name, &day, &hour, &minute, &second, &year) != 6 ||
      strlen (name) != 3 || (month = strstr (months, name)) == NULL || (month - months) % 3 != 0)
    return dup_name (source, element);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", year, (int) (month - months) / 3 + 1,
                          day, hour, minute, second);
}

static char *
dup_digits (const xmpp_tlscert_t *source,
            xmpp_cert_element_t   element)
{
  const char *text = xmpp_tlscert_get_string (source, element);

  return text != NULL ? g_ascii_strdown (text, -1) : NULL;
}

static GStrv
dup_dns_names (const xmpp_tlscert_t *source)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const char *text;

  for (gsize i = 0; i < MAX_DNS_NAMES && (text = xmpp_tlscert_get_dnsname (source, i)) != NULL; i++)
    {
      g_autofree char *name = g_utf8_make_valid (text, strnlen (text, MAX_DNS_NAME_BYTES));

      g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

/**
 * sidetone_certificate_new:
 * @source: libstrophe's view of a certificate
 *
 * Returns: (transfer full): ours
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
  self->sha256 = dup_digits (source, XMPP_CERT_FINGERPRINT_SHA256);
  return self;
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

/* RFC 6125, section 6.4.3: a wildcard stands for the whole left-most label */
static gboolean
name_matches (const char *name,
              const char *domain)
{
  const char *rest = strchr (domain, '.');

  if (g_str_has_prefix (name, "*."))
    return rest != NULL && g_ascii_strcasecmp (name + 1, rest) == 0;

  return g_ascii_strcasecmp (name, domain) == 0;
}

/**
 * sidetone_certificate_is_for_account:
 * @source: the server's certificate
 * @jid: the account
 *
 * Whether the certificate is good for the account's domain in its ASCII form, which is what
 * certificates have (RFC 6125, section 6.4.2). libstrophe compares them with the form that the
 * stream wants, so that it refuses every internationalised domain.
 *
 * Returns: whether one of its names is that domain, and the domain is internationalised
 */
gboolean
sidetone_certificate_is_for_account (const xmpp_tlscert_t *source,
                                     const char           *jid)
{
  g_autoptr (SidetoneAccount) account = NULL;
  const char *domain;
  const char *name;

  account = sidetone_account_new (jid, NULL, SIDETONE_SECURITY_AUTO, NULL, NULL, NULL);
  if (account == NULL || g_str_is_ascii (sidetone_account_get_domain (account)))
    return FALSE;

  domain = sidetone_account_get_ascii_domain (account);
  for (gsize i = 0; (name = xmpp_tlscert_get_dnsname (source, i)) != NULL; i++)
    {
      if (name_matches (name, domain))
        return TRUE;
    }

  return FALSE;
}

/**
 * sidetone_certificate_problem_from_text:
 * @text: why OpenSSL refused a certificate, in its own words: libstrophe hands on nothing else
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
    /* A root that the server sent along; before the next row, whose words it has too */
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
