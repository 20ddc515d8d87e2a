/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/page.h"
#include "report/report.h"

G_BEGIN_DECLS

/* Exit statuses: API, documented in README.md */
typedef enum
{
  SIDETONE_EXIT_FINISHED = 0,
  SIDETONE_EXIT_PROBLEM = 1,       /* finished, and a finding is a problem */
  SIDETONE_EXIT_NOT_MADE = 2,      /* the check could not be made, or nothing was learned */
  SIDETONE_EXIT_USAGE = 64,
  SIDETONE_EXIT_FILE = 66,
} SidetoneExit;

SidetoneExit sidetone_cli_check (int    argc,
                                 char **argv);
SidetoneExit sidetone_cli_show (int    argc,
                                char **argv);
SidetoneExit sidetone_cli_explain (int    argc,
                                   char **argv);
SidetoneExit sidetone_cli_compare (int    argc,
                                   char **argv);
SidetoneExit sidetone_cli_walkthrough (int    argc,
                                       char **argv);

void sidetone_cli_complain (const char *format,
                            ...) G_GNUC_PRINTF (1, 2);
gboolean sidetone_cli_parse_format (const char *format,
                                    gboolean   *json);
gboolean sidetone_cli_parse_app (const char  *nick,
                                 SidetoneApp *app);
gboolean sidetone_cli_can_print (const char *output);
SidetonePage *sidetone_cli_open_page (void);
gboolean sidetone_cli_print_page (SidetonePage *page);
SidetoneReport *sidetone_cli_open_report (const char *path);
gboolean sidetone_cli_print (const char *text,
                             const char *output);
gboolean sidetone_cli_print_report (SidetoneReport *report,
                                    gboolean        json,
                                    gboolean        redact,
                                    const char     *output);

G_END_DECLS
