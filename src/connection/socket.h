/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"
#include "base/error.h"

G_BEGIN_DECLS

gboolean sidetone_socket_is_connected (int fd);
SidetoneEndpoint *sidetone_socket_get_local (int fd);
SidetoneEndpoint *sidetone_socket_get_peer (int fd);
gint64 sidetone_socket_get_rtt_us (int fd);
guint64 sidetone_socket_get_bytes_received (int fd);
guint64 sidetone_socket_get_bytes_unread (int fd);
int sidetone_socket_take_error (int fd);
void sidetone_socket_acknowledge (int fd);
char *sidetone_socket_peek (int fd);

SidetoneError sidetone_socket_error_from_errno (int code);

G_END_DECLS
