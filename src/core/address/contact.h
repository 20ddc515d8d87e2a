/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SidetoneContactKind:
 *
 * How a person is reached, the easiest way for a text first.
 */
typedef enum
{
  SIDETONE_CONTACT_UNKNOWN,
  SIDETONE_CONTACT_MAIL,   /* mailto (RFC 6068) */
  SIDETONE_CONTACT_CHAT,   /* xmpp (RFC 5122) */
  SIDETONE_CONTACT_PAGE,   /* https */
} SidetoneContactKind;

/**
 * SidetoneContact:
 * @kind: how the person is reached
 * @address: an e-mail address, a bare JID or a web page, to be shown
 * @uri: the same as a URI that is safe to open
 *
 * Where a server's administrator is reached (XEP-0157).
 */
typedef struct
{
  SidetoneContactKind kind;
  char *address;
  char *uri;
} SidetoneContact;

SidetoneContact *sidetone_contact_new_from_uri (const char *text);
void sidetone_contact_free (SidetoneContact *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneContact, sidetone_contact_free)

G_END_DECLS
