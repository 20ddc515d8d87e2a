/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* What a user types, and what a server or a report names: accounts, hosts, addresses, URIs of call
 * servers and of contacts. What was accepted is accepted again, and stays the same. */

#include "fuzz.h"

#include "address/account.h"
#include "address/contact.h"
#include "address/endpoint.h"
#include "address/host.h"
#include "address/jid.h"
#include "wire/service-uri.h"

static void
check_jid (const char *text)
{
  g_autofree char *localpart = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *ascii_domain = NULL;
  g_autofree char *again = NULL;
  g_autofree char *localpart_again = NULL;
  g_autofree char *domain_again = NULL;
  g_autofree char *ascii_again = NULL;

  if (!sidetone_jid_prepare (text, &localpart, &domain, &ascii_domain, NULL))
    return;

  again = g_strdup_printf ("%s@%s", localpart, domain);
  g_assert_true (sidetone_jid_prepare (again, &localpart_again, &domain_again, &ascii_again, NULL));
  g_assert_cmpstr (localpart, ==, localpart_again);
  g_assert_cmpstr (domain, ==, domain_again);
}

static void
check_host (const char *text)
{
  g_autofree char *ascii = NULL;
  g_autofree char *unicode = NULL;
  g_autofree char *ascii_again = NULL;
  g_autofree char *unicode_again = NULL;

  if (!sidetone_host_prepare (text, &ascii, &unicode))
    return;

  g_assert_true (g_str_is_ascii (ascii));
  g_assert_true (g_utf8_validate (unicode, -1, NULL));
  g_assert_true (sidetone_host_prepare (unicode, &ascii_again, &unicode_again));
  g_assert_cmpstr (ascii, ==, ascii_again);
  g_assert_cmpstr (unicode, ==, unicode_again);
}

static void
check_endpoint (const char *text)
{
  g_autoptr (SidetoneEndpoint) endpoint = sidetone_endpoint_parse (text);
  g_autofree char *shown = endpoint != NULL ? sidetone_endpoint_format (endpoint) : NULL;
  g_autoptr (SidetoneEndpoint) again = shown != NULL ? sidetone_endpoint_parse (shown) : NULL;

  if (endpoint == NULL)
    return;

  g_assert_nonnull (again);
  g_assert_true (sidetone_endpoint_equal (endpoint, again));
}

static void
check_contact (const char *text)
{
  g_autoptr (SidetoneContact) contact = sidetone_contact_new_from_uri (text);
  g_autoptr (SidetoneContact) again = NULL;

  if (contact == NULL)
    return;

  g_assert_true (g_uri_is_valid (contact->uri, G_URI_FLAGS_ENCODED, NULL));
  again = sidetone_contact_new_from_uri (contact->uri);
  g_assert_nonnull (again);
  g_assert_cmpint (contact->kind, ==, again->kind);
  g_assert_cmpstr (contact->uri, ==, again->uri);
  g_assert_cmpstr (contact->address, ==, again->address);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (SidetoneService) service = NULL;
  g_autoptr (SidetoneAccount) account = NULL;

  /* Everything of another origin was checked before. */
  if (!g_utf8_validate (text, -1, NULL))
    return 0;

  check_jid (text);
  check_host (text);
  check_endpoint (text);
  check_contact (text);
  service = sidetone_service_new_from_uri (text, "user", "password", NULL);
  account = sidetone_account_new ("juliet@capulet.lit", text, SIDETONE_SECURITY_AUTO, NULL, NULL,
                                  NULL);

  return 0;
}
