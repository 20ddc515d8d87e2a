/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 7622 section 3.1, for each part */
#define SIDETONE_JID_MAX_BYTES 1023

gboolean sidetone_jid_prepare (const char *text,
                               char      **localpart,
                               char      **domain,
                               char      **ascii_domain,
                               GError    **error);

G_END_DECLS
