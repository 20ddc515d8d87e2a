/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

#include "report/report-head.h"
#include "report/report.h"

G_BEGIN_DECLS

/* How many checks are kept */
#define SIDETONE_HISTORY_MAX 50

#define SIDETONE_TYPE_HISTORY_ENTRY (sidetone_history_entry_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneHistoryEntry, sidetone_history_entry, SIDETONE, HISTORY_ENTRY, GObject)

GFile *sidetone_history_entry_get_file (SidetoneHistoryEntry * self);
const SidetoneReportHead *sidetone_history_entry_get_head (SidetoneHistoryEntry *self);

void sidetone_history_add_async (SidetoneReport     *report,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean sidetone_history_add_finish (GAsyncResult *result,
                                      GError      **error);
void sidetone_history_list_async (GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
GPtrArray *sidetone_history_list_finish (GAsyncResult *result,
                                         GError      **error);
void sidetone_history_clear_async (GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean sidetone_history_clear_finish (GAsyncResult *result,
                                        GError      **error);

gboolean sidetone_history_has (GFile *file);
char *sidetone_history_dup_folder (void);

G_END_DECLS
