/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/xml.h"

#include <string.h>

#include "base/error.h"

static void
set_malformed (GError    **error,
               const char *what)
{
  g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_MALFORMED, "XML with %s", what);
}

/* XML 1.0 section 2.2, the production Char */
static gboolean
is_xml_char (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/* From behind an ampersand */
static gboolean
check_reference (const char *start,
                 const char *end,
                 GError    **error)
{
  static const char *const predefined[] = { "amp", "lt", "gt", "quot", "apos", NULL };
  const char *semicolon = memchr (start, ';', end - start);
  g_autofree char *name = NULL;
  gboolean is_hex;
  guint64 c;

  if (semicolon == NULL)
    {
      set_malformed (error, "an ampersand that stands alone");
      return FALSE;
    }

  name = g_strndup (start, semicolon - start);

  if (name[0] == '#')
    {
      is_hex = name[1] == 'x';
      if (!g_ascii_string_to_unsigned (name + 1 + is_hex, is_hex ? 16 : 10, 1, G_MAXUINT32, &c,
                                       NULL) ||
          !is_xml_char (c))
        {
          set_malformed (error, "a reference to what is no character");
          return FALSE;
        }
    }
  else if (*name == '\0' || strpbrk (name, " \t\r\n&<>\"'=") != NULL)
    {
      set_malformed (error, "an ampersand that stands alone");
      return FALSE;
    }
  else if (!g_strv_contains (predefined, name))
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_XML_ENTITY,
                   "XML with the entity “%.100s”", name);
      return FALSE;
    }

  return TRUE;
}

/* From behind an opening angle bracket */
static gboolean
check_markup (const char *start,
              GError    **error)
{
  if (*start == '?')
    {
      set_malformed (error, "a processing instruction");
      return FALSE;
    }

  if (*start != '!')
    return TRUE;

  if (g_ascii_isalpha (start[1]))
    g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_XML_DOCTYPE,
                         "XML with a document type");
  else
    set_malformed (error, "a comment or a CDATA section");

  return FALSE;
}

/**
 * sidetone_xml_check_text:
 * @text: text that ends with a NUL
 * @length: its length in bytes
 * @error: return location for an error
 *
 * Looks for all that has no place in a stanza and can be told before the text is taken apart:
 * characters that XML forbids (XML 1.0 section 2.2), and whatever RFC 6120 section 11.1 keeps out
 * of streams. GMarkup would skip most of it in silence, and has one error for the rest.
 *
 * Fails with %SIDETONE_ERROR_XML_DOCTYPE, %SIDETONE_ERROR_XML_ENTITY or
 * %SIDETONE_ERROR_TEXT_MALFORMED; see sidetone_element_new_from_text().
 *
 * Returns: %TRUE if a parser may see @text; it may still be no XML
 */
gboolean
sidetone_xml_check_text (const char *text,
                         gsize       length,
                         GError    **error)
{
  const char *end = text + length;
  gboolean in_tag = FALSE;
  gunichar quote = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate_len (text, length, NULL))
    {
      set_malformed (error, "bytes that are not UTF-8");
      return FALSE;
    }

  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_xml_char (c))
        {
          set_malformed (error, "a character that XML forbids");
          return FALSE;
        }

      if (c == '&' && !check_reference (at + 1, end, error))
        return FALSE;

      if (c == '<')
        {
          if (in_tag)
            {
              set_malformed (error, "a tag inside a tag");
              return FALSE;
            }

          if (!check_markup (at + 1, error))
            return FALSE;

          in_tag = TRUE;
        }
      else if (quote != 0)
        {
          if (c == quote)
            quote = 0;
        }
      else if (in_tag)
        {
          if (c == '"' || c == '\'')
            quote = c;
          else if (c == '>')
            in_tag = FALSE;
        }
    }

  return TRUE;
}
