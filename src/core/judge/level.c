/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/level.h"

/* The nicks stand in reports: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneLevel, sidetone_level,
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_GOOD, "good"),
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_RELAY, "relay"),
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_LIMITED, "limited"),
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_FAILING, "failing"))

/* Where something changes the address, calls need help. */
static const SidetoneFindingKind limiting[] = {
  SIDETONE_FINDING_PORT_TRANSLATION,
  SIDETONE_FINDING_REWRITTEN_LOCALLY,
  SIDETONE_FINDING_CARRIER_INSIDE,
  SIDETONE_FINDING_CLAT,
  SIDETONE_FINDING_NAT64,
  SIDETONE_FINDING_FAMILY_CHANGED,
  SIDETONE_FINDING_NAT,
  SIDETONE_FINDING_CGNAT,
  SIDETONE_FINDING_INNER_NAT,
  SIDETONE_FINDING_NAT66,
  SIDETONE_FINDING_PREFIX_TRANSLATION,
  SIDETONE_FINDING_TRANSLATED_PUBLIC,
};

/**
 * sidetone_level_of_address:
 * @kind: what the address check means, or why it could not be made
 *
 * Returns: what the address check alone allows to say about calls; nothing where it can't see the
 *   way to the internet
 */
SidetoneLevel
sidetone_level_of_address (SidetoneFindingKind kind)
{
  if (kind == SIDETONE_FINDING_NO_NAT)
    return SIDETONE_LEVEL_GOOD;

  for (gsize i = 0; i < G_N_ELEMENTS (limiting); i++)
    {
      if (limiting[i] == kind)
        return SIDETONE_LEVEL_LIMITED;
    }

  return SIDETONE_LEVEL_UNKNOWN;
}
