/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/probe.h"

G_BEGIN_DECLS

#define SIDETONE_TYPE_SIGN_IN_PROBE (sidetone_sign_in_probe_get_type ())

G_DECLARE_FINAL_TYPE (SidetoneSignInProbe, sidetone_sign_in_probe, SIDETONE, SIGN_IN_PROBE,
                      SidetoneProbe)

SidetoneProbe *sidetone_sign_in_probe_new (void);

G_END_DECLS
