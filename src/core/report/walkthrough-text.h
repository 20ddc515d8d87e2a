/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/page.h"
#include "judge/walkthrough.h"
#include "report/report.h"

G_BEGIN_DECLS

void sidetone_walkthrough_write (const SidetoneWalkthrough *self,
                                 SidetonePage              *page);
char *sidetone_walkthrough_to_text (const SidetoneWalkthrough *self,
                                    const SidetoneReport      *first,
                                    const SidetoneReport      *last,
                                    gboolean                   redact);

G_END_DECLS
