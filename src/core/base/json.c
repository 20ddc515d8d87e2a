/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/json.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/error.h"

/* Possibly hostile JSON: bounded in depth and size, duplicate members refused. Own scanner, because
 * json-glib does neither. */

/* A scanner in front of json-glib. json-glib 1.6 parses by recursion without a limit, so that
 * 200,000 brackets end the process, and accepts much that is not JSON (comments, `var a = …;`,
 * several values in a row). The input comes from a process that talked to a server, or from a file
 * of unknown origin; so it is checked against the grammar of RFC 8259 first, and json-glib gets
 * only what passed. */
typedef struct
{
  const char *at;
  const char *end;
  guint depth;
  guint max_depth;
  gboolean too_deep;
} Scanner;

typedef gboolean (*SkipFunc) (Scanner *scanner);

static gboolean skip_value (Scanner *scanner);

static void
skip_space (Scanner *scanner)
{
  while (scanner->at < scanner->end && strchr (" \t\n\r", *scanner->at) != NULL)
    scanner->at++;
}

static gboolean
skip_char (Scanner *scanner,
           char     c)
{
  if (scanner->at == scanner->end || *scanner->at != c)
    return FALSE;

  scanner->at++;

  return TRUE;
}

static gboolean
skip_word (Scanner    *scanner,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scanner->end - scanner->at) < length || memcmp (scanner->at, word, length) != 0)
    return FALSE;

  scanner->at += length;

  return TRUE;
}

static gboolean
read_hex (Scanner *scanner,
          guint   *value)
{
  *value = 0;

  if (scanner->end - scanner->at < 4)
    return FALSE;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*scanner->at++);

      if (digit < 0)
        return FALSE;

      *value = *value * 16 + digit;
    }

  return TRUE;
}

/* After a backslash. An escaped NUL would cut a C string short, and half a surrogate pair is not a
 * character: both are refused, although the grammar allows them. */
static gboolean
skip_escape (Scanner *scanner)
{
  guint unit;
  guint second;

  if (scanner->at == scanner->end)
    return FALSE;

  if (*scanner->at != 'u')
    return *scanner->at != '\0' && strchr ("\"\\/bfnrt", *scanner->at++) != NULL;

  scanner->at++;
  if (!read_hex (scanner, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;

  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;

  return skip_word (scanner, "\\u") && read_hex (scanner, &second) &&
         second >= 0xdc00 && second <= 0xdfff;
}

static gboolean
skip_string (Scanner *scanner)
{
  if (!skip_char (scanner, '"'))
    return FALSE;

  while (scanner->at < scanner->end)
    {
      char c = *scanner->at++;

      if (c == '"')
        return TRUE;

      if ((guchar) c < 0x20 || (c == '\\' && !skip_escape (scanner)))
        return FALSE;
    }

  return FALSE;
}

static gboolean
skip_digits (Scanner *scanner)
{
  const char *start = scanner->at;

  while (scanner->at < scanner->end && g_ascii_isdigit (*scanner->at))
    scanner->at++;

  return scanner->at > start;
}

/* json-glib 1.6 wraps too large integers (to -1, for one) and turns too large fractions into
 * infinity, which is not JSON when written again. */
static gboolean
is_in_range (const char *start,
             const char *end,
             gboolean    whole)
{
  g_autofree char *number = g_strndup (start, end - start);

  if (whole)
    {
      errno = 0;
      g_ascii_strtoll (number, NULL, 10);

      return errno == 0;
    }

  return isfinite (g_ascii_strtod (number, NULL));
}

static gboolean
skip_number (Scanner *scanner)
{
  const char *start = scanner->at;
  gboolean whole = TRUE;

  skip_char (scanner, '-');

  if (!skip_char (scanner, '0') && !skip_digits (scanner))
    return FALSE;

  if (skip_char (scanner, '.'))
    {
      whole = FALSE;
      if (!skip_digits (scanner))
        return FALSE;
    }

  if (skip_char (scanner, 'e') || skip_char (scanner, 'E'))
    {
      whole = FALSE;
      if (!skip_char (scanner, '+'))
        skip_char (scanner, '-');
      if (!skip_digits (scanner))
        return FALSE;
    }

  return is_in_range (start, scanner->at, whole);
}

static gboolean
skip_member (Scanner *scanner)
{
  skip_space (scanner);
  if (!skip_string (scanner))
    return FALSE;

  skip_space (scanner);

  return skip_char (scanner, ':') && skip_value (scanner);
}

/* An object or an array, which differ only in their brackets and items */
static gboolean
skip_container (Scanner *scanner,
                char     close,
                SkipFunc skip_item)
{
  if (scanner->depth == scanner->max_depth)
    {
      scanner->too_deep = TRUE;
      return FALSE;
    }

  scanner->depth++;
  scanner->at++;

  skip_space (scanner);
  if (!skip_char (scanner, close))
    {
      do
        {
          if (!skip_item (scanner))
            return FALSE;
        }
      while (skip_char (scanner, ','));

      if (!skip_char (scanner, close))
        return FALSE;
    }

  scanner->depth--;

  return TRUE;
}

/* Skips one value and the space around it. The recursion is no deeper than max_depth. */
static gboolean
skip_value (Scanner *scanner)
{
  gboolean ok;

  skip_space (scanner);
  if (scanner->at == scanner->end)
    return FALSE;

  switch (*scanner->at)
    {
    case '{':
      ok = skip_container (scanner, '}', skip_member);
      break;

    case '[':
      ok = skip_container (scanner, ']', skip_value);
      break;

    case '"':
      ok = skip_string (scanner);
      break;

    case 't':
      ok = skip_word (scanner, "true");
      break;

    case 'f':
      ok = skip_word (scanner, "false");
      break;

    case 'n':
      ok = skip_word (scanner, "null");
      break;

    default:
      ok = skip_number (scanner);
      break;
    }

  if (ok)
    skip_space (scanner);

  return ok;
}

static gboolean
check_text (const char *text,
            gsize       length,
            gsize       max_length,
            guint       max_depth,
            GError    **error)
{
  Scanner scanner = { .at = text, .end = text + length, .max_depth = max_depth };

  if (length > max_length)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_TOO_LARGE,
                   "JSON of %" G_GSIZE_FORMAT " bytes, more than %" G_GSIZE_FORMAT,
                   length, max_length);
      return FALSE;
    }

  /* This also finds an embedded NUL. */
  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_MALFORMED,
                           "JSON that is not UTF-8");
      return FALSE;
    }

  if (!skip_value (&scanner) || scanner.at != scanner.end)
    {
      if (scanner.too_deep)
        g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_TOO_DEEP,
                     "JSON nested deeper than %u levels", max_depth);
      else
        g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_MALFORMED,
                     "JSON goes wrong at byte %" G_GSIZE_FORMAT, (gsize) (scanner.at - text));
      return FALSE;
    }

  return TRUE;
}

