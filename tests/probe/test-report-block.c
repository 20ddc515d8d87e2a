/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#include "config.h"

#include "keep/report-block.h"

#include "base/error.h"
#include "keep/report-file.h"
#include "lib/reports.h"

#include <string.h>

/* A report inside its own text: opened again after all that mail and forums do to a text, or refused */

#define N_MANGLED 1000
#define BOMB_BYTES (64 * 1024 * 1024)

static char *
write_text (SidetoneReport *report)
{
  g_autofree char *text = sidetone_report_to_text (report);
  g_autofree char *block = sidetone_report_block_new (report);

  return g_strconcat (text, block, NULL);
}

/* The JSON of the report in @text; NULL if it is refused */
static char *
open_text (const char *text,
           gsize       length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (SidetoneReport) report = sidetone_report_file_parse (bytes, &error);

  g_assert_true ((report == NULL) == (error != NULL));
  if (report != NULL)
    return sidetone_report_to_json (report);

  g_assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
                 g_error_matches (error, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT));

  return NULL;
}

static void
assert_opens (const char *text,
              const char *json)
{
  g_autofree char *opened = open_text (text, strlen (text));

  if (opened == NULL)
    g_error ("Refused: %s", text);
  g_assert_cmpstr (opened, ==, json);
}

/* Every report, whole and redacted: the text's own, and nothing that the text leaves out */
static void
test_round_trip (void)
{
  g_auto (GStrv) names = sidetone_test_list_reports ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (SidetoneReport) report = sidetone_test_read_report (names[i]);
      g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
      g_autofree char *json = sidetone_report_to_json (report);
      g_autofree char *redacted_json = sidetone_report_to_json (redacted);
      g_autofree char *text = write_text (report);
      g_autofree char *redacted_text = write_text (redacted);

      assert_opens (text, json);
      assert_opens (redacted_text, redacted_json);
    }
}

/* It survives a mail's 7 bits and 78 columns by itself. */
static void
test_plain (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("many-relays");
  g_autofree char *block = sidetone_report_block_new (report);
  g_auto (GStrv) lines = g_strsplit (block, "\n", -1);

  g_assert_true (g_str_is_ascii (block));
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 80);
}

typedef struct
{
  const char *pattern;
  const char *replacement;
} Change;

/* What mail programs, forums and word processors do to a text */
static void
test_travels (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("relay-problems");
  g_autoptr (SidetoneReport) redacted = sidetone_report_new_redacted (report);
  g_autofree char *json = sidetone_report_to_json (redacted);
  g_autofree char *text = write_text (redacted);
  const Change changes[] = {
    { "(?m)^", "> " },
    { "(?m)^", "> > >" },
    { "(?m)^", "JM> " },
    { "(?m)^", "    " },
    { "(?m)$", "   " },
    { "\n", "\r\n" },
    { "\n", "\r" },
    { "\n", "\n\n" },
    { "\n", " " },
    { "\n", "" },
    { "(?m)^(.{0,40}) ?(.*)$", "\\1\n\\2" },
    { "(?m)^(.{0,31})(.*)$", "> \\1\n> \\2" },
    { " ", "\xc2\xa0" },
    { "-----", "\xe2\x80\x94" },
    { "--", "\xe2\x80\x93" },
    { "-", "" },
    { "\"", "\xe2\x80\x9c" },
    { "'", "\xe2\x80\x99" },
    { "\n", "<br>\n" },
    { "(?m)^(.*)$", "<div style=\"font-family: monospace\">\\1</div>" },
    { "\n", "&nbsp;\n" },
    { "=", "=3D" },
    { "\n", "=20\n" },
    { "\n", "\xe2\x80\x8b\n" },
    { "(?m)$", "|" },
    { "\\A", "\xef\xbb\xbf" "Hello,\n\nsee > below & above: a < b.\n\n" },
    { "\\Z", "\n\nBest regards\nJuliet\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (changes[i].pattern, 0, 0, NULL);
      g_autofree char *changed = g_regex_replace (regex, text, -1, 0, changes[i].replacement, 0, NULL);

      g_test_message ("%s", changes[i].replacement);
      assert_opens (changed, json);
    }
}

/* Windows' "Unicode" text files */
static void
test_utf_16 (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("nat");
  g_autofree char *json = sidetone_report_to_json (report);
  g_autofree char *block = sidetone_report_block_new (report);
  g_autofree char *opened = NULL;
  g_autofree char *wide = NULL;
  gsize length;

  wide = g_convert (block, -1, "UTF-16", "UTF-8", NULL, &length, NULL);
  opened = open_text (wide, length);
  g_assert_cmpstr (opened, ==, json);
}

static char *
get_piece (GRand   *random,
           GString *text)
{
  gsize at = g_rand_int_range (random, 0, text->len);

  return g_strndup (text->str + at, g_rand_int_range (random, 0, 40));
}

/* One of the accidents and attacks that a text may meet */
static void
mangle (GRand   *random,
        GString *text)
{
  gsize at = g_rand_int_range (random, 0, MAX (text->len, 1));
  gsize n = g_rand_int_range (random, 1, 80);
  g_autofree char *piece = NULL;

  if (text->len == 0)
    return;

  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
      text->str[at] ^= 1 << g_rand_int_range (random, 0, 7);
      break;

    case 1:
      g_string_truncate (text, at);
      break;

    case 2:
      g_string_erase (text, 0, at / 4);
      break;

    case 3:
      g_string_erase (text, at, MIN (text->len - at, n));
      break;

    case 4:
      piece = get_piece (random, text);
      g_string_insert (text, at, piece);
      break;

    case 5:
      g_string_insert_c (text, at, (char) g_rand_int_range (random, 1, 256));
      break;

    case 6:
      text->str[at] = (char) g_rand_int_range (random, 0, 256);
      break;

    default:
      text->str[at] = g_ascii_isupper (text->str[at]) ? g_ascii_tolower (text->str[at])
                      : g_ascii_toupper (text->str[at]);
      break;
    }
}

