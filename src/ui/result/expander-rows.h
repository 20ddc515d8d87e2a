/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_EXPANDER_ROWS (sidetone_expander_rows_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneExpanderRows, sidetone_expander_rows, SIDETONE, EXPANDER_ROWS, GObject)

typedef GtkWidget *(*SidetoneCreateRowFunc) (gpointer item);

SidetoneExpanderRows *sidetone_expander_rows_new (AdwExpanderRow       *row,
                                                  SidetoneCreateRowFunc create);

void sidetone_expander_rows_set_model (SidetoneExpanderRows *self,
                                       GListModel           *model);
void sidetone_expander_rows_expand (SidetoneExpanderRows *self,
                                    gboolean              expanded);

void sidetone_expander_rows_describe (AdwExpanderRow *row,
                                      const char     *words);

G_END_DECLS
