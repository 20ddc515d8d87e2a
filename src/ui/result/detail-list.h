/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_DETAIL_LIST (sidetone_detail_list_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneDetailList, sidetone_detail_list, SIDETONE, DETAIL_LIST, GtkBox)

void sidetone_detail_list_set_details (SidetoneDetailList *self,
                                       GPtrArray          *details);

G_END_DECLS
