/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_SCROLL_ANCHOR (sidetone_scroll_anchor_get_type ())
G_DECLARE_FINAL_TYPE (SidetoneScrollAnchor, sidetone_scroll_anchor, SIDETONE, SCROLL_ANCHOR, GObject)

SidetoneScrollAnchor *sidetone_scroll_anchor_new (GtkWidget * view,
                                                  GtkWidget * content);
void sidetone_scroll_anchor_return (SidetoneScrollAnchor *self);

G_END_DECLS
