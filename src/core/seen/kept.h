/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"

G_BEGIN_DECLS

GVariant *sidetone_kept_take_details (GVariant *details);
GVariant *sidetone_kept_find (GVariant                 *details,
                              const SidetoneFieldTable *table,
                              gconstpointer             what);

G_END_DECLS
