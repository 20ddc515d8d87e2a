/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/page.h"
#include "judge/walkthrough.h"

G_BEGIN_DECLS

void sidetone_walkthrough_write (const SidetoneWalkthrough *self,
                                 SidetonePage              *page);

G_END_DECLS
