/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "lines.h"
#include "process-limits.h"
#include "stream.h"
#include "trust.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The child process: reads settings and commands from standard input, writes events (JSON lines)
 * to standard output. */

/* sysexits.h: the command was used incorrectly. */
#define EXIT_USAGE 64

/*
 * One XMPP connection, in a process of its own. README.md says why, and documents standard input
 * and output.
 */
typedef struct
{
  SidetoneLines *lines;
  SidetoneStream *stream;
} Program;

static void fail_usage (const char *problem) G_GNUC_NORETURN;

/* @problem: never the line itself, which may be the password */
static void
fail_usage (const char *problem)
{
  (void) fprintf (stderr, "sidetone-connection: %s\n", problem);
  _exit (EXIT_USAGE);
}

static char *
next_line (SidetoneLines *lines)
{
  gsize length;
  char *line = sidetone_lines_next (lines, &length);

  if (line != NULL && !g_utf8_validate (line, length, NULL))
    fail_usage ("a line is not UTF-8");
  return line;
}

static SidetoneSettings *
read_settings (SidetoneLines *lines)
{
  SidetoneSettings *settings = sidetone_settings_new ();
  const char *problem = NULL;
  const char *line;

  for (;;)
    {
      while ((line = next_line (lines)) != NULL)
        {
          problem = *line != '\0' ? sidetone_settings_take_line (settings, line)
                    : sidetone_settings_check (settings);
          if (problem != NULL)
            fail_usage (problem);
          if (*line == '\0')
            {
              sidetone_lines_wipe (lines);
              return settings;
            }
        }
      switch (sidetone_lines_read (lines))
        {
        case SIDETONE_LINES_READ:
          break;
        case SIDETONE_LINES_END:
          exit (EXIT_SUCCESS);
        case SIDETONE_LINES_TOO_LONG:
          fail_usage ("a line is too long");
        }
    }
}

static void
take_commands (Program *self)
{
  const char *problem = NULL;
  const char *line;

  while (problem == NULL && (line = next_line (self->lines)) != NULL)
    {
      if (g_str_equal (line, "go"))
        sidetone_stream_go (self->stream);
      else if (g_str_has_prefix (line, "ask "))
        problem = sidetone_stream_ask (self->stream, line + 4);
      else
        problem = "unknown command";
    }
  if (problem != NULL)
    fail_usage (problem);
  sidetone_stream_flush (self->stream);
}

static gboolean
input_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Program *self = user_data;

  switch (sidetone_lines_read (self->lines))
    {
    case SIDETONE_LINES_READ:
      take_commands (self);
      return G_SOURCE_CONTINUE;
    case SIDETONE_LINES_END:
      sidetone_stream_sign_out (self->stream);
      return G_SOURCE_REMOVE;
    case SIDETONE_LINES_TOO_LONG:
      fail_usage ("a line is too long");
    }
  g_assert_not_reached ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = NULL;
  Program self = { NULL, NULL };

  if (argc > 1)
    fail_usage ("no arguments: settings are read from standard input, see README.md");

  sidetone_limits_apply ();
  sidetone_trust_prefer_folder ();

  self.lines = sidetone_lines_new (STDIN_FILENO);
  self.stream = sidetone_stream_new (read_settings (self.lines));
  sidetone_limits_follow_parent (STDIN_FILENO);
  sidetone_stream_connect (self.stream);

  take_commands (&self);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_cb, &self);

  /* All ways out of it are exit (). */
  loop = g_main_loop_new (NULL, FALSE);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
