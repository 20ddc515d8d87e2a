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
