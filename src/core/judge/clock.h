/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "base/error.h"
#include "judge/evidence.h"

G_BEGIN_DECLS

/* Less does not matter to certificates. */
#define SIDETONE_CLOCK_TOLERANCE_S 3600

gint64 sidetone_clock_get_difference (const SidetoneEvidence *evidence);
gboolean sidetone_clock_is_excluded (const SidetoneEvidence *evidence,
                                     SidetoneError           error);
gboolean sidetone_clock_explains (const SidetoneEvidence *evidence,
                                  SidetoneError           error);

G_END_DECLS
