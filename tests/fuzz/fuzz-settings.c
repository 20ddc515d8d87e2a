/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The connection process's end of the pipe: lines, which are settings first. */

#include "fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lines.h"
#include "settings.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  int fd = memfd_create ("settings", MFD_CLOEXEC);
  SidetoneLines *lines = sidetone_lines_new (fd);
  SidetoneSettings *settings = sidetone_settings_new ();
  SidetoneLinesState state = SIDETONE_LINES_READ;
  const char *problem = NULL;

  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  lseek (fd, 0, SEEK_SET);
  while (state == SIDETONE_LINES_READ)
    {
      gsize length;
      const char *line;

      /* The process ends at the first line that is wrong. */
      while (problem == NULL && (line = sidetone_lines_next (lines, &length)) != NULL)
        problem = g_utf8_validate (line, (gssize) length, NULL)
                  ? sidetone_settings_take_line (settings, line) : "not UTF-8";
      sidetone_lines_wipe (lines);
      state = problem == NULL ? sidetone_lines_read (lines) : SIDETONE_LINES_END;
    }
  sidetone_settings_check (settings);

  g_free (settings->jid);
  g_free (settings->address);
  g_free (settings->ca_file);
  g_free (settings->pin);
  g_free (settings->password);
  g_free (settings);
  g_free (lines);
  close (fd);

  return 0;
}
