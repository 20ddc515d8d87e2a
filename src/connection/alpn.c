/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "alpn.h"

#include <dlfcn.h>
#include <openssl/ssl.h>

/* ALPN (RFC 7301) with direct TLS: a server may share a port with a web site and choose by the
 * protocol's name (XEP-0368, section 3). No version of libstrophe sends it, or lends its SSL before
 * the handshake. */

/* A length, and the name */
static const guchar protocol[] = "\x0bxmpp-client";

static gboolean is_offered;

/* libstrophe finds this function before OpenSSL's: the dynamic linker looks into the program first
 * (symbol interposition). Should libstrophe ever be linked so that it does not, the child goes on
 * without ALPN; a test notices that. */
SSL *
SSL_new (SSL_CTX *context)
{
  SSL *(*next) (SSL_CTX *) = dlsym (RTLD_NEXT, "SSL_new");
  SSL *ssl = next != NULL ? next (context) : NULL;

  if (ssl != NULL && is_offered)
    SSL_set_alpn_protos (ssl, protocol, sizeof protocol - 1);
  return ssl;
}

/**
 * sidetone_alpn_offer:
 *
 * Offers the protocol in TLS handshakes from now on.
 */
void
sidetone_alpn_offer (void)
{
  is_offered = TRUE;
}
