/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/text.h"

#include <string.h>

/* Text from strangers, made harmless: no control characters, no bidirectional overrides, bounded. */

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

/**
 * sidetone_text_is_harmless:
 * @c: a character
 *
 * Says whether @c does nothing but show itself. Control characters can rewrite a terminal, and
 * marks that turn the direction of writing around can make an address read as another. The two
 * joiners stay: words of Persian and of Indian languages need them.
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
 * @max_chars: how many characters it may have
 *
 * Makes text from the wire fit to be shown: on one line, with nothing in it that acts on what is
 * around it, and bounded. White space of any kind becomes a single space.
 *
 * Returns: (transfer full): the text, with an ellipsis where it was cut
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
 * Returns: how many columns of a terminal it takes
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
 * @width: how many columns a line may take
 *
 * Breaks @text into lines at its spaces. A word that is too long for a line has one to itself: an
 * address that is broken in two can't be copied.
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
 * @string: where to put it
 * @text: UTF-8
 * @width: the column's width
 *
 * Appends @text and as many spaces as its column has left.
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
 * @template: words with placeholders, such as "{server} refused the connection."
 * @func: says what each of them stands for
 * @user_data: for @func
 *
 * Puts words in the place of each name in braces. What was put there is not looked at again.
 *
 * Returns: (transfer full): the words
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
