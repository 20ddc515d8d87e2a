/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "report/report.h"

G_BEGIN_DECLS

/* Shared by the files that make, write and read a report */
struct _SidetoneReport
{
  gatomicrefcount ref_count;

  char *jid;             /* NULL in a redacted report */
  char *domain;          /* NULL if it is not known */
  GDateTime *created;    /* in UTC */
  char *app_version;     /* of the Sidetone that made the check */
  char *strophe_version; /* NULL if it is not known, as is the next one */
  char *os;
  SidetoneAliases *aliases; /* of a redacted report, else NULL */
  GListStore *observations;
  SidetoneDiagnosis *diagnosis;
};

/* Names of the program and the system; a JID is longer (three parts, RFC 7622 section 3.1) */
#define SIDETONE_REPORT_MAX_NAME 1023
#define SIDETONE_REPORT_MAX_JID (3 * SIDETONE_REPORT_MAX_NAME + 2)

SidetoneReport *sidetone_report_new_with_version (const char      *jid,
                                                  const char      *domain,
                                                  GDateTime       *created,
                                                  const char      *app_version,
                                                  const char      *strophe_version,
                                                  const char      *os,
                                                  SidetoneApp      app,
                                                  SidetoneAliases *aliases,
                                                  GListModel      *observations);

G_END_DECLS
