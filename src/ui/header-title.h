/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_HEADER_TITLE (sidetone_header_title_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHeaderTitle, sidetone_header_title, SIDETONE, HEADER_TITLE, GtkWidget)

void sidetone_header_title_show_run (SidetoneHeaderTitle *self,
                                     SidetoneRun         *run);

G_END_DECLS
