/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"
#include "seen/echo.h"

/* Rows of an observation's details, by the table of its kind */

#define MAX_ITEMS 256

/* A server's full list of features has some thousand characters. */
#define MAX_RAW_CHARS 8192

/**
 * sidetone_details_take:
 * @rows: the rows to add to
 * @title: the title
 * @value: (transfer full) (nullable): the value; %NULL adds nothing
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
 * @rows: the rows to add to
 * @title: the title
 * @words: (nullable): translated text
 */
void
sidetone_details_add_words (GPtrArray  *rows,
                            const char *title,
                            const char *words)
{
  sidetone_details_take (rows, title, g_strdup (words), FALSE);
}

/**
 * sidetone_details_hide:
 * @rows: all details of @observation
 * @observation: an observation
 *
 * In a redacted report, names addresses in @rows by their aliases.
 */
void
sidetone_details_hide (GPtrArray           *rows,
                       SidetoneObservation *observation)
{
  SidetoneAliases *aliases = sidetone_observation_get_aliases (observation);

  for (guint i = 0; i < rows->len; i++)
    {
      SidetoneDetail *row = rows->pdata[i];

      row->value = sidetone_describe_hidden (aliases, row->value);
    }
}

/* A report's text from outside under @key, made safe to show; NULL if there is none */
static char *
dup_text (SidetoneObservation *observation,
          const char          *key,
          guint                max_chars)
{
  g_autoptr (GVariant) value = sidetone_observation_dup_detail (observation, key);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return NULL;

  return sidetone_text_make_safe (g_variant_get_string (value, NULL), max_chars);
}

static gint64
get_number (SidetoneObservation *observation,
            const SidetoneField *field)
{
  g_autoptr (GVariant) value = sidetone_observation_dup_detail (observation, field->key);

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_INT64)
         ? g_variant_get_int64 (value) : SIDETONE_NOT_SEEN;
}

static char *
dup_list (SidetoneObservation *observation,
          const SidetoneField *field)
{
  g_autoptr (GVariant) value = sidetone_observation_dup_detail (observation, field->key);
  g_autofree const char **items = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    items = g_variant_get_strv (value, NULL);

  for (guint i = 0; items != NULL && items[i] != NULL; i++)
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

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_truth (SidetoneObservation *observation,
           const SidetoneField *field)
{
  g_autoptr (GVariant) value = sidetone_observation_dup_detail (observation, field->key);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return NULL;

  return g_variant_get_boolean (value) ? _("yes") : _("no");
}

/* An invalid time is shown unchanged. */
static char *
dup_time (SidetoneObservation *observation,
          const SidetoneField *field)
{
  g_autofree char *text = dup_text (observation, field->key, SIDETONE_TEXT_MAX_CHARS);
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) local = NULL;

  time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  local = time != NULL ? g_date_time_to_local (time) : NULL;
  if (local == NULL)
    return g_steal_pointer (&text);

  /* Translators: day, month, year, time and time zone, as g_date_time_format() writes them */
  return g_date_time_format (local, _("%-d %B %Y, %H:%M %Z"));
}

/* A value without words, or from a newer version, is shown unchanged. */
static char *
dup_choice (SidetoneObservation *observation,
            const SidetoneField *field)
{
  const char *words = sidetone_describe_choice (field, sidetone_observation_get_seen_as (
                                                  observation,
                                                  sidetone_observation_get_kind (observation)));

  return words != NULL ? g_strdup (words)
         : dup_text (observation, field->key, SIDETONE_TEXT_MAX_CHARS);
}

static char *
dup_arrived (SidetoneObservation *observation,
             const SidetoneField *field)
{
  gint64 n_sent = get_number (observation, field - 1);
  gint64 n_arrived = get_number (observation, field);

  if (n_sent < 0 || n_arrived < 0)
    return NULL;

  /* Translators: how many packets arrived, and how many were sent */
  return g_strdup_printf (_("%u of %u arrived"), (guint) n_arrived, (guint) n_sent);
}

