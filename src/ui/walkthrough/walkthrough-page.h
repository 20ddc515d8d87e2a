/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "judge/walkthrough.h"
#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_WALKTHROUGH_PAGE (sidetone_walkthrough_page_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneWalkthroughPage, sidetone_walkthrough_page, SIDETONE, WALKTHROUGH_PAGE,
                      AdwBin)

void sidetone_walkthrough_page_begin (SidetoneWalkthroughPage *self,
                                      SidetoneRun             *run);
void sidetone_walkthrough_page_set_check (SidetoneWalkthroughPage *self,
                                          SidetoneRun             *run);
void sidetone_walkthrough_page_stop_check (SidetoneWalkthroughPage *self);
gboolean sidetone_walkthrough_page_go_back (SidetoneWalkthroughPage *self);

gboolean sidetone_walkthrough_page_is_over (SidetoneWalkthroughPage *self);
SidetoneRun *sidetone_walkthrough_page_get_followed (SidetoneWalkthroughPage *self);
SidetoneRun *sidetone_walkthrough_page_get_latest (SidetoneWalkthroughPage *self);
const SidetoneWalkthrough *sidetone_walkthrough_page_get_walkthrough (SidetoneWalkthroughPage *self);
char *sidetone_walkthrough_page_write (SidetoneWalkthroughPage *self,
                                       gboolean                 redact);

G_END_DECLS
