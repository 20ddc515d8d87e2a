/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "net/budget.h"
#include "seen/video.h"
#include "turn/lane.h"
#include "turn/turn.h"

G_BEGIN_DECLS

#define SIDETONE_VIDEO_STEPS 3

/**
 * SidetoneVideoStep:
 * @kbits: the rate in kbit/s
 * @n_sent: how many packets were sent
 * @n_arrived: how many of them arrived
 * @n_in_row: the longest row of lost ones
 * @p50_us: the median trip, -1 if none arrived
 * @p95_us: the 95th percentile
 * @stun: the questions to the relay's host beside it
 * @router: those to the nearest router
 *
 * One rate.
 */
typedef struct
{
  guint kbits;
  guint n_sent;
  guint n_arrived;
  guint n_in_row;
  gint64 p50_us;
  gint64 p95_us;
  SidetoneLaneFigures stun;
  SidetoneLaneFigures router;
} SidetoneVideoStep;

/**
 * SidetoneVideo:
 * @ended: why it ended
 * @base_us: the median trip before the first step, -1 if none arrived
 * @stun_base_us: the median round trip to the relay's host then
 * @router_base_us: the same to the nearest router
 * @n_steps: how many steps began
 * @steps: these
 *
 * What became of a video test's packets.
 */
typedef struct
{
  SidetoneVideoEnd ended;
  gint64 base_us;
  gint64 stun_base_us;
  gint64 router_base_us;
  guint n_steps;
  SidetoneVideoStep steps[SIDETONE_VIDEO_STEPS];
} SidetoneVideo;

/**
 * SidetoneVideoProgressFunc:
 * @kbits: the rate of the step that begins
 * @user_data: its data
 */
typedef void (*SidetoneVideoProgressFunc) (guint    kbits,
                                           gpointer user_data);

void sidetone_video_async (SidetoneTurn             *relay,
                           SidetoneEndpoint         *reached,
                           SidetoneBudget           *budget,
                           SidetoneFlow             *flow,
                           SidetoneEndpoint         *mapped,
                           SidetoneVideoProgressFunc progress,
                           gpointer                  progress_data,
                           GCancellable             *cancellable,
                           GAsyncReadyCallback       callback,
                           gpointer                  user_data);
SidetoneVideo *sidetone_video_finish (GAsyncResult *result,
                                      GError      **error);

G_END_DECLS
