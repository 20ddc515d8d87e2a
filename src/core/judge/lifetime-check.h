/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/diagnosis.h"

G_BEGIN_DECLS

gboolean sidetone_lifetime_check_is_short (SidetoneObservation *lifetime);
gboolean sidetone_lifetime_check_is_enough (SidetoneObservation *lifetime);
gboolean sidetone_lifetime_check_is_possible (const SidetoneDiagnosis *diagnosis);

G_END_DECLS
