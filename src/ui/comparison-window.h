/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_COMPARISON_WINDOW (sidetone_comparison_window_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneComparisonWindow, sidetone_comparison_window, SIDETONE, COMPARISON_WINDOW,
                      AdwWindow)

void sidetone_comparison_window_open (GtkWindow   *parent,
                                      SidetoneRun *run,
                                      GFile       *other);
void sidetone_comparison_window_choose (GtkWindow   *parent,
                                        SidetoneRun *run);

G_END_DECLS
