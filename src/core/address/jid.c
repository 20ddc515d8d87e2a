/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "address/jid.h"

#include <string.h>

#include "address/host.h"
#include "base/error.h"

/* JIDs (RFC 7622): the parts of an XMPP address, prepared by PRECIS. Own code, because no available
 * library does it without a connection. */

typedef struct
{
  gunichar first;
  gunichar last;
} CharRange;

/* RFC 8264 section 9.6: code points that are allowed despite their category. Characters that depend
 * on their neighbours (RFC 5892 appendix A) are allowed too, without a look at these. */
static const CharRange allowed_ranges[] = {
  { 0x00b7, 0x00b7 }, { 0x0375, 0x0375 }, { 0x05f3, 0x05f4 }, { 0x06fd, 0x06fe },
  { 0x0f0b, 0x0f0b }, { 0x3007, 0x3007 }, { 0x30fb, 0x30fb },
};

/* The same section, old Hangul jamo (9.9), and invisible characters (9.13) with the category of a
 * letter or mark */
static const CharRange refused_ranges[] = {
  { 0x034f, 0x034f }, { 0x0640, 0x0640 }, { 0x07fa, 0x07fa }, { 0x1100, 0x11ff },
  { 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x302e, 0x302f }, { 0x3031, 0x3035 },
  { 0x303b, 0x303b }, { 0xa960, 0xa97f }, { 0xd7b0, 0xd7ff }, { 0xfe00, 0xfe0f },
  { 0xe0100, 0xe01ef },
};

static gboolean
is_in_ranges (gunichar         c,
              const CharRange *ranges,
              gsize            n_ranges)
{
  for (gsize i = 0; i < n_ranges; i++)
    if (c >= ranges[i].first && c <= ranges[i].last)
      return TRUE;

  return FALSE;
}

/* RFC 8264 section 9.17: has another form that differs only in its looks, such as ª for a */
static gboolean
is_compatibility_char (gunichar c)
{
  g_autofree char *normal = NULL;
  char text[7] = { 0 };

  g_unichar_to_utf8 (c, text);
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_strcmp0 (normal, text) != 0;
}

/* RFC 8264 section 4.2: the IdentifierClass, without what RFC 7622 section 3.3.1 excludes */
static gboolean
is_localpart_char (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isgraph (c) && strchr ("\"&'/:<>@", c) == NULL;

  if (is_in_ranges (c, allowed_ranges, G_N_ELEMENTS (allowed_ranges)))
    return TRUE;

  if (is_in_ranges (c, refused_ranges, G_N_ELEMENTS (refused_ranges)) ||
      is_compatibility_char (c))
    return FALSE;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
      return TRUE;

    default:
      return FALSE;
    }
}

/* Fullwidth and halfwidth forms (U+FF00 to U+FFEF) and the ideographic space become their ordinary
 * forms. */
static gunichar
map_width (gunichar c)
{
  gunichar mapped;

  if ((c >= 0xff00 && c <= 0xffef) || c == 0x3000)
    if (g_unichar_fully_decompose (c, TRUE, &mapped, 1) == 1)
      return mapped;

  return c;
}

/* The UsernameCaseMapped profile, RFC 8265 section 3.3, as far as GLib's tables go: letters are
 * lowered one by one, and the Bidi Rule is left to the server. The result does not depend on the
 * locale. */
static char *
prepare_localpart (const char *text,
                   GError    **error)
{
  g_autoptr (GString) mapped = g_string_new (NULL);
  g_autofree char *localpart = NULL;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (mapped, g_unichar_tolower (map_width (g_utf8_get_char (at))));

  localpart = g_utf8_normalize (mapped->str, mapped->len, G_NORMALIZE_DEFAULT_COMPOSE);

  for (const char *at = localpart; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_localpart_char (c))
        {
          g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER,
                       "U+%04X is not allowed before the @ of an account", c);
          return NULL;
        }
    }

  if (strlen (localpart) > SIDETONE_JID_MAX_BYTES)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_ACCOUNT_TOO_LONG,
                   "more than %d bytes before the @ of an account", SIDETONE_JID_MAX_BYTES);
      return NULL;
    }

  return g_steal_pointer (&localpart);
}

static gboolean
prepare_domain (const char *text,
                char      **domain,
                char      **ascii_domain,
                GError    **error)
{
  if (strlen (text) > SIDETONE_JID_MAX_BYTES)
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_ACCOUNT_TOO_LONG,
                   "more than %d bytes behind the @ of an account", SIDETONE_JID_MAX_BYTES);
      return FALSE;
    }

  if (!sidetone_host_prepare (text, ascii_domain, domain))
    {
      g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_ACCOUNT_BAD_DOMAIN,
                   "“%.253s” is not a domain", text);
      return FALSE;
    }

  return TRUE;
}

/* Pasted JIDs may have white space around them, or be a link (RFC 5122), with a query and
 * percent-encoded characters. %NULL if the link is broken. */
static char *
unwrap (const char *text)
{
  g_autofree char *jid = g_strstrip (g_strdup (text));
  const char *start = jid;

  if (g_ascii_strncasecmp (jid, "xmpp:", 5) != 0)
    return g_steal_pointer (&jid);

  start += 5;
  jid[5 + strcspn (start, "?#")] = '\0';

  return g_uri_unescape_string (start, NULL);
}

/**
 * sidetone_jid_prepare:
 * @text: the user's input
 * @localpart: (out): the part before the @, prepared
 * @domain: (out): the part after the @, with U-labels; an IPv6 address in brackets
 * @ascii_domain: (out): the same for name lookups, with A-labels; an IPv6 address without brackets
 * @error: return location for an error
 *
 * Reads a JID that has a localpart, and prepares its parts for comparison and for the wire
 * (RFC 7622 sections 3.2 and 3.3). White space around it, the `xmpp:` of a link and a resource are
 * dropped: an account is a bare JID.
 *
 * Fails with one of the %SIDETONE_ERROR_ACCOUNT errors, by what the user can do, and leaves the
 * three out parameters unset.
 *
 * Returns: %TRUE if @text is a JID, or %FALSE with @error set
 */
gboolean
sidetone_jid_prepare (const char *text,
                      char      **localpart,
                      char      **domain,
                      char      **ascii_domain,
                      GError    **error)
{
  g_autofree char *jid = NULL;
  g_autofree char *prepared = NULL;
  char *at;

  g_return_val_if_fail (text != NULL, FALSE);

  jid = unwrap (text);
  if (jid == NULL || !g_utf8_validate (jid, -1, NULL))
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_ACCOUNT_FORBIDDEN_CHARACTER,
                           "the account is not text");
      return FALSE;
    }

  if (*jid == '\0')
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_ACCOUNT_EMPTY,
                           "the account is empty");
      return FALSE;
    }

  /* RFC 7622 section 3.2: the first slash ends the domain, then the first @ begins it. */
  jid[strcspn (jid, "/")] = '\0';
  at = strchr (jid, '@');

  if (at == jid)
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_ACCOUNT_NO_NAME,
                           "nothing stands before the @ of the account");
      return FALSE;
    }

  if (at == NULL || at[1] == '\0')
    {
      g_set_error_literal (error, SIDETONE_ERROR, SIDETONE_ERROR_ACCOUNT_NO_DOMAIN,
                           "no domain stands behind an @ in the account");
      return FALSE;
    }

  *at = '\0';
  prepared = prepare_localpart (jid, error);
  if (prepared == NULL || !prepare_domain (at + 1, domain, ascii_domain, error))
    return FALSE;

  *localpart = g_steal_pointer (&prepared);

  return TRUE;
}
