/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

GSocketAddress *sidetone_udp_socket_find_local (GSocketAddress *peer,
                                                GError        **error);
GSocket *sidetone_udp_socket_new_towards (GSocketAddress    *peer,
                                          SidetoneEndpoint **local,
                                          GError           **error);

G_END_DECLS
