/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "keep/report-block.h"

#include "words/describe-block.h"

#include <gio/gio.h>
#include <string.h>

/* A report inside its own text (ASCII armor, as PGP has it: RFC 4880, section 6): its JSON, compressed
 * by zlib, in base64, between two lines. The second one ends with the beginning of the JSON's SHA-256.
 *
 * Such a text is copied, mailed, quoted and pasted into forums. The reader looks only at the characters of
 * base64: it does not matter what becomes of spaces, line ends, dashes and quotation marks, nor if "> "
 * or markup comes in between. Padding ("=") is left out, because quoted-printable has another use for it. */

#define BEGIN "BEGIN SIDETONE REPORT"
#define END "END SIDETONE REPORT"
#define DASHES "-----"
#define LINE 64
#define SUM 16

/* The longest markup that may come in between, such as <span style="…"> */
#define MAX_MARKUP 300
#define MAX_ENTITY 10
#define MAX_INITIALS 3

#define CHUNK (64 * 1024)

static char *
make_sum (const char *json,
          gsize       length)
{
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) json,
                                                      length);

  return g_strndup (sum, SUM);
}

/* @limit: the longest result; NULL if there is more, or something is wrong */
static GByteArray *
convert (GConverter   *converter,
         const guint8 *data,
         gsize         length,
         gsize         limit)
{
  g_autoptr (GByteArray) result = g_byte_array_new ();
  GConverterResult state = G_CONVERTER_CONVERTED;
  gsize at = 0;
  gsize used = 0;

  while (state != G_CONVERTER_FINISHED)
    {
      gsize n_read = 0;
      gsize n_written = 0;

      g_byte_array_set_size (result, used + CHUNK);
      state = g_converter_convert (converter, data + at, length - at, result->data + used, CHUNK,
                                   G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      at += n_read;
      used += n_written;
      if (state == G_CONVERTER_ERROR || used > limit)
        return NULL;
    }
  if (at < length)
    return NULL;

  g_byte_array_set_size (result, used);

  return g_steal_pointer (&result);
}

/**
 * sidetone_report_block_new:
 * @report: a report
 *
 * Writes the lines from which a text with @report can be opened again.
 *
 * Returns: (transfer full): complete lines, an empty one and what they are first; plain ASCII but for
 *   the latter
 */
char *
sidetone_report_block_new (const SidetoneReport *report)
{
  g_autofree char *json = sidetone_report_to_json (report);
  g_autofree char *sum = make_sum (json, strlen (json));
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autoptr (GByteArray) packed = convert (G_CONVERTER (compressor), (const guint8 *) json,
                                           strlen (json), G_MAXSIZE / 2);
  g_autofree char *base64 = NULL;
  GString *block = g_string_new (NULL);
  gsize length;

  g_assert (packed != NULL);
  base64 = g_base64_encode (packed->data, packed->len);
  length = strcspn (base64, "=");

  g_string_append_printf (block, "\n%s\n\n" DASHES BEGIN DASHES "\n", sidetone_describe_block ());
  for (gsize at = 0; at < length; at += LINE)
    g_string_append_printf (block, "%.*s\n", (int) MIN (LINE, length - at), base64 + at);
  g_string_append_printf (block, DASHES END " %s" DASHES "\n", sum);

  return g_string_free (block, FALSE);
}

/* Reading */

/* How many bytes to skip at @text, from which @left ones are left: a tag, an entity of HTML, or a byte
 * of quoted-printable; 0 if there is none */
static gsize
get_markup (const char *text,
            gsize       left)
{
  const char *end = NULL;

  if (*text == '<')
    end = memchr (text, '>', MIN (left, MAX_MARKUP));
  else if (*text == '&')
    end = memchr (text, ';', MIN (left, MAX_ENTITY));
  else if (*text == '=' && left > 2 && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2]))
    end = text + 2;

  return end != NULL ? end - text + 1 : 0;
}

