/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

/* What a terminal can show: its width (TIOCGWINSZ), and colours (ECMA-48, SGR) */

#define DEFAULT_COLUMNS 80

/* Longer lines are hard to read. */
#define MAX_COLUMNS 100

/**
 * sidetone_terminal_is_dumb:
 *
 * Returns: whether a terminal would print control sequences in place of obeying them
 */
gboolean
sidetone_terminal_is_dumb (void)
{
  const char *term = g_getenv ("TERM");

  return term == NULL || *term == '\0' || g_str_equal (term, "dumb");
}

static guint
get_columns (int fd)
{
  struct winsize size = { 0 };

  if (ioctl (fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return DEFAULT_COLUMNS;

  return MIN (size.ws_col, MAX_COLUMNS);
}

/* See https://no-color.org */
static gboolean
has_colors (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return (no_color == NULL || *no_color == '\0') && !sidetone_terminal_is_dumb ();
}

/**
 * sidetone_terminal_get_look:
 * @fd: a descriptor
 * @look: (out caller-allocates): how to write for it
 *
 * Returns: %FALSE if @fd is no terminal
 */
gboolean
sidetone_terminal_get_look (int               fd,
                            SidetonePageLook *look)
{
  if (!isatty (fd))
    return FALSE;

  *look = (SidetonePageLook) { .width = get_columns (fd) };
  if (has_colors ())
    {
      look->marks[SIDETONE_PAGE_HEADING] = "\033[1m";
      look->marks[SIDETONE_PAGE_GOOD] = "\033[1;32m";
      look->marks[SIDETONE_PAGE_LIMITED] = "\033[1;33m";
      look->marks[SIDETONE_PAGE_FAILING] = "\033[1;31m";
      look->end = "\033[0m";
    }

  return TRUE;
}
