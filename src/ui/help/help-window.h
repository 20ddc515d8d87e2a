/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_HELP_WINDOW (sidetone_help_window_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHelpWindow, sidetone_help_window, SIDETONE, HELP_WINDOW, AdwWindow)

/* Topics besides the codes */
#define SIDETONE_HELP_SUPPORT "support"
#define SIDETONE_HELP_TERMS "terms"

SidetoneHelpWindow * sidetone_help_window_new (GtkWindow * parent);

void sidetone_help_window_show_topic (SidetoneHelpWindow *self,
                                      const char         *topic);

G_END_DECLS
