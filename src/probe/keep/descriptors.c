/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "keep/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* The file descriptors of the standard streams: stdin, stdout, stderr. */

/**
 * sidetone_descriptors_keep_standard:
 *
 * Opens /dev/null in place of each standard stream that was closed when the program started.
 * Otherwise the next socket or file would get its number, and a report or a warning would be
 * written there. It is opened for the other direction, so that its use fails as it did.
 *
 * A write beyond the largest allowed size of a file fails, instead of ending the program.
 *
 * Call it before anything else is opened.
 */
void
sidetone_descriptors_keep_standard (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    {
      /* The lowest free number is the closed one. */
      if (fcntl (fd, F_GETFD) < 0 && errno == EBADF &&
          open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
        _exit (EXIT_FAILURE);
    }
  signal (SIGXFSZ, SIG_IGN);
}
