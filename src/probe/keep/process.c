/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "keep/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* What a program sets before anything else: its standard streams (file descriptors 0 to 2), and
 * limits (setrlimit). */

/* More than a check opens. GLib ends a program that can open none for its main loop. */
#define MIN_FILES 256

/**
 * sidetone_process_prepare:
 *
 * Opens /dev/null in place of each standard stream that was closed when the program started.
 * Otherwise the next socket or file would get its number, and a report or a warning would be
 * written there. It is opened for the other direction, so that its use fails as it did.
 *
 * A write beyond the largest allowed size of a file fails, instead of ending the program. A crash
 * leaves no core dump, which could hold a password; a debugger may still look inside. A low limit of
 * open files is raised as far as it may be.
 *
 * Call it before anything else is opened.
 */
void
sidetone_process_prepare (void)
{
  struct rlimit core;
  struct rlimit files;

  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      /* The lowest free number is the closed one. */
      if (fcntl (fd, F_GETFD) < 0 && errno == EBADF &&
          open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
        _exit (EXIT_FAILURE);
    }
  (void) signal (SIGXFSZ, SIG_IGN);

  getrlimit (RLIMIT_CORE, &core);
  core.rlim_cur = 0;
  setrlimit (RLIMIT_CORE, &core);

  getrlimit (RLIMIT_NOFILE, &files);
  files.rlim_cur = MAX (files.rlim_cur, MIN (files.rlim_max, MIN_FILES));
  setrlimit (RLIMIT_NOFILE, &files);
}