/* It opens right, or is refused; never anything else. */
static void
test_mangled (void)
{
  g_autoptr (SidetoneReport) report = sidetone_test_read_report ("cgnat");
  g_autofree char *json = sidetone_report_to_json (report);
  g_autofree char *block = sidetone_report_block_new (report);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261129);
  guint n_refused = 0;

  for (guint i = 0; i < N_MANGLED; i++)
    {
      g_autoptr (GString) text = g_string_new (block);
      g_autofree char *opened = NULL;

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        mangle (random, text);
      opened = open_text (text->str, text->len);
      n_refused += opened == NULL;
      if (opened != NULL)
        g_assert_cmpstr (opened, ==, json);
    }

  g_test_message ("%u of %u refused", n_refused, N_MANGLED);
  g_assert_cmpuint (n_refused, >, N_MANGLED / 2);
  g_assert_cmpuint (n_refused, <, N_MANGLED);
}

/* A text around any bytes, with the right sum */
static char *
pack (const char *data,
      gsize       length)
{
  g_autoptr (GConverter) compressor = NULL;
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GOutputStream) packed = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autofree char *base64 = NULL;
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data,
                                                      length);

  compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  source = g_memory_input_stream_new_from_data (data, length, NULL);
  stream = g_converter_input_stream_new (source, compressor);
  g_output_stream_splice (packed, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  base64 = g_base64_encode (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (packed)),
                            g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (packed)));

  return g_strdup_printf ("BEGIN SIDETONE REPORT\n%s\nEND SIDETONE REPORT %.16s\n", base64, sum);
}

static void
assert_refused (const char *text,
                GQuark      domain,
                int         code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (sidetone_report_file_parse (bytes, &error));
  g_assert_true (g_error_matches (error, domain, code));
}

static void
test_hostile (void)
{
  g_autofree char *bomb = g_malloc0 (BOMB_BYTES);
  g_autofree char *big_bomb = NULL;
  g_autofree char *words = pack ("words", 5);
  g_autofree char *newer = NULL;
  const char *too_new = "{\"format\": \"sidetone-report\", \"version\": 999}";
  gint64 start;

  /* 64 MiB in 64 KiB, of which 4 MiB are looked at */
  memset (bomb, ' ', BOMB_BYTES);
  big_bomb = pack (bomb, BOMB_BYTES);
  g_assert_cmpuint (strlen (big_bomb), <, 128 * 1024);
  start = g_get_monotonic_time ();
  assert_refused (big_bomb, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_test_message ("%" G_GINT64_FORMAT " µs", g_get_monotonic_time () - start);

  newer = pack (too_new, strlen (too_new));
  assert_refused (newer, SIDETONE_ERROR, SIDETONE_ERROR_REPORT_TOO_NEW);
  assert_refused (words, SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT);
  assert_refused ("BEGIN SIDETONE REPORT", G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  assert_refused ("BEGIN SIDETONE REPORT END SIDETONE REPORT", G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  assert_refused ("BEGIN SIDETONE REPORT A END SIDETONE REPORT 0123456789abcdef",
                  G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  assert_refused ("Just words", SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT);
  assert_refused ("", SIDETONE_ERROR, SIDETONE_ERROR_NOT_A_REPORT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report-block/round-trip", test_round_trip);
  g_test_add_func ("/report-block/plain", test_plain);
  g_test_add_func ("/report-block/travels", test_travels);
  g_test_add_func ("/report-block/utf-16", test_utf_16);
  g_test_add_func ("/report-block/mangled", test_mangled);
  g_test_add_func ("/report-block/hostile", test_hostile);

  return g_test_run ();
}
