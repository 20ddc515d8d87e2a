/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

/* The connection process's end of the pipe: lines, which are settings up to an empty one, and then
 * commands. */

#include "fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lines.h"
#include "questions.h"
#include "settings.h"

typedef struct
{
  SidetoneSettings *settings;
  SidetoneQuestions *questions;
  gboolean is_set;
} Reader;

/* As main.c has it. Returns: the line's fault, with which the process ends */
static const char *
take_line (Reader     *reader,
           const char *line,
           gsize       length)
{
  if (!g_utf8_validate (line, (gssize) length, NULL))
    return "not UTF-8";
  if (reader->is_set)
    return g_str_has_prefix (line, "ask ")
           ? sidetone_questions_take_line (reader->questions, line + strlen ("ask ")) : NULL;
  if (*line != '\0')
    return sidetone_settings_take_line (reader->settings, line);

  reader->is_set = TRUE;
  return sidetone_settings_check (reader->settings);
}

static void
free_settings (SidetoneSettings *settings)
{
  g_free (settings->jid);
  g_free (settings->address);
  g_free (settings->ca_file);
  g_free (settings->pin);
  g_free (settings->password);
  g_free (settings);
}

static void
check_questions (SidetoneQuestions *questions)
{
  GString *unsent = sidetone_questions_take_unsent (questions);

  if (unsent == NULL)
    return;

  g_assert_true (g_utf8_validate (unsent->str, (gssize) unsent->len, NULL));
  g_string_free (unsent, TRUE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  int fd = memfd_create ("settings", MFD_CLOEXEC);
  SidetoneLines *lines = sidetone_lines_new (fd);
  Reader reader = { sidetone_settings_new (), sidetone_questions_new (), FALSE };
  SidetoneLinesState state = SIDETONE_LINES_READ;
  const char *problem = NULL;

  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  lseek (fd, 0, SEEK_SET);
  while (state == SIDETONE_LINES_READ)
    {
      gsize length;
      const char *line;

      while (problem == NULL && (line = sidetone_lines_next (lines, &length)) != NULL)
        problem = take_line (&reader, line, length);
      sidetone_lines_wipe (lines);
      state = problem == NULL ? sidetone_lines_read (lines) : SIDETONE_LINES_END;
    }

  free_settings (reader.settings);
  check_questions (reader.questions);
  sidetone_questions_free (reader.questions);
  g_free (lines);
  close (fd);

  return 0;
}
