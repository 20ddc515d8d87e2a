/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean sidetone_announce (GtkWidget  *widget,
                            const char *words);

G_END_DECLS
