/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "report/report.h"

G_BEGIN_DECLS

char *sidetone_pair_describe (const SidetoneReport *first,
                              const SidetoneReport *second);
void sidetone_pair_write (const SidetoneReport *first,
                          const SidetoneReport *second,
                          SidetonePage         *page);
char *sidetone_pair_to_json (const SidetoneReport *first,
                             const SidetoneReport *second);

G_END_DECLS
