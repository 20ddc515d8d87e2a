/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneInterruptionSeen:
 * @interfaces: (nullable): the interfaces on the way to the internet that went down, or lost an
 *   address
 * @slept_ms: how long this computer slept
 *
 * An interruption of the check on this computer.
 */
typedef struct
{
  const char *const *interfaces;
  gint64 slept_ms;
} SidetoneInterruptionSeen;

extern const SidetoneFieldTable sidetone_interruption_table;

const SidetoneInterruptionSeen *sidetone_observation_get_interruption (SidetoneObservation *self);

G_END_DECLS
