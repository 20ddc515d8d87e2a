/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include <string.h>

#include "base/error.h"
#include "base/json.h"

#define MAX_LENGTH 1000
#define MAX_DEPTH 8

static void
assert_fails (const char   *text,
              gsize         length,
              SidetoneError code)
{
  g_autofree char *shown = g_strndup (text, length);
  g_autofree char *escaped = g_strescape (shown, NULL);
  g_autoptr (GError) error = NULL;

  g_test_message ("%.100s", escaped);
  g_assert_null (sidetone_json_parse_object (text, length, MAX_LENGTH, MAX_DEPTH, &error));
  g_assert_error (error, SIDETONE_ERROR, (int) code);
}

static JsonObject *
parse (const char *text,
       gsize       length)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  object = sidetone_json_parse_object (text, length, MAX_LENGTH, MAX_DEPTH, &error);
  g_assert_no_error (error);
  g_assert_nonnull (object);

  return object;
}

static void
test_round_trip (void)
{
  static const struct
  {
    const char *text;
    const char *line;
  } rows[] = {
    { "{}", "{}" },
    { " \t\r\n{ } \n", "{}" },
    { "{\"a\":\"b\"}", "{\"a\":\"b\"}" },
    { "{ \"a\" : [ 1 , -2 , true , false , null , { } , [ ] ] }",
      "{\"a\":[1,-2,true,false,null,{},[]]}" },
    { "{\"a\":\"]}[{\\\"\"}", "{\"a\":\"]}[{\\\"\"}" },
    { "{\"a\":\"\\\\\",\"b\":\"\\\\\"}", "{\"a\":\"\\\\\",\"b\":\"\\\\\"}" },
    { "{\"a\":\"line\\nline\"}", "{\"a\":\"line\\nline\"}" },
    { "{\"a\":\"\\u00e9\\ud83d\\ude00\"}", "{\"a\":\"é😀\"}" },
    { "{\"a\":9223372036854775807,\"b\":-9223372036854775808}",
      "{\"a\":9223372036854775807,\"b\":-9223372036854775808}" },
    { "{\"a\":0.5}", "{\"a\":0.5}" },
    { "{\"a\":1.5E+3}", "{\"a\":1500.0}" },
    { "{\"\":0}", "{\"\":0}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) object = parse (rows[i].text, strlen (rows[i].text));
      g_autofree char *line = sidetone_json_to_line (object);

      g_assert_cmpstr (line, ==, rows[i].line);
    }
}

static void
test_malformed (void)
{
  static const char *const texts[] = {
    "", " ", "[]", "1", "\"a\"", "null", "true", "{", "}", "{]", "{}}", "{} {}", "{}{}", "{},",
    "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1 \"b\":2}",
    "{\"a\" 1}", "{\"a\":[1,]}", "{\"a\":[,]}", "{\"a\":[1 2]}", "{\"a\":[}]", "{\"a\":01}",
    "{\"a\":+1}", "{\"a\":-}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":0x10}",
    "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":True}", "{\"a\":nul}", "{\"a\":truefalse}",
    "{\"a\":9223372036854775808}", "{\"a\":-9223372036854775809}", "{\"a\":1e999}",
    "{\"a\":\"\n\"}", "{\"a\":\"\t\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud83d\"}", "{\"a\":\"\\ude00\"}",
    "{\"a\":\"\\ud83d\\ud83d\"}", "{\"a\":\"\xff\"}", "{\"a\":\"\xc0\x80\"}",
    "/* */ {}", "{} // end", "var a = {};", "\xef\xbb\xbf{}", "{\"a\":1}\f",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_fails (texts[i], strlen (texts[i]), SIDETONE_ERROR_TEXT_MALFORMED);
}

static void
test_nul (void)
{
  static const char inside[] = "{\"a\":\"b\0c\"}";
  static const char behind[] = "{\"a\":\"b\"}\0";

  assert_fails (inside, sizeof inside - 1, SIDETONE_ERROR_TEXT_MALFORMED);
  assert_fails (behind, sizeof behind - 1, SIDETONE_ERROR_TEXT_MALFORMED);
}

/* The text need not end with a NUL: nothing after its end may be read. */
static void
test_truncated (void)
{
  static const char whole[] =
    "{\"event\":\"connected\",\"local\":{\"address\":\"192.0.2.1\",\"port\":44308},"
    "\"rtt_us\":-1.5e3,\"list\":[true,null,\"\\u00e9\\n\"]}";

  for (gsize length = 0; length < strlen (whole); length++)
    {
      g_autofree char *text = g_memdup2 (whole, MAX (length, 1));

      assert_fails (text, length, SIDETONE_ERROR_TEXT_MALFORMED);
    }

  json_object_unref (parse (whole, strlen (whole)));
}

static void
test_bit_flips (void)
{
  static const char whole[] =
    "{\"a\":[{\"b\":-12.5e+2},true,null,\"\\u00e9\\\\\"],\"c\":{\"d\":0,\"e\":\"\xc3\xa9\"}}";

  for (gsize i = 0; i < (sizeof whole - 1) * 8; i++)
    {
      g_autofree char *text = g_strdup (whole);
      g_autoptr (JsonObject) object = NULL;

      text[i / 8] ^= 1 << (i % 8);
      object = sidetone_json_parse_object (text, sizeof whole - 1, MAX_LENGTH, MAX_DEPTH, NULL);

      /* What is accepted can be written and read again. */
      if (object != NULL)
        {
          g_autofree char *line = sidetone_json_to_line (object);

          json_object_unref (parse (line, strlen (line)));
        }
    }
}

static char *
nest (guint       depth,
      const char *open,
      const char *close)
{
  GString *text = g_string_new ("{\"a\":");

  for (guint i = 1; i < depth; i++)
    g_string_append (text, open);
  g_string_append_c (text, '0');
  for (guint i = 1; i < depth; i++)
    g_string_append (text, close);
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const struct
  {
    const char *open;
    const char *close;
  } rows[] = { { "[", "]" }, { "{\"a\":", "}" } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *allowed = nest (MAX_DEPTH, rows[i].open, rows[i].close);
      g_autofree char *too_deep = nest (MAX_DEPTH + 1, rows[i].open, rows[i].close);

      json_object_unref (parse (allowed, strlen (allowed)));
      assert_fails (too_deep, strlen (too_deep), SIDETONE_ERROR_TEXT_TOO_DEEP);
    }
}

/* Brackets in texts add no depth, and siblings do not add up. */
static void
test_depth_is_not_count (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":\"[[[[[[[[[[[[{{{{{{{{{{{\",\"b\":[0");

  for (int i = 0; i < 100; i++)
    g_string_append (text, ",[[]]");
  g_string_append (text, "]}");

  json_object_unref (parse (text->str, text->len));
}

