/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "progress.h"

#include "base/text.h"
#include "terminal.h"
#include "words/describe.h"

#include <unistd.h>

/* Progress on stderr: on a terminal one line that is replaced as a run goes on, or all observations in a
 * line each. */

/* Temporary text is overwritten (ECMA-48, EL) */
#define CLEAR_LINE "\r\033[K"

/* The temporary line; NULL if there is none */
static char *shown;

/**
 * sidetone_progress_clear:
 *
 * Removes the temporary line from the terminal, before anything else is printed there.
 */
void
sidetone_progress_clear (void)
{
  if (shown != NULL && !sidetone_terminal_is_dumb ())
    g_printerr (CLEAR_LINE);
  g_clear_pointer (&shown, g_free);
}

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

  sidetone_progress_clear ();
  g_printerr ("%s %s%s%s  (%" G_GINT64_FORMAT " ms)\n",
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

/* A line that is too long would be wrapped by the terminal, and not be cleared as a whole. */
static char *
cut (const char *words,
     guint       width)
{
  const char *p = words;

  while (*p != '\0')
    {
      const char *next = g_utf8_next_char (p);
      g_autofree char *start = g_strndup (words, next - words);

      if (sidetone_text_get_width (start) > width)
        return g_strdup_printf ("%.*s…", (int) (p - words), words);
      p = next;
    }

  return g_strdup (words);
}

static void
show_line (const char *words)
{
  SidetonePageLook look;
  g_autofree char *line = NULL;

  if (g_strcmp0 (words, shown) == 0 || !sidetone_terminal_get_look (STDERR_FILENO, &look))
    return;

  g_free (shown);
  shown = g_strdup (words);
  line = cut (words, MAX (look.width, 3) - 2);
  if (sidetone_terminal_is_dumb ())
    g_printerr ("%s\n", words);
  else
    g_printerr (CLEAR_LINE "%s", line);
}

static void
show_step (SidetoneRun *run)
{
  g_autoptr (GPtrArray) steps = sidetone_run_dup_steps (run);
  SidetoneStep *step = sidetone_steps_find_running (steps);
  g_autofree char *words = step != NULL ? sidetone_describe_step_number (step) : NULL;

  if (words != NULL)
    show_line (words);
}

static void
on_run_notify_open_ms (SidetoneRun *run)
{
  g_autofree char *words = sidetone_describe_open_so_far (sidetone_run_get_open_ms (run));

  show_line (words);
}

/**
 * sidetone_progress_follow:
 * @run: a run that has not started
 * @verbose: whether to print each observation
 *
 * Shows on stderr what @run does: if that is a terminal, the step that it is at; with @verbose, what each
 * test found, even into a file.
 */
void
sidetone_progress_follow (SidetoneRun *run,
                          gboolean     verbose)
{
  if (verbose)
    {
      g_signal_connect (run, "notify::observations", G_CALLBACK (on_run_notify_observations), NULL);
    }
  else
    {
      g_signal_connect (run, "notify::diagnosis", G_CALLBACK (show_step), NULL);
      g_signal_connect (run, "notify::stage", G_CALLBACK (show_step), NULL);
    }
  g_signal_connect (run, "notify::open-ms", G_CALLBACK (on_run_notify_open_ms), NULL);
}
