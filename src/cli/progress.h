/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "run.h"

G_BEGIN_DECLS

void sidetone_progress_follow (SidetoneRun *run,
                               gboolean     verbose);
void sidetone_progress_clear (void);

G_END_DECLS
