/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_WRAP_LAYOUT (sidetone_wrap_layout_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneWrapLayout, sidetone_wrap_layout, SIDETONE, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
