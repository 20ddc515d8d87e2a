/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "words/describe-private.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"

/* Words for errors, from their rows in base/error.c. */

typedef struct
{
  const SidetoneErrorRow *row;
  const char *name;                /* safe to show; NULL if it is not known */
} Event;

/* The placeholders in errors' words, and what replaces an unknown name */
static const struct
{
  const char *placeholder;
  const char *unnamed;
} names[] = {
  /* Translators: stands for the name of a server at the beginning of a sentence */
  { "server", N_("Your server") },
  /* Translators: stands for the name of a server inside a sentence */
  { "the-server", N_("your server") },
  /* Translators: stands for an account at the beginning of a sentence */
  { "account", N_("The account") },
  /* Translators: stands for the name of a file at the beginning of a sentence */
  { "file", N_("The file") },
  /* Translators: stands for what was typed, at the beginning of a sentence: "This is not an IP
   * address." */
  { "typed", N_("This") },
};

static char *
fill (const char *placeholder,
      gpointer    user_data)
{
  const Event *event = user_data;

  if (g_str_equal (placeholder, "seconds") && event->row->deadline != NULL)
    return g_strdup_printf ("%u", *event->row->deadline / 1000);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (placeholder, names[i].placeholder))
        return g_strdup (event->name != NULL ? event->name : _(names[i].unnamed));
    }

  return NULL;
}

/* What happened, in one sentence */
static char *
describe_event (SidetoneError error,
                const char   *name)
{
  Event event = { sidetone_error_get_row (error), name };

  return sidetone_text_fill (_(event.row->event), fill, &event);
}

/**
 * sidetone_describe_error_event:
 * @error: an error
 * @name: (nullable): the host, account or file concerned
 * @server_text: (nullable): the server's own text, unchecked
 *
 * Says what happened, but not what to do about it.
 *
 * Returns: (transfer full): a sentence, and another one with the server's text if there is any
 */
char *
sidetone_describe_error_event (SidetoneError error,
                               const char   *name,
                               const char   *server_text)
{
  g_autofree char *safe_name = NULL;
  g_autofree char *safe_text = NULL;
  g_autofree char *event = NULL;
  g_autofree char *words = NULL;

  if (name != NULL)
    safe_name = sidetone_text_make_safe (name, SIDETONE_TEXT_MAX_CHARS);
  event = describe_event (error, safe_name != NULL && *safe_name != '\0' ? safe_name : NULL);

  if (server_text != NULL)
    safe_text = sidetone_text_make_safe (server_text, SIDETONE_TEXT_MAX_CHARS);
  if (safe_text == NULL || *safe_text == '\0')
    return g_steal_pointer (&event);

  /* Translators: the first %s is a sentence about what went wrong, the second one is what the
   * server said about it, word for word */
  words = g_strdup_printf (_("%s The server's own words: “%s”"), event, safe_text);

  return g_strconcat (words, strchr (".!?", safe_text[strlen (safe_text) - 1]) != NULL ? "" : ".", NULL);
}

/**
 * sidetone_describe_error_advice:
 * @error: an error
 *
 * Says what to do about it.
 *
 * Returns: (transfer none): a sentence that starts with a verb
 */
const char *
sidetone_describe_error_advice (SidetoneError error)
{
  return _(sidetone_error_get_row (error)->advice);
}

/**
 * sidetone_describe_error_in_short:
 * @error: (nullable): why a call server does not work
 *
 * Returns: (transfer none): a few words, for a row that has no room for a sentence
 */
const char *
sidetone_describe_error_in_short (const GError *error)
{
  SidetoneError code = error != NULL && error->domain == SIDETONE_ERROR ? error->code
                       : SIDETONE_ERROR_UNKNOWN;
  const char *words = sidetone_error_get_row (code)->in_short;

  return _(words != NULL ? words : sidetone_error_get_row (SIDETONE_ERROR_UNKNOWN)->in_short);
}

/**
 * sidetone_describe_error:
 * @error: an error
 * @name: (nullable): the host concerned; the account if the input or the password is at fault; the
 *   file if a file is
 * @server_text: (nullable): the server's own text, unchecked
 *
 * Says on one line what happened and what to do next. Names and text from outside are made safe to
 * show, and bounded.
 *
 * Returns: (transfer full): whole sentences, such as "The password for montague.lit was not
 *   accepted. Type the password again."
 */
char *
sidetone_describe_error (SidetoneError error,
                         const char   *name,
                         const char   *server_text)
{
  g_autofree char *event = sidetone_describe_error_event (error, name, server_text);

  return g_strdup_printf ("%s %s", event, sidetone_describe_error_advice (error));
}

static const char *
get_name (SidetoneError error,
          const char   *domain)
{
  return sidetone_error_has_trait (error, SIDETONE_ERROR_IS_TYPED) ? NULL : domain;
}

/**
 * sidetone_describe_server_error:
 * @error: an error
 * @domain: (nullable): the account's server
 * @server_text: (nullable): the server's own text, unchecked
 *
 * Like sidetone_describe_error(), if only the server is known: errors about a file or an account
 * don't name it.
 *
 * Returns: (transfer full): whole sentences
 */
char *
sidetone_describe_server_error (SidetoneError error,
                                const char   *domain,
                                const char   *server_text)
{
  return sidetone_describe_error (error, get_name (error, domain), server_text);
}

/**
 * sidetone_describe_server_event:
 * @error: an error
 * @domain: (nullable): the account's server
 * @server_text: (nullable): the server's own text, unchecked
 *
 * Like sidetone_describe_error_event(), if only the server is known.
 *
 * Returns: (transfer full): a sentence, and another one with the server's text if there is any
 */
char *
sidetone_describe_server_event (SidetoneError error,
                                const char   *domain,
                                const char   *server_text)
{
  return sidetone_describe_error_event (error, get_name (error, domain), server_text);
}

/**
 * sidetone_describe_next_step:
 * @next_step: what the user can do next
 *
 * Returns: (transfer none) (nullable): a button's label, with an underscore before its mnemonic;
 *   %NULL for %SIDETONE_NEXT_STEP_UNKNOWN
 */
const char *
sidetone_describe_next_step (SidetoneNextStep next_step)
{
  switch (next_step)
    {
    case SIDETONE_NEXT_STEP_UNKNOWN:
      break;

    case SIDETONE_NEXT_STEP_CHECK_AGAIN:
      return _("Check _Again");

    case SIDETONE_NEXT_STEP_WAIT_ONLINE:
      return _("Check Again When _Online");

    case SIDETONE_NEXT_STEP_CORRECT_ACCOUNT:
      return _("_Edit Account");

    case SIDETONE_NEXT_STEP_CORRECT_PASSWORD:
      return _("_Re-enter Password");

    case SIDETONE_NEXT_STEP_CORRECT_SERVER:
      return _("Edit _Server");

    case SIDETONE_NEXT_STEP_ACCEPT_CERTIFICATE:
      return _("_Trust for This Check Only");

    case SIDETONE_NEXT_STEP_CHOOSE_CA_FILE:
      return _("_Choose Another File");

    case SIDETONE_NEXT_STEP_LOG_IN:
      return _("Open _Login Page");

    case SIDETONE_NEXT_STEP_TELL_ADMINISTRATOR:
      return _("_Write to the Administrator…");

    case SIDETONE_NEXT_STEP_REPORT_BUG:
      return _("Report _Bug");
    }

  return NULL;
}
