/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_KEEP (sidetone_keep_get_type ())
G_DECLARE_FINAL_TYPE (SidetoneKeep, sidetone_keep, SIDETONE, KEEP, GtkWidget)

void sidetone_keep_set_keeps (SidetoneKeep *self,
                              gboolean      keeps);

G_END_DECLS