/* json-glib by itself would overflow the stack. */
static void
test_many_brackets (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 200000; i++)
    g_string_append_c (text, '[');

  g_assert_null (sidetone_json_parse_object (text->str, text->len, text->len, 32, &error));
  g_assert_error (error, SIDETONE_ERROR, SIDETONE_ERROR_TEXT_TOO_DEEP);
}

static void
test_length (void)
{
  g_autofree char *text = g_strdup_printf ("%*s", MAX_LENGTH + 1, "");

  text[0] = '{';
  text[1] = '}';

  json_object_unref (parse (text, MAX_LENGTH));
  assert_fails (text, MAX_LENGTH + 1, SIDETONE_ERROR_TEXT_TOO_LARGE);
}

static void
test_getters (void)
{
  static const char text[] =
    "{\"text\":\"words\",\"int\":-7,\"double\":7.0,\"bool\":true,\"null\":null,\"object\":{},"
    "\"array\":[]}";
  static const char *const members[] = {
    "text", "int", "double", "bool", "null", "object", "array", "missing", "",
  };
  g_autoptr (JsonObject) object = parse (text, strlen (text));

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *member = members[i];

      g_assert_cmpstr (sidetone_json_get_string (object, member), ==,
                       g_str_equal (member, "text") ? "words" : NULL);
      g_assert_cmpint (sidetone_json_get_int (object, member, 42), ==,
                       g_str_equal (member, "int") ? -7 : 42);
      g_assert_cmpint (sidetone_json_get_object (object, member) != NULL, ==,
                       g_str_equal (member, "object"));
      g_assert_cmpint (sidetone_json_get_array (object, member) != NULL, ==,
                       g_str_equal (member, "array"));
    }
}

/* The errors' codes are part of the JSON format and never change. */
static void
test_error_codes (void)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (SIDETONE_TYPE_ERROR);

  g_assert_cmpint (class->minimum, ==, SIDETONE_ERROR_UNKNOWN);
  g_assert_cmpint (class->maximum, ==, (int) class->n_values - 1);

  for (guint i = 0; i < class->n_values; i++)
    {
      const GEnumValue *value = &class->values[i];
      g_autofree char *name = g_strconcat ("SIDETONE_ERROR_", value->value_nick, NULL);
      g_autofree char *upper = g_ascii_strup (g_strdelimit (name, "-", '_'), -1);

      g_assert_cmpstr (upper, ==, value->value_name);
      g_assert_cmpstr (sidetone_error_to_code (value->value), ==, value->value_nick);
      g_assert_cmpint (sidetone_error_from_code (value->value_nick), ==, value->value);
    }

  g_assert_cmpstr (sidetone_error_to_code (SIDETONE_ERROR_WRONG_PASSWORD), ==, "wrong-password");
  g_assert_cmpstr (sidetone_error_to_code (class->maximum + 1), ==, "unknown");
  g_assert_cmpint (sidetone_error_from_code ("of-tomorrow"), ==, SIDETONE_ERROR_UNKNOWN);
  g_assert_cmpint (sidetone_error_from_code (""), ==, SIDETONE_ERROR_UNKNOWN);
  g_assert_cmpint (sidetone_error_from_code (NULL), ==, SIDETONE_ERROR_UNKNOWN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/malformed", test_malformed);
  g_test_add_func ("/json/nul", test_nul);
  g_test_add_func ("/json/truncated", test_truncated);
  g_test_add_func ("/json/bit-flips", test_bit_flips);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/depth-is-not-count", test_depth_is_not_count);
  g_test_add_func ("/json/many-brackets", test_many_brackets);
  g_test_add_func ("/json/length", test_length);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/error-codes", test_error_codes);

  return g_test_run ();
}
