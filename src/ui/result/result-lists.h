/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_RESULT_LISTS (sidetone_result_lists_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneResultLists, sidetone_result_lists, SIDETONE, RESULT_LISTS, GObject)

SidetoneResultLists *sidetone_result_lists_new (void);

void sidetone_result_lists_update (SidetoneResultLists *self,
                                   SidetoneRun         *run);

GListModel *sidetone_result_lists_get_findings (SidetoneResultLists *self);
GListModel *sidetone_result_lists_get_notes (SidetoneResultLists *self);
GListModel *sidetone_result_lists_get_calls (SidetoneResultLists *self);
GListModel *sidetone_result_lists_get_hosts (SidetoneResultLists *self);
GPtrArray *sidetone_result_lists_get_host_results (SidetoneResultLists *self);
GListModel *sidetone_result_lists_get_steps (SidetoneResultLists *self);
GPtrArray *sidetone_result_lists_get_step_results (SidetoneResultLists *self);

G_END_DECLS
