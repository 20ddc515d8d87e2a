/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/page.h"

#include "base/text.h"

/**
 * SidetonePage:
 *
 * Lines of text in columns of a fixed-width font, wrapped at the page's width: for a mail or a
 * terminal.
 */
struct _SidetonePage
{
  SidetonePageLook look;
  GString *text;
};

/* For a mail, or a terminal of 80 columns */
#define DEFAULT_WIDTH 78

/* A narrower column is too ragged to be read: its cell gets lines of its own. */
#define MIN_COLUMN 20

/**
 * sidetone_page_new:
 * @look: (nullable): the place that it is written for; %NULL for plain text of 78 columns
 *
 * Returns: (transfer full): an empty page
 */
SidetonePage *
sidetone_page_new (const SidetonePageLook *look)
{
  SidetonePage *self = g_new0 (SidetonePage, 1);

  if (look != NULL)
    self->look = *look;
  else
    self->look.width = DEFAULT_WIDTH;
  self->text = g_string_new (NULL);

  return self;
}

/**
 * sidetone_page_free:
 * @self: (transfer full): a page
 */
void
sidetone_page_free (SidetonePage *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * sidetone_page_dup_text:
 * @self: a page
 *
 * Returns: (transfer full): its text, in complete lines
 */
char *
sidetone_page_dup_text (const SidetonePage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->text->str);
}

/**
 * sidetone_page_get_width:
 * @self: a page
 *
 * Returns: the number of columns
 */
guint
sidetone_page_get_width (const SidetonePage *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->look.width;
}

/**
 * sidetone_page_add_gap:
 * @self: a page
 *
 * Adds an empty line.
 */
void
sidetone_page_add_gap (SidetonePage *self)
{
  g_return_if_fail (self != NULL);

  g_string_append_c (self->text, '\n');
}

/**
 * sidetone_page_add_paragraph:
 * @self: a page
 * @style: the style of its lines
 * @words: text
 * @indent: the number of spaces before each line
 *
 * Adds @words, wrapped.
 */
void
sidetone_page_add_paragraph (SidetonePage     *self,
                             SidetonePageStyle style,
                             const char       *words,
                             guint             indent)
{
  g_auto (GStrv) lines = NULL;
  const char *mark;

  g_return_if_fail (self != NULL);
  g_return_if_fail (words != NULL);

  mark = self->look.marks[style];
  lines = sidetone_text_wrap (words, self->look.width > indent ? self->look.width - indent : 1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GString) line = g_string_new (lines[i]);

      g_string_replace (line, SIDETONE_PAGE_NO_BREAK, " ", 0);
      sidetone_text_append_padded (self->text, "", line->len > 0 ? indent : 0);
      if (mark != NULL && line->len > 0)
        g_string_append_printf (self->text, "%s%s%s\n", mark, line->str, self->look.end);
      else
        g_string_append_printf (self->text, "%s\n", line->str);
    }
}

/**
 * sidetone_page_add_heading:
 * @self: a page
 * @title: a title
 *
 * Begins a section.
 */
void
sidetone_page_add_heading (SidetonePage *self,
                           const char   *title)
{
  sidetone_page_add_gap (self);
  sidetone_page_add_paragraph (self, SIDETONE_PAGE_HEADING, title, 0);
}

/* Pads to a column, or adds one space if the row is longer. */
static void
append_spaces (GString *row,
               guint    column)
{
  guint width = sidetone_text_get_width (row->str);

  sidetone_text_append_padded (row, "", width < column ? column - width : 1);
}

/* A cell that is too wide is wrapped in its own column. Returns: FALSE, and adds nothing, if a word is
 * too long for that. */
static gboolean
add_columns (SidetonePage      *self,
             const char *const *cells,
             const guint       *widths,
             guint              n_cells)
{
  g_autoptr (GPtrArray) wrapped = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GString) rows = g_string_new (NULL);
  guint n_lines = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      char **lines = sidetone_text_wrap (cells[i], widths[i]);

      n_lines = MAX (n_lines, g_strv_length (lines));
      g_ptr_array_add (wrapped, lines);
    }

  for (guint i = 0; i < n_lines; i++)
    {
      g_autoptr (GString) row = g_string_new (NULL);
      guint column = SIDETONE_PAGE_INDENT;

      for (guint j = 0; j < n_cells; j++)
        {
          char **lines = wrapped->pdata[j];

          if (i < g_strv_length (lines) && *lines[i] != '\0')
            {
              append_spaces (row, column);
              g_string_append (row, lines[i]);
            }
          column += widths[j] + SIDETONE_PAGE_INDENT;
        }

      if (sidetone_text_get_width (row->str) > self->look.width)
        return FALSE;
      g_string_append_printf (rows, "%s\n", row->str);
    }
  g_string_append (self->text, rows->str);

  return TRUE;
}

/* The short cells in as few lines as they need, and the long one below */
static void
add_stacked (SidetonePage      *self,
             const char *const *cells,
             const guint       *widths,
             guint              n_cells)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint indent = SIDETONE_PAGE_INDENT;
  const char *below = NULL;

  for (guint i = 0; i < n_cells; i++)
    {
      if (widths[i] == 0)
        {
          below = cells[i];
          continue;
        }
      if (*cells[i] == '\0')
        continue;

      if (line->len > 0 &&
          indent + sidetone_text_get_width (line->str) + SIDETONE_PAGE_INDENT +
          sidetone_text_get_width (cells[i]) > self->look.width)
        {
          sidetone_page_add_paragraph (self, SIDETONE_PAGE_PLAIN, line->str, indent);
          g_string_truncate (line, 0);
          indent = 2 * SIDETONE_PAGE_INDENT;
        }
      if (line->len > 0)
        sidetone_text_append_padded (line, "", SIDETONE_PAGE_INDENT);
      g_string_append (line, cells[i]);
    }

  if (line->len > 0)
    sidetone_page_add_paragraph (self, SIDETONE_PAGE_PLAIN, line->str, indent);
  if (below != NULL && *below != '\0')
    sidetone_page_add_paragraph (self, SIDETONE_PAGE_PLAIN, below, 2 * SIDETONE_PAGE_INDENT);
}

/**
 * sidetone_page_add_row:
 * @self: a page
 * @cells: (array length=n_cells): texts
 * @widths: (array length=n_cells): their columns' widths; 0 for the one that gets what is left
 * @n_cells: their number
 *
 * Adds a row of a table. If the column of width 0 is too narrow for its cell, that stands below the
 * others.
 */
void
sidetone_page_add_row (SidetonePage      *self,
                       const char *const *cells,
                       const guint       *widths,
                       guint              n_cells)
{
  g_autofree guint *fitted = NULL;
  guint taken = n_cells * SIDETONE_PAGE_INDENT;

  g_return_if_fail (self != NULL);
  g_return_if_fail (cells != NULL && widths != NULL);

  for (guint i = 0; i < n_cells; i++)
    taken += widths[i];
  fitted = g_memdup2 (widths, n_cells * sizeof *widths);
  for (guint i = 0; i < n_cells; i++)
    {
      if (fitted[i] == 0)
        fitted[i] = self->look.width - taken;
    }

  if (taken + MIN_COLUMN > self->look.width || !add_columns (self, cells, fitted, n_cells))
    add_stacked (self, cells, widths, n_cells);
}
