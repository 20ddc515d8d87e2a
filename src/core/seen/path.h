/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetonePathSeen:
 * @routers: (nullable) (element-type SidetoneEndpoint): those that answered, the nearest first
 * @passed_on: whether the nearest router forwards packets to the external address
 *
 * The first routers on the way to the internet (traceroute).
 */
typedef struct
{
  GPtrArray *routers;
  SidetoneTruth passed_on;
} SidetonePathSeen;

extern const SidetoneFieldTable sidetone_path_table;

const SidetonePathSeen *sidetone_observation_get_path (SidetoneObservation *self);

G_END_DECLS
