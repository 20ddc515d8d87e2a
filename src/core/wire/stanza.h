/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "wire/element.h"

G_BEGIN_DECLS

#define SIDETONE_STANZA_ERROR_NS "urn:ietf:params:xml:ns:xmpp-stanzas"

gboolean sidetone_stanza_check_result (const SidetoneElement *iq,
                                       GError               **error);
gboolean sidetone_stanza_get_error (const SidetoneElement *iq,
                                    const char           **condition,
                                    const char           **text);

G_END_DECLS
