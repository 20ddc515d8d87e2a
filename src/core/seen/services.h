/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"
#include "wire/service.h"

G_BEGIN_DECLS

/**
 * SidetoneServicesSeen:
 * @services: (nullable) (element-type SidetoneService): those servers, without their credentials;
 *   %NULL in the place of one that can't be read
 * @unusable: how many entries made no sense
 * @expires: (nullable): when the first credentials do (ISO 8601)
 * @expires_in: the same in seconds, by the server's clock; less than 0 where they have expired
 * @server_time: (nullable): the server's clock (ISO 8601)
 * @condition: (nullable): of a refusal, the word of the protocol for its reason
 * @server_text: (nullable): of a refusal, the server's own words
 *
 * What an XMPP server announces for calls: servers of STUN and TURN (External Service Discovery,
 * XEP-0215).
 */
typedef struct
{
  GPtrArray *services;
  gint64 unusable;
  const char *expires;
  gint64 expires_in;
  const char *server_time;
  const char *condition;
  const char *server_text;
} SidetoneServicesSeen;

extern const SidetoneFieldTable sidetone_services_table;

const SidetoneServicesSeen *sidetone_observation_get_services (SidetoneObservation *self);

G_END_DECLS
