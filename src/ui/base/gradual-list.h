/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_GRADUAL_LIST (sidetone_gradual_list_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneGradualList, sidetone_gradual_list, SIDETONE, GRADUAL_LIST, GObject)

SidetoneGradualList *sidetone_gradual_list_new (GtkWidget * widget);

void sidetone_gradual_list_set_model (SidetoneGradualList *self,
                                      GListModel          *model);
GListModel *sidetone_gradual_list_get_shown (SidetoneGradualList *self);

G_END_DECLS
