/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "wire/element.h"
#include "wire/service.h"

G_BEGIN_DECLS

#define SIDETONE_SERVICES_NS "urn:xmpp:extdisco:2"
#define SIDETONE_SERVICES_NS_1 "urn:xmpp:extdisco:1"

/* The query, sent to the server's domain */
#define SIDETONE_SERVICES_QUERY "<services xmlns='urn:xmpp:extdisco:2'/>"
#define SIDETONE_SERVICES_QUERY_1 "<services xmlns='urn:xmpp:extdisco:1'/>"

#define SIDETONE_SERVICES_MAX 64

GPtrArray *sidetone_services_read (const SidetoneElement *iq,
                                   guint                 *n_unusable,
                                   char                ***unreadable,
                                   GError               **error);

G_END_DECLS