/* The same for the beginning of a quoted line: "> > " or "JM> " */
static gsize
get_quotation (const char *text,
               gsize       left)
{
  gsize length = 0;
  gsize at = 0;

  while (at < left)
    {
      gsize n_letters = 0;

      while (at < left && (text[at] == ' ' || text[at] == '\t'))
        at++;
      while (at + n_letters < left && n_letters < MAX_INITIALS &&
             g_ascii_isalpha (text[at + n_letters]))
        n_letters++;
      if (at + n_letters >= left || text[at + n_letters] != '>')
        break;

      at += n_letters + 1;
      length = at;
    }

  return length;
}

/* The characters of base64 in @text, which need not end with a zero, and no others */
static char *
squeeze (const char *text,
         gsize       length)
{
  GString *squeezed = g_string_sized_new (length);
  gboolean at_line_start = TRUE;
  gsize at = 0;

  while (at < length)
    {
      gsize skipped = at_line_start ? get_quotation (text + at, length - at) : 0;

      if (skipped == 0)
        skipped = get_markup (text + at, length - at);
      at_line_start = FALSE;
      if (skipped > 0)
        {
          at += skipped;
          continue;
        }

      at_line_start = text[at] == '\n' || text[at] == '\r';
      if (g_ascii_isalnum (text[at]) || text[at] == '+' || text[at] == '/')
        g_string_append_c (squeezed, text[at]);
      at++;
    }

  return g_string_free (squeezed, FALSE);
}

/* The marks as they are left by squeeze() */
#define SQUEEZED_BEGIN "BEGINSIDETONEREPORT"
#define SQUEEZED_END "ENDSIDETONEREPORT"

static GByteArray *
unpack (const char *base64,
        gsize       length)
{
  g_autofree char *padded = NULL;
  g_autoptr (GZlibDecompressor) decompressor = NULL;
  g_autofree guchar *packed = NULL;
  gsize n_packed;

  if (length % 4 == 1)
    return NULL;

  padded = g_strdup_printf ("%.*s%s", (int) length, base64,
                            length % 4 == 2 ? "==" : length % 4 == 3 ? "=" : "");
  packed = g_base64_decode (padded, &n_packed);
  decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);

  return convert (G_CONVERTER (decompressor), packed, n_packed, SIDETONE_REPORT_MAX_BYTES);
}

/* The JSON of the first block; NULL if it is damaged */
static GByteArray *
find_json (const char *squeezed)
{
  const char *begin = strstr (squeezed, SQUEEZED_BEGIN);
  const char *end;
  g_autoptr (GByteArray) json = NULL;
  g_autofree char *sum = NULL;

  if (begin == NULL)
    return NULL;

  begin += strlen (SQUEEZED_BEGIN);
  end = strstr (begin, SQUEEZED_END);
  if (end == NULL)
    return NULL;

  json = unpack (begin, end - begin);
  if (json == NULL)
    return NULL;

  sum = make_sum ((const char *) json->data, json->len);

  return strncmp (end + strlen (SQUEEZED_END), sum, SUM) == 0 ? g_steal_pointer (&json) : NULL;
}

/**
 * sidetone_report_block_is_in:
 * @text: a text, which need not end with a zero
 * @length: its length
 *
 * Returns: whether a report begins in it
 */
gboolean
sidetone_report_block_is_in (const char *text,
                             gsize       length)
{
  g_autofree char *squeezed = squeeze (text, length);

  return strstr (squeezed, SQUEEZED_BEGIN) != NULL;
}

/**
 * sidetone_report_block_read:
 * @text: a text, which need not end with a zero
 * @length: its length
 * @error: return location for an error
 *
 * Reads the first report in a text. It is never another one than was written: anything that is missing
 * or changed makes it fail with %G_IO_ERROR_INVALID_DATA. Else it fails as
 * sidetone_report_new_from_json() does. Not more than %SIDETONE_REPORT_MAX_BYTES are unpacked.
 *
 * Returns: (transfer full): the report, judged anew, or %NULL with @error set
 */
SidetoneReport *
sidetone_report_block_read (const char *text,
                            gsize       length,
                            GError    **error)
{
  g_autofree char *squeezed = squeeze (text, length);
  g_autoptr (GByteArray) json = find_json (squeezed);

  if (json == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           sidetone_describe_damaged_block ());
      return NULL;
    }

  return sidetone_report_new_from_json ((const char *) json->data, json->len, error);
}
