/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/json-writer.h"
#include "report/comparison.h"

G_BEGIN_DECLS

/* Shared by the files that make and write a comparison */
struct _SidetoneComparison
{
  SidetoneReport *before;
  SidetoneReport *after;
  GPtrArray *differences;
  SidetoneTrend trend;
  SidetoneTrendReason reason;
  SidetoneComparisonTraits traits;
};

SidetoneDifference *sidetone_comparison_add (SidetoneComparison    *self,
                                             SidetoneDifferenceKind kind);
void sidetone_comparison_add_values (SidetoneComparison    *self,
                                     SidetoneDifferenceKind kind,
                                     int                    before,
                                     int                    after);
gboolean sidetone_comparison_is_other_network (const SidetoneReport *before,
                                               const SidetoneReport *after);
void sidetone_comparison_add_network (SidetoneComparison *self);
void sidetone_comparison_add_services (SidetoneComparison *self);
void sidetone_comparison_add_quality (SidetoneComparison *self);

/* Which report is compared */
char *sidetone_comparison_describe_report (const SidetoneReport *report);
void sidetone_comparison_write_report (SidetonePage         *page,
                                       const char           *title,
                                       const SidetoneReport *report);
void sidetone_comparison_add_report (SidetoneJsonWriter   *writer,
                                     const char           *member,
                                     const SidetoneReport *report);

G_END_DECLS
