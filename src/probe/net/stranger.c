/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "net/stranger.h"

/* Protocol detection: a stream's first bytes, if something else than a STUN server listens at the
 * port. */

/* A TLS record's content type and major version (RFC 8446, section 5.1). No STUN method has these
 * bits. */
#define TLS_ALERT 21
#define TLS_HANDSHAKE 22
#define TLS_MAJOR 3

/* A web server that does not understand a request may leave out the head of its answer. */
static const char *const web_beginnings[] = { "HTTP/", "<html", "<!DOC" };

#define WEB_LENGTH 5

/* Whether the bytes there are fit the beginning; it need not be all there */
static gboolean
begins_with (const guint8 *data,
             gsize         length,
             const char   *beginning)
{
  return g_ascii_strncasecmp ((const char *) data, beginning, MIN (length, WEB_LENGTH)) == 0;
}

/**
 * sidetone_stranger_find:
 * @data: the first bytes of a stream
 * @length: their number
 *
 * Returns: what sent them, if that is known not to be a STUN server
 */
SidetoneStranger
sidetone_stranger_find (const guint8 *data,
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
