/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "sidetone-account.h"
#include "sidetone-address-scope.h"
#include "sidetone-diagnosis.h"
#include "sidetone-error.h"

G_BEGIN_DECLS

/* Words for enums and errors. The only place in core that speaks to a person. */

const char *sidetone_describe_scope (SidetoneAddressScope scope);
const char *sidetone_describe_owner (SidetoneOwner owner);
const char *sidetone_describe_severity (SidetoneSeverity severity);
const char *sidetone_describe_level (SidetoneLevel level);
const char *sidetone_describe_state (SidetoneState state);
const char *sidetone_describe_between (SidetoneFindingKind kind);

char *sidetone_describe_error (SidetoneError error,
                               const char   *name,
                               const char   *server_text);
char *sidetone_describe_observation_title (SidetoneObservation *observation);
char *sidetone_describe_observation_summary (SidetoneObservation *observation);

G_END_DECLS
