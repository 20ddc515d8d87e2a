/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_HISTORY_PAGE (sidetone_history_page_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHistoryPage, sidetone_history_page, SIDETONE, HISTORY_PAGE, AdwBin)

GtkWidget *sidetone_history_page_new (void);

void sidetone_history_page_update (SidetoneHistoryPage *self,
                                   gboolean             can_compare);

void sidetone_history_keep (SidetoneRun *run);

G_END_DECLS
