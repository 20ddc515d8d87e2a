/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "outside.h"

#include "address/host.h"
#include "base/text.h"

#include <glib/gi18n.h>

/* What other programs show: a web page in the browser, a letter in the mail program. In a Flatpak,
 * GTK asks the desktop for it (the portal OpenURI). */

typedef struct
{
  GtkWindow *window;
  char *text;
  char *words;
  SidetoneOutsideTell tell;
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->window);
  g_free (self->text);
  g_free (self->words);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Opening) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (self->window, result, &error))
    return;

  g_debug ("Nothing opened: %s", error->message);
  if (self->text == NULL || sidetone_outside_copy (self->window, self->text))
    self->tell (self->window, self->words);
  else
    self->tell (self->window, _("No app for it was found, and it could not be copied"));
}

/**
 * sidetone_outside_copy:
 * @window: a window
 * @text: a text
 *
 * Copies a text to the clipboard.
 *
 * Returns: whether the display took it, which gdk_clipboard_set_text () does not tell
 */
gboolean
sidetone_outside_copy (GtkWindow  *window,
                       const char *text)
{
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_typed (G_TYPE_STRING, text);

  return gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (window)), content);
}

/* @text: (nullable): what to copy if no program opens @uri; @words: what to say then */
static void
open_uri (GtkWindow          *window,
          const char         *uri,
          const char         *text,
          const char         *words,
          SidetoneOutsideTell tell)
{
  Opening *self = g_new0 (Opening, 1);

  self->window = g_object_ref (window);
  self->text = g_strdup (text);
  self->words = g_strdup (words);
  self->tell = tell;
  gtk_show_uri_full (window, uri, GDK_CURRENT_TIME, NULL, open_cb, self);
}

/**
 * sidetone_outside_open_page:
 * @window: the window in front of which it is shown
 * @uri: a web page
 * @tell: says what is left to the user
 *
 * Opens a web page in the browser.
 */
void
sidetone_outside_open_page (GtkWindow          *window,
                            const char         *uri,
                            SidetoneOutsideTell tell)
{
  g_autofree char *words = NULL;

  /* Translators: %s is the address of a web page */
  words = g_strdup_printf (_("Open %s in your web browser"), uri);
  open_uri (window, uri, NULL, words, tell);
}

/**
 * sidetone_outside_open_login_page:
 * @window: the window in front of which it is shown
 * @domain: the account's server
 * @tell: says what is left to the user
 *
 * Opens this network's login page (a captive portal): its web server answers in place of any page
 * without TLS. The account's server is asked for one anyway, so that nobody else learns of it.
 */
void
sidetone_outside_open_login_page (GtkWindow          *window,
                                  const char         *domain,
                                  SidetoneOutsideTell tell)
{
  g_autofree char *page = sidetone_host_dup_page (domain);

  if (page != NULL)
    sidetone_outside_open_page (window, page, tell);
}

/* Copies a letter, and opens the place for it. */
static void
open_place (GtkWindow            *window,
            const SidetoneLetter *letter,
            SidetoneOutsideTell   tell)
{
  g_autofree char *text = sidetone_letter_to_text (letter);
  g_autofree char *address = sidetone_text_make_safe (letter->recipient->address,
                                                      SIDETONE_TEXT_MAX_CHARS);
  g_autofree char *words = NULL;

  if (!sidetone_outside_copy (window, text))
    {
      tell (window, _("The message could not be copied"));
      return;
    }

  /* Translators: %s is an XMPP address or the address of a web page */
  words = g_strdup_printf (_("The message was copied: paste it at %s"), address);
  tell (window, words);
  open_uri (window, letter->recipient->uri, NULL, words, tell);
}

/**
 * sidetone_outside_open_letter:
 * @window: the window in front of which it is shown
 * @letter: a letter
 * @tell: says what is left to the user
 *
 * Opens a letter in the mail program. What that can't take is copied to the clipboard; without a
 * mail program, all of it is. If its reader is reached in a chat or on a web page, that is opened,
 * and the letter copied.
 */
void
sidetone_outside_open_letter (GtkWindow            *window,
                              const SidetoneLetter *letter,
                              SidetoneOutsideTell   tell)
{
  g_autofree char *left_out = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *text = NULL;

  if (letter->recipient != NULL && letter->recipient->kind != SIDETONE_CONTACT_MAIL)
    {
      open_place (window, letter, tell);
      return;
    }

  uri = sidetone_letter_to_uri (letter, &left_out);
  text = sidetone_letter_to_text (letter);
  if (left_out != NULL && sidetone_outside_copy (window, left_out))
    tell (window, _("The rest was copied: paste it into the e-mail"));
  open_uri (window, uri, text, _("The message was copied: paste it into an e-mail"), tell);
}
