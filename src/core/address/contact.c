/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "address/contact.h"

#include <string.h>

#include "address/host.h"
#include "address/jid.h"

/* Contact addresses of a server (XEP-0157): mailto, xmpp and https URIs as any server may write them.
 * A new URI is made from the address alone, so that nothing else in the server's is ever opened: no
 * header field of a mail, no second recipient, no message that is already written. */

#define MAX_BYTES 512
/* RFC 5321, section 4.5.3.1.1 */
#define MAX_LOCALPART 64

/* RFC 5322, section 3.2.3: what may stand before the @ without quotes, and dots */
#define MAIL_SIGNS "!#$%&'*+-/=?^_`{|}~."
/* RFC 3986, section 2 */
#define URI_SIGNS "-._~:/?#[]@!$&'()*+,;=%"

static gboolean
consists_of (const char *text,
             const char *signs)
{
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isalnum (*at) && strchr (signs, *at) == NULL)
        return FALSE;
    }

  return *text != '\0';
}

static SidetoneContact *
take (SidetoneContactKind kind,
      char               *address,
      char               *uri)
{
  SidetoneContact *self = g_new0 (SidetoneContact, 1);

  self->kind = kind;
  self->address = address;
  self->uri = uri;

  return self;
}

/* An address without quotes, comments and an address literal: what people have. */
static SidetoneContact *
read_mail (const char *rest)
{
  g_autofree char *text = g_strndup (rest, strcspn (rest, "?#"));
  g_autofree char *address = g_uri_unescape_string (text, NULL);
  g_autofree char *ascii = NULL;
  g_autofree char *unicode = NULL;
  g_autofree char *localpart = NULL;
  g_autofree char *escaped = NULL;
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  if (at == NULL || at - address > MAX_LOCALPART)
    return NULL;

  localpart = g_strndup (address, at - address);
  if (!consists_of (localpart, MAIL_SIGNS) || g_hostname_is_ip_address (at + 1) || at[1] == '[' ||
      !sidetone_host_prepare (at + 1, &ascii, &unicode))
    return NULL;

  escaped = g_uri_escape_string (localpart, NULL, FALSE);

  return take (SIDETONE_CONTACT_MAIL, g_strdup_printf ("%s@%s", localpart, ascii),
               g_strdup_printf ("mailto:%s@%s", escaped, ascii));
}

/* A support room's URI says that it is to be joined; every other action is dropped. */
static SidetoneContact *
read_chat (const char *text)
{
  const char *action = strchr (text, '?');
  g_autofree char *localpart = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *escaped = NULL;

  if (!sidetone_jid_prepare (text, &localpart, &domain, &ascii, NULL) || strchr (ascii, ':') != NULL)
    return NULL;

  escaped = g_uri_escape_string (localpart, NULL, FALSE);

  return take (SIDETONE_CONTACT_CHAT, g_strdup_printf ("%s@%s", localpart, domain),
               g_strdup_printf ("xmpp:%s@%s%s", escaped, ascii,
                                g_strcmp0 (action, "?join") == 0 ? "?join" : ""));
}

/* What stands before an @ could look like the host. */
static SidetoneContact *
read_page (const char *text)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *unicode = NULL;

  if (!consists_of (text, URI_SIGNS))
    return NULL;

  uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_host (uri) == NULL ||
      g_hostname_is_ip_address (g_uri_get_host (uri)) ||
      !sidetone_host_prepare (g_uri_get_host (uri), &ascii, &unicode))
    return NULL;

  return take (SIDETONE_CONTACT_PAGE, g_uri_to_string (uri), g_uri_to_string (uri));
}

/**
 * sidetone_contact_new_from_uri:
 * @text: a URI from a server or from a report
 *
 * Reads a contact address. A mail's header fields and all but its first part, a chat's action and
 * resource are dropped.
 *
 * Returns: (transfer full) (nullable): the contact; %NULL if @text is too long, is none of the three
 *   kinds of URIs, or names more than one address
 */
SidetoneContact *
sidetone_contact_new_from_uri (const char *text)
{
  g_autofree char *uri = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return NULL;

  uri = g_strstrip (g_strdup (text));
  if (g_ascii_strncasecmp (uri, "mailto:", 7) == 0)
    return read_mail (uri + 7);
  if (g_ascii_strncasecmp (uri, "xmpp:", 5) == 0)
    return read_chat (uri);
  if (g_ascii_strncasecmp (uri, "https:", 6) == 0)
    return read_page (uri);

  return NULL;
}

/**
 * sidetone_contact_free:
 * @self: (transfer full): a contact
 *
 * Frees @self.
 */
void
sidetone_contact_free (SidetoneContact *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->address);
  g_free (self->uri);
  g_free (self);
}
