/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/probe.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_UDP_PATH_PROBE (sidetone_udp_path_probe_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneUdpPathProbe, sidetone_udp_path_probe, SIDETONE, UDP_PATH_PROBE,
                      SidetoneProbe)

SidetoneProbe *sidetone_udp_path_probe_new (GSocketFamily family);

G_END_DECLS
