/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_VERDICT_VIEW (sidetone_verdict_view_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneVerdictView, sidetone_verdict_view, SIDETONE, VERDICT_VIEW, GtkBox)

gboolean sidetone_verdict_view_make_contents (SidetoneVerdictView *self);
void sidetone_verdict_view_show_run (SidetoneVerdictView *self,
                                     SidetoneRun         *run);
void sidetone_verdict_view_grab_headline (SidetoneVerdictView *self);
gboolean sidetone_verdict_view_is_headline (SidetoneVerdictView *self,
                                            GtkWidget           *widget);

G_END_DECLS
