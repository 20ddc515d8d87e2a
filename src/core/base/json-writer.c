/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "base/json-writer.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* Our own writer, because json-glib 1.6 writes doubles such as 1e+22.0, which is not JSON, and lets
 * some control characters through. A report may end up on a terminal: characters that affect their
 * surroundings are escaped here. */

/* Below this any double with its decimals fits into a buffer. */
#define MAX_DECIMAL 1e20

/* Before each item: the comma, the line, the name */
static void
begin_item (SidetoneJsonWriter *self,
            const char         *member)
{
  if (self->has_items)
    g_string_append_c (self->text, ',');

  if (self->depth > 0)
    {
      g_string_append_c (self->text, '\n');
      for (guint i = 0; i < self->depth; i++)
        g_string_append (self->text, "  ");
    }

  self->has_items = TRUE;

  if (member != NULL)
    {
      /* The names are our own, or contain only characters that names may have. */
      g_string_append_printf (self->text, "\"%s\": ", member);
    }
}

static void
begin_container (SidetoneJsonWriter *self,
                 const char         *member,
                 char                bracket)
{
  begin_item (self, member);
  g_string_append_c (self->text, bracket);
  self->depth++;
  self->has_items = FALSE;
}

static void
end_container (SidetoneJsonWriter *self,
               char                bracket)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  if (self->has_items)
    {
      g_string_append_c (self->text, '\n');
      for (guint i = 0; i < self->depth; i++)
        g_string_append (self->text, "  ");
    }
  g_string_append_c (self->text, bracket);
  self->has_items = TRUE;
}

static void
append_escaped (GString *text,
                gunichar c)
{
  if (c > 0xffff)
    {
      g_string_append_printf (text, "\\u%04x\\u%04x", 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
      return;
    }

  g_string_append_printf (text, "\\u%04x", c);
}

static void
append_string (GString    *text,
               const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", (char) c);
      else if (c == '\n')
        g_string_append (text, "\\n");
      else if (c == '\t')
        g_string_append (text, "\\t");
      else if (sidetone_text_is_harmless (c))
        g_string_append_unichar (text, c);
      else
        append_escaped (text, c);
    }
  g_string_append_c (text, '"');
}

