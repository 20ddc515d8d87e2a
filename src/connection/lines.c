/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Standard input as lines, read without blocking the main loop. */

/*
 * SidetoneLines:
 *
 * Lines from the parent. A GIO stream's buffers can't be wiped, and one of the lines is the
 * password.
 */
struct _SidetoneLines
{
  int fd;
  gsize start;                  /* of what was not returned yet */
  gsize end;                    /* of what was read */
  char bytes[SIDETONE_LINES_MAX_BYTES];
};

/**
 * sidetone_lines_new:
 * @fd: the input; stays the caller's
 *
 * Returns: (transfer full): a reader
 */
SidetoneLines *
sidetone_lines_new (int fd)
{
  SidetoneLines *self = g_new0 (SidetoneLines, 1);

  self->fd = fd;
  return self;
}

/**
 * sidetone_lines_read:
 * @self: a reader
 *
 * Reads once, and waits if there is no input. Invalidates lines that were returned before.
 *
 * Returns: whether something was read, the input ended, or a line is longer than
 *   %SIDETONE_LINES_MAX_BYTES
 */
SidetoneLinesState
sidetone_lines_read (SidetoneLines *self)
{
  gssize length;

  memmove (self->bytes, self->bytes + self->start, self->end - self->start);
  self->end -= self->start;
  self->start = 0;
  explicit_bzero (self->bytes + self->end, sizeof self->bytes - self->end);
  if (self->end == sizeof self->bytes)
    return SIDETONE_LINES_TOO_LONG;

  do
    length = read (self->fd, self->bytes + self->end, sizeof self->bytes - self->end);
  while (length < 0 && errno == EINTR);

  if (length <= 0)
    return SIDETONE_LINES_END;
  self->end += length;
  return SIDETONE_LINES_READ;
}

/**
 * sidetone_lines_next:
 * @self: a reader
 * @length: (out): the line's length in bytes. The line need not be text, and may hold NUL
 *
 * Returns: (transfer none) (nullable): the next complete line without its end, valid until the next
 *   call of any function; %NULL if there is none
 */
char *
sidetone_lines_next (SidetoneLines *self,
                     gsize         *length)
{
  char *line = self->bytes + self->start;
  char *line_end = memchr (line, '\n', self->end - self->start);

  if (line_end == NULL)
    return NULL;
  *line_end = '\0';
  *length = line_end - line;
  self->start = line_end + 1 - self->bytes;
  return line;
}

/**
 * sidetone_lines_wipe:
 * @self: a reader
 *
 * Overwrites all lines that were returned.
 */
void
sidetone_lines_wipe (SidetoneLines *self)
{
  explicit_bzero (self->bytes, self->start);
}
