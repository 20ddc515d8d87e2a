/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "xmpp/target.h"

/* A host and port where an account's server may answer: named by an SRV record's target (RFC 2782),
 * by the domain itself, or by the user. */

#define PORT_STARTTLS 5222
#define PORT_DIRECT 5223

/**
 * sidetone_target_new:
 * @host: a host name or an address literal
 * @port: a TCP port
 * @security: STARTTLS or direct TLS
 *
 * Returns: (transfer full): a target
 */
SidetoneTarget *
sidetone_target_new (const char      *host,
                     guint16          port,
                     SidetoneSecurity security)
{
  SidetoneTarget *self = g_new0 (SidetoneTarget, 1);

  self->host = g_strdup (host);
  self->port = port;
  self->security = security;

  return self;
}

/**
 * sidetone_target_free:
 * @self: (transfer full): a target
 */
void
sidetone_target_free (SidetoneTarget *self)
{
  g_free (self->host);
  g_free (self);
}

/**
 * sidetone_target_dup_literal:
 * @self: a target
 *
 * Returns: (transfer full) (nullable): its address if the host is a literal, so that there is
 *   nothing to look up
 */
SidetoneEndpoint *
sidetone_target_dup_literal (const SidetoneTarget *self)
{
  return sidetone_endpoint_new_from_string (self->host, self->port, SIDETONE_TRANSPORT_TCP, NULL);
}

static void
add_target (GPtrArray       *targets,
            const char      *host,
            guint16          port,
            SidetoneSecurity security)
{
  g_ptr_array_add (targets, sidetone_target_new (host, port, security));
}

/**
 * sidetone_target_list_for_domain:
 * @account: an account whose domain has no SRV records
 *
 * Returns: (transfer full) (element-type SidetoneTarget): the domain itself, at the registered port
 *   (RFC 6120, section 3.2.2)
 */
GPtrArray *
sidetone_target_list_for_domain (SidetoneAccount *account)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_target_free);
  const char *domain = sidetone_account_get_ascii_domain (account);

  if (sidetone_account_get_security (account) == SIDETONE_SECURITY_DIRECT)
    add_target (targets, domain, PORT_DIRECT, SIDETONE_SECURITY_DIRECT);
  else
    add_target (targets, domain, PORT_STARTTLS, SIDETONE_SECURITY_STARTTLS);

  return targets;
}

/**
 * sidetone_target_list_for_server:
 * @account: an account with a server that the user named
 *
 * Returns: (transfer full) (element-type SidetoneTarget): that server, whatever DNS says of the
 *   domain
 */
GPtrArray *
sidetone_target_list_for_server (SidetoneAccount *account)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_target_free);
  const char *host = sidetone_account_get_server_host (account);
  guint16 port = sidetone_account_get_server_port (account);

  switch (sidetone_account_get_security (account))
    {
    case SIDETONE_SECURITY_STARTTLS:
      add_target (targets, host, port != 0 ? port : PORT_STARTTLS, SIDETONE_SECURITY_STARTTLS);
      break;

    case SIDETONE_SECURITY_DIRECT:
      add_target (targets, host, port != 0 ? port : PORT_DIRECT, SIDETONE_SECURITY_DIRECT);
      break;

    case SIDETONE_SECURITY_UNKNOWN:
    case SIDETONE_SECURITY_AUTO:
      /* A port does not say which it is: by custom 5223 and 443 are direct TLS. The other kind is
       * tried second. */
      if (port == PORT_DIRECT || port == 443)
        {
          add_target (targets, host, port, SIDETONE_SECURITY_DIRECT);
          add_target (targets, host, port, SIDETONE_SECURITY_STARTTLS);
        }
      else if (port != 0)
        {
          add_target (targets, host, port, SIDETONE_SECURITY_STARTTLS);
          add_target (targets, host, port, SIDETONE_SECURITY_DIRECT);
        }
      else
        {
          add_target (targets, host, PORT_STARTTLS, SIDETONE_SECURITY_STARTTLS);
          add_target (targets, host, PORT_DIRECT, SIDETONE_SECURITY_DIRECT);
        }
      break;
    }

  return targets;
}
