/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void sidetone_name_lists (GtkWidget  *widget,
                          const char *name);

G_END_DECLS
