/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "turn/echo-packet.h"

#include <string.h>

/* An echo's numbered packets: their bytes, of a voice packet's size or padded. */

/*
 * A packet like a call's, with an RTP header (RFC 3550, section 5.1), which also tells it from
 * STUN:
 *
 *     12 bytes   version 2, a dynamic payload type, number, time, source
 *        16 bytes   the check's random token, so that no other packet counts
 *         1 byte    its direction
 *         2 bytes   its number once more, in case a middlebox rewrites RTP
 *        the rest   noise, which nothing on the path can compress
 */
#define HEADER 12
#define DIRECTION (HEADER + SIDETONE_ECHO_TOKEN_LENGTH)
#define NUMBER (DIRECTION + 1)
#define NOISE (NUMBER + 2)

#define VERSION 0x80
#define PAYLOAD_TYPE 111
#define SAMPLES 960              /* 20 ms at 48 kHz */

static void
put16 (guint8 *place,
       guint   value)
{
  place[0] = value >> 8 & 0xff;
  place[1] = value & 0xff;
}

/**
 * sidetone_echo_packet_write:
 * @packet: (out caller-allocates): the buffer
 * @length: its length, at least an audio packet's
 * @token: %SIDETONE_ECHO_TOKEN_LENGTH bytes
 * @direction: the packet's direction
 * @number: its number, below 65536
 */
void
sidetone_echo_packet_write (guint8               *packet,
                            gsize                 length,
                            const guint8         *token,
                            SidetoneEchoDirection direction,
                            guint                 number)
{
  guint32 samples = number * SAMPLES;

  g_return_if_fail (length >= SIDETONE_ECHO_AUDIO_SIZE);

  packet[0] = VERSION;
  packet[1] = PAYLOAD_TYPE;
  put16 (packet + 2, number);
  put16 (packet + 4, samples >> 16);
  put16 (packet + 6, samples & 0xffff);
  memcpy (packet + 8, token, HEADER - 8);
  memcpy (packet + HEADER, token, SIDETONE_ECHO_TOKEN_LENGTH);
  packet[DIRECTION] = direction;
  put16 (packet + NUMBER, number);
  for (gsize i = NOISE; i < length; i++)
    packet[i] = g_random_int_range (0, 256);
}

/**
 * sidetone_echo_packet_read:
 * @bytes: a received packet
 * @token: the token of this check
 * @direction: the direction of packets that arrive here
 * @number: (out): its number
 *
 * Returns: whether the packet is this check's
 */
gboolean
sidetone_echo_packet_read (GBytes               *bytes,
                           const guint8         *token,
                           SidetoneEchoDirection direction,
                           guint                *number)
{
  gsize length;
  const guint8 *packet = g_bytes_get_data (bytes, &length);

  if (length < SIDETONE_ECHO_AUDIO_SIZE || packet[DIRECTION] != direction ||
      memcmp (packet + HEADER, token, SIDETONE_ECHO_TOKEN_LENGTH) != 0)
    return FALSE;

  *number = (guint) packet[NUMBER] << 8 | packet[NUMBER + 1];
  return TRUE;
}
