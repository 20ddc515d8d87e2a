/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean sidetone_skip_row (GtkWidget       *row,
                            GtkDirectionType direction);

G_END_DECLS
