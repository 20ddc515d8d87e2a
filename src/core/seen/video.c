/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "seen/video.h"

#include <glib/gi18n-lib.h>

/* Room for video: throughput, loss and latency under load, through a relay. The table of its fields. */

G_DEFINE_ENUM_TYPE (SidetoneVideoEnd, sidetone_video_end,
                    G_DEFINE_ENUM_VALUE (SIDETONE_VIDEO_END_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_VIDEO_END_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_VIDEO_END_LOSS, "loss"),
                    G_DEFINE_ENUM_VALUE (SIDETONE_VIDEO_END_DELAY, "delay"))

static const SidetoneField fields[] = {
  SIDETONE_FIELDS_OF_SKIPPED (SidetoneVideoSeen),
  SIDETONE_FIELDS_OF_CALL_SERVER (SidetoneVideoSeen),
  SIDETONE_FIELD_OF_CHOICE (SidetoneVideoSeen, "ended", ended, sidetone_video_end_get_type, NOTHING,
                            NULL),
  /* Translators: how long packets take there and back while nothing else is sent */
  SIDETONE_FIELD (SidetoneVideoSeen, "base-us", DURATION, base_us, KEEP, DURATION,
                  N_("Round trip while little is sent")),
  SIDETONE_FIELD (SidetoneVideoSeen, "rates", NUMBERS, rates, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "sent", NUMBERS, sent, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "arrived", NUMBERS, arrived, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "in-row", NUMBERS, in_row, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "p50-us", NUMBERS, p50_us, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "p95-us", NUMBERS, p95_us, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "stun-base-us", DURATION, stun_base_us, KEEP, DURATION,
                  N_("Round trip to the relay's host")),
  SIDETONE_FIELD (SidetoneVideoSeen, "stun-asked", NUMBERS, stun_asked, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "stun-answered", NUMBERS, stun_answered, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "stun-us", NUMBERS, stun_us, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "router-base-us", DURATION, router_base_us, KEEP, DURATION,
                  N_("Round trip to your router")),
  SIDETONE_FIELD (SidetoneVideoSeen, "router-asked", NUMBERS, router_asked, KEEP, NOTHING, NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "router-answered", NUMBERS, router_answered, KEEP, NOTHING,
                  NULL),
  SIDETONE_FIELD (SidetoneVideoSeen, "router-us", NUMBERS, router_us, KEEP, NOTHING, NULL),
};

const SidetoneFieldTable sidetone_video_table = SIDETONE_FIELD_TABLE (SidetoneVideoSeen, fields);

/**
 * sidetone_observation_get_video:
 * @self: an observation
 *
 * Returns: (transfer none) (nullable): what was seen, or %NULL if it is not of kind
 *   %SIDETONE_OBSERVATION_VIDEO
 */
const SidetoneVideoSeen *
sidetone_observation_get_video (SidetoneObservation *self)
{
  return sidetone_observation_get_seen_as (self, SIDETONE_OBSERVATION_VIDEO);
}
