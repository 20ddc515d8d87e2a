/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "check.h"
#include "header-title.h"
#include "help/help-window.h"
#include "network-banner.h"
#include "notice.h"
#include "notifier.h"
#include "reports.h"
#include "result/result-page.h"
#include "sign-in/sign-in-page.h"
#include "walkthrough/walkthrough-page.h"
#include "window.h"

G_BEGIN_DECLS

/**
 * SidetoneWindow:
 *
 * Its pages, and what happens between them: the sign-in form, one check with its result, and the
 * walkthrough that may follow.
 * #SidetoneCheck makes the check; #SidetoneReports handles its report.
 */
struct _SidetoneWindow
{
  AdwApplicationWindow parent_instance;

  SidetoneHeaderTitle *title;
  SidetoneNotice *notice;
  GtkStack *stack;
  SidetoneNetworkBanner *network_banner;
  GtkWidget *back_button;
  GtkWidget *cancel_button;
  GtkWidget *again_button;
  SidetoneSignInPage *sign_in_page;
  SidetoneResultPage *result_page;
  SidetoneWalkthroughPage *walkthrough_page; /* NULL until it is needed */

  SidetoneCheck *check;
  SidetoneNotifier *notifier;
  SidetoneReports *reports;
  SidetoneRun *run;            /* the shown one: the check's, or a report's */
  SidetoneHelpWindow *help;    /* NULL while it is closed */
};

/* window.c */
gboolean sidetone_window_shows (SidetoneWindow *self,
                                const char     *page);
void sidetone_window_update_actions (SidetoneWindow *self);
void sidetone_window_show_page (SidetoneWindow *self,
                                const char     *page);
void sidetone_window_show_run (SidetoneWindow *self,
                               SidetoneRun    *run);
void sidetone_window_return_to_form (SidetoneWindow  *self,
                                     SidetoneNextStep step,
                                     const char      *words,
                                     const char      *codes);
void sidetone_window_say (SidetoneWindow *self,
                          const char     *words);
void sidetone_window_ask (GtkWindow  *window,
                          const char *words);
void sidetone_window_end (SidetoneWindow *self);

/* window-check.c */
void sidetone_window_install_check_actions (GtkWidgetClass *widget_class);
void sidetone_window_bind_check_callbacks (GtkWidgetClass *widget_class);
void sidetone_window_connect_check (SidetoneWindow *self);
void sidetone_window_stop_check (SidetoneWindow *self);

/* window-reports.c */
void sidetone_window_install_report_actions (GtkWidgetClass *widget_class);
void sidetone_window_connect_reports (SidetoneWindow *self);
void sidetone_window_copy_report (SidetoneWindow *self);
void sidetone_window_open_letter (SidetoneWindow *self,
                                  SidetoneReader  reader);

G_END_DECLS
