/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/probe.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_TURN_PROBE (sidetone_turn_probe_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneTurnProbe, sidetone_turn_probe, SIDETONE, TURN_PROBE, SidetoneProbe)

SidetoneProbe *sidetone_turn_probe_new (void);

G_END_DECLS
