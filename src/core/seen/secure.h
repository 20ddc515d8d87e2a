/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneSecureSeen:
 * @target: (nullable): the name that was connected to
 * @peer: (nullable): the other end
 * @security: how it is made secure
 * @names: (nullable): the names of DNS that it is for
 * @subject: (nullable): the whole name of whom it is for, as OpenSSL writes it
 * @issuer: (nullable): the same of who vouches for it
 * @not_before: (nullable): from when it is valid (ISO 8601)
 * @not_after: (nullable): until when
 * @sha256: (nullable): its fingerprint, in hexadecimal digits
 *
 * TLS with an XMPP server, and the certificate that it showed (X.509).
 */
typedef struct
{
  const char *target;
  SidetoneEndpoint *peer;
  SidetoneSecurity security;
  const char *const *names;
  const char *subject;
  const char *issuer;
  const char *not_before;
  const char *not_after;
  const char *sha256;
} SidetoneSecureSeen;

extern const SidetoneFieldTable sidetone_secure_table;

const SidetoneSecureSeen *sidetone_observation_get_secure (SidetoneObservation *self);

G_END_DECLS
