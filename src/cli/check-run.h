/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "check-options.h"

G_BEGIN_DECLS

/**
 * SidetoneCheckConclude:
 * @report: the report
 * @user_data: what was given with the function
 *
 * Called once a check has finished; signing out may take longer.
 *
 * Returns: the exit status
 */
typedef SidetoneExit (*SidetoneCheckConclude) (SidetoneReport *report,
                                               gpointer        user_data);

SidetoneExit sidetone_check_run (const SidetoneCheckOptions *options,
                                 char                       *password,
                                 SidetoneCheckConclude       conclude,
                                 gpointer                    user_data);
SidetoneExit sidetone_check_get_status (SidetoneDiagnosis *diagnosis);

G_END_DECLS
