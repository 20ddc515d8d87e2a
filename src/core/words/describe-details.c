/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "words/describe-private.h"

/* Everything in an observation, as rows of a title and a value. */

static void
add_error (GPtrArray           *rows,
           SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);

  if (error == NULL)
    return;

  /* An address's deadline depends on whether another one has connected. */
  if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_CONNECT &&
      sidetone_observation_has_error_trait (observation, SIDETONE_ERROR_IS_SILENCE) &&
      sidetone_error_get_row (error->code)->deadline != NULL)
    {
      sidetone_details_take (rows, _("What happened"), sidetone_describe_connect_error (observation),
                             FALSE);
      return;
    }

  if (sidetone_observation_get_kind (observation) == SIDETONE_OBSERVATION_SERVICES)
    {
      sidetone_details_take (rows, _("What happened"), sidetone_describe_services_event (error->code, NULL),
                             FALSE);
      return;
    }

  sidetone_details_take (rows, _("What happened"),
                         sidetone_describe_error_event (error->code,
                                                        sidetone_describe_asked (observation), NULL),
                         FALSE);
}

static void
add_vantage (GPtrArray           *rows,
             SidetoneObservation *observation)
{
  switch (sidetone_observation_get_vantage (observation))
    {
    case SIDETONE_VANTAGE_UNKNOWN:
      break;

    case SIDETONE_VANTAGE_COMPUTER:
      sidetone_details_add_words (rows, _("Source"), _("this computer"));
      break;

    case SIDETONE_VANTAGE_SERVER:
      sidetone_details_add_words (rows, _("Source"), _("your server"));
      break;

    case SIDETONE_VANTAGE_STUN:
      sidetone_details_add_words (rows, _("Source"), _("the call server"));
      break;

    case SIDETONE_VANTAGE_RELAY:
      sidetone_details_add_words (rows, _("Source"), _("the relay"));
      break;
    }
}

static void
add_times (GPtrArray           *rows,
           SidetoneObservation *observation)
{
  g_autofree char *start = NULL;

  if (sidetone_observation_get_state (observation) == SIDETONE_STATE_SKIPPED)
    return;

  start = sidetone_describe_duration (sidetone_observation_get_start_us (observation));
  /* Translators: %s is a time such as "12 ms" */
  sidetone_details_take (rows, _("Began"), g_strdup_printf (_("%s after the start of the check"), start), FALSE);
  sidetone_details_take (rows, _("Duration"),
                         sidetone_describe_duration (sidetone_observation_get_duration_us (observation)), FALSE);
}

/* Adds the fields with a @show from @first to @last. */
static void
add_fields (GPtrArray           *rows,
            SidetoneObservation *observation,
            SidetoneShow         first,
            SidetoneShow         last)
{
  const SidetoneFieldTable *table =
    sidetone_observation_kind_get_table (sidetone_observation_get_kind (observation));

  for (guint i = 0; table != NULL && i < table->n_fields; i++)
    {
      if (table->fields[i].show >= first && table->fields[i].show <= last)
        sidetone_details_add_field (rows, observation, &table->fields[i]);
    }
}

static void
add_technical_words (GPtrArray           *rows,
                     SidetoneObservation *observation)
{
  const GError *error = sidetone_observation_get_error (observation);

  add_fields (rows, observation, SIDETONE_SHOW_OWN_WORDS, SIDETONE_SHOW_CONDITION);
  if (error != NULL && error->message != NULL)
    sidetone_details_take (rows, _("Technical details"),
                           sidetone_text_make_safe (error->message, SIDETONE_TEXT_MAX_CHARS), TRUE);
  add_fields (rows, observation, SIDETONE_SHOW_RAW, SIDETONE_SHOW_RAW);
}

/**
 * sidetone_describe_details:
 * @observation: an observation
 *
 * Describes everything in an observation: what was seen, and how it is known.
 *
 * Returns: (transfer full) (element-type SidetoneDetail): the rows of known values
 */
GPtrArray *
sidetone_describe_details (SidetoneObservation *observation)
{
  GPtrArray *rows;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);
  add_error (rows, observation);
  add_fields (rows, observation, SIDETONE_SHOW_REASON, SIDETONE_SHOW_REASON);
  add_fields (rows, observation, SIDETONE_SHOW_TEXT, SIDETONE_SHOW_SEEN);
  add_vantage (rows, observation);
  add_times (rows, observation);
  add_technical_words (rows, observation);
  sidetone_details_hide (rows, observation);

  return rows;
}
