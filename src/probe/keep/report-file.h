/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

#include "report/report.h"

G_BEGIN_DECLS

SidetoneReport *sidetone_report_file_load (GFile        *file,
                                           GCancellable *cancellable,
                                           GError      **error);
void sidetone_report_file_load_async (GFile              *file,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
SidetoneReport *sidetone_report_file_load_finish (GFile        *file,
                                                  GAsyncResult *result,
                                                  GError      **error);

SidetoneReport *sidetone_report_file_parse (GBytes  *text,
                                            GError **error);
void sidetone_report_file_parse_async (GBytes             *text,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
SidetoneReport *sidetone_report_file_parse_finish (GAsyncResult *result,
                                                   GError      **error);

gboolean sidetone_report_file_write_to (int         fd,
                                        const char *text,
                                        GError    **error);
gboolean sidetone_report_file_write (GFile        *file,
                                     const char   *text,
                                     GCancellable *cancellable,
                                     GError      **error);
void sidetone_report_file_save_async (SidetoneReport     *report,
                                      GFile              *file,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean sidetone_report_file_save_finish (GFile        *file,
                                           GAsyncResult *result,
                                           GError      **error);

G_END_DECLS
