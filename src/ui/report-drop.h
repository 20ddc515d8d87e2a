/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "window.h"

G_BEGIN_DECLS

void sidetone_report_drop_add (SidetoneWindow *window);

G_END_DECLS
