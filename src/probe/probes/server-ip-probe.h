/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/probe.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_SERVER_IP_PROBE (sidetone_server_ip_probe_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneServerIpProbe, sidetone_server_ip_probe, SIDETONE, SERVER_IP_PROBE,
                      SidetoneProbe)

SidetoneProbe *sidetone_server_ip_probe_new (gboolean asks_address);

G_END_DECLS
