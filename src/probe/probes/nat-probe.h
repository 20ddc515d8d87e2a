/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/probe.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_NAT_PROBE (sidetone_nat_probe_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneNatProbe, sidetone_nat_probe, SIDETONE, NAT_PROBE, SidetoneProbe)

SidetoneProbe *sidetone_nat_probe_new (void);

G_END_DECLS