/* The shortest digits that give the same number, always in a form that is read as a double */
static void
append_double (GString *text,
               double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (buffer, sizeof buffer, value);
  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

/**
 * sidetone_json_writer_begin_object:
 * @self: a writer
 * @member: (nullable): the name, %NULL inside an array and for the outermost
 *
 * Begins an object.
 */
void
sidetone_json_writer_begin_object (SidetoneJsonWriter *self,
                                   const char         *member)
{
  begin_container (self, member, '{');
}

/**
 * sidetone_json_writer_end_object:
 * @self: a writer
 *
 * Ends the innermost object.
 */
void
sidetone_json_writer_end_object (SidetoneJsonWriter *self)
{
  end_container (self, '}');
}

/**
 * sidetone_json_writer_begin_array:
 * @self: a writer
 * @member: (nullable): the name, %NULL inside an array
 *
 * Begins an array.
 */
void
sidetone_json_writer_begin_array (SidetoneJsonWriter *self,
                                  const char         *member)
{
  begin_container (self, member, '[');
}

/**
 * sidetone_json_writer_end_array:
 * @self: a writer
 *
 * Ends the innermost array.
 */
void
sidetone_json_writer_end_array (SidetoneJsonWriter *self)
{
  end_container (self, ']');
}

/**
 * sidetone_json_writer_add_string:
 * @self: a writer
 * @member: (nullable): the name, %NULL inside an array
 * @value: (nullable): the text, %NULL for `null`
 *
 * Adds a text.
 */
void
sidetone_json_writer_add_string (SidetoneJsonWriter *self,
                                 const char         *member,
                                 const char         *value)
{
  begin_item (self, member);
  if (value != NULL)
    append_string (self->text, value);
  else
    g_string_append (self->text, "null");
}

/**
 * sidetone_json_writer_add_int:
 * @self: a writer
 * @member: (nullable): the name, %NULL inside an array
 * @value: the number
 *
 * Adds a whole number.
 */
void
sidetone_json_writer_add_int (SidetoneJsonWriter *self,
                              const char         *member,
                              gint64              value)
{
  begin_item (self, member);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * sidetone_json_writer_add_double:
 * @self: a writer
 * @member: (nullable): the name, %NULL inside an array
 * @value: the number; must be finite
 *
 * Adds a fraction.
 */
void
sidetone_json_writer_add_double (SidetoneJsonWriter *self,
                                 const char         *member,
                                 double              value)
{
  g_return_if_fail (isfinite (value));

  begin_item (self, member);
  append_double (self->text, value);
}

/**
 * sidetone_json_writer_add_decimal:
 * @self: a writer
 * @member: (nullable): the name, %NULL inside an array
 * @value: the number; must be finite
 * @n_digits: the highest number of decimals, 1 to 9
 *
 * Adds a measured fraction, rounded to its known digits.
 */
void
sidetone_json_writer_add_decimal (SidetoneJsonWriter *self,
                                  const char         *member,
                                  double              value,
                                  guint               n_digits)
{
  char format[] = "%.0f";
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_return_if_fail (isfinite (value) && fabs (value) < MAX_DECIMAL);
  g_return_if_fail (n_digits >= 1 && n_digits <= 9);

  format[2] = (char) ('0' + n_digits);
  g_ascii_formatd (buffer, sizeof buffer, format, value);
  length = strlen (buffer);
  while (buffer[length - 1] == '0' && buffer[length - 2] != '.')
    buffer[--length] = '\0';

  begin_item (self, member);
  g_string_append (self->text, buffer);
}

/**
 * sidetone_json_writer_add_boolean:
 * @self: a writer
 * @member: (nullable): the name, %NULL inside an array
 * @value: the truth value
 *
 * Adds a truth value.
 */
void
sidetone_json_writer_add_boolean (SidetoneJsonWriter *self,
                                  const char         *member,
                                  gboolean            value)
{
  begin_item (self, member);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * sidetone_json_writer_add_variant:
 * @self: a writer
 * @member: (nullable): the name, %NULL inside an array
 * @value: a boolean, int64, double, string, or an array of these
 *
 * Adds a value of an observation's details.
 */
void
sidetone_json_writer_add_variant (SidetoneJsonWriter *self,
                                  const char         *member,
                                  GVariant           *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BOOLEAN:
      sidetone_json_writer_add_boolean (self, member, g_variant_get_boolean (value));
      break;

    case G_VARIANT_CLASS_INT64:
      sidetone_json_writer_add_int (self, member, g_variant_get_int64 (value));
      break;

    case G_VARIANT_CLASS_DOUBLE:
      sidetone_json_writer_add_double (self, member, g_variant_get_double (value));
      break;

    case G_VARIANT_CLASS_STRING:
      sidetone_json_writer_add_string (self, member, g_variant_get_string (value, NULL));
      break;

    case G_VARIANT_CLASS_ARRAY:
      sidetone_json_writer_begin_array (self, member);
      for (gsize i = 0; i < g_variant_n_children (value); i++)
        {
          g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

          sidetone_json_writer_add_variant (self, NULL, child);
        }
      sidetone_json_writer_end_array (self);
      break;

    default:
      g_return_if_reached ();
    }
}

/**
 * sidetone_json_writer_end:
 * @self: a writer whose outermost object has ended; it can't be used again
 *
 * Returns: (transfer full): the JSON, with a line end
 */
char *
sidetone_json_writer_end (SidetoneJsonWriter *self)
{
  g_return_val_if_fail (self->depth == 0, NULL);

  g_string_append_c (self->text, '\n');

  return g_string_free (g_steal_pointer (&self->text), FALSE);
}
