/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/interface.h"

#include <glib/gi18n-lib.h>

/* An address of this computer and its network interface: the table of its fields. */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneInterfaceType, sidetone_interface_type,
  G_DEFINE_ENUM_VALUE (SIDETONE_INTERFACE_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_INTERFACE_WIRED, "wired"),
  G_DEFINE_ENUM_VALUE (SIDETONE_INTERFACE_WIRELESS, "wireless"),
  G_DEFINE_ENUM_VALUE (SIDETONE_INTERFACE_TUNNEL, "tunnel"),
  G_DEFINE_ENUM_VALUE (SIDETONE_INTERFACE_BRIDGE, "bridge"),
  G_DEFINE_ENUM_VALUE (SIDETONE_INTERFACE_LOOPBACK, "loopback"),
  G_DEFINE_ENUM_VALUE (SIDETONE_INTERFACE_OTHER, "other"))

static const SidetoneField fields[] = {
  SIDETONE_FIELD_SHOWN (LOCAL, N_("Address")),
  SIDETONE_FIELD_SHOWN (LOCAL_SCOPE, N_("Kind of address")),
  SIDETONE_FIELD (SidetoneInterfaceSeen, "interface", TEXT, interface, WORDS, TEXT,
                  N_("Network interface")),
  SIDETONE_FIELD_OF_CHOICE (SidetoneInterfaceSeen, "type", type, sidetone_interface_type_get_type, CHOICE,
                            N_("Kind of network")),
  SIDETONE_FIELD (SidetoneInterfaceSeen, "default-route", TRUTH, default_route, KEEP, TRUTH,
                  N_("Leads to the internet")),
};

const SidetoneFieldTable sidetone_interface_table = SIDETONE_FIELD_TABLE (SidetoneInterfaceSeen, fields);

/**
 * sidetone_observation_get_interface:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_INTERFACE
 */
const SidetoneInterfaceSeen *
sidetone_observation_get_interface (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_INTERFACE);
}
