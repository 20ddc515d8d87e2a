/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "report/report.h"

G_BEGIN_DECLS

char **sidetone_test_list_reports (void);
SidetoneReport *sidetone_test_read_report (const char *name);
char *sidetone_test_make_folder (void);

G_END_DECLS
