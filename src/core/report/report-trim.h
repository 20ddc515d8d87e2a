/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "report/report.h"

G_BEGIN_DECLS

SidetoneReport *sidetone_report_new_trimmed (const SidetoneReport *self);

G_END_DECLS
