/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "address/host.h"

#include <string.h>

#include "address/endpoint.h"

/* Host names as users type them: IDNA A-labels (RFC 5890), IP literals in brackets, ports. */

/* RFC 1035 section 2.3.4, without the root label and the first length byte */
#define MAX_NAME 253
#define MAX_LABEL 63

/* Characters that IDNA allows between letters (RFC 5892 appendix A.3 to A.7): the Catalan and the
 * Katakana middle dot, the Greek numeral sign, the Hebrew geresh and gershayim. */
static const gunichar context_signs[] = { 0x00b7, 0x0375, 0x05f3, 0x05f4, 0x30fb };

/* RFC 5892 section 2.1: letters, marks and digits */
static gboolean
is_label_char (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (context_signs); i++)
    if (c == context_signs[i])
      return TRUE;

  return c < 0x80 || g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static gboolean
is_ascii_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > MAX_LABEL || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;

  return TRUE;
}

/* No top-level domain is a number: what looks like one (`192.0.2`, `300.1.1.1`) is a mistyped
 * address, which some resolvers would even accept. */
static gboolean
is_ascii_name (const char *name)
{
  g_auto (GStrv) labels = g_strsplit (name, ".", -1);
  guint n_labels = g_strv_length (labels);

  if (n_labels == 0 || strlen (name) > MAX_NAME)
    return FALSE;

  for (guint i = 0; i < n_labels; i++)
    if (!is_ascii_label (labels[i]))
      return FALSE;

  return strspn (labels[n_labels - 1], "0123456789") < strlen (labels[n_labels - 1]);
}

static gboolean
prepare_name (const char *text,
              char      **ascii,
              char      **unicode)
{
  g_autofree char *a_labels = g_hostname_to_ascii (text);
  g_autofree char *u_labels = NULL;
  g_autofree char *again = NULL;

  /* A dot at the end only says that the name is complete; RFC 7622 section 3.2 drops it. */
  if (a_labels != NULL && g_str_has_suffix (a_labels, "."))
    a_labels[strlen (a_labels) - 1] = '\0';

  if (a_labels == NULL || !is_ascii_name (a_labels))
    return FALSE;

  /* GLib also decodes labels that no encoder makes, such as ones with upper-case letters. */
  u_labels = g_hostname_to_unicode (a_labels);
  if (u_labels == NULL)
    return FALSE;

  again = g_hostname_to_ascii (u_labels);
  if (g_strcmp0 (again, a_labels) != 0)
    return FALSE;

  for (const char *at = u_labels; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_label_char (g_utf8_get_char (at)))
      return FALSE;

  *ascii = g_steal_pointer (&a_labels);
  *unicode = g_steal_pointer (&u_labels);

  return TRUE;
}

/**
 * sidetone_host_prepare:
 * @text: a name or an IP address literal, an IPv6 one in brackets
 * @ascii: (out): the form for name lookups: lower case, A-labels; an IPv6 address without brackets
 * @unicode: (out): the form for display and for XMPP streams: lower case, U-labels; an IPv6 address
 *   in brackets
 *
 * Checks a host and writes it in both forms (RFC 5890 section 2.3.2.1). GLib maps and encodes
 * internationalised names. A dot at the end is dropped.
 *
 * Returns: %TRUE if @text can be a host; otherwise @ascii and @unicode are not touched
 */
gboolean
sidetone_host_prepare (const char *text,
                       char      **ascii,
                       char      **unicode)
{
  g_autoptr (SidetoneEndpoint) literal = NULL;
  gboolean brackets;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ascii != NULL, FALSE);
  g_return_val_if_fail (unicode != NULL, FALSE);

  brackets = *text == '[';
  literal = sidetone_endpoint_new_from_string (text, 0, SIDETONE_TRANSPORT_UNKNOWN, NULL);
  if (literal == NULL)
    return !brackets && g_utf8_validate (text, -1, NULL) && prepare_name (text, ascii, unicode);

  if (strchr (text, ':') != NULL && !brackets)
    return FALSE;

  *ascii = sidetone_endpoint_dup_address (literal);
  *unicode = brackets ? g_strdup_printf ("[%s]", *ascii) : g_strdup (*ascii);

  return TRUE;
}

/**
 * sidetone_host_dup_page:
 * @text: a host, as sidetone_host_prepare() takes it
 *
 * Makes the address of a host's web page, without TLS: a captive portal can answer only in place of
 * such a page.
 *
 * Returns: (transfer full) (nullable): the URI; %NULL if @text can't be a host
 */
char *
sidetone_host_dup_page (const char *text)
{
  g_autofree char *ascii = NULL;
  g_autofree char *unicode = NULL;

  if (!sidetone_host_prepare (text, &ascii, &unicode))
    return NULL;

  return g_strdup_printf (strchr (ascii, ':') != NULL ? "http://[%s]/" : "http://%s/", ascii);
}
