/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/level.h"
#include "judge/services-check.h"

G_BEGIN_DECLS

typedef struct _SidetoneCallsCheck SidetoneCallsCheck;

SidetoneCallsCheck *sidetone_calls_check_new (GListModel *observations);
void sidetone_calls_check_free (SidetoneCallsCheck *self);

SidetoneLevel sidetone_calls_check_get_level (const SidetoneCallsCheck *self,
                                              SidetoneLevel             address_level);
gboolean sidetone_calls_check_is_udp_blocked (const SidetoneCallsCheck *self);
SidetoneRelay sidetone_calls_check_get_relay (const SidetoneCallsCheck *self);
SidetoneEndpoint *sidetone_calls_check_get_mapped (const SidetoneCallsCheck *self);
GPtrArray *sidetone_calls_check_judge (const SidetoneCallsCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneCallsCheck, sidetone_calls_check_free)

G_END_DECLS
