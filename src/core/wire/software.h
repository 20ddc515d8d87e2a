/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "wire/element.h"

G_BEGIN_DECLS

#define SIDETONE_SOFTWARE_NS "jabber:iq:version"

/* The query, sent to the server's domain */
#define SIDETONE_SOFTWARE_QUERY "<query xmlns='jabber:iq:version'/>"

gboolean sidetone_software_read (const SidetoneElement *iq,
                                 char                 **name,
                                 char                 **version,
                                 GError               **error);

G_END_DECLS
