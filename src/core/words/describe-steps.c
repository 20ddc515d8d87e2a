/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

/* Words for all steps of a check together: a summary of the log, and the progress while it runs. */

static guint
count_progress (GPtrArray       *steps,
                SidetoneProgress progress)
{
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    n += sidetone_step_get_progress (steps->pdata[i]) == progress ? 1 : 0;

  return n;
}

static guint
count_unreached (GPtrArray *steps)
{
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    n += sidetone_steps_is_reached (steps, i) ? 0 : 1;

  return n;
}

/* From the first observation's start to the last one's end; 0 if nothing was tried */
static gint64
measure_duration (GPtrArray *steps)
{
  SidetoneEvidence *evidence = steps->len > 0 ? sidetone_step_get_evidence (steps->pdata[0]) : NULL;
  GPtrArray *observations;
  gint64 start = G_MAXINT64;
  gint64 end = 0;

  if (evidence == NULL)
    return 0;

  observations = sidetone_evidence_get_observations (evidence);
  for (guint i = 0; i < observations->len; i++)
    {
      gint64 began = sidetone_observation_get_start_us (observations->pdata[i]);

      start = MIN (start, began);
      end = MAX (end, began + sidetone_observation_get_duration_us (observations->pdata[i]));
    }

  return end > start ? end - start : 0;
}

/* How many steps there are, or how many of them were reached */
static char *
describe_number (GPtrArray *steps)
{
  guint n_reached = steps->len - count_unreached (steps);

  if (n_reached == steps->len)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u step", "%u steps", steps->len),
                            steps->len);

  /* Translators: how many of all steps of a check were made: "3 of 8 steps" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u step", "%u of %u steps",
                                       steps->len), n_reached, steps->len);
}

static char *
describe_result (GPtrArray *steps)
{
  guint n_failed = count_progress (steps, SIDETONE_PROGRESS_FAILED);
  guint n_warnings = count_progress (steps, SIDETONE_PROGRESS_WARNING);

  if (n_failed > 0)
    /* Translators: of steps */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u failed", "%u failed", n_failed),
                            n_failed);
  if (n_warnings > 0)
    /* Translators: of steps */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u with a warning", "%u with a warning",
                                         n_warnings), n_warnings);

  /* Translators: of steps */
  return g_strdup (_("all fine"));
}

/**
 * sidetone_describe_steps:
 * @steps: (element-type SidetoneStep): all steps of a check that is over, in their order
 *
 * Returns: (transfer full): how it went, such as "8 steps, 1 failed, 2.3 s"
 */
char *
sidetone_describe_steps (GPtrArray *steps)
{
  g_autofree char *number = NULL;
  g_autofree char *result = NULL;
  g_autofree char *duration = NULL;

  g_return_val_if_fail (steps != NULL, NULL);

  number = describe_number (steps);
  result = describe_result (steps);
  duration = sidetone_describe_duration (measure_duration (steps));

  /* Translators: how many steps a check has, how they ended, and how long all took: "8 steps, 1
   * failed, 2.3 s" */
  return g_strdup_printf (C_("steps", "%s, %s, %s"), number, result, duration);
}

/**
 * sidetone_describe_unreached:
 * @steps: (element-type SidetoneStep): all steps of a check, in their order
 *
 * Returns: (transfer full) (nullable): the steps that the check did not get to, such as "2 steps not
 *   reached: Call servers, Test of the call servers"; %NULL if it got to all
 */
char *
sidetone_describe_unreached (GPtrArray *steps)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;

  g_return_val_if_fail (steps != NULL, NULL);

  n = count_unreached (steps);
  if (n == 0)
    return NULL;

  for (guint i = 0; i < steps->len; i++)
    {
      SidetoneStepKind kind = sidetone_step_get_kind (steps->pdata[i]);

      if (!sidetone_steps_is_reached (steps, i))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                sidetone_describe_step_name (kind));
    }

  /* Translators: how many steps of a check were not made because one before them failed, and their
   * names */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u step not reached: %s",
                                       "%u steps not reached: %s", n), n, names->str);
}

/**
 * sidetone_describe_running_step:
 * @steps: (element-type SidetoneStep): all steps of a check that is running, in their order
 *
 * Returns: (transfer full): the step that it is at, as sidetone_describe_step_number() has it
 */
char *
sidetone_describe_running_step (GPtrArray *steps)
{
  SidetoneStep *running;

  g_return_val_if_fail (steps != NULL && steps->len > 0, NULL);

  running = sidetone_steps_find_running (steps);

  return sidetone_describe_step_number (running != NULL ? running : steps->pdata[0]);
}
