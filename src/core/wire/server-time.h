/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "wire/element.h"

G_BEGIN_DECLS

#define SIDETONE_SERVER_TIME_NS "urn:xmpp:time"

/* The query, sent to the server's domain */
#define SIDETONE_SERVER_TIME_QUERY "<time xmlns='urn:xmpp:time'/>"

GDateTime *sidetone_server_time_read (const SidetoneElement *iq,
                                      GError               **error);

G_END_DECLS
