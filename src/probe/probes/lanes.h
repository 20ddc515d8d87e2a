/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "probes/context.h"

G_BEGIN_DECLS

typedef struct _SidetoneLanes SidetoneLanes;

SidetoneLanes *sidetone_lanes_new (SidetoneContext *context);
void sidetone_lanes_end (SidetoneLanes *self);
void sidetone_lanes_free (SidetoneLanes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneLanes, sidetone_lanes_free)

G_END_DECLS
