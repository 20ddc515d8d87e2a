/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"
#include "wire/element.h"

G_BEGIN_DECLS

#define SIDETONE_SERVER_IP_NS "urn:xmpp:sic:1"
#define SIDETONE_SERVER_IP_NS_0 "urn:xmpp:sic:0"

/* The query, sent without `to`: every known server takes that form */
#define SIDETONE_SERVER_IP_QUERY "<address xmlns='urn:xmpp:sic:1'/>"
#define SIDETONE_SERVER_IP_QUERY_0 "<ip xmlns='urn:xmpp:sic:0'/>"

GPtrArray *sidetone_server_ip_read (const SidetoneElement *iq,
                                    GError               **error);

G_END_DECLS
