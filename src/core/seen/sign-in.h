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
 * A stage of a sign-in. The nick is its word in reports and for the connection process.
 */
typedef enum
{
  SIDETONE_STAGE_UNKNOWN,
  SIDETONE_STAGE_STREAM,    /* the stream header and features */
  SIDETONE_STAGE_TLS,
  SIDETONE_STAGE_SASL,      /* the authentication */
  SIDETONE_STAGE_BIND,      /* resource binding */
} SidetoneStage;

/**
 * SidetoneSignInSeen:
 * @target: (nullable): the host name
 * @peer: (nullable): the remote endpoint
 * @security: how it is secured
 * @mechanism: (nullable): the SASL mechanism
 * @stage: the stage that failed
 * @condition: (nullable): a refusal's condition
 * @server_text: (nullable): a refusal's text from the server
 *
 * The sign-in at an XMPP server: SASL and resource binding.
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
