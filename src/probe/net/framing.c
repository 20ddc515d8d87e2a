/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/framing.h"

#include <string.h>

/* The bytes of a stream: STUN messages that follow each other (RFC 8489, section 6.2.2), or what
 * something else says first that listens at the port (protocol detection). */

#define STUN_HEADER 20

/* RFC 8489, section 5 */
static const guint8 cookie[] = { 0x21, 0x12, 0xa4, 0x42 };

#define COOKIE_END (4 + sizeof cookie)

/* A TLS record's content type and major version (RFC 8446, section 5.1). No STUN method has these
 * bits. */
#define TLS_ALERT 21
#define TLS_HANDSHAKE 22
#define TLS_MAJOR 3

/* A web server that does not understand a request may leave out the head of its answer. */
static const char *const web_beginnings[] = { "HTTP/", "<html", "<!DOC" };

#define WEB_LENGTH 5

/**
 * sidetone_framing_measure:
 * @data: bytes of a stream where a message begins
 * @length: their number
 *
 * Channels (RFC 8656, section 12) are not used, so only STUN can come.
 *
 * Returns: the message's length, 0 if it is not all there yet, -1 if it is no message
 */
gssize
sidetone_framing_measure (const guint8 *data,
                          gsize         length)
{
  gsize size;

  if (length > 0 && data[0] >> 6 != 0)
    return -1;
  if (length < 4)
    return 0;

  size = STUN_HEADER + (((gsize) data[2] << 8) | data[3]);
  if (size % 4 != 0 || (length >= COOKIE_END && memcmp (data + 4, cookie, sizeof cookie) != 0))
    return -1;

  return length >= size ? (gssize) size : 0;
}

/* Whether the bytes there are fit the beginning; it need not be all there */
static gboolean
begins_with (const guint8 *data,
             gsize         length,
             const char   *beginning)
{
  return g_ascii_strncasecmp ((const char *) data, beginning, MIN (length, WEB_LENGTH)) == 0;
}

/**
 * sidetone_framing_find_stranger:
 * @data: the first bytes of a stream
 * @length: their number
 *
 * Returns: what sent them, if that is known not to be a STUN server
 */
SidetoneStranger
sidetone_framing_find_stranger (const guint8 *data,
                                gsize         length)
{
  if (length == 0)
    return SIDETONE_STRANGER_NOT_YET;

  if (data[0] == TLS_ALERT || data[0] == TLS_HANDSHAKE)
    {
      if (length == 1)
        return SIDETONE_STRANGER_NOT_YET;
      return data[1] == TLS_MAJOR ? SIDETONE_STRANGER_TLS : SIDETONE_STRANGER_NONE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (web_beginnings); i++)
    {
      if (begins_with (data, length, web_beginnings[i]))
        return length < WEB_LENGTH ? SIDETONE_STRANGER_NOT_YET : SIDETONE_STRANGER_WEB_SERVER;
    }

  return SIDETONE_STRANGER_NONE;
}
