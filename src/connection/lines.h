/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest line to be read, with its end */
#define SIDETONE_LINES_MAX_BYTES (64 * 1024)

typedef struct _SidetoneLines SidetoneLines;

typedef enum
{
  SIDETONE_LINES_READ,
  SIDETONE_LINES_END,
  SIDETONE_LINES_TOO_LONG,
} SidetoneLinesState;

SidetoneLines *sidetone_lines_new (int fd);

SidetoneLinesState sidetone_lines_read (SidetoneLines *self);
char *sidetone_lines_next (SidetoneLines *self,
                           gsize         *length);
void sidetone_lines_wipe (SidetoneLines *self);

G_END_DECLS
