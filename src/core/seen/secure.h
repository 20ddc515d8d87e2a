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
 * @target: (nullable): the host name
 * @peer: (nullable): the remote endpoint
 * @security: how it is secured
 * @names: (nullable): the certificate's DNS names
 * @subject: (nullable): its subject, in OpenSSL's form
 * @issuer: (nullable): its issuer, likewise
 * @not_before: (nullable): the start of its validity (ISO 8601)
 * @not_after: (nullable): the end of its validity
 * @clock_early: whether this computer's clock is before Sidetone's release, so that it is wrong
 * @sha256: (nullable): its fingerprint, in hexadecimal digits
 *
 * TLS with an XMPP server, and its certificate (X.509).
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
  SidetoneTruth clock_early;
  const char *sha256;
} SidetoneSecureSeen;

extern const SidetoneFieldTable sidetone_secure_table;

const SidetoneSecureSeen *sidetone_observation_get_secure (SidetoneObservation *self);

G_END_DECLS
