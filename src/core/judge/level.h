/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SidetoneLevel:
 *
 * What may be said about calls; the rules are in src/core/README.md. The nick is its word in
 * reports.
 */
typedef enum
{
  SIDETONE_LEVEL_UNKNOWN,
  SIDETONE_LEVEL_GOOD,
  SIDETONE_LEVEL_RELAY,
  SIDETONE_LEVEL_LIMITED,
  SIDETONE_LEVEL_FAILING,
} SidetoneLevel;

#define SIDETONE_TYPE_LEVEL (sidetone_level_get_type ())

GType sidetone_level_get_type (void);

G_END_DECLS
