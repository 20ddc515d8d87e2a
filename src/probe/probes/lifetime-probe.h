/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/probe.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_LIFETIME_PROBE (sidetone_lifetime_probe_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneLifetimeProbe, sidetone_lifetime_probe, SIDETONE, LIFETIME_PROBE,
                      SidetoneProbe)

SidetoneProbe *sidetone_lifetime_probe_new (GCancellable * measurement);

G_END_DECLS
