/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_PAIR_LAYOUT (sidetone_pair_layout_get_type ())

G_DECLARE_FINAL_TYPE (SidetonePairLayout, sidetone_pair_layout, SIDETONE, PAIR_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
