/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_HEAD_LAYOUT (sidetone_head_layout_get_type ())
G_DECLARE_FINAL_TYPE (SidetoneHeadLayout, sidetone_head_layout, SIDETONE, HEAD_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
