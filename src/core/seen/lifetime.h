/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneLifetimeSeen:
 * @open_ms: the longest silence after which packets came in
 * @closed_ms: the shortest after which none did; not seen if UDP stayed open
 * @reason: why it was skipped
 *
 * How long a NAT keeps UDP open while nothing is sent (the lifetime of a mapping, RFC 4787, section
 * 4.3).
 */
typedef struct
{
  gint64 open_ms;
  gint64 closed_ms;
  SidetoneSkipReason reason;
} SidetoneLifetimeSeen;

extern const SidetoneFieldTable sidetone_lifetime_table;

const SidetoneLifetimeSeen *sidetone_observation_get_lifetime (SidetoneObservation *self);

G_END_DECLS
