/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDETONE_TYPE_HELP_PAGE (sidetone_help_page_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHelpPage, sidetone_help_page, SIDETONE, HELP_PAGE, AdwBin)

GtkWidget *sidetone_help_page_new (const char *title,
                                   GPtrArray * sections);

G_END_DECLS
