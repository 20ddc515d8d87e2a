/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/text.h"

#include <string.h>

/* Untrusted text, made harmless: no control characters, no bidirectional overrides, bounded. */

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

/**
 * sidetone_text_is_harmless:
 * @c: a character
 *
 * Says whether @c affects nothing around it. Control characters can rewrite a terminal, and
 * bidirectional controls can make an address read as another one. The two joiners are allowed:
 * Persian and Indian languages need them.
 *
 * Returns: %TRUE if it may be shown
 */
gboolean
sidetone_text_is_harmless (gunichar c)
{
  if (c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER)
    return TRUE;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return FALSE;

    default:
      return TRUE;
    }
}

/**
 * sidetone_text_make_safe:
 * @text: text of unknown origin, perhaps not even UTF-8
 * @max_chars: the highest number of characters
 *
 * Makes text from the wire fit to be shown: one line, without characters that affect their
 * surroundings, and bounded. Any white space becomes a single space.
 *
 * Returns: (transfer full): the text, with an ellipsis if it was cut
 */
char *
sidetone_text_make_safe (const char *text,
                         guint       max_chars)
{
  g_autoptr (GString) safe = g_string_new (NULL);
  g_autofree char *valid = NULL;
  gboolean space = FALSE;
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_chars > 0, NULL);

  valid = g_utf8_make_valid (text, -1);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = n > 0;
          continue;
        }

      if (!sidetone_text_is_harmless (c))
        continue;

      if (n + (space ? 2 : 1) > max_chars)
        {
          g_string_append (safe, "…");
          break;
        }

      if (space)
        {
          g_string_append_c (safe, ' ');
          n++;
        }
      g_string_append_unichar (safe, c);
      n++;
      space = FALSE;
    }

  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/**
 * sidetone_text_get_width:
 * @text: UTF-8
 *
 * Returns: the number of terminal columns that it takes
 */
guint
sidetone_text_get_width (const char *text)
{
  guint width = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

/**
 * sidetone_text_wrap:
 * @text: UTF-8
 * @width: the highest number of columns in a line
 *
 * Wraps @text at its spaces. A word that is too long for a line gets one of its own: a broken
 * address could not be copied.
 *
 * Returns: (transfer full) (array zero-terminated=1): the lines, without line ends; at least one
 */
char **
sidetone_text_wrap (const char *text,
                    guint       width)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autoptr (GString) line = g_string_new (NULL);
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (line->len > 0 &&
          sidetone_text_get_width (line->str) + 1 + sidetone_text_get_width (words[i]) > width)
        {
          g_strv_builder_add (lines, line->str);
          g_string_truncate (line, 0);
        }

      if (line->len > 0)
        g_string_append_c (line, ' ');
      g_string_append (line, words[i]);
    }
  g_strv_builder_add (lines, line->str);

  return g_strv_builder_end (lines);
}

/**
 * sidetone_text_append_padded:
 * @string: the string to append to
 * @text: UTF-8
 * @width: the column's width
 *
 * Appends @text, padded with spaces to its column.
 */
void
sidetone_text_append_padded (GString    *string,
                             const char *text,
                             guint       width)
{
  g_return_if_fail (string != NULL);

  g_string_append (string, text);
  for (guint i = sidetone_text_get_width (text); i < width; i++)
    g_string_append_c (string, ' ');
}

/**
 * sidetone_text_fill:
 * @template: text with placeholders, such as "{server} refused the connection."
 * @func: returns the placeholders' values
 * @user_data: for @func
 *
 * Replaces each placeholder with its value. Values are not searched again.
 *
 * Returns: (transfer full): the text
 */
char *
sidetone_text_fill (const char          *template,
                    SidetoneTextFillFunc func,
                    gpointer             user_data)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char *open;
  const char *close;

  g_return_val_if_fail (template != NULL, NULL);

  while ((open = strchr (template, '{')) != NULL && (close = strchr (open, '}')) != NULL)
    {
      g_autofree char *name = g_strndup (open + 1, close - open - 1);
      g_autofree char *filled = func (name, user_data);

      g_string_append_len (words, template, open - template);
      if (filled != NULL)
        g_string_append (words, filled);
      else
        g_string_append_len (words, open, close + 1 - open);
      template = close + 1;
    }
  g_string_append (words, template);

  return g_string_free (g_steal_pointer (&words), FALSE);
}
