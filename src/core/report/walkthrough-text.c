/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* A walkthrough as plain text: one question, one act, or the result. */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "report/walkthrough-text.h"

#include "words/describe.h"

static void
add_lines (SidetonePage *page,
           const char   *text,
           guint         indent)
{
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    sidetone_page_add_paragraph (page, SIDETONE_PAGE_PLAIN, lines[i], indent);
}

/**
 * sidetone_walkthrough_write:
 * @self: a walkthrough
 * @page: a page
 *
 * Writes what it asks for next, or its result.
 */
void
sidetone_walkthrough_write (const SidetoneWalkthrough *self,
                            SidetonePage              *page)
{
  g_autofree char *title = sidetone_describe_station (self);
  g_autofree char *remark = sidetone_describe_remark (self);
  g_autofree char *reason = sidetone_describe_station_reason (self);
  g_autoptr (GPtrArray) rows = NULL;

  add_lines (page, remark, 0);
  sidetone_page_add_paragraph (page, SIDETONE_PAGE_HEADING, title, 0);
  add_lines (page, reason, 0);
  if (sidetone_walkthrough_get_station (self) != SIDETONE_STATION_END)
    return;

  rows = sidetone_describe_result (self);
  for (guint i = 0; i < rows->len; i++)
    {
      const SidetoneDetail *row = rows->pdata[i];

      sidetone_page_add_heading (page, row->title);
      add_lines (page, row->value, SIDETONE_PAGE_INDENT);
    }
}

static char *
write_result (const SidetoneWalkthrough *self,
              const SidetoneReport      *first)
{
  g_autoptr (SidetonePage) page = sidetone_page_new (NULL);

  sidetone_walkthrough_write (self, page);
  sidetone_page_add_gap (page);
  sidetone_report_write (first, page);

  return sidetone_page_dup_text (page);
}

/**
 * sidetone_walkthrough_to_text:
 * @self: a walkthrough at its end
 * @first: the report of the check whose findings it follows
 * @last: the report of the last check that told something
 * @redact: whether to leave out private details
 *
 * Writes the result and @first, for a mail or a file.
 *
 * Returns: (transfer full): the text, in complete lines
 */
char *
sidetone_walkthrough_to_text (const SidetoneWalkthrough *self,
                              const SidetoneReport      *first,
                              const SidetoneReport      *last,
                              gboolean                   redact)
{
  g_autoptr (SidetoneReport) shown_first = NULL;
  g_autoptr (SidetoneReport) shown_last = NULL;
  g_autoptr (SidetoneWalkthrough) shown = NULL;

  if (!redact)
    return write_result (self, first);

  shown_first = sidetone_report_new_redacted (first);
  shown_last = first != last ? sidetone_report_new_redacted (last)
               : sidetone_report_ref (shown_first);
  shown = sidetone_walkthrough_new_shown (self, sidetone_report_get_diagnosis (shown_first),
                                          sidetone_report_get_diagnosis (shown_last));

  return write_result (shown, shown_first);
}
