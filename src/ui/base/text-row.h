/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *sidetone_text_row_new (const char *title,
                                  const char *subtitle);

G_END_DECLS
