/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean sidetone_surroundings_have_tunnel (GListModel   *observations,
                                            GStrvBuilder *evidence);
gboolean sidetone_surroundings_have_broken_ipv6 (GListModel   *observations,
                                                 GStrvBuilder *evidence);

G_END_DECLS
