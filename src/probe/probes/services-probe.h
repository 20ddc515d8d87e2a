/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/probe.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_SERVICES_PROBE (sidetone_services_probe_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneServicesProbe, sidetone_services_probe, SIDETONE, SERVICES_PROBE,
                      SidetoneProbe)

SidetoneProbe *sidetone_services_probe_new (void);

G_END_DECLS
