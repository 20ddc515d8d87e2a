/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_NEXT_VIEW (sidetone_next_view_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneNextView, sidetone_next_view, SIDETONE, NEXT_VIEW, GtkBox)

SidetoneNextStep sidetone_next_view_find_step (SidetoneRun *run);

void sidetone_next_view_show_run (SidetoneNextView *self,
                                  SidetoneRun      *run,
                                  gboolean          can_check,
                                  gboolean          waiting);
void sidetone_next_view_take_focus (SidetoneNextView *self);

G_END_DECLS