static JsonNode *
get_member (JsonObject  *object,
            const char  *member,
            JsonNodeType type)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL, NULL);
  g_return_val_if_fail (member != NULL, NULL);

  node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_TYPE (node) == type ? node : NULL;
}

/**
 * sidetone_json_parse_object:
 * @text: (array length=length): the input; need not end with a NUL
 * @length: its length in bytes
 * @max_length: the highest number of bytes
 * @max_depth: the highest number of nested objects and arrays, with the outermost
 * @error: return location for an error
 *
 * Reads an object from text of unknown origin. The text must be JSON by RFC 8259, with an object at
 * its root. Also refused are escaped NULs, lone surrogates, integers that do not fit into 64 bits
 * and fractions that do not fit into a double.
 *
 * Fails with %SIDETONE_ERROR_TEXT_TOO_LARGE, %SIDETONE_ERROR_TEXT_TOO_DEEP or
 * %SIDETONE_ERROR_TEXT_MALFORMED.
 *
 * Returns: (transfer full): the object, or %NULL with @error set
 */
JsonObject *
sidetone_json_parse_object (const char *text,
                            gsize       length,
                            gsize       max_length,
                            guint       max_depth,
                            GError    **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  JsonNode *root;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_length <= G_MAXSSIZE, NULL);

  if (!check_text (text, length, max_length, max_depth, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &local_error))
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_MALFORMED,
                           local_error->message);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_MALFORMED,
                           "JSON whose root is not an object");
      return NULL;
    }

  return json_node_dup_object (root);
}

/**
 * sidetone_json_get_string:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (transfer none) (nullable): the text, or %NULL if the member is missing or not text
 */
const char *
sidetone_json_get_string (JsonObject *object,
                          const char *member)
{
  JsonNode *node = get_member (object, member, JSON_NODE_VALUE);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/**
 * sidetone_json_get_int:
 * @object: an object
 * @member: the member's name
 * @fallback: what to return otherwise
 *
 * Reads an integer, written without fraction and exponent.
 *
 * Returns: the number, or @fallback if the member is missing or not an integer
 */
gint64
sidetone_json_get_int (JsonObject *object,
                       const char *member,
                       gint64      fallback)
{
  JsonNode *node = get_member (object, member, JSON_NODE_VALUE);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return fallback;

  return json_node_get_int (node);
}

/**
 * sidetone_json_get_object:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (transfer none) (nullable): the object, or %NULL if the member is missing or not an
 *   object
 */
JsonObject *
sidetone_json_get_object (JsonObject *object,
                          const char *member)
{
  JsonNode *node = get_member (object, member, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

/**
 * sidetone_json_get_array:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (transfer none) (nullable): the array, or %NULL if the member is missing or not an array
 */
JsonArray *
sidetone_json_get_array (JsonObject *object,
                         const char *member)
{
  JsonNode *node = get_member (object, member, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

/**
 * sidetone_json_to_line:
 * @object: an object
 *
 * Writes @object without white space between its parts. Line ends in texts are escaped, so the
 * result is one line; it does not end with a line end.
 *
 * Returns: (transfer full): the line
 */
char *
sidetone_json_to_line (JsonObject *object)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_alloc ();

  g_return_val_if_fail (object != NULL, NULL);

  json_node_init_object (root, object);
  json_generator_set_root (generator, root);

  return json_generator_to_data (generator, NULL);
}
