/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "judge/diagnosis.h"
#include "seen/video.h"

G_BEGIN_DECLS

/**
 * SidetoneVideoRoom:
 * @SIDETONE_VIDEO_ROOM_UNKNOWN: not known: no step began, or the losses may be chance
 * @SIDETONE_VIDEO_ROOM_NONE: not even for a small picture
 * @SIDETONE_VIDEO_ROOM_SMALL: for a small picture
 * @SIDETONE_VIDEO_ROOM_USUAL: for the usual one
 * @SIDETONE_VIDEO_ROOM_LARGE: for a large one, too
 *
 * How much video there is room for.
 */
typedef enum
{
  SIDETONE_VIDEO_ROOM_UNKNOWN,
  SIDETONE_VIDEO_ROOM_NONE,
  SIDETONE_VIDEO_ROOM_SMALL,
  SIDETONE_VIDEO_ROOM_USUAL,
  SIDETONE_VIDEO_ROOM_LARGE,
} SidetoneVideoRoom;

/**
 * SidetoneVideoCheck:
 * @room: how much room there is
 * @rate: the highest rate at which all was well, in kbit/s; 0 if at none
 * @failed_rate: the one at which it was not; 0 if at none
 * @added_us: how much longer packets took at the last rate that counts than before the first (95th
 *   percentile); -1 if it is not known
 * @is_relays: whether only what goes through the relay got lost or was late, not what went to its
 *   host beside it
 * @is_cut: and the relay let packets through at once, and then none, as a limit of bytes a second
 *   does, and no line
 * @queue: where packets wait at the last rate
 *
 * What the packets of a video test mean.
 */
typedef struct
{
  SidetoneVideoRoom room;
  gint64 rate;
  gint64 failed_rate;
  gint64 added_us;
  gboolean is_relays;
  gboolean is_cut;
  SidetoneQueue queue;
} SidetoneVideoCheck;

SidetoneObservation *sidetone_video_check_find (const SidetoneEvidence *evidence);
const SidetoneServiceResult *sidetone_video_check_find_relay (const SidetoneEvidence *evidence);
void sidetone_video_check_read (const SidetoneEvidence *evidence,
                                SidetoneObservation    *video,
                                SidetoneVideoCheck     *check);
gboolean sidetone_video_check_is_possible (const SidetoneDiagnosis *diagnosis);

G_END_DECLS
