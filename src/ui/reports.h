/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gtk/gtk.h>

#include "report/letter.h"
#include "run.h"
#include "walkthrough/walkthrough-page.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_REPORTS (sidetone_reports_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneReports, sidetone_reports, SIDETONE, REPORTS, GObject)

SidetoneReports *sidetone_reports_new (void);

void sidetone_reports_copy (SidetoneReports *self,
                            SidetoneRun     *run,
                            GtkWindow       *window);
void sidetone_reports_copy_walkthrough (SidetoneReports         *self,
                                        SidetoneWalkthroughPage *page,
                                        GtkWindow               *window);
SidetoneLetter *sidetone_reports_write_letter (SidetoneReports           *self,
                                               SidetoneRun               *run,
                                               SidetoneReader             reader,
                                               const SidetoneWalkthrough *walkthrough);
void sidetone_reports_paste (SidetoneReports *self,
                             GtkWindow       *window);
void sidetone_reports_save (SidetoneReports *self,
                            SidetoneRun     *run,
                            GtkWindow       *parent);
void sidetone_reports_choose (SidetoneReports *self,
                              GtkWindow       *parent);
void sidetone_reports_load (SidetoneReports *self,
                            GFile           *file);
void sidetone_reports_cancel (SidetoneReports *self);

G_END_DECLS
