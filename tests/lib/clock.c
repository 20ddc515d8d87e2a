/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-test"

#include "config.h"

#include "lib/clock.h"

#include <dlfcn.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/*
 * Simulated time (a virtual clock): while the process works, the clock goes on by a microsecond each
 * time that it is read, and where nothing but a timer can wake the main loop, it jumps to the moment
 * that the loop waits for. A test of a deadline of 5 s then takes milliseconds, and the deadline is
 * still the one of the table: the code under test does not notice, and the test measures 5 s. A busy
 * computer changes nothing.
 *
 * The clock is simulated for this process alone: it must not run where a test waits for another process
 * that may take its time or has timers of its own.
 */

/* How long nothing may happen before the clock jumps. What is sent over the loopback is there at
 * once, unless the kernel is busy; over TCP it may wait 40 ms for a delayed acknowledgement. */
#define MIN_SETTLE_MS 1
#define MAX_SETTLE_MS 100

/* Atomic, for other threads read the clock too */
static gboolean is_simulated;
static gint64 simulated_us;
static gint64 offset_us;       /* of the time that is not simulated */
static gint64 asleep_us;       /* how long the computer has slept */

/* Stands in for the C library's, in GLib and libnice as well (symbol interposition) */
int
clock_gettime (clockid_t        id,
               struct timespec *now)
{
  static int (*read_clock) (clockid_t id, struct timespec *now);
  gint64 us;
  int result;

  if (read_clock == NULL)
    read_clock = dlsym (RTLD_NEXT, "clock_gettime");
  result = read_clock (id, now);
  if (result == 0 && id == CLOCK_BOOTTIME)
    {
      us = now->tv_nsec / 1000 + __atomic_load_n (&asleep_us, __ATOMIC_SEQ_CST);
      now->tv_sec += us / G_USEC_PER_SEC;
      now->tv_nsec = us % G_USEC_PER_SEC * 1000 + now->tv_nsec % 1000;
    }
  if (result != 0 || id != CLOCK_MONOTONIC)
    return result;

  if (__atomic_load_n (&is_simulated, __ATOMIC_SEQ_CST))
    us = __atomic_add_fetch (&simulated_us, 1, __ATOMIC_SEQ_CST);
  else
    us = now->tv_sec * G_USEC_PER_SEC + now->tv_nsec / 1000 +
         __atomic_load_n (&offset_us, __ATOMIC_SEQ_CST);
  now->tv_sec = us / G_USEC_PER_SEC;
  now->tv_nsec = us % G_USEC_PER_SEC * 1000;

  return 0;
}

/* Tells whether the other threads of this process (a handshake, a lookup, a server of the test) are
 * asleep, and returns how often each has gone to sleep: if that does not change, they did not wake up
 * in between. */
static char *
look_at_threads (gboolean *are_asleep)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  g_autofree char *own = g_strdup_printf ("%d", gettid ());
  GString *seen = g_string_new (NULL);
  const char *id;

  *are_asleep = TRUE;
  while (threads != NULL && (id = g_dir_read_name (threads)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", id, "status", NULL);
      g_autofree char *status = NULL;

      /* A thread that has ended has no file. */
      if (g_str_equal (id, own) || !g_file_get_contents (path, &status, NULL, NULL))
        continue;
      if (strstr (status, "\nState:\tS") == NULL)
        *are_asleep = FALSE;
      g_string_append (seen, strstr (status, "\nvoluntary_ctxt_switches"));
    }

  return g_string_free (seen, FALSE);
}

static int
poll_and_jump (GPollFD *files,
               guint    n_files,
               int      timeout_ms)
{
  int settle_ms = CLAMP (timeout_ms / 20, MIN_SETTLE_MS, MAX_SETTLE_MS);
  gboolean is_quiet = FALSE;
  int n_events = 0;

  if (timeout_ms <= 0)
    return g_poll (files, n_files, timeout_ms);

  while (n_events == 0 && !is_quiet)
    {
      gboolean are_asleep;
      g_autofree char *before = look_at_threads (&are_asleep);
      g_autofree char *after = NULL;

      n_events = g_poll (files, n_files, settle_ms);
      after = look_at_threads (&are_asleep);
      is_quiet = are_asleep && g_str_equal (before, after);
    }
  if (n_events == 0)
    __atomic_add_fetch (&simulated_us, timeout_ms * G_TIME_SPAN_MILLISECOND, __ATOMIC_SEQ_CST);

  return n_events;
}

/**
 * sidetone_test_clock_start:
 *
 * From now on time is simulated, for timers of the default main context.
 */
void
sidetone_test_clock_start (void)
{
  __atomic_store_n (&simulated_us, g_get_monotonic_time (), __ATOMIC_SEQ_CST);
  __atomic_store_n (&is_simulated, TRUE, __ATOMIC_SEQ_CST);
  g_main_context_set_poll_func (NULL, poll_and_jump);
}

/**
 * sidetone_test_clock_stop:
 *
 * From now on time passes by itself.
 */
void
sidetone_test_clock_stop (void)
{
  gint64 us = g_get_monotonic_time ();

  g_main_context_set_poll_func (NULL, NULL);
  __atomic_store_n (&is_simulated, FALSE, __ATOMIC_SEQ_CST);
  __atomic_add_fetch (&offset_us, us - g_get_monotonic_time (), __ATOMIC_SEQ_CST);
}

/**
 * sidetone_test_clock_sleep:
 * @ms: for how long
 *
 * The computer sleeps (is suspended), and has just woken up: the clock that counts sleep is ahead.
 */
void
sidetone_test_clock_sleep (gint64 ms)
{
  __atomic_add_fetch (&asleep_us, ms * G_TIME_SPAN_MILLISECOND, __ATOMIC_SEQ_CST);
}
