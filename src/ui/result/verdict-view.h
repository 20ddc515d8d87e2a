/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_VERDICT_VIEW (sidetone_verdict_view_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneVerdictView, sidetone_verdict_view, SIDETONE, VERDICT_VIEW, GtkWidget)

gboolean sidetone_verdict_view_make_contents (SidetoneVerdictView *self);
void sidetone_verdict_view_show_run (SidetoneVerdictView *self,
                                     SidetoneRun         *run);

G_END_DECLS
