/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/probe.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_RESOLVE_PROBE (sidetone_resolve_probe_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneResolveProbe, sidetone_resolve_probe, SIDETONE, RESOLVE_PROBE,
                      SidetoneProbe)

SidetoneProbe *sidetone_resolve_probe_new (void);

G_END_DECLS
