/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone-connection"

#include "config.h"

#include "quoted.h"

#include "base/secret.h"

#include <string.h>

/* A server that got the password by SASL PLAIN may quote it back, in its words about a refusal or
 * in an answer. Nobody is to find it in a report, which is why this redaction is made here, where
 * all that a server says passes through. */

/* A shorter password may be in an honest answer by chance, as part of a name. */
#define FEWEST_CHARS_IN_ANSWERS 8

/* Base64 of PLAIN's message (RFC 4616) and of the password, each with and without padding, and the
 * password itself: one that has another in it comes first. There is one password a process. */
static char *forms[5 + 1];
static gboolean hide_in_answers;

/**
 * sidetone_quoted_remember:
 * @jid: the account
 * @password: its password
 *
 * Notes what is not to be shown.
 */
void
sidetone_quoted_remember (const char *jid,
                          const char *password)
{
  g_autofree char *name = g_strndup (jid, strcspn (jid, "@"));
  g_autoptr (GString) plain = g_string_new (NULL);

  g_string_append_c (plain, '\0');
  g_string_append (plain, name);
  g_string_append_c (plain, '\0');
  g_string_append (plain, password);

  forms[0] = g_base64_encode ((const guchar *) plain->str, plain->len);
  forms[1] = g_strndup (forms[0], strcspn (forms[0], "="));
  forms[2] = g_base64_encode ((const guchar *) password, strlen (password));
  forms[3] = g_strndup (forms[2], strcspn (forms[2], "="));
  forms[4] = g_strdup (password);
  explicit_bzero (plain->str, plain->len);
  /* What the account's own address says is no secret, and many answers have it. */
  hide_in_answers = strlen (password) >= FEWEST_CHARS_IN_ANSWERS && strstr (jid, password) == NULL;
}

/**
 * sidetone_quoted_hide:
 * @text: a server's words
 *
 * Returns: (transfer full): @text with a mask for each quotation of the password
 */
char *
sidetone_quoted_hide (const char *text)
{
  return sidetone_secret_hide (text, (const char *const *) forms);
}

/**
 * sidetone_quoted_hide_long:
 * @text: a part of an answer
 *
 * Returns: (transfer full): @text, with a mask for each quotation of a password that can't be there
 *   by chance
 */
char *
sidetone_quoted_hide_long (const char *text)
{
  return hide_in_answers ? sidetone_quoted_hide (text) : g_strdup (text);
}

static gboolean
is_words (xmpp_stanza_t *stanza)
{
  return g_strcmp0 (xmpp_stanza_get_name (stanza), "text") == 0;
}

static void
hide_in_attributes (xmpp_stanza_t *stanza)
{
  int n = 2 * xmpp_stanza_get_attribute_count (stanza);
  g_autofree const char **attributes = g_new0 (const char *, MAX (n, 1));
  g_auto (GStrv) copies = g_new0 (char *, n + 1);

  n = xmpp_stanza_get_attributes (stanza, attributes, n);
  /* To set one may move the others. */
  for (int i = 0; i < n; i++)
    copies[i] = i % 2 == 0 ? g_strdup (attributes[i]) : sidetone_quoted_hide_long (attributes[i]);
  for (int i = 0; i + 1 < n; i += 2)
    xmpp_stanza_set_attribute (stanza, copies[i], copies[i + 1]);
}

static void
hide_in_text (xmpp_stanza_t *stanza,
              gboolean       words)
{
  xmpp_ctx_t *context = xmpp_stanza_get_context (stanza);
  char *text = xmpp_stanza_get_text (stanza);
  g_autofree char *hidden = NULL;

  if (text == NULL)
    return;
  hidden = words ? sidetone_quoted_hide (text) : sidetone_quoted_hide_long (text);
  xmpp_stanza_set_text (stanza, hidden);
  xmpp_free (context, text);
}

/**
 * sidetone_quoted_hide_in_stanza:
 * @stanza: an answer
 *
 * Masks quotations of the password in names, attributes and text. An error's words may have no part
 * of a short password, either.
 */
void
sidetone_quoted_hide_in_stanza (xmpp_stanza_t *stanza)
{
  const char *name = xmpp_stanza_get_name (stanza);
  g_autofree char *hidden = name != NULL ? sidetone_quoted_hide_long (name) : NULL;

  if (hidden != NULL && !g_str_equal (hidden, name))
    xmpp_stanza_set_name (stanza, "hidden");
  hide_in_attributes (stanza);
  for (xmpp_stanza_t *child = xmpp_stanza_get_children (stanza); child != NULL;
       child = xmpp_stanza_get_next (child))
    {
      if (xmpp_stanza_is_text (child))
        hide_in_text (child, is_words (stanza));
      else
        sidetone_quoted_hide_in_stanza (child);
    }
}
