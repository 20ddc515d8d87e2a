/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"
#include "seen/nat64-prefix.h"

G_BEGIN_DECLS

SidetoneEndpoint *sidetone_reach (const SidetoneNat64Prefix *nat64,
                                  SidetoneEndpoint          *endpoint,
                                  SidetoneEndpoint          *server);

G_END_DECLS
