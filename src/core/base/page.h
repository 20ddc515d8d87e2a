/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SidetonePageStyle:
 *
 * How a line is shown. Its words must say the same without the style.
 */
typedef enum
{
  SIDETONE_PAGE_PLAIN,
  SIDETONE_PAGE_HEADING,
  SIDETONE_PAGE_GOOD,
  SIDETONE_PAGE_LIMITED,
  SIDETONE_PAGE_FAILING,
} SidetonePageStyle;

#define SIDETONE_PAGE_N_STYLES 5

/**
 * SidetonePageLook:
 * @width: the number of columns
 * @marks: what begins a line of each style, such as a terminal's control sequence; %NULL for nothing
 * @end: what ends such a line
 *
 * The place that a page is written for.
 */
typedef struct
{
  guint width;
  const char *marks[SIDETONE_PAGE_N_STYLES];
  const char *end;
} SidetonePageLook;

/* The space between columns, and before the lines of a section */
#define SIDETONE_PAGE_INDENT 2

/* Holds words together in a line; written as a space */
#define SIDETONE_PAGE_NO_BREAK "\xc2\xa0"

typedef struct _SidetonePage SidetonePage;

SidetonePage *sidetone_page_new (const SidetonePageLook *look);
void sidetone_page_free (SidetonePage *self);
char *sidetone_page_dup_text (const SidetonePage *self);

guint sidetone_page_get_width (const SidetonePage *self);
void sidetone_page_add_gap (SidetonePage *self);
void sidetone_page_add_heading (SidetonePage *self,
                                const char   *title);
void sidetone_page_add_paragraph (SidetonePage     *self,
                                  SidetonePageStyle style,
                                  const char       *words,
                                  guint             indent);
void sidetone_page_add_row (SidetonePage      *self,
                            const char *const *cells,
                            const guint       *widths,
                            guint              n_cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetonePage, sidetone_page_free)

G_END_DECLS
