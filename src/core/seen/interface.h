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
 * What kind of network an interface belongs to. The nick is what a report says.
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
 * @type: what kind of network that is
 * @default_route: whether the way to the internet begins there
 *
 * An address of this computer, and the network interface that has it.
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
