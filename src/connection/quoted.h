/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>
#include <strophe.h>

G_BEGIN_DECLS

void sidetone_quoted_remember (const char *jid,
                               const char *password);
char *sidetone_quoted_hide (const char *text);
char *sidetone_quoted_hide_long (const char *text);
void sidetone_quoted_hide_in_stanza (xmpp_stanza_t *stanza);

G_END_DECLS
