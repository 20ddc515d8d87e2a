/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "judge/diagnosis.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_WAY (sidetone_way_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneWay, sidetone_way, SIDETONE, WAY, GtkWidget)

gboolean sidetone_way_make_contents (SidetoneWay *self);
void sidetone_way_show_diagnosis (SidetoneWay       *self,
                                  SidetoneDiagnosis *diagnosis,
                                  gboolean           running);

G_END_DECLS
