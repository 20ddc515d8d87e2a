/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include "seen/field.h"
#include "seen/observation.h"
#include "wire/service.h"

G_BEGIN_DECLS

/* At this loss, or with so much more delay, a step ends, and video is bad: what others call bad begins
 * there, too. */
#define SIDETONE_VIDEO_LOSS_PERCENT 5
#define SIDETONE_VIDEO_DELAY_US (150 * 1000)

/**
 * SidetoneVideoEnd:
 *
 * Why a video test ended. The nick is its word in reports.
 */
typedef enum
{
  SIDETONE_VIDEO_END_UNKNOWN,
  SIDETONE_VIDEO_END_ALL,       /* all steps were made */
  SIDETONE_VIDEO_END_LOSS,      /* in the last step that began too much got lost */
  SIDETONE_VIDEO_END_DELAY,     /* or came too late */
} SidetoneVideoEnd;

#define SIDETONE_TYPE_VIDEO_END (sidetone_video_end_get_type ())

GType sidetone_video_end_get_type (void);

/**
 * SidetoneVideoSeen:
 * @service: (nullable): the relay that was used, without its credentials
 * @typed: whether the user typed it
 * @peer: (nullable): its address
 * @reason: why it was skipped
 * @ended: why it ended
 * @base_us: the median trip of the packets before the first step, from this computer through the
 *   relay back to it
 * @rates: (nullable) (element-type gint64): the rate of each step that began, in kbit/s, each way
 * @sent: (nullable) (element-type gint64): how many packets were sent in each
 * @arrived: (nullable) (element-type gint64): how many of them arrived
 * @in_row: (nullable) (element-type gint64): the longest row of lost ones
 * @p50_us: (nullable) (element-type gint64): the median trip in each step, -1 if none arrived
 * @p95_us: (nullable) (element-type gint64): the 95th percentile
 * @stun_base_us: the median round trip to the relay's host, beside the relay (STUN), before the
 *   first step
 * @stun_asked: (nullable) (element-type gint64): how many questions were asked in each step
 * @stun_answered: (nullable) (element-type gint64): how many were answered
 * @stun_us: (nullable) (element-type gint64): the 95th percentile of their round trips, -1 without one
 * @router_base_us: the same to the own router (ICMP echo)
 * @router_asked: (nullable) (element-type gint64): the same
 * @router_answered: (nullable) (element-type gint64): the same
 * @router_us: (nullable) (element-type gint64): the same
 *
 * Packets of a video call through a relay, at several rates: their loss and delay, and the delay of
 * others beside them (latency under load). Each crosses this computer's line out and in.
 */
typedef struct
{
  SidetoneService *service;
  SidetoneTruth typed;
  SidetoneEndpoint *peer;
  SidetoneSkipReason reason;
  SidetoneVideoEnd ended;
  gint64 base_us;
  GArray *rates;
  GArray *sent;
  GArray *arrived;
  GArray *in_row;
  GArray *p50_us;
  GArray *p95_us;
  gint64 stun_base_us;
  GArray *stun_asked;
  GArray *stun_answered;
  GArray *stun_us;
  gint64 router_base_us;
  GArray *router_asked;
  GArray *router_answered;
  GArray *router_us;
} SidetoneVideoSeen;

extern const SidetoneFieldTable sidetone_video_table;

const SidetoneVideoSeen *sidetone_observation_get_video (SidetoneObservation *self);

G_END_DECLS
