/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_FIT (sidetone_fit_get_type ())
G_DECLARE_FINAL_TYPE (SidetoneFit, sidetone_fit, SIDETONE, FIT, GtkWidget)

G_END_DECLS
