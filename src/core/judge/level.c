/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "judge/level.h"

/* What may be said about calls, in five levels. */

/* The nicks are part of the reports' format: they never change. */
G_DEFINE_ENUM_TYPE (
  SidetoneLevel, sidetone_level,
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_GOOD, "good"),
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_RELAY, "relay"),
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_LIMITED, "limited"),
  G_DEFINE_ENUM_VALUE (SIDETONE_LEVEL_FAILING, "failing"))
