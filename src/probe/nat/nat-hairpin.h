/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "nat/nat-ground.h"

G_BEGIN_DECLS

void sidetone_nat_hairpin_async (SidetoneNatGround       *ground,
                                 const SidetoneNatServer *server,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 user_data);
SidetoneNatTrial sidetone_nat_hairpin_finish (GAsyncResult *result);

G_END_DECLS
