/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "report/report.h"

G_BEGIN_DECLS

char *sidetone_report_block_new (const SidetoneReport *report);
gboolean sidetone_report_block_is_in (const char *text,
                                      gsize       length);
SidetoneReport *sidetone_report_block_read (const char *text,
                                            gsize       length,
                                            GError    **error);

G_END_DECLS
