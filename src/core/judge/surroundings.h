/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GStrv sidetone_surroundings_find_tunnels (GPtrArray *interfaces);
GStrv sidetone_surroundings_find_broken_ipv6 (GPtrArray *observations);

G_END_DECLS
