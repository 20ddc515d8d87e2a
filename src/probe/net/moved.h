/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/evidence.h"

G_BEGIN_DECLS

gboolean sidetone_moved_since (SidetoneEvidence *evidence);

G_END_DECLS
