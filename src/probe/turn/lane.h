/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "address/endpoint.h"

G_BEGIN_DECLS

typedef struct _SidetoneLane SidetoneLane;

/**
 * SidetoneLaneFigures:
 * @n_asked: how many questions were asked
 * @n_answered: how many were answered
 * @p50_us: the median round trip, -1 without an answer
 * @p95_us: the 95th percentile
 *
 * A lane's questions in one part of a test.
 */
typedef struct
{
  guint n_asked;
  guint n_answered;
  gint64 p50_us;
  gint64 p95_us;
} SidetoneLaneFigures;

SidetoneLane *sidetone_lane_new (SidetoneEndpoint *server);
void sidetone_lane_free (SidetoneLane *self);

void sidetone_lane_begin_part (SidetoneLane *self);
void sidetone_lane_ask (SidetoneLane *self);
void sidetone_lane_read (SidetoneLane        *self,
                         guint                part,
                         SidetoneLaneFigures *figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidetoneLane, sidetone_lane_free)

G_END_DECLS
