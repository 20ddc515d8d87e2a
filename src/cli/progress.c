/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "progress.h"

#include "words/describe.h"

#include <unistd.h>

/* Progress on a terminal: one line on stderr that is overwritten as a run goes on. */

/* Temporary text is overwritten (ECMA-48, EL) */
#define CLEAR_LINE "\r\033[K"

static const char *
get_mark (SidetoneState state)
{
  switch (state)
    {
    case SIDETONE_STATE_PASSED:
      return "✓";

    case SIDETONE_STATE_FAILED:
      return "✗";

    case SIDETONE_STATE_SKIPPED:
    case SIDETONE_STATE_UNKNOWN:
      return "–";
    }

  g_assert_not_reached ();
}

static void
print_observation (SidetoneObservation *observation)
{
  g_autofree char *title = sidetone_describe_observation_title (observation);
  g_autofree char *summary = sidetone_describe_observation_summary (observation);

  /* Listing this computer's addresses takes no time worth showing */
  if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_INTERFACE)
    return;

  g_printerr (CLEAR_LINE "%s %s%s%s  (%" G_GINT64_FORMAT " ms)\n",
              get_mark (sidetone_observation_get_state (observation)), title,
              summary[0] != '\0' ? " — " : "", summary,
              sidetone_observation_get_duration_us (observation) / 1000);
}

static void
on_observations_changed (GListModel *observations,
                         guint       position,
                         guint       removed,
                         guint       added,
                         gpointer    user_data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (SidetoneObservation) observation = g_list_model_get_item (observations, i);

      print_observation (observation);
    }
}

static void
on_run_notify_observations (SidetoneRun *run)
{
  g_signal_connect (sidetone_run_get_observations (run), "items-changed",
                    G_CALLBACK (on_observations_changed), NULL);
}

static void
on_run_notify_open_ms (SidetoneRun *run)
{
  g_autofree char *words = sidetone_describe_open_so_far (sidetone_run_get_open_ms (run));

  g_printerr (CLEAR_LINE "%s", words);
}

/**
 * sidetone_progress_follow:
 * @run: a run that has not started
 *
 * Prints each of its steps on stderr as it ends, if stderr is a terminal.
 */
void
sidetone_progress_follow (SidetoneRun *run)
{
  if (!isatty (STDERR_FILENO))
    return;

  g_signal_connect (run, "notify::observations", G_CALLBACK (on_run_notify_observations), NULL);
  g_signal_connect (run, "notify::open-ms", G_CALLBACK (on_run_notify_open_ms), NULL);
}
