/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "process-limits.h"

#include "base/deadlines.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Limits of the process (setrlimit, prctl): memory, no core dump, no new privileges, death with
 * the parent. */

/* A sign-in takes up to 155 MB of address space, most of it libraries. */
#define ADDRESS_SPACE_BYTES (512 * 1024 * 1024)

/* A sanitizer reserves terabytes of address space. */
#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature (address_sanitizer)
#define HAVE_ADDRESS_SANITIZER 1
#endif
#endif

static gpointer
follow_parent_thread (gpointer data)
{
  struct pollfd parent = { .fd = GPOINTER_TO_INT (data), .events = 0 };

  /* Without requested events, poll () returns when the other end is closed, and costs nothing until
   * then. */
  while (poll (&parent, 1, -1) < 0 && errno == EINTR)
    continue;
  if ((parent.revents & (POLLHUP | POLLERR)) == 0)
    return NULL;

  g_usleep (sidetone_deadlines.stream_end * G_TIME_SPAN_MILLISECOND);
  _exit (EXIT_SUCCESS);
}

/**
 * sidetone_limits_apply:
 *
 * Drops what this process does not need, before it knows anything worth stealing: open files,
 * unlimited memory, core dumps, being traced, new privileges, and outliving its parent.
 *
 * It also leaves its parent's process group: Ctrl-C on a terminal is for the parent, which then
 * ends this process. Otherwise its end could be taken for a crash.
 *
 * The signal for the parent's death comes when the **thread** that started this process ends.
 */
void
sidetone_limits_apply (void)
{
  const struct rlimit no_core = { 0, 0 };
  pid_t parent = getppid ();

  setpgid (0, 0);
  close_range (STDERR_FILENO + 1, ~0U, 0);

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  /* The parent may have died before the line above. */
  if (getppid () != parent)
    _exit (EXIT_SUCCESS);

  prctl (PR_SET_DUMPABLE, 0);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  setrlimit (RLIMIT_CORE, &no_core);
#ifndef HAVE_ADDRESS_SANITIZER
  {
    const struct rlimit memory = { ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES };

    setrlimit (RLIMIT_AS, &memory);
  }
#endif

  (void) signal (SIGPIPE, SIG_IGN);

  /* From 0.14 on libstrophe writes its TLS session keys to the file that this names. */
  unsetenv ("SSLKEYLOGFILE");
}

/**
 * sidetone_limits_follow_parent:
 * @fd: the pipe from the parent
 *
 * Ends the process `sidetone_deadlines.stream_end` after the parent has closed its end of @fd, even
 * inside libstrophe: a TLS handshake with a silent server and the derivation of a SCRAM key both
 * block the main loop for as long as the server likes.
 */
void
sidetone_limits_follow_parent (int fd)
{
  g_thread_unref (g_thread_new ("parent", follow_parent_thread, GINT_TO_POINTER (fd)));
}
