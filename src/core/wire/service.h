/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

/**
 * SidetoneServiceKind:
 *
 * The kind of a service for calls. STUN tells a client its address, TURN relays for it; those with
 * an S at the end do so inside TLS or DTLS. The nick is the protocol's word.
 */
typedef enum
{
  SIDETONE_SERVICE_UNKNOWN,
  SIDETONE_SERVICE_STUN,
  SIDETONE_SERVICE_STUNS,
  SIDETONE_SERVICE_TURN,
  SIDETONE_SERVICE_TURNS,
} SidetoneServiceKind;

#define SIDETONE_TYPE_SERVICE_KIND (sidetone_service_kind_get_type ())
#define SIDETONE_TYPE_SERVICE (sidetone_service_get_type ())

typedef struct _SidetoneService SidetoneService;

GType sidetone_service_kind_get_type (void);
GType sidetone_service_get_type (void);

/**
 * SidetoneServiceFields:
 * @kind: a known kind
 * @transport: UDP, TCP or TLS (over TCP); a TLS kind over UDP is DTLS
 * @host: an IP address without brackets and zone, or an ASCII name
 * @port: its port
 * @username: (nullable): for its long-term credentials
 * @password: (nullable): the same
 * @expires: (nullable): when the credentials expire, by the server's clock
 * @restricted: whether it is announced to need credentials
 * @is_typed: whether the user typed it
 *
 * A service's fields; each one is copied or referenced.
 */
typedef struct
{
  SidetoneServiceKind kind;
  SidetoneTransport transport;
  const char *host;
  guint16 port;
  const char *username;
  const char *password;
  GDateTime *expires;
  gboolean restricted;
  gboolean is_typed;
} SidetoneServiceFields;

SidetoneService *sidetone_service_new (const SidetoneServiceFields *fields);
SidetoneService *sidetone_service_new_from_text (const char *text);
SidetoneService *sidetone_service_ref (SidetoneService *self);
void sidetone_service_unref (SidetoneService *self);

SidetoneServiceKind sidetone_service_get_kind (const SidetoneService *self);
SidetoneTransport sidetone_service_get_transport (const SidetoneService *self);
const char *sidetone_service_get_host (const SidetoneService *self);
guint16 sidetone_service_get_port (const SidetoneService *self);
const char *sidetone_service_get_username (const SidetoneService *self);
const char *sidetone_service_get_password (const SidetoneService *self);
GDateTime *sidetone_service_get_expires (const SidetoneService *self);

gboolean sidetone_service_is_relay (const SidetoneService *self);
gboolean sidetone_service_is_typed (const SidetoneService *self);
gboolean sidetone_service_has_credentials (const SidetoneService *self);
SidetoneEndpoint *sidetone_service_dup_literal (const SidetoneService *self);
char *sidetone_service_to_text (const SidetoneService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneService, sidetone_service_unref)

G_END_DECLS
