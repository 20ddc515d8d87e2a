/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"

G_BEGIN_DECLS

/**
 * SidetoneInterfaceType:
 *
 * The kind of an interface's network. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_INTERFACE_UNKNOWN,
  SIDETONE_INTERFACE_WIRED,
  SIDETONE_INTERFACE_WIRELESS,
  SIDETONE_INTERFACE_TUNNEL,     /* a VPN, a tunnel, a dial-up line */
  SIDETONE_INTERFACE_BRIDGE,
  SIDETONE_INTERFACE_LOOPBACK,
  SIDETONE_INTERFACE_OTHER,
} SidetoneInterfaceType;

/**
 * SidetoneInterfaceSeen:
 * @interface: (nullable): its name
 * @type: the kind of its network
 * @default_route: whether the default route begins there
 *
 * An address of this computer, and its network interface.
 */
typedef struct
{
  const char *interface;
  SidetoneInterfaceType type;
  SidetoneTruth default_route;
} SidetoneInterfaceSeen;

#define SIDETONE_TYPE_INTERFACE_TYPE (sidetone_interface_type_get_type ())

GType sidetone_interface_type_get_type (void);

extern const SidetoneFieldTable sidetone_interface_table;

const SidetoneInterfaceSeen *sidetone_observation_get_interface (SidetoneObservation *self);

G_END_DECLS
