/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_WAY_LAYOUT (sidetone_way_layout_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneWayLayout, sidetone_way_layout, SIDETONE, WAY_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
