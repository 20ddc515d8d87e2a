/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"

/* Rows of what an observation holds: the means by which the others of describe lay them out */

#define MAX_ITEMS 256

/**
 * sidetone_details_take:
 * @rows: where to add it
 * @title: what it is
 * @value: (transfer full) (nullable): what was seen; nothing is added where there is none
 * @verbatim: see #SidetoneDetail
 */
void
sidetone_details_take (GPtrArray  *rows,
                       const char *title,
                       char       *value,
                       gboolean    verbatim)
{
  SidetoneDetail *row;

  if (value == NULL || *value == '\0')
    {
      g_free (value);
      return;
    }

  row = g_new0 (SidetoneDetail, 1);
  row->title = g_strdup (title);
  row->value = value;
  row->verbatim = verbatim;
  g_ptr_array_add (rows, row);
}

/**
 * sidetone_details_add_words:
 * @rows: where to add it
 * @title: what it is
 * @words: words of our own
 */
void
sidetone_details_add_words (GPtrArray  *rows,
                            const char *title,
                            const char *words)
{
  sidetone_details_take (rows, title, g_strdup (words), FALSE);
}

/**
 * sidetone_details_add_text:
 * @rows: where to add it
 * @title: what it is
 * @observation: what was seen
 * @key: a detail of it that is a text, and came from outside
 * @max_chars: how much of that is shown
 * @verbatim: see #SidetoneDetail
 */
void
sidetone_details_add_text (GPtrArray           *rows,
                           const char          *title,
                           SidetoneObservation *observation,
                           const char          *key,
                           guint                max_chars,
                           gboolean             verbatim)
{
  const char *text = sidetone_observation_get_string (observation, key);

  if (text != NULL)
    sidetone_details_take (rows, title, sidetone_text_make_safe (text, max_chars), verbatim);
}

/**
 * sidetone_details_add_endpoint:
 * @rows: where to add it
 * @title: what it is
 * @endpoint: (nullable): an address and a port
 */
void
sidetone_details_add_endpoint (GPtrArray        *rows,
                               const char       *title,
                               SidetoneEndpoint *endpoint)
{
  if (endpoint != NULL)
    sidetone_details_take (rows, title, sidetone_endpoint_format (endpoint), TRUE);
}

/**
 * sidetone_details_add_list:
 * @rows: where to add it
 * @title: what they are
 * @observation: what was seen
 * @key: a detail of it that holds texts, each of which gets a line
 */
void
sidetone_details_add_list (GPtrArray           *rows,
                           const char          *title,
                           SidetoneObservation *observation,
                           const char          *key)
{
  g_autofree const char **items = sidetone_observation_get_strings (observation, key);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autofree char *safe = NULL;

      if (i == MAX_ITEMS)
        {
          g_string_append (text, "\n…");
          break;
        }

      safe = sidetone_text_make_safe (items[i], SIDETONE_TEXT_MAX_CHARS);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", safe);
    }

  sidetone_details_take (rows, title, g_strdup (text->str), TRUE);
}

/**
 * sidetone_details_add_truth:
 * @rows: where to add it
 * @title: what it is
 * @observation: what was seen
 * @key: a detail of it that is true or false
 */
void
sidetone_details_add_truth (GPtrArray           *rows,
                            const char          *title,
                            SidetoneObservation *observation,
                            const char          *key)
{
  gboolean value;

  if (g_variant_lookup (sidetone_observation_get_details (observation), key, "b", &value))
    sidetone_details_add_words (rows, title, value ? _("yes") : _("no"));
}

/**
 * sidetone_details_add_time:
 * @rows: where to add it
 * @title: what it is
 * @observation: what was seen
 * @key: a detail of it that is a date and time (ISO 8601)
 */
void
sidetone_details_add_time (GPtrArray           *rows,
                           const char          *title,
                           SidetoneObservation *observation,
                           const char          *key)
{
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) local = NULL;
  const char *text = sidetone_observation_get_string (observation, key);
  char *words = NULL;

  if (text == NULL)
    return;

  time = g_date_time_new_from_iso8601 (text, NULL);
  local = time != NULL ? g_date_time_to_local (time) : NULL;
  if (local != NULL)
    /* Translators: day, month, year, time and time zone, as g_date_time_format() writes them */
    words = g_date_time_format (local, _("%-d %B %Y, %H:%M %Z"));

  sidetone_details_take (rows, title,
                         words != NULL ? words : sidetone_text_make_safe (text, SIDETONE_TEXT_MAX_CHARS), FALSE);
}

/**
 * sidetone_details_add_choice:
 * @rows: where to add it
 * @title: what it is
 * @observation: what was seen
 * @key: a detail of it that has few values
 * @choices: (array length=n_choices): words for each of them
 * @n_choices: how many
 *
 * A value from a newer version is shown as it came.
 */
void
sidetone_details_add_choice (GPtrArray                  *rows,
                             const char                 *title,
                             SidetoneObservation        *observation,
                             const char                 *key,
                             const SidetoneDetailChoice *choices,
                             guint                       n_choices)
{
  const char *value = sidetone_observation_get_string (observation, key);

  for (guint i = 0; value != NULL && i < n_choices; i++)
    {
      if (g_str_equal (value, choices[i].value))
        {
          sidetone_details_add_words (rows, title, choices[i].words);
          return;
        }
    }

  sidetone_details_add_text (rows, title, observation, key, SIDETONE_TEXT_MAX_CHARS, FALSE);
}

/**
 * sidetone_detail_free:
 * @self: (transfer full): a row
 *
 * Frees @self.
 */
void
sidetone_detail_free (SidetoneDetail *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_free (self->value);
  g_free (self);
}
