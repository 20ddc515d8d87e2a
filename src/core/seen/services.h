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
 * @services: (nullable) (element-type SidetoneService): the services, without their credentials;
 *   %NULL for an unreadable one
 * @unusable: the number of invalid entries
 * @unreadable: (nullable): the first of these, as they came, without credentials
 * @expires: (nullable): when the first credentials expire (ISO 8601)
 * @expires_in: the same in seconds, by the server's clock; below 0 if they have expired
 * @server_time: (nullable): the server's time (ISO 8601)
 * @clock_ahead: by how many seconds this computer's clock is ahead of the server's; below 0 if it
 *   is behind
 * @condition: (nullable): a refusal's condition
 * @server_text: (nullable): a refusal's text from the server
 *
 * The STUN and TURN servers that an XMPP server announces for calls (External Service Discovery,
 * XEP-0215).
 */
typedef struct
{
  GPtrArray *services;
  gint64 unusable;
  const char *const *unreadable;
  const char *expires;
  gint64 expires_in;
  const char *server_time;
  gint64 clock_ahead;
  const char *condition;
  const char *server_text;
} SidetoneServicesSeen;

extern const SidetoneFieldTable sidetone_services_table;

const SidetoneServicesSeen *sidetone_observation_get_services (SidetoneObservation *self);

gboolean sidetone_services_has_any (SidetoneObservation *answer);

G_END_DECLS
