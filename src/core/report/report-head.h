/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/verdict.h"

G_BEGIN_DECLS

/* Enough for the head of each report that this program writes */
#define SIDETONE_REPORT_HEAD_BYTES (16 * 1024)

/**
 * SidetoneReportHead:
 * @created: when the check began, in UTC
 * @account: (nullable): the account, or its server; safe to show
 * @way_out: (nullable): the address that the server saw
 * @state: the verdict's state when the report was written
 * @headline: the verdict in a few words, in the language of that time; safe to show
 *
 * What tells a report from others in a list. It is read from the beginning of a report, which is neither
 * read to its end nor judged.
 */
typedef struct
{
  GDateTime *created;
  char *account;
  char *way_out;
  SidetoneVerdictState state;
  char *headline;
} SidetoneReportHead;

SidetoneReportHead *sidetone_report_head_new (const char *text,
                                              gsize       length,
                                              GError    **error);
void sidetone_report_head_free (SidetoneReportHead *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneReportHead, sidetone_report_head_free)

G_END_DECLS
