/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/account.h"
#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneStage:
 *
 * Where a sign-in is or was. The nick is what a report says, and the connection program.
 */
typedef enum
{
  SIDETONE_STAGE_UNKNOWN,
  SIDETONE_STAGE_STREAM,    /* the greeting */
  SIDETONE_STAGE_TLS,
  SIDETONE_STAGE_SASL,      /* the password */
  SIDETONE_STAGE_BIND,      /* the start of the session */
} SidetoneStage;

/**
 * SidetoneSignInSeen:
 * @target: (nullable): the name that was connected to
 * @peer: (nullable): the other end
 * @security: how it is made secure
 * @mechanism: (nullable): of SASL
 * @stage: where it failed
 * @condition: (nullable): of a refusal, the word of the protocol for its reason
 * @server_text: (nullable): of a refusal, the server's own words
 *
 * The sign-in at an XMPP server: SASL, and the binding of a resource.
 */
typedef struct
{
  const char *target;
  SidetoneEndpoint *peer;
  SidetoneSecurity security;
  const char *mechanism;
  SidetoneStage stage;
  const char *condition;
  const char *server_text;
} SidetoneSignInSeen;

#define SIDETONE_TYPE_STAGE (sidetone_stage_get_type ())

GType sidetone_stage_get_type (void);

extern const SidetoneFieldTable sidetone_sign_in_table;

const SidetoneSignInSeen *sidetone_observation_get_sign_in (SidetoneObservation *self);

G_END_DECLS
