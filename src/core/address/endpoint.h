/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/aliases.h"

G_BEGIN_DECLS

typedef enum
{
  SIDETONE_TRANSPORT_UNKNOWN,
  SIDETONE_TRANSPORT_UDP,
  SIDETONE_TRANSPORT_TCP,
  SIDETONE_TRANSPORT_TLS,
} SidetoneTransport;

/* How an address or a port changed on the way; UNKNOWN if one end is not known */
typedef enum
{
  SIDETONE_CHANGE_UNKNOWN,
  SIDETONE_CHANGE_SAME,
  SIDETONE_CHANGE_CHANGED,
} SidetoneChange;

#define SIDETONE_TYPE_TRANSPORT (sidetone_transport_get_type ())
#define SIDETONE_TYPE_ENDPOINT (sidetone_endpoint_get_type ())

typedef struct _SidetoneEndpoint SidetoneEndpoint;

GType sidetone_transport_get_type (void);
GType sidetone_endpoint_get_type (void);

SidetoneEndpoint *sidetone_endpoint_new (GInetAddress     *address,
                                         guint16           port,
                                         SidetoneTransport transport);
SidetoneEndpoint *sidetone_endpoint_new_from_string (const char       *address,
                                                     guint16           port,
                                                     SidetoneTransport transport,
                                                     GError          **error);
SidetoneEndpoint *sidetone_endpoint_parse (const char *text);
SidetoneEndpoint *sidetone_endpoint_new_from_socket_address (GSocketAddress   *address,
                                                             SidetoneTransport transport);
SidetoneEndpoint *sidetone_endpoint_new_hidden (const SidetoneEndpoint *endpoint,
                                                SidetoneAliases        *aliases);
SidetoneEndpoint *sidetone_endpoint_ref (SidetoneEndpoint *self);
void sidetone_endpoint_unref (SidetoneEndpoint *self);

GInetAddress *sidetone_endpoint_get_address (const SidetoneEndpoint *self);
guint16 sidetone_endpoint_get_port (const SidetoneEndpoint *self);
SidetoneTransport sidetone_endpoint_get_transport (const SidetoneEndpoint *self);
GSocketFamily sidetone_endpoint_get_family (const SidetoneEndpoint *self);

gboolean sidetone_endpoint_is_hidden (const SidetoneEndpoint *self);
guint sidetone_endpoint_get_alias (const SidetoneEndpoint *self);

char *sidetone_endpoint_dup_address (const SidetoneEndpoint *self);
char *sidetone_endpoint_format (const SidetoneEndpoint *self);

gboolean sidetone_endpoint_equal (const SidetoneEndpoint *a,
                                  const SidetoneEndpoint *b);
gboolean sidetone_endpoint_equal_address (const SidetoneEndpoint *a,
                                          const SidetoneEndpoint *b);
guint sidetone_endpoint_hash (const SidetoneEndpoint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneEndpoint, sidetone_endpoint_unref)

G_END_DECLS
