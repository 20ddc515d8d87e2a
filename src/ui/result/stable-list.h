/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void sidetone_stable_list_update (GListStore *store,
                                  GPtrArray  *items,
                                  GHashFunc   hash,
                                  GEqualFunc  equal);

G_END_DECLS
