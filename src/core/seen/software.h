/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneSoftwareSeen:
 * @name: (nullable): the program's name
 * @version: (nullable): its version
 *
 * Which program an XMPP server is (XEP-0092).
 */
typedef struct
{
  const char *name;
  const char *version;
} SidetoneSoftwareSeen;

extern const SidetoneFieldTable sidetone_software_table;

const SidetoneSoftwareSeen *sidetone_observation_get_software (SidetoneObservation *self);

G_END_DECLS