static char *
dup_large_arrived (SidetoneObservation *observation)
{
  const SidetoneEchoSeen *echo = sidetone_observation_get_echo (observation);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;

  if (echo == NULL || echo->large_sizes == NULL || echo->large_sent == NULL ||
      echo->large_arrived == NULL)
    return NULL;

  n = MIN (echo->large_sizes->len, MIN (echo->large_sent->len, echo->large_arrived->len));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = NULL;

      /* Translators: a size in bytes, and how many packets of it arrived of those that were sent */
      line = g_strdup_printf (_("%u bytes: %u of %u"),
                              (guint) g_array_index (echo->large_sizes, gint64, i),
                              (guint) g_array_index (echo->large_arrived, gint64, i),
                              (guint) g_array_index (echo->large_sent, gint64, i));
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_number (SidetoneObservation *observation,
            const SidetoneField *field)
{
  gint64 number = get_number (observation, field);

  if (number == SIDETONE_NOT_SEEN)
    return NULL;

  if (field->show == SIDETONE_SHOW_ARRIVED)
    return dup_arrived (observation, field);
  if (field->show == SIDETONE_SHOW_REMAINING)
    return sidetone_describe_remaining (number);
  if (field->show == SIDETONE_SHOW_DURATION)
    return number >= 0 ? sidetone_describe_duration (number) : NULL;
  if (field->show == SIDETONE_SHOW_SILENCE)
    return number > 0 ? sidetone_describe_duration (MIN (number, G_MAXINT) * 1000) : NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
dup_end (SidetoneObservation *observation,
         const SidetoneField *field)
{
  SidetoneEndpoint *end = sidetone_observation_get_seen (observation);

  if (field->show == SIDETONE_SHOW_PEER)
    end = sidetone_observation_get_peer (observation);
  else if (field->show != SIDETONE_SHOW_SEEN)
    end = sidetone_observation_get_local (observation);
  if (end == NULL)
    return NULL;

  if (field->show == SIDETONE_SHOW_LOCAL_SCOPE)
    return g_strdup (sidetone_describe_scope (
                       sidetone_address_scope_of (sidetone_endpoint_get_address (end))));

  return sidetone_endpoint_format (end);
}

static void
add_text (GPtrArray           *rows,
          SidetoneObservation *observation,
          const SidetoneField *field)
{
  guint max_chars = field->show == SIDETONE_SHOW_RAW ? MAX_RAW_CHARS : SIDETONE_TEXT_MAX_CHARS;
  gboolean verbatim = field->show != SIDETONE_SHOW_WORDS && field->show != SIDETONE_SHOW_OWN_WORDS;

  sidetone_details_take (rows, _(field->title), dup_text (observation, field->key, max_chars),
                         verbatim);
}

/* An empty list shows as "none" if it was looked for. */
static void
add_list (GPtrArray           *rows,
          SidetoneObservation *observation,
          const SidetoneField *field)
{
  g_autofree char *list = dup_list (observation, field);

  if (*list == '\0' && field->show == SIDETONE_SHOW_LIST_OR_NONE)
    {
      if (sidetone_observation_get_state (observation) == SIDETONE_STATE_PASSED)
        sidetone_details_add_words (rows, _(field->title), _("none"));
      return;
    }

  sidetone_details_take (rows, _(field->title), g_steal_pointer (&list), TRUE);
}

/**
 * sidetone_details_add_field:
 * @rows: the rows to add to
 * @observation: an observation
 * @field: a row of its kind's table
 *
 * Adds the field's row, if there is something to show.
 */
void
sidetone_details_add_field (GPtrArray           *rows,
                            SidetoneObservation *observation,
                            const SidetoneField *field)
{
  switch (field->show)
    {
    case SIDETONE_SHOW_NOTHING:
      break;

    case SIDETONE_SHOW_TEXT:
    case SIDETONE_SHOW_CONDITION:
    case SIDETONE_SHOW_WORDS:
    case SIDETONE_SHOW_OWN_WORDS:
    case SIDETONE_SHOW_RAW:
      add_text (rows, observation, field);
      break;

    case SIDETONE_SHOW_LIST:
    case SIDETONE_SHOW_LIST_OR_NONE:
      add_list (rows, observation, field);
      break;

    case SIDETONE_SHOW_TRUTH:
      sidetone_details_add_words (rows, _(field->title), get_truth (observation, field));
      break;

    case SIDETONE_SHOW_CHOICE:
    case SIDETONE_SHOW_REASON:
      sidetone_details_take (rows, _(field->title), dup_choice (observation, field), FALSE);
      break;

    case SIDETONE_SHOW_NUMBER:
    case SIDETONE_SHOW_DURATION:
    case SIDETONE_SHOW_SILENCE:
    case SIDETONE_SHOW_REMAINING:
    case SIDETONE_SHOW_ARRIVED:
      sidetone_details_take (rows, _(field->title), dup_number (observation, field), FALSE);
      break;

    case SIDETONE_SHOW_TIME:
      sidetone_details_take (rows, _(field->title), dup_time (observation, field), FALSE);
      break;

    case SIDETONE_SHOW_LARGE_ARRIVED:
      sidetone_details_take (rows, _(field->title), dup_large_arrived (observation), FALSE);
      break;

    case SIDETONE_SHOW_PEER:
    case SIDETONE_SHOW_LOCAL:
    case SIDETONE_SHOW_LOCAL_SCOPE:
    case SIDETONE_SHOW_SEEN:
      sidetone_details_take (rows, _(field->title), dup_end (observation, field),
                             field->show != SIDETONE_SHOW_LOCAL_SCOPE);
      break;

    case SIDETONE_SHOW_CERTIFICATE_FOR:
    case SIDETONE_SHOW_ISSUED_BY:
    case SIDETONE_SHOW_FINGERPRINT:
      sidetone_details_add_certificate (rows, observation, field);
      break;
    }
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
