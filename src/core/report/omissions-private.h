/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "report/omissions.h"

G_BEGIN_DECLS

/* Shared with the redaction, which fills it */
void sidetone_omissions_note (SidetoneOmissions   *self,
                              SidetoneOmissionKind kind,
                              const char          *text);
SidetoneReport *sidetone_report_redact (const SidetoneReport *report,
                                        SidetoneOmissions    *omissions);

G_END_DECLS
