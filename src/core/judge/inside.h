/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"

G_BEGIN_DECLS

gboolean sidetone_inside_is_seen_near (const SidetoneEvidence *evidence);
gboolean sidetone_inside_is_own_address (const SidetoneEvidence *evidence,
                                         SidetoneEndpoint       *server);

G_END_DECLS
