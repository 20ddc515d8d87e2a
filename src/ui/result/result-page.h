/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_RESULT_PAGE (sidetone_result_page_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneResultPage, sidetone_result_page, SIDETONE, RESULT_PAGE, AdwBin)

void sidetone_result_page_set_run (SidetoneResultPage *self,
                                   SidetoneRun        *run,
                                   gboolean            can_check);
void sidetone_result_page_set_waiting (SidetoneResultPage *self,
                                       gboolean            waiting);
void sidetone_result_page_set_measurement (SidetoneResultPage *self,
                                           SidetoneRun        *measurement);
void sidetone_result_page_take_measured (SidetoneResultPage *self,
                                         SidetoneRun        *run);
void sidetone_result_page_leave (SidetoneResultPage *self);

G_END_DECLS
