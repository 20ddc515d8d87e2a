/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <adwaita.h>

#include "run.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_NETWORK_BANNER (sidetone_network_banner_get_type ())
G_DECLARE_FINAL_TYPE (SidetoneNetworkBanner, sidetone_network_banner, SIDETONE, NETWORK_BANNER, AdwBin)

void sidetone_network_banner_show_run (SidetoneNetworkBanner *self,
                                       SidetoneRun           *run);

G_END_DECLS
