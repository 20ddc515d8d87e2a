/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An audio packet's RTP header and payload */
#define SIDETONE_ECHO_AUDIO_SIZE (12 + 160)
#define SIDETONE_ECHO_TOKEN_LENGTH 16
#define SIDETONE_ECHO_MAX_SIZE 1500

typedef enum
{
  SIDETONE_ECHO_THERE = 'a',
  SIDETONE_ECHO_BACK = 'b',
} SidetoneEchoDirection;

void sidetone_echo_packet_write (guint8               *packet,
                                 gsize                 length,
                                 const guint8         *token,
                                 SidetoneEchoDirection direction,
                                 guint                 number);
gboolean sidetone_echo_packet_read (GBytes               *bytes,
                                    const guint8         *token,
                                    SidetoneEchoDirection direction,
                                    guint                *number);

G_END_DECLS
