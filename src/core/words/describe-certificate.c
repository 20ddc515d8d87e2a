/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "seen/secure.h"

/* A certificate's details, for a user who has to decide about it */

#define MAX_NAMES 20

#define SHA256_DIGITS 64
#define DIGITS_PER_LINE 16

static void
add_text (GPtrArray  *rows,
          const char *title,
          const char *text)
{
  if (text != NULL)
    sidetone_details_take (rows, title, sidetone_text_make_safe (text, SIDETONE_TEXT_MAX_CHARS),
                           TRUE);
}

/* In pairs and short lines, so that two people can compare them aloud */
static void
add_fingerprint (GPtrArray  *rows,
                 const char *title,
                 const char *digits)
{
  g_autoptr (GString) pairs = g_string_new (NULL);
  gsize n = digits != NULL ? strspn (digits, "0123456789abcdefABCDEF") : 0;

  if (n != SHA256_DIGITS || digits[n] != '\0')
    {
      add_text (rows, title, digits);
      return;
    }

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && i % DIGITS_PER_LINE == 0)
        g_string_append_c (pairs, '\n');
      else if (i > 0 && i % 2 == 0)
        g_string_append_c (pairs, ':');
      g_string_append_c (pairs, g_ascii_toupper (digits[i]));
    }
  sidetone_details_take (rows, title, g_strdup (pairs->str), TRUE);
}

/* OpenSSL writes non-ASCII bytes as `\xC3`. */
static char *
unescape (const char *text)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p[0] == '\\' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]))
        {
          g_string_append_c (bytes, g_ascii_xdigit_value (p[2]) * 16 + g_ascii_xdigit_value (p[3]));
          p += 3;
        }
      else
        {
          g_string_append_c (bytes, *p);
        }
    }

  return g_utf8_make_valid (bytes->str, bytes->len);
}

/* Whether another part of a name such as `/O=Let's Encrypt/CN=R3` begins here; a part may contain
 * slashes, too. */
static gboolean
begins_part (const char *text)
{
  gsize length;

  if (*text != '/')
    return FALSE;

  length = strspn (text + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.");

  return length > 0 && text[1 + length] == '=';
}

/* One part of a certificate's name, made safe to show; NULL without such a part */
static char *
dup_part (const char *name,
          const char *prefix)
{
  for (const char *p = name; p != NULL && *p != '\0'; p++)
    {
      g_autofree char *escaped = NULL;
      g_autofree char *text = NULL;
      g_autofree char *safe = NULL;
      const char *end;

      if (!begins_part (p) || !g_str_has_prefix (p, prefix))
        continue;

      for (end = p + 1; *end != '\0' && !begins_part (end); end++)
        ;
      escaped = g_strndup (p + strlen (prefix), end - p - strlen (prefix));
      text = unescape (escaped);
      safe = sidetone_text_make_safe (text, SIDETONE_TEXT_MAX_CHARS);
      if (*safe != '\0')
        return g_steal_pointer (&safe);
    }

  return NULL;
}

static void
append_item (GString    *list,
             const char *item)
{
  if (item == NULL || *item == '\0')
    return;

  if (list->len > 0)
    /* Translators: stands between the names of a certificate: "example.org, www.example.org" */
    g_string_append (list, C_("between names", ", "));
  g_string_append (list, item);
}

/* The certificate's names: those that are compared with the server's name come first. */
static void
add_names (GPtrArray                *rows,
           const char               *title,
           const SidetoneSecureSeen *seen)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *common_name = NULL;
  g_autofree char *organisation = NULL;

  for (guint i = 0; seen->names != NULL && seen->names[i] != NULL && i < MAX_NAMES; i++)
    {
      g_autofree char *safe = sidetone_text_make_safe (seen->names[i], SIDETONE_TEXT_MAX_CHARS);

      append_item (list, safe);
    }

  if (list->len == 0)
    {
      common_name = dup_part (seen->subject, "/CN=");
      append_item (list, common_name);
    }
  if (list->len == 0)
    {
      organisation = dup_part (seen->subject, "/O=");
      append_item (list, organisation);
    }

  if (list->len > 0)
    sidetone_details_take (rows, title, g_strdup (list->str), TRUE);
  else if (seen->sha256 != NULL && *seen->sha256 != '\0')
    sidetone_details_add_words (rows, title, _("no name"));
}

static void
add_issuer (GPtrArray  *rows,
            const char *title,
            const char *issuer)
{
  g_autofree char *organisation = dup_part (issuer, "/O=");
  g_autofree char *common_name = dup_part (issuer, "/CN=");
  g_autoptr (GString) list = g_string_new (NULL);

  append_item (list, organisation);
  if (g_strcmp0 (organisation, common_name) != 0)
    append_item (list, common_name);

  /* The name has other parts, or another library's form */
  if (list->len == 0)
    add_text (rows, title, issuer);
  else
    sidetone_details_take (rows, title, g_strdup (list->str), TRUE);
}

/**
 * sidetone_details_add_certificate:
 * @rows: the rows to add to
 * @observation: of kind %SIDETONE_OBSERVATION_SECURE
 * @field: the certificate's names, issuer or fingerprint
 *
 * Adds the field, if it is known.
 */
void
sidetone_details_add_certificate (GPtrArray           *rows,
                                  SidetoneObservation *observation,
                                  const SidetoneField *field)
{
  const SidetoneSecureSeen *seen = sidetone_observation_get_secure (observation);

  g_return_if_fail (seen != NULL);

  if (field->show == SIDETONE_SHOW_CERTIFICATE_FOR)
    add_names (rows, _(field->title), seen);
  else if (field->show == SIDETONE_SHOW_ISSUED_BY)
    add_issuer (rows, _(field->title), seen->issuer);
  else
    add_fingerprint (rows, _(field->title), seen->sha256);
}

static gboolean
is_about_certificate (const SidetoneField *field)
{
  return field->show == SIDETONE_SHOW_CERTIFICATE_FOR || field->show == SIDETONE_SHOW_ISSUED_BY ||
         field->show == SIDETONE_SHOW_TIME || field->show == SIDETONE_SHOW_FINGERPRINT;
}

/**
 * sidetone_describe_certificate:
 * @observation: an observation of kind %SIDETONE_OBSERVATION_SECURE
 *
 * Describes the server's certificate for a user who has to decide about it.
 *
 * Returns: (transfer full) (element-type SidetoneDetail): the rows; none without a certificate
 */
GPtrArray *
sidetone_describe_certificate (SidetoneObservation *observation)
{
  GPtrArray *rows;

  g_return_val_if_fail (SIDETONE_IS_OBSERVATION (observation), NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sidetone_detail_free);
  for (guint i = 0; i < sidetone_secure_table.n_fields; i++)
    {
      if (is_about_certificate (&sidetone_secure_table.fields[i]))
        sidetone_details_add_field (rows, observation, &sidetone_secure_table.fields[i]);
    }
  sidetone_details_hide (rows, observation);

  return rows;
}
