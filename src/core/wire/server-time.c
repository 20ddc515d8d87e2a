/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Sidetone authors
 */

#define G_LOG_DOMAIN "sidetone"

#include "config.h"

#include "wire/server-time.h"

#include "base/error.h"
#include "wire/stanza.h"

/* The server's time (XEP-0202), by which credentials expire. */

/**
 * sidetone_server_time_read:
 * @iq: the answer to %SIDETONE_SERVER_TIME_QUERY
 * @error: return location for an error
 *
 * Reads a server's time (XEP-0202). Its time zone is ignored.
 *
 * Fails with %SIDETONE_ERROR_BAD_ANSWER if @iq holds no time, and as
 * sidetone_stanza_check_result() does if it is an error.
 *
 * Returns: (transfer full): the time in UTC, or %NULL with @error set
 */
GDateTime *
sidetone_server_time_read (const SidetoneElement *iq,
                           GError               **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = NULL;
  const SidetoneElement *time;
  const SidetoneElement *child = NULL;
  GDateTime *read = NULL;

  g_return_val_if_fail (iq != NULL, NULL);

  if (!sidetone_stanza_check_result (iq, error))
    return NULL;

  time = sidetone_element_find_child (iq, "time", SIDETONE_SERVER_TIME_NS);
  if (time != NULL)
    child = sidetone_element_find_child (time, "utc", SIDETONE_SERVER_TIME_NS);
  if (child != NULL)
    {
      text = g_strstrip (g_strdup (sidetone_element_get_text (child)));
      read = g_date_time_new_from_iso8601 (text, utc);
    }

  if (read == NULL)
    g_set_error (error, SIDETONE_ERROR, SIDETONE_ERROR_BAD_ANSWER,
                 "the answer holds no time: “%.100s”", text != NULL ? text : "");

  return read;
}
