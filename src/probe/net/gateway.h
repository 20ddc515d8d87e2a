/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GInetSocketAddress *sidetone_gateway_find (GInetAddress *towards,
                                           char        **interface);

G_END_DECLS
